"""Variants of files that nobody made a dialect for: sums and notes in a table, merged cells, signs, halves of days."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from store.imports.errors import ImportOptionError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.people.ics import parse_calendar
from store.imports.people.ics_leave import plan_leave
from store.imports.people.table import PeopleOptions, plan_people
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Absence, Command, Customer, Item, Person, Size, State, Team
from tests.store.imports.test_import_merge import fresh
from tests.store.imports.workbooks import workbook

RATED = ImportOptions(points_per_ew=10, hours_per_ew=40)


def plan(data: str | bytes, name: str = "f.csv") -> ImportPlan:
    data = data.encode() if isinstance(data, str) else data
    return plan_import(fresh(), parse_table(data, name), RATED)


def taken(done: ImportPlan) -> list[str]:
    return [one.title for one in done.new]


def left(done: ImportPlan) -> list[tuple[str, str]]:
    return [(one.title, one.reason.split(",")[0].split(" (")[0]) for one in done.rejected]


class TestSumsAndNotes:
    def test_sums_of_groups_are_no_items(self) -> None:
        done = plan("Title,Team,Days\nA,Pay,5\nB,Pay,3\nPay Total,,8\nC,Web,2\nSumme Web,,2\nCount,,3\n")
        assert taken(done) == ["A", "B", "C"]
        assert left(done) == [(name, "looks like a row of totals") for name in ("Pay Total", "Summe Web", "Count")]

    def test_work_on_totals_stays(self) -> None:
        text = "Title,Team,Days,Owner\nShow the total,Pay,5,Ada\nPay total,,8,Bo\nInvoice total,Pay,3,\n"
        assert taken(plan(text)) == ["Show the total", "Pay total", "Invoice total"]

    def test_lines_below_the_table_are_no_items(self) -> None:
        done = plan("Title,Key,Days\nNotes: a page,K-1,5\nB,K-2,3\n\nSource: Jira 2026-11-29,,\n* by Ada,,\n")
        assert taken(done) == ["Notes: a page", "B"]
        assert [reason for _, reason in left(done)] == ["stands below the table"] * 2
        # A new idea at the end has no key yet, and one above a keyed row is none below the table.
        assert taken(plan("Title,Key,Days\nSource: maps,,\nB,K-2,3\nDark mode,,\n")) == [
            "Source: maps",
            "B",
            "Dark mode",
        ]

    def test_what_a_formula_shows_without_a_value(self) -> None:
        done = plan("Title,Key,Days,Team,Owner\n#REF!,K-1,5,,\nB,K-2,#N/A,#N/A,#VALUE!\n")
        assert left(done) == [("#REF!", "has no title: #REF! is what a formula shows that has no value")]
        (item,) = (put for put in done.puts if isinstance(put, Item))
        assert (item.title, item.owner, done.teams) == ("B", "", ())
        assert any('line 3: estimate "#N/A" is not a number' in note for note in done.notes)

    def test_a_pivot_table_is_called_so(self) -> None:
        with pytest.raises(ImportOptionError, match="looks like a pivot table: export the rows that it sums"):
            plan("Row Labels,Sum of Days\nPay,8\n")

    def test_letters_that_look_wrong_are_told_with_the_way_out(self) -> None:
        with pytest.raises(ImportOptionError, match="was read as Windows-1252: if letters look wrong, add --encoding"):
            plan("Название;Ключ\nВход;K-1\n".encode("cp1251"))


def merged(data: bytes, *references: str) -> bytes:
    """A workbook with these cells merged."""
    target, cells = io.BytesIO(), "".join(f'<mergeCell ref="{each}"/>' for each in references)
    with zipfile.ZipFile(io.BytesIO(data)) as found, zipfile.ZipFile(target, "w") as made:
        for name in found.namelist():
            part = found.read(name).decode()
            made.writestr(name, part.replace("</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>"))
    return target.getvalue()


def teams_of(done: ImportPlan) -> dict[str, str]:
    teams = {put.id: put.name for put in done.puts if isinstance(put, Team)}
    titles = {put.id: put.title for put in done.puts if isinstance(put, Item)}
    return {titles[put.item_id]: teams[put.team_id] for put in done.puts if isinstance(put, Size)}


def test_merged_cells_count_for_each_of_their_rows() -> None:
    rows: list[list[object]] = [
        ["Team", "Title", "Days"],
        ["Pay", "A", 5],
        [None, "B", 3],
        ["Web", "C", 2],
        [None, "D", 1],
    ]
    done = plan(merged(workbook(S=rows), "A2:A3", "A4:A5"), "f.xlsx")
    assert teams_of(done) == {"A": "Pay", "B": "Pay", "C": "Web", "D": "Web"}
    assert any("merged cells counts for each row" in note for note in done.notes)
    # In a file without merged cells nobody can tell: then it is said whose they became.
    plain = plan(workbook(S=rows), "f.xlsx")
    assert any('2 rows name no team, as others do, and are sized for "Pay".' in note for note in plain.notes)
    assert not any("name no team" in note for note in done.notes)


@pytest.mark.parametrize(
    ("text", "size"),
    [("½d", "0.1 ew"), ("1½ days", "0.3 ew"), ("1/2 day", "unsized"), ("PT8H", "0.2 ew"), ("P1W2D", "1.4 ew"),
     ("≈4d", "0.8 ew"), ("approx. 3 days", "0.6 ew"), ("ca. 5d", "1.0 ew"), ("8:00", "unsized"), ("1/2", "unsized"),
     ("PT", "unsized")],
)  # fmt: skip
def test_estimates_as_people_and_programs_write_them(text: str, size: str) -> None:
    assert [one.size for one in plan(f"Title,Effort (days)\nA,{text}\n").new] == [size]


def test_hours_with_minutes_are_hours_where_hours_are_meant() -> None:
    text = "#,Project,Tracker,Subject,Status,Estimated time\n1,P,Bug,A,New,40:00\n2,P,Bug,B,New,20:30\n"
    assert [one.size for one in plan(text).new] == ["1.0 ew", "0.5 ew"]


def test_parents_by_the_short_name_of_an_epic() -> None:
    head = "Summary,Issue key,Issue Type,Epic Name,Epic Link,Story Points\n"
    done = plan(f"{head}Checkout,P-1,Epic,Checkout v2,,20\nA,P-2,Story,,Checkout v2,5\nB,P-3,Story,,Checkout v2,3\n")
    assert (taken(done), [title for title, _ in left(done)]) == (["A", "B"], ["Checkout"])


def test_signs_and_boxes_that_say_that_it_is_over() -> None:
    assert taken(plan("Title,Status\nA,✅\nB,🚧\nC,☑\nD,Fertiggestellt\n✅ E,Open\n")) == ["B", "✅ E"]
    assert taken(plan("Title,Completed\nA,[x]\nB,[ ]\nC,☐\n")) == ["B", "C"]


def test_titles_owners_and_teams_without_markup() -> None:
    done = plan("Title,Owner,Team\nA &amp; B,Ada Lane <ada@x.org>,<div>Pay</div>\n<b>C</b> < D,bo@x.org,\n")
    assert taken(done) == ["A & B", "C < D"]
    assert [put.owner for put in done.puts if isinstance(put, Item)] == ["Ada Lane", "bo@x.org"]
    assert [str(team) for team in done.teams] == ["Pay (1 row) is new"]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Number,Short description,State", "R-1,Log in,New", ("R-1", "Log in")),
        ("To-do,Assigned to,Due on", "Log in,Ada,2027-02-01", ("", "Log in")),
        ("Display ID,Title,Status", "S-01,Log in,New", ("S-01", "Log in")),
    ],
)
def test_names_that_tools_give_titles_and_keys(header: str, row: str, expected: tuple[str, str]) -> None:
    assert [(one.key, one.title) for one in plan(f"{header}\n{row}\n").new] == [expected]


@pytest.fixture(scope="module")
def state() -> State:
    first = fresh()
    quarter = first.quarter.model_copy(update={"starts": date(2027, 1, 1), "ends": date(2027, 3, 31)})
    people = (
        Person(id=-10 - at, team_id=-1, name=name) for at, name in enumerate(("Ana Lopez", "Bo Chen", "Mia Rossi"))
    )
    return first.overlay(Command("edit", "people", (quarter, Team(id=-1, name="Pay"), *people)))


#: The days that a person would count: 8 February 2027 is a Monday.
HR = {
    "Workday, a row a day": (
        "Worker,Time Off Type,Time Off Date,Units,Unit of Time,Status\nAna Lopez,Vacation,2027-02-08,8,Hours,Approved\n"
        "Ana Lopez,Vacation,2027-02-09,4,Hours,Approved\nBo Chen,Sick,2027-01-18,4,Hours,Submitted\n",
        [(-10, "2027-02-08", 1.0), (-10, "2027-02-09", 0.5)],
    ),
    "HiBob": (
        "Display name,Policy type,Start date,Start portion,End date,End portion,Total duration,Status\n"
        "Bo Chen,Sickness,18/01/2027,Afternoon,18/01/2027,All day,0.5 days,Approved\n"
        "Mia Rossi,Work from home,01/03/2027,All day,02/03/2027,All day,2 days,Approved\n"
        "Mia Rossi,Holiday,13/03/2027,All day,14/03/2027,All day,0 days,Cancelled\n",
        [(-11, "2027-01-18", 0.5)],
    ),
    "Factorial": (
        "Employee;Leave type;Start;End;Half day;Approved\nBo Chen;Baja;18/01/2027;18/01/2027;Mañana;Sí\n"
        "Ana Lopez;Baja;19/01/2027;19/01/2027;No;Sí\nMia Rossi;Vacaciones;01/03/2027;05/03/2027;;No\n",
        [(-10, "2027-01-19", None), (-11, "2027-01-18", 0.5)],
    ),
}


@pytest.mark.parametrize("tool", HR)
def test_reports_of_leave(tool: str, state: State) -> None:
    text, expected = HR[tool]
    found = plan_people(state, parse_table(text.encode(), "f.csv"), PeopleOptions())
    rows = [(put.person_id, str(put.starts), put.days) for put in found.puts if isinstance(put, Absence)]
    assert sorted(rows, key=lambda row: (-row[0], row[1])) == expected


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Work anniversary: Bo Chen", None), ("Bo Chen back from vacation", None), ("Bo Chen: In office", None),
        ("Bo Chen vacation - Declined", None), ("Focus time Bo Chen", None), ("Bo Chen Telearbeit", None),
        ("Birthday leave Bo Chen", 1.0), ("Bo Chen not in office", 1.0), ("Bo Chen out 2-5pm", 0.5),
        ("Bo Chen PTO 8-12 Feb", 1.0),
        # Of one day, the eighth of February, two other numbers are hours; with a month, or that day, they are none.
        ("Bo Chen out 10-11", 0.5), ("10-11 Bo Chen off", 0.5), ("Bo Chen PTO 13 – 17", 0.5), ("Bo Chen out 9-17", 1.0),
        ("Bo Chen PTO Feb 9-11", 1.0), ("Bo Chen PTO 9-11 mars", 1.0), ("Bo Chen PTO 8-11", 1.0),
        ("Bo Chen out 2-12", 1.0), ("Bo Chen out, desk 30-44", 1.0), ("Bo Chen out 2027-02-08", 1.0),
    ],
)  # fmt: skip
def test_what_is_leave_in_a_calendar(title: str, days: float | None, state: State) -> None:
    event = (
        f"BEGIN:VEVENT\nUID:1\nSUMMARY:{title}\nDTSTART;VALUE=DATE:20270208\nDTEND;VALUE=DATE:20270209\nEND:VEVENT\n"
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}END:VCALENDAR\n"
    found = plan_leave(state, parse_calendar(text.encode(), "c.ics"), PeopleOptions())
    away = [put.days or 1.0 for put in found.puts if isinstance(put, Absence)]
    assert away == ([] if days is None else [days])


def test_words_for_nobody_are_no_team_no_owner_and_no_customer() -> None:
    text = 'Title,Team,Owner,Customer,Days\nA,Pay,Ada,Acme,5\nB,N/A,Unassigned,n/a,3\nC,-,nobody,"Globex; -",2\n'
    done = plan(text)
    assert [str(team) for team in done.teams] == ["Pay (1 row) is new"]
    assert [put.owner for put in done.puts if isinstance(put, Item)] == ["Ada", "", ""]
    assert [put.name for put in done.puts if isinstance(put, Customer)] == ["Acme", "Globex"]
