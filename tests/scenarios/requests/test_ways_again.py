"""Ways out asked once more: as JSON for a draft or another seat, on a plan that changed; and what tells marks apart."""

import json
from dataclasses import replace

import pytest

from scenarios.figures.sizes import Range
from scenarios.plan.departures import Leaving, key_of
from scenarios.plan.plan import entry_of
from scenarios.requests.ways_out import Way, leaving_by, propose_way, recorded
from scenarios.requests.ways_resumption import ask_with, asked_again, asked_with, shown_with
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.decision_records import decided_by_item
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.common.errors import Refused
from store.records import Item, Size
from tests.scenarios.making import NOON, forecast
from tests.scenarios.negotiating import stored
from tests.scenarios.requests.test_ways_out import GOOD, TAKES, state  # noqa: F401


def sizes_of(trade):
    return {size.team_id: (size.low, size.likely, size.high) for size in trade.subject.sizes}


@pytest.mark.parametrize("kind", TAKES)
def test_every_field_crosses_as_json(state, kind):  # noqa: F811
    ways = {50: GOOD[kind], 2: GOOD["sequence"], 1: GOOD["services"]}
    proposal = propose_way(state, 50, GOOD[kind])
    crossed, found = ask_with(state, json.loads(json.dumps(asked_with(proposal, ways))), "")
    assert found == ways
    assert (crossed.title, crossed.command.label) == (proposal.title, proposal.command.label)
    expected = {team: (size.low, size.likely, size.high) for team, size in GOOD[kind].sizes.items()}
    assert sizes_of(Trade.of(state, crossed, forecast(state))) == expected


def test_another_seat_is_told_no_more_than_it_shows(state):  # noqa: F811
    """Its file has no room for a story, and there is no need to tell it."""
    story = Way("pilot", {1: Range(2.0)}, customers=4, test="3 of 4 " * 2_000)
    wordy = replace(GOOD["partner"], note="long " * 2_000)
    proposal = propose_way(state, 50, story)
    told = json.dumps(shown_with(proposal, {50: story, 2: wordy}))
    assert len(told) < 500
    shown, found = ask_with(state, json.loads(told), "")
    assert shown.title == proposal.title
    assert {key: (way.kind, way.sizes) for key, way in found.items()} == {
        50: ("pilot", story.sizes),
        2: ("partner", GOOD["partner"].sizes),
    }
    _, kept = ask_with(state, json.loads(json.dumps(asked_with(proposal, {50: story}))), "")
    assert kept == {50: story}, "a draft keeps every word"
    with pytest.raises(Refused, match="more than the 20,000 that it holds") as refused:
        propose_way(state, 50, replace(story, test="x" * 20_001))
    assert refused.value.field == "test"


def test_ways_of_marks_cross_with_a_request_that_is_asked_whole(state):  # noqa: F811
    ways = {2: GOOD["partner"]}
    crossed, found = ask_with(state, json.loads(json.dumps(asked_with(propose_item(state, 50), ways))), "")
    assert (crossed.title, found) == ("EDI feed", ways)


@pytest.mark.parametrize(
    "ways",
    [7, [1], {"x": {"kind": "pilot"}}, {"50": {"kind": "nonsense"}}, {"50": {"kind": "pilot", "sizes": {"1": {}}}},
     {"50": {"kind": "pilot"}}, {"50": {"kind": "partner", "sizes": {"9": {"likely": 1.0}}, "who": "Nordlys"}}],
)  # fmt: skip
def test_damaged_ways_are_refused_in_words(state, ways):  # noqa: F811
    with pytest.raises(Refused):
        ask_with(state, {"kind": "trade", "item": 50, "ways": ways}, "")


def test_on_a_plan_that_changed_it_is_the_way_that_is_asked(state):  # noqa: F811
    """Renamed, and with a size on a team that the pilot does without."""
    ways = {50: GOOD["pilot"]}
    proposal = propose_way(state, 50, ways[50])
    later = stored(state, replace(proposal.command, puts=(), removes=()))
    later.tables["items"][50] = state.all(Item)[50].model_copy(update={"title": "EDI", "rev": 5})
    again = asked_again(proposal, state, later, ways)
    assert again.title == "EDI: pilot"
    assert sizes_of(Trade.of(later, again, forecast(later))) == {1: (None, 2.0, None)}
    for size in [row for row in later.all(Size).values() if row.item_id == 50]:
        later.tables["sizes"][size.id] = size.model_copy(update={"likely": 0.5})
    with pytest.raises(Refused, match=r"less than the 1.0 ew"):
        asked_again(proposal, state, later, ways)
    del later.tables["items"][50]
    with pytest.raises(Refused, match="not there any more"):
        asked_again(proposal, state, later, ways)


def test_two_ways_of_one_item_are_two_answers(state):  # noqa: F811
    """What is drawn for one must not be taken for the other."""
    entry = entry_of(state, 2)
    marks = [
        Leaving(entry),
        *(leaving_by(state, entry, GOOD[kind]) for kind in ("sequence", "partner", "pilot")),
        leaving_by(state, entry, Way("pilot", {1: Range(2.0, 1.0, 3.0)}, customers=4, test="x")),
    ]
    assert len({key_of([mark]) for mark in marks}) == len(marks)
    assert key_of([leaving_by(state, entry, GOOD["pilot"])]) == key_of([marks[3]])


def test_a_planned_item_that_is_declined_in_a_trade_is_declined(state):  # noqa: F811
    trade = Trade.of(state, propose_item(state, 50), forecast(state))
    out = [leaving_by(state, entry_of(state, 1), GOOD["decline"]), Leaving(entry_of(state, 2))]
    command = recorded(state, settle(trade, out, Verdict("Eve", "yes", NOON)), {1: GOOD["decline"]}, 50)
    after = stored(state, command)
    assert [after.all(Item)[key].state for key in (1, 2, 50)] == ["declined", "below", "plan"]
    assert {key: rows[-1].outcome for key, rows in decided_by_item(after).items()} == {
        1: "declined",
        2: "displaced",
        50: "in plan",
    }
