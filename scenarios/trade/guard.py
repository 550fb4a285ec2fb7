"""The guard: no command leaves a plan below its target in silence, and what stands over a plan that fits again ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from scenarios.trade.door import forecast_of
from scenarios.trade.drift import drift_cause, drifts
from store.common.values import Value
from store.records import Command, Record, Shortfall, Signature, State, new_id

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: A record of a decision quotes a title; what is longer than this is cut there, not in the item.
LONGEST = 10_000


class Guarded(Value):
    """A command that was guarded on a state: written on that very state, it needs no second look.

    ``after`` is the forecast of the plan then, where somebody has it.
    """

    state: State
    command: Command
    after: Forecast | None = None

    @classmethod
    def of(cls, state: State, command: Command, after: Forecast | None = None) -> Guarded:
        """The command, guarded on ``state``; its label is the cause of what it leaves open."""
        if command.empty:
            return cls(state, command)
        if after is None:
            after = forecast_of(state.overlay(command))
        return cls(state, guard(state, command, command.label, None, after), after)


def guard(
    state: State, command: Command, cause: str, now: datetime | None = None, after: Forecast | None = None
) -> Command:
    """The command, with what keeps rule 4: an open shortfall where it leaves the plan below target unsigned.

    Where the plan fits afterwards, open shortfalls are settled and signatures cleared in the same command.
    What only says how things went, no decision, is drift, and the shortfall names the first item at risk. ``after`` is
    the forecast of the plan after the command, where the caller has it.
    """
    now = now or datetime.now().astimezone().replace(microsecond=0)
    later = state.overlay(command)
    if after is None:
        after = forecast_of(later)
    shortfalls = [row for row in later.all(Shortfall).values() if row.settled_at is None]
    signatures = [row for row in later.all(Signature).values() if row.cleared_at is None]
    if after.fits:
        marks: list[Record] = [row.model_copy(update={"settled_at": now}) for row in shortfalls]
        marks += [row.model_copy(update={"cleared_at": now}) for row in signatures]
    elif shortfalls or any(after.judged >= row.odds for row in signatures):
        # A trade that was signed for settles the question that an older shortfall left open.
        fresh = any(row.id < 0 for row in signatures)
        marks = [row.model_copy(update={"settled_at": now}) for row in shortfalls] if fresh else []
    else:
        said = (drift_cause(after, cause) if drifts(command) else cause)[:LONGEST]
        marks = [Shortfall(id=new_id(), quarter_id=state.quarter.id, cause=said, odds=after.judged, at=now)]
    return replace(command, puts=merged(command.puts, marks)) if marks else command


def merged(puts: Sequence[Record], marks: Sequence[Record]) -> tuple[Record, ...]:
    """Both, a mark in place of an earlier put of the same row."""
    replaced = {(mark.table, mark.id) for mark in marks}
    return (*(put for put in puts if (put.table, put.id) not in replaced), *marks)


def standing(state: State) -> tuple[Signature | None, Shortfall | None]:
    """What stands over a plan below its target: the signature that covers it, the shortfall that is open."""
    signature = next((row for row in state.each(Signature) if row.cleared_at is None), None)
    shortfall = next((row for row in state.each(Shortfall) if row.settled_at is None), None)
    return signature, shortfall
