"""``makeroom close``: what was finished and what it took is kept, and the next quarter opens with what is left."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from scenarios.figures.names import TEAM, named
from scenarios.figures.readers import needed_number
from scenarios.figures.sizes import format_ew
from scenarios.graded.answers import ToldAnswer, answer_of
from scenarios.graded.closing import close_and_grade, known_before, still_open
from scenarios.plan.plan import Entry, Plan
from scenarios.quarter.actuals import Took, took_of
from scenarios.quarter.close import Ending, interrupted_so_far, took_so_far
from scenarios.requests.deal_ends import outcome_of
from scenarios.trade.changes import DecidedBy
from store.common.errors import Refused, refused_about
from store.records import Applied, Quarter, State, Team
from store.records.negotiation import DealOutcome
from tui.cli.printing import DIFFERS, DONE, print_json, say, short
from tui.cli.quarter.outputs import CloseOut, FinishedOut
from tui.cli.workspace import desk, find_item
from tui.drawing.plain import percent


def close(arguments: argparse.Namespace) -> int:
    """Close the quarter with --yes, else say what that would do. Raises Refused where a figure is not sound."""
    with desk(arguments, write=arguments.yes) as session:
        state, plan = session.state, session.now.plan
        ending = Ending.of(
            _took(arguments, state, plan),
            interrupted_so_far(state) | shares_of(arguments.unplanned, plan.teams),
            nets_of(arguments.delivered, plan.teams),
        )
        said = DecidedBy(arguments.by.strip(), arguments.because.strip())
        answers, deals = _answers(arguments, state, ending), _deals(arguments, state)
        command = close_and_grade(state, ending, session.now.forecast, said, answers, deals)
        coming = next((put for put in command.puts if isinstance(put, Quarter) and put.id < 0), None)
        applied = session.commit(command, seen=state.seq) if arguments.yes else None
    found = _found(plan, ending, coming.name if coming is not None else None, applied, still_open(state, command))
    if arguments.json:
        print_json(found)
    else:
        for line in _lines(found):
            say(line)
    return DONE if found.done else DIFFERS


def _took(arguments: argparse.Namespace, state: State, plan: Plan) -> dict[int, Took]:
    """What is said of sizes, by their ids."""
    known = took_so_far(state)
    found = dict(known)
    if arguments.as_estimated:
        found = {size.id: known.get(size.id, Took(None)) for entry in plan.entries for size in entry.sizes}
    for text in arguments.took:
        name, sign, weeks = text.rpartition("=")
        if not sign:
            raise Refused(f"“{short(text, 60)}” says not what it took: write ITEM=EW, as 'Slack digest=2.5'")
        entry = find_item(state, name, "plan")
        team, _, number = weeks.rpartition(":")
        took = took_of(number)
        if took is None:
            for size in entry.sizes:
                found.pop(size.id, None)
            continue
        found[_size(entry, plan, team.strip())] = took
    return found


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


def _answers(arguments: argparse.Namespace, state: State, ending: Ending) -> dict[int, ToldAnswer]:
    """By item id, what is said of what came of finished items. Raises Refused."""
    found = known_before(state)
    for text in arguments.came:
        name, sign, said = text.rpartition("=")
        if not sign:
            raise Refused(f"“{short(text, 60)}” says not what came of it: write ITEM='more y', as 'Slack digest=few n'")
        entry = find_item(state, name, "plan")
        if not ending.finishes(entry):
            raise Refused(f"“{short(entry.item.title, 60)}” is not finished: nobody can use it yet")
        with refused_about(before="--came "):
            found[entry.item.id] = answer_of(said)
    return found


def _deals(arguments: argparse.Namespace, state: State) -> dict[int, DealOutcome]:
    """By item id, how deals ended. Raises Refused."""
    found: dict[int, DealOutcome] = {}
    for text in arguments.deal:
        name, _, said = text.rpartition("=")
        with refused_about(before="--deal "):
            outcome = outcome_of(said)
            if outcome is not None:
                found[find_item(state, name, "plan").item.id] = outcome
    return found


def shares_of(texts: Iterable[str], teams: Sequence[Team]) -> dict[int, float]:
    """What unplanned work took, by team id, from ``Pay=15``. Raises Refused."""
    return {key: share / 100 for key, share in _by_team(texts, teams, "share", "TEAM=PERCENT, as Pay=15").items()}


def nets_of(texts: Iterable[str], teams: Sequence[Team]) -> dict[int, float]:
    """The net capacity that there was, by team id, from ``Pay=31``. Raises Refused."""
    return _by_team(texts, teams, "net capacity", "TEAM=EW, as Pay=31")


def _by_team(texts: Iterable[str], teams: Sequence[Team], what: str, how: str) -> dict[int, float]:
    found = {}
    for text in texts:
        name, sign, figure = text.rpartition("=")
        if not sign:
            raise Refused(f"“{short(text, 60)}” is not a {what}: write {how}")
        found[named(teams, name, TEAM).id] = needed_number(figure.strip().removesuffix("%"))
    return found


def _found(plan: Plan, ending: Ending, opens: str | None, applied: Applied | None, deals: Sequence[str]) -> CloseOut:
    names = {team.id: team.name for team in plan.teams}
    items = []
    for entry in plan.entries:
        done = ending.finishes(entry)
        counted = [ending.took[size.id] for size in entry.sizes if size.id in ending.took]
        so_far = counted + [ending.spent[size.id] for size in entry.sizes if size.id in ending.spent]
        items.append(
            FinishedOut(
                id=entry.item.id,
                title=entry.item.title,
                ew=entry.ew,
                done=done,
                took=sum(counted) if done and len(counted) == len(entry.sizes) else None,
                spent=sum(so_far) if so_far and not done else None,
            )
        )
    return CloseOut(
        done=applied is not None,
        quarter=plan.quarter.name,
        opens=opens,
        items=items,
        unplanned={names[key]: share for key, share in ending.interrupts.items()},
        delivered={names[key]: net for key, net in ending.delivered.items()},
        event=applied.event.seq if applied is not None else None,
        open_deals=list(deals),
    )


def _lines(found: CloseOut) -> list[str]:
    lines = []
    for each in found.items:
        lines.append(f"{each.id:>6} {short(each.title, 60)}: estimated at {format_ew(each.ew)} ew, {_went(each)}")
    lines += [f"{short(name, 60)}: {percent(share)} unplanned" for name, share in found.unplanned.items()]
    lines += [f"{short(name, 60)}: net {format_ew(net)} ew there was" for name, net in found.delivered.items()]
    done = sum(each.done for each in found.items)
    counts = f"{done} of {len(found.items)} items finished; the others go to the top of the next quarter's backlog"
    lines.append(counts)
    if found.open_deals:
        titles = ", ".join(f"“{short(title, 60)}”" for title in found.open_deals)
        lines.append(f"nobody has said how the deal ended for {titles}: makeroom deal ITEM won, lost or withdrawn does")
    if found.done:
        lines.append(f"{short(found.quarter)} is closed, {short(found.opens or '')} opened")
    else:
        lines.append(f"nothing was closed; the same command with --yes closes {short(found.quarter)}")
    return lines


def _went(each: FinishedOut) -> str:
    if not each.done:
        return "goes on" if each.spent is None else f"goes on, {format_ew(each.spent)} ew spent so far"
    return "finished, nobody counted" if each.took is None else f"took {format_ew(each.took)} ew"
