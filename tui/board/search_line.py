"""What the search line leaves on the board: see :mod:`scenarios.items.filters` for what can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.items.filters import Filter
from scenarios.plan.plan import Entry, entries_of
from tui.session.figures import Figures


def rows_of(figures: Figures, query: str) -> tuple[Sequence[Entry], Sequence[Entry], int, str]:
    """What a query leaves above and below the line, of how many, and what of it cannot be read, as a sentence."""
    above: Sequence[Entry] = figures.plan.entries
    below: Sequence[Entry] = figures.below
    if not query:
        return above, below, len(above) + len(below), ""
    found = Filter(query, figures.state, figures.waiting)
    if found.elsewhere is not None:
        above, below = [], entries_of(figures.state, found.elsewhere)
    total = len(above) + len(below)
    above, below = ([each for each in side if found.keeps(each)] for side in (above, below))
    return above, below, total, found.problems[0] if found.problems else ""
