"""What a shipped answer did to the asks that it was to end: how many came before it, and how many since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scenarios.figures.days import months_later
from scenarios.figures.figure import Figure, written
from scenarios.plan.progress import finished_days
from scenarios.requests.earlier_asks import ANYBODY, likeness
from scenarios.requests.patterns import KINDS, own_words
from scenarios.trade.decision_records import decided_by_item
from store.common.text import many
from store.records import Customer, Item, Outcome, Request, State
from store.records.negotiation import Card

#: Months before it shipped that count, and the days that a quarter has.
BEFORE_MONTHS = 12
QUARTER = Fraction(365, 4)
#: Under so many asks nothing is said; under so many it is a hint.
TOO_FEW, FEW = 5, 20


@dataclass(frozen=True)
class Offload:
    """An item that is to end asks of a kind: ``what`` is the kind, or words that they have. ``shipped`` is None while
    it is not done, or no day of that is on record. Figures are asks a quarter."""

    item: Item
    what: str
    shipped: date | None
    begins: date | None
    asked_before: int
    asked_since: int
    before: Figure
    since: Figure
    words: str


def offloads_of(state: State, today: date) -> tuple[Offload, ...]:
    """Every item whose card says that it offloads something, those that shipped first, the latest of them first."""
    items = state.all(Item)
    cards = [row for row in state.each(Card) if row.offloads.strip() and items[row.item_id].state != "declined"]
    if not cards:
        return ()
    asks, days = [*_asks(state)], shipped_days(state)
    found = [_offload(items[row.item_id], row.offloads.strip(), days.get(row.item_id), asks, today) for row in cards]
    return tuple(sorted(found, key=lambda row: (row.shipped is None, -(row.shipped or today).toordinal(), row.item.id)))


@dataclass(frozen=True)
class _Ask:
    day: date
    title: str
    kind: str | None
    item_id: int | None


def _asks(state: State) -> Iterator[_Ask]:
    """Every ask on record with its day, those that a history file tells, too."""
    items, customers = state.all(Item), state.all(Customer)
    kinds = {row.item_id: row.one_off_kind for row in state.each(Card)}
    told: set[int] = set()
    for row in state.each(Request):
        if row.item_id not in told:
            told.add(row.item_id)
            names = [customers[row.customer_id].name] if row.customer_id is not None else []
            words = own_words(items[row.item_id].title, names)
            yield _Ask(row.received_at.date(), words, kinds.get(row.item_id), row.item_id)
    for outcome in state.each(Outcome):
        if outcome.item_id is None and outcome.asked_on is not None:
            words = own_words(outcome.title, [outcome.account])
            yield _Ask(outcome.asked_on, words, outcome.one_off_kind, None)


def shipped_days(state: State) -> dict[int, date]:
    """By item id, the day on which what is done was done: as its teams told, else as its quarter was closed."""
    found = {}
    items = state.all(Item)
    for item_id, rows in decided_by_item(state).items():
        done = [row.decision.at.date() for row in rows if row.outcome == "done"]
        if done and item_id in items and items[item_id].state == "done":
            found[item_id] = done[-1]
    here = {key for key, item in items.items() if item.state in ("plan", "done")}
    return {**found, **{key: day for key, day in finished_days(state).items() if key in here}}


def _same(what: str) -> Callable[[_Ask], bool]:
    kind = what.casefold()
    if kind in KINDS:
        return lambda ask: ask.kind == kind
    return lambda ask: likeness(what, ask.title, (), ANYBODY) >= ANYBODY


def _offload(item: Item, what: str, shipped: date | None, asks: list[_Ask], today: date) -> Offload:
    is_one = _same(what)
    mine = [ask for ask in asks if ask.item_id != item.id and is_one(ask)]
    if shipped is None or shipped > today:
        no_day = "it is done, and no day of that is on record" if item.state == "done" else "it has not shipped yet"
        none = _rate("before", 0, None), _rate("since", 0, None)
        words = f"{no_day}: {many(len(mine), 'ask')} of these so far"
        return Offload(item, what, None, None, len(mine), 0, *none, words)
    first = min((ask.day for ask in asks), default=shipped)
    begins = max(months_later(shipped, -BEFORE_MONTHS), min(first, shipped))
    before = sum(begins <= ask.day < shipped for ask in mine)
    since = sum(shipped <= ask.day <= today for ask in mine)
    days_before, days_since = (shipped - begins).days, (today - shipped).days + 1
    rates = _rate("before", before, days_before), _rate("since", since, days_since)
    words = f"{before} in the {days_before} days before it shipped, {since} in the {days_since} days since"
    return Offload(item, what, shipped, begins, before, since, *rates, f"{words}: {_verdict(*rates, before + since)}")


def _rate(when: str, asks: int, days: int | None) -> Figure:
    """Asks a quarter; not known of less than a quarter."""
    enough = days is not None and days >= QUARTER
    value = Fraction(asks) * QUARTER / days if enough and days else None
    inputs = (("asks", str(asks)), ("days", "not given" if days is None else str(days)))
    formula = f"asks / days x {written(QUARTER, 'count')} days; of less than a quarter not known"
    return Figure(f"asks a quarter {when}", value, "count", formula, inputs)


def _verdict(before: Figure, since: Figure, asks: int) -> str:
    """What can be said of it."""
    if since.value is None:
        return "less than a quarter since: too early to compare"
    if before.value is None:
        return "less than a quarter is on record before it: nothing to compare with"
    if asks < TOO_FEW:
        return f"n = {asks}, under {TOO_FEW}: nothing can be said"
    words = f"{before.text} a quarter before, {since.text} since, n = {asks}"
    return f"{words}: under {FEW}, a hint and no more" if asks < FEW else words
