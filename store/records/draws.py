"""What seeds the random draws of a new item or team: its own key or name, so that one plan has its odds everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from itertools import count

#: Bits of a draw: as many as JSON's and spreadsheets' numbers keep.
_BITS = 53


def new_draw(title: str, key: str | None, taken: Container[int | None]) -> int:
    """A number that seeds a new item's draws: by its key elsewhere, without one by its title; never one of ``taken``.

    The second of a title gets another number than the first, and so on in order of arrival.
    """
    return _draw(f"key {key}" if key else f"title {title}", taken)


def team_draw(name: str, taken: Container[int | None]) -> int:
    """A number that seeds a new team's draws: by its name, whatever the case; never one of ``taken``."""
    return _draw(f"team {name.casefold()}", taken)


def _draw(text: str, taken: Container[int | None]) -> int:
    for order in count():
        digest = hashlib.sha256(f"{order} {text}".encode("utf-8", "surrogatepass")).digest()
        draw = int.from_bytes(digest[:8], "big") >> (64 - _BITS)
        if draw not in taken:
            break
    return draw
