"""The demonstration: a made-up company with a quarter to plan, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from store.common.errors import StoreError
from store.demo.cards import card_records
from store.demo.charter import charter_records
from store.imports.accounts.table import plan_accounts
from store.imports.reader import parse_table
from store.records import (
    Absence,
    Capacity,
    Closure,
    Command,
    Customer,
    Dependency,
    Item,
    ItemState,
    Person,
    Pin,
    Place,
    Quarter,
    Record,
    Request,
    Size,
    State,
    Team,
    TeamTime,
    Version,
    VersionSize,
    Wait,
)
from store.workspace.workspace import Workspace

#: The first number that seeds an item's draws; fixed, so that the demonstration has the same odds everywhere.
FIRST_DRAW = 1000
#: What an item of the file says that is a record of its own.
_APART = frozenset({"sizes", "waits", "pin", "needs", "first"})


def open_demo(path: Path, actor: str | None = None) -> Workspace:
    """The demonstration's workspace in a file, made there where it is missing or was left half made.

    Raises :class:`~store.common.errors.StoreError` where it cannot be opened or made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    workspace = Workspace.open(path, actor=actor)
    if len(workspace.events(limit=2)) == 1:
        make_demo(workspace)
    return workspace


def make_demo(workspace: Workspace) -> None:
    """Fill a fresh workspace with the demonstration, in one event.

    Raises :class:`~store.common.errors.StoreError` if there is something in it already.
    """
    import tomllib

    state = workspace.load()
    if state.tables["items"] or state.tables["teams"]:
        raise StoreError(f"{workspace.path} has a backlog already: the demo needs a workspace of its own.")
    data = tomllib.loads(files("store").joinpath("data/demo.toml").read_text(encoding="utf-8"))
    own = state.workspace.model_copy(update={"name": data["name"], "seed": data["seed"], "started": True})
    quarter = Quarter.model_validate({**state.quarter.model_dump(), **data["quarter"]})
    records = [own, quarter, *_Builder(quarter, data, _accounts(state)).records()]
    records += card_records(quarter, records)
    workspace.apply(Command("demo", f"Demo: {data['name']}", puts=tuple(records)))


def _accounts(state: State) -> list[Customer]:
    """The accounts, as ``makeroom import-accounts`` takes them from a file."""
    data = files("store").joinpath("data/demo_accounts.csv").read_bytes()
    plan = plan_accounts(state, parse_table(data, "demo_accounts.csv"))
    return [put for put in plan.puts if isinstance(put, Customer)]


class _Builder:
    """Turns the file's names into records that refer to each other by number."""

    def __init__(self, quarter: Quarter, data: Mapping[str, Any], accounts: Iterable[Customer]) -> None:
        self._quarter = quarter
        self._accounts = accounts
        self._data = data
        self._new = count(-1, -1)
        self._place = count()
        self._teams: dict[str, int] = {}
        self._customers: dict[str, int] = {}
        self._items: dict[str, int] = {}

    def records(self) -> Iterator[Record]:
        """Everything in the file."""
        for position, (name, net) in enumerate(self._data["capacity"].items()):
            team = self._teams[name] = next(self._new)
            yield Team(id=team, name=name, position=position)
            yield Capacity(id=next(self._new), quarter_id=self._quarter.id, team_id=team, net=net)
        yield from self._people()
        for account in self._accounts:
            self._customers[account.name] = next(self._new)
            yield account.model_copy(update={"id": self._customers[account.name]})
        states: tuple[ItemState, ...] = ("plan", "below")
        for state in states:
            for entry in self._data["items"][state]:
                yield from self._item(entry, state)[1]
        for entry in self._data["requests"]:
            item, records = self._item(entry["item"], "inbox")
            yield from records
            given = {key: value for key, value in entry.items() if key not in ("item", "customer")}
            customer_id = self._customers[entry["customer"]] if "customer" in entry else None
            yield Request(id=next(self._new), item_id=item, customer_id=customer_id, **given)
        yield from charter_records(self._new)

    def _people(self) -> Iterator[Record]:
        """Who is in the teams, where they work, and when they are away."""
        places = {}
        for name, codes in self._data["places"].items():
            places[name] = next(self._new)
            yield Place(id=places[name], name=name, **codes)
        for each in self._data["closures"]:
            given = {key: value for key, value in each.items() if key != "team"}
            yield Closure(id=next(self._new), team_id=self._teams[each["team"]], **given)
        for team, people in self._data["people"].items():
            yield TeamTime(id=next(self._new), team_id=self._teams[team], **self._data["time"][team])
            for position, each in enumerate(people):
                person = next(self._new)
                given = {key: value for key, value in each.items() if key not in ("place", "away")}
                yield Person(
                    id=person, team_id=self._teams[team], place_id=places[each["place"]], position=position, **given
                )
                for absence in each.get("away", ()):
                    yield Absence(id=next(self._new), person_id=person, **absence)

    def _item(self, entry: Mapping[str, Any], state: ItemState) -> tuple[int, list[Record]]:
        item = next(self._new)
        place = next(self._place)
        self._items[entry["title"]] = item
        own = {key: value for key, value in entry.items() if key not in _APART}
        records: list[Record] = [Item(id=item, state=state, rank=float(place + 1), draw=FIRST_DRAW + place, **own)]
        for team, (low, likely, high) in entry["sizes"].items():
            team_id = self._teams[team]
            records.append(Size(id=next(self._new), item_id=item, team_id=team_id, low=low, likely=likely, high=high))
        for name in entry.get("waits", ()):
            records.append(Wait(id=next(self._new), item_id=item, customer_id=self._customers[name]))
        if "pin" in entry:
            records.append(Pin(id=next(self._new), item_id=item, kind=entry["pin"], note=entry.get("note", "")))
        for title in entry.get("needs", ()):
            records.append(Dependency(id=next(self._new), item_id=item, needs_id=self._items[title]))
        if "first" in entry:
            records += self._first_version(item, entry["first"])
        return item, records

    def _first_version(self, item: int, given: Mapping[str, Any]) -> Iterator[Record]:
        version = next(self._new)
        yield Version(id=version, item_id=item, name=given["name"], value=given.get("value"))
        for team, (low, likely, high) in given["sizes"].items():
            fields = {"low": low, "likely": likely, "high": high}
            yield VersionSize(id=next(self._new), version_id=version, team_id=self._teams[team], **fields)
