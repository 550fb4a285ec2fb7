"""``makeroom levers``, ``frontier`` and ``odds --flip``: what would help, what is possible, what does not matter."""

from __future__ import annotations

import argparse
import math

from scenarios.figures.sizes import parse_size
from scenarios.odds.flip_point import ends_of, flip_point, stands_words
from scenarios.odds.forecast import Forecast
from scenarios.odds.levers import levers as levers_of
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import Plan
from scenarios.swaps.frontier import Frontier, Point, plan_frontier, request_frontier, steps
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.common.errors import Refused
from store.records import State, Team
from tui.cli import plan_outputs
from tui.cli.outputs import LeavingOut, ReferredOut, SizeOut
from tui.cli.printing import DIFFERS, DONE, print_json, say, short
from tui.cli.trade.outputs import FlipOut, FrontierOut, LeverOut, LeversOut, PointOut
from tui.cli.workspace import desk, find_item, find_leaving
from tui.drawing.plain import odds_percent
from tui.drawing.words import amount, arrow, of_least, points, target_percent
from tui.session.session import Session

_WAITING = ("inbox", "below", "declined")


def levers(arguments: argparse.Namespace) -> int:
    """The single changes that would buy most points."""
    with desk(arguments) as session:
        forecast, names = session.now.forecast, _teams(session.state)
        rows = [
            LeverOut(
                number=at,
                kind=each.kind,
                what=each.words,
                odds=each.odds,
                gain=100 * each.gain,
                item=each.entry.item.id if each.entry is not None else None,
                team=each.team.name if each.team is not None else None,
                sizes=[
                    SizeOut(team=names[key], low=size.low, likely=size.likely, high=size.high)
                    for key, size in sorted((each.sizes or {}).items())
                ],
            )
            for at, each in enumerate(levers_of(forecast), 1)
        ]
        if arguments.json:
            print_json(LeversOut(odds=forecast.odds, target=forecast.plan.target, levers=rows))
            return DONE
        for row in rows:
            odds = arrow(forecast.odds, row.odds, forecast.plan.target)
            say(
                f"  {row.number}  {points(row.gain / 100):>3} points  odds {odds}  "
                f"{short(row.what)}{f'  ({row.item})' if row.item is not None else ''}"
            )
        if not rows:
            say("no single change would move the odds: nothing is in plan, or they stand at the end already")
    return DONE


def _teams(state: State) -> dict[int, str]:
    return {team.id: team.name for team in state.all(Team).values()}


# ------------------------------------------------------------------ what is possible


def frontier(arguments: argparse.Namespace) -> int:
    """Value against odds, of the whole plan or of a yes to one item. Raises Refused where nobody gave values."""
    with desk(arguments) as session:
        state, forecast = session.state, session.now.forecast
        found: Frontier | None
        if arguments.item:
            entry = find_item(state, arguments.item, *_WAITING)
            trade = Trade.of(state, propose_item(state, entry.item.id), forecast)
            found = request_frontier(trade, [find_leaving(state, text) for text in arguments.out])
            what = "value displaced" if trade.worths else "ew displaced"
        elif arguments.out:
            raise Refused("--out goes with an ITEM that something leaves for")
        else:
            found, what = plan_frontier(state, forecast), "value in plan"
        if found is None:
            raise Refused("the frontier needs values: makeroom item ITEM --value N gives an item its value")
        if arguments.json:
            print_json(
                FrontierOut(
                    what=what,
                    target=forecast.plan.target,
                    present=_point(found.present),
                    points=[_point(each) for each in found.points],
                    passed_over=found.passed_over,
                )
            )
            return DONE
        say(f"{what} for each odds{of_least(forecast.plan)} (target {target_percent(forecast.plan.target)})")
        say(f"  {_figures(found.present, forecast.plan.target)}  as it stands")
        for point in found.points:
            changes = "; ".join(short(words, 100) for words in steps(point))
            say(f"  {_figures(point, forecast.plan.target)}  {changes or 'nothing changes'}")
        if found.passed_over:
            say(f"  {found.passed_over:,} items of the backlog left out")
    return DONE


def _figures(point: Point, target: float) -> str:
    return f"{odds_percent(point.odds, target):>5} {amount(point.value):>8}"


def _point(point: Point) -> PointOut:
    return PointOut(
        odds=point.odds,
        value=point.value,
        out=[_leaving(each) for each in point.out],
        come=[ReferredOut(id=each.item.id, title=each.item.title, state=each.item.state) for each in point.come],
    )


def _leaving(each: Leaving) -> LeavingOut:
    name = each.version.name if each.version is not None else None
    return LeavingOut(id=each.item_id, title=each.entry.item.title, version=name, frees=each.ew)


# ------------------------------------------------------------------ what does not matter


def flip(arguments: argparse.Namespace) -> int:
    """Between two sizes of one item: does it change the answer? 1 where it does."""
    with desk(arguments) as session:
        entry = find_item(session.state, arguments.flip)
        forecast = asked(session, arguments)
        # As --in and --out leave it, where they name it too.
        entry = next((each for each in forecast.plan.entries if each.item.id == entry.item.id), entry)
        if not entry.sized:
            raise Refused(f"“{short(entry.item.title, 60)}” has no size to dispute yet: makeroom size gives it one")
        if entry.done:
            raise Refused(f"“{short(entry.item.title, 60)}” is done: there is nothing left to dispute")
        found = flip_point(forecast, entry, *(_ends(arguments.between) if arguments.between else ends_of(entry)))
        if arguments.json:
            at = found.at if math.isfinite(found.at) else None
            own = plan_outputs.item_of(session.now, entry)
            same, fits = found.same, found.fits
            print_json(
                FlipOut(item=own, low=found.low, high=found.high, at=at, same=same, fits=fits, words=found.words)
            )
        else:
            say(f"“{short(entry.item.title, 100)}” {stands_words(entry)}. {found.words}")
    return DONE if found.same else DIFFERS


def _ends(text: str) -> tuple[float, float]:
    size = parse_size(text)
    if size.low is None or size.high is None:
        raise Refused(f"“{short(text, 60)}” has one end: write what one says and what another says, as 3-8")
    return size.low, size.high


def asked(session: Session, arguments: argparse.Namespace) -> Forecast:
    """The plan with what ``--in`` and ``--out`` name."""
    from scenarios.plan import departures
    from tui.cli.trade.way_text import typed_out

    state, present = session.state, session.now.plan
    come = [find_item(state, text, "inbox", "below", "declined") for text in arguments.come]
    out, _ = typed_out(state, arguments.out, arguments.fields)
    if not come and not out:
        return session.now.forecast
    later: Plan = departures.after(present, out).plus(come)
    return Forecast(session.draws, later, session.now.forecast)
