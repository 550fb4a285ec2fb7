"""Closing a quarter with what its look-back needs: an outcome for each item of its plan, and how deals ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from scenarios.compare.baseline import since_baseline
from scenarios.graded.answers import ToldAnswer
from scenarios.plan.plan import Entry, entries_of
from scenarios.quarter.close import Ending, close_quarter
from scenarios.requests.deal_ends import deal_end_of, end_deal, open_deals
from scenarios.rules.returns import request_of
from scenarios.snapshots.item_matches import match_items
from scenarios.snapshots.record import agreed_plan
from scenarios.snapshots.thaw import forecast_of_frozen
from scenarios.trade.changes import DecidedBy
from scenarios.trade.decision_records import way_by_item
from scenarios.trade.trials import TRIALS
from store.records import Became, Command, Decision, Outcome, State, new_id
from store.records.negotiation import DealEnd, DealOutcome, WayOut

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


def close_and_grade(
    state: State,
    ending: Ending,
    before: Forecast,
    said: DecidedBy = DecidedBy(),  # noqa: B008 - frozen
    answers: Mapping[int, ToldAnswer] | None = None,
    deals: Mapping[int, DealOutcome] | None = None,
    today: date | None = None,
) -> Command:
    """Close the present quarter as one step, and keep what became of its plan.

    ``answers`` and ``deals`` are by item id what is known of what was finished, and how deals ended ``today``. Raises
    :class:`Refused` as :func:`~scenarios.quarter.close.close_quarter` does, and where there is no such deal.
    """
    command = close_quarter(state, ending, before, said)
    known = answers or {}
    outcomes = outcomes_of(state, ending)
    puts = [_told(row, known.get(row.item_id or 0)) for row in outcomes]
    ends = [
        put
        for item_id, outcome in (deals or {}).items()
        for put in end_deal(state, item_id, outcome, today or date.today(), None, "").puts
    ]
    return replace(command, puts=(*command.puts, *puts, *ends))


def _told(row: Outcome, answer: ToldAnswer | None) -> Outcome:
    if row.became != "done" or answer is None:
        return row
    return row.model_copy(update={"use": answer.use, "users": answer.users, "validated": answer.validated})


def known_before(state: State) -> dict[int, ToldAnswer]:
    """By item id, what the record says of planned items already: a pilot or a proof of concept validated them."""
    proved: dict[int, ToldAnswer] = {}
    for row in state.each(WayOut):
        if row.kind in TRIALS:
            proved[row.item_id] = ToldAnswer(validated=True)
    return {entry.item.id: proved.get(entry.item.id, ToldAnswer()) for entry in entries_of(state, "plan")}


def open_deals_of(state: State) -> list[Entry]:
    """The planned items that were asked for in a deal of which nobody has said how it ended."""
    found = []
    for entry in entries_of(state, "plan"):
        request = request_of(state, entry.item.id)
        if request is not None and request.deal_amount is not None and deal_end_of(state, entry.item.id) is None:
            found.append(entry)
    return found


def still_open(state: State, command: Command) -> tuple[str, ...]:
    """The titles of the deals that were to end by now, and of which a close does not say how they did."""
    said = tuple(put for put in command.puts if isinstance(put, DealEnd))
    return open_deals(state.overlay(Command("deal", "", said)))


def outcomes_of(state: State, ending: Ending, *, odds: bool = True) -> list[Outcome]:
    """What became of each item of the plan as the present quarter ends, and of its baseline: what is in plan by rank,
    then what left it; with the item odds at the baseline, unless nobody asks for ``odds``."""
    quarter, number = state.quarter, state.number_of(state.quarter)
    baseline = _Baseline(state, odds)
    known = known_before(state)
    found = []
    for entry in entries_of(state, "plan"):
        item = entry.item
        done = ending.finishes(entry)
        found.append(
            Outcome(
                id=new_id(),
                quarter=quarter.name,
                number=number,
                title=item.title,
                item_id=item.id,
                slice=item.slice,
                became="done" if done else "unfinished",
                planned=None if quarter.state == "draft" else item.baselined,
                baseline_ew=baseline.ew.get(item.id) if item.baselined else None,
                ew=entry.ew if entry.sizes else None,
                odds=baseline.odds.get(item.id) if item.baselined else None,
                validated=known[item.id].validated if done else None,
            )
        )
    return [*found, *_gone(state, baseline)]


def _gone(state: State, baseline: _Baseline) -> Iterator[Outcome]:
    """What was in the baseline and left the plan before the end."""
    if baseline.frozen is None:
        return
    quarter, number, ways = state.quarter, state.number_of(state.quarter), way_by_item(state)
    for row in since_baseline(state, baseline.frozen).gone:
        item = row.entry.item if row.entry is not None else None
        sequenced = item is not None and item.id in ways and ways[item.id].kind == "sequence"
        yield Outcome(
            id=new_id(),
            quarter=quarter.name,
            number=number,
            title=row.title,
            item_id=item.id if item is not None else None,
            slice=item.slice if item is not None else None,
            became=_left(row.decision, sequenced),
            planned=True,
            baseline_ew=row.ew,
            odds=baseline.odds.get(item.id) if item is not None else None,
            decided_by=row.decision.decided_by if row.decision is not None else "",
        )


def _left(decision: Decision | None, sequenced: bool) -> Became:
    return "deferred" if sequenced or (decision is not None and decision.kind == "defer") else "dropped"


class _Baseline:
    """The agreed plan of the present quarter: sizes (ew) and item odds by item id; empty where there is none."""

    def __init__(self, state: State, with_odds: bool) -> None:
        # A quarter that was never agreed on has none, whatever an earlier plan of it kept.
        self.frozen = None if state.quarter.state == "draft" else agreed_plan(state, state.quarter)
        self.ew: dict[int, float] = {}
        self.odds: dict[int, float] = {}
        if self.frozen is None:
            return
        odds = forecast_of_frozen(self.frozen).item_odds if with_odds else None
        here = match_items(self.frozen, state)
        for at, (key, item) in enumerate(self.frozen.ranked, 1):
            if key in here:
                self.ew[here[key]] = item.ew
                if odds is not None:
                    self.odds[here[key]] = odds[at]
