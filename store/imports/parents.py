"""Work that a file holds twice, as a parent and as its parts: which of both is left out.

An epic with its stories is one amount of work, and so is a story with its sub-tasks. Of each parent and what stands
below it in the same file, one side is taken:

- the parent, where it alone has an estimate, or where all its children are sub-tasks and do not say more than it;
- its children otherwise: then the parent only holds them together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from store.common.text import clean
from store.imports.columns import ColumnMap, simplified
from store.imports.estimates import BLANKS
from store.imports.references import Index, references
from store.imports.table import Row

#: types whose rows are steps towards their parent
_STEPS = frozenset({"sub task", "subtask", "sub issue"})
#: what only Azure DevOps calls steps: elsewhere, a task is work like any other
_AZURE_STEPS = _STEPS | {"task"}
#: Levels above a row that are followed; no tool has as many.
_DEEPEST = 20
#: characters of a title and of a parent by which a row is known
_LONGEST = 90


@dataclass(slots=True)
class _Node:
    place: int
    name: str
    sized: bool
    step: bool
    #: what its parent is called, as alternatives
    above: tuple[str, ...] = ()
    parent: int | None = None
    children: list[int] = field(default_factory=list)
    out: str = ""


def held_twice(columns: ColumnMap, rows: Iterable[tuple[int, Row]]) -> Mapping[int, str]:
    """Number -> why the row of that number is left out, among numbered rows that could all be taken; empty without
    parents. Rows of JSON may all stand in one line."""
    if "parent" not in columns.at:
        return {}
    index = Index()
    nodes: list[_Node] = []
    for number, (place, row) in enumerate(rows):
        index.add(columns, row, number)
        nodes.append(_node(columns, row, place))
    if not any(node.above for node in nodes):
        return {}
    for number, node in enumerate(nodes):
        parents = (index.find(name) for name in node.above)
        node.parent = next((parent for parent in parents if parent is not None and parent != number), None)
    for number in _deepest_first(nodes):
        _decide(nodes, number)
    return {node.place: node.out for node in nodes if node.out}


class SameTitles:
    """Finds titles that several rows without a key have below different parents: "Write tests" of each story."""

    def __init__(self, columns: ColumnMap) -> None:
        self._columns = columns
        self._wanted = "parent" in columns.at
        self._parents: dict[str, set[str]] = {}

    def see(self, row: Row) -> None:
        """Look at a row."""
        if self._wanted and not self._columns.cell(row.cells, "key"):
            title = clean(self._columns.cell(row.cells, "title"))
            self._parents.setdefault(title, set()).add(clean(self._columns.cell(row.cells, "parent")))

    def found(self) -> Collection[str]:
        """The titles, once all rows were seen."""
        return {title for title, found in self._parents.items() if len(found) > 1}


def same_titles(columns: ColumnMap, rows: Iterable[Row]) -> Collection[str]:
    """The titles that :class:`SameTitles` finds in all of these rows."""
    titles = SameTitles(columns)
    if "parent" in columns.at:
        for row in rows:
            titles.see(row)
    return titles.found()


def key_by_parent(columns: ColumnMap, row: Row, title: str) -> str:
    """What such a row is known by: its parent and its title; nothing where it has no parent."""
    parent = clean(columns.cell(row.cells, "parent"))
    return f"{parent[:_LONGEST]} / {title[:_LONGEST]}" if parent else ""


def _node(columns: ColumnMap, row: Row, place: int) -> _Node:
    steps = _AZURE_STEPS if columns.dialect.name == "azure" else _STEPS
    return _Node(
        place,
        clean(columns.cell(row.cells, "key") or columns.cell(row.cells, "title"))[:80],
        _sized(columns, row),
        simplified(columns.cell(row.cells, "type")) in steps,
        tuple(names[0] for names in references(columns, row.cells, "parent")),
    )


def _sized(columns: ColumnMap, row: Row) -> bool:
    """Whether a row has an estimate that is not zero, whatever else is to be said of it."""
    fields = (*columns.estimates, "likely") if columns.ranged else columns.estimates
    cells = [clean(columns.cell(row.cells, each)) for each in fields]
    cells += [clean(row.cells[at]) for at in columns.per_team if at < len(row.cells)]
    return any(cell.casefold() not in BLANKS and cell.strip("0.,") for cell in cells)


def _deepest_first(nodes: list[_Node]) -> list[int]:
    """The rows that have children, those below before those above. Rows that are their own ancestors lose parents."""
    depth: dict[int, int] = {}
    for start in range(len(nodes)):
        path: list[int] = []
        on_path: set[int] = set()
        here: int | None = start
        while here is not None and here not in depth:
            if here in on_path:
                nodes[path[-1]].parent = None
                break
            path.append(here)
            on_path.add(here)
            here = nodes[here].parent
        below = 0 if here is None or here not in depth else depth[here] + 1
        for each in reversed(path):
            if below == _DEEPEST:
                nodes[each].parent = None
                below = 0
            depth[each] = below
            below += 1
    for number, node in enumerate(nodes):
        if node.parent is not None:
            nodes[node.parent].children.append(number)
    parents = [number for number, node in enumerate(nodes) if node.children]
    return sorted(parents, key=lambda number: -depth[number])


def _decide(nodes: list[_Node], number: int) -> None:
    node = nodes[number]
    below = _kept_below(nodes, number)
    if not below:
        return
    sized_below = any(nodes[each].sized for each in below)
    steps = all(nodes[each].step for each in node.children)
    if (node.sized and not sized_below) or (steps and (node.sized or not sized_below)):
        why = "which carries the size" if node.sized else "which is taken as a whole"
        for each in below:
            nodes[each].out = f"is part of {node.name}, {why} (--parents both takes it too)"
        return
    size = "; its own size is not used" if node.sized else ""
    parts = "1 row" if len(below) == 1 else f"{len(below):,} rows"
    node.out = f"only holds together {parts} of this file{size} (--parents both takes it too)"


def _kept_below(nodes: list[_Node], number: int) -> list[int]:
    """All descendants that are not left out."""
    found, waiting = [], list(nodes[number].children)
    while waiting:
        here = waiting.pop()
        if not nodes[here].out:
            found.append(here)
        waiting += nodes[here].children
    return found
