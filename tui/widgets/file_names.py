"""The names of files, which complete a path as it is typed."""

from __future__ import annotations

import asyncio
import os

from textual.suggester import Suggester

from store.common.errors import StoreError
from store.database.places import expanded


class FileNames(Suggester):
    """Suggests the first file or folder that is called so; hidden ones are left out."""

    def __init__(self) -> None:
        # What is in a folder changes.
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The path with the name whole; None where nothing begins so. A folder is read in a thread."""
        return await asyncio.to_thread(completed, value)


def completed(text: str) -> str | None:
    """A path whose last part is begun, with the whole of the first name that begins so, whatever its case; a folder
    ends with a slash. None where there is none, or the folder cannot be read."""
    before, slash, begun = text.rpartition("/")
    if not begun:
        return None
    try:
        with os.scandir(expanded(before + slash) if slash else ".") as there:
            found = [(each.name, each.is_dir()) for each in there if each.name.casefold().startswith(begun.casefold())]
    except (OSError, ValueError, StoreError):
        return None
    name, folder = min((each for each in found if not each[0].startswith(".")), default=("", False))
    return f"{before}{slash}{name}{'/' if folder else ''}" if name else None
