"""How the quarter stands: what every export for reading begins with, a plan below its target first of all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scenarios.exports.mix import broken_bounds, mix_sheet
from scenarios.figures.amounts import odds_percent, share_percent
from scenarios.figures.sizes import format_ew
from scenarios.figures.targets import target_words
from scenarios.plan.mix import Mix, mix_of, one_off_band
from scenarios.trade.guard import standing
from scenarios.verdict.exceptions import standing_of
from store.common.sheets import Cell, Column, Sheet
from store.records import Slice, State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


@dataclass(frozen=True)
class QuarterStatus:
    """The quarter in words: ``facts`` are (what, how much); ``warnings`` stand until they are cleared or settled.

    ``figures`` are the same as values, each with its unit: a number, or a day.
    """

    workspace: str
    quarter: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    mix: Mix
    figures: tuple[tuple[str, Cell, str], ...]
    #: the mix as a table, with floors and ceilings
    bounds: Sheet


def quarter_status(state: State, forecast: Forecast, today: date | None = None) -> QuarterStatus:
    """How the present quarter stands by this forecast, on a day (by default the present one)."""
    plan, quarter = forecast.plan, state.quarter
    mix = mix_of(plan.entries, state.all(Slice).values())
    verdict = "it fits" if forecast.fits else _short(forecast)
    whole = " in the whole quarter" if plan.moment is not None else ""
    facts = [
        ("quarter", f"{quarter.name}, {quarter.starts} to {quarter.ends}, {quarter.state}"),
        (
            "odds",
            f"{odds_percent(forecast.odds, plan.target)} (target {target_words(plan.target, quarter.target_for)}): "
            f"{verdict}",
        ),
        ("in plan", f"{len(plan.entries)} items"),
        *_running(forecast),
        ("load", f"{format_ew(plan.load)} ew{whole}"),
        ("net capacity", f"{format_ew(plan.capacity)} ew{whole}"),
        *((team.name, _team(forecast, team.id)) for team in plan.teams),
        ("one-offs", f"{share_percent(mix.one_offs)} of planned effort, {one_off_band(mix.one_offs)}"),
    ]
    if broken := broken_bounds(state, mix):
        facts.append(("floors and ceilings", "; ".join(broken)))
    return QuarterStatus(
        state.workspace.name,
        quarter.name,
        tuple(facts),
        warnings_of(state, today),
        mix,
        _figures(forecast, mix),
        mix_sheet(state, mix),
    )


def _figures(forecast: Forecast, mix: Mix) -> tuple[tuple[str, Cell, str], ...]:
    """What the facts say as values."""
    plan = forecast.plan
    found: list[tuple[str, Cell, str]] = [
        ("first day", plan.quarter.starts, "day"),
        ("last day", plan.quarter.ends, "day"),
        ("odds", round(forecast.odds, 4), "0 to 1"),
        ("target", plan.target, "0 to 1"),
        ("in plan", len(plan.entries), "items"),
        *([("load left", plan.load_left, "ew"), ("net left", plan.capacity_left, "ew")] if plan.moment else []),
        ("load", plan.load, "ew"),
        ("net capacity", plan.capacity, "ew"),
        ("one-offs", round(mix.one_offs, 4), "0 to 1"),
    ]
    for team in plan.teams:
        found.append((f"{team.name}: load", plan.load_of(team.id), "ew"))
        found.append((f"{team.name}: net capacity", plan.net[team.id], "ew"))
        if plan.moment is not None:
            found.append((f"{team.name}: load left", plan.load_left_of(team.id), "ew"))
            found.append((f"{team.name}: net left", plan.left_of(team.id), "ew"))
        found.append((f"{team.name}: odds", round(forecast.team_odds[team.id], 4), "0 to 1"))
    return tuple(found)


def warnings_of(state: State, today: date | None = None) -> tuple[str, ...]:
    """What is to be in sight on every export: who signed for a plan below its target, what is short and not settled,
    and the other exceptions that stand."""
    signature, shortfall = standing(state)
    target, found = state.quarter.target, []
    if signature is not None:
        odds = odds_percent(signature.odds, target)
        found.append(f"Below the odds target at {odds}, signed by {signature.name}: {signature.reason}")
    if shortfall is not None:
        found.append(f"Open shortfall, odds {odds_percent(shortfall.odds, target)}: {shortfall.cause}")
    # What is signed for under target is the signature above.
    rows = standing_of(state, today or date.today())
    found += [f"Signed: {each.sentence}" for each in rows if each.terms.right != "under target"]
    return tuple(found)


def quarter_sheet(found: QuarterStatus) -> Sheet:
    """The same as a table: what is known in words, and as a value with its unit."""
    rows: list[tuple[Cell, ...]] = [("workspace", None, "", found.workspace)]
    words, values = dict(found.facts), {what: (value, unit) for what, value, unit in found.figures}
    for what in dict.fromkeys((*words, *values)):
        value, unit = values.get(what, (None, ""))
        rows.append((what, value, unit, words.get(what, "")))
    rows += [("open", None, "", warning) for warning in found.warnings]
    columns = (
        Column("what", width=28),
        Column("value", "number", width=12),
        Column("unit"),
        Column("in words", width=80),
    )
    about = "A row a figure or a sentence; what stands open is last."
    return Sheet("quarter", f"How {found.quarter} stands", columns, tuple(rows), about=about)


def _short(forecast: Forecast) -> str:
    short = sum(forecast.short.values())
    if not math.isfinite(short):
        return "below target whatever leaves"
    # Up, team by team as on the board: what is short is never understated.
    return f"short {format_ew(sum(math.ceil(10 * each - 1e-9) / 10 for each in forecast.short.values()))} ew"


def _running(forecast: Forecast) -> list[tuple[str, str]]:
    """Where a quarter that runs stands, and what is left of it; nothing before it runs."""
    plan = forecast.plan
    if plan.moment is None:
        return []
    load, net = f"{format_ew(plan.load_left)} ew", f"{format_ew(plan.capacity_left)} ew"
    return [("where it stands", plan.moment.words()), ("load left", load), ("net left", net)]


def _team(forecast: Forecast, team_id: int) -> str:
    plan, room = forecast.plan, forecast.room[team_id]
    left = "any room" if not math.isfinite(room) else f"room {format_ew(math.floor(10 * room) / 10)} ew"
    words = "load left" if plan.moment is not None else "load"
    return (
        f"{words} {format_ew(plan.load_left_of(team_id))} of {format_ew(plan.left_of(team_id))} ew, {left}, "
        f"odds {odds_percent(forecast.team_odds[team_id])}"
    )
