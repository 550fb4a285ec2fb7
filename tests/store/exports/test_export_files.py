"""Exports as files: cells that no spreadsheet computes, tables that two readers see alike, and a workspace that comes
back whole from makeroom's own JSON. About 10 s."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import re
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import python_calamine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scenarios import exports
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import plan_of
from scenarios.trade.door import forecast_of
from store.common.errors import StoreError
from store.common.sheets import Column, Sheet
from store.database.rows import tidy
from store.database.verify import verify
from store.database.watch import StoppedError, Watch
from store.demo.demo import make_demo
from store.exports.cells import as_it_was, defused
from store.exports.content import KINDS
from store.exports.csv_text import csv_text
from store.exports.own_json import VERSION, own_json, sheet_json
from store.exports.workbook import workbook_bytes
from store.imports.errors import UnreadableFileError
from store.imports.whole import fill_empty, looks_whole, read_whole
from store.records import Item, Origin, Quarter, Record, Scenario, Slice, State, Team, WorkspaceInfo
from store.workspace.workspace import Workspace
from tests.store.exports.export_schema import export_schema, hash_of_content
from tests.store.helpers import content, fresh
from tests.store.world import World

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
SCHEMA = Path(__file__).parents[3] / "docs" / "export-schema.json"
#: What OWASP lists, and the full-width signs that East Asian spreadsheets take for the same.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: A stop at the first look, or at the second ...
STOPS = (1, 2, 3)


def stopping(after: int) -> Watch:
    looks = iter(range(1, 1_000_000))
    return Watch(stop=lambda: next(looks) >= after)


def exported(state: State) -> bytes:
    return own_json(state, AT).encode()


def imported(data: bytes, path: Path) -> State:
    """What a fresh workspace in this file holds after the import."""
    with fresh(path) as workspace:
        workspace.apply(fill_empty(read_whole(data, "room.json"), workspace.load()))
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def numbered(state: State) -> dict[str, list[dict[str, Any]]]:
    """What a state holds whatever its ids are: rows in order of id, links as the place of what they point to."""
    places = {table: {key: at for at, key in enumerate(sorted(rows))} for table, rows in state.tables.items()}
    found = {}
    for kind in KINDS:
        rows = []
        for key in sorted(state.tables[kind.table]):
            values = state.tables[kind.table][key].model_dump(exclude={"rev", "id"})
            for column, table in kind.links.items():
                values[column] = None if values[column] is None else places[table][values[column]]
            rows.append(values)
        found[kind.table] = rows
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> State:
    with fresh(tmp_path_factory.mktemp("demo") / "room.db") as workspace:
        make_demo(workspace)
        return workspace.load()


class TestCells:
    @given(st.text(max_size=12))
    @example("'")
    @example("''=1")
    @example("'it is")
    def test_taken_back_it_is_what_it_was(self, text: str) -> None:
        assert as_it_was(defused(text)) == text

    @given(st.sampled_from(DANGEROUS), st.text(max_size=8))
    def test_nothing_begins_like_a_formula(self, sign: str, text: str) -> None:
        assert defused(sign + text) == f"'{sign}{text}"

    @pytest.mark.parametrize("text", ["", "audit log", "1 + 1", "a=b", "'it is", "9-5", "ＡＢＣ"])
    def test_other_text_stays(self, text: str) -> None:
        assert defused(text) == text


def _sheet() -> Sheet:
    columns = (
        Column("title"), Column("ew", "ew"), Column("odds", "odds"), Column("due", "date"), Column("at", "time"),
        Column("unplanned", "yes"),
    )  # fmt: skip
    at = datetime(2026, 11, 21, 9, 30, 5, tzinfo=timezone(timedelta(hours=2)))
    return Sheet(
        "plan",
        "The plan",
        columns,
        (
            ("=1+1", 2.35, 0.7256, date(2027, 3, 14), at, True),
            ('=HYPERLINK("http://evil.example","x"); a,b', 1 / 3, 1.0, date(1850, 1, 1), at, False),
            ("https://evil.example", 1e300, None, None, None, False),
            ("two\nlines “東京” 🚀 \ufffe _x0041_", 4.0, 0.0, None, None, False),
            ("-5", -5.0, None, None, None, False),
        ),
    )


TITLES = [
    "'=1+1",
    '\'=HYPERLINK("http://evil.example","x"); a,b',
    "https://evil.example",
    "two\nlines “東京” 🚀 \ufffe _x0041_",
    "'-5",
]


class TestTables:
    def test_csv_as_pythons_reader_sees_it(self) -> None:
        head, *rows = csv.reader(io.StringIO(csv_text(_sheet()), newline=""))
        assert head == ["title", "ew", "odds", "due", "at", "unplanned"]
        assert [row[0] for row in rows] == TITLES
        assert rows[0][1:] == ["2.35", "0.7256", "2027-03-14", "2026-11-21T09:30:05+02:00", "yes"]
        assert float(rows[1][1]) == 1 / 3
        # A number is no text, and needs no apostrophe.
        assert rows[4][1] == "-5"

    def test_csv_as_sqlite_utils_sees_it(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(csv_text(_sheet()), encoding="utf-8", newline="")
        command = [sys.executable, "-m", "sqlite_utils", "insert", "a.db", "plan", "a.csv", "--csv"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        with sqlite3.connect(tmp_path / "a.db") as raw:
            assert [title for (title,) in raw.execute("SELECT title FROM plan")] == TITLES

    def test_xlsx_as_calamine_sees_it(self) -> None:
        data = workbook_bytes([_sheet(), Sheet("empty", "", (Column("a"),), ())])
        book = python_calamine.load_workbook(io.BytesIO(data))
        assert book.sheet_names == ["plan", "empty"]
        (about, *_), head, *rows = book.get_sheet_by_name("plan").to_python()
        assert about == "The plan."
        assert head == ["title", "ew", "odds", "due", "at (UTC)", "unplanned"]
        assert [row[0] for row in rows][:3] == TITLES[:3]
        assert rows[3][0].startswith("two\nlines “東京” 🚀")
        assert rows[4][:2] == ["'-5", -5.0]
        assert rows[0][1:] == [2.35, 0.7256, date(2027, 3, 14), datetime(2026, 11, 21, 7, 30, 5), "yes"]
        # Excel has no such day: as text it is still there.
        assert rows[1][3] == "1850-01-01"
        assert rows[2][1] == 1e300

    def test_a_sheet_fits_its_page_and_cuts_what_is_cut_elsewhere(self) -> None:
        """9.97826% is not 10%, and 2.99 times not 3: so it reads on the board and in the memo, too."""
        columns = (Column("share", "share"), Column("return", "times"), Column("any"))
        sheet = Sheet("figures", "Figures", columns, ((4.59 / 46, 2.99, date(2027, 1, 4)),), about="A row a plan.")
        data = workbook_bytes([sheet], note="Internal.")
        (about, *_), _, row = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_name("figures").to_python()
        assert about == "Figures. A row a plan. Internal."
        assert row == [0.099, 2.9, date(2027, 1, 4)]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            page, book = archive.read("xl/worksheets/sheet1.xml"), archive.read("xl/workbook.xml")
        assert b'<pageSetUpPr fitToPage="1"/>' in page
        assert b'fitToHeight="0"' in page
        assert b'orientation="landscape"' in page
        assert b"figures!$2:$2" in book, "the heads stand on every page"

    def test_paper_has_the_columns_of_a_page_and_rows_as_high_as_their_text(self) -> None:
        columns = (Column("title", brief=True, width=20), Column("odds", "odds", True, 7), Column("note", width=40))
        sheet = Sheet("plan", "The plan", columns, (("word " * 20, 0.5, "x" * 30), ("short", 0.5, "")))
        with zipfile.ZipFile(io.BytesIO(workbook_bytes([sheet]))) as archive:
            page, book = archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/workbook.xml").decode()
        assert "plan!$A$1:$B$4</definedName>" in book, "the note stays on screen"
        heights = {int(row): float(height) for row, height in re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', page)}
        assert heights[3] >= 5 * 15, "100 characters in lines of 20"
        assert heights.get(4, 15) == 15

    def test_xlsx_holds_no_formula_and_no_link(self) -> None:
        with zipfile.ZipFile(io.BytesIO(workbook_bytes([_sheet()]))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        page = parts["xl/worksheets/sheet1.xml"]
        assert b"<f" not in page
        assert b"hyperlink" not in page
        assert not [name for name in parts if "rels" in name and b"evil.example" in parts[name]]

    @pytest.mark.parametrize(("letter", "kept"), [("x", 32_766), ("🚀", 16_383)])
    def test_a_text_that_no_cell_holds_is_cut_and_marked(self, letter: str, kept: int) -> None:
        texts = [letter * kept, letter * 40_000]
        sheet = Sheet("plan", "", (Column("title"),), tuple((text,) for text in texts))
        _, _, (whole,), (cut,) = (
            python_calamine.load_workbook(io.BytesIO(workbook_bytes([sheet]))).get_sheet_by_name("plan").to_python()
        )
        assert whole == texts[0]
        assert cut == letter * kept + "…"

    def test_the_same_plan_is_the_same_bytes(self) -> None:
        assert workbook_bytes([_sheet()]) == workbook_bytes([_sheet()])

    @pytest.mark.parametrize("stop", STOPS)
    def test_stopped_there_is_nothing(self, stop: int, demo: State) -> None:
        sheet = _sheet()
        with pytest.raises(StoppedError):
            workbook_bytes([sheet, replace(sheet, name="other")], stopping(stop))
        with pytest.raises(StoppedError):
            csv_text(sheet, stopping(1))
        with pytest.raises(StoppedError):
            own_json(demo, AT, stopping(min(stop, 2)))


class TestOwnJson:
    def test_the_demo_comes_back_whole(self, demo: State, tmp_path: Path) -> None:
        """To the last id: the file verifies, and one undo takes all of it back."""
        after = imported(exported(demo), tmp_path / "new.db")
        assert content(after) == content(demo)
        assert hash_of_content(after) == hash_of_content(demo)
        assert forecast_of(after).odds == forecast_of(demo).odds
        assert verify(tmp_path / "new.db", surroundings=False).sound
        with fresh(tmp_path / "new.db") as workspace, fresh(tmp_path / "other.db") as other:
            workspace.undo()
            assert numbered(workspace.load()) == {
                **numbered(other.load()),
                "workspace": [{**numbered(other.load())["workspace"][0], "name": "new"}],
            }

    def test_exported_again_it_is_the_same_file(self, demo: State, tmp_path: Path) -> None:
        assert exported(imported(exported(demo), tmp_path / "new.db")) == exported(demo)

    @pytest.mark.parametrize("seed", range(4))
    def test_random_workspaces_come_back_whole(self, seed: int, tmp_path: Path) -> None:
        chance = random.Random(seed)
        world = World(tmp_path)
        for _ in range(70):
            step = chance.choice((World.add, World.add, World.add_a_family, World.edit, World.trade, World.remove))
            step(world, chance)
        with Workspace.open(world.path, read_only=True) as workspace:
            state = workspace.load()
        world.close()
        after = imported(exported(state), tmp_path / "new.db")
        assert numbered(after) == numbered(state)
        assert hash_of_content(after) == hash_of_content(state)
        assert verify(tmp_path / "new.db", surroundings=False).sound

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.builds(
                lambda title, note, value, key: (title, note, value, key),
                st.text(min_size=1, max_size=20),
                st.text(max_size=30),
                st.none() | st.floats(-1e12, 1e12),
                st.none() | st.text(max_size=8),
            ),
            max_size=6,
        ),
        st.text(min_size=1, max_size=10),
    )
    def test_any_text_and_any_number_come_back(self, rows: list[Any], name: str) -> None:
        state = _least(name)
        if state is None:
            return
        for at, (title, note, value, key) in enumerate(rows, 1):
            one = Item(id=3 * at, title=title, note=note, value=value, source_key=key, rank=float(at), draw=at)
            try:
                state.tables["items"][one.id] = tidy(one)
            except StoreError:
                # What the store refuses never is in a workspace.
                continue
        found = read_whole(exported(state), "room.json")
        assert found.as_exported
        assert numbered(State({**State().tables, **found.records})) == numbered(state)

    def test_other_ids_and_revisions_are_the_same_content(self) -> None:
        one, other = _least("room"), _least("room")
        assert one is not None
        assert other is not None
        for state, first, rev in ((one, 1, 0), (other, 40, 7)):
            for at, title in enumerate(("a", "b")):
                item = Item(id=first + 5 * at, rev=rev, title=title, rank=1.0, draw=1)
                state.tables["items"][item.id] = item
        assert hash_of_content(one) == hash_of_content(other)
        other.tables["items"][45] = other.tables["items"][45].model_copy(update={"title": "c"})
        assert hash_of_content(one) != hash_of_content(other)

    def test_the_hash_is_the_one_that_is_documented(self) -> None:
        """From the lines of docs/exports.md, written out by hand."""
        state = _least("Zürich")
        assert state is not None
        state.tables["teams"][9] = Team(id=9, rev=3, name="Pay", position=2)
        lines = (
            r'["workspace",{"currency":"USD","edition":1,"hours_per_ew":null,"id":1,"name":"Z\u00fcrich","points_per_ew":null,"seed":7,'
            '"started":false}]\n'
            '["quarters",{"baselined_at":null,"ends":"2027-03-31","id":1,"name":"Q1","progress_on":null,"starts":"2027-01-01",'
            '"state":"draft","target":0.7,"target_for":null}]\n'
            '["teams",{"draw":null,"id":1,"name":"Pay","position":2}]\n'
        )
        assert hash_of_content(state) == hashlib.sha256(lines.encode()).hexdigest()

    def test_scenarios_stay_with_their_files(self, demo: State) -> None:
        moment = {"at": AT, "name": "what if"}
        more = State(dict(demo.tables))
        more.tables["scenarios"] = {1: Scenario(id=1, file="what-if.db", **moment)}
        more.tables["origins"] = {1: Origin(id=1, main="room.db", seq=3, **moment)}
        assert exported(more) == exported(demo)

    def test_letters_that_change_places_come_in(self, tmp_path: Path) -> None:
        """Each letter is there once; while rows are replaced, none may be there twice."""
        with fresh(tmp_path / "a.db") as workspace:
            state = workspace.load()
            slices = list(state.each(Slice))
            letters = [one.letter for one in slices]
            for one, letter in zip(slices, [*letters[1:], letters[0]], strict=True):
                state.tables["slices"][one.id] = one.model_copy(update={"letter": letter})
        assert numbered(imported(exported(state), tmp_path / "b.db")) == numbered(state)

    def test_only_an_empty_workspace_takes_it(self, demo: State, tmp_path: Path) -> None:
        whole = read_whole(exported(demo), "room.json")
        with fresh(tmp_path / "a.db") as workspace:
            state = workspace.load()
            team = State({**state.tables, "teams": {1: Team(id=1, name="Pay")}})
            with pytest.raises(StoreError, match=r"has teams in it already\. Nothing was changed.*--db NEW\.db import"):
                fill_empty(whole, team)


def _least(name: str) -> State | None:
    state = State()
    records: list[Record] = [
        WorkspaceInfo(id=1, name=name, seed=7),
        Quarter(id=1, name="Q1", starts=date(2027, 1, 1), ends=date(2027, 3, 31)),
    ]
    for record in records:
        try:
            state.tables[record.table][record.id] = tidy(record)
        except StoreError:
            return None
    return state


def _document(**changes: Any) -> dict[str, Any]:
    state = _least("room")
    assert state is not None
    return {**json.loads(exported(state)), **changes}


def _with_row(table: str, *rows: Any) -> dict[str, Any]:
    found = _document()
    found["tables"][table] = list(rows)
    return found


TEAM = {"id": 1, "name": "Pay"}
BROKEN: dict[str, tuple[Any, str]] = {
    "a newer version": (_document(version=VERSION + 1), "by a newer makeroom"),
    "no version": ({"format": "makeroom"}, "does not say"),
    "true for a version": (_document(version=True), "does not say"),
    "a version below one": (_document(version=0), "does not say"),
    "another format": (_document(format="makeroom-plan"), "does not say"),
    "no tables": (_document(tables=None), "has no tables"),
    "a strange table": (_with_row("events"), "has a table 'events'"),
    "no list": (_document(tables={"teams": {}}), "teams: it should be a list"),
    "no object": (_with_row("teams", 5), "teams, row 1: it should be an object"),
    "no id": (_with_row("teams", {"name": "Pay"}), "teams, row 1: its id"),
    "id 0": (_with_row("teams", {**TEAM, "id": 0}), "teams, row 1: its id"),
    "an id that is true": (_with_row("teams", {**TEAM, "id": True}), "teams, row 1: its id"),
    "a huge id": (_with_row("teams", {**TEAM, "id": 2**70}), "teams, row 1: its id"),
    "the same id twice": (_with_row("teams", TEAM, TEAM), "row 2: the id 1 is there twice"),
    "a strange column": (_with_row("teams", {**TEAM, "colour": "red"}), "row 1: colour: Extra inputs"),
    "a missing column": (_with_row("teams", {"id": 1}), "row 1: name: Field required"),
    "a name of nothing": (_with_row("teams", {"id": 1, "name": "\u200b\x07"}), "row 1: A team needs a name"),
    "a list for a name": (_with_row("teams", {"id": 1, "name": ["Pay"]}), "row 1: name:"),
    "a share above one": (_with_row("team_times", {"id": 1, "team_id": 1, "focus": 2}), "focus: Input should be less"),
    "a link to nowhere": (_with_row("team_times", {"id": 1, "team_id": 7}), "its team_id is 7, and there is none"),
    "no workspace": (_document(tables={"quarters": _document()["tables"]["quarters"]}), "should have one workspace"),
    "no quarter": (_document(tables={"workspace": _document()["tables"]["workspace"]}), "has no quarter"),
    "a list": ([1], "should be one object"),
    "cut short": (json.dumps(_document())[:-40].encode(), "it ends too early, near line 1|not valid JSON"),
    "nothing": (b"", "not valid JSON"),
    "not a number": (b'{"format": "makeroom", "version": NaN}', "NaN is not a number"),
    "nested without end": (b"[" * 200_000, "nested too deeply"),
    "endless digits": (b'{"version": ' + b"9" * 9_000 + b"}", "a number is too long"),
    "not UTF-8": (b'{"format": "makeroom",\n"x": "\xff"}', "line 2: not UTF-8"),
}


class TestBrokenFiles:
    @pytest.mark.parametrize("case", BROKEN)
    def test_is_a_sentence(self, case: str) -> None:
        given, words = BROKEN[case]
        data = given if isinstance(given, bytes) else json.dumps(given).encode()
        with pytest.raises(UnreadableFileError, match=words) as caught:
            read_whole(data, "room.json")
        assert str(caught.value).startswith("room.json")

    def test_what_was_changed_since_is_told(self) -> None:
        found = _document()
        assert read_whole(json.dumps(found).encode(), "a").as_exported
        older = _document()
        # As it was written before there were columns for the currency, the edition of the forecast and progress.
        for later in ("currency", "edition"):
            del older["tables"]["workspace"][0][later]
        del older["tables"]["quarters"][0]["progress_on"]
        lines = (
            '["workspace",{"hours_per_ew":null,"id":1,"name":"room","points_per_ew":null,"seed":7,"started":false}]\n'
            '["quarters",{"baselined_at":null,"ends":"2027-03-31","id":1,"name":"Q1","starts":"2027-01-01",'
            '"state":"draft","target":0.7,"target_for":null}]\n'
        )
        older["hash"] = hashlib.sha256(lines.encode()).hexdigest()
        assert read_whole(json.dumps(older).encode(), "a").as_exported
        found["tables"]["workspace"][0]["name"] = "another"
        assert not read_whole(json.dumps(found).encode(), "a").as_exported

    @pytest.mark.parametrize(
        ("head", "is_one"),
        [
            (b'{\n"format": "makeroom",\n"version": 1', True),
            (b'\xef\xbb\xbf { "format"\n:\t"makeroom" }', True),
            (b'{"format": "makeroom-plan"', False),
            (b'[{"format": "makeroom"}]', False),
            (b"key,title\n", False),
            (b"", False),
        ],
    )
    def test_it_is_known_by_its_beginning(self, head: bytes, is_one: bool) -> None:
        assert looks_whole(head) is is_one


class TestSchema:
    def test_it_is_the_published_one(self, demo: State) -> None:
        """After a wanted change: write it anew, and count VERSION up where older files would not be read."""
        assert json.loads(SCHEMA.read_text(encoding="utf-8")) == export_schema(_tables(demo))

    def test_exports_keep_to_it(self, demo: State) -> None:
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        validator.validate(json.loads(exported(demo)))
        for sheet in _tables(demo):
            found = json.loads(sheet_json(sheet, "room", "Q1", AT))
            assert len(found["rows"]) == len(sheet.rows)
            validator.validate(found)
        assert not validator.is_valid({**json.loads(exported(demo)), "more": 1})


def _tables(state: State) -> tuple[Sheet, ...]:
    return (
        exports.plan_sheet(state, forecast_of(state)),
        exports.decisions_sheet(state),
        exports.one_offs_sheet(state),
        exports.commitments_sheet(state, AT.date()),
        exports.waits_sheet(state),
        exports.accounts_sheet(state, AT.date()),
        exports.exceptions_sheet(state, AT.date()),
        exports.mix_sheet(state, mix_of(plan_of(state).entries, state.all(Slice).values())),
        exports.progress_sheet(state),
        exports.interrupts_sheet(state),
    )
