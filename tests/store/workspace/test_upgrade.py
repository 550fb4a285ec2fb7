"""A workspace of the first version, as its own code wrote it, opened with the present one.

``data/make_first_version.py`` says how it was made.
"""

import gzip
import json
import sqlite3
from pathlib import Path

import pytest

from scenarios.odds.finished_quarters import models_of
from scenarios.trade.door import forecast_of
from store.backups.names import backups_of
from store.database.connection import SCHEMA_VERSION
from store.database.verify import verify
from store.records.plan import FIRST_EDITION
from store.workspace.workspace import Workspace
from tests.store.data.make_first_version import plan_hash

DATA = Path(__file__).parent.parent / "data"
SAID = json.loads((DATA / "first_version.json").read_text(encoding="utf-8"))
OLD = gzip.decompress((DATA / "first_version.db.gz").read_bytes())


@pytest.fixture
def path(tmp_path):
    (tmp_path / "old.db").write_bytes(OLD)
    return tmp_path / "old.db"


@pytest.fixture(autouse=True)
def _first_edition(monkeypatch):
    """Odds are meant to be others since: by the first edition of the forecast, all are as they were."""
    monkeypatch.setattr(models_of, "__defaults__", (FIRST_EDITION,))


def version(path):
    raw = sqlite3.connect(path)
    (found,) = raw.execute("PRAGMA user_version").fetchone()
    raw.close()
    return found


def figures(workspace):
    """What the old code noted of a state: plan, odds, odds of each team."""
    forecast = forecast_of(workspace.load())
    team_odds = [list(pair) for pair in sorted(forecast.team_odds.items())]
    return {"plan": plan_hash(workspace.path), "odds": forecast.odds, "team_odds": team_odds}


def test_the_file_is_what_the_old_code_noted(path):
    assert version(path) == 2
    assert plan_hash(path) == SAID["end"]["plan"]
    assert len({SAID[what]["plan"] for what in ("demo", "traded", "end")}) == 3
    assert len({SAID[what]["odds"] for what in ("demo", "traded", "end")}) == 3


def test_it_is_brought_over_with_the_same_plan_and_odds(path):
    with Workspace.open(path, actor="ada") as workspace:
        assert figures(workspace) == SAID["end"]
        assert [[one.seq, one.kind, one.label, one.undoes] for one in workspace.events()] == SAID["events"]
    assert version(path) == SCHEMA_VERSION
    report = verify(path, surroundings=False)
    assert report.sound, report.of("broken")


def test_the_old_file_is_kept(path):
    Workspace.open(path, actor="ada").close()
    (backup,) = backups_of(path)
    assert version(backup.path) == 2
    assert plan_hash(backup.path) == SAID["end"]["plan"]
    # Another look takes no other copy.
    Workspace.open(path, actor="ada").close()
    assert len(backups_of(path)) == 1


def test_it_can_be_read_without_being_brought_over(path):
    with Workspace.open(path, read_only=True) as workspace:
        assert figures(workspace) == SAID["end"]
    assert path.read_bytes() == OLD


def test_what_the_old_code_did_is_undone_to_the_demo_and_done_again(path):
    """Size, round, capacity and trade, back and forth; the change that was undone at the time stays undone."""
    # Less the beginning, the demo, and the pair of a change and its undo.
    standing = len(SAID["events"]) - 4
    with Workspace.open(path, actor="ada") as workspace:
        labels = []
        for back in range(standing):
            if back == standing - 1:
                assert figures(workspace) == SAID["traded"]
            applied = workspace.undo()
            assert applied is not None
            labels.append(applied.event.label)
        assert workspace.undo() is None
        assert figures(workspace) == SAID["demo"]
        again = [workspace.redo() for _ in range(standing)]
        assert [one.event.label for one in again] == labels[::-1]
        assert workspace.redo() is None
        assert figures(workspace) == SAID["end"]
    report = verify(path, surroundings=False)
    assert report.sound, report.of("broken")
