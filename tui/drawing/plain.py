"""Text from outside, made fit for cells: no control characters, clipped and padded by cell width."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from scenarios.figures.amounts import odds_percent as odds_percent
from scenarios.figures.amounts import percent as percent
from scenarios.figures.amounts import share_percent as share_percent
from scenarios.figures.amounts import target_percent as target_percent

_LOW = {code: chr(0x2400 + code) for code in range(32)} | {9: " ", 10: " ", 13: " ", 127: "␡"}


def plain(text: str) -> str:
    """`text` with nothing that a terminal would obey: control characters become visible (ESC is ␛), format ones go.

    Joiners and direction marks go too: a name must not rearrange the row it stands in. A mark at its beginning, which
    would sit on (or widen) the letter of whatever stands before it, goes as well.
    """
    if text.isascii() and text.isprintable():
        return text
    clean = []
    for char in text.translate(_LOW):
        kind = unicodedata.category(char)
        if kind == "Cc":
            clean.append("␦")
        elif kind in ("Zl", "Zp"):
            clean.append(" ")
        elif kind not in ("Cf", "Cs") and (clean or kind not in ("Mn", "Me")):
            clean.append(char)
    return "".join(clean)


def clip(text: str, width: int) -> str:
    """`text` cleaned and cut to `width` cells; an ellipsis stands for what was cut."""
    text = plain(text)
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    return set_cell_size(text, width - 1).rstrip() + "…"


def fit(text: str, width: int, align: str = "left") -> str:
    """`text` clipped and padded to exactly `width` cells; `align` is left, right or centre."""
    # The same short texts come with every frame; long ones would fill the memory of it.
    return _kept(text, width, align) if len(text) <= _SHORT else _fit(text, width, align)


def _fit(text: str, width: int, align: str) -> str:
    text = clip(text, width)
    room = max(0, width - cell_len(text))
    before = {"left": 0, "right": room, "centre": room // 2}[align]
    return " " * before + text + " " * (room - before)


_SHORT = 100
_kept = lru_cache(8192)(_fit)
