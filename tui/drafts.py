"""A dialog that was open when the terminal went, or when something failed: saved, and taken up at the next start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from scenarios.again import ask, asked_of
from scenarios.door import DoorError, Trade
from store.drafts import Draft, find_drafts
from store.text import clean
from tui.dialogs.kept import Keeps
from tui.dialogs.menu import Choice, Menu
from tui.flows.talk import TALKS, Step
from tui.flows.trading import open_sheet

if TYPE_CHECKING:
    from tui.screens.board import Board

_WHAT = {
    "add": "a request",
    "edit": "changes to an item",
    "size": "a size",
    "card": "a request card",
    "capacity": "capacity",
    "close": "the actuals of a quarter",
    "import": "an import",
    "tables": "one of the tables",
    "decline": "the reason of a decline",
}


def draft_of(board: Board) -> dict[str, Any] | None:
    """What is being typed or marked now, for JSON; None where that is nothing."""
    talk, trade = board.talk, board.sheet.trade
    if talk is not None:
        steps = [*talk.done]
        # What the conversation asks, and not what that asks in turn.
        screen = next((each for each in board.app.screen_stack[1:] if isinstance(each, Keeps)), None)
        if screen is not None:
            steps.append(Step(type(screen).__name__, screen.kept()))
        if any(step.typed and step.dialog != "Menu" for step in steps):
            rows = [[step.dialog, step.typed] for step in steps]
            return {"talk": talk.name, "item": talk.item, "steps": rows}
    if trade is not None:
        marks, typed = board.sheet.table.numbers, dict(board.sheet.verdict.typed)
        return {"asked": asked_of(trade.proposal), "marks": marks, "verdict": typed}
    return None


async def offer_drafts(board: Board) -> None:
    """Offer what was left, one after the other; Esc throws it away, what is taken up ends the offering."""
    workspace = board.session.workspace
    for draft in find_drafts(workspace.path, workspace.actor):
        words = _words(draft)
        if words is None:
            draft.drop()
            continue
        answer = await board.app.push_screen_wait(
            Menu(
                words[0],
                [Choice("t", "take it up", words[1])],
                "It was saved when the terminal went, and is not part of the plan.",
                leave="throw it away",
            )
        )
        draft.drop()
        if answer == "t":
            take_up(board, draft.content)
            return
    board.begin()


def _words(draft: Draft) -> tuple[str, str] | None:
    """What a draft is, and what is in it; None for one that nobody could take up."""
    content = draft.content
    if "asked" in content:
        count = len(_ids(content.get("marks")))
        return "A trade was open when the terminal went", f"{count} marked to give way"
    steps, talk = _steps(content), content.get("talk")
    if not isinstance(talk, str) or talk not in TALKS or not steps:
        return None
    what = _WHAT.get(talk, "an answer")
    typed = "; ".join(text for step in steps if step.dialog != "Menu" for text in step.typed.values() if text)
    return f"You were typing {what} when the terminal went", clean(typed)[:60]


def _steps(content: Mapping[str, Any]) -> list[Step]:
    found = []
    rows = content.get("steps")
    for row in rows if isinstance(rows, list) else []:
        match row:
            case [str() as dialog, dict() as typed]:
                found.append(Step(dialog, {key: text for key, text in typed.items() if isinstance(text, str)}))
    return found


def _texts(typed: object) -> dict[str, str]:
    rows = typed if isinstance(typed, dict) else {}
    return {name: text for name, text in rows.items() if isinstance(name, str) and isinstance(text, str)}


def _ids(rows: object) -> list[int]:
    return [row for row in rows if isinstance(row, int)] if isinstance(rows, list) else []


def take_up(board: Board, content: Mapping[str, Any]) -> None:
    """Open again what was open, with what was typed or marked in it."""
    item = content.get("item")
    if "asked" not in content:
        board.converse(str(content["talk"]), item if isinstance(item, int) else None, _steps(content))
        return
    session, asked = board.session, content["asked"]
    try:
        proposal = ask(session.state, asked if isinstance(asked, dict) else {}, "The plan is below its target")
        trade = Trade.of(session.state, proposal, session.now.forecast)
    except DoorError as error:
        board.tell(f"The trade cannot be taken up: {error}.", severity="warning")
        return
    open_sheet(board, trade)
    board.sheet.renew(session.now, trade, _ids(content.get("marks")))
    board.sheet.verdict.fill(_texts(content.get("verdict", content)))
