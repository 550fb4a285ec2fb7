"""Snapshots and undo: they hold nothing up, go with their quarter and come back with it, and no other's link is cut."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store.database import undo
from store.records import Command, Quarter, Record, Scenario, Snapshot
from store.workspace.workspace import Workspace
from tests.store.helpers import fresh, item, put

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def snapshot(number: int, quarter: int, name: str) -> Snapshot:
    return Snapshot(id=number, quarter_id=quarter, name=name, at=NOW, hash="0" * 64, content="")


def branch(workspace: Workspace, name: str, of: int) -> int:
    row = Scenario(id=-1, name=name, file=name, at=NOW, snapshot_id=of)
    return workspace.apply(Command("scenario", name, (row,))).ids[-1]


def take(workspace: Workspace, quarter: int, name: str) -> int:
    return workspace.apply(Command("snapshot", name, (snapshot(-1, quarter, name),))).ids[-1]


def of(workspace: Workspace, kind: type[Record]) -> dict[int, Record]:
    return dict(workspace.load().all(kind))


def test_a_quarter_that_goes_takes_its_own_snapshots_along(tmp_path: Path) -> None:
    with fresh(tmp_path / "a.db") as workspace:
        first = workspace.load().quarter.id
        # As many rows as make the item's number, the quarter's and a snapshot's the same.
        kept = take(workspace, first, "agreed")
        one = branch(workspace, "of the first", kept)
        quarter = Quarter(id=-1, name="Q2 2027", starts=date(2027, 4, 5), ends=date(2027, 7, 4))
        ids = workspace.apply(put(quarter, item(-2), label="close")).ids
        before = of(workspace, Snapshot)
        late = take(workspace, ids[-1], "later")
        other = branch(workspace, "of the second", late)
        assert ids[-2] == kept
        assert workspace.undo().event.label == "close"
        assert of(workspace, Snapshot) == before
        links = {key: row.snapshot_id for key, row in workspace.load().all(Scenario).items()}
        assert links == {one: kept, other: None}
        assert workspace.redo().event.label == "close"
        assert set(of(workspace, Snapshot)) == {kept, late}


def test_such_a_quarter_goes_and_comes_back_as_often_as_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fresh(tmp_path / "a.db") as workspace:
        quarter = Quarter(id=-1, name="Q2 2027", starts=date(2027, 4, 5), ends=date(2027, 7, 4))
        new = workspace.apply(put(quarter, label="close")).ids[-1]
        one = branch(workspace, "of it", take(workspace, new, "agreed"))

        def there() -> tuple[int, int, int | None]:
            state = workspace.load()
            return len(state.all(Quarter)), len(state.all(Snapshot)), state.all(Scenario)[one].snapshot_id

        with_it = there()
        for _ in range(3):
            for act in (workspace.undo, workspace.redo):
                changes = act().changes
                assert len({(change.table, change.id) for change in changes}) == len(changes)
                assert there() == ((1, 0, None) if act == workspace.undo else with_it)
        # Files in which an earlier version wrote the list's row twice in one event.
        release = undo._release
        with monkeypatch.context() as patch:
            patch.setattr(undo, "_release", lambda connection, gone, own: release(connection, gone, ()))
            for act in (workspace.undo, workspace.redo, workspace.undo, workspace.redo):
                assert act().event.label == "close"
        assert workspace.undo().event.label == "close"
        assert there() == (1, 0, None)


def test_a_snapshot_that_a_change_took_goes_with_it(tmp_path: Path) -> None:
    """A restore saves the plan as it was in the same step; what was branched from that stays."""
    with fresh(tmp_path / "a.db") as workspace:
        first = workspace.load().quarter.id
        ids = workspace.apply(put(item(-1), snapshot(-2, first, "before"), label="restore")).ids
        one = branch(workspace, "of it", ids[-2])
        assert workspace.undo().event.label == "restore"
        assert not of(workspace, Snapshot)
        assert workspace.load().all(Scenario)[one].snapshot_id is None
        workspace.redo()
        assert set(of(workspace, Snapshot)) == {ids[-2]}


def test_what_imports_did_is_told_apart_from_what_people_did(tmp_path: Path) -> None:
    with fresh(tmp_path / "a.db") as workspace:
        ids = workspace.apply(Command("import", "first", (item(-1, title="a"), item(-2, title="b")))).ids
        mine = workspace.load().all(type(item(1)))[ids[-1]]
        workspace.apply(put(mine.model_copy(update={"owner": "Jo"})))
        row = workspace.load().all(type(item(1)))[ids[-1]]
        workspace.apply(Command("import", "second", (row.model_copy(update={"title": "c"}),)))

        def told(pk: int | None) -> list[tuple[int, object, object]]:
            return [
                (change.id, change.before and change.before["title"], change.after and change.after["title"])
                for change in workspace.imported("items", pk)
            ]

        assert told(None) == [(ids[-1], None, "a"), (ids[-2], None, "b"), (ids[-1], "a", "c")]
        assert told(ids[-2]) == [(ids[-2], None, "b")]
        assert workspace.imported("sizes") == []
