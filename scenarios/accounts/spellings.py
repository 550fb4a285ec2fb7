"""Which account a name means, whatever its spelling, and which accounts look like one."""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.figures.names import customer_named, plain_name
from store.common.spellings import spelling
from store.records import Customer, State


def names_of(account: Customer) -> tuple[str, ...]:
    """What an account is called, its own name first."""
    return (account.name, *filter(None, account.also.split("\n")))


def account_called(accounts: Iterable[Customer], name: str) -> Customer | None:
    """The account of exactly this name, else of this spelling, else that was called so; None where none was.

    An account that is said to be another than those spelled alike answers to its exact name alone.
    """
    rows, plain, spelled = sorted(accounts, key=lambda row: row.id < 0), plain_name(name), spelling(name)
    for row in rows:
        if plain_name(row.name) == plain:
            return row
    rows = [row for row in rows if not row.apart]
    for row in rows:
        if spelling(row.name) == spelled:
            return row
    return next((row for row in rows if spelled in map(spelling, names_of(row))), None)


def account_named(state: State, name: str, field: str = "") -> Customer:
    """The account that a name means, however it is spelled, else by a part of its name. Raises Refused."""
    return account_called(state.each(Customer), name) or customer_named(state, name, field)


def alike(state: State) -> list[tuple[Customer, ...]]:
    """Accounts that look like one, two or more in each group: spelled alike, and nobody said that they are apart."""
    found: dict[str, list[Customer]] = {}
    for row in state.each(Customer):
        if not row.apart:
            found.setdefault(spelling(row.name), []).append(row)
    return [tuple(group) for group in found.values() if len(group) > 1]
