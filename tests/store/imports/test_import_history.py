"""Finished quarters from a file: what is taken, what is not and why, and that doing it again changes nothing."""

import pytest

from store.imports.errors import ImportOptionError, RateNeededError
from store.imports.history import HistoryOptions, plan_history
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, TeamWish
from store.imports.quarters import calendar_number, name_of_quarter, plain_number
from store.imports.reader import parse_table
from store.records import Actual, Capacity, Interrupt, Team, WorkspaceInfo
from tests.store.helpers import content, fresh, put

#: The workspace of these tests plans Q1 2027.
PRESENT = 2027 * 4


@pytest.fixture
def workspace(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(put(Team(id=-1, name="Pay"), Team(id=-2, name="Web", position=1)))
        yield workspace


def planned(workspace, text, **options):
    return plan_history(workspace.load(), parse_table(text.encode(), "h.csv"), HistoryOptions(**options))


def take(workspace, text, **options):
    plan = planned(workspace, text, **options)
    if not plan.command().empty:
        workspace.apply(plan.command())
    return plan


def actuals(workspace):
    return [(one.number, one.team_id, one.title, one.estimate, one.actual) for one in workspace.load().each(Actual)]


def reasons(plan):
    return {one.line: one.reason for one in plan.rejected}


class TestQuarters:
    @pytest.mark.parametrize(
        "label",
        [
            "2025Q3",
            "2025-Q3",
            "2025 q3",
            "Q3 2025",
            "Q3/25",
            "3Q25",
            "FY25Q3",
            "2025-07",
            "2025-09-30",
            "2025/8",
            "7/2025",
        ],
    )
    def test_labels_of_one_quarter(self, label):
        assert calendar_number(label) == 2025 * 4 + 2

    @pytest.mark.parametrize("label", ["", "Q3", "2025", "2025Q5", "2025-13", "2025-00", "soon", "25Q3", "0099Q1", "²"])
    def test_labels_that_say_too_little(self, label):
        assert calendar_number(label) is None

    def test_plain_numbers(self):
        assert [plain_number(label) for label in ("7", " 12 ", "0", "2025", "-1", "1.5", "Q3")] == [7, 12, 0] + [
            None
        ] * 4

    def test_follow_each_other_over_the_year(self):
        assert calendar_number("2026Q1") == calendar_number("2025Q4") + 1
        assert name_of_quarter(calendar_number("2025Q4")) == "Q4 2025"


ROWS = """quarter,team,title,estimate,actual,unplanned
2026Q3,Pay,Refunds,2.0,3.0,12%
2026Q3,pay,Ledger,1,0.5,12%
Q4 2026,Pay,Refunds,2.0,3.5,
Q4 2026,Web,,1.5,1.5,
2026Q2,Web,,,,0.2
"""


class TestTaking:
    def test_rows_become_records(self, workspace):
        plan = take(workspace, ROWS)
        assert plan.summary == "4 new, 0 updated, 0 unchanged, 0 not taken; shares of unplanned work: 2 new, 0 updated"
        assert actuals(workspace) == [
            (PRESENT - 2, 1, "Refunds", 2.0, 3.0),
            (PRESENT - 2, 1, "Ledger", 1.0, 0.5),
            (PRESENT - 1, 1, "Refunds", 2.0, 3.5),
            (PRESENT - 1, 2, "", 1.5, 1.5),
        ]
        shares = [(one.quarter, one.number, one.team_id, one.share) for one in workspace.load().each(Interrupt)]
        assert shares == [("2026Q3", PRESENT - 2, 1, 0.12), ("2026Q2", PRESENT - 3, 2, 0.2)]
        assert plan.command().label == "history h.csv: 4 finished items of 3 quarters"

    def test_is_one_step_and_undone_as_one(self, workspace):
        before = content(workspace.load())
        take(workspace, ROWS)
        after = content(workspace.load())
        workspace.undo()
        assert content(workspace.load()) == before
        workspace.redo()
        assert content(workspace.load()) == after

    def test_days_and_hours_by_the_columns_names(self, workspace):
        take(workspace, "Quarter,Team,Estimate (days),Actual hours\n2026Q3,Pay,10,60\n", hours_per_ew=30)
        assert actuals(workspace) == [(PRESENT - 2, 1, "", 2.0, 2.0)]
        assert next(workspace.load().each(WorkspaceInfo)).hours_per_ew == 30

    def test_a_cell_with_its_own_unit(self, workspace):
        take(workspace, "quarter;team;estimate;actual\n2026Q3;Pay;1,5;8d\n")
        assert actuals(workspace) == [(PRESENT - 2, 1, "", 1.5, 1.6)]

    def test_hours_need_a_rate(self, workspace):
        with pytest.raises(RateNeededError, match="--hours-per-week"):
            planned(workspace, "quarter,team,HoursEstimate,HoursActual\n2026Q3,Pay,7,8\n")

    def test_plain_numbers_end_with_the_quarter_before_the_present_one_and_stay_there(self, workspace):
        first = take(workspace, "quarter,team,estimate,actual\n1,Pay,1,1\n3,Pay,1,2\n")
        assert "3 is taken for Q4 2026" in first.notes[0]
        assert [row[0] for row in actuals(workspace)] == [PRESENT - 3, PRESENT - 1]
        second = take(workspace, "quarter,team,estimate,actual\n1,Pay,1,1\n2,Pay,1,2\n")
        assert (second.new, second.unchanged) == (1, 1)
        assert actuals(workspace)[-1][0] == PRESENT - 2

    @pytest.mark.parametrize(
        ("name", "cells", "shares"),
        [
            ("unplanned", ("12", "0.5"), (0.12, 0.005)),
            ("Unplanned %", ("0.5", "1"), (0.005, 0.01)),
            ("interrupts", ("0.12", "1"), (0.12, 1.0)),
            ("interrupt share", ("0.12", "8%"), (0.12, 0.08)),
        ],
    )
    def test_shares_and_percents(self, workspace, name, cells, shares):
        take(workspace, f"quarter,team,{name}\n2026Q2,Pay,{cells[0]}\n2026Q3,Pay,{cells[1]}\n")
        assert tuple(one.share for one in workspace.load().each(Interrupt)) == shares

    def test_other_names_by_option(self, workspace):
        take(workspace, "When,Est,Took it\n2026Q3,1,2\n", team="Pay", columns={"quarter": "when", "estimate": "Est",
             "actual": "took it"})  # fmt: skip
        assert actuals(workspace) == [(PRESENT - 2, 1, "", 1.0, 2.0)]

    def test_hostile_text_is_cleaned(self, workspace):
        take(workspace, "quarter,team,title,estimate,actual\n2026Q3,Pay,\x1b[31m[/red]\u202eX,1,1\n")
        assert actuals(workspace)[0][2] == "[31m[/red]X"


class TestAgain:
    def test_changes_nothing(self, workspace):
        take(workspace, ROWS)
        again = take(workspace, ROWS)
        assert again.command().empty
        assert again.summary == "0 new, 0 updated, 4 unchanged, 0 not taken"

    def test_as_many_alike_as_the_file_has(self, workspace):
        rows = "quarter,team,estimate,actual\n" + "2026Q3,Pay,1,2\n" * 3
        assert take(workspace, rows).new == 3
        assert take(workspace, rows).new == 0
        assert take(workspace, rows + "2026Q3,Pay,1,2\n2026Q3,Pay,1,2.5\n").new == 2

    def test_a_titled_row_with_another_actual_is_a_correction(self, workspace):
        take(workspace, ROWS)
        plan = take(workspace, ROWS.replace("Ledger,1,0.5", "Ledger,1.0,0.8").replace("12%", "15%"))
        assert [str(one) for one in plan.updated] == ["line 3: Ledger: 0.5 -> 0.8 ew"]
        assert (plan.new, plan.unchanged, plan.updated_shares) == (0, 3, 1)
        assert (PRESENT - 2, 1, "Ledger", 1.0, 0.8) in actuals(workspace)

    def test_a_part_of_the_file_takes_nothing_away(self, workspace):
        take(workspace, ROWS)
        assert take(workspace, "\n".join(ROWS.splitlines()[:2])).command().empty
        assert len(actuals(workspace)) == 4


class TestRanges:
    def test_low_and_high_are_kept_beside_the_estimate(self, workspace):
        text = (
            "quarter,team,title,low,estimate,high,actual\n"
            "2026Q3,Pay,columns,1,2,4,3\n"
            "2026Q3,Pay,cell,,1-2-5,,3\n"
            "2026Q3,Pay,none,,2,,3\n"
            "2026Q3,Pay,half,1,2,,3\n"
            "2026Q3,Pay,order,3,2,4,3\n"
        )
        plan = take(workspace, text)
        rows = {row.title: (row.low, row.estimate, row.high) for row in workspace.load().each(Actual)}
        assert rows == {"columns": (1, 2, 4), "cell": (1, 2, 5), "none": (None, 2, None), "half": (None, 2, None)}
        assert reasons(plan) == {6: "low 3, estimate 2 and high 4 ew are not in this order"}
        assert take(workspace, text).command().empty

    def test_they_have_the_unit_of_the_estimate(self, workspace):
        take(workspace, "quarter,team,p10,estimate days,p90,actual days\n2026Q3,Pay,5,10,20,15\n")
        assert [(row.low, row.estimate, row.high, row.actual) for row in workspace.load().each(Actual)] == [
            (1, 2, 4, 3)
        ]


class TestNotTaken:
    def test_each_with_line_and_reason(self, workspace):
        plan = take(
            workspace,
            "quarter,team,title,estimate,actual,unplanned\n"
            "2026Q3,Pay,good,1,2,\n"
            "2026Q3,Pay,undone,1,0,\n"
            "2026Q3,Pay,free,0,1,\n"
            "2026Q3,Pay,half,1,,\n"
            "2026Q3,Pay,word,many,1,\n"
            "2026Q3,Pay,range,2,1-2-3,\n"
            "2026Q3,Pay,huge,1,1e300,\n"
            "2026Q3,Pay,minus,-1,1,\n"
            "2026Q3,Pay,nan,1,nan,\n"
            "2027Q1,Pay,now,1,1,\n"
            "soon,Pay,when,1,1,\n"
            ",Pay,never,1,1,\n"
            "2026Q3,Nobody,who,1,1,\n"
            "2026Q3,,whose,1,1,\n"
            "2026Q3,Pay,nothing,,,\n"
            "2026Q3,Pay,share,1,1,lots\n"
            "2026Q3,Pay,,,,0.1\n"
            "2026Q3,Pay,,,,0.2\n",
        )
        assert plan.new == 1
        assert plan.new_shares == 1
        expected = {
            3: "was not done", 4: "estimate is 0", 5: "has no actual", 6: 'estimate "many" is not a number',
            7: "is a range", 8: 'actual "1e300" is more than 10,000', 9: "is negative", 10: "is not a number",
            11: "not finished yet: Q1 2027", 12: 'quarter "soon"', 13: "names no quarter",
            14: "no team “Nobody”", 15: "names no team", 16: "has neither", 17: 'unplanned "lots"',
            19: "10.0% in line 18",
        }  # fmt: skip
        assert set(reasons(plan)) == set(expected)
        for line, words in expected.items():
            assert words in reasons(plan)[line], (line, reasons(plan)[line])
        assert any("no team “Nobody” here, and 1 row names it" in note for note in plan.notes)

    def test_unknown_teams_are_made_on_request(self, workspace):
        rows = "quarter,team,estimate,actual\n2026Q3,Ops,1,2\n2026Q3,ops,1,2\n"
        assert reasons(planned(workspace, rows)) == dict.fromkeys((2, 3), "there is no team “Ops” here") | {
            3: "there is no team “ops” here"
        }
        plan = take(workspace, rows, create_teams=True)
        assert plan.new == 2
        state = workspace.load()
        assert [team.name for team in state.each(Team)] == ["Pay", "Web", "Ops"]
        assert [one.net for one in state.each(Capacity)] == [0.0]

    def test_the_only_team_is_meant_where_none_is_named(self, tmp_path):
        with fresh(tmp_path / "b.db") as alone:
            alone.apply(put(Team(id=-1, name="Pay")))
            assert take(alone, "quarter,estimate,actual\n2026Q3,1,2\n").new == 1

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("team,estimate,actual\nPay,1,1\n", "looks like quarter"),
            ("quarter,team,estimate\n2026Q3,Pay,1\n", "looks like estimate and actual"),
        ],
    )
    def test_a_column_that_is_missing(self, workspace, text, words):
        with pytest.raises(ImportOptionError, match=words):
            planned(workspace, text)

    @pytest.mark.parametrize("options", [{"columns": {"size": "x"}}, {"columns": {"actual": "x"}}, {"hours_per_ew": 0}])
    def test_an_option_that_means_nothing(self, workspace, options):
        with pytest.raises(ImportOptionError):
            planned(workspace, ROWS, **options)


class TestTrackers:
    """What a tracker exports of what is finished: days, seconds, and no word of quarters."""

    JIRA = (
        "Summary,Issue key,Status,Resolved,Original estimate,Time Spent\n"
        "A,P-1,Done,12/Mar/26 8:00 AM,144000,288000\nB,P-2,Done,12/May/26 8:00 AM,144000,144000\nC,P-3,Open,,144000,\n"
    )

    def test_days_say_the_quarter_and_seconds_are_seconds(self, workspace):
        done = take(workspace, self.JIRA, hours_per_ew=40, team="Pay")
        assert actuals(workspace) == [
            (2026 * 4, 1, "A", 1.0, 2.0),
            (2026 * 4 + 1, 1, "B", 1.0, 1.0),
        ]
        assert reasons(done) == {4: "is not finished"}
        assert [one.quarter for one in workspace.load().each(Actual)] == ["Q1 2026", "Q2 2026"]

    def test_what_a_tool_keeps_in_hours(self, workspace):
        header = "Task ID,Name,Start Date,Completed At,Last Modified,Estimated time,Actual time\n"
        take(workspace, header + "1,A,2025-12-02,2026-02-03,2026-02-03,8,16\n", hours_per_ew=40, team="Pay")
        assert actuals(workspace) == [(2026 * 4, 1, "A", 0.2, 0.4)]

    def test_small_numbers_are_no_seconds(self, workspace):
        take(workspace, "quarter,title,estimate,spent\n2026Q1,A,2,3\n", team="Pay")
        assert actuals(workspace) == [(2026 * 4, 1, "A", 2.0, 3.0)]

    def test_finished_rows_are_offered_in_the_import_and_taken_with_it(self, workspace):
        table = parse_table(self.JIRA.encode(), "f.csv")
        offered = plan_import(workspace.load(), table, ImportOptions(hours_per_ew=40), workspace)
        assert any(
            "2 finished rows say an estimate and what it took: --history takes that" in note for note in offered.notes
        )
        assert not [one for one in offered.puts if isinstance(one, Actual)]
        options = ImportOptions(hours_per_ew=40, history=True, teams=(TeamWish("New"),))
        workspace.apply(plan_import(workspace.load(), table, options, workspace).command())
        assert [(title, estimate, actual) for _, _, title, estimate, actual in actuals(workspace)] == [
            ("A", 1.0, 2.0),
            ("B", 1.0, 1.0),
        ]
        assert not [
            one for one in plan_import(workspace.load(), table, options, workspace).puts if isinstance(one, Actual)
        ]
