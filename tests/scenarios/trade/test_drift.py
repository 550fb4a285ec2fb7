"""Drift opens a shortfall by itself, names the first item at risk, and moves nothing."""

from __future__ import annotations

from scenarios.trade.drift import drift_cause
from scenarios.trade.guard import Guarded
from store.records import Command, Progress, Shortfall
from tests.scenarios.making import forecast, planned


def test_drift_opens_a_shortfall_by_itself_and_moves_nothing() -> None:
    """Capacity that is gone with what is told stands for what the odds make of it."""
    state = planned([10.0, 12.0], (40.0,))
    assert forecast(state).fits
    told = Progress(id=-1, item_id=1, team_id=1, spent=0.5)
    lost = tuple(each.model_copy(update={"net": 20.0}) for each in state.tables["capacities"].values())
    label = "progress of 8 Feb: “item 1” 0.5 ew spent"
    guarded = Guarded.of(state, Command("progress", label, (told, *lost)))
    later = state.overlay(guarded.command)
    (open_now,) = later.each(Shortfall)
    assert guarded.after is not None
    assert not guarded.after.fits
    # Item 1 alone fits in 20 ew; the second does not.
    assert open_now.cause == f"drift: first at risk: “item 2”; {label}"
    assert open_now.odds == guarded.after.odds
    assert [put.table for put in guarded.command.puts] == ["progress", "capacities", "shortfalls"]
    # Settled by the same door that closes others: once it fits again, the shortfall is settled with it.
    back = Guarded.of(later, Command("progress", "better", tuple(state.tables["capacities"].values())))
    assert [each.settled_at is not None for each in later.overlay(back.command).each(Shortfall)] == [True]
    assert Guarded.of(state, Command("progress", "nothing")).command.empty
    assert drift_cause(forecast(state), "x") == "drift: x"
    # What somebody lost in any other way is called what it is.
    (other,) = state.overlay(Guarded.of(state, Command("capacity", "a cut", lost)).command).each(Shortfall)
    assert other.cause == "a cut"
