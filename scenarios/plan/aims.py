"""Aims of the slices: what one takes the others give, so that the total is 100 at every moment.

All is counted in whole steps: of one point, or of the finest part of a point that is in use. Within one run of moves
of the same slice the others keep the proportion in which they stood when the run began, so that there and back again
is where it began, and small steps come out as one large one does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from store.common.errors import Refused
from store.records import Command, Slice

#: Steps in a point: whole points, tenths, hundredths, thousandths.
_FINENESS = (1, 10, 100, 1000)
#: Nearer than this a float is that decimal number.
_NEAR = 1e-6
#: Nearer than this to 100 the aims are 100 in all.
_SAME_SUM = 1e-9


@dataclass(frozen=True)
class Aims:
    """Aims being moved: whole steps by letter, ``scale`` steps a point, the slices' own records beside them.

    ``base`` is how they stood when the present run of moves, of slice ``moving``, began.
    """

    slices: tuple[Slice, ...]
    scale: int
    steps: Mapping[str, int]
    base: Mapping[str, int]
    moving: str = ""
    #: the one that takes and gives alone; none: all others, in proportion
    marked: str = ""

    @classmethod
    def of(cls, slices: Sequence[Slice]) -> Aims:
        """The aims as they are stored, to the thousandth of a point."""
        scale = next((each for each in _FINENESS if _whole(slices, each)), _FINENESS[-1])
        steps = {part.letter: round(part.aim * scale) for part in slices}
        return cls(tuple(slices), scale, steps, steps)

    @property
    def points(self) -> dict[str, float]:
        """By letter, the aim in percent of planned effort."""
        return {letter: steps / self.scale for letter, steps in self.steps.items()}

    @property
    def off(self) -> float:
        """By how many points they are over 100 (below it: missing); 0.0 where they add up."""
        return (sum(self.steps.values()) - 100 * self.scale) / self.scale

    @property
    def changed(self) -> tuple[Slice, ...]:
        """The slices whose aim is another one now, with it."""
        found = []
        for part in self.slices:
            if abs(part.aim - self.points[part.letter]) > _NEAR:
                found.append(part.model_copy(update={"aim": self.points[part.letter]}))
        return tuple(found)

    @property
    def as_slices(self) -> tuple[Slice, ...]:
        """All slices with their aims as they are here."""
        changed = {part.letter: part for part in self.changed}
        return tuple(changed.get(part.letter, part) for part in self.slices)

    def mark(self, letter: str) -> Aims:
        """The one that takes and gives alone; the same again: none."""
        return replace(self, marked="" if self.marked == letter else letter, base=self.steps, moving="")

    def _limits(self, letter: str) -> tuple[int, int]:
        """Floor and ceiling in steps; an aim that is past one already is not forced, and goes no further."""
        part = next(each for each in self.slices if each.letter == letter)
        low = math.ceil((part.floor or 0.0) * self.scale - _NEAR)
        high = math.floor((100.0 if part.ceiling is None else part.ceiling) * self.scale + _NEAR)
        at = self.steps[letter]
        return min(low, at), max(high, at)


def shift(aims: Aims, letter: str, points: int) -> tuple[Aims, str]:
    """Move a slice's aim by so many points, as far as it goes; with the sentence that says why it went no further.

    Raises :class:`Refused` where the aims do not add up to 100: first :func:`to_hundred`.
    """
    if aims.off:
        raise Refused(f"{off_words(aims)}: bring them to 100 first.")
    givers = [part.letter for part in aims.slices if part.letter != letter]
    if aims.marked and aims.marked != letter:
        givers = [aims.marked]
    base = aims.base if aims.moving == letter else aims.steps
    low, high = aims._limits(letter)
    limits = {each: aims._limits(each) for each in givers}
    kept = 100 * aims.scale - sum(aims.steps[each] for each in givers) - aims.steps[letter]
    whole = 100 * aims.scale - kept
    least, most = whole - sum(top for _, top in limits.values()), whole - sum(floor for floor, _ in limits.values())
    wanted = aims.steps[letter] + points * aims.scale
    at = max(low, least, min(high, most, wanted))
    up = points > 0
    said = "" if at == wanted else _stopped(aims, letter, givers, at, up=up, own=at == (high if up else low))
    if at == aims.steps[letter]:
        return aims, said
    found = share_out(whole - at, {each: base[each] for each in givers}, limits)
    return replace(aims, steps={**aims.steps, letter: at, **found}, base=base, moving=letter), said


def to_hundred(aims: Aims) -> Aims:
    """The aims in the same proportion, 100 in all. Raises :class:`Refused` where floors or ceilings forbid it."""
    limits = {}
    for part in aims.slices:
        # Here what is past its floor or ceiling is brought back.
        low = math.ceil((part.floor or 0.0) * aims.scale - _NEAR)
        high = math.floor((100.0 if part.ceiling is None else part.ceiling) * aims.scale + _NEAR)
        limits[part.letter] = (low, max(low, high))
    whole = 100 * aims.scale
    if sum(low for low, _ in limits.values()) > whole:
        raise Refused("The floors add up to more than 100: lower one of them first.")
    if sum(high for _, high in limits.values()) < whole:
        raise Refused("The ceilings add up to less than 100: raise one of them first.")
    steps = share_out(whole, aims.steps, limits)
    return replace(aims, steps=steps, base=steps, moving="")


def write_aims(slices: Sequence[Slice], points: Mapping[str, float]) -> Command:
    """Aims by letter, in percent of planned effort; a slice that is not named keeps its own. Empty where none changes.

    Raises :class:`Refused` where one is no share, or where they are not 100 in all.
    """
    for part in slices:
        if not 0 <= points.get(part.letter, part.aim) <= 100:
            raise Refused(f"{part.name}: a share between 0 and 100 percent.", f"aim-{part.id}")
    later = [part.model_copy(update={"aim": points.get(part.letter, part.aim)}) for part in slices]
    total = sum(part.aim for part in later)
    if abs(total - 100) >= _SAME_SUM:
        raise Refused(f"The aims add up to {total:g}, not 100: {total_words(total)}.")
    changed = tuple(part for part, old in zip(later, slices, strict=True) if part != old)
    return Command("aims", moved_words(slices, changed), changed)


def total_words(total: float) -> str:
    """``105% in all: 5 points over``."""
    if abs(total - 100) < _SAME_SUM:
        return "100% in all"
    return f"{total:g}% in all: {abs(total - 100):g} points {'over' if total > 100 else 'missing'}"


def moved_words(slices: Sequence[Slice], changed: Sequence[Slice]) -> str:
    """The aims that are other ones, ``aims F 50 → 55, I 20 → 15``; empty where none is."""
    old = {part.letter: part.aim for part in slices}
    moved = [f"{part.letter} {old[part.letter]:g} → {part.aim:g}" for part in changed]
    return f"aims {', '.join(moved)}" if moved else ""


def off_words(aims: Aims) -> str:
    """By how many points the aims are off, as a sentence without its full stop; empty where they add up."""
    if not aims.off:
        return ""
    count = f"{abs(aims.off):g} point{'' if abs(aims.off) == 1 else 's'}"
    return f"The aims are {count} {'over' if aims.off > 0 else 'short of'} 100"


def share_out(whole: int, weights: Mapping[str, int], limits: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Whole steps that add up to ``whole``, in proportion to ``weights`` within (least, most) for each.

    Largest remainder (Hamilton's method) within the bounds. Needs sum(least) <= whole <= sum(most).
    """
    quotas = _quotas(whole, weights, limits)
    found = {letter: math.floor(quota) for letter, quota in quotas.items()}
    left = whole - sum(found.values())
    order = sorted(found, key=lambda letter: found[letter] - quotas[letter])
    for letter in order[:left]:
        found[letter] += 1
    return found


def _quotas(whole: int, weights: Mapping[str, int], limits: Mapping[str, tuple[int, int]]) -> dict[str, Fraction]:
    """The exact shares in proportion, those at a bound held there and the rest shared out among the others."""
    fixed: dict[str, Fraction] = {}
    while len(fixed) < len(weights):
        free = [letter for letter in weights if letter not in fixed]
        rest, total = whole - sum(fixed.values()), sum(weights[letter] for letter in free)
        # Where nobody has anything, all are alike.
        quota = {each: Fraction(rest) * (weights[each] if total else 1) / (total or len(free)) for each in free}
        kept = {each: min(max(quota[each], Fraction(limits[each][0])), Fraction(limits[each][1])) for each in free}
        over = sum(kept.values()) - rest
        # Those bounds that bind in any case are taken first: what they leave moves the others only the same way.
        bound = [each for each in free if (kept[each] - quota[each]) * (1 if over >= 0 else -1) > 0]
        if over == 0 or not bound:
            return fixed | kept
        fixed |= {each: kept[each] for each in bound}
    return fixed


def _stopped(aims: Aims, letter: str, givers: Sequence[str], at: int, *, up: bool, own: bool) -> str:
    """Why it goes no further."""
    names = {part.letter: part.name for part in aims.slices}
    if own:
        return f"{names[letter]} is at its {'ceiling' if up else 'floor'}, {at / aims.scale:g}."
    who = names[givers[0]] if len(givers) == 1 else "The others"
    return f"{who} can {'give' if up else 'take'} no more: {'floors' if up else 'ceilings'} hold."


def _whole(slices: Sequence[Slice], scale: int) -> bool:
    figures = [figure for part in slices for figure in (part.aim, part.floor, part.ceiling) if figure is not None]
    return all(abs(figure * scale - round(figure * scale)) < _NEAR for figure in figures)
