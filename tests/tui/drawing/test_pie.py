"""The pie is true: measured on the drawn cells, decoded back into points with a table of block glyphs of our own."""

import random
import re
from itertools import pairwise

import numpy as np
import pytest
from rich.cells import cell_len
from rich.color import ColorType
from textual.app import App

from tests.tui.rest import come_to_rest
from tui.drawing import colours, pie
from tui.drawing.canvas import changed_spans
from tui.drawing.colours import ColourMode, palette
from tui.drawing.scene import Scene, Wedge
from tui.plan_view.pie import Pie

LETTERS = "FIQDOXYZ"
# Size -> (centre column, centre row, radius in rows): the centre on a corner of cells, twice as high as they are wide.
SIZES = {(31, 15): (15, 7, 7), (41, 21): (20, 10, 10)}
# What each glyph covers of a cell of 8x8 points, written from the Unicode names.
UPPER, LOWER, LEFT, RIGHT = range(4), range(4, 8), range(4), range(4, 8)
CORNERS = {
    "▘": [(UPPER, LEFT)],
    "▝": [(UPPER, RIGHT)],
    "▖": [(LOWER, LEFT)],
    "▗": [(LOWER, RIGHT)],
    "▚": [(UPPER, LEFT), (LOWER, RIGHT)],
    "▞": [(UPPER, RIGHT), (LOWER, LEFT)],
    "▙": [(UPPER, LEFT), (LOWER, LEFT), (LOWER, RIGHT)],
    "▛": [(UPPER, LEFT), (UPPER, RIGHT), (LOWER, LEFT)],
    "▜": [(UPPER, LEFT), (UPPER, RIGHT), (LOWER, RIGHT)],
    "▟": [(UPPER, RIGHT), (LOWER, LEFT), (LOWER, RIGHT)],
    "▀": [(UPPER, LEFT), (UPPER, RIGHT)],
    "▐": [(UPPER, RIGHT), (LOWER, RIGHT)],
}


def covered(char):
    """The points of a cell that are drawn in its ink; text and spaces count as ground."""
    mask = np.zeros((8, 8), dtype=bool)
    if char in "▁▂▃▄▅▆▇█":
        mask[8 - ("▁▂▃▄▅▆▇█".index(char) + 1) :] = True
    elif char in "▏▎▍▌▋▊▉":
        mask[:, : 7 - "▉▊▋▌▍▎▏".index(char)] = True
    else:
        for rows, columns in CORNERS.get(char, []):
            mask[np.ix_(list(rows), list(columns))] = True
    return mask


def rgb(colour):
    return (0, 0, 0) if colour is None or colour.is_default else tuple(colour.get_truecolor())


def points(strips, width):
    """The picture as an array of points, shape (8 * rows, 8 * columns, 3)."""
    rows = []
    for strip in strips:
        assert strip.cell_length == width
        cells = []
        for segment in strip:
            for char in segment.text:
                ink, ground = rgb(segment.style.color), rgb(segment.style.bgcolor)
                cells.append(np.where(covered(char)[:, :, None], ink, ground))
        rows.append(np.concatenate(cells, axis=1))
    return np.concatenate(rows, axis=0).astype(float)


def terminal_colours(shades, letters):
    return np.array([rgb(shades.colour(key)) for key in ("panel", *letters)], float)


def explained(colour, panel, slices):
    """Which slice a colour is (part of), and how much of it: the nearest of the lines from panel to slice."""
    lines = slices - panel
    along = ((colour[..., None, :] - panel) * lines).sum(-1) / (lines * lines).sum(-1)
    along = np.clip(along, 0, 1)
    away = np.linalg.norm(panel + along[..., None] * lines - colour[..., None, :], axis=-1)
    # Where a colour is the panel itself, every line is near: take the first, of which it has nothing.
    which = away.argmin(-1)
    return which, np.take_along_axis(along, which[..., None], -1)[..., 0]


def measured(shares, size, mode=ColourMode.TRUE):
    """Angle (turns), radius (shares of R), slice and amount for every point of the drawn donut."""
    shades = palette("makeroom-dark", mode, LETTERS)
    wedges = tuple(Wedge(letter, share) for letter, share in zip(LETTERS, shares, strict=False))
    image = points(pie.draw(Scene(wedges), *size, shades), size[0])
    column, row, radius = SIZES[size]
    height, width = image.shape[:2]
    x = ((np.arange(width) + 0.5) / 8 - column)[None, :] * 0.5 + np.zeros((height, 1))
    y = ((np.arange(height) + 0.5) / 8 - row)[:, None] + np.zeros((1, width))
    turn = (np.arctan2(x, -y) / (2 * np.pi)) % 1
    distance = np.hypot(x, y) / radius
    table = terminal_colours(shades, LETTERS[: len(shares)])
    which, amount = explained(image, table[0], table[1:])
    return turn, distance, which, amount


def cases():
    rng = random.Random(7)
    found = [(0.5, 0.2, 0.15, 0.1, 0.05), (0.52, 0.18, 0.2, 0.05, 0.05), (0.5, 0.5), (0.9, 0.1), (1 / 3,) * 3]
    found += [(0.125,) * 8, (0.25, 0.25, 0.25, 0.25), (0.6, 0.0, 0.4), (0.0, 0.3, 0.0, 0.7, 0.0)]
    found += [(0.5, 0.246, 0.15, 0.1, 0.004), (0.004, 0.996), (0.3, 0.004, 0.696), (0.6, 0.3, 0.096, 0.004)]
    for count in range(2, 9):
        for _ in range(4):
            parts = [rng.uniform(0.3, 3) for _ in range(count)]
            found.append(tuple(part / sum(parts) for part in parts))
    return found


def difference(one, other):
    """Signed difference of two angles in turns, in -0.5..0.5."""
    return (one - other + 0.5) % 1 - 0.5


MERGED = 0.025
"""Below this share, the gaps on the two sides of a slice meet at the hub: their middles cannot be told apart there,
so the slice itself is measured instead: it is to be seen, and its middle is where it belongs."""


@pytest.mark.parametrize("mode", [ColourMode.TRUE, ColourMode.XTERM256])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shares", cases())
def test_gaps_lie_on_the_exact_angles(shares, size, mode):
    turn, distance, which, amount = measured(shares, size, mode)
    ring = (distance > 0.46) & (distance < 0.79)
    drawn = [share for share in shares if share > 0]
    ends = np.cumsum(drawn)
    for place, end in enumerate(ends):
        beside = (drawn[place], drawn[(place + 1) % len(drawn)])
        if min(beside) < MERGED:
            continue
        # Half of the smaller neighbour on each side: the next gap must stay out of view.
        window = min(0.03, min(beside) / 2)
        offset = difference(turn, end % 1)
        near = ring & (np.abs(offset) < window)
        # Radius by radius, because the same width is a larger angle near the hub.
        panel = (1 - amount)[near]
        assert panel.sum() > 10
        assert abs((offset[near] * panel).sum() / panel.sum()) < 0.005
    for index, share in enumerate(shares):
        if not 0 < share < MERGED:
            continue
        middle = sum(shares[:index]) + share / 2
        mine = ring & (which == index) & (np.abs(difference(turn, middle)) < 0.05)
        weight = amount[mine]
        assert weight.sum() > 0.5
        assert abs((difference(turn, middle)[mine] * weight).sum() / weight.sum()) < 0.005


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shares", cases())
def test_areas_are_in_proportion(shares, size):
    _, distance, which, amount = measured(shares, size)
    ring = (distance > 0.39) & (distance < 0.85)
    areas = np.array([amount[ring & (which == index)].sum() for index in range(len(shares))])
    # Every gap takes the same area from both its neighbours: add it again before comparing.
    count = sum(share > 0 for share in shares)
    lost = 0.05 * (0.82 - 0.43) / (np.pi * (0.82**2 - 0.43**2)) if count > 1 else 0.0
    areas /= areas.sum()
    for share, area in zip(shares, areas, strict=True):
        exact = (share - lost) / (1 - count * lost) if share > lost else share
        assert abs(area - exact) < 0.015
        if share == 0:
            assert area < 0.004


def test_one_slice_is_a_whole_ring_without_a_gap():
    turn, distance, which, amount = measured((1.0, 0.0), (31, 15))
    ring = (distance > 0.52) & (distance < 0.74)
    assert set(np.unique(which[ring])) == {0}
    assert amount[ring].min() > 0.9
    assert len(np.unique(np.floor(turn[ring] * 100))) == 100


def test_an_empty_plan_is_an_empty_ring():
    for mode in ColourMode:
        shades = palette("makeroom-dark", mode)
        empty = Scene(tuple(Wedge(letter, 0.0) for letter in "FIQDO"))
        strips = pie.draw(empty, 31, 15, shades)
        assert len(strips) == 15
        assert not re.search("[A-Z%]", "".join(strip.text for strip in strips))
        assert len({segment.style for strip in strips for segment in strip}) >= 2


def test_no_slices_and_no_room():
    shades = palette("makeroom-dark", ColourMode.TRUE)
    assert [strip.cell_length for strip in pie.draw(Scene(), 31, 15, shades)] == [31] * 15
    for size in ((0, 0), (1, 1), (5, 2), (6, 3), (7, 4), (12, 40), (90, 6)):
        strips = pie.draw(Scene((Wedge("F", 1.0),), (Wedge("F", 1.0),), (), "7\npts"), *size, shades)
        assert [strip.cell_length for strip in strips] == [size[0]] * size[1]


def full_scene(count):
    shares = [1 / count] * count
    wedges = tuple(Wedge(letter, share) for letter, share in zip(LETTERS, shares, strict=False))
    return Scene(wedges, wedges, wedges, "10→7\npts")


def cells(strips):
    return [[(char, segment.style) for segment in strip for char in segment.text] for strip in strips]


@pytest.mark.parametrize("count", range(1, 9))
def test_letters_tell_slices_apart_without_colour(count):
    scene = full_scene(count)
    grid = cells(pie.draw(scene, 31, 15, palette("makeroom-dark", ColourMode.NONE, LETTERS)))
    looks = {letter: set() for letter in LETTERS[:count]}
    lower = set()
    for row in grid:
        for char, style in row:
            assert style.color is None
            assert style.bgcolor is None
            if char in looks:
                looks[char].add((bool(style.reverse), bool(style.underline)))
            lower.add(char)
    assert {letter.lower() for letter in LETTERS[:count]} <= lower
    assert "·" in lower
    assert all(len(look) == 1 for look in looks.values())
    ways = [next(iter(looks[letter])) for letter in LETTERS[:count]]
    assert all(one[0] != other[0] for one, other in pairwise(ways))
    # An odd number of slices cannot alternate all the way round: there the last one is underlined too.
    if count > 1:
        assert ways[0] != ways[-1]


def test_a_sliver_is_seen_in_every_mode():
    for mode in ColourMode:
        for where in range(5):
            shares = [0.249] * 5
            shares[where] = 0.004
            scene = Scene(tuple(Wedge(letter, share) for letter, share in zip("FIQDO", shares, strict=True)))
            shades = palette("makeroom-dark", mode)
            grid = cells(pie.draw(scene, 31, 15, shades))
            letter = "FIQDO"[where]
            if mode is ColourMode.NONE:
                assert any(char == letter for row in grid for char, _ in row)
            elif mode is not ColourMode.TRUE:
                colour = shades.colour(letter)
                assert any(colour in (style.color, style.bgcolor) for row in grid for _, style in row)


@pytest.mark.parametrize("theme", ["makeroom-dark", "makeroom-light"])
@pytest.mark.parametrize("mode", list(ColourMode))
@pytest.mark.parametrize("patterns", [False, True])
def test_only_the_modes_own_colours(theme, mode, patterns):
    allowed = {
        ColourMode.TRUE: {ColorType.TRUECOLOR},
        ColourMode.XTERM256: {ColorType.EIGHT_BIT},
        ColourMode.ANSI16: {ColorType.STANDARD, ColorType.DEFAULT},
        ColourMode.NONE: set(),
    }[mode]
    for count in (1, 5, 8):
        for strip in pie.draw(full_scene(count), 31, 15, palette(theme, mode, LETTERS), patterns=patterns):
            for segment in strip:
                for colour in (segment.style.color, segment.style.bgcolor):
                    assert colour is None or colour.type in allowed
                if mode is ColourMode.ANSI16:
                    assert not set(segment.text) & set("▁▂▃▅▆▇▏▎▍▋▊▉")
                assert "█" not in segment.text


def test_sixteen_colours_never_write_the_ground_as_ink():
    for strip in pie.draw(full_scene(5), 31, 15, palette("makeroom-dark", ColourMode.ANSI16)):
        for segment in strip:
            if set(segment.text) & set("▀▄▌▐▘▝▖▗▚▞▙▛▜▟"):
                assert segment.style.color is not None
                assert not segment.style.color.is_default


def test_labels_stand_on_their_slice_alone():
    shades = palette("makeroom-dark", ColourMode.TRUE)
    scene = Scene(tuple(Wedge(letter, share) for letter, share in zip("FIQD", (0.48, 0.3, 0.2, 0.02), strict=True)))
    strips = pie.draw(scene, 41, 21, shades)
    text = "\n".join(strip.text for strip in strips)
    for label in ("F 48%", "I 30%", "Q 20%"):
        assert label in text
    assert "D 2%" not in text
    grounds = {letter: shades.chip(letter).bgcolor for letter in "FIQD"}
    for row in cells(strips):
        for x, (char, style) in enumerate(row):
            if char in grounds:
                assert style.bgcolor == grounds[char]
                if x + 4 < len(row) and row[x + 4][0] == "%":
                    assert {cell[1].bgcolor for cell in row[x : x + 5]} == {grounds[char]}


def test_patterns_differ():
    shades = palette("makeroom-dark", ColourMode.TRUE, LETTERS)
    scene = Scene(tuple(Wedge(letter, 1 / 8) for letter in LETTERS))
    plain = "".join(strip.text for strip in pie.draw(scene, 41, 21, shades))
    drawn = "".join(strip.text for strip in pie.draw(scene, 41, 21, shades, patterns=True))
    assert len(set(pie.PATTERNS.values())) == len(pie.PATTERNS)
    assert all(pattern in drawn for pattern in pie.PATTERNS.values())
    assert not any(pattern in plain for pattern in pie.PATTERNS.values())


def test_centre_shrinks_with_the_hole():
    shades = palette("makeroom-dark", ColourMode.TRUE)
    wedges = (Wedge("F", 1.0),)
    large = [strip.text for strip in pie.draw(Scene(wedges, wedges, wedges, "10→7\npts"), 41, 21, shades)]
    assert sum("10→7" in row for row in large) == 1
    assert sum("pts" in row for row in large) == 1
    small = "".join(strip.text for strip in pie.draw(Scene(wedges, wedges, wedges, "10→7\npts"), 16, 7, shades))
    assert "10→7" not in small


def test_letters_from_outside_are_made_safe():
    wedges = (Wedge("\x1b", 0.5), Wedge("界", 0.3), Wedge("[", 0.2))
    for mode in ColourMode:
        strips = pie.draw(Scene(wedges, wedges, wedges, "\x1b[31m\n[/]"), 31, 15, palette("makeroom-dark", mode))
        assert not any("\x1b" in strip.text for strip in strips)
        assert all(strip.cell_length == 31 for strip in strips)


@pytest.mark.parametrize("words", ["\xa0\uffa0\n監", "監\na\uffa0", "監\uffa0", "\x1b監\n\uffa0\uffa0\uffa0"])
def test_a_centre_of_odd_characters_leaves_every_row_as_wide_as_it_was(words):
    """Characters without a cell and such of two: as many cells as characters over both lines, and yet no cell each."""
    wedges = (Wedge("F", 1.0),)
    for strip in pie.draw(Scene(wedges, centre=words), 41, 21, palette("makeroom-dark", ColourMode.TRUE)):
        assert cell_len(strip.text) == 41, strip.text


class Shown(App[None]):
    def compose(self):
        yield Pie()


def mix(*shares):
    return [Wedge(letter, share) for letter, share in zip("FIQDO", shares, strict=True)]


AIMS = mix(0.5, 0.2, 0.15, 0.1, 0.05)


async def test_only_changed_spans_are_refreshed(monkeypatch):
    app = Shown()
    async with app.run_test(size=(40, 20)):
        widget = app.query_one(Pie)
        widget.show(mix(0.5, 0.2, 0.15, 0.1, 0.05), AIMS, None, "0\npts", "")
        await come_to_rest(app)
        asked = []
        monkeypatch.setattr(widget, "refresh", lambda *regions, **_: asked.extend(regions))
        widget.show(mix(0.5, 0.2, 0.15, 0.1, 0.05), AIMS, None, "0\npts", "")
        assert asked == []
        before = [widget.render_line(y) for y in range(15)]
        widget.show(mix(0.5, 0.2, 0.15, 0.05, 0.10), AIMS, None, "0\npts", "")
        after = [widget.render_line(y) for y in range(15)]
        spans = {(y, x) for region in asked for y in [region.y] for x in range(region.x, region.right)}
        differing = {
            (y, x)
            for y in range(15)
            for x, (old, new) in enumerate(zip(cells(before)[y], cells(after)[y], strict=True))
            if old != new
        }
        assert differing
        assert differing <= spans
        # Only D and O changed, at the upper left: most of the picture is left alone.
        assert len(spans) < 15 * 40 / 4
        assert all(region.height == 1 for region in asked)


async def test_the_pie_follows_theme_and_size():
    from tui.drawing import themes

    app = themes.ColouredApp(ColourMode.TRUE)
    async with app.run_test(size=(60, 24)) as pilot:
        widget = Pie("PORTFOLIO MIX")
        await app.mount(widget)
        widget.show(mix(0.5, 0.2, 0.15, 0.1, 0.05), AIMS, AIMS, "7\npts", "outer ring aim")
        await come_to_rest(app)
        assert "PORTFOLIO MIX" in widget.render_line(0).text
        dark = {segment.style.bgcolor for y in range(15) for segment in widget.render_line(y)}
        app.theme = themes.LIGHT
        await come_to_rest(app)
        light = {segment.style.bgcolor for y in range(15) for segment in widget.render_line(y)}
        assert colours.palette("light").colour("F") in light
        assert colours.palette("light").colour("F") not in dark
        await pilot.resize_terminal(30, 12)
        await come_to_rest(app)
        assert widget.render_line(3).cell_length == widget.content_size.width < 40


def test_spans_of_wide_characters():
    from rich.segment import Segment
    from rich.style import Style
    from textual.strip import Strip

    style = Style()
    old, new = Strip([Segment("ab界d", style)]), Strip([Segment("abXYd", style)])
    assert list(changed_spans(old, new)) == [(2, 4)]
    assert list(changed_spans(old, Strip([Segment("ab", style), Segment("界d", style)]))) == []
