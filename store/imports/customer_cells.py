"""Which customers a cell names: apart by semicolons, or by commas where the column shows that these part them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from store.common.spellings import LEGAL_FORMS
from store.common.text import clean
from store.imports.markup import somebody, unwrapped

#: A comma may be part of a name: "Acme, Inc."
_APART = re.compile(r"[;|\n]")
#: what follows a comma within a name
_FORMS = LEGAL_FORMS | {"company", "jr", "sr"}


class CustomerCells:
    """Knows how a file's cells name customers: ``known`` are names that are here, ``cells`` all cells of the column."""

    def __init__(self, known: Iterable[str], cells: Iterable[str]) -> None:
        found = [_by_commas(part) for cell in cells for part in _split(cell)]
        names = {parts[0].casefold() for parts in found if len(parts) == 1}
        many = [parts for parts in found if len(parts) > 1]
        times = Counter(name for parts in many for name in {part.casefold() for part in parts})
        # A name that stands in two lists, each time with others, is one.
        lists = Counter(name for parts in {tuple(map(str.casefold, each)) for each in many} for name in set(parts))
        self._known = {name.casefold() for name in known} | names | {name for name in times if lists[name] > 1}
        self._throughout = len(many) > 1 and all(self._any_known(parts) for parts in many)
        #: cells with a comma that are taken as one customer
        self.whole: dict[str, None] = {}

    def names(self, cell: str) -> list[str]:
        """The customers that a cell names, cleaned."""
        found = []
        for part in _split(cell):
            parts = _by_commas(part)
            if len(parts) > 1 and not (self._throughout or all(each.casefold() in self._known for each in parts)):
                self.whole.setdefault(part)
                parts = [part]
            found += parts
        return found

    def _any_known(self, parts: Sequence[str]) -> bool:
        return any(part.casefold() in self._known for part in parts)


def _split(cell: str) -> list[str]:
    return [name for part in _APART.split(unwrapped(cell.strip())) if (name := somebody(clean(part)))]


def _by_commas(name: str) -> list[str]:
    """The parts of a name at its commas, but where what follows is a form of companies."""
    parts: list[str] = []
    for part in (each.strip() for each in name.split(",")):
        if parts and (not part or re.sub(r"\W", "", part).casefold() in _FORMS):
            parts[-1] = f"{parts[-1]}, {part}" if part else parts[-1]
        elif part:
            parts.append(part)
    return parts or [name]
