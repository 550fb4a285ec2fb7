"""Figures with where they come from, as lines and as output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.figures.figure import Figure
from tui.cli.outputs import FigureOut
from tui.cli.printing import say


def figures_out(figures: Iterable[Figure]) -> list[FigureOut]:
    """Each once, in their order."""
    return [
        FigureOut(
            name=each.name,
            value=each.amount,
            unit=each.unit,
            text=each.text,
            formula=each.formula,
            inputs=list(each.inputs),
        )
        for each in dict.fromkeys(figures)
    ]


def why_lines(figures: Iterable[Figure]) -> Iterator[str]:
    """Below what they stand in: the formula of each, then what went into it."""
    for figure in figures:
        formula, *inputs = figure.why
        yield f"    {formula}"
        yield from (f"      {line}" for line in inputs)


def say_all(lines: Iterable[str]) -> None:
    """Line by line."""
    for line in lines:
        say(line)
