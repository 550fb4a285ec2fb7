"""The sizes at which screens with a side panel are laid out otherwise."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

#: From so many columns on, and from so many lines.
HORIZONTAL = [(0, "-narrow"), (100, "-normal"), (150, "-wide")]
VERTICAL = [(0, "-short"), (36, "-tall")]


def begin_at_size(screen: Screen[Any]) -> None:
    """Set the classes of the present size before the screen is first laid out.

    Textual sets them on the first resize, after a first layout without them: the screen would be drawn twice.
    """
    size = screen.app.size
    for extent, steps in ((size.width, HORIZONTAL), (size.height, VERTICAL)):
        screen.add_class(next(name for least, name in reversed(steps) if extent >= least))
