"""What differs between two snapshots: each difference stands for itself, and all of one taken over give the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from scenarios.accounts.revenue import NOBODY, Revenue, revenue_of
from scenarios.figures.sizes import Range, format_ew, format_range
from scenarios.figures.targets import target_words
from scenarios.plan.progress import day_words
from scenarios.rules.charter import FIGURES
from scenarios.snapshots.frozen import Frozen, FrozenCustomer, FrozenItem, FrozenSize, FrozenTeam
from scenarios.snapshots.item_matches import match_frozen

Kind = Literal[
    "only a", "only b", "resized", "ranked", "pinned", "edited",
    "capacity", "target", "aim", "valuing", "charter", "quarter", "customer", "ranks", "belief",
]  # fmt: skip
#: Where the other side has an item that is in plan on one side only; empty where nobody knows.
Place = Literal["", "below", "inbox", "declined", "done", "unknown"]

#: The fields of an item that each kind of difference speaks for; all others are "edited".
FIELDS: Mapping[str, tuple[str, ...]] = {
    "resized": ("sizes",),
    "ranked": ("rank", "tie"),
    "pinned": ("pin", "pin_note"),
    "quarter": ("baselined",),
}
EDITED = tuple(
    name for name in FrozenItem.model_fields if name not in {each for names in FIELDS.values() for each in names}
)
#: The edited fields that are one line each.
_TOLD = frozenset({"title", "value", "owner", "priority", "due", "slice"})
_WORDS = {
    "parts": "value",
    "source": "key",
    "versions": "first version",
    "waits": "who waits",
    "customer_title": "title for customers",
}


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same in B as in A. ``id`` is the same whenever the same two are compared.

    ``ew`` is the item's likely effort, or by how much it changed; ``waiting`` who waits for the item. ``wanted`` is
    what B has instead, in B's own names: see :func:`scenarios.compare.cherry_pick.apply`.
    """

    id: str
    kind: Kind
    title: str
    words: str
    key_a: str | None = None
    key_b: str | None = None
    ew: float = 0.0
    value: float | None = None
    waiting: tuple[str, ...] = ()
    #: what those who wait pay a year
    paid: Revenue = NOBODY
    #: who decided it and why, as far as a side's record says; else what the item says
    reason: str = ""
    #: for what is in plan on one side only: where the other side has it
    place: Place = ""
    wanted: Any = field(default=None, repr=False)
    #: what B's item refers to
    teams: Mapping[str, FrozenTeam] = field(default_factory=dict, repr=False)
    customers: Mapping[str, FrozenCustomer] = field(default_factory=dict, repr=False)

    @property
    def revenue(self) -> float | None:
        """What those who wait pay a year, as far as it is known."""
        return self.paid.amount if self.waiting else None

    @property
    def item(self) -> bool:
        """Whether it is about one item."""
        return self.kind in ("only a", "only b", "resized", "ranked", "pinned", "edited")

    @property
    def across(self) -> bool:
        """Whether the item moved across the line: in plan on one side, known below it on the other."""
        return self.place == "below"

    @property
    def takes(self) -> bool:
        """Whether it can be taken over: not what is believed of a team, nor how ranks are numbered."""
        return self.kind not in ("belief", "ranks")


def matched(a: Frozen, b: Frozen) -> dict[str, str]:
    """By key in A, the key in B, of the items that both have."""
    return match_frozen(a, b)


def differences_of(a: Frozen, b: Frozen, pairs: Mapping[str, str] | None = None) -> tuple[Difference, ...]:
    """What differs, first what is in one only, best first; nothing where the two are equal but for their figures.

    Amounts in another currency than A's are none of it: A's own stand for them. ``pairs`` is what :func:`matched`
    found, where the caller has it.
    """
    b = b.in_amounts_of(a)
    pairs = matched(a, b) if pairs is None else pairs
    return (*_one_sided(a, b, pairs), *_changed(a, b, pairs, _moved(a, b, pairs)), *_around(a, b, pairs))


def differences_back(a: Frozen, b: Frozen, pairs: Mapping[str, str]) -> dict[str, Difference]:
    """By the ``id`` of each difference from A to B, the same one from B to A, by which it is taken back.

    ``pairs`` is what :func:`matched` found between A and B.
    """
    back = {there: here for here, there in pairs.items()}
    moved = {pairs[key] for key in _moved(a, b, pairs)}
    a = a.in_amounts_of(b)
    found = (*_one_sided(b, a, back), *_changed(b, a, back, moved), *_around(b, a, back))
    return {_id_forwards(each): each for each in found}


def _id_forwards(back: Difference) -> str:
    match back.kind:
        case "only a":
            return f"only b/{back.key_a}"
        case "only b":
            return f"only a/{back.key_b}"
    return f"{back.kind}/{back.key_a}" if back.item else back.id


# ------------------------------------------------------------------ items


def _one_sided(a: Frozen, b: Frozen, pairs: Mapping[str, str]) -> Iterator[Difference]:
    for key, item in a.ranked:
        if key not in pairs:
            yield _about("only a", a, key, item, f"{format_ew(item.ew)} ew, not in the other plan", key_a=key)
    there = set(pairs.values())
    for key, item in b.ranked:
        if key not in there:
            words = f"{format_ew(item.ew)} ew, not in the first plan"
            yield _about("only b", b, key, item, words, key_b=key, wanted=item, **_with(b, item))


def _with(b: Frozen, item: FrozenItem) -> dict[str, Any]:
    sizes = (*item.sizes, *(size for version in item.versions for size in version.sizes))
    return {
        "teams": {size.team: b.teams[size.team] for size in sizes},
        "customers": {key: b.customers[key] for key in item.waits},
    }


def _about(
    kind: Kind, frozen: Frozen, key: str, item: FrozenItem, words: str, ew: float | None = None, **more: Any
) -> Difference:
    return Difference(
        f"{kind}/{key}",
        kind,
        item.title,
        words,
        ew=item.ew if ew is None else ew,
        value=item.value,
        waiting=tuple(frozen.customer_name(each) for each in item.waits),
        paid=revenue_of(frozen.customers[each].arr for each in item.waits),
        **more,
    )


def _changed(a: Frozen, b: Frozen, pairs: Mapping[str, str], moved: Collection[str]) -> Iterator[Difference]:
    places_a, places_b = _places(a), _places(b)
    for key, old in a.ranked:
        if key not in pairs:
            continue
        other = pairs[key]
        new = b.items[other]
        edited = [name for name in EDITED if getattr(old, name) != getattr(new, name)]
        resized, pinned = old.sizes != new.sizes, (old.pin, old.pin_note) != (new.pin, new.pin_note)
        if not (resized or pinned or edited or key != other or key in moved):
            continue
        both: dict[str, Any] = {"key_a": key, "key_b": other, "wanted": new, **_with(b, new)}
        if resized:
            yield _about("resized", b, other, new, _size_words(a, b, old, new), new.ew - old.ew, **both)
        if key in moved:
            place = places_b[other]
            words = f"rank {places_a[key]} → {place}" if places_a[key] != place else _passing_words(b, other, pairs)
            yield _about("ranked", b, other, new, words, **both)
        if pinned:
            yield _about("pinned", b, other, new, f"{old.pin or 'not pinned'} → {new.pin or 'not pinned'}", **both)
        if edited or key != other:
            names = list(dict.fromkeys(_WORDS.get(name, name) for name in edited)) or ["key"]
            words = ", ".join(_edit_words(name, old, new) for name in names)
            yield _about("edited", b, other, new, words, **both)


def _edit_words(name: str, old: FrozenItem, new: FrozenItem) -> str:
    """What is another, from what to what where that is one line."""
    if name not in _TOLD or (name == "value" and old.value == new.value):
        return name
    was, now = (getattr(one, name) for one in (old, new))
    return f"{name}: {_said(was)} → {_said(now)}"


def _said(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value if value not in (None, "") else "none")


def _places(frozen: Frozen) -> dict[str, int]:
    return {key: place for place, (key, _) in enumerate(frozen.ranked, 1)}


def _passing_words(b: Frozen, key: str, pairs: Mapping[str, str]) -> str:
    """Where an item of the same rank is that passed some, while as many others came before it or went."""
    among = set(pairs.values())
    before: FrozenItem | None = None
    for place, (other, item) in enumerate(b.ranked, 1):
        if other == key:
            return f"rank {place}, now {f'below “{before.title}”' if before else 'above all that are in both'}"
        if other in among:
            before = item
    raise AssertionError("a ranked item has a place")


def _size_words(a: Frozen, b: Frozen, old: FrozenItem, new: FrozenItem) -> str:
    before = {a.team_name(size.team).casefold(): (a.team_name(size.team), size) for size in old.sizes}
    after = {b.team_name(size.team).casefold(): (b.team_name(size.team), size) for size in new.sizes}
    said = []
    for name in {**before, **after}:
        first, second = before.get(name), after.get(name)
        was, now = _range(first[1] if first else None), _range(second[1] if second else None)
        if was != now or len({**before, **after}) == 1:
            said.append(f"{(second or first or ('', None))[0]} {was} → {now}")
    return f"{', '.join(said)} ew"


def _range(size: FrozenSize | None) -> str:
    return "none" if size is None else format_range(Range(size.likely, size.low, size.high))


def _moved(a: Frozen, b: Frozen, pairs: Mapping[str, str]) -> set[str]:
    """The fewest items that must have moved for the order of the ones in both to be what it is in B."""
    places = _places(b)
    order = [(key, places[pairs[key]]) for key, _ in a.ranked if key in pairs]
    stay = _longest_rising([place for _, place in order])
    return {key for at, (key, _) in enumerate(order) if at not in stay}


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The indexes of a longest rising part of these different numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(number)
            ends.append(at)
        else:
            tails[length], ends[length] = number, at
    found: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


# ------------------------------------------------------------------ what items are planned with


def _around(a: Frozen, b: Frozen, pairs: Mapping[str, str]) -> Iterator[Difference]:
    yield from _teams(a, b)
    if (a.target, a.target_for) != (b.target, b.target_for):
        words = f"{target_words(a.target, a.target_for)} → {target_words(b.target, b.target_for)}"
        yield Difference("target", "target", "odds target", words, wanted=(b.target, b.target_for))
    for letter in sorted({**a.slices, **b.slices}):
        old, new = a.slices.get(letter), b.slices.get(letter)
        if old != new:
            aims = " → ".join(f"aim {part.aim:g}%" if part else "none" for part in (old, new))
            title = (new or old).name if new or old else letter  # type: ignore[union-attr]
            yield Difference(f"aim/{letter}", "aim", f"{letter} {title}", aims, letter, letter, wanted=new)
    if a.valuing != b.valuing:
        yield Difference("valuing", "valuing", "values", f"{a.valuing} → {b.valuing}", wanted=b.valuing)
    if a.charter != b.charter:
        parts = [name for name in FIGURES if getattr(a.charter, name) != getattr(b.charter, name)]
        words = ", ".join(_figure_words(name, a, b) for name in parts)
        yield Difference("charter", "charter", "charter", words, wanted=b.charter)
    yield from _quarter(a, b, pairs)
    for key in sorted(a.customers.keys() & b.customers.keys()):
        if a.customers[key] != b.customers[key]:
            wanted = b.customers[key]
            yield Difference(f"customer/{key}", "customer", b.customer_name(key), "facts", key, key, wanted=wanted)
    ranks = {
        key: (b.items[pairs[key]].rank, b.items[pairs[key]].tie)
        for key, old in a.items.items()
        if key in pairs and (old.rank, old.tie) != (b.items[pairs[key]].rank, b.items[pairs[key]].tie)
    }
    if ranks:
        yield Difference("ranks", "ranks", "ranks", "numbered otherwise", wanted=ranks)
    if a.seed != b.seed:
        yield Difference("belief/seed", "belief", "random numbers", "other ones", wanted={"seed": b.seed})
    if a.edition != b.edition:
        words = f"edition {a.edition} → edition {b.edition}"
        yield Difference("belief/edition", "belief", "forecast", words, wanted={"edition": b.edition})


def _figure_words(name: str, a: Frozen, b: Frozen) -> str:
    if name == "evidence_rules":
        return FIGURES[name]
    old, new = (getattr(one.charter, name) for one in (a, b))
    return f"{FIGURES[name]} {_said(old)} → {_said(new)}"


def _teams(a: Frozen, b: Frozen) -> Iterator[Difference]:
    for key in sorted({**a.teams, **b.teams}):
        old, new = a.teams.get(key), b.teams.get(key)
        if old == new:
            continue
        name = a.team_name(key) if old else b.team_name(key)
        if old is None or new is None or old.net != new.net:
            words = " → ".join(f"{format_ew(team.net)} ew" if team else "no team" for team in (old, new))
            ew = (new.net if new else 0.0) - (old.net if old else 0.0)
            yield Difference(f"capacity/{key}", "capacity", name, words, key, key, ew, wanted=new)
        else:
            parts = [part for part in type(new).model_fields if getattr(old, part) != getattr(new, part)]
            said = {"record": "what is learned of it", "draw": "random numbers", "moment": "how far its quarter is"}
            words = ", ".join(said.get(part, part.replace("_", " ")) for part in parts)
            yield Difference(f"belief/{key}", "belief", name, words, key, key, wanted=new)


def _quarter(a: Frozen, b: Frozen, pairs: Mapping[str, str]) -> Iterator[Difference]:
    stamps = {
        key: b.items[pairs[key]].baselined
        for key, old in a.items.items()
        if key in pairs and old.baselined != b.items[pairs[key]].baselined
    }
    if a.quarter != b.quarter or stamps:
        states = " → ".join(f"{one.quarter.name} {one.quarter.state}" for one in (a, b))
        told = [one.quarter.progress_on for one in (a, b)]
        if told[0] != told[1]:
            states += ", progress of " + " → ".join(day_words(day) if day else "no day" for day in told)
        yield Difference("quarter", "quarter", "quarter", states, wanted=(b.quarter, stamps))
