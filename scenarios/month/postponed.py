"""What was postponed for something else: item by item, displaced by what, in which decision, by whom, to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from scenarios.trade.decision_records import way_by_item
from store.records import Decision, Item, Move, State


@dataclass(frozen=True)
class Postponed:
    """An item that left the plan and is not in it now; ``ew`` is its likely effort then. ``displaced_by`` is empty
    where it was taken out by itself; ``until`` is the day that it was moved to, or is due, where there is one."""

    item: Item
    ew: float
    decision: Decision
    displaced_by: str
    until: date | None
    #: whether somebody moved it to that day
    moved: bool = False

    @property
    def when(self) -> str:
        """The day that it was moved to; else when it is due, which nobody said it would be done by."""
        if self.until is None:
            return "no day"
        return self.until.isoformat() if self.moved else f"due {self.until.isoformat()}"


def postponed_in(state: State, since: datetime) -> tuple[tuple[Postponed, ...], int]:
    """What left plans after a moment and stayed out, latest first; and how many left and are in plan again, or done.

    An item counts once, with the last decision that took it out. What a close takes out is done, not postponed.
    """
    decisions, items, ways = state.all(Decision), state.all(Item), way_by_item(state)
    last: dict[int, tuple[Decision, Move]] = {}
    for move in state.each(Move):
        decision = decisions[move.decision_id]
        if move.kind != "out" or decision.kind in ("close", "decline") or decision.at <= since:
            continue
        if move.item_id is not None and move.item_id in items:
            before = last.get(move.item_id)
            if before is None or (before[0].at, before[0].id) <= (decision.at, decision.id):
                last[move.item_id] = decision, move
    found, back = [], 0
    for item_id, (decision, move) in last.items():
        item = items[item_id]
        if item.state in ("plan", "done"):
            back += 1
            continue
        other = items.get(decision.item_id or 0)
        by = "" if decision.item_id in (None, item_id) or other is None else other.title
        way = ways.get(item_id)
        moved = way is not None and way.kind == "sequence" and way.due is not None
        until = way.due if way is not None and moved else item.due
        found.append(Postponed(item, move.ew, decision, by, until, moved))
    found.sort(key=lambda row: (row.decision.at, row.decision.id, -row.ew), reverse=True)
    return tuple(found), back
