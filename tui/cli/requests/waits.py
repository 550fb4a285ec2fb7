"""``makeroom waits``: who waits for some items, each customer once; it changes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from scenarios.figures.amounts import cents, exact
from scenarios.figures.figure import Figure
from scenarios.requests.who_waits import Waiting, WhoWaits, who_waits
from store.common.errors import Refused
from store.records import Item, State
from tui.cli.figures import figures_out, say_all, why_lines
from tui.cli.printing import DONE, print_json
from tui.cli.requests.outputs import NamedOut, WaitingOut, WaitsOut
from tui.cli.workspace import desk, find_item


def waits(arguments: argparse.Namespace) -> int:
    """Who waits for the named items, for what is below the line, or for what is in plan. Raises Refused."""
    if arguments.items and (arguments.below or arguments.plan):
        raise Refused("either items, or --below or --plan, not both")
    with desk(arguments) as session:
        scope, item_ids = _scope(session.state, arguments.items, plan=arguments.plan)
        found = who_waits(session.state, item_ids)
        figures = found.at_renewal, found.revenue
        if arguments.json:
            print_json(_described(scope, found, figures))
        else:
            say_all(_lines(scope, found))
            if arguments.why:
                say_all(why_lines(figures))
    return DONE


def _scope(state: State, texts: Sequence[str], *, plan: bool) -> tuple[str, list[int]]:
    """What is waited for in words, and the items."""
    if texts:
        named = [find_item(state, text).item for text in texts]
        return ", ".join(f"“{item.title[:80]}”" for item in named), [item.id for item in named]
    where, words = ("plan", "everything in plan") if plan else ("below", "everything below the line")
    return words, [item.id for item in state.each(Item) if item.state == where]


def _lines(scope: str, found: WhoWaits) -> Iterator[str]:
    if not found.rows:
        yield f"nobody on record waits for {scope}"
        return
    yield f"who waits for {scope}, each customer once"
    yield f"renew within the horizon, {found.since.isoformat()} to {found.until.isoformat()}:"
    yield from [_line(row) for row in found.renewing] or ["  nobody"]
    yield f"together {found.renewing_words()}"
    outside = [row for row in found.rows if not row.counts]
    if outside:
        yield "renew before or after it, or on no day that is known:"
        yield from map(_line, outside)
    yield f"all who wait: {found.revenue_words}, {len(found.rows)} customer{'' if len(found.rows) == 1 else 's'}"


def _line(row: Waiting) -> str:
    customer = row.customer
    revenue = "revenue not known" if customer.arr is None else f"{cents(exact(customer.arr))} a year"
    renews = f"renews {row.renews.isoformat()}" if row.renews else "no renewal date"
    return f"  {customer.name}: {revenue}, {renews}; waits for {', '.join(item.title for item in row.items)}"


def _described(scope: str, found: WhoWaits, figures: Sequence[Figure]) -> WaitsOut:
    renewing, revenue = figures
    return WaitsOut(
        scope=scope,
        since=found.since,
        until=found.until,
        customers=[
            WaitingOut(
                name=row.customer.name,
                arr=row.customer.arr,
                renews=row.renews,
                counts=row.counts,
                items=[NamedOut(id=item.id, title=item.title) for item in row.items],
            )
            for row in found.rows
        ],
        renewing=renewing.amount,
        revenue=revenue.amount,
        revenue_known_for=sum(row.customer.arr is not None for row in found.rows),
        figures=figures_out(figures),
    )
