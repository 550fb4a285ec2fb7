"""What a form and a command ask alike, without a screen: fields, what is wrong with them, numbers and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scenarios.figures.readers import TypedError, day_in, number_in
from store.records.text import sentence

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
    try:
        return number_in(values, field)
    except TypedError as error:
        raise FormError(field, sentence(error)) from error


def day(values: Values, field: str) -> date | None:
    """The day in a field, None where it is empty. Raises FormError."""
    try:
        return day_in(values, field)
    except TypedError as error:
        raise FormError(field, sentence(error)) from error
