"""How soon one seat sees what another does, and what looking costs while nothing happens.

    python benchmarks/seats.py [--changes N] [--items N] [--smoke]

The board runs in a real terminal, in a process of its own; this process is the other seat. A change's time is from the
moment when its COMMIT has returned to the moment when the terminal has its words. A move's time is from the moment when
the driver's seat says where it is to the moment when a seat that follows has the row on screen.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from string import ascii_letters

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import workspaces
from benchmarks.driver import MAKEROOM, Terminal, environment
from store.records import Command, Item
from store.sidecars.seats import Seats
from store.workspace.workspace import Workspace

MARKS = ("ODDS", "likely quarters", "help")
SIZE = (120, 40)


def board(path: Path, home: Path, *arguments: str) -> Terminal:
    """A board on a file, in a terminal."""
    return Terminal([sys.executable, *MAKEROOM, *arguments, "--db", str(path)], SIZE, environment(home))


def told(name: str, seconds: Sequence[float]) -> None:
    """One line of figures, in ms."""
    rows = sorted(1000 * each for each in seconds)
    high = rows[int(0.95 * (len(rows) - 1))]
    print(f"{name:<44} {len(rows):>4} times   p50 {median(rows):>6.1f}   p95 {high:>6.1f}   worst {rows[-1]:>6.1f} ms")


def word_of(number: int) -> str:
    """A word that has no letter in common with the ones before and after it: what is on the screen already is not
    written again, not even one letter of it."""
    return 16 * ascii_letters[number % len(ascii_letters)]


def changes(path: Path, home: Path, count: int) -> None:
    """Changes of another process, at moments that have nothing to do with the board's clock."""
    dice, found, wrote = random.Random(7), [], []
    with board(path, home, "--as", "Ben") as terminal, Workspace.open(path, actor="Ana") as ana:
        terminal.start(*MARKS)
        terminal.rest(0.5)
        state = ana.load()
        items = [one.id for one in state.all(Item).values() if one.state == "plan"]
        for number in range(count):
            terminal.rest(0.05 + dice.random() / 5)
            word = word_of(number)
            one = state.all(Item)[dice.choice(items)]
            began = time.perf_counter()
            applied = ana.apply(Command("edit", word, (one.model_copy(update={"owner": word}),)))
            wrote.append(time.perf_counter() - began)
            found.append(terminal.until(word[3:-3]))
            state.apply(applied.changes)
    told("a change, until another seat shows it", found)
    told("  of which nothing: the writing itself", wrote)


def moves(path: Path, home: Path, count: int) -> None:
    """Moves of a driver's cursor, on a seat that follows."""
    dice, found = random.Random(8), []
    with Workspace.open(path, actor="Ana") as workspace:
        planned = [one for one in workspace.load().all(Item).values() if one.state == "plan"]
        named = [one.model_copy(update={"title": word_of(number)}) for number, one in enumerate(planned)]
        workspace.apply(Command("edit", "renamed", tuple(named)))
    driver = Seats(path, "bench1", "Ana")
    if not driver.take():
        print("no seats here")
        return
    try:
        with board(path, home, "follow", "Ana") as terminal:
            terminal.start(*MARKS)
            terminal.rest(1.5)
            for number in range(count):
                terminal.rest(0.05 + dice.random() / 5)
                # The cursor begins on the first.
                one = named[(number + 1) % len(named)]
                driver.move(cursor=one.id)
                found.append(terminal.until(one.title[3:-3]))
    finally:
        driver.leave()
    told("a move, until a seat that follows shows it", found)


def idle(path: Path, home: Path, seconds: float) -> None:
    """Processor time of a board that nobody touches: alone, among three seats, and following."""
    with board(path, home, "--as", "Ben") as terminal:
        terminal.start(*MARKS)
        terminal.rest(2.0)
        alone = terminal.rest(seconds) / seconds
    others = [Seats(path, f"bench{number}", f"Seat {number}") for number in range(2)]
    for other in others:
        other.take()
    with board(path, home, "--as", "Ben") as terminal, board(path, home, "follow") as wall:
        terminal.start(*MARKS)
        wall.start(*MARKS)
        terminal.rest(2.0)
        among = terminal.rest(seconds) / seconds
        wall.rest(1.0)
        following = wall.rest(seconds) / seconds
    for other in others:
        other.leave()
    print(
        f"processor time of a seat that nobody touches: alone {100 * alone:.2f}%, among four {100 * among:.2f}%, "
        f"following {100 * following:.2f}% of one core"
    )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    arguments = parser.parse_args()
    count, items, resting = (2, 50, 0.5) if arguments.smoke else (arguments.changes, arguments.items, 10.0)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path = workspaces.make(home / "room.db", items)
        changes(path, home, count)
        moves(path, home, count)
        idle(path, home, resting)


if __name__ == "__main__":
    main()
