"""What a form and a command ask alike, without a screen: fields, what is wrong with them, numbers and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Values = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """One line of a form; ``hint`` is shown while the field has the cursor."""

    name: str
    label: str
    value: str = ""
    hint: str = ""


class FormError(ValueError):
    """A form that cannot be taken yet: the field concerned, and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def number(values: Values, field: str) -> float | None:
    """The number in a field, None where it is empty. Raises FormError."""
    text = values[field].strip().replace(",", "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise FormError(field, f"“{text}” is no number.") from error
    if not abs(value) <= 1e12:
        raise FormError(field, "That number is too large.")
    return value


def day(values: Values, field: str) -> date | None:
    """The day in a field, None where it is empty. Raises FormError."""
    text = values[field].strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FormError(field, f"“{text}” is no day: write it as 2027-03-31.") from error
