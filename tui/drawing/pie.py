"""The pie as strips: a donut of the mix, the aims around it, and what it was inside it.

Drawing this pie is what the project exists for. Block elements measured 19.3 dB against 16.8 to 20.0 for half
blocks, quadrants, sextants, octants and braille at 31x15, and are the only good ones that every terminal draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.common.values import Value
from tui.drawing import blocks, raster
from tui.drawing.colours import ColourMode, Palette
from tui.drawing.plain import percent, plain
from tui.drawing.raster import Geometry, Labels
from tui.drawing.scene import Scene

PATTERNS = {"I": "╱", "Q": "·", "D": "─", "O": "╳", "1": "╲", "2": "┼", "3": "│"}
"""What fills a slice besides its colour; the first slice stays plain."""
_EMPTY = 1
_FIRST = 2
_NOTHING = 255


class Material(Value):
    """What a sample is made of: the panel, an empty ring, or a slice in one of the rings."""

    letter: str
    ring: str
    share: float = 0.0
    turn: float = 0.0
    """The middle of the slice."""
    place: int = 0
    """Which of the drawn slices of its ring it is."""
    of: int = 1
    """How many slices its ring has."""
    said: str = ""
    """Its share as it is shown."""


class Cells:
    """Characters and styles of a picture, cell by cell, row after row."""

    def __init__(self, width: int, height: int, ground: Style) -> None:
        self.width, self.height = width, height
        self.chars = [" "] * (width * height)
        self.styles = [ground] * (width * height)

    def write(self, x: int, y: int, text: str, style: Style) -> None:
        """Write narrow characters from a cell on."""
        for place, char in enumerate(text, y * self.width + x):
            self.chars[place], self.styles[place] = char, style

    def strips(self) -> list[Strip]:
        """The rows, with neighbours of one style joined."""
        found = []
        for start in range(0, self.width * self.height, self.width):
            segments = []
            begun, current = start, self.styles[start]
            for place in range(start + 1, start + self.width):
                style = self.styles[place]
                if style is not current:
                    segments.append(Segment("".join(self.chars[begun:place]), current))
                    begun, current = place, style
            segments.append(Segment("".join(self.chars[begun : start + self.width]), current))
            found.append(Strip(segments, self.width))
        return found


def draw(
    scene: Scene, width: int, height: int, shades: Palette, *, aspect: float = 0.5, patterns: bool = False
) -> list[Strip]:
    """`height` strips of `width` cells with the pie of `scene`; `aspect` is a cell's width over its height.

    Shares need not add up to 1 (they are of their sum); a ring whose shares are all zero is drawn empty. Too small
    an area (below 6x3) stays blank.
    """
    ground = shades.style()
    if width < 6 or height < 3:
        return [Strip.blank(width, ground)] * max(0, height)
    shape = raster.geometry(width, height, round(aspect, 2))
    samples, materials = _label(scene, shape)
    cells = Cells(width, height, ground)
    grid = samples.reshape(-1, raster.SAMPLES * raster.SAMPLES)
    if shades.mode is ColourMode.NONE:
        _letters(cells, grid, materials, shades)
        pure = np.where((grid == 0).all(axis=1), 0, _NOTHING).astype(np.uint8)
    else:
        pure = _paint(cells, grid, materials, shades)
        textured = patterns or shades.mode is ColourMode.ANSI16
        _names(cells, pure, shape, materials, shades, textured)
    _centre(cells, pure, shape, scene.centre, shades)
    return cells.strips()


def _label(scene: Scene, shape: Geometry) -> tuple[Labels, list[Material]]:
    """Every sample's material (0 the panel, 1 an empty ring), and the materials."""
    samples: Labels = np.zeros(shape.width * shape.height * raster.SAMPLES**2, dtype=np.uint8)
    materials = [Material("", "panel"), Material("", "empty")]
    rings = [("outer", shape.outer, scene.aims), ("donut", shape.donut, scene.after)]
    if scene.before is not None:
        rings.append(("inner", shape.inner, scene.before))
    for name, ring, wedges in rings:
        shares = [max(0.0, wedge.share) for wedge in wedges]
        total = sum(shares)
        if total <= 0:
            if name == "donut":
                samples[ring.where] = _EMPTY
            continue
        raster.label(samples, ring, shares, len(materials))
        count, place, passed = sum(share > 0 for share in shares), 0, 0.0
        for wedge, share in zip(wedges, shares, strict=True):
            middle = (passed + share / 2) / total
            part = share / total
            said = wedge.said or percent(part)
            materials.append(Material(plain(wedge.letter)[:1], name, part, middle, place, count, said))
            passed += share
            place += share > 0
    return samples, materials


def _hexes(materials: Sequence[Material], shades: Palette) -> list[str]:
    """The materials' colours."""
    fixed = {"panel": "panel", "empty": "track"}
    return [
        shades.hex(fixed[each.ring]) if each.ring in fixed else shades.hex(each.letter, dimmed=each.ring == "inner")
        for each in materials
    ]


def _paint(cells: Cells, grid: Labels, materials: list[Material], shades: Palette) -> NDArray[np.uint8]:
    """Draw the samples as blocks; returns what each cell is made of, where it is all of one material (else 255)."""
    first = grid[:, 0]
    # Eight samples at a time: a uniform row of them is one number that repeats its byte.
    uniform = (grid.view(np.uint64) == (first * np.uint64(0x0101010101010101))[:, None]).all(axis=1)
    pure = np.where(uniform, first, np.uint8(_NOTHING))
    hexes = _hexes(materials, shades)
    blended = shades.mode is ColourMode.TRUE
    plain_styles = [_uniform(shades, each, code) for each, code in zip(materials, hexes, strict=True)]
    # A uniform cell is a space on its colour, never a full block: those leave seams in xterm.
    for place in np.flatnonzero(uniform & (first > 0)).tolist():
        cells.styles[place] = plain_styles[first[place]]

    mixed = np.flatnonzero(~uniform)
    if not len(mixed):
        return pure
    table = np.array([[int(code[k : k + 2], 16) for k in (1, 3, 5)] for code in hexes], dtype=np.float32)
    quadrants = shades.mode is ColourMode.ANSI16
    found = blocks.fit(grid[mixed], table, blocks.QUADRANTS if quadrants else None)
    if blended:
        codes = np.rint(found.colours).astype(np.int64)
        packed = (codes[:, :, 0] << 16 | codes[:, :, 1] << 8 | codes[:, :, 2]).tolist()
        for place, glyph, (back, fore) in zip(mixed.tolist(), found.glyph.tolist(), packed, strict=True):
            cells.styles[place] = _true(fore, back)
            if fore != back:
                cells.chars[place] = blocks.GLYPHS[glyph]
        return pure
    main = _rescue(found.main, found.glyph, grid[mixed], pure, materials)
    for place, glyph, (back, fore) in zip(mixed.tolist(), found.glyph.tolist(), main.tolist(), strict=True):
        char = blocks.GLYPHS[glyph]
        if materials[fore].ring == "panel" and char in blocks.OPPOSITE:
            # The terminal's own ground cannot be written as ink.
            fore, back, char = back, fore, blocks.OPPOSITE[char]
        if fore == back:
            cells.styles[place] = plain_styles[back]
        else:
            cells.styles[place] = _pair(plain_styles[fore].bgcolor, plain_styles[back].bgcolor)
            cells.chars[place] = char
    return pure


def _uniform(shades: Palette, material: Material, code: str) -> Style:
    """The style of a cell that is all of one material."""
    if shades.mode is ColourMode.TRUE:
        return _pair(None, shades.of_hex(code))
    if shades.mode is ColourMode.XTERM256:
        if material.ring == "inner":
            return _pair(None, shades.colour(material.letter, dimmed=True))
        return _pair(None, shades.of_hex(code))
    if material.ring in ("panel", "empty"):
        named = shades.colour("cursor") if material.ring == "empty" else Color.default()
    else:
        named = shades.colour(material.letter, dimmed=material.ring == "inner")
    return _pair(None, named)


# More pairs than the largest pie has cells at its edges; some 1 kB each.
@lru_cache(4096)
def _true(fore: int, back: int) -> Style:
    """Ink and ground given as 24-bit numbers."""
    ink, ground = (Color.from_rgb(code >> 16, code >> 8 & 255, code & 255) for code in (fore, back))
    return Style(color=None if fore == back else ink, bgcolor=ground)


@lru_cache(4096)
def _pair(fore: Color | None, back: Color | None) -> Style:
    return Style(color=fore, bgcolor=back)


def _rescue(
    main: NDArray[np.intp], glyphs: NDArray[np.intp], grid: Labels, pure: NDArray[np.uint8], materials: list[Material]
) -> NDArray[np.intp]:
    """Without blending a sliver can lose every cell it is in: give it the side where it has most samples."""
    shown = set(main.ravel().tolist()) | set(pure.tolist())
    for number in range(_FIRST, len(materials)):
        if number in shown or materials[number].ring != "donut" or materials[number].share <= 0:
            continue
        amount = (grid == number).sum(axis=1)
        if amount.any():
            cell = int(amount.argmax())
            under = blocks.fit_mask(int(glyphs[cell]))
            here = grid[cell] == number
            main[cell, int((here & under).sum() >= (here & ~under).sum())] = number
    return main


def _letters(cells: Cells, grid: Labels, materials: list[Material], shades: Palette) -> None:
    """Without colour: slices filled with their letters, alternate ones in reverse; aims small, before as dots."""
    count, kinds = len(grid), len(materials)
    tally = np.bincount((np.arange(count)[:, None] * kinds + grid).ravel(), minlength=count * kinds)
    tally = tally.reshape(count, kinds)
    main = tally.argmax(axis=1)
    for number, each in enumerate(materials):
        # A sliver that is nowhere the most gets the cell where it has most.
        if each.ring == "donut" and each.share > 0 and not (main == number).any() and tally[:, number].any():
            main[tally[:, number].argmax()] = number
    looks = [_letter(each, shades) for each in materials]
    for place in np.flatnonzero(main).tolist():
        cells.chars[place], cells.styles[place] = looks[main[place]]


def _letter(material: Material, shades: Palette) -> tuple[str, Style]:
    """How a cell of a material looks where there is no colour."""
    if material.ring == "outer":
        return material.letter.lower(), shades.style(dim=True)
    if material.ring in ("inner", "empty"):
        return "·", shades.style(dim=material.ring == "empty")
    # In an odd number of slices the last one meets the first at 12 o'clock, both reversed: a line tells them apart.
    last = material.of > 1 and material.of % 2 == 1 and material.place == material.of - 1
    return material.letter, shades.style(reverse=material.place % 2 == 0, underline=last)


def _names(
    cells: Cells,
    pure: NDArray[np.uint8],
    shape: Geometry,
    materials: list[Material],
    shades: Palette,
    textured: bool,
) -> None:
    """Write each slice's letter and share inside it, where every cell under the text is the slice's alone."""
    area = pure.reshape(shape.height, shape.width)
    for number, each in enumerate(materials):
        if each.ring != "donut" or each.share <= 0:
            continue
        mine = area == number
        if textured:
            _texture(cells, mine, shades, each.letter)
        x, y = shape.point(each.turn, sum(raster.DONUT) / 2)
        full = each.said
        for text in (f"{each.letter} {full}", f"{each.letter}{full[:-1]}", each.letter):
            if _narrow(text) and (place := _room(mine, len(text), x, y, shape.aspect)):
                cells.write(*place, text, shades.chip(each.letter))
                break


def _narrow(text: str) -> bool:
    """Whether each character takes one cell: those without a width would not show in a sum with wide ones."""
    return all(cell_len(char) == 1 for char in text)


def _room(mine: NDArray[np.bool_], length: int, x: float, y: float, aspect: float) -> tuple[int, int] | None:
    """Where `length` cells in a row are all True, nearest to a point; None where there is no such place."""
    if mine.shape[1] < length:
        return None
    starts = mine.shape[1] - length + 1
    clear = mine[:, :starts].copy()
    for shift in range(1, length):
        clear &= mine[:, shift : shift + starts]
    rows, columns = np.nonzero(clear)
    if not len(rows):
        return None
    nearest = int((((columns + length / 2 - x) * aspect) ** 2 + (rows + 0.5 - y) ** 2).argmin())
    return int(columns[nearest]), int(rows[nearest])


def _texture(cells: Cells, mine: NDArray[np.bool_], shades: Palette, letter: str) -> None:
    """Fill a slice's own cells with its pattern."""
    pattern = PATTERNS.get(shades.hue(letter))
    # In a slice of a few cells a pattern would only blur the letter.
    if pattern is None or mine.sum() < 6:
        return
    if shades.mode is ColourMode.ANSI16:
        style = shades.chip(letter)
    else:
        ground, ink = (np.array(Color.parse(code).triplet) for code in (shades.hex(letter), shades.ink(letter)))
        quiet = "#" + "".join(f"{int(part):02X}" for part in np.rint(ground + (ink - ground) * 0.7))
        style = _pair(shades.of_hex(quiet), shades.of_hex(shades.hex(letter)))
    rows, columns = np.nonzero(mine)
    for y, x in zip(rows.tolist(), columns.tolist(), strict=True):
        if pattern != "·" or (x + 2 * y) % 4 == 0:
            cells.write(x, y, pattern, style)


def _centre(cells: Cells, pure: NDArray[np.uint8], shape: Geometry, text: str, shades: Palette) -> None:
    """Write up to two lines into the hole, as far as they stand on nothing but the panel."""
    lines = [plain(line) for line in text.split("\n")[:2]]
    if not text or not all(map(_narrow, lines)):
        return
    area = pure.reshape(shape.height, shape.width) == 0
    top = shape.row - 1 if len(lines) == 2 else shape.row
    for y, line, style in zip((top, top + 1), lines, (shades.style(bold=True), shades.style("muted")), strict=False):
        # "10→7" gives way to "7" where the hole is small.
        for version in (line, line.rpartition("→")[2].strip()):
            x = shape.column - (len(version) + 1) // 2
            if version and area[y, max(0, x - 1) : x + len(version) + 1].all():
                cells.write(x, y, version, style)
                break
