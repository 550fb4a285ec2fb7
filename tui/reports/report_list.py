"""The list of reports, a row a report: for the app and for the command line."""

from __future__ import annotations

from typing import NamedTuple


class ReportRow(NamedTuple):
    """A row of the list: its key, what it is called, what it tells, the function behind ``tui.`` that shows it, and its
    command after ``makeroom``."""

    key: str
    name: str
    tells: str
    flow: str
    command: str


#: The list, in its order. A report has its row here, and its command beside ``makeroom report``'s others.
REPORTS: tuple[ReportRow, ...] = (
    ReportRow(
        "m",
        "month",
        "for executives: one-offs, promises, what they postponed, interrupts, trend",
        "reports.month_flow.show_month",
        "report month",
    ),
    ReportRow(
        "q",
        "the quarter graded",
        "four tests, the plan kept, odds, askers, deals",
        "reports.quarter_flow.show_quarter",
        "report quarter",
    ),
    ReportRow(
        "a",
        "accounts",
        "revenue, renewals, retention, and whose wishes the plan is made of",
        "reports.reports_flow.show_accounts",
        "report accounts",
    ),
    ReportRow(
        "p",
        "patterns",
        "one-offs of one kind, what would have absorbed them, and what did",
        "reports.patterns_flow.show_patterns",
        "report patterns",
    ),
    ReportRow(
        "h",
        "health",
        "six questions, one for each role that feels it, and their trend",
        "reports.health_flow.show_health",
        "report health",
    ),
    ReportRow(
        "v",
        "voices",
        "effort by persona beside who matters most, and requests that set them at odds",
        "reports.reports_flow.show_voices",
        "report voices",
    ),
    ReportRow("f", "first look", "what finished issues of an export went to", "look.look_flow.look_back", "look FILE"),
    ReportRow(
        "r",
        "practice",
        "drills and questions: hard calls rehearsed without real money",
        "practice.practice_flow.show_practice",
        "practice",
    ),
)
