"""A report as a value, which all forms of it say alike: parts of sentences, tables and bars, figures with formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from scenarios.figures.figure import Figure
from scenarios.plan.mix import Mix


@dataclass(frozen=True)
class Sentence:
    """Words, and the figures in them, which answer ``?``."""

    words: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class PaperRow:
    """A row of a table; ``warns`` is what has to be looked at."""

    cells: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    warns: bool = False
    #: the kind and the number of the record that it is about, on a screen whose keys do something with that
    about: tuple[str, int] | None = None


@dataclass(frozen=True)
class PaperTable:
    """Rows under heads."""

    heads: tuple[str, ...]
    rows: tuple[PaperRow, ...]

    @property
    def words(self) -> list[tuple[str, ...]]:
        """All of it as words, the heads first."""
        return [self.heads, *(row.cells for row in self.rows)]


@dataclass(frozen=True)
class PaperBars:
    """A bar a row: a name, an amount, and words at its end. ``letter`` is the slice whose colour they have, if any."""

    about: str
    rows: tuple[tuple[str, float, str], ...]
    letter: str = ""
    #: of each row
    figures: tuple[tuple[Figure, ...], ...] = ()


@dataclass(frozen=True)
class PaperPart:
    """A part of a report; one that has nothing to tell says so in a sentence. ``first`` is what is read before all."""

    heading: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[PaperTable, ...] = ()
    bars: PaperBars | None = None
    #: mixes that a page draws as pies, with what each is called; its tables have their figures
    pies: tuple[tuple[str, Mix], ...] = ()
    first: bool = False


@dataclass(frozen=True)
class Paper:
    """A report: its title, what it is about in a line, the sentences to be read first, and its parts."""

    title: str
    about: str
    headline: tuple[Sentence, ...] = ()
    parts: tuple[PaperPart, ...] = field(default=())

    @property
    def figures(self) -> Iterator[Figure]:
        """Every figure in it."""
        for sentence in self.headline:
            yield from sentence.figures
        for part in self.parts:
            for sentence in part.sentences:
                yield from sentence.figures
            for figures in part.bars.figures if part.bars is not None else ():
                yield from figures
            for table in part.tables:
                for row in table.rows:
                    yield from row.figures
