"""What a swap can be best on. The name on the row is the whole objective: no weights, no hidden score.

Ties go to the set of fewest items, then to the other criteria in their order, so that no item leaves for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from scenarios.figures.amounts import percent
from scenarios.plan.departures import Leaving
from scenarios.plan.item_values import Worth, part_of
from scenarios.plan.mix import ONE_OFF, one_off_ceiling
from scenarios.solver import Count, Linear, MixDistance, Objective, Problem, Ranking, Union
from scenarios.swaps.cover import UNITS, Cover, Int
from scenarios.trade.door import Trade
from store.records import Customer, Slice

Criterion = Literal["value", "rank", "odds", "waiting", "aims", "clean"]
NAMES: Mapping[Criterion, str] = {
    "value": "least value displaced",
    "rank": "lowest in your ranking",
    "odds": "safest odds",
    "waiting": "fewest renewals waiting",
    "aims": "closest to the aims",
    "clean": "one clean cut",
}
#: At most so many items are touched: a longer list is no answer to a question in a meeting.
MOST = 6
#: What would go on for ever, since every item that leaves makes it better or may do so: these sets free no more than
#: the largest of the others.
OPEN_ENDED: frozenset[Criterion] = frozenset({"odds", "aims"})
#: Amounts that add up to less than this stay exact in the solver's doubles, customers' revenue times 1,000 included.
_LARGEST = 2**42


@dataclass(frozen=True)
class Criteria:
    """The objectives of one trade, and the problem that each of them is solved on."""

    cover: Cover
    #: whether one-offs have to stay at their ceiling or under it
    ceiling: bool = True

    @property
    def _options(self) -> Sequence[Leaving]:
        return self.cover.options.all

    @cached_property
    def available(self) -> tuple[Criterion, ...]:
        """The criteria that say something here, in the order in which they are shown."""
        first: Criterion = "value" if self._trade.worths else "rank"
        waiting: tuple[Criterion, ...] = ("waiting",) if any(self._waits.values()) else ()
        return (first, "odds", *waiting, "aims", "clean")

    @property
    def _trade(self) -> Trade:
        return self.cover.options.trade

    def objectives(self, criterion: Criterion) -> tuple[Objective, ...]:
        """The criterion, then what breaks its ties."""
        rest = [each for each in self.available if each not in (criterion, "clean")]
        guard: tuple[Criterion, ...] = ("clean",) if criterion != "clean" else ()
        order: tuple[Criterion, ...] = (criterion, *guard, *rest)
        return tuple(self._objective(each) for each in order)

    def problem(self, criterion: Criterion, share: float, limit: float) -> Problem:
        """What has to be covered; ``limit`` (ew) is the most that the safest and the most balanced set may free."""
        rows, need = self.cover.rows(share)
        given, wanted = list(rows), list(need)
        if criterion in OPEN_ENDED:
            given.append(-self.efforts)
            wanted.append(np.int64(-math.ceil(limit * UNITS - 1e-6)))
        return self._problem(given, wanted)

    @cached_property
    def rules(self) -> Problem:
        """Who may leave together, whatever has to be covered."""
        return self._problem([], [])

    def _problem(self, given: list[Int], wanted: list[np.int64]) -> Problem:
        if self.ceiling and self._row is not None:
            given = [*given, self._row[0]]
            wanted = [*wanted, np.int64(self._row[1])]
        items: dict[int, int] = {}
        numbers = [items.setdefault(each.item_id, len(items)) for each in self._options]
        return Problem(
            item=np.array(numbers, dtype=np.int64),
            rows=np.array(given, dtype=np.int64).reshape(len(given), len(numbers)),
            need=np.array(wanted, dtype=np.int64),
            requires=self.cover.options.requires,
            most=MOST,
        )

    @cached_property
    def efforts(self) -> Int:
        """By option, the likely effort that it frees, in thousandths of an ew."""
        return np.array([round(each.ew * UNITS) for each in self._options], dtype=np.int64)

    @cached_property
    def displaced(self) -> list[Worth | None]:
        """By option, what leaves with it; empty where nobody has given values."""
        worths = self._trade.worths
        return [_displaced(each, worths[each.item_id]) for each in self._options] if worths else []

    def _objective(self, criterion: Criterion) -> Objective:
        match criterion:
            case "value":
                return Linear(_whole([each.amount if each else 0.0 for each in self.displaced]))
            case "rank":
                places = {entry.item.id: place for place, entry in enumerate(self._trade.leavable)}
                return Ranking(np.array([places[each.item_id] for each in self._options], dtype=np.int64))
            case "odds":
                gains = self.cover.worth @ self.cover.frees
                return Linear(-np.rint(gains * 1e6).astype(np.int64))
            case "waiting":
                return self._union
            case "aims":
                return self._mix
            case "clean":
                return Count()

    @cached_property
    def _waits(self) -> dict[int, tuple[int, ...]]:
        """By item id, the ids of the customers who wait for it."""
        ids = {each.item_id for each in self._options}
        return {key: tuple(one.id for one in people) for key, people in self._trade.waiting.items() if key in ids}

    @cached_property
    def _union(self) -> Union:
        customers = self._trade.state.all(Customer)
        members: dict[int, list[int]] = {}
        for number, each in enumerate(self._options):
            for customer in self._waits.get(each.item_id, ()):
                members.setdefault(customer, []).append(number)
        ids = sorted(members)
        touched = np.zeros((len(ids), len(self._options)), dtype=np.bool_)
        for row, key in enumerate(ids):
            touched[row, members[key]] = True
        # Revenue first; where it is equal, or not known, the number of customers.
        whole = _whole([customers[key].arr or 0.0 for key in ids], most=1)
        return Union(whole * 1_000 + 1, touched)

    @cached_property
    def _mix(self) -> MixDistance:
        entries = self._trade.asked.plan.entries
        slices = sorted(self._trade.state.all(Slice).values(), key=lambda part: (part.position, part.id))
        letters = [part.letter for part in slices]
        letters += sorted({entry.item.slice for entry in entries} - set(letters))
        aims = {part.letter: part.aim for part in slices}
        total = sum(aims.values()) or 100.0
        place = {letter: number for number, letter in enumerate(letters)}
        base = np.zeros(len(letters), dtype=np.int64)
        for entry in entries:
            base[place[entry.item.slice]] += round(entry.ew * UNITS)
        effort = np.zeros((len(letters), len(self._options)), dtype=np.int64)
        for number, each in enumerate(self._options):
            effort[place[each.entry.item.slice], number] = self.efforts[number]
        parts = np.array([round(100_000 * aims.get(letter, 0.0) / total) for letter in letters], dtype=np.int64)
        return MixDistance(effort, base, parts)

    @property
    def ceiling_words(self) -> str:
        """What is asked of one-offs, in words; empty where every set keeps to it."""
        most = one_off_ceiling(self._trade.state.all(Slice).values())
        if most is None or self._row is None or int(np.minimum(self._row[0], 0).sum()) >= self._row[1]:
            return ""
        if self._over:
            return f"one-offs, above their ceiling of {percent(most)} already, take no more weeks than before"
        return f"one-offs stay within their ceiling of {percent(most)}"

    @cached_property
    def _over(self) -> bool:
        """Whether one-offs were above their ceiling before."""
        most, before = one_off_ceiling(self._trade.state.all(Slice).values()), self._trade.before.plan
        one_offs = sum(entry.ew for entry in before.entries if entry.item.slice == ONE_OFF)
        return most is not None and one_offs > most * before.load + 1e-9

    @cached_property
    def _row(self) -> tuple[Int, int] | None:
        """The row that keeps one-offs at their ceiling or under it, above it already from taking more weeks; None
        without one."""
        most = one_off_ceiling(self._trade.state.all(Slice).values())
        if most is None:
            return None
        one_offs = sum(
            round(entry.ew * UNITS) for entry in self._trade.asked.plan.entries if entry.item.slice == ONE_OFF
        )
        total = sum(round(entry.ew * UNITS) for entry in self._trade.asked.plan.entries)
        if self._over:
            before = self._trade.before.plan.entries
            present = sum(round(entry.ew * UNITS) for entry in before if entry.item.slice == ONE_OFF)
            ours = np.array([each.entry.item.slice == ONE_OFF for each in self._options], dtype=np.int64)
            return ours * self.efforts, one_offs - present
        # one_offs - out_O <= ceiling * (total - out): in whole parts of 10,000, so that it stays exact
        share = int(np.ceil(most * 10_000 - 1e-9))
        own = np.array([10_000 * (each.entry.item.slice == ONE_OFF) for each in self._options], dtype=np.int64)
        need = 10_000 * one_offs - share * total
        return (own - share) * self.efforts, need

    @property
    def has_ceiling(self) -> bool:
        """Whether one-offs have a ceiling."""
        return self._row is not None

    def keeps_ceiling(self, options: Sequence[int]) -> bool:
        """Whether one-offs stay at their ceiling or under it when these options are taken, where they have to."""
        if not self.ceiling or self._row is None:
            return True
        gains, need = self._row
        return int(gains[list(options)].sum()) >= need


def _displaced(each: Leaving, worth: Worth) -> Worth:
    """What leaves with an option: all of an item's worth, or what its smaller version leaves behind."""
    if each.version is None or each.stays is None:
        return worth
    if each.version.value is None:
        return part_of(worth, (each.entry.ew - each.stays.ew) / each.entry.ew if each.entry.ew else 1.0)
    left = max(0.0, worth.amount - each.version.value)
    return Worth(left, left, f"{worth.amount:g} less {each.version.value:g} of the first version", worth.given)


def _whole(amounts: Sequence[float], most: int = 1_000_000) -> Int:
    """These amounts as whole numbers of one unit, as fine as exact sums allow, at most ``most`` to the unit."""
    total = sum(abs(amount) for amount in amounts)
    scale = float(most)
    while total * scale > _LARGEST:
        scale /= 10
    return np.array([round(amount * scale) for amount in amounts], dtype=np.int64)
