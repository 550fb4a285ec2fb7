"""A report as Markdown, and as one HTML page with its bars drawn in it; both say what a terminal says."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scenarios.reports.bars_svg import bars_svg
from scenarios.reports.markdown import plain, table_lines
from scenarios.reports.page import INTERNAL, figure_parts, page, table_parts
from scenarios.reports.paper import Paper, PaperPart
from scenarios.reports.pie_svg import pie_svg


def paper_markdown(paper: Paper) -> str:
    """The report as Markdown."""
    lines = [f"# {plain(paper.title)}", "", f"{INTERNAL} {plain(paper.about)}", ""]
    for sentence in paper.headline:
        lines += [f"**{plain(sentence.words)}**", ""]
    for part in paper.parts:
        lines += [f"## {plain(part.heading)}", ""]
        for sentence in part.sentences:
            lines += [f"**{plain(sentence.words)}**" if part.first else plain(sentence.words), ""]
        if part.bars is not None:
            lines += [plain(part.bars.about), ""]
            lines += [*(f"- {plain(name)}: {plain(words)}" for name, _, words in part.bars.rows), ""]
        for table in part.tables:
            lines += [*table_lines(table.words), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def paper_html(paper: Paper) -> str:
    """The report as a page."""
    body = [f'<p class="big">{escape(sentence.words)}</p>' for sentence in paper.headline]
    for at, part in enumerate(paper.parts):
        body += _part(part, f"part{at}-")
    return page(paper.title, f"{INTERNAL} {paper.about}", ['<div class="paper">', *body, "</div>"])


def _part(part: PaperPart, mark: str) -> Iterator[str]:
    yield f"<h2>{escape(part.heading)}</h2>"
    kind = ' class="big"' if part.first else ""
    yield from (f"<p{kind}>{escape(sentence.words)}</p>" for sentence in part.sentences)
    if part.bars is not None:
        rows = [(name, [amount], words) for name, amount, words in part.bars.rows]
        yield f'<p class="quiet">{escape(part.bars.about)}</p>'
        drawn = bars_svg(rows, [part.bars.letter], part.bars.about, mark=mark)
        yield f'<div class="bars">{drawn}</div>'
    if part.pies:
        yield '<div class="pies">'
        for at, (name, mix) in enumerate(part.pies):
            yield from figure_parts(pie_svg(mix, name, mark=f"{mark}{at}-", alone=False), name)
        yield "</div>"
    for table in part.tables:
        yield from table_parts(table.words)
