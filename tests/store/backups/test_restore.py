"""Restoring: a look first, nothing lost, and whoever has the file open goes on in the restored one."""

import os
import sqlite3

import pytest

from store.backups.backup import back_up, backups_of
from store.backups.restore import contents, look, restore
from store.common.errors import NewerWorkspaceError, NotAWorkspaceError, ReplacedError, StoreError
from store.database.connection import SCHEMA_VERSION
from store.database.places import backups_folder
from store.database.verify import verify
from store.records import Item
from tests.store.database.test_migration import make_version_1
from tests.store.helpers import content, fresh, item, put, with_sizes

NEWER = SCHEMA_VERSION + 1


@pytest.fixture
def path(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(with_sizes())
    return tmp_path / "a.db"


def titles(workspace):
    return sorted(one.title for one in workspace.load().each(Item))


def add(path, *names, actor="ada"):
    with fresh(path, actor=actor) as workspace:
        for name in names:
            workspace.apply(put(item(-1, title=name), label=f"add {name}"))
        return content(workspace.load())


class TestLook:
    def test_says_what_would_be_lost_and_changes_nothing(self, path):
        made = back_up(path).path
        add(path, "late", "later", actor="grace")
        before = {one: one.read_bytes() for one in (path, made)}
        seen = look(path, made)
        assert [(event.actor, event.label) for event in seen.lost] == [("grace", "add late"), ("grace", "add later")]
        assert seen.gained == []
        assert (seen.holds.items, seen.present.items) == (1, 3)
        assert {one: one.read_bytes() for one in (path, made)} == before

    def test_says_what_would_be_back_after_another_restore(self, path):
        first = back_up(path).path
        add(path, "late")
        kept = restore(path, first).kept
        add(path, "other")
        seen = look(path, kept)
        assert [event.label for event in seen.lost] == ["add other"]
        assert [event.label for event in seen.gained] == ["add late"]

    @pytest.mark.parametrize("shown", ["name", "stem", "path"])
    def test_a_backup_is_found_by_name_or_path(self, path, shown):
        made = back_up(path).path
        from pathlib import Path

        assert look(path, {"name": Path(made.name), "stem": Path(made.stem), "path": made}[shown]).backup == made

    def test_what_is_no_backup(self, path, tmp_path):
        with pytest.raises(StoreError, match="There is no backup"):
            look(path, tmp_path / "no.db")
        with pytest.raises(StoreError, match="is the workspace itself"):
            look(path, path)


class TestRestore:
    def test_is_as_it_was_and_the_present_is_kept(self, path):
        with fresh(path) as workspace:
            then = content(workspace.load())
        made = back_up(path).path
        now = add(path, "late")
        done = restore(path, made)
        assert done.report.sound
        assert not done.was_damaged
        with fresh(path) as workspace:
            assert content(workspace.load()) == then
            assert workspace.undo_event().label == "edit"
        # And back again: nothing was lost.
        restore(path, done.kept)
        with fresh(path) as workspace:
            assert content(workspace.load()) == now
            workspace.apply(put(item(-1, title="goes on")))
        assert verify(path).sound
        assert len(backups_of(path)) == 3

    def test_those_who_have_it_open_notice_and_go_on(self, path):
        made = back_up(path).path
        with fresh(path, actor="grace") as grace, fresh(path, actor="joan") as joan:
            seen = grace.apply(put(item(-1, title="late")))
            grace_state = grace.load()
            (mine,) = [one for one in grace_state.each(Item) if one.title == "late"]
            assert [one.event for one in joan.since(2)] == [seen.event]
            version = joan.data_version()
            restore(path, made)
            assert joan.data_version() != version
            for change in (
                lambda: grace.apply(put(mine.model_copy(update={"title": "written into the past"}))),
                lambda: grace.apply(put(item(-1))),
                lambda: joan.since(3),
                grace.undo,
            ):
                with pytest.raises(ReplacedError, match="restored from a backup"):
                    change()
            assert titles(grace) == ["Webhooks"]
            grace.apply(put(item(-1, title="after")))
            assert titles(joan) == ["Webhooks", "after"]
            joan.apply(put(item(-1, title="more")))
            assert [one.event.actor for one in grace.since(3)] == ["joan"]
        assert verify(path).sound
        with fresh(path) as workspace:
            assert titles(workspace) == ["Webhooks", "after", "more"]

    def test_one_who_knew_no_more_than_the_backup_just_goes_on(self, path):
        with fresh(path, actor="joan") as joan:
            state = joan.load()
            made = back_up(path).path
            add(path, "late", actor="grace")
            restore(path, made)
            assert joan.since(state.seq) == []
            assert joan.apply(put(item(-1))).event.seq == 3

    def test_the_same_number_with_another_past_is_noticed(self, path):
        """The restored journal has grown as long again: numbers alone would say nothing."""
        made = back_up(path).path
        with fresh(path, actor="joan") as joan:
            add(path, "late")
            state = joan.load()
            restore(path, made)
            add(path, "other")
            with fresh(path) as workspace:
                assert workspace.load().seq == state.seq
            with pytest.raises(ReplacedError):
                joan.since(state.seq)

    def test_of_an_older_format_is_brought_to_the_present_one(self, path, tmp_path):
        make_version_1(tmp_path / "old.db")
        before = (tmp_path / "old.db").read_bytes()
        with fresh(path, actor="joan") as joan:
            assert restore(path, tmp_path / "old.db").report.sound
            assert joan.load().workspace.name == "old"
            joan.apply(put(item(-1)))
        assert verify(path).version == SCHEMA_VERSION
        assert verify(path).sound
        assert (tmp_path / "old.db").read_bytes() == before

    def test_where_the_file_is_gone(self, path):
        made = back_up(path).path
        path.unlink()
        done = restore(path, made)
        assert done.kept is None
        with fresh(path) as workspace:
            assert titles(workspace) == ["Webhooks"]
            assert workspace._file.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert sorted(os.listdir(path.parent)) == ["a.db", "a.db.backups", "a.db.lock"]


class TestDamaged:
    @pytest.mark.parametrize("how", ["pages", "start", "short", "empty"])
    def test_the_damaged_file_is_moved_aside_in_full(self, path, how):
        made = back_up(path).path
        data = bytearray(path.read_bytes())
        data = {
            "pages": data[:4096] + b"\xa5" * (len(data) - 4096),
            "start": b"\0" * 100 + data[100:],
            "short": data[:5000],
            "empty": b"",
        }[how]
        path.write_bytes(data)
        done = restore(path, made)
        assert done.was_damaged
        assert done.kept.name.startswith("a.db.damaged-")
        assert done.kept.read_bytes() == data
        assert verify(path).sound
        with fresh(path) as workspace:
            assert titles(workspace) == ["Webhooks"]

    def test_those_who_have_it_open_go_over_to_the_new_file(self, path):
        made = back_up(path).path
        with fresh(path, actor="joan") as joan, fresh(path, actor="grace") as grace:
            joan.load()
            with path.open("r+b") as file:
                file.seek(4096)
                file.write(b"\xa5" * 200_000)
            done = restore(path, made)
            assert done.was_damaged
            joan.apply(put(item(-1, title="joan's")))
            grace.load()
            grace.apply(put(item(-1, title="grace's")))
            assert titles(joan) == titles(grace) == ["Webhooks", "grace's", "joan's"]
        assert verify(path).sound
        with fresh(path) as workspace:
            assert titles(workspace) == ["Webhooks", "grace's", "joan's"]

    def test_what_waited_in_the_journal_beside_it_goes_aside_too(self, path, tmp_path):
        made = back_up(path).path
        with fresh(path) as workspace:
            workspace.apply(put(item(-1)))
            wal = path.with_name("a.db-wal").read_bytes()
            data = path.read_bytes()
        broken = b"\0" * 100 + data[100:]
        path.write_bytes(broken)
        path.with_name("a.db-wal").write_bytes(wal)
        kept = restore(path, made).kept
        assert kept.read_bytes() == broken
        assert kept.with_name(kept.name + "-wal").read_bytes() == wal
        assert verify(path).sound

    def test_rows_behind_the_journal_alone_are_no_reason_to_move_it(self, path):
        made = back_up(path).path
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute("UPDATE events SET label = 'other' WHERE seq = 2")
        raw.close()
        assert not verify(path).sound
        done = restore(path, made)
        assert done.report.sound
        assert not done.was_damaged
        assert contents(done.kept).last.label == "other"


class TestRefused:
    def unchanged(self, path, backup, error, words):
        before = {one: one.read_bytes() for one in path.parent.rglob("*") if one.is_file()}
        with pytest.raises(error, match=words):
            restore(path, backup)
        after = {one: one.read_bytes() for one in path.parent.rglob("*") if one.is_file()}
        after.pop(path.with_name("a.db.lock"), None)
        before.pop(path.with_name("a.db.lock"), None)
        assert after == before

    def test_a_damaged_backup(self, path):
        made = back_up(path).path
        raw = sqlite3.connect(made, isolation_level=None)
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute("UPDATE events SET label = 'other' WHERE seq = 2")
        raw.close()
        self.unchanged(path, made, StoreError, r"damaged itself \(trigger events_no_update missing")
        made.write_bytes(b"x" * 5000)
        self.unchanged(path, made, StoreError, "damaged itself")

    def test_a_newer_makerooms_backup_or_file(self, path, monkeypatch):
        made = back_up(path).path
        for one, words in ((made, "newer makeroom: nothing"), (path, "newer makeroom")):
            raw = sqlite3.connect(one, isolation_level=None)
            raw.execute(f"INSERT INTO _sqlite_migrations VALUES ({NEWER}, 'makeroom', '{NEWER:04}_x', '')")
            raw.execute(f"PRAGMA user_version={NEWER}")
            raw.close()
            self.unchanged(path, made, NewerWorkspaceError, words)
            raw = sqlite3.connect(one, isolation_level=None)
            raw.execute(f"DELETE FROM _sqlite_migrations WHERE id = {NEWER}")
            raw.execute(f"PRAGMA user_version={NEWER - 1}")
            raw.close()

    def test_another_programs_file_in_its_place(self, path, tmp_path):
        made = back_up(path).path
        path.unlink()
        raw = sqlite3.connect(path)
        raw.execute("CREATE TABLE bookmarks (url)")
        raw.close()
        self.unchanged(path, made, NotAWorkspaceError, "another program")

    def test_no_room(self, path, monkeypatch):
        made = back_up(path).path

        def full(_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("store.backups.backup.sync", full)
        self.unchanged(path, made, StoreError, "could not be restored: No space left on device")
        monkeypatch.undo()
        assert restore(path, made).report.sound


def test_backups_are_listed_by_their_folder(path):
    assert backups_of(path) == []
    made = back_up(path).path
    assert [one.path for one in backups_of(path)] == [made]
    assert made.parent == backups_folder(path)
