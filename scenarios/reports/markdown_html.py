"""A small part of Markdown as HTML: headings, paragraphs, lists, bold, and what a backslash escapes.

markdown-it-py reads it; everything else is switched off, and so is text and shown as it is: whatever a title or a
template holds, no mark-up comes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_RULES = ("heading", "list", "newline", "escape", "emphasis")
_HEADING = re.compile(r"(#{1,3}) +(.*)")
#: Lists stand apart where an empty line is between them, so each such part of a text is read by itself.
_EMPTY = re.compile(r"\n(?:[^\S\n]*\n)+")


def markdown_html(text: str) -> list[str]:
    """The lines of HTML, for the body of a page."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return [line for part in _EMPTY.split(lines) for line in _reader().render(part).splitlines()]


def title_of(text: str) -> str:
    """The first heading as plain text; empty where there is none."""
    tokens = _reader().parse(text)
    at = next((number for number, token in enumerate(tokens) if token.type == "heading_open"), None)
    return "" if at is None else _words(tokens[at + 1].children or ())


def unmarked(text: str) -> str:
    """A line as it is read: without the signs of bold, and without the backslashes that escape."""
    return "".join(_words(token.children or ()) for token in _reader().parseInline(text))


@cache
def _reader() -> MarkdownIt:
    # Imported when the first memo is read: it takes longer than most commands do.
    from markdown_it import MarkdownIt

    reader = MarkdownIt("zero").enable(_RULES)
    reader.block.ruler.at("heading", _heading, {"alt": ["paragraph"]})
    for kind in ("em_open", "em_close", "strong_open", "strong_close", "softbreak", "hardbreak"):
        reader.add_render_rule(kind, _inline)
    return reader


def _heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A rule of the reader: three levels, and signs at the end of a line are part of a title."""
    found = _HEADING.fullmatch(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if found and not silent:
        level = f"h{len(found[1])}"
        state.line = start + 1
        state.push("heading_open", level, 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children = found[2], []
        state.push("heading_close", level, -1)
    return bool(found)


def _inline(_renderer: Any, tokens: Sequence[Token], at: int, _options: Any, _environment: Any) -> str:
    """Bold is by two stars alone; other signs of emphasis are text. A line's end is a blank."""
    token = tokens[at]
    if token.markup == "**":
        return f"<{'/' * (token.nesting < 0)}{token.tag}>"
    return _sign(token)


def _words(tokens: Iterable[Token]) -> str:
    return "".join(_sign(token) if token.markup != "**" else "" for token in tokens)


def _sign(token: Token) -> str:
    """A token as text."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content or token.markup
