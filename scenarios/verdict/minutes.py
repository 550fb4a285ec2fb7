"""What a decision puts on record besides who and why: who asked and was there, what spoke against it, what was on the
table, and the figures before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scenarios.accounts.revenue import revenue_waiting
from scenarios.figures.amounts import exact
from scenarios.figures.figure import total
from scenarios.plan.departures import Leaving, key_of
from scenarios.rules.one_offs import gauge_of
from scenarios.rules.returns import request_of
from scenarios.trade.decision_records import attach, with_detail
from scenarios.trade.door import Trade
from store.records import Command, Slice, State, new_id
from store.records.negotiation import DecisionOption

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast
    from scenarios.swaps import Swap

#: Characters of an option's title that are kept.
_LONGEST = 10_000


@dataclass(frozen=True)
class Minutes:
    """What the room says for the record, all of it optional."""

    present: str = ""
    dissent: str = ""
    conditions: str = ""
    review: date | None = None


def on_record(
    trade: Trade,
    command: Command,
    out: Iterable[Leaving],
    minutes: Minutes = Minutes(),
    swaps: Sequence[Swap] = (),
    after: Forecast | None = None,
) -> Command:
    """A settled trade with all that stands behind it; ``swaps`` are those that were on the table.

    Where what left is none of them, it is an option of its own, and the chosen one. ``after`` is ``trade.after(out)``,
    where the caller has it.
    """
    going = tuple(out)
    after = trade.after(going) if after is None else after
    item_id = trade.proposal.item_id
    request = request_of(trade.state, item_id) if item_id is not None else None
    command = with_detail(
        command,
        asked_by=request.asked_by if request is not None else "",
        present=minutes.present,
        dissent=minutes.dissent,
        conditions=minutes.conditions,
        review=minutes.review,
        load_before=trade.before.plan.load,
        load_after=after.plan.load,
        one_offs_before=_one_offs(trade.state, trade.before),
        one_offs_after=_one_offs(trade.state, after),
    )
    return attach(command, options_of(swaps, going, after))


def options_of(swaps: Sequence[Swap], out: Sequence[Leaving], after: Forecast) -> tuple[DecisionOption, ...]:
    """What was on the table, in order, with the one that was chosen marked; the hand's own choice comes last."""
    chosen = key_of(out)
    found = [_option(swap, swap.key == chosen, position) for position, swap in enumerate(swaps)]
    if out and not any(option.chosen for option in found):
        title = ", ".join(each.words for each in out)[:_LONGEST]
        ew = float(total(exact(each.ew) for each in out))
        found.append(
            DecisionOption(
                id=new_id(), decision_id=0, title=title, chosen=True, odds=after.odds, ew=ew, position=len(found)
            )
        )
    return tuple(found)


def _option(swap: Swap, chosen: bool, position: int) -> DecisionOption:
    # With a swap the search is there; most decisions do without, and need not wait for it.
    from scenarios.swaps import NAMES

    names = ", ".join(NAMES[criterion] for criterion in swap.criteria)
    title = ", ".join(each.words for each in swap.out) + (f" ({names})" if names else "")
    revenue = revenue_waiting(swap.waiting)
    return DecisionOption(
        id=new_id(),
        decision_id=0,
        title=title[:_LONGEST],
        chosen=chosen,
        odds=swap.odds,
        ew=swap.frees,
        value=swap.value,
        arr=revenue.amount if swap.waiting else None,
        known=revenue.known,
        waiting=revenue.of,
        position=position,
    )


def _one_offs(state: State, forecast: Forecast) -> float:
    share = gauge_of(forecast.plan.entries, state.all(Slice).values()).share.value
    return float(share or 0)
