"""All accounts with what they pay, when they renew next, and what they wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scenarios.accounts.beyond_revenue.five_words import words_by_account
from scenarios.accounts.beyond_revenue.onboarding import (
    AccountOnboarding,
    days_aimed_at,
    onboarding_of,
    steps_by_account,
)
from scenarios.accounts.beyond_revenue.service_levels import levels_by_account
from scenarios.accounts.revenue import Revenue, renews_from, revenue_of
from scenarios.figures.names import plain_name
from store.records import Customer, Item, State, Wait
from store.records.looking_back import AccountWord, ServiceLevel


@dataclass(frozen=True)
class AccountRow:
    """An account; ``renews`` is its next renewal; ``planned`` and ``waiting`` are the open items that it waits for, in
    plan and not, best first."""

    account: Customer
    renews: date | None
    planned: tuple[Item, ...] = ()
    waiting: tuple[Item, ...] = ()
    #: what was said of it beyond what it pays
    words: tuple[AccountWord, ...] = ()
    #: from its signature to its use, where anything of that is on record
    onboarding: AccountOnboarding | None = None
    #: what was promised to it
    levels: tuple[ServiceLevel, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All open items that it waits for."""
        return (*self.planned, *self.waiting)


def account_rows(state: State, since: date) -> list[AccountRow]:
    """The accounts, most revenue first, those of unknown revenue last; renewals count on or after ``since``, today."""
    items = state.all(Item)
    waits: dict[int, list[Item]] = {}
    for wait in state.all(Wait).values():
        item = items[wait.item_id]
        if item.state in ("plan", "below", "inbox"):
            waits.setdefault(wait.customer_id, []).append(item)
    rows, words = [], words_by_account(state)
    levels = levels_by_account(state)
    steps, aim = steps_by_account(state), days_aimed_at(state)
    for account in state.each(Customer):
        mine = sorted(waits.get(account.id, ()), key=lambda item: (item.rank, item.id))
        planned = tuple(item for item in mine if item.state == "plan")
        rest = tuple(item for item in mine if item.state != "plan")
        renews = renews_from(account.renews, account.term, since)
        own = onboarding_of(account, steps[account.id], aim, since) if account.id in steps else None
        rows.append(
            AccountRow(account, renews, planned, rest, words.get(account.id, ()), own, levels.get(account.id, ()))
        )
    rows.sort(key=lambda row: plain_name(row.account.name))
    return sorted(rows, key=lambda row: (row.account.arr is None, -(row.account.arr or 0)))


def revenue_of_rows(rows: Sequence[AccountRow]) -> Revenue:
    """What all of them pay a year, each counted once."""
    return revenue_of(row.account.arr for row in rows)
