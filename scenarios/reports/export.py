"""What is exported for reading: how the quarter stands, then tables, in words that Markdown and HTML share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scenarios.exports.plan import STANDS
from scenarios.exports.quarter import QuarterStatus
from scenarios.figures.amounts import cents, exact, odds_percent, percent, tenths
from scenarios.figures.sizes import format_ew
from scenarios.quarter.burn import Burn
from scenarios.reports.page import INTERNAL
from store.common.sheets import Cell, Kind, Sheet
from store.common.text import capital


@dataclass(frozen=True)
class Export:
    """What goes on paper: the quarter and the tables, as of a day."""

    standing: QuarterStatus
    sheets: Sequence[Sheet]
    day: date
    #: the chart of a quarter that runs
    burn: Burn | None = None

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return f"{self.standing.workspace}: {self.standing.quarter}"

    @property
    def quiet(self) -> str:
        """Which tables, as of when."""
        tables = ", ".join(sheet.title for sheet in self.sheets)
        return f"{INTERNAL} {tables}, as of {self.day.isoformat()}. Effort in engineer-weeks (ew)."


def mix_rows(found: QuarterStatus) -> list[list[str]]:
    """The portfolio mix as words, the heads first, with the bounds that there are."""
    rows = _words(found.bounds, found.bounds.rows)
    at = rows[0].index("share")
    for row, part in zip(rows[1:], found.mix.slices, strict=True):
        row[at] = part.said
    return rows


def tables_of(sheet: Sheet) -> Iterator[tuple[str, list[list[str]]]]:
    """Heading and rows, the heads first, of each part of a table: the plan, what is below the line and the inbox are
    apart. A column in which nothing stands is left out."""
    names = [column.name for column in sheet.columns]
    if sheet.name == "mix":
        # Every page begins with it.
        return
    if "state" not in names or sheet.name != "plan":
        yield sheet.title, _words(sheet, sheet.rows)
        return
    at = names.index("state")
    for word in STANDS.values():
        rows = [row for row in sheet.rows if row[at] == word]
        if rows or word == STANDS["plan"]:
            yield capital(word), _words(sheet, rows)


def _words(sheet: Sheet, rows: Sequence[tuple[Cell, ...]]) -> list[list[str]]:
    shown = [
        (at, column)
        for at, column in enumerate(sheet.columns)
        if column.brief and (not rows or any(row[at] is not False and row[at] not in (None, "") for row in rows))
    ]
    return [
        [column.name for _, column in shown],
        *([cell_words(row[at], column.kind) for at, column in shown] for row in rows),
    ]


def cell_words(cell: Cell, kind: Kind) -> str:
    """A cell as people read it."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "yes" if cell else ""
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
    match kind:
        case "ew":
            return format_ew(cell)
        case "odds":
            return odds_percent(cell)
        case "share":
            return percent(cell)
        case "points":
            return f"{round(cell):+d}" if round(cell) else "0"
        case "money":
            return cents(exact(cell))
        case "times":
            return tenths(exact(cell))
    # One decimal, towards zero: 2.99 is not 3.
    return str(cell) if isinstance(cell, int) else f"{int(cell * 10) / 10:.1f}".removesuffix(".0")
