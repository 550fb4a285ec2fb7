"""Exact branch and bound on arrays: thousands of partial sets at a time, the best so many sets natively.

Options are in one order; a partial set has decided on those before its position, and its children take one more of
those after. All of one objective's bounds are a gather and a small product (`bounds`). Where a bound says that the
first objective can at best be equal to that of the last set found, the next objective's bound decides, and so on, so
ties do not have to be listed. Blocks are small enough that no step holds the interpreter for long, and `stop` is
asked before each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.solver.found import Answer, Best
from scenarios.solver.levels import Level, Sums, ranking
from scenarios.solver.problem import Bools, Choice, Chosen, Float, Int, Problem, Stop, Stopped
from scenarios.solver.tracks import Columns, MixTrack, UnionTrack, tracks

#: Children made at a time; partial sets followed at a time, and how many before enough sets are known.
_CHILDREN, _FOLLOWED, _DIVE = 12_000, 4096, 24
#: Bytes of open partial sets.
_MEMORY = 80_000_000
#: Children times options at a time, where customers count once.
_PAIRS = 1_500_000
#: From so many children on, they are sifted before anything else is made of them.
_STAGED = 400
#: After so many partial sets, then four times as many, bounds are made for some in so many of the open blocks.
_LESSON, _PUPILS = 40_000, 4
#: How often the range of a bound on a distance is halved.
_HALVINGS = 14
#: So many ties are looked at before a bound for the next objective is made.
_TIES = 48


@dataclass(frozen=True, eq=False)
class Block:
    """Partial sets that are still open."""

    chosen: Chosen  # (sets, most) options, -1 for none
    count: Int  # (sets,)
    position: Int  # (sets,) the first position still open
    sums: Float  # (sets, sums)
    bound: Float  # (sets,) of the first objective

    def __len__(self) -> int:
        return len(self.count)

    @property
    def size(self) -> int:
        """Bytes."""
        return self.chosen.nbytes + self.sums.nbytes + 3 * self.count.nbytes

    def take(self, which: Int | Bools | slice) -> Block:
        """Some of them."""
        return Block(self.chosen[which], self.count[which], self.position[which], self.sums[which], self.bound[which])


class Branch:
    """One search; `run` does as much of it as ``work`` partial sets allow."""

    def __init__(self, problem: Problem, best: Best, given: Choice, stop: Stop | None, work: int) -> None:
        self.problem, self.best, self.stop, self.work = problem, best, stop, work
        self.usable, self.taken = given.usable, given.taken
        self.most = min(problem.most, len(set(problem.item[[*self.usable, *self.taken]].tolist())))
        self.sums = Sums(problem.rows, problem.need, tracks(best.objectives, problem.options, self.most))
        self.tracks = self.sums.tracks
        self.closed, self.open, self.lesson = 0, 0, _LESSON
        self.stack: list[Block] = []
        self.levels: list[Level] = []
        self.seen = 0
        self.reaches = [np.inf] * len(self.tracks)
        self.ceiling: list[Columns] = []

    def run(self) -> Answer:
        """Search; not proven where the work or the memory did not suffice. Raises Stopped."""
        self._ask()
        root = self._root()
        if self._meets(root.sums)[0]:
            self._offer(root.chosen, root.sums)
        if root.count[0] < self.most and len(self.usable):
            self._prepare(root)
            self._push(root)
        while self.stack:
            self._ask()
            if self.closed >= self.work or self.open > _MEMORY:
                return self._unfinished()
            if self.closed >= self.lesson:
                self.lesson *= 4
                self._learn()
            self._step()
        return Answer(tuple(self.best.sets), True, closed=self.closed, by="branch")

    def _ask(self) -> None:
        if self.stop is not None and self.stop():
            raise Stopped

    def _unfinished(self) -> Answer:
        bound: float | None = None
        if isinstance(self.tracks[0], MixTrack):
            bound = self._least_distance()
        elif self.ranks is None:
            least = min([*(float(block.bound.min()) for block in self.stack if len(block)), *self.reaches[:1]])
            bound = least if np.isfinite(least) else None
        return Answer(tuple(self.best.sets), False, bound, self.closed, "branch")

    def _least_distance(self) -> float:
        """A distance that no set can be below, whatever is still open: the largest that the bound at the start
        excludes.
        """
        low, high = 0.0, min(self.reaches[0], 1.0)
        for _ in range(_HALVINGS):
            self._ask()
            middle = (low + high) / 2
            level = Level(self.sums, 0, self.usable, self._root().sums[0], self.slots, [middle, *self.reaches[1:]], 200)
            if level.start() > 0:
                low = middle
            else:
                high = middle
        return low

    def _learn(self) -> None:
        """Where the search is long: bounds that suit the partial sets that it is held up by."""
        for block in sorted(self.stack, key=len, reverse=True)[:_PUPILS]:
            self._ask()
            some = block.take(np.array(sorted({0, len(block) // 2})))
            self.levels[0].learn(some.sums, some.position, self.most - some.count, self.local, self.reaches)

    def _root(self) -> Block:
        chosen = np.full((1, self.most), -1, dtype=np.int32)
        chosen[0, : len(self.taken)] = self.taken
        sums = self.sums.each[list(self.taken)].sum(axis=0, keepdims=True)
        zero = np.zeros(1, dtype=np.int64)
        return Block(chosen, zero + len(self.taken), zero, sums, np.full(1, -np.inf))

    def _prepare(self, root: Block) -> None:
        """The order of the options, and what the steps look up."""
        slots = self.most - len(self.taken)
        first = Level(self.sums, 0, self.usable, root.sums[0], slots, self.reaches)
        self.ranks = ranking(self.tracks[0])
        if self.ranks is None:
            local = first.order()
        else:
            place = np.empty(self.problem.options, dtype=np.int64)
            place[self.ranks.order] = np.arange(self.problem.options)
            local = np.argsort(place[self.usable], kind="stable")
        self.local = local
        self.order = self.usable[local]
        self.place = np.full(self.problem.options, -1, dtype=np.int64)
        self.place[self.order] = np.arange(len(self.order))
        first.arrange(local, self.reaches)
        self.levels = [first]
        self.slots = slots
        # Where customers count once, every child is held against every option.
        crowded = isinstance(self.tracks[0], UnionTrack)
        self.children = min(_CHILDREN, max(500, _PAIRS // len(self.order))) if crowded else _CHILDREN
        self.seen = self.best.version
        self._renew()
        closures = [self.problem.closures[option][1:] for option in range(self.problem.options)]
        longest = max((len(closure) for closure in closures), default=0)
        self.along = np.full((self.problem.options, longest), -1, dtype=np.int64)
        for option, closure in enumerate(closures):
            self.along[option, : len(closure)] = closure
        items = self.problem.item[[*self.usable, *self.taken]]
        self.shared = len(set(items.tolist())) < len(items)
        self.lowest = np.minimum.accumulate(self.order[::-1])[::-1]

    def _renew(self) -> None:
        """Take in what the last of the best sets now is."""
        last = self.best.last
        if last is None:
            return
        self.ceiling = [track.ceiling(value) for track, value in zip(self.tracks, last.values, strict=True)]
        self.reaches = [columns[0] for columns in self.ceiling]
        for level in self.levels:
            level.renew(self.local, self.reaches)

    def _push(self, block: Block) -> None:
        self.stack.append(block)
        self.open += block.size

    def _step(self) -> None:
        """Take the most promising of the last block further."""
        block = self.stack.pop()
        self.open -= block.size
        wide = _DIVE if self.best.last is None or self.ranks is not None else _FOLLOWED
        now = block.take(slice(0, wide))
        if len(block) > wide:
            self._push(block.take(slice(wide, None)))
        now, values = self._prune(now)
        if not len(now):
            return
        left = self.most - now.count
        ends = self.levels[0].ends(values, now.position, left)
        children = ends - now.position
        fits = int(np.searchsorted(np.cumsum(children), self.children, side="right"))
        fits = max(fits, 1)
        if fits < len(now):
            self._push(now.take(slice(fits, None)))
            now, children = now.take(slice(0, fits)), children[:fits]
        made = self._children(now, children, values[:fits])
        self.closed += int(children.sum()) + 1
        feasible = self._meets(made.sums)
        if feasible.any():
            self._offer(made.chosen[feasible], made.sums[feasible])
        if self.best.version != self.seen:
            self.seen = self.best.version
            self._renew()
        made = made.take((made.count < self.most) & (made.position < len(self.order)))
        made, _ = self._prune(made)
        if len(made):
            self._push(made.take(self._ranked(made)))

    def _ranked(self, block: Block) -> Int:
        """The most promising first."""
        if self.ranks is not None:
            columns = self.ranks.columns(block.chosen, block.sums)
            return np.lexsort(columns[::-1])
        return np.argsort(block.bound, kind="stable")

    def _children(self, parents: Block, children: Int, values: Float) -> Block:
        """Each parent with one more option, and all that it requires; ``values``: the parents' bounds.

        Without what neither meets the problem nor, by the two bounds that served the parents best, ever will.
        """
        parent = np.repeat(np.arange(len(parents)), children)
        first = np.cumsum(children) - children
        position = parents.position[parent] + np.arange(len(parent)) - first[parent]
        option = self.order[position]
        keep = self._unclashing(parents.chosen[parent], option)
        if keep is not None:
            parent, position, option = parent[keep], position[keep], option[keep]
        sums, count = parents.sums[parent] + self.sums.each[option], parents.count[parent]
        if not self.along.shape[1] and len(parent) > _STAGED:
            left = self.most - count - 1
            keep = (left > 0) & self.levels[0].hopeful(values, sums, position + 1, left)
            keep |= self._meets(sums)
            parent, position, option = parent[keep], position[keep], option[keep]
            sums, count = sums[keep], count[keep]
        chosen = parents.chosen[parent]
        chosen[np.arange(len(parent)), count] = option
        made = Block(chosen, count + 1, position + 1, sums, parents.bound[parent])
        for extra in range(self.along.shape[1]):
            made = self._along(made, extra)
        return made

    def _meets(self, sums: Float) -> Bools:
        """Which sets give every row what it needs."""
        met = np.ones(len(sums), dtype=np.bool_)
        for row, need in enumerate(self.sums.need):
            met &= sums[:, row] >= need
        return met

    def _unclashing(self, chosen: Chosen, option: Int) -> Bools | None:
        """Whether an option is neither taken already nor of an item that is touched; None where that cannot be."""
        if not self.shared and not self.along.shape[1]:
            return None
        items = np.append(self.problem.item, -1)
        clash: Bools = (items[chosen] == items[option][:, None]).any(axis=1)
        return ~clash

    def _along(self, made: Block, extra: int) -> Block:
        """Take what the option taken last requires too: unless it was decided against, or does not go with the
        others.
        """
        last = self.order[made.position - 1]
        other = self.along[last, extra]
        missing = (other >= 0) & ~(made.chosen == other[:, None]).any(axis=1)
        if not missing.any():
            return made
        decided = self.place[other] < made.position
        possible = ~missing | ~decided & (made.count < self.most)
        clash = self._unclashing(made.chosen, other)
        if clash is not None:
            possible &= ~missing | clash
        made, other, missing = made.take(possible), other[possible], missing[possible]
        rows = np.flatnonzero(missing)
        made.chosen[rows, made.count[rows]] = other[rows]
        made.sums[rows] += self.sums.each[other[rows]]
        made.count[rows] += 1
        return made

    def _prune(self, block: Block) -> tuple[Block, Float]:
        """Those that may still lead to one of the best sets, with the bounds of the first objective."""
        left = self.most - block.count
        values = self.levels[0].values(block.sums, block.position, left)
        bound, possible = self.levels[0].split(values)
        keep = possible & (bound <= self.levels[0].reach)
        if self.ranks is not None:
            keep &= self._lower_ranks(block)
        block, values = block.take(keep), values[keep]
        block.bound[:] = np.maximum(block.bound, bound[keep])
        if len(block) and isinstance(self.tracks[0], UnionTrack):
            alive = self._waiting(block)
            block, values = block.take(alive), values[alive]
        if len(block) and self.best.last is not None and self.ranks is None:
            alive = self._ties(block)
            block, values = block.take(alive), values[alive]
        return block, values

    def _lower_ranks(self, block: Block) -> Bools:
        """Whether the ranks touched so far are below those of the last set: more only makes them worse."""
        if not self.ceiling or self.ranks is None:
            return np.ones(len(block), dtype=np.bool_)
        better, equal = np.zeros(len(block), dtype=np.bool_), np.ones(len(block), dtype=np.bool_)
        for column, most in zip(self.ranks.columns(block.chosen, block.sums), self.ceiling[0], strict=True):
            better |= equal & (column < most)
            equal &= column == most
        return better

    def _waiting(self, block: Block) -> Bools:
        local = self.place[self.usable]
        return self.levels[0].union(block.chosen, block.sums, local, block.position, self.most - block.count, self._ask)

    def _ties(self, block: Block) -> Bools:
        """Whether partial sets that can only be equal on the first objectives can be better on a later one."""
        alive = np.ones(len(block), dtype=np.bool_)
        equal = np.arange(len(block))
        bound = block.bound
        for at, track in enumerate(self.tracks):
            if at == 0:
                stays = bound > self.reaches[0] - track.grain if track.grain else np.zeros(len(block), dtype=np.bool_)
                equal = equal[stays]
                continue
            if not len(equal) or (len(self.levels) <= at and len(equal) < _TIES):
                return alive
            if track.relax(0.0) is None:
                return alive
            if len(self.levels) <= at:
                level = Level(self.sums, at, self.usable, self._root().sums[0], self.slots, self.reaches)
                level.arrange(self.local, self.reaches)
                self.levels.append(level)
            level = self.levels[at]
            some = block.take(equal)
            bound, possible = level.bound(some.sums, some.position, self.most - some.count)
            keep = possible & (bound <= level.reach)
            if isinstance(track, UnionTrack):
                keep &= track.waiting(some.chosen) @ track.weights <= level.reach
            alive[equal[~keep]] = False
            stays = (
                keep & (bound > self.reaches[at] - track.grain) if track.grain else np.zeros(len(equal), dtype=np.bool_)
            )
            equal = equal[stays]
        if len(equal) and self.best.last is not None:
            lowest = np.minimum(self.lowest[block.position[equal]], self._smallest(block.chosen[equal]))
            alive[equal[lowest > min(self.best.last.options, default=-1)]] = False
        return alive

    def _smallest(self, chosen: Chosen) -> Int:
        far = np.where(chosen < 0, np.iinfo(np.int32).max, chosen)
        least: Int = far.min(axis=1, initial=np.iinfo(np.int32).max).astype(np.int64)
        return least

    def _offer(self, chosen: Chosen, sums: Float) -> None:
        """Keep the best of sets that meet the problem."""
        columns: list[Float] = []
        certain = True
        for place, (track, span) in enumerate(zip(self.tracks, self.sums.spans, strict=True)):
            made = track.columns(chosen, sums[:, span])
            columns.extend(made)
            if self.ceiling:
                limits = tuple(limit for each in self.ceiling[: place + 1] for limit in each)
                keep = self._reaches(columns, limits)
                if not keep.all():
                    chosen, sums, columns = chosen[keep], sums[keep], [column[keep] for column in columns]
            if not track.exact:
                certain = False
                break
        if not len(chosen):
            return
        wanted = self.best.count + len(self.best.exclude)
        if len(chosen) > wanted:
            if certain:
                far = np.sort(np.where(chosen < 0, np.iinfo(np.int32).max, chosen), axis=1)
                columns.extend(np.where(far == np.iinfo(np.int32).max, -1, far).T.astype(np.float64))
            order = np.lexsort(columns[::-1])
            last = order[wanted - 1]
            kept = order[:wanted] if certain else np.flatnonzero(
                self._reaches(columns, tuple(float(column[last]) for column in columns))
            )  # fmt: skip
            chosen = chosen[kept]
        for row in chosen:
            self.best.add([int(option) for option in row if option >= 0])

    @staticmethod
    def _reaches(columns: Sequence[Float], most: Columns) -> Bools:
        """Whether columns are no later in order than ``most``."""
        better, equal = np.zeros(len(columns[0]), dtype=np.bool_), np.ones(len(columns[0]), dtype=np.bool_)
        for column, limit in zip(columns, most, strict=True):
            better |= equal & (column < limit)
            equal &= column == limit
        return better | equal
