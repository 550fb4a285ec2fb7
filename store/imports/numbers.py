"""Numbers as files write them: which of point and comma is the decimal one, thousands, currencies, k and M."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.common.currencies import CODES, SIGNS, currency_meant
from store.imports.plain_words import with_plain_digits

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,4})?", re.ASCII | re.IGNORECASE)
_TOKEN = re.compile(r"\d[\d.,]*\d", re.ASCII)
#: spaces and apostrophes between groups of three digits
_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_BETWEEN = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_COMMAS = re.compile(r"[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?", re.ASCII)
_SCALES = {
    "": 1.0, "k": 1e3, "tsd": 1e3, "t": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "million": 1e6,
    "millions": 1e6, "b": 1e9, "bn": 1e9, "mrd": 1e9, "billion": 1e9,
    # in Portuguese, Spanish, Italian, Dutch, German, Polish, Russian, Japanese and Chinese, and of India
    "mi": 1e6, "milhão": 1e6, "milhões": 1e6, "millón": 1e6, "millones": 1e6, "milioni": 1e6, "mln": 1e6,
    "miljoen": 1e6, "millionen": 1e6, "bi": 1e9, "mld": 1e9, "tys": 1e3, "mila": 1e3, "тыс": 1e3, "млн": 1e6,
    "млрд": 1e9, "万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "lakh": 1e5, "crore": 1e7,
    "mil": 1e3,
}  # fmt: skip
#: Where "mil" is a thousand; in English it is short for a million, and of other currencies nobody knows.
_MIL = frozenset({"BRL", "MXN", "ARS", "CLP", "COP", "PEN", "UYU", "MZN", "AOA"})
#: what stands for no cents: 80.000,- and 120'000.–
_NO_CENTS = re.compile(r"(?<=\d)[.,] ?[-–—]{1,2}(?=\D{0,8}$)")
#: characters of the longest amount with its currency
_LONGEST = 60
_AMOUNT = re.compile(
    r"(?P<sign>[+-]?)(?P<before>[^\d+.,-]{0,8}?)\s*(?P<inner>[+-]?)(?P<number>[\d.,'’\u00a0\u202f ]*\d)\s*"
    rf"(?P<scale>{'|'.join(sorted(filter(None, _SCALES), key=len, reverse=True))})?\.?\s*"
    r"(?P<after>[^\d\s.,]{0,5})\.?",
    re.IGNORECASE,
)


def writes_decimal_comma(cells: Iterable[str]) -> bool | None:
    """Whether a column's numbers have a decimal comma, judged from all of them; None if none of them tells.

    ``1.234,56``, ``12,5``, ``1.234.567`` and ``80.000,-`` tell that it is one, ``1,234.56``, ``12.5``, ``0.125`` and
    ``80,000.-`` that it is none;
    ``1.500`` and ``1,500`` alone tell nothing.
    """
    votes = 0
    for cell in cells:
        for token in _TOKEN.findall(cell):
            votes += _vote(token)
        if found := _NO_CENTS.search(cell):
            votes += 1 if found[0].startswith(",") else -1
    return None if votes == 0 else votes > 0


def is_doubtful(cell: str) -> bool:
    """Whether a cell is one number that is a thousand times as much where its sign is not the decimal one: 1.500."""
    tokens = _TOKEN.findall(cell)
    return len(tokens) == 1 and bool(_GROUP.fullmatch(tokens[0]))


def _vote(token: str) -> int:
    """1 for a decimal comma, -1 for a decimal point, 0 for neither."""
    point, comma = token.rfind("."), token.rfind(",")
    if point < 0 and comma < 0:
        return 0
    if point >= 0 and comma >= 0:
        return 1 if comma > point else -1
    sign, for_it = (",", 1) if comma >= 0 else (".", -1)
    if token.count(sign) > 1:
        # Groups of three: a date such as 01.02.2026 has others.
        return -for_it if all(len(part) == 3 for part in token.split(sign)[1:]) else 0
    whole, _, rest = token.partition(sign)
    return for_it if len(rest) != 3 or len(whole) > 3 or whole.startswith("0") else 0


def number(text: str, *, decimal_comma: bool = False) -> float | None:
    """The number in a text, ``1,000`` and ``2,5`` included; None if it is not one.

    ``decimal_comma`` settles what ``1,000`` and ``1.000`` mean; what can be read in one way only is read so.
    """
    text = (
        _BETWEEN.sub("", with_plain_digits(text).strip()).replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    )
    points, commas = _POINTS.fullmatch(text), _COMMAS.fullmatch(text)
    if points and (decimal_comma or "," in text or text.count(".") > 1) and not text.lstrip("+-").startswith("0."):
        text = text.replace(".", "").replace(",", ".")
    elif commas and not (decimal_comma and text.count(",") == 1 and "." not in text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[+-]?\d*,\d+", text, re.ASCII):
        text = text.replace(",", ".")
    return float(text) if _PLAIN.fullmatch(text) else None


def amount(text: str, *, decimal_comma: bool = False, own: str = "") -> tuple[float, str] | None:
    """A number with its currency's code (empty where it has none): ``$480,000``, ``480k``, ``1,2 Mio. €``.

    A sign that several currencies share means the ``own`` one where it is among them; where nobody says which that is,
    it stands for itself, but for ``$`` and ``¥``.
    """
    bare = number(text, decimal_comma=decimal_comma)
    if bare is not None:
        return bare, ""
    text = text.strip()
    if len(text) <= _LONGEST and (cents := _NO_CENTS.search(text)):
        text, decimal_comma = _NO_CENTS.sub("", text), cents[0].startswith(",")
    # A long run of blanks or digits can be read in many ways, and a pattern would try them all.
    found = _AMOUNT.fullmatch(text.replace("−", "-")) if len(text) <= _LONGEST else None
    if found is None:
        return None
    # "420k" counts thousands; with a decimal sign and one, "1.2k", it is a decimal whatever the column does.
    scale, after = (found["scale"] or "").casefold(), found["after"]
    # Of "kr" and "Kč" the k counts no thousands.
    if scale and _currency(tail := text[found.end("number") :], own):
        scale, after = "", tail
    before = found["before"].strip()
    # "T€ 120" counts thousands as "120 T€" does.
    bare = before[1:].isalpha() and len(before) < 4
    if before and not (scale or bare) and _currency(before, own) is None and before[0].casefold() in ("k", "t", "m"):
        scale, before = before[0].casefold(), before[1:]
    currencies = {_currency(word, own) for word in (before, after) if word.strip()}
    whole = number(found["number"], decimal_comma=decimal_comma)
    if None in currencies or len(currencies) > 1 or whole is None:
        return None
    code = next(iter(currencies), "") or ""
    if scale == "mil" and (code or own) not in _MIL:
        return None
    minus = "-" in (found["sign"], found["inner"])
    return (-whole if minus else whole) * _SCALES[scale], code


def _currency(word: str, own: str) -> str | None:
    """The code of a currency's sign or code; None for anything else."""
    plain = word.strip().rstrip(".")
    # "Top 5" is in no currency, though TOP is the code of one.
    if plain.isalpha() and plain.istitle() and plain.upper() in CODES:
        return None
    code = currency_meant(plain, own)
    shared = sum(sign.casefold() == plain.casefold() for sign in SIGNS.values()) > 1
    return plain.casefold() if code and shared and not own and plain.isalpha() else code
