"""Sorting plan and backlog once by a figure: a change of ranks like any other, and no rule that goes on working.

Each side of the line is sorted by itself, so that what is in plan stays in plan. What has no figure comes last, in the
order that it has; so do ties.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from scenarios.items.priorities import has_priority, priority_place
from scenarios.items.terms import SORT_KEYS, SortKey
from scenarios.plan.item_values import amount_and_score, model_of
from scenarios.plan.plan import Entry, entries_of
from scenarios.trade.door import waiting_by_item
from store.common.errors import Refused
from store.common.text import short
from store.records import Command, Item, State, ValueParts


@dataclass(frozen=True)
class By:
    """What can be sorted by: its words, what is first and last of it, and what an item without it lacks."""

    words: str
    first: str
    last: str
    lacks: str
    high_first: bool = False


SORTS: Mapping[SortKey, By] = {
    "value": By("value", "most first", "least first", "no value", True),
    "value-per-week": By("value per week", "most first", "least first", "no value or no size", True),
    "priority": By("priority", "P0 first", "P0 last", "no priority"),
    "size": By("size", "smallest first", "largest first", "no size"),
    "due": By("due day", "soonest first", "latest first", "no due day"),
    "arr": By("revenue that waits", "most first", "least first", "nobody of known revenue waiting", True),
    "title": By("title", "A to Z", "Z to A", "no title"),
    "key": By("key", "A to Z", "Z to A", "no key"),
}
#: So many words without a place are named.
_NAMED = 3
#: Python reads no number of thousands of digits.
_NUMBERS = re.compile(r"(\d{1,300})")


@dataclass(frozen=True)
class Sorting:
    """A sort that was worked out: both sides of the line as they are and as they would stand, how many items were
    sorted and how many have no figure. ``unplaced`` are priorities that say no order; they stand after those that do.
    """

    by: SortKey
    backwards: bool
    before: tuple[Sequence[Entry], Sequence[Entry]]
    after: tuple[Sequence[Entry], Sequence[Entry]]
    count: int
    lacking: int
    unplaced: tuple[str, ...] = ()

    @cached_property
    def moved(self) -> int:
        """How many items stand elsewhere."""
        return sum(
            old is not new
            for side, later in zip(self.before, self.after, strict=True)
            for old, new in zip(side, later, strict=True)
        )

    @cached_property
    def command(self) -> Command:
        """The change of ranks; empty where all stand in that order already."""
        if not self.moved:
            return Command("rank", "")
        by = SORTS[self.by]
        order = by.last if self.backwards else by.first
        puts = [put for side, later in zip(self.before, self.after, strict=True) for put in _reranked(side, later)]
        return Command("rank", f"sorted by {by.words}, {order}: {self.moved:,} of {self.count:,} items", tuple(puts))

    @property
    def words(self) -> str:
        """What it does, as a sentence."""
        found = f"{self.moved:,} of {self.count:,} items change place" if self.moved else "It stands in that order"
        return f"{'; '.join((found, *self.remarks))}."

    @property
    def remarks(self) -> tuple[str, ...]:
        """What of it has no figure to stand by."""
        found: list[str] = []
        if self.lacking:
            have = "has" if self.lacking == 1 else "have"
            found.append(f"{self.lacking:,} {have} {SORTS[self.by].lacks}: last, in their order")
        if self.unplaced:
            names = ", ".join(f"“{short(each, 30)}”" for each in self.unplaced[:_NAMED])
            more = f" and {len(self.unplaced) - _NAMED} more" if len(self.unplaced) > _NAMED else ""
            say = "says" if len(self.unplaced) == 1 else "say"
            found.append(f"{names}{more} {say} no order: after those that do")
        return tuple(found)


def sort_key_named(text: str) -> SortKey:
    """The column that a word means. Raises :class:`Refused` with those there are."""
    plain = re.sub(r"[\s_-]+", "-", text.strip().casefold())
    plain = {"value/week": "value-per-week", "revenue": "arr", "effort": "size", "ew": "size"}.get(plain, plain)
    found = next((each for each in SORT_KEYS if each == plain), None)
    if found is None:
        raise Refused(f"“{short(text, 60)}” is nothing to sort by: it is one of {', '.join(SORT_KEYS)}", "by")
    return found


def sorted_by(
    state: State,
    by: SortKey,
    *,
    backwards: bool = False,
    among: Collection[int] | None = None,
    sides: tuple[Sequence[Entry], Sequence[Entry]] | None = None,
) -> Sorting:
    """Sort both sides of the line by a figure; ``among`` these items alone, which then share the places they have.

    ``sides`` are what is in plan and below the line, by rank, where the caller has them.
    """
    figure = _figure(state, by)
    high_first = SORTS[by].high_first is not backwards
    before: list[Sequence[Entry]] = []
    after: list[Sequence[Entry]] = []
    count = lacking = 0
    unplaced: list[str] = []
    for entries in sides or (entries_of(state, "plan"), entries_of(state, "below")):
        chosen = entries if among is None else [entry for entry in entries if entry.item.id in among]
        known: list[tuple[Any, Entry]] = []
        vague: list[Entry] = []
        empty: list[Entry] = []
        for entry in chosen:
            value = figure(entry)
            if value is not None:
                known.append((value, entry))
            else:
                (vague if by == "priority" and has_priority(entry.item.priority) else empty).append(entry)
        known.sort(key=itemgetter(0), reverse=high_first)
        later = [*map(itemgetter(1), known), *vague, *empty]
        if among is not None:
            places = iter(later)
            later = [next(places) if entry.item.id in among else entry for entry in entries]
        before.append(entries)
        after.append(later)
        count += len(chosen)
        lacking += len(empty)
        unplaced += [entry.item.priority for entry in vague]
    return Sorting(
        by,
        backwards,
        (before[0], before[1]),
        (after[0], after[1]),
        count,
        lacking,
        tuple(dict.fromkeys(unplaced)),
    )


def _reranked(before: Sequence[Entry], after: Sequence[Entry]) -> list[Item]:
    """The items whose rank changes where those of a side stand in another order: they share the ranks that there are,
    but for equal ones, which only ids tell apart."""
    ranks = [entry.item.rank for entry in before]
    if len(set(ranks)) < len(ranks):
        ranks = [ranks[0] + number for number in range(len(ranks))]
    return [
        entry.item.model_copy(update={"rank": rank})
        for entry, rank in zip(after, ranks, strict=True)
        if entry.item.rank != rank
    ]


def _figure(state: State, by: SortKey) -> Callable[[Entry], Any]:
    """What an item is sorted by; None where it has nothing of that kind."""
    if by in ("value", "value-per-week"):
        model, parts = model_of(state), {row.item_id: row for row in state.all(ValueParts).values()}

        def worth(entry: Entry) -> float | None:
            found = amount_and_score(model, entry, parts.get(entry.item.id))
            if found is None or by == "value":
                return found[1] if found else None
            return found[0] / entry.ew if entry.ew > 0 else None

        return worth
    if by == "arr":
        waiting = waiting_by_item(state)

        def revenue(entry: Entry) -> float | None:
            known = [one.arr for one in waiting.get(entry.item.id, ()) if one.arr is not None]
            return sum(known) if known else None

        return revenue
    plain: Mapping[SortKey, Callable[[Entry], Any]] = {
        "priority": lambda entry: priority_place(entry.item.priority) if has_priority(entry.item.priority) else None,
        "size": lambda entry: entry.ew if entry.sized else None,
        "due": lambda entry: entry.item.due,
        "title": lambda entry: _natural(entry.item.title),
        "key": lambda entry: _natural(entry.item.source_key) if entry.item.source_key else None,
    }
    return plain[by]


def _natural(text: str) -> list[str | int]:
    """PAY-9 before PAY-10, whatever the case: text and numbers by turns, text first."""
    parts: list[str | int] = [*_NUMBERS.split(text.casefold())]
    parts[1::2] = map(int, parts[1::2])
    return parts
