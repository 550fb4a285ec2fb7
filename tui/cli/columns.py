"""Rows of words under one another as lines of text; columns of figures stand at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines; the first row has the heads."""
    if not rows:
        return
    wide = [max(cell_len(row[at]) for row in rows) for at in range(len(rows[0]))]
    right = [_figures([row[at] for row in rows[1:]]) for at in range(len(wide))]
    for row in rows:
        cells = (_padded(cell, width, at_right) for cell, width, at_right in zip(row, wide, right, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def _figures(cells: Sequence[str]) -> bool:
    return any(cells) and all(not cell or cell[0].isdigit() or cell[0] in "<$€£" for cell in cells)


def _padded(text: str, width: int, right: bool) -> str:
    gap = " " * (width - cell_len(text))
    return gap + text if right else text + gap
