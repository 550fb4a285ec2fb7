"""The portfolio mix: shares of planned effort by slice beside their aims, and the one-off share with its bands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from scenarios.figures.amounts import exact, percent, share_percent
from scenarios.plan.plan import Entry
from store.common.values import Value
from store.records import Slice

ONE_OFF = "O"

#: Upper ends of the bands of the one-off share, in percent of planned effort.
ONE_OFF_BANDS = (
    (10.0, "within budget"),
    (15.0, "over budget"),
    (20.0, "juggling"),
    (30.0, "struggling"),
    (100.0, "off the road"),
)


class SliceShare(Value):
    """One slice of the plan: effort in ew, share and aim as parts of one (0..1), and its floor and ceiling."""

    letter: str
    name: str
    owner: str
    ew: float
    share: float
    aim: float
    bounds: tuple[float, ...] = ()

    @property
    def said(self) -> str:
        """The share in whole percent, with a tenth where it would read as a floor or ceiling that it is not at."""
        return percent(self.share, min(self.bounds, key=lambda bound: abs(bound - self.share), default=None))


class Mix(Value):
    """All slices, in their fixed order; shares add up to 1, or are all 0 for an empty plan."""

    slices: tuple[SliceShare, ...]

    @property
    def gap(self) -> float:
        """Percentage points that would have to move between slices to meet the aims (total variation distance)."""
        if not any(part.share for part in self.slices):
            return 0.0
        return 50 * sum(abs(part.share - part.aim) for part in self.slices)

    @property
    def one_offs(self) -> float:
        """Share of planned effort that goes to one-offs, 0..1."""
        return sum(part.share for part in self.slices if part.letter == ONE_OFF)

    def share(self, letter: str) -> float:
        """One slice's share, 0..1; 0 for a letter that is no slice."""
        return next((part.share for part in self.slices if part.letter == letter), 0.0)


def mix_of(entries: Iterable[Entry], slices: Iterable[Slice], left: bool = False) -> Mix:
    """The mix of these items. An item whose slice is not among ``slices`` is shown under its own letter.

    In a quarter that runs, an item counts with what it will have taken of the quarter, or with what is ``left`` of it.
    """
    efforts: dict[str, float] = {}
    for entry in entries:
        spent = 0.0 if left else sum(each.this_quarter for each in entry.progress)
        efforts[entry.item.slice] = efforts.get(entry.item.slice, 0.0) + spent + entry.left
    return mix_of_efforts(efforts, slices)


def mix_of_efforts(efforts: Mapping[str, float | Fraction], slices: Iterable[Slice]) -> Mix:
    """The mix of these efforts (ew) by slice; letters that are not among ``slices`` stand last."""
    total = sum(efforts.values())
    known = sorted(slices, key=lambda part: (part.position, part.id))
    letters = {part.letter for part in known}
    aims = sum(part.aim for part in known) or 100.0
    found = [
        SliceShare(
            part.letter,
            part.name,
            part.owner,
            float(efforts.get(part.letter, 0.0)),
            float(efforts.get(part.letter, 0.0) / total) if total else 0.0,
            part.aim / aims,
            tuple(bound / 100 for bound in (part.floor, part.ceiling) if bound is not None),
        )
        for part in known
    ]
    found += [
        SliceShare(letter, f"({letter})", "", float(ew), float(ew / total) if total else 0.0, 0.0)
        for letter, ew in sorted(efforts.items())
        if letter not in letters
    ]
    return Mix(tuple(found))


def one_off_ceiling(slices: Iterable[Slice]) -> float | None:
    """The most that one-offs should take, 0..1; None where no ceiling is set."""
    part = next((each for each in slices if each.letter == ONE_OFF), None)
    return None if part is None or part.ceiling is None else part.ceiling / 100


def one_off_band(share: float | Fraction) -> str:
    """The word for a one-off share (0..1); a share at the end of a band is still in it."""
    whole = 100 * (share if isinstance(share, Fraction) else exact(share))
    return next((word for end, word in ONE_OFF_BANDS if whole <= Fraction(end)), ONE_OFF_BANDS[-1][1])


def one_off_words(share: float, ceiling: float) -> str:
    """As ``one-offs 9.9% of 10%: within budget``; both 0..1."""
    return f"one-offs {share_percent(share)} of {share_percent(ceiling)}: {one_off_band(share)}"
