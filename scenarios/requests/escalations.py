"""Marking a request that was carried past its desk: by whom, to whom, and what Sales chose where it was sent back."""

from __future__ import annotations

from datetime import datetime

from scenarios.trade.changes import now
from store.common.text import clean, short
from store.records import Command, Item, State, new_id
from store.records.looking_back import Escalation


def escalation_of(item_id: int, by: str, to: str, at: datetime | None = None) -> Escalation:
    """The mark on an item that is asked for."""
    return Escalation(id=new_id(), item_id=item_id, at=at or now(), by_whom=clean(by), to_whom=clean(to))


def last_escalation(state: State, item_id: int) -> Escalation | None:
    """The mark that an item has; None where it has none."""
    rows = (row for row in state.each(Escalation) if row.item_id == item_id)
    return max(rows, key=lambda row: (row.at, row.id), default=None)


def escalate(state: State, item_id: int, by: str, to: str, chose: str) -> Command:
    """An item was carried past its desk; where it has the mark already, it says this from now on."""
    old = last_escalation(state, item_id)
    row = old or escalation_of(item_id, by, to)
    row = row.model_copy(update={"by_whom": clean(by), "to_whom": clean(to), "chose": clean(chose, multiline=True)})
    if row == old:
        return Command("escalation", "")
    to_whom = f" to {short(row.to_whom, 60)}" if row.to_whom else ""
    title = short(state.all(Item)[item_id].title, 60)
    said = f"“{title}” escalated by {short(row.by_whom, 60) or 'nobody named'}{to_whom}"
    return Command("escalation", said + (f"; Sales chose {short(row.chose, 60)}" if row.chose else ""), (row,))
