"""The health check: one answer a role and quarter, replaced by the next; the trend by role; no total anywhere."""

from datetime import UTC, datetime

import pytest

from scenarios.graded.health import ROLES, answer_figure, health_of, role_named, write_answer
from scenarios.reports.health_paper import health_paper
from store.common.errors import Refused
from store.records import Outcome
from store.records.looking_back import HealthAnswer
from tests.scenarios.making import add, empty


def answered(state, role, score, because="", quarter="", day=1):
    return state.overlay(write_answer(state, role, score, because, quarter, datetime(2026, 12, day, tzinfo=UTC)))


def with_years():
    """Two quarters before makeroom are on record, by the names of a file."""
    state = empty()
    number = state.number_of(state.quarter)
    for at, (back, name) in enumerate(((2, "the one before last"), (1, "Last")), 1):
        add(state, Outcome(id=at, quarter=name, number=number - back, title="x"))
    return state


def words(state):
    paper = health_paper(state)
    said = [each.words for each in paper.headline]
    rows = [row for part in paper.parts for table in part.tables for row in table.rows]
    return " ".join(said), rows


def test_an_answer_takes_the_place_of_the_one_before():
    state = answered(answered(empty(), "sales", 1, "no dates"), "sales", 3, "dates", day=2)
    (row,) = state.each(HealthAnswer)
    assert (row.score, row.because, row.at.day) == (3, "dates", 2)
    assert write_answer(state, "sales", 3, "dates").empty
    assert write_answer(state, "sales", 2, "").label.endswith("sales 2 of 3, was 3")


def test_an_earlier_quarter_by_its_name_and_the_step_from_it():
    state = answered(with_years(), "design", 3, quarter="last")
    state = answered(state, "design", 1, "nobody asked them")
    state = answered(state, "finance", 2, quarter="the one before last")
    assert [(each.name, sorted(each.answers)) for each in health_of(state)] == [
        ("the one before last", ["finance"]),
        ("Last", ["design"]),
        (state.quarter.name, ["design"]),
    ]
    head, rows = words(state)
    assert head == (
        f"{state.quarter.name}: 1 of 6 roles have answered. Not asked yet: product, engineering, sales, finance and "
        "executives. At 1 or below: design. Lower than the time before: design."
    )
    assert [row.cells[1:] for row in rows if row.cells[0] == "design"][1] == ("-", "3", "1", "-2")
    assert [row.cells[1:] for row in rows if row.cells[0] == "finance"][1] == ("2", "-", "-", "")
    figure = answer_figure(health_of(state)[-1], "design")
    assert (figure.value, figure.inputs) == (1, (("because", "nobody asked them"), ("told", "2026-12-01")))
    assert not answer_figure(health_of(state)[-1], "sales").known


@pytest.mark.parametrize("score", [None, -1, 4, 1.5])
def test_what_is_no_score(score):
    with pytest.raises(Refused, match="0 not at all, 1 seldom, 2 mostly, 3 yes"):
        write_answer(empty(), "sales", score, "")


def test_what_is_no_role_and_no_quarter():
    assert role_named(" Eng") == "engineering"
    for text in ("e", "", "legal"):
        with pytest.raises(Refused, match="none of the roles that are asked: product"):
            role_named(text)
    with pytest.raises(Refused, match="no quarter “Q9 2031” on record"):
        write_answer(empty(), "sales", 1, "", "Q9 2031")


def test_nobody_has_answered():
    head, rows = words(empty())
    assert "0 of 6 roles have answered." in head
    assert [row.cells[1] for row in rows] == ["not asked yet"] * len(ROLES)
    assert all(not row.figures for row in rows)
