"""Who waits for what leaves: each customer once, and the revenue that renews while they wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.figures.amounts import cents, exact
from scenarios.figures.figure import Figure, total
from scenarios.rules.charter import charter_of
from store.records import Customer, Item, State, Wait


@dataclass(frozen=True)
class Waiting:
    """A customer with what they wait for; ``counts`` where their renewal is within the horizon."""

    customer: Customer
    items: tuple[Item, ...]
    counts: bool


@dataclass(frozen=True)
class WhoWaits:
    """All who wait, soonest renewal first; ``since`` and ``until`` are the first and last day of the horizon."""

    rows: tuple[Waiting, ...]
    since: date
    until: date

    @property
    def renewing(self) -> tuple[Waiting, ...]:
        """Those whose renewal is within the horizon."""
        return tuple(row for row in self.rows if row.counts)

    @property
    def at_renewal(self) -> Figure:
        """Yearly revenue that renews within the horizon, each customer once."""
        rows = self.renewing
        value = total(exact(row.customer.arr) for row in rows if row.customer.arr is not None)
        inputs = tuple(_line(row.customer) for row in rows) or (("renewals within the horizon", "none"),)
        horizon = (
            f"renewals from {self.since.isoformat()} to {self.until.isoformat()}, each customer once, as on record"
        )
        return Figure("renewals that wait", value, "money", f"sum of yearly revenue, {horizon}", inputs)

    @property
    def revenue(self) -> Figure:
        """Yearly revenue of all who wait, each customer once, whenever they renew."""
        value = total(exact(row.customer.arr) for row in self.rows if row.customer.arr is not None)
        inputs = tuple(_line(row.customer) for row in self.rows) or (("customers who wait", "none"),)
        return Figure(
            "revenue that waits", value, "money", "sum of yearly revenue, each customer once, as on record", inputs
        )


def who_waits(state: State, item_ids: Iterable[int], since: date | None = None) -> WhoWaits:
    """Who waits for any of these items.

    Renewals count from ``since``, by default the quarter's first day, until the charter's ``renewal_days`` after the
    quarter's first day; both days included.
    """
    wanted, items = set(item_ids), state.all(Item)
    quarter = state.quarter
    since = quarter.starts if since is None else since
    until = quarter.starts + timedelta(days=charter_of(state).renewal_days)
    found: dict[int, set[int]] = {}
    for wait in state.all(Wait).values():
        if wait.item_id in wanted:
            found.setdefault(wait.customer_id, set()).add(wait.item_id)
    rows = []
    for customer_id, waited in found.items():
        customer = state.all(Customer)[customer_id]
        counts = customer.renews is not None and since <= customer.renews <= until
        ordered = sorted((items[key] for key in waited), key=lambda item: (item.rank, item.id))
        rows.append(Waiting(customer, tuple(ordered), counts))
    rows.sort(key=lambda row: (row.customer.renews or date.max, row.customer.name, row.customer.id))
    return WhoWaits(tuple(rows), since, until)


def _line(customer: Customer) -> tuple[str, str]:
    revenue = "revenue not known" if customer.arr is None else cents(exact(customer.arr))
    when = "" if customer.renews is None else f", renews {customer.renews.isoformat()}"
    return customer.name, revenue + when
