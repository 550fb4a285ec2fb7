"""Customers and amounts made unreadable for others: on every line that is drawn, and in a text that leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from store.common.currencies import CODES, SIGNS

#: What stands in place of each cell.
_VEIL = "░"
#: What stands in a text that leaves, in place of a name or an amount of any length.
HIDDEN = _VEIL * 4
#: Letters of a name that was cut which still tell it; names of an app's users that are looked for at most.
_TELLING, _MOST = 3, 2_000
#: From so many letters on, the first word of a name tells whom it means, as in "Hanseatic: EDI 315".
_WORD = 4
#: Currencies as they are written, by their own letters alone: "EDI 315" is none. The signs that are words stand behind
#: the amount.
_CODES = "|".join(sorted(CODES))
_SIGNS = "".join(sorted({sign[-1] for sign in SIGNS.values() if not sign[-1].isalpha()}))
_WORDS = "|".join(sorted(sign for sign in SIGNS.values() if sign.isalpha() and len(sign) > 1))
_NUMBER = r"\d(?:[\d,. ]*\d)?[kKmMbB]?\b"
_AMOUNT = rf"(?-i:(?:[{_SIGNS}] ?|\b(?:{_CODES}) ?|\bR){_NUMBER}|\b{_NUMBER} ?(?:[{_SIGNS}]|(?:{_CODES}|{_WORDS})\b))"


class Mask(LineFilter):
    """Every row stays as wide as it was."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        """``names`` gives those of the customers as they are now."""
        super().__init__()
        self._names = names

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without names and amounts."""
        pattern = self._pattern
        return [each if each.control else Segment(pattern.sub(_veiled, each.text), each.style) for each in segments]

    def text(self, words: str) -> str:
        """A text without names and amounts; how long they were is not told."""
        return self._pattern.sub(HIDDEN, words)

    @property
    def _pattern(self) -> re.Pattern[str]:
        return _pattern(tuple(self._names())[:_MOST])


def _veiled(found: re.Match[str]) -> str:
    return _VEIL * cell_len(found[0])


@lru_cache(8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Amounts, names, their first words as they are written, and beginnings of names that were cut."""
    words: set[str] = set()
    firsts: set[str] = set()
    for name in filter(str.strip, names):
        words.add(re.escape(name.strip()))
        words |= {r"(?<!\w)" + re.escape(name[:at].strip()) + " ?…" for at in range(_TELLING, len(name))}
        first = re.match(r"[^\W\d_]+", name.strip())
        if first is not None and len(first[0]) >= _WORD:
            firsts.add(rf"(?-i:\b{first[0]}(?:['’]?s)?\b)")
    parts = sorted(words, key=len, reverse=True)
    return re.compile("|".join([*parts, *sorted(firsts), _AMOUNT]), re.IGNORECASE)
