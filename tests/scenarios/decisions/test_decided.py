"""What became of an item by each decision, in words."""

from datetime import date

import pytest

from scenarios.decisions.log import log_of
from scenarios.decisions.log_words import kind_words, way_words
from scenarios.trade.decision_records import attach, decided_by_item, one_offs_taken, with_detail
from store.records import Command
from store.records.negotiation import DecisionDetail, Principle, WayOut
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import decision, move


@pytest.mark.parametrize(
    ("kind", "line", "outcome"),
    [
        ("trade", "in", "in plan"),
        ("fill", "in", "in plan"),
        ("trade", "out", "displaced"),
        ("over-commit", "out", "displaced"),
        ("drop", "out", "taken out of plan"),
        ("close", "out", "done"),
        ("estimate", "resized", "resized to 2.5 ew"),
        ("decline", None, "declined"),
        ("defer", None, "good, not now"),
        ("accept", None, "in plan"),
    ],
)
def test_outcomes(kind, line, outcome):
    state = empty()
    add_item(state, 1, 1.0)
    decision(state, 1, kind=kind, item_id=None if line else 1)
    if line:
        move(state, 1, 1, line, 2.5)
    assert [row.outcome for row in decided_by_item(state)[1]] == [outcome]


def test_a_way_out_is_that_of_the_item_alone():
    state = empty()
    for number in (1, 2, 3):
        add_item(state, number, 1.0)
    decision(state, 1, kind="trade", item_id=1)
    move(state, 1, 1, "in")
    move(state, 1, 2, "resized", 2.5)
    move(state, 1, 3, "out")
    add(state, WayOut(id=1, item_id=1, decision_id=1, kind="pilot"))
    add(state, WayOut(id=2, item_id=3, decision_id=1, kind="partner"))
    outcomes = {key: rows[-1].outcome for key, rows in decided_by_item(state).items()}
    assert outcomes == {1: "answered by pilot", 2: "resized to 2.5 ew", 3: "answered by partner"}


def test_oldest_first_and_the_quarter_in_which_a_one_off_came():
    state = empty()
    add_item(state, 1, 1.0, slice="O", state="done")
    add_item(state, 2, 1.0, slice="O", state="below")
    for number, kind in enumerate(("in", "out", "in"), 1):
        decision(state, number, kind="close" if number == 3 else "trade")
        move(state, number, 1, kind)
    assert [row.decision.id for row in decided_by_item(state)[1]] == [1, 2, 3]
    assert list(one_offs_taken(state)) == [1]


def test_only_a_decision_has_details():
    command = Command("edit", "no decision")
    with pytest.raises(ValueError, match="no decision"):
        attach(command, [DecisionDetail(id=-1, decision_id=0)])
    state = empty()
    made = decision(state, 1)
    twice = with_detail(with_detail(Command("trade", "x", (made,)), present="Ana"), dissent="Ben")
    (detail,) = [put for put in twice.puts if isinstance(put, DecisionDetail)]
    assert (detail.decision_id, detail.present, detail.dissent) == (1, "Ana", "Ben")


def test_a_table_says_what_was_decided_and_by_which_principle():
    state = empty()
    for number, kind in enumerate(("defer", "defer", "defer", "decline"), 1):
        add_item(state, number, 1.0)
        decision(state, number, kind=kind, item_id=number)
    decision(state, 5, kind="accept", item_id=None, title="taken back: “item 1” promised to Acme")
    add(state, Principle(id=1, name="No forks"))
    add(state, WayOut(id=1, item_id=1, decision_id=1, kind="services", amount=4000.0))
    add(state, WayOut(id=2, item_id=2, decision_id=2, kind="sequence", due=date(2027, 4, 15)))
    add(state, WayOut(id=4, item_id=4, decision_id=4, kind="decline", principle_id=1))
    lines = {line.decision.id: line for line in log_of(state)}
    assert [kind_words(lines[number]) for number in range(1, 6)] == [
        "answered another way",
        "put off",
        "good, not now",
        "declined",
        "promise taken back",
    ]
    assert way_words(lines[4].ways[0], state).startswith("decline, by the principle “No forks”")
