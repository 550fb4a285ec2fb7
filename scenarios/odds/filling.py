"""Filling a plan up: item by item, while the odds hold."""

from __future__ import annotations

from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Entry


class Filling:
    """Takes items into a plan one by one while the odds hold, at the cost of one item's draws each."""

    def __init__(self, forecast: Forecast) -> None:
        self._forecast = forecast
        self._slack = dict(forecast.slack)
        self.odds = forecast.odds

    def take(self, entry: Entry) -> frozenset[int]:
        """Take an item in if the odds then still reach the target; else the ids of its teams that are full for it."""
        rows = self._forecast.rows(entry)
        slack = {**self._slack, **{team_id: self._slack[team_id] - row for team_id, row in rows.items()}}
        fine = {team_id: each >= 0 for team_id, each in slack.items()}
        odds = self._forecast.joint(fine)
        plan = self._forecast.plan
        # What all teams are held against together is spent for all teams of an item alike.
        held = {key: self._forecast.joint({key: fine[key]}) if plan.each_team else odds for key in rows}
        full = frozenset(key for key, reached in held.items() if reached < plan.target)
        if not full:
            self._slack, self.odds = slack, odds
        return full
