"""Personas in their order, opposed wishes, and effort by persona, by hand."""

from fractions import Fraction

import pytest

from scenarios.plan.plan import entry_of
from scenarios.reports.voices_paper import voices_paper
from scenarios.requests.card_sections import sections_of
from scenarios.requests.facts import facts_of
from scenarios.requests.persona_effort import effort_by_persona
from scenarios.requests.voices import Stands, voices_of, write_stakeholders
from scenarios.requests.way_fields import means_of
from scenarios.rules.personas import personas_of, read_personas, remove_persona, write_persona
from store.common.errors import Refused
from store.records.negotiation import Card, Stakeholder
from tests.scenarios.making import add_item, empty, forecast
from tests.scenarios.negotiating import card


def with_personas(*names, state=None):
    state = empty() if state is None else state
    for name in names:
        state = state.overlay(write_persona(state, name, f"{name} may wait"))
    return state


def order(state):
    return [(row.name, row.position) for row in personas_of(state)]


def test_the_order_follows_a_place_and_cards_follow_a_name():
    state = with_personas("Clerks", "Drivers", "Buyers")
    add_item(state, 1, 1.0)
    card(state, 1, helps="drivers; Clerks", hurts="nobody on a list")
    buyers = personas_of(state)[2].id
    state = state.overlay(write_persona(state, "Buyers", "", 1, buyers))
    assert order(state) == [("Buyers", 0), ("Clerks", 1), ("Drivers", 2)]
    state = state.overlay(write_persona(state, "Haulers", "", None, personas_of(state)[2].id))
    (row,) = state.each(Card)
    assert (row.helps, row.hurts) == ("Haulers; Clerks", "nobody on a list")
    state = state.overlay(remove_persona(state, buyers))
    assert [row.name for row in personas_of(state)] == ["Clerks", "Haulers"]


@pytest.mark.parametrize(
    ("name", "place"), [("", None), ("a;b", None), ("clerks", None), ("New", 0), ("New", 1.5), ("New", 4)]
)
def test_what_is_no_persona(name, place):
    with pytest.raises(Refused):
        write_persona(with_personas("Clerks", "Drivers"), name, "", place)


def test_names_are_of_the_list_where_there_is_one():
    assert read_personas(empty(), " anybody; at all ", "helps") == "anybody; at all"
    state = with_personas("Clerks", "Drivers")
    assert read_personas(state, "drivers ;CLERKS; drivers", "helps") == "Drivers; Clerks"
    with pytest.raises(Refused, match="“users” is none of the charter's personas: Clerks and Drivers"):
        read_personas(state, "users", "helps")


@pytest.mark.parametrize(
    ("helps", "hurts", "opposed"),
    [
        ("Drivers", "Clerks", "helps Drivers (2 of 2), hurts Clerks (1 of 2)"),
        ("Drivers", "", ""),
        ("Drivers", "Drivers", ""),
        ("somebody", "Clerks", ""),
    ],
)
def test_opposed_personas(helps, hurts, opposed):
    state = with_personas("Clerks", "Drivers")
    add_item(state, 1, 1.0)
    card(state, 1, helps=helps, hurts=hurts)
    assert voices_of(state, 1).opposed == opposed
    facts = [fact for fact in facts_of(state, 1, forecast(state)) if fact.about == "opposed"]
    assert [opposed in fact.text and "setting" in fact.text for fact in facts] == ([True] if opposed else [])
    lines = [line.text for section in sections_of(state, entry_of(state, 1)) for line in section.lines]
    assert (f"opposed: {opposed}" in lines) is bool(opposed)
    assert any("Clerks may wait" in line for line in lines) is bool(opposed)


def test_stakeholders_for_and_against():
    state = empty()
    add_item(state, 1, 1.0)
    wanted = [Stands("Jo", "buyer", "for"), Stands("Al", "operator")]
    state = state.overlay(write_stakeholders(state, 1, wanted))
    assert voices_of(state, 1).opposed == ""
    state = state.overlay(write_stakeholders(state, 1, [wanted[0], Stands("al", "operator", "against")]))
    assert voices_of(state, 1).opposed == "for it Jo (buyer), against it al (operator)"
    assert write_stakeholders(state, 1, [Stands("Jo", "buyer", "for"), Stands("al", "operator", "against")]).empty
    with pytest.raises(Refused, match="named twice as buyer"):
        write_stakeholders(state, 1, [Stands("Jo", "buyer"), Stands("JO", "buyer")])
    state = state.overlay(write_stakeholders(state, 1, []))
    assert not list(state.each(Stakeholder))


def test_the_way_out_by_a_setting_is_marked_where_they_want_opposed_things():
    state = with_personas("Clerks", "Drivers")
    add_item(state, 1, 1.0)
    add_item(state, 2, 1.0)
    card(state, 1, helps="Clerks", hurts="Drivers")
    card(state, 2, helps="Clerks")
    marked, plain = (means_of(state, entry_of(state, at), "configure") for at in (1, 2))
    assert (marked.startswith("▲ opposed"), plain) == (True, "no build: settings, with little effort")


def test_effort_beside_the_order_by_hand():
    """6 + 3 + 1 ew: the first helps both, 3 each; the second Drivers alone; the third nobody named."""
    state = with_personas("Clerks", "Drivers")
    for number, (weeks, helps) in enumerate(((6.0, "Clerks; Drivers"), (3.0, "Drivers"), (1.0, "users")), 1):
        add_item(state, number, weeks)
        card(state, number, helps=helps)
    found = effort_by_persona(state)
    assert [(row.place, row.effort.value, row.figures[-1].value) for row in found.rows] == [
        (1, 3, Fraction(3, 10)),
        (2, 6, Fraction(6, 10)),
    ]
    assert found.nobody[-1].value == Fraction(1, 10)
    assert [row.later for row in found.rows] == [("Drivers",), ()]
    assert found.rows[0].figures[-1].inputs == (("item 1", "3.0 ew"), ("all of the quarter", "10.0 ew"))
    (said,) = voices_paper(state).headline
    assert said.words == (
        "2 personas. 10% of the present plan's effort helps nobody whom a card names. Less than for somebody who comes "
        "later: Clerks."
    )
