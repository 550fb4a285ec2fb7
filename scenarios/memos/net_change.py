"""What is not as it was: the plan before some decisions against the plan after them, by the differences of compare.

Only both ends count. What came in and left again is in neither plan, and is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from scenarios.accounts.revenue import NOBODY, Revenue, revenue_waiting
from scenarios.compare.differences import Difference, differences_of
from scenarios.decisions.answers import ELSEWHERE, StandingAnswer, answers_of
from scenarios.decisions.log import LogLine
from scenarios.figures.amounts import exact
from scenarios.figures.figure import total
from scenarios.plan.plan import Entry, entry_of
from scenarios.plan.progress import finished_days
from scenarios.requests.who_waits import WhoWaits, who_waits
from scenarios.snapshots.freeze import freeze, planned_keys
from scenarios.trade.decision_records import took_by_item
from store.records import Customer, Item, MoveKind, Quarter, State

#: What became of an item, in the order in which it is told.
Verb = Literal[
    "shipped", "done", "in", "goes on", "cut", "grown", "sized anew", "answered", "declined", "out", "lost",
    "not finished", "not now",
]  # fmt: skip
VERBS: tuple[Verb, ...] = (
    "shipped", "done", "in", "goes on", "cut", "grown", "sized anew", "answered", "declined", "out", "lost",
    "not finished", "not now",
)  # fmt: skip
#: Verbs of what was in plan and is not done and not in plan any more, where it was there.
AWAY: frozenset[Verb] = frozenset({"answered", "declined", "out", "lost", "not finished"})


@dataclass(frozen=True)
class ItemChange:
    """An item that is not as it was. ``before`` and ``after`` are there where it was, or is, in plan.

    ``line`` is the last decision that moved it, ``answer`` the way out or first version that it has now: where these
    decisions gave it, or it came in, or was done, as that; ``waiting`` who waits for it and what they pay; ``took``
    what a shipped item took in ew, None where nobody counted it.
    """

    verb: Verb
    item: Item
    before: Entry | None
    after: Entry | None
    line: LogLine | None = None
    answer: StandingAnswer | None = None
    waiting: tuple[str, ...] = ()
    paid: Revenue = NOBODY
    took: float | None = None

    @property
    def ew(self) -> float:
        """What it takes of the plan more than before, in ew; below 0 where it gives."""
        return (self.after.ew if self.after else 0.0) - (self.before.ew if self.before else 0.0)

    @property
    def waited_for(self) -> bool:
        """Whether those who asked have less of it than before, and no other answer."""
        elsewhere = self.answer is not None and self.answer.kind in ELSEWHERE
        return self.before is not None and not elsewhere and (self.verb in AWAY or self.verb == "cut")


@dataclass(frozen=True)
class NetChange:
    """All that is not as it was. ``again`` are the items that came in and left again, or left and came back, and are
    in plan, or not, all as before; ``around`` is what else is planned with: capacities, target, aims."""

    items: tuple[ItemChange, ...]
    again: tuple[tuple[Item, Literal["in", "out"]], ...]
    around: tuple[Difference, ...]
    closed: tuple[Quarter, ...]
    ended: State = field(repr=False)

    def told(self, *verbs: Verb) -> tuple[ItemChange, ...]:
        """The items of these verbs, by rank."""
        return tuple(each for each in self.items if each.verb in verbs)

    def effort(self, *verbs: Verb) -> float:
        """By how much the plan's load (ew) changed by the items of these verbs, without a sign."""
        return abs(float(total(exact(each.ew) for each in self.told(*verbs))))

    @cached_property
    def waiting_again(self) -> Mapping[int, tuple[Customer, ...]]:
        """Who waits for each item that came in and left again, where anybody does."""
        gone = (item.id for item, now in self.again if now == "out")
        found = {key: tuple(row.customer for row in who_waits(self.ended, [key]).rows) for key in gone}
        return {key: customers for key, customers in found.items() if customers}

    @cached_property
    def waits(self) -> WhoWaits:
        """Who waits for what left the plan, or for what was cut from it; each customer once."""
        return who_waits(self.ended, [each.item.id for each in self.items if each.waited_for])


def net_change(began: State, ended: State, lines: Sequence[LogLine]) -> NetChange:
    """What is not as it was; ``lines`` are the decisions between the two, oldest first."""
    keys_a, keys_b = planned_keys(began), planned_keys(ended)
    both = {key: keys_b[item_id] for item_id, key in keys_a.items() if item_id in keys_b}
    found = differences_of(freeze(began, figures=False), freeze(ended, figures=False), both)
    by_key = {each.key_b: each for each in found if each.kind == "resized"}
    resized = {item_id: by_key[key] for item_id, key in keys_b.items() if key in by_key}
    closed = tuple(row for row in ended.each(Quarter) if row.state == "closed" and _open(began, row.id))
    items = tuple(_items(began, ended, lines, resized, bool(closed)))
    around = tuple(each for each in found if each.kind in ("capacity", "target", "aim"))
    # What is another besides is told with that: it is not as before.
    told = {each.item.id for each in items}
    again = (pair for pair in _again(ended, lines, keys_a.keys(), keys_b.keys()) if pair[0].id not in told)
    return NetChange(items, tuple(again), around, closed, ended)


def _open(state: State, quarter_id: int) -> bool:
    quarter = state.all(Quarter).get(quarter_id)
    return quarter is not None and quarter.state != "closed"


def _items(
    began: State,
    ended: State,
    lines: Sequence[LogLine],
    differences: Mapping[int, Difference],
    closed: bool,
) -> Iterator[ItemChange]:
    answers, log = answers_of(ended), _Lines(lines)
    was, took = began.all(Item), took_by_item(ended)
    finished = finished_days(ended).keys() - finished_days(began).keys()
    found = []
    for item in {**was, **ended.all(Item)}.values():
        standing = answers.get(item.id)
        answer = standing if standing is not None and standing.line.decision.id in log.ids else None
        if item.id not in ended.all(Item):
            verb: Verb | None = "out" if item.state == "plan" else None
        else:
            verb = _verb(was.get(item.id), item, differences.get(item.id), answer, log, closed)
            if verb is None and item.state == "plan" and item.id in finished:
                verb = "done"
        if verb is None:
            continue
        before = entry_of(began, item.id) if item.id in was and was[item.id].state == "plan" else None
        after = entry_of(ended, item.id) if item.state == "plan" and item.id in ended.all(Item) else None
        waits = [row.customer for row in who_waits(ended, [item.id]).rows]
        line = answer.line if verb == "answered" and answer is not None else log.last(item.id, verb)
        names = tuple(row.name for row in waits)
        # What it came in as, or was done as, may have been decided long before.
        answer = standing if verb in ("shipped", "done", "in", "goes on", "not finished") else answer
        paid = revenue_waiting(waits)
        found.append(ItemChange(verb, item, before, after, line, answer, names, paid, took.get(item.id)))
    # Those that are planned stand in the order of the plan that they are, or were, in.
    order = {verb: number for number, verb in enumerate(VERBS)}
    yield from sorted(found, key=lambda each: (order[each.verb], _rank(each), each.item.id))


def _rank(change: ItemChange) -> float:
    entry = change.after or change.before
    return entry.item.rank if entry is not None else change.item.rank


def _verb(
    old: Item | None,
    item: Item,
    difference: Difference | None,
    answer: StandingAnswer | None,
    log: _Lines,
    closed: bool,
) -> Verb | None:
    was = old.state if old is not None else "inbox"
    if item.state == "plan":
        if was != "plan":
            return "in"
        if closed:
            return "goes on"
        if difference is None:
            return None
        return "cut" if difference.ew < 0 else "grown" if difference.ew > 0 else "sized anew"
    if item.state in ("done", "declined"):
        return None if was == item.state else "shipped" if item.state == "done" else "declined"
    if answer is not None and not (answer.smaller or answer.kind in ("pilot", "proof of concept")):
        return "answered"
    if was != "plan":
        # Nothing of the plan changed by it: it was asked for, and the answer is another day.
        return "not now" if log.decided(item.id) == "defer" else None
    line = log.last(item.id, "out")
    if line is None:
        return "not finished" if closed else "out"
    return "lost" if line.decision.kind in ("capacity", "target") else "out"


#: The kind of line that makes an item what each verb says.
_MADE: Mapping[Verb, MoveKind] = {"in": "in", "cut": "resized", "grown": "resized", "sized anew": "resized"}


class _Lines:
    """The decisions, by what they moved and were about; later ones take the place of earlier ones."""

    def __init__(self, lines: Sequence[LogLine]) -> None:
        self.ids = frozenset(line.decision.id for line in lines)
        self._moved = {(move.item_id, move.kind): line for line in lines for move in line.moves}
        self._about = {line.decision.item_id: line for line in lines}

    def last(self, item_id: int, verb: Verb) -> LogLine | None:
        """The last decision that did this to an item, else the last that was about it."""
        made = self._moved.get((item_id, _MADE.get(verb, "out")))
        return made if made is not None or verb in ("out", "lost", "not finished") else self._about.get(item_id)

    def decided(self, item_id: int) -> str:
        """The kind of the last decision about an item; empty where there was none."""
        line = self._about.get(item_id)
        return line.decision.kind if line is not None else ""


def _again(
    ended: State, lines: Sequence[LogLine], before: Iterable[int], after: Iterable[int]
) -> tuple[tuple[Item, Literal["in", "out"]], ...]:
    before, after, items = set(before), set(after), ended.all(Item)
    went: dict[int, set[str]] = {}
    for line in lines:
        for move in line.moves:
            if move.item_id in items and move.kind in ("in", "out") and line.decision.kind != "close":
                went.setdefault(move.item_id or 0, set()).add(move.kind)
    found: list[tuple[Item, Literal["in", "out"]]] = []
    for item_id, kinds in went.items():
        if len(kinds) == 2 and (item_id in before) == (item_id in after) and items[item_id].state != "done":
            found.append((items[item_id], "in" if item_id in after else "out"))
    return tuple(sorted(found, key=lambda pair: (pair[0].rank, pair[0].id)))
