"""``makeroom plan``, ``odds`` and the lines of ``status``: how it stands, and what could be; they change nothing."""

from __future__ import annotations

import argparse
from datetime import date

from scenarios.mix import one_off_band
from scenarios.odds import Forecast
from scenarios.plan import Plan
from scenarios.sizes import format_ew
from scenarios.standing import standing_of
from tui.cli import describing
from tui.cli.desk import desk, find_item
from tui.cli.outputs import Output, PlanOut, StatusOut
from tui.cli.parsing import UsageError
from tui.cli.speaking import DIFFERS, DONE, say, say_json, short
from tui.drawing.plain import percent
from tui.session import Figures, Session
from tui.widgets.words import arrow, odds_percent, room_words


def print_json(output: Output) -> None:
    """One JSON object; whatever is in it, no control character reaches a terminal."""
    say_json(output.model_dump(mode="json"))


def status_lines(now: Figures, found: StatusOut) -> list[str]:
    """How the quarter stands, for ``makeroom status``; ``found`` is the same for programs."""
    lines = [
        f"{short(found.quarter)} of {short(found.workspace)}, {found.state}, {found.starts} to {found.ends}",
        f"odds {odds_percent(found.odds)} (aim {percent(found.target)}): {room_words(now.forecast)}, "
        f"net {format_ew(found.net)}, load {format_ew(found.load)}",
        *describing.team_lines(found.teams),
        "mix "
        + ", ".join(f"{short(each.name, 30)} {percent(each.share)} (aim {percent(each.aim)})" for each in found.mix),
        f"one-offs {100 * found.one_offs:.1f}% of {100 * found.one_off_ceiling:.0f}%: {one_off_band(found.one_offs)}",
        f"{found.planned} in plan, {found.below} below the line, {found.inbox} in the inbox",
    ]
    if found.signature is not None:
        signed = found.signature
        lines.append(f"over-commit signed by {short(signed.name)}: {short(signed.reason)}")
    for row in standing_of(now.state, date.today()):
        if row.terms.right != "under target" or row.due:
            lines.append(short(row.words, 300))
    if found.shortfall is not None:
        lines.append(f"open shortfall: {short(found.shortfall.cause)} (makeroom settle)")
    return lines


def plan(arguments: argparse.Namespace) -> int:
    """The plan in rank order, the line, and what is below it; as it is, or as a decision left it."""
    if arguments.at is not None:
        from tui.cli.past_plans import plan_then

        return plan_then(arguments)
    with desk(arguments) as session:
        now = session.now
        lists = describing.plan_lists(now)
        if arguments.json:
            print_json(lists)
            return DONE
        for line in plan_lines(now, lists, len(lists.below) if arguments.all else arguments.below):
            say(line)
    return DONE


def plan_lines(now: Figures, lists: PlanOut, most: int) -> list[str]:
    """The plan, the line, ``most`` of what is below it, the inbox."""
    lines = ["number rank       title                                             ew  odds   cut"]
    lines += [describing.item_line(item, rank) for rank, item in enumerate(lists.plan, 1)]
    lines.append(f"------ the line: {room_words(now.forecast)}, odds {odds_percent(now.forecast.odds)}")
    lines += [describing.item_line(item) for item in lists.below[:most]]
    if len(lists.below) > most:
        lines.append(f"       and {len(lists.below) - most:,} more below the line (--all)")
    if lists.inbox:
        lines.append("------ in the inbox")
    return lines + [describing.item_line(item) for item in lists.inbox]


def odds(arguments: argparse.Namespace) -> int:
    """The odds of the plan, or of the plan with items in and out; 1 where they are below the target."""
    if arguments.flip:
        from tui.cli.what_if import flip

        return flip(arguments)
    if arguments.between:
        raise UsageError("--between LOW-HIGH goes with --flip ITEM")
    with desk(arguments) as session:
        now = session.now
        forecast = asked(session, arguments)
        if arguments.json:
            print_json(describing.odds_of(now, forecast))
            return DONE if forecast.fits else DIFFERS
        found = describing.odds_of(now, forecast)
        say(f"odds {arrow(now.forecast.odds, forecast.odds)} (aim {percent(found.target)}), {room_words(forecast)}")
        low, middle, high = (format_ew(each) for each in found.load_range)
        say(f"likely {low} to {high} ew of work, {middle} in the middle, for {format_ew(forecast.plan.capacity)} net")
        say(f"{found.expected_finished:.1f} of {found.planned} items are expected to finish")
        for line in describing.team_lines(found.teams):
            say(line)
        if found.at_risk is not None:
            say(f"first at risk: {short(found.at_risk.title)}")
    return DONE if forecast.fits else DIFFERS


def asked(session: Session, arguments: argparse.Namespace) -> Forecast:
    """The plan with what ``--in`` and ``--out`` name."""
    from scenarios import leaving
    from tui.cli.way_typing import typed_out

    state, present = session.state, session.now.plan
    come = [find_item(state, text, "inbox", "below", "declined") for text in arguments.come]
    out, _ = typed_out(state, arguments.out, arguments.fields)
    if not come and not out:
        return session.now.forecast
    later: Plan = leaving.after(present, out).plus(come)
    return Forecast(session.draws, later, session.now.forecast)
