"""Which plan a name means on the command line: a snapshot, now, the baseline, or a snapshot's file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenarios.snapshots import Frozen, Label, SnapshotError, file_from_toml, freeze, frozen_of
from scenarios.snapshots.record import label_of
from store.errors import StoreError
from store.places import expanded
from store.records import Snapshot, State
from store.snapshot_files import SUFFIX, read_snapshot_file
from tui.cli.arguments import UsageError
from tui.snapshots import snapshots_of

NOW, BASELINE = "now", "baseline"
RESERVED = (NOW, BASELINE)


@dataclass(frozen=True)
class Named:
    """A plan by its name. ``row`` is the stored snapshot, where it is one; ``here`` that it is this workspace's."""

    name: str
    frozen: Frozen
    label: Label | None = None
    row: Snapshot | None = None


def named(state: State, name: str) -> Named:
    """The plan that is meant: of several of one name the newest. Raises UsageError where there is none."""
    if name.casefold() == NOW:
        return Named(NOW, freeze(state))
    rows = snapshots_of(state)
    if name.casefold() == BASELINE:
        found = next((row for row in rows if row.kind == "baseline" and row.quarter_id == state.quarter.id), None)
    elif name.startswith("#") and name[1:].isascii() and name[1:].isdigit():
        found = next((row for row in rows if row.id == int(name[1:])), None)
    else:
        found = next((row for row in rows if row.name.casefold() == name.casefold()), None)
    if found is not None:
        return Named(found.name, read(found), label_of(found), found)
    if name.endswith(SUFFIX):
        frozen, label = read_file(expanded(name))
        return Named(label.name if label else Path(name).stem, frozen, label)
    raise UsageError(f"there is no snapshot “{name}”: makeroom snapshot list shows those that there are")


def read(row: Snapshot) -> Frozen:
    """What a stored snapshot holds. Raises StoreError where it is damaged."""
    try:
        return frozen_of(row)
    except SnapshotError as error:
        raise StoreError(f"{_sentence(error)}") from error


def read_file(path: Path) -> tuple[Frozen, Label | None]:
    """What a file holds. Raises StoreError with file, line and key."""
    try:
        return file_from_toml(read_snapshot_file(path), str(path))
    except SnapshotError as error:
        raise StoreError(str(error)) from error


def _sentence(error: SnapshotError) -> str:
    words = str(error)
    return words[:1].upper() + words[1:]
