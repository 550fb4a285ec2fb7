"""Rows mended before they are taken: what is said of a row counts for this import, and for nothing else."""

from __future__ import annotations

import pytest

from store.imports.errors import ImportOptionError, RateNeededError
from store.imports.mappings import SourceMapping, mapping_text
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, Mend, mends_of
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Item, Size, State, Team
from tests.store.imports.test_import_merge import after, fresh

TEXT = (
    "Title,Key,Team,Estimate,Status\nAudit log,K-1,Pay,huge,To Do\n,K-2,Pay,3d,To Do\nExport,K-3,Core,5d,Done\n"
    "Total,,,8d,\nSearch,K-5,Core,5d,To Do\n"
)


def plan(*said: str, state: State | None = None, **options: object) -> ImportPlan:
    table = parse_table(TEXT.encode(), "f.csv")
    return plan_import(state or fresh(), table, ImportOptions(mends=mends_of(said), **options))  # type: ignore[arg-type]


def taken(state: State) -> dict[str, tuple[float | None, str]]:
    """Title -> likely size, and its team."""
    sizes = {size.item_id: size for size in state.each(Size)}
    teams = {team.id: team.name for team in state.each(Team)}
    return {
        item.title: (
            sizes[item.id].likely if item.id in sizes else None,
            teams[sizes[item.id].team_id if item.id in sizes else item.team_id or 0],
        )
        for item in state.each(Item)
    }


def test_what_is_said_of_a_row_counts_and_rows_left_for_a_reason_are_taken() -> None:
    before = plan()
    assert [(row.line, row.reason.partition(" (")[0]) for row in before.rejected] == [
        (3, "has no title"),
        (4, 'is "Done"'),
        (5, "looks like a row of totals, and no item"),
    ]
    said = ("2.size=2-3-5d", "3.title=Login", "3.team=Core", "4.state=taken", "5.state=taken", "6.state=left")
    done = plan(*said)
    assert taken(after(fresh(), done)) == {
        "Audit log": (0.6, "Pay"),
        "Login": (0.6, "Core"),
        "Export": (1.0, "Core"),
        "Total": (1.6, "Pay"),
    }
    assert [(row.line, row.reason) for row in done.rejected] == [(6, "is left as you say")]
    assert done.rows == before.rows == 5
    assert any(
        note.startswith("Mended for this import: line 2: size 2-3-5d, line 3: “Login”, team Core, line 4: taken")
        for note in done.notes
    )
    # What could not be read was mended.
    assert not any("cannot be read" in note for note in done.notes)


def test_a_mend_stays_when_the_file_comes_again_and_no_mapping_keeps_it() -> None:
    state = after(fresh(), plan("2.title=Audit trail", "2.size=4", "2.team=Core"))
    again = plan(state=state)
    assert (again.updated, again.conflicts, len(again.new)) == ((), (), 0)
    assert taken(state)["Audit trail"] == (4.0, "Core")
    words = "line 2 is here already: change title, size and team on the board"
    assert not any(words in note for note in again.notes)
    for said in ("2.title=Audit trail", "2.size=5", "2.team=Pay"):
        assert any(words in note for note in plan(said, state=state).notes), said
    assert "Audit" not in mapping_text(SourceMapping(options=ImportOptions(mends={2: Mend(title="Audit trail")})))


def test_none_is_no_size_and_points_need_their_rate() -> None:
    assert taken(after(fresh(), plan("6.size=none")))["Search"] == (None, "Core")
    assert taken(after(fresh(), plan("6.size=4 points", points_per_ew=8.0)))["Search"] == (0.5, "Core")
    with pytest.raises(RateNeededError):
        plan("6.size=4 points")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("99.size=3", "no row in line 99"),
        ("2.size=lots", 'size set for line 2: estimate "lots" is not a number'),
        ("2.colour=red", "title, size, team or state"),
        ("2.size=", "which size"),
        ("2.state=done", "taken or left"),
        ("two.size=3", "a row's number"),
        (f"2.title={'x' * 20_001}", "at most 20,000"),
    ],
)
def test_what_means_nothing_is_said(said: str, why: str) -> None:
    with pytest.raises(ImportOptionError, match=why):
        plan(said)


def test_two_rows_of_one_title_are_told_apart_by_a_mend() -> None:
    table = parse_table(b"Title,Days\nWrite copy,2\nWrite copy,3\n", "f.csv")
    assert [row.line for row in plan_import(fresh(), table).rejected] == [3]
    done = plan_import(fresh(), table, ImportOptions(mends=mends_of(["3.title=Write more copy"])))
    assert [new.title for new in done.new] == ["Write copy", "Write more copy"]


def test_a_row_that_is_left_by_hand_counts_among_those_left() -> None:
    assert "Statuses left as over: Done (1)." in plan().notes
    assert "Statuses left as over: Done (1), To Do (1)." in plan("6.state=left").notes
