"""A file of an older format: a verified copy first, then the present format with the same content, or nothing."""

import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.backups import backup
from store.common.errors import NewerWorkspaceError, ReadOnlyError, StoreError
from store.database import migrations
from store.database.connection import SCHEMA_VERSION, connect, judge
from store.database.journal import begin_event
from store.database.places import backups_folder
from store.database.rows import to_row
from store.database.write import prepared, write
from store.records import Actual, Interrupt, Record, Team
from store.workspace.defaults import beginning
from store.workspace.workspace import Workspace
from tests.store.helpers import TODAY, content, fresh, put, with_sizes
from tests.store.unawares import behind

ROOT = Path(__file__).resolve().parents[3]


def make_version_1(path: Path) -> None:
    """A workspace as the first release made and filled it."""
    connection = connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN IMMEDIATE")
    migrations.migrate(connection, 1)

    def row_of_then(record: Record) -> dict[str, object]:
        """What later versions added to a record was not in its table yet."""
        columns = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({record.table})")}
        return {name: value for name, value in to_row(record).items() if name in columns}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.database.write.to_row", row_of_then)
        for command in (beginning("old", TODAY, 7), with_sizes()):
            begin_event(connection, "ada", "s", command.kind, command.label)
            write(connection, prepared(command))
            connection.execute("DELETE FROM cur")
    connection.execute("COMMIT")
    connection.close()


@pytest.fixture
def old(tmp_path):
    make_version_1(tmp_path / "a.db")
    return tmp_path / "a.db"


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return judge(connection, path)
    finally:
        connection.close()


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


class TestFromVersion1:
    def test_has_the_same_content_and_takes_history(self, old):
        with Workspace.open(old, read_only=True) as workspace:
            before = workspace.load()
            events = workspace.events()
        assert version_of(old) == 1
        assert before.tables["actuals"] == {}
        with fresh(old) as workspace:
            assert content(workspace.load()) == content(before)
            assert workspace.events() == events
            fields = {"quarter": "2025Q3", "number": 8102, "team_id": 1}
            workspace.apply(
                put(Actual(id=-1, estimate=2.0, actual=3.0, **fields), Interrupt(id=-2, share=0.12, **fields))
            )
            state = workspace.load()
            assert [one.actual for one in state.each(Actual)] == [3.0]
            assert [one.share for one in state.each(Interrupt)] == [0.12]
            workspace.undo()
            assert content(workspace.load()) == content(before)
            workspace.undo()
            assert workspace.load().all(Team) == {}
        assert version_of(old) == SCHEMA_VERSION

    def test_is_the_same_schema_as_a_fresh_one(self, old, tmp_path):
        def schema(path):
            connection = sqlite3.connect(path)
            rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
            found = rows.fetchall()
            connection.close()
            return found

        fresh(old).close()
        fresh(tmp_path / "b.db").close()
        assert schema(old) == schema(tmp_path / "b.db")

    def test_the_old_file_is_kept_beside_it(self, old):
        before = dump(old)
        fresh(old).close()
        (copy,) = backups_folder(old).iterdir()
        assert re.fullmatch(rf"\d{{8}}T\d{{6}}Z-before-version-{SCHEMA_VERSION}\.db", copy.name)
        assert sorted(os.listdir(old.parent)) == ["a.db", "a.db.backups", "a.db.lock"]
        assert dump(copy) == before
        assert version_of(copy) == 1
        # And opens by itself, should it be needed; a copy of its own is made for that.
        with fresh(copy) as workspace:
            assert len(workspace.load().tables["items"]) == 1

    def test_an_earlier_copy_is_never_overwritten(self, old, monkeypatch):
        at = datetime(2026, 11, 21, 10, 0, 0, tzinfo=UTC)
        monkeypatch.setattr(backup, "now", lambda: at)
        backups_folder(old).mkdir()
        (backups_folder(old) / f"20261121T100000Z-before-version-{SCHEMA_VERSION}.db").write_text("mine")
        fresh(old).close()
        assert (backups_folder(old) / f"20261121T100000Z-before-version-{SCHEMA_VERSION}.db").read_text() == "mine"
        assert version_of(backups_folder(old) / f"20261121T100001Z-before-version-{SCHEMA_VERSION}.db") == 1

    def test_only_the_first_opening_makes_a_copy(self, old):
        for _ in range(3):
            fresh(old).close()
        assert len(list(backups_folder(old).iterdir())) == 1

    def test_several_at_once_make_one_copy(self, old):
        code = f"from store.workspace.workspace import Workspace\nWorkspace.open({str(old)!r}).close()"
        running = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) for _ in range(4)]
        assert [one.wait(60) for one in running] == [0] * 4
        assert len(list(backups_folder(old).iterdir())) == 1
        assert version_of(old) == SCHEMA_VERSION


class TestWhenItCannotBe:
    def refused(self, old, *words):
        before = dump(old)
        with pytest.raises(StoreError) as caught:
            fresh(old)
        for word in (str(old), *words):
            assert word in str(caught.value)
        assert str(caught.value).endswith(".")
        assert dump(old) == before
        assert version_of(old) == 1
        assert sorted(os.listdir(old.parent)) == ["a.db", "a.db.lock"]

    def test_no_room_for_the_copy(self, old, monkeypatch):
        def full(path):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(backup, "sync", full)
        self.refused(old, "No space left on device", "left as it is")

    def test_a_copy_that_is_not_whole(self, old, monkeypatch):
        counts = iter(({"items": 1}, {"items": 2}))
        monkeypatch.setattr(backup, "_counts", lambda connection: next(counts))
        self.refused(old, "does not hold the same rows", "left as it is")

    def test_a_migration_that_fails(self, old, monkeypatch):
        def broken(db):
            db.execute("CREATE TABLE half (x)")
            raise sqlite3.OperationalError("near nothing")

        monkeypatch.setattr(migrations, "_MIGRATIONS", (*migrations._MIGRATIONS[:2], ("0003_seals", broken)))
        self.refused(old, "near nothing", "Nothing was changed")
        monkeypatch.undo()
        fresh(old).close()
        assert version_of(old) == SCHEMA_VERSION

    def test_an_older_app_on_a_newer_file(self, old, monkeypatch):
        """Written never, looked at as far as it is known."""
        fresh(old).close()
        monkeypatch.setattr("store.database.connection.SCHEMA_VERSION", 1)
        monkeypatch.setattr("store.database.load.SCHEMA_VERSION", 1)
        sentence = rf"newer makeroom \(its format is {SCHEMA_VERSION}, this one knows 1\)"
        with pytest.raises(NewerWorkspaceError, match=sentence):
            Workspace.open(old)
        with Workspace.open(old, read_only=True) as workspace:
            assert f"newer makeroom (its format is {SCHEMA_VERSION}" in workspace.notice
            assert len(workspace.load().tables["items"]) == 1
            with pytest.raises(ReadOnlyError):
                workspace.apply(put(Team(id=-1, name="x")))


class TestFromANewerMakeroom:
    """A file as a later version might leave it: one format on, and what it knows more."""

    @pytest.fixture
    def newer(self, tmp_path):
        def make(*statements):
            with fresh(tmp_path / "n.db") as workspace:
                workspace.apply(with_sizes())
            behind(tmp_path / "n.db", *statements, f"PRAGMA user_version={SCHEMA_VERSION + 1}")
            return tmp_path / "n.db"

        return make

    def test_more_columns_and_tables_are_left_out(self, newer):
        path = newer("ALTER TABLE items ADD COLUMN mood TEXT", "CREATE TABLE moods (id INTEGER PRIMARY KEY)")
        before = path.read_bytes()
        with Workspace.open(path, read_only=True) as workspace:
            assert workspace.notice.endswith("only be looked at.")
            assert [item.title for item in workspace.load().tables["items"].values()] == ["Webhooks"]
            assert [event.kind for event in workspace.events()] == ["create", "edit"]
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        ("statements", "named"),
        [
            (["ALTER TABLE items RENAME COLUMN note TO remark"], "note"),
            (["DROP TABLE waits"], "waits"),
            (["PRAGMA ignore_check_constraints=ON", "UPDATE items SET state = 'maybe'"], "state of item “Webhooks”"),
        ],
    )
    def test_what_it_cannot_know_is_a_sentence(self, newer, statements, named):
        sentence = "update makeroom to look at it"
        path = newer(*statements)
        with (
            pytest.raises(NewerWorkspaceError, match=sentence) as caught,
            Workspace.open(path, read_only=True) as opened,
        ):
            opened.load()
        assert named in str(caught.value)
