"""Tables of values as they leave the app: what a cell is, and what its column counts. No file is known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | None
#: What a column counts: text, a plain number, engineer-weeks, odds and shares (0..1), percentage points, money, days,
#: moments, yes or no, times of something.
Kind = Literal["text", "number", "ew", "odds", "share", "points", "money", "date", "time", "yes", "times"]


@dataclass(frozen=True)
class Column:
    """A column; ``brief`` ones are those that a page for reading shows, ``width`` is in characters of a sheet."""

    name: str
    kind: Kind = "text"
    brief: bool = False
    width: int = 12


@dataclass(frozen=True)
class Sheet:
    """A table: ``name`` is a word for commands and sheets, ``title`` its heading. Every row has a cell a column.

    ``exact`` ones are for a program that would take the apostrophe before a formula for a part of the text. ``about``
    says what a row is and what is counted, for whoever opens the table without having made it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    exact: bool = False
    about: str = ""
