"""What somebody types into a field, in a form as on the command line: numbers and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

#: Past this a number is a slip of the keyboard.
_LARGEST = 1e12


class TypedError(ValueError):
    """What was typed cannot be read; ``field`` names where, ``str(error)`` is the sentence to show."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def number_in(values: Mapping[str, str], field: str) -> float | None:
    """The number in a field, None where it is empty. Raises :class:`TypedError`."""
    text = values[field].strip().replace(",", "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise TypedError(field, f"“{text}” is no number") from error
    if not abs(value) <= _LARGEST:
        raise TypedError(field, "that number is too large")
    return value


def day_in(values: Mapping[str, str], field: str) -> date | None:
    """The day in a field, None where it is empty. Raises :class:`TypedError`."""
    text = values[field].strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise TypedError(field, f"“{text}” is no day: write it as 2027-03-31") from error
