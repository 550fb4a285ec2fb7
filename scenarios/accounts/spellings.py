"""The account that somebody names, and which accounts look like one."""

from __future__ import annotations

from scenarios.figures.names import customer_named
from store.common.spellings import spelling
from store.records import Customer, State
from store.records.account_names import account_called, names_of

__all__ = ["account_called", "account_named", "alike", "names_of"]


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
