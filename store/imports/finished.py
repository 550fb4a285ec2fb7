"""Whether a row's work is over: told by dates, flags, a resolution, a percentage, then by the words of its status."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from store.common.text import clean
from store.imports.columns import ColumnMap, Field
from store.imports.dates import Order, parse_date
from store.imports.finished_words import BEFORE, NO, STEMS, STILL, WHOLE, YES
from store.imports.options import ImportOptions
from store.imports.plain_words import bare_words, without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.imports.table import Row

#: seconds or milliseconds since 1970
_STAMP = re.compile(r"\d{10}|\d{13}", re.ASCII)
#: characters of a status by which it is known
MAX_STATUS = 60
#: how a reason ends that somebody gave
AS_YOU_SAY = "which is left as you say"
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%?)", re.ASCII)


class Over:
    """Tells of each row whether its work is over, and counts the statuses that were taken and left."""

    def __init__(self, columns: ColumnMap, rows: Iterable[Row], options: ImportOptions | None = None) -> None:
        options = options or ImportOptions()
        self.columns = columns
        self._include = options.include_done
        self._by_user = {clean(status).casefold(): taken for status, taken in options.statuses.items()}
        self._whole = _whole(columns, rows)
        #: columns of what is active that hold nothing but a yes or a no
        self._flags = frozenset(
            at for at in columns.positions("active") if all(_flag(row.cells, at) in YES | NO for row in rows)
        )
        self._on = options.on or date.today()
        #: columns of days on which work was over, in which a day is still to come
        self.planned: set[str] = set()
        self._reasons = columns.alike(_TELLING, self._reason)
        self._statuses = columns.alike(("status", "category"), self._status)
        #: status -> how many rows with it were taken, and how many were left as over
        self.taken: Counter[str] = Counter()
        self.left: Counter[str] = Counter()

    def count(self, row: Sequence[str], *, over: bool) -> None:
        """Remember what became of a row, by its status; by nothing where it has none."""
        (self.left if over else self.taken)[self._statuses.of(row)] += 1

    def _status(self, row: Sequence[str]) -> str:
        return clean(self.columns.cell(row, "status") or self.columns.cell(row, "category"))[:MAX_STATUS]

    def reason(self, row: Sequence[str]) -> str:
        """Why a row is left, such as ``is "Done"``; empty if it is taken: by what the user says of its status, else
        by what says that its work is over."""
        return self._reasons.of(row)

    def _reason(self, row: Sequence[str]) -> str:
        if self._by_user:
            status = self._status(row)
            if (taken := self._by_user.get(status.casefold())) is not None:
                return "" if taken else f'is "{status[:40]}", {AS_YOU_SAY}'
        return "" if self._include else self.found(row)

    def found(self, row: Sequence[str]) -> str:
        """What says that a row's work is over, whatever is taken; empty where nothing does."""
        return self._dated(row) or self._resolved(row) or self._complete(row) or self._said(row)

    def _dated(self, row: Sequence[str]) -> str:
        """A date or a yes in a column such as Completed or Archived."""
        for at, text in self.columns.every(row, "finished"):
            cell = clean(text)
            plain = _BOX.sub(r"\1", without_accents(cell)).strip()
            if plain in NO:
                continue
            days = _days(cell)
            if days and min(days) > self._on:
                self.planned.add(clean(self.columns.header[at])[:40])
                continue
            # A number there counts something: sub-tasks that are completed, as a rule.
            if plain in YES or days or _STAMP.fullmatch(cell):
                return f'is over: {clean(self.columns.header[at])[:40]} "{cell[:30]}"'
        for at, text in self.columns.every(row, "active"):
            if at in self._flags and (cell := clean(text)) and without_accents(cell) in NO:
                return f'is not active: {clean(self.columns.header[at])[:40]} "{cell[:30]}"'
        return ""

    def _resolved(self, row: Sequence[str]) -> str:
        """Any resolution but Unresolved."""
        for _, text in self.columns.every(row, "resolution"):
            cell = clean(text)
            if bare_words(cell) and without_accents(cell) not in NO and not _unresolved(cell):
                return f'is over: resolution "{cell[:40]}"'
        return ""

    def _complete(self, row: Sequence[str]) -> str:
        """All of it, in a column of what is complete."""
        for at, text in self.columns.every(row, "complete"):
            found = _SHARE.fullmatch(cell := clean(text))
            if without_accents(cell) in _ALL_OF_IT or (
                found and float(found[1].replace(",", ".")) == (100 if found[2] else self._whole[at])
            ):
                return f'is over: {clean(self.columns.header[at])[:40]} "{cell[:30]}"'
        return ""

    def _said(self, row: Sequence[str]) -> str:
        for field in _WORDED:
            for _, text in self.columns.every(row, field):
                status = clean(text)
                if says_over(status):
                    return f'is "{status[:40]}"'
        return ""


#: signs that stand for a status alone
_TICKS = frozenset("✅✔☑✓")
#: a box that is ticked or not, as Markdown has it
_BOX = re.compile(r"^\[([ x✓✔]?)\]$")
_ALL_OF_IT = frozenset({"yes", "true", "x", "✓", "✔", "✅", "ja", "oui", "si", "sim"})
_UNRESOLVED = frozenset({"unresolved", "nicht", "non", "sin", "nao", "onopgelost", "unerledigt", "offen", "open", "не"})
_STEMS = tuple(map(without_accents, STEMS))
_WORDED: tuple[Field, ...] = ("status", "category")
#: what tells whether work is over
_TELLING: tuple[Field, ...] = (*_WORDED, "finished", "active", "resolution", "complete")


@lru_cache(maxsize=4_096)
def says_over(status: str) -> bool:
    """Whether a status says that work is over: by its first word that counts, unless more is to come after it."""
    words = list(bare_words(status))
    if not words:
        return not _TICKS.isdisjoint(status)
    if "".join(words[:1]).isdigit() and len(words) > 1:
        # "5 - Done", "06 Closed"
        words = words[1:]
    if " ".join(words) in WHOLE or (len(words) > 1 and " ".join(words[:2]) in WHOLE and not STILL & set(words[2:])):
        return True
    while len(words) > 1 and words[0] in BEFORE:
        words = words[1:]
    return bool(words) and words[0].startswith(_STEMS) and not _open(words)


def _open(words: list[str]) -> bool:
    """Whether the words after the one that says "over" say that it is not yet."""
    still = STILL | {"for", "into", "in"} if words[0] == "accepted" else STILL
    return not still.isdisjoint(words[1:])


def _unresolved(cell: str) -> bool:
    """Jira's word for no resolution, in its languages."""
    return bare_words(cell)[0] in _UNRESOLVED


def _flag(cells: Sequence[str], at: int) -> str:
    return without_accents(cells[at]).strip() if at < len(cells) else ""


def _days(cell: str) -> list[date]:
    """The days that a cell may be, by the ways in which it can be read; none where it is no date."""
    orders: tuple[Order, ...] = ("day-first", "month-first")
    return [day for order in orders if (day := parse_date(cell, order)) is not None]


def _whole(columns: ColumnMap, rows: Iterable[Row]) -> dict[int, float]:
    """What all of it is in each column of what is complete, where no % stands beside it: 100, or 1 if none is more."""
    most = dict.fromkeys(columns.positions("complete"), 0.0)
    for row in rows if most else ():
        for at, cell in columns.every(row.cells, "complete"):
            if (found := _SHARE.fullmatch(cell)) and not found[2]:
                most[at] = max(most[at], float(found[1].replace(",", ".")))
    return {at: 1.0 if found <= 1 else 100.0 for at, found in most.items()}
