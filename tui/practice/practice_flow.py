"""Practice from the board: which way to practise, and its screen. Nothing of it touches the workspace."""

from __future__ import annotations

from store.common.errors import StoreError
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host


async def show_practice(board: Host) -> None:
    """Ask how to practise, and begin."""
    choices = (
        *((Choice("p", "this play", "what was said, ask, tell, debrief, end"),) if _plays(board) else ()),
        Choice("c", "a case", "a made-up company under pressure, played on the board; in a workspace of its own"),
        Choice("d", "drills", "two minutes alone: choose, say why, read both sides"),
        Choice("q", "questions", "the deck, for whoever leads a room"),
    )
    key = await board.ask(Menu("Practice", choices, "Hard calls without real money: nothing here touches the plan."))
    if key == "p":
        from tui.practice.play_flow import show_play

        await show_play(board)
    elif key == "c":
        from tui.practice.play_flow import choose_case

        await choose_case(board)
    elif key == "d":
        await show_drills(board)
    elif key == "q":
        await show_deck(board)


def _plays(board: Host) -> bool:
    from store.sidecars.plays import is_play

    return is_play(board.session.workspace.path)


async def show_drills(board: Host) -> None:
    """One drill after the other, until it is left."""
    from tui.practice.drill_history import DrillHistory
    from tui.practice.drill_screen import DrillScreen

    try:
        history = DrillHistory()
    except StoreError as error:
        board.tell(str(error), severity="error")
        return
    await board.app.push_screen_wait(DrillScreen(board, history))


async def show_deck(board: Host) -> None:
    """All questions, each with what to listen for."""
    from tui.dialogs.report import Report
    from tui.practice.supplied import supplied_deck

    lines: list[str] = []
    number = 0
    for group in supplied_deck().groups:
        lines += ([""] if lines else []) + [group.title.upper()]
        for question in group.questions:
            number += 1
            lines += [f"{number:>2}  {question.ask}", f"    {question.listen}"]
    await board.app.push_screen_wait(Report("Questions for a room, and what to listen for", lines, "done"))
