"""Many writers on the same few rows: whether an update is lost, who waits how long, and how soon a peer sees it.

    python benchmarks/writers.py [--seconds N] [--writers N] [--rows N] [--poll SECONDS] [--smoke]

Each writer is a process that adds one to the value of a row that it has read, over and over, with no pause: where
somebody else was faster it is refused (StaleError), reads what changed, and tries again. A peer asks the file for
changes all the while. In the end each row must hold as many as were acknowledged.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from store.common.errors import StaleError
from store.database.verify import verify
from store.records import Command, Item
from store.workspace.workspace import Workspace


@dataclass
class Told:
    """What a writer found; times in seconds."""

    #: row -> acknowledged increments
    rows: Counter[int] = field(default_factory=Counter)
    #: the journal's number of each, and the clock when its COMMIT had returned
    made: dict[int, float] = field(default_factory=dict)
    #: one call of ``apply``, acknowledged or refused: the turn of others, and the writing
    waits: list[float] = field(default_factory=list)
    #: from wanting an increment until it was acknowledged, with all that had to be tried again
    whole: list[float] = field(default_factory=list)
    refused: int = 0


def write(path: Path, name: str, seconds: float, together: Barrier, mouth: Connection) -> None:
    """Increment rows at random until the time is over, then say what was found."""
    dice, told = random.Random(name), Told()
    with Workspace.open(path, actor=name) as workspace:
        state = workspace.load()
        rows = list(state.all(Item))
        together.wait()
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            row, began = dice.choice(rows), time.perf_counter()
            while True:
                one = state.all(Item)[row]
                more = one.model_copy(update={"value": (one.value or 0) + 1})
                asked = time.perf_counter()
                try:
                    applied = workspace.apply(Command("edit", f"{name} adds one", (more,)))
                except StaleError:
                    told.waits.append(time.perf_counter() - asked)
                    told.refused += 1
                    for news in workspace.since(state.seq):
                        state.apply(news.changes)
                        state.seq = news.event.seq
                    continue
                break
            done = time.perf_counter()
            told.waits.append(done - asked)
            told.whole.append(done - began)
            told.made[applied.event.seq] = done
            told.rows[row] += 1
            # The others' changes up to here are still to be read: state.seq stays.
            state.apply(applied.changes)
    mouth.send(told)


def watch(path: Path, poll: float, together: Barrier, ear: Connection, mouth: Connection) -> None:
    """Ask for changes as an open board does, until told to stop; say when each was seen."""
    seen: dict[int, float] = {}
    with Workspace.open(path, actor="peer") as workspace:
        seq, version = workspace.load().seq, workspace.data_version()
        together.wait()
        while not ear.poll(poll):
            now = workspace.data_version()
            if now == version:
                continue
            version = now
            news = workspace.since(seq)
            at = time.perf_counter()
            for one in news:
                seen[one.event.seq] = at
                seq = one.event.seq
    mouth.send(seen)


def line(name: str, seconds: Sequence[float]) -> str:
    """One line of figures, in ms."""
    rows = sorted(1000 * each for each in seconds)
    high = rows[int(0.99 * (len(rows) - 1))]
    return f"{name:<48} p50 {median(rows):>7.1f}   p99 {high:>7.1f}   worst {rows[-1]:>7.1f} ms"


def run(path: Path, seconds: float, writers: int, rows: int, poll: float) -> bool:
    """One run and its figures; whether nothing was lost."""
    with Workspace.open(path, actor="bench") as workspace:
        items = tuple(Item(id=-1 - n, title=f"hot {n}", rank=n, draw=n, value=0) for n in range(rows))
        workspace.apply(Command("edit", "rows", items))
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(writers + 1)
    stop, halt = context.Pipe(duplex=False)
    seen_ear, seen_mouth = context.Pipe(duplex=False)
    peer = context.Process(target=watch, args=(path, poll, together, stop, seen_mouth))
    peer.start()
    ears, processes = [], []
    for number in range(writers):
        ear, mouth = context.Pipe(duplex=False)
        processes.append(context.Process(target=write, args=(path, f"w{number}", seconds, together, mouth)))
        processes[-1].start()
        ears.append(ear)
    told: list[Told] = [ear.recv() for ear in ears]
    # The last of them is to be seen, too.
    time.sleep(poll + 0.5)
    halt.send("stop")
    seen: dict[int, float] = seen_ear.recv()
    for process in (*processes, peer):
        process.join()

    acknowledged: Counter[int] = sum((one.rows for one in told), Counter())
    with Workspace.open(path, actor="bench") as workspace:
        held = {one.id: int(one.value or 0) for one in workspace.load().each(Item)}
        journal = Counter(event.actor for event in workspace.events())
    lost = sum(abs(held[row] - acknowledged[row]) for row in held)
    unjournaled = sum(abs(journal[f"w{number}"] - len(one.made)) for number, one in enumerate(told))
    made = {seq: at for one in told for seq, at in one.made.items()}
    total, refused = len(made), sum(one.refused for one in told)
    sound = verify(path, surroundings=False).sound
    print(
        f"{writers} writers on {rows} rows for {seconds:.0f} s: {total} commits ({total / seconds:.0f} a second), ",
        end="",
    )
    print(f"{refused} refused as stale and tried again ({refused / total:.2f} a commit)")
    print(f"lost updates {lost}, commits without their entry {unjournaled}, verify {'sound' if sound else 'BROKEN'}")
    print("commits per writer: " + " ".join(str(len(one.made)) for one in told))
    print(line("one call of apply (its turn, and the writing)", [wait for one in told for wait in one.waits]))
    print(line("an increment, with all that was tried again", [wait for one in told for wait in one.whole]))
    print(
        line(
            f"a peer sees a commit (asks every {1000 * poll:.0f} ms)",
            [max(0.0, seen[seq] - at) for seq, at in made.items() if seq in seen],
        )
    )
    print(f"never seen by the peer: {len(made.keys() - seen.keys())}")
    return not lost and not unjournaled and sound and made.keys() <= seen.keys()


def main() -> None:
    """Print all figures; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--rows", type=int, default=3)
    parser.add_argument("--poll", type=float, default=0.1)
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    arguments = parser.parse_args()
    if arguments.smoke:
        arguments.seconds, arguments.writers = 0.5, 2
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hot.db"
        fine = run(path, arguments.seconds, arguments.writers, arguments.rows, arguments.poll)
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
