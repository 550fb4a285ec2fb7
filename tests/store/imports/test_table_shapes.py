"""Tables as they stand in files: below other lines, with headers of two rows, in groups, indented, or as JSON."""

from __future__ import annotations

import json
from typing import ClassVar

import pytest

from store.imports.errors import ImportOptionError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Item
from tests.store.imports.test_import_merge import after, fresh

RATED = ImportOptions(points_per_ew=10, hours_per_ew=40)


def plan(data: str, name: str = "f.csv", header_line: int | None = None) -> ImportPlan:
    return plan_import(fresh(), parse_table(data.encode(), name, header_line=header_line), RATED)


def sizes(data: str) -> list[tuple[str, str]]:
    return [(one.title, one.size) for one in plan(data).new]


class TestHeaders:
    @pytest.mark.parametrize(
        "header",
        [
            "Work item,,Estimate (days),,,Who\nTitle,Key,Low,Likely,High,Owner\n",
            ",,Estimate,Estimate,Estimate,\nTitle,Key,Low (days),Likely (days),High (days),Owner\n",
            "Title,Key,Size [d],,,Owner\n,,Low,Likely,High,\n",
        ],
    )
    def test_two_rows(self, header: str) -> None:
        done = plan(header + "Audit,K-1,5,10,20,Ada\nExport,K-2,5,5,10,Bo\n")
        assert [(one.key, one.title, one.size) for one in done.new] == [
            ("K-1", "Audit", "1.0-2.0-4.0 ew"),
            ("K-2", "Export", "1.0-1.0-2.0 ew"),
        ]
        assert any("The header has two rows" in note for note in done.notes)

    def test_a_first_row_of_words_is_no_header(self) -> None:
        assert [one.title for one in plan("Title,Labels,Labels,Type\nStory,web,,Task\n").new] == ["Story"]

    def test_a_line_that_looks_like_one_above_it(self) -> None:
        text = "Name,Roadmap\nOwner,Ada\n\nTitle,Key,Days\nAudit,R-1,5\n"
        assert sizes(text) == [("Audit", "1.0 ew")]

    def test_the_line_that_is_named(self) -> None:
        text = "Title,Key,Days\nHeadline,Key,Weeks\nAudit,R-1,5\n"
        assert [(one.title, one.size) for one in plan(text, header_line=2).new] == [("Audit", "5.0 ew")]
        assert plan(text, header_line=1).rows == 2
        with pytest.raises(ImportOptionError, match=r"--header-line 9: there is nothing in line 9"):
            plan(text, header_line=9)

    def test_groups_with_the_header_again(self) -> None:
        text = "Now,,\nName,Status,Days\nA,Open,5\n\nLater,,\nName,Status,Days\nB,Open,10\n"
        assert sizes(text) == [("A", "1.0 ew"), ("B", "2.0 ew")]
        assert [one.reason for one in plan(text).rejected] == ["is a heading within the table, and no item"] * 2


class TestParts:
    @pytest.mark.parametrize(
        "text",
        [
            "Title,Key,Days\nEpic,K-1,20\n  A,K-2,5\n  B,K-3,10\nC,K-4,5\n",
            "Title,Key,Days\nEpic,K-1,20\n\tA,K-2,5\n\tB,K-3,10\nC,K-4,5\n",
            "WBS,Title,Days\n1,Epic,20\n1.1,A,5\n1.2,B,10\n2,C,5\n",
            "Outline Level,Name,Duration\n1,Epic,20 days\n2,A,5 days\n2,B,10 days\n1,C,5d\n",
        ],
    )
    def test_by_position(self, text: str) -> None:
        assert sizes(text) == [("A", "1.0 ew"), ("B", "2.0 ew"), ("C", "1.0 ew")]
        assert any("by indentation or outline" in note for note in plan(text).notes)

    def test_a_blank_by_accident_is_no_level(self) -> None:
        assert sizes("Title,Key,Days\nA,K-1,5\n B,K-2,5\n") == [("A", "1.0 ew"), ("B", "1.0 ew")]

    def test_equal_titles_below_different_parents(self) -> None:
        text = "Title,Parent,Days\nOne,,\nWrite tests,One,5\nTwo,,\nWrite tests,Two,10\n"
        done = plan(text)
        assert [(one.title, one.size) for one in done.new] == [("Write tests", "1.0 ew"), ("Write tests", "2.0 ew")]
        later = after(fresh(), done)
        shuffled = "Title,Parent,Days\nWrite tests,Two,10\nWrite tests,One,15\n"
        again = plan_import(later, parse_table(shuffled.encode(), "f.csv"), RATED)
        assert [(one.old_size, one.new_size) for one in again.updated] == [("1.0 ew", "3.0 ew")]
        assert (len(again.new), again.unchanged) == (0, 1)

    def test_a_tree_of_azure_with_equal_titles_and_no_ids(self) -> None:
        text = "ID,Work Item Type,Title 1,Title 2,State,Story Points\n,Feature,Pay,,New,\n,User Story,,Tests,New,5\n"
        text += ",Feature,Bill,,New,\n,User Story,,Tests,New,10\n"
        assert sizes(text) == [("Tests", "0.5 ew"), ("Tests", "1.0 ew")]

    def test_linked_pages_by_name(self) -> None:
        text = "Name,Parent item,Estimate\nA,Epic (https://www.notion.so/Epic-1a2b),5d\nEpic,,20d\n"
        assert sizes(text) == [("A", "1.0 ew")]


class TestJson:
    ISSUE: ClassVar[dict[str, object]] = {
        "id": 901, "iid": 11, "title": "Search", "description": "Find it", "state": "opened", "labels": ["web", "api"],
        "assignees": [{"name": "Ada", "username": "ada"}], "due_date": "2027-02-01", "weight": 5, "closed_at": None,
        "web_url": "https://gitlab.com/g/p/-/issues/11", "references": {"short": "#11", "full": "g/p#11"},
        "time_stats": {"time_estimate": 0}, "epic": {"iid": 3, "title": "Shop"},
    }  # fmt: skip

    def test_issues_of_gitlab(self) -> None:
        """The shape of GitLab's documentation, "Issues API", "List all issues"."""
        closed = {**self.ISSUE, "iid": 12, "state": "closed", "references": {"full": "g/p#12"}}
        done = plan(json.dumps([self.ISSUE, closed]), "issues.json")
        item = next(put for put in done.puts if isinstance(put, Item))
        assert done.format == "a GitLab export"
        assert [(one.key, one.title, one.size) for one in done.new] == [("g/p#11", "Search", "0.5 ew")]
        assert (item.owner, str(item.due)) == ("Ada", "2027-02-01")
        assert item.note == "Find it\n\nStatus opened · Labels web;api · Parent Shop"
        assert [one.reason.split(" (")[0] for one in done.rejected] == ['is "closed"']

    def test_any_list_of_objects(self) -> None:
        text = json.dumps({"page": 1, "tasks": [{"name": "A", "key": "K-1", "days": 5, "team": {"name": "Pay"}}]})
        done = plan(text, "f.json")
        assert [(one.key, one.title, one.size) for one in done.new] == [("K-1", "A", "1.0 ew")]
        assert [put.name for put in done.puts if put.table == "teams"] == ["Pay"]  # type: ignore[attr-defined]

    def test_issues_of_one_line_are_told_apart(self) -> None:
        """What `gh issue list --json` prints has no line ends: a parent, its part, and a third that is neither."""
        url = "https://github.com/o/r/issues/"
        issues = [
            {"number": 1, "title": "Epic", "url": f"{url}1", "state": "OPEN"},
            {
                "number": 2,
                "title": "Part",
                "url": f"{url}2",
                "state": "OPEN",
                "parent": {"number": 1, "url": f"{url}1"},
            },
            {"number": 3, "title": "Alone", "url": f"{url}3", "state": "OPEN"},
            {"number": 4, "title": "Old", "url": f"{url}4", "state": "CLOSED"},
        ]
        done = plan(json.dumps(issues), "issues.json")
        assert [one.title for one in done.new] == ["Part", "Alone"]
        assert [one.title for one in done.rejected] == ["Epic", "Old"]
