"""People and leave from a table: what is taken, what is not and why, and that doing it again changes nothing."""

from datetime import date

import pytest

from store.imports.errors import ImportOptionError
from store.imports.people.table import PeopleOptions, plan_people
from store.imports.reader import parse_table
from store.records import Absence, Person, Place, Team, TeamTime
from tests.store.helpers import content, fresh, put

ROWS = """name,team,start,end,share,leave from,leave to,days,kind,location,ramp,ramp half
Ada,Pay,2027-02-01,,80%,2027-03-01,2027-03-05,,,DE-BY,2,4
Ada,Pay,,,,2027-03-22,2027-03-26,2.5,vacation,,,
Grace,Web,,2027-03-12,0.5,,,,,Leeds,,
Edsger,,,,,2027-01-11,,,on-call,,,
"""


@pytest.fixture
def workspace(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(
            put(
                Team(id=-1, name="Pay"),
                Team(id=-2, name="Web", position=1),
                Place(id=-3, name="Leeds", country="GB", subdivision="ENG"),
                Person(id=-4, team_id=-2, name="Edsger", share=0.9),
                TeamTime(id=-5, team_id=-2, focus=0.8),
            )
        )
        yield workspace


def planned(workspace, text, **options):
    return plan_people(workspace.load(), parse_table(text.encode(), "p.csv"), PeopleOptions(**options))


def take(workspace, text, **options):
    plan = planned(workspace, text, **options)
    rows = len(text.strip().splitlines()) - 1
    assert plan.new + plan.changed + plan.same + len(plan.rejected) == rows
    if not plan.command().empty:
        workspace.apply(plan.command())
    return plan


def people(workspace):
    return {
        row.name: (row.team_id, row.starts, row.ends, row.share, row.ramp_none, row.ramp_half)
        for row in workspace.load().each(Person)
    }


def absences(workspace):
    state = workspace.load()
    names = {row.id: row.name for row in state.each(Person)}
    return sorted((names[row.person_id], row.kind, row.starts, row.ends, row.days) for row in state.each(Absence))


class TestTaking:
    def test_rows_become_people_and_leave(self, workspace):
        plan = take(workspace, ROWS)
        assert plan.summary == "4 new, 0 changed, 0 unchanged, 0 not taken"
        assert people(workspace) == {
            "Edsger": (2, None, None, 0.9, 0, 0),
            "Ada": (1, date(2027, 2, 1), None, 0.8, 2, 4),
            "Grace": (2, None, date(2027, 3, 12), 0.5, 0, 0),
        }
        assert absences(workspace) == [
            ("Ada", "leave", date(2027, 3, 1), date(2027, 3, 5), None),
            ("Ada", "leave", date(2027, 3, 22), date(2027, 3, 26), 2.5),
            ("Edsger", "on-call", date(2027, 1, 11), date(2027, 1, 11), None),
        ]

    def test_places_by_name_or_by_code(self, workspace):
        take(workspace, ROWS)
        state = workspace.load()
        there = {row.name: state.all(Place)[row.place_id] for row in state.each(Person) if row.place_id}
        assert {name: (place.name, place.country, place.subdivision) for name, place in there.items()} == {
            "Ada": ("DE-BY", "DE", "BY"),
            "Grace": ("Leeds", "GB", "ENG"),
        }
        plan = take(workspace, "name,team,location\nAda,Pay,gb-eng\nGrace,Web,Gotham\n")
        assert plan.changed == 2
        assert "no public holidays yet" in plan.notes[-1]
        assert [row.name for row in workspace.load().each(Place)] == ["Leeds", "DE-BY", "Gotham"]

    def test_a_plain_team_has_people_then_and_others_keep_their_focus(self, workspace):
        plan = take(workspace, ROWS)
        assert [(row.team_id, row.focus) for row in workspace.load().each(TeamTime)] == [(2, 0.8), (1, 1.0)]
        assert any(note.startswith("Pay was a plain number") for note in plan.notes)

    def test_semicolons_commas_and_other_names(self, workspace):
        take(workspace, "Engineer;Squad;FTE;From\nAda;Pay;0,6;1.2.2027\n")
        assert people(workspace)["Ada"] == (1, date(2027, 2, 1), None, 0.6, 0, 0)
        take(workspace, "Wer,Team\nBarbara,Pay\n", columns={"name": "wer"})
        assert "Barbara" in people(workspace)

    @pytest.mark.parametrize(("cell", "share"), [("80%", 0.8), ("0.8", 0.8), ("80", 0.8), ("1", 1.0), ("100", 1.0)])
    def test_shares(self, workspace, cell, share):
        take(workspace, f"name,team,share\nAda,Pay,{cell}\n")
        assert people(workspace)["Ada"][3] == share

    def test_dates_that_can_be_two_days_are_settled_by_the_others_or_by_the_user(self, workspace):
        rows = "name,team,start\nAda,Pay,03/02/2027\n"
        assert "can be read as two days" in planned(workspace, rows).rejected[0].reason
        take(workspace, rows, dates="day-first")
        assert people(workspace)["Ada"][1] == date(2027, 2, 3)
        take(workspace, rows + "Grace,Pay,02/14/2027\n")
        assert people(workspace)["Ada"][1] == date(2027, 3, 2)

    def test_is_one_step_and_undone_as_one(self, workspace):
        before = content(workspace.load())
        take(workspace, ROWS)
        workspace.undo()
        assert content(workspace.load()) == before

    def test_hostile_names_are_cleaned(self, workspace):
        take(workspace, "name,team\n\x1b[31m[/red]\u202eAda,Pay\n")
        assert "[31m[/red]Ada" in people(workspace)


class TestAgain:
    def test_changes_nothing(self, workspace):
        take(workspace, ROWS)
        again = take(workspace, ROWS)
        assert again.command().empty
        assert again.summary == "0 new, 0 changed, 4 unchanged, 0 not taken"

    def test_what_is_left_out_stays_and_what_is_another_changes(self, workspace):
        take(workspace, ROWS)
        plan = take(workspace, "name,team,share,leave from,leave to\nada,pay,60%,2027-03-01,2027-03-09\n")
        assert (plan.new, plan.changed, plan.changes) == (0, 1, ("Ada: share 0.8 -> 0.6",))
        assert people(workspace)["Ada"] == (1, date(2027, 2, 1), None, 0.6, 2, 4)
        assert ("Ada", "leave", date(2027, 3, 1), date(2027, 3, 9), None) in absences(workspace)
        assert len(absences(workspace)) == 3

    def test_the_same_leave_twice_in_a_file_is_one(self, workspace):
        row = "Ada,Pay,2027-03-01,2027-03-05\n"
        plan = take(workspace, "name,team,leave from,leave to\n" + 3 * row)
        assert (plan.new, plan.same, len(absences(workspace))) == (1, 2, 1)


class TestNotTaken:
    def test_each_with_line_and_reason(self, workspace):
        plan = take(
            workspace,
            "name,team,start,end,share,leave from,leave to,days,kind,ramp\n"
            "Good,Pay,,,,,,,,\n"
            ",Pay,,,,,,,,\n"
            "Who,Nobody,,,,,,,,\n"
            "Whose,,,,,,,,,\n"
            "When,Pay,soon,,,,,,,\n"
            "Never,Pay,2027-02-30,,,,,,,\n"
            "Back,Pay,2027-03-01,2027-02-01,,,,,,\n"
            "Much,Pay,,,120%,,,,,\n"
            "Less,Pay,,,-1,,,,,\n"
            "Nan,Pay,,,nan,,,,,\n"
            "Upside,Pay,,,,2027-03-05,2027-03-01,,,\n"
            "Open,Pay,,,,,2027-03-01,,,\n"
            "Days,Pay,,,,2027-03-01,,-3,,\n"
            "Kind,Pay,,,,2027-03-01,,,mystery,\n"
            "Ramp,Pay,,,,,,,,long\n"
            "Good,Pay,2027-02-01,,,,,,,\n"
            "Good,Pay,2027-02-08,,,,,,,\n",
        )
        reasons = {one.line: one.reason for one in plan.rejected}
        assert reasons == {
            3: "names nobody",
            4: "there is no team “Nobody” here",
            5: "names no team; --team NAME says whose it is",
            6: 'start "soon" is not a date: write 2027-02-01',
            7: 'start "2027-02-30" is not a date: write 2027-02-01',
            8: "the end (2027-02-01) is before the start (2027-03-01)",
            9: 'share "120%" is none: write 0.8 or 80%',
            10: 'share "-1" is none: write 0.8 or 80%',
            11: 'share "nan" is none: write 0.8 or 80%',
            12: "leave ends (2027-03-01) before it begins (2027-03-05)",
            13: "has leave without a first day (leave from)",
            14: 'days "-3" is not a number of working days above 0',
            16: 'ramp "long" is not a number of weeks from 0 to 520',
            18: "start of Good is another one than in line 17",
        }
        # A kind that is not known counts as leave, with a note.
        assert set(people(workspace)) == {"Edsger", "Good", "Kind"}
        assert "Kinds that are not known count as leave: mystery (1)." in plan.notes

    def test_a_file_without_names_says_what_it_has(self, workspace):
        with pytest.raises(ImportOptionError, match=r'No column looks like name\. The columns are: "a", "b"'):
            planned(workspace, "a,b\n1,2\n")
        with pytest.raises(ImportOptionError, match="no field"):
            planned(workspace, "name\nx\n", columns={"salary": "name"})


@pytest.mark.parametrize(
    "text",
    [
        "Voornaam;Achternaam;Ploeg;Uren per week;Begindatum;Einddatum\nSanne;de Vries;Pay;36;04-01-2027;28-02-2027\n",
        "Mitarbeiter;Team;Wochenstunden;Eintritt;Austritt\nSanne de Vries;Pay;36;04.01.2027;28.02.2027\n",
        "Name;Equipe;Horas semanais;Data de admissão;Data de saída\nSanne de Vries;Pay;36;04/01/2027;28/02/2027\n",
        "Name,Team,Weekly hours,Joined,Last day\nSanne de Vries,Pay,36,2027-01-04,2027-02-28\n",
    ],
    ids=["Dutch", "German", "Portuguese", "English"],
)
def test_who_leaves_is_here_until_then_and_hours_a_week_are_said_to_tell_nothing(workspace, text):
    plan = planned(workspace, text)
    (one,) = [put for put in plan.puts if isinstance(put, Person)]
    assert (one.name, one.starts, one.ends, one.share) == (
        "Sanne de Vries", date(2027, 1, 4), date(2027, 2, 28), 1.0,
    )  # fmt: skip
    assert sum("does not say how many hours are full time" in note for note in plan.notes) == 1


def test_hours_beside_a_share_need_no_word(workspace):
    plan = planned(workspace, "Name,Team,FTE,Weekly hours\nSanne,Pay,0.9,36\n")
    assert [put.share for put in plan.puts if isinstance(put, Person)] == [0.9]
    assert not any("full time" in note for note in plan.notes)
