"""What the facts of an item are told about: the trade that a yes to it would be, and what leaves then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of
from scenarios.requests.facts import Fact, facts_of
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.common.errors import Refused
from store.records import Item, State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

NOTHING_GIVES = "nothing has to give"


@dataclass(frozen=True)
class FactsSubject:
    """What the facts are about: an item on a plan, and the trade that a yes to it would be, where it is not in plan.

    ``out`` is what leaves, where somebody chose it; ``how`` says so, or why there is no trade. None: the best swap is
    looked for.
    """

    state: State
    item_id: int
    before: Forecast
    trade: Trade | None = None
    out: tuple[Leaving, ...] | None = None
    how: str = ""


def yes_to(state: State, item_id: int, forecast: Forecast) -> FactsSubject | None:
    """An item with the trade that a yes to it would be, on the present plan; None where there is no such item."""
    if item_id not in state.all(Item):
        return None
    entry = entry_of(state, item_id)
    if entry.item.state in ("plan", "done"):
        return FactsSubject(state, item_id, forecast, how="in plan already" if entry.item.state == "plan" else "done")
    if not entry.sized:
        return FactsSubject(state, item_id, forecast, how="no size yet: what a yes postpones is not known")
    try:
        return FactsSubject(state, item_id, forecast, Trade.of(state, propose_item(state, item_id), forecast))
    except Refused:
        return FactsSubject(state, item_id, forecast, how="what it needs is not in plan")


def best_swap(trade: Trade, stopped: Callable[[], bool] = lambda: False) -> tuple[tuple[Leaving, ...], str]:
    """What the best swap postpones, on the first criterion that says something; and how it was chosen.

    Raises :class:`~scenarios.swaps.Stopped` once ``stopped`` says so.
    """
    from scenarios.swaps import NAMES, Swaps

    swaps = Swaps(trade, stopped)
    criterion = swaps.available[0]
    found = swaps.ranked(criterion, 1)
    if not found:
        return (), "no swap reaches the target"
    return tuple(found[0].out), f"with the best swap: {NAMES[criterion]}"


def facts_with(asked: FactsSubject, out: tuple[Leaving, ...]) -> tuple[Fact, ...]:
    """The facts with these out; the odds after a yes are among them where the trade is known."""
    trade = asked.trade
    afterwards = trade.after(out) if trade is not None and (out or trade.fits) else None
    return facts_of(asked.state, asked.item_id, asked.before, out, afterwards)
