"""Names as they are spelled: without case, accents, punctuation and the legal form of a company."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: The legal forms of companies, as the last words of a name.
LEGAL_FORMS = frozenset({
    "inc", "incorporated", "corp", "corporation", "co", "llc", "llp", "lp", "ltd", "limited", "plc", "pty", "pte",
    "gmbh", "ag", "kg", "kgaa", "ohg", "ug", "mbh", "se", "sa", "sas", "sasu", "sarl", "srl", "spa", "snc", "bv",
    "nv", "oy", "oyj", "ab", "as", "asa", "aps", "sl", "slu", "sro", "zoo", "spzoo", "kk", "kft", "zrt", "lda",
    "ltda", "eurl", "gbr", "ev", "doo",
})  # fmt: skip
_DOTS = re.compile(r"(?<=\w)\.(?=\w)|[’'`]")
_APART = re.compile(r"[\W_]+")
#: Letters that no accent makes, as they are written without.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=8192)
def spelling(name: str) -> str:
    """What the spellings of one name have in common: ``Müller & Co. KG`` and ``MULLER`` are the same.

    Never empty where the name is not: what is nothing but a legal form, or signs, stays as it is.
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    words = _APART.sub(" ", _DOTS.sub("", plain).replace("&", " and ")).split()
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] == "and"):
        words.pop()
    return " ".join(words) or " ".join(name.split()).casefold()
