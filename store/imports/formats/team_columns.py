"""Tables with a column of sizes for each team, called as the team is: which these are, and what a row says there."""

from __future__ import annotations

import re
from collections.abc import Collection, MutableMapping
from dataclasses import replace
from typing import TYPE_CHECKING

from store.common.text import clean
from store.imports.columns import ESTIMATES, ColumnMap, Field, Unit, simplified
from store.imports.estimates import BLANKS, Estimate, EstimateError, Rates, unit_named
from store.imports.formats import makeroom
from store.imports.formats.short_names import is_size
from store.imports.plain_words import is_total
from store.imports.row_sizes import size_in

if TYPE_CHECKING:
    from store.imports.table import Row, Table

#: "Pay (days)", "Team A [SP]"
_WITH_UNIT = re.compile(
    r"(.*\S)(?:\s*[(\[]\s*(?P<unit>[^()\[\]]+?)\s*[)\]]|\s+(?P<word>days|hours|weeks|points|sp|pts|tage|stunden|wochen))",
    re.IGNORECASE,
)
_TEAM = re.compile(r"(?:team|squad|tribe|crew|pod)\b.+|.+\b(?:team|squad|tribe|crew|pod)", re.IGNORECASE)
#: columns that are nobody's in particular
_LEAST = 2
#: fields for what a row takes as a whole
_WHOLE: tuple[Field, ...] = (*ESTIMATES, "likely")
_LOOKED_AT = 200
#: how many of the filled cells are to be sizes, under the name of a team that is here, and under others
_SURE, _MOST = 0.5, 0.8


def with_team_columns(found: ColumnMap, table: Table, teams: Collection[str], empty: Collection[int]) -> ColumnMap:
    """The columns, and those that hold what each team has to do, where none holds what a row takes as a whole
    (columns at the ``empty`` positions hold nothing).

    ``teams`` are those that are known. Others are told by the word team, or by the unit behind their name: of these,
    one alone is none.
    """
    if any(at not in empty for field in _WHOLE for at in found.positions(field)):
        return found
    taken = {at for field in found.at for at in found.positions(field)}
    ours = {name.casefold() for name in teams}
    sure: dict[int, tuple[str, Unit]] = {}
    likely: dict[int, tuple[str, Unit]] = {}
    for at, name in enumerate(table.header):
        apart = _WITH_UNIT.fullmatch(name)
        unit = unit_named(apart["unit"] or apart["word"]) if apart else ""
        team = clean(apart[1] if apart and unit else name)
        if at in taken or not team or is_total(team) or not (share := _share_of_sizes(table, at)):
            continue
        if team.casefold() in ours and share >= _SURE:
            sure[at] = team, unit
        elif (unit or _TEAM.fullmatch(simplified(team))) and share >= _MOST:
            likely[at] = team, unit
    if len(sure) + len(likely) < _LEAST:
        likely = {}
    return replace(found, per_team={**sure, **likely}) if sure or likely else found


def _share_of_sizes(table: Table, at: int) -> float:
    """How many of the filled cells of a column are sizes (0..1)."""
    cells = (clean(row.cells[at]) for row in table.rows[:_LOOKED_AT] if at < len(row.cells))
    filled = [cell for cell in cells if cell.casefold() not in BLANKS]
    return sum(map(is_size, filled)) / len(filled) if filled else 0.0


def sizes_by_team(
    columns: ColumnMap, row: Row, rates: Rates, unread: MutableMapping[int, str] | None = None
) -> list[tuple[str, Estimate]]:
    """What each team has in a row that says it team by team; nothing in others. What cannot be read is put into
    ``unread``, by the row's line. Raises :class:`~store.imports.errors.RateNeededError`."""
    if not columns.per_team:
        apart = makeroom.sizes_by_team(columns, row, rates)
        return apart if len(apart) > 1 else []
    found = []
    for at, (team, unit) in columns.per_team.items():
        cell = clean(row.cells[at]) if at < len(row.cells) else ""
        if cell.casefold() in BLANKS:
            continue
        try:
            estimate = size_in(columns, at, cell, unit, rates)
        except EstimateError as error:
            if unread is not None:
                unread[row.line] = str(error)
            continue
        if estimate is not None:
            found.append((team, estimate))
    return found
