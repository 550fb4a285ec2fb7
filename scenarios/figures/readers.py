"""What somebody types into a field, in a form as on the command line: numbers and days."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from scenarios.figures.amounts import use_currency
from scenarios.figures.days import use_quarter, written_day
from store.common.errors import Refused, refused_about
from store.common.text import short

if TYPE_CHECKING:
    # Every command reads arguments, and most need no records.
    from store.records import State

#: A comma parts groups of three; any other one stands before decimals, and 0,5 is never five.
_THOUSANDS = re.compile(r"[+-]?(?!0)\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?(?:\d*|\d{1,3}(?:\.\d{3})+),\d+", re.ASCII)
#: How a day is typed, as fields and options teach it.
AS_DAY = "as 31 Mar, w6 or 2027-03-31"
#: Past this a number is a slip of the keyboard.
_LARGEST = 1e12


def read_for(state: State) -> None:
    """From now on amounts and weeks are those of this workspace: its currency, its quarter."""
    use_currency(state.workspace.currency)
    use_quarter(state.quarter.starts, state.quarter.ends)


def number_of(text: str) -> float | None:
    """The number that is typed, None where nothing is: ``1,200.5`` and ``2,5`` alike. Raises :class:`Refused`."""
    text = text.strip()
    if not text:
        return None
    plain = text
    if _THOUSANDS.fullmatch(text):
        plain = text.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
    try:
        value = float(plain)
    except ValueError as error:
        raise Refused(f"“{short(text, 60)}” is not a number") from error
    if math.isnan(value):
        raise Refused(f"“{short(text, 60)}” is not a number")
    if abs(value) > _LARGEST:
        raise Refused(f"“{short(text, 60)}” is too large a number")
    return value


def needed_number(text: str) -> float:
    """The number that is typed. Raises :class:`Refused` where none is, too."""
    found = number_of(text)
    if found is None:
        raise Refused(f"“{text.strip()}” is not a number")
    return found


def day_of(text: str, *, past: bool = False, begins: bool = False) -> date | None:
    """The day that is typed, as people write them, None where nothing is; ``past`` says that one without a year has
    been, ``begins`` that a week means its first day. Raises :class:`Refused`."""
    text = text.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        found = written_day(text, date.today(), past=past, begins=begins)
        if found is None:
            raise Refused(
                f"“{short(text, 60)}” is not a day: write it as 2027-03-31, 15 Mar, next friday, in 2 weeks or w6"
            ) from error
        return found


def number_in(values: Mapping[str, str], field: str) -> float | None:
    """The number in a field, None where it is empty. Raises :class:`Refused`, about the field."""
    with refused_about(field):
        return number_of(values[field])


def day_in(values: Mapping[str, str], field: str, *, past: bool = False, begins: bool = False) -> date | None:
    """The day in a field, None where it is empty; as :func:`day_of`. Raises :class:`Refused`, about the field."""
    with refused_about(field):
        return day_of(values[field], past=past, begins=begins)
