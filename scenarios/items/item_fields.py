"""An item's own fields as they are edited, and whether what it becomes has to be asked first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from scenarios.figures.names import slice_named
from scenarios.plan.plan import entry_of
from scenarios.trade.door import Proposal, Trade
from scenarios.verdict.settlement import Question
from store.common.errors import Refused
from store.records import Item, RecordError, Slice, State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


def edited(
    item: Item,
    slices: Iterable[Slice],
    *,
    title: str,
    note: str,
    part: str,
    owner: str,
    value: float | None,
    priority: str,
    due: date | None,
    customer_title: str,
) -> Item:
    """The item with these words; ``part`` is a slice's letter, its name, or a beginning of that, ``customer_title``
    what customers read in place of its title.

    Raises :class:`Refused` for the first field that cannot be so.
    """
    slices = tuple(slices)
    # A line of input has one line for each; what nobody touched keeps its own lines and blanks.
    title, note = " ".join(title.split()), " ".join(note.split())
    if not title:
        raise Refused("An item needs a title.", "title")
    letter = slice_named(slices, part, "slice").letter
    fields = {
        "title": title if title != " ".join(item.title.split()) else item.title,
        "note": note if note != " ".join(item.note.split()) else item.note,
        "slice": letter,
        "owner": owner.strip(),
        "value": value,
        "priority": priority.strip(),
        "due": due,
        "customer_title": " ".join(customer_title.split()),
    }
    try:
        return Item.model_validate({**item.model_dump(), **fields})
    except RecordError as error:
        raise Refused(f"The {error.column} is refused: {error.why}.", error.column) from error


def asks_door(state: State, proposal: Proposal, before: Forecast) -> bool:
    """Whether an edit goes through the door: of a planned item where its sizes change, or where what it becomes takes a
    signature, as one one-off too many. ``before`` is the forecast of the present plan."""
    if proposal.item_id is None:
        return False
    now, later = entry_of(state, proposal.item_id), entry_of(state.overlay(proposal.command), proposal.item_id)
    if now.item.state != "plan":
        return False
    if now.sizes != later.sizes:
        return True
    if now.item.slice == later.item.slice:
        return False
    return bool(Question.of(Trade.of(state, proposal, before)).needed)
