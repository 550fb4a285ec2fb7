"""Several processes on one file, processes that are killed, and disks that are full."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from store.backups.backup import back_up
from store.backups.restore import restore
from store.database.verify import verify
from store.records import Item, Size
from store.workspace.workspace import Workspace
from tests.store.helpers import fresh, item, put

ROOT = Path(__file__).resolve().parents[3]

#: Adds pairs of an item and its size, one pair a command, and says each one that was acknowledged.
WRITER = """
import sys
from store.workspace.workspace import Workspace
from store.records import *
name, times = sys.argv[2], int(sys.argv[3])
with Workspace.open(sys.argv[1], actor=name) as workspace:
    team = next(iter(workspace.load().all(Team)), None)
    for number in range(times):
        items = [Item(id=-1 - n, title=f"{name} {number} {n}", rank=1, draw=1) for n in range(5)]
        sizes = [Size(id=-100 - n, item_id=-1 - n, team_id=team, likely=1) for n in range(5)]
        applied = workspace.apply(Command("edit", f"{name} {number}", tuple(items + sizes)))
        print(applied.event.seq, flush=True)
"""
OPENER = """
import sys
from store.workspace.workspace import Workspace
print(Workspace.open(sys.argv[1]).load().workspace.seed)
"""


def start(code: str, *arguments: object, **options: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True, **options
    )


@pytest.fixture
def path(tmp_path):
    from store.records import Team

    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(put(Team(id=-1, name="Web")))
    return tmp_path / "a.db"


def check(path: Path, acknowledged: set[int]) -> None:
    """Whole events only, every acknowledged one among them, and a sound file."""
    with Workspace.open(path) as workspace:
        seqs = {event.seq for event in workspace.events()}
        assert acknowledged <= seqs
        state = workspace.load()
        assert {size.item_id for size in state.each(Size)} == set(state.all(Item))
        assert len(state.all(Item)) == 5 * (len(seqs) - 2)
        assert sum(len(workspace.changes(seq)) for seq in seqs if seq > 2) == 10 * (len(seqs) - 2)
        assert workspace._file.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert workspace._file.connection.execute("SELECT count(*) FROM cur").fetchone() == (0,)
    report = verify(path)
    assert report.sound, report.of("broken")


def test_two_writers_lose_nothing_of_each_other(path):
    writers = [start(WRITER, path, name, 25) for name in ("ada", "grace")]
    said = [int(line) for writer in writers for line in writer.communicate()[0].split()]
    assert len(said) == len(set(said)) == 50
    check(path, set(said))


NEEDS_RENAME = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be renamed there")
#: Adds items until it is told to stop; whatever becomes of the file, it looks again, and goes on.
TIRELESS = """
import contextlib, sys, threading
from store.common.errors import ReplacedError, StoreError
from store.workspace.workspace import Workspace
from store.records import *
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
with Workspace.open(sys.argv[1], actor=sys.argv[2]) as workspace:
    print("ready", flush=True)
    while not stop.is_set():
        try:
            workspace.apply(Command("edit", "x", (Item(id=-1, title=sys.argv[2], rank=1, draw=1),)))
            print("written", flush=True)
        except StoreError as error:
            print("replaced" if isinstance(error, ReplacedError) else "gone", flush=True)
            with contextlib.suppress(StoreError):
                workspace.load()
    workspace.load()
    workspace.apply(Command("edit", "last", (Item(id=-1, title=f"last of {sys.argv[2]}", rank=1, draw=1),)))
"""


@pytest.mark.parametrize("gone", [False, pytest.param(True, marks=NEEDS_RENAME)])
def test_a_restore_under_writers_leaves_nobody_behind(path, gone):
    """They notice, look again, and what they write from then on is in the restored file."""
    made = back_up(path).path
    writers = [start(TIRELESS, path, name, stdin=subprocess.PIPE) for name in ("ada", "grace")]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
        for _ in range(3):
            writer.stdout.readline()
    if gone:
        # Moved away, as one would who tidies up: nobody must go on writing into it.
        for end in ("-wal", "-shm", ""):
            os.rename(f"{path}{end}", path.with_name(f"away.db{end}"))
        assert restore(path, made).report.sound
    for _ in range(0 if gone else 3):
        assert restore(path, made).report.sound
    # Where the file was gone, one may have looked again just when it was back, and been told nothing.
    for writer in writers if not gone else ():
        while (line := writer.stdout.readline()) != "replaced\n":
            assert line, "a writer ended before it noticed"
    for writer in writers:
        writer.communicate("stop")
    assert [writer.returncode for writer in writers] == [0, 0]
    with Workspace.open(path) as workspace:
        assert {"last of ada", "last of grace"} <= {one.title for one in workspace.load().each(Item)}
    report = verify(path)
    assert report.sound, report.of("broken")


def test_many_that_start_together_make_one_workspace(tmp_path):
    openers = [start(OPENER, tmp_path / "new" / "a.db") for _ in range(5)]
    seeds = {opener.communicate()[0] for opener in openers}
    assert len(seeds) == 1
    with fresh(tmp_path / "new" / "a.db") as workspace:
        assert [event.kind for event in workspace.events()] == ["create"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_writer_leaves_no_half_change(path):
    chance = random.Random(1)
    acknowledged = set()
    for _ in range(6):
        writer = start(WRITER, path, "ada", 100_000)
        assert writer.stdout is not None
        acknowledged.add(int(writer.stdout.readline()))
        time.sleep(chance.uniform(0, 0.05))
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged |= {int(line) for line in writer.communicate()[0].split("\n")[:-1]}
    check(path, acknowledged)


FULL = """
import resource, signal, sys
from store.workspace.workspace import Workspace
from store.common.errors import StoreError
from store.records import *
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
workspace = Workspace.open(sys.argv[1])
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
try:
    for number in range(1000):
        items = [Item(id=-1 - n, title=f"{number} {n}" * 50, rank=1, draw=1) for n in range(5)]
        sizes = [Size(id=-100 - n, item_id=-1 - n, team_id=1, likely=1) for n in range(5)]
        seq = workspace.apply(Command("edit", "more", tuple(items + sizes))).event.seq
        print(seq, flush=True)
except StoreError as error:
    print("said", error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
items = [Item(id=-1 - n, title="x", rank=1, draw=1) for n in range(5)]
sizes = [Size(id=-100 - n, item_id=-1 - n, team_id=1, likely=1) for n in range(5)]
print(workspace.apply(Command("edit", "more", tuple(items + sizes))).event.seq)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("size", [210_000, 333_333, 700_001])
def test_a_full_disk_is_said_and_loses_nothing(path, size):
    writer = start(FULL, path, size)
    lines = writer.communicate()[0].splitlines()
    assert writer.returncode == 0
    (sentence,) = [line for line in lines if line.startswith("said")]
    assert "full" in sentence or "disk" in sentence
    assert lines.index(sentence) == len(lines) - 2
    check(path, {int(line) for line in lines if line.isdigit()})


READ = """
import resource, signal, sys
# A module that is compiled now would be kept cut short.
sys.dont_write_bytecode = True
from tui.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, resource.RLIM_INFINITY))
print(*[main(["--db", sys.argv[1], word]) for word in ("status", "plan", "verify", "decisions")], file=sys.stderr)
print(main(["--db", sys.argv[1], "rates", "hours=30"]), file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
def test_a_full_disk_can_be_read(path):
    with Workspace.open(path) as workspace:
        seq = workspace.events()[-1].seq
    reader = start(READ, path, stderr=subprocess.PIPE)
    said, errors = reader.communicate()
    assert errors.splitlines()[0] == "0 0 0 0", said + errors
    assert "sound: " in said
    assert "is full: nothing was changed. Free some space and do it again." in errors
    with Workspace.open(path) as workspace:
        assert workspace.events()[-1].seq == seq


def test_others_changes_are_noticed_and_read(path):
    with fresh(path) as mine, fresh(path, actor="grace") as other:
        state, version = mine.load(), mine.data_version()
        assert mine.data_version() == version
        other.apply(put(item(-1, title="theirs")))
        assert mine.data_version() != version
        (event,) = mine.events(after=state.seq)
        assert event.actor == "grace"
        state.apply(mine.changes(event.seq))
        assert [i.title for i in state.each(Item)] == ["theirs"]


def test_threads_take_turns(path):
    with fresh(path) as workspace:
        failures = []

        def work(number: int) -> None:
            try:
                for _ in range(10):
                    workspace.apply(put(item(-1, title=str(number))))
                    workspace.load()
            except Exception as error:  # noqa: BLE001 - whatever it is, the test tells
                failures.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert len(workspace.load().all(Item)) == 40


def test_reading_needs_neither_sqlite_utils_nor_a_way_of_finding_folders(path):
    code = OPENER + "print(sorted({'sqlite_utils', 'platformdirs', 'tomllib'} & set(sys.modules)))"
    assert start(code, path).communicate()[0].splitlines()[1:] == ["[]"]
