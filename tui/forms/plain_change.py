"""A plain change as one description, without a screen and without a command line: what it asks, what it means.

Its form in the app (`tui.dialogs.plain_form`) and the options, the help and the reading of its command
(`tui.cli.plain_change`) are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from store.records import Command, State
from store.records.errors import Refused, refused_about
from tui.forms.fields import Field, Values
from tui.session.session import Figures

#: A sentence that may depend on what is now, and on the id of the record that the change is about (None: a new one).
Words = str | Callable[[Figures, int | None], str]


@dataclass(frozen=True)
class Ask:
    """One thing that is asked: a line of a form, and an option or an argument of a command."""

    name: str
    label: str
    #: what the form says while the field has the cursor
    hint: str = ""
    #: as a command takes it: ``--holder``; ``holder``, in its place or in a pair; empty: forms alone ask it
    option: str = ""
    metavar: str = "TEXT"
    #: what the command's help says, else the hint
    help: str = ""
    kind: Literal["text", "number", "day", "choice"] = "text"
    #: what there is to choose from
    choices: tuple[str, ...] = ()
    #: the sentence that is said where nothing is given; empty: it may be left out
    needed: str = ""


@dataclass(frozen=True)
class Subject:
    """How a command names the record that a change is about; in the app it is the one on the cursor."""

    word: str
    help: str
    rows: Callable[[State], Sequence[Any]]
    #: the field that its name fills in where there is no such record yet, which is made then
    makes: str = ""
    #: takes the record away, where that can be
    removes: Callable[[State, int], Command] | None = None


@dataclass(frozen=True)
class Pairs:
    """How a command takes all that is asked: as ``NAME=VALUE``."""

    word: str
    example: str
    metavar: str
    help: str


def _no_values(now: Figures, record: int | None) -> Values:
    return {}


def _no_warning(state: State, command: Command) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class PlainChange:
    """A change that needs no door. ``record`` is the id of what it is about, None where there is nothing or it is new.

    ``change`` gets a text for each field and raises an error with a sentence where they cannot be taken.
    """

    #: its command, as it is typed after ``makeroom``
    name: str
    asks: tuple[Ask, ...]
    change: Callable[[Figures, int | None, Values], Command]
    title: Words
    about: Words = ""
    #: the help of a command that is for this change alone, and what is typed for an example
    what: str = ""
    example: str = ""
    enter: str = "save"
    #: what the board says once it is written, else the change's own words
    done: str = ""
    #: what stands in the fields before anything is typed; None where the record is gone
    start: Callable[[Figures, int | None], Values | None] = _no_values
    #: while typing, what the values would mean
    follow: Callable[[Figures, int | None, Values], str] | None = None
    subject: Subject | None = None
    pairs: Pairs | None = None
    #: what there is to warn of once it is written
    warn: Callable[[State, Command], Sequence[str]] = _no_warning

    def fields(self, now: Figures, record: int | None) -> list[Field] | None:
        """The lines of its form as they stand; None where the record is gone."""
        present = self.start(now, record)
        if present is None:
            return None
        return [Field(ask.name, ask.label, present.get(ask.name, ""), ask.hint) for ask in self.asks]

    def command(self, now: Figures, record: int | None, values: Values) -> Command:
        """What these values mean; empty where it is so already. Raises Refused, with the field, where they cannot
        be taken."""
        for ask in self.asks:
            if ask.needed and not values.get(ask.name, "").strip():
                raise Refused(ask.needed, ask.name)
        try:
            with refused_about(self.asks[0].name):
                command = self.change(now, record, values)
            for put in command.puts:
                type(put).model_validate(put.model_dump())
        except ValidationError as error:
            raise self._refused(error) from error
        return command

    def _refused(self, error: ValidationError) -> Refused:
        """What no record holds, as a sentence: a text that is too long, or that is no text."""
        first = error.errors(include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else "what was given"
        name = field if any(ask.name == field for ask in self.asks) else self.asks[0].name
        return Refused(f"the {field} of a {error.title.lower()} is refused: {first['msg']}", name)


def said(words: Words, now: Figures, record: int | None) -> str:
    """The words as they are now."""
    return words if isinstance(words, str) else words(now, record)


def touched(values: Values, present: Values | None) -> dict[str, str]:
    """The values that are not what stood there: what nobody touched keeps what its line does not show."""
    return {name: text for name, text in values.items() if text.strip() != (present or {}).get(name)}
