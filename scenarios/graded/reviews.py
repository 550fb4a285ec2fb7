"""Decisions whose review day has come: what was expected of each, what is known now, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scenarios.decisions.log import LogLine, log_of
from scenarios.figures.amounts import odds_percent
from scenarios.figures.sizes import format_ew
from scenarios.rules.one_offs import STATES
from scenarios.trade.changes import DecidedBy, now
from scenarios.trade.decision_records import took_by_item
from store.common.errors import Refused
from store.common.text import clean, short
from store.records import Command, Decision, Item, Outcome, State, new_id
from store.records.negotiation import DealEnd, DecisionDetail


@dataclass(frozen=True)
class ReviewDue:
    """A decision to be looked at again since ``day``; what was ``expected`` then, and what is ``known`` now."""

    line: LogLine
    day: date
    expected: str
    known: str


def reviews_due(state: State, today: date) -> tuple[ReviewDue, ...]:
    """Those that nobody has looked at since, longest due first; signed exceptions have a review of their own."""
    looked = {row.about_id for row in state.each(DecisionDetail) if row.about_id is not None}
    took = took_by_item(state)
    found = []
    for line in log_of(state):
        day = line.detail.review if line.detail is not None else None
        if day is not None and day <= today and line.decision.id not in looked and not line.terms:
            found.append(ReviewDue(line, day, _expected(line), _known(state, line, took)))
    return tuple(sorted(found, key=lambda row: (row.day, row.line.decision.id)))


def _expected(line: LogLine) -> str:
    row = line.decision
    parts = [row.because] if row.because else []
    if row.odds_after is not None:
        parts.append(f"odds {odds_percent(row.odds_after)}")
    if line.detail is not None and line.detail.conditions:
        parts.append(f"on condition: {line.detail.conditions}")
    return "; ".join(parts) or "nothing was written down"


def _known(state: State, line: LogLine, took: dict[int, float]) -> str:
    key = line.decision.item_id
    if key is None:
        return "it was about no single item"
    item = state.all(Item)[key]
    parts = [STATES[item.state] + (f", took {format_ew(took[key])} ew" if key in took else "")]
    for row in state.each(Outcome):
        if row.item_id == key and row.use is not None:
            parts.append(f"used by {row.use if row.users is None else row.users}")
    parts += [f"deal {row.outcome}" for row in state.each(DealEnd) if row.item_id == key]
    return "; ".join(parts)


def review_decision(
    state: State, decision_id: int, said: DecidedBy, odds: float, again: date | None, conditions: str
) -> Command:
    """Somebody looked at a decision again: it stands until ``again``, with other conditions where some are given, or,
    without a day, it is closed. A decision of its own, at these odds (0..1). Raises :class:`Refused`."""
    due = next((row for row in reviews_due(state, date.max) if row.line.decision.id == decision_id), None)
    if due is None:
        raise Refused(f"decision {decision_id} waits for no review", "because")
    if not said.by.strip() or not said.because.strip():
        raise Refused("that takes a name and a reason: it is a decision like any other", "by")
    old = due.line.detail
    kept = clean(conditions, multiline=True) or (old.conditions if old is not None else "")
    word = "reviewed, closed" if again is None else f"reviewed, stands until {again.isoformat()}"
    decision = Decision(
        id=new_id(),
        quarter_id=state.quarter.id,
        at=now(),
        kind="accept",
        title=f"{short(due.line.decision.title, 120)}: {word}",
        item_id=due.line.decision.item_id,
        decided_by=said.by,
        because=said.because,
        odds_before=odds,
        odds_after=odds,
    )
    detail = DecisionDetail(id=new_id(), decision_id=decision.id, conditions=kept, review=again, about_id=decision_id)
    return Command("review", f"reviewed: {short(due.line.decision.title, 60)}", (decision, detail))
