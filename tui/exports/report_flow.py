"""Writing a comparison, or another report, to a file: Markdown, or one web page with its pies."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from scenarios.compare import Comparison
from store.common.errors import Refused, StoreError
from store.database.places import expanded
from store.sidecars.snapshot_files import SUFFIX, file_name
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.drawing.plain import clip
from tui.exports.hidden import hidden_text, mask_of
from tui.flows.files import hint_to_write, served, write_out
from tui.flows.host import Host

#: In a browser, the file would be written where the board is served from.
READ_ONLY = "This seat is read only: it shows all there is, and writes no file."
_ENDINGS = {"markdown": ".md", "html": ".html"}


async def write_report(board: Host, comparison: Comparison, kind: str) -> None:
    """Write it as ``markdown`` or ``html`` to a file whose name is asked; nothing is written over unasked."""
    first = " ".join(("compare", *(side.name for side in comparison.sides)))
    heading = "Write the comparison as " + ("Markdown" if kind == "markdown" else "one web page, both pies in it")
    await write_text(board, heading, first, kind, lambda: _report(comparison, kind))


async def write_text(board: Host, heading: str, first: str, kind: str, make: Callable[[], str]) -> None:
    """Write what ``make`` gives, called in a thread, to a file whose name is asked, ``first`` if nobody says otherwise.

    ``kind`` is ``markdown`` or ``html``; nothing is written over unasked. What the screen hides is hidden in it, too.
    """
    if board.session.workspace.read_only:
        board.tell(READ_ONLY, severity="warning")
        return
    mask = mask_of(board.app)
    first = first if mask is None else mask.text(first)
    name = f"{file_name(first).removesuffix(SUFFIX)}{_ENDINGS[kind]}"
    while True:
        values = await board.app.push_screen_wait(
            Form(
                heading,
                (Field("file", "file", name, hint_to_write(board.app)),),
                check=require_name,
                enter="write it",
            )
        )
        if values is None:
            return
        name = values["file"].strip()
        try:
            if not await is_in_the_way(board, name):
                text = await asyncio.to_thread(make)
                board.tell(await write_out(board, name, text if mask is None else hidden_text(text, kind, mask)))
                return
        except StoreError as error:
            board.tell(str(error), severity="error")


def _report(comparison: Comparison, kind: str) -> str:
    if kind == "markdown":
        from scenarios.reports.compare_markdown import compare_markdown

        return compare_markdown(comparison)
    from scenarios.reports.compare_html import compare_html

    return compare_html(comparison)


def require_name(values: Values) -> None:
    """Raise Refused where the file has none."""
    if not values["file"].strip():
        raise Refused("A file needs a name.", "file")


async def is_in_the_way(board: Host, name: str) -> bool:
    """Whether something has that name and is to stay, which is asked. Raises StoreError for a name of nobody's home."""
    if served() or not os.path.lexists(path := expanded(name)):
        return False
    choices = (
        Choice("n", "another name", "what is there stays"),
        Choice("o", "write over it", "what is there is gone"),
    )
    return await board.app.push_screen_wait(Menu(f"{clip(str(path), 70)} is there already", choices)) != "o"
