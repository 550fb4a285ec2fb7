"""``makeroom interrupt`` and ``makeroom interrupts``: what came unplanned in the quarter."""

from __future__ import annotations

import argparse
from datetime import date

from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import plan_of
from scenarios.plan.progress import unplanned_in
from scenarios.requests.interrupts import effort_words, log_interrupt, read_interrupt, remove_interrupt
from store.records import Command, Customer, State
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.quarter.outputs import InterruptOut, InterruptsOut, TeamInterruptsOut
from tui.cli.trade.door import report
from tui.cli.workspace import desk, look
from tui.drawing.plain import percent
from tui.session.session import Session


def interrupt(arguments: argparse.Namespace) -> int:
    """Keep one. Raises Refused where the line does not say what is needed."""
    with desk(arguments, write=True) as session:
        draft = read_interrupt(session.state, " ".join(arguments.line))
        command = log_interrupt(session.state, draft, arguments.on or date.today(), arguments.source.strip())
        return _written(arguments, session, command)


def interrupts(arguments: argparse.Namespace) -> int:
    """List those of the quarter, or take one out."""
    if arguments.remove is not None:
        with desk(arguments, write=True) as session:
            return _written(arguments, session, remove_interrupt(session.state, arguments.remove))
    found = interrupts_of(look(arguments))
    if arguments.json:
        print_json(found)
        return DONE
    say(f"{short(found.quarter)}: {len(found.interrupts)} interrupt{'' if len(found.interrupts) == 1 else 's'}")
    for each in found.interrupts:
        whom = f" for {short(each.customer, 60)}" if each.customer else ""
        asked = f", asked by {short(each.asked_by, 60)}" if each.asked_by else ""
        say(
            f"{each.id:>6} {each.day} {effort_words(each.effort):>7} of {short(each.team, 30)}: "
            f"{short(each.title, 60)}{whom}{asked}"
        )
    for team in found.teams:
        share = f", {percent(team.share)} of its net capacity" if team.share is not None else ""
        say(f"  {short(team.team, 60)}: {format_ew(team.effort)} ew came unplanned{share}")
    return DONE


def _written(arguments: argparse.Namespace, session: Session, command: Command) -> int:
    before = session.now.forecast
    applied = session.commit(command)
    code = report(arguments, session, before, applied, command.label)
    shortfall = session.now.standing[1]
    if shortfall is not None and not arguments.json:
        say(f"open shortfall: {short(shortfall.cause, 300)} (makeroom settle)")
    return code


def interrupts_of(state: State) -> InterruptsOut:
    """The quarter's interrupts, as output."""
    plan = plan_of(state)
    rows = unplanned_in(state, plan.quarter)
    names = {team.id: team.name for team in plan.teams}
    customers = state.all(Customer)
    teams = []
    for team in plan.teams:
        effort = sum(row.effort for row in rows if row.team_id == team.id)
        net = plan.net[team.id]
        if effort:
            teams.append(TeamInterruptsOut(team=team.name, effort=effort, share=effort / net if net else None))
    return InterruptsOut(
        quarter=plan.quarter.name,
        interrupts=[
            InterruptOut(
                id=row.id,
                day=row.day,
                team=names[row.team_id],
                effort=row.effort,
                title=row.title,
                customer=customers[row.customer_id].name if row.customer_id is not None else None,
                asked_by=row.asked_by,
                slice=row.slice,
                source=row.source,
            )
            for row in rows
        ],
        teams=teams,
    )
