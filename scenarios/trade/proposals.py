"""Proposals: an item that asks in, other sizes, other capacities and targets, a point of the frontier, a settling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from scenarios.figures.sizes import Range, check_range, format_ew, format_range, range_of
from scenarios.figures.targets import target_words
from scenarios.plan.departures import needs_of
from scenarios.plan.plan import Entry, entry_of, plan_of
from scenarios.plan.progress import forgotten_left
from scenarios.plan.ranks import plan_end
from scenarios.trade.decision_records import UNDECIDED, line_of
from scenarios.trade.door import Proposal
from store.common.errors import Refused
from store.common.limits import MOST_EW
from store.common.text import series
from store.records import Capacity, Command, DecisionKind, Item, Move, Record, Size, State, TargetFor, Team, new_id
from store.records.draws import team_draw


def propose_item(state: State, item_id: int) -> Proposal:
    """An item from the inbox or from below the line asks to come in, at the end of the rank.

    Raises :class:`Refused` where it is in plan already, has no size, or is of no use without something that is not
    in plan.
    """
    entry = entry_of(state, item_id)
    if entry.item.state == "plan":
        raise Refused(f"“{entry.item.title}” is in plan already")
    if not entry.sized:
        raise Refused(f"“{entry.item.title}” has no size yet: it cannot go above the line until it gets one")
    if missing := unmet_needs(state, item_id):
        raise Refused(f"“{entry.item.title}” needs {_quoted(missing)} first, which is not in plan")
    item = entry.item.model_copy(update={"state": "plan", "rank": plan_end(state)})
    return Proposal(
        "trade",
        item.title,
        Command("accept", f"“{item.title}” in", (item,)),
        item_id,
        (line_of(entry, "in"),),
    )


def propose_item_at(state: State, item_id: int, sizes: Sequence[Size], gone: Sequence[Size] = ()) -> Proposal:
    """As :func:`propose_item`, with these sizes put and those taken away in the same command: it comes in smaller."""
    resized = Command("estimate", "", tuple(sizes), tuple(gone))
    proposal = propose_item(state.overlay(resized), item_id)
    command = replace(proposal.command, puts=(*proposal.command.puts, *resized.puts), removes=resized.removes)
    return replace(proposal, command=command)


def unmet_needs(state: State, item_id: int) -> list[Item]:
    """What an item needs, directly, that is neither in plan nor done."""
    items = state.all(Item)
    return [items[key] for key in sorted(needs_of(state).get(item_id, ())) if items[key].state not in ("plan", "done")]


def _quoted(items: Sequence[Item]) -> str:
    return series(f"“{item.title}”" for item in items[:3])


def propose_sizes(state: State, item_id: int, sizes: Mapping[int, Range], item: Item | None = None) -> Proposal:
    """New sizes (team id -> range) for an item, and with them its other fields where ``item`` is given.

    Raises :class:`Refused` where a range is not sound, or a planned item would lose all its sizes.
    """
    entry = entry_of(state, item_id)
    for size in sizes.values():
        check_range(size)
    if not sizes and entry.item.state == "plan":
        raise Refused(f"“{entry.item.title}” is in plan: send it below the line before taking its size away")
    old = {size.team_id: size for size in entry.sizes}
    puts: list[Record] = [] if item is None or item == entry.item else [item]
    for team_id, size in sorted(sizes.items()):
        fields: dict[str, Any] = {"low": size.low, "likely": size.likely, "high": size.high}
        if team_id not in old:
            puts.append(Size(id=new_id(), item_id=item_id, team_id=team_id, **fields))
        elif range_of(old[team_id]) != size:
            puts.append(old[team_id].model_copy(update=fields))
    puts += forgotten_left(state, item_id, {put.team_id for put in puts if isinstance(put, Size)})
    removes = tuple(size for team_id, size in old.items() if team_id not in sizes)
    if old and not sizes:
        # Whoever had it sizes it anew.
        kept = item or entry.item
        puts = [kept.model_copy(update={"team_id": min(old)})]
    title = (item or entry.item).title
    after = " + ".join(format_range(size) for size in sizes.values()) or "no size"
    label = f"“{title}” sized {after} ew" if removes or any(isinstance(put, Size) for put in puts) else f"“{title}”"
    if removes and sizes.keys() - old.keys():
        # Work that goes from one team to another is said so.
        names = {team.id: team.name for team in state.all(Team).values()}
        gone, come = sorted(old.keys() - sizes.keys()), sorted(sizes.keys() - old.keys())
        label += f", from {' and '.join(map(names.__getitem__, gone))} to {' and '.join(map(names.__getitem__, come))}"
    ew = sum(size.likely for size in sizes.values())
    moves = (line_of(entry, "resized", ew),) if entry.item.state == "plan" else ()
    return Proposal("estimate", label, Command("estimate", label, tuple(puts), removes), item_id, moves)


def propose_capacity(
    state: State,
    net: Mapping[int, float],
    target: float | None = None,
    new_teams: Sequence[tuple[str, float]] = (),
    target_for: TargetFor | None = None,
) -> Proposal:
    """New net capacities (team id -> ew), a new target (0..1) and what it is of where given, and new teams (name, net).

    Raises :class:`Refused` where a figure is not sound.
    """
    quarter = state.quarter
    plan = plan_of(state)
    names = {team.id: team.name for team in plan.teams}
    rows = {row.team_id: row for row in state.all(Capacity).values() if row.quarter_id == quarter.id}
    puts: list[Record] = []
    said: list[str] = []
    for team_id, weeks in sorted(net.items()):
        if not 0 <= weeks <= MOST_EW:
            raise Refused(f"{names[team_id]}: net capacity must be between 0 and 10,000 engineer-weeks")
        if weeks == plan.net[team_id] and team_id in rows:
            continue
        puts.append(
            rows[team_id].model_copy(update={"net": weeks})
            if team_id in rows
            else Capacity(id=new_id(), quarter_id=quarter.id, team_id=team_id, net=weeks)
        )
        said.append(f"{names[team_id]} {format_ew(plan.net[team_id])} → {format_ew(weeks)}")
    for number, (name, weeks) in enumerate(new_teams, 1):
        if not name.strip() or len(name) > 200 or not 0 <= weeks <= MOST_EW:
            raise Refused("a new team needs a short name, and a net capacity between 0 and 10,000 engineer-weeks")
        draw = team_draw(name, {one.draw for one in plan.teams})
        team = Team(id=new_id(), name=name, position=len(plan.teams) + number, draw=draw)
        puts += [team, Capacity(id=new_id(), quarter_id=quarter.id, team_id=team.id, net=weeks)]
        said.append(f"{name} {format_ew(weeks)}")
    kind: DecisionKind = "capacity"
    wanted = (quarter.target if target is None else target, target_for or quarter.target_for)
    if wanted != (quarter.target, quarter.target_for):
        if not 0.01 <= wanted[0] <= 0.99:
            raise Refused("the odds target must be between 1% and 99%")
        puts.append(quarter.model_copy(update={"target": wanted[0], "target_for": wanted[1]}))
        said.append(f"target {target_words(quarter.target, quarter.target_for)} → {target_words(*wanted)}")
        kind = "capacity" if len(puts) > 1 else "target"
    label = ", ".join(said)
    change = sum(weeks - plan.net[team_id] for team_id, weeks in net.items()) + sum(weeks for _, weeks in new_teams)
    move = Move(id=new_id(), decision_id=UNDECIDED, kind="capacity", title=label, ew=change)
    return Proposal(kind, label, Command(kind, label, tuple(puts)), None, (move,) if puts else ())


def propose_point(state: State, come: Sequence[Entry]) -> Proposal:
    """Several items from below the line ask to come in together, at the end of the rank: a point of the frontier."""
    end = plan_end(state)
    items = tuple(
        entry.item.model_copy(update={"state": "plan", "rank": end + number}) for number, entry in enumerate(come)
    )
    title = f"{len(items)} item{'s' if len(items) != 1 else ''} from the frontier"
    label = ", ".join(f"“{item.title[:60]}”" for item in items[:5]) + (" and more" if len(items) > 5 else "") + " in"
    if not items:
        return Proposal("trade", "a plan from the frontier", Command("settle", "a plan from the frontier"))
    return Proposal(
        "trade", title, Command("accept", label, items), None, tuple(line_of(entry, "in") for entry in come)
    )


def propose_settling(cause: str) -> Proposal:
    """Nothing new: what has to leave so that the plan reaches its target again."""
    return Proposal("trade", cause, Command("settle", "the shortfall settled"))
