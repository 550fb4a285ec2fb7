"""Amounts of money as somebody types them: ``180k``, ``$1.2M``, ``€180,000`` where the workspace is in euros."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scenarios.figures.amounts import currency
from store.common.currencies import currency_meant
from store.common.errors import Refused, refused_about
from store.common.text import short

#: Past this an amount is a slip of the keyboard.
_LARGEST = 1e12
_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9}
_AMOUNT = re.compile(
    r"(?P<minus>-?)\s*(?P<before>[^\d\s.,+-]{0,8})\s*(?P<number>-?[\d][\d,.'’ ]*)\s*"
    r"(?:(?P<scale>k|mio|m|bn|b)(?![^\W\d_]))?"
    r"\s*(?P<after>[^\d.,+-]{0,8})\.?",
    re.IGNORECASE,
)
#: Groups of three after points: 180.000 is 180 to some, and 180 thousand to others.
_EITHER = re.compile(r"\d{1,3}(?:\.\d{3})+")


def money_of(text: str) -> float | None:
    """The amount that is typed, in the workspace's currency; None where nothing is.

    Raises :class:`Refused` for what is no amount, for one in another currency, and for one that can be read in two
    ways.
    """
    text = text.strip()
    if not text:
        return None
    said = f"“{short(text, 60)}”"
    found = _AMOUNT.fullmatch(text) if len(text) <= 60 else None
    if found is None:
        raise Refused(f"{said} is not an amount: write it as 180000 or 180k")
    own = currency()
    for word in filter(None, map(str.strip, (found["before"], found["after"]))):
        meant = currency_meant(word, own)
        if meant is None:
            raise Refused(f"{said} is not an amount: write it as 180000 or 180k")
        if meant != own:
            raise Refused(f"{said} is in {meant}, and amounts here are in {own}: write what it is in {own}")
    number = re.sub(r"['’ ]", "", found["number"]).removeprefix("-")
    if in_two_ways(number):
        raise Refused(f"{said} can be read in two ways: write {number.replace('.', '')}, or {number.split('.')[0]}")
    if re.fullmatch(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d{1,2}", number):
        number = number.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(?:,\d{3})*(?:\.\d*)?|\d+(?:\.\d*)?", number):
        raise Refused(f"{said} is not an amount: write it as 180000 or 180k")
    value = float(number.replace(",", "")) * _SCALES[(found["scale"] or "").casefold()]
    if value > _LARGEST:
        raise Refused(f"{said} is too large an amount")
    return -value if found["minus"] or found["number"].startswith("-") else value


def in_two_ways(number: str) -> bool:
    """Whether a number has groups of three after points alone: thousands to some, decimals to others."""
    return _EITHER.fullmatch(number) is not None


def money_in(values: Mapping[str, str], field: str) -> float | None:
    """The amount in a field, None where it is empty. Raises :class:`Refused`, about the field."""
    with refused_about(field):
        return money_of(values[field])
