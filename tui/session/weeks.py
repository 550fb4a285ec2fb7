"""The weeks of the quarter that runs: what was known at the end of each, from the journal."""

from __future__ import annotations

from datetime import date, timedelta

from scenarios.plan.progress import week_at
from scenarios.quarter.burn import Burn, Known, burn, known_of, week_ended
from tui.session.past import Past
from tui.session.session import Session


class Weeks:
    """Looks back once for each week that has ended; nothing of it writes."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._past = Past(session)
        self._known: dict[int, tuple[Known, float]] = {}

    @property
    def trend(self) -> tuple[float, ...]:
        """The odds (0..1) at the baseline and at the end of each week of which somebody told, the present one last;
        empty before the quarter runs."""
        if self.session.now.plan.moment is None:
            return ()
        known, _ = self._look_back()
        return tuple(known[week].odds for week in sorted(known))

    def burn(self) -> Burn:
        """The burn chart. Raises Refused where the quarter does not run yet, and StoreError where the journal cannot
        be read."""
        now = self.session.now
        known, planned = self._look_back() if now.plan.moment is not None else ({}, 0.0)
        return burn(now.state, now.plan, known, planned)

    def _look_back(self) -> tuple[dict[int, Known], float]:
        """By week what was known at its end, 0 for the beginning, and what was planned then (ew)."""
        session = self.session
        known, planned = {}, session.now.plan.load
        for week, seq in sorted(self._last_events().items()):
            if seq not in self._known:
                figures = self._past.figures(seq)
                self._known[seq] = known_of(figures.forecast), figures.plan.load
            known[week], load = self._known[seq]
            planned = load if week == 0 else planned
        known[week_ended(session.now.plan)] = known_of(session.now.forecast)
        return known, planned

    def _last_events(self) -> dict[int, int]:
        """By week the last event before progress was told of a later day; under 0 the baseline, or where there was none
        before, the last event before the quarter ran."""
        quarter = self.session.state.quarter
        found: dict[int, int] = {}
        began = None
        day: str | None = None
        for seq, change in self.session.workspace.changes_of(quarter):
            after = change.after or {}
            if began is None and after.get("state") == "baselined":
                began = seq
            if after.get("progress_on") == day:
                continue
            if seq > 1:
                found[0 if day is None else week_at(quarter, date.fromisoformat(day) - timedelta(days=1))] = seq - 1
            day = after.get("progress_on")
        present = week_ended(self.session.now.plan)
        found = {week: seq for week, seq in found.items() if week < present}
        if began is not None and began <= found.get(0, began):
            found[0] = began
        return found
