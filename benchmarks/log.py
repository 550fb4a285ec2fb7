"""The decision log and the memos over many decisions: ``python benchmarks/log.py [DECISIONS] [A_DAY] [--smoke]``.

Reading the log, the first search and one more, and a meeting of so many decisions with its memos and its page.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from store.demo.demo import make_demo
from store.records import Command, Customer, Decision, Item, Move, Record, new_id
from store.records.negotiation import DecisionDetail, DecisionOption
from store.workspace.workspace import Workspace
from tui.decisions.log_entries import entries, listed_of
from tui.decisions.meetings import Meetings


def lived(path: Path, decisions: int, a_day: int) -> None:
    """The demo with so many decisions, each with two lines, a detail and two options; a meeting is one event a day."""
    chance = random.Random(1)
    with Workspace.open(path, actor="ada", seed=7) as workspace:
        make_demo(workspace)
        state = workspace.load()
        items = list(state.all(Item).values())
        for day in range(-(-decisions // a_day)):
            puts: list[Record] = []
            for number in range(min(a_day, decisions - day * a_day)):
                at = datetime(2020, 1, 1, 10, tzinfo=UTC) + timedelta(days=day, seconds=number)
                into, out = chance.sample(items, 2)
                row = Decision(id=new_id(), quarter_id=state.quarter.id, at=at, kind="trade", title=into.title)
                row = row.model_copy(update={"item_id": into.id, "decided_by": "Eva", "odds_before": 0.7})
                key = row.id
                puts += [row.model_copy(update={"odds_after": 0.71, "because": f"reason {number}"})]
                puts += [
                    Move(id=new_id(), decision_id=key, item_id=item.id, kind=kind, title=item.title, ew=2.5)
                    for item, kind in ((into, "in"), (out, "out"))
                ]
                puts += [DecisionDetail(id=new_id(), decision_id=key, present="Eva, Jo", dissent="Ben: no")]
                puts += [DecisionOption(id=new_id(), decision_id=key, title=f"way {way}", ew=2.0) for way in (1, 2)]
            workspace.apply(Command("trade", f"day {day}", tuple(puts)))


def timed(what: str, act: Callable[[], object]) -> None:
    """Print how long one run takes."""
    start = time.perf_counter()
    act()
    print(f"{what:34} {1000 * (time.perf_counter() - start):7.0f} ms")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("decisions", nargs="?", type=int, default=5000, metavar="DECISIONS")
    parser.add_argument("a_day", nargs="?", type=int, default=500, metavar="A_DAY")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    decisions, a_day = (20, 10) if chosen.smoke else (chosen.decisions, chosen.a_day)
    with tempfile.TemporaryDirectory() as folder:
        lived(Path(folder) / "a.db", decisions, a_day)
        with Workspace.open(Path(folder) / "a.db", read_only=True) as workspace:
            state = workspace.load()
            print(f"{decisions:,} decisions, {a_day:,} a meeting")
            found = entries(workspace, state)
            timed("reading the log", lambda: entries(workspace, state))
            timed("the first search", lambda: listed_of(found, state, "person:eva export"))
            timed("one more letter", lambda: listed_of(found, state, "person:eva exports"))
            meetings = Meetings(workspace, state)
            first = meetings.days[-1]
            timed("the oldest meeting as it was", lambda: meetings.held(first))
            held = meetings.held(first)
            customer = next(iter(state.all(Customer)))
            for audience in ("team", "executives"):
                timed(f"its memo for {audience}", lambda audience=audience: held.memo(audience))
            timed("its memo for an account", lambda: held.memo("account", customer))
            text = held.memo("team")
            timed(f"the page of {len(text):,} characters", lambda: held.page("team", text))


if __name__ == "__main__":
    main()
