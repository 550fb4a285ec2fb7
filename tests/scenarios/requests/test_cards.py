"""The request card: demand, claims, hidden costs, and no confirmed size without a problem."""

import pytest

from scenarios.requests.card import (
    Hidden,
    Wanted,
    claims_of,
    demand_of,
    unconfirmed,
    write_card,
    write_claims,
    write_evidence,
    write_hidden,
)
from scenarios.rules.returns import card_of
from store.common.errors import Refused
from store.records.negotiation import HiddenCost
from tests.scenarios.making import add_item, empty
from tests.scenarios.negotiating import request, stored


@pytest.fixture
def state():
    state = empty()
    add_item(state, 1, 2.0, state="inbox", title="Audit log")
    return state


def test_evidence_from_the_deal_being_sold_does_not_count(state):
    lines = [Wanted(3, "banks", "interviews"), Wanted(2, source="support"), Wanted(50, "banks", "RFP", from_deal=True)]
    after = stored(state, write_evidence(state, 1, lines))
    assert demand_of(after, 1).value == 5
    assert "banks, RFP: 50 (the deal being sold: not counted)" in demand_of(after, 1).why
    assert write_evidence(after, 1, lines).empty
    fewer = stored(after, write_evidence(after, 1, lines[1:]))
    assert demand_of(fewer, 1).value == 2
    assert demand_of(state, 1).value == 0


@pytest.mark.parametrize("count", [-1, 1.5])
def test_a_count_that_is_none(state, count):
    with pytest.raises(Refused, match="whole number of customers"):
        write_evidence(state, 1, [Wanted(count)])


def test_each_claim_has_its_evidence_or_is_asserted(state):
    after = stored(state, write_claims(state, 1, {"easy": "", "fits the sprint": "estimated by Web on 3 March"}))
    words = {claim.kind: claim.words for claim in claims_of(after, 1)}
    assert len(words) == 5
    assert words["easy"] == "asserted"
    assert words["fits the sprint"] == "estimated by Web on 3 March"
    assert words["strategic account"] == ""
    gone = stored(after, write_claims(after, 1, {"easy": "done twice"}))
    assert [claim.words for claim in claims_of(gone, 1) if claim.made] == ["done twice"]


def test_no_confirmed_size_without_a_problem(state):
    assert unconfirmed(state, 1) == "", "what nobody asked for was planned by the team itself"
    request(state, 1)
    assert "no problem written down" in unconfirmed(state, 1)
    request(state, 1, problem="Auditors take screenshots")
    assert unconfirmed(state, 1) == ""


def test_fields_of_the_card(state):
    after = stored(state, write_card(state, 1, {"one_off_kind": "report writer", "sponsor": "Eve"}))
    assert card_of(after, 1).one_off_kind == "report writer"
    assert write_card(after, 1, {"sponsor": "Eve"}).empty
    with pytest.raises(Refused, match="one_off_kind"):
        write_card(after, 1, {"one_off_kind": "whatever"})
    with pytest.raises(Refused, match="colour"):
        write_card(after, 1, {"colour": "red"})


def test_hidden_costs_come_and_go(state):
    after = stored(state, write_hidden(state, 1, {"support": Hidden(upkeep=0.2), "drag": Hidden(share=0.1)}))
    assert {row.kind for row in after.all(HiddenCost).values()} == {"support", "drag"}
    gone = stored(after, write_hidden(after, 1, {"support": Hidden(), "drag": Hidden(share=0.1)}))
    assert {row.kind for row in gone.all(HiddenCost).values()} == {"drag"}
    with pytest.raises(Refused, match="share of drag"):
        write_hidden(state, 1, {"drag": Hidden(share=1.5)})
