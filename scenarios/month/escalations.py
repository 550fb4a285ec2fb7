"""Requests that were carried past their desk: by whom, how it ended, and how long an answer took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from scenarios.trade.decision_records import decided_by_item
from store.records import Item, Quarter, Request, State
from store.records.looking_back import Escalation


@dataclass(frozen=True)
class Escalated:
    """An escalation with its item; ``answer`` is what became of the item by the first decision after it, ``days`` how
    long that took; both None where nothing is decided yet."""

    row: Escalation
    item: Item
    asked_by: str
    answer: str | None
    days: float | None


@dataclass(frozen=True)
class EscalationCount:
    """How many there were by one source, or in one quarter, and how many of them have an answer."""

    name: str
    number: int
    answered: int


def escalated_in(state: State, since: datetime | None = None) -> tuple[Escalated, ...]:
    """Those after a moment, else all, oldest first."""
    decided = decided_by_item(state)
    asked = {row.item_id: row.asked_by for row in state.each(Request)}
    found = []
    for row in sorted(state.each(Escalation), key=lambda each: (each.at, each.id)):
        if since is not None and row.at <= since:
            continue
        first = next((each for each in decided.get(row.item_id, ()) if each.decision.at >= row.at), None)
        days = None if first is None else (first.decision.at - row.at).total_seconds() / 86_400
        answer = None if first is None else first.outcome
        found.append(Escalated(row, state.all(Item)[row.item_id], asked.get(row.item_id, ""), answer, days))
    return tuple(found)


def median_days(rows: Sequence[Escalated]) -> float | None:
    """The median days to an answer; None where none has one."""
    days = [row.days for row in rows if row.days is not None]
    return median(days) if days else None


def by_source(rows: Sequence[Escalated]) -> tuple[EscalationCount, ...]:
    """By whom they were carried, most first."""
    found: dict[str, list[Escalated]] = {}
    for row in rows:
        found.setdefault(row.row.by_whom or "nobody named", []).append(row)
    counts = [EscalationCount(name, len(mine), _answered(mine)) for name, mine in found.items()]
    return tuple(sorted(counts, key=lambda each: (-each.number, each.name.casefold())))


def by_quarter(state: State, rows: Sequence[Escalated]) -> tuple[EscalationCount, ...]:
    """How many fell into each of these quarters, by the calendar; quarters without any are left out at both ends."""
    found = []
    for quarter in sorted(state.each(Quarter), key=lambda row: row.starts):
        mine = [row for row in rows if quarter.starts <= row.row.at.date() <= quarter.ends]
        found.append(EscalationCount(quarter.name, len(mine), _answered(mine)))
    while found and not found[0].number:
        found.pop(0)
    while found and not found[-1].number:
        found.pop()
    return tuple(found)


def _answered(rows: Sequence[Escalated]) -> int:
    return sum(row.answer is not None for row in rows)
