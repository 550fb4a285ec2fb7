"""The record of a workspace, of finished quarters and of the one that runs, and what it says of each team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from scenarios.figures.sizes import Range
from scenarios.figures.teams import teams_of
from scenarios.odds.running_record import Told, seen_so_far
from scenarios.odds.team_model import TYPICAL, TeamModel, mean_of
from scenarios.odds.team_record import DeliveredQuarter, FinishedQuarter, InterruptedQuarter, learn
from scenarios.plan.plan import Entry
from scenarios.plan.progress import progress_by_item
from store.common.values import Value
from store.records import Actual, Delivered, Interrupt, Item, Size, State, Team
from store.records.plan import EDITION, FIRST_EDITION

if TYPE_CHECKING:
    # What a record says is asked for without any odds, too.
    from scenarios.odds.draws import Draws

#: What a plan needs is told for this many items of the same size, without a stated range.
_ITEMS = 20


def history_of(state: State, team_id: int, edition: int = EDITION) -> list[FinishedQuarter]:
    """A team's finished quarters before the one that is planned, oldest first: the means of the sizes as a plan would
    take them (likely ones in the first edition of the forecast), and what was counted."""
    end = _end(state)
    rows = sorted(
        (row for row in state.all(Actual).values() if row.team_id == team_id and row.number < end and row.counted),
        key=lambda row: (row.number, row.id),
    )
    quarters: dict[int, list[Actual]] = {}

    def mean(row: Actual) -> float:
        return row.estimate if edition == FIRST_EDITION else mean_of(Range(row.estimate, row.low, row.high))

    for row in rows:
        quarters.setdefault(row.number, []).append(row)
    return [
        FinishedQuarter(number, tuple(mean(row) for row in part), tuple(row.actual for row in part))
        for number, part in quarters.items()
    ]


def interrupts_of(state: State, team_id: int) -> list[InterruptedQuarter]:
    """What unplanned work took of a team's finished quarters, oldest first."""
    end = _end(state)
    rows = sorted(
        (row for row in state.all(Interrupt).values() if row.team_id == team_id and row.number < end),
        key=lambda row: row.number,
    )
    return [InterruptedQuarter(row.number, row.share) for row in rows]


def capacities_of(state: State, team_id: int) -> list[DeliveredQuarter]:
    """The net capacity of a team's finished quarters, where it was counted."""
    end = _end(state)
    rows = [row for row in state.each(Delivered) if row.team_id == team_id and row.number < end]
    return [DeliveredQuarter(row.number, row.planned, row.net) for row in rows]


def models_of(state: State, edition: int = EDITION) -> dict[int, TeamModel]:
    """By team id, what is believed of each team that has a record, or has begun with something in the quarter that
    runs; the others are taken for typical ones. By an earlier ``edition`` of the forecast, of each team."""
    models = models_before(state, edition)
    if edition != EDITION:
        models = dict.fromkeys(state.all(Team), replace(TYPICAL, edition=edition)) | models
    told = told_of(state, models)
    return models | {key: seen_so_far(models.get(key, TYPICAL), each) for key, each in told.items()}


def told_of(state: State, models: Mapping[int, TeamModel]) -> dict[int, list[Told]]:
    """By team id, what the quarter that runs has told of sizes so far, with the estimates as ``models`` take them.

    What was done in an earlier quarter is in the record of that one; what nobody counted is no evidence.
    """
    if state.quarter.state == "closed":
        return {}
    progress = progress_by_item(state)
    found: dict[int, list[Told]] = {}
    for size in state.all(Size).values() if progress else ():
        for one in progress.get(size.item_id, ()):
            if one.team_id == size.team_id and one.spent > 0 and (one.told_on and one.counted if one.done else True):
                mean = mean_of(size, models.get(size.team_id, TYPICAL).edition)
                found.setdefault(size.team_id, []).append(Told(mean, one.spent, one.done))
    return found


def models_before(state: State, edition: int = EDITION) -> dict[int, TeamModel]:
    """By team id, what finished quarters say of each team that has a record of them."""
    recorded = {row.team_id for row in state.all(Actual).values() if row.counted}
    recorded |= {row.team_id for row in state.all(Interrupt).values()}
    recorded |= {row.team_id for row in state.all(Delivered).values()}
    now = _end(state)
    return {
        key: learn(history_of(state, key, edition), now, interrupts_of(state, key), capacities_of(state, key), edition)
        for key in sorted(recorded)
    }


def draws_of(state: State, draws: Draws | None = None) -> Draws:
    """The common random numbers of a workspace; those that are given, where they still suit what is known."""
    models = models_of(state)
    if draws is not None and draws.seed == state.workspace.seed and draws.models == models:
        return draws
    from scenarios.odds.draws import Draws

    return Draws(state.workspace.seed, models)


def _end(state: State) -> int:
    """The number of the quarter to plan: earlier ones are finished. The last one itself where it is closed."""
    quarter = state.quarter
    return state.number_of(quarter) + (quarter.state == "closed")


def needed_ratio(model: TeamModel, odds: float) -> float:
    """The net capacity, as a multiple of the estimates, at which 20 items of one size finish with these odds (0..1)."""
    import numpy as np

    from scenarios.odds.draws import Draws

    draws = Draws(0, {1: model})
    total = np.zeros(draws.trials)
    for number in range(_ITEMS):
        item = Item(id=number + 1, title="item", rank=0.0, draw=number)
        total += draws.rows(Entry(item, (Size(id=number + 1, item_id=item.id, team_id=1, likely=1.0),)))[1]
    return float(np.quantile(total * draws.factor(1) / draws.capacity(1), odds)) / _ITEMS


class Learned(Value):
    """What a team's record says, for people; ``now`` is what the quarter that runs makes of it."""

    team: Team
    model: TeamModel
    target: float
    now: TeamModel

    @cached_property
    def needed(self) -> float:
        """Net capacity over estimates that a plan of 20 like items needs at the quarter's target."""
        return needed_ratio(self.model, self.target)

    def __str__(self) -> str:
        model, parts = self.model, []
        if model.finished_quarters:
            parts.append(
                f"{_quarters(model.finished_quarters)}, typically {model.overrun:.2f} times the estimates; "
                f"a plan at {self.target:.0%} now needs {self.needed:.2f} times its estimates as net capacity "
                f"(a typical team {needed_ratio(TYPICAL, self.target):.2f})"
            )
        if model.capacity_quarters:
            parts.append(
                f"the net capacity that there was differed from the planned one by about {model.capacity_spread:.0%} "
                f"({_quarters(model.capacity_quarters)})"
            )
        if model.interrupt_quarters:
            parts.append(
                f"unplanned work takes {model.interrupt_share:.0%} of its capacity, give or take "
                f"{100 * model.interrupt_spread:.0f} points ({_quarters(model.interrupt_quarters)})"
            )
        parts = parts or ["no finished quarter, taken for a typical team"]
        if self.now.m != model.m:
            parts.append(f"with what this quarter has shown so far, {self.now.overrun:.2f} times the estimates")
        return f"{self.team.name}: {'; '.join(parts)}"


def learned_of(state: State) -> list[Learned]:
    """What was learned of each team, in the teams' order."""
    before, now = models_before(state), models_of(state)
    return [
        Learned(team, before.get(team.id, TYPICAL), state.quarter.target, now.get(team.id, TYPICAL))
        for team in teams_of(state)
    ]


def _quarters(count: int) -> str:
    return "1 finished quarter" if count == 1 else f"{count} finished quarters"
