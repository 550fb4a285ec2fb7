"""A draft of capacity once more: on a plan that others changed meanwhile, or in another process from JSON alone.

What a step changed is changed again, field by field; all else is as it is now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.capacity.draft import CapacityDraft
from store.records import (
    BY_TABLE,
    Absence,
    Capacity,
    Closure,
    Person,
    Place,
    Quarter,
    Record,
    State,
    Team,
    TeamTime,
    new_id,
)

#: What a draft may hold, parents before children; nothing else is taken from a file.
KINDS: tuple[type[Record], ...] = (Quarter, Team, Place, TeamTime, Person, Closure, Absence, Capacity)
_TABLES = tuple(kind.table for kind in KINDS)


@dataclass(frozen=True)
class Again:
    """A draft on another state, and the names of the steps of which something is not there any more."""

    draft: CapacityDraft
    lost: tuple[str, ...] = ()


def steps_of(draft: CapacityDraft) -> list[dict[str, Any]]:
    """What each step changed, as JSON can hold it."""
    found = []
    before = draft.base
    for step in draft.steps:
        puts: list[list[Any]] = []
        gone: list[list[Any]] = []
        for table in _TABLES:
            old, new = before.tables[table], step.state.tables[table]
            if old is new:
                continue
            puts += [[table, key, _changed(old.get(key), row)] for key, row in new.items() if old.get(key) != row]
            gone += [[table, key] for key in old if key not in new]
        found.append({"label": step.label, "puts": puts, "gone": gone})
        before = step.state
    return found


def _changed(old: Record | None, new: Record) -> dict[str, Any]:
    row = new.model_dump(mode="json", exclude={"id", "rev"})
    if old is None:
        return row
    was = old.model_dump(mode="json", exclude={"id", "rev"})
    return {key: value for key, value in row.items() if was[key] != value}


def drafted_again(state: State, steps: Iterable[Mapping[str, Any]]) -> Again:
    """The steps of :func:`steps_of` on this state. What is no sound step at all is passed over as lost."""
    draft, lost = CapacityDraft(state), []
    ids: dict[int, int] = {}
    for step in steps:
        label = str(step.get("label", ""))[:2000]
        try:
            puts, removes, whole = _read(draft.state, step, ids)
        except (KeyError, TypeError, ValueError, AttributeError):
            lost.append(label)
            continue
        if not whole:
            lost.append(label)
        draft = draft.then(label, puts, removes)
    return Again(draft, tuple(lost))


def _read(state: State, step: Mapping[str, Any], ids: dict[int, int]) -> tuple[list[Record], list[Record], bool]:
    """What a step puts and removes now, and whether nothing of it is gone. Raises what bad JSON raises."""
    puts: list[Record] = []
    whole = True
    gone = {(table, ids.get(key, key)) for table, key in step["gone"] if table in _TABLES}
    timed = {row.team_id for key, row in state.all(TeamTime).items() if (TeamTime.table, key) not in gone}
    for table, key, values in step["puts"]:
        kind = BY_TABLE[table] if table in _TABLES else None
        if kind is None:
            raise ValueError(f"{table} is not a part of capacity")
        given = {**values, **{name: ids.get(values[name], values[name]) for name in kind.links if name in values}}
        present = state.tables[table].get(ids.get(key, key))
        if key < 0 and present is None:
            ids[key] = new_id()
            row = kind.model_validate_json(json.dumps({**given, "id": ids[key]}))
        elif present is None:
            whole = False
            continue
        else:
            row = kind.model_validate_json(json.dumps({**present.model_dump(mode="json"), **given}))
        if not all(_there(state, puts, kind.links[name], getattr(row, name)) for name in kind.links):
            whole = False
            continue
        if isinstance(row, TeamTime):
            timed.add(row.team_id)
        # What people give is worked out anew: others may have changed the same team.
        if not (isinstance(row, Capacity) and row.team_id in timed):
            puts.append(row)
    removes = [state.tables[table].get(key) for table, key in sorted(gone)]
    return puts, [row for row in removes if row is not None], whole


def _there(state: State, puts: Iterable[Record], table: str, key: int | None) -> bool:
    return key is None or key in state.tables[table] or any(put.table == table and put.id == key for put in puts)
