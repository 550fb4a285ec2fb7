"""The themes, and how the App is made where colour is poor.

Make the App like this (or derive it from `ColouredApp`, which does it):

    mode = colours.detect(os.environ)      # before the App exists: it takes NO_COLOR out of its environment
    super().__init__(**themes.app_arguments(mode))
    themes.install(self, mode)             # registers the themes, sets colour_mode and theme

and let `get_line_filters` return `themes.line_filters(self.colour_mode, super().get_line_filters())`. Without that,
NO_COLOR would give greys in 24 bits (Textual's Monochrome) or default-colour codes (its NoColor), and 256 colours
would be approximated by hue, saturation and lightness, which misses the greys.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from rich.color import Color, ColorSystem, ColorType
from rich.segment import Segment
from rich.style import Style
from textual import filter as filters
from textual.app import App
from textual.color import Color as CssColor
from textual.theme import Theme

from tui.drawing import colours
from tui.drawing.colours import ColourMode, Palette
from tui.drawing.last_look import OBEYS_NOTHING

DARK = "makeroom-dark"
LIGHT = "makeroom-light"
#: What the name of a theme for a projector ends with.
_CONTRAST = colours.CONTRAST

_SYSTEMS = {
    ColourMode.TRUE: ColorSystem.TRUECOLOR,
    ColourMode.XTERM256: ColorSystem.EIGHT_BIT,
    ColourMode.ANSI16: ColorSystem.STANDARD,
    ColourMode.NONE: ColorSystem.STANDARD,
}
# Without colour, a ground of this colour stands for "in reverse": that keeps Textual's own cursors visible.
_REVERSED = (7, 15)


def _css(colour: Color | None) -> str:
    """A terminal colour as Textual's CSS writes it."""
    if colour is None or colour.is_default:
        return "ansi_default"
    if colour.type is ColorType.STANDARD:
        return f"ansi_{colour.name}"
    return colour.get_truecolor().hex


def _variables(shades: Palette) -> dict[str, str]:
    """The palette as CSS variables: $raised, $cursor-row, $track, $line, $muted, $better, $worse, $slice-f ..."""
    roles = {"raised", "track", "line", "muted", "fill", "better", "worse"}
    named = {role: _css(shades.colour(role)) for role in sorted(roles)}
    named["cursor-row"] = _css(shades.colour("cursor"))
    named |= {f"slice-{letter.lower()}": _css(shades.colour(letter)) for letter in colours.BASE_LETTERS}
    text, panel, raised, muted = (_css(shades.colour(role)) for role in ("text", "panel", "raised", "muted"))
    rich = shades.mode in (ColourMode.TRUE, ColourMode.XTERM256)
    cursor = _css(shades.colour("cursor")) if rich else "ansi_white"
    cursor_ink = text if rich else "ansi_black"
    named |= {
        "text": text,
        "text-muted": muted,
        "text-disabled": muted,
        "foreground-muted": muted,
        "foreground-disabled": muted,
        "border": _css(shades.colour("line")),
        "border-blurred": _css(shades.colour("track")),
        "surface-active": raised,
        "block-cursor-background": cursor,
        "block-cursor-foreground": cursor_ink,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": cursor if rich else "ansi_default",
        "block-cursor-blurred-foreground": text,
        "block-cursor-blurred-text-style": "none" if rich else "bold",
        "block-hover-background": raised,
        "input-cursor-background": text if rich else "ansi_white",
        "input-cursor-foreground": panel if rich else "ansi_black",
        "input-cursor-text-style": "none",
        "input-selection-background": cursor,
        "input-selection-foreground": cursor_ink,
        "screen-selection-background": cursor,
        "screen-selection-foreground": cursor_ink,
        "scrollbar": _css(shades.colour("line")) if rich else "ansi_white",
        "scrollbar-hover": muted if rich else "ansi_white",
        "scrollbar-active": text if rich else "ansi_white",
        "scrollbar-background": panel,
        "scrollbar-background-hover": panel,
        "scrollbar-background-active": panel,
        "scrollbar-corner-color": panel,
        "footer-background": raised,
        "footer-foreground": text,
        "footer-key-foreground": text,
        "footer-key-background": "transparent",
        "footer-description-foreground": muted,
        "footer-description-background": "transparent",
        "link-color": text,
        "link-color-hover": cursor_ink,
        "link-background-hover": cursor,
        "button-foreground": text,
        "button-color-foreground": text,
        "button-focus-text-style": "bold reverse",
    }
    if not rich:
        # Textual's own ANSI variables lack these two, which its Screen needs.
        named |= {"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"}
    return named


def named(*, dark: bool, contrast: bool = False) -> str:
    """The name of the theme for a dark room or a lit one; with more ``contrast``, for a projector."""
    return f"{DARK if dark else LIGHT}{_CONTRAST if contrast else ''}"


def theme(name: str, mode: ColourMode = ColourMode.TRUE) -> Theme:
    """One of the themes (see :func:`named`) as it is in a mode."""
    shades = colours.palette(name, mode)
    text, panel, raised, muted = (_css(shades.colour(role)) for role in ("text", "panel", "raised", "muted"))
    better, worse = _css(shades.colour("better")), _css(shades.colour("worse"))
    return Theme(
        name=name,
        # Hue belongs to slices: what Textual would colour is neutral here.
        primary=muted,
        secondary=muted,
        accent=text,
        warning=worse,
        error=worse,
        success=better,
        foreground=text,
        background=panel,
        surface=panel,
        panel=raised,
        boost=raised,
        dark=shades.dark,
        ansi=mode in (ColourMode.ANSI16, ColourMode.NONE),
        variables=_variables(shades),
    )


def app_arguments(mode: ColourMode) -> dict[str, Any]:
    """Keyword arguments for `App.__init__`: named colours stay named where there are 16 or none."""
    return {"ansi_color": mode in (ColourMode.ANSI16, ColourMode.NONE)}


def install(app: App[Any], mode: ColourMode, name: str = DARK) -> None:
    """Register the themes for `mode` with an App, and show the one called `name`.

    Sets `app.colour_mode`, which every drawn widget reads. Call it right after `App.__init__`.
    """
    app.colour_mode = mode  # type: ignore[attr-defined]
    for each in (DARK, LIGHT, DARK + _CONTRAST, LIGHT + _CONTRAST):
        app.register_theme(theme(each, mode))
    # Rich guesses the system from TERM alone and would downgrade what was chosen here on purpose.
    app.console._color_system = _SYSTEMS[mode]
    app.theme = name


def line_filters(mode: ColourMode, usual: Sequence[filters.LineFilter]) -> list[filters.LineFilter]:
    """The filters that every drawn line goes through in a mode, given those that Textual would use."""
    kept = [each for each in usual if not isinstance(each, filters.Monochrome | filters.NoColor)]
    if mode is ColourMode.XTERM256:
        return [*kept, _XTERM, OBEYS_NOTHING]
    if mode is ColourMode.NONE:
        return [_PLAIN, OBEYS_NOTHING]
    return [*kept, OBEYS_NOTHING]


class XtermExact(filters.LineFilter):
    """Every colour becomes the nearest entry of xterm's palette, in OKLab."""

    def apply(self, segments: list[Segment], background: CssColor) -> list[Segment]:
        """The segments in exact entries."""
        return [Segment(text, None if style is None else _in_xterm(style), None) for text, style, _ in segments]


class Colourless(filters.LineFilter):
    """No colour at all is written; a white ground becomes reverse, everything else keeps bold, dim and underline."""

    def apply(self, segments: list[Segment], background: CssColor) -> list[Segment]:
        """The segments without colour codes."""
        return [Segment(text, None if style is None else _colourless(style), None) for text, style, _ in segments]


_XTERM = XtermExact()
_PLAIN = Colourless()


@lru_cache(4096)
def _in_xterm(style: Style) -> Style:
    from tui.drawing.oklab import nearest_xterm

    found = []
    for colour in (style.color, style.bgcolor):
        if colour is not None and colour.triplet is not None:
            colour = Color.from_ansi(nearest_xterm(*colour.triplet))
        found.append(colour)
    return style + Style.from_color(*found)


@lru_cache(4096)
def _colourless(style: Style) -> Style:
    ground = style.bgcolor
    marked = ground is not None and ground.type is ColorType.STANDARD and ground.number in _REVERSED
    bare = style.without_color
    return bare + Style(reverse=True) if marked and not style.reverse else bare


class ColouredApp(App[Any]):
    """An App that is right in every colour mode; `colour_mode` is read from the environment unless given."""

    colour_mode: ColourMode
    slice_letters: str = colours.BASE_LETTERS
    """The plan's slices in order, which the palette reads."""

    def __init__(self, colour_mode: ColourMode | None = None, theme: str = DARK, **arguments: Any) -> None:
        mode = colours.detect(os.environ) if colour_mode is None else colour_mode
        super().__init__(**{**app_arguments(mode), **arguments})
        install(self, mode, theme)

    def get_line_filters(self) -> Sequence[filters.LineFilter]:
        """Textual's filters, put right for the colour mode."""
        return line_filters(self.colour_mode, super().get_line_filters())

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything by the colours of the theme."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            # The theme is chosen before there is a screen. What Textual parses anew, it does not keep: with the first
            # screen, it would parse it once more.
            self.stylesheet.set_variables(self.get_css_variables())
            self.stylesheet.parse()
            self.stylesheet.update(self, animate=animate)
