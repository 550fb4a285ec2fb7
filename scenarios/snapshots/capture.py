"""A snapshot of the plan as it is taken: the baseline carries one, and so do both ends of a meeting."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from scenarios.snapshots import freeze, snapshot_record
from scenarios.trade.changes import now
from store.common.errors import Refused
from store.records import Command, RecordError, SnapshotKind, State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

_log = logging.getLogger("makeroom")


def with_baseline(command: Command, later: State, after: Forecast, author: str) -> Command:
    """A baseline's command with a snapshot of the plan that is agreed on: one event, taken back together."""
    taken = _prepare("baseline", later, after, author)
    return command if taken is None else replace(command, puts=(*command.puts, *taken.puts))


def _prepare(kind: SnapshotKind, state: State, forecast: Forecast, author: str) -> Command | None:
    name = f"{kind} of {state.quarter.name}" if kind == "baseline" else f"{kind}, {now():%Y-%m-%d %H:%M}"
    try:
        return _command(state, forecast, name[:200], kind, author)
    except (Refused, ValidationError, RecordError) as error:
        _log.warning("no snapshot at %s, %s", kind, type(error).__name__)
        return None


def _command(state: State, forecast: Forecast, name: str, kind: SnapshotKind, author: str, note: str = "") -> Command:
    row = snapshot_record(state, freeze(state, forecast), name, kind, at=now(), author=author, note=note)
    return Command("snapshot", f"snapshot “{row.name}”", (row,))
