"""What the snapshot commands share: which plan a name means, and the workspace that it is in."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.sizes import format_ew
from scenarios.snapshots import Frozen, Label, SnapshotError, content_hash, file_from_toml, freeze, frozen_of
from scenarios.snapshots.record import label_of
from store.errors import StoreError
from store.places import database_path, expanded
from store.records import Snapshot, State
from store.snapshot_files import SUFFIX, read_snapshot_file
from store.text import capital
from store.workspace import Workspace
from tui.cli.parsing import UsageError
from tui.cli.speaking import ask
from tui.drawing.plain import odds_percent
from tui.snapshots import snapshots_of

NOW, BASELINE = "now", "baseline"
RESERVED = (NOW, BASELINE)
#: So many lines of one kind are shown.
MOST = 20


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
        raise StoreError(capital(str(error))) from error


def read_file(path: Path) -> tuple[Frozen, Label | None]:
    """What a file holds. Raises StoreError with file, line and key."""
    try:
        return file_from_toml(read_snapshot_file(path), str(path))
    except SnapshotError as error:
        raise StoreError(str(error)) from error


def look(arguments: argparse.Namespace) -> State:
    """What the workspace holds, read without writing. Raises StoreError where there is none."""
    with Workspace.open(database_path(arguments.db).path, read_only=True) as workspace:
        return workspace.load()


def agreed(arguments: argparse.Namespace, question: str) -> bool:
    """Whether it is confirmed, by --yes or by whoever sits at the terminal."""
    if arguments.yes:
        return True
    if arguments.json or not sys.stdin.isatty():
        return False
    return ask(question).casefold() == "yes"


def summary(frozen: Frozen) -> str:
    """A snapshot in a few words."""
    figures = frozen.figures
    odds = f", odds {odds_percent(figures.odds)}, load {format_ew(figures.load)} ew" if figures else ""
    return f"{len(frozen.items)} items{odds}"


def content(frozen: Frozen) -> dict[str, Any]:
    """What a snapshot holds, as JSON has it."""
    figures = frozen.figures.model_dump() if frozen.figures else None
    return {"quarter": frozen.quarter.name, "hash": content_hash(frozen), "figures": figures}


def described(row: Snapshot, frozen: Frozen | None = None) -> dict[str, Any]:
    """A stored snapshot, as JSON has it."""
    own = {name: getattr(row, name) for name in ("id", "name", "kind", "author", "note", "hash")}
    return {**own, "at": row.at.isoformat(), **(content(frozen) if frozen else {})}
