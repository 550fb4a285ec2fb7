"""``makeroom import-history`` as it is typed: what it says, exit codes, the odds afterwards, undo and reopening."""

import io
import sys

import pytest

from scenarios.odds.finished_quarters import models_of
from scenarios.trade.door import forecast_of
from store.demo.demo import make_demo
from store.records import Actual, Shortfall
from store.workspace.workspace import Workspace
from tests.store.helpers import content, fresh
from tui.cli import main
from tui.session.session import Session

ROWS = "quarter,team,title,estimate,actual,unplanned\n" + "".join(
    f"2026Q{quarter},Payments,Item {number},2.0,3.2,{8 + quarter}%\n" for quarter in (1, 2, 3, 4) for number in range(8)
)


@pytest.fixture
def db(tmp_path, monkeypatch):
    """The demonstration; nobody is at the terminal."""
    with fresh(tmp_path / "team.db") as workspace:
        make_demo(workspace)
    monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "team.db"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path / "team.db"


@pytest.fixture
def write(tmp_path):
    def to_file(text):
        (tmp_path / "h.csv").write_text(text)
        return str(tmp_path / "h.csv")

    return to_file


def load(path):
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


class TestCommand:
    def test_says_what_was_learned_and_what_it_does_to_the_odds(self, db, write, capsys):
        before = forecast_of(load(db))
        assert main(["import-history", write(ROWS)]) == 0
        out = capsys.readouterr().out
        state = load(db)
        after = forecast_of(state)
        assert "32 new, 0 updated, 0 unchanged, 0 not taken; shares of unplanned work: 4 new, 0 updated" in out
        assert "Payments: 4 finished quarters, typically 1.5" in out
        assert "a plan at 70% now needs 1." in out
        assert "unplanned work takes 11% of its capacity" in out
        first, last = (int(100 * each.odds + 0.5 + 1e-9) for each in (before, after))
        assert f"odds of the plan went from {first}% to {last}%" in out
        assert after.odds < before.odds - 0.05
        assert "The plan fell below its target" in out
        assert [one.settled_at for one in state.each(Shortfall)] == [None]
        assert f"written to {db} as one step" in out

    def test_dry_run_writes_nothing(self, db, write, capsys):
        before = content(load(db))
        assert main(["import-history", write(ROWS), "--dry-run"]) == 0
        out = capsys.readouterr().out
        assert "odds of the plan would go from" in out
        assert out.endswith("nothing written (dry run)\n")
        assert content(load(db)) == before

    def test_a_file_of_which_nothing_is_understood_is_no_success(self, db, write, capsys):
        assert (
            main(["import-history", write("quarter,team,estimate,actual\nsome,Payments,1,2\n2025Q3,Nobody,1,2\n")]) == 2
        )
        assert "0 new, 0 updated, 0 unchanged, 2 not taken" in capsys.readouterr().out

    def test_twice_is_once(self, db, write, capsys):
        main(["import-history", write(ROWS)])
        before = content(load(db))
        capsys.readouterr()
        assert main(["import-history", write(ROWS)]) == 0
        assert capsys.readouterr().out.endswith("nothing to write: everything is here already\n")
        assert content(load(db)) == before

    def test_rows_that_are_not_taken_are_listed(self, db, write, capsys):
        assert main(["import-history", write(ROWS + "2026Q4,Nobody,Odd,1,1,\n2026Q4,Payments,Undone,1,0,\n")]) == 0
        out = capsys.readouterr().out
        assert "  not taken, line 34: there is no team “Nobody” here (Odd)\n" in out
        assert "  not taken, line 35: actual is 0" in out
        assert "--create-teams" in out

    @pytest.mark.parametrize(
        ("text", "arguments", "code", "words"),
        [
            ("a,b\n1,2\n", [], 2, "No column looks like quarter"),
            ("quarter,team,hours estimate,hours actual\n2026Q4,Web,7,7\n", [], 2, "--hours-per-week"),
            (ROWS, ["--hours-per-week", "0"], 2, "rate"),
            (ROWS, ["--column", "actual"], 2, "--column"),
            ("", [], 3, "empty"),
        ],
    )
    def test_what_cannot_be_read(self, db, write, capsys, text, arguments, code, words):
        before = content(load(db))
        assert main(["import-history", write(text), *arguments]) == code
        assert words in capsys.readouterr().err
        assert content(load(db)) == before

    def test_no_such_file(self, db, capsys):
        assert main(["import-history", str(db.parent / "none.csv")]) == 3
        assert "There is no file" in capsys.readouterr().err

    def test_into_a_new_workspace(self, tmp_path, db, write, capsys):
        path = tmp_path / "new.db"
        rows = ROWS.replace("2026Q", "2024Q")
        assert main(["import-history", "--db", str(path), write(rows)]) == 2
        assert not path.exists()
        assert main(["import-history", "--db", str(path), write(rows), "--create-teams"]) == 0
        assert len(load(path).all(Actual)) == 32
        assert "Payments: 4 finished quarters" in capsys.readouterr().out


class TestInTheApp:
    def test_same_odds_after_reopening_to_the_last_digit(self, db, write):
        main(["import-history", write(ROWS)])
        with Workspace.open(db) as workspace:
            session = Session(workspace)
            first = session.now.forecast
        with Workspace.open(db) as workspace:
            again = Session(workspace).now.forecast
        assert (again.odds, again.room, again.load_range) == (first.odds, first.room, first.load_range)
        assert again.odds == forecast_of(load(db)).odds

    def test_undo_forgets_and_redo_knows_again(self, db, write):
        before = forecast_of(load(db)).odds
        main(["import-history", write(ROWS)])
        with Workspace.open(db) as workspace:
            session = Session(workspace)
            known = session.now.forecast.odds
            session.undo()
            assert session.now.forecast.odds == before
            assert session.draws.models == {}
            session.redo()
            assert session.now.forecast.odds == known
            assert session.draws.models == models_of(session.state)

    def test_draws_stay_as_long_as_the_record_does(self, db, write):
        main(["import-history", write(ROWS)])
        with Workspace.open(db) as workspace:
            session = Session(workspace)
            draws = session.draws
            session.reload()
            assert session.draws is draws
