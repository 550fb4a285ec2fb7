"""A figure that can say where it comes from: its value, the formula in words, and what went into it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from scenarios.figures.amounts import cents, odds_percent, rate_percent, share_percent, tenths
from scenarios.figures.sizes import format_ew
from store.common.values import Value

#: What a figure counts: money, engineer-weeks, a share that is held against a bound or odds (0..1), a rate (1 is 100%),
#: times, days, or pieces.
Unit = Literal["money", "ew", "share", "rate", "odds", "times", "days", "count", "score"]
UNKNOWN = "not known"
NOT_GIVEN = "not given"


class Figure(Value):
    """``value`` is exact, and None where an input is missing; ``inputs`` are (what, how much) pairs in words."""

    name: str
    value: Fraction | None
    unit: Unit
    formula: str
    inputs: tuple[tuple[str, str], ...] = ()
    #: of a sum that not all parts of are known: ``known for 3 of 5``
    partly: str = ""

    @property
    def known(self) -> bool:
        """Whether everything that it needs was given."""
        return self.value is not None

    @property
    def amount(self) -> float | None:
        """The value as a float."""
        return None if self.value is None else float(self.value)

    @property
    def text(self) -> str:
        """The value as people read it, ``not known`` where an input is missing."""
        if self.value is None:
            return UNKNOWN
        return written(self.value, self.unit) + (f" ({self.partly})" if self.partly else "")

    @property
    def lacks(self) -> tuple[str, ...]:
        """The inputs that nobody gave."""
        return tuple(what for what, how_much in self.inputs if how_much == NOT_GIVEN)

    @property
    def words(self) -> str:
        """As ``return 4.7 times``, or ``full cost not known (rate per ew missing)``."""
        missing = f" ({', '.join(self.lacks)} missing)" if not self.known and self.lacks else ""
        return f"{self.name} {self.text}{missing}"

    @property
    def why(self) -> tuple[str, ...]:
        """What ``?`` shows: the formula, then a line an input."""
        return (
            f"{self.name}: {self.text} = {self.formula}",
            *(f"{what}: {how_much}" if how_much else what for what, how_much in self.inputs),
        )


def written(value: Fraction, unit: Unit) -> str:
    """A number with its unit. What is not told apart by one decimal stays below or above what it is compared with."""
    match unit:
        case "money":
            return cents(value)
        case "ew":
            return f"{format_ew(float(value))} ew"
        case "share":
            return share_percent(value)
        case "rate":
            return rate_percent(value)
        case "odds":
            return odds_percent(float(value))
        case "times":
            return f"{tenths(value)} times"
        case "days":
            return f"{tenths(value)} day{'' if value == 1 else 's'}"
        case "count":
            return f"{tenths(value)}"
        case "score":
            return f"{value}" if value.denominator == 1 else f"{float(value):.3f}"


def given(value: Fraction | None, unit: Unit) -> str:
    """An input in words, ``not given`` where there is none."""
    return NOT_GIVEN if value is None else written(value, unit)


def told(
    name: str,
    value: Fraction | int | None,
    unit: Unit,
    formula: str,
    of: tuple[str, str],
    *more: tuple[str, str],
) -> Figure:
    """A figure that is on record, or counted, as it is."""
    return Figure(name, None if value is None else Fraction(value), unit, formula, (of, *more))


def counted(name: str, what: Iterable[str], formula: str = "counted, each once") -> Figure:
    """How many there are of something; each of them is an input."""
    found = tuple((each, "") for each in what)
    return Figure(name, Fraction(len(found)), "count", formula, found or (("these", "none"),))


def total(values: Iterable[Fraction]) -> Fraction:
    """Their exact sum."""
    return sum(values, Fraction(0))
