"""What a pie shows, and a pie that was drawn as it is noted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.errors import StyleSyntaxError
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.common.values import Value


class Wedge(Value):
    """A slice of a ring: its letter, its share 0..1 of the whole, and how that is shown (in whole percent)."""

    letter: str
    share: float
    said: str = ""


class Scene(Value):
    """All that the pie shows."""

    after: tuple[Wedge, ...] = ()
    aims: tuple[Wedge, ...] = ()
    before: tuple[Wedge, ...] | None = None
    centre: str = ""


def as_json(strips: Sequence[Strip]) -> list[Any]:
    """Drawn strips for a file."""
    return [[[str(style or ""), text] for text, style, _ in strip] for strip in strips]


def read(said: Any, width: int, height: int) -> list[Strip] | None:
    """The strips that :func:`as_json` said; None where these are not as many, or not of this width."""
    try:
        strips = [Strip([Segment(str(text), _style(style)) for style, text in line]) for line in said]
    except (TypeError, ValueError, StyleSyntaxError):
        return None
    return strips if len(strips) == height and all(strip.cell_length == width for strip in strips) else None


def _style(said: Any) -> Style:
    style = Style.parse(str(said))
    if style.link is not None:
        raise ValueError("no slice leads anywhere")
    return style
