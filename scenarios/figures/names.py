"""What somebody names, in a form as on the command line: the one that is meant, or a sentence of what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from store.common.errors import Refused
from store.common.text import short
from store.records import Customer, Item, Place, Slice, State, Team
from store.records.negotiation import Principle

T = TypeVar("T")
Word = TypeVar("Word", bound=str)
#: So many of what a name could mean are said, and so much of each name.
_SAID, _MOST = 5, 60
#: From so much of 100 on, a name is near to what was typed.
_NEAR = 65
#: What people call the slices that a workspace begins with, besides their names.
_ALIASES = {
    "infra": "I",
    "infrastructure": "I",
    "quality": "Q",
    "debt": "Q",
    "discovery": "D",
    "validation": "D",
    "feature": "F",
    "features": "F",
    "oneoff": "O",
    "oneoffs": "O",
}
#: Where an item is, by its state.
WHERE = {"plan": "in plan", "below": "below the line", "inbox": "in the inbox"}


def plain_name(name: str) -> str:
    """A name as it is compared: without case, spaces made one."""
    return " ".join(name.split()).casefold()


def _letters(name: str) -> str:
    return "".join(each for each in name.casefold() if each.isalnum())


def _name(row: object) -> str:
    return str(getattr(row, "name", row))


@dataclass(frozen=True)
class Kind(Generic[T]):
    """What can be named: its word, the name of one, and all that means it where it is typed ``whole``, first the first.

    ``hint`` is what tells several apart, ``none`` what is said where there is none at all.
    """

    word: str
    name: Callable[[T], str] = _name
    whole: Callable[[T], Sequence[str]] | None = None
    said: Callable[[T], str] | None = None
    hint: str = "give the whole name"
    none: str = "there is none yet"
    #: a name as it is compared
    plain: Callable[[str], str] = plain_name

    def shown(self, row: T) -> str:
        """One of them in a sentence."""
        return f"“{short(self.name(row), _MOST)}”" if self.said is None else self.said(row)

    def listed(self, rows: Sequence[T]) -> str:
        """The first few of them in a sentence, and how many more there are."""
        shown = ", ".join(map(self.shown, rows[:_SAID]))
        return f"{shown} and {len(rows) - _SAID} more" if len(rows) > _SAID else shown


TEAM: Kind[Team] = Kind("team")
PLACE: Kind[Place] = Kind("place", none="there is none yet: a place is made first, with its country")
CUSTOMER: Kind[Customer] = Kind("customer")
SLICE: Kind[Slice] = Kind(
    "slice",
    whole=lambda part: (part.letter, part.name, *(word for word, letter in _ALIASES.items() if letter == part.letter)),
    said=lambda part: f"{part.letter} “{short(part.name, _MOST)}”",
    hint="give the letter",
    plain=_letters,
)
ITEM: Kind[Item] = Kind(
    "item",
    name=lambda item: item.title,
    whole=lambda item: (item.title, item.source_key or "", str(item.id)),
    said=lambda item: f"{item.id} “{short(item.title, _MOST)}”",
    hint="give the number",
)


def meant(words: Iterable[Word], text: str) -> list[Word]:
    """Those of some words that a text is, else those that it begins, whatever its case; none for no text."""
    wanted, words = plain_name(text), list(words)
    return [each for each in words if each == wanted] or [each for each in words if wanted and each.startswith(wanted)]


def matches(rows: Iterable[T], text: str, kind: Kind[T], *, parts: bool = True) -> list[T]:
    """Those that a text means, whatever its case: by what means one whole, else by the beginning of a name, else by a
    part of it, unless ``parts`` do not count."""
    wanted, rows = kind.plain(text), list(rows)
    if not wanted:
        return []
    whole = [tuple(map(kind.plain, kind.whole(row) if kind.whole else (kind.name(row),))) for row in rows]
    for at in range(max(map(len, whole), default=0)):
        if found := [row for row, names in zip(rows, whole, strict=True) if names[at : at + 1] == (wanted,)]:
            return found
    names = [kind.plain(kind.name(row)) for row in rows]
    begun = [row for row, name in zip(rows, names, strict=True) if name.startswith(wanted)]
    return begun or [row for row, name in zip(rows, names, strict=True) if parts and wanted in name]


def unknown(rows: Iterable[T], text: str, kind: Kind[T], field: str = "") -> Refused:
    """That there is no such one: with those there are, and the one whose name is nearest."""
    rows = list(rows)
    words = f"there is no {kind.word} “{short(text, _MOST)}”"
    if not rows:
        return Refused(f"{words}: {kind.none}", field)
    near = nearest(rows, text, kind)
    meant = f"; did you mean {kind.shown(near)}?" if near is not None else ""
    return Refused(f"{words}: they are {kind.listed(rows)}{meant}", field)


def nearest(rows: Sequence[T], text: str, kind: Kind[T]) -> T | None:
    """The one whose name is nearest to a text that means none; None where none is near."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(kind.plain(text), [kind.plain(kind.name(row)) for row in rows], scorer=fuzz.WRatio)
    return rows[near[2]] if near is not None and near[1] >= _NEAR else None


def several(rows: Sequence[T], text: str, kind: Kind[T], field: str = "") -> Refused:
    """That a text could mean any of these."""
    if kind.said is None and len({plain_name(kind.name(row)) for row in rows}) == 1:
        same = f"there are {len(rows)} {kind.word}s “{short(text, _MOST)}”: give one of them another name first"
        return Refused(same, field)
    return Refused(f"“{short(text, _MOST)}” could be {kind.listed(rows)}: {kind.hint}", field)


def exactly(rows: Iterable[T], text: str, kind: Kind[T], field: str = "") -> T | None:
    """The one of this name, whatever its case; None where none has it. Raises Refused where several have."""
    found = [row for row in rows if plain_name(kind.name(row)) == plain_name(text)]
    if len(found) > 1:
        raise several(found, text, kind, field)
    return found[0] if found else None


def named(rows: Iterable[T], text: str, kind: Kind[T], field: str = "") -> T:
    """The one that a text means, see :func:`matches`. Raises Refused, about ``field``, where it is none or several."""
    rows = list(rows)
    found = matches(rows, text, kind)
    if len(found) == 1:
        return found[0]
    raise several(found, text, kind, field) if found else unknown(rows, text, kind, field)


def team_named(state: State, text: str, field: str = "") -> Team:
    """The team that a text means. Raises Refused."""
    return named(sorted(state.each(Team), key=lambda team: (team.position, team.id)), text, TEAM, field)


def slice_named(slices: Iterable[Slice], text: str, field: str = "") -> Slice:
    """The slice of this letter or name. Raises Refused."""
    return named(sorted(slices, key=lambda part: (part.position, part.id)), text, SLICE, field)


def customer_named(state: State, text: str, field: str = "") -> Customer:
    """The customer that a text means. Raises Refused."""
    rows = sorted(state.each(Customer), key=lambda each: (plain_name(each.name), each.id))
    return named(rows, text, CUSTOMER, field)


def principle_named(state: State, text: str, field: str = "") -> Principle:
    """The principle of the charter of that name, or at that place in it, from 1. Raises Refused."""
    rows = sorted(state.each(Principle), key=lambda each: (each.position, each.id))
    places = {row.id: str(at) for at, row in enumerate(rows, 1)}
    kind = Kind[Principle]("principle", whole=lambda row: (row.name, places[row.id]), none="the charter has none yet")
    return named(rows, text, kind, field)


def item_named(state: State, text: str, *states: str, field: str = "") -> Item:
    """The item that a text means, of those in these ``states`` (in any, where none is said): its title, its key, its
    number, else a beginning or a part of its title. Raises Refused."""
    items = list(state.each(Item))
    found = matches(items, text, ITEM)
    fitting = [item for item in found if not states or item.state in states]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise several(fitting, text, ITEM, field)
    if found:
        raise Refused(f"“{short(found[0].title, _MOST)}” is {WHERE.get(found[0].state, found[0].state)}", field)
    raise unknown([item for item in items if not states or item.state in states], text, ITEM, field)
