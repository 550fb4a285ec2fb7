"""What an undo or a redo says besides what it took back or brought back."""

from __future__ import annotations

from store.records import Applied, Snapshot


def with_it(applied: Applied) -> str:
    """What an undo or a redo did to snapshots that somebody asked for, to follow what it says; mostly empty.

    They go with the quarter that they are of, and come back with it.
    """
    if applied.event.undoes is None:
        return ""
    found = []
    for one in applied.changes:
        row = one.before or one.after or {}
        if one.table == Snapshot.table and row.get("kind") == "asked":
            word = "went with it (redo brings it back)" if one.after is None else "came back with it"
            found.append(f"the snapshot “{row['name']}” {word}")
    return "; ".join(found)
