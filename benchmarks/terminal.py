"""Figures of the app in a real terminal, beside a bare Textual app in the same run.

    python benchmarks/terminal.py [--runs N] [--quick] [--smoke] [--peers FOLDER]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import workspaces
from benchmarks.driver import MAKEROOM, Burst, Start, Terminal, environment
from benchmarks.peers import Peer, peers

COUNTS = (50, 500, 10_000)
BARE = [sys.executable, "benchmarks/bare.py"]
#: On screen once the board is whole: side panel, plan, and the last row.
BOARD_MARKS = ("THE PLAN", "ODDS", "likely quarters", "help")
SHORT_MARKS = ("Odds", "help")
SIZES = ((120, 40), (80, 24))
MOVES = 40


class Bench:
    """A temporary folder with a workspace of each size, and what the peers have in theirs."""

    def __init__(self, home: Path, counts: tuple[int, ...], installed: Path | None) -> None:
        self.home = home
        self.counts = counts
        self.paths = {count: workspaces.make(home / f"{count}.db", count) for count in counts}
        # Their own packages: ours are not to be found before theirs.
        self.beside = {key: value for key, value in environment(home).items() if key != "PYTHONPATH"}
        self.peers = peers(installed, home, counts[0], self.beside) if installed else []

    def bare(self) -> Start:
        """Start the bare app once."""
        with Terminal(BARE, (120, 40), environment(self.home)) as terminal:
            return terminal.start("a bare Textual app")

    @contextmanager
    def peer(self, peer: Peer) -> Iterator[tuple[Terminal, Start]]:
        """A peer on its own rows, started."""
        with Terminal(peer.command, (120, 40), self.beside) as terminal:
            yield terminal, terminal.start(*peer.marks)

    @contextmanager
    def board(
        self, count: int, size: tuple[int, int] = (120, 40), *, again: bool = False
    ) -> Iterator[tuple[Terminal, Start]]:
        """The board on a copy of a workspace, started: for the first time, or ``again``, with what that noted."""
        path, cache = self.home / f"{count}-copy.db", self.home / ".cache"
        for left in self.home.glob(f"{path.name}*"):
            left.unlink()
        shutil.copy(self.paths[count], path)
        if not again:
            shutil.rmtree(cache, ignore_errors=True)
        command = [sys.executable, *MAKEROOM]
        environ = environment(self.home, MAKEROOM_DB=str(path), XDG_CACHE_HOME=str(cache))
        with Terminal(command, size, environ) as terminal:
            start = terminal.start(*(BOARD_MARKS if size[1] >= 36 else SHORT_MARKS), quiet=0.0 if again else 0.25)
            if not again:
                # It notes the frame.
                terminal.rest(0.25)
            yield terminal, start


def first_paint(bench: Bench, runs: int) -> None:
    """Processor time to the first whole picture, and to quiet; the best of interleaved runs."""
    print(f"\nTo first paint at 120x40: processor time, best of {runs} interleaved runs")
    names = ("bare", *(peer.name for peer in bench.peers), *bench.counts)
    found: dict[object, list[Start]] = {name: [] for name in names}
    again: dict[int, list[tuple[Start, Burst]]] = {count: [] for count in bench.counts}
    for _ in range(runs):
        found["bare"].append(bench.bare())
        for peer in bench.peers:
            with bench.peer(peer) as (_, start):
                found[peer.name].append(start)
        for count in bench.counts:
            with bench.board(count) as (_, start):
                found[count].append(start)
            with bench.board(count, again=True) as (terminal, start):
                again[count].append((start, terminal.answer("down")))
    bare = min(start.settled.cpu for start in found["bare"])
    print(f"{'':>12}  {'whole':>9}  {'to quiet':>9}  {'x bare':>6}  {'wall':>8}  {'bytes':>8}  frames")
    for name, starts in found.items():
        whole, quiet = min(start.cpu for start in starts), min(start.settled.cpu for start in starts)
        wall, most = min(start.wall for start in starts), max(starts, key=lambda start: start.bytes)
        print(
            f"{_count(name):>12}  {1000 * whole:6.0f} ms  {1000 * quiet:6.0f} ms  {quiet / bare:6.2f}"
            f"  {1000 * wall:5.0f} ms  {most.bytes:8,}  {most.settled.frames:6}"
        )
    print(f"{'again':>12}  {'whole':>9}  {'x bare':>6}  {'wall':>8}  {'a key is answered':>21}  {'x bare':>6}  bytes")
    for count, starts_again in again.items():
        whole, answered = min(start.cpu for start, _ in starts_again), min(key.cpu for _, key in starts_again)
        wall, late = min(start.wall for start, _ in starts_again), min(key.last for _, key in starts_again)
        most = max(len(start.settled.data) + len(key.data) for start, key in starts_again)
        print(
            f"{_count(count):>12}  {1000 * whole:6.0f} ms  {whole / bare:6.2f}  {1000 * wall:5.0f} ms"
            f"  {1000 * answered:6.0f} ms, {1000 * late:6.0f} ms  {answered / bare:6.2f}  {most:,}"
        )
    least, most = bench.counts[0], bench.counts[-1]
    first = {count: min(start.settled.cpu for start in found[count]) for count in (least, most)}
    later = {count: min(start.cpu for start, _ in again[count]) for count in (least, most)}
    print(
        f"  {least} items / bare: again {later[least] / bare:.2f}, first {first[least] / bare:.2f} (aim: at most 1.8)"
    )
    ratios = f"again {later[most] / later[least]:.2f}, first {first[most] / first[least]:.2f}"
    print(f"  {most:,} items / {least} items: {ratios} (aim: at most 1.1)")


def moves(bench: Bench, sizes: tuple[tuple[int, int], ...], steps: int) -> None:
    """What one move of the cursor costs, with its preview."""
    print(f"\nOne move of the cursor with full preview: median (and worst) of {steps}")
    print(f"{'':>34}  {'bytes':>14}  {'CPU':>16}  {'wall to last':>15}")
    for size in sizes:
        with bench.board(bench.counts[0], size) as (terminal, _):
            _row(f"{size[0]}x{size[1]}, {bench.counts[0]} items", _walk(terminal, "down", steps))
    most = bench.counts[-1]
    for size in sizes:
        with bench.board(most, size) as (terminal, _):
            terminal.press("end")
            _row(f"{size[0]}x{size[1]}, {most:,} items, at the end", _walk(terminal, "up", min(steps, size[1] // 3)))
            terminal.press("home")
            for _ in range(min(20, steps)):
                terminal.press("pagedown", quiet=0.05)
            _row(f"{size[0]}x{size[1]}, {most:,} items, scrolling", _walk(terminal, "down", steps))
            idle = terminal.rest(1.0)
    for peer in filter(lambda peer: peer.down, bench.peers):
        with bench.peer(peer) as (terminal, _):
            # A list that is not filled yet takes no key.
            terminal.rest(1.0)
            # The first move opens what stays open.
            terminal.press(peer.down, quiet=0.3)
            _row(f"120x40, {bench.counts[0]} rows, {peer.name}", _walk(terminal, peer.down, steps))
            moved = [terminal.press(peer.move, quiet=0.3) for _ in range(min(3, steps))]
            _row(f"{peer.name}: the row itself moved", moved)
    print(f"  at rest: {1000 * idle:.1f} ms of CPU a second (part of the CPU above: some {100 * idle:.1f} ms a move)")
    print("  aims: at most 12 ms of CPU at 120x40, and 10 ms scrolling")


def _walk(terminal: Terminal, key: str, count: int) -> list[Burst]:
    return [terminal.press(key) for _ in range(count)]


def _row(name: str, bursts: list[Burst]) -> None:
    sizes = [len(burst.data) for burst in bursts]
    cpu, last = ([1000 * value for value in values] for values in zip(*((b.cpu, b.last) for b in bursts), strict=True))
    print(
        f"{name:>34}  {median(sizes):6,.0f} ({max(sizes):5,})  {median(cpu):5.1f} ({max(cpu):5.1f}) ms"
        f"  {median(last):4.1f} ({max(last):4.1f}) ms"
    )


def trades(bench: Bench, runs: int) -> None:
    """From the confirming Enter of a trade until the new plan is on screen."""
    print(f"\nFrom the confirming Enter of a trade to the repaint at 120x40: median of {runs}, and undone in between")
    print(f"{'':>18}  {'first byte (CPU)':>22}  {'last byte (CPU)':>22}  {'bytes':>7}  frames")
    for count in dict.fromkeys((bench.counts[0], bench.counts[-1])):
        before, asked = workspaces.request_trade(bench.paths[count])
        found, undone = [], []
        with bench.board(count) as (terminal, _):
            for _ in range(runs):
                found.append(_trade(terminal))
                # The second frame is waited for, however busy the machine is.
                undone.append(terminal.press("u", quiet=2.0))
        for name, bursts in (("", found), (", undone", undone)):
            first, first_cpu, last, cpu = (
                1000 * median(getattr(b, part) for b in bursts) for part in ("first", "first_cpu", "last", "cpu")
            )
            size, frames = (median(values) for values in ([len(b.data) for b in bursts], [b.frames for b in bursts]))
            print(
                f"{_count(count) + name:>18}  {first:7.1f} ({first_cpu:6.1f}) ms     {last:7.1f} ({cpu:6.1f}) ms  "
                f"   {size:7,.0f}  {frames:6.0f}"
            )
    print(f"  the request takes the odds from {before:.0%} to {asked:.0%}; the first swap leaves for it")


def _trade(terminal: Terminal) -> Burst:
    """Answer the request by the first swap, signed for; the burst after the last Enter."""
    # Only the last key is measured: the others wait until the app has come to rest.
    terminal.press("i", quiet=0.5)
    terminal.press("enter", quiet=0.5, mark="least value")
    terminal.press("1", quiet=0.5)
    terminal.press("enter", quiet=0.5, mark="decided by")
    for key in ("Jo", "enter", "why"):
        terminal.press(key, quiet=0.5)
    return terminal.press("enter", quiet=0.3, mark="signed: over ceiling")


def _count(name: object) -> str:
    return f"{name:,} items" if isinstance(name, int) else str(name)


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="starts of each program (default 5)")
    parser.add_argument("--quick", action="store_true", help="two starts of each, no workspace of 500 items")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    parser.add_argument(
        "--peers", type=Path, metavar="FOLDER", help="a virtual environment with kanban-tui and dooit (peers.py)"
    )
    chosen = parser.parse_args()
    runs = 1 if chosen.smoke else 2 if chosen.quick else max(1, chosen.runs)
    counts = COUNTS[:1] if chosen.smoke else (COUNTS[0], COUNTS[-1]) if chosen.quick else COUNTS
    sizes, steps = (SIZES[:1], 2) if chosen.smoke else (SIZES, MOVES)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), counts, chosen.peers)
        # Once each, so that all bytecode is there and the files are in the cache.
        if not chosen.smoke:
            bench.bare()
            with bench.board(bench.counts[0]):
                pass
        first_paint(bench, runs)
        moves(bench, sizes, steps)
        trades(bench, min(runs, 5))


if __name__ == "__main__":
    main()
