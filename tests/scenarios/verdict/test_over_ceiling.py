"""Above the ceiling already: taking out other work asks for no new signature, more weeks of one-offs do."""

from datetime import date
from fractions import Fraction

import pytest

from scenarios.plan.plan import entry_of
from scenarios.rules.one_offs import gauge_of
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from scenarios.verdict.signatures import needed_for
from store.records import Decision, ItemState, Progress, Slice
from store.records.negotiation import SignedTerms
from tests.scenarios.making import NOON, add, add_item, empty, forecast
from tests.scenarios.swaps.swapping import ceiling


@pytest.mark.parametrize(
    ("bound", "asked", "leaves", "signs"),
    [
        # 4 of 20 ew are one-offs: 20%. What leaves is 6 ew of other work, what asks in 2 ew.
        (10, "F", 2, False),
        (10, "O", 2, True),
        # A one-off that leaves for one of the same weeks.
        (10, "O", 1, False),
        # Below the ceiling before: 4 of 16 is above it then.
        (22, "F", 2, True),
        (30, "F", 2, False),
    ],
)
def test_whose_weeks_count(bound: int, asked: str, leaves: int, signs: bool) -> None:
    state = empty([40.0])
    ceiling(state, bound)
    add_item(state, 1, 2.0, slice="O")
    add_item(state, 2, 6.0, slice="F")
    add_item(state, 3, 2.0, slice="O")
    add_item(state, 4, 10.0, slice="I")
    add_item(state, 90, 2.0, slice=asked, state="inbox")
    trade = Trade.of(state, propose_item(state, 90), forecast(state))
    needed = {need.right for need in needed_for(trade, [entry_of(state, leaves)])}
    assert ("over ceiling" in needed) == signs


@pytest.mark.parametrize(("state_of_first", "signs"), [("plan", False), ("below", True)])
def test_a_signature_covers_more_only_while_its_item_is_in_plan(state_of_first: ItemState, signs: bool) -> None:
    state = empty([40.0])
    ceiling(state, 10)
    add_item(state, 1, 2.0, slice="O", state=state_of_first)
    add_item(state, 2, 16.0, slice="F")
    add_item(state, 90, 2.0, slice="O", state="inbox")
    add(state, Decision(id=1, quarter_id=state.quarter.id, item_id=1, kind="accept", title="item 1", at=NOON))
    given = SignedTerms(
        id=1, decision_id=1, right="over ceiling", name="Eve", reason="key", figure=0.3, bound=0.1, at=NOON
    )
    add(state, given)
    trade = Trade.of(state, propose_item(state, 90), forecast(state))
    needed = {need.right for need in needed_for(trade, [])}
    assert ("over ceiling" in needed) == signs, "what status calls signed for nothing is no licence"


def test_weeks_that_a_one_off_took_count_as_on_the_gauge() -> None:
    """A one-off of 2 ew that took 3 and has 1 left leaves, with 6 ew of other work, for one of 3: by the gauge one-offs
    go from 4 ew to 3, by the likely sizes from 2 to 3."""
    state = empty([40.0], quarter="baselined")
    add(state, state.quarter.model_copy(update={"progress_on": date(2027, 2, 1)}))
    ceiling(state, 10)
    add_item(state, 1, 2.0, slice="O")
    add(state, Progress(id=1, item_id=1, team_id=1, spent=3.0, left=1.0, told_on=date(2027, 2, 1)))
    add_item(state, 2, 6.0, slice="F")
    add_item(state, 4, 10.0, slice="I")
    add_item(state, 90, 3.0, slice="O", state="inbox")
    before = forecast(state)
    assert gauge_of(before.plan.entries, state.each(Slice)).share.value == Fraction(4, 20)
    trade = Trade.of(state, propose_item(state, 90), before)
    leaving = [entry_of(state, 1), entry_of(state, 2)]
    assert gauge_of(trade.after(leaving).plan.entries, state.each(Slice)).share.value == Fraction(3, 13)
    assert "over ceiling" not in {need.right for need in needed_for(trade, leaving)}
