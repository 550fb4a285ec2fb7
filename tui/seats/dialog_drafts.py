"""A dialog that was open when the terminal went, or when something failed: saved, and taken up at the next start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.common.errors import Refused
from store.common.text import clean
from store.sidecars.drafts import SavedDraft, find_drafts
from tui.dialogs.kept import Keeps
from tui.dialogs.menu import Choice, Menu
from tui.flows.conversation import TALKS
from tui.flows.host import Host
from tui.flows.steps import Step
from tui.trade.sheet_as_data import asked_on, trade_of
from tui.trade.trade_flow import reopen

_WHAT = {
    "add": "a request",
    "edit": "changes to an item",
    "size": "a size",
    "card": "a request card",
    "capacity": "capacity",
    "progress": "progress",
    "interrupt": "an interrupt",
    "close": "the actuals of a quarter",
    "import": "an import",
    "tables": "one of the tables",
    "decline": "the reason of a decline",
    "charter": "a change of the charter",
    "commitments": "a commitment",
}


def draft_of(board: Host) -> dict[str, Any] | None:
    """What is being typed or marked now, for JSON; None where that is nothing."""
    talk, trade = board.talk, board.sheet.trade
    content: dict[str, Any] = {}
    if trade is not None:
        marks, typed = board.sheet.table.numbers, dict(board.sheet.verdict.typed)
        content = {"asked": asked_on(board.sheet, whole=True), "marks": marks, "verdict": typed}
    if talk is not None:
        steps = [*talk.done]
        # What the conversation asks, and not what that asks in turn.
        screen = next((each for each in board.app.screen_stack[1:] if isinstance(each, Keeps)), None)
        if screen is not None:
            steps.append(Step(type(screen).__name__, screen.kept()))
        if any(step.typed and step.dialog != "Menu" for step in steps):
            rows = [[step.dialog, step.typed] for step in steps]
            content |= {"talk": talk.name, "item": talk.item, "steps": rows}
    return content or None


async def offer_drafts(board: Host) -> None:
    """Offer what was left, one after the other; Esc throws it away, what is taken up ends the offering."""
    workspace = board.session.workspace
    for draft in find_drafts(workspace.path, workspace.actor):
        words = _words(draft)
        if words is None:
            draft.drop()
            continue
        question = Menu(
            words[0],
            [Choice("t", "take it up", words[1])],
            "It was saved when the terminal went, and is not part of the plan.",
            leave="throw it away",
        )
        question.unbidden = True
        answer = await board.app.push_screen_wait(question)
        draft.drop()
        if answer == "t":
            take_up(board, draft.content)
            return
    board.begin()


def _words(draft: SavedDraft) -> tuple[str, str] | None:
    """What a draft is, and what is in it; None for one that nobody could take up."""
    content = draft.content
    steps, talk = _steps(content), content.get("talk")
    if "asked" in content:
        count = len(_ids(content.get("marks")))
        typed = ", and what was being typed" if steps else ""
        return "A trade was open when the terminal went", f"{count} marked to give way{typed}"
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


def take_up(board: Host, content: Mapping[str, Any]) -> None:
    """Open again what was open, with what was typed or marked in it."""
    if "asked" in content and not _take_up_trade(board, content):
        return
    item, steps, talk = content.get("item"), _steps(content), content.get("talk")
    if isinstance(talk, str) and talk in TALKS and steps:
        board.converse(talk, item if isinstance(item, int) else None, steps)


def _take_up_trade(board: Host, content: Mapping[str, Any]) -> bool:
    """Open the trade sheet again, marks, ways out and words as they were; False where it cannot be."""
    asked = content["asked"]
    try:
        trade, ways = trade_of(board.session, asked if isinstance(asked, dict) else {})
    except Refused as error:
        board.tell(f"The trade cannot be taken up: {error}.", severity="warning")
        return False
    reopen(board, trade, _ids(content.get("marks")), ways, _texts(content.get("verdict", content)))
    return True
