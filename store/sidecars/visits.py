"""When this person last left each workspace: a small file of their own, for what happened there since."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from store.database.places import log_path

#: Bytes of a file that is read, and workspaces that are remembered: the others are older.
_LARGEST, _MOST = 200_000, 100


def visits_path() -> Path:
    """Where they are kept: beside the log."""
    return log_path().with_name("visits.json")


def last_visit(database: Path, name: str) -> datetime | None:
    """When somebody of this name last left the workspace; None where that is not known, or cannot be read."""
    with suppress(ValueError):
        found = datetime.fromisoformat(_load().get(_key(database, name), ""))
        return found.astimezone()
    return None


def keep_visit(database: Path, name: str, at: datetime) -> None:
    """Remember that somebody leaves it. Where that cannot be written, the next time has nothing to tell."""
    from store.sidecars.snapshot_files import write_whole

    rows = {key: text for key, text in _load().items() if key != _key(database, name)}
    kept = dict([*rows.items(), (_key(database, name), at.isoformat())][-_MOST:])
    path = visits_path()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def _key(database: Path, name: str) -> str:
    return f"{database.absolute()} {name}"


def _load() -> dict[str, str]:
    path = visits_path()
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: text for key, text in rows.items() if isinstance(text, str)} if isinstance(rows, dict) else {}
