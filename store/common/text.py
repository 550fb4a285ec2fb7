"""Text from outside, made safe to keep and to show: what has no visible form is taken out on the way in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ESCAPES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Joins emoji and the letters of some scripts, so it stays, alone of the format characters.
ZERO_WIDTH_JOINER = "\u200d"
_NEWLINE = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# From the beginning of a run of blanks only: from each of them, a long run would be looked through again and again.
_BREAK = re.compile("(?<![ \t])[ \t]*(?:\r\n|[\r\n\v\f\x85\u2028\u2029\t])[\\s]*")
# Control (Cc) and format characters (Cf) could move the cursor or turn the reading direction; lone surrogates (Cs)
# cannot be written as UTF-8 at all.
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str, multiline: bool = False) -> str:
    """The text without control and format characters; one line, unless ``multiline`` keeps line breaks and tabs."""
    if text.isprintable() and text[:1] != " " and text[-1:] != " ":
        return text if text != ZERO_WIDTH_JOINER else ""
    if multiline and text.replace("\n", "").replace("\t", "").isprintable():
        # Most descriptions: nothing is hidden in them, and looking at each character takes its time.
        return text.strip()
    text = _NEWLINE.sub("\n", text) if multiline else _BREAK.sub(" ", text)
    kept = "".join(
        character
        for character in text
        if character == ZERO_WIDTH_JOINER
        or unicodedata.category(character) not in _HIDDEN
        or (multiline and character in "\n\t")
    ).strip()
    return kept if kept.strip(ZERO_WIDTH_JOINER + " ") else ""


def without_escapes(text: str) -> str:
    """A whole text without what moves a terminal's cursor or turns the reading direction: a file that was changed by
    hand may hold it. Line ends and tabs stay, and marks of the order of bytes."""
    return _ESCAPES.sub("", text)


def short(text: str, most: int = 80) -> str:
    """A text on one line, cut to ``most`` characters."""
    text = clean(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def series(names: Iterable[str]) -> str:
    """Names as a sentence lists them: ``Pay``, ``Pay and Web``, ``Pay, Web and Core``; empty where there are none."""
    *first, last = tuple(names) or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def capital(words: str) -> str:
    """The words with a large letter first; ``str.capitalize`` would write the names in them small."""
    return words[:1].upper() + words[1:]


def sentence(error: Exception | str) -> str:
    """An error's words as a sentence of their own: a large letter first, a full stop last. One that ends as a sentence
    stays as it is: it may begin with the name of a file."""
    words = str(error)
    return words if words.endswith(".") else capital(words) if words.endswith("?") else f"{capital(words)}."


def many(count: int, one: str, more: str = "") -> str:
    """A number of things with their word: ``1 item``, ``2,000 items``; ``more`` where an s is not enough."""
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"
