"""Markdown in which text from outside stays text, and tables of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What means something to Markdown wherever it stands; no line of ours begins with text from outside.
_SIGNS = re.compile(r"([\\`*_\[\]<|~$]|&(?=[#\w]))")


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table, its first row the heads."""
    head, *body = [[plain(cell) or " " for cell in row] for row in rows]
    return [_row(head), _row(["---"] * len(head)), *map(_row, body)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """Text on one line in which no sign means anything to Markdown."""
    escaped = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    # An address would become a link.
    return re.sub(r"(?i)(https?|ftp|mailto|www)([:.])", r"\1\\\2", escaped)
