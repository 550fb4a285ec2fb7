"""``makeroom import-people`` from the command line: what it writes, what it says, and what it refuses."""

import pytest

from store.records import Capacity, Person, Shortfall
from store.workspace.workspace import Workspace
from tests.store.copies import demo_file
from tests.store.imports.workbooks import workbook
from tui.cli import main

#: Everybody else of Payments is away for all of the quarter.
GONE = "name,team,leave from,leave to\n" + "".join(
    f"{name},Payments,2027-01-04,2027-04-02\n" for name in ("Ines", "Tom", "Kofi")
)
MORE = "name,team,share,start\nAda,Payments,50%,2027-03-01\nBob,Nowhere,,\n"


@pytest.fixture
def db(tmp_path, monkeypatch):
    path = tmp_path / "team.db"
    demo_file(path)
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def load(path):
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def run(capsys, tmp_path, text, *more, name="f.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    code = main(["import-people", str(file), *more])
    said = capsys.readouterr()
    return code, said.out + said.err


def net(path):
    return {row.team_id: row.net for row in load(path).each(Capacity)}


def test_people_move_the_net_capacity(capsys, tmp_path, db):
    code, said = run(capsys, tmp_path, MORE)
    assert code == 0
    assert "1 new, 0 changed, 0 unchanged, 1 not taken" in said
    assert "look twice" not in said
    assert "not taken, line 3: there is no team “Nowhere” here (Bob)" in said
    # From 1 March 25 days at half of full time: 12.5 days, less 7.5% interrupts, are 2.3125 ew.
    assert net(db)[1] == pytest.approx(28.0 + 2.1875)
    assert "odds of the plan went from" in said
    code, said = run(capsys, tmp_path, MORE)
    assert (code, "nothing to write" in said) == (0, True)


def test_a_dry_run_writes_nothing(capsys, tmp_path, db):
    before = db.read_bytes()
    code, said = run(capsys, tmp_path, MORE, "--dry-run")
    assert code == 0
    assert "odds of the plan would go from" in said
    assert "nothing written (dry run)" in said
    assert db.read_bytes() == before


def test_a_plan_below_its_target_is_an_open_shortfall(capsys, tmp_path, db):
    code, said = run(capsys, tmp_path, GONE)
    assert code == 0
    assert net(db)[1] == 0.0
    assert said.startswith("look twice: net of Payments falls by more than half, from 28.0 to 0.0 ew")
    assert "net of Payments: 28.0 -> 0.0 ew" in said
    assert "fell below its target" in said
    assert [row.settled_at for row in load(db).each(Shortfall)] == [None]


def test_leave_from_a_calendar_of_one_person(capsys, tmp_path, db):
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:sailing\r\n"
        "DTSTART;VALUE=DATE:20270201\r\nDTEND;VALUE=DATE:20270206\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    code, said = run(capsys, tmp_path, calendar, name="l.ics")
    assert "names nobody who is here" in said
    code, said = run(capsys, tmp_path, calendar, "--person", "kofi", name="l.ics")
    assert code == 0
    assert "1 new, 0 changed, 0 unchanged, 0 not taken" in said
    # A week less of Kofi, of which 7.5% went to interrupts before.
    assert net(db)[1] == pytest.approx(28.0 - 0.875)


def test_what_cannot_be_is_a_sentence_and_writes_nothing(capsys, tmp_path, db):
    before = db.read_bytes()
    for text, more, name, words in (
        ("a,b\n1,2\n", (), "f.csv", "No column looks like name"),
        ("nonsense", (), "f.ics", "is not a calendar"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n", ("--person", "Eve"), "f.ics", "nobody called"),
        (MORE, ("--person", "Ada"), "f.csv", "--person says whose leave a calendar"),
    ):
        code, said = run(capsys, tmp_path, text, *more, name=name)
        assert code != 0
        assert words in said
        assert "Traceback" not in said
    assert db.read_bytes() == before
    assert "Ada" not in {row.name for row in load(db).each(Person)}


@pytest.mark.parametrize(
    ("command", "table", "said"),
    [
        ("import-people", [["name", "team"], ["Ada", "Payments"]], "1 new, 0 changed"),
        ("import-accounts", [["account", "ARR"], ["Umbra", 5000]], "accounts: 1 new"),
    ],
)
def test_a_sheet_that_is_not_the_first_is_told_of_and_read_by_its_name(capsys, tmp_path, db, command, table, said):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(Plan=[["Title", "Days"], ["Export", 5]], Others=table))
    assert main([command, str(file), "--dry-run"]) == 2
    assert 'There are also the sheets "Others" (--sheet NAME).' in capsys.readouterr().err
    assert main([command, str(file), "--dry-run", "--sheet", "Others"]) == 0
    assert said in capsys.readouterr().out
