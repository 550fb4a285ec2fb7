"""Nearness of colours as eyes judge it: OKLab (Ottosson 2020), and the xterm entry nearest to a colour."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def oklab(rgb: Floats) -> Floats:
    """OKLab of sRGB values 0..255, shape (..., 3) in and out."""
    part = np.asarray(rgb, dtype=np.float64) / 255.0
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    # einsum, not matmul: a matrix product starts BLAS threads, which cost more than these few numbers.
    lms = np.cbrt(np.einsum("...j,ij->...i", linear, _TO_LMS))
    return np.asarray(np.einsum("...j,ij->...i", lms, _TO_LAB))


@cache
def _xterm() -> tuple[Floats, Floats]:
    """Entries 16 to 255, which no terminal theme changes, as sRGB and as OKLab, shapes (240, 3)."""
    steps = (0, 95, 135, 175, 215, 255)
    cube = [(r, g, b) for r in steps for g in steps for b in steps]
    greys = [(8 + 10 * k,) * 3 for k in range(24)]
    rgb = np.array(cube + greys, dtype=np.float64)
    return rgb, oklab(rgb)


# As the colours that are asked for: see colours.py.
@lru_cache(8192)
def nearest_xterm(red: int, green: int, blue: int, hue: bool = False) -> int:
    """The number, 16 to 255, of the xterm palette entry nearest to a colour; `hue` weighs hue above lightness.

    Dark colours need that: the palette is so coarse there that the nearest entry is often a grey.
    """
    _, labs = _xterm()
    weight = np.array([1.0, 9.0, 9.0]) if hue else np.ones(3)
    distance = (weight * (labs - oklab(np.array([red, green, blue], dtype=np.float64))) ** 2).sum(axis=1)
    return 16 + int(distance.argmin())
