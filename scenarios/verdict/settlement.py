"""The room's decision on a trade as one command: what it settles and all that is kept of it.

The order is always the same: the trade is settled, what stood behind it is put on record, ways out are recorded, the
purse pays, and what takes a signature is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from scenarios.decisions.answers import ELSEWHERE, answers_of
from scenarios.plan.departures import Leaving
from scenarios.plan.mix import ONE_OFF
from scenarios.plan.plan import entry_of
from scenarios.requests.ways_out import Way, recorded
from scenarios.rules.one_offs import PurseError, spend
from scenarios.trade.changes import Filled, fill, now
from scenarios.trade.decision import SIGNED, Verdict, settle
from scenarios.trade.decision_records import attach
from scenarios.trade.door import Trade
from scenarios.trade.guard import Guarded
from scenarios.trade.proposals import propose_capacity, propose_item, propose_point
from scenarios.verdict.minutes import Minutes, on_record
from scenarios.verdict.signatures import NeededSignature, Signoff, needed_for, sign
from store.common.errors import Refused
from store.records import Command, Item, Record, Signature, Size, State, TargetFor
from store.records.negotiation import RightKind

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast
    from scenarios.swaps import Swap

#: What tells signatures apart: see :attr:`scenarios.verdict.signatures.NeededSignature.key`.
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


#: What is to be done next with a trade: the room chooses what leaves, it signs, or it is written.
Step = Literal["choose", "sign", "write"]


@dataclass(frozen=True)
class Question:
    """A trade as it is put to the room, with what would leave for it: the steps of the door, each worked out once.

    ``after`` is the forecast with these out; ``breaks`` are the principles (ids) that the room says it breaks, besides
    those on the cards.
    """

    trade: Trade
    out: tuple[Leaving, ...]
    after: Forecast = field(repr=False)
    breaks: tuple[int, ...] = ()

    @classmethod
    def of(
        cls, trade: Trade, out: Iterable[Leaving] = (), after: Forecast | None = None, breaks: Iterable[int] = ()
    ) -> Question:
        """``after`` is ``trade.after(out)``, where the caller has it."""
        going = tuple(out)
        if after is None:
            after = trade.after(going) if going else trade.asked
        return cls(trade, going, after, tuple(breaks))

    @property
    def step(self) -> Step:
        """What comes next. A yes to what fits and takes nobody's signature is written at once."""
        if not self.out and self.trade.needs_choice:
            return "choose"
        return "sign" if self.needed else "write"

    @cached_property
    def needed(self) -> tuple[NeededSignature, ...]:
        """The signatures that the room has to give; empty where it is free to say yes.

        What leaves a plan below its target no worse stays under the mark that stands already, where it asks for nothing
        else.
        """
        needed = needed_for(self.trade, self.out, self.breaks, self.after)
        if self._changes_nothing and all(need.right == "under target" for need in needed):
            return ()
        return needed

    @property
    def _changes_nothing(self) -> bool:
        """Whether a plan below its target gets no worse, and nobody asks for anything else."""
        trade = self.trade
        return not (self.out or trade.fits or trade.proposal.asks_in or trade.needs_choice)

    def settle(self, decision: RoomDecision, swaps: Sequence[Swap] = ()) -> Guarded:
        """The command that settles it as the room said, with the record of it; ``swaps`` were on the table.

        Raises :class:`Refused` where it cannot be settled so, where a signature is missing or is not that person's to
        give, and PurseError, which is one, where the purse does not pay.
        """
        if decision.breaks != self.breaks:
            return replace(self, breaks=decision.breaks).settle(decision, swaps)
        trade, under = self.trade, next((need for need in self.needed if need.right == "under target"), None)
        signoff = decision.signoffs.get(under.key) if under is not None else None
        verdict = decision.verdict if signoff is None else _signed(decision.verdict, signoff)
        try:
            command = settle(trade, self.out, verdict, self.after)
        except Refused:
            if not self._changes_nothing:
                raise
            # It decides nothing, and is written alone, under the mark that stands already.
            return Guarded.of(trade.state, trade.proposal.command, self.after)
        if signoff is not None:
            command = replace(command, puts=tuple(_named(put, signoff) for put in command.puts))
        command = on_record(trade, command, self.out, decision.minutes, swaps, self.after)
        command = recorded(trade.state, command, decision.ways, trade.proposal.item_id)
        if decision.purse.strip():
            if trade.subject is None:
                raise PurseError("the purse buys one-offs alone")
            away = [each.item_id for each in self.out if each.stays is None]
            command = attach(command, [spend(trade.state, trade.subject, decision.purse, away)])
        return Guarded(trade.state, sign(trade.state, command, self.needed, decision.signoffs), self.after)


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
    decide: Callable[[Sequence[NeededSignature]], RoomDecision | None] | None = None,
    breaks: Iterable[int] = (),
) -> Guarded | None:
    """A request (``receive``) and the yes to it as one command; None where it needs a trade, has
    no size yet, or takes signatures that ``decide`` does not give: it makes a decision of what is needed, also for the
    principles (ids) that it ``breaks``.

    ``before`` is the forecast of the present plan. Raises as :meth:`Question.settle` does.
    """
    item = next(put for put in request.puts if isinstance(put, Item))
    if not any(isinstance(put, Size) for put in request.puts):
        return None
    asked = state.overlay(request)
    if before.judged_if(come=[entry_of(asked, item.id)]) < before.plan.target:
        # It is weighed when it is stored.
        return None
    question = Question.of(Trade.of(asked, propose_item(asked, item.id), before), breaks=breaks)
    if decide is not None:
        decision = decide(question.needed)
    else:
        decision = None if question.needed else RoomDecision(Verdict("", "", now()))
    if decision is None:
        return None
    settled = question.settle(decision)
    return received_with(state, request, replace(settled, command=replace(settled.command, label=f"“{item.title}” in")))


def received_with(state: State, request: Command, settled: Guarded) -> Guarded:
    """A request (``receive``) and what was decided about it, on the state that has it already, as one command."""
    replaced = {(put.table, put.id) for put in settled.command.puts}
    puts = [put for put in request.puts if (put.table, put.id) not in replaced]
    joined = replace(settled.command, puts=(*puts, *settled.command.puts))
    return Guarded(state, joined, settled.after)


def filled_for(state: State, before: Forecast, target_for: TargetFor) -> Forecast:
    """The plan that a fill would make, were the target of the whole plan, or of each team."""
    then = before.with_capacity({}, target_for=target_for)
    filled = fill_unsigned(state.overlay(propose_capacity(state, {}, target_for=target_for).command), then)
    return then.with_plan(then.plan.plus(filled.taken))


def fill_unsigned(state: State, before: Forecast, *, go_on: bool = False) -> Filled:
    """A fill (``fill``) of what takes nobody's signature: the rest waits below the line, to be
    asked for one by one; and of what nobody has answered another way."""
    waits: set[int] = set()
    answered = _answered(state)
    while True:
        filled = fill(state, before, waits | answered, go_on=go_on)
        trade = Trade.of(state, propose_point(state, filled.taken), before)
        needed = Question.of(trade).needed if filled.taken else ()
        more = {need.item_id for need in needed if need.item_id is not None}
        if any(need.right == "over ceiling" for need in needed):
            # The share of all one-offs together: none of them is more at fault than another.
            more |= {entry.item.id for entry in filled.taken if entry.item.slice == ONE_OFF}
        if more <= waits:
            return replace(filled, unsigned=len(waits), answered=len(answered))
        waits |= more


def _answered(state: State) -> set[int]:
    """What is below the line since it is answered without the team's work, or put off until after this quarter."""
    items, ends = state.all(Item), state.quarter.ends
    found = set()
    for item_id, answer in answers_of(state).items():
        due = answer.way.due if answer.way is not None else None
        later = answer.kind == "sequence" and due is not None and due > ends
        if items[item_id].state == "below" and (later or answer.kind in ELSEWHERE):
            found.add(item_id)
    return found
