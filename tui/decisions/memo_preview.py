"""A memo in Markdown as it is read on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenarios.reports.markdown_html import unmarked
from tui.widgets.text_view import Paragraph, Tone

_HEADING = re.compile(r"#{1,3} +(.*)")
_ITEM = re.compile(r"( *)(-|\d{1,9}\.) +(.*)")


def preview_of(text: str) -> Iterator[Paragraph]:
    """Headings stand out, lists keep their marks and hang, everything else is text."""
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line):
            yield Paragraph(unmarked(heading[1]), tone="bold")
        elif item := _ITEM.fullmatch(line):
            indent, mark, words = item.groups()
            label = f"{indent}{'•' if mark == '-' else mark} "
            tone: Tone = "bold" if words.startswith("**") and words.endswith("** (chosen)") else "text"
            yield Paragraph(unmarked(words), label, tone)
        else:
            yield Paragraph(unmarked(line))
