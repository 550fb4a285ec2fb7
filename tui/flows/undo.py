"""Undo and redo; a large step is worked out in a thread first."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.plan.plan import Plan
from store.records import Applied
from tui.flows.host import Host


def take_back(board: Host, *, redo: bool = False) -> None:
    """Take back the latest change, or bring back what was undone last."""
    if board.sheet.trade is not None:
        return
    session = board.session
    act, word = (session.redo, "Redone") if redo else (session.undo, "Undone")
    plan = session.plan_after_undo(redo=redo)
    if plan is not None and session.heavy(plan):
        board.run_worker(_warm(board, plan, act, word), group="undo")
    elif board.carry_out(act, word) is None and not board.failed:
        board.tell("Nothing to redo." if redo else "Nothing to undo.")


async def _warm(board: Host, plan: Plan, act: Callable[[], Applied | None], word: str) -> None:
    async with board.undoing:
        await board.warm(plan)
        board.carry_out(act, word)
