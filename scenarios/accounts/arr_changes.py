"""Changes of accounts' yearly revenue: putting one on record, and what they come to over four quarters.

NRR = (start + expansion - contraction - churn) / start; GRR leaves expansion out. Both are of the accounts that paid
at the start: what new ones bring is in neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import get_args

from scenarios.figures.amounts import cents, exact
from scenarios.figures.days import months_later
from scenarios.figures.figure import Figure, total, written
from scenarios.figures.names import meant
from store.common.errors import Refused
from store.common.text import clean, short
from store.records import Command, Customer, State, new_id
from store.records.looking_back import ArrChange, ArrChangeKind

KINDS: tuple[ArrChangeKind, ...] = get_args(ArrChangeKind)
#: Months over which retention is told.
MONTHS = 12


def change_kind(text: str) -> ArrChangeKind:
    """The kind that a word, or its beginning, means. Raises Refused."""
    found = meant(KINDS, text)
    if len(found) != 1:
        raise Refused("Revenue changes by new, expansion, contraction or churn.", "kind")
    return found[0]


def change_arr(
    state: State,
    account: Customer,
    kind: ArrChangeKind,
    day: date | None,
    amount: float | None,
    note: str = "",
    *,
    today: date,
    already: bool = False,
) -> Command:
    """The revenue of an account changed on a day; what it pays on record moves with it, unless it has it ``already``.

    All that it pays, where churn names no amount. Raises Refused for what does not go with what it pays.
    """
    name = short(account.name, 60)
    if day is None:
        raise Refused("On which day did it change? Write it as 2027-03-31.", "day")
    if day > today:
        raise Refused(f"{day.isoformat()} is still to come: what has not happened is not a change yet.", "day")
    if amount is None and kind == "churn" and account.arr:
        amount = account.arr
    if not amount or amount < 0:
        raise Refused("By how much a year did it change? An amount above 0.", "amount")
    after = account.arr if already else _moved(name, kind, account.arr, amount)
    made = ArrChange(
        id=new_id(), customer_id=account.id, kind=kind, day=day, amount=amount, note=clean(note, multiline=True)
    )
    moved = () if after == account.arr else (account.model_copy(update={"arr": after}),)
    now = "" if after is None else f", {cents(exact(after))} a year now"
    return Command("revenue", f"{name}: {kind} of {cents(exact(amount))} on {day.isoformat()}{now}", (made, *moved))


def _moved(name: str, kind: ArrChangeKind, arr: float | None, amount: float) -> float | None:
    """What an account pays after a change; None where nobody knows what it paid before."""
    if kind == "new":
        if arr:
            raise Refused(f"{name} pays {cents(exact(arr))} a year already: what comes on top is an expansion.", "kind")
        return amount
    if arr is None:
        return None
    if kind == "expansion":
        return float(exact(arr) + exact(amount))
    left = exact(arr) - exact(amount)
    if left < 0:
        raise Refused(f"{name} pays {cents(exact(arr))} a year: it cannot pay {cents(exact(amount))} less.", "amount")
    if kind == "contraction" and not left:
        raise Refused(f"That is all that {name} pays: it is churn.", "kind")
    if kind == "churn" and left:
        raise Refused(f"{name} would still pay {cents(left)} a year: that is a contraction.", "kind")
    return float(left)


@dataclass(frozen=True)
class Retention:
    """Four quarters of the accounts that paid at their start; ``new`` is what others brought, in money.

    ``known`` of ``of`` accounts have a revenue on record; ``odd`` are those whose changes are more than they pay.
    """

    since: date
    nrr: Figure
    grr: Figure
    revenue_churn: Figure
    logo_churn: Figure
    start: Fraction
    expansion: Fraction
    contraction: Fraction
    churn: Fraction
    new: Fraction
    accounts: int
    lost: tuple[str, ...]
    known: int
    of: int
    odd: tuple[str, ...]
    changes: int

    @property
    def words(self) -> str:
        """What revenue churn and logo churn say beside each other; empty where they say the same."""
        money, logos = self.revenue_churn.value, self.logo_churn.value
        if not money or not logos:
            return ""
        if money >= 2 * logos:
            return "Few large accounts make the difference: more revenue left than accounts did."
        if logos >= 2 * money:
            return "Those that left are small: more accounts left than revenue did."
        return ""


def retention_of(state: State, today: date) -> Retention:
    """Over the twelve months until ``today``: what accounts paid at the start is what they pay, less their changes."""
    since = months_later(today, -MONTHS)
    mine: dict[int, list[ArrChange]] = {}
    for row in state.each(ArrChange):
        if since < row.day <= today:
            mine.setdefault(row.customer_id, []).append(row)
    sums = dict.fromkeys(KINDS, Fraction(0))
    start, counted = Fraction(0), 0
    lost, odd = [], []
    accounts = list(state.each(Customer))
    for account in accounts:
        rows = mine.get(account.id, [])
        new = _sum(rows, "new")
        if account.arr is None:
            continue
        paid = exact(account.arr) - new - _sum(rows, "expansion") + _sum(rows, "contraction") + _sum(rows, "churn")
        if paid < 0:
            odd.append(account.name)
            continue
        sums["new"] += new
        if not paid:
            continue
        start, counted = start + paid, counted + 1
        for kind in ("expansion", "contraction", "churn"):
            sums[kind] += _sum(rows, kind)
        if any(row.kind == "churn" for row in rows) and not account.arr:
            lost.append(account.name)
    known = sum(account.arr is not None for account in accounts)
    inputs = (
        ("what they paid at the start", written(start, "money")),
        *((kind, written(sums[kind], "money")) for kind in ("expansion", "contraction", "churn")),
    )
    of = len(accounts)
    partly = "" if known == of else f"of {known} of {of} accounts"
    kept = start - sums["contraction"] - sums["churn"]

    def rate(name: str, part: Fraction, formula: str) -> Figure:
        return Figure(name, part / start if start else None, "rate", formula, inputs, partly)

    return Retention(
        since,
        rate("NRR", kept + sums["expansion"], "(start + expansion - contraction - churn) / start"),
        rate("GRR", kept, "(start - contraction - churn) / start"),
        rate("revenue churn", sums["churn"], "churn / start"),
        Figure(
            "logo churn",
            Fraction(len(lost), counted) if counted else None,
            "rate",
            "accounts that left / accounts that paid at the start",
            (("left", ", ".join(lost) or "none"), ("paid at the start", f"{counted}")),
            partly,
        ),
        start,
        sums["expansion"],
        sums["contraction"],
        sums["churn"],
        sums["new"],
        counted,
        tuple(lost),
        known,
        of,
        tuple(odd),
        sum(map(len, mine.values())),
    )


def _sum(rows: Sequence[ArrChange], kind: str) -> Fraction:
    return total(exact(row.amount) for row in rows if row.kind == kind)
