"""Words of a file for comparing: without case, accents, pictures and punctuation."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4_096)
def without_accents(text: str) -> str:
    """A text in lower case, its letters without accents: ``Größe`` is ``grosse``."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
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
    "headcount", "mean", "durchschnitt",
})  # fmt: skip


def is_total(name: str) -> bool:
    """Whether a name is that of a row of totals, and no item's, account's or person's."""
    return " ".join(bare_words(name)) in _TOTALS
