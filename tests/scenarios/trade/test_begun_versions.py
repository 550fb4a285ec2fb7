"""A begun item that is cut down to a smaller version: what the trade shows is what is there once it is written."""

from __future__ import annotations

import pytest

from scenarios.odds.finished_quarters import draws_of
from scenarios.trade.changes import now
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_settling
from store.records import Version, VersionSize
from tests.scenarios.making import add, planned
from tests.scenarios.odds.running_making import runs, told


@pytest.mark.parametrize(("spent", "version"), [(2.2, 1.0), (2.2, 2.5), (3.0, 1.2)])
def test_what_is_shown_is_what_is_written(spent: float, version: float) -> None:
    """More in it than the smaller version has tells of the team, before it is written as afterwards."""
    state = runs(planned([3.6, 8.0, 6.0], (26.0,)), told(1, spent), told(2, 1.0))
    add(state, Version(id=1, item_id=1, name="lite"), VersionSize(id=1, version_id=1, team_id=1, likely=version))
    before = forecast_of(state, draws_of(state))
    trade = Trade.of(state, propose_settling(""), before)
    (lite,) = trade.versions[1]
    shown = trade.after([lite])
    written = state.overlay(settle(trade, [lite], Verdict("Ann", "less of it", now(), signed=True)))
    assert shown.odds == forecast_of(written, draws_of(written)).odds
    assert shown.odds > before.odds
    # What leaves whole goes on telling of the team, and nothing changes by that.
    assert trade.after([lite.entry]).draws is before.draws
