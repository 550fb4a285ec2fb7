"""Changes that need no door, because they cannot lower the odds: each is one command for the store.

What could lower them is a proposal (``scenarios.trade.proposals``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from scenarios.figures.sizes import Range, format_ew
from scenarios.figures.teams import teams_of
from scenarios.plan.departures import PINNED, needed_by, needs_of, pins_of, reached
from scenarios.plan.plan import Entry, Plan, entries_of
from scenarios.plan.ranks import below_end, below_top, plan_end
from scenarios.trade.decision_records import line_of
from store.common.errors import Refused
from store.common.text import short
from store.common.values import Value
from store.records import (
    Command,
    Decision,
    DecisionKind,
    Item,
    ItemState,
    Move,
    Record,
    Size,
    State,
    new_id,
)

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


def now() -> datetime:
    """The present moment, to the second, with its offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def team_of(state: State, name: str = "") -> int:
    """The id of the team of that name, else of the first team. Raises :class:`Refused` where there is none."""
    teams = teams_of(state)
    if not teams:
        raise Refused("there is no team yet: add one with its net capacity first")
    return next((team.id for team in teams if team.name.casefold() == name.casefold()), teams[0].id)


def home_of(state: State, entry: Entry) -> int:
    """The id of the team that an item is sized for where no other is named: its own, else the first.

    Raises :class:`Refused` where there is no team.
    """
    return next(iter(entry.team_ids), None) or team_of(state)


def new_size(item_id: int, team_id: int, size: Range) -> Size:
    """A size record to be stored."""
    return Size(id=new_id(), item_id=item_id, team_id=team_id, low=size.low, likely=size.likely, high=size.high)


def reorder(state: State, item_id: int, step: int) -> Command:
    """One place up (``step`` -1) or down (+1) among the items on the same side of the line; empty at its end."""
    item = state.all(Item)[item_id]
    peers = [entry.item for entry in entries_of(state, item.state)]
    at = next(number for number, peer in enumerate(peers) if peer.id == item_id)
    if not 0 <= at + step < len(peers):
        return Command("rank", "")
    ranks = [peer.rank for peer in peers]
    if len(set(ranks)) < len(ranks):
        # Equal ranks are told apart by id alone, which no swap can turn round: every item gets a rank of its own.
        ranks = [ranks[0] + number for number in range(len(ranks))]
    peers[at], peers[at + step] = peers[at + step], peers[at]
    return Command(
        "rank",
        f"“{item.title}” {'up' if step < 0 else 'down'} one rank",
        tuple(
            peer.model_copy(update={"rank": rank}) for peer, rank in zip(peers, ranks, strict=True) if peer.rank != rank
        ),
    )


@dataclass(frozen=True)
class DecidedBy:
    """Who decided something, and why."""

    by: str = ""
    because: str = ""


def drop(state: State, entry: Entry, before: Forecast, said: DecidedBy = DecidedBy()) -> Command:
    """A planned item goes below the line, to its top, and with it what is of no use without it.

    Raises :class:`Refused` where it, or one of those, is pinned.
    """
    edges = needed_by(state, (each.item.id for each in before.plan.entries))
    going = reached(edges, (entry.item.id,)) | {entry.item.id}
    pins = pins_of(state)
    for each in before.plan.entries:
        if each.item.id in going and each.item.id in pins:
            raise Refused(
                f"“{each.item.title}” stays in plan: {PINNED[pins[each.item.id].kind]} (its value and needs say so)"
            )
    command = _away(state, entry, "below", "drop", f"“{entry.item.title}” below the line", before, said)
    more = [each for each in before.plan.entries if each.item.id in going - {entry.item.id}]
    if not more:
        return command
    (decision,) = (put for put in command.puts if isinstance(put, Decision))
    puts: list[Record] = [put for put in command.puts if put is not decision]
    puts.append(decision.model_copy(update={"odds_after": before.odds_if(out=(entry, *more))}))
    top = below_top(state)
    for number, each in enumerate(more):
        puts.append(each.item.model_copy(update={"state": "below", "rank": top + (number + 1) / (len(more) + 1)}))
        puts.append(line_of(each, "out").model_copy(update={"decision_id": decision.id}))
    label = command.label + ", with " + ", ".join(f"“{each.item.title}”" for each in more)
    return Command("drop", label, tuple(puts))


def defer(state: State, entry: Entry, before: Forecast, said: DecidedBy = DecidedBy()) -> Command:
    """A request goes below the line: good, not now."""
    return _away(state, entry, "below", "defer", f"“{entry.item.title}”: good, not now", before, said)


def decline(state: State, entry: Entry, before: Forecast, said: DecidedBy) -> Command:
    """A request is declined. Raises :class:`Refused` without a reason."""
    if not said.because.strip():
        raise Refused("declining needs a reason: it is what the asker will be told")
    return _away(state, entry, "declined", "decline", f"“{entry.item.title}” declined", before, said)


def _away(
    state: State, entry: Entry, to: ItemState, kind: DecisionKind, label: str, before: Forecast, said: DecidedBy
) -> Command:
    planned = entry.item.state == "plan"
    odds = before.odds_if(out=(entry,)) if planned else before.odds
    item = entry.item.model_copy(update={"state": to, "rank": below_top(state) if to == "below" else entry.item.rank})
    moves = [line_of(entry, "out")] if planned else []
    return Command(kind, label, (item, *_decision(state, kind, entry.item.title, before, odds, said, moves, item.id)))


def _decision(
    state: State,
    kind: DecisionKind,
    title: str,
    before: Forecast,
    odds_after: float,
    said: DecidedBy,
    moves: Sequence[Move],
    item_id: int | None = None,
) -> list[Record]:
    decision = Decision(
        id=new_id(),
        quarter_id=state.quarter.id,
        at=now(),
        kind=kind,
        title=title,
        item_id=item_id,
        decided_by=said.by,
        because=said.because,
        odds_before=before.odds,
        odds_after=odds_after,
    )
    return [decision, *(move.model_copy(update={"decision_id": decision.id}) for move in moves)]


class Filled(Value):
    """What a fill would take: the items, the odds (0..1) then, and how many were passed over and why."""

    taken: tuple[Entry, ...]
    odds: float
    unsized: int
    no_room: int
    #: of no use without something that is not in plan
    unmet: int = 0
    #: what was left out from the first
    unsigned: int = 0
    #: by team id, the first item that did not fit on it
    closed: Mapping[int, Entry] = field(default_factory=dict)
    #: answered another way, or put off until after the quarter
    answered: int = 0

    def closed_words(self, plan: Plan) -> str:
        """Which item closed which team: ``Core at “Data residency” (9.0 ew), Web at “Search” (4.0 ew)``."""
        names = {team.id: team.name for team in plan.teams}
        return ", ".join(
            f"{names[key]} at “{short(entry.item.title, 40)}” ({format_ew(entry.ew)} ew)"
            for key, entry in self.closed.items()
        )


def fill(state: State, before: Forecast, without: Collection[int] = (), *, go_on: bool = False) -> Filled:
    """Take items from below the line in rank order until the odds come down to the target, but not those ``without``.

    The first item that does not fit closes the teams that are full for it: nothing ranked lower jumps the queue there,
    while teams that still have room go on being filled. With ``go_on``, what is ranked lower and fits is taken there.
    """
    from scenarios.odds.filling import Filling

    filling = Filling(before)
    closed: set[int] = {team.id for team in before.plan.teams if not before.plan.left_of(team.id)}
    taken: list[Entry] = []
    stopped: dict[int, Entry] = {}
    unsized = no_room = unmet = 0
    open_teams = {team.id for team in before.plan.teams} - closed
    if not before.fits:
        open_teams = set()
    needs = needs_of(state)
    there = {item.id for item in state.all(Item).values() if item.state in ("plan", "done")}
    for entry in entries_of(state, "below"):
        if entry.item.id in without:
            continue
        if not entry.sized:
            unsized += 1
            continue
        if not needs.get(entry.item.id, frozenset()) <= there:
            unmet += 1
            continue
        teams = {size.team_id for size in entry.sizes}
        if not teams <= open_teams:
            no_room += 1
            continue
        if full := filling.take(entry):
            for team_id in sorted(full):
                stopped.setdefault(team_id, entry)
            if not go_on:
                open_teams -= full
            no_room += 1
        else:
            taken.append(entry)
            there.add(entry.item.id)
    return Filled(tuple(taken), filling.odds, unsized, no_room, unmet, len(without), stopped)


def fill_command(state: State, filled: Filled, before: Forecast, said: DecidedBy = DecidedBy()) -> Command:
    """A fill as one decision; empty where nothing fits."""
    if not filled.taken:
        return Command("fill", "")
    end = plan_end(state)
    items = [
        entry.item.model_copy(update={"state": "plan", "rank": end + number})
        for number, entry in enumerate(filled.taken)
    ]
    title = f"Filled in rank order: {len(items)} item{'s' if len(items) > 1 else ''}"
    moves = [line_of(entry, "in") for entry in filled.taken]
    return Command("fill", title, (*items, *_decision(state, "fill", title, before, filled.odds, said, moves)))


def baseline(state: State, before: Forecast, said: DecidedBy = DecidedBy()) -> Command:
    """Stamp the agreed plan: what comes in later is unplanned. Raises :class:`Refused` where it is stamped already,
    or where there is nothing in plan."""
    quarter = state.quarter
    if quarter.state != "draft":
        raise Refused(f"{quarter.name} is {quarter.state} already")
    planned = entries_of(state, "plan")
    if not planned:
        raise Refused("nothing is in plan yet: fill it or bring items up first")
    puts: list[Record] = [quarter.model_copy(update={"state": "baselined", "baselined_at": now()})]
    puts += [entry.item.model_copy(update={"baselined": True}) for entry in planned]
    title = f"{quarter.name} baselined: {len(planned)} items"
    return Command("baseline", title, (*puts, *_decision(state, "baseline", title, before, before.odds, said, ())))


def unplanned(state: State, item: Item) -> bool:
    """Whether a planned item came in after the baseline."""
    return state.quarter.state != "draft" and item.state == "plan" and not item.baselined


def restore(state: State, item_id: int) -> Command:
    """A declined item back below the line, at its end."""
    item = state.all(Item)[item_id]
    return Command(
        "restore",
        f"“{item.title}” back below the line",
        (item.model_copy(update={"state": "below", "rank": below_end(state)}),),
    )
