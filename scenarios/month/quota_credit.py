"""Quota credit of the deals that were won in a span of days, per asker, by the charter's two rates.

Credit = rate on standard product x (signed - full cost of its one-off, at least 0) + rate on one-offs x that full cost.
A deal of which an input is not known has none, and its asker's is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, given, total, written
from scenarios.plan.mix import ONE_OFF
from scenarios.plan.plan import entry_of
from scenarios.rules.charter import charter_of
from scenarios.rules.returns import AskRecord, returns_of
from store.records import Item, State
from store.records.negotiation import DealEnd


@dataclass(frozen=True)
class QuotaCredit:
    """An asker's deals that were won: how many, what was signed, what their one-offs cost in full, and the credit."""

    asked_by: str
    deals: int
    signed: Figure
    one_offs: Figure
    credit: Figure


@dataclass(frozen=True)
class _Won:
    title: str
    signed: Fraction | None
    cost: Fraction | None


def has_rates(state: State) -> bool:
    """Whether the charter has a rate of quota credit."""
    charter = charter_of(state)
    return charter.credit_standard is not None or charter.credit_one_off is not None


def quota_credit_of(state: State, since: date, until: date) -> tuple[QuotaCredit, ...]:
    """Most signed first; empty without rates, and where no deal was won from the first to the last of these days."""
    if not has_rates(state):
        return ()
    asked, items = AskRecord(state), state.all(Item)
    found: dict[str, list[_Won]] = {}
    for end in sorted(state.each(DealEnd), key=lambda row: (row.ended, row.id)):
        if end.outcome != "won" or not since <= end.ended <= until:
            continue
        item, request = items[end.item_id], asked.requests.get(end.item_id)
        cost: Fraction | None = Fraction(0)
        if item.slice == ONE_OFF:
            cost = returns_of(state, entry_of(state, item.id), asked).full_cost.value
        signed = None if end.amount is None else exact(end.amount)
        name = request.asked_by.strip() if request is not None else ""
        found.setdefault(name or "nobody named", []).append(_Won(item.title, signed, cost))
    credits = [_credit(state, name, rows) for name, rows in found.items()]
    return tuple(sorted(credits, key=lambda row: (-(row.signed.value or 0), row.asked_by.casefold())))


def _credit(state: State, name: str, rows: list[_Won]) -> QuotaCredit:
    charter = charter_of(state)
    standard, one_off = (
        None if rate is None else exact(rate) / 100 for rate in (charter.credit_standard, charter.credit_one_off)
    )
    signed = [row.signed for row in rows if row.signed is not None]
    costs = [row.cost for row in rows if row.cost is not None]
    value: Fraction | None = Fraction(0)
    for row in rows:
        lacks = None in (value, row.signed, row.cost, standard)
        # A rate that nothing is multiplied with may be missing.
        part = None if lacks or (one_off is None and row.cost) else _of_one(row, standard, one_off)
        value = None if value is None or part is None else value + part
    inputs = tuple(
        (row.title, f"signed {given(row.signed, 'money')}, one-off {given(row.cost, 'money')}") for row in rows
    )
    rates = (
        ("on standard product", given(standard, "share") if standard is None else f"{charter.credit_standard:g}%"),
        ("on what one-offs cost", given(one_off, "share") if one_off is None else f"{charter.credit_one_off:g}%"),
    )
    return QuotaCredit(
        name,
        len(rows),
        _sum("signed", "sum of what was signed", signed, rows, [(row.title, row.signed) for row in rows]),
        _sum("one-offs cost", "sum of their full costs", costs, rows, [(row.title, row.cost) for row in rows]),
        Figure(
            f"quota credit of {name}",
            value,
            "money",
            "rate on standard product x (signed - full cost of the one-off, at least 0) + rate on one-offs x full cost",
            (*inputs, *rates),
        ),
    )


def _of_one(won: _Won, standard: Fraction | None, one_off: Fraction | None) -> Fraction:
    signed, cost = won.signed or Fraction(0), won.cost or Fraction(0)
    return (standard or 0) * max(signed - cost, Fraction(0)) + (one_off or 0) * cost


def _sum(
    name: str, formula: str, known: list[Fraction], rows: list[_Won], inputs: list[tuple[str, Fraction | None]]
) -> Figure:
    partly = "" if len(known) in (0, len(rows)) else f"known for {len(known)} of {len(rows)}"
    words = tuple((title, "not given" if value is None else written(value, "money")) for title, value in inputs)
    return Figure(name, total(known) if known else None, "money", formula, words, partly)
