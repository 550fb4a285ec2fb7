"""What a change wrote, in words: each field that is another, from what to what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from store.common.text import short
from store.records import Change
from store.records.state import BY_TABLE

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
            was = _said(change.table, before, name)
            now = _said(change.table, after, name) or _naught(change, name)
            if was == now or (change.before is None and name in ("kind", "stance")):
                continue
            yield f"{name.replace('_', ' ')}: " + (f"{was} → {now or 'none'}" if was else now), now


def _naught(change: Change, name: str) -> str:
    """A 0 or a no that somebody gave: where there was something, or nothing was known, it is not nothing."""
    value, before = (change.after or {}).get(name), change.before
    if value in (None, "") or value:
        return ""
    unknown = BY_TABLE[change.table].defaults().get(name, 0) is None
    given = unknown if before is None else before.get(name) != value
    return ("no" if _is_flag(change.table, name) else "0") if given else ""


def _is_flag(table: str, name: str) -> bool:
    kind = BY_TABLE[table].columns()[name]
    return kind is bool or bool in get_args(kind)


def _said(table: str, row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not value:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return "yes" if _is_flag(table, name) else short(str(value), _LONGEST)
