"""Customers and amounts made unreadable in what leaves while the screen hides them: tables, pages, Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from textual.app import App

from store.common.sheets import Cell, Sheet
from tui.drawing.mask import HIDDEN, Mask

#: A tag of our own pages: neither bracket stands in one unescaped.
_TAG = re.compile(r"(<[^<>]*>)")
#: Elements that nobody reads: what is in them is kept.
_UNREAD = re.compile(r"<(/?)(?:style|script)\b", re.IGNORECASE)
#: Attributes that are read out.
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

    found, unread = [], False
    for part in _TAG.split(page):
        if not part.startswith("<"):
            found.append(part if unread else written(part))
            continue
        if (edge := _UNREAD.match(part)) is not None:
            unread = not edge[1]
        found.append(_READ_OUT.sub(attribute, part))
    return "".join(found)
