"""``makeroom plan``, ``odds`` and the lines of ``status``: how it stands, and what could be; they change nothing."""

from __future__ import annotations

import argparse

from scenarios.figures.sizes import format_ew
from store.common.errors import Refused
from tui.cli import plan_outputs
from tui.cli.plan_outputs import plan_lines
from tui.cli.printing import DIFFERS, DONE, print_json, say, short
from tui.cli.trade.what_if import asked
from tui.cli.workspace import desk
from tui.drawing.words import arrow, held_against, room_words


def plan(arguments: argparse.Namespace) -> int:
    """The plan in rank order, the line, and what is below it; as it is, or as a decision left it."""
    if arguments.at is not None:
        from tui.cli.trade.past_plan import plan_then

        return plan_then(arguments)
    with desk(arguments) as session:
        now = session.now
        lists = plan_outputs.plan_lists(now)
        if arguments.json:
            print_json(lists)
            return DONE
        for line in plan_lines(now, lists, len(lists.below) if arguments.all else arguments.below):
            say(line)
    return DONE


def odds(arguments: argparse.Namespace) -> int:
    """The odds of the plan, or of the plan with items in and out; 1 where they are below the target."""
    if arguments.flip:
        from tui.cli.trade.what_if import flip

        return flip(arguments)
    if arguments.between:
        raise Refused("--between LOW-HIGH goes with --flip ITEM")
    with desk(arguments) as session:
        now = session.now
        forecast = asked(session, arguments)
        if arguments.json:
            print_json(plan_outputs.odds_of(now, forecast))
            return DONE if forecast.fits else DIFFERS
        found = plan_outputs.odds_of(now, forecast)
        odds = arrow(now.forecast.odds, forecast.odds, found.target)
        say(f"odds {odds} ({held_against(forecast)}), {room_words(forecast)}")
        low, middle, high = (format_ew(each) for each in found.load_range)
        left = "" if forecast.plan.moment is None else " left"
        net = format_ew(forecast.plan.capacity_left)
        say(f"likely {low} to {high} ew of work{left}, {middle} in the middle, for {net} net{left}")
        say(f"{found.expected_finished:.1f} of {found.planned} items are expected to finish")
        for line in plan_outputs.team_lines(found.teams):
            say(line)
        if found.at_risk is not None:
            say(f"first at risk: {short(found.at_risk.title)}")
    return DONE if forecast.fits else DIFFERS
