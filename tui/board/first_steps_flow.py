"""The first steps on an empty workspace; each can be skipped, and changed later."""

from __future__ import annotations

from contextlib import suppress

from scenarios.figures.sizes import format_ew
from store.common.errors import StaleError
from store.records import Command
from tui.board.checklist import FirstStep, first_steps_of, first_unsized
from tui.capacity.capacity_flow import first_teams
from tui.dialogs.menu import Choice, Menu
from tui.flows.conversation import converse, flow_of
from tui.flows.host import Host
from tui.flows.plain_flow import change_plain
from tui.forms.tables import QUARTER
from tui.imports.import_flow import import_file


async def first_steps(board: Host) -> None:
    """Quarter, teams, then a file, the demo, or nothing; it comes back after each step until one is chosen."""
    while True:
        plan = board.session.now.plan
        teams = ", ".join(f"{team.name} {format_ew(plan.net[team.id])}" for team in plan.teams)
        steps = first_steps_of(board.session.now)
        steps = steps if plan.quarter.state == "draft" else steps[:3]
        choice = await board.ask(
            Menu(
                "Every yes has a price. makeroom shows it before anyone says yes.",
                [
                    *(_choice(step, teams) for step in steps),
                    Choice("h", "look back first", "at finished issues; nothing is written"),
                    Choice("d", "open the demo", "a made-up company, apart from your data"),
                    Choice("n", "begin with nothing", "add requests one by one"),
                ],
                f"Your workspace is {board.session.workspace.path}",
                leave="to the board",
            )
        )
        match choice:
            case "q":
                await change_plain(board, QUARTER)
            case "t":
                await first_teams(board)
            case "s" | "r" | "l" | "m" | "b":
                # On the board, where the keys for the next step stand.
                row = next(step.row for step in steps if step.letter == choice)
                if row == "size" and (unsized := first_unsized(board.session.now)) is not None:
                    # The row on the cursor may have one; a search may hide what has none.
                    board.search_for("")
                    board.go_to(unsized.item.id)
                    await converse(board, row, item=unsized.item.id)
                else:
                    await flow_of(row)(board)
                break
            case "i":
                await import_file(board)
                if board.session.plan_or_backlog:
                    break
            case "h":
                await flow_of("look")(board)
            case "d":
                board.app.exit("demo")
                return
            case _:
                break
    board.refused = ""
    info = board.session.state.workspace
    # Only what was chosen is written: whoever just leaves finds nothing of it among what can be undone.
    if choice == "n" and not info.started:
        # Somebody else at the table may have said the same.
        with suppress(StaleError):
            board.session.commit(Command("start", "first steps done", (info.model_copy(update={"started": True}),)))
        board.refresh_all()


def _choice(step: FirstStep, teams: str) -> Choice:
    about = teams if step.letter == "t" and teams else step.about
    return Choice(
        step.letter,
        f"{'✓' if not step.missing else ' '} {step.name}",
        f"{step.missing}: {about}" if step.missing else about,
    )
