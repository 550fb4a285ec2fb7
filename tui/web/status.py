"""The status page behind ``makeroom serve``: the workspace read anew, at most every few seconds; nothing is written."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from threading import Lock

from scenarios.reports.status_html import status_html
from store.workspace.workspace import Workspace
from tui.session.session import Session

#: Seconds for which a page is good: many phones in the room ask at once.
_FRESH = 3.0


class StatusPage:
    """The page of one workspace; any thread may ask for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._made, self._page = 0.0, ""

    def read(self, board: str) -> str:
        """The page, with the address of the board. Raises StoreError where the workspace cannot be read."""
        with self._lock:
            if not self._page or time.monotonic() - self._made > _FRESH:
                with Workspace.open(self._path, read_only=True) as workspace:
                    session = Session(workspace, "--db", lazy=True)
                    now = datetime.now().astimezone()
                    self._page = status_html(session.state, session.now.forecast, now, board)
                self._made = time.monotonic()
            return self._page
