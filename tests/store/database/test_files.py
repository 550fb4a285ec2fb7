"""Files that are not ours, not whole or not writable: a sentence, and every byte stays."""

import hashlib
import os
import sqlite3
import sys
from contextlib import ExitStack

import pytest

from store.common.errors import NewerWorkspaceError, NotAWorkspaceError, ReadOnlyError, StoreError
from store.database.connection import SCHEMA_VERSION
from store.workspace.workspace import Workspace
from tests.store.helpers import fresh, item, put, with_sizes


def snapshot(folder):
    """Every file below a folder, with what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refused(path, error, *words):
    """Opening fails with a sentence that names the path and these words, and leaves the folder as it is."""
    before = snapshot(path.parent)
    with pytest.raises(error) as caught:
        fresh(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence
    assert snapshot(path.parent) == before


def foreign(path, *statements):
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements or ("CREATE TABLE bookmarks (url)", "INSERT INTO bookmarks VALUES ('x')"):
        connection.execute(statement)
    connection.close()


class TestForeign:
    @pytest.mark.parametrize(
        "data",
        [b"title,size\nWebhooks,3\n" * 100, b"x", b"x" * 511, bytes(4096), b"SQLite format 3\0" + b"\xff" * 5000],
    )
    def test_not_a_database(self, tmp_path, data):
        (tmp_path / "a.db").write_bytes(data)
        refused(tmp_path / "a.db", NotAWorkspaceError, "left as it is")

    def test_another_programs_database(self, tmp_path):
        foreign(tmp_path / "a.db")
        refused(tmp_path / "a.db", NotAWorkspaceError, "another program")

    def test_another_programs_database_in_wal_mode(self, tmp_path):
        foreign(tmp_path / "a.db", "PRAGMA journal_mode=WAL", "CREATE TABLE t (x)")
        refused(tmp_path / "a.db", NotAWorkspaceError, "another program")

    def test_another_programs_empty_but_marked_database(self, tmp_path):
        foreign(tmp_path / "a.db", "PRAGMA application_id=77")
        refused(tmp_path / "a.db", NotAWorkspaceError, "another program")

    def test_a_newer_makeroom(self, tmp_path):
        fresh(tmp_path / "a.db").close()
        foreign(tmp_path / "a.db", f"PRAGMA user_version={SCHEMA_VERSION + 1}")
        (tmp_path / "a.db.lock").unlink()
        refused(tmp_path / "a.db", NewerWorkspaceError, "newer makeroom")

    def test_a_folder(self, tmp_path):
        (tmp_path / "a.db").mkdir()
        refused(tmp_path / "a.db", NotAWorkspaceError, "a folder")

    def test_a_pipe(self, tmp_path):
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes here")
        os.mkfifo(tmp_path / "a.db")
        refused(tmp_path / "a.db", NotAWorkspaceError, "not an ordinary file")


class TestDamaged:
    @pytest.fixture
    def path(self, tmp_path):
        with fresh(tmp_path / "a.db") as workspace:
            workspace.apply(with_sizes())
        (tmp_path / "a.db.lock").unlink()
        return tmp_path / "a.db"

    def test_cut_short(self, path):
        path.write_bytes(path.read_bytes()[:9000])
        refused(path, NotAWorkspaceError, "damaged")

    def test_overwritten_inside(self, path):
        data = bytearray(path.read_bytes())
        data[4096:] = b"\xa5" * (len(data) - 4096)
        path.write_bytes(data)
        before = path.read_bytes()
        with pytest.raises(NotAWorkspaceError, match=r"damaged.*backup"), fresh(path) as workspace:
            workspace.load()
        assert path.read_bytes() == before

    def test_a_value_that_no_record_may_hold(self, path):
        foreign(
            path,
            "PRAGMA ignore_check_constraints=ON",
            "INSERT INTO cur VALUES (1)",
            "UPDATE items SET rank = 9e999, rev = rev + 1",
            "DELETE FROM cur",
        )
        with pytest.raises(NotAWorkspaceError, match="damaged: rank of item “Webhooks”"), fresh(path) as workspace:
            workspace.load()


class TestMissing:
    def test_folders_are_made(self, tmp_path):
        with fresh(tmp_path / "new" / "er" / "a.db") as workspace:
            assert workspace.load().workspace.name == "a"

    def test_a_folder_that_cannot_be_made(self, tmp_path):
        (tmp_path / "file").write_text("x")
        with pytest.raises(StoreError, match=r"cannot be made|Not a directory"):
            fresh(tmp_path / "file" / "a.db")
        assert os.listdir(tmp_path) == ["file"]

    def test_nothing_is_made_unasked(self, tmp_path):
        for how in ({"create": False}, {"read_only": True}):
            with pytest.raises(StoreError, match="no workspace"):
                Workspace.open(tmp_path / "b" / "a.db", **how)
        assert not os.listdir(tmp_path)

    def test_an_empty_file_becomes_a_workspace(self, tmp_path):
        (tmp_path / "a.db").touch()
        with fresh(tmp_path / "a.db") as workspace:
            assert workspace.load().quarter.name == "Q1 2027"

    def test_odd_names_are_taken_as_they_are(self, tmp_path):
        for name in ("q?mode=ro&x=#1%20.db", "\u202eplan.db", "…"):
            with fresh(tmp_path / name) as workspace:
                assert workspace.load().workspace.name
            assert (tmp_path / name).exists()


class TestReadOnly:
    @pytest.fixture
    def path(self, tmp_path):
        with fresh(tmp_path / "a.db") as workspace:
            workspace.apply(with_sizes())
        (tmp_path / "a.db.lock").unlink()
        return tmp_path / "a.db"

    def test_on_request_everything_is_read_and_nothing_written(self, path):
        before = snapshot(path.parent)
        with Workspace.open(path, read_only=True) as workspace:
            assert workspace.read_only
            assert len(workspace.load().tables["items"]) == 1
            assert workspace.undo_event().label == "edit"
            assert [event.kind for event in workspace.events()] == ["create", "edit"]
            for change in (lambda: workspace.apply(put(item(-1))), workspace.undo, workspace.redo):
                with pytest.raises(ReadOnlyError, match="nothing was changed"):
                    change()
        assert snapshot(path.parent) == before

    def test_one_that_somebody_has_just_made_and_has_open(self, tmp_path):
        """All that is in it is still in the journal beside it."""
        with fresh(tmp_path / "new.db") as workspace:
            assert (tmp_path / "new.db-wal").stat().st_size
            with Workspace.open(tmp_path / "new.db", read_only=True) as looked_at:
                assert looked_at.load().tables == workspace.load().tables

    @pytest.mark.parametrize("what", ["file", "folder"])
    def test_without_the_right_to_write(self, path, what, monkeypatch):
        """The system is asked first, so that nothing is tried in vain (root may always write: the answer is set)."""
        unwritable = path if what == "file" else path.parent
        monkeypatch.setattr(os, "access", lambda asked, mode: asked != unwritable)
        refused(path, ReadOnlyError, "may only be read")
        with Workspace.open(path, read_only=True) as workspace:
            assert len(workspace.load().tables["items"]) == 1

    @pytest.mark.parametrize("still_open", [True, False], ids=["still open", "closed again"])
    def test_without_the_right_to_write_what_others_write_from_now_on_is_seen(self, path, still_open, monkeypatch):
        """Nobody had it open before: there was no journal beside it to read, or to watch."""
        refuse = True
        monkeypatch.setattr(os, "access", lambda asked, mode: not (refuse and asked == path))
        with Workspace.open(path, read_only=True) as looks_on, ExitStack() as later:
            before, version = looks_on.load(), looks_on.data_version()
            refuse = False
            ana = later.enter_context(Workspace.open(path, actor="Ana"))
            ana.apply(put(item(-1, title="from Ana")))
            refuse = True
            if not still_open:
                later.close()
            assert looks_on.data_version() != version
            assert [each.event.actor for each in looks_on.since(before.seq)] == ["Ana"]
            assert "from Ana" in {one.title for one in looks_on.load().tables["items"].values()}
            version = looks_on.data_version()
            assert version == looks_on.data_version()

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everything")
    def test_by_the_systems_own_rights(self, path):
        path.chmod(0o444)
        refused(path, ReadOnlyError, "may only be read")
        path.parent.chmod(0o555)
        try:
            with Workspace.open(path, read_only=True) as workspace:
                assert workspace.load()
        finally:
            path.parent.chmod(0o755)

    def test_a_file_that_turns_read_only_while_open(self, path):
        with fresh(path) as workspace:
            workspace._file.connection.execute("PRAGMA query_only=ON")
            with pytest.raises(ReadOnlyError, match="nothing was changed"):
                workspace.apply(put(item(-1)))
            workspace._file.connection.execute("PRAGMA query_only=OFF")
            assert workspace.apply(put(item(-1))).ids


def test_only_the_lock_stays_beside_a_closed_workspace(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(with_sizes())
    assert sorted(os.listdir(tmp_path)) == ["a.db", "a.db.lock"]
