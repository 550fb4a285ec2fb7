"""Figures as people read them, the same on every screen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from scenarios.accounts.revenue import revenue_waiting
from scenarios.figures.amounts import arrow, money, odds_percent, target_percent
from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Plan
from store.common.text import capital
from store.records import Customer, Team

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

__all__ = [
    "arrow",
    "ew_by_team",
    "held_against",
    "money",
    "odds_percent",
    "points",
    "room_words",
    "rounded_up",
    "target_percent",
    "waiting_words",
]  # fmt: skip


def points(change: float) -> str:
    """A change of odds (-1..1) in whole points with its sign; a dot where there is none to speak of."""
    whole = round(100 * change)
    return f"{whole:+d}" if whole else "·"


def waiting_words(customers: Sequence[Customer], *, short: bool = False) -> str:
    """Who waits and what they pay a year, each counted once; empty where nobody does. In short, ``?`` stands for what
    is not known: ``3 $480k+?``."""
    if not customers:
        return ""
    revenue = revenue_waiting(customers)
    if short:
        known = f"{money(revenue.value)}{'+?' if revenue.partly else ''}" if revenue.known else "?"
        return f"{len(customers)} {known}"
    who = customers[0].name if len(customers) == 1 else f"{len(customers)} customers"
    return f"{who}, {revenue.said(money)}"


def ew_by_team(weeks: Mapping[int, float], teams: Iterable[Team]) -> str:
    """Engineer-weeks by team, most first: ``3.0 ew on Pay``, ``Web 1.5 + Pay 0.8 ew``, ``3.0 ew`` of the only team."""
    names = {team.id: team.name for team in teams}
    if len(names) == 1:
        return f"{format_ew(sum(weeks.values()))} ew"
    parts = sorted(weeks.items(), key=lambda part: -part[1])
    if len(parts) == 1:
        return f"{format_ew(parts[0][1])} ew on {names[parts[0][0]]}"
    return " + ".join(f"{names[key]} {format_ew(value)}" for key, value in parts) + " ew"


def rounded_up(short: Mapping[int, float]) -> dict[int, float]:
    """To a tenth, up: what is short is never understated."""
    return {key: math.ceil(10 * value - 1e-9) / 10 for key, value in short.items()}


def room_words(forecast: Forecast) -> str:
    """Room or short in ew: room on the team that has most, short on those that must give."""
    names = {team.id: team.name for team in forecast.plan.teams}
    several = len(names) > 1
    if not forecast.fits:
        short = rounded_up(forecast.short)
        where = names[next(iter(short))] if several and len(short) == 1 else ""
        return f"short {format_ew(sum(short.values()))} {where}".rstrip()
    if not names:
        return "room 0.0"
    best = max(forecast.room, key=lambda key: forecast.room[key])
    weeks = forecast.room[best]
    # Rounded down: what is said to fit has to.
    words = format_ew(math.floor(10 * weeks) / 10) if math.isfinite(weeks) else "any"
    return f"room {words} {names[best]}" if several else f"room {words}"


def held_against(forecast: Forecast) -> str:
    """What the odds are held against: ``target 70%``, or of each team with the one that has the lowest odds:
    ``target 70% each, least Web 71%``."""
    plan, target = forecast.plan, f"target {target_percent(forecast.plan.target)}"
    if not plan.each_team or not plan.teams:
        return target
    return f"{target} each, least {least_team(forecast)} {odds_percent(forecast.judged, plan.target)}"


def of_least(plan: Plan) -> str:
    """Whose odds a frontier is of, where the target is each team's; empty where they are the plan's."""
    return " of the least team" if plan.each_team else ""


def least_team(forecast: Forecast) -> str:
    """The name of the team whose odds are the lowest; empty where there is none."""
    odds = forecast.team_odds
    return min(forecast.plan.teams, key=lambda team: odds[team.id]).name if odds else ""


def filled_words(forecast: Forecast) -> str:
    """What is in a plan and how likely it is: ``21 items, 59.7 of 160.0 ew; all of it 70%``."""
    plan = forecast.plan
    count = f"{len(plan.entries)} item{'s' * (len(plan.entries) != 1)}"
    load = f"{count}, {format_ew(plan.load)} of {format_ew(plan.capacity)} ew"
    least = f", least {least_team(forecast)} {odds_percent(forecast.judged, plan.target)}" if plan.each_team else ""
    return f"{load}; all of it {odds_percent(forecast.odds, plan.target)}{least}"


_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def together_words(forecast: Forecast) -> str:
    """``six teams at 91% to 97% each make 70% together``, of those with something in plan; empty of fewer than two."""
    odds = [forecast.team_odds[team.id] for team in forecast.plan.teams if forecast.plan.load_of(team.id)]
    if len(odds) < 2:
        return ""
    count = _COUNTS[len(odds)] if len(odds) < len(_COUNTS) else str(len(odds))
    ends = dict.fromkeys((odds_percent(min(odds)), odds_percent(max(odds))))
    return (
        f"{count} teams at {' to '.join(ends)} each make {odds_percent(forecast.odds, forecast.plan.target)} together"
    )


def teams_sentence(forecast: Forecast) -> str:
    """What several teams make together, and which has the lowest odds, as a sentence; empty of fewer than two."""
    together = together_words(forecast)
    return f"{capital(together)}; {least_team(forecast)} has the lowest odds." if together else ""


def open_words(count: int) -> str:
    """How many promises are not in plan, as the header says it; empty where none is."""
    return f"{count} promised, not in plan" if count else ""


def amount(value: float) -> str:
    """A value on the room's own scale, short: ``14``, ``2.5``, ``48k``."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if letter == 'k' else size):.3g}{letter}"
    return f"{value:.0f}" if abs(value) >= 100 or value == round(value) else f"{value:.1f}"
