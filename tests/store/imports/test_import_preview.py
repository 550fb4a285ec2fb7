"""What is shown of a file before anything of it is written, and what overrides that."""

from __future__ import annotations

import pytest

from store.imports.errors import ImportOptionError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, TeamWish
from store.imports.reader import parse_table
from store.imports.report import ImportPlan, StatusCount
from store.records import Item
from tests.store.imports.test_import_merge import after, fresh

TEXT = (
    "Summary,Issue key,Status,Story Points,Story point estimate,Due Date,Business Value,Sprint,Team\n"
    "A,P-1,Live,8,,2026-12-01,$480k,S1,Pay\nB,P-2,Done,,5,2027-02-01,$3,S1,Pay\nC,P-3,Parked,16,,never,,S2,Core\n"
)


def plan(text: str = TEXT, **options: object) -> ImportPlan:
    rated = {"points_per_ew": 8.0, "teams": (TeamWish("Pay", 20.0), TeamWish("Core")), **options}
    return plan_import(fresh(), parse_table(text.encode(), "f.csv"), ImportOptions(**rated))  # type: ignore[arg-type]


def titles(done: ImportPlan) -> list[str]:
    return [one.title for one in done.new]


class TestColumns:
    def test_each_with_what_it_is_taken_for_and_read_as(self) -> None:
        found = {one.column: (one.field, one.why, one.samples, one.read) for one in plan(dates="day-first").columns}
        assert found == {
            "Summary": ("title", "name", ("A", "B", "C"), ("A", "B", "C")),
            "Issue key": ("key", "name", ("P-1", "P-2", "P-3"), ("P-1", "P-2", "P-3")),
            "Status": ("status", "name", ("Live", "Done", "Parked"), ("over", "over", "Parked")),
            "Story Points": ("points", "name", ("8", "16"), ("1.0 ew", "2.0 ew")),
            "Story point estimate": ("points", "spare", ("5",), ("0.6 ew",)),
            "Due Date": (
                "due",
                "name",
                ("2026-12-01", "2027-02-01", "never"),
                ("2026-12-01", "2027-02-01", "not read"),
            ),
            "Business Value": ("value", "name", ("$480k", "$3"), ("480,000 USD", "3 USD")),
            "Sprint": (None, "", ("S1", "S2"), ("S1", "S2")),
            "Team": ("team", "name", ("Pay", "Core"), ("Pay", "Core")),
        }

    def test_every_column_is_read_or_named_as_not_read(self) -> None:
        done = plan()
        assert [one.column for one in done.columns] == TEXT.split("\n")[0].split(",")
        assert "Columns not used: Sprint." in done.notes

    def test_what_is_said_frees_the_column(self) -> None:
        """Title is the sprint, so the summary may be the note; what was the title by its name is nothing else now."""
        done = plan(columns={"title": "Sprint", "note": "Summary"})
        fields = {one.column: (one.field, one.why) for one in done.columns}
        assert (fields["Sprint"], fields["Summary"]) == (("title", "said"), ("note", "said"))

    def test_nothing_is_nothing(self) -> None:
        """Neither its own guess nor another field takes a column that is ignored; the other one of its field stays."""
        text = "Title,Task,Story Points,Points\nA,T-1,8,\nB,T-2,,16\n"
        assert [one.key for one in plan(text).new] == ["T-1", "T-2"]
        done = plan(text, ignored=("Task", "story points"))
        assert [(one.key, one.size) for one in done.new] == [("", "unsized"), ("", "2.0 ew")]
        with pytest.raises(ImportOptionError, match=r"There is no column 'Nope' for nothing"):
            plan(text, ignored=("Nope",))


class TestStatuses:
    def test_each_with_its_rows(self) -> None:
        assert set(plan().statuses) == {
            StatusCount("Live", 0, 1),
            StatusCount("Done", 0, 1),
            StatusCount("Parked", 1, 0),
        }
        assert titles(plan()) == ["C"]

    def test_each_can_be_switched(self) -> None:
        done = plan(statuses={"LIVE": True, "Parked": False})
        assert titles(done) == ["A"]
        assert next(one.read for one in done.columns if one.field == "status") == ("taken", "over", "left")
        assert {one.title: one.reason for one in done.rejected}["C"] == 'is "Parked", which is left as you say'
        assert set(done.statuses) == {StatusCount("Live", 1, 0), StatusCount("Done", 0, 1), StatusCount("Parked", 0, 1)}

    def test_what_is_said_goes_before_dates_and_all_that_is_done(self) -> None:
        text = "Title,Status,Closed at\na,QA,2026-01-02\nb,Open,\n"
        assert titles(plan(text, statuses={"qa": True})) == ["a", "b"]
        assert titles(plan(text, statuses={"open": False}, include_done=True)) == ["a"]


class TestLoads:
    def test_by_team(self) -> None:
        assert list(map(str, plan(include_done=True).loads)) == [
            "Pay 1.6 ew in 2 items (net 20.0)",
            "Core 2.0 ew in 1 item",
        ]


class TestSurprises:
    def test_numbers_that_nothing_tells_how_to_read(self) -> None:
        text = 'Title,Points\na,"3,500"\nb,4\n'
        assert "read as thousands" in plan(text).warnings[0]
        assert [one.size for one in plan(text, decimal="comma").new] == ["0.4 ew", "0.5 ew"]
        assert [one.size for one in plan(text, decimal="point").new] == ["437.5 ew", "0.5 ew"]
        assert plan(text, decimal="comma").warnings == ()
        assert "read with decimals" in plan("Title,Points\na,3.500\nb,4\n").warnings[0]
        assert plan("Title,Points\na,3.500\nb,4.25\n").warnings == ()

    def test_much_without_a_size_and_all_in_one_slice(self) -> None:
        text = "Title,Points\n" + "".join(f"t{at},{8 if at < 3 else ''}\n" for at in range(6))
        assert plan(text).warnings == (
            "3 of 6 new items have no size (50%).",
            "All 6 new items are in slice F: no column tells slices apart (--map).",
        )

    def test_one_slice_for_all_though_a_column_has_types_is_for_want_of_a_rule(self) -> None:
        text = "Titel;Soort;Weken\n" + "".join(f"t{at};{'Fout' if at % 2 else 'Functie'};1\n" for at in range(6))
        assert plan(text).warnings == ("All 6 new items are in slice F: no rule matches what stands in Soort (--map).",)

    def test_work_that_doubles_and_one_item_that_is_most_of_it(self) -> None:
        here = after(fresh(), plan("Title,Points\nold,80\n"))
        text = "Title,Type,Points\n" + "".join(
            f"t{at},{'Bug' if at else 'Story'},{8 if at else 800}\n" for at in range(6)
        )
        done = plan_import(here, parse_table(text.encode(), "f.csv"), ImportOptions(points_per_ew=8))
        assert done.warnings == (
            "What is open here would go from 10.0 to 115.0 ew.",
            "One item is 95% of all new work: t0, 100.0 ew.",
        )

    def test_due_dates_of_the_past(self) -> None:
        text = "Title,Type,Days,Due\n" + "".join(
            f"t{at},{'Bug' if at else 'Story'},1,2001-01-0{at + 1}\n" for at in range(5)
        )
        assert plan(text).warnings == ("5 of 5 due dates are before this quarter: are days and months mixed up?",)

    def test_an_ordinary_file_surprises_nobody(self) -> None:
        text = "Title,Type,Days,Due\n" + "".join(
            f"t{at},{'Bug' if at else 'Story'},{at + 1},2099-01-01\n" for at in range(9)
        )
        done = plan(text)
        assert done.warnings == ()
        assert len([put for put in done.puts if isinstance(put, Item)]) == 9
