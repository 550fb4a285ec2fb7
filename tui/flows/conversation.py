"""The conversations of the board by name, and how one is held."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from importlib import import_module
from typing import Any

from store.records import Item
from tui.flows.host import Host
from tui.flows.steps import Step, Talk
from tui.plan_view.keys import BOARD
from tui.trade_sheet.keys import TRADE

#: Each conversation by its name: where its function stands.
TALKS = {row.short: row.flow for row in (*BOARD, *TRADE) if row.flow}
#: Those that are about an item: taken up again, they must be about the same one.
ABOUT_ITEMS = frozenset({"edit", "size", "worth", "card", "decline"})


def flow_of(name: str) -> Callable[[Host], Coroutine[Any, Any, None]]:
    """The conversation of a name."""
    module, _, function = TALKS[name].rpartition(".")
    found: Callable[[Host], Coroutine[Any, Any, None]] = getattr(import_module(f"tui.{module}"), function)
    return found


async def converse(board: Host, name: str, steps: Iterable[Step] = (), item: int | None = None) -> None:
    """Hold a conversation; where it ends in a refusal because of somebody else's change, once more, filled in."""
    subject = board.subject
    talk = Talk(name, item if item is not None else subject.item.id if subject else None, ahead=list(steps))
    board.talk = talk
    try:
        if talk.ahead and not await _still_there(board, talk):
            return
        while True:
            board.refused = ""
            await flow_of(name)(board)
            if not board.refused or board.sheet.trade is not None:
                return
            talk.begin_again()
            if not await _still_there(board, talk):
                return
    finally:
        if board.talk is talk:
            board.talk = None


async def _still_there(board: Host, talk: Talk) -> bool:
    """Whether what the conversation is about is still there; if not, what was typed is shown once more."""
    if talk.name not in ABOUT_ITEMS or talk.item is None:
        return True
    if talk.item in board.session.state.all(Item) and board.go_to(talk.item):
        return True
    from tui.dialogs.report import Report

    lines = [f"{name}: {text}" for step in talk.ahead for name, text in step.typed.items()]
    await board.app.push_screen_wait(
        Report("It is not there any more. What was typed:", [board.refused, "", *lines], "done")
    )
    return False
