"""Time travel over a long journal: ``python benchmarks/past.py [EVENTS] [ITEMS] [--smoke]``.

A step to the event before, and a jump from one end of the journal to the other, with and without the odds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from store.records import Capacity, Command, Item, Record, Size, Team, new_id
from store.workspace.workspace import Workspace
from tui.decisions.log_entries import entries
from tui.session.past import Past
from tui.session.session import Session


def lived(path: Path, events: int, items: int) -> None:
    """A workspace with so many items in plan, and a journal of single changes to them."""
    chance = random.Random(1)
    with Workspace.open(path, actor="ada", seed=7) as workspace:
        state = workspace.load()
        team = Team(id=new_id(), name="Pay")
        puts: list[Record] = [team]
        puts.append(Capacity(id=new_id(), quarter_id=state.quarter.id, team_id=team.id, net=4.0 * items))
        for number in range(items):
            item = Item(id=new_id(), title=f"item {number}", rank=number, draw=number, state="plan")
            puts += [item, Size(id=new_id(), item_id=item.id, team_id=team.id, low=1, likely=2, high=5)]
        workspace.apply(Command("edit", "set up", tuple(puts)))
        state = workspace.load()
        ids = list(state.all(Item))
        # Written without waiting for the disk: what is measured is reading.
        workspace._file.connection.execute("PRAGMA synchronous=OFF")
        for number in range(events):
            item = state.all(Item)[chance.choice(ids)]
            state.apply(
                workspace.apply(
                    Command("edit", f"change {number}", (item.model_copy(update={"rank": chance.random() * items}),))
                ).changes
            )


def timed(act: Callable[[], object], times: int = 20) -> str:
    """The median of so many runs, and the slowest, in milliseconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - start))
    return f"{statistics.median(found):7.1f} ms, at most {max(found):7.1f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", nargs="?", type=int, default=10_000, metavar="EVENTS")
    parser.add_argument("items", nargs="?", type=int, default=60, metavar="ITEMS")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    events, items = (40, 10) if chosen.smoke else (chosen.events, chosen.items)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        lived(path, events, items)
        with Workspace.open(path, actor="ada") as workspace:
            session = Session(workspace)
            session.now.build()
            last = session.state.seq
            past, at = Past(session), [last]

            def step() -> None:
                at[0] -= 1
                past.figures(at[0]).build()

            def jump() -> None:
                at[0] = 3 if at[0] > last // 2 else last - 1
                past.figures(at[0])

            print(f"{events} events, {items} items in plan")
            print(f"a step back, odds built      {timed(step)}")
            print(f"from one end to the other    {timed(jump)}")
            print(f"the same from a fresh load   {timed(lambda: workspace.at(3), 5)}")
            print(f"the list of the history      {timed(lambda: entries(workspace, session.state), 3)}")


if __name__ == "__main__":
    main()
