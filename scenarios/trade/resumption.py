"""Asking the same once more: on a plan that changed meanwhile, or in another process from numbers and ids alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scenarios.figures.sizes import Range
from scenarios.plan.plan import entry_of
from scenarios.trade.decision_records import UNDECIDED
from scenarios.trade.door import Proposal
from scenarios.trade.proposals import (
    propose_capacity,
    propose_item,
    propose_item_at,
    propose_point,
    propose_settling,
    propose_sizes,
)
from store.common.errors import Refused
from store.records import (
    Absence,
    Capacity,
    Closure,
    Command,
    Item,
    Move,
    Person,
    Place,
    Quarter,
    Record,
    Size,
    Slice,
    State,
    Team,
    TeamTime,
    new_id,
)

#: What a change of capacity may hold, parents first; nothing else is taken from a file.
_OF_CAPACITY: tuple[type[Record], ...] = (
    Quarter, Team, Slice, Place, TeamTime, Person, Closure, Absence, Capacity,
)  # fmt: skip


def proposed_again(proposal: Proposal, before: State, now: State) -> Proposal:
    """The proposal that was made on ``before``, made on ``now``: what it changes is changed, all else is as it is now.

    Raises :class:`Refused` where what it is about is gone, or is in plan already.
    """
    if proposal.settles:
        return proposal
    if proposal.item_id is not None and proposal.item_id not in now.all(Item):
        raise Refused(f"“{proposal.title}” is not there any more")
    command = proposal.command
    rows = (now.tables[each.table].get(each.id) for each in command.removes)
    removes = tuple(row for row in rows if row is not None)
    if proposal.asks_in and proposal.item_id is not None:
        sizes = [put for each in command.puts if isinstance(put := _on(each, before, now), Size)]
        gone = [row for row in removes if isinstance(row, Size)]
        return propose_item_at(now, proposal.item_id, sizes, gone)
    puts = tuple(_on(put, before, now) for put in command.puts)
    return replace(proposal, command=replace(command, puts=puts, removes=removes))


def _on(put: Record, before: State, now: State) -> Record:
    if put.id < 0:
        return put
    present: Record | None = now.tables[put.table].get(put.id)
    old: Record | None = before.tables[put.table].get(put.id)
    if present is None or old is None:
        raise Refused("what it would change is not there any more")
    wanted = {key: value for key, value in put.model_dump().items() if key != "rev" and value != getattr(old, key)}
    return present.model_copy(update=wanted)


def asked_of(proposal: Proposal) -> dict[str, Any]:
    """What is asked, in ids and numbers: for another process to ask the same with :func:`ask`. JSON can hold it.

    What a form changes besides sizes (a title, who waits) is not in it.
    """
    if proposal.settles:
        return {"kind": "settle"}
    puts = proposal.command.puts
    sizes = {str(put.team_id): [put.low, put.likely, put.high] for put in puts if isinstance(put, Size)}
    gone = [row.team_id for row in proposal.command.removes if isinstance(row, Size)]
    if proposal.asks_in:
        smaller = {"sizes": sizes, "gone": gone} if sizes or gone else {}
        return {"kind": "trade", "item": proposal.item_id, **smaller}
    if proposal.kind == "estimate":
        return {"kind": "estimate", "item": proposal.item_id, "sizes": sizes, "gone": gone}
    if proposal.kind not in ("capacity", "target"):
        point = proposal.moves_in
        # What a plan takes over from a snapshot, a scenario or a comparison is told in titles: it does not cross.
        same = proposal.command.kind == "accept" and len(point) == len(puts) and not proposal.command.removes
        return {"kind": "point", "items": [item.id for item in point]} if same else {"kind": "other"}
    teams = {put.id: put.name for put in puts if isinstance(put, Team)}
    net = {str(put.team_id): put.net for put in puts if isinstance(put, Capacity) and put.team_id not in teams}
    new = [[teams[put.team_id], put.net] for put in puts if isinstance(put, Capacity) and put.team_id in teams]
    target = next((put.target for put in puts if isinstance(put, Quarter)), None)
    asked = {"kind": "capacity", "net": net, "new": new, "target": target}
    plain = all(isinstance(put, (Team, Capacity, Quarter)) for put in puts) and not proposal.command.removes
    return asked if plain else {**asked, **_rows_asked(proposal)}


def _rows_asked(proposal: Proposal) -> dict[str, Any]:
    """People and their time row by row: their net capacities alone would not say who leaves."""
    return {
        "label": proposal.command.label,
        "because": proposal.because,
        "rows": [[put.table, put.model_dump(mode="json")] for put in proposal.command.puts],
        "gone": [[row.table, row.id] for row in proposal.command.removes],
        "moves": [[move.title, move.ew] for move in proposal.moves],
    }


def ask(state: State, asked: Mapping[str, Any], cause: str) -> Proposal:
    """The proposal of what :func:`asked_of` gave; ``cause`` is what a plan below its target is told by.

    Raises :class:`Refused` where it cannot be asked of this state, whatever stands in ``asked``.
    """
    try:
        return _ask(state, asked, cause)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise Refused("what was asked cannot be asked of the plan as it is now") from error


def _ask(state: State, asked: Mapping[str, Any], cause: str) -> Proposal:
    match asked["kind"]:
        case "settle":
            return propose_settling(cause)
        case "trade" if "sizes" not in asked:
            return propose_item(state, _known(state, asked["item"]))
        case "trade" | "estimate":
            item_id = _known(state, asked["item"])
            sizes = {
                size.team_id: Range(size.likely, size.low, size.high)
                for size in state.all(Size).values()
                if size.item_id == item_id and size.team_id not in asked["gone"]
            }
            for team_id, (low, likely, high) in asked["sizes"].items():
                sizes[_team(state, team_id)] = Range(likely, low, high)
            proposed = propose_sizes(state, item_id, sizes)
            if asked["kind"] == "estimate":
                return proposed
            puts = [put for put in proposed.command.puts if isinstance(put, Size)]
            gone = [row for row in proposed.command.removes if isinstance(row, Size)]
            return propose_item_at(state, item_id, puts, gone)
        case "point":
            return propose_point(state, [entry_of(state, _known(state, item_id)) for item_id in asked["items"]])
        case "other":
            raise Refused("what was asked cannot be asked again from here: it takes a look at the plan it came from")
        case "capacity" if "rows" in asked:
            return _propose_rows(state, asked)
        case "capacity":
            rows = state.all(Capacity).values()
            net = {row.team_id: row.net for row in rows if row.quarter_id == state.quarter.id}
            net |= {_team(state, team_id): float(weeks) for team_id, weeks in asked["net"].items()}
            new = [(str(name), float(weeks)) for name, weeks in asked["new"]]
            return propose_capacity(state, net, asked["target"], new)
    raise Refused("that is not a question that this makeroom knows")


def _propose_rows(state: State, asked: Mapping[str, Any]) -> Proposal:
    """People and their time as :func:`_rows_asked` wrote them, on the rows as they are now."""
    kinds = {kind.table: kind for kind in _OF_CAPACITY}
    ids: dict[int, int] = {}
    puts: list[Record] = []
    for kind in _OF_CAPACITY:
        for table, given in asked["rows"]:
            if table == kind.table:
                row = _row_again(state, kind, given, ids)
                links = [(kind.links[name], getattr(row, name)) for name in kind.links]
                there = {(put.table, put.id) for put in puts}
                if any(key is not None and key not in state.tables[to] and (to, key) not in there for to, key in links):
                    raise Refused("what it would change is not there any more")
                puts.append(row)
    if len(puts) != len(asked["rows"]):
        raise Refused("that is not a question that this makeroom knows")
    found = [state.tables[kinds[table].table].get(key) for table, key in asked["gone"]]
    removes = tuple(row for row in found if row is not None)
    label = str(asked["label"])
    moves = tuple(
        Move(id=new_id(), decision_id=UNDECIDED, kind="capacity", title=title, ew=ew) for title, ew in asked["moves"]
    )
    command = Command("capacity", label, tuple(puts), removes)
    return Proposal("capacity", label, command, None, moves, str(asked["because"]))


def _row_again(state: State, kind: type[Record], given: Mapping[str, Any], ids: dict[int, int]) -> Record:
    """A row that is written, under an id of our own where it is new, else on the row that is there now."""
    row = {**given, **{name: ids.get(given[name], given[name]) for name in kind.links}}
    if given["id"] < 0:
        ids[given["id"]] = row["id"] = new_id()
        return kind.model_validate_json(json.dumps({**row, "rev": 0}))
    present = state.tables[kind.table].get(given["id"])
    if present is None:
        raise Refused("what it would change is not there any more")
    return kind.model_validate_json(json.dumps({**row, "rev": present.rev}))


def _known(state: State, item_id: object) -> int:
    if not isinstance(item_id, int) or item_id not in state.all(Item):
        raise Refused("what was asked for is not there any more")
    return item_id


def _team(state: State, team_id: str) -> int:
    if int(team_id) not in state.all(Team):
        raise Refused("a team that it names is not there any more")
    return int(team_id)
