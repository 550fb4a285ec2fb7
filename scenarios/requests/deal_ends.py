"""How the deal of a request ended: won, lost or withdrawn, when, and what was signed."""

from __future__ import annotations

from datetime import date
from typing import get_args

from scenarios.figures.amounts import cents, exact
from scenarios.rules.returns import request_of
from store.common.errors import Refused
from store.common.text import clean, short
from store.records import Command, Item, Request, State, new_id
from store.records.negotiation import DealEnd, DealOutcome

#: What is said of a deal that has not ended.
OPEN = "open"
OUTCOMES: tuple[DealOutcome, ...] = get_args(DealOutcome)


def deal_end_of(state: State, item_id: int) -> DealEnd | None:
    """How the deal of an item's request ended; None where it is open, or nothing was said."""
    return next((row for row in state.all(DealEnd).values() if row.item_id == item_id), None)


def open_deals(state: State) -> tuple[str, ...]:
    """The titles of what was asked for in a deal that was to end within the quarter, or has no day and is in plan, and
    of which nobody said how it ended."""
    ended, quarter = {row.item_id for row in state.each(DealEnd)}, state.quarter
    found = []
    for row in state.each(Request):
        item = state.all(Item)[row.item_id]
        due = item.state == "plan" if row.deal_closes is None else row.deal_closes <= quarter.ends
        if row.deal_amount is not None and due and item.id not in ended:
            found.append(item.title)
    return tuple(dict.fromkeys(found))


def outcome_of(text: str) -> DealOutcome | None:
    """The outcome that a word, or its beginning, means; None for "open". Raises Refused."""
    plain = text.strip().casefold()
    if plain == OPEN:
        return None
    found = next((each for each in OUTCOMES if plain and each.startswith(plain)), None)
    if found is None:
        raise Refused("A deal is won, lost or withdrawn, or still open.", "outcome")
    return found


def end_deal(
    state: State, item_id: int, outcome: DealOutcome, ended: date | None, amount: float | None, note: str
) -> Command:
    """The deal of a request ended, or what was said of that is put right. Raises Refused."""
    item = state.all(Item)[item_id]
    if request_of(state, item_id) is None:
        raise Refused(f"“{short(item.title, 60)}” was not asked for by anybody: there is no deal to end.", "outcome")
    if ended is None:
        raise Refused("On which day did it end? Write it as 2027-03-31.", "ended")
    if amount is not None and amount < 0:
        raise Refused("An amount cannot be below zero.", "amount")
    if amount is not None and outcome != "won":
        raise Refused(f"A deal that was {outcome} was signed for nothing: leave the amount out.", "amount")
    old = deal_end_of(state, item_id)
    row = old or DealEnd(id=new_id(), item_id=item_id, outcome=outcome, ended=ended)
    given = {"outcome": outcome, "ended": ended, "amount": amount, "note": clean(note, multiline=True)}
    changed = row.model_copy(update=given)
    if changed == old:
        return Command("deal", "")
    signed = f", {cents(exact(amount))}" if amount is not None else ""
    return Command("deal", f"deal for “{short(item.title, 60)}” {outcome} on {ended.isoformat()}{signed}", (changed,))


def reopen_deal(state: State, item_id: int) -> Command:
    """It did not end. Raises Refused where nobody said that it did."""
    old = deal_end_of(state, item_id)
    title = short(state.all(Item)[item_id].title, 60)
    if old is None:
        raise Refused(f"The deal for “{title}” has not ended.", "outcome")
    return Command("deal", f"deal for “{title}” is open again", (), (old,))
