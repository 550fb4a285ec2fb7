"""Quarters that drifted off the calendar, because closing made each as many days long as the one before: set right."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from scenarios.quarter.calendar import days_after, name_after
from store.records import Actual, Command, Interrupt, Quarter, Record, State, new_id

#: What the journal calls the change that sets them right.
CALENDAR = "calendar"
#: So many quarters are named in its sentence.
_NAMED = 3


def set_right(state: State) -> Command:
    """The quarters with the days and names that a calendar has for them, and the figures of closed ones under their
    numbers; empty where none drifted.

    Only what closing made is touched: a quarter that begins the day after another one and is as many days long, and a
    name that closing gave it. Days and names that somebody typed stay.
    """
    quarters = sorted(state.each(Quarter), key=lambda each: (each.starts, each.id))
    right = quarters[:1]
    for before, each in pairwise(quarters):
        if each.starts == before.ends + timedelta(days=1) and each.ends - each.starts == before.ends - before.starts:
            days = days_after(right[-1])
            named = each.name == _by_start(_started(before) + 1)
            name = name_after(right[-1].name, days, {one.name for one in right}) if named else each.name
            each = each.model_copy(update={"starts": days.starts, "ends": days.ends, "name": name})
        right.append(each)
    changed = [new for old, new in zip(quarters, right, strict=True) if new != old]
    if not changed:
        return Command(CALENDAR, "the calendar of quarters")
    puts: list[Record] = list(changed)
    later = state.overlay(Command(CALENDAR, "", tuple(puts)))
    moved = {
        (old.name, _started(old)): (new.name, later.number_of(new))
        for old, new in zip(quarters, right, strict=True)
        if old.state == "closed"
    }
    for row in state.each(Actual):
        name, number = moved.get((row.quarter, row.number), (row.quarter, row.number))
        if (name, number) != (row.quarter, row.number):
            puts.append(row.model_copy(update={"quarter": name, "number": number}))
    removes: list[Record] = []
    for share in state.each(Interrupt):
        name, number = moved.get((share.quarter, share.number), (share.quarter, share.number))
        if (name, number) != (share.quarter, share.number):
            # Made anew: on its way to its number it would meet the one that is there still.
            removes.append(share)
            puts.append(share.model_copy(update={"id": new_id(), "rev": 0, "quarter": name, "number": number}))
    said = ", ".join(f"{each.name} {each.starts} to {each.ends}" for each in changed[-_NAMED:])
    more = f" and {len(changed) - _NAMED} before" if len(changed) > _NAMED else ""
    return Command(
        CALENDAR, f"quarters that had drifted, set right by the calendar: {said}{more}", tuple(puts), tuple(removes)
    )


def _started(quarter: Quarter) -> int:
    """The number that a quarter had by the month in which it starts."""
    return quarter.starts.year * 4 + (quarter.starts.month - 1) // 3


def _by_start(number: int) -> str:
    return f"Q{number % 4 + 1} {number // 4}"
