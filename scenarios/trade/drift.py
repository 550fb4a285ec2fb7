"""Drift: a plan falls through its target by how things go, nobody having decided anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.plan.plan import Entry
from store.common.text import short
from store.records import Command, Decision, Progress, UnplannedWork

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

_TITLE = 60


def drifts(command: Command) -> bool:
    """Whether a change only says how things went: progress and interrupts, and no decision."""
    rows = (*command.puts, *command.removes)
    told = any(isinstance(row, Progress | UnplannedWork) for row in rows) or command.kind == "progress"
    return told and not any(isinstance(row, Decision) for row in rows)


def drift_cause(after: Forecast, label: str) -> str:
    """Why a plan is below its target without a decision: which item is the first at risk, and what was told."""
    first = first_at_risk(after)
    risk = f"first at risk: “{short(first.item.title, _TITLE)}”; " if first is not None else ""
    return f"drift: {risk}{label}"


def first_at_risk(forecast: Forecast) -> Entry | None:
    """The first item by rank that is not done and whose own odds do not reach the target; None where all do."""
    return next((one for one in forecast.plan.entries if not one.done and forecast.at_risk(one.item.id)), None)
