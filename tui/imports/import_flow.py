"""Importing a file from the board: ask for it; the mapping screen shows what it would change, and writes it."""

from __future__ import annotations

from store.common.errors import refused_about
from tui.dialogs.form import Form, Values
from tui.flows.files import bared, field_to_read, to_read
from tui.flows.host import Host
from tui.imports.draft import ImportDraft
from tui.imports.mapping_screen import MappingScreen


async def import_file(board: Host) -> None:
    """Ask for the file, then show how it is read and what it would change, until it is taken in or left."""
    values = await board.ask(
        Form(
            "Import a file",
            (field_to_read("file", "CSV, Excel, or what Jira, Linear, GitHub, Azure DevOps or Trello export"),),
            "Nothing is written before you have seen what it would change.",
            check=_check,
            enter="look",
        )
    )
    if values is not None and bared(values["file"]):
        from tui.imports.mapping_flow import ASKS

        await board.ask(MappingScreen(board, ImportDraft(to_read(values["file"])), ASKS))


def _check(values: Values) -> None:
    with refused_about("file"):
        if bared(values["file"]):
            to_read(values["file"])
