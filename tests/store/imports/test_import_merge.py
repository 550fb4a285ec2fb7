"""What an import changes: new rows, newer files, what people changed here, and what is not taken."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.common.errors import StoreError
from store.imports.errors import ImportOptionError, RateNeededError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, RuleWish, TeamWish, column_wish, rule_wish, team_wish
from store.imports.reader import parse_table, read_table
from store.imports.report import ImportPlan
from store.records import Capacity, Command, Item, Record, Size, SliceRule, State, Team, WorkspaceInfo
from store.workspace.defaults import beginning

DATA = Path(__file__).parent.parent.parent / "data"
REAL = Path(__file__).parent.parent.parent.parent.parent / "shared" / "data"
RATED = ImportOptions(points_per_ew=8, hours_per_ew=32)


def fresh() -> State:
    return put(State(), *beginning("test", date(2026, 1, 5), 7).puts)


def plan(text: str, state: State | None = None, options: ImportOptions | None = None) -> ImportPlan:
    return plan_import(state or fresh(), parse_table(text.encode(), "f.csv"), options)


def after(state: State, done: ImportPlan) -> State:
    return put(state, *done.command().puts)


def put(state: State, *records: Record) -> State:
    """The state with these records in it, new ones under ids of their own, as the store would give them."""
    ids: dict[int, int] = {}
    counter = itertools.count(1 + max((key for rows in state.tables.values() for key in rows), default=0))
    for record in records:
        if record.id < 0:
            ids[record.id] = free = next(counter)
            assert free not in state.tables[record.table]
    real = []
    for record in records:
        links = {name: ids.get(getattr(record, name), getattr(record, name)) for name in record.links}
        real.append(record.model_copy(update={"id": ids.get(record.id, record.id), **links}))
    return state.overlay(Command("edit", "edit", tuple(real)))


def test_a_newer_file_lists_its_teams_once_a_row_though_all_is_sized() -> None:
    file = "Title,Key,Team,Days\nA,K-1,Pay,5\nB,K-2,Core,\nC,K-3,Pay,10\n"
    state = after(fresh(), plan(file))
    for newer in (file, file.replace(",5", ",10").replace("Core,", "Core,5")):
        assert [str(team) for team in plan(newer, state).teams] == ["Pay (2 rows) is here", "Core (1 row) is here"]


def items(state: State) -> dict[str, Item]:
    return {item.title: item for item in state.each(Item)}


def size_of(state: State, title: str) -> Size | None:
    return next((size for size in state.each(Size) if size.item_id == items(state)[title].id), None)


class TestNew:
    def test_plain_file(self) -> None:
        state = after(fresh(), plan_import(fresh(), read_table(DATA / "plain.csv")))
        audit, export, search, dark = (
            items(state)[name] for name in ("Audit log", "Bulk export", "Faster search", "Dark mode")
        )
        assert (audit.slice, audit.owner, audit.value, audit.due) == ("I", "Ada", 40, date(2026, 3, 12))
        assert (search.slice, search.value) == ("D", 12.5)
        assert {item.state for item in items(state).values()} == {"below"}
        assert audit.rank < export.rank < search.rank < dark.rank
        size = size_of(state, "Audit log")
        assert size is not None
        assert (size.low, size.likely, size.high) == (2, 3, 5.5)
        size = size_of(state, "Bulk export")
        assert size is not None
        assert (size.low, size.likely, size.high) == (None, 2, None)
        assert size_of(state, "Dark mode") is None

    def test_jira_export(self) -> None:
        done = plan_import(fresh(), read_table(DATA / "jira_export.csv"), RATED)
        state = after(fresh(), done)
        found = {item.source_key: item for item in state.each(Item)}
        assert list(found) == ["PAY-1", "PAY-2", "PAY-4", "PAY-5", "PAY-6"]
        assert found["PAY-1"].title == "Audit log"
        assert found["PAY-1"].slice == "I"
        assert found["PAY-1"].due == date(2026, 3, 12)
        assert found["PAY-1"].note.startswith('Who did what,\nand when.\n\n"Everything" is kept.')
        assert "Labels security, web" in found["PAY-1"].note
        assert found["PAY-2"].title == "[Q3] fix login"
        assert found["PAY-2"].slice == "Q"
        assert found["PAY-4"].slice == "D"
        assert found["PAY-5"].slice == "O"
        assert found["PAY-5"].due is None
        teams = {team.id: team.name for team in state.each(Team)}
        sizes = {teams[size.team_id]: size.likely for size in state.each(Size)}
        assert sizes == {"Team": 0.5, "Pay": 0.25}
        assert [(one.line, one.reason.split(" (")[0]) for one in done.rejected] == [
            (7, 'is "Done"'),
        ]
        assert any('line 10: estimate "many" is not a number' in note for note in done.notes)
        assert any('line 9 "31/Feb/26"' in note for note in done.notes)

    def test_done_rows_on_request(self) -> None:
        done = plan_import(fresh(), read_table(DATA / "jira_export.csv"), ImportOptions(8, 32, include_done=True))
        assert "PAY-3" in [one.key for one in done.new]

    def test_after_what_is_there(self) -> None:
        state = after(fresh(), plan("title\nA\nB\n"))
        state = after(state, plan("title\nC\n", state))
        assert [item.title for item in sorted(state.each(Item), key=lambda item: item.rank)] == ["A", "B", "C"]

    def test_order_of_the_file(self) -> None:
        done = plan("title,priority\nLow one,Low\nHigh one,High\n")
        assert [one.title for one in done.new] == ["Low one", "High one"]

    def test_zero_and_blank_are_unsized(self) -> None:
        done = plan("title,points\nA,0\nB,\nC,-\nD,n/a\n", options=RATED)
        assert [one.size for one in done.new] == ["unsized"] * 4
        assert any("An estimate of 0 counts as none: line 2." in note for note in done.notes)

    def test_points_before_hours_row_by_row(self) -> None:
        text = (
            "Issue key,Summary,Original Estimate,Custom field (Story Points)\nA-1,a,57600,\nA-2,b,57600,4\nA-3,c,1d,\n"
        )
        assert [one.size for one in plan(text, options=RATED).new] == ["0.5 ew", "0.5 ew", "0.2 ew"]


class TestTitles:
    @pytest.mark.parametrize(
        ("cell", "title"),
        [
            ("[Q3] fix [/] login", "[Q3] fix [/] login"),
            ("[@click=app.quit()]x[/]", "[@click=app.quit()]x[/]"),
            ("\x1b[31mred\x1b[0m", "[31mred[0m"),
            ('"two\r\nlines"', "two lines"),
            ("\u202egnp.exe", "gnp.exe"),
            ("zero\u200bwidth\ufeff", "zerowidth"),
            ("مرحبا", "مرحبا"),
            ("👩\u200d💻 pair", "👩\u200d💻 pair"),
            ("=1+1", "=1+1"),
            ("x" * 10_000, "x" * 10_000),
        ],
    )
    def test_kept_as_they_are(self, cell: str, title: str) -> None:
        done = plan(f"title,days\n{cell},1\n")
        assert [one.title for one in done.new] == [title]
        again = plan(f"title,days\n{cell},1\n", after(fresh(), done))
        assert (again.unchanged, again.command().empty) == (1, True)

    @pytest.mark.parametrize(
        ("cell", "reason"), [("", "no title"), ("\u200b\u202e", "no title"), ("x" * 20_001, "20,001 characters")]
    )
    def test_not_taken(self, cell: str, reason: str) -> None:
        done = plan(f"title,days\n{cell},1\n")
        assert done.new == ()
        assert reason in done.rejected[0].reason


class TestNotTaken:
    @pytest.mark.parametrize(
        ("cell", "reason"),
        [
            ("-3", "negative"),
            ("1e9", "more than 10,000"),
            ("inf", "more than 10,000"),
            ("nan", "not a number"),
            ("many", "not a number"),
            ("5-3-1", "order"),
        ],
    )
    def test_estimates(self, cell: str, reason: str) -> None:
        """What is no estimate costs the row its size, not the row."""
        done = plan(f"title,weeks\nA,{cell}\nB,1\n")
        assert done.rejected == ()
        assert [(one.title, one.size) for one in done.new] == [("A", "unsized"), ("B", "1.0 ew")]
        assert any("line 2: " in note and reason in note for note in done.notes)

    def test_duplicate_keys(self) -> None:
        done = plan("key,title\nA-1,first\nA-1,second\n,first\n,first\n")
        assert [one.title for one in done.new] == ["first", "first"]
        assert [(one.line, one.reason) for one in done.rejected] == [
            (3, "has the same key as line 2: A-1"),
            (5, "has the same title as line 4, and no key tells them apart"),
        ]

    def test_a_refused_row_does_not_shadow_a_sound_one(self) -> None:
        assert [one.line for one in plan("key,title,days\nA-1,,1\nA-1,x,1\n").new] == [3]

    def test_too_many_cells(self) -> None:
        done = plan("title,days\nFix login, now,2\nA,1,,\nB\n")
        assert "has 3 cells where the header has 2" in done.rejected[0].reason
        assert [one.title for one in done.new] == ["A", "B"]

    def test_a_range_without_its_middle(self) -> None:
        done = plan("title,low,likely,high\nA,1,,3\n")
        assert [one.size for one in done.new] == ["unsized"]
        assert any("line 2: " in note and "no likely" in note for note in done.notes)


class TestAgain:
    def test_same_file_changes_nothing(self) -> None:
        for name in ("jira_export.csv", "plain.csv", "semicolon_latin1.csv", "utf16.csv"):
            state = after(fresh(), plan_import(fresh(), read_table(DATA / name), RATED))
            again = plan_import(state, read_table(DATA / name))
            assert again.command().empty, name
            assert again.unchanged == len(state.all(Item))

    @pytest.mark.parametrize(
        ("teams", "ranges"),
        [
            (("Web",), {(3.1, 5.0, 8.0), (3.0, 4.0, 6.0)}),
            (("Web", "Pay"), {(2.5, 4.0, 6.0), (0.6, 1.0, 2.0), (None, 2.0, None), (1.0, 2.0, 4.0)}),
        ],
    )
    def test_teams_of_its_own_table_that_are_one_here_make_one_size(
        self, teams: tuple[str, ...], ranges: set[tuple[float | None, float, float | None]]
    ) -> None:
        text = "title,slice,sizes\nDisputes,F,Pay 2.5-4-6; Web 0.6-1-2\nWizard,F,Pay 2; Web 1-2-4\n"
        wished = ImportOptions(teams=tuple(TeamWish(name, 40.0) for name in teams))
        state = after(fresh(), plan(text, options=wished))
        sizes = state.all(Size).values()
        assert {
            tuple(None if end is None else round(end, 9) for end in (s.low, s.likely, s.high)) for s in sizes
        } == ranges
        assert len({(size.item_id, size.team_id) for size in sizes}) == len(sizes) == len(ranges)
        assert plan(text, state, wished).command().empty

    def test_newer_file(self) -> None:
        state = after(fresh(), plan("key,title,days,type\nA-1,Old,5,Bug\nA-2,Same,5,Bug\nA-3,No size,,\n"))
        done = plan("key,title,days,type\nA-1,New,10,Spike\nA-2,Same,5,Story\nA-3,No size,5,\nA-4,Fresh,1,\n", state)
        assert done.summary == "1 new, 2 updated, 1 unchanged, 0 not taken"
        changed = after(state, done)
        old, new = items(state)["Old"], items(changed)["New"]
        assert (new.id, new.rank, new.slice, new.state, new.draw) == (old.id, old.rank, old.slice, old.state, old.draw)
        size = size_of(changed, "New")
        assert size is not None
        assert size.likely == 2.0
        assert size_of(changed, "No size") is not None
        assert plan("key,title,days,type\nA-1,New,10,Spike\n", changed).command().empty

    def test_a_priority_is_a_field_and_follows_its_source(self) -> None:
        """Also in a workspace from before there was one: the note keeps its line, and the field is filled."""
        text = "key,title,Priority,type\nA-1,A,P0,Bug\nA-2,B,High,\nA-3,C,,Bug\n"
        state = after(fresh(), plan(text))
        assert [item.priority for item in state.each(Item)] == ["P0", "High", ""]
        assert [item.note for item in state.each(Item)] == ["Type Bug", "", "Type Bug"]
        changed = after(state, plan(text.replace("P0", "P1"), state))
        assert items(changed)["A"].priority == "P1"
        old = put(
            state, *(item.model_copy(update={"priority": "", "note": "Priority P0"}) for item in state.each(Item))
        )
        again = after(old, plan(text, old))
        assert [(item.priority, item.note) for item in again.each(Item)] == [
            ("P0", "Priority P0"), ("High", "Priority P0"), ("", "Priority P0")
        ]  # fmt: skip
        assert [item.rank for item in again.each(Item)] == [item.rank for item in old.each(Item)]

    def test_decisions_stay(self) -> None:
        state = after(fresh(), plan("key,title,days\nA-1,A,5\nA-2,B,5\n"))
        a, b = state.each(Item)
        state = put(
            state,
            a.model_copy(update={"state": "declined", "rank": 99.0, "slice": "O"}),
            b.model_copy(update={"state": "plan"}),
        )
        changed = after(state, plan("key,title,days\nA-1,A2,10\nA-2,B2,15\n", state))
        declined, planned = items(changed)["A2"], items(changed)["B2"]
        assert (declined.state, declined.rank, declined.slice, planned.state) == ("declined", 99.0, "O", "plan")

    def test_what_people_changed_stays(self) -> None:
        state = after(fresh(), plan("key,title,days\nA-1,A,5\nA-2,B,5\n"))
        a = items(state)["A"]
        size = size_of(state, "A")
        assert size is not None
        state = put(state, a.model_copy(update={"title": "Mine"}), size.model_copy(update={"likely": 4.0}))
        assert plan("key,title,days\nA-1,A,5\nA-2,B,5\n", state).command().empty
        done = plan("key,title,days\nA-1,Theirs,10\nA-2,B,10\n", state)
        assert [one.what for one in done.kept] == [
            ('title, which the file now calls "Theirs"', "size, which the file now gives as 2.0 ew")
        ]
        assert [one.title for one in done.updated] == ["B"]
        changed = after(state, done)
        size = size_of(changed, "Mine")
        assert size is not None
        assert size.likely == 4.0
        assert plan("key,title,days\nA-1,Theirs,10\nA-2,B,10\n", changed).command().empty

    def test_size_that_people_gave_stays(self) -> None:
        state = after(fresh(), plan("title,days\nA,\n"))
        team = next(state.each(Team))
        state = put(state, Size(id=-5, item_id=items(state)["A"].id, team_id=team.id, likely=3.0))
        done = plan("title,days\nA,5\n", state)
        assert [one.title for one in done.kept] == ["A"]
        assert len(after(state, done).all(Size)) == 1

    def test_an_estimate_that_vanishes_leaves_the_size(self) -> None:
        state = after(fresh(), plan("title,days\nA,5\n"))
        done = plan("title,days\nA,\n", state)
        assert done.command().empty
        assert done.kept[0].what == ("size, for which the file has no estimate now",)
        assert plan("title\nA\n", state).command().empty

    def test_done_rows_leave_the_item_alone(self) -> None:
        state = after(fresh(), plan("key,title,status\nA-1,A,To Do\n"))
        done = plan("key,title,status\nA-1,A2,Closed\n", state)
        assert done.command().empty
        assert "stays as it is" in done.rejected[0].reason

    def test_titles_match_without_keys(self) -> None:
        state = after(fresh(), plan("key,title,days\nA-1,A,5\n"))
        done = plan("title,days\nA,10\nB,5\n", state)
        assert done.summary == "1 new, 1 updated, 0 unchanged, 0 not taken"
        assert items(after(state, done))["A"].source_key == "A-1"

    def test_a_new_rate_counts_where_it_is_given(self) -> None:
        state = after(fresh(), plan("title,points\nA,5\nB,5\n", options=ImportOptions(points_per_ew=10)))
        assert state.workspace.points_per_ew == 10
        size = size_of(state, "B")
        assert size is not None
        state = put(state, size.model_copy(update={"likely": 7.0}))
        done = plan("title,points\nA,5\nB,5\n", state, ImportOptions(points_per_ew=5))
        assert [(one.title, one.old_size, one.new_size) for one in done.updated] == [("A", "0.5 ew", "1.0 ew")]
        assert [one.title for one in done.kept] == ["B"]
        changed = after(state, done)
        assert changed.workspace.points_per_ew == 5
        assert plan("title,points\nA,5\nB,5\n", changed, ImportOptions(points_per_ew=5)).command().empty


class TestOptions:
    def test_rates_are_asked_for_one_by_one(self) -> None:
        text = "title,points,hours\nA,5,\nB,,8\n"
        with pytest.raises(RateNeededError, match="--points-per-week") as points:
            plan(text)
        with pytest.raises(RateNeededError, match="--hours-per-week") as hours:
            plan(text, options=ImportOptions(points_per_ew=8))
        assert (points.value.unit, hours.value.unit) == ("points", "hours")
        done = plan(text, options=RATED)
        info = next(put for put in done.puts if isinstance(put, WorkspaceInfo))
        assert (info.points_per_ew, info.hours_per_ew) == (8, 32)

    def test_no_title_column(self) -> None:
        with pytest.raises(ImportOptionError, match=r'"foo", "bar".*--column title=NAME'):
            plan("foo,bar\n1,2\n")
        done = plan("foo,bar\n1,2\n", options=ImportOptions(columns={"title": "foo", "days": "BAR"}))
        assert (done.new[0].title, done.new[0].size) == ("1", "0.4 ew")

    def test_wrong_delimiter(self) -> None:
        table = parse_table(b"title,days\nA,1\n", "f.csv", delimiter=";")
        with pytest.raises(ImportOptionError, match=r'"title,days".*--delimiter'):
            plan_import(fresh(), table)

    def test_columns_that_are_not_there(self) -> None:
        with pytest.raises(ImportOptionError, match="There is no column 'x' for days"):
            plan("title\nA\n", options=ImportOptions(columns={"days": "x"}))
        with pytest.raises(ImportOptionError, match=r"There is no field 'titel'\. Did you mean title"):
            plan("title\nA\n", options=ImportOptions(columns={"titel": "title"}))

    @pytest.mark.parametrize(
        "header",
        [
            "Issue key,Summary,Custom field (Story Points)",
            "issuekey,title,storypoint",
            "Key;Name;Story point estimate",
            "TaskNumber,Subject,StoryPoints",
            "ID\tTask\tPoints",
            "KEY|STORY|ESTIMATE (POINTS)",
        ],
    )
    def test_names_of_columns(self, header: str) -> None:
        row = re.sub(r"[^,;\t|]+", "{}", header).format("A-1", "Audit log", "8")
        assert [(one.key, one.title, one.size) for one in plan(f"{header}\n{row}\n", options=RATED).new] == [
            ("A-1", "Audit log", "1.0 ew")
        ]

    def test_a_column_can_be_left_out(self) -> None:
        done = plan("title,points\nA,5\n", options=ImportOptions(columns={"points": ""}))
        assert done.new[0].size == "unsized"

    def test_a_number_without_a_unit_is_not_guessed(self) -> None:
        with pytest.raises(ImportOptionError, match='--column points="Estimate"'):
            plan("Title,Estimate\nA,5\n")
        assert [one.size for one in plan("Title,Estimate\nA,5d\nB,M\nC,1w-2w-3w\n").new] == [
            "1.0 ew", "1.5-3.0-5.0 ew", "1.0-2.0-3.0 ew",
        ]  # fmt: skip

    def test_ranges_in_days(self) -> None:
        done = plan("Title,Low (days),Likely (days),High (days)\nA,5,10,20\n")
        assert done.new[0].size == "1.0-2.0-4.0 ew"

    def test_teams(self) -> None:
        options = ImportOptions(teams=(TeamWish("Core", 20), TeamWish("Pay", 34)))
        done = plan("title,days,components,team\nA,5,Web,\nB,5,pay,\nC,5,,Core\nD,5,,Mobile\n", options=options)
        state = after(fresh(), done)
        names = {team.id: team.name for team in state.each(Team)}
        assert [names[size.team_id] for size in state.each(Size)] == [
            "Core",
            "Pay",
            "Core",
            "Core",
        ]
        assert {names[one.team_id]: one.net for one in state.each(Capacity)} == {"Core": 20, "Pay": 34}
        assert any("Mobile" in note for note in done.notes)
        state = after(state, plan("title\nA\n", state, ImportOptions(teams=(TeamWish("pay", 30), TeamWish("PAY", 31)))))
        assert sorted(one.net for one in state.each(Capacity)) == [20, 31]
        assert len(state.all(Team)) == 2

    def test_a_first_team_is_made_and_said(self) -> None:
        done = plan("title\nA\n")
        assert [put.name for put in done.puts if isinstance(put, Team)] == ["Team"]
        assert [put.net for put in done.puts if isinstance(put, Capacity)] == [0.0]
        assert any('--team "Team=34.0"' in note for note in done.notes)

    def test_rules(self) -> None:
        options = ImportOptions(rules=(RuleWish("label", "Web", "I"), RuleWish("type", "Bug", "O")))
        done = plan("title,type,labels\nA,Story,web\nB,bug,\n", options=options)
        assert [one.slice for one in done.new] == ["I", "O"]
        state = after(fresh(), done)
        assert len(state.all(SliceRule)) == len(fresh().all(SliceRule)) + 1
        assert plan("title,type,labels\nA,Story,web\n", state, options).command().empty
        with pytest.raises(ImportOptionError, match="no slice Z"):
            plan("title\nA\n", options=ImportOptions(rules=(RuleWish("label", "x", "Z"),)))

    def test_words(self) -> None:
        assert team_wish("Pay=34.0") == TeamWish("Pay", 34.0)
        assert team_wish("Pay") == TeamWish("Pay")
        assert rule_wish("label:a=b=i") == RuleWish("label", "a=b", "I")
        assert column_wish("title=A=B") == ("title", "A=B")
        for text in ("Pay=", "Pay=-1", "Pay=nan", "=3", "", "\u200b", "x" * 201):
            with pytest.raises(ImportOptionError):
                team_wish(text)
        for text in ("label:x", "x=I", "colour:x=I", "label:=I", "label:x=IO"):
            with pytest.raises(ImportOptionError):
                rule_wish(text)
        for text in ("title", "=x"):
            with pytest.raises(ImportOptionError):
                column_wish(text)
        for rate in (0, -1, float("nan"), float("inf")):
            with pytest.raises(ImportOptionError):
                ImportOptions(points_per_ew=rate)

    def test_dates_that_read_two_ways(self) -> None:
        text = "title,due\nA,03/04/2026\nB,soon\n"
        done = plan(text)
        assert [put.due for put in done.puts if isinstance(put, Item)] == [None, None]
        assert any('line 2 "03/04/2026"' in note and "--dates" in note for note in done.notes)
        assert any('line 3 "soon"' in note for note in done.notes)
        done = plan(text, options=ImportOptions(dates="month-first"))
        assert next(put.due for put in done.puts if isinstance(put, Item)) == date(2026, 3, 4)


def test_ten_thousand_rows_twice_change_nothing() -> None:
    rows = "".join(f"A-{at},Title {at},{at % 13 + 1},Bug,web\n" for at in range(10_000))
    table = parse_table(f"key,title,points,type,labels\n{rows}".encode(), "f.csv")
    done = plan_import(fresh(), table, RATED)
    assert len(done.new) == 10_000
    assert plan_import(after(fresh(), done), table).command().empty


CELL = st.one_of(st.text(max_size=30), st.sampled_from(["1", "-1", "2-3-5", "Done", "01/02/2026", "A-1", "x"]))
HEADER = st.sampled_from(
    ["title", "key", "status", "labels", "days", "points", "size", "low", "likely", "high", "due", "team", "value", "?"]
)  # fmt: skip


@given(st.lists(HEADER, max_size=8), st.lists(st.lists(CELL, max_size=9), max_size=6))
def test_any_table_is_a_plan_or_a_sentence(header: list[str], rows: list[list[str]]) -> None:
    lines = [header, *rows]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    state = fresh()
    try:
        done = plan(text, state, RATED)
    except StoreError:
        return
    counted = len(done.new) + len(done.updated) + done.unchanged + len(done.rejected)
    table = parse_table(text.encode(), "f.csv")
    assert counted == len(table.rows)
    changed = after(state, done)
    assert plan(text, changed, RATED).command().empty


@pytest.mark.parametrize(
    ("name", "count", "sized"),
    [
        ("story_points/jirasoftware.csv", 352, True),
        ("story_points/usergrid.csv", 482, True),
        ("cycle_times/jira.csv", 4123, False),
    ],
)
def test_real_files(name: str, count: int, sized: bool) -> None:
    path = REAL / name
    if not path.exists():
        pytest.skip("the public data sets are not beside the repository")
    over = plan_import(fresh(), read_table(path), RATED).rejected
    # Each issue of the cycle times has the day on which it was finished: it is no backlog unless that is wanted.
    assert len(over) == (0 if sized else count)
    assert all(one.reason.startswith("is over: finished_date") for one in over)
    done = plan_import(fresh(), read_table(path), replace(RATED, include_done=True))
    assert (len(done.new), len(done.rejected)) == (count, 0)
    assert {one.size == "unsized" for one in done.new} == {not sized}
    assert plan_import(after(fresh(), done), read_table(path)).command().empty
