"""The demonstration: a made-up company with a quarter to plan, the same on every machine."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from store.common.errors import StoreError
from store.demo.cards import card_records
from store.demo.charter import charter_records
from store.demo.looking_back import looking_back_records
from store.imports.accounts.table import AccountsOptions, plan_accounts
from store.imports.merge import plan_import
from store.imports.outcomes.table import plan_outcomes
from store.imports.reader import parse_table
from store.imports.table import Table
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
    State,
    Team,
    TeamTime,
    Version,
    VersionSize,
    new_id,
)
from store.workspace.workspace import Workspace

#: The first number that seeds an item's draws. They were given in a row before titles gave them, and stay: the story is
#: told by the odds that come of them.
FIRST_DRAW = 1000


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
    records = _records(state, quarter, data)
    records += card_records(quarter, records)
    records += _year_before(state.overlay(Command("demo", "", puts=(own, quarter, *records))))
    later = looking_back_records(state.overlay(Command("demo", "", puts=(own, quarter, *records))))
    records = [*{row.id: row for row in (*records, *later)}.values()]
    workspace.apply(Command("demo", f"Demo: {data['name']}", puts=(own, quarter, *records)))


def _records(state: State, quarter: Quarter, data: Mapping[str, Any]) -> list[Record]:
    """Everything but the cards: the teams, then accounts and backlog as they are taken in from files, then the rest."""
    teams = {name: Team(id=new_id(), name=name, position=at) for at, name in enumerate(data["capacity"])}
    team_ids = {name: team.id for name, team in teams.items()}
    net = [
        Capacity(id=new_id(), quarter_id=quarter.id, team_id=team_ids[name], net=net)
        for name, net in data["capacity"].items()
    ]
    there: list[Record] = [*teams.values(), *net, *_people(data, team_ids)]
    # As "makeroom import-accounts" and "makeroom import" take them in.
    options = AccountsOptions(today=quarter.starts)
    there += plan_accounts(state, _table("demo_accounts.csv"), options).puts
    taken = plan_import(state.overlay(Command("demo", "", puts=tuple(there))), _table("demo_backlog.csv")).puts
    asked = {each["item"] for each in data["requests"]}
    return [*there, *_placed(taken, data["line"], asked), *_more(data, there, taken, team_ids), *charter_records()]


def _year_before(state: State) -> Iterable[Record]:
    """What came of the four quarters before, as "makeroom import-history" takes it in; it teaches the odds nothing."""
    taken = plan_outcomes(state, _table("demo_year.csv"), {})
    return taken.puts if taken is not None else ()


def _table(name: str) -> Table:
    return parse_table(files("store").joinpath(f"data/{name}").read_bytes(), name)


def _placed(taken: Iterable[Record], last: str, asked: Container[str]) -> Iterator[Record]:
    """What was taken in, where the room put it: in plan down to the ``last`` title, below it, or ``asked`` for."""
    place = count()
    above = True
    for record in taken:
        if isinstance(record, Item):
            state: ItemState = "inbox" if record.title in asked else "plan" if above else "below"
            yield record.model_copy(update={"state": state, "draw": FIRST_DRAW + next(place)})
            above = above and record.title != last
        else:
            yield record


def _more(
    data: Mapping[str, Any], accounts: Iterable[Record], taken: Iterable[Record], teams: Mapping[str, int]
) -> Iterator[Record]:
    """What the backlog's file has no column for: pins, needs, smaller first versions, and how requests were asked."""
    items = {row.title: row for row in taken if isinstance(row, Item)}
    customers = {row.name: row.id for row in accounts if isinstance(row, Customer)}
    for title, kind in data["pins"].items():
        yield Pin(id=new_id(), item_id=items[title].id, kind=kind, note=items[title].note)
    for title, needed in data["needs"].items():
        for other in needed:
            yield Dependency(id=new_id(), item_id=items[title].id, needs_id=items[other].id)
    for title, given in data["first_versions"].items():
        version = Version(id=new_id(), item_id=items[title].id, name=given["name"], value=given.get("value"))
        yield version
        for team, (low, likely, high) in given["sizes"].items():
            fields = {"low": low, "likely": likely, "high": high}
            yield VersionSize(id=new_id(), version_id=version.id, team_id=teams[team], **fields)
    for entry in data["requests"]:
        given = {key: value for key, value in entry.items() if key not in ("item", "customer")}
        customer_id = customers[entry["customer"]] if "customer" in entry else None
        yield Request(id=new_id(), item_id=items[entry["item"]].id, customer_id=customer_id, **given)


def _people(data: Mapping[str, Any], teams: Mapping[str, int]) -> Iterator[Record]:
    """Who is in the teams, where they work, and when they are away."""
    places = {}
    for name, codes in data["places"].items():
        places[name] = new_id()
        yield Place(id=places[name], name=name, **codes)
    for each in data["closures"]:
        given = {key: value for key, value in each.items() if key != "team"}
        yield Closure(id=new_id(), team_id=teams[each["team"]], **given)
    for team, people in data["people"].items():
        yield TeamTime(id=new_id(), team_id=teams[team], **data["time"][team])
        for position, each in enumerate(people):
            person = new_id()
            given = {key: value for key, value in each.items() if key not in ("place", "away")}
            yield Person(id=person, team_id=teams[team], place_id=places[each["place"]], position=position, **given)
            for absence in each.get("away", ()):
                yield Absence(id=new_id(), person_id=person, **absence)
