"""Asking the same once more: on a plan that changed meanwhile, or in another process from numbers and ids alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scenarios.door import (
    DoorError,
    Proposal,
    propose_capacity,
    propose_item,
    propose_item_at,
    propose_settling,
    propose_sizes,
)
from scenarios.sizes import Range, SizeError
from store.records import Capacity, Item, Quarter, Record, Size, State, Team


def proposed_again(proposal: Proposal, before: State, now: State) -> Proposal:
    """The proposal that was made on ``before``, made on ``now``: what it changes is changed, all else is as it is now.

    Raises :class:`DoorError` where what it is about is gone, or is in plan already.
    """
    if proposal.settles:
        return proposal
    if proposal.item_id is not None and proposal.item_id not in now.all(Item):
        raise DoorError(f"“{proposal.title}” is not there any more")
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
        raise DoorError("what it would change is not there any more")
    wanted = {key: value for key, value in put.__dict__.items() if key != "rev" and value != old.__dict__[key]}
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
    teams = {put.id: put.name for put in puts if isinstance(put, Team)}
    net = {str(put.team_id): put.net for put in puts if isinstance(put, Capacity) and put.team_id not in teams}
    new = [[teams[put.team_id], put.net] for put in puts if isinstance(put, Capacity) and put.team_id in teams]
    target = next((put.target for put in puts if isinstance(put, Quarter)), None)
    return {"kind": "capacity", "net": net, "new": new, "target": target}


def ask(state: State, asked: Mapping[str, Any], cause: str) -> Proposal:
    """The proposal of what :func:`asked_of` gave; ``cause`` is what a plan below its target is told by.

    Raises :class:`DoorError` where it cannot be asked of this state, whatever stands in ``asked``.
    """
    try:
        return _ask(state, asked, cause)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, SizeError) as error:
        if isinstance(error, DoorError):
            raise
        raise DoorError("what was asked cannot be asked of the plan as it is now") from error


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
        case "capacity":
            rows = state.all(Capacity).values()
            net = {row.team_id: row.net for row in rows if row.quarter_id == state.quarter.id}
            net |= {_team(state, team_id): float(weeks) for team_id, weeks in asked["net"].items()}
            new = [(str(name), float(weeks)) for name, weeks in asked["new"]]
            return propose_capacity(state, net, asked["target"], new)
    raise DoorError("that is no question that this makeroom knows")


def _known(state: State, item_id: object) -> int:
    if not isinstance(item_id, int) or item_id not in state.all(Item):
        raise DoorError("what was asked for is not there any more")
    return item_id


def _team(state: State, team_id: str) -> int:
    if int(team_id) not in state.all(Team):
        raise DoorError("a team that it names is not there any more")
    return int(team_id)
