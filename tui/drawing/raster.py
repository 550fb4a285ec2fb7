"""Where every sample of the donut lies: 8x8 samples a cell, labelled with the material that is there.

Lengths are in rows (cell heights) and angles in turns, clockwise from 12 o'clock. Samples are kept cell by cell,
shape (cells, 64), so that a cell's picture is one row of the array.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from store.common.values import Value

Floats = NDArray[np.float32]
Labels = NDArray[np.uint8]

SAMPLES = 8
GAP = 0.05
"""Width of the gap between two slices, as a share of the radius: the same at the hub and at the rim."""
OUTER = (0.895, 1.0)
"""The ring of the aims, from and to, as shares of the radius."""
DONUT = (0.43, 0.82)
"""The ring of the plan."""
INNER = (0.275, 0.375)
"""The ring of what was before."""
# A slice keeps this much of the gap's width for itself before the gaps at its sides may be whole.
_LEAST = 0.6 * GAP


class Ring(Value):
    """The samples that lie in one ring."""

    where: NDArray[np.intp]
    """Their places in the flat array of all samples."""
    turn: Floats
    """Their angles, 0..1."""
    radius: Floats
    """Their distances from the centre, as shares of the radius."""


class Geometry(Value):
    """The donut in an area of `width` x `height` cells."""

    width: int
    height: int
    aspect: float
    column: int
    """The centre stands at the left edge of this column."""
    row: int
    """The centre stands at the top edge of this row."""
    radius: float
    outer: Ring
    donut: Ring
    inner: Ring

    def point(self, turn: float, share: float) -> tuple[float, float]:
        """Column and row of the point at an angle and a share of the radius."""
        angle = 2 * np.pi * turn
        reach = share * self.radius
        return self.column + reach * float(np.sin(angle)) / self.aspect, self.row - reach * float(np.cos(angle))


@lru_cache(16)
def geometry(width: int, height: int, aspect: float) -> Geometry:
    """The samples' radii and angles for a size and a cell aspect (width over height); needs at least 2x2 cells."""
    # The centre is on a corner of cells: no block element has a line in its middle, so that a gap at 12, 3, 6 or 9
    # o'clock through the middle of cells would have to lie beside its angle. An odd row stays free below.
    column, row = width // 2, height // 2
    radius = int(SAMPLES * min(column * aspect, row)) / SAMPLES
    x = ((np.arange(width * SAMPLES) + 0.5) / SAMPLES - column) * aspect
    y = (np.arange(height * SAMPLES) + 0.5) / SAMPLES - row
    turn = (np.arctan2(x[None, :], -y[:, None]) / (2 * np.pi)) % 1.0
    distance = np.hypot(x[None, :], y[:, None]) / max(radius, 1 / SAMPLES)
    turn, distance = _by_cell(turn, width, height), _by_cell(distance, width, height)

    def ring(low: float, high: float) -> Ring:
        where = np.flatnonzero((distance >= low) & (distance < high))
        # Rounding must not carry an angle just below a whole turn to the next one.
        turns = np.minimum(turn[where].astype(np.float32), np.float32(1 - 1e-7))
        return Ring(where, turns, distance[where].astype(np.float32))

    return Geometry(width, height, aspect, column, row, radius, ring(*OUTER), ring(*DONUT), ring(*INNER))


def _by_cell(values: NDArray[np.float64], width: int, height: int) -> NDArray[np.float64]:
    """(rows of samples, columns of samples) -> (all samples, cell by cell)."""
    cells = values.reshape(height, SAMPLES, width, SAMPLES).transpose(0, 2, 1, 3)
    return cells.reshape(-1)


def label(samples: Labels, ring: Ring, shares: Sequence[float], first: int) -> None:
    """Write the slices of one ring into the flat array `samples`: the slice i of `shares` as `first + i`.

    Slices of share 0 are left out. The gap between two slices has a constant width and lies centred on the exact
    angle; a slice that is narrower than its gaps takes room from them, so that it can still be seen.
    """
    part = np.asarray(shares, dtype=np.float64)
    kept = np.flatnonzero(part > 0)
    if not len(kept):
        return
    part = part[kept] / part[kept].sum()
    ends = np.cumsum(part)
    ends[-1] = 1.0
    starts = np.concatenate(([0.0], ends[:-1]))
    index = np.searchsorted(ends[:-1], ring.turn, side="right")
    names = (first + kept).astype(np.uint8)[index]
    if len(kept) > 1:
        ends32, starts32 = ends.astype(np.float32), starts.astype(np.float32)
        near = np.minimum(ring.turn - starts32[index], ends32[index] - ring.turn)
        reach = GAP / 2 / (2 * np.pi * float(ring.radius.min())) * 1.1
        close = np.flatnonzero(near < reach)
        radius = ring.radius[close]
        breadth = (2 * np.pi * part.astype(np.float32))[index[close]] * radius
        half = np.clip((breadth - _LEAST) / 2, 0.0, GAP / 2)
        gap = radius * np.sin(2 * np.pi * np.clip(near[close], 0.0, 0.25)) < half
        names[close[gap]] = 0
    samples[ring.where] = names
