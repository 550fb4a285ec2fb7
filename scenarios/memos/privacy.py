"""What may be said to a customer: nothing that names another one, or anybody, and no money.

A text that may not be said is not mended but left out, so this errs on the side of silence: a word of another
customer's name is enough, and so is a number that could be one of the workspace's amounts, rounded as it is written.
A number alone is no money: ``10k shipments`` may be said where no amount is near it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from scenarios.memos.other_names import folded, named
from store.common.currencies import CODES, SIGNS

#: A number written with so many digits can be an amount without saying so.
_DIGITS = 3
#: An amount has at most so many groups of digits: thousands up to 10^18, and cents.
_GROUPS = 8
_NUMBER = re.compile(r"\d(?:[\d.,'’\s]*\d)?")
#: What follows a number that counts thousands, millions and so on.
_SCALES = {
    **dict.fromkeys(("k", "tsd", "t", "grand", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mm", "mio", "million", "millions"), 10**6),
    **dict.fromkeys(("b", "bn", "mrd", "billion", "billions"), 10**9),
}
_SCALE = re.compile(rf"\s*({'|'.join(_SCALES)})(?![a-z0-9])")
#: A number of more digits is no amount.
_LONGEST = 18
_MONEY_WORDS = re.compile(r"\b(?:usd|eur|gbp|chf|sek|nok|dkk|jpy|cny|inr|aud|cad|dollars?|euros?|pounds?|bucks)\b")
#: A code in capitals beside a number, its scale between them: ``PLN 90k``, ``90 Mio. PLN``.
_CODE = re.compile(rf"(?<![A-Za-z])([A-Z]{{3}})\s?\d|\d\s?(?i:(?:{'|'.join(_SCALES)})\.?)?\s?([A-Z]{{3}})(?![A-Za-z])")


@dataclass(frozen=True)
class Telling:
    """The amounts that nobody is told: as the digits that tell them apart, as they are, and their currency's sign."""

    digits: Set[str] = frozenset()
    amounts: tuple[float, ...] = ()
    #: as :func:`folded`; empty where it is no letters, for every other sign is money wherever it stands
    sign: str = ""


NOTHING_TELLING = Telling()


@dataclass(frozen=True)
class Confidential:
    """What is not for a customer's eyes: the other customers, everybody's names, and amounts."""

    others: tuple[str, ...]
    people: tuple[str, ...] = ()
    telling: Telling = NOTHING_TELLING


def why_not(text: str, own: Sequence[str], hidden: Confidential) -> str:
    """Why a text may not be said to the customer who is called ``own``, in words for whoever sends it; empty where it
    may be."""
    name = named(text, own, hidden.others, hidden.people)
    if name:
        return f"it could name {name}"
    return "it could tell an amount" if speaks_of_money(text, hidden.telling) else ""


def speaks_of_money(text: str, telling: Telling = NOTHING_TELLING) -> bool:
    """Whether a text has a currency, or a number that is a telling amount: by its digits, or scaled (480k, 0.48M)."""
    here = folded(text)
    if any(unicodedata.category(character) == "Sc" for character in text):
        return True
    if _MONEY_WORDS.search(here) or _has_code(text) or (telling.sign and _beside_number(telling.sign, here)):
        return True
    if any(abs(amount - value) <= unit / 2 for value, unit in _scaled(here) for amount in telling.amounts):
        return True
    return any(len(number) >= _DIGITS and _digits(number) in telling.digits for number in _numbers(here))


def _has_code(text: str) -> bool:
    """Whether the code of a currency stands beside a number."""
    return any((found[1] or found[2]) in CODES for found in _CODE.finditer(unicodedata.normalize("NFKC", text)))


def _beside_number(sign: str, text: str) -> bool:
    """Whether letters that are a currency's sign or code stand right before a number, or behind one and its scale."""
    scales = "|".join(_SCALES)
    here = re.escape(sign)
    return bool(re.search(rf"(?<![^\W\d_]){here}\s?\d|\d\s?(?:(?:{scales})\.?)?\s?{here}(?![^\W\d_])", text))


def _scaled(text: str) -> Iterator[tuple[float, float]]:
    """Every scaled number of a text with what its last digit counts: ``0.48m`` is 480,000, to 10,000.

    A sign before the last digits may be the decimal one or not, and what stands before a blank a number of its own.
    """
    for found in _NUMBER.finditer(text):
        scale = _SCALE.match(text, found.end())
        if scale is None:
            continue
        times = _SCALES[scale[1]]
        groups = re.findall(r"\d+", found[0])[-_GROUPS:]
        for start in range(len(groups)):
            digits = "".join(groups[start:])
            if len(digits) > _LONGEST:
                continue
            yield float(int(digits) * times), float(times)
            if start < len(groups) - 1:
                unit = times / 10 ** len(groups[-1])
                yield int(digits) * unit, unit


def _numbers(text: str) -> Iterator[str]:
    """Every number that a text may be read to have, as digits: what stands in a list reads as one number, as several,
    or as any that are next to each other."""
    for found in _NUMBER.findall(text):
        groups = re.findall(r"\d+", found)
        for start in range(len(groups)):
            for end in range(start + 1, min(len(groups), start + _GROUPS) + 1):
                yield "".join(groups[start:end])


def telling_of(amounts: Iterable[float], currency: str = "") -> Telling:
    """What tells these amounts, however they are written, in a workspace of this currency (ISO 4217)."""
    found = tuple(sorted({amount for amount in amounts if amount}))
    sign = folded(SIGNS.get(currency, currency))
    return Telling(
        frozenset(_digits(f"{amount:.2f}") for amount in found) - {""}, found, sign if sign.isalpha() else ""
    )


def _digits(number: str) -> str:
    """The digits of a number without zeros at either end: 480,000.00, 480.000 and 0.48 have the same."""
    return re.sub(r"\D", "", number).strip("0")
