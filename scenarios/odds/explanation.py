"""Why the odds are what they are: what they stand on, which team binds, which ranges are widest."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import TeamModel, mean_of, sigma_of
from scenarios.plan.plan import Entry
from store.records import Team

#: How many of the widest ranges are named.
_WIDEST = 3


@dataclass(frozen=True)
class TeamWhy:
    """One team's part: its own odds (0..1), net capacity and load (ew), and what is believed of it; once the quarter
    runs, what is left of both."""

    team: Team
    odds: float
    net: float
    load: float
    model: TeamModel


@dataclass(frozen=True)
class Why:
    """``finished`` is the expected number of planned items that finish, in rank order; ``widest`` the items whose
    ranges add most spread; ``at_risk`` the first one in rank whose own odds are below the target."""

    teams: tuple[TeamWhy, ...]
    binding: TeamWhy | None
    finished: float
    at_risk: Entry | None
    widest: tuple[Entry, ...]


def why(forecast: Forecast) -> Why:
    """What one forecast stands on."""
    plan = forecast.plan
    teams = tuple(
        TeamWhy(
            team,
            forecast.team_odds[team.id],
            plan.left_of(team.id),
            plan.load_left_of(team.id),
            forecast.draws.model(team.id),
        )
        for team in plan.teams
    )
    odds = forecast.item_odds
    # A range can weigh something where its likely value is nothing.
    loaded = [each for each in teams if each.load > 0 or each.odds < 1]
    return Why(
        teams,
        min(loaded, key=lambda each: each.odds) if loaded else None,
        sum(odds.values()),
        next((entry for entry in plan.entries if forecast.at_risk(entry.item.id)), None),
        tuple(sorted(plan.entries, key=lambda entry: -_spread(forecast, entry))[:_WIDEST]),
    )


def _spread(forecast: Forecast, entry: Entry) -> float:
    """About how much of the load's uncertainty, in ew, an item brings by itself."""
    if entry.progress:
        return sum(float(row.std()) for row in forecast.rows(entry).values())
    models = [(size, forecast.draws.model(size.team_id)) for size in entry.sizes]
    return sum(mean_of(size, model.edition) * sigma_of(size, model.sigma) for size, model in models)
