"""Exports as public code and documentation have them, where that is not what one would think."""

from __future__ import annotations

from datetime import date

import pytest

from store.records import Item
from tests.store.imports.test_tools import plan

#: the file, what is taken as (key, title, size, owner, due), and what is left as (line, how the reason begins)
SHAPES = {
    # A row's own figure stands beside the sum of all that is below it; a parent is named by type, number and subject.
    "openproject": (
        "ID,Subject,Type,Status,Assignee,Parent,Work,Remaining work,% Complete,Finish date,Accountable\n"
        "30,Portal,Epic,In progress,,,· Σ 3d 4h,· Σ 3d,· Σ 10%,,\n"
        "31,Search,Task,In progress,Ada,Epic #30: Portal,1d 4h · Σ 1d 4h,8h,10%,2027-02-01,Bo\n"
        "32,Old,Task,In progress,Ada,Epic #30: Portal,8h,0h,100% · Σ 100%,,Bo\n33,Σ of all,Task,New,Ada,,16h,,0%,,\n",
        [("31", "Search", "0.3 ew", "Ada", date(2027, 2, 1)), ("33", "Σ of all", "0.4 ew", "Ada", None)],
        [(2, "only holds together 1 row"), (4, 'is over: % Complete "100%"')],
    ),
    # Title and group above a header that each group has again; subitems one column further right, under their own.
    "monday": (
        "Roadmap,,,,,,\nGroup One,,,,,,\nName,Subitems,Owner,Status,Hours,Due Date,Item ID (auto generated)\n"
        'Alpha,"Sub A, Sub B",Jo,Working on it,5,2027-02-01,1001\n'
        "Subitems,Name,Status,Owner,Estimate (days),Item ID (auto generated)\n,Sub A,Stuck,Bo,3,1002\n"
        ",Sub B,Done,Bo,2,1003\nBeta,,Al,,20,,1004\n,,,,25,,\n\nGroup Two,,,,,,\n"
        "Name,Subitems,Owner,Status,Hours,Due Date,Item ID (auto generated)\nDelta,,Al,Done,2,,1006\n",
        [("1002", "Sub A", "0.6 ew", "Bo", None), ("1004", "Beta", "0.5 ew", "Al", None)],
        [
            (4, "only holds together 1 row"), (5, "is a heading"), (7, 'is "Done"'), (9, "has no title"),
            (11, "is a heading"), (12, "is a heading"), (13, 'is "Done"'),
        ],
    ),
    "aha": (
        "Feature reference #,Feature name,Feature type,Feature status,Feature assigned to,Feature description,"
        "Effort T-Shirt Size,Epic name,Epic name,Initiative name,Feature end date,Feature start date,Feature tags\n"
        "APP-1,Search,New,Ready to develop,Ada,<p>Find it</p>,M,Find,Find,Growth,2027-02-01,2027-01-01,web\n"
        "APP-2,Old,New,Shipped,Ada,,L,Find,Find,Growth,,,\n",
        [("APP-1", "Search", "1.5-3.0-5.0 ew", "Ada", date(2027, 2, 1))],
        [(3, 'is "Shipped"')],
    ),
    "productboard": (
        "entity_uuid,entity_name,description,pb_url,status_name,Owner,Effort (days),April 2027,NOW/NEXT/LATER\n"
        "u-1,Search,Find it,https://x.org/1,Planned,Ada,5,X,NOW\nu-2,Old,,https://x.org/2,Released,Ada,5,,NOW\n",
        [("u-1", "Search", "1.0 ew", "Ada", None)],
        [(3, 'is "Released"')],
    ),
    # Links to pages have their address or their file behind them, days of several an arrow.
    "notion": (
        "Name,Assign,Due,Estimate (days),Status,Parent item\nPortal,,,,In progress,\n"
        'Search,Ada,"February 1, 2027 → February 5, 2027",5,In progress,Portal (https://www.notion.so/Portal-9?pvs=21)\n'
        "Log,Ada,2027/02/03 9:00 AM (UTC),5,In progress,Portal (../Portal%2099.md)\n",
        [("", "Search", "1.0 ew", "Ada", date(2027, 2, 5)), ("", "Log", "1.0 ew", "Ada", date(2027, 2, 3))],
        [(2, "only holds together 2 rows")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", SHAPES)
def test_all_arrives(tool: str) -> None:
    text, expected, left = SHAPES[tool]
    done = plan(text)
    items = [put for put in done.puts if isinstance(put, Item)]
    found = [(one.key, one.title, one.size, item.owner, item.due) for one, item in zip(done.new, items, strict=True)]
    assert found == expected
    assert [row.line for row in done.rejected] == [line for line, _ in left]
    assert all(row.reason.startswith(reason) for row, (_, reason) in zip(done.rejected, left, strict=True))


def test_what_a_row_is_part_of_and_labelled_with_stands_in_its_note() -> None:
    item = next(put for put in plan(SHAPES["aha"][0]).puts if isinstance(put, Item))
    assert item.note == "Find it\n\nType New · Status Ready to develop · Labels web · Parent Find"


@pytest.mark.parametrize(
    "parent", ["#1", "K-1", "K-1: Checkout", "K-1 Checkout", "Shop > Checkout", "Epic #1: Checkout"]
)
def test_a_parent_is_named_in_many_ways(parent: str) -> None:
    done = plan(f"Title,Issue key,Issue id,Parent,Days\nCheckout,K-1,1,,20\nCard,K-2,2,{parent},5\n")
    assert [one.title for one in done.new] == ["Card"]


def test_jira_calls_an_issue_a_work_item() -> None:
    done = plan("Work type,Work item key,Summary,Status,Original estimate\nBug,P-1,Crash,To Do,144000\n")
    assert done.format == "a Jira export"
    assert [(one.key, one.title, one.slice, one.size) for one in done.new] == [("P-1", "Crash", "Q", "1.0 ew")]


def test_titles_that_are_paths() -> None:
    done = plan(
        "Title,Key,Days\nShop,K-1,20\nShop > Pay,K-2,9\nShop > Pay > Card,K-3,2\nHome › Menu,K-4,1\nA > B,K-5,1\n"
    )
    assert [one.title for one in done.new] == ["Shop > Pay > Card", "Home › Menu", "A > B"]
    assert any("Titles that are paths" in note for note in done.notes)
    assert not any("paths" in note for note in plan("Title,Days\nA > B,5\nC,5\n").notes)
