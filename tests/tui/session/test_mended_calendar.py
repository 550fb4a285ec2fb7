"""An old workspace whose quarters drifted: set right when opened, said, and left alone once that is taken back."""

from datetime import date
from pathlib import Path

import pytest

from store.records import Command, Quarter
from store.workspace.workspace import Workspace
from tui.cli import main
from tui.session.mended_calendar import mend_calendar
from tui.session.session import Session


def ends(path: Path) -> list[str]:
    with Workspace.open(path, read_only=True) as workspace:
        return [str(row.ends) for row in workspace.load().each(Quarter)]


def test_it_is_set_right_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "a.db"
    with Workspace.open(path, today=date(2026, 11, 21)) as workspace:
        first = workspace.load().quarter
        # Made as long as Q1 2027, 90 days: a day short of the second quarter's 91.
        late = Quarter(id=-1, name="Q2 2027", starts=date(2027, 4, 1), ends=date(2027, 6, 29))
        workspace.apply(Command("close", "closed", (first.model_copy(update={"state": "closed"}), late)))
    assert main(["quarter", "--db", str(path)]) == 0
    assert ends(path)[1] == "2027-06-29", "who only looks changes nothing"
    capsys.readouterr()
    assert main(["aims", "F=45", "O=10", "--db", str(path)]) == 0
    assert "set right by the calendar: Q2 2027 2027-04-01 to 2027-06-30" in capsys.readouterr().err
    assert ends(path)[1] == "2027-06-30"
    with Workspace.open(path) as workspace:
        session = Session(workspace)
        session.undo()
        session.undo()
        assert mend_calendar(session) == ""
    assert ends(path)[1] == "2027-06-29"
