"""What is hidden in a workbook is not taken in silence, nor are tables in Markdown refused that are our own."""

from __future__ import annotations

import re

from store.imports.merge import plan_import
from store.imports.options import ImportOptions, mends_of
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Customer, Item, Size, Team, Wait
from tests.store.imports.test_import_merge import after, fresh
from tests.store.imports.workbooks import packed, parts_of, rows_of


def book() -> bytes:
    """A hidden sheet first, then one with a hidden row."""
    tables = {"Lookup": [["Title", "Days"], ["secret", 1]], "Back & log": [["Title", "Days"], ["A", 5], ["B", 5]]}
    parts: dict[str, str | bytes] = dict(parts_of({name: rows_of(rows) for name, rows in tables.items()}))  # type: ignore[arg-type]
    for part, old, new in (
        ("xl/workbook.xml", '<sheet name="Lookup"', '<sheet state="hidden" name="Lookup"'),
        ("xl/worksheets/sheet2.xml", '<row r="3">', '<row r="3" spans="1:2" hidden="1">'),
    ):
        text = parts[part]
        assert isinstance(text, str)
        assert old in text
        parts[part] = text.replace(old, new)
    return packed(parts)


def plan(data: bytes, name: str, options: ImportOptions | None = None, sheet: str | None = None) -> ImportPlan:
    return plan_import(fresh(), parse_table(data, name, sheet=sheet), options)


def test_hidden_rows_and_sheets_are_left_and_said() -> None:
    found = plan(book(), "b.xlsx")
    assert [new.title for new in found.new] == ["A"]
    assert [(row.line, row.reason.partition(" (")[0]) for row in found.rejected] == [(3, "is hidden in the sheet")]
    assert any("Sheet Back & log was read" in note and "Lookup (hidden)" in note for note in found.notes)


def test_hidden_rows_and_sheets_are_taken_where_that_is_said() -> None:
    for options in (ImportOptions(include_hidden=True), ImportOptions(mends=mends_of(["3.state=taken"]))):
        assert [new.title for new in plan(book(), "b.xlsx", options).new] == ["A", "B"]
    assert [new.title for new in plan(book(), "b.xlsx", sheet="lookup").new] == ["secret"]


MARKDOWN = """# Backlog of *ours*

| who | what |
|-----|------|
| Ada | all  |

Sprint notes.

| Title | Key | Days | Owner |
|:------|-----|-----:|-------|
| Audit \\| log \\*now\\* | K-1 | 5 | [Ada](https://example.com/ada) |
| **Export** | K-2 | 2-3-5 | `Bo` |
"""


def test_a_table_in_markdown_is_read_as_a_table() -> None:
    state = after(fresh(), plan(MARKDOWN.encode(), "b.md"))
    items = {item.title: item for item in state.each(Item)}
    assert {title: (item.source_key, item.owner) for title, item in items.items()} == {
        "Audit | log *now*": ("K-1", "Ada"),
        "Export": ("K-2", "Bo"),
    }
    assert sorted((size.low, size.likely, size.high) for size in state.each(Size) if size.low) == [(0.4, 0.6, 1.0)]
    assert any("1 of the 2 tables" in note for note in plan(MARKDOWN.encode(), "b.md").notes)
    # A text separated by bars is no Markdown.
    assert len(plan(b"Title|Days\n---|---\na|5\n", "f.csv").new) == 2


OWN = """## In plan

| rank | key | title | slice | likely (ew) | sizes | odds |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | K-1 | Audit log | Q | 3.0 | Pay 1; Core 1-2-3 | 90% |

## Below the line

| rank | key | title | slice | likely (ew) | sizes | waiting customers |
| --- | --- | --- | --- | --- | --- | --- |
| 2 |   | Export | I | 0.6 | Core 0.4-0.6-1 | Acme; Globex |
"""


def test_our_own_table_comes_back_with_slices_sizes_and_customers() -> None:
    found = plan(OWN.encode(), "plan.md")
    assert found.format == "makeroom's own table of the plan"
    state = after(fresh(), found)
    items = {item.title: item for item in state.each(Item)}
    teams = {team.id: team.name for team in state.each(Team)}
    assert {title: item.slice for title, item in items.items()} == {"Audit log": "Q", "Export": "I"}
    assert sorted(
        (teams[size.team_id], size.low, size.likely)
        for size in state.each(Size)
        if size.item_id == items["Audit log"].id
    ) == [("Core", 1.0, 2.0), ("Pay", None, 1.0)]
    waits = {state.all(Customer)[wait.customer_id].name for wait in state.each(Wait)}
    assert waits == {"Acme", "Globex"}
    assert plan_import(state, parse_table(OWN.encode(), "plan.md")).unchanged == 2


def test_rows_have_the_numbers_that_the_office_program_shows() -> None:
    """A sheet that begins in row 3, with an empty row within: what is said of a row is found there."""
    rows = rows_of([["Title", "Key", "Days"], ["A", "K-1", 5], ["B", "K-2", 3], ["C", "K-3", "lots"]])
    for old, new in ((4, 7), (3, 6), (2, 4), (1, 3)):
        rows = re.sub(rf'(r="[A-Z]?){old}"', rf'\g<1>{new}"', rows)
    rows = rows.replace('<row r="6"', '<row hidden="1" r="6"')
    done = plan(packed(dict(parts_of({"S": rows}))), "b.xlsx")
    assert [(one.title, one.line) for one in done.new] == [("A", 4), ("C", 7)]
    assert [(one.line, one.reason.split(" (")[0]) for one in done.rejected] == [(6, "is hidden in the sheet")]
    assert any('row 7: estimate "lots"' in note for note in done.notes)
