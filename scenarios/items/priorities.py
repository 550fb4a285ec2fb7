"""What a priority says of an order: P0 before P1, Highest before Low, 1 before 2; other words have none."""

from __future__ import annotations

import re
from typing import Final

#: On the scale of P0, P1 ...: the words that trackers and people use beside numbers, in English and German.
_WORDS: Final = {
    word: float(place)
    for place, words in enumerate(
        (
            ("blocker", "showstopper"),
            ("highest", "critical", "urgent", "immediate", "very high", "top", "kritisch", "dringend", "sehr hoch"),
            ("high", "major", "important", "must", "must have", "hoch", "wichtig", "muss"),
            ("medium", "normal", "moderate", "middle", "default", "should", "should have", "mittel", "soll"),
            ("low", "minor", "could", "could have", "niedrig", "gering", "kann"),
            ("lowest", "trivial", "very low", "wont", "wont have", "sehr niedrig"),
        )
    )
    for word in words
}
_NONE = frozenset({"", "none", "no priority", "not set", "unset", "undefined", "unprioritized"})
_NUMBER = re.compile(r"(?:p|prio|priority|#)?[\s.:-]*(\d{1,9}(?:[.,]\d{1,9})?)(?![\w.,])")


def priority_place(text: str) -> float | None:
    """Where a priority stands, low is first; None for a word that has no place. ``1 - Critical`` goes by its number.

    An empty priority has none either: :func:`has_priority` tells the two apart.
    """
    plain = _plain(text)
    if found := _NUMBER.match(plain):
        return float(found[1].replace(",", "."))
    return _WORDS.get(re.sub(r"[^a-z]+", " ", plain.replace("'", "").replace("’", "")).strip())


def has_priority(text: str) -> bool:
    """Whether anything is said; "None" and "No priority" say nothing."""
    return _plain(text) not in _NONE


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
