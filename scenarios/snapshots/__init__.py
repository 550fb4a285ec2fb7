"""Snapshots: a plan with all that its figures depend on, as a value (:class:`Frozen`) and as TOML made for diffs.

``freeze`` makes one of a state, ``to_toml`` and ``from_toml`` write and read it, ``plan_of_frozen`` and
``draws_of_frozen`` give its figures by the same code as everywhere, ``restore`` proposes to go back to it.
"""

from __future__ import annotations

from scenarios.snapshots.freeze import freeze
from scenarios.snapshots.frozen import Frozen, Label
from scenarios.snapshots.record import content_hash, frozen_of, pack, snapshot_record, unpack
from scenarios.snapshots.restore import Restoring, restore
from scenarios.snapshots.text import file_from_toml, from_toml, to_toml
from scenarios.snapshots.thaw import (
    draws_of_frozen,
    forecast_of_frozen,
    plan_of_frozen,
    state_of_frozen,
    with_figures,
)

__all__ = [
    "Frozen",
    "Label",
    "Restoring",
    "content_hash",
    "draws_of_frozen",
    "file_from_toml",
    "forecast_of_frozen",
    "freeze",
    "from_toml",
    "frozen_of",
    "pack",
    "plan_of_frozen",
    "restore",
    "snapshot_record",
    "state_of_frozen",
    "to_toml",
    "unpack",
    "with_figures",
]
