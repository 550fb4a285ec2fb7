"""Which backups a workspace has, by their names alone: the time (UTC), by which they sort, and why each was made."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from store.common.values import Value
from store.database.places import backups_folder

HOURLY, ASKED, BEFORE_RESTORE = "hourly", "asked", "before-restore"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z0-9-]+)\.db")
_TIME = "%Y%m%dT%H%M%SZ"


class Backup(Value):
    """A backup by its name: when it was made, and why (``hourly``, ``asked``, ``before-restore``, …)."""

    path: Path
    at: datetime
    kind: str


def backups_of(path: Path) -> list[Backup]:
    """The backups in a workspace's folder, newest first; none where there is no such folder."""
    try:
        names = os.listdir(backups_folder(path))
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = []
    for name in sorted(names, reverse=True):
        if match := _NAME.fullmatch(name):
            # Digits in the right places can still be no date.
            with suppress(ValueError):
                at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
                found.append(Backup(backups_folder(path) / name, at, match[2]))
    return found


def latest_of(path: Path, at: datetime) -> Backup | None:
    """The newest backup that is not dated later than ``at``: a clock that was wrong once may have dated some so."""
    return next((one for one in backups_of(path) if one.at <= at), None)


def name_at(at: datetime, kind: str) -> str:
    """The name of a backup that is made at a time, for a reason."""
    return f"{at:{_TIME}}-{kind}.db"


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
