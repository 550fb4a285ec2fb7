"""Which signatures a settlement needs, who may give them, and what stands until it is reviewed or cleared.

There are four exceptions: the plan below its odds target, one-offs over their ceiling, a one-off below the least
return, a principle broken. Exactly at a threshold none is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, written
from scenarios.plan.departures import Leaving
from scenarios.plan.mix import ONE_OFF
from scenarios.plan.plan import Entry
from scenarios.rules.charter import RIGHTS, charter_of, holder_words, holders, may
from scenarios.rules.one_offs import gauge_of, taken_of
from scenarios.rules.returns import card_of, returns_of
from scenarios.trade.changes import DecidedBy, now
from scenarios.trade.decision import SIGNED
from scenarios.trade.decision_records import attach
from scenarios.trade.door import Trade
from scenarios.trade.guard import guard
from store.common.errors import Refused
from store.records import Command, Decision, Item, Signature, Slice, State, new_id
from store.records.negotiation import DecisionDetail, Principle, RightKind, SignedTerms

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


@dataclass(frozen=True)
class NeededSignature:
    """A signature that a settlement needs: for which right, what passes which bound, and who holds the right."""

    right: RightKind
    because: str
    holder: str
    figure: Figure | None = None
    bound: Fraction | None = None
    item_id: int | None = None
    principle_id: int | None = None

    @property
    def key(self) -> tuple[RightKind, int | None, int | None]:
        """What tells signatures apart: the right, and the item or principle that it is given for."""
        return self.right, self.item_id, self.principle_id

    @property
    def words(self) -> str:
        """What is shown: why it takes a signature, and whose."""
        whose = f"signed by {self.holder}" if self.holder else "nobody holds this right in the charter"
        return f"{self.because}: {whose}"


@dataclass(frozen=True)
class Signoff:
    """Who signs, why, on which conditions, and when it is looked at again."""

    who: str
    reason: str
    conditions: str = ""
    review: date | None = None


def signature_words(trade: Trade, out: Iterable[Entry | Leaving]) -> str:
    """Why a set takes signatures, and whose; empty where it takes none."""
    return "; ".join(each.words for each in needed_for(trade, out))


def needed_for(
    trade: Trade, out: Iterable[Entry | Leaving], breaks: Iterable[int] = (), after: Forecast | None = None
) -> tuple[NeededSignature, ...]:
    """The signatures that settling a trade needs when these leave; ``breaks`` are principles that the room says it
    breaks besides those on the cards. ``after`` is ``trade.after(out)``, where the caller has it."""
    after = trade.after(out) if after is None else after
    state = trade.state.overlay(trade.proposal.command)
    coming = _coming(trade, after)
    found = [
        *_under_target(state, after),
        *_over_ceiling(state, trade, after),
        *_below_return(state, trade, coming),
        *_broken(state, coming, breaks, trade.proposal.item_id if trade.proposal.asks_in else None),
    ]
    return tuple(found)


def _coming(trade: Trade, after: Forecast) -> tuple[Entry, ...]:
    """What comes in, or asks to be sized anew, and is in the plan afterwards."""
    ids = {item.id for item in trade.proposal.moves_in} | {trade.proposal.item_id}
    return tuple(entry for entry in after.plan.entries if entry.item.id in ids)


def _under_target(state: State, after: Forecast) -> Iterable[NeededSignature]:
    if not after.fits:
        odds, target = exact(after.judged), exact(after.plan.target)
        inputs = (("target", written(target, "odds")),)
        each = after.plan.each_team
        of = "the team with the lowest odds finishes" if each else "all of it finishes"
        figure = Figure("odds", odds, "odds", f"share of simulated quarters in which {of}", inputs)
        words = f"the odds are {figure.text}, below the target of {written(target, 'odds')}{' of each team' * each}"
        yield NeededSignature("under target", words, holder_words(state, "under target"), figure, target)


def _over_ceiling(state: State, trade: Trade, after: Forecast) -> Iterable[NeededSignature]:
    slices = state.all(Slice).values()
    gauge = gauge_of(after.plan.entries, slices)
    share, ceiling = gauge.share.value, gauge.ceiling
    if not gauge.over or share is None or ceiling is None:
        return
    before = gauge_of(trade.before.plan.entries, slices)
    if share <= (before.share.value or 0) or (before.over and not _more_one_offs(trade, after)):
        # What was too much already, and gets no more, is no new question: neither where other work leaves.
        return
    signed = [
        row
        for row in standing_terms(state)
        # What was signed for an item that has left since covers no other.
        if row.right == "over ceiling" and row.figure is not None and not left_since(signed_item(state, row))
    ]
    if any(exact(float(share)) <= exact(row.figure or 0.0) for row in signed):
        return
    words = f"one-offs would take {gauge.share.text} of the plan, above the ceiling of {written(ceiling, 'share')}"
    yield NeededSignature("over ceiling", words, holder_words(state, "over ceiling"), gauge.share, ceiling)


def _more_one_offs(trade: Trade, after: Forecast) -> bool:
    """Whether one-offs take more weeks than before."""
    then, now = (
        taken_of(entry for entry in plan.entries if entry.item.slice == ONE_OFF)
        for plan in (trade.before.plan, after.plan)
    )
    return now > then


def _below_return(state: State, trade: Trade, coming: Iterable[Entry]) -> Iterable[NeededSignature]:
    charter = charter_of(state)
    if charter.rate is None:
        # Without a rate there is no full cost to compare with; the charter's gaps say so.
        return
    least = exact(charter.least_return)
    before = {entry.item.id: entry for entry in trade.before.plan.entries}
    for entry in coming:
        if entry.item.slice != ONE_OFF:
            continue
        ratio = returns_of(state, entry).ratio
        if ratio.value is not None and ratio.value >= least:
            continue
        if entry.item.id in before and before[entry.item.id].item.slice == ONE_OFF:
            was = returns_of(trade.state, before[entry.item.id]).ratio.value
            if was == ratio.value or (was is not None and ratio.value is not None and ratio.value > was):
                continue
        what = f"returns {ratio.text}" if ratio.known else "has no known return"
        words = f"“{entry.item.title}” {what}, below the least return of {written(least, 'times')}"
        yield NeededSignature("below return", words, holder_words(state, "below return"), ratio, least, entry.item.id)


def _broken(
    state: State, coming: Iterable[Entry], breaks: Iterable[int], asked: int | None
) -> Iterable[NeededSignature]:
    # What the room says is said of the request on the table, or else of the plan.
    broken: dict[int, int | None] = dict.fromkeys(breaks, asked)
    for entry in coming:
        card = card_of(state, entry.item.id)
        if card is not None and card.principle_id is not None and card.stance == "breaks":
            broken[card.principle_id] = entry.item.id
    for principle_id, item_id in sorted(broken.items()):
        signed = any(
            (row.right, row.principle_id, row.item_id) == ("break a principle", principle_id, item_id)
            for row in standing_terms(state)
        )
        if not signed:
            words = f"it breaks the principle “{state.all(Principle)[principle_id].name}”"
            holder = holder_words(state, "break a principle", principle_id)
            yield NeededSignature("break a principle", words, holder, item_id=item_id, principle_id=principle_id)


# ------------------------------------------------------------------ signing


def sign(
    state: State,
    command: Command,
    needed: Sequence[NeededSignature],
    signoffs: Mapping[tuple[RightKind, int | None, int | None], Signoff],
) -> Command:
    """The settled command with the terms of each signature, by :attr:`Needed.key`.

    Raises :class:`Refused` where one is missing, has no name or no reason, or the right is held by others.
    """
    terms = []
    for need in needed:
        signoff = signoffs.get(need.key, Signoff("", ""))
        if refused := refusal(state, need, signoff):
            raise Refused(refused)
        signature = next((put for put in command.puts if isinstance(put, Signature) and put.id < 0), None)
        terms.append(
            SignedTerms(
                id=new_id(),
                decision_id=0,
                right=need.right,
                name=signoff.who.strip()[:SIGNED],
                reason=signoff.reason.strip()[:SIGNED],
                conditions=signoff.conditions,
                review=signoff.review,
                figure=None if need.figure is None else need.figure.amount,
                bound=None if need.bound is None else float(need.bound),
                at=_at(command),
                signature_id=signature.id if need.right == "under target" and signature is not None else None,
                principle_id=need.principle_id,
                item_id=need.item_id,
            )
        )
    return attach(command, terms) if terms else command


def refusal(state: State, need: NeededSignature, signoff: Signoff) -> str:
    """Why this signature cannot be given so, as a sentence; empty where it can."""
    if not signoff.who.strip() or not signoff.reason.strip():
        return f"{need.because}: that takes a name and a reason"
    if need.holder and not may(state, signoff.who, need.right, need.principle_id):
        return f"{need.because}: {signoff.who.strip()} may not {RIGHTS[need.right]}; {need.holder} may"
    return ""


def _at(command: Command) -> datetime:
    return next((put.at for put in command.puts if isinstance(put, Decision)), None) or now()


def warnings(state: State, needed: Iterable[NeededSignature]) -> tuple[str, ...]:
    """A sentence for each signature whose right nobody holds."""
    return tuple(
        f"Nobody holds the right to {RIGHTS[need.right]}."
        for need in needed
        if not holders(state, need.right, need.principle_id)
    )


# ------------------------------------------------------------------ what stands


def signed_item(state: State, terms: SignedTerms) -> Item | None:
    """What the decision was about that an exception was signed in; none where it was about no item."""
    return state.all(Item).get(state.all(Decision)[terms.decision_id].item_id or 0)


def left_since(item: Item | None) -> bool:
    """Whether an item is neither in plan nor done any more."""
    return item is not None and item.state not in ("plan", "done")


def standing_terms(state: State) -> tuple[SignedTerms, ...]:
    """The exceptions that were signed for and not cleared.

    A signature ends when the plan fits again, and what was signed for of one quarter's plan ends with the quarter; a
    broken principle stands until somebody clears it.
    """
    signatures, decisions, quarter = state.all(Signature), state.all(Decision), state.quarter.id
    found = []
    for row in state.each(SignedTerms):
        signature = signatures.get(row.signature_id) if row.signature_id is not None else None
        ended = row.cleared_id is not None or (signature is not None and signature.cleared_at is not None)
        past = row.right != "break a principle" and decisions[row.decision_id].quarter_id != quarter
        if not ended and not past:
            found.append(row)
    return tuple(found)


def review(
    state: State, terms: SignedTerms, said: DecidedBy, before: Forecast, again: date | None = None, conditions: str = ""
) -> Command:
    """Somebody looked at an exception and lets it stand, until ``again``; a decision of its own.

    Raises :class:`Refused` without a name and a reason, or where it stands no longer.
    """
    decision, detail = _about(state, terms, said, before, "reviewed", conditions, again)
    update = {"reviewed_id": decision.id, "review": again, "conditions": conditions or terms.conditions}
    puts = (decision, detail, terms.model_copy(update=update))
    return Command("review", f"reviewed: {_words(terms)}", puts)


def clear(state: State, terms: SignedTerms, said: DecidedBy, before: Forecast) -> Command:
    """An exception stands no longer; a decision of its own. A plan that is still below its target is an open shortfall.

    Raises :class:`Refused` without a name and a reason, or where it stands no longer.
    """
    decision, detail = _about(state, terms, said, before, "cleared", "", None)
    puts = [decision, detail, terms.model_copy(update={"cleared_id": decision.id})]
    if terms.signature_id is not None:
        signature = state.all(Signature)[terms.signature_id]
        puts.append(signature.model_copy(update={"cleared_at": decision.at}))
    command = Command("clear", f"cleared: {_words(terms)}", tuple(puts))
    return guard(state, command, f"the signature of {terms.name} was cleared", decision.at, before)


def _about(
    state: State, terms: SignedTerms, said: DecidedBy, before: Forecast, word: str, conditions: str, again: date | None
) -> tuple[Decision, DecisionDetail]:
    if not said.by.strip() or not said.because.strip():
        raise Refused("that takes a name and a reason: it is a decision like any other")
    if all(row.id != terms.id for row in standing_terms(state)):
        raise Refused("this exception stands no longer")
    decision = Decision(
        id=new_id(),
        quarter_id=state.quarter.id,
        at=now(),
        kind="accept",
        title=f"{_words(terms)}: {word}",
        decided_by=said.by,
        because=said.because,
        odds_before=before.odds,
        odds_after=before.odds,
    )
    detail = DecisionDetail(
        id=new_id(), decision_id=decision.id, conditions=conditions, review=again, about_id=terms.decision_id
    )
    return decision, detail


def _words(terms: SignedTerms) -> str:
    return f"{terms.name}'s signature to {RIGHTS[terms.right]}"
