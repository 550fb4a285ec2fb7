"""What somebody was typing when the terminal went: a small file beside the database, for the next start.

It holds words that were never meant for others yet, so only its owner can read it, and only they are offered it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.database.sharing import make_folder
from store.sidecars.seats import DRAFT, is_time, seats_folder

#: Bytes of the longest draft that is read again: a pasted page fits, a film does not.
_LONGEST = 1_000_000


@dataclass(frozen=True)
class SavedDraft:
    """A draft that was found; ``content`` is as it was saved, and not checked further."""

    path: Path
    saved: float
    content: Mapping[str, Any]

    def drop(self) -> None:
        """Throw it away."""
        with suppress(OSError):
            self.path.unlink()
        with suppress(OSError):
            self.path.parent.rmdir()


def save_draft(database: Path, session: str, name: str, content: Mapping[str, Any]) -> bool:
    """Save what was being typed in a session, under the name of who typed; False where it cannot be written."""
    path = seats_folder(database) / f"{session}{DRAFT}"
    half = path.with_suffix(".half")
    text = json.dumps({"name": name, "saved": time.time(), "content": content})
    try:
        make_folder(path.parent, database)
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except OSError:
        return False
    return True


def find_drafts(database: Path, name: str) -> list[SavedDraft]:
    """The drafts that this person left, under this name, oldest first; damaged ones and others' are passed over."""
    found = []
    try:
        paths = sorted(seats_folder(database).glob(f"*{DRAFT}"))
    except OSError:
        return []
    for path in paths:
        with suppress(OSError):
            status = path.stat()
            if status.st_size > _LONGEST or (sys.platform != "win32" and status.st_uid != os.getuid()):
                continue
            draft = _read(path, name)
            if draft is not None:
                found.append(draft)
    return sorted(found, key=lambda draft: draft.saved)


def _read(path: Path, name: str) -> SavedDraft | None:
    try:
        row = json.loads(path.read_bytes().decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict) or row.get("name") != name:
        return None
    saved, content = row.get("saved"), row.get("content")
    if not is_time(saved) or not isinstance(content, dict):
        return None
    return SavedDraft(path, float(saved), content)
