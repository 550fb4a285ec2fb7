"""What an interrupted backup, branch or restore leaves goes later, and never a file that is not ours."""

import os
import signal
import subprocess
import sys
import time

import pytest

from store.backups.backup import back_up
from store.backups.restore import restore
from store.database.places import backups_folder, scenarios_folder
from store.workspace.scenario_files import make_file
from tests.store.helpers import fresh, with_sizes

KILLED = """
import os, sys, threading, time
from pathlib import Path
from store.backups import backup, restore
from store.workspace import scenario_files
path, what = Path(sys.argv[1]), sys.argv[2]
def stay(*_):
    print("half", flush=True)
    time.sleep(60)
if what == "backup":
    backup.finish = stay
    backup.back_up(path)
elif what == "branch":
    scenario_files.finish = stay
    scenario_files.make_file(path, "Half", "ada")
else:
    restore.sync = stay
    restore.restore(path, Path(sys.argv[3]))
"""


@pytest.fixture
def path(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(with_sizes())
    return tmp_path / "a.db"


def begun(path, what, *more):
    """A process that holds a half-made copy, until it is killed."""
    found = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), what, *map(str, more)], stdout=subprocess.PIPE, text=True
    )
    assert found.stdout.readline() == "half\n"
    return found


def killed(process):
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def leftovers(path):
    folders = (path.parent, backups_folder(path), scenarios_folder(path))
    return sorted(
        name
        for folder in folders
        if folder.is_dir()
        for name in os.listdir(folder)
        if ".unfinished-" in name or ".restoring-" in name
    )


AGAIN = {
    "backup": lambda path, made: back_up(path),
    "branch": lambda path, made: make_file(path, "Whole", "ada"),
    "restore": lambda path, made: restore(path, made),
    "start": lambda path, made: fresh(path).close(),
}


@pytest.mark.parametrize("then", ["same", "start"])
@pytest.mark.parametrize("what", ["backup", "branch", "restore"])
def test_goes_with_the_next_of_its_kind_and_with_the_next_start(path, what, then):
    made = back_up(path).path
    process = begun(path, what, made)
    try:
        assert len(leftovers(path)) == 1
        # While somebody is at work on it, it stays.
        AGAIN[what](path, made)
        AGAIN["start"](path, made)
        assert len(leftovers(path)) == 1
    finally:
        killed(process)
    assert len(leftovers(path)) == 1
    AGAIN[what if then == "same" else "start"](path, made)
    assert leftovers(path) == []


def test_a_backup_to_another_folder_clears_what_the_one_before_left_there(path, tmp_path):
    folder = tmp_path / "safe"
    folder.mkdir()
    left = folder / "20261121T100000Z-asked.db.unfinished-0123abcd"
    left.write_bytes(b"SQLite format 3\0" + bytes(1000))
    made = back_up(path, folder)
    assert os.listdir(folder) == [made.path.name]


def test_what_is_not_ours_stays_whatever_its_age(path):
    backups, scenarios = backups_folder(path), scenarios_folder(path)
    backups.mkdir()
    scenarios.mkdir()
    theirs = {
        # another name than ours have
        path.with_name("a.db.restoring-mine"): b"mine",
        path.with_name("b.db.restoring-0123abcd"): b"SQLite format 3\0",
        path.with_name("notes.unfinished-0123abcd"): b"mine",
        backups / "x.db.unfinished-0123abcd": b"",
        backups / "20261121T100000Z-asked.db.unfinished-old": b"",
        scenarios / "Q4.db.unfinished-0123abcd": b"",
        # the name, and something else in it
        backups / "20261121T100000Z-hourly.db.unfinished-0123abcd": b"my own notes, under a name like that",
        path.with_name("a.db.restoring-0123abcd"): b"PK\3\4 what somebody unpacked",
    }
    for file, content in theirs.items():
        file.write_bytes(content)
        os.utime(file, (time.time() - 30 * 86400,) * 2)
    target = path.with_name("target.txt")
    target.write_text("mine")
    link = backups / "20261121T100000Z-hourly.db.unfinished-4567abcd"
    link.symlink_to(target)
    folder = backups / "20261121T100000Z-hourly.db.unfinished-89ababcd"
    folder.mkdir()
    back_up(path)
    make_file(path, "Other", "ada")
    restore(path, back_up(path).path)
    fresh(path).close()
    assert {file: file.read_bytes() for file in theirs} == theirs
    assert target.read_text() == "mine"
    assert link.is_symlink()
    assert folder.is_dir()


def test_what_lay_beside_a_copy_goes_with_it_also_where_the_copy_is_gone(path):
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(f"a.db.restoring-0123abcd{end}").write_bytes(b"any")
    fresh(path).close()
    assert leftovers(path) == []
