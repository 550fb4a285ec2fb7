"""An item that is there already, and its row in a newer file: what follows the file, and what both sides changed.

Three versions are compared: what the source said last time, what it says now, and what stands here. What only the
source changed is taken; what only people here changed stays; where both did, it is a :class:`Conflict`, to be chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from store.common.engineer_weeks import format_ew
from store.imports.memory import Memory, last_written
from store.imports.options import Choice, ImportOptions
from store.imports.report import Conflict, shown_size
from store.imports.row_sizes import Sized, last_seen, same
from store.imports.rows import Details
from store.records import Item, Size

#: what of an item follows its source, besides title and size, and what it is called
_FOLLOWING = {
    "owner": "owner",
    "due": "due date",
    "value": "value",
    "priority": "priority",
    "customer_title": "title for customers",
}


@dataclass
class Updated:
    """What becomes of one item: ``change`` are columns of its record; sentences on what was updated and kept."""

    change: dict[str, object] = field(default_factory=dict)
    new_title: str = ""
    old_size: str = ""
    new_size: str = ""
    #: whether the item's size is to become what the file says
    resize: bool = False
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


class Updates:
    """Compares rows with the items that are here."""

    def __init__(self, options: ImportOptions, memory: Memory) -> None:
        self._options = options
        self._memory = memory
        self._new_rates = bool(options.points_per_ew or options.hours_per_ew)

    def compare(
        self, line: int, title: str, old: Item, sizes: list[Size], sized: Sized, details: Details | None
    ) -> Updated:
        """What the row of ``line`` makes of an item; ``details`` None: only title and size are looked at."""
        found = Updated()
        self._title(found, line, title, old)
        self._size(found, line, old, sizes, sized)
        if details is not None:
            self._details(found, line, old, details)
        return found

    def _chosen(
        self, found: Updated, line: int, old: Item, what: str, here: str, source: str, before: str
    ) -> Choice | None:
        """What was chosen for a conflict, which is listed; None where nobody has chosen."""
        choice = self._options.choices.get((old.id, what), self._options.on_conflict)
        found.conflicts.append(Conflict(line, old.id, old.title, what, here, source, choice, before))
        return choice

    def _title(self, found: Updated, line: int, title: str, old: Item) -> None:
        if title == old.source_title:
            return
        if old.title != old.source_title and old.title != title:
            choice = self._chosen(found, line, old, "title", old.title, title, old.source_title or "")
            if choice != "source":
                found.kept.append(f'title, which the file now calls "{title}"')
                if choice == "here":
                    found.change["source_title"] = title
                return
        found.change["source_title"] = title
        if old.title != title:
            found.change["title"] = found.new_title = title

    def _size(self, found: Updated, line: int, old: Item, sizes: list[Size], sized: Sized) -> None:
        last = last_seen(old.source_size)
        rerated = self._new_rates and sized.estimate != last.estimate
        if sized.raw == last.raw and not rerated:
            return
        if sized.estimate is None:
            if sizes:
                found.kept.append("size, for which the file has no estimate now")
            return
        shown = shown_size(sized.estimate)
        untouched = (not sizes and last.estimate is None) or (len(sizes) == 1 and same(sizes[0], last.estimate))
        agreed = len(sizes) == 1 and same(sizes[0], sized.estimate)
        if not untouched and not agreed:
            here = _shown(sizes)
            if len(sizes) > 1:
                # Nobody can say how one estimate is to be shared among several teams.
                found.kept.append(f"size of {len(sizes)} teams, which the file now gives as {shown} in all")
                if self._options.on_conflict:
                    found.change["source_size"] = sized.text
                return
            choice = self._chosen(found, line, old, "size", here, shown, shown_size(last.estimate))
            if choice != "source":
                found.kept.append(f"size, which the file now gives as {shown}")
                if choice == "here":
                    found.change["source_size"] = sized.text
                return
            found.old_size = here
        elif untouched:
            found.old_size = shown_size(last.estimate)
        found.change["source_size"] = sized.text
        if not agreed:
            found.resize, found.new_size = True, shown
        elif untouched:
            found.old_size = ""

    def _details(self, found: Updated, line: int, old: Item, details: Details) -> None:
        """Owner, due date, value and priority. What the source no longer says stays as it is here."""
        written: Mapping[str, object] | None = None
        for column, word in _FOLLOWING.items():
            now, here = getattr(details, column), getattr(old, column)
            if now in (None, "") or _same(now, here):
                continue
            if here not in (None, ""):
                written = last_written(self._memory, Item.table, old.id) if written is None else written
                # A row that nobody has touched since it was made holds what the source said.
                base = written.get(column, here if old.rev == 0 else None)
                if _same(base, now):
                    continue
                if not _same(base, here):
                    before = "" if base is None else str(base)
                    if self._chosen(found, line, old, word, str(here), str(now), before) != "source":
                        found.kept.append(f"{word}, which the file gives as {now}")
                        continue
            elif _same(last_written(self._memory, Item.table, old.id).get(column), now):
                # It was taken away here, and the source says what it said before.
                continue
            found.change[column] = now
            found.updated.append(f"{word} {here} -> {now}" if here not in (None, "") else f"{word} {now}")


def what_differs(title: str, old: Item, sizes: list[Size], sized: Sized) -> tuple[str, ...]:
    """What a table of makeroom's own says otherwise than it is here, in words."""
    found = []
    if title != old.title:
        found.append(f'title, which the file gives as "{title}"')
    here = sum(size.likely for size in sizes)
    agreed = len(sizes) == 1 and same(sizes[0], sized.estimate)
    if not agreed and (len(sizes) == 1 or not _same(sized.estimate.likely if sized.estimate else 0.0, here)):
        found.append(f"size, which the file gives as {shown_size(sized.estimate)}")
    return tuple(found)


def _same(one: object, other: object) -> bool:
    """Whether two values are the same as far as the store can tell: dates as text, numbers to 15 digits."""
    return _plain(one) == _plain(other)


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case float() | int():
            return f"{value:.15g}"
    return value or ""


def _shown(sizes: list[Size]) -> str:
    def words() -> Iterator[str]:
        for size in sizes:
            if size.low is not None and size.high is not None:
                yield f"{format_ew(size.low)}-{format_ew(size.likely)}-{format_ew(size.high)} ew"
            else:
                yield f"{format_ew(size.likely)} ew"

    return " + ".join(words()) or "unsized"
