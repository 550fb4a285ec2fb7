"""The tables say the same as the records."""

import sqlite3
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin

import pytest

from store.records import RECORDS, Record
from tests.store.helpers import fresh


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "a.db"
    fresh(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def _kind(annotation):
    part = get_args(annotation)[0] if type(None) in get_args(annotation) else annotation
    if get_origin(part) is Annotated:
        part = get_args(part)[0]
    if get_origin(part) is Literal:
        return "TEXT"
    return {str: "TEXT", int: "INTEGER", bool: "INTEGER", float: "REAL", date: "TEXT", datetime: "TEXT"}[part]


def _literals(annotation):
    parts = (annotation, *(get_args(annotation) if get_origin(annotation) is not Literal else ()))
    return next((get_args(part) for part in parts if get_origin(part) is Literal), ())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.table)
class TestEveryTable:
    def test_has_the_columns_of_its_record(self, connection, record: type[Record]):
        found = {row[1]: row for row in connection.execute(f"PRAGMA table_info({record.table})")}
        assert set(found) == set(record.model_fields)
        for name, field in record.model_fields.items():
            optional = type(None) in get_args(field.annotation)
            assert found[name][2] == _kind(field.annotation), name
            assert name == "id" or bool(found[name][3]) is not optional, name

    def test_is_strict_and_never_gives_an_id_twice(self, connection, record: type[Record]):
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (record.table,)).fetchone()
        assert sql.endswith("STRICT")
        assert "AUTOINCREMENT" in sql

    def test_has_its_links_as_foreign_keys(self, connection, record: type[Record]):
        found = {row[3]: row[2] for row in connection.execute(f"PRAGMA foreign_key_list({record.table})")}
        assert found == dict(record.links)

    def test_refuses_what_its_record_refuses(self, connection, record: type[Record]):
        """Each limit of a column, tried one step beyond and just at it, in a row that is good otherwise."""
        good = GOOD[record.table]
        assert _takes(connection, record.table, good)
        for name, field in record.model_fields.items():
            for beyond, at in _limits(field):
                assert _takes(connection, record.table, {**good, name: at}), (name, at)
                assert not _takes(connection, record.table, {**good, name: beyond}), (name, beyond)
            if name != "id" and type(None) not in get_args(field.annotation):
                assert not _takes(connection, record.table, {**good, name: None}), name

    @pytest.mark.parametrize("otherwise", ["", "OR IGNORE", "OR REPLACE", "OR FAIL", "OR ROLLBACK"])
    def test_nothing_of_it_changes_outside_an_event(self, connection, record: type[Record], otherwise):
        """Whatever the program that writes would do about a conflict."""
        table, good = record.table, {"id": 900, **GOOD[record.table]}
        marks = ", ".join("?" * len(good))
        add = f"INTO {table} ({', '.join(map(_quoted, good))}) VALUES ({marks})"
        for change, values in (
            (f"INSERT {otherwise} {add}", [901, *list(good.values())[1:]]),
            (f"UPDATE {otherwise} {table} SET rev = rev + 1 WHERE id = 900", []),
            (f"DELETE FROM {table} WHERE id = 900", []),
        ):
            connection.execute("BEGIN")
            try:
                connection.execute("INSERT INTO cur VALUES (1)")
                if not change.startswith("INSERT"):
                    connection.execute(f"INSERT {add}", list(good.values()))
                connection.execute("DELETE FROM cur")
                held = connection.execute(f"SELECT * FROM {table}").fetchall()
                with pytest.raises(sqlite3.IntegrityError, match="makeroom: changes are only made within an event"):
                    connection.execute(change, values)
                # It is the statement that is taken back, whatever it would do about a conflict.
                assert connection.execute(f"SELECT * FROM {table}").fetchall() == held
            finally:
                connection.execute("ROLLBACK")


WHEN = "2026-11-21T10:00:00Z"
#: A good row of each table, by what must be given.
GOOD = {
    "workspace": {"name": "w", "seed": 1},
    "quarters": {"name": "q", "starts": "2027-01-01", "ends": "2027-03-31"},
    "teams": {"name": "t"},
    "capacities": {"quarter_id": 90, "team_id": 90, "net": 1.0},
    "places": {"name": "p"},
    "closures": {"name": "c", "starts": "2027-01-01", "ends": "2027-01-05"},
    "team_times": {"team_id": 90},
    "people": {"team_id": 90, "name": "p"},
    "absences": {"person_id": 90, "starts": "2027-01-01", "ends": "2027-01-05"},
    "slices": {"letter": "Z", "name": "z", "aim": 1.0},
    "customers": {"name": "c"},
    "items": {"title": "i", "rank": 1.0, "draw": 1},
    "sizes": {"item_id": 90, "team_id": 90, "likely": 1.0},
    "waits": {"item_id": 90, "customer_id": 90},
    "pages_sent": {"customer_id": 90, "at": WHEN},
    "escalations": {"item_id": 90, "at": WHEN},
    "account_words": {"customer_id": 90, "kind": "expansion", "score": 2, "evidence": "e"},
    "onboarding_steps": {"customer_id": 90, "step": "kickoff", "day": "2027-01-01"},
    "service_levels": {"customer_id": 90, "target": "uptime 99.9%"},
    "arr_changes": {"customer_id": 90, "kind": "new", "day": "2027-01-01", "amount": 1.0},
    "reports_made": {"kind": "month", "at": WHEN},
    "personas": {"name": "Clerks"},
    "stakeholders": {"item_id": 1, "name": "Jo", "part": "buyer", "stance": "for"},
    "health_answers": {"quarter": "Q3 2026", "number": 8106, "role": "sales", "score": 2, "at": WHEN},
    "parts": {"name": "Ben"},
    "said": {"kind": "news", "at": WHEN, "who": "w", "words": ""},
    "pins": {"item_id": 90},
    "dependencies": {"item_id": 90, "needs_id": 90},
    "versions": {"item_id": 90, "name": "v"},
    "version_sizes": {"version_id": 90, "team_id": 90, "likely": 1.0},
    "value_parts": {"item_id": 90},
    "valuing": {},
    "requests": {"item_id": 90, "received_at": WHEN},
    "decisions": {"quarter_id": 90, "at": WHEN, "kind": "trade", "title": "d"},
    "moves": {"decision_id": 90, "kind": "in", "title": "m"},
    "signatures": {"quarter_id": 90, "decision_id": 90, "name": "n", "reason": "r", "odds": 0.5, "at": WHEN},
    "shortfalls": {"quarter_id": 90, "cause": "c", "odds": 0.5, "at": WHEN},
    "slice_rules": {"field": "type", "value": "v", "slice": "F"},
    "actuals": {"quarter": "2025Q3", "number": 8102, "team_id": 90, "estimate": 1.0, "actual": 2.0},
    "progress": {"item_id": 90, "team_id": 90, "spent": 1.5},
    "unplanned_work": {"team_id": 90, "day": "2027-01-05", "effort": 0.4, "title": "u"},
    "delivered": {"quarter": "2025Q3", "number": 8102, "team_id": 90, "planned": 30.0, "net": 26.0},
    "interrupts": {"quarter": "2025Q3", "number": 8102, "team_id": 90, "share": 0.1},
    "round_estimates": {"item_id": 90, "team_id": 90, "at": WHEN, "likely": 1.0},
    "shirts": {"letter": "XXL", "low": 1.0, "likely": 2.0, "high": 3.0},
    "snapshots": {"quarter_id": 90, "name": "s", "at": WHEN, "hash": "0" * 64, "content": "x"},
    "scenarios": {"name": "s", "file": "s", "at": WHEN},
    "origins": {"name": "s", "main": "m", "seq": 1, "at": WHEN},
    "outcomes": {"quarter": "2025Q3", "number": 8102, "item_id": 90},
    "principles": {"name": "p"},
    "cards": {"item_id": 90},
    "evidence": {"item_id": 90, "customers": 3},
    "claims": {"item_id": 90, "kind": "easy"},
    "hidden_costs": {"item_id": 90, "kind": "support"},
    "deal_ends": {"item_id": 90, "outcome": "won", "ended": "2027-01-01"},
    "ways_out": {"item_id": 90, "kind": "pilot"},
    "commitments": {"item_id": 90, "kind": "promised"},
    "charters": {},
    "old_versions": {"name": "v", "back": 1},
    "roles": {"name": "r"},
    "rights": {"kind": "one-off", "role_id": 90},
    "decision_details": {"decision_id": 90},
    "decision_options": {"decision_id": 90, "title": "o"},
    "signed_terms": {"decision_id": 90, "right": "over ceiling", "name": "n", "reason": "r", "at": WHEN},
    "purse_picks": {"quarter_id": 90, "item_id": 90, "who": "n", "effort": 1.0},
}


def _quoted(name):
    return f'"{name}"'


def _takes(connection, table, row):
    """Whether the table lets the row in; it is not kept."""
    names, marks = ", ".join(map(_quoted, row)), ", ".join("?" * len(row))
    values = f"({names}) VALUES ({marks})" if row else "DEFAULT VALUES"
    connection.execute("BEGIN")
    try:
        connection.execute("INSERT INTO cur VALUES (1)")
        connection.execute(f"INSERT INTO {table} {values}", list(row.values()))
    except sqlite3.IntegrityError:
        return False
    finally:
        connection.execute("ROLLBACK")
    return True


def _limits(field):
    """(beyond, at) for each limit that a column's record states."""
    metadata = list(field.metadata)
    for part in get_args(field.annotation):
        if get_origin(part) is Annotated:
            metadata += get_args(part)[1].metadata
    for limit in metadata:
        if (most := getattr(limit, "le", None)) is not None:
            yield most * 1.01, most
        if (below := getattr(limit, "lt", None)) is not None:
            yield below, below - 1
        if (least := getattr(limit, "ge", None)) is not None:
            yield least * 1.01 - 1, least
        if (above := getattr(limit, "gt", None)) is not None:
            yield above, 1e-6
        if (longest := getattr(limit, "max_length", None)) is not None:
            # Letters are counted, not bytes: one of three is enough to tell, and the longest text has 50 million.
            at = "東".ljust(longest, "x")
            yield f"{at}x", at
        if (shortest := getattr(limit, "min_length", None)) is not None:
            yield "", "x" * shortest
    for word in _literals(field.annotation):
        yield "no such word", word
    if field.annotation is bool:
        yield 2, 1


def test_references_hold_and_the_file_is_sound(connection):
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_commit_is_on_the_disk(tmp_path):
    """In a process of its own: here, where the power does not fail, nothing waits for the disk (tests/conftest.py)."""
    fresh(tmp_path / "a.db").close()
    code = (
        "import sys, pathlib; from store.database.connection import connect\n"
        "print(connect(pathlib.Path(sys.argv[1])).execute('PRAGMA synchronous').fetchone())"
    )
    run = [sys.executable, "-c", code, str(tmp_path / "a.db")]
    done = subprocess.run(run, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    assert done.stdout == "(2,)\n"


class TestJournalGuards:
    """Whatever program writes the file, the journal stays true."""

    @pytest.fixture
    def raw(self, tmp_path):
        fresh(tmp_path / "a.db").close()
        connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        yield connection
        connection.close()

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE quarters SET target = 0.5, rev = rev + 1",
            "DELETE FROM shirts",
            "INSERT INTO teams (name) VALUES ('Ghosts')",
            "INSERT OR REPLACE INTO teams (id, name) VALUES (1, 'Ghosts')",
        ],
    )
    def test_no_write_outside_an_event(self, raw, sql):
        with pytest.raises(sqlite3.IntegrityError, match="within an event"):
            raw.execute(sql)

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE events SET actor = 'nobody'",
            "DELETE FROM events",
            "INSERT OR REPLACE INTO events (seq, uid, at, actor, session, kind, label)"
            " VALUES (1, 'u', 't', 'a', 's', 'k', 'l')",
            "UPDATE changes SET after = '{}'",
            "DELETE FROM changes",
            "INSERT OR REPLACE INTO changes (id, event_seq, tbl, pk, op, after) VALUES (1, 1, 'x', 1, 'insert', '{}')",
        ],
    )
    def test_the_journal_is_append_only(self, raw, sql):
        with pytest.raises(sqlite3.IntegrityError, match=r"never rewritten|within an event"):
            raw.execute(sql)

    @pytest.mark.parametrize("rev", ["rev", "rev + 2", "0"])
    def test_a_change_raises_rev_by_one(self, raw, rev):
        raw.execute("INSERT INTO cur VALUES (1)")
        with pytest.raises(sqlite3.IntegrityError, match="rev by one"):
            raw.execute(f"UPDATE quarters SET target = 0.5, rev = {rev}")
