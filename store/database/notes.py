"""Notes in the user's cache: what was said or drawn of a workspace, for whoever asks next; they may go at any time.

A note is JSON, one of a kind for each workspace. Whoever reads one has to see whether it is still right, and whether it
is one: the folder is anybody's to tidy up.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from store.database.places import cache_folder

#: Seconds after which nobody comes back to a note.
_FORGOTTEN = 30 * 86_400.0


def note_file(kind: str, workspace: Path) -> Path:
    """Where the note of this kind of a workspace is, whether it is there or not."""
    name = hashlib.sha256(os.fsencode(workspace.absolute())).hexdigest()[:32]
    return cache_folder() / kind / f"{name}.json"


def recall(kind: str, workspace: Path) -> Any:
    """What was noted; None where nothing was, or it cannot be read."""
    try:
        return json.loads(note_file(kind, workspace).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def keep(kind: str, workspace: Path, said: Any) -> None:
    """Note what can be said in JSON. Where no note can be kept, whoever asks next finds none, and works it out."""
    note = note_file(kind, workspace)
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = note.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(said), encoding="utf-8")
        os.replace(fresh, note)
        _tidy(note.parent)


def _tidy(folder: Path) -> None:
    """Notes hold what stood on the board: those of workspaces that nobody opens any more go."""
    for each in os.scandir(folder):
        with suppress(OSError):
            if time.time() - each.stat().st_mtime > _FORGOTTEN:
                os.unlink(each)
