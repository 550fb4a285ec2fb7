"""Leave as three HR tools report it and three calendars hold it: the days that a person would count, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from store.imports.people.absences import PeoplePlan
from store.imports.people.ics import parse_calendar
from store.imports.people.ics_leave import plan_leave
from store.imports.people.table import PeopleOptions, plan_people
from store.imports.reader import parse_table
from store.records import Absence, Command, Person, State, Team
from tests.store.imports.test_import_merge import fresh

ANA, BO, MIA = -10, -11, -12
#: The quarter: January to March 2027. 8 February is a Monday, 18 January too.
LEAVE = {(ANA, "2027-02-08", "2027-02-12"): 5.0, (BO, "2027-01-18", "2027-01-18"): 0.5}

REPORTS = {
    # BambooHR, "Time Off Requests" and "Time Off Used" reports
    "bamboo": "Name,Type,From,To,Requested,Amount,Unit,Status\n"
    "Ana Lopez,Vacation,2027-02-08,2027-02-12,2026-11-01,5,days,approved\n"
    "Bo Chen,Sick,2027-01-18,2027-01-18,2027-01-18,4,hours,approved\n"
    "Mia Rossi,Vacation,2027-03-01,2027-03-05,2026-11-01,5,days,denied\n"
    "Mia Rossi,Vacation,2027-03-01,2027-03-05,2026-11-01,5,days,superceded\n"
    "Mia Rossi,Work From Home,2027-03-08,2027-03-12,2026-11-01,5,days,approved\n",
    # Personio, absence periods in German, with a row of totals
    "personio": "Nachname;Vorname;Abwesenheitsart;Von;Bis;Tage;Status\n"
    "Lopez;Ana;Bezahlter Urlaub;08.02.2027;12.02.2027;5,0;Genehmigt\n"
    "Chen;Bo;Krankheit;18.01.2027;18.01.2027;0,5;Genehmigt\n"
    "Rossi;Mia;Urlaub;01.03.2027;05.03.2027;5,0;Abgelehnt\n"
    "Rossi;Mia;Urlaub;08.03.2027;09.03.2027;2,0;Beantragt\n"
    "Rossi;Mia;Homeoffice;10.03.2027;11.03.2027;2,0;Genehmigt\nSumme;;;;;14,5;\n",
    # TimeOff.Management, "Leave report": parts of days stand behind dates
    "timeoff": "Employee,Department,Leave Type,Start Date,End Date,Days,Status\n"
    "Ana Lopez,Pay,Holiday,2027-02-08,2027-02-12,5,Approved\n"
    "Bo Chen,Pay,Sick Leave,2027-01-18 (morning),2027-01-18 (morning),0.5,Approved\n"
    "Mia Rossi,Pay,Holiday,2027-03-01,2027-03-05,5,Rejected\nMia Rossi,Pay,Holiday,2027-03-08,2027-03-08,1,New\n",
}
DAYS = "DTSTART;VALUE=DATE:{}\nDTEND;VALUE=DATE:{}"
CALENDARS = {
    "google": [
        "SUMMARY:Out of office\nORGANIZER;CN=Ana Lopez:mailto:ana@x.org\n" + DAYS.format("20270208", "20270213"),
        "SUMMARY:Bo Chen - vacation (half day)\n" + DAYS.format("20270118", "20270119"),
        "SUMMARY:Mia Rossi's birthday\n" + DAYS.format("20270301", "20270302"),
        "SUMMARY:Working location: Home\nORGANIZER;CN=Mia Rossi:mailto:m@x.org\n" + DAYS.format("20270301", "20270302"),
    ],
    "outlook": [
        "SUMMARY:Ana Lopez OOF\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\nDTSTART;TZID=W. Europe Standard Time:20270208T000000\n"
        "DTEND;TZID=W. Europe Standard Time:20270213T000000",
        "SUMMARY:Bo Chen Urlaub (halber Tag)\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\n" + DAYS.format("20270118", "20270119"),
        "SUMMARY:Mia Rossi\nX-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE\n" + DAYS.format("20270301", "20270306"),
        "SUMMARY:Mia Rossi Urlaub\nSTATUS:TENTATIVE\n" + DAYS.format("20270308", "20270309"),
    ],
    "bamboo": [
        "SUMMARY:Ana Lopez (Vacation - 5 days)\n" + DAYS.format("20270208", "20270213"),
        "SUMMARY:Bo Chen (Time off - 0.5 days)\n" + DAYS.format("20270118", "20270119"),
        "SUMMARY:Mia Rossi (Work from Home - 1 day)\n" + DAYS.format("20270301", "20270302"),
        "SUMMARY:Company Holiday\n" + DAYS.format("20270106", "20270107"),
    ],
}


@pytest.fixture(scope="module")
def state() -> State:
    first = fresh()
    quarter = first.quarter.model_copy(update={"starts": date(2027, 1, 1), "ends": date(2027, 3, 31)})
    names = {ANA: "Ana Lopez", BO: "Bo Chen", MIA: "Mia Rossi"}
    people = (Person(id=number, team_id=-1, name=name) for number, name in names.items())
    return first.overlay(Command("edit", "people", (quarter, Team(id=-1, name="Pay"), *people)))


def leave(plan: PeoplePlan) -> dict[tuple[int, str, str], float]:
    """Who is away from when to when, and how many working days: without a number of its own, all between."""
    rows = [put for put in plan.puts if isinstance(put, Absence)]
    return {
        (one.person_id, str(one.starts), str(one.ends)): one.days
        or sum(date.fromordinal(day).weekday() < 5 for day in range(one.starts.toordinal(), one.ends.toordinal() + 1))
        for one in rows
    }


@pytest.mark.parametrize("tool", REPORTS)
def test_reports(tool: str, state: State) -> None:
    plan = plan_people(state, parse_table(REPORTS[tool].encode(), "f.csv"), PeopleOptions())
    assert leave(plan) == LEAVE
    assert plan.new + len(plan.rejected) == len(REPORTS[tool].splitlines()) - 1
    assert all(one.reason for one in plan.rejected)


@pytest.mark.parametrize("provider", CALENDARS)
def test_calendars(provider: str, state: State) -> None:
    body = "".join(f"BEGIN:VEVENT\nUID:{at}\n{event}\nEND:VEVENT\n" for at, event in enumerate(CALENDARS[provider]))
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n"
    plan = plan_leave(state, parse_calendar(text.encode(), "c.ics"), PeopleOptions())
    assert leave(plan) == LEAVE
    assert plan.new + len(plan.rejected) == len(CALENDARS[provider])
