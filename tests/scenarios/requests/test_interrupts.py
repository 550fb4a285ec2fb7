"""An interrupt in one line: what it says, what it lacks, and what becomes of it."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.figures.efforts import effort_of
from scenarios.plan.plan import plan_of
from scenarios.requests.interrupts import InterruptDraft, effort_words, log_interrupt, read_interrupt, remove_interrupt
from store.common.errors import Refused
from store.records import Customer, State, UnplannedWork
from tests.scenarios.making import add, empty

DAY = date(2027, 2, 8)


@pytest.fixture
def state() -> State:
    return add(empty((26.0, 13.0)), Customer(id=3, name="Northwind Traders"))


def read(state: State, line: str) -> InterruptDraft:
    return read_interrupt(state, line)


def test_a_line_says_all(state: State) -> None:
    found = read(state, "2d Pay: outage of the ledger: again >Northwind by:ops #Q")
    assert (found.effort, found.team.name, found.title) == (0.4, "Pay", "outage of the ledger: again")
    assert (found.customer, found.asked_by, found.slice) == ("Northwind Traders", "ops", "Q")
    other = read(state, "0.5 certificate ran out team:Web")
    assert (other.effort, other.team.name, other.title, other.customer) == (0.5, "Web", "certificate ran out", "")
    assert read(state, "2 days Web: fix").effort == 0.4
    # One team is whose time it was.
    assert read(empty((5.0,)), "1 fix: the login").title == "fix: the login"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Pay: outage", "begin with how much it took"),
        ("", "begin with how much it took"),
        ("0 Pay: outage", "above 0"),
        ("2d outage", "say whose time it took, before a colon, .*: Pay, Web"),
        ("2d Ops: outage", "“Ops” is not a team"),
        ("2d Pay:", "say what it was"),
        ("6h Pay: outage", "nobody has said how many make an engineer-week.*makeroom rates hours=40"),
        ("90000d Pay: outage", "more than any plan holds"),
    ],
)
def test_what_a_line_lacks_is_said(state: State, line: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read(state, line)


def test_hours_where_a_rate_is_known() -> None:
    assert effort_of("16h", 32.0) == 0.5
    assert effort_of("1,5", None) == 1.5
    with pytest.raises(Refused, match="is not an effort"):
        effort_of("soon", 32.0)


def test_it_is_kept_counts_and_can_be_taken_out(state: State) -> None:
    command = log_interrupt(state, read(state, "2d Pay: outage >Northwind"), DAY, "OPS-7")
    assert command.label == "interrupt: 0.4 ew of Pay on 8 Feb: outage"
    (row,) = command.puts
    assert isinstance(row, UnplannedWork)
    assert (row.customer_id, row.source, row.day) == (3, "OPS-7", DAY)
    later = state.overlay(command)
    assert plan_of(later).left_of(1) == 25.6
    gone = remove_interrupt(later, row.id)
    assert gone.removes == (row,)
    assert plan_of(later.overlay(gone)).moment is None
    with pytest.raises(Refused, match="no interrupt number 12: makeroom interrupts lists them"):
        remove_interrupt(later, 12)
    # An account that nobody knows becomes one.
    assert [put.table for put in log_interrupt(state, read(state, "1d Pay: x >Fresh"), DAY).puts] == [
        "customers", "unplanned_work"
    ]  # fmt: skip
    with pytest.raises(Refused, match="lies after it"):
        log_interrupt(state, read(state, "2d Pay: outage"), date(2027, 4, 1))


def test_small_efforts_are_said_so_that_they_add_up() -> None:
    assert [effort_words(weeks) for weeks in (0.4, 0.05, 0.125, 1.26)] == ["0.4 ew", "0.05 ew", "0.12 ew", "1.3 ew"]
