"""People's time and what was taken from it, cause by cause, in whole numbers: gross - taken = net, exactly.

One engineer-day is a million ticks, so that shares of a person and halves of a day stay whole numbers. Sums over
people and over weeks are therefore the same, to the last tick.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from scenarios.figures.sizes import format_ew

TICKS_PER_DAY = 1_000_000
#: 1 ew = 5 engineer-days.
TICKS_PER_EW = 5 * TICKS_PER_DAY

Cause = Literal["ramp-up", "holidays", "closures", "leave", "on-call", "away", "focus", "interrupts"]
#: What takes from gross, in the order in which it takes: each has at most what those before it left.
CAUSES: tuple[Cause, ...] = get_args(Cause)


class Part(NamedTuple):
    """What one cause took, in ticks; ``ew`` and ``days`` are the same in engineer-weeks and engineer-days."""

    cause: Cause
    ticks: int

    @property
    def ew(self) -> float:
        """In engineer-weeks."""
        return self.ticks / TICKS_PER_EW

    @property
    def days(self) -> float:
        """In engineer-days."""
        return self.ticks / TICKS_PER_DAY


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Gross, and what each of :data:`CAUSES` took of it, in ticks; the sum of what was taken is never above gross."""

    gross_ticks: int = 0
    taken: tuple[int, ...] = (0,) * len(CAUSES)

    @property
    def net_ticks(self) -> int:
        """What is left, in ticks."""
        return self.gross_ticks - sum(self.taken)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What was taken, by cause in order; causes that took nothing are left out."""
        return tuple(Part(cause, ticks) for cause, ticks in zip(CAUSES, self.taken, strict=True) if ticks)

    @property
    def gross(self) -> float:
        """Gross in engineer-weeks."""
        return self.gross_ticks / TICKS_PER_EW

    @property
    def net(self) -> float:
        """Net in engineer-weeks."""
        return self.net_ticks / TICKS_PER_EW

    @property
    def gross_days(self) -> float:
        """Gross in engineer-days."""
        return self.gross_ticks / TICKS_PER_DAY

    @property
    def net_days(self) -> float:
        """Net in engineer-days."""
        return self.net_ticks / TICKS_PER_DAY

    def days(self, cause: Cause) -> float:
        """What one cause took, in engineer-days."""
        return self.taken[CAUSES.index(cause)] / TICKS_PER_DAY


def total(breakdowns: Iterable[Breakdown]) -> Breakdown:
    """All of them together."""
    found = list(breakdowns)
    columns = zip(*(each.taken for each in found), strict=True)
    return Breakdown(sum(each.gross_ticks for each in found), tuple(map(sum, columns)) or Breakdown().taken)


def words_of(breakdown: Breakdown, ticks_per_unit: int = TICKS_PER_EW) -> str:
    """``39.0 gross - 1.5 holidays - 4.0 leave - 3.9 interrupts = 29.6``, in engineer-weeks unless told otherwise.

    The figures add up as they are shown. Net is what it is everywhere else, to one decimal; what rounding leaves over
    goes to where it matters least (largest remainder), so that no figure is a tenth away from what it stands for.
    """
    gross, parts, net = _tenths(breakdown, ticks_per_unit)
    words = [f"{format_ew(gross / 10)} gross"]
    words += [f"- {format_ew(tenths / 10)} {part.cause}" for part, tenths in zip(breakdown.parts, parts, strict=True)]
    return f"{' '.join(words)} = {format_ew(net / 10)}"


def _tenths(breakdown: Breakdown, unit: int) -> tuple[int, list[int], int]:
    """Gross, parts and net in tenths of a unit, each next to its true value, and adding up."""
    net = (20 * breakdown.net_ticks + unit) // (2 * unit)
    exact = [divmod(10 * part.ticks, unit) for part in breakdown.parts]
    floors = [whole for whole, _ in exact]
    least, most = sum(floors), sum(whole + bool(rest) for whole, rest in exact)
    below, rest = divmod(10 * breakdown.gross_ticks, unit)
    nearest_first = (below + 1, below) if 2 * rest >= unit else (below, below + bool(rest))
    # One of them always leaves the parts something between all rounded down and all rounded up.
    gross = next(each for each in nearest_first if least <= each - net <= most)
    by_rest = sorted(range(len(exact)), key=lambda at: -exact[at][1])
    for at in by_rest[: gross - net - least]:
        floors[at] += 1
    return gross, floors, net
