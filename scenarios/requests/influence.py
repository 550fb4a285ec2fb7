"""Whose wishes the plan is made of: each account's share of revenue beside its share of the planned effort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.days import months_later
from scenarios.figures.figure import Figure, given, total, written
from scenarios.plan.plan import entries_of
from scenarios.rules.one_offs import taken_of
from store.records import Customer, Item, Request, State, Wait

#: Months of asks that count, and how many times the effort that its revenue would give is too much.
WITHIN_MONTHS = 12
TOO_MUCH = 2


@dataclass(frozen=True)
class Influence:
    """An account's shares (0..1) of revenue and of planned effort; its asks of the last four quarters, how many of them
    are in plan or done. ``too_much``: more than twice the effort that its revenue would give."""

    account: Customer
    revenue: Figure
    effort: Figure
    asks: int
    yeses: int
    too_much: bool

    @property
    def words(self) -> str:
        """As ``12.6% of yearly revenue, 7.6% of planned effort``, with what is more than twice what that would give."""
        share = self.revenue.value
        of = self.revenue.partly or "of yearly revenue"
        paid = "share of revenue not known" if share is None else f"{written(share, 'share')} {of}"
        effort = f"{self.effort.text} of planned effort" if self.effort.known else "nothing is planned"
        return f"{paid}, {effort}" + (", more than twice what its revenue would give" if self.too_much else "")


def influence_by(state: State, account_id: int | None, today: date) -> Influence | None:
    """That of one account; None where it neither pays, nor asked, nor waits, or nobody is named."""
    return next((row for row in influence_of(state, today) if row.account.id == account_id), None)


def influence_of(state: State, today: date) -> tuple[Influence, ...]:
    """Every account that pays, asked or waits, most planned effort first, then most revenue.

    An item is of the account that asked for it, else of those who wait for it, each an equal part.
    """
    accounts = state.all(Customer)
    asked = {row.item_id: row.customer_id for row in state.each(Request) if row.customer_id is not None}
    waiting: dict[int, set[int]] = {}
    for wait in state.each(Wait):
        waiting.setdefault(wait.item_id, set()).add(wait.customer_id)
    planned = Fraction(0)
    parts: dict[int, list[tuple[str, Fraction]]] = {}
    for entry in entries_of(state, "plan"):
        weeks = taken_of([entry])
        planned += weeks
        whose = {asked[entry.item.id]} if entry.item.id in asked else waiting.get(entry.item.id, set())
        for account_id in whose:
            parts.setdefault(account_id, []).append((entry.item.title, weeks / len(whose)))
    paid = {key: exact(row.arr) for key, row in accounts.items() if row.arr is not None}
    whole = total(paid.values())
    since = months_later(today, -WITHIN_MONTHS)
    asks = _asks(state, since)
    found = []
    for key, account in accounts.items():
        mine = parts.get(key, [])
        if account.arr is None and not mine and key not in asks:
            continue
        revenue = _share_of_revenue(paid.get(key), whole, len(paid), len(accounts))
        effort = _share_of_effort(mine, planned)
        yeses = sum(state.all(Item)[item_id].state in ("plan", "done") for item_id in asks.get(key, ()))
        much = (
            revenue.value is not None
            and effort.value is not None
            and effort.value > 0
            and (effort.value > TOO_MUCH * revenue.value)
        )
        found.append(Influence(account, revenue, effort, len(asks.get(key, ())), yeses, much))
    return tuple(
        sorted(
            found, key=lambda row: (-(row.effort.value or 0), -(row.revenue.value or 0), row.account.name.casefold())
        )
    )


def _asks(state: State, since: date) -> dict[int, set[int]]:
    """By account, the items that it asked for since a day."""
    found: dict[int, set[int]] = {}
    for row in state.each(Request):
        if row.customer_id is not None and row.received_at.date() >= since:
            found.setdefault(row.customer_id, set()).add(row.item_id)
    return found


def _share_of_revenue(paid: Fraction | None, whole: Fraction, known: int, of: int) -> Figure:
    value = None if paid is None or not whole else paid / whole
    inputs = (("its yearly revenue", given(paid, "money")), ("yearly revenue that is known", written(whole, "money")))
    partly = "" if known == of else f"of the revenue of {known} of {of} accounts"
    return Figure("share of revenue", value, "rate", "its yearly revenue / that of all accounts", inputs, partly)


def _share_of_effort(mine: list[tuple[str, Fraction]], planned: Fraction) -> Figure:
    value = total(part for _, part in mine) / planned if planned else None
    inputs = (
        *((title, written(part, "ew")) for title, part in mine),
        ("planned effort", written(planned, "ew")),
    )
    formula = "planned effort of what it asked for, or waits for beside others in equal parts / planned effort"
    return Figure("share of planned effort", value, "rate", formula, inputs)
