"""Which column of a table is which of a few fields: by its name, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from store.common.text import clean
from store.imports.columns import listed, simplified
from store.imports.errors import ImportOptionError

if TYPE_CHECKING:
    from store.imports.table import Row, Table


#: A currency at the end of a column's name.
_IN = re.compile(r"[(\[]\s*([A-Z]{3}|[^\w\s]{1,3})\s*[)\]]\s*$")


class NamedColumns:
    """Where a table has what. Raises ImportOptionError where the user names a field or column that there is not.

    ``aliases`` are the names of each field's column, as :func:`~store.imports.columns.simplified` leaves them without
    ``fillers``, the words that only surround what a column holds.
    """

    def __init__(
        self,
        table: Table,
        overrides: Mapping[str, str],
        aliases: Mapping[str, frozenset[str]],
        fillers: AbstractSet[str] = frozenset(),
    ) -> None:
        self.header = table.header
        self._others = [each for each in table.sheets if each != table.sheet]
        self.at: dict[str, int] = {}
        self._aliases = aliases
        ignored = {self._field(name) for name, column in overrides.items() if not column.strip()}
        for name, column in overrides.items():
            if column.strip():
                self.take(self._field(name), self._position(column))
        said = set(self.at.values())
        for position, name in enumerate(table.header):
            if position in said:
                continue
            bare = " ".join(word for word in simplified(name).split() if word not in fillers)
            for one, names in aliases.items():
                if one not in self.at and one not in ignored and bare in names:
                    self.take(one, position)
                    break

    def take(self, one: str, position: int) -> None:
        """Take a column for a field."""
        self.at[one] = position

    def take_amounts(self, *fields: str) -> dict[str, str]:
        """Take columns of amounts whose name has its currency behind it, too, as ``ARR (EUR)``; by field, the currency
        that a column's name says."""
        for position, name in enumerate(self.header):
            bare = simplified(_IN.sub("", name))
            if position not in self.at.values():
                for one in fields:
                    if one not in self.at and bare in self._aliases[one]:
                        self.take(one, position)
        here = {one: _IN.search(self.header[self.at[one]]) for one in fields if one in self.at}
        return {one: found[1] for one, found in here.items() if found}

    def lacking(self, missing: str, example: str) -> ImportOptionError:
        """What to raise where no column is ``missing``; ``example`` is one for the option that names a column."""
        sheets = f"There are also the sheets {listed(self._others)} (--sheet NAME). " if self._others else ""
        return ImportOptionError(
            f"No column looks like {missing}. The columns are: {listed(self.header)}. {sheets}"
            f"Name the right one with --column FIELD=NAME, as in {example}; "
            f"the fields are {', '.join(self._aliases)}."
        )

    def _field(self, name: str) -> str:
        word = name.strip().casefold()
        word = word if word in self._aliases else word.removesuffix("s")
        if word not in self._aliases:
            raise ImportOptionError(f"There is no field {name[:40]!r}. The fields are: {', '.join(self._aliases)}.")
        return word

    def _position(self, column: str) -> int:
        for position, name in enumerate(self.header):
            if simplified(name) == simplified(column):
                return position
        raise ImportOptionError(f"There is no column {column[:80]!r}. The columns are: {listed(self.header)}.")

    def cell(self, row: Row, one: str) -> str:
        """What a row has in a field, cleaned; empty where there is nothing."""
        position = self.at.get(one, -1)
        return clean(row.cells[position]) if 0 <= position < len(row.cells) else ""

    def positions(self, *fields: str) -> list[int]:
        """Where these fields are, as far as they are there."""
        return [self.at[one] for one in fields if one in self.at]

    @property
    def unread(self) -> list[str]:
        """The columns that mean nothing here."""
        used = set(self.at.values())
        return [clean(name) for at, name in enumerate(self.header) if at not in used and name]

    def name(self, one: str) -> str:
        """What the file calls a field's column, in quotes."""
        return f'"{self.header[self.at[one]]}"'
