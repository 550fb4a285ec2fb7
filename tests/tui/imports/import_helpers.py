"""Importing a file on the board, up to the preview."""

from __future__ import annotations

from tests.tui.app_helpers import Room
from tui.imports.mapping_screen import MappingScreen


async def import_of(room: Room, file: object) -> None:
    """Ask for the import of a file, and wait for its preview."""
    await room.press("I")
    await room.until(lambda: room.dialog == "Form")
    await room.write(str(file), "enter")
    await looked(room)


async def looked(room: Room) -> None:
    """The mapping screen stands, with the preview of what is on it."""
    await room.until(
        lambda: isinstance(room.app.screen, MappingScreen) and not room.app.screen.looking, "the mapping screen"
    )
