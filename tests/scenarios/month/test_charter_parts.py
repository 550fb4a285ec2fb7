"""Quota credit by the charter's rates, old versions that are still supported, and the company's stance, by hand."""

from datetime import date
from fractions import Fraction

import pytest

from scenarios.month.quota_credit import quota_credit_of
from scenarios.reports.month_paper import month_paper
from scenarios.rules.charter import write_figures
from scenarios.rules.old_versions import old_versions_of, remove_version, write_version
from store.common.errors import Refused
from store.records import State
from store.records.negotiation import DealEnd
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.month.test_month import TODAY, half_year, taken
from tests.scenarios.negotiating import charter, request

SINCE = date(2027, 6, 1)


def won(state: State, number: int, asked_by: str, ew: float, amount: float | None, letter: str, day: int = 5) -> None:
    add_item(state, number, ew, slice=letter)
    request(state, number, asked_by=asked_by)
    add(state, DealEnd(id=number, item_id=number, outcome="won", ended=date(2027, 6, day), amount=amount))


def three_deals(**rates: float) -> State:
    """At 10,000 per ew: Luis won 90,000 with a one-off of 3 ew and 50,000 with a feature; Ana 20,000 with one of 4."""
    state = empty()
    charter(state, **rates)
    won(state, 1, "Luis", 3.0, 90_000.0, "O")
    won(state, 2, "Luis", 6.0, 50_000.0, "F")
    won(state, 3, "Ana", 4.0, 20_000.0, "O")
    won(state, 4, "Ana", 1.0, 70_000.0, "F", day=11)
    add_item(state, 5, 1.0, slice="O")
    request(state, 5, asked_by="Luis")
    add(state, DealEnd(id=5, item_id=5, outcome="lost", ended=date(2027, 6, 5)))
    return state


@pytest.mark.parametrize(
    ("one_off", "luis", "ana"),
    [
        # 60,000 + 50,000 standard and 30,000 of a one-off; Ana's one-off costs 40,000 and leaves nothing standard.
        (20.0, 116_000, 8_000),
        (-50.0, 95_000, -20_000),
        (0.0, 110_000, 0),
    ],
)
def test_credit_by_asker(one_off: float, luis: int, ana: int) -> None:
    first, second = quota_credit_of(three_deals(credit_standard=100.0, credit_one_off=one_off), SINCE, TODAY)
    assert (first.asked_by, first.deals, first.signed.value, first.one_offs.value) == ("Luis", 2, 140_000, 30_000)
    assert (second.asked_by, second.deals, second.signed.value, second.one_offs.value) == ("Ana", 1, 20_000, 40_000)
    assert (first.credit.value, second.credit.value) == (luis, ana)


def test_what_lacks_an_input_is_not_known_and_without_rates_nothing_is_said() -> None:
    assert not quota_credit_of(three_deals(), SINCE, TODAY)
    state = three_deals(credit_standard=80.0)
    won(state, 6, "Bo", 2.0, 10_000.0, "F")
    rows = {row.asked_by: row.credit for row in quota_credit_of(state, SINCE, TODAY)}
    # Bo's deal has no one-off: the rate that is missing is not needed.
    assert (rows["Bo"].value, rows["Ana"].value) == (8_000, None)
    assert "not given" in dict(rows["Ana"].inputs)["on what one-offs cost"]
    won(state, 7, "Cy", 2.0, None, "F")
    assert {row.asked_by: row.credit.known for row in quota_credit_of(state, SINCE, TODAY)}["Cy"] is False
    with pytest.raises(Refused, match="quota credit on what one-offs cost"):
        write_figures(state, {"credit_one_off": -1_001.0})


def listed() -> State:
    state = half_year()
    for name, back, upkeep, customers in (("4.0", 2, 1.5, 3), ("4.1", 1, 0.5, 9), ("3.9", 3, None, None)):
        state = state.overlay(write_version(state, None, name, back, upkeep, customers))
    return state


def test_old_versions_by_hand() -> None:
    """2 ew a quarter in all, 20,000 at the charter's rate; what 3.9 takes nobody knows."""
    found = old_versions_of(listed())
    assert [row.name for row in found.rows] == ["4.1", "4.0", "3.9"]
    assert (found.upkeep.value, found.upkeep.partly, found.cost.value) == (2, "known for 2 of 3", 20_000)
    assert found.customers.value == 12


@pytest.mark.parametrize(
    ("name", "back", "upkeep", "customers", "words"),
    [
        ("", 1, None, None, "needs a name"),
        ("4.1 ", 1, None, None, "listed already"),
        ("5", None, None, None, "whole number of versions"),
        ("5", 1.5, None, None, "whole number of versions"),
        ("5", 1, -1, None, "0 to 10,000 ew"),
        ("5", 1, 1, 2.5, "Customers are"),
    ],
)
def test_what_is_no_version(name: str, back: float, upkeep: float, customers: float, words: str) -> None:
    with pytest.raises(Refused, match=words):
        write_version(listed(), None, name, back, upkeep, customers)


def test_the_month_says_all_three() -> None:
    state = listed()
    add(state, state.tables["charters"][1].model_copy(update={"credit_standard": 100.0, "credit_one_off": -50.0}))
    add(state, DealEnd(id=7, item_id=7, outcome="won", ended=date(2027, 6, 1), amount=90_000.0))
    state = state.overlay(write_figures(state, {"stance": "product"}))
    paper = month_paper(state, taken(state))
    said = {part.heading: part for part in paper.parts}
    assert "this is a product company" in said["1. What it comes to"].sentences[1].words
    credit, versions = said["9. Quota credit"], said["10. Old versions still supported"]
    # 90,000 less the 30,000 that 3 ew cost, less half of those.
    assert credit.tables[0].rows[0].cells == ("sales-east", "1", "$90,000", "$30,000", "$45,000")
    assert versions.sentences[0].words == (
        "3 old versions take 2.0 ew (known for 2 of 3) a quarter, $20,000 at the charter's rate; customers on them: "
        "12 (known for 2 of 3)."
    )
    assert [row.cells for row in versions.tables[0].rows] == [
        ("4.1", "1", "0.5 ew", "9", "x2"),
        ("4.0", "2", "1.5 ew", "3", "x4"),
        ("3.9", "3", "not known", "not known", "x8"),
    ]
    assert all(figure.inputs for figure in paper.figures)
    gone = state.overlay(remove_version(state, next(row.id for row in old_versions_of(state).rows)))
    assert old_versions_of(gone).upkeep.value == Fraction(3, 2)
