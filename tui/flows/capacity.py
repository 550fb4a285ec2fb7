"""Net capacity of each team, the target, and new teams; what makes the plan short goes through the door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from scenarios.door import DoorError, forecast_of, propose_capacity
from scenarios.sizes import format_ew
from tui.dialogs.form import Field, Form, FormError, Values
from tui.flows.requests import number
from tui.flows.tables import void
from tui.widgets.words import arrow

if TYPE_CHECKING:
    from tui.screens.board import Board

#: How many lines for teams that do not exist yet.
_NEW = 2


async def change_capacity(board: Board, proposed: Mapping[int, float] | None = None) -> None:
    """Ask for figures; odds move while typing, Esc keeps the old ones. ``proposed`` are filled in (team id -> ew)."""
    plan, seen = board.session.now.plan, board.session.state
    fields = [
        Field(
            f"net-{team.id}",
            f"{team.name} net ew",
            format_ew((proposed or plan.net).get(team.id, plan.net[team.id])),
            f"load {format_ew(plan.load_of(team.id))}; after holidays, leave, focus and interrupts",
        )
        for team in plan.teams
    ]
    lines = _NEW if plan.teams else 4
    fields += [
        Field(f"new-{at}", "new team", "", "a name and its net engineer-weeks, as: Pay 34.0") for at in range(lines)
    ]
    fields.append(
        Field("target", "odds target %", f"{100 * plan.target:.0f}", "a plan fits at these odds; 70 unless you choose")
    )

    def read(values: Values) -> tuple[dict[int, float], float, list[tuple[str, float]]]:
        net = {}
        for team in plan.teams:
            weeks = number(values, f"net-{team.id}")
            if weeks is None or not 0 <= weeks <= 10_000:
                raise FormError(f"net-{team.id}", f"{team.name}: a number of engineer-weeks, 0 to 10,000.")
            net[team.id] = plan.net[team.id] if format_ew(plan.net[team.id]) == format_ew(weeks) else weeks
        target = number(values, "target")
        if target is None or not 1 <= target <= 99:
            raise FormError("target", "The odds target is between 1 and 99 percent.")
        known = {team.name.casefold() for team in plan.teams}
        new = []
        for at in range(lines):
            if values[f"new-{at}"].strip():
                new.append(new_team(values[f"new-{at}"], f"new-{at}", known))
                known.add(new[-1][0].casefold())
        same = round(100 * plan.target) == round(target)
        return net, plan.target if same else target / 100, new

    def follow(values: Values) -> str:
        net, target, new = read(values)
        state = board.session.state
        after = forecast_of(
            state.overlay(propose_capacity(state, net, target, new).command),
            board.session.draws,
            board.session.now.forecast,
        )
        before = board.session.now.forecast
        total = f"net {format_ew(plan.capacity)} → {format_ew(after.plan.capacity)}"
        fits = "fits" if after.fits else f"short {format_ew(sum(after.short.values()))} ew: something has to give"
        return f"{total}   odds {arrow(before.odds, after.odds)}   {fits}"

    values = await board.ask(
        Form(
            f"Capacity of {plan.quarter.name}",
            fields,
            "Net engineer-weeks of each team. Lowering them below the target opens the trade sheet.",
            check=lambda values: void(read(values)),
            follow=follow,
        )
    )
    if values is None:
        return
    net, target, new = read(values)
    try:
        proposal = propose_capacity(seen, net, target, new)
    except DoorError as error:
        board.tell(str(error), severity="warning")
        return
    if not proposal.command.empty:
        board.propose(proposal)


def new_team(text: str, field: str, known: set[str]) -> tuple[str, float]:
    """A name and net engineer-weeks from ``Pay 34.0``. Raises FormError; ``known`` are names in lower case."""
    name, _, amount = text.strip().rpartition(" ")
    try:
        weeks = float(amount)
    except ValueError:
        name, weeks = text.strip(), 0.0
    if not name:
        raise FormError(field, "A team needs a name and its net engineer-weeks, as: Pay 34.0")
    if not 0 <= weeks <= 10_000:
        raise FormError(field, f"{name}: a number of engineer-weeks, 0 to 10,000.")
    if name.casefold() in known:
        raise FormError(field, f"There is a team “{name}” already.")
    return name[:200], weeks
