"""A backup every hour in which somebody works, made beside the work; one that fails disturbs nobody."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from store.backups.leftovers import clear_leftovers
from store.backups.names import HOURLY, backups_of, latest_of, now
from store.common.errors import StoreError
from store.database.connection import Connection, SqliteError

HOUR = timedelta(hours=1)
#: Seconds that a workspace has to itself after it was opened.
AFTER_OPENING = 3.0


class Hourly:
    """Sees to the backups of one open workspace, in a thread of its own."""

    #: Why the latest one could not be made, as a sentence; empty if it could.
    trouble: str

    def __init__(self, path: Path) -> None:
        self._path = path
        self.trouble = ""
        self._next = 0.0
        self._thread: threading.Thread | None = None
        self._begin = threading.Event()
        self._given_up = False

    def opened(self, connection: Connection) -> None:
        """Look once the workspace was opened; what must be made has time until it has been shown.

        What a killed process left of backups, scenarios and restores goes now.
        """
        clear_leftovers(self._path)
        self._look(connection, AFTER_OPENING)

    def changed(self, connection: Connection) -> None:
        """Look after a change. Costs next to nothing but once an hour."""
        # One that waits since the opening is worth while now.
        self._begin.set()
        self._look(connection, 0.0)

    def finish(self) -> None:
        """Wait for a backup that is being made; one that still waits, as there was no change, is not."""
        if self._thread is not None:
            self._given_up = not self._begin.is_set()
            self._begin.set()
            self._thread.join()

    def _look(self, connection: Connection, wait: float) -> None:
        """Have a backup made if the last one is older than an hour; where there is none, if the workspace is."""
        if time.monotonic() < self._next:
            return
        try:
            left = self._time_left(connection)
        except (SqliteError, OSError, ValueError) as error:
            self.trouble = f"The backups of {self._path} could not be looked at: {error}."
            left = HOUR
        due = left <= timedelta(0)
        self._next = time.monotonic() + (HOUR if due else left).total_seconds()
        if due and (self._thread is None or not self._thread.is_alive()):
            self._thread = threading.Thread(target=self._wait_and_make, args=(wait,), name="backup", daemon=True)
            self._thread.start()

    def _wait_and_make(self, wait: float) -> None:
        if wait:
            self._begin.wait(wait)
        if not self._given_up:
            self._make()

    def _time_left(self, connection: Connection) -> timedelta:
        latest = now()
        if (here := latest_of(self._path, latest)) is not None:
            at = here.at
        elif backups_of(self._path):
            # All are dated later: the clock was wrong, or is. One of today is better than none.
            at = latest - HOUR
        else:
            (began,) = connection.execute("SELECT at FROM events ORDER BY seq LIMIT 1").fetchone()
            at = datetime.fromisoformat(began)
        left = at + HOUR - latest
        # A clock that was set back must not put backups off for years.
        return left if left <= 2 * HOUR else timedelta(0)

    def _make(self) -> None:
        # Imported once an hour, in the thread: most who open a workspace need none of it.
        from store.backups.backup import back_up, prune

        try:
            newest = latest_of(self._path, now())
            made = back_up(self._path, kind=HOURLY)
            if not made.report.sound:
                # It must not push out one that is sound.
                made.path.unlink(missing_ok=True)
                self.trouble = f"{self._path} is damaged ({made.report.of('broken')[0].what}): see makeroom verify."
                return
            if newest and _holds(newest.path, made.report.seal):
                # Nothing has changed since.
                made.path.unlink(missing_ok=True)
            else:
                prune(self._path, made.path)
            self.trouble = ""
        except (StoreError, OSError) as error:
            self.trouble = str(error)


def _holds(backup: Path, seal: str | None) -> bool:
    """Whether a backup is sound, and goes up to the event of this seal."""
    from store.database.verify import verify

    report = verify(backup, surroundings=False)
    return report.sound and report.seal == seal
