"""What goes through the door without a choice, and what it writes then."""

from __future__ import annotations

from scenarios.plan.departures import Leaving
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade
from store.records import Command
from store.records.errors import Refused


def needs_choice(trade: Trade) -> bool:
    """Whether the room has to choose before the proposal is written.

    A plan that was below its target and gets no worse by a change is no new question; a yes always is. A raised target
    leaves the odds as they are and makes a plan short all the same.
    """
    no_worse = not trade.before.fits and trade.asked.odds >= trade.before.odds
    return not (trade.fits or (no_worse and not trade.proposal.asks_in and not trade.proposal.settles))


def settled(trade: Trade, out: list[Leaving], verdict: Verdict) -> Command:
    """What writes a trade. A change that leaves a plan below its target no worse is written alone, under the mark that
    stands already. Raises :class:`Refused` where it cannot be settled so."""
    try:
        return settle(trade, out, verdict)
    except Refused:
        if trade.proposal.asks_in or out or needs_choice(trade):
            raise
        return trade.proposal.command
