"""The sale that a request stands in: how far it has come, what it hangs on, and what the buyer gets for the price."""

from __future__ import annotations

from scenarios.figures.amounts import cents, exact
from scenarios.figures.figure import Figure, given
from scenarios.requests.card import ASSERTED
from store.records.negotiation import Card, DealEnd


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


def security_words(card: Card | None) -> str:
    """The buyer's security review as ``a SOC 2 report, by 2027-02-01: not known yet whether it passed``; empty where
    nothing is said of one."""
    if card is None or not (card.security_ask.strip() or card.security_by or card.security_passed is not None):
        return ""
    asked = card.security_ask.strip() or "what it asks for is not given"
    day = f", by {card.security_by.isoformat()}" if card.security_by else ""
    return f"{asked}{day}: {_PASSED[card.security_passed]}"


_PASSED = {None: "not known yet whether it passed", True: "passed", False: "not passed"}


def stage_words(card: Card | None, end: DealEnd | None) -> str:
    """How far the deal has come: how it ended, else its stage; empty where nobody said."""
    if end is not None:
        return f"{end.outcome} {end.ended.isoformat()}"
    return (card.stage or "") if card is not None else ""


def sale_words(card: Card | None) -> str:
    """Stage, security review and service level in one line; empty where nothing is said of them."""
    if card is None:
        return ""
    security = security_words(card)
    parts = (
        card.stage or "",
        f"security review: {security}" if security else "",
        f"service level asked for: {card.service_level.strip()}" if card.service_level.strip() else "",
    )
    return "; ".join(filter(None, parts))
