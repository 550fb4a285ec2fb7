"""One edit of many items: slice, team, owner, value, priority; what would change the plan's load asks the door."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from scenarios.figures.names import slice_named, team_named
from scenarios.figures.readers import number_of
from scenarios.plan.mix import ONE_OFF
from scenarios.plan.plan import Entry
from scenarios.trade.decision_records import line_of
from scenarios.trade.door import Proposal
from store.common.errors import Refused, refused_about
from store.common.text import many, short
from store.records import Command, Item, Record, RecordError, Size, Slice, State, Team, Version, VersionSize

#: What can be set of many items at once.
FIELDS = ("slice", "team", "owner", "value", "priority")
#: So many of what stands in the way are named.
_NAMED = 3


@dataclass(frozen=True)
class BulkEdit:
    """An edit of ``count`` items that was worked out: the change, and how many it concerns. ``asks_door``: it would
    change what the plan asks of a team, so it is weighed like any other proposal."""

    proposal: Proposal
    count: int
    changed: int
    asks_door: bool

    @property
    def words(self) -> str:
        """What it does, as a sentence."""
        return f"{self.changed:,} of {self.count:,} items change." if self.changed else "Nothing changes."


def edit_items(state: State, entries: Collection[Entry], wanted: Mapping[str, str]) -> BulkEdit:
    """Set these fields (of :data:`FIELDS`; an empty text clears owner, value and priority) of all these items.

    Raises :class:`Refused`, about the field, where one cannot be so for one of them: then none is changed.
    """
    for name in wanted:
        if name not in FIELDS:
            raise Refused(
                f"“{short(name, 40)}” is not set of many items at once: it is one of {', '.join(FIELDS)}", name
            )
    fields = _fields(state, wanted)
    if fields.get("slice") == ONE_OFF:
        _refuse("slice", (e for e in entries if e.item.state == "plan" and e.item.slice != ONE_OFF), "in plan",
                "whether one is a one-off takes its own answer: edit it by itself")  # fmt: skip
    puts: list[Record] = []
    changed: set[int] = set()
    for entry in entries:
        item = _edited(entry.item, fields)
        if item is not None:
            puts.append(item)
            changed.add(item.id)
    moved: list[Entry] = []
    if "team" in wanted:
        team = team_named(state, wanted["team"], "team")
        sizes, moved = _moved(state, entries, team)
        changed |= {entry.item.id for entry in moved}
        # What has no size yet is the team's to size: nothing that the plan asks of anybody.
        known = {put.id: put for put in puts}
        for entry in entries:
            if not entry.sized and entry.item.team_id != team.id:
                row = known.get(entry.item.id, entry.item)
                known[row.id] = row.model_copy(update={"team_id": team.id})
                changed.add(row.id)
        puts = [*known.values(), *sizes]
    label = f"{many(len(changed), 'item')}: {_said(state, wanted)}"
    planned = [entry for entry in moved if entry.item.state == "plan"]
    command = Command("estimate" if moved else "edit", label, tuple(puts)) if puts else Command("edit", "")
    lines = tuple(line_of(entry, "resized") for entry in planned)
    proposal = Proposal("estimate", label, command, None, lines)
    return BulkEdit(proposal, len(entries), len(changed), bool(planned))


def _fields(state: State, wanted: Mapping[str, str]) -> dict[str, object]:
    """The columns of an item that change, read. Raises Refused."""
    found: dict[str, object] = {}
    if "slice" in wanted:
        found["slice"] = slice_named(state.all(Slice).values(), wanted["slice"], "slice").letter
    if "value" in wanted:
        with refused_about("value"):
            found["value"] = number_of(wanted["value"])
    for name in ("owner", "priority"):
        if name in wanted:
            found[name] = " ".join(wanted[name].split())
    return found


def _edited(item: Item, fields: Mapping[str, object]) -> Item | None:
    """The item with these columns; None where it has them already. Raises Refused."""
    if all(getattr(item, name) == value for name, value in fields.items()):
        return None
    try:
        return Item.model_validate({**item.model_dump(), **fields})
    except RecordError as error:
        raise Refused(f"The {error.column} is refused: {error.why}.", error.column) from error


def _moved(state: State, entries: Iterable[Entry], team: Team) -> tuple[list[Record], list[Entry]]:
    """The sizes of items whose work goes to another team, and those items. Raises Refused where one has several."""
    entries = [entry for entry in entries if {size.team_id for size in entry.sizes} - {team.id}]
    _refuse("team", (entry for entry in entries if len(entry.sizes) > 1), "sized for several teams",
            "which of its sizes moves is not said: size it by itself")  # fmt: skip
    ids = {entry.item.id for entry in entries}
    versions = {row.id for row in state.all(Version).values() if row.item_id in ids}
    sizes: list[Size | VersionSize] = [size for entry in entries for size in entry.sizes]
    sizes += [row for row in state.all(VersionSize).values() if row.version_id in versions]
    return [row.model_copy(update={"team_id": team.id}) for row in sizes if row.team_id != team.id], entries


def _refuse(field: str, entries: Iterator[Entry], what: str, why: str) -> None:
    titles = [f"“{short(entry.item.title, 50)}”" for entry in entries]
    if titles:
        names = ", ".join(titles[:_NAMED]) + (f" and {len(titles) - _NAMED:,} more" if len(titles) > _NAMED else "")
        raise Refused(f"{names} {'is' if len(titles) == 1 else 'are'} {what}: {why}. Nothing was changed.", field)


def _said(state: State, wanted: Mapping[str, str]) -> str:
    names = {"team": lambda text: team_named(state, text).name}
    shown = ((name, names[name](text) if name in names else short(text, 40)) for name, text in wanted.items())
    return ", ".join(f"{name} {text or 'none'}" for name, text in shown)
