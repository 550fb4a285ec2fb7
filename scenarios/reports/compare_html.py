"""A comparison as one HTML page that needs nothing else, both pies drawn in it."""

from __future__ import annotations

from html import escape

from scenarios.compare import Comparison
from scenarios.reports.comparison import difference_groups, figure_rows, quarter_of, title_of
from scenarios.reports.page import INTERNAL, figure_parts, page, table_parts
from scenarios.reports.pie_svg import pie_svg


def compare_html(comparison: Comparison) -> str:
    """The page. Whatever titles hold is shown as the text that it is."""
    parts = ['<div class="pies">']
    for number, side in enumerate(comparison.figures):
        pie = pie_svg(side.mix, side.name, mark=f"pie{number}-", alone=False)
        parts += figure_parts(pie, side.name)
    parts.append("</div>")
    parts += table_parts(figure_rows(comparison))
    level = "h3" if len(comparison.pairs) > 1 else "h2"
    for pair in comparison.pairs:
        if len(comparison.pairs) > 1:
            parts.append(f"<h2>{escape(pair.a.name)} → {escape(pair.b.name)}</h2>")
        groups = list(difference_groups(pair))
        for heading, columns, rows in groups:
            parts.append(f"<{level}>{escape(heading)}</{level}>")
            parts += table_parts([columns, *rows])
        if not groups:
            parts.append("<p>No difference.</p>")
        parts.append(f'<p class="quiet">{pair.unchanged} items are the same in both.</p>')
    return page(title_of(comparison), f"{INTERNAL} {quarter_of(comparison)}", parts)
