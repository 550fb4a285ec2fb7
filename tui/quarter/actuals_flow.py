"""What a finished quarter took, corrected: which quarter, then its items and its teams in one form."""

from __future__ import annotations

from scenarios.figures.readers import number_in
from scenarios.figures.sizes import format_ew
from scenarios.figures.teams import teams_of
from scenarios.quarter.actuals import Finished, correct_actuals, finished_quarters, took_of
from store.common.errors import Refused, refused_about
from store.records import Command, Delivered, Interrupt, Quarter
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host

#: So many quarters are offered, the last ones.
_OFFERED = 9


async def correct_finished_quarter(board: Host) -> None:
    """Choose a quarter that was closed here, and correct its figures."""
    state = board.session.state
    closed = {state.number_of(row) for row in state.each(Quarter) if row.state == "closed"}
    quarters = [each for each in finished_quarters(state) if each.number in closed][-_OFFERED:]
    if not quarters:
        board.tell("No quarter was closed here yet: what was imported is corrected by importing it again.")
        return
    by_key = {str(at): each for at, each in enumerate(reversed(quarters), 1)}
    chosen = await board.ask(
        Menu("Which quarter", [Choice(key, each.name, f"{len(each.items)} finished") for key, each in by_key.items()])
    )
    if chosen in by_key:
        await _correct(board, by_key[chosen])


async def _correct(board: Host, finished: Finished) -> None:
    state = board.session.state
    names = {team.id: team.name for team in teams_of(state)}
    shares = {row.team_id: row.share for row in state.each(Interrupt) if row.number == finished.number}
    nets = {row.team_id: row.net for row in state.each(Delivered) if row.number == finished.number}
    fields = [
        Field(
            f"took-{row.id}",
            row.title[:60] or "without a title",
            f"{row.actual:g}" if row.counted else "?",
            f"{row.title[:60]}: {names[row.team_id]} estimated {format_ew(row.estimate)} ew; what it took since its "
            "start, ? where nobody counted",
        )
        for row in finished.items
    ]
    fields += [
        Field(f"interrupts-{key}", f"{name[:12]} unplanned %", _shown(shares.get(key), 100), "share of its capacity")
        for key, name in names.items()
    ]
    fields += [
        Field(f"delivered-{key}", f"{name[:12]} net was", _shown(nets.get(key), 1), "net capacity there was, in ew")
        for key, name in names.items()
    ]

    def read(values: Values) -> Command:
        took: dict[int, float | None] = {}
        figures: dict[str, dict[int, float]] = {"interrupts": {}, "delivered": {}}
        for field in fields:
            kind, _, key = field.name.partition("-")
            if kind == "took":
                with refused_about(field.name):
                    said = took_of(values[field.name])
                if said is None or said.goes_on:
                    raise Refused("It is finished: a number of engineer-weeks, or ? where nobody counted.", field.name)
                took[int(key)] = said.weeks
            elif (value := number_in(values, field.name)) is not None:
                figures[kind][int(key)] = value if kind == "delivered" else value / 100
        return correct_actuals(state, finished, took, figures["interrupts"], figures["delivered"])

    def check(values: Values) -> None:
        read(values)

    title = f"What {finished.name} took"
    about = "Engineer-weeks since each item's start. The odds learn from it again."
    values = await board.ask(Form(title, fields, about, check=check, enter="correct it"))
    if values is not None:
        board.commit(read(values), seen=state.seq)


def _shown(figure: float | None, times: int) -> str:
    return "" if figure is None else f"{figure * times:g}"
