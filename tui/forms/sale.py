"""The sale that a request stands in, as lines of a form: stage, security review, what the buyer gets for the price."""

from __future__ import annotations

from typing import get_args

from scenarios.figures.money import money_in
from scenarios.figures.readers import AS_DAY, day_in
from scenarios.requests.card import write_card
from scenarios.rules.returns import card_of
from store.common.errors import Refused, refused_about
from store.records import Command, State
from store.records.negotiation import Card, SalesStage
from tui.forms.card_lines import Fields, choice, one_of, typed
from tui.forms.fields import Field, Values
from tui.forms.plain_change import Ask, shown

STAGES: tuple[SalesStage, ...] = get_args(SalesStage)
_YES_NO = ("yes", "no")
SALE = (
    Ask("stage", "stage", "--stage", one_of(STAGES)),
    Ask("security_ask", "security asks for", "--security", "as: a SOC 2 report, a test from outside"),
    Ask(
        "security_by",
        "by",
        "--security-by",
        f"the day by which it is asked for, {AS_DAY}",
        kind="day",
    ),
    Ask("security_passed", "passed", "--security-passed", "yes or no; empty: not known yet"),
    Ask("service_level", "service level asked for", "--service-level", "as: up 99.9% of a month, an answer in 4 hours"),
    Ask("savings", "the buyer saves", "--savings", "in the time that the price pays for, as 300k", kind="money"),
    Ask("price", "for a price of", "--price", "what the buyer pays for that, as 100k", kind="money"),
    Ask("savings_proof", "proof of it", "--proof", "what shows that it saves so much; empty: asserted"),
    Ask("pricing", "pricing model", "--pricing", "what is paid for, as: a seat, a shipment, a flat fee a year"),
)
_AMOUNTS = ("savings", "price")
_TEXTS = ("security_ask", "service_level", "savings_proof", "pricing")


def _present(state: State, item_id: int) -> Card:
    return card_of(state, item_id) or Card(id=0, item_id=item_id)


def sale_fields(state: State, item_id: int) -> Fields:
    """The lines as they stand."""
    card = _present(state, item_id)
    values = {
        "stage": card.stage or "",
        "security_ask": card.security_ask,
        "service_level": card.service_level,
        "savings": shown(card.savings),
        "price": shown(card.price),
        "savings_proof": card.savings_proof,
        "pricing": card.pricing,
        "security_by": card.security_by.isoformat() if card.security_by else "",
        "security_passed": "" if card.security_passed is None else _YES_NO[not card.security_passed],
    }
    return [Field(ask.name, ask.label, values[ask.name], ask.hint) for ask in SALE]


def sale_read(state: State, item_id: int, values: Values) -> Command:
    """What stands in the lines."""
    card = _present(state, item_id)
    amounts = {name: money_in(values, name) for name in _AMOUNTS}
    for name, amount in amounts.items():
        if amount is not None and amount < 0:
            raise Refused("An amount cannot be below zero.", name)
    passed = choice(values, "security_passed", _YES_NO)
    given = {
        "stage": choice(values, "stage", STAGES),
        "security_by": day_in(values, "security_by"),
        "security_passed": None if passed is None else passed == "yes",
        **amounts,
        **{name: typed(values[name], getattr(card, name)) for name in _TEXTS},
    }
    with refused_about("stage"):
        return write_card(state, item_id, given)
