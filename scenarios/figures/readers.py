"""What somebody types into a field, in a form as on the command line: numbers and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from store.records.errors import Refused

#: Past this a number is a slip of the keyboard.
_LARGEST = 1e12


def number_in(values: Mapping[str, str], field: str) -> float | None:
    """The number in a field, None where it is empty. Raises :class:`Refused`."""
    text = values[field].strip().replace(",", "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise Refused(f"“{text}” is no number", field) from error
    if not abs(value) <= _LARGEST:
        raise Refused("that number is too large", field)
    return value


def day_in(values: Mapping[str, str], field: str) -> date | None:
    """The day in a field, None where it is empty. Raises :class:`Refused`."""
    text = values[field].strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{text}” is no day: write it as 2027-03-31", field) from error
