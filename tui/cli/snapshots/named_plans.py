"""What the snapshot commands share: which plan a name means, and the workspace that it is in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.compare import Comparison, Side, compare, forwards, side_of
from scenarios.figures.names import Kind, plain_name, unknown
from scenarios.figures.sizes import format_ew
from scenarios.snapshots import Frozen, Label, content_hash, file_from_toml, freeze, frozen_of
from scenarios.snapshots.record import label_of
from store.common.errors import Refused
from store.database.places import expanded
from store.records import Origin, Snapshot, State
from store.sidecars.snapshot_files import SUFFIX, read_snapshot_file
from tui.drawing.plain import odds_percent
from tui.forms.plans import BASELINE, NOW
from tui.session.meeting_snapshots import snapshots_of

#: So many lines of one kind are shown.
MOST = 20


@dataclass(frozen=True)
class Named:
    """A plan by its name. ``row`` is the stored snapshot, where it is one; ``here`` that it is this workspace's."""

    name: str
    frozen: Frozen
    label: Label | None = None
    row: Snapshot | None = None


#: What was kept under a name.
SNAPSHOT: Kind[Snapshot] = Kind("snapshot")


def named(state: State, name: str) -> Named:
    """The plan that is meant: of several of one name the newest. Raises Refused where there is none."""
    if name.casefold() == NOW:
        return Named(NOW, freeze(state))
    rows = snapshots_of(state)
    if name.casefold() == BASELINE:
        # That of the present quarter, else the last there was: how the quarter before it ended is asked for then.
        agreed = [row for row in rows if row.kind == "baseline"]
        found = next((row for row in agreed if row.quarter_id == state.quarter.id), next(iter(agreed), None))
    elif name.startswith("#") and name[1:].isascii() and name[1:].isdigit():
        found = next((row for row in rows if row.id == int(name[1:])), None)
    else:
        found = next((row for row in rows if plain_name(row.name) == plain_name(name)), None)
    if found is not None:
        return Named(found.name, read(found), label_of(found), found)
    if name.endswith(SUFFIX):
        frozen, label = read_file(expanded(name))
        return Named(label.name if label else Path(name).stem, frozen, label)
    raise unknown(rows, name, SNAPSHOT)


def read(row: Snapshot) -> Frozen:
    """What a stored snapshot holds. Raises StoreError where it is damaged."""
    return frozen_of(row)


def read_file(path: Path) -> tuple[Frozen, Label | None]:
    """What a file holds. Raises StoreError with file, line and key."""
    return file_from_toml(read_snapshot_file(path), str(path))


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
    return {**own, "at": row.at, **(content(frozen) if frozen else {})}


def compared(arguments: argparse.Namespace, state: State, names: Sequence[str]) -> Comparison:
    """These plans side by side, forwards; ``state`` is the workspace's. Raises Refused where they are too many, or
    unknown."""
    if len(names) > 3:
        raise Refused(f"two or three plans can be compared, not {len(names)}. Try: makeroom compare --help")
    sides: list[Side] = []
    baseline: Side | None = None
    own: Side | None = None
    for name in names:
        beside = sides[0] if sides else None
        try:
            found = named(state, name)
        except Refused as error:
            sides.append(_other_plan(arguments, name, beside, error))
            continue
        # Of those that are kept, only the present plan has decisions behind it, and a line with something below it.
        kept = found.row.at if found.row is not None else found.label.at if found.label is not None else None
        sides.append(side_of(found.name, found.frozen, beside, _record(found, state), kept))
        if name.casefold() == NOW:
            own = sides[-1]
        if found.row is not None and found.row.kind == "baseline":
            baseline = sides[-1]
    return compare(forwards(sides), baseline, own)


def _other_plan(arguments: argparse.Namespace, name: str, beside: Side | None, unknown: Refused) -> Side:
    """The main plan or a scenario by its name, as it is now; ``unknown`` is said where there is none of that name."""
    from scenarios.snapshots import freeze
    from tui.cli.scenario_files import file_of
    from tui.session.plans import state_in

    try:
        path = file_of(arguments.db, name)
    except Refused:
        raise Refused(f"{unknown}; no scenario has that name either") from None
    state = state_in(path)
    origin = next(iter(state.all(Origin).values()), None)
    called = f"scenario “{origin.name}”" if origin is not None else "Main"
    return side_of(called, freeze(state, figures=False), beside, state)


def _record(found: Named, state: State) -> State | None:
    return state if found.name == NOW and found.row is None and found.label is None else None
