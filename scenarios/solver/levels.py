"""Bounds objective by objective: each where those before it can only be equal to the last of the best sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from scenarios.solver.bounds import Bounds, Relaxed
from scenarios.solver.problem import Bools, Chosen, Float, Int
from scenarios.solver.tracks import RankingTrack, Relaxation, Track, UnionTrack

_ENTRIES = 60_000
_SLACK = 1e-9


class Sums:
    """What is summed for every partial set: the rows of the problem, then what each track asks for."""

    def __init__(self, rows: Int, need: Int, tracks: Sequence[Track]) -> None:
        self.tracks = tuple(tracks)
        self.need = need.astype(np.float64)
        self.rows = len(need)
        blocks = [rows.T.astype(np.float64), *(track.sums for track in tracks)]
        ends = np.cumsum([block.shape[1] for block in blocks])
        self.spans = [slice(start, end) for start, end in pairwise(ends.tolist())]
        self.each = np.ascontiguousarray(np.hstack(blocks))  # (options, sums)


class Level:
    """The bounds of one objective, tabled for the options in their order."""

    def __init__(
        self, sums: Sums, at: int, usable: Int, taken: Float, slots: int, reaches: Sequence[float], steps: int = 24
    ) -> None:
        self.sums, self.at, self.usable, self.taken, self.slots = sums, at, usable, taken, slots
        self.track = sums.tracks[at]
        self.learned: list[Float] = []
        self.relax(reaches, steps=steps)

    def relax(self, reaches: Sequence[float], start: Float | None = None, steps: int = 24) -> None:
        """State the bound anew for what is reached: the last of the best sets, objective by objective."""
        self._state(reaches)
        relaxed = Relaxed(
            self.sums.each[self.usable] @ self.cost_of,
            self.sums.each[self.usable] @ self.gain_of,
            self.need - self.taken @ self.gain_of,
            self.low,
            self.high,
        )
        self.bounds: Bounds = Bounds(relaxed, self.sums.rows, self.slots, start=start, steps=steps)
        self.learned = [each for each in self.learned if len(each) == len(self.need)]
        self.bounds.learn(self.learned)
        self._weigh()

    def learn(self, sums: Float, position: Int, left: Int, order: Int, reaches: Sequence[float]) -> None:
        """Add multipliers that suit these partial sets: what is best at the start is not what is best further on."""
        relaxed, made = self.bounds.relaxed, []
        for each, at, slots in zip(sums, position, left, strict=True):
            rest = order[at:]
            need = self.need - each @ self.gain_of
            part = Relaxed(relaxed.cost[rest], relaxed.gain[rest], need, relaxed.low, relaxed.high)
            made.append(part.ascend(int(slots), 40, self.bounds.best))
        self.learned += made
        self.bounds.learn(made)
        self._weigh()
        self.arrange(order, reaches)

    def _state(self, reaches: Sequence[float]) -> None:
        wide, rows = self.sums.each.shape[1], self.sums.rows
        stated = self.track.relax(reaches[self.at])
        if stated is None:
            none = np.zeros(0)
            span = self.sums.spans[self.at]
            stated = Relaxation(
                np.zeros(span.stop - span.start), 0.0, np.zeros((span.stop - span.start, 0)), none, none, none, 0.0
            )
        span = self.sums.spans[self.at]
        self.cost_of = np.zeros(wide)
        self.cost_of[span] = stated.cost
        self.offset, self.reach = stated.constant, stated.reach
        gains, needs = [np.eye(wide)[:, :rows]], [self.sums.need]
        for before in range(self.at):
            limit = self.sums.tracks[before].limit(reaches[before])
            if limit is not None and np.isfinite(limit[1]):
                column = np.zeros((wide, 1))
                column[self.sums.spans[before], 0] = limit[0]
                gains.append(column)
                needs.append(np.array([limit[1]]))
        limits = sum(len(each) for each in needs)
        own = np.zeros((wide, len(stated.need)))
        own[span] = stated.gain
        self.gain_of = np.hstack([*gains, own])
        self.need = np.concatenate([*needs, stated.need])
        self.low = np.concatenate([np.zeros(limits), stated.low])
        self.high = np.concatenate([np.full(limits, np.inf), stated.high])

    def _weigh(self) -> None:
        self.weights = -self.gain_of @ self.bounds.multipliers.T
        self.weights[:, : self.bounds.priced] += self.cost_of[:, None]
        reach = self.reach if np.isfinite(self.reach) else 0.0
        self.constant = self.bounds.constant(self.need, reach)
        self.constant[: self.bounds.priced] += self.offset

    def start(self) -> float:
        """The bound before anything is chosen."""
        value, _ = self.bounds.relaxed.dual(self.bounds.best, self.slots)
        return value + self.offset - _SLACK * (abs(value) + abs(self.offset))

    def order(self) -> Int:
        """Options by what they add to the best bound."""
        return np.argsort(self.bounds.reduced()[:, 0], kind="stable")

    def arrange(self, order: Int, reaches: Sequence[float]) -> None:
        """Table the bounds; options that alone are worse than what is reached are out."""
        barred = np.zeros(len(self.usable), dtype=np.bool_)
        for track, reach in zip(self.sums.tracks[: self.at + 1], reaches, strict=False):
            if track.grows and np.isfinite(reach):
                alone = track.alone if isinstance(track, UnionTrack) else track.sums[:, 0]
                barred |= alone[self.usable] > reach
        self.bounds.arrange(order, barred)

    def renew(self, order: Int, reaches: Sequence[float]) -> None:
        """Take in that better sets were found."""
        if self.track.relax(0.0) is not None and not self.track.exact:
            self.relax(reaches, self.bounds.best, 8)
            self.arrange(order, reaches)
            return
        known = len(self.need)
        self._state(reaches)
        if len(self.need) != known:
            self.relax(reaches)
        else:
            self._weigh()
        # Of costs, the bounds themselves see what alone is too much.
        if any(isinstance(track, UnionTrack) for track in self.sums.tracks[: self.at + 1]) or len(self.need) != known:
            self.arrange(order, reaches)

    def bound(self, sums: Float, position: Int, left: Int) -> tuple[Float, Bools]:
        """The bound of each partial set that takes at least one more option, and whether one may be taken at all."""
        values = self.values(sums, position, left)
        return self.split(values)

    def values(self, sums: Float, position: Int, left: Int) -> Float:
        """(partial sets, multipliers)."""
        values: Float = sums @ self.weights
        values += self.constant
        values += self.bounds.table[position, left]
        return values

    def split(self, values: Float) -> tuple[Float, Bools]:
        """Of bounds at all multipliers: the best one, and whether none says that it cannot be completed."""
        bound: Float = values[:, : self.bounds.priced].max(axis=1, initial=-np.inf)
        possible: Bools = np.asarray((values[:, self.bounds.priced :] <= 0).all(axis=1))
        return bound, possible

    def hopeful(self, parents: Float, sums: Float, position: Int, left: Int) -> Bools:
        """Which children the bounds that served most parents best leave open; ``parents``: the bounds of the
        parents.
        """
        priced = self.bounds.priced
        kinds = [(int(kind), self.reach) for kind in _commonest(parents[:, :priced].argmax(axis=1), 2)]
        if parents.shape[1] > priced:
            kinds += [(priced + int(kind), 0.0) for kind in _commonest(parents[:, priced:].argmax(axis=1), 1)]
        open_ = np.ones(len(sums), dtype=np.bool_)
        for kind, reach in kinds:
            open_ &= sums @ self.weights[:, kind] + self.table_of(kind)[position, left] + self.constant[kind] <= reach
        return open_

    def table_of(self, kind: int) -> Float:
        """(options + 1, slots + 1): the table of one multiplier."""
        return self.bounds.table[:, :, kind]

    def ends(self, values: Float, position: Int, left: Int) -> Int:
        """For each partial set, the first position from which on no option can be the next one; ``values``: its
        bounds.
        """
        table, priced, rows = self.bounds.table, self.bounds.priced, np.arange(len(values))
        end = np.full(len(values), len(table) - 1)
        kinds = [(values[:, :priced].argmax(axis=1), self.reach)]
        if values.shape[1] > priced:
            kinds.append((priced + values[:, priced:].argmax(axis=1), 0.0))
        for kind, reach in kinds:
            if not np.isfinite(reach):
                continue
            rest = reach - (values[rows, kind] - table[position, left, kind])
            low, high = position.copy(), end
            while (low < high).any():
                middle = (low + high) // 2
                inside = (table[middle, left, kind] <= rest) & (low < high)
                low = np.where(inside, middle + 1, low)
                high = np.where(inside, high, np.minimum(middle, high))
            end = np.maximum(low, position)
        return end

    def union(self, chosen: Chosen, sums: Float, rank: Int, position: Int, left: Int, ask: Callable[[], None]) -> Bools:
        """Whether partial sets may still lead somewhere, where customers are counted once: who waits already costs no
        more.

        ``rank``: (usable,) the position of each usable option. ``ask`` is called between blocks, and may raise.
        """
        track = self.track
        alive = np.ones(len(chosen), dtype=np.bool_)
        if not isinstance(track, UnionTrack) or not np.isfinite(self.reach):
            return alive
        waiting = track.waiting(chosen)
        value = waiting @ track.weights
        alive &= value <= self.reach
        able = (track.alone[self.usable] <= self.reach) & (rank >= (position.min() if len(position) else 0))
        members, split = track.members[self.usable[able]], track.split[self.usable[able]]
        if not split.any():
            # What is left touches nobody: the bounds that are tabled see as much.
            return alive
        kinds = [0, 1, 4, 5]
        prices = self.bounds.multipliers[kinds]
        gains = self.bounds.relaxed.gain[able] @ prices.T  # (able, prices)
        whole = self.constant[kinds] + value[:, None] - sums @ (self.gain_of @ prices.T)  # (sets, prices)
        block = max(1, _ENTRIES // len(members))
        for start in range(0, len(chosen), block):
            ask()
            part = start + np.flatnonzero(alive[start : start + block])
            if not len(part):
                continue
            idle = np.where(waiting[part], 0.0, track.weights)
            fresh = (~waiting[part]).astype(np.float64) @ split.T
            closed = rank[able] < position[part, None]
            closed |= value[part, None] + idle @ members.T > self.reach
            slots = int(left[part].max(initial=0))
            for price in range(len(kinds)):
                rest = np.where(closed, np.inf, fresh - gains[:, price])
                if slots < rest.shape[1]:
                    rest = np.partition(rest, slots - 1, axis=1)[:, :slots]
                # At least one more is taken.
                least = rest.min(axis=1)
                add = np.where(least < 0, np.minimum(rest, 0).sum(axis=1), least)
                alive[part] &= whole[part, price] + add <= self.reach
        return alive


def _commonest(kinds: Int, most: int) -> Int:
    counted = np.bincount(kinds)
    best = np.argsort(-counted, kind="stable")[:most]
    return best[counted[best] > 0]


def ranking(track: Track) -> RankingTrack | None:
    """The track as one of ranks, where it is one."""
    return track if isinstance(track, RankingTrack) else None
