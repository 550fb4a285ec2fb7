"""The capacity screen of whom a seat follows, with what is tried out there; nothing is changed on it."""

from __future__ import annotations

from scenarios.capacity.draft_changes import Changes
from tui.capacity.capacity_screen import CapacityScreen
from tui.session.session import Session


class CapacityMirror(CapacityScreen):
    """Shows what the driver tries out; Esc looks at the board meanwhile."""

    CSS_PATH = "../capacity/capacity_screen.tcss"

    def __init__(self, session: Session, draft: str) -> None:
        super().__init__(session, {})
        self._take(draft)

    def _take(self, draft: str) -> None:
        self.changes = Changes.none(self._session.state)
        if draft:
            self.refill({"draft": draft}, last=True)

    def follow(self, draft: str) -> None:
        """Show this draft from now on."""
        self._take(draft)
        if self.is_mounted:
            self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key of the screen changes anything here."""
        return action in ("leave", "help") if action in _ACTIONS else super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)


#: What the keys of the screen run.
_ACTIONS = frozenset(row.runs.partition("(")[0] for row in CapacityScreen.KEYS)
