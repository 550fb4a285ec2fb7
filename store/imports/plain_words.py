"""Words of a file for comparing: without case, accents, pictures and punctuation."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: letters whose stroke is no accent of its own
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


#: digits and the signs of numbers and dates as wide as the signs of Chinese and Japanese
_WIDE = str.maketrans("０１２３４５６７８９．，：／－", "0123456789.,:/-")


def with_plain_digits(text: str) -> str:
    """A text with plain digits, points and commas in place of wide ones: ``２.５`` is ``2.5``."""
    return text if text.isascii() else text.translate(_WIDE)


@lru_cache(maxsize=4_096)
def without_accents(text: str) -> str:
    """A text in lower case, its letters without accents: ``Größe`` is ``grosse``, ``Łódź`` is ``lodz``."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(each for each in apart if not unicodedata.combining(each))


@lru_cache(maxsize=4_096)
def bare_words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, without accents; pictures, signs and apostrophes are left out."""
    plain = without_accents(text).replace("'", "").replace("’", "")
    return tuple("".join(each if each.isalnum() else " " for each in plain).split())


#: The names of rows that add others up, or say what is usual of them.
_TOTALS = frozenset({
    "total", "totals", "sum", "grand total", "subtotal", "all", "average", "summe", "gesamt", "gesamtsumme",
    "insgesamt", "somme", "suma", "totale", "total general", "totaal", "razem", "итого", "team total", "total team",
    "zwischensumme", "teilsumme", "gesamtaufwand", "sub total", "sum total", "overall", "overall total", "合計", "小計",
    "总计", "合计", "총계", "toplam", "totalt", "celkem", "yhteensa", "soma", "somma", "всего", "osszesen", "σ",
    "headcount", "mean", "median", "count", "durchschnitt", "mittelwert", "anzahl",
})  # fmt: skip


def is_total(name: str) -> bool:
    """Whether a name is that of a row of totals, and no item's, account's or person's."""
    return (" ".join(bare_words(name)) or name.strip().replace("∑", "σ")) in _TOTALS


def names_total(name: str) -> bool:
    """Whether a name begins or ends with a word for a sum."""
    words = bare_words(name)
    return bool(words) and not _TOTALS.isdisjoint((words[0], words[-1]))


def is_total_of(name: str, group: str) -> bool:
    """Whether a name is that of a row which adds up a group: ``Pay total``, ``Summe Pay``."""
    words, of = bare_words(name), bare_words(group)
    if not of or len(words) <= len(of):
        return False
    rest = words[len(of) :] if words[: len(of)] == of else words[: -len(of)] if words[-len(of) :] == of else ()
    return " ".join(rest) in _TOTALS or " ".join(rest) in ("total for", "sum of", "total of", "summe fur")
