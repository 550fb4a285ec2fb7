"""Undo and redo; a large step is worked out in a thread first, a very large one written there."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.plan.plan import Plan
from store.common.errors import StaleError
from store.records import Applied
from tui.flows.host import Host
from tui.flows.long_change import SMALL, carry_out_long

#: Changes from which on the plan that they lead to is worked out first.
_LARGE = 100


def take_back(board: Host, *, redo: bool = False) -> None:
    """Take back the latest change, or bring back what was undone last."""
    if board.sheet.trade is not None:
        return
    session = board.session
    act, word = (session.redo, "Redone") if redo else (session.undo, "Undone")
    changes = session.changes_of_undo(redo=redo)
    if len(changes) > SMALL:
        board.run_worker(_take_back_long(board, len(changes), word, redo=redo), group="undo")
    elif len(changes) >= _LARGE and session.heavy(plan := session.plan_without(changes)):
        board.run_worker(_warm(board, plan, act, word), group="undo")
    else:
        if changes:
            board.show_taken()
        if board.carry_out(act, word) is None and not board.failed:
            board.tell("Nothing to redo." if redo else "Nothing to undo.")


async def _warm(board: Host, plan: Plan, act: Callable[[], Applied | None], word: str) -> None:
    async with board.undoing:
        await board.warm(plan)
        board.carry_out(act, word)


async def _take_back_long(board: Host, count: int, word: str, *, redo: bool) -> None:
    session = board.session
    async with board.undoing:
        try:
            others = session.require_own(redo=redo)
        except StaleError as error:
            board.refuse(error)
            return
        said = f"{'Redoing' if redo else 'Undoing'} {count:,} changes …"
        await carry_out_long(board, said, lambda watch: session.take_back_long(others, watch, redo=redo), word)
