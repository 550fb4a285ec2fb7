"""Two plans made by hand: what is in plan now, and a snapshot of what was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from scenarios.snapshots import freeze, snapshot_record
from store.records import Capacity, Command, Record, Size, SnapshotKind
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import Row, item, small

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
#: ew of what is in plan at first, and of what is below the line
PLANNED = {"Alpha": 4.0, "Beta": 3.0, "Gamma": 5.0, "Delta": 2.0}
BELOW = {"Echo": 3.0}


def snap(path: Path, name: str, kind: SnapshotKind = "asked") -> None:
    """Keep the plan of a file as it is under a name."""
    with Workspace.open(path, actor="ada") as workspace:
        state = workspace.load()
        row = snapshot_record(state, freeze(state), name, kind, at=NOON, author="ada")
        workspace.apply(Command("snapshot", f"Snapshot “{name}”", (row,)))


def change(path: Path, *records: Record, label: str = "changed", actor: str = "ben") -> None:
    """Somebody changes these records."""
    with Workspace.open(path, actor=actor) as workspace:
        workspace.apply(Command("edit", label, records))


def beside(folder: Path, net: float = 30.0, now_net: float = 28.0) -> Path:
    """A plan beside the snapshot “then”: Echo came in, Beta went below, Gamma grew by an ew, Pay lost some."""
    rows: list[Row] = [(title, likely, {}) for title, likely in PLANNED.items()]
    rows += [(title, likely, {"state": "below"}) for title, likely in BELOW.items()]
    path = small(folder, rows, net)
    snap(path, "then")
    with Workspace.open(path) as workspace:
        state = workspace.load()
    gamma = next(size for size in state.each(Size) if size.item_id == item(state, "Gamma").id)
    change(
        path,
        item(state, "Beta").model_copy(update={"state": "below"}),
        item(state, "Echo").model_copy(update={"state": "plan"}),
        gamma.model_copy(update={"likely": 6.0}),
        next(state.each(Capacity)).model_copy(update={"net": now_net}),
    )
    return path
