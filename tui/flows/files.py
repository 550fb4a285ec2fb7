"""Files that come and go: by their paths at a terminal; in a browser's seat what is sent up and handed out, alone.

A seat in a browser is driven by whoever has its address, and its process has the rights of whoever serves it. So it
reads nothing but what was sent up to it, and writes nothing but what the browser is handed: no path of the server's.
"""

from __future__ import annotations

import asyncio
import io
import os
from pathlib import Path, PurePath

from textual.app import App

from store.common.errors import StoreError
from store.common.text import without_escapes
from store.database.places import expanded
from store.sidecars.report_files import write_report_file
from tui.flows.host import Host
from tui.forms.fields import Field

#: Names the folder of what was sent up to a seat in a browser; there is none at a terminal.
VARIABLE = "MAKEROOM_SEAT_FILES"
_LONGEST = 120


def served() -> bool:
    """Whether this is a seat in a browser."""
    return VARIABLE in os.environ


def sent_up() -> list[str]:
    """The names of the files that were sent up to this seat, the latest first."""
    try:
        with os.scandir(os.environ[VARIABLE]) as entries:
            found = [(entry.stat().st_mtime_ns, entry.name) for entry in entries if is_name(entry.name)]
    except (KeyError, OSError):
        return []
    return [name for _, name in sorted(found, reverse=True)]


def is_name(text: str) -> bool:
    """Whether a text is the name of a file that may be sent up: one name, of letters that can be seen, not hidden."""
    return (
        0 < len(text) <= _LONGEST
        and text.isprintable()
        and not text.startswith(".")
        and not any(char in text for char in '/\\:*?"<>|~')
    )


def bared(text: str) -> str:
    """A path as it is pasted, without blanks and quotes around it."""
    return text.strip().strip("'\"")


def to_read(text: str) -> Path:
    """The file that a text names, to be read; in a seat in a browser one that was sent up. Raises StoreError."""
    text = bared(text)
    if not served():
        return expanded(text)
    if not is_name(text) or text not in (names := sent_up()):
        here = f"Sent up: {', '.join(names[:10])}." if (names := sent_up()) else "Nothing was sent up yet."
        raise StoreError(f"In a browser only what was sent up is read: send the file up, then give its name. {here}")
    return Path(os.environ[VARIABLE]) / text


def kept_path(text: str) -> Path:
    """The file that a draft names; in a seat in a browser one of what was sent up, whatever the draft says."""
    if not served():
        return Path(text)
    name = PurePath(text).name
    return Path(os.environ[VARIABLE]) / (name if is_name(name) else "nothing")


def field_to_read(name: str, usual: str, value: str | None = None, label: str = "file") -> Field:
    """A field for a file to be read, its name completed at a terminal; in a browser's seat what was sent up last."""
    value = next(iter(sent_up()), "") if value is None else value
    return Field(name, label, value, _hint_to_read(usual), names_file=not served())


def _hint_to_read(usual: str) -> str:
    if not served():
        return f"{usual}; → takes the rest of a name"
    return f"sent up: {', '.join(sent_up()[:5])}" if sent_up() else "send it up first: the button below the board"


def hint_to_write(app: App[object], hides: bool = True) -> str:
    """What is said beside the field for the name of a file to be written; where the screen hides customers and amounts,
    whether the file ``hides`` them, too."""
    hint = "what the browser is to save it as" if served() else f"a name alone is a file in {Path.cwd()}"
    if getattr(app, "mask", None) is None:
        return hint
    if hides:
        return f"customers and amounts are hidden in the file, as on the screen; {hint}"
    return f"the file has the customers and amounts that the screen hides; {hint}"


async def write_out(board: Host, name: str, content: str | bytes) -> str:
    """Write a file, or hand it to the browser; returns what is to be said. Raises StoreError with a sentence."""
    if not served():
        path = expanded(name)
        await asyncio.to_thread(write_report_file, path, content)
        return f"Written: {path.absolute()}"
    return hand_out(board, name, content)


def hand_out(board: Host, name: str, content: str | bytes) -> str:
    """Hand a file to the browser, which saves it where it saves all; returns what is to be said."""
    own = PurePath(name.replace("\\", "/")).name
    own = own if is_name(own) else "makeroom"
    data = without_escapes(content).encode("utf-8", "replace") if isinstance(content, str) else content
    board.app.deliver_binary(io.BytesIO(data), save_filename=own, mime_type="application/octet-stream")
    return f"Handed to the browser: {own}"
