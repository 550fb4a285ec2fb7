"""An app at a table: what whoever looks after its seat, its end or its plan knows of it."""

from __future__ import annotations

from typing import Protocol

from store.sidecars.seats import Seat, Seats
from tui.drawing.themes import ColouredApp
from tui.session.session import Session


class Seating(Protocol):
    """Looks after the app's seat."""

    others: tuple[Seat, ...]

    def start(self) -> None:
        """Sit down, and look from now on."""

    def change_seats(self, seats: Seats) -> None:
        """Get up here, and sit down where the app's session is now."""

    def stop(self) -> None:
        """Get up."""


class SeatedApp(ColouredApp):
    """An app at a table: what whoever looks after its seat knows of it."""

    #: what is on screen
    session: Session
    #: this seat and the others; None where nobody is to know of it
    seats: Seats | None
    live: Seating | None = None
    #: who is here, in the header; empty where nobody else is
    seated = ""
    #: the signal that ended this app
    ended_by = 0
    #: whether it has a process of its own: then drafts are offered, and both ends of a meeting kept
    own_process = False
