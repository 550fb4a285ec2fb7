"""Plain text from what tools write in cells: HTML, lists in brackets, words for nothing."""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"</?(?:p|div|br|span|b|i|u|ul|ol|li|a|strong|em|h[1-6]|table|tr|td|th|tbody|thead|img|pre|code|hr|blockquote)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_ENDS = re.compile(r"<(?:br|hr)\b[^<>]*>|</(?:p|div|li|h[1-6]|tr|ul|ol|pre|blockquote)>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6});")
#: the address, or the file, that Notion writes behind the name of a linked page
_ADDRESS = re.compile(r" ?\((?:https?://[^\s()]{1,2000}|[^\s()]{1,2000}\.(?:md|html|csv))\)")
#: what exports write where there is nothing
NOTHING = frozenset({"null", "[]", "[null]", "{}", "undefined", "[none]", '[""]', "(none)"})
#: what people and tools write where nobody is meant: no team, no owner, no customer
NOBODY = frozenset({
    "-", "–", "—", "--", "?", "n/a", "n.a.", "na", "none", "null", "tbd", "tbc", "tba", "unknown", "unassigned",
    "not assigned", "nobody", "no one", "no team", "no customer", "no assignee", "no owner", "nicht zugewiesen",
    "niemand", "keine", "keiner", "offen", "non assigné", "non attribué", "aucun", "sin asignar", "ninguno",
    "não atribuído", "nenhum", "non assegnato", "nessuno", "не назначен", "未割り当て", "未分配", "未指派",
})  # fmt: skip
#: what an office program shows where a formula has no value
ERRORS = frozenset({
    "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#getting_data", "#nv",
    "#wert!", "#bezug!", "#valeur!", "#error!",
})  # fmt: skip


def plain_text(text: str) -> str:
    """A text without HTML, its lines and list items apart; one without any tag as it is."""
    if "<" not in text or not _TAG.search(text):
        return text
    text = _ENDS.sub("\n", _ITEM.sub("\n- ", text))
    text = html.unescape(_TAG.sub("", text)).replace("\u00a0", " ")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def plain_title(text: str) -> str:
    """A title as people read it: without HTML, and with the signs that it stands for (``A &amp; B``)."""
    text = plain_text(text)
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def somebody(name: str) -> str:
    """The name of a team, a person or a customer; empty where it is a word for none."""
    return "" if name.casefold() in NOBODY else name


def unwrapped(cell: str) -> str:
    """What a cell says, without the brackets and quotes of a list: ``[a, "b"]`` is ``a, b``, ``[]`` and ``null``
    nothing; and without addresses behind names: ``Epic (https://www.notion.so/x)`` is ``Epic``."""
    plain = cell.casefold()
    if plain in NOTHING or plain in ERRORS:
        return ""
    if cell.endswith(")"):
        cell = _ADDRESS.sub("", cell)
    if cell.startswith("[") and cell.endswith("]") and "](" not in cell:
        parts = (part.strip().strip("\"'").strip() for part in cell[1:-1].split(","))
        return ", ".join(part for part in parts if part)
    return cell
