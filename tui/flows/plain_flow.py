"""One plain change on the board: asked by the form of its description, and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.dialogs.plain_form import form_of
from tui.flows.host import Host
from tui.forms.plain_change import PlainChange

if TYPE_CHECKING:
    from store.records import Applied


async def change_plain(board: Host, plain: PlainChange, record: int | None = None) -> Applied | None:
    """Ask, and write what was answered, if it changes anything."""
    form = form_of(plain, lambda: board.session.now, record)
    values = None if form is None else await board.ask(form)
    if values is None:
        return None
    command = plain.command(board.session.now, record, values)
    return None if command.empty else board.commit(command, plain.done or command.label)
