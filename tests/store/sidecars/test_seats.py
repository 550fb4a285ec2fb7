"""Seats: who is there, known at once, also of those who were killed; and nothing in the folder makes it fail."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.sidecars.seats import Seats, seats_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs flock")

ROOT = Path(__file__).resolve().parents[3]

SITS = """
import sys
from pathlib import Path
from store.sidecars.seats import Seats
seats = Seats(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
print(seats.take(), flush=True)
sys.stdin.read()
"""


def sit(database: Path, session: str, name: str) -> subprocess.Popen:
    """Another process that sits down, and stays until its input ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", SITS, str(database), session, name],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "True\n"
    return child


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "room.db"


def test_two_see_each_other_and_where_the_other_is(database):
    ana, ben = Seats(database, "aa11", "Ana"), Seats(database, "bb22", "Ben", follows="Ana")
    assert ana.take()
    assert ben.take()
    ana.move(where="trade", cursor=7, marks=(3, 5), asked={"kind": "trade", "item": 7})
    (seen,) = ben.others()
    assert (seen.name, seen.where, seen.cursor, seen.marks) == ("Ana", "trade", 7, (3, 5))
    assert seen.asked == {"kind": "trade", "item": 7}
    assert seen.drives
    assert seen.moved >= seen.started
    (other,) = ana.others()
    assert (other.name, other.drives) == ("Ben", False)
    ana.move(marks=(5,))
    assert ben.others()[0].marks == (5,)
    ana.leave()
    assert ben.others() == ()
    ben.leave()
    assert not seats_folder(database).exists(), "the last one leaves nothing behind"


def test_nothing_is_written_while_nobody_moves(database):
    ana = Seats(database, "aa11", "Ana")
    ana.take()
    ana.move(cursor=7)
    before = (seats_folder(database) / "aa11.json").stat()
    ana.move(cursor=7)
    after = (seats_folder(database) / "aa11.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    ana.leave()


def test_a_killed_process_is_gone_at_once_and_its_seat_is_swept(database):
    child = sit(database, "cc33", "Cleo")
    ana = Seats(database, "aa11", "Ana")
    ana.take()
    assert [seat.name for seat in ana.others()] == ["Cleo"]
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert (seats_folder(database) / "cc33.json").exists(), "it had no time to tidy up"
    assert ana.others() == ()
    assert {path.name for path in seats_folder(database).iterdir()} == {"aa11.seat", "aa11.json"}
    ana.leave()


def test_two_who_look_at_once_do_not_take_each_other_for_the_one_who_left(database):
    child = sit(database, "cc33", "Cleo")
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    import fcntl

    # Somebody else is looking at this very moment, as others() does.
    with (seats_folder(database) / "cc33.seat").open("rb") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH | fcntl.LOCK_NB)
        assert Seats(database, "aa11", "Ana").others() == ()


def test_whoever_runs_is_never_swept(database):
    child = sit(database, "cc33", "Cleo")
    watchers = [Seats(database, f"{n}{n}", "W") for n in range(3)]
    for _ in range(50):
        for watcher in watchers:
            assert [seat.name for seat in watcher.others()] == ["Cleo"]
    child.communicate("")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"[" * 10_000,
        b'{"session": "other", "name": "x"}',
        b'{"session": "dd44", "name": 5}',
        b'{"session": "dd44", "name": "x", "marks": "all"}',
        b'{"session": "dd44", "name": "x", "marks": [true]}',
        b'{"session": "dd44", "name": "x", "cursor": "3"}',
        b'{"session": "dd44", "name": "x", "asked": 3}',
        b'{"session": "dd44", "name": "x", "moved": null}',
        b'{"session": "dd44", "name": "' + b"x" * 20_000 + b'"}',
    ],
)
def test_damaged_files_are_passed_over(database, content):
    child = sit(database, "dd44", "Dora")
    ana = Seats(database, "aa11", "Ana")
    ana.take()
    assert [seat.name for seat in ana.others()] == ["Dora"]
    (seats_folder(database) / "dd44.json").write_bytes(content)
    assert ana.others() == ()
    child.communicate("")
    ana.leave()


def test_strangers_files_are_left_alone(database):
    folder = seats_folder(database)
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "list.json").write_text(json.dumps({"session": "list", "name": "x"}))
    (folder / "sub.json").mkdir()
    ana = Seats(database, "aa11", "Ana")
    ana.take()
    assert ana.others() == ()
    ana.leave()
    assert {path.name for path in folder.iterdir()} == {"notes.txt", "list.json", "sub.json"}


def test_a_name_from_elsewhere_holds_nothing_a_terminal_would_obey(database):
    child = sit(database, "ee55", "E\x1b[31mve\u202e")
    (seen,) = Seats(database, "aa11", "Ana").others()
    assert seen.name.isprintable()
    assert "ve" in seen.name
    child.communicate("")


def test_without_a_folder_to_write_in_there_are_no_seats(tmp_path):
    ana = Seats(tmp_path / "nowhere" / "room.db", "aa11", "Ana")
    assert not ana.take()
    ana.move(cursor=3)
    assert ana.others() == ()
    ana.leave()
    # A file stands where the folder would be.
    seats_folder(tmp_path / "room.db").write_text("in the way")
    ben = Seats(tmp_path / "room.db", "bb22", "Ben")
    assert not ben.take()
    assert ben.others() == ()
    ben.leave()


def test_whoever_may_write_beside_the_database_may_sit_at_it(tmp_path):
    room = tmp_path / "shared"
    room.mkdir()
    room.chmod(0o2770)
    ana = Seats(room / "room.db", "aa11", "Ana")
    old = os.umask(0o077)
    try:
        ana.take()
    finally:
        os.umask(old)
    assert seats_folder(room / "room.db").stat().st_mode & 0o777 == 0o770
    ana.leave()


def test_a_link_that_leads_nowhere_is_no_folder(database, tmp_path):
    seats_folder(database).symlink_to(tmp_path / "gone")
    ana = Seats(database, "aa11", "Ana")
    assert not ana.take()
    assert ana.others() == ()


def test_a_folder_that_goes_away_meanwhile_stops_nobody(database):
    import shutil

    ana = Seats(database, "aa11", "Ana")
    ana.take()
    shutil.rmtree(seats_folder(database))
    ana.move(cursor=3)
    assert ana.others() == ()
    ana.leave()
