"""The sale that a request stands in: what the buyer gets for the price, with its proof or the word "asserted"."""

from __future__ import annotations

from scenarios.figures.amounts import cents, exact
from scenarios.figures.figure import Figure, given
from scenarios.requests.card import ASSERTED
from store.records.negotiation import Card


def buyer_roi(card: Card | None) -> Figure:
    """(savings - price) / price; not known where one of them is not given, and on a price of 0."""
    savings = None if card is None or card.savings is None else exact(card.savings)
    price = None if card is None or card.price is None else exact(card.price)
    value = (savings - price) / price if savings is not None and price else None
    inputs = (
        ("savings", given(savings, "money")),
        ("price", given(price, "money")),
        ("proof of the savings", proof_of(card)),
    )
    return Figure("buyer ROI", value, "rate", "(savings - price) / price", inputs)


def proof_of(card: Card | None) -> str:
    """What proves the savings, or the word "asserted"."""
    return (card.savings_proof.strip() if card is not None else "") or ASSERTED


def roi_words(card: Card | None) -> str:
    """As ``200% ($300k saved for a price of $100k), asserted``; empty where neither amount is given."""
    if card is None or (card.savings is None and card.price is None):
        return ""
    figure = buyer_roi(card)
    if card.savings is None or card.price is None:
        return f"{figure.text} ({', '.join(figure.lacks)} missing)"
    amounts = f"{cents(exact(card.savings))} saved for a price of {cents(exact(card.price))}"
    said = f"{figure.text} ({amounts})" if figure.known else f"{amounts}: a price of 0 has no return"
    proof = proof_of(card)
    return f"{said}, {proof}" if proof == ASSERTED else f"{said}; proof: {proof}"
