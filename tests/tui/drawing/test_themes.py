"""Colour by mode: what is detected, what the palette gives, and what really reaches the terminal."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.color import ColorType
from textual.style import Style
from textual.widgets import Input, OptionList, Static

from tests.tui.rest import come_to_rest
from tui.drawing import colours, themes
from tui.drawing.colours import ColourMode, detect, palette

TERMS = [
    ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, ColourMode.TRUE),
    ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, ColourMode.TRUE),
    ({"TERM": "xterm-256color"}, ColourMode.XTERM256),
    ({"TERM": "screen-256color-bce"}, ColourMode.XTERM256),
    ({"TERM": "xterm"}, ColourMode.ANSI16),
    ({"TERM": "linux"}, ColourMode.ANSI16),
    ({}, ColourMode.ANSI16),
    ({"TERM": "dumb"}, ColourMode.NONE),
    ({"TERM": "xterm-kitty"}, ColourMode.TRUE),
    ({"OS": "Windows_NT"}, ColourMode.TRUE),
    ({"WT_SESSION": "1"}, ColourMode.TRUE),
    ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, ColourMode.NONE),
    ({"NO_COLOR": "", "COLORTERM": "truecolor"}, ColourMode.TRUE),
    ({"COLORTERM": "truecolor", "TEXTUAL_COLOR_SYSTEM": "256"}, ColourMode.XTERM256),
    ({"COLORTERM": "truecolor", "TEXTUAL_COLOR_SYSTEM": "standard"}, ColourMode.ANSI16),
    ({"COLORTERM": "truecolor", "TEXTUAL_COLOR_SYSTEM": "auto"}, ColourMode.TRUE),
    ({"TEXTUAL_COLOR_SYSTEM": "256", "NO_COLOR": "yes"}, ColourMode.NONE),
]
THEMES = (themes.DARK, themes.LIGHT)
ROLES = ["panel", "raised", "cursor", "track", "line", "text", "muted", "fill", "better", "worse"]


@pytest.mark.parametrize(("environ", "mode"), TERMS)
def test_detection(environ, mode):
    assert detect(environ) is mode


@pytest.mark.parametrize("theme", THEMES)
def test_exact_hexes_in_full_colour(theme):
    dark = {"F": "#5aade9", "I": "#efc103", "Q": "#8debd5", "D": "#9552b5", "O": "#db624a", "panel": "#131a22"}
    light = {"F": "#0057b8", "I": "#cc9825", "Q": "#3d9a89", "D": "#6b2469", "O": "#ce330a", "panel": "#fbfaf7"}
    shades = palette(theme)
    for role, code in (dark if theme == themes.DARK else light).items():
        assert shades.colour(role).triplet.hex == code


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", list(ColourMode))
@pytest.mark.parametrize("letters", ["FIQDO", "FIQDOXYZ", "ABCDEFGH", "ABCXYZKL"])
def test_up_to_eight_slices_are_distinct(theme, mode, letters):
    shades = palette(theme, mode, letters)
    found = [shades.colour(letter) for letter in letters]
    if mode is ColourMode.NONE:
        assert found == [None] * len(letters)
    else:
        assert len(set(found)) == len(letters)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", list(ColourMode))
def test_styles_keep_to_their_mode(theme, mode):
    shades = palette(theme, mode)
    kinds = {
        ColourMode.TRUE: {ColorType.TRUECOLOR},
        ColourMode.XTERM256: {ColorType.EIGHT_BIT},
        ColourMode.ANSI16: {ColorType.STANDARD, ColorType.DEFAULT},
        ColourMode.NONE: set(),
    }[mode]
    styles = [shades.style(role, ground) for role in ROLES for ground in ("panel", "raised", "cursor")]
    styles += [shades.chip(letter, dimmed=dimmed) for letter in "FIQDOX" for dimmed in (False, True)]
    styles += [shades.style(letter, "track", dimmed=dimmed) for letter in "FIQDO" for dimmed in (False, True)]
    for style in styles:
        for colour in (style.color, style.bgcolor):
            assert colour is None or colour.type in kinds
            if mode is ColourMode.XTERM256:
                assert colour.number >= 16
    if mode is ColourMode.NONE:
        assert shades.chip("F").reverse
        assert shades.style("muted").dim


def contrast(one, other):
    def luminance(colour):
        parts = [part / 255 for part in colour.get_truecolor()]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", [ColourMode.TRUE, ColourMode.XTERM256])
def test_text_is_legible(theme, mode):
    shades = palette(theme, mode)
    for role in ("text", "muted", "better", "worse"):
        for ground in ("panel", "raised", "cursor"):
            assert contrast(shades.colour(role), shades.colour(ground)) >= (4.5 if role == "text" else 3.9)
    for letter in "FIQDO":
        for dimmed in (False, True):
            chip = shades.chip(letter, dimmed=dimmed)
            assert contrast(chip.color, chip.bgcolor) >= 3.4


def test_another_ground():
    shades = palette(themes.DARK)
    other = shades.on("#1A2129")
    assert other.style().bgcolor.triplet.hex == "#1a2129"
    assert other.hex("F") == shades.hex("F")
    assert other.hex("F", dimmed=True) != shades.hex("F", dimmed=True)


def test_styles_for_content():
    shades = palette(themes.DARK)
    style = Style.from_rich_style(shades.style("worse", "raised", bold=True))
    assert style.foreground is not None
    assert style.background is not None
    assert style.foreground.hex == "#FF8FB0"
    assert style.background.hex == "#202A36"
    assert style.bold


class Small(themes.ColouredApp):
    AUTO_FOCUS = "Input"
    CSS = "#box { background: $raised; color: $muted; border: round $line; } #slice { color: $slice-f; }"

    def compose(self):
        yield Static("box", id="box")
        yield Static("slice", id="slice")
        yield Input("typed")
        yield OptionList("one", "two")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", list(ColourMode))
async def test_themes_work_in_every_mode(theme, mode):
    app = Small(mode, theme)
    async with app.run_test(size=(40, 16)):
        await come_to_rest(app)
        assert app.theme == theme
        assert app.current_theme.dark == (theme == themes.DARK)
        assert app.native_ansi_color == (mode in (ColourMode.ANSI16, ColourMode.NONE))
        assert colours.of(app) is palette(theme, mode)
        app.theme = themes.LIGHT if theme == themes.DARK else themes.DARK
        await come_to_rest(app)
        assert colours.of(app).dark == (theme != themes.DARK)


PROGRAM = """
import os, sys
from textual.app import App
from textual.widgets import Input, OptionList, Static
from tui.drawing import themes
from tui.plan_view.legend import Legend, LegendRow
from tui.plan_view.meter import Meter, OneOffGauge
from tui.plan_view.pie import Pie, Wedge

class Board(themes.ColouredApp):
    def compose(self):
        yield Pie("MIX"); yield Legend(); yield Meter(); yield OneOffGauge()
        yield Input("x"); yield OptionList("a", "b")
    def on_mount(self):
        now = [Wedge(l, s) for l, s in zip("FIQDO", (.5, .2, .15, .1, .05))]
        self.query_one(Pie).show(now, now, now, "10→7\\npts", "aim")
        self.query_one(Legend).show([LegendRow("F", "Features", .5, .4, .6)])
        dots = [.7 + k * .012 for k in range(50)]
        self.query_one(Meter).show(.5, .7, .4, dots, [d * 1.1 for d in dots], "cap", "lo", "hi")
        self.query_one(OneOffGauge).show(.2, .1, .1)
        self.notify("done", markup=False)
        self.set_timer(.5, self.exit)

Board().run()
"""


def written(environ):
    """All that the small board writes to a terminal with this environment."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 60, 0, 0))
    root = str(Path(__file__).parents[3])
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLORTERM", "TERM")}
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=other,
        stdout=other,
        stderr=other,
        env={**plain, "PYTHONPATH": root, "OPENBLAS_NUM_THREADS": "1", **environ},
        cwd=root,
        start_new_session=True,
    )
    os.close(other)
    data = b""
    while True:
        try:
            more = os.read(main, 65536)
        except OSError:
            break
        if not more:
            break
        data += more
    os.close(main)
    assert child.wait(20) == 0
    return data.decode("utf-8", "replace")


def codes(text):
    """The parameters of every SGR sequence that was written."""
    return [found for found in re.findall("\x1b\\[([0-9;:]*)m", text) if found not in ("", "0")]


def test_no_colour_code_is_written_under_no_color():
    text = written({"NO_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"})
    assert "ODDS" in text
    assert codes(text)
    allowed = {"1", "2", "3", "4", "7", "9"}
    assert all(set(code.split(";")) <= allowed for code in codes(text)), set(codes(text))


def test_sixteen_colours_are_named():
    text = written({"TERM": "xterm"})
    assert "ODDS" in text
    assert not any(re.search(r"\b[34]8[;:]", code) for code in codes(text)), set(codes(text))
    assert any("94" in code.split(";") or "104" in code.split(";") for code in codes(text))


def test_256_colours_are_palette_entries():
    text = written({"TERM": "xterm-256color"})
    found = codes(text)
    assert "ODDS" in text
    assert any("48;5;" in code for code in found)
    assert not any(";2;" in re.sub(r"[34]8;5;\d+", "", f";{code};") for code in found if "8;2;" in code)
    entry = palette(themes.DARK, ColourMode.XTERM256).colour("F").number
    assert any(f"48;5;{entry}" in code for code in found)


def test_an_empty_no_color_leaves_colour_alone():
    text = written({"NO_COLOR": "", "TERM": "xterm-256color", "COLORTERM": "truecolor"})
    assert any("48;2;90;173;233" in code for code in codes(text))
