"""A conversation of the board: what was answered so far, so that it can be taken up again where it was."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from store.records import Item
from tui.dialogs.kept import Keeps

if TYPE_CHECKING:
    from tui.screens.board import Board

Answer = TypeVar("Answer")

#: Each conversation by its name: the module in this folder, and the function.
TALKS = {
    "add": ("requests", "add_request"),
    "edit": ("items", "edit_item"),
    "size": ("items", "size_item"),
    "capacity": ("capacity", "change_capacity"),
    "card": ("cards", "show_card"),
    "worth": ("worth", "edit_worth"),
    "levers": ("figures", "pull_levers"),
    "fill": ("planning", "fill_plan"),
    "baseline": ("planning", "baseline_plan"),
    "close": ("closing", "close_present_quarter"),
    "import": ("importing", "import_file"),
    "export": ("exporting", "export_file"),
    "tables": ("tables", "edit_tables"),
    "start": ("starting", "first_steps"),
    "charter": ("charter", "show_charter"),
    "one-offs": ("one_offs", "show_one_offs"),
    "commitments": ("commitments", "show_commitments"),
    "decline": ("trading", "decline_request"),
    "way": ("ways_out", "take_way_out"),
    "exceptions": ("exceptions", "show_exceptions"),
}
#: Those that are about an item: taken up again, they must be about the same one.
ABOUT_ITEMS = frozenset({"edit", "size", "worth", "card", "decline"})


@dataclass(frozen=True)
class Step:
    """One dialog of a conversation, and what was typed there."""

    dialog: str
    typed: dict[str, str]


@dataclass
class Talk:
    """A conversation under way."""

    name: str
    #: the item that it began on
    item: int | None = None
    done: list[Step] = field(default_factory=list)
    #: what was answered before it was taken up again, in order
    ahead: list[Step] = field(default_factory=list)

    def begin_again(self) -> None:
        """The same once more, with what was typed."""
        self.ahead, self.done = [*self.done, *self.ahead], []

    async def ask(self, board: Board, dialog: Screen[Answer]) -> Answer:
        """The answer of a dialog, filled in with what was typed there before."""
        name = type(dialog).__name__
        if isinstance(dialog, Keeps) and self.ahead and self.ahead[0].dialog == name:
            step = self.ahead.pop(0)
            answer = dialog.refill(step.typed, last=not self.ahead)
            if answer is not None:
                self.done.append(step)
                return answer  # type: ignore[no-any-return]
        else:
            self.ahead.clear()
        answer = await board.app.push_screen_wait(dialog)
        if isinstance(dialog, Keeps):
            self.done.append(Step(name, dialog.kept()))
        return answer  # type: ignore[no-any-return]


def flow_of(name: str) -> Callable[[Board], Coroutine[Any, Any, None]]:
    """The conversation of a name."""
    module, function = TALKS[name]
    found: Callable[[Board], Coroutine[Any, Any, None]] = getattr(import_module(f"tui.flows.{module}"), function)
    return found


async def converse(board: Board, name: str, steps: Iterable[Step] = (), item: int | None = None) -> None:
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


async def _still_there(board: Board, talk: Talk) -> bool:
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
