"""The one-offs of one quarter together: gauge, purse and ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scenarios.figures.figure import Figure
from scenarios.plan.mix import one_off_band
from scenarios.plan.plan import Entry, entry_of
from scenarios.rules.one_offs import (
    Gauge,
    OneOff,
    Purse,
    gauge_of,
    ledger_of,
    purse_of,
    share_on_record,
)
from scenarios.rules.returns import returns_of
from store.records import Quarter, Slice, State


@dataclass(frozen=True)
class OneOffs:
    """All that is shown of a quarter."""

    quarter: Quarter
    gauge: Gauge
    purse: Purse
    ledger: tuple[OneOff, ...]


def gauge_in(state: State, quarter_id: int, planned: Sequence[Entry]) -> Gauge:
    """The gauge of a quarter: of what is ``planned`` now, or, of an earlier quarter, what the record says."""
    gauge = gauge_of(planned, state.all(Slice).values())
    if quarter_id == state.quarter.id:
        return gauge
    share = share_on_record(state, quarter_id)
    return Gauge(share, one_off_band(share.value or Fraction(0)), gauge.ceiling)


def one_offs_of(state: State, quarter_id: int, planned: Sequence[Entry]) -> OneOffs:
    """The one-offs of a quarter; ``planned`` is in plan now."""
    gauge, purse = gauge_in(state, quarter_id, planned), purse_of(state, quarter_id)
    return OneOffs(state.all(Quarter)[quarter_id], gauge, purse, ledger_of(state, quarter_id))


def quarters_of(state: State) -> list[Quarter]:
    """All quarters, by the calendar."""
    return sorted(state.all(Quarter).values(), key=lambda row: (row.starts, row.id))


def figures_of(state: State, item_id: int) -> tuple[Figure, ...]:
    """What stands behind the return of a one-off, and that itself first; made when somebody asks."""
    found = returns_of(state, entry_of(state, item_id))
    paid = () if found.paid is None else (found.paid,)
    return (
        found.ratio,
        found.expected,
        found.full_cost,
        *paid,
        found.build,
        found.hidden,
        found.upkeep,
        found.licences,
    )
