"""A first look as lines of text, with bars of letters: it reads without colour, in a pipe and in a mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from scenarios.look.first_look import FirstLook
from scenarios.look.words import (
    LookTable,
    bands_words,
    headline_of,
    shown_quarters,
    sources_of,
    stacked,
    standing_of,
    tables_of,
    title_of,
)

#: Letters of the bar of the largest quarter.
_BAR = 48
#: What stands for work that no rule says anything of.
_NO_RULE = "."


def look_lines(look: FirstLook) -> Iterator[str]:
    """All of it."""
    yield title_of(look)
    yield standing_of(look)
    yield ""
    yield headline_of(look)
    yield f"Bands: {bands_words()}."
    for table in tables_of(look):
        yield ""
        yield table.heading
        if table.heading.startswith("What it went to"):
            yield from _bars(look)
        for sentence in table.about:
            yield f"  {sentence}"
        yield from _columns(table)
    yield ""
    yield "Where it comes from"
    yield from (f"  {sentence}" for sentence in sources_of(look))


def _bars(look: FirstLook) -> Iterator[str]:
    """A bar a quarter, as long as what it took; a letter of a slice for each part of it."""
    quarters = shown_quarters(look)
    most = max((period.amount for period in quarters), default=0.0)
    if not most:
        return
    width = max(cell_len(period.name) for period in quarters)
    for period in quarters:
        bar = "".join(cells * (letter or _NO_RULE) for letter, cells in stacked(period, look.letters, _BAR / most))
        yield f"  {period.name.ljust(width)}  {bar}".rstrip()
    if "" in look.letters:
        yield f"  {_NO_RULE} is what no rule says."


def _columns(table: LookTable) -> Iterator[str]:
    """The rows under one another; figures at the right."""
    if not table.rows:
        return
    wide = [max(cell_len(row[at]) for row in table.rows) for at in range(len(table.rows[0]))]
    right = [_figures([row[at] for row in table.rows[1:]]) for at in range(len(wide))]
    for row in table.rows:
        cells = (_padded(cell, width, at_right) for cell, width, at_right in zip(row, wide, right, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def _figures(cells: Sequence[str]) -> bool:
    return any(cells) and all(not cell or cell[0].isdigit() or cell[0] in "<$€£" for cell in cells)


def _padded(text: str, width: int, right: bool) -> str:
    gap = " " * (width - cell_len(text))
    return gap + text if right else text + gap
