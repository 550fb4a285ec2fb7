"""Every figure of the card and the facts of a rich request of the demonstration says its formula and inputs, and who
works it out again by hand from these gets the same. About 3 s."""

import math
import re
from fractions import Fraction

import pytest

from scenarios.plan.plan import entry_of
from scenarios.requests.card_sections import figures_of, sections_of
from scenarios.requests.facts import facts_of
from scenarios.swaps import Swaps
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_item
from store.demo.demo import make_demo
from store.records import Item, ValueParts
from store.records.negotiation import Evidence
from tests.scenarios.making import add
from tests.scenarios.negotiating import charter
from tests.store.helpers import fresh

TITLE = "Halvorsen Group: offline rate cards"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The forecast, and all figures that are shown."""
    with fresh(tmp_path_factory.mktemp("demo") / "demo.db") as workspace:
        make_demo(workspace)
        state = workspace.load()
    charter(state, rate=30_000.0, licence=9_000.0)
    (item_id,) = (row.id for row in state.all(Item).values() if row.title == TITLE)
    add(state, Evidence(id=900, item_id=item_id, customers=3, segment="haulage", source="win/loss calls"))
    add(state, ValueParts(id=900, item_id=item_id, impact_10=6, confidence_10=4, ease=2))
    before = forecast_of(state)
    trade = Trade.of(state, propose_item(state, item_id), before)
    out = Swaps(trade).best()[0].out
    facts = facts_of(state, item_id, before, out, trade.after(out))
    card = figures_of(sections_of(state, entry_of(state, item_id)))
    return before, tuple(dict.fromkeys((*card, *(figure for fact in facts for figure in fact.figures))))


def amount(text: str) -> Fraction:
    """The first number of an input, as people read it: money, ew, a percentage as a share, or a count."""
    number = Fraction(re.search(r"\d[\d,]*(?:\.\d+)?", text)[0].replace(",", ""))
    return number / 100 if re.search(r"\d%", text) else number


def by_hand(figure, build: Fraction) -> Fraction:
    """The figure worked out anew from its inputs alone, by what its formula says."""
    inputs = [(what, text) for what, text in figure.inputs if text not in ("none", "nothing", "nobody", "none given")]
    numbers = [amount(text) for _, text in inputs if re.search(r"\d", text)]
    match figure.name:
        case "build":
            return numbers[0]
        case "expected value":
            return numbers[0] * numbers[1]
        case "hidden costs":
            return sum(amount(text) * (build if "of the build" in text else 1) for _, text in inputs)
        case "upkeep":
            return 4 * sum(numbers)
        case "full cost":
            *efforts, rate = numbers
            return sum(efforts) * rate
        case "return" | "one-off share" | "share of revenue":
            return numbers[0] / numbers[1]
        case "buyer ROI":
            return (numbers[0] - numbers[1]) / numbers[1]
        case "share of planned effort":
            return sum(numbers[:-1], Fraction(0)) / numbers[-1]
        case "equals standard licences":
            return Fraction(math.ceil(numbers[0] / numbers[1]))
        case "quote":
            return numbers[0] * (1 + numbers[1])
        case "ICE":
            return numbers[0] * numbers[1] * numbers[2]
        case "demand":
            return sum(amount(text) for _, text in inputs if "not counted" not in text)
        case "odds now" | "odds after":
            return numbers[1] / numbers[0]
        case "postponed" | "renewals that wait" | "revenue that waits":
            return sum(numbers, Fraction(0))
        case "customers who wait for it" | "earlier asks" | "similar asks" | "needed first":
            return Fraction(len(inputs))
    raise AssertionError(f"nobody worked out {figure.name!r} by hand: {figure.why}")


def test_worked_out_by_hand_each_is_the_same(found):
    _, figures = found
    build = next(figure.value for figure in figures if figure.name == "build")
    assert len(figures) >= 15
    for figure in figures:
        assert figure.formula, figure.name
        assert figure.inputs, figure.name
        assert figure.known, figure.why
        if not figure.name.startswith(("room on ", "short on ")):
            assert by_hand(figure, build) == figure.value, figure.why


def test_room_is_the_forecasts(found):
    before, figures = found
    rooms = {figure.name: figure for figure in figures if figure.name.startswith("room on ")}
    assert set(rooms) == {f"room on {team.name}" for team in before.plan.teams}
    for team in before.plan.teams:
        figure = rooms[f"room on {team.name}"]
        assert 0 <= before.room[team.id] - figure.amount < 0.1
        inputs = dict(figure.inputs)
        assert amount(inputs["net capacity"]) == Fraction(f"{before.plan.net[team.id]:.1f}")
        assert amount(inputs["load"]) == Fraction(f"{before.plan.load_of(team.id):.1f}")


def test_the_ones_that_everybody_asks_for(found):
    known = {figure.name: figure.text for figure in found[1]}
    # 420,000 x 60%; (4.5 + 0.5 + 20% of 4.5 + 4 x 0.2) x 30,000; 252,000 / 201,000 = 1.25; 201,000 / 9,000 = 22.3.
    assert known["expected value"] == "$252,000"
    assert known["full cost"] == "$201,000"
    assert known["return"] == "1.2 times"
    assert known["equals standard licences"] == "23"
    assert known["ICE"] == "48"
    assert known["demand"] == "3", "and not their own letter"
