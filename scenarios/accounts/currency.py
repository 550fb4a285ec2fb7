"""The currency in which all amounts of a workspace are, and giving it another one."""

from __future__ import annotations

from scenarios.figures.amounts import exact
from store.common.currencies import CODES
from store.common.errors import Refused
from store.common.text import short
from store.records import Command, Customer, Record, Request, State
from store.records.looking_back import ArrChange, ServiceLevel
from store.records.negotiation import Card, Charter, DealEnd, DecisionOption, WayOut

#: Where amounts stand.
AMOUNTS: tuple[tuple[type[Record], tuple[str, ...]], ...] = (
    (Customer, ("arr",)),
    (ArrChange, ("amount",)),
    (ServiceLevel, ("miss_cost",)),
    (Request, ("deal_amount",)),
    (Card, ("renewal_arr", "savings", "price")),
    (DealEnd, ("amount",)),
    (WayOut, ("amount",)),
    (Charter, ("rate", "licence")),
    (DecisionOption, ("arr",)),
)


def write_currency(state: State, code: str, rate: float | None) -> Command:
    """Another currency (ISO 4217) for all amounts; ``rate`` is what one of the present currency is in the new one.

    Raises Refused for what is no currency, and where there are amounts on record and no rate.
    """
    info, code = state.workspace, code.strip().upper()
    if code not in CODES:
        raise Refused(f"“{short(code, 20)}” is not a currency: write its code, as EUR, GBP or CHF.", "currency")
    if rate is not None and not 1e-6 <= rate <= 1e6:
        raise Refused("A rate is a number above 0.", "rate")
    if code == info.currency:
        if rate not in (None, 1.0):
            raise Refused(f"Amounts are in {code} already: nothing is converted.", "rate")
        return Command("currency", "")
    changed = []
    for kind, columns in AMOUNTS:
        for row in state.each(kind):
            given = {name: amount for name in columns if (amount := getattr(row, name)) is not None}
            if given:
                changed.append((row, given))
    if changed and rate is None:
        raise Refused(
            f"{len(changed)} amounts on record are in {info.currency}: say what 1 {info.currency} is in {code}, "
            "or 1 where they are in it already.",
            "rate",
        )
    factor = exact(rate or 1.0)
    puts = tuple(
        row.model_copy(update={name: round(float(exact(amount) * factor), 2) for name, amount in given.items()})
        for row, given in changed
        if factor != 1
    )
    said = f"amounts are in {code}" + (f", at {rate:.15g} {code} for 1 {info.currency}" if factor != 1 else "")
    return Command("currency", said, (info.model_copy(update={"currency": code}), *puts))
