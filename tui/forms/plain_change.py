"""A plain change as one description, without a screen and without a command line: what it asks, what it means.

Its form in the app (`tui.dialogs.plain_form`) and the options, the help and the reading of its command
(`tui.cli.plain_change`) are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar

from scenarios.figures.money import money_in
from scenarios.figures.readers import AS_DAY, day_in, number_in
from store.common.errors import Refused, refused_about
from store.records import Command, Record, RecordError, State
from tui.forms.fields import Field, Values

if TYPE_CHECKING:
    from tui.session.figures import Figures

Now = TypeVar("Now")
Meant = TypeVar("Meant")
_READERS: dict[str, Callable[[Values, str], object]] = {"number": number_in, "money": money_in, "day": day_in}


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
    #: lines, alone in a form, are a text of several; each is an argument of the command
    kind: Literal["text", "number", "money", "day", "choice", "lines"] = "text"
    choices: tuple[str, ...] = ()
    #: the sentence that is said where nothing is given; empty: it may be left out
    needed: str = ""


#: When a deal, or a trial, ended.
ENDED = Ask("ended", "on", "--day", f"the day on which it ended, {AS_DAY}; today unless said", kind="day")


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
class Description(Generic[Now, Meant]):
    """What is asked, on what is now, and what it means then. ``record`` is the id of what it is about, None where there
    is nothing or it is new. ``change`` gets a text for each field and raises Refused where they cannot be taken.
    """

    #: its command, as it is typed after ``makeroom``
    name: str
    asks: tuple[Ask, ...]
    change: Callable[[Now, int | None, Values], Meant]
    title: str | Callable[[Now, int | None], str]
    about: str | Callable[[Now, int | None], str] = ""
    enter: str = "save"
    #: what a refusal is about that names no field
    wrong: str = ""
    #: what stands in the fields before anything is typed; None where the record is gone
    start: Callable[[Now, int | None], Values | None] = lambda now, record: {}
    #: while typing, what the values would mean
    follow: Callable[[Now, int | None, Values], str] | None = None
    #: what there is to warn of once it is written, and what the board says, else the command's words
    warn: Callable[[State, Command], Sequence[str]] = lambda state, command: ()
    done: str = ""
    #: of a command that is for this change alone: its help, and what is typed for an example
    what: str = ""
    example: str = ""
    subject: Subject | None = None
    #: of a command that takes all as ``NAME=VALUE``: what each is, an example, and its help
    pairs: tuple[str, str, str] | None = None

    def fields(self, now: Now, record: int | None, likely: Values) -> list[Field] | None:
        """The lines of its form as they stand, else as is ``likely``; None where the record is gone."""
        present = self.start(now, record)
        if present is None:
            return None
        filled = {**likely, **{name: text for name, text in present.items() if text}}
        return [Field(ask.name, ask.label, filled.get(ask.name, ""), ask.hint) for ask in self.asks]

    def said(self, now: Now, record: int | None) -> tuple[str, str]:
        """The title of its form and what it is about, as they are now."""
        title, about = (each if isinstance(each, str) else each(now, record) for each in (self.title, self.about))
        return title, about

    def only(self, *names: str) -> Self:
        """The same, which asks only these, in this order."""
        return replace(self, asks=tuple(ask for name in names for ask in self.asks if ask.name == name))

    def command(self, now: Now, record: int | None, values: Values) -> Meant:
        """What these values mean; empty where it is so already. Raises Refused where they cannot be taken."""
        for ask in self.asks:
            if ask.kind in _READERS:
                _READERS[ask.kind](values, ask.name)
        for ask in self.asks:
            if ask.needed and not values.get(ask.name, "").strip():
                raise Refused(ask.needed, ask.name)
        try:
            with refused_about(self.wrong):
                meant = self.change(now, record, values)
            for put in meant.puts if isinstance(meant, Command) else ():
                type(put).model_validate(put.model_dump())
        except RecordError as error:
            column, sentence = column_refused(error)
            raise Refused(sentence, column if column in values else "") from error
        return meant


#: A change that needs no door.
PlainChange = Description["Figures", Command]


def column_refused(error: RecordError) -> tuple[str, str]:
    """What no record holds, a text that is too long or is no text: the column, and a sentence."""
    column = error.column or "what was given"
    return column, f"the {column} of a {error.kind.__name__.lower()} is refused: {error.why}"


def of_row(kind: type[Record], *columns: str) -> Callable[[Figures, int | None], Values | None]:
    """What stands in these columns of a record; nothing for a new one."""

    def start(now: Figures, record: int | None) -> Values | None:
        row = now.state.all(kind).get(record or 0)
        if row is None:
            return {} if record is None else None
        return {column: str(getattr(row, column)) for column in columns}

    return start


def shown(value: float | None) -> str:
    """A number as it is typed, to its last digit; empty for none."""
    text = "" if value is None else f"{value:.15g}"
    return text if value is None or float(text) == value else repr(value)
