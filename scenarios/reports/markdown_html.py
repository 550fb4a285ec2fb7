"""A small part of Markdown as HTML: headings, paragraphs, lists of two levels, bold, and what a backslash escapes.

Everything else is text and shown as it is: whatever a title or a template holds, no mark-up comes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

_HEADING = re.compile(r"(#{1,3}) +(.*)")
_BULLET = re.compile(r"( *)- +(.*)")
_NUMBERED = re.compile(r"(\d{1,9})\. +(.*)")
#: An escaped sign, the sign of bold, or any other text.
_PIECE = re.compile(r"\\([!-/:-@\[-`{-~])|(\*\*)|([^\\*]+|.)", re.DOTALL)


def markdown_html(text: str) -> list[str]:
    """The lines of HTML, for the body of a page."""
    found: list[str] = []
    for block in _blocks(text.splitlines()):
        found += _rendered(block)
    return found


def title_of(text: str) -> str:
    """The first heading as plain text; empty where there is none."""
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line.rstrip()):
            return unmarked(heading[2])
    return ""


def unmarked(text: str) -> str:
    """A line as it is read: without the signs of bold, and without the backslashes that escape."""
    return "".join(escaped or piece for escaped, _, piece in _PIECE.findall(text))


def _kind(line: str) -> str:
    if _HEADING.fullmatch(line):
        return "heading"
    if _BULLET.fullmatch(line):
        return "bullets"
    return "numbers" if _NUMBERED.fullmatch(line) else "text"


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Runs of lines of one kind; an empty line ends one, and so does every heading."""
    block: list[str] = []
    kind = ""
    for line in (*(line.rstrip() for line in lines), ""):
        now = _kind(line) if line else ""
        if block and (now != kind or kind == "heading"):
            yield kind, block
            block = []
        kind = now
        if line:
            block.append(line)


def _rendered(block: tuple[str, list[str]]) -> list[str]:
    kind, lines = block
    match kind:
        case "heading":
            sign, words = _HEADING.fullmatch(lines[0]).groups()  # type: ignore[union-attr]
            return [f"<h{len(sign)}>{_inline(words)}</h{len(sign)}>"]
        case "bullets":
            return _bullets(lines)
        case "numbers":
            found = [_NUMBERED.fullmatch(line).groups() for line in lines]  # type: ignore[union-attr]
            items = [f"<li>{_inline(words)}</li>" for _, words in found]
            first = int(found[0][0])
            return ["<ol>" if first == 1 else f'<ol start="{first}">', *items, "</ol>"]
        case _:
            return [f"<p>{_inline(' '.join(line.strip() for line in lines))}</p>"]


def _bullets(lines: Sequence[str]) -> list[str]:
    found, deep = ["<ul>"], False
    for line in lines:
        indent, words = _BULLET.fullmatch(line).groups()  # type: ignore[union-attr]
        inner = len(indent) >= 2 and len(found) > 1
        if inner and not deep:
            # The list of the second level stands within the item before it.
            found[-1] = found[-1].removesuffix("</li>")
            found.append("<ul>")
        elif deep and not inner:
            found.append("</ul></li>")
        deep = inner
        found.append(f"<li>{_inline(words)}</li>")
    return [*found, *(["</ul></li>"] if deep else []), "</ul>"]


def _inline(text: str) -> str:
    pieces = _PIECE.findall(text)
    bold = sum(1 for _, sign, _ in pieces if sign)
    # One that is never closed is two stars.
    pairs, seen, found = bold - bold % 2, 0, []
    for escaped, sign, piece in pieces:
        if sign and seen < pairs:
            found.append("<strong>" if seen % 2 == 0 else "</strong>")
            seen += 1
        else:
            found.append(escape(escaped or sign or piece))
    return "".join(found)
