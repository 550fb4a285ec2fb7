"""Practice from the board: which way to practise, and its screen. Nothing of it touches the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.practice.parts import leader
from store.common.errors import StoreError
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host

if TYPE_CHECKING:
    from tui.practice.play import Play

_CASE = Choice("c", "a case", "a made-up company under pressure, played on the board; in a workspace of its own")


async def show_practice(board: Host) -> None:
    """Ask how to practise, and begin."""
    play = _play(board)
    led = play is not None and play.state.facilitated
    choices = (
        *((Choice("p", "this play", "what was said, ask, tell, debrief, end"),) if play is not None else ()),
        *(_of_a_room(board) if led else (_CASE,)),
        Choice("d", "drills", "two minutes alone: choose, say why, read both sides"),
        # In a led play what to listen for is in the script, at the seat that leads.
        *(() if led else (Choice("q", "questions", "the deck, for whoever leads a room"),)),
    )
    key = await board.ask(Menu("Practice", choices, "Hard calls without real money: nothing here touches the plan."))
    if key == "p":
        from tui.practice.play_flow import show_play

        await show_play(board)
    elif key == "r" and play is not None:
        from tui.practice.roles_flow import choose_role

        await choose_role(board, play)
    elif key == "l" and play is not None:
        from tui.practice.lead_flow import lead_play

        await lead_play(board, play)
    elif key == "c":
        from tui.practice.play_flow import choose_case

        await choose_case(board)
    elif key == "d":
        await show_drills(board)
    elif key == "q":
        await show_deck(board)


def _play(board: Host) -> Play | None:
    """The play on the board; None where there is none, or its case cannot be read, which is said where it is asked."""
    from tui.practice.play import play_of

    try:
        return play_of(board.session.workspace.path)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return None


def _of_a_room(board: Host) -> tuple[Choice, ...]:
    """What there is besides in a play that is led. Its case is not to be begun anew there, brief by brief."""
    from tui.practice.cast import leader_here

    name = leader(board.session.state) or "nobody"
    here = f"{name} leads" if leader_here(board) else f"{name}, who led, is not here: take it"
    return Choice("r", "roles", "take one, read your brief, give it back"), Choice("l", "lead", f"the script: {here}")


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
