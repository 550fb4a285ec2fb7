"""From the text of an estimate to engineer-weeks (ew): points, hours, Jira's seconds, ranges, T-shirts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from store.common.engineer_weeks import format_ew
from store.common.limits import MOST_EW
from store.imports.columns import Unit
from store.imports.errors import RateUnit
from store.imports.numbers import number
from store.imports.plain_words import with_plain_digits, without_accents

DAYS_PER_EW = 5
#: What is wrong with a bare number in a column that may count anything.
NO_UNIT = "does not say what it counts"
#: what people write for "not estimated"
BLANKS = frozenset({"", "-", "–", "—", "?", "??", "n/a", "na", "none", "null", "tbd", "unknown", "not estimated"})

_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([^\W\d_]+)")
_MINUTES = frozenset({"m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos", "minuti"})
#: Words for units, without accents, in the languages that trackers write them in.
_WORDS: Mapping[str, Unit] = {
    **dict.fromkeys(
        ("w", "wk", "wks", "week", "weeks", "ew", "woche", "wochen", "semaine", "semaines", "semana", "semanas",
         "settimana", "settimane", "weken", "tydzien", "tygodnie", "tygodni", "tydz", "tyg", "vecka", "veckor",
         "неделя", "недели",
         "недель", "周", "週間", "週", "人週", "人周", "wkn", "manweken", "personenwochen", "mannwochen"),
        "weeks"),
    **dict.fromkeys(
        ("d", "day", "days", "ed", "pd", "md", "tag", "tage", "tagen", "personentag", "personentage", "manntage",
         "arbeitstage", "jour", "jours", "j", "jh", "dia", "dias", "giorno", "giorni", "dag", "dagen", "dagar",
         "dzien",
         "dni", "день", "дня", "днеи", "天", "日", "人日", "人天", "일", "dgn", "mandagen", "mensdagen",
         "werkdagen"), "days"),
    **dict.fromkeys(
        ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures", "hora", "horas", "ora",
         "ore", "uur", "uren", "godzina", "godziny", "godzin", "timme", "timmar", "час", "часа", "часов", "小时",
         "時間", "人時", "人時間", "工时", "시간", "manuren"), "hours"),
    # counted in seconds, 60 each: see _weeks
    **dict.fromkeys(_MINUTES, "seconds"),
    **dict.fromkeys(("sp", "pt", "pts", "point", "points", "punkt", "punkte", "punto", "puntos", "ponto", "pontos",
                     "punti"), "points"),
}  # fmt: skip
#: what a column of its own may say that numbers count
UNITS = frozenset(_WORDS)
_IN_WORDS = re.compile(r"\d[\d.,]*\d", re.ASCII)
#: what may stand between a number and its unit
_FILLERS = re.compile(r"\b(?:person|man|engineer|engineering|dev|developer|ideal|working|business|story)[ -]+", re.I)
#: Words for T-shirt sizes, as tools and people write them.
_SHIRTS: Mapping[str, str] = {
    **dict.fromkeys(("xsmall", "extrasmall", "tiny"), "XS"),
    **dict.fromkeys(("small", "klein", "petit", "pequeno", "piccolo"), "S"),
    **dict.fromkeys(("medium", "med", "mittel", "moyen", "mediano", "medio"), "M"),
    **dict.fromkeys(("large", "gross", "grand", "grande"), "L"),
    **dict.fromkeys(("xlarge", "extralarge", "sehrgross"), "XL"),
    **dict.fromkeys(("xxlarge", "extraextralarge"), "XXL"),
}
_SHIRT = re.compile(r"X{0,4}[SL]|M|[2-4]X[SL]")


#: words for "about"
_ABOUT = re.compile(
    r"^(?:≈|~|≃|about\b|approx(?:imately)?\b\.?|appr\.|circa\b|ca\.?(?= |\d)|env\.|etwa\b|rund\b)\s*", re.I
)
_HALVES = re.compile(r"(?<![\d.,])(\d{0,5})½")
#: a duration as ISO 8601 has it (PT8H, P1W2D), and hours with minutes (40:00)
_ISO = re.compile(
    r"P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?(?:\d+(?:\.\d+)?S)?)?", re.I
)
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)(?::00)?", re.ASCII)


def unit_named(word: str) -> Unit:
    """The unit that a word behind a column's name says: ``days``, ``SP``; empty where it says none."""
    if word.strip() in ("PT", "MT"):
        # Personentage, Manntage: "pt" are points.
        return "days"
    plain = without_accents(word).rstrip(".")
    return "" if plain in _MINUTES else _WORDS.get(_FILLERS.sub("", plain), "")


#: a remark behind an estimate: "5 (rough)"
_REMARK = re.compile(r"(?<=\w) ?\([^()\d]{1,60}\)$")
#: numbers in words, before a unit, and what stands between two
_COUNTS = {"half": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
           "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_WORDED = re.compile(rf"^(half an?|{'|'.join(_COUNTS)}) (?=[a-z]+$)", re.IGNORECASE)
_TO = re.compile(r"(?<=\d) (?:to|bis|à) (?=\d)")


class EstimateError(ValueError):
    """The text is no estimate that can be taken; the message says why, to follow "not taken:"."""


class NoRateError(Exception):
    """The estimate is in a unit without a rate."""

    def __init__(self, unit: RateUnit) -> None:
        self.unit = unit
        super().__init__(unit)


class NoUnitError(Exception):
    """A bare number in a column that does not say what it counts."""


@dataclass(frozen=True)
class Rates:
    """How many points and hours are one engineer-week, where known; and the T-shirt sizes as (low, likely, high) ew."""

    points: float | None = None
    hours: float | None = None
    shirts: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimate:
    """Engineer-weeks: likely (P50), with low (P10) and high (P90) where stated."""

    likely: float
    low: float | None = None
    high: float | None = None

    def __add__(self, other: Estimate) -> Estimate:
        """Of two parts of an item, which have one luck: each figure of both; one without a range varies by nothing."""
        likely = self.likely + other.likely
        if self.low is None and self.high is None and other.low is None and other.high is None:
            return Estimate(likely)
        lows, highs = (
            [part.likely if end is None else end for part, end in ((self, ours), (other, theirs))]
            for ours, theirs in ((self.low, other.low), (self.high, other.high))
        )
        return Estimate(likely, sum(lows), sum(highs))

    def __str__(self) -> str:
        return self._words

    @cached_property
    def _words(self) -> str:
        # Many rows share one estimate.
        if self.low is None or self.high is None:
            return f"{format_ew(self.likely)} ew"
        return f"{format_ew(self.low)}-{format_ew(self.likely)}-{format_ew(self.high)} ew"


def parse_estimate(text: str, unit: Unit, rates: Rates, *, decimal_comma: bool = False) -> Estimate | None:
    """The estimate in a cell whose bare numbers count ``unit``; None where there is none, or it is zero.

    Raises :class:`EstimateError` with a reason, :class:`NoRateError`, or :class:`NoUnitError`.
    """
    text = text.strip()
    if text.casefold() in BLANKS:
        return None
    # "10 days?" is how schedules mark a duration that is estimated.
    text = _ABOUT.sub("", _REMARK.sub("", with_plain_digits(text)).rstrip("? "))
    text = _WORDED.sub(lambda found: f"{_COUNTS[found[1].casefold().removesuffix(' a').removesuffix(' an')]} ", text)
    text = _TO.sub("-", text)
    text = _in_plain_units(_HALVES.sub(lambda half: f"{half[1] or 0}.5", text), unit)
    letter = _shirt(text)
    if shirt := rates.shirts.get(text.upper()) or rates.shirts.get(letter):
        return Estimate(shirt[1], shirt[0], shirt[2])
    if letter:
        known = ", ".join(rates.shirts) or "none"
        raise EstimateError(f'estimate "{text[:40]}" is none of the T-shirt sizes here ({known})')
    if len(text) > 100:
        raise EstimateError(f'estimate "{text[:40]}…" is not a number')
    low: float | None = None
    high: float | None = None
    parts = _split_range(text)
    if len(parts) == 3:
        low, likely, high = (_weeks(part, unit, rates, text, decimal_comma) for part in parts)
    elif len(parts) == 1:
        likely = _weeks(text, unit, rates, text, decimal_comma)
    else:
        raise EstimateError(f'estimate "{text}" has {len(parts)} numbers; write one, or low-likely-high')
    return checked(low, likely, high, text)


def _shirt(text: str) -> str:
    """The T-shirt size that a word means, whatever picture stands beside it; empty where it means none."""
    letters = "".join(each for each in without_accents(text) if each.isalnum())
    return _SHIRTS.get(letters) or (letters.upper() if _SHIRT.fullmatch(letters.upper()) else "")


def checked(low: float | None, likely: float, high: float | None, text: str) -> Estimate | None:
    """The estimate of these engineer-weeks if they make sense, None if all is zero. Raises :class:`EstimateError`."""
    for weeks in (low, likely, high):
        if weeks is not None and weeks < 0:
            raise EstimateError(f'estimate "{text}" is negative')
        # Written so that a NaN does not pass.
        if weeks is not None and not weeks <= MOST_EW:
            raise EstimateError(f'estimate "{text}" is more than {MOST_EW:,} engineer-weeks')
    # Few digits survive every way of keeping a number, so that a size can be compared with what the file said.
    likely = round(likely, 6)
    low, high = (None if weeks is None else round(weeks, 6) for weeks in (low, high))
    if (low is not None and low > likely) or (high is not None and high < likely):
        raise EstimateError(f'estimate "{text}" is not in the order low, likely, high')
    if not likely and not high:
        return None
    return Estimate(likely, low, high)


def _in_plain_units(text: str, unit: Unit) -> str:
    """A duration that programs write with the units that people do: ``PT8H`` is 8 h; ``8:30`` is 8.5 h, but only where
    hours are meant."""
    if len(text) > 1 and (found := _ISO.fullmatch(text)) and any(found.groups()):
        return " ".join(
            f"{each} {one}" for each, one in zip(found.groups(), ("w", "d", "h", "min"), strict=True) if each
        )
    if unit in ("hours", "seconds", "milliseconds") and (found := _CLOCK.fullmatch(text)):
        return f"{int(found[1]) + int(found[2]) / 60:.12g} h"
    return text


def _split_range(text: str) -> list[str]:
    """The parts of ``2-3-5.5`` (dashes between numbers); a leading minus and ``1e-3`` stay whole.

    Slashes do not count: ``3/4/2026`` is a date that strayed into the column.
    """
    parts = [part.strip() for part in re.split(r"(?<=\w)(?<!\d[eE])\s*(?:[-–—]|\.\.)\s*(?=[\d.])", text)]
    if len(parts) == 3 and (unit := re.fullmatch(r"[\d.,]+\s*([^\W\d_]+)", parts[2])):
        # "2-3-5 days" means days throughout.
        parts[:2] = [f"{part} {unit[1]}" if re.fullmatch(r"[\d.,]+", part, re.ASCII) else part for part in parts[:2]]
    return parts


def _weeks(part: str, unit: Unit, rates: Rates, whole: str, decimal_comma: bool) -> float:
    """Engineer-weeks of one number, with its own unit or ``unit``. Raises as :func:`parse_estimate`."""
    bare = number(part, decimal_comma=decimal_comma)
    if bare is not None:
        return _in_weeks(bare, unit, rates)
    if part.casefold().lstrip("+-") in ("inf", "infinity", "∞"):
        raise EstimateError(f'estimate "{whole}" is more than {MOST_EW:,} engineer-weeks')
    sign = -1.0 if part.startswith(("-", "−")) else 1.0
    words = _FILLERS.sub("", _IN_WORDS.sub(partial(_plain, decimal_comma), part.lstrip("-−+~ "))).strip()
    if not re.fullmatch(rf"(?:{_PART.pattern}[\s,.]*)+", words):
        raise EstimateError(f'estimate "{whole}" is not a number')
    total = 0.0
    for amount, word in _PART.findall(words):
        own = _WORDS.get(without_accents(word))
        if own is None:
            raise EstimateError(f'estimate "{whole}" is in a unit that is not known: {word}')
        total += _in_weeks(float(amount) * (60.0 if own == "seconds" else 1.0), own, rates)
    return sign * total


def _plain(decimal_comma: bool, found: re.Match[str]) -> str:
    """A number that stands beside its unit, with a decimal point."""
    value = number(found[0], decimal_comma=decimal_comma)
    return found[0] if value is None else f"{value:.12g}"


def _in_weeks(amount: float, unit: Unit, rates: Rates) -> float:
    """Engineer-weeks of an amount of ``unit``. Raises :class:`NoRateError` or :class:`NoUnitError`."""
    match unit:
        case "weeks":
            return amount
        case "days":
            return amount / DAYS_PER_EW
        case "points":
            if rates.points is None:
                raise NoRateError("points")
            return amount / rates.points
        case "hours" | "minutes" | "seconds" | "milliseconds":
            if rates.hours is None:
                raise NoRateError("hours")
            return amount / rates.hours / {"hours": 1, "minutes": 60, "seconds": 3_600, "milliseconds": 3_600_000}[unit]
        case _:
            raise NoUnitError
