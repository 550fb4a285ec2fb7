"""A plain change as one description, without a screen and without a command line: what it asks, what it means.

Its form in the app (`tui.dialogs.plain_form`) and the options, the help and the reading of its command
(`tui.cli.plain_change`) are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from scenarios.figures.readers import day_in, number_in
from store.records import Command, Record, State
from store.records.errors import Refused, refused_about
from tui.forms.fields import Field, Values
from tui.session.session import Figures

#: What stands in the fields before anything is typed; None where the record is gone.
Start = Callable[[Figures, int | None], Values | None]
#: A sentence that may depend on what is now, and on the record that the change is about.
Words = str | Callable[[Figures, int | None], str]
_READERS: dict[str, Callable[[Values, str], object]] = {"number": number_in, "day": day_in}


@dataclass(frozen=True)
class Ask:
    """One thing that is asked: a line of a form, and an option or an argument of a command."""

    name: str
    label: str
    #: as a command takes it: ``--holder``; ``holder``, in its place or in a pair; empty: forms alone ask it
    option: str = ""
    #: what the form says while the field has the cursor
    hint: str = ""
    #: what the command's help says, else label and hint
    help: str = ""
    kind: Literal["text", "number", "day", "choice"] = "text"
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
    removes: Callable[[State, int], Command] | None = None


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
    enter: str = "save"
    #: what a refusal is about that names no field
    wrong: str = ""
    start: Start = lambda now, record: {}
    #: while typing, what the values would mean
    follow: Callable[[Figures, int | None, Values], str] | None = None
    #: what there is to warn of once it is written, and what the board says, else the command's words
    warn: Callable[[State, Command], Sequence[str]] = lambda state, command: ()
    done: str = ""
    #: of a command that is for this change alone: its help, and what is typed for an example
    what: str = ""
    example: str = ""
    subject: Subject | None = None
    #: of a command that takes all as ``NAME=VALUE``: what each is, an example, and its help
    pairs: tuple[str, str, str] | None = None

    def fields(self, now: Figures, record: int | None, likely: Values) -> list[Field] | None:
        """The lines of its form as they stand, else as is ``likely``; None where the record is gone."""
        present = self.start(now, record)
        if present is None:
            return None
        present = {**likely, **present}
        return [Field(ask.name, ask.label, present.get(ask.name, ""), ask.hint) for ask in self.asks]

    def command(self, now: Figures, record: int | None, values: Values) -> Command:
        """What these values mean; empty where it is so already. Raises Refused where they cannot be taken."""
        for ask in self.asks:
            if ask.kind in _READERS:
                _READERS[ask.kind](values, ask.name)
        for ask in self.asks:
            if ask.needed and not values.get(ask.name, "").strip():
                raise Refused(ask.needed, ask.name)
        try:
            with refused_about(self.wrong):
                command = self.change(now, record, values)
            for put in command.puts:
                type(put).model_validate(put.model_dump())
        except ValidationError as error:
            column, sentence = column_refused(error)
            raise Refused(sentence, column if column in values else "") from error
        return command


def column_refused(error: ValidationError) -> tuple[str, str]:
    """What no record holds, a text that is too long or is no text: the column, and a sentence."""
    first = error.errors(include_url=False)[0]
    column = str(first["loc"][0]) if first["loc"] else "what was given"
    return column, f"the {column} of a {error.title.lower()} is refused: {first['msg']}"


def of_row(kind: type[Record], *columns: str) -> Start:
    """What stands in these columns of a record; nothing for a new one."""

    def start(now: Figures, record: int | None) -> Values | None:
        row = now.state.all(kind).get(record or 0)
        if row is None:
            return {} if record is None else None
        return {column: str(getattr(row, column)) for column in columns}

    return start


def words(said: Words, now: Figures, record: int | None) -> str:
    """The words as they are now."""
    return said if isinstance(said, str) else said(now, record)


def shown(value: float | None) -> str:
    """A number as it is typed, to its last digit; empty for none."""
    text = "" if value is None else f"{value:.15g}"
    return text if value is None or float(text) == value else repr(value)
