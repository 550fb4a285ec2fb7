"""Closing the quarter: what each planned item took, and what unplanned work took of each team."""

from __future__ import annotations

from scenarios.figures.readers import number_in
from scenarios.figures.sizes import format_range, range_of
from scenarios.quarter.close import close_quarter
from store.common.errors import Refused
from tui.dialogs.form import Field, Form, Values
from tui.flows.host import Host


async def close_present_quarter(board: Host) -> None:
    """Ask for the actuals; the next quarter opens with what is left."""
    session, state = board.session, board.session.state
    plan = session.now.plan
    if not plan.entries:
        board.tell("Nothing is in plan: there is no quarter to close.")
        return
    names = {team.id: team.name for team in plan.teams}
    several = len(names) > 1
    fields = []
    for entry in plan.entries:
        for size in entry.sizes:
            team = f" {names[size.team_id]}" if several else ""
            estimate = format_range(range_of(size))
            hint = (
                f"{entry.item.title[:60]}: estimated at {estimate}, took{team} ... ew; empty where it is not finished"
            )
            fields.append(Field(f"took-{size.id}", entry.item.title[:60], "", hint))
    hint = "share of capacity that unplanned work took; empty where nobody logged it"
    fields += [Field(f"interrupts-{team.id}", f"{team.name[:12]} unplanned %", "", hint) for team in plan.teams]

    def read(values: Values) -> tuple[dict[int, float], dict[int, float]]:
        took: dict[int, float] = {}
        shares: dict[int, float] = {}
        for field in fields:
            kind, _, key = field.name.partition("-")
            value = number_in(values, field.name)
            if value is None:
                continue
            if value < 0 or value > (10_000 if kind == "took" else 100):
                raise Refused("Engineer-weeks are 0 to 10,000, and shares 0 to 100 percent.", field.name)
            if kind == "took":
                took[int(key)] = value
            else:
                shares[int(key)] = value / 100
        return took, shares

    def follow(values: Values) -> str:
        took, _ = read(values)
        done = sum(all(size.id in took for size in entry.sizes) for entry in plan.entries)
        return f"{done} of {len(plan.entries)} items finished; the others go to the top of the next quarter's backlog"

    values = await board.ask(
        Form(
            f"Close {plan.quarter.name}",
            fields,
            "What each item took, in engineer-weeks: the odds learn from it. Empty where it is not finished.",
            check=lambda values: _void(read(values)),
            follow=follow,
            enter="close it",
        )
    )
    if values is None:
        return
    took, shares = read(values)
    try:
        command = close_quarter(state, took, shares, session.now.forecast)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    board.commit(command, seen=state.seq)


def _void(_: object) -> None:
    """A check is for what it raises."""
