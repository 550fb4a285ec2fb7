"""From the text of a due date to a date, where a column's other rows settle what ``03/04/2026`` means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from store.imports.plain_words import with_plain_digits, without_accents
from store.imports.translations import puts_the_day_first

if TYPE_CHECKING:
    from store.imports.table import Table

Order = Literal["day-first", "month-first"]

#: The months by name, without accents, in the languages of trackers; a name may be cut to three letters or more.
_NAMES = (
    "january janeiro januar janvier enero gennaio januari styczen stycznia января januari leden sijecanj jan janv",
    "february fevereiro februar fevrier febrero febbraio februari luty lutego февраля februari unor feb fev fevr febr",
    "march marco marz maerz mars marzo maart marzec marca марта brezen mar mrz mrt",
    "april abril avril aprile kwiecien kwietnia апреля duben apr abr avr",
    "may maio mai mayo maggio mei maj maja мая kveten",
    "june junho juni juin junio giugno czerwiec czerwca июня cerven jun",
    "july julho juli juillet julio luglio lipiec lipca июля jul juil",
    "august agosto aout augustus sierpien sierpnia августа srpen aug ago aou",
    "september setembro septembre septiembre settembre wrzesien wrzesnia сентября zari sep sept set",
    "october outubro oktober octobre octubre ottobre pazdziernik pazdziernika октября rijen oct okt out ott",
    "november novembro novembre noviembre listopad listopada ноября nov",
    "december dezembro dezember decembre diciembre dicembre desember grudzien grudnia декабря prosinec dec dez dic des",
)
_MONTHS = [(without_accents(name), number) for number, names in enumerate(_NAMES, start=1) for name in names.split()]

#: a time of day, a zone, and what follows
_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}Z?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
#: the day of the week, as scripts write it
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? )?"
_TH = r"(?:st|nd|rd|th|er|º|ª)?"
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}}){_TH}[-/. ]+(?:de )?([^\W\d_]{{3,12}})\.?[-/., ]+(?:de )?(\d{{4}}|\d{{2}}){_TIME}"
)
_NAME_DAY = re.compile(rf"{_WEEKDAY}([^\W\d_]{{3,12}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}")
_YEAR_NAME = re.compile(rf"(\d{{4}})[-/. ]+([^\W\d_]{{3,12}})\.?[-/. ]+(\d{{1,2}}){_TIME}")
_SIGNED = re.compile(r"(\d{4})[年년.] ?(\d{1,2})[月월.] ?(\d{1,2})[日일.]?(?: .*)?")
#: seconds or milliseconds since 1970
_STAMP = re.compile(r"(\d{10})(?:\d{3})?", re.ASCII)
_SPAN = re.compile(r"\d{4}-\d\d-\d\d ?(?:-|–|—|/|to|bis|\.\.\.?) ?(\d{4}-\d\d-\d\d)", re.ASCII)
_DOTTED = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_SLASHED = re.compile(rf"{_WEEKDAY}(\d{{1,2}})([-/])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)


def day_order(cells: Iterable[str]) -> Order | None:
    """How a column writes ``03/04/2026``; None if no row tells, or its rows differ."""
    orders: set[Order] = set()
    for cell in cells:
        if found := _SLASHED.fullmatch(cell.strip()):
            if int(found[1]) > 12:
                orders.add("day-first")
            elif int(found[3]) > 12:
                orders.add("month-first")
    return orders.pop() if len(orders) == 1 else None


#: rows whose other days are looked at
_LOOKED_AT = 1_000


def day_order_in(table: Table, cells: Iterable[str]) -> Order | None:
    """How a table writes ``03/04/2026`` in the column of these cells: as they tell, else the days in its other columns,
    else the language of its header; None if nothing does, or nothing needs to."""
    cells = set(cells)
    if (found := day_order(cells)) is not None or not any(map(is_ambiguous, cells)):
        return found
    others = (cell for row in table.rows[:_LOOKED_AT] for cell in row.cells if 6 <= len(cell) <= 60)
    return day_order(others) or ("day-first" if puts_the_day_first(table.header) else None)


def order_note(cells: Iterable[str], order: Order | None, what: str) -> str:
    """What to say where an order is not that of the cells themselves, and reads some of them; empty otherwise."""
    cells = set(cells)
    doubtful = min(filter(is_ambiguous, cells), default="")
    if order is None or not doubtful or day_order(cells) is not None:
        return ""
    return (
        f'{what} such as "{doubtful[:30]}" are read {order.replace("-", " ")}, as the other days in the file, its '
        "language or its numbers of days tell; --dates day-first or month-first settles it."
    )


def last_day(cell: str) -> str:
    """The last day in a cell of two: ``February 1, 2027 → February 5, 2027``, ``2027-02-01 - 2027-02-05``; else the
    cell as it is."""
    found = _SPAN.fullmatch(cell.strip())
    return found[1] if found else cell.rpartition("→")[2].strip() if "→" in cell else cell


def is_ambiguous(cell: str) -> bool:
    """Whether a date reads as two different days, by its order."""
    found = _SLASHED.fullmatch(cell.strip())
    return found is not None and int(found[1]) <= 12 and int(found[3]) <= 12 and int(found[1]) != int(found[3])


def parse_date(cell: str, order: Order | None) -> date | None:
    """The date in a cell; None if it cannot be read, or only by guessing."""
    cell = with_plain_digits(cell.strip()[:60])
    if found := _YEAR_FIRST.fullmatch(cell):
        return _date(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(cell):
        return _date(found[1], found[2], found[3])
    if found := _STAMP.fullmatch(cell):
        return date(1970, 1, 1) + timedelta(seconds=int(found[1]))
    if found := _SIGNED.fullmatch(cell):
        return _date(found[1], found[2], found[3])
    if found := _DOTTED.fullmatch(cell):
        return _date(found[3], found[2], found[1])
    if found := _DAY_NAME.fullmatch(cell):
        return _date(found[3], _month(found[2]), found[1])
    if found := _YEAR_NAME.fullmatch(cell):
        return _date(found[1], _month(found[2]), found[3])
    if found := _NAME_DAY.fullmatch(cell):
        return _date(found[3], _month(found[1]), found[2])
    if found := _SLASHED.fullmatch(cell):
        first, second = int(found[1]), int(found[3])
        if first > 12 or first == second or (second <= 12 and order == "day-first"):
            return _date(found[4], second, first)
        if second > 12 or order == "month-first":
            return _date(found[4], first, second)
    return None


def _date(year: str, month: str | int, day: str | int) -> date | None:
    """The date, or None if there is none; two digits mean this century."""
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0 where it is none, or could be two."""
    plain = without_accents(name)
    exact = {number for word, number in _MONTHS if word == plain}
    found = exact or {number for word, number in _MONTHS if word.startswith(plain)}
    return found.pop() if len(found) == 1 else 0
