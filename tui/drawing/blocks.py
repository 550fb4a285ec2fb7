"""Block elements (U+2580 to 259F) that fit a cell's samples best: halves, quadrants and eighths.

Every terminal draws these. A glyph splits a cell into two sides; the one that is taken explains most of the
variance between its sides: it maximises |S1|^2 * (1/n1 + 1/n0), S1 being the sum of the centred colours under it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from store.common.values import Value
from tui.drawing.raster import SAMPLES, Labels

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

GLYPHS = "▁▂▃▄▅▆▇▏▎▍▌▋▊▉▘▝▖▗▚"
"""The 19 ways to split a cell; their complements are the same glyphs with the colours swapped."""
OPPOSITE = {"▄": "▀", "▌": "▐", "▘": "▟", "▝": "▙", "▖": "▜", "▗": "▛", "▚": "▞"}
"""The glyphs that exist in reverse too: where the ground's colour cannot be written as ink."""
QUADRANTS = np.array([GLYPHS.index(glyph) for glyph in OPPOSITE])
"""The splits that quadrants and halves can draw."""
PULL = 0.35
"""A side in which other materials are less than this is drawn in its main material's pure colour."""

_ALL = SAMPLES * SAMPLES


def _masks() -> NDArray[np.bool_]:
    """What each glyph covers, shape (19, 64)."""
    rows, columns = np.mgrid[0:SAMPLES, 0:SAMPLES]
    half = SAMPLES // 2
    top, left = rows < half, columns < half
    lower = [rows >= SAMPLES - k for k in range(1, SAMPLES)]
    beside = [columns < k for k in range(1, SAMPLES)]
    corners = [top & left, top & ~left, ~top & left, ~top & ~left, top == left]
    return np.array([*lower, *beside, *corners]).reshape(len(GLYPHS), _ALL)


_MASKS = _masks()
_UNDER = _MASKS.sum(axis=1).astype(np.float32)
_WEIGHT = 1 / _UNDER + 1 / (_ALL - _UNDER)


class Fit(Value):
    """The best glyphs for a number of cells; side 0 is the ground, side 1 the ink."""

    glyph: Indices
    """Index into `GLYPHS`, shape (cells,)."""
    main: Indices
    """The material that most of each side is, shape (cells, 2)."""
    colours: Floats
    """The colour of each side, 0..255, shape (cells, 2, 3)."""


def fit(cells: Labels, table: Floats, only: Indices | None = None) -> Fit:
    """Fit glyphs to `cells`, labels of shape (cells, 64), whose colours are in `table`, shape (materials, 3).

    `only` names the splits that may be used (all if None). The masks' sums come from sums of rows, columns and
    quadrants; there is no matrix product, which would wake BLAS's threads.
    """
    count, kinds = len(cells), len(table)
    # Cells last: every sum then runs over long rows that lie together in memory.
    points = np.ascontiguousarray(cells.T)
    shades = np.ascontiguousarray(table.T)[:, points].reshape(3, SAMPLES, SAMPLES, count)
    halves = shades.reshape(3, SAMPLES, 2, SAMPLES // 2, count).sum(axis=3)
    rows = halves.sum(axis=2)
    columns = shades.sum(axis=1)
    corners = halves.reshape(3, 2, SAMPLES // 2, 2, count).sum(axis=2).reshape(3, 4, count)
    sums = np.empty((3, len(GLYPHS), count), dtype=np.float32)
    np.cumsum(rows[:, :0:-1], axis=1, out=sums[:, :7])
    np.cumsum(columns[:, :-1], axis=1, out=sums[:, 7:14])
    sums[:, 14:18] = corners
    sums[:, 18] = corners[:, 0] + corners[:, 3]
    total = rows.sum(axis=1)
    centred = sums - (total / _ALL)[:, None, :] * _UNDER[:, None]
    score = (centred * centred).sum(axis=0) * _WEIGHT[:, None]
    best = score.argmax(axis=0) if only is None else only[score[only].argmax(axis=0)]

    each = np.arange(count)
    under = _UNDER[best]
    ink = sums[:, best, each]
    colours = np.stack([(total - ink) / (_ALL - under), ink / under], axis=2)
    # Steps of 4 cannot be seen, and make far fewer styles.
    colours = np.minimum(np.rint(np.moveaxis(colours, 0, 2) / 4) * 4, 255)

    side = _MASKS[best]
    places = ((each[:, None] * 2 + side) * kinds + cells).ravel()
    tally = np.bincount(places, minlength=count * 2 * kinds).reshape(count, 2, kinds)
    main = tally.argmax(axis=2)
    most = np.take_along_axis(tally, main[:, :, None], axis=2)[:, :, 0]
    sizes = np.stack([_ALL - under, under], axis=1)
    pure = most > (1 - PULL) * sizes
    colours[pure] = table[main[pure]]
    return Fit(best, main, colours)


def fit_mask(glyph: int) -> NDArray[np.bool_]:
    """The 64 samples that a glyph covers."""
    return np.asarray(_MASKS[glyph])
