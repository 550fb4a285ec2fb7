"""The workspace's figures as the commands' outputs; and those as plain lines, for people and for pipes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.figures.sizes import format_ew
from scenarios.plan.mix import Mix, one_off_band, one_off_words
from scenarios.plan.plan import Entry
from scenarios.trade.changes import unplanned
from scenarios.trade.drift import first_at_risk
from scenarios.verdict.exceptions import standing_of
from store.records import Pin, State
from store.records.negotiation import Principle
from tui.cli import plan_outputs
from tui.cli.outputs import (
    ExceptionOut,
    ItemOut,
    OddsOut,
    PlanOut,
    RunningOut,
    ShortfallOut,
    SignatureOut,
    SizeOut,
    SliceOut,
    StatusOut,
    TeamOut,
)
from tui.cli.printing import short
from tui.drawing.plain import fit, percent
from tui.drawing.words import held_against, odds_percent, points, room_words, teams_sentence
from tui.session.figures import Figures

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: Cells of a title in a list.
_TITLE = 44


def status_of(now: Figures, path: Path) -> StatusOut:
    """How the quarter stands, in the workspace at a path."""
    info = now.state.workspace
    plan, forecast, mix = now.plan, now.forecast, now.mix
    signature, shortfall = now.standing
    return StatusOut(
        database=str(path.absolute()),
        workspace=info.name,
        quarter=plan.quarter.name,
        starts=plan.quarter.starts,
        ends=plan.quarter.ends,
        state=plan.quarter.state,
        target=plan.target,
        target_for=plan.quarter.target_for,
        odds=forecast.odds,
        fits=forecast.fits,
        net=plan.capacity,
        load=plan.load,
        short=sum(forecast.short.values()),
        teams=teams_of(forecast),
        mix=slices_of(mix),
        one_offs=mix.one_offs,
        one_off_ceiling=now.one_off_ceiling,
        one_off_band=one_off_band(mix.one_offs),
        planned=len(plan.entries),
        below=len(now.below),
        inbox=len(now.inbox),
        signature=SignatureOut(name=signature.name, reason=signature.reason, odds=signature.odds, at=signature.at)
        if signature is not None
        else None,
        shortfall=ShortfallOut(cause=shortfall.cause, odds=shortfall.odds, at=shortfall.at)
        if shortfall is not None
        else None,
        exceptions=exceptions_of(now.state),
        running=running_of(now),
    )


def running_of(now: Figures) -> RunningOut | None:
    """The quarter as it runs; None before it does."""
    plan, moment = now.plan, now.plan.moment
    if moment is None:
        return None
    first = None if now.forecast.fits else first_at_risk(now.forecast)
    return RunningOut(
        on=moment.day if moment.told else None,
        week=moment.week,
        weeks=moment.weeks,
        capacity_left=plan.capacity_left,
        load_left=plan.load_left,
        unplanned=sum(team.unplanned for team in moment.teams.values()),
        done=sum(entry.done for entry in plan.entries),
        first_at_risk=first.item.title if first is not None else None,
    )


def running_lines(now: Figures, found: RunningOut | None) -> list[str]:
    """Which week it is, and what is left; none before the quarter runs."""
    if found is None or now.plan.moment is None:
        return []
    unplanned = f", {format_ew(found.unplanned)} ew came unplanned" if found.unplanned else ""
    risk = f"; first at risk: {short(found.first_at_risk, 60)}" if found.first_at_risk else ""
    return [
        f"{now.plan.moment.words(date.today())}: {format_ew(found.capacity_left)} ew of capacity left, "
        f"{format_ew(found.load_left)} ew of work left, {found.done} of {len(now.plan.entries)} items done"
        f"{unplanned}{risk}"
    ]


def exceptions_of(state: State) -> list[ExceptionOut]:
    """The exceptions that stand, those whose review is due first."""
    names = {row.id: row.name for row in state.each(Principle)}
    return [
        ExceptionOut(
            right=row.terms.right,
            name=row.terms.name,
            reason=row.terms.reason,
            conditions=row.terms.conditions,
            review=row.terms.review,
            due=row.due,
            item=row.terms.item_id,
            principle=names.get(row.terms.principle_id) if row.terms.principle_id is not None else None,
            figure=row.terms.figure,
            bound=row.terms.bound,
            at=row.terms.at,
            ends=row.ends,
            over=row.over,
        )
        for row in standing_of(state, date.today())
    ]


def slices_of(mix: Mix) -> list[SliceOut]:
    """Each slice of a mix."""
    return [
        SliceOut(letter=each.letter, name=each.name, ew=each.ew, share=each.share, aim=each.aim) for each in mix.slices
    ]


def teams_of(forecast: Forecast) -> list[TeamOut]:
    """Each team of a plan."""
    plan = forecast.plan
    runs = plan.moment is not None
    return [
        TeamOut(
            name=team.name,
            net=plan.net[team.id],
            load=plan.load_of(team.id),
            odds=forecast.team_odds[team.id],
            room=forecast.room[team.id] if math.isfinite(forecast.room[team.id]) else None,
            net_left=plan.left_of(team.id) if runs else None,
            load_left=plan.load_left_of(team.id) if runs else None,
        )
        for team in plan.teams
    ]


def item_of(now: Figures, entry: Entry, forecast: Forecast | None = None) -> ItemOut:
    """One item; with a forecast, its odds in that plan."""
    names = {team.id: team.name for team in now.plan.teams}
    planned = forecast is not None and entry.item.state == "plan"
    pin = next((each for each in now.state.each(Pin) if each.item_id == entry.item.id), None)
    return ItemOut(
        id=entry.item.id,
        key=entry.item.source_key,
        title=entry.item.title,
        slice=entry.item.slice,
        state=entry.item.state,
        owner=entry.item.owner,
        ew=entry.ew,
        sizes=[
            SizeOut(team=names.get(size.team_id, ""), low=size.low, likely=size.likely, high=size.high)
            for size in entry.sizes
        ],
        value=entry.item.value,
        waits=[one.name for one in now.waiting.get(entry.item.id, ())],
        odds=forecast.item_odds[entry.item.id] if forecast is not None and planned else None,
        if_cut=100 * forecast.if_cut(entry) if forecast is not None and planned else None,
        unplanned=unplanned(now.state, entry.item),
        pinned=pin.kind if pin is not None else None,
        signed=list(now.signed.get(entry.item.id, ())),
        priority=entry.item.priority,
        due=entry.item.due,
        customer_title=entry.item.customer_title,
    )


def plan_lists(now: Figures) -> PlanOut:
    """What is in plan, below the line, and in the inbox."""
    return PlanOut(
        quarter=now.plan.quarter.name,
        plan=[item_of(now, entry, now.forecast) for entry in now.plan.entries],
        below=[item_of(now, entry) for entry in now.below],
        inbox=[item_of(now, entry) for entry in now.inbox],
    )


def odds_of(now: Figures, forecast: Forecast) -> OddsOut:
    """The odds of a plan and what they stand on."""
    from scenarios.odds.explanation import why

    found = why(forecast)
    return OddsOut(
        odds=forecast.odds,
        present=now.forecast.odds,
        target=forecast.plan.target,
        fits=forecast.fits,
        short=sum(forecast.short.values()),
        expected_finished=found.finished,
        planned=len(forecast.plan.entries),
        load_range=forecast.load_range,
        teams=teams_of(forecast),
        at_risk=item_of(now, found.at_risk) if found.at_risk is not None else None,
    )


# ------------------------------------------------------------------ in lines


def team_lines(teams: Iterable[TeamOut]) -> list[str]:
    """A line a team; once the quarter runs, with what is left of its net capacity and load, as the odds are of that."""
    lines = []
    for team in teams:
        room = "any room" if team.room is None else f"room {format_ew(math.floor(10 * team.room) / 10)}"
        figures = f"net {format_ew(team.net):>6}  load {format_ew(team.load):>6}"
        if team.net_left is not None and team.load_left is not None:
            net, load = format_ew(team.net_left), format_ew(team.load_left)
            figures = f"left: net {net:>5} of {format_ew(team.net):>5}  load {load:>5} of {format_ew(team.load):>5}"
        lines.append(f"  {fit(short(team.name, 30), 20)} {figures}  {room:>10}  odds {odds_percent(team.odds):>4}")
    return lines


def item_line(item: ItemOut, rank: int | None = None, left: float | None = None) -> str:
    """An item on one line: number, rank, slice, title, size, what is ``left`` of it (ew) where its quarter runs, and in
    plan its odds and what cutting it gains."""
    place = f"{rank:>3}" if rank is not None else "   "
    title = fit(short(item.title, 200), _TITLE)
    ew = format_ew(item.ew) if item.sizes else "no size"
    tail = f" {format_ew(left):>7}" if left is not None else ""
    if item.odds is not None and item.if_cut is not None:
        tail += f"  {odds_percent(item.odds):>4}  {points(item.if_cut / 100):>4}"
    marks = "".join([" +" if item.unplanned else "", f" {item.pinned}" if item.pinned else ""])
    marks += f" signed: {', '.join(item.signed)}" if item.signed else ""
    return f"{item.id:>6} {place} [{item.slice}] {title} {ew:>7}{tail}{marks}".rstrip()


def status_lines(now: Figures, found: StatusOut) -> list[str]:
    """How the quarter stands, for ``makeroom status``; ``found`` is the same for programs."""
    lines = [
        f"{short(found.quarter)} of {short(found.workspace)}, {found.state}, {found.starts} to {found.ends}",
        f"odds {odds_percent(found.odds, found.target)} ({held_against(now.forecast)}): {room_words(now.forecast)}, "
        f"net {format_ew(found.net)}, load {format_ew(found.load)}{' in the whole quarter' if found.running else ''}",
        *running_lines(now, found.running),
        *plan_outputs.team_lines(found.teams),
        *filter(None, (teams_sentence(now.forecast),)),
        "mix " + ", ".join(f"{short(each.name, 30)} {each.said} (aim {percent(each.aim)})" for each in now.mix.slices),
        one_off_words(found.one_offs, found.one_off_ceiling),
        f"{found.planned} in plan, {found.below} below the line, {found.inbox} in the inbox",
    ]
    if found.signature is not None:
        signed = found.signature
        lines.append(f"over-commit signed by {short(signed.name)}: {short(signed.reason)}")
    for row in standing_of(now.state, date.today()):
        if row.terms.right != "under target" or row.due:
            lines.append(short(row.sentence, 600))
    if found.shortfall is not None:
        lines.append(f"open shortfall: {short(found.shortfall.cause)} (makeroom settle)")
    return lines


def plan_lines(now: Figures, lists: PlanOut, most: int) -> list[str]:
    """The plan, the line, ``most`` of what is below it, the inbox."""
    runs = now.plan.moment is not None
    left = {entry.item.id: entry.left for entry in now.plan.entries} if runs else {}
    head = "     ew    left" if runs else "     ew"
    lines = [f"number rank       title                                        {head}  odds   cut"]
    lines += [plan_outputs.item_line(item, rank, left.get(item.id)) for rank, item in enumerate(lists.plan, 1)]
    odds = odds_percent(now.forecast.odds, now.plan.target)
    lines.append(f"------ the line: {room_words(now.forecast)}, odds {odds}")
    lines += [plan_outputs.item_line(item) for item in lists.below[:most]]
    if len(lists.below) > most:
        lines.append(f"       and {len(lists.below) - most:,} more below the line (--all)")
    if lists.inbox:
        lines.append("------ in the inbox")
    return lines + [plan_outputs.item_line(item) for item in lists.inbox]
