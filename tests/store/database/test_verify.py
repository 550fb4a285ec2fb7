"""``verify``: every byte that changes what is read is found, with the entry's name; and it changes none itself.

Quick on push (about 6 s); with MAKEROOM_LONG=1 forty times as many bytes are flipped.
"""

import hashlib
import os
import random
import sqlite3

import pytest

from store.common.errors import StoreError
from store.database import surroundings
from store.database import verify as looking
from store.database.connection import SCHEMA_VERSION
from store.database.surroundings import file_system, sqlite_finding
from store.database.verify import verify
from store.records import Command, Decision, Item, Wait
from tests.store.database.test_migration import make_version_1
from tests.store.helpers import fresh, item, put, with_sizes
from tests.store.unawares import behind

NEWER = SCHEMA_VERSION + 1
FLIPS = 12_000 if os.environ.get("MAKEROOM_LONG") else 300


@pytest.fixture
def path(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(with_sizes())
        (one,) = workspace.load().each(Item)
        workspace.apply(put(one.model_copy(update={"title": "Bulk export", "rank": 2.5}), label="rename"))
        workspace.apply(put(item(-1, title="Audit log", note="x" * 6000), item(-2, title="Gone"), label="add two"))
        gone = next(one for one in workspace.load().each(Item) if one.title == "Gone")
        workspace.apply(Command("edit", "away with it", removes=(gone,)))
        workspace.undo()
        workspace.redo()
    return tmp_path / "a.db"


def broken(path, *words):
    """The findings that say broken; each of the words stands in one of them."""
    report = verify(path)
    found = report.of("broken")
    assert found
    assert not report.sound
    said = " | ".join(finding.what for finding in found)
    for word in words:
        assert word in said
    assert all(finding.do for finding in found)
    return said


class TestSound:
    def test_every_check_is_ok_and_no_byte_changes(self, path):
        before = {name.name: hashlib.sha256(name.read_bytes()).hexdigest() for name in path.parent.iterdir()}
        report = verify(path)
        assert report.sound
        assert {one.check for one in report.of("ok")} >= {
            "sqlite", "references", "schema", "seals", "journal", "rows", "revisions", "records", "ids", "plan",
        }  # fmt: skip
        assert report.events == 7
        assert {name.name: hashlib.sha256(name.read_bytes()).hexdigest() for name in path.parent.iterdir()} == before

    def test_while_somebody_works_in_it(self, path):
        with fresh(path) as workspace:
            workspace.apply(put(item(-1)))
            before = [path.with_name(path.name + end).read_bytes() for end in ("", "-wal")]
            assert verify(path).events == 8
            assert verify(path).sound
            assert [path.with_name(path.name + end).read_bytes() for end in ("", "-wal")] == before

    def test_an_older_format_is_a_note(self, tmp_path):
        make_version_1(tmp_path / "a.db")
        report = verify(tmp_path / "a.db")
        assert report.sound
        assert "no seals yet" in " ".join(one.what for one in report.of("note"))

    def test_a_newer_format_is_left_to_the_newer(self, path):
        newer = f"INSERT INTO _sqlite_migrations VALUES ({NEWER}, 'makeroom', '{NEWER:04}_x', '')"
        behind(path, f"PRAGMA user_version={NEWER}", newer)
        report = verify(path)
        assert report.sound
        assert any("newer makeroom" in one.what for one in report.of("warning"))

    def test_what_somebody_writes_meanwhile_is_not_missing(self, path, monkeypatch):
        """It is noted beside the file, and not in what was looked at."""
        look = looking._schema

        def while_somebody_writes(*given):
            with fresh(path) as other:
                other.apply(put(item(-1)))
            return look(*given)

        monkeypatch.setattr(looking, "_schema", while_somebody_writes)
        assert verify(path).sound

    def test_planned_items_without_a_size_are_a_warning(self, path):
        with fresh(path) as workspace:
            workspace.apply(put(item(-1, state="plan")))
        report = verify(path)
        assert report.sound
        assert [one.what for one in report.of("warning") if one.check == "plan"] == ["1 items in plan have no size"]

    def test_other_programs_tables_are_told_apart_from_damage(self, path):
        behind(path, "CREATE TABLE bookmarks (x)", "CREATE TABLE _litestream_seq (x)")
        report = verify(path)
        assert report.sound
        (said,) = [one.what for one in report.of("warning") if one.check == "schema"]
        assert "bookmarks" in said
        assert "litestream" not in said

    def test_json_has_stable_keys(self, path):
        found = verify(path).as_json()
        assert set(found) == {"path", "sound", "version", "events", "seal", "findings"}
        assert set(found["findings"][0]) == {"level", "check", "what", "do"}
        assert len(found["seal"]) == 64


class TestBehindTheJournal:
    @pytest.mark.parametrize(
        ("sql", "words"),
        [
            ("UPDATE items SET rank = 2.5000000000000004 WHERE id = 1", ["“Bulk export” (id 1) was changed: rank"]),
            ("UPDATE items SET title = 'Audit lo9' WHERE title = 'Audit log'", ["“Audit log” (id 2)", "Audit lo9"]),
            ("UPDATE items SET note = note || ' ' WHERE id = 1", ["changed: note"]),
            ("UPDATE sizes SET low = 0.5", ["size 1 (id 1) was changed: low"]),
            ("UPDATE items SET rev = rev + 1 WHERE id = 1", ["changed: rev", "revision 2, and was written 2 times"]),
            ("INSERT INTO teams (name) VALUES ('Ghosts')", ["team “Ghosts” (id 2) was added"]),
            ("DELETE FROM sizes", ["size 1 (id 1) is gone"]),
            ("UPDATE quarters SET target = 1.5", ["changed: target", "less than or equal to 1"]),
            ("INSERT INTO cur VALUES (1)", ["unfinished"]),
            ("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'items'", ["items: 1 instead of 3"]),
            ("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'events'", ["events: 8 instead of 7"]),
            ("DELETE FROM teams", ["refers to one of teams", "team “Web” (id 1) is gone"]),
        ],
    )
    def test_a_row_is_named(self, path, sql, words):
        behind(path, sql)
        assert "seals" not in {one.check for one in verify(path).of("broken")}
        broken(path, *words)

    @pytest.mark.parametrize("column", ["uid", "at", "actor", "session", "kind", "label"])
    def test_each_column_of_an_event(self, path, column):
        behind(path, f"UPDATE events SET {column} = {column} || '!' WHERE seq = 3")
        said = broken(path, "entry 3 of the journal is not as it was sealed", "by ada")
        assert ("“rename!”" if column == "label" else "“rename”") in said

    @pytest.mark.parametrize("change", ["before", "after", "tbl", "op"])
    def test_each_column_of_a_change(self, path, change):
        other = "'delete'" if change == "op" else f"replace(replace({change}, 'Bulk', 'Hulk'), 'items', 'teams')"
        other = "replace(before, 'Webhooks', 'Webhook')" if change == "before" else other
        behind(path, f"UPDATE changes SET {change} = {other} WHERE event_seq = 3")
        broken(path, "entry 3 of the journal is not as it was sealed: “rename” (edit) by ada")

    def test_the_first_broken_entry_is_named_and_how_many_more(self, path):
        behind(path, "UPDATE events SET actor = 'mallory' WHERE seq IN (2, 4, 5)")
        broken(path, "entry 2 of the journal is not as it was sealed: “edit” (edit) by mallory", "3 seals in all")

    def test_an_entry_sealed_anew_shows_in_the_next(self, path):
        behind(
            path,
            "UPDATE events SET label = 'renamed' WHERE seq = 3",
            f"UPDATE seals SET hash = '{'a' * 64}' WHERE seq = 3",
        )
        broken(path, "entry 3 of the journal")
        from store.database.seals import EVENT_COLUMNS, change_rows, seal_of

        raw = sqlite3.connect(path)
        event = raw.execute(f"SELECT {EVENT_COLUMNS} FROM events WHERE seq = 3").fetchone()
        previous = raw.execute("SELECT hash FROM seals WHERE seq = 2").fetchone()[0]
        forged = seal_of(previous, event, change_rows(raw, 3))
        raw.close()
        behind(path, f"UPDATE seals SET hash = '{forged}' WHERE seq = 3")
        broken(path, "entry 4 of the journal")

    @pytest.mark.parametrize(
        ("statements", "words"),
        [
            (["DELETE FROM seals WHERE seq = 4"], ["entry 4 of the journal has no seal: “add two”"]),
            (["DELETE FROM changes WHERE event_seq = 4"], ["entry 4", "missing", "was added"]),
            (
                ["DELETE FROM changes WHERE event_seq = 7", "DELETE FROM events WHERE seq = 7"],
                ["entry 7 of the journal is gone, its seal still stands", "instead of"],
            ),
            (
                [
                    "DELETE FROM changes WHERE event_seq = 7",
                    "DELETE FROM seals WHERE seq = 7",
                    "DELETE FROM events WHERE seq = 7",
                ],
                ["item “Gone” (id 3) is gone, the journal has it", "events: 7 instead of 6"],
            ),
        ],
    )
    def test_what_is_missing_is_named(self, path, statements, words):
        behind(path, *statements)
        broken(path, *words)

    def test_every_trigger_and_index_must_be_there_as_made(self, path):
        raw = sqlite3.connect(path, isolation_level=None)
        made = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        made += raw.execute("SELECT type, name, sql FROM sqlite_master WHERE name = 'changes_row'").fetchall()
        for kind, name, sql in [*made[::9], made[-1]]:
            raw.execute(f"DROP {kind} {name}")
            broken(path, f"{kind} {name} missing")
            raw.execute(sql)
            assert verify(path).sound
        raw.execute("DROP TRIGGER items_revision")
        raw.execute("CREATE TRIGGER items_revision BEFORE UPDATE ON items WHEN 0 BEGIN SELECT 1; END")
        broken(path, "trigger items_revision not as made")
        raw.close()


def read(path):
    """All that can be read from a file, by SQLite alone; what went wrong where it cannot.

    But for sqlite-utils' note of when a migration ran, which nothing reads.
    """
    raw = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    raw.text_factory = bytes
    try:
        found = [raw.execute(f"PRAGMA {mark}").fetchall() for mark in ("user_version", "application_id", "encoding")]
        found.append(
            raw.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name <> '_sqlite_migrations'"
            ).fetchall()
        )
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            what = "id, migration_set, name" if name == b"_sqlite_migrations" else "rowid, *"
            found.append((name, raw.execute(f'SELECT {what} FROM "{name.decode()}" NOT INDEXED').fetchall()))
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        raw.close()
    return found


def test_every_flipped_byte_that_changes_what_is_read_is_found(path, tmp_path):
    chance = random.Random(11)
    whole = path.read_bytes()
    used = [at for at, byte in enumerate(whole) if byte]
    truth = read(path)
    other = tmp_path / "flipped.db"
    changed = missed = 0
    for number in range(FLIPS):
        data = bytearray(whole)
        # Nine of ten where something stands; the header and each page's own are among that.
        at = chance.choice(used) if number % 10 else chance.randrange(len(whole))
        data[at] ^= 1 << chance.randrange(8) if number % 2 else chance.randrange(1, 256)
        other.write_bytes(data)
        differs = read(other) != truth
        report = verify(other, surroundings=False)
        changed += differs
        missed += differs and report.sound
        assert not (differs and report.sound), f"byte {at}, {whole[at]:#x} to {data[at]:#x}"
        assert all(finding.what and finding.level for finding in report.findings)
    assert changed > FLIPS // 4, "too few of the flips hit anything for this to say much"


@pytest.mark.parametrize("data", [b"", b"x", b"x" * 511, b"title,size\n" * 300, bytes(8192)])
def test_no_database_at_all_is_a_sentence(tmp_path, data):
    (tmp_path / "a.db").write_bytes(data)
    broken(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == data


@pytest.mark.parametrize("length", [600, 4096, 9000, 60_000])
def test_cut_short(path, length):
    path.write_bytes(path.read_bytes()[:length])
    broken(path)


def test_another_programs_database(tmp_path):
    raw = sqlite3.connect(tmp_path / "a.db")
    raw.execute("CREATE TABLE bookmarks (url)")
    raw.close()
    broken(tmp_path / "a.db", "no journal")


def test_nothing_to_look_at(tmp_path):
    with pytest.raises(StoreError, match="There is no workspace at"):
        verify(tmp_path / "no.db")
    with pytest.raises(StoreError, match="is not a file"):
        verify(tmp_path)
    assert not list(tmp_path.iterdir())


class TestSurroundings:
    @pytest.mark.parametrize(
        ("version", "level"),
        [
            ("3.6.23", "ok"), ("3.7.0", "warning"), ("3.40.1", "warning"), ("3.44.5", "warning"), ("3.44.6", "ok"),
            ("3.45.0", "warning"), ("3.50.6", "warning"), ("3.50.7", "ok"), ("3.51.0", "warning"),
            ("3.51.2", "warning"), ("3.51.3", "ok"), ("3.53.0", "ok"), ("4.0.0", "ok"),
        ],
    )  # fmt: skip
    def test_sqlites_lost_commits(self, version, level):
        assert sqlite_finding(version).level == level

    @pytest.mark.parametrize(
        ("place", "kind", "level"),
        [
            ("/home/ada/a.db", "ext4", "ok"),
            ("/home/ada/team share/a.db", "nfs4", "warning"),
            ("/home/ada/team share/local/a.db", "tmpfs", "ok"),
            ("/home/adam/a.db", "ext4", "ok"),
            ("/mnt/x/a.db", "fuse.sshfs", "warning"),
        ],
    )
    def test_network_file_systems(self, tmp_path, monkeypatch, place, kind, level):
        (tmp_path / "mounts").write_text(
            "/dev/sda / ext4 rw 0 0\n"
            "server:/x /home/ada/team\\040share nfs4 rw 0 0\n"
            "tmpfs /home/ada/team\\040share/local tmpfs rw 0 0\n"
            "old /mnt/x ext4 rw 0 0\nssh /mnt/x fuse.sshfs rw 0 0\n"
        )
        monkeypatch.setattr(surroundings, "MOUNTS", tmp_path / "mounts")
        monkeypatch.setattr("sys.platform", "linux")
        from pathlib import Path

        assert file_system(Path(place)) == kind
        assert surroundings._network(Path(place)).level == level

    def test_elsewhere_it_is_not_known(self, monkeypatch, tmp_path):
        monkeypatch.setattr("sys.platform", "darwin")
        assert file_system(tmp_path) is None
        assert "not known" in surroundings._network(tmp_path).what

    def test_a_disk_that_is_nearly_full(self, path, monkeypatch):
        monkeypatch.setattr(surroundings.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1_000_000}))
        (said,) = [one for one in verify(path).of("warning") if one.check == "space"]
        assert "free some space" in said.do


def test_waits_and_decisions_are_looked_at_too(path):
    """A kind of record that the journal holds with times and links."""
    from datetime import UTC, datetime

    from store.records import Customer

    with fresh(path) as workspace:
        at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
        workspace.apply(
            put(
                Customer(id=-1, name="Acme", arr=1e15 / 3),
                Wait(id=-2, item_id=1, customer_id=-1),
                Decision(id=-3, quarter_id=1, at=at, kind="trade", title="swap", item_id=1, odds_before=0.7),
            )
        )
    assert verify(path).sound
    behind(path, "UPDATE decisions SET odds_before = 0.71")
    broken(path, "decision “swap” (id 1) was changed: odds_before")
