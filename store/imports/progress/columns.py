"""Which column of a backlog says what was spent and what is left, and when work was started and done; in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.imports.columns import ColumnMap, Unit, simplified
from store.imports.history_columns import FILLERS, FINISHED, TOOK, UNITS
from store.imports.named_columns import NamedColumns

if TYPE_CHECKING:
    from store.imports.table import Table

_ALIASES: Mapping[str, frozenset[str]] = {
    "spent": TOOK | {"done so far", "logged", "time logged", "worked", "total time spent"},
    "left": frozenset({
        "remaining", "remaining estimate", "timeestimate", "remaining work", "remaining time", "time remaining", "left",
        "remaining effort", "to do effort",
    }),
    "started": frozenset({
        "started", "started on", "started at", "actual start", "actual start date", "activated date",
        "in progress since", "work started", "date started",
    }),
    "done": FINISHED - {"accepted"},
}  # fmt: skip
#: Columns that tools keep in hours, whatever stands beside them.
_HOURS = frozenset({"completed work", "remaining work", "actual work", "spent time"})


class ProgressColumns(NamedColumns):
    """Where a table says how far its rows are; ``columns`` is what was taken for the rest of them."""

    def __init__(self, table: Table, columns: ColumnMap) -> None:
        self._columns = columns
        self._units: dict[str, Unit] = {}
        super().__init__(table, {}, _ALIASES, FILLERS | UNITS.keys())

    @property
    def told(self) -> bool:
        """Whether the table says anything of what was spent or is left."""
        return "spent" in self.at or "left" in self.at

    def take(self, one: str, position: int) -> None:
        """Take a column for a field, with the unit that its name says, or that its tool is known for."""
        super().take(one, position)
        name = simplified(self.header[position])
        units = [UNITS[word] for word in name.split() if word in UNITS]
        self._units[one] = units[-1] if units else "hours" if name in _HOURS else self._otherwise()

    def unit(self, one: str) -> Unit:
        """What a bare number in the column of a field counts; empty where nothing says it."""
        return self._units[one]

    def _otherwise(self) -> Unit:
        """As the tool counts time; else as the estimates beside it, where these are time."""
        if self._columns.dialect.seconds:
            return self._columns.dialect.seconds
        fields = self._columns.estimates
        unit = self._columns.unit(fields[0]) if fields else ""
        return unit if unit in ("weeks", "days", "hours") else ""
