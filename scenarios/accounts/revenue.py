"""Yearly revenue of several accounts, each counted once, and of how many it is known; when they renew next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from scenarios.figures.amounts import cents, exact
from scenarios.figures.days import months_later
from scenarios.figures.figure import Figure, told, total
from store.records import Customer


class Revenue(NamedTuple):
    """The exact sum of what is known, of how many it is known, and how many there are."""

    value: Fraction
    known: int
    of: int

    @property
    def amount(self) -> float | None:
        """The sum as a float; None where nothing is known."""
        return float(self.value) if self.known or not self.of else None

    @property
    def partly(self) -> str:
        """As ``known for 3 of 5``; empty where it is known of all."""
        return "" if self.known == self.of else f"known for {self.known} of {self.of}"

    def said(self, money: Callable[[Fraction], str] = cents, after: str = "", unknown: str = "revenue unknown") -> str:
        """The sum in words, ``after`` right behind it, as ``$480k a year (known for 3 of 5)``; else ``unknown``."""
        if self.of and not self.known:
            return unknown
        return f"{money(self.value)}{after}" + (f" ({self.partly})" if self.partly else "")

    def aside(self, money: Callable[[Fraction], str] = cents, after: str = "") -> str:
        """The same behind a name, in brackets of its own: `` ($480k a year, known for 3 of 5)``."""
        if self.of and not self.known:
            return f" ({self.said(money)})"
        return f" ({money(self.value)}{after}{f', {self.partly}' if self.partly else ''})"


#: That of nobody.
NOBODY = Revenue(Fraction(0), 0, 0)


def revenue_of(arrs: Iterable[float | None]) -> Revenue:
    """The sum over the yearly revenues of accounts, each of them there once; None where it is not known."""
    every = list(arrs)
    known = [exact(arr) for arr in every if arr is not None]
    return Revenue(total(known), len(known), len(every))


def revenue_waiting(accounts: Iterable[Customer]) -> Revenue:
    """The yearly revenue of these accounts, one that comes several times counted once."""
    return revenue_of({row.id: row.arr for row in accounts}.values())


def revenue_figure(account: Customer) -> Figure:
    """What an account pays a year, and when it renews as it is on record."""
    renews = ("renewal on record", account.renews.isoformat() if account.renews else "no day")
    value = None if account.arr is None else exact(account.arr)
    return told(f"{account.name[:60]} a year", value, "money", "its yearly revenue as is on record", renews)


def revenue_of_all(accounts: Iterable[Customer]) -> Figure:
    """What they pay a year in all, each counted once."""
    rows = list(accounts)
    found = revenue_of(row.arr for row in rows)
    inputs = tuple((row.name[:60], "not known" if row.arr is None else cents(exact(row.arr))) for row in rows)
    value = found.value if found.known else None
    return Figure("yearly revenue", value, "money", "sum over accounts, each once", inputs, found.partly)


def renews_from(renews: date | None, term: int, since: date) -> date | None:
    """The first renewal on or after a day: one that has passed comes again every ``term`` months."""
    if renews is None or renews >= since:
        return renews
    times = max(0, ((since.year - renews.year) * 12 + since.month - renews.month) // term)
    found = months_later(renews, times * term)
    return found if found >= since else months_later(renews, (times + 1) * term)
