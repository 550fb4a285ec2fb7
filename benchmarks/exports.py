"""A large workspace leaves as CSV, Excel and JSON, and comes back: beside Python's own writers of the same cells.

    python benchmarks/exports.py [--items N] [--runs N] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.import_files import WORDS
from scenarios.exports import plan_sheet
from scenarios.trade.door import forecast_of
from store.exports.content import hash_of_rows, numbered_rows
from store.exports.csv_text import csv_text
from store.exports.own_json import own_json
from store.exports.workbook import workbook_bytes
from store.imports.whole import fill_empty, read_whole
from store.records import Capacity, Command, Item, Record, Size, State, Team, new_id
from store.workspace.workspace import Workspace

AT = datetime(2026, 11, 21, tzinfo=UTC)
PLANNED = 18


def made(path: Path, items: int) -> State:
    """A workspace of this many sized items, the first of them in plan."""
    rng = random.Random(7)
    with Workspace.open(path, actor="ada", seed=7) as workspace:
        team = Team(id=new_id(), name="Pay")
        quarter = workspace.load().quarter
        puts: list[Record] = [team, Capacity(id=new_id(), quarter_id=quarter.id, team_id=team.id, net=60.0)]
        for at in range(items):
            title, note = (" ".join(rng.choices(WORDS, k=words)) for words in (7, 40))
            state = "plan" if at < PLANNED else "below"
            one = Item.model_validate(
                {"id": new_id(), "title": title, "note": note, "rank": at, "draw": at, "state": state, "value": at % 97}
            )
            puts += [one, Size(id=new_id(), item_id=one.id, team_id=team.id, low=1.0, likely=2.0, high=3.5)]
        workspace.apply(Command("edit", "items", tuple(puts)), tell=False)
        return workspace.load()


def best(runs: int, act: Callable[[], object]) -> float:
    """The quickest of the runs, in seconds of processor time."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        act()
        times.append(time.process_time() - begun)
    return min(times)


def plain_csv(rows: list[list[str]]) -> str:
    """Python's own writer on the same cells, which are text already."""
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue()


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--items", type=int, default=23_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    given = asked.parse_args()
    if given.smoke:
        given.items, given.runs = 100, 1
    with tempfile.TemporaryDirectory() as folder:
        state = made(Path(folder) / "a.db", given.items)
        forecast = forecast_of(state)
        sheet = plan_sheet(state, forecast)
        cells = list(csv.reader(io.StringIO(csv_text(sheet))))
        rows = [row for _, row in numbered_rows(state)]
        text = own_json(state, AT).encode()
        plain = best(given.runs, lambda: plain_csv(cells))
        dumped = best(given.runs, lambda: json.dumps(rows))
        loaded = best(given.runs, lambda: json.loads(text))
        print(f"{given.items:,} items, {PLANNED} in plan; best of {given.runs}, processor time")
        print(f"{'':32}{'seconds':>9}{'MB':>8}{'x':>7}  of what")

        def line(name: str, seconds: float, size: int, beside: float, of: str) -> None:
            print(f"{name:32}{seconds:>9.2f}{size / 1e6:>8.1f}{seconds / beside:>7.1f}  {of}")

        line("the table of the plan", best(given.runs, lambda: plan_sheet(state, forecast)), 0, plain, "csv.writer")
        line("CSV of it", best(given.runs, lambda: csv_text(sheet)), len(csv_text(sheet)), plain, "csv.writer")
        book = workbook_bytes([sheet])
        line("XLSX of it", best(given.runs, lambda: workbook_bytes([sheet])), len(book), plain, "csv.writer")
        line("JSON of the workspace", best(given.runs, lambda: own_json(state, AT)), len(text), dumped, "json.dumps")
        line("that read and checked", best(given.runs, lambda: read_whole(text, "a")), len(text), loaded, "json.loads")

        def back() -> None:
            with Workspace.open(Path(folder) / f"{time.monotonic_ns()}.db", actor="ada") as workspace:
                workspace.apply(fill_empty(read_whole(text, "a"), workspace.load()), tell=False)
                if hash_of_rows(numbered_rows(workspace.load())) != hash_of_rows(numbered_rows(state)):
                    raise SystemExit("it did not come back whole")

        line("and written, looked at again", best(1, back), len(text), loaded, "json.loads")


if __name__ == "__main__":
    main()
