"""Roles in a play that is led: taken and given back at one's own seat, which alone shows the brief."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from scenarios.practice.case import CaseRole
from scenarios.practice.parts import give_back, players, role_words, roles_of, take_role
from store.common.errors import Refused, StaleError, StoreError
from store.common.text import sentence
from store.records import Command, State
from tui.dialogs.menu import Choice, Menu
from tui.dialogs.report import Report
from tui.flows.host import Host
from tui.practice.cast import shared_name
from tui.practice.play import Play, brief_lines
from tui.rules.record_screen import READ_ONLY

_KEYS = "123456789abcdef"


async def choose_role(board: Host, play: Play) -> None:
    """The roles and who plays them: a free one is taken, one's own brief is read."""
    if board.session.workspace.read_only:
        board.tell(READ_ONLY, severity="warning")
        return
    if why := shared_name(board):
        board.tell(why, severity="warning")
        return
    # Who took one a moment ago is in the list.
    board.look_for_news()
    own = board.session.workspace.actor
    mine, found = roles_of(play.case, board.session.state, own), players(board.session.state)
    rows = dict(zip(_KEYS, play.case.roles, strict=False))
    choices: list[Choice] = []
    for mark, role in rows.items():
        part = found.get(role.key)
        stands = "yours: read your brief" if role in mine else f"{part.name} plays it" if part is not None else "free"
        choices.append(Choice(mark, f"{role.who}, {role.name}", stands))
    if mine:
        choices.append(Choice("g", f"give {role_words(mine[-1])} back", "somebody else may take it"))
    about = "You alone read the brief of a role that you take; the others see who plays it."
    key = await board.ask(Menu("Which role do you play?", choices, about)) or ""
    chosen = rows.get(key)
    if key == "g":
        if _write(board, lambda state: give_back(state, mine[-1], own)):
            board.tell(f"{role_words(mine[-1])} is free again.")
    elif chosen is not None and (chosen in mine or _write(board, partial(take_role, role=chosen, name=own))):
        await show_brief(board, chosen)


async def show_brief(board: Host, role: CaseRole) -> None:
    """The brief of one's own role."""
    if why := shared_name(board):
        # Somebody of the same name sat down meanwhile.
        board.tell(why, severity="warning")
        return
    lines = [each for line in brief_lines(role) for each in (line, "")]
    about = "For you alone. What you know is told when somebody asks; what you may give is never offered first."
    await board.ask(Report(f"You are {role.who}, {role.name}", [*lines, about], "read", "back"))


def _write(board: Host, make: Callable[[State], Command]) -> bool:
    """Write a command on what is now, twice where somebody else came between; False where it was refused, in words."""
    session = board.session
    for _ in range(2):
        try:
            command = make(session.state)
            if not command.empty:
                session.commit(command, seen=session.state.seq)
            board.refresh_all()
            return True
        except StaleError:
            board.look_for_news()
        except Refused as error:
            board.tell(sentence(error), severity="warning")
            return False
        except StoreError as error:
            board.tell(str(error), severity="error")
            return False
    board.tell("Somebody else changes the play just now: try again.", severity="warning")
    return False
