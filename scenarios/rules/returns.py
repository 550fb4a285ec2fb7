"""What a deal brings and what its work costs in full, every figure with its formula.

- expected value = deal amount (or, where there is none, the renewal) x its probability
- full cost = (build + hidden costs + upkeep over the next four quarters) x rate + what a partner or a vendor is paid; a
  hidden cost is stated in ew or as a share of the build; the build of what is done is what it took
- return = expected value / full cost
- the full cost equals N standard licences, rounded up: so many have to be sold to pay for it
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TypeVar

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, given, total
from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Entry
from scenarios.rules.charter import charter_of
from scenarios.trade.decision_records import took_by_item, way_by_item
from store.common.values import Value
from store.records import Request, State, ValueParts
from store.records.negotiation import Card, Charter, HiddenCost, HiddenKind, WayOut

#: Quarters of upkeep that count.
UPKEEP_QUARTERS = 4
#: The checklist of hidden costs, with what each asks.
HIDDEN: dict[HiddenKind, str] = {
    "support": "who answers when it breaks",
    "complexity": "what gets harder to change",
    "drag": "what every later release has to carry along",
    "sprawl": "one more setting, screen or environment to test",
}
#: The parts of an ICE score, with the columns that they are in.
ICE = {"impact": "impact_10", "confidence": "confidence_10", "ease": "ease"}
#: Whose price adds to the cost, by the way out that an item takes.
_PAID = {"partner": "partner's price", "buy": "vendor's price a year"}


class Returns(Value):
    """The figures of one request."""

    expected: Figure
    build: Figure
    hidden: Figure
    upkeep: Figure
    #: what a partner or a vendor is paid, in money; None where the item takes no such way out
    paid: Figure | None
    full_cost: Figure
    ratio: Figure
    licences: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order in which a card shows them."""
        paid = () if self.paid is None else (self.paid,)
        return self.expected, self.build, self.hidden, self.upkeep, *paid, self.full_cost, self.ratio, self.licences


class AskRecord:
    """What is on record of each item's asking, by item id: looked up once for many items, or for one alone."""

    def __init__(self, state: State, item_id: int | None = None) -> None:
        self.requests: dict[int, Request] = {}
        for row in sorted(_of(state, Request, item_id), key=lambda row: (row.received_at, row.id)):
            self.requests.setdefault(row.item_id, row)
        self.cards = {row.item_id: row for row in _of(state, Card, item_id)}
        self.hidden: dict[int, list[HiddenCost]] = {}
        for cost in sorted(_of(state, HiddenCost, item_id), key=lambda row: row.id):
            self.hidden.setdefault(cost.item_id, []).append(cost)
        self.took = took_by_item(state)
        self.ways = way_by_item(state)


Asking = TypeVar("Asking", Request, Card, HiddenCost)


def _of(state: State, kind: type[Asking], item_id: int | None) -> list[Asking]:
    return [row for row in state.all(kind).values() if item_id is None or row.item_id == item_id]


def request_of(state: State, item_id: int) -> Request | None:
    """How an item was asked for; the first time where it was asked for more than once."""
    found = [row for row in state.all(Request).values() if row.item_id == item_id]
    return min(found, key=lambda row: (row.received_at, row.id), default=None)


def card_of(state: State, item_id: int) -> Card | None:
    """What else a request carries."""
    return next((row for row in state.all(Card).values() if row.item_id == item_id), None)


def returns_of(state: State, entry: Entry, asked: AskRecord | None = None) -> Returns:
    """The figures of an item with these sizes; ``asked`` where those of many items are wanted."""
    item_id = entry.item.id
    asked = asked or AskRecord(state, item_id)
    charter = charter_of(state)
    expected = expected_value(asked.requests.get(item_id), asked.cards.get(item_id))
    build = build_of(entry, asked.took.get(item_id))
    costs = asked.hidden.get(item_id, [])
    hidden = _hidden(build, costs)
    upkeep = _upkeep(costs)
    paid = _paid(asked.ways.get(item_id))
    full = _full_cost(build, hidden, upkeep, paid, charter)
    return Returns(expected, build, hidden, upkeep, paid, full, _ratio(expected, full), _licences(full, charter))


def expected_value(request: Request | None, card: Card | None = None) -> Figure:
    """What the deal is worth times how probable it is, or the renewal where there is no deal; in money."""
    amount, what = None, "deal amount"
    if request is not None and request.deal_amount is not None:
        amount = exact(request.deal_amount)
    elif card is not None and card.renewal_arr is not None:
        amount, what = exact(card.renewal_arr), "renewal"
    chance = None
    if request is not None and request.deal_probability is not None:
        chance = exact(request.deal_probability)
    value = None if amount is None or chance is None else amount * chance
    inputs = ((what, given(amount, "money")), ("probability", given(chance, "share")))
    return Figure("expected value", value, "money", f"{what} x probability", inputs)


def build_of(entry: Entry, took: float | None = None) -> Figure:
    """The likely effort over all teams, in ew; not known where there is no size. What is done is known: it ``took``."""
    if took is not None:
        inputs = (("took", given(exact(took), "ew")), ("likely size before", f"{format_ew(entry.ew)} ew"))
        return Figure("build", exact(took), "ew", "what it took, as the quarter's close has it", inputs)
    value = total(exact(size.likely) for size in entry.sizes) if entry.sized else None
    return Figure("build", value, "ew", "likely sizes of all teams", (("likely size", given(value, "ew")),))


def _hidden(build: Figure, costs: list[HiddenCost]) -> Figure:
    inputs, parts = [], []
    for cost in costs:
        if cost.effort is not None:
            parts.append(exact(cost.effort))
            inputs.append((cost.kind, given(exact(cost.effort), "ew")))
        if cost.share is not None:
            share = exact(cost.share)
            parts.append(share * (build.value or 0))
            inputs.append((cost.kind, f"{given(share, 'share')} of the build"))
    value = None if build.value is None and any(cost.share is not None for cost in costs) else total(parts)
    formula = "sum of the checklist, each in ew or as a share of the build"
    return Figure("hidden costs", value, "ew", formula, tuple(inputs) or (("checklist", "nothing stated"),))


def _upkeep(costs: list[HiddenCost]) -> Figure:
    inputs = tuple((f"{cost.kind} a quarter", given(exact(cost.upkeep), "ew")) for cost in costs if cost.upkeep)
    value = UPKEEP_QUARTERS * total(exact(cost.upkeep) for cost in costs)
    formula = f"upkeep a quarter x {UPKEEP_QUARTERS} quarters"
    return Figure("upkeep", value, "ew", formula, inputs or (("upkeep a quarter", "nothing stated"),))


def _paid(way: WayOut | None) -> Figure | None:
    """What a partner or a vendor is paid for an item that takes such a way out."""
    if way is None or way.kind not in _PAID:
        return None
    name = _PAID[way.kind]
    price = None if way.amount is None else exact(way.amount)
    whose = f"as {way.who} asks" if way.who else "as it is asked"
    return Figure(name, price, "money", whose, ((name, given(price, "money")),))


def _full_cost(build: Figure, hidden: Figure, upkeep: Figure, paid: Figure | None, charter: Charter) -> Figure:
    rate = None if charter.rate is None else exact(charter.rate)
    efforts = [figure.value for figure in (build, hidden, upkeep) if figure.value is not None]
    value = total(efforts) * rate if rate is not None and len(efforts) == 3 else None
    inputs = [*((figure.name, figure.text) for figure in (build, hidden, upkeep))]
    inputs.append(("rate per ew", given(rate, "money")))
    formula = "(build + hidden costs + upkeep) x rate"
    if paid is not None:
        value = None if value is None or paid.value is None else value + paid.value
        inputs += paid.inputs
        formula += f" + {paid.name}"
    return Figure("full cost", value, "money", formula, tuple(inputs))


def _ratio(expected: Figure, full: Figure) -> Figure:
    value = None
    if expected.value is not None and full.value:
        value = expected.value / full.value
    inputs = ((expected.name, expected.text), (full.name, full.text))
    return Figure("return", value, "times", "expected value / full cost", inputs)


def _licences(full: Figure, charter: Charter) -> Figure:
    price = exact(charter.licence) if charter.licence else None
    value = None if full.value is None or price is None else Fraction(math.ceil(full.value / price))
    inputs = ((full.name, full.text), ("price of a standard licence", given(price, "money")))
    return Figure("equals standard licences", value, "count", "full cost / price of a licence, rounded up", inputs)


def ice_of(state: State, item_id: int) -> Figure:
    """ICE = impact x confidence x ease, each 1 to 10 (Ellis)."""
    row = next((each for each in state.all(ValueParts).values() if each.item_id == item_id), None)
    parts = [(word, getattr(row, column, None)) for word, column in ICE.items()]
    numbers = [exact(number) for _, number in parts if number is not None]
    value = numbers[0] * numbers[1] * numbers[2] if len(numbers) == 3 else None
    inputs = tuple((word, "not given" if number is None else f"{number:g}") for word, number in parts)
    return Figure("ICE", value, "score", "impact x confidence x ease", inputs)
