"""What the app itself knows beside each of the five claims that executives hear: figures, and no judgement."""

from __future__ import annotations

from fractions import Fraction

from scenarios.accounts.revenue import revenue_of
from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, given
from scenarios.plan.plan import Entry
from scenarios.requests.card import demand_of
from scenarios.requests.influence import influence_by
from scenarios.rules.returns import build_of, request_of
from store.records import Customer, State, Wait
from store.records.negotiation import ClaimKind


def checks_of(state: State, entry: Entry) -> dict[ClaimKind, tuple[str, tuple[Figure, ...]]]:
    """By claim, what is on record in words, and the figures in them."""
    item_id = entry.item.id
    request = request_of(state, item_id)
    share, demand, waiting = share_of_revenue(state, item_id), demand_of(state, item_id), waiting_of(state, item_id)
    build = build_of(entry)
    size = f"likely {build.text}" if build.known else "no size yet"
    problem = "a problem is written down" if request and request.problem.strip() else "no problem stated"
    account = f"{share.text} of yearly revenue" if share.known else "share of revenue not known"
    influence = influence_by(state, request.customer_id if request else None, state.quarter.starts)
    if influence is not None and influence.effort.known:
        account = influence.words
    wanted = f"{demand.text} by evidence, {waiting.text} of {len(state.all(Customer))} customers wait"
    return {
        "strategic account": (account, (share,) if influence is None else (share, influence.effort)),
        "easy": (size, (build,)),
        "already specified": (problem, ()),
        "fits the sprint": (size, (build,)),
        "everyone wants it": (wanted, (demand, waiting)),
    }


def share_of_revenue(state: State, item_id: int) -> Figure:
    """The asking customer's part (0..1) of all yearly revenue that is known."""
    request, customers = request_of(state, item_id), state.all(Customer)
    customer = customers.get(request.customer_id) if request and request.customer_id is not None else None
    own = None if customer is None or customer.arr is None else exact(customer.arr)
    paid = revenue_of(row.arr for row in customers.values())
    every = paid.value
    who = "the customer who asks" if customer is None else customer.name
    inputs = ((f"{who}, a year", given(own, "money")), ("all customers, a year", paid.said(unknown="not given")))
    value = own / every if own is not None and every else None
    return Figure("share of revenue", value, "rate", "yearly revenue of who asks / of all customers", inputs)


def waiting_of(state: State, item_id: int) -> Figure:
    """How many customers wait for the item itself."""
    customers = state.all(Customer)
    waiting = {row.customer_id for row in state.all(Wait).values() if row.item_id == item_id}
    names = sorted(customers[key].name for key in waiting)
    inputs = tuple((name, "1") for name in names) or (("on record", "nobody"),)
    return Figure("customers who wait for it", Fraction(len(names)), "count", "customers on record, each once", inputs)
