"""Whether the file's journal still is the one that was read: a restore puts another in its place."""

from __future__ import annotations

from pathlib import Path

from store.common.errors import ReplacedError
from store.database.connection import Connection, SqliteError
from store.database.seals import seal_at


class Continuity:
    """The last event that a reader knows, with its seal. The seal covers all before it: one is enough."""

    def __init__(self) -> None:
        self._known: tuple[int, str] | None = None

    def start(self, seq: int, seal: str | None) -> None:
        """Everything was read, up to this event. Files from before there were seals have none: those are only read."""
        self._known = None if seal is None else (seq, seal)

    def go_on(self, seq: int, seal: str | None) -> None:
        """This event was read or written, too."""
        if self._known is None or seq > self._known[0]:
            self.start(seq, seal)

    def require(self, connection: Connection, path: Path) -> None:
        """Raises :class:`ReplacedError` if the journal is no continuation of what is known of it."""
        if self._known is not None and last_seal(connection, self._known[0]) != self._known[1]:
            raise ReplacedError(
                f"{path} was put back to another state meanwhile (restored from a backup, or another file was put in "
                "its place). Nothing was changed; look again, then repeat."
            )


def last_seal(connection: Connection, seq: int) -> str | None:
    """The seal of an event; None where there is none, also in a file from before there were seals."""
    try:
        return seal_at(connection, seq)
    except SqliteError as error:
        # To look for the table first would read the whole schema, twice for each change.
        if str(error) == "no such table: seals":
            return None
        raise
