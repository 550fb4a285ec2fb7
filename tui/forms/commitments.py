"""The plain changes of commitments: making one, and taking one back by a decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.figures.names import item_named
from scenarios.figures.readers import AS_DAY, day_in
from scenarios.rules.commitments import GIVEN, HOLDING, KINDS, Promise, commit_to, meaning_for, outsider, take_back
from store.common.errors import Refused
from store.records import Command, Item, State
from store.records.negotiation import Commitment, CommitmentKind
from tui.forms.decisions import BY, said_in
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange

if TYPE_CHECKING:
    from tui.session.figures import Figures


def named_item(state: State, text: str) -> Item:
    """The one item of a title, its beginning, or a key. Raises Refused."""
    if not text:
        raise Refused("Which item is promised? Write its title, the beginning of it, or its key.", "item")
    return item_named(state, text, field="item")


def _item(now: Figures, record: int | None, values: Values) -> Item:
    """The item that was pointed at, while its title stands; else the one that is typed."""
    pointed, text = now.state.all(Item).get(record or 0), values["item"].strip()
    return pointed if pointed is not None and pointed.title.strip() == text else named_item(now.state, text)


def _kind(values: Values) -> CommitmentKind:
    text = values["kind"].strip().casefold()
    kind = next((each for each in KINDS if text and each.startswith(text)), None)
    if kind is None:
        raise Refused("A commitment is an aim, promised, contractual or regulatory.", "kind")
    return kind


def _make(now: Figures, record: int | None, values: Values) -> Command:
    item, kind = _item(now, record, values), _kind(values)
    return commit_to(now.state, item.id, kind, values["who"], day_in(values, "due"), values["note"])


def _meaning(now: Figures, record: int | None, values: Values) -> str:
    kind = _kind(values)
    said = outsider(now.state, kind, values["who"]), meaning_for(kind, _item(now, record, values))
    return " ".join(words for words in said if words)


#: ``record`` is the item that is pointed at.
MAKE = PlainChange(
    "commitments add",
    (
        Ask("item", "item", hint="a title, a part of it, or a key"),
        Ask("kind", "kind", "--kind", "aim, promised, contractual or regulatory", kind="choice", choices=tuple(KINDS)),
        Ask("who", "to whom", "--to", "a customer, a partner, a regulator"),
        Ask("due", "by when", "--due", f"a day, {AS_DAY}; empty where none was named", kind="day"),
        Ask("note", "note", "--note", "who said so, where it is written; may stay empty"),
    ),
    _make,
    "A commitment",
    enter="commit to it",
    wrong="who",
    start=lambda now, record: {"item": now.state.all(Item)[record].title if record else "", "kind": "promised"},
    follow=_meaning,
    what="Promise an item to somebody. A contractual or regulatory commitment pins it: no trade takes it out of plan.",
    example="  makeroom commitments add 'EDI feed' --to Hanseatic --due 2027-04-01\n"
    "  makeroom commitments add 6 --kind contractual --to Hanseatic --note 'clause 4 of the contract'",
)


def _words(now: Figures, record: int | None) -> str:
    made = now.state.all(Commitment)[record or 0]
    item = now.state.all(Item)[made.item_id]
    return Promise(made, item, late=False).words if made.kind in GIVEN else f"The room's aim: “{item.title}”"


def _about(now: Figures, record: int | None) -> str:
    kind = now.state.all(Commitment)[record or 0].kind
    about = "It ends without being kept. This is a decision; undo brings the promise back."
    return about + (f" What only this {kind} commitment holds in plan is held no longer." if kind in HOLDING else "")


TAKE_BACK = PlainChange(
    "commitments take-back",
    (
        replace(BY, label="taken back by", needed="Who takes it back? That is a name."),
        Ask("because", "because", "--because", "it goes on record", needed="Why? It goes on record."),
    ),
    lambda now, record, values: take_back(now.state, record or 0, said_in(values), now.forecast),
    lambda now, record: f"Take back: {_words(now, record)[:120]}",
    _about,
    enter="take it back",
    start=lambda now, record: {} if record in now.state.all(Commitment) else None,
    what="End a commitment without its being kept, by a decision. What it alone held in plan is held no longer.",
    example="  makeroom commitments take-back 'EDI feed' --by Priya --because 'they agreed to wait'",
)

COMMITMENTS = (MAKE, TAKE_BACK)
