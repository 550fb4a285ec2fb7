"""What was said in a play, in words: the same for the screen, the command line and the debrief."""

from __future__ import annotations

from collections.abc import Mapping

from store.common.text import short
from store.records import Item
from store.records.practice import Said, SaidKind

#: What each kind is called, as a sentence goes on after who says it.
_KINDS: Mapping[SaidKind, str] = {
    "ask": "asks",
    "escalation": "escalates",
    "promise": "has promised",
    "leaves": "tells of a loss",
    "evidence": "brings evidence",
    "competitor": "tells of a competitor",
    "change of mind": "has another mind",
    "louder": "asks again, louder",
    "news": "says",
    "asked": "asks what is known",
    "told": "told",
}


def said_kind(row: Said) -> str:
    """What somebody does in saying it."""
    return _KINDS[row.kind]


def said_head(row: Said, item: Item | None) -> str:
    """Who says what kind of thing to whom, about which item, and of an answer what it comes to."""
    to = "" if not row.to_whom else f" {row.to_whom}" if row.kind == "told" else f", to {row.to_whom}"
    about = f", about “{short(item.title, 80)}”" if item is not None else ""
    answer = f": {row.answer}" if row.answer else ""
    due = f", by {row.due.isoformat()}" if row.due is not None else ""
    return f"{row.who} {said_kind(row)}{to}{about}{answer}{due}"
