"""Which columns say how far a row is, and in which unit, tool by tool; and what is over without being done."""

from __future__ import annotations

from datetime import date

import pytest

from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Item, Progress, Quarter, Size
from tests.scenarios.making import add, empty

ON = date(2027, 1, 25)


def read(text: str, **options: object) -> ImportPlan:
    """An item of 4 ew with the key A-1 in plan, and a file that has it."""
    state = empty((30.0,))
    add(state, Quarter(id=1, name="Q1", starts=date(2027, 1, 4), ends=date(2027, 4, 4)))
    add(state, Item(id=1, title="Ledger", state="plan", rank=1.0, draw=1, source_key="A-1", source_title="Ledger"))
    add(state, Size(id=1, item_id=1, team_id=1, likely=4.0))
    given = {"hours_per_ew": 40.0, "on": ON} | options
    return plan_import(state, parse_table(text.encode(), "f.csv"), ImportOptions(**given))  # type: ignore[arg-type]


def told(text: str, **options: object) -> Progress | None:
    return next((put for put in read(text, **options).puts if isinstance(put, Progress)), None)


@pytest.mark.parametrize(
    ("text", "spent", "left"),
    [
        ("Issue key,Issue Type,Summary,Status,Time Spent,Remaining Estimate\nA-1,Bug,Ledger,Open,144000,72000", 1, 0.5),
        (
            "ID,Work Item Type,Title,State,Completed Work,Remaining Work,Tags\nA-1,Bug,Ledger,Active,60,20,x",
            1.5,
            0.5,
        ),
        ("Key,Title,Size (days),Spent,Remaining\nA-1,Ledger,20,5,10", 1, 2),
        ("Key,Title,Spent (ew),Left (ew)\nA-1,Ledger,1.5,1-2-4", 1.5, 2),
        ("Key,Title,Spent,Left\nA-1,Ledger,3d,2w", 0.6, 2),
    ],
)
def test_spent_and_left_as_tools_write_them(text: str, spent: float, left: float) -> None:
    found = told(text)
    assert found is not None
    assert (found.spent, found.left, found.done_on) == (pytest.approx(spent), pytest.approx(left), None)


@pytest.mark.parametrize(
    ("status", "done"),
    [("Done", True), ("Closed", True), ("Cancelled", False), ("Won't Do", False), ("Closed as duplicate", False),
     ("Will not do", False), ("In Progress", False)],
)  # fmt: skip
def test_over_is_done_only_where_it_says_so(status: str, done: bool) -> None:
    found = told(f"Key,Title,Status\nA-1,Ledger,{status}")
    assert (found is not None and found.done_on == ON) is done
    taken = told(f"Key,Title,Status\nA-1,Ledger,{status}", include_done=True)
    assert (taken is not None and taken.done_on == ON) is done


def test_what_cannot_be_read_is_said_and_the_rest_goes_on() -> None:
    rateless = read("Key,Title,Owner,Spent (hours)\nA-1,Ledger,Ana,12", hours_per_ew=None)
    assert [note for note in rateless.notes if "--hours-per-week" in note]
    bare = read("Key,Title,Owner,Spent\nA-1,Ledger,Ana,12")
    assert [note for note in bare.notes if '"Spent" does not say what it counts' in note]
    assert [each.others for each in bare.updated] == [("owner Ana",)]
    # Outside the quarter, nobody knows what it is about.
    assert told("Key,Title,Spent (days)\nA-1,Ledger,5", on=date(2026, 12, 1)) is None


def test_a_row_that_is_done_closes_its_item_and_one_that_is_not_here_is_not_taken() -> None:
    over = read("Key,Title,Status\nA-1,Ledger,Done\nA-2,Export,Done")
    assert [(each.line, each.title) for each in over.updated] == [(2, "Ledger")]
    assert [each.line for each in over.rejected] == [3]
    # What was given up is told of as it is, and its item is left.
    left = read("Key,Title,Status\nA-1,Ledger,Cancelled")
    assert (left.updated, [each.line for each in left.rejected]) == ((), [2])
