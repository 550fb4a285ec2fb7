"""A first look as Markdown, and as one HTML page with its bars drawn in it; both say what a terminal says."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scenarios.look.first_look import FirstLook
from scenarios.look.words import (
    NO_RULE,
    LookTable,
    amount_words,
    bands_words,
    headline_of,
    shown_quarters,
    sources_of,
    standing_of,
    tables_of,
    title_of,
)
from scenarios.reports.bars_svg import bars_svg
from scenarios.reports.markdown import plain, table_lines
from scenarios.reports.page import INTERNAL, page, table_parts

_SOURCES = "Where it comes from"


def look_markdown(look: FirstLook) -> str:
    """The look as Markdown."""
    lines = [f"# {plain(title_of(look))}", "", f"{INTERNAL} {plain(standing_of(look))}", ""]
    lines += [f"**{plain(headline_of(look))}**", "", f"Bands: {plain(bands_words())}.", ""]
    for table in tables_of(look):
        lines += [f"## {plain(table.heading)}", ""]
        for sentence in table.about:
            lines += [plain(sentence), ""]
        if table.rows:
            lines += [*table_lines(table.rows), ""]
    lines += [f"## {_SOURCES}", "", *(f"- {plain(sentence)}" for sentence in sources_of(look))]
    return "\n".join(lines) + "\n"


def look_html(look: FirstLook) -> str:
    """The look as a page."""
    parts = [f'<p class="big">{escape(headline_of(look))}</p>', f"<p>Bands: {escape(bands_words())}.</p>"]
    for at, table in enumerate(tables_of(look)):
        parts += _table(table, _bars(look) if at == 0 else "")
    parts += [f"<h2>{_SOURCES}</h2>", "<ul>"]
    parts += [f"<li>{escape(sentence)}</li>" for sentence in sources_of(look)]
    return page(title_of(look), f"{INTERNAL} {standing_of(look)}", [*parts, "</ul>"])


def _table(table: LookTable, bars: str) -> Iterator[str]:
    yield f"<h2>{escape(table.heading)}</h2>"
    yield bars
    yield from (f'<p class="quiet">{escape(sentence)}</p>' for sentence in table.about)
    yield from table_parts(table.rows) if table.rows else ()


def _bars(look: FirstLook) -> str:
    quarters = shown_quarters(look)
    if not quarters:
        return ""
    rows = [
        (
            period.name,
            [part.amount if (part := period.parts.get(letter)) else 0.0 for letter in look.letters],
            amount_words(period.amount, look.unit),
        )
        for period in quarters
    ]
    names = ", ".join(f"{letter} {name}" for letter, name in look.slices if letter in look.letters)
    drawn = bars_svg(rows, look.letters, f"a bar a quarter: {names or NO_RULE}", mark="look-")
    return drawn + ('\n<p class="quiet">In outline: what no rule sorts.</p>' if "" in look.letters else "")
