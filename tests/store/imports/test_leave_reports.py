"""Leave as HR tools and calendars have it: the days that a person would count, by hand, and nothing besides."""

from __future__ import annotations

from datetime import date

import pytest

from store.imports.people.ics import parse_calendar
from store.imports.people.ics_leave import plan_leave
from store.imports.people.table import PeopleOptions, plan_people
from store.imports.reader import parse_table
from store.records import Absence, Person, Team
from tests.store.helpers import fresh, put


@pytest.fixture
def workspace(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        yield workspace


def with_people(workspace, *names):
    workspace.apply(
        put(Team(id=-1, name="Pay"), *(Person(id=-2 - at, team_id=-1, name=n) for at, n in enumerate(names)))
    )


def taken(workspace, text, **options):
    """Who is away when, and for how many days, once the file is taken; the plan beside it."""
    plan = plan_people(workspace.load(), parse_table(text.encode(), "l.csv"), PeopleOptions(**options))
    assert plan.new + plan.changed + plan.same + len(plan.rejected) == len(text.strip().splitlines()) - 1
    if not plan.command().empty:
        workspace.apply(plan.command())
    state = workspace.load()
    names = {row.id: row.name for row in state.each(Person)}
    rows = [(names[row.person_id], str(row.starts), str(row.ends), row.days) for row in state.each(Absence)]
    return sorted(rows, key=str), plan


def members(workspace):
    return {row.name: (row.starts, row.ends) for row in workspace.load().each(Person)}


REPORT = "Employee,Leave Type,Start Date,End Date,Status\n"


class TestReports:
    def test_dates_beside_a_kind_of_leave_are_those_of_the_leave(self, workspace):
        """As a time-off report of timeoff.management: two people, a week and two days, nobody leaves the team."""
        with_people(workspace, "Mia Rossi", "Jon Berg")
        rows = "Mia Rossi,Holiday,2027-02-15,2027-02-19,Approved\nJon Berg,Sick,2027-01-25,2027-01-26,Approved\n"
        found, plan = taken(workspace, REPORT + rows)
        assert found == [
            ("Jon Berg", "2027-01-25", "2027-01-26", None), ("Mia Rossi", "2027-02-15", "2027-02-19", None),
        ]  # fmt: skip
        assert set(members(workspace).values()) == {(None, None)}
        assert any(note.startswith("Read as leave: ") and "leave from from Start Date" in note for note in plan.notes)

    @pytest.mark.parametrize(
        "status", ["Pending", "Rejected", "Requested", "Cancelled", "Declined", "Beantragt", "Refusé"]
    )
    def test_only_approved_leave_counts(self, workspace, status):
        with_people(workspace, "Mia Rossi")
        found, plan = taken(workspace, f"{REPORT}Mia Rossi,Holiday,2027-02-15,2027-02-19,{status}\n")
        assert found == []
        assert f'its request is "{status}"' in plan.rejected[0].reason

    @pytest.mark.parametrize(
        "kind",
        ["Paid vacation", "Parental", "Vacation / PTO", "Congés payés", "Elternzeit", "Jury duty leave", "Zumba"],
    )
    def test_kinds_of_leave_of_every_name(self, workspace, kind):
        with_people(workspace, "Mia Rossi")
        found, plan = taken(workspace, f"{REPORT}Mia Rossi,{kind},2027-02-15,2027-02-19,Approved\n")
        assert len(found) == 1
        assert any("Kinds that are not known count as leave: Zumba (1)." in note for note in plan.notes) == (
            kind == "Zumba"
        )

    @pytest.mark.parametrize("kind", ["Work from home", "Homeoffice", "Birthday", "Remote work", "Télétravail"])
    def test_what_is_no_absence(self, workspace, kind):
        with_people(workspace, "Mia Rossi")
        found, plan = taken(workspace, f"{REPORT}Mia Rossi,{kind},2027-02-15,2027-02-19,Approved\n")
        assert found == []
        assert "which is not leave" in plan.rejected[0].reason

    def test_amounts_in_days_and_hours(self, workspace):
        """As BambooHR reports them: an amount with its unit."""
        with_people(workspace, "Mia Rossi", "Jon Berg")
        text = (
            "Employee Name,Time Off Type,From,To,Amount,Unit,Status\n"
            "Mia Rossi,Vacation,2027-02-15,2027-02-15,0.5,days,approved\n"
            "Jon Berg,Vacation,2027-02-16,2027-02-17,12,hours,approved\n"
        )
        found, _ = taken(workspace, text)
        assert [row[3] for row in found] == [1.5, 0.5]

    def test_a_report_in_german_with_first_and_last_name(self, workspace):
        with_people(workspace, "Mia Rossi")
        text = (
            "Vorname;Nachname;Abwesenheitsart;Von;Bis;Tage;Status\n"
            "Mia;Rossi;Urlaub;15.02.2027;19.02.2027;4,5;Genehmigt\nMia;Rossi;Urlaub;01.03.2027;05.03.2027;5;Beantragt\n"
        )
        found, _ = taken(workspace, text)
        assert found == [("Mia Rossi", "2027-02-15", "2027-02-19", 4.5)]

    def test_first_and_last_name_with_dates_only(self, workspace):
        """Dates that are a few days apart are no membership."""
        with_people(workspace, "Mia Rossi", "Jon Berg")
        text = "Vorname;Nachname;Von;Bis\nMia;Rossi;15.02.2027;19.02.2027\nJon;Berg;01.03.2027;02.03.2027\n"
        found, _ = taken(workspace, text)
        assert len(found) == 2
        assert set(members(workspace).values()) == {(None, None)}

    def test_names_the_other_way_round(self, workspace):
        with_people(workspace, "Mia Rossi")
        found, _ = taken(workspace, f'{REPORT}"Rossi, Mia",Holiday,2027-02-15,2027-02-19,Approved\n')
        assert found[0][0] == "Mia Rossi"
        assert len(members(workspace)) == 1


class TestRosters:
    def test_memberships_stay_memberships(self, workspace):
        with_people(workspace, "Jon Berg")
        text = "Name,Team,Start date,End date,Type,Status\nMia Rossi,Pay,2027-02-01,,Permanent,Active\n"
        taken(workspace, text)
        assert members(workspace)["Mia Rossi"] == (date(2027, 2, 1), None)

    @pytest.mark.parametrize("name", ["Total", "TOTAL", "Sum", "Summe", "Grand total", "Average"])
    def test_a_total_is_nobody(self, workspace, name):
        with_people(workspace, "Jon Berg")
        _, plan = taken(workspace, f"Name,FTE\nMia Rossi,80%\n{name},180%\n")
        assert sorted(members(workspace)) == ["Jon Berg", "Mia Rossi"]
        assert "row of totals" in plan.rejected[0].reason

    def test_what_is_not_read_is_said(self, workspace):
        with_people(workspace, "Jon Berg")
        _, plan = taken(workspace, "Name,FTE,W1,W2\nMia Rossi,1,5,4\n")
        assert "Columns not used: W1, W2." in plan.notes

    def test_a_column_that_was_named_for_one_thing_is_not_taken_for_another(self, workspace):
        with_people(workspace, "Mia Rossi")
        text = "Name,Start,End\nMia Rossi,2027-01-11,2027-03-19\n"
        found, _ = taken(workspace, text, columns={"leave from": "Start", "leave to": "End"})
        assert found == [("Mia Rossi", "2027-01-11", "2027-03-19", None)]
        assert members(workspace) == {"Mia Rossi": (None, None)}

    def test_a_team_that_would_be_gone_is_warned_of(self, workspace):
        with_people(workspace, "Mia Rossi")
        quarter = workspace.load().quarter
        text = f"Name,Start,End\nMia Rossi,{quarter.starts},{date.fromordinal(quarter.starts.toordinal() + 40)}\n"
        _, plan = taken(workspace, text)
        assert any("1 of 1 people of Pay are here for less than half" in note for note in plan.notes)


def calendar(*events):
    body = "".join(f"BEGIN:VEVENT\nUID:{at}\n{event}\nEND:VEVENT\n" for at, event in enumerate(events))
    return parse_calendar(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n".encode(), "c.ics")


class TestCalendars:
    @pytest.fixture(autouse=True)
    def _people(self, workspace):
        with_people(workspace, "Mia Rossi", "Jon Berg")
        quarter = workspace.load().quarter
        # A Monday well inside the quarter.
        first = quarter.starts.toordinal() + 21
        self.day = date.fromordinal(first - date.fromordinal(first).weekday())

    def days(self, workspace, title, extra="", length=1):
        """How many days each person is away by one whole-day event, or why nobody is."""
        end = date.fromordinal(self.day.toordinal() + length)
        event = f"SUMMARY:{title}\nDTSTART;VALUE=DATE:{self.day:%Y%m%d}\nDTEND;VALUE=DATE:{end:%Y%m%d}\n{extra}"
        state = workspace.load()
        plan = plan_leave(state, calendar(event.strip()))
        names = {row.id: row.name.split()[0] for row in state.each(Person)}
        if plan.rejected:
            return plan.rejected[0].reason
        return {names[put.person_id]: length if put.days is None else put.days for put in plan.puts}

    @pytest.mark.parametrize(
        "title",
        ["Mia Rossi (Time off - 0.5 days)", "Mia Rossi - half day PM", "Mia Rossi: halber Tag Urlaub",
         "Mia Rossi (4 hours)", "Mia Rossi OOO afternoon", "Mia Rossi ½ day", "Mia Rossi demi-journée"],
    )  # fmt: skip
    def test_half_days(self, workspace, title):
        assert self.days(workspace, title) == {"Mia": 0.5}

    def test_whole_days_and_parts_of_several(self, workspace):
        assert self.days(workspace, "Mia Rossi (Vacation - 1 day)") == {"Mia": 1}
        assert self.days(workspace, "Mia Rossi (Vacation - 2.5 days)", length=3) == {"Mia": 2.5}
        assert self.days(workspace, "Mia Rossi (Vacation - 5 days)", length=5) == {"Mia": 5}

    @pytest.mark.parametrize(
        ("title", "extra"),
        [
            ("Mia Rossi (Work from Home - 1 day)", ""), ("Mia Rossi Homeoffice", ""), ("Mia Rossi WFH", ""),
            ("Mia Rossi", "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"), ("Mia Rossi's birthday", ""),
            ("Mia Rossi", "STATUS:TENTATIVE"), ("Mia Rossi", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"),
            ("[Pending] Mia Rossi vacation", ""), ("1:1 Mia Rossi", ""), ("Sprint 12 planning Mia Rossi", ""),
        ],
    )  # fmt: skip
    def test_what_is_no_leave(self, workspace, title, extra):
        assert isinstance(self.days(workspace, title, extra), str)

    @pytest.mark.parametrize("title", ["Mia OOO", "Rossi, Mia", "M. Rossi - vacation", "Vacation Mia R."])
    def test_short_names(self, workspace, title):
        assert self.days(workspace, title) == {"Mia": 1}

    @pytest.mark.parametrize(
        "title", ["Mia Rossi & Jon Berg offsite", "Mia Rossi, Jon Berg: vacation", "Mia Rossi und Jon Berg"]
    )
    def test_two_people_in_one_title_are_both_away(self, workspace, title):
        assert self.days(workspace, title) == {"Mia": 1, "Jon": 1}
