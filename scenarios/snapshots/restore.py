"""Going back to a snapshot, through the one door: what it takes to make the present plan what the snapshot holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scenarios.accounts.currency import AMOUNTS
from scenarios.figures.sizes import format_ew
from scenarios.figures.targets import target_words
from scenarios.plan.departures import PINNED, circle, needs_of, pins_of
from scenarios.plan.item_values import model_of
from scenarios.plan.plan import Entry, entries_of
from scenarios.plan.progress import progress_by_item
from scenarios.plan.ranks import below_top
from scenarios.rules.charter import write_figures
from scenarios.snapshots.frozen import Frozen, FrozenItem, FrozenParts, FrozenSize
from scenarios.snapshots.item_matches import match_items
from scenarios.snapshots.names import NeededItems, customer_keys, team_ids
from scenarios.trade.door import Proposal
from store.common.errors import Refused
from store.records import (
    RECORDS,
    Capacity,
    Command,
    Customer,
    Dependency,
    Item,
    Move,
    Pin,
    Quarter,
    Record,
    Size,
    Slice,
    State,
    Team,
    ValueParts,
    Valuing,
    Version,
    VersionSize,
    Wait,
    new_id,
)
from store.records.draws import team_draw
from store.records.negotiation import Charter

#: How many titles a label names.
_NAMED = 3


@dataclass(frozen=True)
class Restoring:
    """What going back would do: the proposal, what of the snapshot is not here, and what else people should know."""

    proposal: Proposal
    #: titles of items that are not in this workspace, and stay out of the plan
    unmatched: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the plan is as in the snapshot already."""
        return self.proposal.command.empty


def restore(state: State, frozen: Frozen, title: str = "", *, make_missing: bool = False) -> Restoring:
    """The proposal that makes the plan what it was: items, sizes, ranks, ties, capacity, aims, target, way of
    valuing, and the charter's figures.

    What is in plan now and was not then goes below the line. Items are known again by identity; teams, slices and
    customers by name. With ``make_missing``, items and teams that are not here are made. Raises :class:`Refused`
    where another quarter is planned now, or where something would leave that is pinned.
    """
    now, then = state.quarter, frozen.quarter
    if now.number != _number(then.starts) or now.state == "closed":
        raise Refused(
            f"that is a plan of {then.name}, and {now.name} is {'closed' if now.state == 'closed' else 'planned now'}: "
            "take single items over instead"
        )
    work = _Restoring(state, frozen, make_missing)
    work.everything()
    name = title or f"the plan back as it was, {then.name}"
    command = Command("restore", _label(name, work.moves), tuple(work.puts), tuple(work.removes))
    return Restoring(
        Proposal("trade", name, command, None, tuple(work.moves)), tuple(work.unmatched), tuple(work.notes)
    )


def _number(starts: date) -> int:
    return Quarter(id=1, name="then", starts=starts, ends=starts).number


def _label(name: str, moves: Iterable[Move]) -> str:
    said = []
    for kind, word in (("in", "in"), ("out", "below the line")):
        titles = [f"“{move.title[:60]}”" for move in moves if move.kind == kind]
        if titles:
            more = f" and {len(titles) - _NAMED} more" if len(titles) > _NAMED else ""
            said.append(f"{', '.join(titles[:_NAMED])}{more} {word}")
    return ": ".join((name, "; ".join(said))) if said else name


class _Restoring:
    """The records to write and to remove, part by part."""

    def __init__(self, state: State, frozen: Frozen, make_missing: bool) -> None:
        self.state, self.frozen, self.make_missing = state, frozen, make_missing
        self.puts: list[Record] = []
        self.removes: list[Record] = []
        self.moves: list[Move] = []
        self.unmatched: list[str] = []
        self.notes: list[str] = []
        self.teams = team_ids(frozen, state)
        self.customers: dict[str, int] = {}
        self.ids = match_items(frozen, state)
        self.needed = NeededItems(state)
        #: whether the snapshot's amounts are in a currency that is no longer the workspace's
        self.foreign = frozen.currency not in (None, state.workspace.currency)

    def everything(self) -> None:
        """All parts; those that others refer to first."""
        self._quarter()
        self._valuing()
        self._charter()
        self._slices()
        self._teams()
        self._customers()
        self._items()
        self._leave()
        self._require_no_circle()

    def _change(self, record: Record, **wanted: Any) -> None:
        changed = {name: value for name, value in wanted.items() if getattr(record, name) != value}
        if changed:
            self.puts.append(record.model_copy(update=changed))

    def _capacity_move(self, title: str, ew: float) -> None:
        self.moves.append(Move(id=new_id(), decision_id=0, kind="capacity", title=title, ew=ew))

    # -------------------------------------------------- the quarter and what it is planned with

    def _quarter(self) -> None:
        now, then = self.state.quarter, self.frozen.quarter
        wanted = then.model_dump() | {"target": self.frozen.target, "target_for": self.frozen.target_for}
        self._change(now, **wanted)
        if now.state != then.state:
            self.notes.append(f"{now.name} is {then.state} again, as it was then")
        then_words = target_words(self.frozen.target, self.frozen.target_for)
        if target_words(now.target, now.target_for) != then_words:
            self._capacity_move(f"target {target_words(now.target, now.target_for)} → {then_words}", 0.0)

    def _valuing(self) -> None:
        if model_of(self.state) == self.frozen.valuing:
            return
        row = next(self.state.each(Valuing), None)
        if row is None:
            self.puts.append(Valuing(id=new_id(), model=self.frozen.valuing))
        else:
            self._change(row, model=self.frozen.valuing)

    def _charter(self) -> None:
        wanted = self.frozen.charter.model_dump()
        if self.foreign:
            self.notes.append(
                f"amounts of then are in {self.frozen.currency}, and they are in {self.state.workspace.currency} now: "
                "revenue and rates stay as they are"
            )
            wanted = {name: value for name, value in wanted.items() if name not in dict(AMOUNTS)[Charter]}
        changed = write_figures(self.state, wanted)
        if not changed.empty:
            self.puts += changed.puts
            self.notes.append(f"{changed.label}, as it was then")

    def _slices(self) -> None:
        here = {part.letter: part for part in self.state.all(Slice).values()}
        for letter, part in self.frozen.slices.items():
            if letter in here:
                self._change(here[letter], **part.model_dump())
            else:
                self.puts.append(Slice(id=new_id(), letter=letter, **part.model_dump()))
        self.removes += [part for letter, part in here.items() if letter not in self.frozen.slices]

    def _teams(self) -> None:
        quarter = self.state.quarter
        rows = {row.team_id: row for row in self.state.all(Capacity).values() if row.quarter_id == quarter.id}
        for key, team in self.frozen.teams.items():
            name = self.frozen.team_name(key)
            if key not in self.teams:
                if not self.make_missing:
                    self.notes.append(f"there is no team “{name}” here")
                    continue
                taken = {one.draw for one in self.state.each(Team)} | {None}
                draw = team.draw if team.draw not in taken else team_draw(name, taken)
                made = Team(id=new_id(), name=name, position=team.position, draw=draw)
                self.puts.append(made)
                self.teams[key] = made.id
            team_id = self.teams[key]
            row = rows.get(team_id)
            before = row.net if row else 0.0
            if row is not None:
                self._change(row, net=team.net)
            elif team.net:
                self.puts.append(Capacity(id=new_id(), quarter_id=quarter.id, team_id=team_id, net=team.net))
            if team_id in self.state.all(Team):
                self._change(self.state.all(Team)[team_id], position=team.position, name=name)
            if before != team.net:
                self._capacity_move(f"{name} {format_ew(before)} → {format_ew(team.net)}", team.net - before)
        known = set(self.teams.values())
        for team_id, here in self.state.all(Team).items():
            if team_id not in known:
                self._newer_team(here, rows.get(team_id))

    def _newer_team(self, team: Team, capacity: Capacity | None) -> None:
        """A team that came later goes, unless something else refers to it."""
        for kind in RECORDS:
            columns = [column for column, target in kind.links.items() if target == Team.table]
            for row in self.state.all(kind).values() if columns else ():
                if row is not capacity and any(getattr(row, column) == team.id for column in columns):
                    self.notes.append(f"the team “{team.name}” came later, and stays")
                    return
        self.removes += [team] if capacity is None else [capacity, team]

    def _customers(self) -> None:
        here = customer_keys(self.state)
        by_name = {one.name.casefold(): one for one in reversed(list(self.state.each(Customer)))}
        for key, one in self.frozen.customers.items():
            name = self.frozen.customer_name(key)
            known = here.get(key) or by_name.get(name.casefold())
            if known is None:
                arr = None if self.foreign else one.arr
                known = Customer(id=new_id(), name=name, arr=arr, renews=one.renews, term=one.term)
                self.puts.append(known)
                self.customers[key] = known.id
                continue
            arr = known.arr if self.foreign else one.arr
            if (known.arr, known.renews, known.term) != (arr, one.renews, one.term):
                self._change(known, arr=arr, renews=one.renews, term=one.term)
                self.notes.append(f"revenue and renewal of “{name}” are as they were then")
            self.customers[key] = known.id

    # -------------------------------------------------- the items

    def _items(self) -> None:
        made = set()
        for key, one in self.frozen.items.items():
            homeless = [size.team for size in one.sizes if size.team not in self.teams]
            if homeless:
                self.unmatched.append(f"{one.title} (its team “{homeless[0]}” is not here)")
                self.ids.pop(key, None)
            elif key not in self.ids:
                if self.make_missing:
                    self.ids[key] = new_id()
                    made.add(key)
                else:
                    self.unmatched.append(one.title)
        rows = _Rows(self.state)
        for key, one in self.frozen.items.items():
            if key in self.ids:
                self._item(self.ids[key], one, rows, new=key in made)

    def _item(self, item_id: int, one: FrozenItem, rows: _Rows, new: bool) -> None:
        fields = {
            "title": one.title, "slice": one.slice, "state": "plan", "rank": one.rank, "owner": one.owner,
            "note": one.note, "value": one.value, "due": one.due, "baselined": one.baselined,
            **({"priority": one.priority} if one.priority is not None else {}),
            **({"customer_title": one.customer_title} if one.customer_title is not None else {}),
        }  # fmt: skip
        before = None
        if new:
            item = Item.model_validate({"id": item_id, "draw": one.draw, "source_key": one.source, **fields})
            self.puts.append(item)
        else:
            before = rows.entry(self.state.all(Item)[item_id])
            item = before.item
            self._change(item, **fields)
        if before is None or before.item.state != "plan":
            self._move("in", item_id, one.title, one.ew)
        elif self._resized(before, one):
            self._move("resized", item_id, one.title, one.ew)
        self._ranges(Size, rows.sizes.get(item_id, {}), one.sizes, item_id=item_id)
        self._links(
            Wait, "customer_id", rows.waits.get(item_id, {}), [self.customers[key] for key in one.waits], item_id
        )
        self._links(Dependency, "needs_id", rows.needs.get(item_id, {}), self._needed(one), item_id)
        self._pin(item_id, one, rows.pins.get(item_id))
        self._parts(item_id, one, rows.parts.get(item_id))
        self._versions(item_id, one, rows)

    def _move(self, kind: str, item_id: int, title: str, ew: float) -> None:
        given = {"id": new_id(), "decision_id": 0, "item_id": item_id, "kind": kind, "title": title, "ew": ew}
        self.moves.append(Move.model_validate(given))

    def _resized(self, before: Entry, one: FrozenItem) -> bool:
        now = {size.team_id: (size.low, size.likely, size.high) for size in before.sizes}
        return now != {self.teams[size.team]: (size.low, size.likely, size.high) for size in one.sizes}

    def _ranges(
        self,
        kind: type[Size] | type[VersionSize],
        here: Mapping[int, Size] | Mapping[int, VersionSize],
        wanted: Iterable[FrozenSize],
        **owner: int,
    ) -> None:
        teams = set()
        for size in wanted:
            team_id = self.teams[size.team]
            teams.add(team_id)
            fields = {"low": size.low, "likely": size.likely, "high": size.high}
            if team_id in here:
                self._change(here[team_id], **fields)
            else:
                self.puts.append(kind.model_validate({"id": new_id(), "team_id": team_id, **owner, **fields}))
        self.removes += [row for team_id, row in here.items() if team_id not in teams]

    def _links(
        self,
        kind: type[Wait] | type[Dependency],
        column: str,
        here: Mapping[int, Wait] | Mapping[int, Dependency],
        wanted: Iterable[int],
        item_id: int,
    ) -> None:
        wanted = set(wanted)
        for key in sorted(wanted - set(here)):
            self.puts.append(kind.model_validate({"id": new_id(), "item_id": item_id, column: key}))
        self.removes += [row for key, row in here.items() if key not in wanted]

    def _needed(self, one: FrozenItem) -> list[int]:
        found = []
        for key in one.needs:
            item_id = self.ids.get(key) if key in self.frozen.items else self.needed.item_id(key)
            if item_id is None:
                self.notes.append(f"“{one.title[:60]}” needed {key[:60]}, which is not here")
            else:
                found.append(item_id)
        return found

    def _pin(self, item_id: int, one: FrozenItem, row: Pin | None) -> None:
        if one.pin is None:
            self.removes += [row] if row else []
        elif row is None:
            self.puts.append(Pin(id=new_id(), item_id=item_id, kind=one.pin, note=one.pin_note))
        else:
            self._change(row, kind=one.pin, note=one.pin_note)

    def _parts(self, item_id: int, one: FrozenItem, row: ValueParts | None) -> None:
        if one.parts is not None and row is None:
            self.puts.append(ValueParts(id=new_id(), item_id=item_id, **one.parts.model_dump()))
        elif row is not None:
            self._change(row, **(one.parts or FrozenParts()).model_dump())

    def _versions(self, item_id: int, one: FrozenItem, rows: _Rows) -> None:
        versions = rows.versions.get(item_id, [])
        now = [
            (row.name, row.value, row.position, {
                team_id: (size.low, size.likely, size.high)
                for team_id, size in rows.version_sizes.get(row.id, {}).items()
            })
            for row in versions
        ]  # fmt: skip
        kept = [(each, [size for size in each.sizes if size.team in self.teams]) for each in one.versions]
        then = [
            (each.name, each.value, each.position, {
                self.teams[size.team]: (size.low, size.likely, size.high) for size in sizes
            })
            for each, sizes in kept
        ]  # fmt: skip
        if now == then:
            return
        for row in versions:
            self.removes += [*rows.version_sizes.get(row.id, {}).values(), row]
        for each, sizes in kept:
            made = Version(id=new_id(), item_id=item_id, name=each.name, value=each.value, position=each.position)
            self.puts.append(made)
            self._ranges(VersionSize, {}, sizes, version_id=made.id)

    def _leave(self) -> None:
        """What is in plan and was not then, to the top of what is below the line, in its order."""
        stays = set(self.ids.values())
        going = [entry for entry in entries_of(self.state, "plan") if entry.item.id not in stays]
        pins = pins_of(self.state)
        top = below_top(self.state) - len(going) + 1
        for number, entry in enumerate(going):
            item = entry.item
            if item.id in pins:
                raise Refused(
                    f"“{item.title}” stays in plan: {PINNED[pins[item.id].kind]} (its value and needs say so)"
                )
            self.puts.append(item.model_copy(update={"state": "below", "rank": top + number}))
            self._move("out", item.id, item.title, entry.ew)

    def _require_no_circle(self) -> None:
        if not any(isinstance(put, Dependency) for put in self.puts):
            return
        later = self.state.overlay(Command("restore", "", tuple(self.puts), tuple(self.removes)))
        around = circle(needs_of(later))
        if around:
            titles = " → ".join(f"“{later.all(Item)[key].title[:40]}”" for key in (*around, *around[:1]))
            raise Refused(f"that would be a circle of needs: {titles}")


class _Rows:
    """What there is of each item, by its id: looked through once."""

    def __init__(self, state: State) -> None:
        self.sizes: dict[int, dict[int, Size]] = {}
        self.progress = progress_by_item(state)
        for size in state.each(Size):
            self.sizes.setdefault(size.item_id, {})[size.team_id] = size
        self.waits: dict[int, dict[int, Wait]] = {}
        for wait in state.each(Wait):
            self.waits.setdefault(wait.item_id, {})[wait.customer_id] = wait
        self.needs: dict[int, dict[int, Dependency]] = {}
        for need in state.each(Dependency):
            self.needs.setdefault(need.item_id, {})[need.needs_id] = need
        self.pins = pins_of(state)
        self.parts = {row.item_id: row for row in state.each(ValueParts)}
        self.versions: dict[int, list[Version]] = {}
        for version in sorted(state.all(Version).values(), key=lambda row: (row.position, row.id)):
            self.versions.setdefault(version.item_id, []).append(version)
        self.version_sizes: dict[int, dict[int, VersionSize]] = {}
        for part in state.each(VersionSize):
            self.version_sizes.setdefault(part.version_id, {})[part.team_id] = part

    def entry(self, item: Item) -> Entry:
        """An item with its sizes."""
        sizes = tuple(size for _, size in sorted(self.sizes.get(item.id, {}).items()))
        return Entry(item, sizes, self.progress.get(item.id, ()))
