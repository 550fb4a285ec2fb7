"""What somebody types into a field, in a form as on the command line: numbers, days, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scenarios.plan import Entry, teams_of
from scenarios.sizes import Range, SizeError, format_range, parse_size, range_of, shirts_of
from store.records import State

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


def sizes_in(values: Mapping[str, str], state: State, entry: Entry) -> dict[int, Range]:
    """Sizes by team id from the fields ``size-TEAM_ID``. Raises :class:`TypedError` for the first that is no size.

    A field that still shows the item's size as it was filled in means that size, with all its digits.
    """
    present = {size.team_id: range_of(size) for size in entry.sizes}
    shirts, found = shirts_of(state), {}
    for team in teams_of(state):
        text = values.get(f"size-{team.id}", "").strip()
        if text and team.id in present and text == format_range(present[team.id]):
            found[team.id] = present[team.id]
        elif text:
            try:
                found[team.id] = parse_size(text, shirts)
            except SizeError as error:
                raise TypedError(f"size-{team.id}", str(error)) from error
    return found
