"""The same backlog however it is written: what says nothing of the work changes no item; nothing goes in silence."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.exports.load_back import jira_sheet, linear_sheet
from store.exports.csv_text import csv_text
from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Command, Customer, Item, Size, Team, Wait
from tests.store.imports.test_import_merge import after, fresh
from tests.store.imports.test_tools import RATED, TOOLS
from tests.store.imports.workbooks import workbook

Cells = list[list[str]]
#: a Monday board has lines above its header already
NAMES = [name for name in TOOLS if name != "monday"]


def cells_of(tool: str) -> Cells:
    found = list(csv.reader(io.StringIO(TOOLS[tool][1])))
    return [row + [""] * (len(found[0]) - len(row)) for row in found]


def text_of(cells: Cells, delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(cells)
    return out.getvalue()


def items(done: ImportPlan) -> list[tuple[object, ...]]:
    """All that is said of each item, by team and customer names."""
    names = {put.id: put.name for put in done.puts if isinstance(put, Team | Customer)}
    sizes = {
        put.item_id: (put.low, put.likely, put.high, names[put.team_id]) for put in done.puts if isinstance(put, Size)
    }
    waits = [(put.item_id, names[put.customer_id]) for put in done.puts if isinstance(put, Wait)]
    return sorted(
        (
            (put.source_key or "", put.title, put.slice, put.owner, put.due, put.value, put.note, sizes.get(put.id),
             sorted(name for item, name in waits if item == put.id))
            for put in done.puts
            if isinstance(put, Item)
        ),
        key=str,
    )  # fmt: skip


def read(data: str | bytes, name: str = "f.csv") -> ImportPlan:
    return plan_import(fresh(), parse_table(data.encode() if isinstance(data, str) else data, name), RATED)


def shuffled(cells: Cells) -> Cells:
    order = list(range(len(cells[0])))
    random.Random(7).shuffle(order)
    # Columns of one name stay in their order, as they have one.
    places = {name: iter(sorted(at for at in order if cells[0][at] == name)) for name in cells[0]}
    order = [next(places[cells[0][at]]) for at in order]
    return [[row[at] for at in order] for row in cells]


CHANGES: dict[str, Callable[[Cells], bytes]] = {
    "columns shuffled": lambda cells: text_of(shuffled(cells)).encode(),
    "empty columns": lambda cells: text_of([["", *row, "", ""] for row in cells]).encode(),
    "empty columns with a name": lambda cells: text_of(
        [[*row, more] for row, more in zip(cells, ["Blob", *[""] * len(cells)], strict=False)]
    ).encode(),
    "empty rows": lambda cells: text_of([row for each in cells for row in (each, [""] * len(each))]).encode(),
    "lines above": lambda cells: (f"Report of Ada,\nExported 2026-11-29,\n\n{text_of(cells)}").encode(),
    "semicolons": lambda cells: text_of(cells, ";").encode(),
    "tabs": lambda cells: text_of(cells, "\t").encode(),
    "bars": lambda cells: text_of(cells, "|").encode(),
    "a mark": lambda cells: text_of(cells).encode("utf-8-sig"),
    "utf-16": lambda cells: text_of(cells).encode("utf-16"),
    "line ends": lambda cells: text_of(cells, end="\r\n").encode(),
    "upper case": lambda cells: text_of([[name.upper() for name in cells[0]], *cells[1:]]).encode(),
    "lower case": lambda cells: text_of([[name.lower() for name in cells[0]], *cells[1:]]).encode(),
    "a sheet": lambda cells: workbook(**{"Blatt 1": [list[object](row) for row in cells]}),
}


class TestSame:
    @pytest.mark.parametrize("change", CHANGES)
    @pytest.mark.parametrize("tool", NAMES)
    def test_items(self, tool: str, change: str) -> None:
        cells = cells_of(tool)
        data = CHANGES[change](cells)
        assert items(read(data, "f.xlsx" if change == "a sheet" else "f.csv")) == items(read(text_of(cells)))

    @pytest.mark.parametrize("tool", NAMES)
    def test_a_row_less_is_that_item_less(self, tool: str) -> None:
        cells = cells_of(tool)
        taken = {line.title: line.line for line in read(text_of(cells)).new}
        for title, line in taken.items():
            less = read(text_of([row for at, row in enumerate(cells, start=1) if at != line]))
            gone = [one for one in items(read(text_of(cells))) if one not in items(less)]
            assert [one[1] for one in gone] == [title] or (tool, title) == ("gitlab", "Search")


EXAMPLES = 200 if os.environ.get("MAKEROOM_LONG") else 30
words = st.sampled_from(
    ["", "Open", "Done", "A b", "5", "3d", "2-3-5", "M", "lots", "1,5", "2027-02-01", "Total", "x, y"]
)
NUMBERED = ["Title", "Key", "Estimate", "Status", "Due", "Team", "Customer", "Odd", "Value"]


class TestNothingInSilence:
    @settings(max_examples=EXAMPLES)
    @given(st.lists(st.tuples(*[words] * 9), max_size=8), st.permutations(NUMBERED))
    def test_rows_and_columns_add_up(self, rows: list[tuple[str, ...]], header: list[str]) -> None:
        text = text_of([header, *map(list, rows)])
        table = parse_table(text.encode(), "f.csv")
        done = plan_import(fresh(), table, ImportOptions(columns={"days": "Estimate"}))
        assert len(done.new) + len(done.rejected) == done.rows == len(table.rows)
        assert all(one.reason for one in done.rejected)
        lines = [one.line for one in (*done.new, *done.rejected)]
        assert sorted(lines) == [row.line for row in table.rows]
        assert [one.column for one in done.columns] == list(table.header)
        unread = [one.column for one in done.columns if one.field is None]
        assert ("Columns not used: " + ", ".join(unread) + "." in done.notes) == bool(unread)

    @settings(max_examples=EXAMPLES)
    # A carriage return that Python's writer leaves without quotes ends a line in CSV.
    @given(
        st.integers(0, 11), st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=12)
    )
    def test_a_spoiled_estimate_loses_no_item(self, at: int, estimate: str) -> None:
        rows = [[f"T{number}", f"K-{number}", "3d"] for number in range(12)]
        whole = read(text_of([["Title", "Key", "Estimate"], *rows]))
        rows[at][2] = estimate
        spoiled = read(text_of([["Title", "Key", "Estimate"], *rows]))
        assert [one.key for one in spoiled.new] == [one.key for one in whole.new]
        differ = [one.key for one, other in zip(spoiled.new, whole.new, strict=True) if one.size != other.size]
        assert differ in ([], [f"K-{at}"])


class TestOurOwn:
    def test_what_goes_to_jira_comes_back_without_a_change(self) -> None:
        """Titles that a spreadsheet would compute, and one that was renamed here, are as Jira has them."""
        text = "Summary,Issue key,Status\n- dash first,P-1,Open\n+1 story,P-2,Open\n=1+1,P-3,Open\nRenamed,P-4,Open\n"
        state = after(fresh(), read(text))
        renamed = next(item for item in state.each(Item) if item.title == "Renamed")
        state = state.overlay(Command("edit", "edit", (renamed.model_copy(update={"title": "Ours"}),)))
        for sheet in (jira_sheet(state), linear_sheet(state)):
            back = csv_text(sheet)
            assert [row[1] for row in csv.reader(io.StringIO(back))][1:] == [
                "- dash first",
                "+1 story",
                "=1+1",
                "Renamed",
            ]
        done = plan_import(state, parse_table(csv_text(jira_sheet(state)).encode(), "jira.csv"), RATED)
        assert (done.new, done.updated, done.conflicts, done.unchanged) == ((), (), (), 4)
        assert done.command().empty

    def test_a_key_that_is_made_here_goes_nowhere(self) -> None:
        text = "Title,Parent,Days\nWrite tests,One,5\nWrite tests,Two,5\n"
        assert jira_sheet(after(fresh(), read(text))).rows == ()
