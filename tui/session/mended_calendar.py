"""What is set right in an old workspace when it is opened: once, as a change that can be taken back."""

from __future__ import annotations

from store.records import Quarter
from tui.session.session import Session


def mend_calendar(session: Session) -> str:
    """Set quarters right that drifted off the calendar; what was done, as a sentence, empty where nothing was.

    Whoever takes it back is not told again. Raises StoreError where it cannot be written.
    """
    if session.workspace.read_only or len(session.state.all(Quarter)) < 2:
        return ""
    from scenarios.quarter.drift import CALENDAR, set_right

    command = set_right(session.state)
    if command.empty or any(event.kind == CALENDAR for event in session.workspace.events()):
        return ""
    session.commit(command)
    return f"{command.label[0].upper()}{command.label[1:]}. What closed quarters taught is under their numbers now."
