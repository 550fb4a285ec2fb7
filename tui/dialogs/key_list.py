"""The keys of a page as a list to read: its own, and those of what has the cursor on it."""

from __future__ import annotations

from textual.app import App

from tui.dialogs.report import Report
from tui.widgets.keys import Keys, help_lines

#: Cells of the keys of a line.
_WIDTH = 18


def key_list(app: App[object]) -> Report | None:
    """The list for the screen on top; None where it has no keys of its own."""
    nodes = (app.screen, *(app.focused.ancestors_with_self if app.focused is not None else ()))
    found = [keys for each in nodes if isinstance(keys := getattr(each, "KEYS", None), Keys)]
    tables = dict.fromkeys(keys for keys in found if keys is not getattr(app, "KEYS", None))
    if not tables:
        return None
    hints = [row.hint(row.help or row.name) for table in tables for row in table]
    return Report(f"{next(iter(tables)).title}: keys", help_lines(app, hints, _WIDTH), "close")
