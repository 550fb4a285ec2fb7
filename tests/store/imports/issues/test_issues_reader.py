"""Finished issues of a file: which rows they are, when they ended, what they took, and why other rows are none."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from store.common.issues import FinishedIssues
from store.imports.errors import ImportOptionError
from store.imports.issues.reader import IssueOptions, read_issues
from store.imports.reader import parse_table

SHIRTS = {"M": (1.5, 3.0, 5.0)}


def issues(text: str, name: str = "done.csv", **options: object) -> FinishedIssues:
    table = parse_table(text.encode(), name)
    return read_issues(table, IssueOptions(**options), SHIRTS)  # type: ignore[arg-type]


def days_of(found: FinishedIssues) -> dict[str, tuple[date | None, date | None]]:
    return {issue.title: (issue.created, issue.finished) for issue in found.issues}


def test_what_is_finished_is_told_by_its_day_else_by_its_status() -> None:
    found = issues(
        "Summary,Issue key,Status,Resolution,Created,Resolved\n"
        "One,A-1,Done,Done,03/Feb/26 9:15 AM,05/Feb/26 4:30 PM\n"
        "Two,A-2,In Progress,,04/Feb/26 9:15 AM,\n"
        "Three,A-3,Done,Won't Do,04/Feb/26 9:15 AM,06/Feb/26 9:15 AM\n"
        "Four,A-4,Closed,Done,04/Feb/26 9:15 AM,\n"
        "One,A-1,Done,Done,03/Feb/26 9:15 AM,05/Feb/26 4:30 PM\n"
    )
    assert days_of(found) == {
        "One": (date(2026, 2, 3), date(2026, 2, 5)),
        "Four": (date(2026, 2, 4), None),
    }
    assert dict(found.left) == {
        "is not finished: “In Progress”": 1,
        "was not done: “Won't Do”": 1,
        "has the key of a row before it": 1,
    }
    assert len(found.issues) + sum(count for _, count in found.left) == found.rows


def test_where_nothing_says_what_is_finished_every_row_is_and_that_is_said() -> None:
    found = issues("title,days\nOne,5\nTwo,10\n")
    assert [issue.amount for issue in found.issues] == [1.0, 2.0]
    assert "No column says what is finished: every row is taken for a finished issue." in found.notes
    assert "No column says when: --column finished=NAME, or quarter=NAME, does." in found.notes


def test_two_spellings_of_a_quarter_are_one_and_a_month_is_a_day_in_it() -> None:
    found = issues("title,quarter\nA,2026Q1\nB,Q1 2026\nC,2026-03\nD,7\nE,spring\n")
    assert [(issue.period, issue.ended) for issue in found.issues] == [
        (2026 * 4, None),
        (2026 * 4, None),
        (None, date(2026, 3, 1)),
        (7, None),
        (None, None),
    ]
    assert any("“spring”, names no quarter" in note for note in found.notes)


def test_a_day_that_may_be_two_counts_as_none_until_somebody_says_which() -> None:
    text = "title,status,finished\nA,Done,03/04/2026\n"
    assert days_of(issues(text))["A"] == (None, None)
    assert any("may be two days: --dates" in note for note in issues(text).notes)
    assert days_of(issues(text, dates="month-first"))["A"] == (None, date(2026, 3, 4))


@pytest.mark.parametrize(
    ("head", "cell", "options", "measure", "amount"),
    [
        ("days", "5", {}, "ew", 1.0),
        ("estimate", "M", {}, "ew", 3.0),
        ("story points", "8", {}, "points", 8.0),
        ("story points", "8", {"points_per_ew": 4.0}, "ew", 2.0),
        ("hours", "8", {}, "hours", 8.0),
        ("hours", "8", {"hours_per_ew": 32.0}, "ew", 0.25),
        ("Time Spent", "28800", {}, "hours", 8.0),
        ("Hours spent", "8", {}, "hours", 8.0),
        ("actual", "1.5", {}, "ew", 1.5),
    ],
)
def test_amounts_are_engineer_weeks_where_a_rate_is_known_else_the_files_own(
    head: str, cell: str, options: dict[str, float], measure: str, amount: float
) -> None:
    found = issues(f"title,finished,{head}\nOne,2026-02-05,{cell}\nTwo,2026-02-06,\n", **options)
    assert found.measure == measure
    assert [issue.amount for issue in found.issues] == [pytest.approx(amount), None]


def test_what_issues_took_goes_before_their_estimates() -> None:
    found = issues("title,finished,days,actual\nA,2026-02-05,5,3\nB,2026-02-05,10,\n")
    assert [(issue.amount, issue.took) for issue in found.issues] == [(3.0, True), (2.0, False)]


def test_a_row_of_totals_is_no_issue() -> None:
    found = issues("title,quarter,days\nA,2026Q1,5\nB,2026Q1,10\nTotal,,15\n")
    assert [issue.title for issue in found.issues] == ["A", "B"]
    assert dict(found.left) == {"looks like a row of totals, and no issue": 1}


def test_an_epic_and_its_stories_count_once() -> None:
    found = issues(
        "Issue key,Summary,Issue Type,Parent,Status\nE-1,Epic,Epic,,Done\nS-1,Story,Story,E-1,Done\n"
        "S-2,Other,Story,E-1,Done\n"
    )
    assert [issue.title for issue in found.issues] == ["Story", "Other"]
    assert sum(count for _, count in found.left) == 1


def test_githubs_issues_have_their_days_where_these_were_asked_for() -> None:
    closed = {"number": 1, "title": "A", "state": "CLOSED", "labels": [], "url": "https://github.com/a/b/issues/1"}
    rows = [{**closed, "createdAt": "2026-02-03T08:00:00Z", "closedAt": "2026-02-05T08:00:00Z"}]
    assert days_of(issues(json.dumps(rows), "issues.json")) == {"A": (date(2026, 2, 3), date(2026, 2, 5))}


def test_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    for field in ("finished", "created", "took"):
        with pytest.raises(ImportOptionError, match=r"There is no column 'Nope'.* The columns are: \"title\""):
            issues("title\nA\n", columns={field: "Nope"})


def test_text_from_outside_is_text(tmp_path: Path) -> None:
    found = issues("title,finished,label\n[red]x[/red] \x1b[31m,2026-02-05,=1+1\n")
    assert found.issues[0].title.startswith("[red]x[/red]")
    assert "\x1b" not in found.issues[0].title
    assert found.issues[0].labels == ("=1+1",)
