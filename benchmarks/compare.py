"""What snapshots and comparisons take: freezing, TOML, restoring, and two plans side by side.

    python benchmarks/compare.py [--items 60 500] [--runs N] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from datetime import UTC, date, datetime

from benchmarks.driver import MAKEROOM, Burst, Terminal, environment
from scenarios.compare import Side, compare, side_now, side_of
from scenarios.reports.compare_html import compare_html
from scenarios.reports.compare_markdown import compare_markdown
from scenarios.snapshots import freeze, from_toml, restore, snapshot_record, to_toml
from scenarios.trade.door import forecast_of
from store.records import Capacity, Command, Customer, Item, Record, Size, State, Team, Wait, new_id
from store.workspace.workspace import Workspace

#: Of the second plan's items, how many differ: a tenth each left, came in, and was resized.
TENTH = 10
#: Cells of the terminals, the ones measured first.
SIZES = ((120, 40), (80, 24))


def plan(folder: Path, items: int) -> State:
    """A workspace with three teams, thirty customers, and this many items in plan."""
    chance = random.Random(items)
    path = folder / f"{items}.db"
    with Workspace.open(path, actor="ada", today=date(2026, 11, 21), seed=7) as workspace:
        state = workspace.load()
        teams = [Team(id=new_id(), name=name, position=at) for at, name in enumerate(("Pay", "Web", "Ops"))]
        people = [Customer(id=new_id(), name=f"customer {at}", arr=1000.0 * at) for at in range(30)]
        puts: list[Record] = [*teams, *people]
        puts += [Capacity(id=new_id(), quarter_id=state.quarter.id, team_id=team.id, net=items * 1.4) for team in teams]
        for number in range(items + items // TENTH):
            where = "plan" if number < items else "below"
            item = Item(
                id=new_id(), title=f"Work that is called number {number}", rank=float(number), draw=number, state=where,
                note="what it is for, in a line or so", slice=chance.choice("FIQDO"), value=float(number),
            )  # fmt: skip
            puts.append(item)
            for team in chance.sample(teams, chance.choice((1, 1, 2))):
                likely = round(chance.uniform(0.5, 4), 1)
                row = {"low": likely * 0.7, "likely": likely, "high": likely * 1.8}
                puts.append(Size.model_validate({"id": new_id(), "item_id": item.id, "team_id": team.id, **row}))
            puts += [
                Wait(id=new_id(), item_id=item.id, customer_id=one.id)
                for one in chance.sample(people, chance.randint(0, 3))
            ]
        workspace.apply(Command("edit", "set up", tuple(puts)))
        return workspace.load()


def changes_of(state: State) -> tuple[Record, ...]:
    """What makes it the same plan with a tenth out, a tenth in and a tenth resized."""
    puts: list[Record] = []
    for item in state.each(Item):
        if item.draw % TENTH == 1 and item.state == "plan":
            puts.append(item.model_copy(update={"state": "below"}))
        elif item.state == "below":
            puts.append(item.model_copy(update={"state": "plan"}))
    puts += [size.model_copy(update={"high": 9.0}) for size in state.each(Size) if size.item_id % TENTH == 5]
    return tuple(puts)


def changed(state: State) -> State:
    """The state after that."""
    return state.overlay(Command("edit", "", changes_of(state)))


def clock(what: str, act: Callable[[], object], runs: int) -> None:
    """Print the quickest and the middle of some runs, in processor time: others on the machine count little."""
    took = []
    for _ in range(runs):
        start = time.process_time()
        act()
        took.append(1000 * (time.process_time() - start))
    took.sort()
    print(f"  {what:44} {took[0]:8.1f} ms  {took[len(took) // 2]:8.1f} ms")


def measure(folder: Path, items: int, runs: int) -> None:
    """All of it for plans of one size."""
    one = plan(folder, items)
    other = changed(one)
    forecast = forecast_of(one)
    then = forecast_of(other, forecast.draws, forecast)
    frozen, later = freeze(one, forecast), freeze(other, then)
    text = to_toml(frozen)
    at = datetime(2026, 11, 21, tzinfo=UTC)
    print(f"{items} items in plan, TOML of {len(text) / 1000:.0f} kB; quickest and middle of {runs}")
    clock("freeze, with its forecast", lambda: freeze(one, forecast), runs)
    clock("to TOML", lambda: to_toml(frozen), runs)
    clock("freeze and pack into a row", lambda: snapshot_record(one, freeze(one, forecast), "a", at=at), runs)
    clock("from TOML, checked", lambda: from_toml(text), runs)
    clock("restore as a proposal", lambda: restore(other, frozen), runs)

    def side_by_side(a: Side, b: Side) -> object:
        comparison = compare([a, b])
        return comparison.figures, comparison.differences

    def both() -> tuple[Side, Side]:
        first = side_now(one, forecast, "then")
        return first, side_of("now", later, first, other)

    sides = both()
    _ = sides[0].forecast.odds, sides[1].forecast.odds
    clock("compare, given both sides' forecasts", lambda: side_by_side(*sides), runs)
    clock("both sides' forecasts and the comparison", lambda: side_by_side(*both()), runs)
    comparison = compare(sides)
    clock("as Markdown", lambda: compare_markdown(comparison), runs)
    clock("as HTML", lambda: compare_html(comparison), runs)
    print(f"  {len(comparison.differences)} differences, {comparison.unchanged} items the same")


def screens(folder: Path, items: int, runs: int, sizes: tuple[tuple[int, int], ...]) -> None:
    """From the key that chooses what to compare with to the last byte of the compare screen, in a real terminal."""
    path = folder / f"{items}.db"
    with Workspace.open(path, actor="ada") as workspace:
        state = workspace.load()
        row = snapshot_record(state, freeze(state), "then", at=datetime(2026, 11, 21, tzinfo=UTC))
        workspace.apply(Command("snapshot", "a snapshot", (row,)))
        workspace.apply(Command("edit", "another plan", changes_of(state)))
    command = [sys.executable, *MAKEROOM]
    for size in sizes:
        found: list[Burst] = []
        with Terminal(command, size, environment(folder, MAKEROOM_DB=str(path))) as terminal:
            terminal.start("help", quiet=1.0)
            for _ in range(runs):
                if "compare the plan" not in terminal.press("d", quiet=0.4).text.casefold():
                    terminal.until("Compare the plan")
                    terminal.rest(0.4)
                found.append(terminal.press("1", quiet=0.5, mark="DIFFERENCES"))
                terminal.press("escape", quiet=0.4)
        first, last, cpu = (sorted(1000 * getattr(each, name) for each in found) for name in ("first", "last", "cpu"))
        words = f"the screen at {size[0]}x{size[1]}, from the key on"
        print(f"  {words:44} {last[0]:8.1f} ms  {last[len(last) // 2]:8.1f} ms  to the last byte (aim: 200 ms)")
        print(f"  {'':44} {first[0]:8.1f} ms  {first[len(first) // 2]:8.1f} ms  to the first byte")
        print(f"  {'':44} {cpu[0]:8.1f} ms  {cpu[len(cpu) // 2]:8.1f} ms  of processor time")


def main() -> None:
    """Measure plans of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[60, 500], metavar="N", help="items in plan (60 500)")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="runs of each (7)")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    if chosen.smoke:
        chosen.items, chosen.runs = [20], 1
    with tempfile.TemporaryDirectory() as folder:
        for items in chosen.items:
            measure(Path(folder), items, chosen.runs)
            if sys.platform == "linux":
                screens(Path(folder), items, chosen.runs, SIZES[: 1 if chosen.smoke else None])


if __name__ == "__main__":
    main()
