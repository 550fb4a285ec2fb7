"""The steps of a conversation: what was answered so far, so that it can be taken up again where it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from textual.app import App
from textual.screen import Screen

from store.common.values import Value
from tui.dialogs.kept import Keeps

Answer = TypeVar("Answer")


class Step(Value):
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

    async def ask(self, app: App[Any], dialog: Screen[Answer]) -> Answer:
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
        answer = await app.push_screen_wait(dialog)
        if isinstance(dialog, Keeps):
            self.done.append(Step(name, dialog.kept()))
        return answer  # type: ignore[no-any-return]
