"""What it takes to open a screen on many items, beside an almost empty workspace, in a real terminal.

    python benchmarks/screens.py [--items N] [--runs N] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import workspaces
from benchmarks.driver import MAKEROOM, Terminal, environment

#: By name: the key that opens it, and what stands on it; leaving is esc.
SCREENS = {
    "capacity": ("c", "CAPACITY"),
    "progress": ("g", "PROGRESS"),
    "accounts": ("A", "ACCOUNTS"),
    "reports that look back": ("R", "first look"),
}
SIZE = (120, 40)
#: Where nothing is in plan, there is no progress to record.
LEAST = 1


def opened(paths: Sequence[Path], runs: int) -> list[dict[str, list[float]]]:
    """By workspace and screen the milliseconds of processor time from its key to its last byte, one run after the
    other; the workspaces take turns, so that what else the machine does falls on all of them."""
    found: list[dict[str, list[float]]] = [{name: [] for name in SCREENS} for _ in paths]
    with ExitStack() as stack:
        terminals = [stack.enter_context(_board(path)) for path in paths]
        for terminal in terminals:
            terminal.start("THE PLAN", "help", quiet=1.0)
        for run in range(runs + 1):
            for name, (key, mark) in SCREENS.items():
                for terminal, times in zip(terminals, found, strict=True):
                    burst = terminal.press(key, quiet=0.3, mark=mark)
                    terminal.press("escape", quiet=0.3)
                    # The first time it is imported.
                    if run:
                        times[name].append(1000 * burst.cpu)
    return found


def _board(path: Path) -> Terminal:
    return Terminal([sys.executable, *MAKEROOM], SIZE, environment(path.parent, MAKEROOM_DB=str(path)))


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=500, metavar="N", help="items of the large workspace (500)")
    parser.add_argument("--runs", type=int, default=9, metavar="N", help="openings of each (9)")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    items, runs = (50, 1) if chosen.smoke else (chosen.items, chosen.runs)
    with tempfile.TemporaryDirectory() as folder:
        counts = (LEAST, items)
        little, much = opened([workspaces.make(Path(folder) / f"{count}.db", count) for count in counts], runs)
    print(f"To open a screen at 120x40: least (and median) processor time of {runs}")
    print(f"{'':>22}  {f'{LEAST} item':>16}  {f'{items:,} items':>16}  times")
    for name in SCREENS:
        least = [min(found[name]) for found in (little, much)]
        cells = "  ".join(f"{min(found[name]):6.1f} ({median(found[name]):5.1f}) ms" for found in (little, much))
        print(f"{name:>22}  {cells}  {least[1] / least[0]:5.2f}")
    print("  aim: at most 1.2 times")


if __name__ == "__main__":
    main()
