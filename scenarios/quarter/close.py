"""Closing a quarter: what it took is kept for the odds to learn from, and the next one opens with what is left."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.capacity.teams import capacity_of
from scenarios.odds.forecast import Forecast, mean_of
from scenarios.plan.plan import entries_of
from scenarios.plan.ranks import below_top
from scenarios.quarter.calendar import next_quarter
from scenarios.trade.changes import now
from store.common.errors import Refused
from store.records import (
    Actual,
    Capacity,
    Command,
    Decision,
    Interrupt,
    Move,
    Quarter,
    Record,
    Shortfall,
    Signature,
    State,
    new_id,
)


def close_quarter(
    state: State, took: Mapping[int, float], interrupts: Mapping[int, float], before: Forecast
) -> Command:
    """Close the present quarter as one decision, and open the next with what is left at the top of the backlog.

    ``took`` is what finished sizes took in ew (size id -> ew); an item is done when all its sizes have a figure.
    ``interrupts`` are the shares (team id -> 0..1) of capacity that unplanned work took. Net capacities are carried
    over, to be changed; those of teams with people are counted for the new quarter's dates. Raises :class:`Refused`
    where nothing was planned, or a figure is not sound.
    """
    quarter = state.quarter
    planned = entries_of(state, "plan")
    if not planned:
        raise Refused("nothing is in plan: there is no quarter to close")
    if any(not 0 <= weeks <= 10_000 for weeks in took.values()):
        raise Refused("what an item took is between 0 and 10,000 engineer-weeks")
    if any(not 0 <= share <= 1 for share in interrupts.values()):
        raise Refused("the share of unplanned work is between 0 and 100%")
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
        id=new_id(), quarter_id=quarter.id, at=at, kind="close", title=f"{quarter.name} closed", odds_before=before.odds
    )
    puts.append(decision)
    left = [entry for entry in planned if not all(size.id in took for size in entry.sizes)]
    top = below_top(state) - len(left) + 1
    for entry in planned:
        item, done = entry.item, entry not in left
        move = {"state": "done"} if done else {"state": "below", "rank": top + left.index(entry)}
        puts.append(item.model_copy(update={**move, "baselined": False}))
        for size in entry.sizes:
            if size.id in took:
                puts.append(
                    Actual(
                        id=new_id(),
                        quarter=quarter.name,
                        number=number,
                        team_id=size.team_id,
                        title=item.title,
                        estimate=mean_of(size),
                        actual=took[size.id],
                    )
                )
        if done:
            ew = sum(took[size.id] for size in entry.sizes)
            puts.append(
                Move(id=new_id(), decision_id=decision.id, item_id=item.id, kind="out", title=item.title, ew=ew)
            )
    known = {(row.team_id, row.number): row for row in state.all(Interrupt).values()}
    for team_id, share in interrupts.items():
        old = known.get((team_id, number))
        if old is not None:
            puts.append(old.model_copy(update={"share": share}))
        else:
            puts.append(Interrupt(id=new_id(), quarter=quarter.name, number=number, team_id=team_id, share=share))
    # What stood over the old plan is answered by its end.
    puts += [
        row.model_copy(update={"cleared_at": at}) for row in state.all(Signature).values() if row.cleared_at is None
    ]
    puts += [
        row.model_copy(update={"settled_at": at}) for row in state.all(Shortfall).values() if row.settled_at is None
    ]
    return Command("close", f"{quarter.name} closed, {coming.name} opened", tuple(puts))
