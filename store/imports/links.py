"""Dependencies between the rows of a file: which are new here, and which cannot be because they close a circle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from store.imports.columns import ColumnMap, Field
from store.imports.memory import Memory, pairs_written
from store.imports.references import other_names, references
from store.imports.table import Row
from store.records import Dependency, Item, Record, State, new_id

#: the most edges of one knot of circles that are tried one by one
_MOST_TRIED = 2_000
#: a predecessor with its kind of link and its lag, as schedules write it: 3FS+1 day
_SCHEDULED = re.compile(r"(\d{1,9})(?:FS|SS|FF|SF)(?: ?[+-].{1,30})?", re.IGNORECASE)
Edge = tuple[int, int]
_SIDES: tuple[Field, ...] = ("blocked_by", "blocks")


class Links:
    """Collects what rows say of one another, and makes dependencies of it once all rows are known."""

    def __init__(self, columns: ColumnMap, state: State) -> None:
        self._columns = columns
        self._state = state
        self._names: dict[str, int] = {}
        #: numbers and titles, which mean a row only where no key does
        self._others: dict[str, int] = {}
        self._rows: list[tuple[int, Row]] = []
        self.wanted = not columns.at.keys().isdisjoint(_SIDES)
        self._at = tuple(at for field in _SIDES for at in columns.positions(field))
        #: records to write
        self.puts: list[Record] = []
        #: what rows name that is neither in the file nor here
        self.unknown: list[str] = []
        #: dependencies that are left out, in words
        self.circles: list[str] = []
        #: dependencies that imports once made and somebody here has taken away
        self.taken_away = 0

    def add(self, row: Row, item_id: int, key: str, others: Iterable[str]) -> None:
        """A row that is taken, with the id of its item and what others may call it."""
        if any(at < len(row.cells) and row.cells[at] for at in self._at):
            self._rows.append((item_id, row))
        if key:
            self._names.setdefault(key, item_id)
        for name in others:
            if name:
                self._others.setdefault(name, item_id)

    def settle(self, memory: Memory) -> None:
        """Find the new dependencies."""
        if not self.wanted:
            return
        for item in self._state.each(Item):
            if item.source_key:
                self._names.setdefault(item.source_key, item.id)
        self._names = {**self._others, **self._names}
        here = {(row.item_id, row.needs_id) for row in self._state.each(Dependency)}
        fresh = [edge for edge in dict.fromkeys(self._edges()) if edge not in here]
        if any(one > 0 and other > 0 for one, other in fresh):
            once = pairs_written(memory, Dependency.table, "item_id", "needs_id")
            self.taken_away = sum(edge in once for edge in fresh)
            fresh = [edge for edge in fresh if edge not in once]
        for one, other in self._without_circles(here, fresh):
            self.puts.append(Dependency(id=new_id(), item_id=one, needs_id=other))

    def _edges(self) -> Iterable[Edge]:
        """(item, what it needs), as the rows say it."""
        for item_id, row in self._rows:
            for other in self._meant(row, "blocked_by"):
                if other != item_id:
                    yield item_id, other
            for other in self._meant(row, "blocks"):
                if other != item_id:
                    yield other, item_id

    def _meant(self, row: Row, field: Field) -> Iterable[int]:
        for names in references(self._columns, row.cells, field):
            whole = self._names.get(names[0])
            if whole is not None:
                yield whole
                continue
            for name in names[1:] or names:
                found = self._names.get(name)
                if found is None and (schedule := _SCHEDULED.fullmatch(name)):
                    found = self._names.get(schedule[1])
                if found is None:
                    found = next((self._names[other] for other in other_names(name) if other in self._names), None)
                if found is not None:
                    yield found
                else:
                    self.unknown.append(name)

    def _without_circles(self, here: set[Edge], fresh: Sequence[Edge]) -> list[Edge]:
        """The new edges but those that would close a circle, which are put into words."""
        graph: dict[int, set[int]] = {}
        for one, other in (*here, *fresh):
            graph.setdefault(one, set()).add(other)
        knot = _knots(graph)
        inside: dict[int, list[Edge]] = {}
        for edge in fresh:
            if edge[0] in knot and knot[edge[0]] == knot.get(edge[1]):
                inside.setdefault(knot[edge[0]], []).append(edge)
        left_out: set[Edge] = set()
        for number, edges in inside.items():
            kept: dict[int, set[int]] = {}
            for one, other in here:
                if knot.get(one) == number == knot.get(other):
                    kept.setdefault(one, set()).add(other)
            for one, other in edges:
                if len(edges) > _MOST_TRIED or _reaches(kept, other, one):
                    left_out.add((one, other))
                else:
                    kept.setdefault(one, set()).add(other)
        names = {item_id: name for name, item_id in self._names.items()}
        for one, other in left_out:
            self.circles.append(f"{names.get(one, 'an item')} needs {names.get(other, 'an item')}")
        self.circles.sort()
        return [edge for edge in fresh if edge not in left_out]


def _reaches(graph: Mapping[int, Iterable[int]], start: int, goal: int) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        for each in graph.get(here, ()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return False


def _knots(graph: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """Item -> the number of its strongly connected component, of those with more than one item (Tarjan 1972)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: dict[int, int] = {}
    for start in graph:
        if start in order:
            continue
        work = [(start, iter(graph.get(start, ())))]
        order[start] = low[start] = len(order)
        stack.append(start)
        on_stack.add(start)
        while work:
            here, rest = work[-1]
            following = next(rest, None)
            if following is not None:
                if following not in order:
                    order[following] = low[following] = len(order)
                    stack.append(following)
                    on_stack.add(following)
                    work.append((following, iter(graph.get(following, ()))))
                elif following in on_stack:
                    low[here] = min(low[here], order[following])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[here])
            if low[here] == order[here]:
                members = []
                while True:
                    members.append(stack.pop())
                    on_stack.discard(members[-1])
                    if members[-1] == here:
                        break
                if len(members) > 1:
                    found |= dict.fromkeys(members, here)
    return found
