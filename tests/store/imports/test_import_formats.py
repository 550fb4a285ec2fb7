"""Every format is recognised and read as its tool documents it (fixtures by hand; a second or two)."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.common.errors import StoreError
from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.formats import FORMATS, Source, json_text, recognised
from store.imports.guesses import guess_columns
from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table, read_table
from store.imports.report import ImportPlan
from store.records import Customer, Dependency, Item, Size, State, Team, Wait
from tests.store.imports.test_import_merge import RATED, after, fresh
from tests.store.imports.test_tools import TOOLS
from tests.store.imports.workbooks import workbook

DATA = Path(__file__).parent.parent.parent / "data" / "imports"
NONE: tuple[str, ...] = ()

#: file -> (format, {key: (title, slice, likely ew, due, owner)}, lines not taken, dependencies as (item, needs))
EXPECTED = {
    "jira_all_fields.csv": (
        "jira",
        {
            "PAY-11": ("Exchange rates", "I", 1.0, date(2026, 3, 12), "Ada"),
            "PAY-12": ("Currency picker", "F", 0.5, None, ""),
        },
        [2, 5, 6],
        {("PAY-12", "PAY-11")},
    ),
    "jira_server.csv": (
        "jira",
        {
            "CORE-2": ("Index the notes", "F", 1.25, date(2026, 3, 12), "ada"),
            "CORE-4": ("Show what was found", "F", 0.325, date(2026, 3, 12), ""),
        },
        [2, 4],
        {("CORE-4", "CORE-2")},
    ),
    "linear.csv": (
        "linear",
        {
            "ENG-1": ("Offline mode", "I", 1.0, date(2026, 3, 12), "ada@example.org"),
            "ENG-2": ("Sync queue", "Q", 0.375, date(2026, 3, 12), ""),
        },
        [6],
        {("ENG-2", "ENG-1")},
    ),
    "azure.csv": (
        "azure",
        {
            "102": ("Reset a password", "I", 0.625, date(2026, 3, 12), "Ada Lane"),
            "105": ("Wish lists", "F", 1.0, None, ""),
        },
        [2, 4, 5],
        set(),
    ),
    "azure_tree.csv": (
        "azure",
        {
            "2": ("Reset a password", "F", 0.625, None, "Ada"),
            "4": ("Wish lists", "F", 0.375, None, ""),
            "5": ("Wrong total", "Q", 0.25, None, ""),
        },
        [2, 4],
        set(),
    ),
    "github_issues.json": (
        "github",
        {
            "acme/shop#12": ("Login fails with a “quote”", "Q", None, date(2026, 3, 12), "Ada"),
            "acme/shop#13": ("Queue", "F", None, None, ""),
        },
        [20],
        {("acme/shop#12", "acme/shop#13")},
    ),
    "github_project_items.json": (
        "github",
        {"acme/shop#7": ("Dark mode", "F", 0.625, None, "ada"), None: ("A draft", "F", None, None, "")},
        [],
        set(),
    ),
    "github_project.tsv": (
        "github-project",
        {"acme/shop#7": ("Dark mode", "I", 0.625, None, "ada, bo"), None: ("A draft", "F", None, None, "")},
        [4],
        set(),
    ),
    "trello.json": (
        "trello",
        {
            "Aa1": ("Audit log", "I", 0.625, date(2026, 3, 12), "Ada Lane, Bo"),
            "Dd4": ("Export", "F", None, None, ""),
        },
        [5, 6],
        set(),
    ),
    # Whatever a spreadsheet could take for a formula has an apostrophe in front, which is taken off again.
    "makeroom.csv": (
        "makeroom",
        {
            "PAY-1": ("=SUM(A1:A9) on every page", "F", 3.0, date(2026, 3, 12), "Ada"),
            "PAY-2": ("'@home", "Q", 0.625, None, ""),
        },
        [],
        set(),
    ),
}


def rows_in(done: ImportPlan) -> int:
    return len(done.new) + len(done.updated) + done.kept_alone + done.unchanged + len(done.rejected)


def needs(state: State) -> set[tuple[str | None, str | None]]:
    items = state.all(Item)
    return {(items[row.item_id].source_key, items[row.needs_id].source_key) for row in state.each(Dependency)}


@pytest.mark.parametrize("name", EXPECTED)
class TestEachFormat:
    def test_is_read_as_documented(self, name: str) -> None:
        format, items, lines, dependencies = EXPECTED[name]
        table = read_table(DATA / name)
        done = plan_import(fresh(), table, RATED)
        state = after(fresh(), done)
        sizes = {size.item_id: size.likely for size in state.each(Size)}
        found = {
            item.source_key: (item.title, item.slice, sizes.get(item.id), item.due, item.owner)
            for item in state.each(Item)
        }
        assert table.format == format
        assert found == items
        assert [row.line for row in done.rejected] == lines
        assert needs(state) == dependencies
        assert rows_in(done) == len(table.rows)

    def test_twice_is_once(self, name: str) -> None:
        table = read_table(DATA / name)
        state = after(fresh(), plan_import(fresh(), table, RATED))
        again = plan_import(state, table)
        assert again.command().empty
        assert (again.unchanged, again.conflicts, again.gone) == (len(state.all(Item)), (), ())

    def test_by_its_name(self, name: str) -> None:
        """--format reads the same as recognising."""
        found = read_table(DATA / name)
        named = read_table(DATA / name, format=found.format)
        assert (named.header, list(named.rows)) == (found.header, list(found.rows))


def test_every_format_has_a_file() -> None:
    # Those that are a row of a table are held by test_tools.py, with a text each.
    assert {each[0] for each in EXPECTED.values()} | {"plain"} | (TOOLS.keys() - {"notion"}) == {
        each.name for each in FORMATS
    }


@pytest.mark.parametrize("name", ["plain.csv", "semicolon_latin1.csv", "utf16.csv"])
def test_tables_of_nobody_stay_plain(name: str) -> None:
    data = (DATA.parent / name).read_bytes()
    assert recognised(Source(data, name)).name == "plain"


def test_an_unknown_format_is_a_sentence() -> None:
    with pytest.raises(ImportOptionError, match=r"There is no format 'jra'\. The formats are: jira, linear"):
        parse_table(b"title\nx\n", "f.csv", format="jra")


def test_plain_on_request_reads_nothing_into_the_names() -> None:
    table = parse_table(b"Issue key,Summary,Original Estimate\nA-1,A,115200\n", "f.csv", format="plain")
    with pytest.raises(ImportOptionError, match="does not say what its numbers count"):
        plan_import(fresh(), table, RATED)


def test_json_of_nobody_is_a_sentence() -> None:
    with pytest.raises(UnreadableFileError, match=r"JSON without a list of objects"):
        parse_table(b'{"a": 1, "b": [1, 2]}', "f.json", format="plain")
    with pytest.raises(ImportOptionError, match=r'No column looks like a title. The columns are: "a"'):
        plan_import(fresh(), parse_table(b'[{"a": 1}]', "f.json"))
    with pytest.raises(UnreadableFileError, match="no cards"):
        parse_table(b'{"a": 1}', "f.json", format="trello")


def test_a_repeated_column_is_read_whole() -> None:
    table = read_table(DATA / "jira_all_fields.csv")
    done = plan_import(fresh(), table, RATED)
    item = next(item for item in after(fresh(), done).each(Item) if item.source_key == "PAY-11")
    assert "Labels rates, security" in item.note
    assert "Parent PAY-10, 10010" in item.note


class TestWorkbooks:
    BACKLOG: ClassVar[list[list[object]]] = [
        ["Key", "Title", "Days", "Due", "Type", "Sum"],
        ["A-1", "Audit log", 5, (46093,), "Bug", ("SUM(C2:C3)", 7.5)],
        ["A-2", "=HYPERLINK(1)", 2.5, None, None, True],
        [None, None, None],
        ["A-3", ' two\nlines "quoted" ', ("5+5", 10), None, "spike"],
    ]

    def test_dates_numbers_and_saved_values(self) -> None:
        """46093 is 2026-03-12 by Excel's calendar; a formula is its saved value; a text that looks like one is text."""
        done = plan_import(fresh(), parse_table(workbook(Backlog=self.BACKLOG), "b.xlsx"))
        state = after(fresh(), done)
        items = {item.source_key: item for item in state.each(Item)}
        sizes = {size.item_id: size.likely for size in state.each(Size)}
        assert [(each.title, each.slice, sizes[each.id]) for each in items.values()] == [
            ("Audit log", "Q", 1.0),
            ("=HYPERLINK(1)", "F", 0.5),
            ('two lines "quoted"', "D", 2.0),
        ]
        assert items["A-1"].due == date(2026, 3, 12)
        assert [(row.line, done.counted) for row in done.new] == [(2, "row"), (3, "row"), (5, "row")]

    def test_a_sheet_by_its_name(self) -> None:
        data = workbook(Notes=[["Hello"]], Backlog=self.BACKLOG)
        assert parse_table(data, "b.xlsx").header[1] == "Title"
        assert parse_table(data, "b.xlsx").notes[0].startswith("Sheet Backlog was read: sheet Notes has no backlog.")
        assert parse_table(data, "b.xlsx", sheet="Notes").header == ("Hello",)
        both = parse_table(workbook(Backlog=self.BACKLOG, Other=self.BACKLOG), "b.xlsx")
        assert "--sheet NAME reads another: Other" in both.notes[0]
        assert parse_table(data, "b.xlsx", sheet="backlog").header[1] == "Title"
        with pytest.raises(ImportOptionError, match=r"no sheet 'Nope'. Its sheets are: Notes, Backlog"):
            parse_table(data, "b.xlsx", sheet="Nope")

    def test_a_tool_s_columns_are_recognised_in_a_sheet(self) -> None:
        data = workbook(Jira=[["Summary", "Issue key", "Issue Type", "Original estimate"], ["A", "A-1", "Bug", 115200]])
        table = parse_table(data, "b.xlsx")
        assert table.format == "jira"
        assert plan_import(fresh(), table, RATED).new[0].size == "1.0 ew"


class TestCustomers:
    TEXT = b'key,title,customer\nA-1,A,"Acme, Inc.; Globex"\nA-2,B,globex\n'

    def test_who_waits(self) -> None:
        done = plan_import(fresh(), parse_table(self.TEXT, "f.csv"))
        state = after(fresh(), done)
        names = {row.id: row.name for row in state.each(Customer)}
        titles = {row.id: row.title for row in state.each(Item)}
        assert {(titles[row.item_id], names[row.customer_id]) for row in state.each(Wait)} == {
            ("A", "Acme, Inc."),
            ("A", "Globex"),
            ("B", "Globex"),
        }
        assert plan_import(state, parse_table(self.TEXT, "f.csv")).command().empty


class TestGuesses:
    def test_columns_with_samples(self) -> None:
        table = parse_table(b"Nr,Headline,Story Points\nA-1,Audit log,5\nA-2,Export,\nA-3,Export,5\n", "f.csv")
        found = {one.column: (one.field, one.samples, round(one.filled, 2)) for one in guess_columns(table)}
        assert found == {
            "Nr": ("key", ("A-1", "A-2", "A-3"), 1.0),
            "Headline": ("title", ("Audit log", "Export"), 1.0),
            "Story Points": ("points", ("5",), 0.67),
        }

    def test_what_the_user_says_goes_first(self) -> None:
        table = parse_table(b"a,b\n1,2\n", "f.csv")
        assert [one.field for one in guess_columns(table)] == [None, None]
        assert [one.field for one in guess_columns(table, {"title": "b"})] == [None, "title"]
        with pytest.raises(ImportOptionError, match="no column 'c'"):
            guess_columns(table, {"title": "c"})


def test_a_team_column_makes_teams() -> None:
    done = plan_import(fresh(), read_table(DATA / "trello.json"), ImportOptions(points_per_ew=8))
    assert [team.name for team in after(fresh(), done).each(Team)] == ["Pay"]


def test_a_list_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "MAX_ROWS", 3)
    assert len(parse_table(b'[{"number": 1}' + b',{"number": 1}' * 2 + b"]", "f.json", format="github").rows) == 3
    with pytest.raises(UnreadableFileError, match="at most 3 are read"):
        parse_table(b'[{"number": 1}' + b',{"number": 1}' * 3 + b"]", "f.json", format="github")


FILES = {path.name: path.read_bytes() for path in sorted(DATA.iterdir())} | {
    "b.xlsx": workbook(B=TestWorkbooks.BACKLOG)
}


@settings(max_examples=150)
@given(st.sampled_from(sorted(FILES)), st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=6)), max_size=6))
def test_any_damage_is_a_plan_or_a_sentence(name: str, damage: list[tuple[int, bytes]]) -> None:
    """Bytes written over, put in and taken out; what is read, adds up."""
    data = bytearray(FILES[name])
    for at, found in damage:
        at %= len(data)
        data[at : at + (len(found) if at % 3 else 0) or 4] = found
    with contextlib.suppress(StoreError):
        table = parse_table(bytes(data), name)
        assert rows_in(plan_import(fresh(), table, RATED)) == len(table.rows)
