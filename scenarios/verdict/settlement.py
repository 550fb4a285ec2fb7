"""The room's decision on a trade as one command: what it settles and all that is kept of it.

The order is always the same: the trade is settled, what stood behind it is put on record, ways out are recorded, the
purse pays, and what takes a signature is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Leaving
from scenarios.plan.mix import ONE_OFF
from scenarios.requests.ways_out import Way, recorded
from scenarios.rules.charter import may
from scenarios.rules.one_offs import PurseError, spend
from scenarios.trade.changes import Filled, fill, now
from scenarios.trade.decision import SIGNED, Verdict
from scenarios.trade.decision_records import attach, decision_of
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item, propose_point
from scenarios.verdict.asking import needs_choice, settled
from scenarios.verdict.minutes import Minutes, on_record
from scenarios.verdict.signatures import Needed, Signoff, needed_for, sign
from store.records import Command, Item, Record, Signature, Size, State
from store.records.negotiation import RightKind

if TYPE_CHECKING:
    from scenarios.swaps import Swap

#: What tells signatures apart: see :attr:`scenarios.verdict.signatures.Needed.key`.
Key = tuple[RightKind, int | None, int | None]


@dataclass(frozen=True)
class RoomDecision:
    """All that the room said of a trade.

    ``ways`` are the ways out that items (by id) take in it, what asks to come in included. ``signoffs`` are by
    ``key``; an over-commit is signed by the one for "under target". ``purse`` is who
    takes the item out of the Sales purse; empty where it does not pay. ``breaks`` are principles (ids) that the room
    says it breaks, besides those on the cards.
    """

    verdict: Verdict
    minutes: Minutes = field(default_factory=Minutes)
    ways: Mapping[int, Way] = field(default_factory=dict)
    signoffs: Mapping[Key, Signoff] = field(default_factory=dict)
    purse: str = ""
    breaks: tuple[int, ...] = ()


def signatures_for(
    trade: Trade, out: Iterable[Leaving] = (), breaks: Iterable[int] = (), after: Forecast | None = None
) -> tuple[Needed, ...]:
    """The signatures that the room has to give when these leave; empty where it is free to say yes.

    What leaves a plan below its target no worse stays under the mark that stands already, where it asks for nothing
    else. ``after`` is ``trade.after(out)``, where the caller has it.
    """
    going = tuple(out)
    needed = needed_for(trade, going, breaks, after)
    if not going and all(need.right == "under target" for need in needed) and _stays_open(trade):
        return ()
    return needed


def _stays_open(trade: Trade) -> bool:
    return not trade.fits and not trade.proposal.asks_in and not needs_choice(trade)


def asks_first(trade: Trade) -> bool:
    """Whether the room has to be asked before the proposal is written: for a choice, or for a signature."""
    return needs_choice(trade) or bool(signatures_for(trade, after=trade.asked))


def settle_on_record(
    trade: Trade,
    out: Iterable[Leaving],
    decision: RoomDecision,
    swaps: Sequence[Swap] = (),
    after: Forecast | None = None,
) -> Command:
    """The command that settles a trade as the room said, with the record of it; ``swaps`` were on the table.

    Raises ``Refused`` where it cannot be settled so, Refused where a signature is missing
    or is not that person's to give, PurseError where the purse does not pay: each of them is a Refused.
    """
    going = list(out)
    after = trade.after(going) if after is None else after
    needed = signatures_for(trade, going, decision.breaks, after)
    under = next((need for need in needed if need.right == "under target"), None)
    signoff = decision.signoffs.get(under.key) if under is not None else None
    verdict = decision.verdict if signoff is None else _signed(decision.verdict, signoff)
    command = settled(trade, going, verdict)
    if decision_of(command) is None:
        # A change that leaves a plan below its target no worse decides nothing.
        return command
    if signoff is not None:
        command = replace(command, puts=tuple(_named(put, signoff) for put in command.puts))
    command = on_record(trade, command, going, decision.minutes, swaps, after)
    item_id = trade.proposal.item_id
    command = recorded(trade.state, command, decision.ways, item_id)
    if decision.purse.strip():
        if trade.subject is None:
            raise PurseError("the purse buys one-offs alone")
        away = [each.item_id for each in going if each.stays is None]
        command = attach(command, [spend(trade.state, trade.subject, decision.purse, away)])
    return sign(trade.state, command, needed, decision.signoffs)


def _signed(verdict: Verdict, signoff: Signoff) -> Verdict:
    by = verdict.decided_by if verdict.decided_by.strip() else signoff.who
    because = verdict.because if verdict.because.strip() else signoff.reason
    return replace(verdict, decided_by=by, because=because, signed=True)


def _named(put: Record, signoff: Signoff) -> Record:
    """The signature that stands on every screen is of who signs, which need not be who decided."""
    if isinstance(put, Signature) and put.id < 0 and signoff.who.strip() and signoff.reason.strip():
        return put.model_copy(update={"name": signoff.who.strip()[:SIGNED], "reason": signoff.reason.strip()[:SIGNED]})
    return put


def asked_in(
    state: State,
    request: Command,
    before: Forecast,
    decide: Callable[[Sequence[Needed]], RoomDecision | None] | None = None,
    breaks: Iterable[int] = (),
) -> Command | None:
    """A request (``receive``) and the yes to it as one command; None where it needs a trade, has
    no size yet, or takes signatures that ``decide`` does not give: it makes a decision of what is needed, also for the
    principles (ids) that it ``breaks``.

    ``before`` is the forecast of the present plan. Raises as :func:`settle_on_record` does.
    """
    item = next(put for put in request.puts if isinstance(put, Item))
    if not any(isinstance(put, Size) for put in request.puts):
        return None
    asked = state.overlay(request)
    trade = Trade.of(asked, propose_item(asked, item.id), before)
    if not trade.fits:
        return None
    needed = signatures_for(trade, breaks=breaks, after=trade.asked)
    decision = decide(needed) if decide is not None else None if needed else RoomDecision(Verdict("", "", now()))
    if decision is None:
        return None
    command = settle_on_record(trade, [], decision, after=trade.asked)
    replaced = {(put.table, put.id) for put in command.puts}
    puts = [put for put in request.puts if (put.table, put.id) not in replaced]
    return replace(command, puts=(*puts, *command.puts), label=f"“{item.title}” in")


def fill_unsigned(state: State, before: Forecast) -> Filled:
    """A fill (``fill``) of what takes nobody's signature: the rest waits below the line, to be
    asked for one by one."""
    waits: set[int] = set()
    while True:
        filled = fill(state, before, waits)
        trade = Trade.of(state, propose_point(state, filled.taken), before)
        needed = signatures_for(trade, after=trade.asked) if filled.taken else ()
        more = {need.item_id for need in needed if need.item_id is not None}
        if any(need.right == "over ceiling" for need in needed):
            # The share of all one-offs together: none of them is more at fault than another.
            more |= {entry.item.id for entry in filled.taken if entry.item.slice == ONE_OFF}
        if more <= waits:
            return filled
        waits |= more


def signed_by(
    state: State,
    needed: Iterable[Needed],
    who: str,
    reason: str,
    conditions: str = "",
    review: date | None = None,
) -> dict[Key, Signoff]:
    """What one person signs of these, for one reason: what is theirs to sign, and what nobody holds the right to."""
    if not who.strip() or not reason.strip():
        return {}
    signoff = Signoff(who, reason, conditions, review)
    return {need.key: signoff for need in needed if not need.holder or may(state, who, need.right, need.principle_id)}
