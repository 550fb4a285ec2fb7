"""``makeroom plan --at``: plan, mix and odds as a decision left them; as ``,`` and ``.`` in the app."""

from __future__ import annotations

import argparse

from scenarios.figures.sizes import format_ew
from scenarios.plan.mix import one_off_words
from store.common.errors import Refused
from store.records import Decision
from tui.cli import plan_outputs
from tui.cli.plan_outputs import plan_lines
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.trade.outputs import PlanThenOut
from tui.cli.workspace import desk
from tui.drawing.plain import percent
from tui.drawing.words import odds_percent, room_words, target_percent
from tui.session.figures import Figures
from tui.session.past import Past
from tui.session.session import Session


def plan_then(arguments: argparse.Namespace) -> int:
    """The plan as it was. Raises Refused for a number that no decision has."""
    with desk(arguments) as session:
        figures, decision = _then(session, arguments.at)
        lists = plan_outputs.plan_lists(figures)
        plan, forecast = figures.plan, figures.forecast
        if arguments.json:
            found = PlanThenOut(
                **vars(lists),
                decision=decision.id,
                at=decision.at,
                title=decision.title,
                decided_by=decision.decided_by,
                state=plan.quarter.state,
                odds=forecast.odds,
                target=plan.target,
                fits=forecast.fits,
                load=plan.load,
                net=plan.capacity,
                mix=plan_outputs.slices_of(figures.mix),
            )
            print_json(found)
            return DONE
        by = f", decided by {short(decision.decided_by, 60)}" if decision.decided_by else ""
        say(f"as decision {decision.id} left it, {decision.at:%Y-%m-%d %H:%M}: {short(decision.title, 200)}{by}")
        for line in plan_lines(figures, lists, len(lists.below) if arguments.all else arguments.below):
            say(line)
        for line in _figures(figures):
            say(line)
    return DONE


def _then(session: Session, number: int) -> tuple[Figures, Decision]:
    seq = session.workspace.makers(Decision).get(number)
    if seq is None:
        raise Refused(f"there is no decision {number}: makeroom decisions lists them with their numbers")
    figures = Past(session).figures(seq)
    return figures, figures.state.all(Decision)[number]


def _figures(figures: Figures) -> list[str]:
    """Odds and mix."""
    plan, forecast, mix = figures.plan, figures.forecast, figures.mix
    shares = ", ".join(f"{short(each.name, 30)} {each.said} (aim {percent(each.aim)})" for each in mix.slices)
    return [
        f"{short(plan.quarter.name)}, {plan.quarter.state}: odds {odds_percent(forecast.odds, plan.target)} "
        f"(target {target_percent(plan.target)}): {room_words(forecast)}, "
        f"net {format_ew(plan.capacity)}, load {format_ew(plan.load)}"
        + (" in the whole quarter" if plan.moment is not None else ""),
        f"mix {shares}",
        one_off_words(mix.one_offs, figures.one_off_ceiling),
    ]
