"""How the quarter stands: what every export for reading begins with, a plan below its target first of all."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenarios.decisions.log_words import terms_words
from scenarios.figures.amounts import odds_percent, percent, share_percent
from scenarios.figures.sizes import format_ew
from scenarios.figures.targets import target_words
from scenarios.odds.forecast import Forecast
from scenarios.plan.mix import Mix, mix_of, one_off_band
from scenarios.trade.guard import standing
from scenarios.verdict.signatures import standing_terms
from store.common.sheets import Cell, Column, Sheet
from store.records import Slice, State


@dataclass(frozen=True)
class QuarterStatus:
    """The quarter in words: ``facts`` are (what, how much); ``warnings`` stand until they are cleared or settled."""

    workspace: str
    quarter: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    mix: Mix


def standing_of(state: State, forecast: Forecast) -> QuarterStatus:
    """How the present quarter stands by this forecast."""
    plan, quarter = forecast.plan, state.quarter
    mix = mix_of(plan.entries, state.all(Slice).values())
    verdict = "it fits" if forecast.fits else _short(forecast)
    facts = [
        ("quarter", f"{quarter.name}, {quarter.starts} to {quarter.ends}, {quarter.state}"),
        (
            "odds",
            f"{odds_percent(forecast.odds, plan.target)} (target {target_words(plan.target, quarter.target_for)}): "
            f"{verdict}",
        ),
        ("in plan", f"{len(plan.entries)} items"),
        ("load", f"{format_ew(plan.load)} ew"),
        ("net capacity", f"{format_ew(plan.capacity)} ew"),
        *((team.name, _team(forecast, team.id)) for team in plan.teams),
        ("one-offs", f"{share_percent(mix.one_offs)} of planned effort, {one_off_band(mix.one_offs)}"),
    ]
    return QuarterStatus(state.workspace.name, quarter.name, tuple(facts), warnings_of(state), mix)


def warnings_of(state: State) -> tuple[str, ...]:
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
    found += [f"Signed: {terms_words(terms)}" for terms in standing_terms(state) if terms.right != "under target"]
    return tuple(found)


def quarter_sheet(found: QuarterStatus) -> Sheet:
    """The same as a table of two columns, and a row a slice."""
    rows: list[tuple[Cell, ...]] = [("workspace", found.workspace), *found.facts]
    rows += [
        (f"{part.letter} {part.name}", f"{format_ew(part.ew)} ew, {percent(part.share)} (aim {percent(part.aim)})")
        for part in found.mix.slices
    ]
    rows += [("open", words) for words in found.warnings]
    columns = (Column("what", width=28), Column("how much", width=80))
    return Sheet("quarter", f"How {found.quarter} stands", columns, tuple(rows))


def _short(forecast: Forecast) -> str:
    short = sum(forecast.short.values())
    if not math.isfinite(short):
        return "below target whatever leaves"
    # Up: what is short is never understated.
    return f"short {format_ew(math.ceil(10 * short - 1e-9) / 10)} ew"


def _team(forecast: Forecast, team_id: int) -> str:
    plan, room = forecast.plan, forecast.room[team_id]
    left = "any room" if not math.isfinite(room) else f"room {format_ew(math.floor(10 * room) / 10)} ew"
    return (
        f"load {format_ew(plan.load_of(team_id))} of {format_ew(plan.net[team_id])} ew, {left}, "
        f"odds {odds_percent(forecast.team_odds[team_id])}"
    )
