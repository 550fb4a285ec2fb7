"""What lies beneath a dialog, in shade: as Textual shades it, without working out each style anew in every frame."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.css.styles import RulesMap
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_DIM = RichStyle(dim=True, bold=False)


class Shade(Visual):
    """The screen below, under a colour; dim where there is none to mix."""

    def __init__(self, below: Screen[object], colour: Color | None = None) -> None:
        self._screen, self._colour = below, colour

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Its lines, from the top."""
        ground, colour = style.rich_style, self._colour
        return [
            Strip(
                [Segment(text, _shaded(of, colour, ground)) for text, of, control in strip if not control],
                strip.cell_length,
            )
            for strip in self._screen._compositor.render_strips()[:height]
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All that there is, in cells."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """In lines."""
        return self._screen.size.height


# A screen has some hundred styles, and those of the next frame are the same.
@lru_cache(2048)
def _shaded(style: RichStyle | None, colour: Color | None, ground: RichStyle) -> RichStyle:
    if colour is None:
        return ground + (style or RichStyle()).clear_meta_and_links() + _DIM
    (found,) = BackgroundScreen.process_segments([Segment(" ", style)], colour)
    return ground + found.style
