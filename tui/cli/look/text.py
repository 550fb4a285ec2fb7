"""A first look as lines of text, with bars of letters: it reads without colour, in a pipe and in a mail."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from scenarios.look.first_look import FirstLook
from scenarios.look.words import (
    bands_words,
    headline_of,
    shown_quarters,
    sources_of,
    stacked,
    standing_of,
    tables_of,
    title_of,
)
from tui.cli.columns import columns

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
        yield from columns(table.rows)
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
