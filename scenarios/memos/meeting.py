"""A meeting, or any span of days, as the log has it: its decisions, and the plan before and after them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scenarios.decisions.log import LogLine, lines_of
from scenarios.memos.net_change import NetChange, net_change
from store.records import Decision, Quarter, State


@dataclass(frozen=True)
class Meeting:
    """What was decided from ``since`` to ``day``, oldest first; the quarter is that of the last decision.

    ``began`` is the workspace before it, ``state`` as it was left; ``known`` is false where these are not on record,
    as of decisions that came with a file. ``page`` is that it begins with the last page that was sent to an account.
    ``opened`` is the workspace as its first day began, where something was told on it before anything was decided.
    """

    began: State
    state: State
    quarter: Quarter
    since: date
    day: date
    lines: tuple[LogLine, ...]
    known: bool = True
    page: bool = False
    opened: State | None = None

    @property
    def morning(self) -> State:
        """The workspace before anything was told on its first day: what was promised, and what came between."""
        return self.began if self.opened is None else self.opened

    @property
    def when(self) -> str:
        """Its day, or its first and last one: ``2027-02-02``, ``2027-01-01 to 2027-03-31``."""
        day = self.day.isoformat()
        return day if self.since == self.day else f"{self.since.isoformat()} to {day}"

    @property
    def over(self) -> bool:
        """Whether its quarter is closed, and the plan that it left is that of the next one."""
        return self.quarter.id != self.state.quarter.id

    @cached_property
    def net(self) -> NetChange:
        """What is not as it was before."""
        return net_change(self.began, self.state, self.lines)

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
        """The odds (0..1) of its quarter before the first decision and after the last, where they are on record."""
        rows = [row.decision for row in self.lines if row.decision.quarter_id == self.quarter.id]
        before = next((row.odds_before for row in rows if row.odds_before is not None), None)
        after = next((row.odds_after for row in rows[::-1] if row.odds_after is not None), None)
        return before, after


def meeting_on(
    began: State,
    state: State,
    day: date,
    among: Collection[int] | None = None,
    since: date | None = None,
    known: bool = True,
) -> Meeting:
    """What was decided on a day, or from ``since`` to it, by the clock of whoever decided.

    ``began`` and ``state`` are the workspace before and after it. Only the decisions ``among`` these count.
    """
    since = day if since is None else since
    kept = [row for row in state.each(Decision) if since <= row.at.date() <= day and (among is None or row.id in among)]
    kept.sort(key=lambda row: (row.at, row.id))
    quarter = state.all(Quarter)[kept[-1].quarter_id] if kept else state.quarter
    return Meeting(began, state, quarter, since, day, lines_of(state, kept), known)


def meeting_days(state: State) -> tuple[date, ...]:
    """The days on which anything was decided, newest first."""
    return tuple(sorted({row.at.date() for row in state.all(Decision).values()}, reverse=True))
