"""Memos and promises of a quarter that runs: what is done, begun and left."""

from datetime import date

from scenarios.decisions.log import log_of
from scenarios.decisions.log_words import figure_words
from scenarios.memos import executives_memo, meeting_on
from scenarios.memos.change_words import change_lines
from scenarios.rules.commitments import parts_of
from store.records import Item
from store.records.negotiation import Commitment, DecisionDetail
from tests.scenarios.making import NOON, add, planned
from tests.scenarios.negotiating import decision
from tests.scenarios.odds.running_making import runs, told
from tests.scenarios.snapshots.snapshotting import copied


def test_what_was_finished_and_what_was_in_it_are_told_by_hand_made_states():
    began = runs(planned([2.0, 3.0, 1.0]), told(2, 0.4))
    ended = copied(began)
    add(ended, told(1, 1.6, done=True), told(2, 1.2), told(3, 1.0, done=True, counted=False))
    add(ended, ended.all(Item)[2].model_copy(update={"state": "below"}))
    decision(ended, 1, kind="drop", title="item 2", item_id=2, at=NOON, quarter_id=1)
    meeting = meeting_on(began, ended, NOON.date())
    assert change_lines(meeting) == [
        "Done on 2027-02-01: “item 1”, planned 2.0 ew, took 1.6 ew",
        "Done on 2027-02-01: “item 3”, planned 1.0 ew, what it took is not counted",
        "Taken out: “item 2”, 3.0 ew (1.2 ew already in it, 1.8 ew left)",
    ]
    said = executives_memo(meeting, "$effort")
    # Before, 2.0 + (3.0 - 0.4) + 1.0 were left; all that is planned after is done.
    assert "planned: 6.0 → 3.0 of" in said
    assert "left of it: 5.6 → 0.0 ew, with " in said


def test_a_promise_is_kept_by_finishing_its_item_while_the_quarter_runs():
    state = runs(planned([2.0, 3.0]), told(1, 1.6, done=True))
    for number, due in ((1, date(2027, 2, 5)), (2, date(2027, 1, 29))):
        add(state, Commitment(id=number, item_id=number, kind="promised", who="Acme", due=due))
    add(state, Commitment(id=3, item_id=1, kind="promised", who="Bolt", due=date(2027, 1, 29)))
    parts = dict(parts_of(state))
    today = date(2027, 3, 1)
    assert [each.commitment.id for each in parts["PROMISED, DONE"]] == [3, 1]
    assert [each.said(today) for each in parts["PROMISED, DONE"]] == [
        ("It was done on 2027-02-01, after its day, 2027-01-29.",),
        ("It was done on 2027-02-01.",),
    ]
    (still,) = parts["PROMISED, IN PLAN"]
    assert (still.past(today), still.where) == (True, "in plan")


def test_a_decision_says_that_its_load_is_of_the_whole_quarter_once_this_runs():
    """Its odds are of what is left, so the two are told apart."""
    for state, name in ((planned([2.0, 3.0]), "load"), (runs(planned([2.0, 3.0])), "load of the whole quarter")):
        decision(state, 1, kind="drop", title="item 2", item_id=2, at=NOON, quarter_id=1)
        add(state, DecisionDetail(id=1, decision_id=1, load_before=5.0, load_after=2.0))
        (line,) = log_of(state)
        assert (name, "5.0 → 2.0 ew") in figure_words(state, line)
