"""Schedules without an outline, as Smartsheet exports them: phases are told by their days, and no work counts twice."""

from __future__ import annotations

import pytest

from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Dependency, Item
from tests.store.imports.test_import_merge import fresh

HEAD = "Task Name,Status,Duration,Start,Finish,Predecessors,Assigned To\n"
ROWS = """Phase 1: Discovery,Started,15d,01/04/27,01/22/27,,
Interview hospitals,Started,5d,01/04/27,01/08/27,,Yuki
Write intended use,Open,10d,01/11/27,01/22/27,2FS,Jan
Phase 2: Build,Open,30d,01/25/27,03/05/27,,
Alarm firmware,Open,20d,01/25/27,02/19/27,"3FS +1d, 2",Kenji
Cloud audit log,Open,10d,02/22/27,03/05/27,5,Mina
"""
PARTS = ["Interview hospitals", "Write intended use", "Alarm firmware", "Cloud audit log"]


def plan(text: str) -> ImportPlan:
    return plan_import(fresh(), parse_table(text.encode(), "f.csv"), ImportOptions())


def titles(found: ImportPlan) -> list[str]:
    return [put.title for put in found.puts if isinstance(put, Item)]


def test_a_phase_holds_its_parts_together_and_what_is_waited_for_is_the_row_of_that_number() -> None:
    found = plan(HEAD + ROWS)
    assert titles(found) == PARTS
    # 5 + 10 + 20 + 10 days, and not the 45 days of the phases once more.
    assert [one.size for one in found.new] == ["1.0 ew", "2.0 ew", "4.0 ew", "2.0 ew"]
    assert [each.title for each in found.rejected] == ["Phase 1: Discovery", "Phase 2: Build"]
    assert any("hold these together: Phase 1: Discovery, Phase 2: Build" in note for note in found.notes)
    names = {put.id: put.title for put in found.puts if isinstance(put, Item)}
    needs = {(names[put.item_id], names[put.needs_id]) for put in found.puts if isinstance(put, Dependency)}
    assert needs == {
        ("Write intended use", "Interview hospitals"),
        ("Alarm firmware", "Write intended use"),
        ("Alarm firmware", "Interview hospitals"),
        ("Cloud audit log", "Alarm firmware"),
    }
    # No row is known by its number: a file with one more row at its top has the same items.
    assert all(put.source_key in (None, "") for put in found.puts if isinstance(put, Item))


def test_phases_within_phases_and_a_part_that_nobody_has_yet() -> None:
    whole = "Programme,Open,45d,01/04/27,03/05/27,,\n"
    assert titles(plan(HEAD + whole + ROWS.replace("Mina", ""))) == PARTS


def test_where_nobody_is_assigned_to_anything_the_days_tell_of_all_rows_or_of_none() -> None:
    bare = ROWS
    for name in ("Yuki", "Jan", "Kenji", "Mina"):
        bare = bare.replace(f",{name}\n", ",\n")
    assert titles(plan(HEAD + bare)) == PARTS
    # One more row beside the phases, and a list of tasks may be what it is.
    assert len(titles(plan(f"{HEAD}{bare}Release,Open,1d,03/08/27,03/08/27,,\n"))) == 7


@pytest.mark.parametrize(
    "change",
    [
        # It ends a day later than what stands below it.
        ("Phase 1: Discovery,Started,15d,01/04/27,01/22/27", "Phase 1: Discovery,Started,16d,01/04/27,01/25/27"),
        # Somebody does it.
        ("Phase 1: Discovery,Started,15d,01/04/27,01/22/27,,", "Phase 1: Discovery,Started,15d,01/04/27,01/22/27,,Ana"),
    ],
    ids=["other days", "an owner"],
)
def test_work_of_its_own_is_not_taken_for_a_phase(change: tuple[str, str]) -> None:
    assert titles(plan(HEAD + ROWS.replace(*change))) == ["Phase 1: Discovery", *PARTS]


def test_a_number_that_is_no_row_or_a_title_that_two_rows_have_is_guessed_by_nobody() -> None:
    head = "Task,Days,Predecessors\n"
    needs = [put for put in plan(f"{head}Test,1,\nBuild,2,9\n").puts if isinstance(put, Dependency)]
    assert not needs
    found = plan(f"{head}Test,1,\nTest,2,\nBuild,2,2\n")
    assert not any(isinstance(put, Dependency) for put in found.puts)
    assert any("neither here nor taken from this file: 2" in note for note in found.notes)
