"""Who waits for what leaves: each customer once, and the revenue that renews while they wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.accounts.revenue import Revenue, renews_from, revenue_of
from scenarios.figures.amounts import cents, exact
from scenarios.figures.figure import Figure
from scenarios.rules.charter import charter_of
from store.records import Customer, Item, State, Wait


@dataclass(frozen=True)
class Waiting:
    """A customer with what they wait for; ``counts`` where their next renewal is within the horizon.

    ``renews`` is that renewal, the first from the horizon's first day on.
    """

    customer: Customer
    items: tuple[Item, ...]
    counts: bool
    renews: date | None = None


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
        # Without a day, nobody knows whether it is within.
        rows = tuple(row for row in self.rows if row.counts or row.renews is None)
        found = self._renewing
        inputs = tuple(_line(row) for row in rows) or (("renewals within the horizon", "none"),)
        horizon = (
            f"renewals from {self.since.isoformat()} to {self.until.isoformat()}, each customer once, as on record"
        )
        value = None if found.amount is None else found.value
        formula = f"sum of yearly revenue, {horizon}"
        return Figure("renewals that wait", value, "money", formula, inputs, found.partly)

    @property
    def _renewing(self) -> Revenue:
        """What renews for certain; unknown of whom has no day, and of whom renews at an unknown revenue."""
        return revenue_of(None if row.renews is None else row.customer.arr if row.counts else 0.0 for row in self.rows)

    @property
    def revenue(self) -> Figure:
        """Yearly revenue of all who wait, each customer once, whenever they renew."""
        found = self._revenue
        value = None if found.amount is None else found.value
        inputs = tuple(map(_line, self.rows)) or (("customers who wait", "none"),)
        formula = "sum of yearly revenue, each customer once, as on record"
        return Figure("revenue that waits", value, "money", formula, inputs, found.partly)

    @property
    def _revenue(self) -> Revenue:
        return revenue_of(row.customer.arr for row in self.rows)

    @property
    def revenue_words(self) -> str:
        """As ``$480,000 a year (known for 3 of 5)``, or ``revenue unknown``."""
        return self._revenue.said(after=" a year")

    @property
    def with_revenue(self) -> str:
        """The same behind those who wait: `` with $480,000 a year``, ``, revenue unknown``."""
        return f" with {self.revenue_words}" if self._revenue.known else f", {self.revenue_words}"

    def renewing_words(self, renews: str = "renews") -> str:
        """As ``$180,000 renews (known for 3 of 5)``, or that nobody can tell."""
        return self._renewing.said(after=f" {renews}", unknown="what renews is unknown")


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
        renews = renews_from(customer.renews, customer.term, since)
        counts = renews is not None and renews <= until
        ordered = sorted((items[key] for key in waited), key=lambda item: (item.rank, item.id))
        rows.append(Waiting(customer, tuple(ordered), counts, renews))
    rows.sort(key=lambda row: (row.renews or date.max, row.customer.name, row.customer.id))
    return WhoWaits(tuple(rows), since, until)


def _line(row: Waiting) -> tuple[str, str]:
    revenue = "revenue not known" if row.customer.arr is None else cents(exact(row.customer.arr))
    when = ", no renewal date" if row.renews is None else f", renews {row.renews.isoformat()}"
    return row.customer.name, revenue + when
