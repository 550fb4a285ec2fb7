"""Snapshots that a session takes, asked for and by itself: what is kept, and that nothing else notices. About 4 s."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scenarios.plan.plan import entry_of
from scenarios.quarter.close import Ending, close_quarter
from scenarios.snapshots import content_hash, freeze, frozen_of
from scenarios.trade import changes
from scenarios.trade.door import forecast_of
from scenarios.trade.undo_words import with_it
from store.common.errors import StoreError
from store.records import Command, Decision, Item, Scenario, Snapshot, new_id
from store.workspace.scenario_files import closing_of, listing
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item, small, stored, titles
from tui.app.app import MakeroomApp
from tui.app.run import run_board
from tui.session.meeting_snapshots import (
    end_meeting,
    keep_meeting_start,
    save_before_restore,
    save_snapshot,
    snapshots_of,
)
from tui.session.session import Session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small(tmp_path, [(f"Work {number}", (1.5, 2.0, 3.0), {}) for number in range(6)], net=24.0)


@pytest.fixture
def workspace(path: Path):  # type: ignore[no-untyped-def]
    with Workspace.open(path, actor="ada") as workspace:
        yield workspace


@pytest.fixture
def session(workspace: Workspace) -> Session:
    session = Session(workspace)
    session.keeps_meetings = True
    return session


def drop(session: Session, title: str) -> None:
    state = session.state
    session.commit(changes.drop(state, entry_of(state, item(state, title).id), session.now.forecast))
    keep_meeting_start(session)


def drop_of(session: Session, title: str) -> Command:
    state = session.state
    return changes.drop(state, entry_of(state, item(state, title).id), session.now.forecast)


def contents(path: Path) -> dict[str, Any]:
    """All rows but for what counts changes."""
    tables = stored(path).tables
    return {name: {key: row.model_dump(exclude={"rev"}) for key, row in rows.items()} for name, rows in tables.items()}


def plan_rows(path: Path) -> dict[str, Any]:
    """All rows but those that stand apart from the plan."""
    return {name: rows for name, rows in contents(path).items() if name not in ("scenarios", "snapshots")}


def kinds(path: Path) -> list[str]:
    return [each.kind for each in stored(path).each(Snapshot)]


def test_a_snapshot_holds_the_plan_and_is_no_decision(session: Session, path: Path) -> None:
    before = session.now.forecast.odds
    row = save_snapshot(session, "before the meeting", "as agreed\non Monday")
    state = stored(path)
    assert (row.name, row.kind, row.author, row.note) == ("before the meeting", "asked", "ada", "as agreed\non Monday")
    assert list(state.each(Decision)) == []
    assert [each.id for each in state.each(Snapshot)] == [row.id]
    drop(session, "Work 3")
    assert frozen_of(row) == freeze(forecast_state(path, row))
    assert frozen_of(row).figures is not None
    assert frozen_of(row).figures.odds == before  # type: ignore[union-attr]


def forecast_state(path: Path, row: Snapshot) -> Any:
    """The state of the file as it was when the snapshot was taken: the drop undone in a copy."""
    state = stored(path)
    for each in state.each(Item):
        if each.title == "Work 3":
            return state.overlay(Command("x", "x", (each.model_copy(update={"state": "plan", "rank": 4.0}),)))
    raise AssertionError("there is no such item")


def test_undo_after_a_trade_takes_the_trade_back_and_not_a_snapshot(session: Session, path: Path) -> None:
    drop(session, "Work 3")
    save_snapshot(session, "in between")
    assert session.undo() is not None
    assert "Work 3" in titles(stored(path), "plan")
    save_snapshot(session, "after the undo")
    assert session.redo() is not None
    assert "Work 3" in titles(stored(path), "below")
    assert session.undo() is not None
    assert "Work 3" in titles(stored(path), "plan")
    assert kinds(path) == ["meeting start", "asked", "asked"]


def test_the_plan_before_the_first_decision_and_the_one_in_the_end_are_kept(session: Session, path: Path) -> None:
    as_found = content_hash(freeze(session.state))
    one = item(session.state, "Work 1")
    session.commit(Command("edit", "no decision", (one.model_copy(update={"note": "n"}),)))
    assert kinds(path) == []
    as_found = content_hash(freeze(session.state))
    drop(session, "Work 3")
    drop(session, "Work 4")
    assert kinds(path) == ["meeting start"]
    end_meeting(session)
    end_meeting(session)
    assert kinds(path) == ["meeting start", "meeting end"]
    start, end = stored(path).each(Snapshot)
    assert start.hash == as_found
    assert end.hash == content_hash(freeze(stored(path)))


def test_a_seat_that_decided_nothing_leaves_no_snapshot(session: Session, path: Path) -> None:
    end_meeting(session)
    assert kinds(path) == []


def test_the_same_plan_is_not_kept_twice_by_itself(session: Session, path: Path) -> None:
    save_snapshot(session, "now")
    drop(session, "Work 3")
    session.undo()
    save_before_restore(session)
    end_meeting(session)
    # What the seat found is what was saved; and so is what it leaves.
    assert kinds(path) == ["asked"]
    save_snapshot(session, "now again")
    assert kinds(path) == ["asked", "asked"], "who asks for one gets one"


def test_a_baseline_comes_with_its_snapshot_in_one_event(session: Session, path: Path) -> None:
    session.commit(changes.baseline(session.state, session.now.forecast))
    (baseline,) = stored(path).each(Snapshot)
    assert baseline.kind == "baseline"
    held = frozen_of(baseline)
    assert held.quarter.state == "baselined"
    assert all(one.baselined for one in held.items.values())
    assert baseline.hash == content_hash(freeze(stored(path)))
    keep_meeting_start(session)
    assert kinds(path) == ["baseline", "meeting start"]
    session.undo()
    assert kinds(path) == ["meeting start"]
    session.redo()
    assert kinds(path) == ["baseline", "meeting start"]


def test_what_cannot_be_kept_does_not_stand_in_the_way(
    session: Session, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    noted: list[str] = []
    # Not through the logger itself: a log that was begun and ended in this process keeps its lines to itself.
    monkeypatch.setattr("scenarios.snapshots.capture._log.warning", lambda words, *values: noted.append(words % values))
    monkeypatch.setattr(session, "keep", full)
    drop(session, "Work 3")
    assert "Work 3" in titles(stored(path), "below")
    assert noted == ["no snapshot at meeting start, StoreError"]


def test_somebody_elses_snapshot_is_no_news_that_stops_a_decision(session: Session, path: Path) -> None:
    with Workspace.open(path, actor="Ana") as other:
        save_snapshot(Session(other), "Ana's own")
        seen = session.state.seq
        state = session.state
        command = changes.drop(state, entry_of(state, item(state, "Work 2").id), session.now.forecast)
        assert session.commit(command, seen=seen) is not None
    assert session.tell() == []
    assert [each.name for each in snapshots_of(session.state)][-1] == "Ana's own"
    assert session.state.tables == stored(path).tables


def test_somebody_elses_change_still_stops_a_decision(session: Session, path: Path) -> None:
    """Though a snapshot of our own is written between."""
    state = session.state
    command = changes.drop(state, entry_of(state, item(state, "Work 2").id), session.now.forecast)
    with Workspace.open(path, actor="Ana") as other:
        drop(Session(other), "Work 5")
    with pytest.raises(StoreError, match="The plan changed since you looked: Ana"):
        session.commit(command)
    assert session.state.tables == stored(path).tables


def test_undo_of_a_closed_quarter_is_not_held_up_by_what_was_kept_by_itself(session: Session, path: Path) -> None:
    session.commit(close_quarter(session.state, Ending(), session.now.forecast))
    end_meeting(session)
    assert kinds(path) == ["meeting start", "meeting end"]
    assert session.undo() is not None
    assert kinds(path) == ["meeting start"]
    assert session.redo() is not None
    assert kinds(path) == ["meeting start", "meeting end"]
    save_snapshot(session, "mine")
    before = contents(path)
    undone = session.undo()
    assert kinds(path) == ["meeting start"]
    assert with_it(undone) == "the snapshot “mine” went with it (redo brings it back)"
    redone = session.redo()
    assert contents(path) == before
    assert with_it(redone) == "the snapshot “mine” came back with it"


def test_undo_of_a_closed_quarter_is_not_held_up_by_a_scenario_of_it(session: Session, path: Path) -> None:
    session.commit(close_quarter(session.state, Ending(), session.now.forecast))
    row = save_snapshot(session, "branch")
    session.keep(listing("s", path.with_name("s.db"), "ada", "", row.id))
    before = contents(path)
    assert session.undo() is not None
    assert next(stored(path).each(Scenario)).snapshot_id is None
    assert session.redo() is not None
    assert contents(path) == before


def test_undo_of_a_scenario_made_the_plan_is_not_held_up_by_its_closing(session: Session, path: Path) -> None:
    """Closing is no step of the plan: it stays, and everything before it can still be taken back and done again."""
    session.keep(listing("s", path.with_name("s.db"), "ada"))
    first = plan_rows(path)
    drop(session, "Work 1")
    row = next(session.state.each(Scenario)).model_copy(update={"state": "taken"})
    other = drop_of(session, "Work 2")
    session.commit(replace(other, puts=(*other.puts, row)))
    session.keep(closing_of(next(session.state.each(Scenario))))
    last = contents(path)
    assert session.undo() is not None
    assert next(stored(path).each(Scenario)).state == "closed"
    assert "Work 2" in titles(stored(path), "plan")
    assert session.undo() is not None
    assert plan_rows(path) == first
    assert session.redo() is not None
    assert session.redo() is not None
    assert contents(path) == last


def test_a_scenario_keeps_the_snapshot_that_it_branched_from(session: Session, path: Path) -> None:
    row = save_snapshot(session, "branch")
    made = Scenario(id=new_id(), name="s", file="s.db", at=row.at, snapshot_id=row.id)
    session.commit(Command("edit", "scenario", (made,)))
    assert next(stored(path).each(Scenario)).snapshot_id == row.id


def test_the_app_keeps_both_ends_of_a_meeting(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.database.places import WorkspaceFile

    def run(app: MakeroomApp) -> None:
        drop(app.session, "Work 1")

    monkeypatch.setattr(MakeroomApp, "run", run)
    assert run_board(WorkspaceFile(path, "--db"), actor="ada") == 0
    assert kinds(path) == ["meeting start", "meeting end"]
    assert forecast_of(stored(path)).odds > 0
