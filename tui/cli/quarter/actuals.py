"""``makeroom actuals``: what the items of a finished quarter took, shown and corrected."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from scenarios.figures.names import plain_name
from scenarios.figures.sizes import format_ew
from scenarios.figures.teams import teams_of
from scenarios.quarter.actuals import Finished, Took, correct_actuals, finished_quarters, took_of
from store.common.errors import Refused
from store.records import Actual, Command, Delivered, Interrupt, State
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.quarter.close import nets_of, shares_of
from tui.cli.quarter.outputs import ActualOut, ActualsOut
from tui.cli.trade.door import report
from tui.cli.workspace import desk, look
from tui.drawing.plain import percent


def actuals(arguments: argparse.Namespace) -> int:
    """Show the record of a quarter, or correct it. Raises Refused where there is none, or a figure is not sound."""
    if arguments.took or arguments.unplanned or arguments.delivered:
        with desk(arguments, write=True) as session:
            before = session.now.forecast
            command = _corrected(session.state, arguments)
            applied = session.commit(command, seen=session.state.seq)
            words = command.label if applied else "nothing to change: the record says so already"
            return report(arguments, session, before, applied, words)
    state = look(arguments)
    found = _out(state, _quarter(state, arguments.quarter))
    if arguments.json:
        print_json(found)
        return DONE
    say(f"{short(found.quarter)}: {len(found.items)} finished")
    for each in found.items:
        took = "nobody counted what it took" if each.took is None else f"took {format_ew(each.took)} ew"
        say(
            f"  {short(each.title or 'without a title', 60)} ({short(each.team, 60)}): "
            f"estimated at {format_ew(each.estimate)} ew, {took}"
        )
    for name, share in found.unplanned.items():
        say(f"  {short(name, 60)}: {percent(share)} unplanned")
    for name, net in found.delivered.items():
        say(f"  {short(name, 60)}: net {format_ew(net)} ew there was, {format_ew(found.planned[name])} planned")
    return DONE


def _quarter(state: State, name: str) -> Finished:
    quarters = finished_quarters(state)
    if not quarters:
        raise Refused("no quarter is finished yet: makeroom close and makeroom import-history make a record")
    if not name:
        return quarters[-1]
    found = [each for each in quarters if plain_name(each.name) == plain_name(name)]
    if not found:
        known = ", ".join(short(each.name) for each in quarters[-8:])
        raise Refused(f"there is no finished quarter “{short(name)}”: they are {known}")
    return found[-1]


def _corrected(state: State, arguments: argparse.Namespace) -> Command:
    finished, teams = _quarter(state, arguments.quarter), teams_of(state)
    names = {team.id: team.name for team in teams}
    took: dict[int, float | None] = {}
    for text in arguments.took:
        title, sign, weeks = text.rpartition("=")
        if not sign:
            raise Refused(f"“{short(text, 60)}” says not what it took: write ITEM=EW, as 'Slack digest=2.5'")
        team, _, number = weeks.rpartition(":")
        said = took_of(number)
        if said is not None:
            took[_item(finished, title, team, names).id] = _weeks(said)
    shares, nets = shares_of(arguments.unplanned, teams), nets_of(arguments.delivered, teams)
    return correct_actuals(state, finished, took, shares, nets)


def _weeks(said: Took) -> float | None:
    if said.goes_on:
        raise Refused("what a finished item took is a number of engineer-weeks, without +")
    return said.weeks


def _item(finished: Finished, title: str, team: str, names: dict[int, str]) -> Actual:
    """The one that is meant: its whole title, else a part of it that only one has."""
    wanted, whose = plain_name(title), plain_name(team)
    rows = [row for row in finished.items if not whose or plain_name(names[row.team_id]) == whose]
    found = [row for row in rows if plain_name(row.title) == wanted] or [
        row for row in rows if wanted and wanted in plain_name(row.title)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(f"{short(finished.name)} has no finished item “{short(title, 60)}”: makeroom actuals lists them")
    raise Refused(f"“{short(title, 60)}” means {_several(found, names)} of {short(finished.name)}")


def _several(found: Sequence[Actual], names: dict[int, str]) -> str:
    said = ", ".join(f"{short(row.title, 60)}={short(names[row.team_id], 60)}:EW" for row in found[:5])
    return f"{len(found)} items: write {said}"


def _out(state: State, finished: Finished) -> ActualsOut:
    names = {team.id: team.name for team in teams_of(state)}
    nets = [row for row in state.each(Delivered) if row.number == finished.number]
    return ActualsOut(
        quarter=finished.name,
        items=[
            ActualOut(
                title=row.title,
                team=names[row.team_id],
                estimate=row.estimate,
                took=row.actual if row.counted else None,
            )
            for row in finished.items
        ],
        unplanned={names[row.team_id]: row.share for row in state.each(Interrupt) if row.number == finished.number},
        delivered={names[row.team_id]: row.net for row in nets},
        planned={names[row.team_id]: row.planned for row in nets},
    )
