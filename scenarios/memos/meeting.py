"""A meeting, as the log has it: the decisions between two moments, each with all that hangs on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from scenarios.decisions.log import LogLine, lines_of
from scenarios.figures.amounts import exact
from scenarios.figures.figure import total
from store.records import Decision, Item, Quarter, State


@dataclass(frozen=True)
class Meeting:
    """What was decided between two moments, oldest first; the quarter is that of the last decision."""

    state: State
    quarter: Quarter
    day: date
    lines: tuple[LogLine, ...]

    @property
    def present(self) -> tuple[str, ...]:
        """Who was there, each once, in the order in which they are first named."""
        names = [
            name.strip()
            for line in self.lines
            if line.detail is not None
            for name in line.detail.present.replace(";", ",").split(",")
        ]
        found: dict[str, str] = {}
        for name in names:
            if name:
                found.setdefault(name.casefold(), name)
        return tuple(found.values())

    @property
    def odds(self) -> tuple[float | None, float | None]:
        """The odds (0..1) before the first decision and after the last, where they are on record."""
        before = next((row.decision.odds_before for row in self.lines if row.decision.odds_before is not None), None)
        after = next((row.decision.odds_after for row in self.lines[::-1] if row.decision.odds_after is not None), None)
        return before, after

    def effort(self, kind: str) -> float:
        """The engineer-weeks that its decisions moved by lines of this kind, each line counted."""
        return float(total(exact(move.ew) for line in self.lines for move in line.moved(kind)))

    def items(self, kind: str) -> tuple[Item, ...]:
        """The items that its decisions moved by lines of this kind, each once."""
        items = self.state.all(Item)
        ids = [move.item_id for line in self.lines for move in line.moved(kind) if move.item_id is not None]
        return tuple(items[key] for key in dict.fromkeys(ids))


def meeting_of(state: State, since: datetime, until: datetime) -> Meeting:
    """What was decided from ``since`` to ``until``, both included."""
    return _meeting(state, [row for row in state.each(Decision) if since <= row.at <= until], until.date())


def meeting_on(state: State, day: date, among: Collection[int] | None = None) -> Meeting:
    """What was decided on a day, by the clock of whoever decided; only the decisions ``among`` these, where given."""
    kept = [row for row in state.each(Decision) if row.at.date() == day and (among is None or row.id in among)]
    return _meeting(state, kept, day)


def meeting_days(state: State) -> tuple[date, ...]:
    """The days on which anything was decided, newest first."""
    return tuple(sorted({row.at.date() for row in state.all(Decision).values()}, reverse=True))


def _meeting(state: State, decisions: list[Decision], day: date) -> Meeting:
    decisions.sort(key=lambda row: (row.at, row.id))
    lines = lines_of(state, decisions)
    quarter = state.all(Quarter)[decisions[-1].quarter_id] if decisions else state.quarter
    return Meeting(state, quarter, day, lines)
