"""A comparison as Markdown: titles from outside stay text, whatever signs are in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenarios.compare import Comparison
from scenarios.reports.comparison import difference_groups, figure_rows, quarter_of, title_of

#: What means something to Markdown wherever it stands; no line of ours begins with text from outside.
_SIGNS = re.compile(r"([\\`*_\[\]<|~$]|&(?=[#\w]))")


def compare_markdown(comparison: Comparison) -> str:
    """The figures side by side, then only the differences."""
    lines = [f"# {plain(title_of(comparison))}", "", f"Quarter: {plain(quarter_of(comparison))}", ""]
    lines += _table(figure_rows(comparison))
    for pair in comparison.pairs:
        if len(comparison.pairs) > 1:
            lines += ["", f"## {plain(pair.a.name)} → {plain(pair.b.name)}"]
        groups = list(difference_groups(pair))
        for heading, columns, rows in groups:
            lines += ["", f"### {plain(heading)}", ""]
            lines += _table([columns, *rows])
        if not groups:
            lines += ["", "No difference."]
        lines += ["", f"{pair.unchanged} items are the same in both."]
    return "\n".join(lines) + "\n"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = [[plain(cell) or " " for cell in row] for row in rows]
    return [_row(head), _row(["---"] * len(head)), *map(_row, body)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """Text on one line in which no sign means anything to Markdown."""
    escaped = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    # An address would become a link.
    return re.sub(r"(?i)(https?|ftp|mailto|www)([:.])", r"\1\\\2", escaped)
