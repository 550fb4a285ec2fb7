"""Sheets kept by hand, and schedules: a column of sizes for each team, two tables in one, days to come."""

from __future__ import annotations

from datetime import date

import pytest

from store.imports import rows
from store.imports.merge import plan_import
from store.imports.numbers import number
from store.imports.options import ImportOptions, team_wish
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Dependency, Item, Size, State, Team
from tests.store.imports.test_import_merge import after, fresh

RATED = ImportOptions(points_per_ew=10, hours_per_ew=40, on=date(2026, 11, 30))


def plan(text: str, state: State | None = None, options: ImportOptions = RATED) -> ImportPlan:
    return plan_import(state or fresh(), parse_table(text.encode(), "f.csv"), options)


def sizes(done: ImportPlan, state: State | None = None) -> dict[str, dict[str, float]]:
    """Title -> team -> likely ew."""
    puts = [*(state or fresh()).each(Team), *done.puts]
    teams = {put.id: put.name for put in puts if isinstance(put, Team)}
    titles = {put.id: put.title for put in puts if isinstance(put, Item)}
    found: dict[str, dict[str, float]] = {title: {} for title in titles.values()}
    for put in puts:
        if isinstance(put, Size):
            found[titles[put.item_id]][teams[put.team_id]] = round(put.likely, 3)
    return found


class TestTeamColumns:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "Feature,Team A,Team B,Total\nA,5d,2d,7d\nB,,3d,3d\nC,,,\n",
                {"A": {"Team A": 1.0, "Team B": 0.4}, "B": {"Team B": 0.6}, "C": {}},
            ),
            ("Title,Pay (days),Web (SP)\nA,5,10\nB,,5\n", {"A": {"Pay": 1.0, "Web": 1.0}, "B": {"Web": 0.5}}),
            ("Title;Web [PT];Shop [PT]\nA;2,5;5\n", {"A": {"Web": 0.5, "Shop": 1.0}}),
            ("Title,Dev days,QA days\nA,5,1\n", {"A": {"Dev": 1.0, "QA": 0.2}}),
            ("Title,Days,Web (d),Shop (d)\nA,,2,3\n", {"A": {"Web": 0.4, "Shop": 0.6}}),
            ("Title,Squad One,Squad Two\nA,M,S\n", {"A": {"Squad One": 3.0, "Squad Two": 1.0}}),
        ],
    )
    def test_each_team_gets_its_size(self, text: str, expected: dict[str, dict[str, float]]) -> None:
        done = plan(text)
        assert sizes(done) == expected
        again = plan(text, after(fresh(), done))
        assert (len(again.new), len(again.updated), again.unchanged) == (0, 0, len(expected))

    def test_columns_called_as_teams_that_are_here(self) -> None:
        state = after(fresh(), plan("Title,Team,Days\nZ,Pay,1\nY,Web,1\n"))
        done = plan("Title,Pay,Web,Votes\nA,5d,2d,3\nB,,x,5\n", state)
        assert sizes(done, state)["A"] == {"Pay": 1.0, "Web": 0.4}
        assert "Votes" not in {team.name for team in done.teams}

    def test_what_is_no_team_stays_unread(self) -> None:
        for text in ("Title,Reach,Impact\nA,5,3\n", "Title,Team A,Days\nA,2d,5\n", "Title,Team A,Team B\nA,Bo,Al\n"):
            assert not any("size of" in column.tells for column in plan(text).columns)

    def test_numbers_that_do_not_say_what_they_count(self) -> None:
        done = plan("Title,Team A,Team B\nA,5,2\n")
        assert done.new[0].size == "unsized"
        assert any("as in Team A (days)" in note for note in done.notes)


class TestSums:
    @pytest.mark.parametrize(
        "name", ["Zwischensumme", "Σ", "∑", "合計", "Toplam", "Total points", "Summe Tage", "Team total"]
    )
    def test_a_row_that_adds_others_up_is_no_item(self, name: str) -> None:
        done = plan(f"Title,Days,Value\nA,5,100\nB,3,50\n{name},8,150\n")
        assert [one.title for one in done.new] == ["A", "B"]
        assert "row of totals" in done.rejected[0].reason

    def test_work_on_a_total_is_an_item(self) -> None:
        assert len(plan("Title,Days\nA,5\nB,3\nTotal points,5\n").new) == 3
        assert len(plan("Title,Days,Owner\nA,5,\nB,3,\nTotal points,8,Ada\n").new) == 3

    def test_many_rows_called_totals_are_added_up_in_one_pass(self, monkeypatch: pytest.MonkeyPatch) -> None:
        looked: list[str] = []
        monkeypatch.setattr(rows, "number", lambda cell: looked.append(cell) or number(cell))
        done = plan("Title,Days\n" + "".join(f"Total of part {at},{at % 5 + 1}\n" for at in range(400)))
        # Beside that pass each row is looked at by itself, for whether it has nothing but numbers.
        assert len(done.new) > 390
        assert len(looked) <= 4 * 400


class TestTwoTables:
    @pytest.mark.parametrize(
        "second",
        ["Name,Team,FTE\nAda,Pay,1\n", "Risk,Owner,Impact\nLate,Ada,high\n",
         "Risks,,\nRisk,Owner,Impact\nLate,Ada,high\n"],
    )  # fmt: skip
    @pytest.mark.parametrize("gap", ["\n", ",,\n"])
    def test_another_table_below_is_named_and_not_mixed_in(self, gap: str, second: str) -> None:
        text = f'Title,Key,Days\nA,K-1,5\n"B\nb",K-2,3\n{gap}{second}'
        done = plan(text)
        assert [one.key for one in done.new] == ["K-1", "K-2"]
        (said,) = (note for note in done.notes if note.startswith("Another table begins in line "))
        assert "its 1 row is not read here" in said
        head = int(said.split("--header-line ")[1].split()[0])
        assert text.splitlines()[head - 1].count(",") == 2
        assert text.splitlines()[head - 1].split(",")[1] in ("Team", "Owner")

    def test_the_same_columns_in_another_order_are_read_by_their_names(self) -> None:
        done = plan("Title,Key,Days\nA,K-1,5\n\nDays,Title,Key\n10,B,K-2\n")
        assert [(one.key, one.title, one.size) for one in done.new] == [("K-1", "A", "1.0 ew"), ("K-2", "B", "2.0 ew")]

    def test_items_below_an_empty_row_are_items(self) -> None:
        done = plan("Title,Key,Owner,Days\nA,K-1,Ada,5\n\nStatus page,K-2,Bo,3\n\nOwner,K-3,,2\n\nA note,,,\n")
        assert [one.title for one in done.new] == ["A", "Status page", "Owner", "A note"]


class TestSchedules:
    # Microsoft Project's own task table, as its export names it.
    def test_work_counts_before_duration_and_summaries_hold_together(self) -> None:
        text = (
            "ID,Active,Task Mode,Name,Duration,Work,Start,Finish,Predecessors,Outline Level,Resource Names,% Complete\n"
        )
        text += "1,Yes,Auto Scheduled,Rewrite,15 days,96 hrs,2027 January 04 8:00 AM,2027 January 22 5:00 PM,,1,,10%\n"
        text += "2,Yes,Auto Scheduled,Design,5 days,20 hrs,,2027 January 08 5:00 PM,,2,Ada[50%],0%\n"
        text += "3,No,Auto Scheduled,Spike,2 days,16 hrs,,,,2,Ada,0%\n"
        text += "4,Yes,Auto Scheduled,Build,9 days,PT80H0M0S,,,2FS+1 day,2,Bo,5%\n"
        text += "5,Yes,Auto Scheduled,Train,2 days,0 hrs,,,,2,,0%\n6,Yes,Auto Scheduled,Old,2 days,8 hrs,,,,2,,100%\n"
        done = plan(text)
        items = [put for put in done.puts if isinstance(put, Item)]
        found = [(one.title, one.size, item.owner, item.due) for one, item in zip(done.new, items, strict=True)]
        assert found == [
            ("Design", "0.5 ew", "Ada", date(2027, 1, 8)), ("Build", "2.0 ew", "Bo", None),
            ("Train", "0.4 ew", "", None),
        ]  # fmt: skip
        assert [row.title for row in done.rejected] == ["Rewrite", "Spike", "Old"]
        assert done.rejected[1].reason.startswith('is not active: Active "No"')
        assert len([put for put in done.puts if isinstance(put, Dependency)]) == 1

    def test_minutes_and_summaries_without_an_outline(self) -> None:
        text = "ID,Name,Duration,Work,Summary,PercentComplete,Active\n"
        text += "1,All,4800,4800,1,0,1\n2,A,9600,2400,0,0,1\n,,,,0,,\n"
        done = plan(text)
        assert [(one.title, one.size) for one in done.new] == [("A", "1.0 ew")]
        assert [row.reason for row in done.rejected] == ["is a Summary task, which is not work to plan", "has no title"]


class TestPlannedDays:
    @pytest.mark.parametrize("column", ["Released", "Resolved", "Completed at", "Done", "Actual finish"])
    def test_a_day_to_come_does_not_say_that_it_is_over(self, column: str) -> None:
        text = f"Title,{column}\nA,2027-02-01\nB,2026-11-30\nC,03/04/2099\nD,yes\nE,\n"
        done = plan(text)
        assert [one.title for one in done.new] == ["A", "C", "E"]
        assert f"A day to come in {column} is a plan: it does not say that work is over." in done.notes

    def test_what_is_not_active_is_left(self) -> None:
        assert [one.title for one in plan("Title,Active\nA,TRUE\nB,FALSE\nC,\n").new] == ["A", "C"]
        # These count something.
        assert [one.title for one in plan("Title,Active\nA,0\nB,7\n").new] == ["A", "B"]


def test_seconds_are_shown_as_hours_and_history_without_a_rate_is_said() -> None:
    text = "Summary,Issue key,Status,Original Estimate,Time Spent,Resolved,Story Points\n"
    text += "A,K-1,Done,57600,86400,2026-02-12,5\nB,K-2,To Do,,,,8\n"
    done = plan(text, options=ImportOptions(points_per_ew=8, on=date(2026, 11, 30)))
    assert next(column.read for column in done.columns if column.column == "Original Estimate") == ("16 hours",)
    said = "Finished rows say in hours what they took: --hours-per-week N lets them be taken as history."
    assert said in done.notes
    assert said not in plan(text).notes
    assert any("1 finished row says an estimate and what it took" in note for note in plan(text).notes)


def test_a_team_column_may_be_said_to_be_one_of_ours() -> None:
    done = plan("Title,Team A (d),Team B (d)\nA,5,10\n", options=ImportOptions(teams=(team_wish("Team B -> Team A"),)))
    assert sizes(done) == {"A": {"Team A": 3.0}}
