"""Capacity of 10 teams of 12 people: from nothing, again, and after one edit. `python benchmarks/capacity.py`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scenarios.capacity import days_off, edits
from scenarios.capacity.draft import Draft, propose_people
from scenarios.capacity.people import cells_of
from scenarios.capacity.teams import capacity_of
from store.records import Absence, Capacity, Person, Place, Quarter, Record, State, Team, TeamTime

TEAMS, PEOPLE, RUNS = 10, 12, 30


def a_state() -> State:
    """Everybody in one of two places, with three leaves each."""
    state = State()
    records: list[Record] = [Quarter(id=1, name="Q1", starts=date(2027, 1, 4), ends=date(2027, 4, 2))]
    records += [Place(id=1, name="Munich", country="DE", subdivision="BY"), Place(id=2, name="Leeds", country="GB")]
    for team in range(1, TEAMS + 1):
        records += [Team(id=team, name=f"team {team}"), TeamTime(id=team, team_id=team, focus=0.8, interrupts=0.1)]
        records.append(Capacity(id=team, quarter_id=1, team_id=team, net=100.0))
        for number in range(PEOPLE):
            one = 100 * team + number
            records.append(Person(id=one, team_id=team, name=f"engineer {number}", place_id=1 + number % 2))
            for at in range(3):
                starts, ends = date(2027, at + 1, 1 + (one + at) % 20), date(2027, at + 1, 5 + (one + at) % 20)
                records.append(Absence(id=10 * one + at, person_id=one, starts=starts, ends=ends))
    for record in records:
        state.tables[record.table][record.id] = record
    return state


def measured(what: str, run: Callable[[], object], before: Callable[[], object] = lambda: None) -> None:
    """Say the median and the worst of some runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        before()
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    print(f"{what:42} {median(times):8.2f} ms   worst {max(times):8.2f} ms")


def main() -> None:
    """All of it."""
    state = a_state()
    capacity_of(state)
    measured(f"{TEAMS * PEOPLE} people, nothing kept", lambda: capacity_of(state), cells_of.cache_clear)
    measured(f"{TEAMS * PEOPLE} people, again", lambda: capacity_of(state))
    draft = Draft(state)
    weeks = iter(range(10_000))
    measured("one key: half a day off, and its net", lambda: days_off.more_off(draft, 101, 1 + next(weeks) % 13).net)
    changed = edits.leaves(days_off.more_off(draft, 101, 3), 205, date(2027, 2, 2))
    measured("the proposal of two edits", lambda: propose_people(state, Draft(state, changed.steps)))


if __name__ == "__main__":
    main()
