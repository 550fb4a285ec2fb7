"""How the quarter runs: what items have taken so far and what is left of them, and what came unplanned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from store.records.fields import EngineerWeeks, Letter, Text, Title
from store.records.record import Record


class Progress(Record):
    """What an item has taken of a team so far, in engineer-weeks, since its start: in earlier quarters, too.

    ``carried`` of it was spent before the quarter in which ``told_on`` lies; where nobody has told of the present one
    (None), all of it was. ``left_low``, ``left`` and ``left_high`` are what is left (P10, P50, P90), where somebody
    estimated that anew. On ``done_on`` the team was through with it, and ``spent`` is what it took; where nobody
    ``counted`` that, it is the likely size.
    """

    table: ClassVar[str] = "progress"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items", "team_id": "teams"}
    item_id: int
    team_id: int
    spent: EngineerWeeks
    left_low: EngineerWeeks | None = None
    left: EngineerWeeks | None = None
    left_high: EngineerWeeks | None = None
    started_on: date | None = None
    done_on: date | None = None
    counted: bool = True
    told_on: date | None = None
    carried: EngineerWeeks = 0.0

    @property
    def earlier(self) -> float:
        """What of it was spent in earlier quarters, in engineer-weeks."""
        return self.spent if self.told_on is None else min(self.carried, self.spent)


class UnplannedWork(Record):
    """Work that came in on a day and was done at once: what it took of a team, in engineer-weeks.

    ``slice`` is whose time it was, ``source`` its key elsewhere.
    """

    table: ClassVar[str] = "unplanned_work"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams", "customer_id": "customers"}
    team_id: int
    day: date
    effort: EngineerWeeks
    title: Title
    source: Text = ""
    asked_by: Text = ""
    customer_id: int | None = None
    slice: Letter | None = None
    note: Text = ""
