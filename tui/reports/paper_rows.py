"""A report as the rows of a screen: sentences over as many rows as they need, tables by what the width has room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from scenarios.figures.figure import Figure
from scenarios.reports.paper import Paper, PaperBars, PaperTable, Sentence
from tui.drawing.wrap import wrapped
from tui.widgets.section_table import Cell, SectionRow

#: Cells before and after what a row says, the scroll bar's too, between two columns, of a column at most, and of the
#: first one at least.
_EDGE, _GAP, _MOST, _FIRST = 5, 2, 24, 22
#: Cells of the longest bar.
_BAR = 40


def paper_rows(paper: Paper, width: int) -> list[SectionRow]:
    """All rows in so many cells, a heading before each part."""
    return [row.numbered(at) for at, row in enumerate(_rows(paper, max(30, width - _EDGE)))]


class _Row:
    """A row before it has its number."""

    def __init__(self, kind: str, title: str = "", about: tuple[str, int] | None = None, **fields: object) -> None:
        self._kind, self._title, self._about, self._fields = kind, title, about, fields

    def numbered(self, at: int) -> SectionRow:
        """The row as the table has it; one that is about a record has the record's number."""
        number = at if self._about is None else self._about[1]
        return SectionRow(self._kind, number, title=self._title, **self._fields)  # type: ignore[arg-type]


def _rows(paper: Paper, width: int) -> Iterator[_Row]:
    for sentence in paper.headline:
        yield from _said(sentence, width, "text")
    for part in paper.parts:
        yield _Row("heading", heading=part.heading)
        for sentence in part.sentences:
            yield from _said(sentence, width, "muted" if part.tables else "text")
        if part.bars is not None:
            yield from _bars(part.bars, width)
        for table in part.tables:
            yield from _table(table, width)


def _said(sentence: Sentence, width: int, tone: str) -> Iterator[_Row]:
    """A sentence, each row of it about the whole."""
    first = sentence.figures[:1]
    title = f"{first[0].name}: {first[0].text}" if first else ""
    said = (f"= {first[0].formula}", *_why(sentence.figures[1:])) if first else ()
    for row in wrapped(sentence.words, width):
        yield _Row("said", title, cells=(Cell(row, 0, tone),), figures=sentence.figures, said=said)


def _why(figures: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(f"{figure.name}: {figure.text} = {figure.formula}" for figure in figures)


def _bars(bars: PaperBars, width: int) -> Iterator[_Row]:
    yield from _said(Sentence(bars.about), width, "muted")
    most = max((amount for _, amount, _ in bars.rows), default=0.0) or 1.0
    names = max((cell_len(name) for name, _, _ in bars.rows), default=0)
    ends = max((cell_len(words) for _, _, words in bars.rows), default=0)
    room = max(8, min(_BAR, width - names - ends - 2 * _GAP))
    for at, (name, amount, words) in enumerate(bars.rows):
        figures = bars.figures[at] if bars.figures else ()
        drawn = "━" * round(room * amount / most)
        cells = Cell(name, names), Cell(drawn, room, bars.letter or "fill"), Cell(words)
        yield _Row("bar", f"{name}: {words}", cells=cells, said=(bars.about, *_why(figures)), figures=figures)


def _table(table: PaperTable, width: int) -> Iterator[_Row]:
    whole = [max(map(cell_len, column)) for column in zip(*table.words, strict=True)]
    wide = [min(_MOST, each) for each in whole]
    shown = len(wide)
    # The last columns go first; the panel below has all of them.
    while shown > 2 and _FIRST + sum(wide[1:shown]) + _GAP * (shown - 1) > width:
        shown -= 1
    # What the first column leaves is for those that are cut.
    spare = width - max(_FIRST, whole[0]) - sum(wide[1:shown]) - _GAP * (shown - 1)
    for at in range(1, shown):
        more = max(0, min(spare, whole[at] - wide[at]))
        wide[at], spare = wide[at] + more, spare - more
    right = [
        all(not row.cells[at] or row.cells[at][0] in "0123456789<$€£-+" for row in table.rows) for at in range(shown)
    ]
    yield _Row("heading", heading=table.heads[0] or " ", cells=_cells(table.heads, wide, right, shown, "muted"))
    for row in table.rows:
        first = Cell(row.cells[0])
        said = " · ".join(f"{head}: {cell}" for head, cell in zip(table.heads, row.cells, strict=True) if cell and head)
        yield _Row(
            "row" if row.about is None else row.about[0],
            row.cells[0],
            about=row.about,
            cells=(first, *_cells(row.cells, wide, right, shown, "text")),
            said=(said, *_why(row.figures)),
            figures=row.figures,
            warns=row.warns,
        )


def _cells(words: Sequence[str], wide: Sequence[int], right: Sequence[bool], shown: int, tone: str) -> tuple[Cell, ...]:
    return tuple(Cell(words[at], wide[at], tone, "right" if right[at] else "left") for at in range(1, shown))
