"""Customers and amounts made unreadable in what leaves while the screen hides them: tables, pages, Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from textual.app import App

from store.common.sheets import Cell, Sheet
from tui.drawing.mask import HIDDEN, Mask

#: Our own pages: what is between tags, and attributes that are read out. No other ">" stands in a tag than its last.
_STYLE_OR_TAG = re.compile(r"(<style\b.*?</style>|<script\b.*?</script>|<[^>]*>)", re.DOTALL | re.IGNORECASE)
_READ_OUT = re.compile(r'(\b(?:title|alt|aria-label|content)=")([^"]*)(")')


def mask_of(app: App[object]) -> Mask | None:
    """What hides customers and amounts; None where they can be read."""
    found = getattr(app, "mask", None)
    return found if isinstance(found, Mask) else None


def hidden_sheet(sheet: Sheet, mask: Mask) -> Sheet:
    """The same table: each amount that is known is hidden whole, and names and amounts in every text."""
    money = [column.kind == "money" for column in sheet.columns]
    columns = tuple(replace(each, kind="text") if each.kind == "money" else each for each in sheet.columns)

    def cell(value: Cell, amount: bool) -> Cell:
        if amount:
            return None if value is None else HIDDEN
        return mask.text(value) if isinstance(value, str) else value

    rows = [tuple(map(cell, row, money)) for row in sheet.rows]
    return replace(sheet, columns=columns, rows=rows, title=mask.text(sheet.title), about=mask.text(sheet.about))


def hidden_text(text: str, kind: str, mask: Mask) -> str:
    """The same ``markdown`` or ``html``."""
    return mask.text(text) if kind == "markdown" else _hidden_page(text, mask)


def _hidden_page(page: str, mask: Mask) -> str:
    def written(text: str) -> str:
        return html.escape(mask.text(html.unescape(text)), quote=False)

    def attribute(found: re.Match[str]) -> str:
        value = mask.text(html.unescape(found[2]))
        return found[1] + html.escape(value) + found[3]

    parts = _STYLE_OR_TAG.split(page)
    # Tags are every other part.
    return "".join(_READ_OUT.sub(attribute, part) if at % 2 else written(part) for at, part in enumerate(parts))
