"""The sale that a request stands in, as lines of a form: what the buyer gets for which price."""

from __future__ import annotations

from scenarios.figures.money import money_in
from scenarios.requests.card import write_card
from scenarios.rules.returns import card_of
from store.common.errors import Refused, refused_about
from store.records import Command, State
from store.records.negotiation import Card
from tui.forms.card_lines import Fields, typed
from tui.forms.fields import Field, Values
from tui.forms.plain_change import Ask, shown

SALE = (
    Ask("savings", "the buyer saves", "--savings", "in the time that the price pays for, as 300k", kind="money"),
    Ask("price", "for a price of", "--price", "what the buyer pays for that, as 100k", kind="money"),
    Ask("savings_proof", "proof of it", "--proof", "what shows that it saves so much; empty: asserted"),
    Ask("pricing", "pricing model", "--pricing", "what is paid for, as: a seat, a shipment, a flat fee a year"),
)
_AMOUNTS = ("savings", "price")


def _present(state: State, item_id: int) -> Card:
    return card_of(state, item_id) or Card(id=0, item_id=item_id)


def sale_fields(state: State, item_id: int) -> Fields:
    """The lines as they stand."""
    card = _present(state, item_id)
    values = {"savings": shown(card.savings), "price": shown(card.price)}
    values |= {"savings_proof": card.savings_proof, "pricing": card.pricing}
    return [Field(ask.name, ask.label, values[ask.name], ask.hint) for ask in SALE]


def sale_read(state: State, item_id: int, values: Values) -> Command:
    """What stands in the lines."""
    card = _present(state, item_id)
    amounts = {name: money_in(values, name) for name in _AMOUNTS}
    for name, amount in amounts.items():
        if amount is not None and amount < 0:
            raise Refused("An amount cannot be below zero.", name)
    texts = {name: typed(values[name], getattr(card, name)) for name in ("savings_proof", "pricing")}
    with refused_about("savings"):
        return write_card(state, item_id, {**amounts, **texts})
