"""What happened since somebody was here last, and what waits for somebody to act: for the one who comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scenarios.rules.commitments import Promise, promises
from scenarios.verdict.exceptions import StandingException
from store.records import Decision, DecisionKind, Item, Move, Shortfall, State
from store.records.negotiation import DealEnd

#: What became of what a decision is about, where nothing moved by it.
_SAID: Mapping[DecisionKind, str] = {"decline": "declined", "defer": "good, not now"}
#: Decisions that are told one by one, the latest of them.
_TOLD = 12


@dataclass(frozen=True)
class Digest:
    """``decided`` and ``ended`` are new; ``due``, ``at_risk`` and ``shortfall`` stand, new or not."""

    since: datetime
    decided: tuple[Decision, ...]
    #: each deal with the title of its item
    ended: tuple[tuple[str, DealEnd], ...]
    due: tuple[StandingException, ...]
    at_risk: tuple[Promise, ...]
    shortfall: Shortfall | None
    #: whether any of it was not there when somebody was here last
    news: bool
    #: what became of the item of each that was decided, by the decision's id, where its title does not say that
    became: Mapping[int, str]

    def lines(self, today: date) -> list[str]:
        """As headings and lines, those without anything left out; a sentence where there is nothing at all."""
        found = [*self._decided(), *self._waiting(today)]
        return found[:-1] if found else ["Nothing was decided since, and nothing waits for anybody."]

    def _decided(self) -> Iterator[str]:
        if self.decided:
            yield "DECIDED"
            if len(self.decided) > _TOLD:
                yield f"  {len(self.decided) - _TOLD:,} decisions before these"
            for each in self.decided[-_TOLD:]:
                became = f": {words}" if (words := self.became.get(each.id)) else ""
                by = f" ({each.decided_by})" if each.decided_by else ""
                yield f"  {each.at.astimezone():%a %d %b %H:%M}  {each.title}{became}{by}"
            yield ""
        if self.ended:
            yield "DEALS THAT ENDED"
            yield from (f"  {end.ended:%d %b}  {end.outcome}: {title}" for title, end in self.ended)
            yield ""

    def _waiting(self, today: date) -> Iterator[str]:
        if self.due:
            yield "REVIEWS DUE"
            yield from (f"  {each.sentence}" for each in self.due)
            yield ""
        if self.at_risk:
            yield "PROMISES AT RISK"
            yield from (f"  {each.words}. {next(iter(each.said(today)), '')}".rstrip() for each in self.at_risk)
            yield ""
        if self.shortfall is not None:
            yield "OPEN SHORTFALL"
            yield f"  since {self.shortfall.at.astimezone():%d %b}: {self.shortfall.cause}"
            yield ""


def digest_of(
    state: State,
    exceptions: Sequence[StandingException],
    shortfall: Shortfall | None,
    since: datetime,
    today: date,
) -> Digest:
    """What there is to tell today; ``exceptions`` and ``shortfall`` are those that stand."""
    was, items = since.astimezone(), state.all(Item)
    decided = sorted((each for each in state.all(Decision).values() if each.at.astimezone() > was), key=_order)
    ended = sorted((each for each in state.each(DealEnd) if each.ended > was.date()), key=lambda each: each.ended)
    due = tuple(each for each in exceptions if each.due)
    at_risk = tuple(each for each in promises(state) if each.open and (each.late or each.past(today)))
    new_due = any(each.terms.review is not None and each.terms.review > was.date() for each in due)
    new_past = any(each.past(today) and not each.past(was.date()) for each in at_risk)
    opened = shortfall is not None and shortfall.at.astimezone() > was
    return Digest(
        since,
        tuple(decided),
        tuple((items[each.item_id].title, each) for each in ended),
        due,
        at_risk,
        shortfall,
        bool(decided or ended or new_due or new_past or opened),
        _became(state, decided),
    )


def _became(state: State, decided: Sequence[Decision]) -> dict[int, str]:
    items = {each.id: each.item_id for each in decided if each.item_id is not None}
    words = {each.id: _SAID[each.kind] for each in decided if each.id in items and each.kind in _SAID}
    for move in state.all(Move).values():
        if move.item_id is not None and items.get(move.decision_id) == move.item_id and move.kind in ("in", "out"):
            words.setdefault(move.decision_id, "in" if move.kind == "in" else "out of plan")
    return words


def _order(decision: Decision) -> tuple[datetime, int]:
    return decision.at.astimezone(), decision.id
