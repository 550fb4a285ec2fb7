"""Talking about the odds: the levers that would move them, and whether a disputed size matters at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.figures.readers import number_in
from scenarios.figures.sizes import format_ew
from scenarios.odds.flip_point import Flip, ends_of, flip_point, stands_words
from scenarios.odds.forecast import Forecast
from scenarios.odds.levers import levers
from scenarios.plan.plan import Entry
from scenarios.trade import changes
from store.common.errors import Refused
from tui.capacity.capacity_flow import change_capacity
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.drawing.words import arrow, points
from tui.flows.host import Host
from tui.items.item_flow import edit_sizes
from tui.plan_view.keys import BOARD

if TYPE_CHECKING:
    from scenarios.swaps.flips import Stretch
    from scenarios.trade.door import Trade


async def pull_levers(board: Host) -> None:
    """The changes that buy most points; a number goes to the one chosen."""
    forecast = board.session.now.forecast
    found = levers(forecast)
    if not found:
        board.tell("No single change would move the odds: nothing is in plan, or they stand at the end already.")
        return
    choices = []
    for at, lever in enumerate(found, 1):
        odds = arrow(forecast.odds, lever.odds, forecast.plan.target)
        choices.append(Choice(str(at), lever.words, f"{points(lever.gain):>3} points   odds {odds}"))
    about = "Each simulated by itself on the same trials; no more than two of a kind. Nothing is changed by looking."
    answer = await board.ask(Menu("What would buy most points", choices, about))
    if answer is None:
        return
    lever = found[int(answer) - 1]
    if lever.kind == "drop" and lever.entry is not None:
        try:
            board.commit(changes.drop(board.session.state, lever.entry, forecast), keep=lever.entry.item.id)
        except Refused as error:
            board.tell(str(error), severity="warning")
    elif lever.entry is not None:
        await edit_sizes(board, lever.entry, lever.sizes)
    elif lever.team is not None:
        await change_capacity(board, {lever.team.id: lever.net})


async def dispute_size(board: Host) -> None:
    """Between two sizes of one item: does it change the decision at all?"""
    trade = board.sheet.trade
    forecast, entry = board.session.now.forecast, board.subject
    if trade is not None and board.sheet.forecast is not None:
        # In the trade sheet, with what is marked out, the question is whether the subject fits.
        forecast, entry = board.sheet.forecast, trade.subject
    if entry is None:
        return
    if not entry.sized:
        board.tell(BOARD.said(board.app, "It has no size to dispute yet: {size} gives it one."))
        return
    if entry.done:
        board.tell("It is done: there is nothing left to dispute.")
        return
    low, high = ends_of(entry)
    fields = (
        Field("low", "one says, ew", format_ew(low), "likely engineer-weeks, over all its teams"),
        Field("high", "another says, ew", format_ew(high), "likely engineer-weeks, over all its teams"),
    )

    def follow(values: Values) -> str:
        return _flip(forecast, entry, values).words

    swapping = trade is not None and not trade.fits
    values = await board.ask(
        Form(
            f"Does the size of “{entry.item.title[:60]}” matter?",
            fields,
            f"It {stands_words(entry)}. Nothing is changed here.",
            follow=follow,
            enter="does it change the swap?" if swapping else "close",
        )
    )
    if values is not None and trade is not None and swapping:
        await dispute_swap(board, trade, entry, *_ends(values))


def _flip(forecast: Forecast, entry: Entry, values: Values) -> Flip:
    return flip_point(forecast, entry, *_ends(values))


def _ends(values: Values) -> tuple[float, float]:
    """The smaller and the larger size. Raises Refused for what is none."""
    found = []
    for name in ("low", "high"):
        value = number_in(values, name)
        if value is None or value <= 0:
            raise Refused("A size is a number of engineer-weeks above 0.", name)
        found.append(value)
    return min(found), max(found)


async def dispute_swap(board: Host, trade: Trade, entry: Entry, low: float, high: float) -> None:
    """Over which of the disputed sizes the same swap stays the best."""
    from scenarios.swaps import NAMES
    from scenarios.swaps.flips import stretches
    from tui.dialogs.report import Report

    swaps = board.swapping.swaps
    if swaps is None:
        return
    criterion = board.sheet.sorted_by or swaps.available[0]
    found = await board.swapping.thread(swaps, lambda: stretches(trade, entry, low, high, criterion, swaps.stop))
    if found is None:
        return
    lines = [stretch_words(each) for each in found]
    if len(found) == 1:
        lines.append(f"The same answer from {format_ew(low)} to {format_ew(high)} ew: no need to settle it.")
    else:
        points = ", ".join(f"over {format_ew(each.low)}" for each in found[1:])
        lines.append(f"Settle only this: is it {points}?")
    await board.app.push_screen_wait(Report(f"“{entry.item.title[:60]}”: {NAMES[criterion]}", lines, "close"))


def stretch_words(stretch: Stretch) -> str:
    """One stretch of sizes and the answer over it."""
    if stretch.fits:
        answer = "it fits, nothing has to leave"
    elif stretch.swap is None:
        answer = "no swap reaches the target"
    else:
        answer = ", ".join(each.words for each in stretch.swap.out)
    return f"{format_ew(stretch.low)} to {format_ew(stretch.high)} ew: {answer}"
