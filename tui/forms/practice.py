"""The plain changes of a play: what somebody was told, and what whoever leads it lets somebody say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.figures.names import item_named
from scenarios.figures.readers import AS_DAY, day_in
from scenarios.practice.script import tell, written
from scenarios.trade.changes import now as this_moment
from store.common.errors import Refused
from store.common.text import clean
from store.records import Command, Item, new_id
from store.records.practice import AnswerKind, Said
from tui.forms.decisions import BY
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange

if TYPE_CHECKING:
    from tui.session.figures import Figures

_ANSWERS: tuple[AnswerKind, ...] = ("yes", "part", "later", "no")


def _answer(values: Values) -> AnswerKind | None:
    text = values["answer"].strip().casefold()
    found = next((each for each in _ANSWERS if text and each.startswith(text)), None)
    if text and found is None:
        raise Refused("An answer is yes, part, later or no; empty where it is none of them.", "answer")
    return found


def _tell(now: Figures, record: int | None, values: Values) -> Command:
    item = item_named(now.state, values["item"], field="item") if values["item"].strip() else None
    return tell(
        Said(
            id=new_id(),
            at=this_moment(),
            kind="told",
            who=clean(values["by"]) or "somebody",
            to_whom=clean(values["to_whom"]),
            words=clean(values["words"], multiline=True).strip(),
            item_id=None if item is None else item.id,
            answer=_answer(values),
            due=day_in(values, "due"),
        )
    )


def _start(now: Figures, record: int | None) -> Values | None:
    item = now.state.all(Item).get(record or 0)
    return {"item": item.title} if item is not None else {}


#: ``record`` is the item that is pointed at.
TOLD = PlainChange(
    "practice tell",
    (
        Ask("to_whom", "to whom", "to_whom", "sales, executives, account, or a name", needed="To whom was it told?"),
        Ask("item", "about", "--item", "an item, by its title, a part of it, or its key; empty: about none"),
        Ask("answer", "answer", "--answer", "yes, part, later or no", kind="choice", choices=_ANSWERS),
        Ask(
            "due",
            "by when",
            "--due",
            f"a day that was named, {AS_DAY}; empty where none was",
            kind="day",
        ),
        Ask("words", "in words", "--words", "as they heard it"),
        BY,
    ),
    _tell,
    "What somebody was told",
    "The debrief looks whether sales, executives and the account heard the same.",
    enter="it was told",
    start=_start,
    what="Keep what somebody was told in a play: sales, executives, the account, or a name. The debrief compares it.",
    example="  makeroom practice tell sales --item 'seat map' --answer later --due 2027-09-30",
)


def _write(now: Figures, record: int | None, values: Values) -> Command:
    item = item_named(now.state, values["item"], field="item") if values["item"].strip() else None
    return written(
        Said(
            id=new_id(),
            at=this_moment(),
            kind="news",
            who=clean(values["who"]),
            to_whom=clean(values["to_whom"]),
            words=clean(values["words"], multiline=True).strip(),
            item_id=None if item is None else item.id,
        )
    )


#: What the script does not have.
WRITTEN = PlainChange(
    "practice write",
    (
        Ask("who", "who says it", "who", "a name, of the case or not", needed="Who says it? Write a name."),
        Ask("words", "in words", "words", "as they would say it", needed="What do they say?"),
        Ask("to_whom", "to whom", "--to", "a name; empty where it is said to all"),
        Ask("item", "about", "--item", "an item, by its title, a part of it, or its key; empty: about none"),
    ),
    _write,
    "Somebody says something",
    "It comes at every seat, as an event of the script does; it changes nothing of the plan.",
    enter="let it be said",
    what="Let somebody say what the script does not have, in a play that you lead. It comes at every seat.",
    example="  makeroom practice write 'Director Brandt' 'I hear that we said no?' --item 'seat map'",
)
