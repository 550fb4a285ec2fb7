"""The words on a terminal's screen, without its colours: what pyte makes of all that is written, and quicker.

pyte goes through a colour's sequence character by character, and reads every cell for ``Screen.display`` (5 ms of
processor time at 120x40, 49 ms at 400x200). Most of what the app writes are colours, and who waits for words asks some
thirty times a second, beside the program that is to write them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import pyte
from wcwidth import wcwidth

#: Colours, which change no word; and asking for a keyboard protocol and giving it back, which pyte takes for text.
_WORDLESS = re.compile(r"\x1b\[(?:[\d;]*m|[<>=][\d;]*u)")
_BEGUN = re.compile(r"\x1b(?:\[[<>=]?[\d;]*)?$")


class PlainScreen:
    """A screen of so many columns and lines."""

    def __init__(self, columns: int, lines: int) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._rows = [" " * columns] * lines

    def feed(self, data: bytes) -> None:
        """Take in what was written; it may end within a sequence or a character."""
        text = self._held + self._decoder.decode(data)
        begun = _BEGUN.search(text)
        self._held = begun[0] if begun else ""
        self._stream.feed(_WORDLESS.sub("", text[: len(text) - len(self._held)]))

    @property
    def rows(self) -> list[str]:
        """What stands in each row; read anew where something was written since."""
        for y in self._screen.dirty:
            self._rows[y] = "".join(self._characters(y))
        self._screen.dirty.clear()
        return [*self._rows]

    def _characters(self, y: int) -> Iterator[str]:
        row, behind_a_wide_one = self._screen.buffer[y], False
        for x in range(self._screen.columns):
            if not behind_a_wide_one:
                yield row[x].data
            behind_a_wide_one = not behind_a_wide_one and wcwidth(row[x].data[0]) == 2
