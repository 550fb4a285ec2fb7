"""Finished issues as a file tells them: what each is, when it began and ended, what it took. No file is known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

#: What an amount of work counts: engineer-weeks, or what a file has and nobody gave a rate for.
Measure = Literal["ew", "points", "hours"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One finished issue; ``line`` is its place in the file, ``row`` its number among all rows, from 0 on. ``amount``
    is None where the file does not say what it took, nor what it was estimated at; ``took`` says that it is the former.

    ``period`` is the number of a quarter that the file names itself (year * 4 + 0..3; a small one where quarters are
    counted from anywhere), ``ended`` a day in the quarter in which it ended otherwise; without both nobody knows.
    ``finished`` and ``created`` are the days themselves, where they are known.
    """

    line: int
    row: int
    key: str
    title: str
    types: tuple[str, ...]
    labels: tuple[str, ...]
    components: tuple[str, ...]
    customers: tuple[str, ...]
    slice: str
    created: date | None
    finished: date | None
    ended: date | None
    period: int | None
    amount: float | None
    took: bool


@dataclass(frozen=True)
class FinishedIssues:
    """What a file holds: the finished issues in its order, why other rows are none (with their numbers), and notes on
    how it was read. ``read`` are the columns by what they were taken for."""

    name: str
    format: str
    rows: int
    issues: tuple[Issue, ...]
    measure: Measure
    left: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    read: tuple[tuple[str, str], ...]
