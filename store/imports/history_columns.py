"""Which column of a file of finished quarters is what, and in which unit: by its name, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.imports.columns import Unit, listed, simplified
from store.imports.errors import ImportOptionError
from store.text import clean

if TYPE_CHECKING:
    from store.imports.table import Row, Table

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


class HistoryColumns:
    """Where a table has what, and in which unit. Raises ImportOptionError where something needed is missing."""

    def __init__(self, table: Table, overrides: Mapping[str, str]) -> None:
        self._header = table.header
        self.at: dict[str, int] = {}
        self.units: dict[str, Unit] = {}
        #: whether the name of the column of unplanned work says percent
        self.percent = False
        for name, column in overrides.items():
            self._take(self._field(name), self._position(column))
        for position, name in enumerate(table.header):
            words = [word for word in simplified(name).split() if word not in _FILLERS]
            bare = " ".join(word for word in words if word not in _UNITS)
            for one, aliases in _ALIASES.items():
                if one not in self.at and bare in aliases:
                    self._take(one, position)
                    break
        items = "estimate" in self.at and "actual" in self.at
        if "quarter" not in self.at or not (items or "unplanned" in self.at):
            missing = "quarter" if "quarter" not in self.at else "estimate and actual (or unplanned)"
            raise ImportOptionError(
                f"No column looks like {missing}. The columns are: {listed(self._header)}. "
                "Name the right one with --column FIELD=NAME, as in actual=Spent; "
                f"the fields are {', '.join(_ALIASES)}."
            )

    def _take(self, one: str, position: int) -> None:
        name = self._header[position]
        self.at[one] = position
        units = [_UNITS[word] for word in simplified(name).split() if word in _UNITS]
        self.units[one] = units[-1] if units else "weeks"
        if one == "unplanned":
            self.percent = "%" in name or not {"percent", "pct"}.isdisjoint(simplified(name).split())

    def _field(self, name: str) -> str:
        word = name.strip().casefold().removesuffix("s")
        if word not in _ALIASES:
            raise ImportOptionError(f"There is no field {name[:40]!r}. The fields are: {', '.join(_ALIASES)}.")
        return word

    def _position(self, column: str) -> int:
        for position, name in enumerate(self._header):
            if simplified(name) == simplified(column):
                return position
        raise ImportOptionError(f"There is no column {column[:80]!r}. The columns are: {listed(self._header)}.")

    def cell(self, row: Row, one: str) -> str:
        """What a row has in a field, cleaned; empty where there is nothing."""
        position = self.at.get(one, -1)
        return clean(row.cells[position]) if 0 <= position < len(row.cells) else ""

    def name(self, one: str) -> str:
        """What the file calls a field's column, in quotes."""
        return f'"{self._header[self.at[one]]}"'
