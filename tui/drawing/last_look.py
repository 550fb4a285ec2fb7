"""The last look at every line before the terminal gets it: whatever drew it, no character in it is a command."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from store.common.text import ZERO_WIDTH_JOINER

_OBEYED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class ObeysNothing(LineFilter):
    """Takes control and format characters out of what any widget drew, and leaves every row as wide as it was.

    What people type or import is cleaned on its way into the store, and the drawn widgets clean what they draw. This
    stands behind both, for text that came another way (a workspace that another program wrote, a paste into a text
    area), and for widgets that are not ours.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without what a terminal would obey; the same list where there is nothing of the kind."""
        for text, _, _ in segments:
            if not text.isprintable():
                return [each if each.control else Segment(_shown(each.text), each.style) for each in segments]
        return segments


OBEYS_NOTHING = ObeysNothing()


def _shown(text: str) -> str:
    if text.isprintable() or all(map(_harmless, text)):
        return text
    # A joiner would join other neighbours now.
    kept = "".join(filter(_harmless, text.replace(ZERO_WIDTH_JOINER, "")))
    return set_cell_size(kept, cell_len(text))


def _harmless(character: str) -> bool:
    return character == ZERO_WIDTH_JOINER or unicodedata.category(character) not in _OBEYED
