"""Seals: the formula by hand, append-only, and what older files get."""

import hashlib
import json
import sqlite3

import pytest

from store.database.seals import seal_of
from store.database.verify import verify
from store.workspace.workspace import Workspace
from tests.store.database.test_migration import make_version_1
from tests.store.helpers import fresh, item, put, with_sizes


def by_hand(path):
    """Every seal as the documentation of the formula says, worked out from the tables anew."""
    raw = sqlite3.connect(path)
    previous, found = "0" * 64, {}
    for event in raw.execute("SELECT seq, uid, at, actor, session, kind, label, undoes FROM events ORDER BY seq"):
        lines = [json.dumps(["event", *event], separators=(",", ":"))]
        for change in raw.execute(
            "SELECT id, event_seq, tbl, pk, op, before, after FROM changes WHERE event_seq = ? ORDER BY id", event[:1]
        ):
            lines.append(json.dumps(["change", *change], separators=(",", ":")))
        previous = hashlib.sha256("\n".join([previous, *lines, ""]).encode()).hexdigest()
        found[event[0]] = previous
    stored = dict(raw.execute("SELECT seq, hash FROM seals"))
    raw.close()
    return found, stored


def test_every_event_has_the_seal_of_the_formula(tmp_path):
    with fresh(tmp_path / "a.db", actor='Zoë “東” \\ "') as workspace:
        workspace.apply(with_sizes())
        workspace.apply(put(item(-1, title="naïve ✓", note="two\nlines")))
        workspace.undo()
        workspace.redo()
    found, stored = by_hand(tmp_path / "a.db")
    assert len(found) == 5
    assert found == stored


def test_an_older_files_events_are_sealed_when_it_is_brought_up_to_date(tmp_path):
    make_version_1(tmp_path / "a.db")
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(put(item(-1)))
    found, stored = by_hand(tmp_path / "a.db")
    assert len(found) == 3
    assert found == stored
    assert verify(tmp_path / "a.db").sound


EVENT = (1, "u", "2026-11-21T10:00:00+00:00", "ada", "s", "edit", "x", None)
CHANGE = (1, 1, "items", 4, "update", '{"a":1}', '{"a":2}')


@pytest.mark.parametrize("column", range(len(EVENT)))
def test_each_column_of_an_event_counts(column):
    other = [*EVENT]
    other[column] = "other" if column != 7 else 3
    assert seal_of("0" * 64, EVENT, [CHANGE]) != seal_of("0" * 64, other, [CHANGE])


@pytest.mark.parametrize("column", range(len(CHANGE)))
def test_each_column_of_a_change_counts(column):
    for value in ("other", None, b"other", 77):
        other = [*CHANGE]
        other[column] = value
        assert seal_of("0" * 64, EVENT, [CHANGE]) != seal_of("0" * 64, EVENT, [other])


def test_what_stands_before_counts_and_nothing_can_slip_from_one_field_to_the_next():
    seal = seal_of("0" * 64, EVENT, [CHANGE])
    assert seal != seal_of("1" * 64, EVENT, [CHANGE])
    assert seal != seal_of("0" * 64, EVENT, [])
    assert seal != seal_of("0" * 64, EVENT, [CHANGE, CHANGE])
    slipped = [(*EVENT[:3], 'ada","s', "", *EVENT[5:]), (*EVENT[:3], "adas", "", *EVENT[5:])]
    assert len({seal, *(seal_of("0" * 64, event, [CHANGE]) for event in slipped)}) == 3
    # Bytes that are a text's are not that text.
    assert seal_of("0" * 64, (*EVENT[:3], b"ada", *EVENT[4:]), []) != seal_of("0" * 64, EVENT, [])


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE seals SET hash = '{'1' * 64}'",
        "DELETE FROM seals",
        f"INSERT OR REPLACE INTO seals VALUES (1, '{'1' * 64}')",
        f"INSERT INTO seals VALUES (2, '{'1' * 64}')",
    ],
)
def test_seals_are_append_only(tmp_path, sql):
    fresh(tmp_path / "a.db").close()
    raw = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match=r"never rewritten|within an event"):
        raw.execute(sql)
    raw.close()


def test_a_change_that_fails_leaves_no_seal(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        with pytest.raises(Exception, match="twice"):
            workspace.apply(put(item(-1), item(-1)))
        raw = workspace._file.connection
        assert raw.execute("SELECT seq FROM seals").fetchall() == [(1,)]
    with Workspace.open(tmp_path / "a.db") as again:
        assert again.apply(put(item(-1))).event.seq == 2
    assert verify(tmp_path / "a.db").sound
