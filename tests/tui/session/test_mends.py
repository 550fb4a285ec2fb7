"""An old workspace whose quarters drifted: set right when opened, said, and left alone once that is taken back."""

from datetime import date
from pathlib import Path

import pytest

from scenarios.odds.draws import Draws
from scenarios.odds.finished_quarters import models_of
from scenarios.odds.forecast import Forecast
from store.records import Actual, Capacity, Command, Item, Quarter, Size, Team
from store.records.plan import EDITION, FIRST_EDITION
from store.workspace.workspace import Workspace
from tui.cli import main
from tui.session.mends import mend
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
        assert mend(session) == []
    assert ends(path)[1] == "2027-06-29"


def test_the_change_of_odds_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "a.db"
    with Workspace.open(path, today=date(2026, 11, 21)) as workspace:
        state = workspace.load()
        team = Team(id=-1, name="Pay")
        rows = [
            state.workspace.model_copy(update={"edition": FIRST_EDITION}),
            team,
            Capacity(id=-2, quarter_id=state.quarter.id, team_id=-1, net=26.0),
        ]
        for at in range(20):
            rows.append(Item(id=-100 - at, title=f"item {at}", state="plan", rank=at, draw=at))
            rows.append(Size(id=-200 - at, item_id=-100 - at, team_id=-1, low=0.5, likely=1.0, high=2.0))
        for at in range(60):
            number = 2026 * 4 + at % 4
            given = {"quarter": f"Q{number % 4 + 1} 2026", "number": number, "team_id": -1}
            rows.append(Actual(id=-300 - at, estimate=1.0, actual=0.7 if at % 8 < 4 else 1.6, **given))
        workspace.apply(Command("edit", "a record of the first edition", tuple(rows)))
        state = workspace.load()
        session = Session(workspace, lazy=True)
        plan, after = session.now.plan, session.now.forecast.odds
        before = Forecast(Draws(state.workspace.seed, models_of(state, FIRST_EDITION)), plan).odds
    assert after > before + 0.1
    assert main(["aims", "F=45", "O=10", "--db", str(path)]) == 0
    assert f"were {before:.0%} in earlier versions and are {after:.0%} now" in capsys.readouterr().err
    with Workspace.open(path, read_only=True) as workspace:
        assert workspace.load().workspace.edition == EDITION
    assert main(["aims", "F=50", "O=5", "--db", str(path)]) == 0
    assert "earlier versions" not in capsys.readouterr().err
