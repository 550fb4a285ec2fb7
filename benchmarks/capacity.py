"""Changing capacity: from a key press to the new odds, and to the drawn frame, beside a bare move of the cursor.

    python benchmarks/capacity.py [--items N] [--presses N] [--smoke]

500 items on ten teams of twelve people each, with leave and public holidays. README.md beside this file tells how to
read what it prints.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from store.common.errors import Refused

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.driver import MAKEROOM, Burst, Terminal, environment
from scenarios.capacity.days_off import less_off, more_off
from scenarios.capacity.draft_changes import Changes
from scenarios.trade.door import forecast_of
from scenarios.working_time.teams import capacity_of
from store.records import Absence, Capacity, Command, Item, Person, Place, Record, Size, Team, TeamTime, new_id
from store.workspace.workspace import Workspace

TEAMS, PEOPLE = 10, 12
#: One frame at 60 Hz, in milliseconds.
FRAME = 1000 / 60
_FIRST = "person 0"


def make(path: Path, items: int) -> Path:
    """A workspace with so many items, a third of them in plan, at odds somewhat above the target."""
    dice = random.Random(7)
    with Workspace.open(path, actor="bench", today=date(2026, 11, 21), seed=7) as workspace:
        state = workspace.load()
        place = Place(id=new_id(), name="Berlin", country="DE", subdivision="BE")
        teams = [Team(id=new_id(), name=f"Team {number}", position=number) for number in range(TEAMS)]
        puts: list[Record] = [state.workspace.model_copy(update={"started": True}), place, *teams]
        for team in teams:
            puts.append(TeamTime(id=new_id(), team_id=team.id, focus=0.9, interrupts=0.1))
            for number in range(PEOPLE):
                person = Person(
                    id=new_id(), team_id=team.id, name=f"person {number}", place_id=place.id, position=number
                )
                starts = state.quarter.starts + timedelta(days=dice.randrange(70))
                puts += [
                    person,
                    Absence(id=new_id(), person_id=person.id, starts=starts, ends=starts + timedelta(days=6)),
                ]
        planned = items // 3
        for number in range(items):
            item = Item(
                id=new_id(),
                title=f"item {number}",
                slice="FIQDO"[number % 5],
                state="plan" if number < planned else "below",
                rank=number + 1.0,
                draw=1000 + number,
            )
            likely = dice.choice((2.0, 3.0, 4.0, 5.0)) * 150 / max(1, planned) * 1.05
            size = Size(
                id=new_id(),
                item_id=item.id,
                team_id=teams[number % TEAMS].id,
                low=0.6 * likely,
                likely=likely,
                high=1.8 * likely,
            )
            puts += [item, size]
        workspace.apply(Command("import", f"{items} items", tuple(puts)))
        later = workspace.load()
        nets = [
            Capacity(id=new_id(), quarter_id=later.quarter.id, team_id=key, net=team.net)
            for key, team in capacity_of(later).teams.items()
        ]
        workspace.apply(Command("capacity", "from people", tuple(nets)))
    return path


def odds(path: Path, presses: int) -> list[float]:
    """Milliseconds from half a day less to the odds that follow, without a screen; one for each press."""
    with Workspace.open(path, read_only=True) as workspace:
        state = workspace.load()
    forecast, changes = forecast_of(state), Changes.none(state)
    people = list(state.all(Person))
    found = []
    for press in range(presses):
        # Half a day off, and the same back; then the next person, the next week.
        edit = more_off if press % 2 == 0 else less_off
        person, week = people[press // 2 % len(people)], 2 + press // 2 % 10
        began = time.perf_counter()
        with suppress(Refused):
            changes = changes.with_draft(edit(changes.draft, person, week))
        _ = changes.after(forecast).odds
        found.append(1000 * (time.perf_counter() - began))
    return found


def screen(path: Path, size: tuple[int, int], presses: int) -> tuple[list[Burst], list[Burst], float]:
    """Bursts of a bare move of the cursor, and of half a day less or more; and seconds to open the screen again."""
    home = path.parent
    with Terminal([sys.executable, *MAKEROOM], size, environment(home, MAKEROOM_DB=str(path))) as terminal:
        terminal.start("help")
        terminal.press("c", quiet=0.6, limit=60.0, mark=_FIRST)
        terminal.press("escape", quiet=0.6)
        opened = terminal.press("c", quiet=0.6, limit=60.0, mark=_FIRST)
        for _ in range(4):
            terminal.press("l")
        moves, changes = [], []
        for press in range(presses):
            # On a person each time, never on a team's line; half a day off, and the same back.
            moves.append(terminal.press("down"))
            changes.append(terminal.press("-" if press % 2 == 0 else "+"))
            if press % 2 == 0:
                moves.append(terminal.press("up"))
                terminal.press("down")
        if not any(re.search(r"was \d", burst.text) for burst in changes):
            raise SystemExit("what half a day does was not shown")
        terminal.press("escape")
        terminal.press("escape")
    return moves, changes, opened.last


def _row(name: str, bursts: list[Burst], bare: float | None = None) -> float:
    cpu, last = ([1000 * getattr(burst, part) for burst in bursts] for part in ("cpu", "last"))
    sizes = [len(burst.data) for burst in bursts]
    ratio = f"   x bare move {median(last) / bare:4.2f}" if bare else ""
    print(
        f"{name:>28}  {median(sizes):6,.0f} ({max(sizes):6,}) bytes  CPU {median(cpu):5.1f} ({max(cpu):5.1f}) ms"
        f"  to last byte {median(last):5.1f} ({max(last):5.1f}) ms{ratio}"
    )
    return median(last)


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=500, metavar="N", help="items in the workspace (default 500)")
    parser.add_argument("--presses", type=int, default=60, metavar="N", help="keys of each kind (default 60)")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    items, presses = (30, 2) if chosen.smoke else (chosen.items, chosen.presses)
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder) / "room.db", items)
        print(f"{items} items, {TEAMS} teams of {PEOPLE} people; median (and worst)")
        took = odds(path, presses)
        print(f"half a day to the new odds, without a screen: {median(took):.1f} ({max(took):.1f}) ms")
        print(f"  one frame at 60 Hz is {FRAME:.1f} ms (aim: the median within it)")
        for size in ((120, 40), (80, 24), (200, 60))[: 1 if chosen.smoke else None]:
            moves, changes, opened = screen(path, size, presses)
            print(f"\n{size[0]}x{size[1]}: opened again in {1000 * opened:.0f} ms")
            bare = _row("a bare move of the cursor", moves)
            _row("half a day less or more", changes, bare)


if __name__ == "__main__":
    main()
