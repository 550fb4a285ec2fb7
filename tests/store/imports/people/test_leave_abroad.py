"""Reports of leave in other languages and of other tools, with halves of days: what a person would count, by hand."""

from __future__ import annotations

import pytest

from store.imports.people.absences import PeoplePlan
from store.imports.people.ics import parse_calendar
from store.imports.people.ics_leave import plan_leave
from store.imports.people.table import PeopleOptions, plan_people
from store.imports.reader import parse_table
from store.records import State
from tests.store.imports.test_leave_providers import ANA, BO, MIA, leave, state

assert state  # a fixture

WEEK, HALF = (ANA, "2027-02-08", "2027-02-12"), (BO, "2027-01-18", "2027-01-18")


def plan(text: str, here: State) -> PeoplePlan:
    return plan_people(here, parse_table(text.encode(), "f.csv"), PeopleOptions())


#: the report, and the days of leave; 8 February 2027 and 18 January are Mondays
REPORTS = {
    "Polish": (
        "Pracownik;Rodzaj urlopu;Od;Do;Dni;Status\n"
        "Ana Lopez;Urlop wypoczynkowy;08.02.2027;12.02.2027;5;Zatwierdzony\n"
        "Bo Chen;L4;18.01.2027;18.01.2027;0,5;Zatwierdzone\n"
        "Mia Rossi;Praca zdalna;08.02.2027;12.02.2027;5;Zatwierdzony\n"
        "Mia Rossi;Urlop na żądanie;18.01.2027;18.01.2027;1;Odrzucony\n"
        "Mia Rossi;Urlop;19.01.2027;19.01.2027;1;Oczekujący\n",
        {WEEK: 5.0, HALF: 0.5},
    ),
    "Japanese": (
        "氏名,休暇種別,開始日,終了日,日数,状態\nAna Lopez,有給休暇,2027/02/08,2027/02/12,5,承認済み\n"
        "Bo Chen,午前半休,2027/01/18,2027/01/18,,承認\nMia Rossi,有給休暇,2027/01/18,2027/01/18,1,申請中\n"
        "Mia Rossi,有給休暇,2027/01/19,2027/01/19,1,承認待ち\nMia Rossi,在宅勤務,2027/01/20,2027/01/20,1,承認済み\n",
        {WEEK: 5.0, HALF: 0.5},
    ),
    "Spanish, where every day reads two ways": (
        "Empleado;Tipo de ausencia;Fecha de inicio;Fecha de fin;Estado\n"
        "Ana Lopez;Vacaciones;08/02/2027;12/02/2027;Aprobado\n"
        "Mia Rossi;Teletrabajo;08/02/2027;12/02/2027;Aprobado\nMia Rossi;Vacaciones;08/02/2027;12/02/2027;Denegado\n",
        {WEEK: 5.0},
    ),
    "Portuguese": (
        "Colaborador;Tipo de ausência;Início;Fim;Dias úteis;Situação\n"
        "Ana Lopez;Férias;08/02/2027;12/02/2027;5;Aprovado\n"
        "Bo Chen;Atestado;18/01/2027;18/01/2027;0,5;Deferido\nMia Rossi;Férias;18/01/2027;19/01/2027;2;Indeferido\n",
        {WEEK: 5.0, HALF: 0.5},
    ),
    "French": (
        "Nom;Prénom;Type d'absence;Date de début;Date de fin;Nb jours;Statut\n"
        "Lopez;Ana;Congés payés;08/02/2027;12/02/2027;5,0;Validé\nChen;Bo;RTT;18/01/2027;18/01/2027;0,5;Accordé\n"
        "Rossi;Mia;Télétravail;18/01/2027;18/01/2027;1;Validé\n",
        {WEEK: 5.0, HALF: 0.5},
    ),
    "English, where the days tell how dates are written": (
        "Employee,Leave type,From,To,Days\nAna Lopez,Holiday,08/02/2027,12/02/2027,5\n",
        {WEEK: 5.0},
    ),
    "parts of the first and the last day": (
        "Employee,Leave type,Start date,Half day start,End date,Half day end,Status\n"
        "Ana Lopez,Holiday,2027-02-08,No,2027-02-12,Yes,Approved\n"
        "Bo Chen,Holiday,2027-01-15,Yes,2027-01-18,Yes,Approved\n"
        "Mia Rossi,Holiday,2027-01-18,Yes,2027-01-18,No,Approved\n",
        {WEEK: 4.5, (BO, "2027-01-15", "2027-01-18"): 1.0, (MIA, "2027-01-18", "2027-01-18"): 0.5},
    ),
    "parts of days behind dates": (
        "Employee,From,To,Type,Status\nAna Lopez,2027-02-08 (afternoon),2027-02-12,Holiday,Approved\n"
        "Bo Chen,2027-01-18 (morning),2027-01-18 (morning),Sick,Approved\n"
        "Mia Rossi,2027-01-18 (morning),2027-01-19 (afternoon),Holiday,Approved\n",
        {WEEK: 4.5, HALF: 0.5, (MIA, "2027-01-18", "2027-01-19"): 2.0},
    ),
    "times of a day": (
        "Full Name,Leave Rule,Start,End,Status\nAna Lopez,Annual Leave,08/02/2027 09:00,12/02/2027 17:00,Approved\n"
        "Bo Chen,Annual Leave,18/01/2027 1:00 PM,18/01/2027 5:00 PM,Approved\n",
        {WEEK: 5.0, HALF: 0.5},
    ),
    "what is no duty": (
        "Employee,Leave Type,Start Date,End Date,Deducted days,Status\n"
        "Ana Lopez,Jury duty,2027-02-08,2027-02-12,5,Approved\n"
        "Bo Chen,Reserve duty,2027-01-18,2027-01-18,0.5,Approved\n",
        {WEEK: 5.0, HALF: 0.5},
    ),
}


@pytest.mark.parametrize("report", REPORTS)
def test_days(report: str, state: State) -> None:
    text, expected = REPORTS[report]
    done = plan(text, state)
    assert leave(done) == expected
    assert all(put.kind == "leave" for put in done.puts if put.table == "absences")  # type: ignore[attr-defined]
    assert done.new + len(done.rejected) == len(text.splitlines()) - 1


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Ana Lopez 有給", 1.0), ("Ana Lopez 午前半休", 0.5), ("Ana Lopez 在宅勤務", None),
        ("Ana Lopez praca zdalna", None),
        ("Ana Lopez working from Spain", None), ("Ana Lopez available", None), ("Ana Lopez unavailable", 1.0),
        ("Ana Lopez canceled: vacation", None), ("Ana Lopez maybe off", None), ("Ana Lopez Urlaub?", None),
        ("Ana Lopez leaving early", None), ("Ana Lopez jury duty", 1.0), ("Ana Lopez medio día libre", 0.5),
    ],
)  # fmt: skip
def test_titles_in_a_calendar(title: str, days: float | None, state: State) -> None:
    event = (
        f"BEGIN:VEVENT\nUID:1\nSUMMARY:{title}\nDTSTART;VALUE=DATE:20270208\nDTEND;VALUE=DATE:20270209\nEND:VEVENT\n"
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}END:VCALENDAR\n"
    done = plan_leave(state, parse_calendar(text.encode(), "c.ics"), PeopleOptions())
    assert list(leave(done).values()) == ([] if days is None else [days])
    assert all(one.reason for one in done.rejected)


def test_what_was_assumed_is_said(state: State) -> None:
    head = "Employee,Leave type,From,To,Days,Status\n"
    notes = plan(f"{head}Ana Lopez,Holiday,08/02/2027,12/02/2027,5,Sealed\n", state).notes
    assert any('Dates such as "08/02/2027" are read day first' in note for note in notes)
    assert "Statuses that are not known count as approved: Sealed (1)." in notes
    # Both ways hold here, so nobody can tell.
    done = plan(f"{head}Ana Lopez,Holiday,02/03/2027,02/03/2027,1,Approved\n", state)
    assert "can be read as two days" in done.rejected[0].reason
