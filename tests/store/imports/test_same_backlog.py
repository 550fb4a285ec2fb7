"""The same backlog in another dress gives the same items: order of columns, empty ones, delimiter, encoding, case."""

from __future__ import annotations

import random

import pytest

from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Item
from tests.store.imports.test_import_merge import fresh

HEADER = ["Task ID", "Title", "Status", "Points", "Story Points", "Team", "Assignee", "Due date", "Closed at", "Value"]
ROWS = [
    ["7", "Größe; prüfen", "Open", "", "5", "Pay", "Ada", "2027-02-01", "", "$1.5k"],
    ["8", "Export, all", "Doing", "8", "", "Core", "Bo", "1 Mar 2027", "", "2000"],
    ["9", "Old", "Done", "8", "", "Pay", "Bo", "", "", ""],
    ["10", "Older", "Odd", "8", "", "Pay", "Bo", "", "2026-01-02", ""],
    ["11", "Unclear", "Open", "2-4", "", "", "", "", "", ""],
]


def plan(
    header: list[str], rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8", end: str = "\n"
) -> ImportPlan:
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (header, *rows)]
    table = parse_table((end.join(lines) + end).encode(encoding), "f.csv")
    return plan_import(fresh(), table, ImportOptions(points_per_ew=8))


def told(done: ImportPlan) -> list[tuple[object, ...]]:
    items = [put for put in done.puts if isinstance(put, Item)]
    return [
        (one.key, one.title, one.size, item.owner, item.due, item.value)
        for one, item in zip(done.new, items, strict=True)
    ]


PLAIN = told(plan(HEADER, ROWS))


def test_what_is_meant() -> None:
    assert [row[:3] for row in PLAIN] == [
        ("7", "Größe; prüfen", "0.6 ew"), ("8", "Export, all", "1.0 ew"), ("11", "Unclear", "unsized"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_shuffled_columns_and_empty_ones_among_them(seed: int) -> None:
    chance = random.Random(seed)
    names = [*HEADER, "Sprint points", "Owner", "Summary", "Resolution", "Nothing"]
    rows = [[*row, "", "", "", "", ""] for row in ROWS]
    order = chance.sample(range(len(names)), len(names))
    assert told(plan([names[at] for at in order], [[row[at] for at in order] for row in rows])) == PLAIN


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_bytes(delimiter: str, encoding: str, end: str) -> None:
    assert told(plan(HEADER, ROWS, delimiter, encoding, end)) == PLAIN


@pytest.mark.parametrize(
    "change", [str.upper, str.lower, str.title, str.swapcase, lambda name: f" {name.replace(' ', '_')} "]
)
def test_case_and_punctuation_of_the_header(change) -> None:  # type: ignore[no-untyped-def]
    assert told(plan([change(name) for name in HEADER], ROWS)) == PLAIN


def test_empty_rows_and_lines_above_the_header() -> None:
    blank = [""] * len(HEADER)
    done = plan(["Report", *blank[1:]], [["Exported today", *blank[1:]], blank, HEADER, *ROWS, blank])
    assert told(done) == PLAIN


@pytest.mark.parametrize("gone", range(len(ROWS)))
def test_a_row_less_is_that_item_less(gone: int) -> None:
    key = ROWS[gone][0]
    assert told(plan(HEADER, ROWS[:gone] + ROWS[gone + 1 :])) == [row for row in PLAIN if row[0] != key]


def test_rows_and_columns_add_up() -> None:
    """Rows in are taken, left or refused, each with a reason; columns in are read, or named as not read."""
    chance = random.Random(5)
    for _ in range(40):
        header = [*HEADER, "Colour"]
        cells = ["", "Done", "5", "x", "2027-01-01", "$3k", "0", "Total", "100%", "[]", "null", "3-5d", "Ada"]
        rows = [[chance.choice(cells) for _ in header] for _ in range(chance.randint(1, 9))]
        rows = [row for row in rows if any(row)]
        done = plan(header, rows)
        assert len(done.new) + len(done.rejected) == done.rows == len(rows)
        assert all(one.reason for one in done.rejected)
        assert any(note == "Columns not used: Colour." for note in done.notes)
