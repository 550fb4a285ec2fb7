"""When the connection fails: once more through a new one, and never a word about what is not known."""

import contextlib
import os

import pytest

from store.common.errors import NotAWorkspaceError, OutcomeUnknownError, StoreError
from store.database import access, connection
from store.database.connection import SqliteError
from store.database.verify import verify
from store.records import RECORDS, Item
from store.workspace.workspace import Workspace
from tests.store.helpers import fresh, item, put, with_sizes
from tests.store.unawares import behind


@pytest.fixture
def workspace(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(with_sizes())
        yield workspace


@pytest.mark.parametrize("read_only", [True, False])
def test_one_connection_reads_the_schema_and_a_load_asks_for_each_table_once(workspace, monkeypatch, read_only):
    said = []
    connect = connection._connect

    def traced(*where):
        made = connect(*where)
        statements = []
        said.append(statements)
        made.set_trace_callback(statements.append)
        return made

    monkeypatch.setattr(connection, "_connect", traced)
    with Workspace.open(workspace.path, read_only=read_only) as other:
        # SQLite reads the schema with the first statement that is no pragma of the file's head.
        head = ("PRAGMA application_id", "PRAGMA user_version")
        assert [[*each] for each in said if not set(each) <= set(head)] == [said[-1]]
        before = len(said[-1])
        other.load()
    assert len(said[-1]) - before <= len(RECORDS) + 10


class Failing:
    """A connection that fails at statements which begin so, as many times as is said, before or after they ran."""

    def __init__(self, connection, begins, name, times=1, carried_out=False):
        self.real, self.begins, self.times, self.carried_out = connection, begins, times, carried_out
        self.error = SqliteError(f"made up ({name})")
        self.error.sqlite_errorname = name

    def __getattr__(self, name):
        return getattr(self.real, name)

    def execute(self, sql, *parameters):
        if self.times and sql.startswith(self.begins):
            self.times -= 1
            if self.carried_out:
                self.real.execute(sql, *parameters)
            raise self.error
        return self.real.execute(sql, *parameters)


NAMES = ["SQLITE_CORRUPT", "SQLITE_IOERR_READ", "SQLITE_PROTOCOL", "SQLITE_NOTADB"]


@pytest.mark.parametrize("name", NAMES)
def test_reading_goes_on_through_a_new_connection(workspace, name):
    workspace._file.connection = Failing(workspace._file.connection, "SELECT", name)
    assert len(workspace.load().all(Item)) == 1
    assert not isinstance(workspace._file.connection, Failing)


@pytest.mark.parametrize("name", NAMES)
def test_a_change_that_could_not_begin_begins_again(workspace, name):
    workspace._file.connection = Failing(workspace._file.connection, "BEGIN IMMEDIATE", name)
    assert workspace.apply(put(item(-1))).event.seq == 3
    assert len(workspace.load().all(Item)) == 2


@pytest.mark.parametrize("begins", ["INSERT INTO events", "SELECT seq, uid", "INSERT INTO seals", "DELETE FROM cur"])
@pytest.mark.parametrize("name", NAMES)
def test_one_that_failed_halfway_is_not_half_there_and_the_next_goes_well(workspace, begins, name):
    workspace._file.connection = Failing(workspace._file.connection, begins, name)
    with pytest.raises(StoreError) as caught:
        workspace.apply(put(item(-1)))
    assert str(caught.value).endswith(".")
    assert not isinstance(workspace._file.connection, Failing)
    assert len(workspace.events()) == 2
    assert workspace.apply(put(item(-1))).event.seq == 3
    assert verify(workspace.path).sound


@pytest.mark.parametrize("name", ["SQLITE_IOERR_FSYNC", "SQLITE_FULL", "SQLITE_BUSY"])
@pytest.mark.parametrize("carried_out", [True, False])
def test_an_error_at_commit_is_asked_after(workspace, name, carried_out):
    workspace._file.connection = Failing(workspace._file.connection, "COMMIT", name, carried_out=carried_out)
    if carried_out:
        assert workspace.apply(put(item(-1))).event.seq == 3
    else:
        with pytest.raises(StoreError, match="nothing was changed"):
            workspace.apply(put(item(-1)))
    assert len(workspace.load().all(Item)) == (2 if carried_out else 1)
    assert workspace.undo_event().label == "edit"
    assert verify(workspace.path).sound


@pytest.mark.parametrize("carried_out", [True, False])
def test_where_the_disk_does_not_answer_nothing_is_claimed(workspace, monkeypatch, carried_out):
    """The change may be there or not; once the disk answers again, the same workspace says which."""
    workspace._file.connection = Failing(
        workspace._file.connection, "COMMIT", "SQLITE_IOERR_FSYNC", carried_out=carried_out
    )
    connect = access.connect

    def dead(path, create):
        error = SqliteError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR"
        raise error

    monkeypatch.setattr(access, "connect", dead)
    with pytest.raises(OutcomeUnknownError) as caught:
        workspace.apply(put(item(-1)))
    assert "nothing was changed" not in str(caught.value).casefold()
    assert "before you repeat it" in str(caught.value)
    with pytest.raises(StoreError):
        workspace.load()
    monkeypatch.setattr(access, "connect", connect)
    assert len(workspace.load().all(Item)) == (2 if carried_out else 1)
    assert workspace.apply(put(item(-1))).ids


def test_damage_that_stays_is_said(workspace):
    path = workspace.path
    workspace._file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 200_000)
    with contextlib.suppress(SqliteError):
        workspace._file.reconnect()
    with pytest.raises(NotAWorkspaceError, match=r"damaged.*backup"):
        workspace.load()


def test_the_number_of_changes_differs_after_a_new_connection(workspace):
    """SQLite counts for each connection anew: a new one might show the old number by chance."""
    before = workspace.data_version()
    workspace._file.reconnect()
    assert workspace.data_version() != before


def test_a_file_that_was_moved_away_is_not_written_into(workspace):
    path = workspace.path
    path.rename(path.with_name("elsewhere.db"))
    with pytest.raises(StoreError, match=r"is gone: it was moved or removed"):
        workspace.apply(put(item(-1)))
    path.with_name("elsewhere.db").rename(path)
    assert workspace.apply(put(item(-1))).event.seq == 3


def test_one_that_was_moved_away_is_not_made_anew(workspace):
    """A connection that fails just then is made anew: on a file that is there, or not at all."""
    path = workspace.path
    workspace._file.connection = Failing(workspace._file.connection, "SELECT", "SQLITE_IOERR_READ")
    path.rename(path.with_name("elsewhere.db"))
    with pytest.raises(StoreError, match="could not be opened"):
        workspace.load()
    assert not path.exists()
    path.with_name("elsewhere.db").rename(path)
    assert len(workspace.load().all(Item)) == 1


def test_text_that_is_no_text_is_a_sentence(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(put(item(-1, title="Webhooks")))
    behind(tmp_path / "a.db", "UPDATE items SET title = CAST(x'ff77' AS TEXT)")
    with pytest.raises(NotAWorkspaceError, match="damaged"), fresh(tmp_path / "a.db") as workspace:
        workspace.load()
    assert os.path.exists(tmp_path / "a.db")
    assert not verify(tmp_path / "a.db").sound


class TestSince:
    def test_tells_what_others_did_in_one_piece(self, workspace):
        state = workspace.load()
        with fresh(workspace.path, actor="grace") as other:
            first = other.apply(put(item(-1, title="one")))
            second = other.apply(put(item(-1, title="two")))
            news = workspace.since(state.seq)
            assert [(one.event, one.changes) for one in news] == [
                (first.event, first.changes),
                (second.event, second.changes),
            ]
            for one in news:
                state.apply(one.changes)
            assert state.tables == other.load().tables
        assert workspace.since(news[-1].event.seq) == []

    def test_own_changes_are_among_them(self, workspace):
        state = workspace.load()
        mine = workspace.apply(put(item(-1)))
        assert [one.event for one in workspace.since(state.seq)] == [mine.event]
