"""What somebody typed on the command line for a role, a slice, a team or a figure, and what it means here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from pydantic import ValidationError

from scenarios.figures.readers import number_in
from scenarios.rules.charter import plain_name
from store.records import Slice, State
from store.records.errors import Refused, refused_about
from tui.cli.printing import short
from tui.forms.plain_change import column_refused

T = TypeVar("T")
#: So many of what a text could mean are named.
_NAMED = 5


def pairs(texts: Iterable[str], example: str) -> list[tuple[str, str]]:
    """(name, value) of each ``NAME=VALUE``. Raises Refused where one is none, or a name is given twice."""
    found: dict[str, tuple[str, str]] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise Refused(f"“{short(text)}” is not NAME=VALUE: write it as {example}")
        if plain_name(name) in found:
            raise Refused(f"“{short(name.strip())}” is given twice")
        found[plain_name(name)] = name.strip(), value.strip()
    return list(found.values())


def number(text: str, what: str) -> float | None:
    """A number, None where the text is empty. Raises Refused, which says of what."""
    with refused_about(before=f"{short(what)}: "):
        return number_in({what: text}, what)


def refusal(error: ValidationError) -> Refused:
    """What no record holds, as a sentence."""
    return Refused(column_refused(error)[1])


def exactly(rows: Iterable[T], text: str, what: str) -> T | None:
    """The row that has this name, whatever its case; None where none has. Raises Refused where several have."""
    found = [row for row in rows if plain_name(_name(row)) == plain_name(text)]
    if len(found) > 1:
        raise Refused(f"there are {len(found)} {what}s “{short(text)}”: give one of them another name first")
    return found[0] if found else None


def named(rows: Iterable[T], text: str, what: str) -> T:
    """The row of this name, else the one whose name has the text in it. Raises Refused, with those there are."""
    rows = list(rows)
    found = exactly(rows, text, what)
    if found is not None:
        return found
    wanted = plain_name(text)
    matching = [row for row in rows if wanted and wanted in plain_name(_name(row))]
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise Refused(f"“{short(text)}” could be {_list(matching)}: give the whole name")
    raise Refused(f"there is no {what} “{short(text)}”: {f'they are {_list(rows)}' if rows else 'there is none yet'}")


def slice_named(state: State, text: str) -> Slice:
    """The slice of this letter or name. Raises Refused."""
    slices = sorted(state.all(Slice).values(), key=lambda part: (part.position, part.id))
    by_letter = next((part for part in slices if part.letter.casefold() == text.strip().casefold()), None)
    return by_letter or named(slices, text, "slice")


def _list(rows: Sequence[object]) -> str:
    shown = ", ".join(f"“{short(_name(row), 60)}”" for row in rows[:_NAMED])
    return f"{shown} and {len(rows) - _NAMED} more" if len(rows) > _NAMED else shown


def _name(row: object) -> str:
    return str(getattr(row, "name"))  # noqa: B009 (records of several kinds have one)
