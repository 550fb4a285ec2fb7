"""Which account a name means, whatever its spelling."""

from __future__ import annotations

from collections.abc import Iterable

from store.common.spellings import spelling
from store.records.plan import Customer


def names_of(account: Customer) -> tuple[str, ...]:
    """What an account is called, its own name first."""
    return (account.name, *filter(None, account.also.split("\n")))


class AccountNames:
    """Accounts by what they are called; where several are called the same, the first."""

    def __init__(self, accounts: Iterable[Customer]) -> None:
        self._exact: dict[str, Customer] = {}
        self._spelled: dict[str, Customer] = {}
        self._also: dict[str, Customer] = {}
        for account in accounts:
            self.add(account)

    def add(self, account: Customer) -> None:
        """One more, behind those there are."""
        self._exact.setdefault(_plain(account.name), account)
        if account.apart:
            return
        self._spelled.setdefault(spelling(account.name), account)
        for name in names_of(account)[1:]:
            self._also.setdefault(spelling(name), account)

    def called(self, name: str) -> Customer | None:
        """The account of exactly this name, else of this spelling, else that was called so; None where none was.

        An account that is said to be another than those spelled alike answers to its exact name alone.
        """
        spelled = spelling(name)
        return self._exact.get(_plain(name)) or self._spelled.get(spelled) or self._also.get(spelled)


def account_called(accounts: Iterable[Customer], name: str) -> Customer | None:
    """The one of these accounts that a name means, see :meth:`AccountNames.called`."""
    return AccountNames(accounts).called(name)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
