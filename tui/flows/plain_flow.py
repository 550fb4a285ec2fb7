"""One plain change on the board: asked by the form of its description, and written."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING

from tui.dialogs.plain_form import form_of
from tui.forms.fields import Values
from tui.forms.plain_change import Description, Meant, Now, PlainChange

if TYPE_CHECKING:
    from store.records import Applied
    from tui.flows.host import Host


async def ask_plain(
    board: Host,
    plain: Description[Now, Meant],
    now: Callable[[], Now],
    record: int | None = None,
    likely: Values | None = None,
) -> Meant | None:
    """What was answered means this; None after Esc, or where what it is about is gone. Raises Refused."""
    form = form_of(plain, now, record, likely)
    values = None if form is None else await board.ask(form)
    return None if values is None else plain.command(now(), record, values)


async def change_plain(board: Host, plain: PlainChange, record: int | None = None) -> Applied | None:
    """Ask, and write what was answered, if it changes anything.

    It is made on what stood there when it was asked: what somebody else changed meanwhile is refused, not written over.
    """
    # A change on which no figure hangs moves the figures on to a later state.
    now = copy(board.session.now)
    command = await ask_plain(board, plain, lambda: now, record)
    return None if command is None or command.empty else board.commit(command, plain.done or command.label)
