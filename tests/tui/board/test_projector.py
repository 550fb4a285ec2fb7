"""For a projector: large figures that follow what is decided, whole titles, few columns, contrast. Two seconds."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len

from tests.tui.app_helpers import NARROW, NORMAL, opened, small
from tui.cli.arguments import parser
from tui.drawing import colours, themes
from tui.plan_view.big_figures import big

LONG = "A title of a hundred letters that nobody would want to be cut in two while it stands on the wall there"
ITEMS = [(LONG, 2.0, {}), ("Second", 3.0, {"state": "below"})]


def luminance(code: str) -> float:
    """Of a hex colour, by WCAG 2."""
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_every_ground() -> None:
    for dark in (True, False):
        shades = colours.palette(themes.named(dark=dark, contrast=True))
        for ground in ("panel", "raised", "cursor"):
            for role in ("text", "muted"):
                light, low = sorted((luminance(shades.hex(role)), luminance(shades.hex(ground))), reverse=True)
                # WCAG's AAA asks for 7.
                assert (light + 0.05) / (low + 0.05) >= (6.5 if ground == "cursor" else 12), (dark, role, ground)


def test_digits_are_told_apart_and_stand_in_line() -> None:
    drawn = {digit: tuple(big(digit)) for digit in "0123456789%/<>-."}
    assert len(set(drawn.values())) == len(drawn)
    for figure in ("73%", "50.0/84.0", "<1%", "any"):
        assert len({cell_len(row) for row in big(figure)}) == 1
    assert big("7") == ["▀▀█", "  █", "  ▀"]


async def test_it_is_turned_on_and_off(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ITEMS, net=30.0), NORMAL) as room:
        before = room.lines
        assert not any(LONG[:90] in line for line in before[:-2])
        await room.press("f3")
        (at,) = [at for at, line in enumerate(room.lines) if "odds, target 70%" in line]
        odds = f"{int(100 * room.board.session.now.forecast.odds + 0.5 + 1e-9)}%"
        assert [row in line for row, line in zip(big(odds), room.lines[at + 1 : at + 4], strict=True)] == [True] * 3
        # The title is whole, on lines of its own.
        first = next(at for at, line in enumerate(room.lines) if " A title of" in line)
        width = room.board.plan.size.width
        rows = [line[9:width] for line in room.lines[first : first + 3]]
        assert all(word in " ".join(rows).split() for word in LONG.split())
        assert room.app.theme == themes.named(dark=True, contrast=True)
        await room.press("t")
        assert room.app.theme == themes.named(dark=False, contrast=True)
        await room.press("t", "f3")
        assert room.lines == before
        assert room.app.theme == themes.DARK


async def test_what_a_trade_would_do_is_large(tmp_path: Path) -> None:
    items = [(f"Work {at}", 4.0, {}) for at in range(1, 7)]
    async with opened(small(tmp_path, items, net=32.0), NARROW) as room:
        await room.press("f3", "a")
        await room.write("Audit log ~6-9-12")
        await room.press("enter")
        await room.until(lambda: room.board.sheet.trade is not None)
        now = int(100 * room.board.session.now.forecast.odds + 0.5 + 1e-9)
        assert f"odds then, now {now}%" in room.text


def test_it_can_be_asked_for_at_the_start() -> None:
    for line, wanted in (([], False), (["--projector"], True), (["follow", "--projector"], True), (["demo"], False)):
        assert parser(line).parse_args(line).projects is wanted
    line = ["--projector", "demo"]
    assert parser(line).parse_args(line).projects is True
