"""The charter in words: what its rights and figures are for, who holds what, and in which order they are shown."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.figures.amounts import cents
from scenarios.figures.sizes import format_ew
from scenarios.rules.charter import KINDS, holder_words
from store.records import State
from store.records.negotiation import Charter, Principle, Right, RightKind, Role

#: When a right is asked for; each sentence goes after what the right allows.
WHEN: dict[RightKind, str] = {
    "one-off": "The Sales purse buys a few small one-offs a quarter. Its holder alone spends it; when it is empty, an "
    "earlier pick has to leave in the same trade.",
    "under target": "Asked for when a trade leaves the odds below the target. Exactly at the target it is not.",
    "over ceiling": "Asked for when one-offs would take more of the planned effort than their ceiling, and more than "
    "before. Exactly at the ceiling it is not.",
    "below return": "Asked for when a one-off comes in that returns less than the least return, or whose return is not "
    "known. Without a rate per engineer-week no return can be told, and nobody is asked.",
    "break a principle": "Asked for when a request's card, or the room, says that it breaks a principle.",
}
WHO_SIGNS = "Where a right has a holder, nobody else signs; where it has none, whoever is named, with a warning."
#: What each figure does.
MEANS: dict[str, str] = {
    "purse_count": "How many one-offs the Sales purse buys in a quarter. What it bought counts while it is in plan or "
    "done; what left the plan is back in the purse.",
    "purse_effort": "How much the Sales purse buys in a quarter in all, by the likely sizes at the time.",
    "least_return": "A one-off should return at least so many times its full cost. Return = deal amount (else the "
    "renewal) x probability / full cost. Exactly so many times is enough.",
    "rate": "What an engineer-week costs. Full cost = (build + hidden costs + upkeep over the next four quarters) x "
    "this rate. Without it there is no full cost and no return.",
    "licence": "Full cost / this price, rounded up: so many standard licences have to be sold to pay for a one-off.",
    "renewal_days": "Who waits: renewals count from the quarter's first day until so many days after it.",
    "evidence_rules": "What the room agreed to take for evidence of demand, in its own words. Evidence that comes "
    "from the deal being sold never counts as demand.",
    "credit_standard": "Of a deal that was won, what does not go into its one-off is standard product: the seller is "
    "credited so many percent of it. The report of the month tells it, by who asked.",
    "credit_one_off": "Of what a one-off costs in full, the seller is credited so many percent: 20 where a sale is a "
    "sale, -50 where each one-off should cost its seller something.",
    "value_days": "The aim for time to value: so many days from an account's signature to its first meaningful use, "
    "the step adopted of its onboarding. The report of accounts tells who took, or takes, longer.",
    "stance": "Whether one-offs are the exception or the business. The report of the month says it beside their share.",
}
UNITS: dict[str, Callable[[float], str]] = {
    "purse_effort": lambda value: f"{format_ew(value)} ew",
    "least_return": lambda value: f"{value:g} times",
    "rate": lambda value: f"{cents(value)} per ew",
    "licence": cents,
    "renewal_days": lambda value: f"{value:g} days",
    "credit_standard": lambda value: f"{value:g}%",
    "credit_one_off": lambda value: f"{value:g}%",
    "value_days": lambda value: f"{value:g} days",
}
#: What a report says of the share of one-offs, by what the company says it is.
STANCES: dict[str, str] = {
    "product": "By the charter this is a product company: what is built for one customer is the exception, and its "
    "share is what to watch.",
    "services": "By the charter this is a services company: work for one customer is the business, and its return on "
    "full cost says more than its share.",
}


def roles_of(state: State) -> list[Role]:
    """The roles in their order."""
    return sorted(state.all(Role).values(), key=lambda row: (row.position, row.id))


def principles_of(state: State) -> list[Principle]:
    """The principles in their order."""
    return sorted(state.all(Principle).values(), key=lambda row: (row.position, row.id))


def rights_in_order(state: State) -> list[tuple[RightKind, int | None]]:
    """Every right that a role can hold: (kind, principle or None), breaking any principle before each of them."""
    found: list[tuple[RightKind, int | None]] = [(kind, None) for kind in KINDS]
    return found + [("break a principle", row.id) for row in principles_of(state)]


def held_words(state: State, kind: RightKind, principle_id: int | None) -> tuple[str, bool]:
    """Who holds a right, in words, and whether that is a warning."""
    people = holder_words(state, kind, principle_id)
    if people:
        return people, False
    if kind == "break a principle" and principle_id is None:
        return "nobody", False
    roles = state.all(Role)
    empty = [
        roles[row.role_id].name
        for row in state.each(Right)
        if row.kind == kind and row.principle_id in (None, principle_id)
    ]
    return f"nobody: {' or '.join(empty)} has no person" if empty else "nobody", True


def figure_words(charter: Charter, name: str) -> str:
    """A figure of the charter with its unit; ``not given`` where there is none."""
    value = getattr(charter, name)
    if value is None or value == "":
        return "not given"
    return UNITS[name](value) if name in UNITS else str(value)
