"""What a deal brings and costs, worked by hand, and what each figure says of itself."""

from fractions import Fraction

import pytest

from scenarios.plan.plan import entry_of
from scenarios.rules.returns import ice_of, returns_of
from store.records import Item, ValueParts
from store.records.negotiation import WayOut
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import card, charter, decision, hidden, move, request


@pytest.fixture
def state():
    """One-off 1 of 3 ew on two teams, for a deal of $480,000 at 60%, at $10,000 a week."""
    state = empty((30.0, 20.0))
    charter(state, rate=10_000.0, licence=7_000.0)
    add_item(state, 1, {1: (1.0, 2.0, 4.0), 2: 1.0}, slice="O", state="inbox")
    request(state, 1, deal_amount=480_000.0, deal_probability=0.6)
    return state


def figures(state):
    return returns_of(state, entry_of(state, 1))


class TestByHand:
    def test_a_build_alone(self, state):
        found = figures(state)
        assert found.expected.value == 288_000
        assert found.full_cost.value == 30_000
        assert found.ratio.value == Fraction(96, 10)
        assert found.licences.value == 5, "30,000 / 7,000 is 4.3: five pay for it"

    def test_with_hidden_costs_and_upkeep(self, state):
        hidden(state, 1, "support", effort=0.5, upkeep=0.2)
        hidden(state, 1, "drag", share=0.1)
        hidden(state, 1, "sprawl", upkeep=0.05)
        found = figures(state)
        # Hidden 0.5 + 10% of 3; upkeep 4 x (0.2 + 0.05).
        assert (found.hidden.value, found.upkeep.value) == (Fraction(8, 10), 1)
        assert found.full_cost.value == 48_000
        assert found.ratio.value == 6

    def test_a_renewal_stands_where_there_is_no_deal(self, state):
        request(state, 1, deal_probability=0.5)
        card(state, 1, renewal_arr=90_000.0)
        assert figures(state).expected.value == 45_000
        assert figures(state).expected.inputs[0] == ("renewal", "$90,000")

    def test_cents_stay(self, state):
        request(state, 1, deal_amount=0.3, deal_probability=0.1)
        assert figures(state).expected.value == Fraction(3, 100)
        assert figures(state).expected.text == "$0.03"


class TestWhatItTookAndWhatIsPaid:
    def test_what_is_done_costs_what_it_took(self, state):
        """3 ew were estimated, 4.5 were needed: the full cost is 45,000, not 30,000."""
        hidden(state, 1, "drag", share=0.1)
        add(state, state.all(Item)[1].model_copy(update={"state": "done"}))
        decision(state, 1, kind="close")
        move(state, 1, 1, "out", ew=4.5)
        found = figures(state)
        assert found.build.value == Fraction(45, 10)
        assert found.full_cost.value == 49_500, "10% of the build is of what the build took"
        assert ("took", "4.5 ew") in found.build.inputs

    @pytest.mark.parametrize(("kind", "name"), [("partner", "partner's price"), ("buy", "vendor's price a year")])
    def test_somebody_elses_price_is_part_of_the_cost(self, state, kind, name):
        decision(state, 1)
        move(state, 1, 1, "in")
        way = WayOut(id=1, item_id=1, decision_id=1, kind=kind, amount=12_000.0, who="Nordlys AS")
        add(state, way)
        found = figures(state)
        assert found.full_cost.value == 42_000
        assert (name, "$12,000") in found.full_cost.inputs
        # Nobody asked what they want for it: then nobody knows what it returns, and it is said why.
        add(state, way.model_copy(update={"amount": None}))
        assert figures(state).full_cost.words == f"full cost not known ({name} missing)"
        assert not figures(state).ratio.known
        # It left, and came in again as our own work.
        for number, how in ((2, "out"), (3, "in")):
            decision(state, number)
            move(state, number, 1, how)
        assert figures(state).full_cost.value == 30_000


class TestUnknown:
    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"deal_probability": 0.6}, "deal amount: not given"),
            ({"deal_amount": 5.0}, "probability: not given"),
        ],
    )
    def test_half_a_deal_has_no_expected_value(self, state, values, words):
        request(state, 1, **values)
        assert figures(state).expected.value is None
        assert words in figures(state).expected.why
        assert figures(state).ratio.text == "not known"

    def test_no_rate_no_cost(self, state):
        charter(state, rate=None)
        assert not figures(state).full_cost.known
        assert "rate per ew: not given" in figures(state).full_cost.why

    def test_no_size_no_cost(self, state):
        add_item(state, 2, None, slice="O")
        assert not returns_of(state, entry_of(state, 2)).full_cost.known

    def test_a_cost_of_nothing_has_no_return(self, state):
        charter(state, rate=0.0)
        assert figures(state).full_cost.value == 0
        assert not figures(state).ratio.known

    def test_no_licence_price(self, state):
        charter(state, licence=0.0)
        assert not figures(state).licences.known


def test_every_figure_says_its_formula_and_inputs(state):
    hidden(state, 1, "support", effort=0.5, upkeep=0.2)
    for figure in (*figures(state).figures, ice_of(state, 1)):
        first, *inputs = figure.why
        assert first == f"{figure.name}: {figure.text} = {figure.formula}"
        assert inputs
        assert all(": " in line and not line.endswith(": ") for line in inputs)
    assert figures(state).full_cost.why == (
        "full cost: $43,000 = (build + hidden costs + upkeep) x rate",
        "build: 3.0 ew",
        "hidden costs: 0.5 ew",
        "upkeep: 0.8 ew",
        "rate per ew: $10,000",
    )


def test_ice(state):
    assert not ice_of(state, 1).known
    add(state, ValueParts(id=1, item_id=1, impact_10=7, confidence_10=5, ease=2))
    assert ice_of(state, 1).value == 70
    assert "confidence: 5" in ice_of(state, 1).why
