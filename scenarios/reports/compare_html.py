"""A comparison as one HTML page that needs nothing else: no script, no address, both pies drawn in it; it prints."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scenarios.compare import Comparison
from scenarios.reports.comparison import difference_groups, figure_rows, quarter_of, title_of
from scenarios.reports.page import html_page
from scenarios.reports.pie_svg import pie_svg


def compare_html(comparison: Comparison) -> str:
    """The page. Whatever titles hold is shown as the text that it is."""
    title = title_of(comparison)
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="quiet">{escape(quarter_of(comparison))}</p>',
        '<div class="pies">',
    ]
    for number, side in enumerate(comparison.figures):
        pie = pie_svg(side.mix, side.name, mark=f"pie{number}-", alone=False)
        parts += ["<figure>", pie, f"<figcaption>{escape(side.name)}</figcaption>", "</figure>"]
    parts.append("</div>")
    parts += _table(figure_rows(comparison))
    for pair in comparison.pairs:
        if len(comparison.pairs) > 1:
            parts.append(f"<h2>{escape(pair.a.name)} → {escape(pair.b.name)}</h2>")
        groups = list(difference_groups(pair))
        for heading, rows in groups:
            parts.append(f"<h3>{escape(heading)}</h3>")
            parts += _table([["what", "how", "why", "who waits"], *rows])
        if not groups:
            parts.append("<p>No difference.</p>")
        parts.append(f'<p class="quiet">{pair.unchanged} items are the same in both.</p>')
    return html_page(title, parts)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = rows
    return [
        "<table>",
        "<thead><tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head) + "</tr></thead>",
        "<tbody>",
        *("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body),
        "</tbody>",
        "</table>",
    ]
