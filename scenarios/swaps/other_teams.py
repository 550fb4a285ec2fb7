"""What a swap asks of teams that are not short themselves, and why it does."""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.plan.departures import Leaving
from scenarios.trade.door import Trade
from store.common.text import series
from store.records import Team


def asking_teams(trade: Trade) -> frozenset[int]:
    """The teams whose work it is about: those of what asks, else those that fell behind the plan as it was, else those
    that are short."""
    if trade.subject is not None:
        return frozenset(trade.subject.team_ids)
    before, asked = trade.before.team_odds, trade.asked.team_odds
    worse = frozenset(key for key, odds in asked.items() if odds < before.get(key, 1.0))
    return worse or frozenset(trade.asked.short)


def other_teams(trade: Trade, out: Iterable[Leaving], asking: frozenset[int]) -> tuple[Team, ...]:
    """The teams that would give up something for work that is not theirs, in the teams' order."""
    giving = {key for each in out for key, weeks in each.frees.items() if weeks > 0}
    # An item that is on a team which asks, too, leaves for that one.
    whole = {key for each in out if not asking & each.frees.keys() for key in each.frees}
    return tuple(team for team in trade.asked.plan.teams if team.id in giving & whole and team.id not in asking)


def other_teams_words(trade: Trade, out: Iterable[Leaving]) -> str:
    """Who gives for whom, and why, as a clause; empty where nobody does."""
    asking = asking_teams(trade)
    others = other_teams(trade, out, asking)
    if not others:
        return ""
    names = series(team.name for team in others)
    whom = series(team.name for team in trade.asked.plan.teams if team.id in asking) or "what is short"
    gives = f"{names} {'gives' if len(others) == 1 else 'give'} for {whom}"
    short = [team.name for team in others if team.id in trade.asked.short]
    if trade.asked.plan.each_team:
        met = "though its own target is met" if len(others) == 1 else "though their own targets are met"
        return f"{gives}, being short too" if short else f"{gives}, {met}"
    return f"{gives}: the target is of the whole plan, so the odds of every team count"
