"""``makeroom close``: what was finished and what it took is kept, and the next quarter opens with what is left."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from scenarios.figures.names import TEAM, named
from scenarios.figures.readers import needed_number
from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Entry, Plan
from scenarios.quarter.close import close_quarter
from store.common.errors import Refused
from store.records import Applied, Quarter, State
from tui.cli.printing import DIFFERS, DONE, print_json, say, short
from tui.cli.quarter.outputs import CloseOut, FinishedOut
from tui.cli.workspace import desk, find_item
from tui.drawing.plain import percent


def close(arguments: argparse.Namespace) -> int:
    """Close the quarter with --yes, else say what that would do. Raises Refused where a figure is not sound."""
    with desk(arguments, write=arguments.yes) as session:
        state, plan = session.state, session.now.plan
        took = _took(arguments, state, plan)
        shares = _shares(arguments, plan)
        command = close_quarter(state, took, shares, session.now.forecast)
        coming = next((put for put in command.puts if isinstance(put, Quarter) and put.id < 0), None)
        applied = session.commit(command, seen=state.seq) if arguments.yes else None
    found = _found(plan, took, shares, coming.name if coming is not None else None, applied)
    if arguments.json:
        print_json(found)
    else:
        for line in _lines(found):
            say(line)
    return DONE if found.done else DIFFERS


def _took(arguments: argparse.Namespace, state: State, plan: Plan) -> dict[int, float]:
    """What finished sizes took, by size id."""
    took: dict[int, float] = {}
    if arguments.as_estimated:
        took = {size.id: size.likely for entry in plan.entries for size in entry.sizes}
    for text in arguments.took:
        name, sign, weeks = text.rpartition("=")
        if not sign:
            raise Refused(f"“{short(text, 60)}” says not what it took: write ITEM=EW, as 'Slack digest=2.5'")
        entry = find_item(state, name, "plan")
        if not weeks.strip():
            for size in entry.sizes:
                took.pop(size.id, None)
            continue
        team, _, number = weeks.rpartition(":")
        took[_size(entry, plan, team.strip())] = needed_number(number)
    return took


def _size(entry: Entry, plan: Plan, team: str) -> int:
    """The id of the size that is meant."""
    title = short(entry.item.title, 60)
    names = {each.id: each.name for each in plan.teams}
    own = {names[size.team_id].casefold(): size.id for size in entry.sizes}
    if not team and len(own) == 1:
        return next(iter(own.values()))
    known = ", ".join(names[size.team_id] for size in entry.sizes)
    if not team:
        raise Refused(f"“{title}” is of several teams: write ITEM=TEAM:EW for each of {known}")
    if team.casefold() not in own:
        raise Refused(f"“{title}” has no part of a team “{short(team, 60)}”: it is of {known}")
    return own[team.casefold()]


def _shares(arguments: argparse.Namespace, plan: Plan) -> dict[int, float]:
    """What unplanned work took, by team id."""
    shares = {}
    for text in arguments.unplanned:
        name, sign, percents = text.rpartition("=")
        if not sign:
            raise Refused(f"“{short(text, 60)}” is no share: write TEAM=PERCENT, as Pay=15")
        shares[named(plan.teams, name, TEAM).id] = needed_number(percents.removesuffix("%")) / 100
    return shares


def _found(
    plan: Plan, took: Mapping[int, float], shares: Mapping[int, float], opens: str | None, applied: Applied | None
) -> CloseOut:
    names = {team.id: team.name for team in plan.teams}
    items = []
    for entry in plan.entries:
        finished = all(size.id in took for size in entry.sizes)
        items.append(
            FinishedOut(
                id=entry.item.id,
                title=entry.item.title,
                ew=entry.ew,
                took=sum(took[size.id] for size in entry.sizes) if finished else None,
            )
        )
    return CloseOut(
        done=applied is not None,
        quarter=plan.quarter.name,
        opens=opens,
        items=items,
        unplanned={names[key]: share for key, share in shares.items()},
        event=applied.event.seq if applied is not None else None,
    )


def _lines(found: CloseOut) -> list[str]:
    lines = []
    for each in found.items:
        took = "goes on" if each.took is None else f"took {format_ew(each.took)} ew"
        lines.append(f"{each.id:>6} {short(each.title, 60)}: estimated at {format_ew(each.ew)} ew, {took}")
    lines += [f"{short(name, 60)}: {percent(share)} unplanned" for name, share in found.unplanned.items()]
    done = sum(each.took is not None for each in found.items)
    counts = f"{done} of {len(found.items)} items finished; the others go to the top of the next quarter's backlog"
    lines.append(counts)
    if found.done:
        lines.append(f"{short(found.quarter)} is closed, {short(found.opens or '')} opened")
    else:
        lines.append(f"nothing was closed; the same command with --yes closes {short(found.quarter)}")
    return lines
