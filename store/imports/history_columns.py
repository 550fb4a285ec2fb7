"""Which column of a file of finished quarters is what, and in which unit: by its name, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.imports.columns import Unit, simplified
from store.imports.named_columns import NamedColumns

if TYPE_CHECKING:
    from store.imports.table import Table

_ALIASES: Mapping[str, frozenset[str]] = {
    "quarter": frozenset({"quarter", "qtr", "period", "fiscal quarter", "month", "started", "start", "start date"}),
    "team": frozenset({"team", "squad", "team name"}),
    "title": frozenset({"title", "summary", "item", "name", "task", "story", "feature", "issue"}),
    "estimate": frozenset({"estimate", "estimated", "estimates", "planned", "plan", "original estimate", "size"}),
    "actual": frozenset({"actual", "actuals", "spent", "time spent", "took", "taken"}),
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
_UNITS: Mapping[str, Unit] = {
    "ew": "weeks", "weeks": "weeks", "days": "days", "d": "days", "hours": "hours", "h": "hours", "hrs": "hours",
}  # fmt: skip
#: words in a column's name that only surround what it holds
_FILLERS = frozenset({"in", "engineer", "person", "man", "effort", "percent", "pct"})


class HistoryColumns(NamedColumns):
    """Where a table has what, and in which unit. Raises ImportOptionError where something needed is missing."""

    def __init__(self, table: Table, overrides: Mapping[str, str]) -> None:
        self.units: dict[str, Unit] = {}
        #: whether the name of the column of unplanned work says percent
        self.percent = False
        super().__init__(table, overrides, _ALIASES, _FILLERS | _UNITS.keys())
        items = "estimate" in self.at and "actual" in self.at
        if "quarter" not in self.at or not (items or "unplanned" in self.at):
            missing = "quarter" if "quarter" not in self.at else "estimate and actual (or unplanned)"
            raise self.lacking(missing, "actual=Spent")

    def take(self, one: str, position: int) -> None:
        """Take a column for a field, with the unit that its name says."""
        super().take(one, position)
        name = self.header[position]
        units = [_UNITS[word] for word in simplified(name).split() if word in _UNITS]
        self.units[one] = units[-1] if units else "weeks"
        if one == "unplanned":
            self.percent = "%" in name or not {"percent", "pct"}.isdisjoint(simplified(name).split())
