"""Which column of a file of finished quarters is what, and in which unit: by its name, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.imports.columns import Unit, simplified
from store.imports.dates import parse_date
from store.imports.formats import dialect_of
from store.imports.named_columns import NamedColumns

if TYPE_CHECKING:
    from store.imports.table import Table

#: The day on which an item was finished.
FINISHED = frozenset(
    {
        f"{word}{more}"
        for word in ("resolved", "closed", "completed", "finished", "done", "accepted", "released")
        for more in ("", " at", " on", " date", " at utc")
    }
    | {"resolution date", "resolutiondate", "actual end"}
)
#: What an item took.
TOOK = frozenset(
    {
        "actual",
        "actuals",
        "spent",
        "time spent",
        "timespent",
        "took",
        "taken",
        "spent time",
        "actual time",
        "completed work",
        "actual work",
        "time tracked",
    }
)
_ALIASES: Mapping[str, frozenset[str]] = {
    "quarter": frozenset({"quarter", "qtr", "period", "fiscal quarter", "month", "started", "start", "start date"}),
    "team": frozenset({"team", "squad", "team name"}),
    "title": frozenset({"title", "summary", "item", "name", "task", "story", "feature", "issue"}),
    "estimate": frozenset(
        {
            "estimate",
            "estimated",
            "estimates",
            "planned",
            "plan",
            "original estimate",
            "size",
            "time estimate",
            "estimated time",
            "timeoriginalestimate",
            "estimation",
            "time estimated",
        }
    ),
    "low": frozenset({"low", "p10", "optimistic", "best case", "minimum"}),
    "high": frozenset({"high", "p90", "pessimistic", "worst case", "maximum"}),
    "actual": TOOK,
    # The day on which an item was finished says its quarter, too.
    "finished": FINISHED,
    "unplanned": frozenset(
        {
            "unplanned",
            "unplanned share",
            "unplanned work",
            "interrupts",
            "interrupt",
            "interrupt share",
            "interruptions",
        }
    ),
}
_BEGAN = frozenset({"started", "start", "start date"})
#: rows that are looked at for days
_LOOKED_AT = 200
#: what no item takes in weeks, days or hours, if every one of them takes as much
LEAST_SECONDS = 600
UNITS: Mapping[str, Unit] = {
    "ew": "weeks", "weeks": "weeks", "days": "days", "d": "days", "hours": "hours", "h": "hours", "hrs": "hours",
}  # fmt: skip
#: words in a column's name that only surround what it holds
FILLERS = frozenset({"in", "engineer", "person", "man", "effort", "percent", "pct"})


class HistoryColumns(NamedColumns):
    """Where a table has what, and in which unit. Raises ImportOptionError where something needed is missing."""

    def __init__(self, table: Table, overrides: Mapping[str, str]) -> None:
        self.units: dict[str, Unit] = {}
        #: whether the name of the column of unplanned work says percent
        self.percent = False
        #: whether the quarters are days on which items were finished
        self.days = False
        super().__init__(table, overrides, _ALIASES, FILLERS | UNITS.keys())
        self._settle_quarter(table)
        self._settle_units(table)
        items = "estimate" in self.at and "actual" in self.at
        if "quarter" not in self.at or not (items or "unplanned" in self.at):
            missing = "quarter" if "quarter" not in self.at else "estimate and actual (or unplanned)"
            raise self.lacking(missing, "actual=Spent")

    def _settle_quarter(self, table: Table) -> None:
        """A tracker has no quarters, but the day on which each row was finished; when it began says less."""
        finished = self.at.pop("finished", None)
        began = "quarter" in self.at and simplified(self.header[self.at["quarter"]]) in _BEGAN
        if finished is not None and ("quarter" not in self.at or began):
            self.at["quarter"] = finished
        if "quarter" in self.at:
            at = self.at["quarter"]
            self.days = any(
                parse_date(row.cells[at], "day-first") for row in table.rows[:_LOOKED_AT] if at < len(row.cells)
            )

    def _settle_units(self, table: Table) -> None:
        """What amounts count whose columns do not say it: as the tool is known to write them, or seconds because
        nothing takes so many weeks."""
        dialect = dialect_of(table)
        for one, other in (("estimate", "actual"), ("actual", "estimate")):
            at = self.at.get(one)
            if at is None or not UNITS.keys().isdisjoint(simplified(self.header[at]).split()):
                continue
            cells = (row.cells[at].strip() for row in table.rows if at < len(row.cells))
            amounts = [int(cell) for cell in cells if cell.isascii() and cell.isdigit() and cell.strip("0")]
            if simplified(self.header[at]) in dialect.columns.get("hours", ()):
                self.units[one] = "hours"
                # A tool keeps both in one unit.
                self.units[other] = "hours" if self.units.get(other, "weeks") == "weeks" else self.units[other]
            elif amounts and min(amounts) >= LEAST_SECONDS and all(amount % 60 == 0 for amount in amounts):
                self.units[one] = dialect.seconds or "seconds"

    def take(self, one: str, position: int) -> None:
        """Take a column for a field, with the unit that its name says."""
        super().take(one, position)
        name = self.header[position]
        units = [UNITS[word] for word in simplified(name).split() if word in UNITS]
        self.units[one] = units[-1] if units else "weeks"
        if one == "unplanned":
            self.percent = "%" in name or not {"percent", "pct"}.isdisjoint(simplified(name).split())
