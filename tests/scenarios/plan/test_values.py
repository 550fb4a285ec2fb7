"""What an item is worth: RICE, ICE, WSJF and CD3 by hand, and what is taken where nobody said."""

import pytest

from scenarios.plan.item_values import part_of, worth_of, worths_of
from scenarios.plan.plan import Entry, entries_of
from store.records import State, ValueModel, ValueParts, Valuing
from tests.scenarios.making import add, item, planned, size


def entry(weeks: float | None, value: float | None = None) -> Entry:
    return Entry(item(1, value=value), () if weeks is None else (size(1, 1, weeks),))


def parts(**given: float) -> ValueParts:
    return ValueParts(id=1, item_id=1, **given)


class TestByHand:
    @pytest.mark.parametrize(
        ("model", "given", "score", "amount"),
        [
            # 500 x 2 x 80% = 800; over 4 ew
            ("rice", {"reach": 500, "impact": 2, "confidence": 0.8}, 200, 800),
            # 7 x 5 x 4; divided by nothing
            ("ice", {"impact_10": 7, "confidence_10": 5, "ease": 4}, 140, 140),
            # 8 + 5 + 3 = 16; over 4 ew
            ("wsjf", {"business": 8, "urgency": 5, "enablement": 3}, 4, 16),
            # 30 a week; over 4 ew
            ("cd3", {"cost_of_delay": 30}, 7.5, 30),
        ],
    )
    def test_score_and_what_is_displaced(self, model: ValueModel, given, score, amount):
        found = worth_of(model, entry(4.0), parts(**given))
        assert found is not None
        assert (found.score, found.amount, found.given) == (pytest.approx(score), pytest.approx(amount), True)
        missing = dict(list(given.items())[1:])
        assert worth_of(model, entry(4.0), parts(**missing)) is None
        assert worth_of(model, entry(4.0), None) is None

    def test_the_words_show_the_calculation(self):
        found = worth_of("rice", entry(4.0), parts(reach=500, impact=2, confidence=0.8))
        assert found is not None
        assert found.words == "RICE 200 = 500 reach x 2 impact x 80% confidence / 4.0 ew; 800 counts as displaced"
        found = worth_of("wsjf", entry(4.0), parts(business=8, urgency=5, enablement=3))
        assert found is not None
        assert "(8 business value + 5 urgency + 3 enablement) / 4.0 ew" in found.words

    def test_without_a_size_there_is_nothing_to_divide_by(self):
        found = worth_of("cd3", entry(None), parts(cost_of_delay=30))
        assert found is not None
        assert (found.score, found.amount) == (0.0, 30)
        assert "no size to divide by" in found.words

    def test_the_rooms_own_number(self):
        found = worth_of("score", entry(4.0, 12.0), None)
        assert found is not None
        assert (found.score, found.amount, found.words) == (12, 12, "value 12")
        assert worth_of("score", entry(4.0), parts(reach=1)) is None

    def test_nought_is_a_value(self):
        found = worth_of("score", entry(4.0, 0.0), None)
        assert found is not None
        assert found.amount == 0

    def test_a_part_of_an_item(self):
        whole = worth_of("score", entry(4.0, 12.0), None)
        assert whole is not None
        assert part_of(whole, 0.25).amount == 3.0
        assert not part_of(whole, 0.25).given


def worths(*values: float | None) -> list[tuple[float, bool]]:
    state = State()
    entries = []
    for number, value in enumerate(values, 1):
        entries.append(Entry(item(number, value=value)))
    return [(worth.amount, worth.given) for worth in worths_of(state, entries).values()]


class TestNeighbours:
    def test_the_middle_of_the_nearest_with_a_value(self):
        assert worths(10, None, 20) == [(10, True), (15, False), (20, True)]
        assert worths(10, None, None, 30) == [(10, True), (20, False), (20, False), (30, True)]

    def test_at_an_end_the_one_neighbour(self):
        assert worths(None, 8, None) == [(8, False), (8, True), (8, False)]

    def test_nobody_has_given_values(self):
        assert worths(None, None) == []

    def test_by_the_model_of_the_workspace(self):
        state = planned([4.0, 2.0])
        add(state, Valuing(id=1, model="cd3"), ValueParts(id=1, item_id=2, cost_of_delay=6.0))
        found = worths_of(state, entries_of(state, "plan"))
        assert {key: (worth.amount, worth.given) for key, worth in found.items()} == {1: (6, False), 2: (6, True)}
        assert "as its neighbours in the ranking" in found[1].words
