"""Lower bounds for sets that are only partly chosen: Lagrangian relaxations, tabled for all suffixes at once.

For multipliers ``l`` of the constraints ``gain @ taken >= need``, every way to complete a partial set costs at least

    cost(chosen) + l @ (need - gain(chosen)) + the least that up to m of the options still open add of ``cost - l @
    gain``

which holds for any ``l`` within its box (Geoffrion 1974). Options are in one fixed order and a partial set has only
those from a position on still open, so the last term is a table over (position, m): a bound is a gather and a small
product, for thousands of partial sets at a time. Several multipliers are kept, since what is best at the start is not
what is best for the last option.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenarios.solver.problem import Float, Int

#: How far the float calculation of a bound may be off, relative to the largest number in it.
_SLOPPY = 1e-11
#: The best multipliers are kept at these scales too.
_SCALES = (1.0, 0.6, 0.8, 1.25, 1.6, 2.2)


@dataclass(frozen=True, eq=False)
class Relaxed:
    """What is relaxed: least ``cost @ taken`` with ``gain.T @ taken >= need``; multipliers within ``low`` and
    ``high``.
    """

    cost: Float  # (options,)
    gain: Float  # (options, constraints)
    need: Float  # (constraints,)
    low: Float  # (constraints,)
    high: Float  # (constraints,)

    def dual(self, multipliers: Float, slots: int) -> tuple[float, Float]:
        """The bound before anything is chosen, and its gradient."""
        reduced = self.cost - self.gain @ multipliers
        if slots < len(reduced):
            picked = np.argpartition(reduced, slots - 1)[:slots] if slots else np.zeros(0, dtype=np.int64)
            picked = picked[reduced[picked] < 0]
        else:
            picked = np.flatnonzero(reduced < 0)
        return (
            float(multipliers @ self.need + reduced[picked].sum()),
            self.need - self.gain[picked].sum(axis=0),
        )

    def ascend(self, slots: int, steps: int, start: Float | None = None) -> Float:
        """Good multipliers: subgradient steps towards a target that moves with what is reached."""
        # In units of each constraint's own largest gain, so that one step length suits all.
        unit = np.abs(self.gain).max(axis=0, initial=0.0)
        unit[unit == 0] = 1.0
        at = np.clip(self._guess() if start is None else start, self.low, self.high)
        best, (value, gradient) = at, self.dual(at, slots)
        reached = value
        spread = float(np.abs(self.cost).max(initial=0.0)) or 1.0
        ahead, tired = spread, 0
        for _ in range(steps):
            slope = gradient / unit
            length = float(slope @ slope)
            if length == 0:
                break
            step = (reached + ahead - value) / length
            moved = np.clip(at + step * slope / unit, self.low, self.high)
            value, gradient = self.dual(moved, slots)
            at = moved
            if value > reached:
                tired = 0 if value > reached + 0.1 * ahead else tired + 1
                best, reached = moved, value
            else:
                tired += 1
            if tired >= 3:
                ahead, tired = ahead / 2, 0
                at = best
                value, gradient = self.dual(at, slots)
                if ahead < 1e-4 * spread:
                    break
        return best

    def _guess(self) -> Float:
        """Every constraint priced as if it alone had to be met at the middle price."""
        wanted = np.where(self.need > 0, np.maximum(self.gain, 0.0).sum(axis=0), 0.0)
        total = float(np.abs(self.cost).sum())
        share = max(int((wanted > 0).sum()), 1)
        price: Float = np.divide(total, wanted * share, out=np.zeros_like(wanted), where=wanted > 0)
        return price


def tables(reduced: Float, slots: int) -> Float:
    """(options + 1, slots + 1, multipliers): the least that at least one and up to so many options from a position on
    add.

    ``reduced``: (options, multipliers) what each adds, infinite where it may not be taken.
    """
    options, kinds = reduced.shape
    least = np.zeros((options + 1, slots + 1, kinds))
    # The running j-th smallest: what one place lets go, the next may keep.
    stream = np.minimum(reduced, 0.0)[::-1]
    for place in range(1, slots + 1):
        kept = np.minimum.accumulate(stream, axis=0)
        least[:options, place] = least[:options, place - 1] + kept[::-1]
        if place < slots:
            stream = np.maximum(stream, np.vstack([np.zeros((1, kinds)), kept[:-1]]))
    table = np.full((options + 1, slots + 1, kinds), np.inf)
    for place in range(1, slots + 1):
        first = reduced + least[1:, place - 1]
        table[:options, place] = np.minimum.accumulate(first[::-1], axis=0)[::-1]
    return table


class Bounds:
    """Bounds of one objective: `Relaxed` at several multipliers, with proofs that nothing can be completed
    (``rays``).
    """

    def __init__(
        self, relaxed: Relaxed, needs: int, slots: int, *, start: Float | None = None, steps: int = 60
    ) -> None:
        self.relaxed, self.slots = relaxed, slots
        self.best = relaxed.ascend(slots, steps, start)
        priced = self._family(needs)
        rays = self._rays(needs)
        self.priced = len(priced)
        self.multipliers = np.vstack([priced, rays])  # (multipliers, constraints)
        self.table = np.zeros((0, 0, 0))

    def _family(self, needs: int) -> Float:
        """The best multipliers, scaled as a whole and one need at a time."""
        made = [self.best * scale for scale in _SCALES]
        if needs > 1:
            for row in range(needs):
                if self.best[row]:
                    for scale in (0.0, 2.0):
                        moved = self.best.copy()
                        moved[row] *= scale
                        made.append(moved)
        return np.clip(np.array(made), self.relaxed.low, self.relaxed.high)

    def _rays(self, needs: int) -> Float:
        """Multipliers that price nothing but the constraints: a bound above 0 says that they cannot be met."""
        wide = len(self.relaxed.need)
        made = list(np.eye(wide)[:needs])
        if needs > 1:
            free = Relaxed(
                np.zeros(len(self.relaxed.cost)), self.relaxed.gain[:, :needs], self.relaxed.need[:needs],
                np.zeros(needs), np.full(needs, np.inf),
            )  # fmt: skip
            unit = np.abs(free.gain).max(axis=0, initial=0.0)
            unit[unit == 0] = 1.0
            start = 1.0 / unit
            best, most = start, -np.inf
            at = start
            for step in range(12):
                value, gradient = free.dual(at, self.slots)
                if value / float(at @ unit) > most:
                    best, most = at, value / float(at @ unit)
                slope = gradient / unit
                length = float(np.sqrt(slope @ slope)) or 1.0
                at = np.maximum(at + 0.5 / (1 + step) * slope / length / unit, 0.0)
                if not at.any():
                    break
            for ray in (start, best):
                made.append(np.concatenate([ray, np.zeros(wide - needs)]))
        return np.array(made) if made else np.zeros((0, wide))

    def reduced(self) -> Float:
        """(options, multipliers): what an option adds to each bound."""
        made = -self.relaxed.gain @ self.multipliers.T
        made[:, : self.priced] += self.relaxed.cost[:, None]
        return made

    def learn(self, multipliers: Sequence[Float]) -> None:
        """Take in further multipliers; `arrange` tables them."""
        if multipliers:
            more = np.clip(np.array(multipliers), self.relaxed.low, self.relaxed.high)
            self.multipliers = np.insert(self.multipliers, [self.priced] * len(more), more, axis=0)
            self.priced += len(more)

    def arrange(self, order: Int, barred: npt.NDArray[np.bool_] | None = None) -> None:
        """Table the bounds for options in this order; ``barred`` ones may not be taken any more."""
        reduced = self.reduced()[order]
        if barred is not None and barred.any():
            reduced[barred[order]] = np.inf
        self.table = tables(reduced, self.slots)

    def constant(self, need: Float, reach: float) -> Float:
        """(multipliers,): the part of each bound that no choice changes, less what the calculation may be off.

        ``reach``: the largest objective that matters.
        """
        scale = np.abs(self.multipliers) @ (np.abs(need) + np.abs(self.relaxed.gain).sum(axis=0))
        scale[: self.priced] += np.abs(self.relaxed.cost).sum() + abs(reach)
        constant: Float = self.multipliers @ need - _SLOPPY * scale
        return constant
