"""What an item is worth and what ties it to the plan, as it is edited: value, pin, needs, smaller first version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenarios.figures.names import item_named
from scenarios.figures.sizes import Range, check_range, format_ew
from scenarios.plan.departures import circle, needs_of, reached
from scenarios.plan.item_values import PARTS, model_of
from scenarios.plan.plan import Entry
from scenarios.rules.commitments import HOLDING, commitments_of
from store.common.errors import Refused
from store.common.text import capital
from store.records import (
    Command,
    Dependency,
    Item,
    Pin,
    PinKind,
    Record,
    State,
    ValueModel,
    ValueParts,
    Valuing,
    Version,
    VersionSize,
    new_id,
)


@dataclass(frozen=True)
class Ties:
    """``value`` is the item's own score, ``parts`` those of the workspace's model (column -> number).

    ``needs`` are item ids. ``first_version`` has its sizes by team id; empty means that none is known.
    """

    value: float | None = None
    parts: Mapping[str, float | None] = field(default_factory=dict)
    pin: PinKind | None = None
    note: str = ""
    needs: tuple[int, ...] = ()
    first_version: Mapping[int, Range] = field(default_factory=dict)
    version_name: str = ""
    version_value: float | None = None


def ties_of(state: State, item: Item) -> Ties:
    """What is known of an item."""
    pin = next((row for row in state.each(Pin) if row.item_id == item.id), None)
    parts = next((row for row in state.each(ValueParts) if row.item_id == item.id), None)
    version = _version(state, item.id)
    sizes = [row for row in state.each(VersionSize) if version is not None and row.version_id == version.id]
    return Ties(
        item.value,
        {name: getattr(parts, name, None) for name, _ in PARTS[model_of(state)]},
        pin.kind if pin else None,
        pin.note if pin else "",
        tuple(sorted(needs_of(state).get(item.id, ()))),
        {row.team_id: Range(row.likely, row.low, row.high) for row in sizes},
        version.name if version else "",
        version.value if version else None,
    )


def find_items(state: State, text: str, own: int) -> tuple[int, ...]:
    """The items that a list of keys or titles names, with semicolons between.

    Raises :class:`Refused` for a name that is nobody's, or several items', or the item's own.
    """
    found: list[int] = []
    for name in filter(None, (part.strip() for part in text.split(";"))):
        item = item_named(state, name, field="needs")
        if item.id == own:
            raise Refused("An item cannot need itself.", "needs")
        found.append(item.id)
    return tuple(dict.fromkeys(found))


def part_given(name: str, number: float) -> float:
    """A part of a value as it is kept, by its column; confidence is typed in percent and kept as a share.

    Raises :class:`Refused` where it is out of its range.
    """
    most = {"confidence": 100.0, "impact_10": 10.0, "confidence_10": 10.0, "ease": 10.0}.get(name, 1e9)
    least = 1.0 if most == 10.0 else 0.0
    if not least <= number <= most:
        words = next(words for parts in PARTS.values() for column, words in parts if column == name)
        raise Refused(f"{capital(words)} is a number from {least:g} to {most:g}.", name)
    return number / 100 if name == "confidence" else number


def tie(state: State, entry: Entry, ties: Ties) -> Command:
    """The change that makes this known of an item; empty where it is known already.

    Raises :class:`Refused` where needs would run in a circle, or a first version is no smaller than the item, and
    Refused where a size is not sound.
    """
    item = entry.item
    puts: list[Record] = []
    removes: list[Record] = []
    if ties.value != item.value:
        puts.append(item.model_copy(update={"value": ties.value}))
    for change in (_parts, _pin, _needs, _first_version):
        more, fewer = change(state, entry, ties)
        puts += more
        removes += fewer
    return Command("edit", f"value and ties of “{item.title}”", tuple(puts), tuple(removes))


def value_by(state: State, model: ValueModel) -> Command:
    """The workspace values its items in this way from now on; empty where it does already."""
    row = next(state.each(Valuing), None)
    if (row.model if row else "score") == model:
        return Command("edit", "")
    put = row.model_copy(update={"model": model}) if row else Valuing(id=new_id(), model=model)
    return Command("edit", f"values by {model.upper() if model != 'score' else 'own score'}", (put,))


Changes = tuple[Sequence[Record], Sequence[Record]]


def _parts(state: State, entry: Entry, ties: Ties) -> Changes:
    row = next((each for each in state.each(ValueParts) if each.item_id == entry.item.id), None)
    given: dict[str, Any] = dict(ties.parts)
    if row is None:
        made = ValueParts(id=new_id(), item_id=entry.item.id, **given)
        return ([made] if any(value is not None for value in given.values()) else []), []
    changed = row.model_copy(update=given)
    return ([changed] if changed != row else []), []


def _pin(state: State, entry: Entry, ties: Ties) -> Changes:
    row = next((each for each in state.each(Pin) if each.item_id == entry.item.id), None)
    promised = next((made.kind for made in commitments_of(state, entry.item.id) if made.kind in HOLDING), None)
    if row is not None and promised is not None and ties.pin not in HOLDING.values():
        raise Refused(f"A {promised} commitment holds it: that is taken back first, by a decision.", "pin")
    if ties.pin is None:
        return [], ([row] if row else [])
    if row is None:
        return [Pin(id=new_id(), item_id=entry.item.id, kind=ties.pin, note=ties.note)], []
    changed = row.model_copy(update={"kind": ties.pin, "note": ties.note})
    return ([changed] if changed != row else []), []


def _needs(state: State, entry: Entry, ties: Ties) -> Changes:
    own = entry.item.id
    rows = {row.needs_id: row for row in state.each(Dependency) if row.item_id == own}
    fresh = [key for key in ties.needs if key not in rows]
    if fresh:
        needs = {**needs_of(state), own: frozenset(ties.needs)}
        if own in reached(needs, ties.needs):
            titles = [state.all(Item)[key].title for key in circle({key: needs[key] for key in needs})]
            names = " → ".join(f"“{title[:40]}”" for title in (*titles, *titles[:1]))
            raise Refused(f"That would be a circle: {names}. Remove one of these needs first.", "needs")
    made = [Dependency(id=new_id(), item_id=own, needs_id=key) for key in fresh]
    return made, [row for key, row in rows.items() if key not in ties.needs]


def _first_version(state: State, entry: Entry, ties: Ties) -> Changes:
    version = _version(state, entry.item.id)
    rows = {row.team_id: row for row in state.each(VersionSize) if version is not None and row.version_id == version.id}
    if not ties.first_version:
        return [], [*rows.values(), *([version] if version else [])]
    for size in ties.first_version.values():
        check_range(size)
    if entry.sized and sum(size.likely for size in ties.first_version.values()) >= entry.ew:
        raise Refused(f"A first version is smaller than the item's {format_ew(entry.ew)} ew.", "version")
    name = ties.version_name.strip() or "first version"
    puts: list[Record] = []
    if version is None:
        version = Version(id=new_id(), item_id=entry.item.id, name=name, value=ties.version_value)
        puts.append(version)
    elif (version.name, version.value) != (name, ties.version_value):
        version = version.model_copy(update={"name": name, "value": ties.version_value})
        puts.append(version)
    for team_id, size in sorted(ties.first_version.items()):
        fields: dict[str, Any] = {"low": size.low, "likely": size.likely, "high": size.high}
        old = rows.get(team_id)
        if old is None:
            puts.append(VersionSize(id=new_id(), version_id=version.id, team_id=team_id, **fields))
        elif (old.low, old.likely, old.high) != (size.low, size.likely, size.high):
            puts.append(old.model_copy(update=fields))
    return puts, [row for team_id, row in rows.items() if team_id not in ties.first_version]


def _version(state: State, item_id: int) -> Version | None:
    found: Iterable[Version] = (row for row in state.each(Version) if row.item_id == item_id)
    return min(found, key=lambda row: (row.position, row.id), default=None)
