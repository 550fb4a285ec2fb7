"""From a request to the plan in one step, where it fits; and what goes through the door without a choice."""

from __future__ import annotations

from dataclasses import replace

from scenarios.changes import now
from scenarios.door import DoorError, Trade, Verdict, propose_item, settle
from scenarios.leaving import Leaving
from scenarios.odds import Forecast
from store.records import Command, Item, Size, State


def asked_in(state: State, request: Command, before: Forecast, verdict: Verdict | None = None) -> Command | None:
    """A request (:func:`scenarios.changes.receive`) and the yes to it as one command; None where it needs a trade, or
    has no size yet. ``before`` is the forecast of the present plan."""
    item = next(put for put in request.puts if isinstance(put, Item))
    if not any(isinstance(put, Size) for put in request.puts):
        return None
    asked = state.overlay(request)
    trade = Trade.of(asked, propose_item(asked, item.id), before)
    if not trade.fits:
        return None
    settled = settle(trade, [], verdict or Verdict("", "", now()))
    replaced = {(put.table, put.id) for put in settled.puts}
    puts = [put for put in request.puts if (put.table, put.id) not in replaced]
    return replace(settled, puts=(*puts, *settled.puts), label=f"“{item.title}” in")


def needs_choice(trade: Trade) -> bool:
    """Whether the room has to choose before the proposal is written.

    A plan that was below its target and gets no worse by a change is no new question; a yes always is. A raised target
    leaves the odds as they are and makes a plan short all the same.
    """
    no_worse = not trade.before.fits and trade.asked.odds >= trade.before.odds
    return not (trade.fits or (no_worse and not trade.proposal.asks_in and not trade.proposal.settles))


def settled(trade: Trade, out: list[Leaving], verdict: Verdict) -> Command:
    """What writes a trade. A change that leaves a plan below its target no worse is written alone, under the mark that
    stands already. Raises :class:`DoorError` where it cannot be settled so."""
    try:
        return settle(trade, out, verdict)
    except DoorError:
        if trade.proposal.asks_in or out or needs_choice(trade):
            raise
        return trade.proposal.command
