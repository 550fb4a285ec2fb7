"""What a change wrote, in words: each field that is another, from what to what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from store.common.text import short
from store.records import Change

#: What says nothing to people: numbers of rows, how a row is kept, and what its label always says.
_KEPT = ("id", "rev", "rank", "draw", "position", "seed", "number", "at", "met")
#: So many fields are told.
_MOST = 6
_LONGEST = 60


def changed_words(label: str, changes: Iterable[Change]) -> str:
    """A change by its label, and behind it what of it the label does not say: ``request card: verdict: wedge``."""
    told = [words for words, value in _fields(changes) if not value or not _has(label, value)]
    more = f", and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return f"{label}: {', '.join(told[:_MOST])}{more}" if told else label


def _has(label: str, value: str) -> bool:
    """Whether a label has a value as a word of its own; 5000 is in “$5,000”, too."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", label)
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", plain) is not None


def _fields(changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """(the words, the value that it has now) of each field that is another."""
    for change in changes:
        if change.after is None:
            # What is taken away is what the label says.
            continue
        before, after = change.before or {}, change.after
        for name in {**after, **before}:
            if name in _KEPT or name.endswith(("_id", "_at")) or name.startswith("source_"):
                continue
            was, now = _said(before, name), _said(after, name)
            if was == now or (change.before is None and name in ("kind", "stance")):
                continue
            yield f"{name.replace('_', ' ')}: " + (f"{was} → {now or 'none'}" if was else now), now


def _said(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not value:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return "yes" if value is True else short(str(value), _LONGEST)
