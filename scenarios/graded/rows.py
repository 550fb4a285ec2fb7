"""The rows of a look-back: each item of a finished quarter with all that the record says of it, and nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from scenarios.figures.names import plain_name
from scenarios.figures.sizes import DAYS_PER_EW, parse_size, shirts_of
from scenarios.plan.mix import ONE_OFF
from scenarios.rules.returns import AskRecord
from scenarios.trade.decision_records import Decided, decided_by_item
from scenarios.trade.trials import trials_by_item
from store.common.errors import Refused
from store.records import Actual, Decision, Outcome, Quarter, State
from store.records.negotiation import DealEnd, DealOutcome

#: As askers write a size: "3 days", "2 weeks", "1.5 ew".
_CLAIMED = re.compile(r"(?:about |ca\.? |~)?(\d+(?:\.\d+)?) ?(days?|weeks?|ew|engineer-weeks?)", re.IGNORECASE)


@dataclass(frozen=True)
class Deal:
    """What was promised in money and by when, and how it ended; ``outcome`` None: not known, or open."""

    amount: float | None
    closes: date | None
    outcome: DealOutcome | None
    ended: date | None
    signed: float | None
    asked: date | None

    @property
    def before_asked(self) -> bool:
        """Whether it is said to have ended before it was asked for."""
        return self.ended is not None and self.asked is not None and self.ended < self.asked


@dataclass(frozen=True)
class Trial:
    """A pilot or a proof of concept that was agreed on, or ended, in the quarter: whether its success test was met, by
    how many of its customers; None: not known."""

    kind: str
    test: str
    customers: int | None
    met: bool | None
    met_by: int | None
    ended: date | None


@dataclass(frozen=True)
class GradedItem:
    """An item of a finished quarter. ``took`` is counted, in ew; ``claimed`` what its asker said. ``decision`` let it
    in where that is on record, ``by`` says who, or who took it out."""

    outcome: Outcome
    took: float | None
    asked_by: str
    claimed: float | None
    deal: Deal | None
    decision: Decision | None
    by: str
    trial: Trial | None

    @property
    def title(self) -> str:
        """What it is called."""
        return self.outcome.title or "without a title"

    @property
    def done(self) -> bool:
        """Whether it was finished in the quarter."""
        return self.outcome.became == "done"

    @property
    def effort(self) -> float | None:
        """What it took, in ew; where nobody counted, its estimate; None where there is neither."""
        return self.took if self.took is not None else self.outcome.ew

    @property
    def baseline_ew(self) -> float | None:
        """Its size in the baseline, in ew; where nobody kept it, that in the end."""
        row = self.outcome
        return row.baseline_ew if row.baseline_ew is not None else row.ew

    # Each test: True where it is met, False where it is not, None where that is not known or does not apply.

    @property
    def unplanned(self) -> bool | None:
        """Whether it was not in plan at the baseline."""
        return None if self.outcome.planned is None else not self.outcome.planned

    @property
    def narrow(self) -> bool | None:
        """Whether nobody, or one or two, use what was meant for more: a one-off is not."""
        row = self.outcome
        if row.slice == ONE_OFF:
            return False
        return None if row.use is None or row.slice is None else row.use != "more"

    @property
    def unvalidated(self) -> bool | None:
        """Whether it was built without validation."""
        return None if self.outcome.validated is None else not self.outcome.validated

    @property
    def not_won(self) -> bool | None:
        """Whether the deal that it was for was lost or withdrawn."""
        return None if self.deal is None or self.deal.outcome is None else self.deal.outcome != "won"

    @property
    def lacks(self) -> tuple[str, ...]:
        """What of a finished item is not known yet."""
        row = self.outcome
        found = ["who uses it"] if row.use is None else []
        found += ["whether it was validated first"] if row.validated is None else []
        return (*found, *(["how its deal ended"] if self.deal is not None and self.deal.outcome is None else []))


@dataclass(frozen=True)
class QuarterToGrade:
    """A quarter that can be looked back at; ``spellings`` are all names that the record has for it."""

    number: int
    name: str
    spellings: tuple[str, ...]
    quarter: Quarter | None


def quarters_on_record(state: State) -> list[QuarterToGrade]:
    """The finished quarters of which the record has items, oldest first."""
    closed = {state.number_of(row): row for row in state.each(Quarter) if row.state == "closed"}
    names: dict[int, list[str]] = {}
    rows: Iterable[Actual | Outcome] = (*state.each(Outcome), *state.each(Actual))
    for row in rows:
        names.setdefault(row.number, []).append(row.quarter)
    found = []
    for number, spelled in sorted(names.items()):
        own = closed.get(number)
        name = own.name if own is not None else spelled[0]
        found.append(QuarterToGrade(number, name, tuple(dict.fromkeys((name, *spelled))), own))
    return found


def rows_until(state: State, until: int) -> list[GradedItem]:
    """All items of finished quarters up to the number ``until``, by quarter, in the order of the record."""
    found = [*_Reading(state, until).rows()]
    return sorted(found, key=lambda row: (row.outcome.number, row.outcome.id < 0, abs(row.outcome.id)))


class _Reading:
    """What the record says beside the outcomes."""

    def __init__(self, state: State, until: int) -> None:
        self._state = state
        self._outcomes = [row for row in state.each(Outcome) if row.number <= until]
        self._asked = AskRecord(state)
        self._ends = {row.item_id: row for row in state.each(DealEnd)}
        self._decided = decided_by_item(state)
        self._quarters = {state.number_of(row): row for row in state.each(Quarter)}
        self._baselines = {row.quarter_id: row for row in state.each(Decision) if row.kind == "baseline"}
        self._decision_quarters = {row.id: row.quarter_id for row in state.each(Decision)}
        self._trials = trials_by_item(state)
        self._actuals: dict[tuple[int, str], list[Actual]] = {}
        for row in state.each(Actual):
            if row.number <= until and row.actual > 0:
                # What has no title is none of another's parts.
                key = plain_name(row.title) or f"\n{row.id}"
                self._actuals.setdefault((row.number, key), []).append(row)

    def rows(self) -> Iterator[GradedItem]:
        """Those with an outcome, then what the record of estimates alone has."""
        told = set()
        for outcome in self._outcomes:
            key = (outcome.number, plain_name(outcome.title))
            told.add(key)
            yield self._here(outcome) if outcome.item_id is not None else self._filed(outcome, key)
        for at, (key, parts) in enumerate(self._actuals.items(), 1):
            if key not in told:
                first = parts[0]
                bare = Outcome(id=-at, quarter=first.quarter, number=first.number, title=first.title)
                yield self._filed(bare, key)

    def _filed(self, outcome: Outcome, key: tuple[int, str]) -> GradedItem:
        """A row of a file, which says all itself."""
        parts = self._actuals.get(key, ())
        counted = sum(part.actual for part in parts) if parts and all(part.counted for part in parts) else None
        if parts and outcome.ew is None:
            outcome = outcome.model_copy(update={"ew": sum(part.estimate for part in parts)})
        told = (outcome.deal_amount, outcome.deal_closes, outcome.deal, outcome.deal_ended, outcome.deal_signed)
        deal = None if all(one is None for one in told) else Deal(*_deal(outcome), outcome.asked_on)
        took = counted if parts else outcome.took
        trial = None
        if outcome.test_met is not None:
            result = outcome.test_customers, outcome.test_met, outcome.test_met_by
            trial = Trial("not known which", "", *result, None)
        return GradedItem(outcome, took, outcome.asked_by, outcome.claimed, deal, None, outcome.decided_by, trial)

    def _here(self, outcome: Outcome) -> GradedItem:
        """An item of a quarter that was closed here."""
        item_id = outcome.item_id or 0
        request, end = self._asked.requests.get(item_id), self._ends.get(item_id)
        deal = None
        if request is not None and (request.deal_amount is not None or end is not None):
            asked = request.received_at.date()
            deal = Deal(request.deal_amount, request.deal_closes, None, None, None, asked)
            if end is not None:
                deal = replace(deal, outcome=end.outcome, ended=end.ended, signed=end.amount)
        decision = self._let_in(outcome)
        return GradedItem(
            outcome,
            self._asked.took.get(item_id) if outcome.became == "done" else None,
            request.asked_by if request is not None else "",
            _claimed_ew(self._state, request.claimed) if request is not None else None,
            deal,
            decision,
            outcome.decided_by or (decision.decided_by if decision is not None else ""),
            self._trial(outcome),
        )

    def _trial(self, outcome: Outcome) -> Trial | None:
        """The last trial of an item, where it was agreed on or ended in the quarter."""
        way, quarter = self._trials.get(outcome.item_id or 0), self._quarters.get(outcome.number)
        if way is None or quarter is None:
            return None
        agreed = self._decision_quarters.get(way.decision_id or 0) == quarter.id
        if not agreed and not (way.ended is not None and quarter.starts <= way.ended <= quarter.ends):
            return None
        return Trial(way.kind, way.test, way.customers, way.met, way.met_by, way.ended)

    def _let_in(self, outcome: Outcome) -> Decision | None:
        """The last decision that brought it into the quarter's plan, else that which agreed on the baseline."""
        quarter = self._quarters.get(outcome.number)
        rows: tuple[Decided, ...] = self._decided.get(outcome.item_id or 0, ())
        came = [row.decision for row in rows if row.came_in and quarter is not None and row.quarter.id == quarter.id]
        if came:
            return came[-1]
        return self._baselines.get(quarter.id) if quarter is not None and outcome.planned else None


def _deal(row: Outcome) -> tuple[float | None, date | None, DealOutcome | None, date | None, float | None]:
    return row.deal_amount, row.deal_closes, row.deal, row.deal_ended, row.deal_signed


def _claimed_ew(state: State, text: str) -> float | None:
    """A claimed size in ew, where the words are one."""
    if (match := _CLAIMED.fullmatch(text.strip())) is not None:
        weeks = float(match[1])
        return weeks / DAYS_PER_EW if match[2].lower().startswith("d") else weeks
    try:
        return parse_size(text, shirts_of(state)).likely
    except Refused:
        return None
