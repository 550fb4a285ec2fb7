"""What SQLite keeps beside the file: removed or replaced under an open workspace, or left from another time."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from store.common.errors import ReplacedError
from store.database.verify import verify
from store.records import Command, Customer
from store.workspace.workspace import Workspace

ROOT = Path(__file__).parent.parent.parent.parent


def write(workspace: Workspace, name: str) -> None:
    workspace.apply(Command("edit", name, (Customer(id=-1, name=name),)))


def elsewhere(path: Path, name: str) -> None:
    """Written by another process: within one, SQLite's connections share what they remember of the file."""
    code = "from tests.store.database.test_companions import put_in; put_in()"
    subprocess.run([sys.executable, "-c", code, str(path), name], check=True, cwd=ROOT)


def put_in() -> None:
    with Workspace.open(sys.argv[1]) as workspace:
        write(workspace, sys.argv[2])


def names(path: Path) -> list[str]:
    with Workspace.open(path) as workspace:
        return [row.name for row in workspace.load().each(Customer)]


def said(path: Path) -> list[str]:
    return [finding.what for finding in verify(path, surroundings=False).of("broken")]


@pytest.mark.parametrize("ends", [("-wal",), ("-shm",), ("-wal", "-shm")], ids=" ".join)
def test_a_journal_that_is_removed_under_an_open_workspace_loses_nothing(tmp_path: Path, ends: tuple[str, ...]) -> None:
    path = tmp_path / "a.db"
    with Workspace.open(path) as first:
        write(first, "one")
        for end in ends:
            path.with_name(path.name + end).unlink()
        # The seat's own look at what others did, which it takes several times a second.
        first.data_version()
        elsewhere(path, "two")
        write(first, "three")
        assert [row.name for row in first.load().each(Customer)] == ["one", "two", "three"]
    assert names(path) == ["one", "two", "three"]
    assert said(path) == []


@pytest.mark.parametrize("ends", [("-wal",), ("-shm",), ("-wal", "-shm")], ids=" ".join)
@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_who_opens_the_file_a_second_time_in_one_process_finds_what_the_first_wrote(
    tmp_path: Path, ends: tuple[str, ...], read_only: bool
) -> None:
    """As the app does, which opens the file of its board once more for a list or a comparison."""
    path = tmp_path / "a.db"
    Workspace.open(path).close()
    with Workspace.open(path) as first:
        write(first, "one")
        for end in ends:
            path.with_name(path.name + end).unlink()
        with Workspace.open(path, read_only=read_only) as second:
            assert [row.name for row in second.load().each(Customer)] == ["one"]
        write(first, "two")
    assert names(path) == ["one", "two"]
    assert said(path) == []


def test_what_was_lost_before_anybody_could_look_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Workspace.open(path).close()
    with Workspace.open(path) as first:
        first.load()
        write(first, "one")
        path.with_name("a.db-wal").unlink()
        path.with_name("a.db-shm").unlink()
        # Somebody else comes before the first one looks, and goes on without it.
        elsewhere(path, "two")
        # Two journals of one file cannot both be kept.
        write(first, "three")
    assert names(path) == ["one", "three"]
    (finding,) = said(path)
    assert "events are missing, or are others than were written here" in finding
    # Going on does not hide it.
    with Workspace.open(path) as third:
        write(third, "four")
    assert len(said(path)) == 1


def test_an_older_copy_over_the_file_is_said_and_a_restore_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Workspace.open(path) as workspace:
        write(workspace, "one")
    shutil.copy(path, tmp_path / "old.db")
    with Workspace.open(path) as workspace:
        write(workspace, "two")
    assert said(path) == []
    shutil.copy(tmp_path / "old.db", path)
    assert said(path) == ["events are missing: number 3 was written here, the file ends with number 2"]
    from store.backups.restore import restore

    restore(path, tmp_path / "old.db")
    assert said(path) == []
    with Workspace.open(path) as workspace:
        write(workspace, "three")
    assert said(path) == []


@pytest.mark.parametrize("what", ["an older copy", "another workspace"])
def test_a_file_that_is_moved_over_an_open_one_is_not_mixed_with_it(tmp_path: Path, what: str) -> None:
    path, other = tmp_path / "a.db", tmp_path / "other.db"
    with Workspace.open(path) as first:
        write(first, "one")
    if what == "an older copy":
        shutil.copy(path, other)
    else:
        with Workspace.open(other) as theirs:
            write(theirs, "theirs")
    there = names(other)
    with Workspace.open(path) as first, Workspace.open(path) as second:
        write(first, "two")
        second.load()
        other.replace(path)
        for seat in (first, second):
            with pytest.raises(ReplacedError, match="another file was put in its place"):
                write(seat, "lost")
            assert [row.name for row in seat.load().each(Customer)] == there
        write(first, "three")
        assert [row.name for row in second.load().each(Customer)] == [*there, "three"]
    assert names(path) == [*there, "three"]
    # What was in the old one lies beside it, whole, once.
    (kept,) = tmp_path.glob("a.db.replaced-*.db")
    assert names(kept) == ["one", "two"]
    assert said(kept) == []
    (finding,) = said(path)
    assert finding.startswith("events are missing")


def test_a_new_workspace_in_the_place_of_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Workspace.open(path) as workspace:
        write(workspace, "one")
    path.unlink()
    with Workspace.open(path):
        pass
    assert said(path) == []


def test_the_journal_of_another_workspace_is_not_called_sound(tmp_path: Path) -> None:
    ours, other = tmp_path / "a.db", tmp_path / "b.db"
    with Workspace.open(ours) as workspace:
        write(workspace, "ours")
    with Workspace.open(other) as workspace:
        for number in range(20):
            write(workspace, f"theirs {number}")
        shutil.copy(tmp_path / "b.db-wal", tmp_path / "a.db-wal")
    assert said(ours)
