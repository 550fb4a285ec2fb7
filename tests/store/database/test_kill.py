"""Two processes that trade on one file, and are killed in the middle of it.

20 rounds on push (some 10 s); 500 with MAKEROOM_LONG=1. A failure says its seed: ``one_round`` tells it again from
that, as far as two processes ever do the same twice.
"""

import contextlib
import multiprocessing
import os
import random
import signal
import sys
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from store.workspace.workspace import Workspace
from tests.store.trades import examine, make, trade, write
from tests.store.unawares import behind
from tests.tui.processes import work

ROUNDS = 500 if os.environ.get("MAKEROOM_LONG") else 20
#: So many rounds on one file: what one round leaves, the next goes on with.
ON_ONE_FILE = 5
#: Seconds together in which neither writer wants to run, after which one that says nothing is stuck.
STUCK = 60
Said = dict[int, str]


@pytest.fixture(scope="module")
def processes():
    """Processes that begin with everything imported: a fresh interpreter would take most of the time."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.trades"])
    return context


def heard(ear: Connection) -> Said:
    """All that was said until the end; a word that was cut off was not said."""
    said: Said = {}
    with contextlib.suppress(EOFError, ConnectionResetError):
        while True:
            seq, label = ear.recv()
            said[seq] = label
    return said


def says(ear: Connection, writers: list[BaseProcess]) -> bool:
    """Wait for a word, however little of a busy machine the writers get; False where they only wait."""
    idle = 0
    while not ear.poll(1):
        # One may wait for the other, who has the lock: the two are looked at together.
        idle = 0 if work(one.pid for one in writers if one.pid) else idle + 1
        if idle >= STUCK:
            return False
    return True


def one_round(processes, path: Path, seed: int) -> Said:
    """Two writers, killed at random: one after the other, or while they still open the file. Returns what they said."""
    said: Said = {}
    chance = random.Random(seed)
    writers: list[BaseProcess] = []
    ears = []
    for name in ("ada", "grace"):
        ear, mouth = processes.Pipe(duplex=False)
        writers.append(processes.Process(target=write, args=(str(path), name, seed, mouth), daemon=True))
        writers[-1].start()
        mouth.close()
        ears.append(ear)
    if chance.random() < 0.8:
        # However slow they are: each has written, and twice.
        for ear in (*ears, *ears):
            assert says(ear, writers), f"seed {seed}: a writer says nothing"
            said.update((ear.recv(),))
    time.sleep(chance.uniform(0, 0.15))
    for one in chance.sample(writers, 2):
        one.kill()
        time.sleep(chance.choice((0, 0.02)))
    for one, ear in zip(writers, ears, strict=True):
        said |= heard(ear)
        one.join()
        assert one.exitcode == -signal.SIGKILL, f"seed {seed}: a writer ended by itself"
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(tmp_path, processes):
    acknowledged: dict[int, str] = {}
    total, halves = 0, 0
    for seed in range(ROUNDS):
        path = tmp_path / f"{seed // ON_ONE_FILE}.db"
        if seed % ON_ONE_FILE == 0:
            make(path)
            acknowledged = {}
        said = one_round(processes, path, seed)
        acknowledged |= said
        total += len(said)
        halves += Path(f"{path}-wal").exists() and Path(f"{path}-wal").stat().st_size > 0
        assert not (wrong := examine(path, acknowledged)), f"seed {seed}: {wrong}"
        if seed % ON_ONE_FILE == ON_ONE_FILE - 1:
            with Workspace.open(path) as workspace:
                state = workspace.load()
                workspace.apply(trade(state, "the next", random.Random(seed)))
            assert not (wrong := examine(path, acknowledged)), f"the next after seed {seed}: {wrong}"
            path.unlink()
    # That the rounds were what they should be: much was written, and files were left as they were in the middle.
    assert total >= 2 * ROUNDS
    assert halves > ROUNDS // 2
    print(f"\n{ROUNDS} rounds, {2 * ROUNDS} kills, {total} acknowledged trades, 0 lost, 0 half")


def test_the_examination_finds_what_is_lost_and_what_is_half_there(tmp_path):
    """Or the test above could not fail."""
    path = make(tmp_path / "a.db")
    with Workspace.open(path) as workspace:
        applied = workspace.apply(trade(workspace.load(), "ours", random.Random(1)))
    assert examine(path, {applied.event.seq: "ours"}) == []
    assert "lost" in examine(path, {applied.event.seq: "another"})[0]
    assert "lost" in examine(path, {applied.event.seq: "ours", 99: "never"})[0]
    behind(path, "DELETE FROM changes WHERE tbl = 'moves' AND id = (SELECT max(id) FROM changes)")
    assert "half there" in examine(path, {})[0]
