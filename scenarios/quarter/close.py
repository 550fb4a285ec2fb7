"""Closing a quarter: what it took is kept for the odds to learn from, and the next one opens with what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Entry, entries_of
from scenarios.plan.progress import unplanned_in
from scenarios.plan.ranks import below_top
from scenarios.quarter.actuals import Took, delivered_put, interrupts_put, require_weeks
from scenarios.quarter.calendar import next_quarter
from scenarios.trade.changes import DecidedBy, now
from scenarios.working_time.teams import capacity_of, stored_net
from store.common.errors import Refused
from store.records import (
    Actual,
    Capacity,
    Command,
    Decision,
    Item,
    Move,
    Progress,
    Quarter,
    Record,
    Shortfall,
    Signature,
    Size,
    State,
    TeamTime,
    new_id,
)

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: Less than this (ew) apart, two figures are the same as people type them.
_ROUNDED = 0.006


@dataclass(frozen=True)
class Ending:
    """What is said of a quarter as it closes.

    ``took`` is by size id what finished sizes took in ew since the work on them began, in earlier quarters too; of
    ``uncounted`` ones nobody knows it; ``spent`` is what was spent so far on sizes that go on. By team id,
    ``interrupts`` are the shares (0..1) of capacity that unplanned work took, and ``delivered`` the net capacity (ew)
    that there was in the end.
    """

    took: Mapping[int, float] = field(default_factory=dict)
    uncounted: Collection[int] = frozenset()
    spent: Mapping[int, float] = field(default_factory=dict)
    interrupts: Mapping[int, float] = field(default_factory=dict)
    delivered: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[int, Took], interrupts: Mapping[int, float], delivered: Mapping[int, float]) -> Self:
        """As it is said of each size, by its id; of what is not named nothing is known but that it goes on."""
        done = {key: took.weeks for key, took in said.items() if not took.goes_on}
        return cls(
            took={key: weeks for key, weeks in done.items() if weeks is not None},
            uncounted={key for key, weeks in done.items() if weeks is None},
            spent={key: took.weeks for key, took in said.items() if took.goes_on and took.weeks is not None},
            interrupts=interrupts,
            delivered=delivered,
        )

    def finishes(self, entry: Entry) -> bool:
        """Whether an item is done: all its sizes are."""
        return all(size.id in self.took or size.id in self.uncounted for size in entry.sizes)


def close_quarter(
    state: State,
    ending: Ending,
    before: Forecast,
    said: DecidedBy = DecidedBy(),  # noqa: B008 - frozen
) -> Command:
    """Close the present quarter as one decision, and open the next with what is left at the top of the backlog.

    What a done item took counts in this quarter, in which it was completed, with all that was spent on it before. What
    was spent on an item that goes on is kept for the quarter in which it will be. Net capacities are carried
    over, to be changed; those of teams with people are counted for the new quarter's dates. Raises :class:`Refused`
    where nothing was planned, or a figure is not sound.
    """
    quarter = state.quarter
    planned = entries_of(state, "plan")
    if not planned:
        raise Refused("nothing is in plan: there is no quarter to close")
    spent = spent_of(state)
    _require_sound(ending, planned, spent)
    number = state.number_of(quarter)
    coming = next_quarter(quarter, {row.name for row in state.each(Quarter)})
    puts: list[Record] = [quarter.model_copy(update={"state": "closed"}), coming]
    people = capacity_of(state, coming).teams
    puts += [
        Capacity(
            id=new_id(),
            quarter_id=coming.id,
            team_id=row.team_id,
            net=people[row.team_id].net if row.team_id in people else row.net,
        )
        for row in state.all(Capacity).values()
        if row.quarter_id == quarter.id
    ]
    at = now()
    decision = Decision(
        id=new_id(),
        quarter_id=quarter.id,
        at=at,
        kind="close",
        title=f"{quarter.name} closed",
        odds_before=before.odds,
        decided_by=said.by,
        because=said.because,
    )
    puts.append(decision)
    left = [entry for entry in planned if not ending.finishes(entry)]
    top = below_top(state) - len(left) + 1
    told = dict(spent)
    for entry in planned:
        item, done = entry.item, entry not in left
        move = {"state": "done"} if done else {"state": "below", "rank": top + left.index(entry)}
        puts.append(item.model_copy(update={**move, "baselined": False}))
        for size in entry.sizes:
            total = ending.took.get(size.id, ending.spent.get(size.id))
            if done:
                puts.append(_actual(quarter, number, item, size, ending.took.get(size.id)))
            row = spent.get((item.id, size.team_id))
            if total is not None and (row is not None or not done):
                new = row or Progress(id=new_id(), item_id=item.id, team_id=size.team_id, spent=0.0)
                told[item.id, size.team_id] = new.model_copy(update={"spent": total})
        if done:
            ew = sum(ending.took.get(size.id, size.likely) for size in entry.sizes)
            puts.append(
                Move(id=new_id(), decision_id=decision.id, item_id=item.id, kind="out", title=item.title, ew=ew)
            )
    # All that was spent until now was spent before the quarter that opens, and of that nobody has told yet.
    before_next = {key: row.model_copy(update={"told_on": None, "carried": 0.0}) for key, row in told.items()}
    puts += [row for key, row in before_next.items() if spent.get(key) != row]
    puts += interrupts_put(state, quarter.name, number, ending.interrupts)
    puts += delivered_put(state, quarter.name, number, ending.delivered)
    # What stood over the old plan is answered by its end.
    puts += [
        row.model_copy(update={"cleared_at": at}) for row in state.all(Signature).values() if row.cleared_at is None
    ]
    puts += [
        row.model_copy(update={"settled_at": at}) for row in state.all(Shortfall).values() if row.settled_at is None
    ]
    return Command("close", f"{quarter.name} closed, {coming.name} opened", tuple(puts))


def took_so_far(state: State) -> dict[int, Took]:
    """By size id what is known of planned items as they stand, where the quarter runs: what is done took what was
    spent, where that was counted, and what was begun goes on."""
    found: dict[int, Took] = {}
    for entry in entries_of(state, "plan"):
        for size in entry.sizes:
            told = entry.progress_of(size.team_id)
            if told.done:
                found[size.id] = Took(told.spent if told.counted else None)
            elif told.told_on is not None and told.spent > 0:
                found[size.id] = Took(told.spent, goes_on=True)
    return found


def interrupted_so_far(state: State) -> dict[int, float]:
    """By team id the share (0..1) of its net capacity, before any allowance for such work, that came unplanned; of the
    teams of which somebody kept any."""
    quarter = state.quarter
    net = stored_net(state, quarter)
    kept = {row.team_id: row.interrupts for row in state.each(TeamTime)}
    efforts: dict[int, float] = {}
    for row in unplanned_in(state, quarter):
        efforts[row.team_id] = efforts.get(row.team_id, 0.0) + row.effort
    whole = {key: net[key] / (1 - kept.get(key, 0.0)) if kept.get(key, 0.0) < 1 else 0.0 for key in efforts}
    return {key: min(1.0, effort / whole[key]) for key, effort in efforts.items() if whole[key] > 0}


def spent_of(state: State) -> dict[tuple[int, int], Progress]:
    """What was spent on items so far, by (item id, team id)."""
    return {(row.item_id, row.team_id): row for row in state.each(Progress)}


def _require_sound(ending: Ending, planned: Iterable[Entry], spent: Mapping[tuple[int, int], Progress]) -> None:
    require_weeks([*ending.took.values(), *ending.spent.values()])
    for entry in planned:
        for size in entry.sizes:
            total = ending.took.get(size.id, ending.spent.get(size.id))
            known = spent.get((entry.item.id, size.team_id))
            # A guess at what it took is none of what was spent.
            if known is not None and known.counted and total is not None and total < known.spent - _ROUNDED:
                when = "in earlier quarters" if known.told_on is None else "so far"
                raise Refused(
                    f"{format_ew(known.spent)} ew were spent on “{entry.item.title[:60]}” {when}: what it took is the "
                    f"total since its start, so at least that, not {format_ew(total)}"
                )


def _actual(quarter: Quarter, number: int, item: Item, size: Size, took: float | None) -> Actual:
    return Actual(
        id=new_id(),
        quarter=quarter.name,
        number=number,
        team_id=size.team_id,
        title=item.title,
        low=size.low,
        estimate=size.likely,
        high=size.high,
        actual=size.likely if took is None else took,
        counted=took is not None,
    )
