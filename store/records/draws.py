"""What seeds a new item's random draws: its own key or title, so that the same backlog has the same odds everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from itertools import count

#: Bits of a draw: as many as JSON's and spreadsheets' numbers keep.
_BITS = 53


def new_draw(title: str, key: str | None, taken: Container[int]) -> int:
    """A number that seeds a new item's draws: by its key elsewhere, without one by its title; never one of ``taken``.

    The second of a title gets another number than the first, and so on in order of arrival.
    """
    text = f"key {key}" if key else f"title {title}"
    for order in count():
        digest = hashlib.sha256(f"{order} {text}".encode("utf-8", "surrogatepass")).digest()
        draw = int.from_bytes(digest[:8], "big") >> (64 - _BITS)
        if draw not in taken:
            break
    return draw
