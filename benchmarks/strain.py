"""The board at its worst: a cold disk cache, a slow terminal, 100,000 items, three seats on two cores.

    python benchmarks/strain.py [--items N] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import workspaces
from benchmarks.driver import MAKEROOM, ROOT, Terminal, environment
from store.records import Command, Item
from store.workspace.workspace import Workspace

MARKS = ("THE PLAN", "help")
SIZE = (120, 40)
#: Seconds that anything may take before it is called hanging.
LIMIT = 120.0
#: Moves of the cursor, of which each draws the preview.
MOVES = 30
#: Bytes a second of a slow terminal.
SLOW = 64_000
#: What is typed at once: each letter has the plan searched and drawn, and a letter that is lost would be missed.
TYPED = "/abcdefghijklmnopqrstuvwxyz"
#: A title that has no letter in common with any: what is on the screen already is not written again.
WRITTEN = 9 * "Z"


def board(path: Path, *arguments: str) -> Terminal:
    """A board on a file, in a terminal."""
    return Terminal([sys.executable, *MAKEROOM, *arguments, "--db", str(path)], SIZE, environment(path.parent))


def cold(path: Path) -> None:
    """A start when neither the workspace nor the programs are in the disk cache, and the next one."""
    with board(path) as terminal:
        terminal.start(*MARKS, limit=LIMIT)
    forget((path, *_programs()))
    found = []
    for _ in range(2):
        with board(path) as terminal:
            start = terminal.start(*MARKS, quiet=0.0, limit=LIMIT)
            answered = terminal.answer("down", LIMIT).last
            found.append(f"{start.wall:.2f} and {answered:.2f} s ({terminal.read_of_disk / 1e6:.1f} MB of disk)")
    print(f"the board from a cold disk cache, and a key answered: {found[0]}; the next start: {found[1]}")


def _programs() -> Iterable[Path]:
    for root in {ROOT / "store", ROOT / "scenarios", ROOT / "tui", Path(os.__file__).parent, *map(Path, sys.path)}:
        if root.is_dir() and root != ROOT:
            yield from (file for file in root.rglob("*") if file.suffix in {".py", ".pyc", ".so", ".tcss"})


def forget(files: Iterable[Path]) -> None:
    """Have the kernel drop what it holds of these files."""
    for file in files:
        with file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def typed(terminal: Terminal) -> float:
    """Seconds from keys that come all at once to the picture that has them all."""
    terminal.send(*TYPED)
    return stands(terminal)


def stands(terminal: Terminal) -> float:
    """Seconds until the last letter is searched for; raises SilentError where any letter is not there then."""
    # Only what changes is written: the last letter and the quote after it.
    took = terminal.until(f"{TYPED[-1]}”", limit=LIMIT)
    terminal.press("ctrl+l", limit=LIMIT, mark=TYPED[1:])
    return took


def slow(path: Path, rates: Sequence[int]) -> None:
    """Terminals that read so many bytes a second; 0: as fast as they come."""
    for rate in rates:
        with board(path) as terminal:
            terminal.start(*MARKS, limit=LIMIT)
            terminal.rest(1.0)
            terminal.rate = rate
            terminal.send(*["down"] * MOVES)
            moved = terminal.settle(limit=LIMIT)
            drawn = len(moved.data) / 1000
            took, name = typed(terminal), f"{rate / 1000:.0f} kB/s" if rate else "as fast as it comes"
            terminal.rate = 0
        print(f"a terminal that reads {name}: {MOVES} moves at once end after {moved.last:.2f} s ({drawn:.0f} kB),")
        print(f"  {len(TYPED)} keys of a search, none of them lost, after {took:.2f} s")


def many(path: Path, items: int) -> None:
    """A very large workspace."""
    began = time.perf_counter()
    workspaces.make(path, items)
    made = time.perf_counter() - began
    with board(path) as terminal:
        start = terminal.start(*MARKS, limit=LIMIT)
        terminal.rest(1.0)
        end = terminal.press("end", limit=LIMIT, quiet=0.3)
        up = terminal.press("up", limit=LIMIT, quiet=0.3)
        terminal.press("home", limit=LIMIT, quiet=0.3)
        took = typed(terminal)
    print(
        f"{items:,} items: written in {made:.1f} s, started in {start.wall:.1f} s ({start.cpu:.1f} of processor time),"
    )
    print(f"  to the last row {1000 * end.last:.0f} ms, a move there {1000 * up.last:.0f} ms, a search {took:.1f} s")


def seats(path: Path) -> None:
    """Three seats that are typed at in the same moment, and what a fourth writes."""
    with ExitStack() as stack:
        boards = [stack.enter_context(board(path, "--as", name)) for name in ("Ana", "Ben", "Chloe")]
        for terminal in boards:
            terminal.start(*MARKS, limit=LIMIT)
        for terminal in boards:
            terminal.rest(1.0)
            terminal.send(*TYPED)
        began = time.perf_counter()
        for terminal in boards:
            stands(terminal)
        took = time.perf_counter() - began
        for terminal in boards:
            terminal.press("escape", quiet=0.5)
        with Workspace.open(path, actor="Dora") as workspace:
            one = next(item for item in workspace.load().all(Item).values() if item.state == "plan")
            workspace.apply(Command("edit", "renamed", (one.model_copy(update={"title": WRITTEN}),)))
        began = time.perf_counter()
        for terminal in boards:
            terminal.until(WRITTEN, limit=LIMIT)
        seen = time.perf_counter() - began
    cores = len(os.sched_getaffinity(0))
    print(f"three seats on {cores} cores: {len(TYPED)} keys at each are on screen after {took:.2f} s,")
    print(f"  what a fourth writes stands on all three after {seen:.2f} s")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000, metavar="N", help="items of the large one (100,000)")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with tempfile.TemporaryDirectory() as folder:
        path = workspaces.make(Path(folder) / "room.db", 50)
        if not chosen.smoke:
            cold(path)
            many(Path(folder) / "many.db", chosen.items)
            seats(path)
        slow(path, (SLOW,) if chosen.smoke else (0, SLOW, SLOW // 8))


if __name__ == "__main__":
    main()
