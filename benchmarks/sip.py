"""The SiP records: 10,266 commercial tasks of 2004-14 (SiP, github.com/Derek-Jones/SiP_dataset), by who did them.

The folder holds Sip-task-info.csv and est-act-dates.csv.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from scenarios.odds.team_record import FinishedQuarter

#: So many items make a plan.
LEAST_ITEMS = 8
HOURS_A_DAY = 7.0
#: An item of a plan is estimated at this many hours or more.
LEAST_HOURS = HOURS_A_DAY / 2
FINISHED = frozenset({"FINISHED", "COMPLETED", "RELEASED"})
#: has hours, too, but the data's own description does not say that it ended
CHRONICLED = frozenset({"CHRONICLE"})


@dataclass(frozen=True)
class Task:
    """A task: estimate and actual in engineer-weeks, and its days."""

    number: int
    estimate: float
    actual: float
    started: date
    completed: date

    @property
    def quarter(self) -> int:
        """The quarter in which it was started, by the calendar."""
        return self.started.year * 4 + (self.started.month - 1) // 3


#: Of one project or one person, the tasks by the quarter in which they were started.
Group = dict[int, list[Task]]


def first_day(quarter: int) -> date:
    """The day on which a quarter begins."""
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)


def read_groups(
    folder: Path, statuses: frozenset[str] = FINISHED, *, smaller: bool = False
) -> dict[str, dict[str, Group]]:
    """By "project" and by "person", then by whose they are, the tasks with these statuses of half a day or more; or
    those that are ``smaller``."""
    with (folder / "est-act-dates.csv").open(encoding="latin-1", newline="") as file:
        days = {row["TaskNumber"]: (_day(row["StartedOn"]), _day(row["CompletedOn"])) for row in csv.DictReader(file)}
    tasks: dict[str, dict[str, str]] = {}
    with (folder / "Sip-task-info.csv").open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            tasks.setdefault(row["TaskNumber"], row)
    groups: dict[str, dict[str, Group]] = {"project": {}, "person": {}}
    for number, row in tasks.items():
        estimate, actual = float(row["HoursEstimate"]), float(row["HoursActual"])
        started, completed = days.get(number, (None, None))
        if row["StatusCode"] not in statuses or not estimate > 0 or (estimate < LEAST_HOURS) != smaller or actual <= 0:
            continue
        if started is None or completed is None:
            continue
        task = Task(int(number), estimate / HOURS_A_DAY / 5, actual / HOURS_A_DAY / 5, started, completed)
        for kind, column in (("project", "ProjectCode"), ("person", "AssignedToID")):
            groups[kind].setdefault(row[column], defaultdict(list))[task.quarter].append(task)
    return groups


def plans_of(group: Group) -> Iterator[tuple[int, list[Task], tuple[FinishedQuarter, ...]]]:
    """Each quarter with enough tasks for a plan: its number, its tasks, and the quarters that were finished before."""
    past: list[FinishedQuarter] = []
    for number, tasks in sorted(group.items()):
        if len(tasks) >= LEAST_ITEMS:
            yield number, tasks, tuple(past)
        past.append(FinishedQuarter(number, tuple(one.estimate for one in tasks), tuple(one.actual for one in tasks)))


def _day(text: str) -> date | None:
    """A day such as 02-Nov-04."""
    return datetime.strptime(text, "%d-%b-%y").date() if text else None
