"""A comparison as Markdown: titles from outside stay text, whatever signs are in them."""

from __future__ import annotations

from scenarios.compare import Comparison
from scenarios.reports.comparison import difference_groups, figure_rows, quarter_of, title_of
from scenarios.reports.markdown import plain, table_lines
from scenarios.reports.page import INTERNAL


def compare_markdown(comparison: Comparison) -> str:
    """The figures side by side, then only the differences."""
    lines = [f"# {plain(title_of(comparison))}", "", f"{INTERNAL} Quarter: {plain(quarter_of(comparison))}", ""]
    lines += table_lines(figure_rows(comparison))
    for pair in comparison.pairs:
        if len(comparison.pairs) > 1:
            lines += ["", f"## {plain(pair.a.name)} → {plain(pair.b.name)}"]
        groups = list(difference_groups(pair))
        for heading, columns, rows in groups:
            lines += ["", f"### {plain(heading)}", ""]
            lines += table_lines([columns, *rows])
        if not groups:
            lines += ["", "No difference."]
        lines += ["", f"{pair.unchanged} items are the same in both."]
    return "\n".join(lines) + "\n"
