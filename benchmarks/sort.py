"""Sorting a large backlog: ``python benchmarks/sort.py [--runs N] [--smoke]``.

From the key that chooses a column to the last byte of the list in its order, beside a bare move of the cursor in the
same run; then from the key that takes it until it is written and told; and each column by itself, without a screen.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import workspaces
from benchmarks.driver import MAKEROOM, Burst, Terminal, environment
from scenarios.items.sort import SORT_KEYS, sorted_by
from store.workspace.workspace import Workspace
from tui.session.session import Session

ITEMS = 10_000
#: Milliseconds from the key to the last byte, at most.
AIM = 300


def columns(path: Path, runs: int) -> None:
    """Processor time of each sort without a screen."""
    with Workspace.open(path, read_only=True) as workspace:
        session = Session(workspace)
        sides = (session.now.plan.entries, session.now.below)
        _ = session.now.waiting
        for by in SORT_KEYS:
            found = []
            for _ in range(runs):
                began = time.process_time()
                sorted_by(session.state, by, sides=sides)
                found.append(1000 * (time.process_time() - began))
            print(f"  by {by:<16} {min(found):7.1f} ms of processor time")


def board(path: Path, home: Path, runs: int) -> tuple[list[Burst], list[Burst], float]:
    """Bare moves of the cursor, sorts shown in the list, and seconds until the last of them was written."""
    moves, sorts = [], []
    command = [sys.executable, *MAKEROOM]
    with Terminal(command, (120, 40), environment(home, MAKEROOM_DB=str(path))) as terminal:
        terminal.start("THE PLAN", "likely quarters", "help")
        for key in ("v", "z") * runs:
            moves += [terminal.press("down"), terminal.press("down")]
            terminal.press("#", quiet=0.3)
            terminal.press("s", quiet=0.3)
            sorts.append(terminal.press(key, quiet=0.3, mark="The list shows it"))
            terminal.press("escape", quiet=0.3)
        for key in ("#", "s", "v"):
            terminal.press(key, quiet=0.3)
        taken = terminal.press("s", quiet=1.0, limit=60.0, mark="sorted by value")
    return moves, sorts, taken.last


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    items, runs = (60, 1) if chosen.smoke else (ITEMS, max(1, chosen.runs))
    with tempfile.TemporaryDirectory() as folder:
        path = workspaces.make(Path(folder) / "a.db", items)
        print(f"{items:,} items")
        columns(path, runs)
        moves, sorts, taken = board(path, Path(folder), runs)
        move, last, cpu = (
            1000 * median(values)
            for values in ([b.last for b in moves], [b.last for b in sorts], [b.cpu for b in sorts])
        )
        print(f"a move of the cursor to its last byte    {move:7.1f} ms")
        print(f"written and told                         {1000 * taken:7.1f} ms")
        print(f"a column chosen, to the last byte        {last:7.1f} ms, {cpu:.1f} ms of processor time (aim: {AIM})")
        print(f"a column chosen, in moves of the cursor  {last / move:7.1f}")


if __name__ == "__main__":
    main()
