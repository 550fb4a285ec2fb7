"""What may be said to a customer: nothing that names another one, and no money.

A text that may not be said is not mended but left out, so this errs on the side of silence: a word of another
customer's name is enough, and so is a number that could be one of their amounts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache

#: A name's word of so many letters stands for the name; from so many on, a name is also found inside other words.
_WORD, _INSIDE = 4, 5
#: A number written with so many digits can be an amount without saying so.
_DIGITS = 3
#: An amount has at most so many groups of digits: thousands up to 10^18, and cents.
_GROUPS = 8
_NUMBER = re.compile(r"\d(?:[\d.,'’\s]*\d)?")
_SCALED = re.compile(r"\d\s*(?:k|m|b|t|mn|mm|bn|mio|mrd|tsd|grand)(?![a-z0-9])", re.IGNORECASE)
_MONEY_WORDS = re.compile(
    r"\b(?:usd|eur|gbp|chf|sek|nok|dkk|jpy|cny|inr|aud|cad|dollars?|euros?|pounds?|bucks|thousand|millions?|billions?)\b"
)

Span = tuple[int, int]


def speakable(text: str, own: str, others: Sequence[str], telling: Set[str] = frozenset()) -> bool:
    """Whether a text may be said to the customer ``own``: it names none of the ``others`` and speaks of no money.

    ``telling`` is :func:`telling_of` the amounts that nobody is told.
    """
    return not names_another(text, own, others) and not speaks_of_money(text, telling)


def names_another(text: str, own: str, others: Sequence[str]) -> bool:
    """Whether a text names one of the others, in whole or by a word of their name, outside of its own name."""
    here = folded(text)
    own_name, own_words = folded(own), set(_words(folded(own)))
    own_spans = _spans(own_name, here)
    squeezed, own_squeezed = _squeezed(here), _spans(_squeezed(own_name), _squeezed(here))
    for other in others:
        name = folded(other)
        if not name or name == own_name:
            continue
        short = _squeezed(name)
        whole = len(short) < _INSIDE
        if any(not _within(span, own_spans) for span in _spans(name, here, whole)):
            return True
        if not whole and any(not _within(span, own_squeezed) for span in _spans(short, squeezed)):
            return True
        for word in _words(name):
            if len(word) >= _WORD and word not in own_words and _spans(word, here, whole=True):
                return True
    return False


def speaks_of_money(text: str, telling: Set[str] = frozenset()) -> bool:
    """Whether a text has a currency, a scaled number (480k), or a number with the digits of a telling amount."""
    here = folded(text)
    if any(unicodedata.category(character) == "Sc" for character in text):
        return True
    if _SCALED.search(here) or _MONEY_WORDS.search(here):
        return True
    return any(len(number) >= _DIGITS and _digits(number) in telling for number in _numbers(here))


def _numbers(text: str) -> Iterator[str]:
    """Every number that a text may be read to have, as digits: what stands in a list reads as one number, as several,
    or as any that are next to each other."""
    for found in _NUMBER.findall(text):
        groups = re.findall(r"\d+", found)
        for start in range(len(groups)):
            for end in range(start + 1, min(len(groups), start + _GROUPS) + 1):
                yield "".join(groups[start:end])


def telling_of(amounts: Iterable[float]) -> frozenset[str]:
    """What tells these amounts apart, however they are written."""
    return frozenset(_digits(f"{amount:.2f}") for amount in amounts) - {""}


def _digits(number: str) -> str:
    """The digits of a number without zeros at either end: 480,000.00, 480.000 and 0.48 have the same."""
    return re.sub(r"\D", "", number).strip("0")


@lru_cache(16384)
def folded(text: str) -> str:
    """Text as it is compared: without case, accents, and differences of width; spaces made one."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(each for each in decomposed if unicodedata.category(each) != "Mn").split())


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name)


@lru_cache(16384)
def _squeezed(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _spans(name: str, text: str, whole: bool = False) -> list[Span]:
    """Where a name stands in a text, overlaps included; ``whole``: not within a longer word."""
    if not name or name not in text:
        return []
    pattern = re.escape(name)
    if whole:
        before = r"(?<![^\W_])" if name[0].isalnum() else ""
        after = r"(?![^\W_])" if name[-1].isalnum() else ""
        pattern = before + pattern + after
    return [(match.start(), match.start() + len(name)) for match in re.finditer(f"(?={pattern})", text)]


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)
