"""The palette, and what becomes of it where colour is poor.

Hue belongs to slices alone; everything else is neutral, apart from "better" and "worse". Colours are never blended
by the terminal's own downgrade: 256 colours are exact xterm entries, 16 are named by hand, and without colour only
bold, dim, reverse, underline and strike are left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

from rich.color import Color
from rich.style import Style


class ColourMode(Enum):
    """How much colour the terminal has."""

    TRUE = "true"
    XTERM256 = "256"
    ANSI16 = "16"
    NONE = "none"


_SYSTEMS = {
    "truecolor": ColourMode.TRUE,
    "256": ColourMode.XTERM256,
    "standard": ColourMode.ANSI16,
    "windows": ColourMode.ANSI16,
}
_TRUE_TERMINALS = ("kitty", "alacritty", "foot", "ghostty", "wezterm", "direct")


def detect(environ: Mapping[str, str]) -> ColourMode:
    """The mode that `environ` asks for; read it before the App is made, which takes NO_COLOR away.

    A NO_COLOR that is set and not empty wins (no-color.org), then TEXTUAL_COLOR_SYSTEM, COLORTERM and TERM.
    """
    term = environ.get("TERM", "").lower()
    if environ.get("NO_COLOR") or term == "dumb":
        return ColourMode.NONE
    forced = _SYSTEMS.get(environ.get("TEXTUAL_COLOR_SYSTEM", "").lower())
    if forced is not None:
        return forced
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColourMode.TRUE
    if any(name in term for name in _TRUE_TERMINALS):
        return ColourMode.TRUE
    if "256color" in term:
        return ColourMode.XTERM256
    # Windows sets no TERM; every console that Textual runs in there draws 24 bits.
    if environ.get("WT_SESSION") or (not term and environ.get("OS") == "Windows_NT"):
        return ColourMode.TRUE
    return ColourMode.ANSI16


BASE_LETTERS = "FIQDO"
"""The slices that every plan starts with: their hues are fixed."""

DARK: dict[str, str] = {
    "panel": "#131A22",
    "raised": "#202A36",
    "cursor": "#383F46",
    "track": "#222931",
    "line": "#3A4757",
    "text": "#EEF2F6",
    "muted": "#9AA7B5",
    "fill": "#BEC2C7",
    "better": "#B6E86A",
    "worse": "#FF8FB0",
    "F": "#5AADE9",
    "I": "#EFC103",
    "Q": "#8DEBD5",
    "D": "#9552B5",
    "O": "#DB624A",
    "1": "#A5B496",
    "2": "#6969FF",
    "3": "#FFFF87",
}
"""Roles and slices of the dark theme; 1 to 3 are lent to slices with other letters."""

LIGHT: dict[str, str] = {
    "panel": "#FBFAF7",
    "raised": "#ECE9E1",
    "cursor": "#DDDEDC",
    "track": "#EBEBE9",
    "line": "#BDB9AE",
    "text": "#16202B",
    "muted": "#56626F",
    "fill": "#485058",
    "better": "#2F6B00",
    "worse": "#B3124E",
    "F": "#0057B8",
    "I": "#CC9825",
    "Q": "#3D9A89",
    "D": "#6B2469",
    "O": "#CE330A",
    "1": "#8C97A2",
    "2": "#1D2F1F",
    "3": "#D58AA8",
}
"""Roles and slices of the light theme, for a lit room."""

CONTRAST = "-contrast"
"""What the name of a theme ends with that has these in place of its greys, for a projector."""
_FAR_DARK = {"panel": "#000000", "raised": "#1C1C1C", "cursor": "#4D4D4D", "line": "#8C8C8C", "text": "#FFFFFF",
             "muted": "#E3E3E3", "fill": "#FFFFFF"}  # fmt: skip
_FAR_LIGHT = {"panel": "#FFFFFF", "raised": "#E9E9E9", "cursor": "#CCCCCC", "line": "#6E6E6E", "text": "#000000",
              "muted": "#262626", "fill": "#000000"}  # fmt: skip

# Plain names, dimmed names: an automatic downgrade turned Features grey.
_ANSI_DARK = {
    "F": ("bright_blue", "blue"),
    "I": ("bright_yellow", "yellow"),
    "Q": ("bright_cyan", "cyan"),
    "D": ("magenta", "magenta"),
    "O": ("bright_red", "red"),
    "1": ("bright_green", "green"),
    "2": ("bright_white", "white"),
    "3": ("white", "bright_black"),
    "fill": ("white", "white"),
    "better": ("bright_green", "green"),
    "worse": ("bright_red", "red"),
    "cursor": ("bright_black", "bright_black"),
}
_ANSI_LIGHT = {
    "F": ("blue", "bright_blue"),
    "I": ("yellow", "bright_yellow"),
    "Q": ("cyan", "bright_cyan"),
    "D": ("magenta", "bright_magenta"),
    "O": ("red", "bright_red"),
    "1": ("green", "bright_green"),
    "2": ("black", "bright_black"),
    "3": ("bright_black", "white"),
    "fill": ("bright_black", "bright_black"),
    "better": ("green", "green"),
    "worse": ("red", "red"),
    "cursor": ("white", "white"),
}
_DIMMED = 0.4
_INKS = ("#131A22", "#FFFFFF")


def _blend(low: str, high: str, share: float) -> str:
    """`share` of `high` over `low`, in sRGB as the eye judges small steps."""
    pairs = zip(_triplet(low), _triplet(high), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _triplet(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _luminance(code: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [c / 255 for c in _triplet(code)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_for(ground: str) -> str:
    """Near black or white, whichever contrasts more with the hex colour `ground`."""
    light = _luminance(ground) + 0.05
    dark_contrast = light / (_luminance(_INKS[0]) + 0.05)
    return _INKS[0] if dark_contrast >= 1.05 / light else _INKS[1]


@dataclass(frozen=True, eq=False)
class Palette:
    """The colours of one theme in one mode, on one ground; make it with `palette` or `of`."""

    mode: ColourMode
    dark: bool
    hexes: Mapping[str, str]
    """Every role as it is in full colour, the panel being the ground that is drawn on."""
    letters: str
    """The plan's slices in order: which hue a letter beyond F I Q D O gets depends on it."""
    _styles: dict[Any, Style] = field(default_factory=dict, repr=False)

    def hue(self, letter: str) -> str:
        """The role whose colour the slice `letter` has: F I Q D O their own, others what is left, in order."""
        if letter in BASE_LETTERS:
            return letter
        spare = ["1", "2", "3", *(base for base in BASE_LETTERS if base not in self.letters)]
        others = [known for known in self.letters if known not in BASE_LETTERS]
        place = others.index(letter) if letter in others else sum(map(ord, letter))
        return spare[place % len(spare)]

    def hex(self, role: str, *, dimmed: bool = False) -> str:
        """The hex colour of a role or a slice's letter, in full colour; dimmed slices sink into the panel."""
        code = self.hexes[role if role in self.hexes and not role.isdigit() else self.hue(role)]
        return _blend(self.hexes["panel"], code, _DIMMED) if dimmed else code

    def colour(self, role: str, *, dimmed: bool = False) -> Color | None:
        """The terminal's colour for a role or a slice's letter; None where there is no colour."""
        if self.mode is ColourMode.NONE:
            return None
        if self.mode is ColourMode.ANSI16:
            named = _ANSI_DARK if self.dark else _ANSI_LIGHT
            key = role if role in self.hexes and not role.isdigit() else self.hue(role)
            return Color.parse(named[key][dimmed]) if key in named else Color.default()
        if dimmed and self.mode is ColourMode.XTERM256:
            from tui.drawing.oklab import nearest_xterm

            return Color.from_ansi(nearest_xterm(*_triplet(self.hex(role, dimmed=True)), True))
        return self.of_hex(self.hex(role, dimmed=dimmed))

    def of_hex(self, code: str) -> Color:
        """A hex colour as this mode writes it (full colour or the nearest xterm entry)."""
        return _of_hex(code, self.mode)

    def style(
        self,
        role: str = "text",
        ground: str = "panel",
        *,
        bold: bool = False,
        dim: bool = False,
        strike: bool = False,
        underline: bool = False,
        reverse: bool = False,
        dimmed: bool = False,
    ) -> Style:
        """Text of a role on the ground of another; what colour cannot say here is said by bold and dim."""
        key = (role, ground, bold, dim, strike, underline, reverse, dimmed)
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = self._make(key)
        return found

    def _make(self, key: tuple[str, str, bool, bool, bool, bool, bool, bool]) -> Style:
        role, ground, bold, dim, strike, underline, reverse, dimmed = key
        fore, back = self.colour(role, dimmed=dimmed), self.colour(ground)
        if self.mode is ColourMode.NONE:
            bold = bold or role in ("better", "worse") or ground == "cursor"
        if self.mode in (ColourMode.ANSI16, ColourMode.NONE):
            # No grey is legible on every terminal's ground: quiet text is the terminal's own, dimmed.
            dim = dim or (role in ("muted", "line") and ground != "cursor") or (dimmed and role in ("text", "muted"))
            if ground == "cursor" and fore is not None and fore.is_default:
                fore = Color.parse("bright_white" if self.dark else "black")
        return Style(
            color=fore,
            bgcolor=back,
            bold=bold or None,
            dim=dim or None,
            strike=strike or None,
            underline=underline or None,
            reverse=reverse or None,
        )

    def chip(self, letter: str, *, dimmed: bool = False) -> Style:
        """Ink on a slice's colour: the letter's chip, and the labels in the pie."""
        key = ("chip", letter, dimmed)
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = self._make_chip(letter, dimmed)
        return found

    def _make_chip(self, letter: str, dimmed: bool) -> Style:
        if self.mode is ColourMode.NONE:
            return Style(reverse=True, bold=None if dimmed else True, dim=dimmed or None)
        ground = self.colour(letter, dimmed=dimmed)
        if self.mode is ColourMode.ANSI16:
            # Bold black becomes grey in xterm, so the ink stays plain.
            ink = "black" if ground is not None and ground.number not in (None, 0, 1, 4, 5, 8) else "bright_white"
            return Style(color=Color.parse(ink), bgcolor=ground)
        return Style(color=self.of_hex(self.ink(letter, dimmed=dimmed)), bgcolor=ground, bold=None if dimmed else True)

    def ink(self, role: str, *, dimmed: bool = False) -> str:
        """The hex ink, black or white, that reads best on a role or a slice's colour."""
        return ink_for(self.hex(role, dimmed=dimmed))

    def on(self, ground: str) -> Palette:
        """This palette on another ground, e.g. a dialog's, given as a hex colour."""
        return _on(self, ground.upper())


# Many times the colours of all themes: shades between two of them come and go.
@lru_cache(4096)
def _of_hex(code: str, mode: ColourMode) -> Color:
    red, green, blue = _triplet(code)
    if mode is ColourMode.XTERM256:
        # With numpy: most terminals have more colours, and need it later.
        from tui.drawing.oklab import nearest_xterm

        return Color.from_ansi(nearest_xterm(red, green, blue))
    return Color.from_rgb(red, green, blue)


@lru_cache(64)
def _on(base: Palette, ground: str) -> Palette:
    return Palette(base.mode, base.dark, {**base.hexes, "panel": ground}, base.letters)


def palette(theme_name: str, mode: ColourMode = ColourMode.TRUE, letters: str = BASE_LETTERS) -> Palette:
    """The palette of a theme by name: light where the name says "light", dark otherwise. Always the same object."""
    return _palette("light" not in theme_name, theme_name.endswith(CONTRAST), mode, letters)


@lru_cache(64)
def _palette(dark: bool, contrast: bool, mode: ColourMode, letters: str) -> Palette:
    far = (_FAR_DARK if dark else _FAR_LIGHT) if contrast else {}
    return Palette(mode, dark, {**(DARK if dark else LIGHT), **far}, letters)


def of(app: Any) -> Palette:
    """The palette that an App is shown in now.

    Reads `app.theme`, `app.colour_mode` (full colour where there is none) and `app.slice_letters` (F I Q D O where
    there is none).
    """
    mode = getattr(app, "colour_mode", ColourMode.TRUE)
    letters: Sequence[str] = getattr(app, "slice_letters", BASE_LETTERS)
    return palette(str(app.theme), mode, "".join(letters))
