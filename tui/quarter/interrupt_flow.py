"""What came between, told in one line; what drifts below the target by it goes through the door."""

from __future__ import annotations

import asyncio
from datetime import date

from scenarios.odds.finished_quarters import draws_of
from scenarios.plan.progress import day_words
from scenarios.requests.interrupts import effort_words, log_interrupt, read_interrupt
from scenarios.trade.door import forecast_of
from store.common.errors import refused_about
from store.records import Command
from tui.dialogs.form import Field, Form, Values
from tui.drawing.words import arrow
from tui.flows.host import Host
from tui.quarter.progress_flow import day_of_telling, write_told

_EXAMPLE = "2d Payments: outage >Northwind by:support #quality"


async def log_one(board: Host) -> None:
    """Ask for one line, read along; enter writes it."""
    session, figures = board.session, board.session.now
    if not figures.ready:
        await asyncio.to_thread(figures.build)
    day, _ = day_of_telling(figures.plan.quarter, date.today())

    def read(values: Values) -> Command:
        with refused_about("line"):
            return log_interrupt(session.state, read_interrupt(session.state, values["line"]), day)

    def check(values: Values) -> None:
        read(values)

    def follow(values: Values) -> str:
        if not values["line"].strip():
            return ""
        draft = read_interrupt(session.state, values["line"])
        said = [f"{effort_words(draft.effort)} of {draft.team.name} on {day_words(day)}: {draft.title}"]
        said += [f"for {draft.customer}"] * bool(draft.customer) + [f"asked by {draft.asked_by}"] * bool(draft.asked_by)
        now, later = session.now.forecast, session.state.overlay(read(values))
        then = forecast_of(later, draws_of(later, session.draws), now)
        return f"{', '.join(said)}\nodds {arrow(now.odds, then.odds, then.plan.target)}"

    field = Field("line", "interrupt", "", f"how much, whose time, a colon, what it was: {_EXAMPLE}")
    values = await board.ask(Form("An interrupt", [field], check=check, follow=follow, enter="write it"))
    if values is not None:
        command = read(values)
        write_told(board, command)
