"""Drills together with this person's own record of them: what is due, what was chosen, how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from scenarios.figures.names import named
from scenarios.practice.drills import DRILL, Drill
from scenarios.practice.leitner import Standing, Went, next_of, standing_of
from scenarios.trade import changes
from store.common.errors import Refused
from store.common.text import clean
from store.sidecars.drill_record import MOST_REASON, Attempt, load_attempts, save_attempts
from tui.practice.supplied import supplied_drills


class DrillHistory:
    """The drills, in their order. What is answered is written at once; what another window wrote meanwhile stays."""

    def __init__(self) -> None:
        """Raises StoreError for a record that cannot be read."""
        self.drills = supplied_drills()
        self._attempts = load_attempts()

    @property
    def now(self) -> datetime:
        """The present moment, by this person's clock."""
        return changes.now().astimezone()

    @property
    def today(self) -> date:
        """The present day."""
        return self.now.date()

    def named(self, text: str) -> Drill:
        """The drill of this key, title or number. Raises Refused."""
        if text.isdecimal() and 1 <= int(text) <= len(self.drills):
            return self.drills[int(text) - 1]
        return named(self.drills, text, DRILL, "drill")

    def number(self, drill: Drill) -> int:
        """Its place among all, from 1 on."""
        return self.drills.index(drill) + 1

    def standing(self, drill: Drill) -> Standing:
        """Where it stands, by the days of this person's clock."""
        told = [each for each in self._of(drill) if each.went]
        return standing_of((each.at.astimezone().date(), cast(Went, each.went)) for each in told)

    def next(self) -> Drill:
        """The drill to take now."""
        standings = {drill.key: self.standing(drill) for drill in self.drills}
        key = next_of([drill.key for drill in self.drills], standings, self.today)
        return next(drill for drill in self.drills if drill.key == key)

    def attempts(self, drill: Drill) -> Sequence[Attempt]:
        """All of it so far, the first one first."""
        return self._of(drill)

    def untold(self, drill: Drill) -> Attempt | None:
        """The latest attempt, where nobody has said yet how it went."""
        last = self._of(drill)[-1:]
        return last[0] if last and not last[0].went else None

    def choose(self, drill: Drill, choice: int, because: str) -> Attempt:
        """Put a choice, from 1 on, and its reason on record. Raises Refused, StoreError."""
        because = clean(because)
        if not 1 <= choice <= len(drill.choices):
            raise Refused(f"there is no choice {choice}: they are 1 to {len(drill.choices)}", "choose")
        if not because:
            raise Refused("say why, in a line: it is what the drill is for", "because")
        if len(because) > MOST_REASON:
            raise Refused(f"a line is enough: at most {MOST_REASON} characters", "because")
        attempt = Attempt(drill.key, self.now.replace(microsecond=0), choice, because)
        self._keep((*load_attempts(), attempt))
        return attempt

    def tell(self, drill: Drill, went: Went) -> Standing:
        """Put on record how the latest attempt went; where the drill stands now. Raises Refused, StoreError."""
        rows = list(load_attempts())
        at = max((at for at, each in enumerate(rows) if each.drill == drill.key), default=None)
        if at is None or rows[at].went:
            since = "" if at is None else f" since you said that it went {rows[at].went}"
            raise Refused(f"“{drill.title}” was not answered yet{since}: choose first", "went")
        rows[at] = replace(rows[at], went=went)
        self._keep(rows)
        return self.standing(drill)

    def _of(self, drill: Drill) -> Sequence[Attempt]:
        return [each for each in self._attempts if each.drill == drill.key]

    def _keep(self, attempts: Sequence[Attempt]) -> None:
        save_attempts(attempts)
        self._attempts = tuple(attempts)
