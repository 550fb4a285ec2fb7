"""A trade with its ways out, asked once more: on a plan that changed, at the next start, on another screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scenarios.requests.ways_out import Way, propose_way
from scenarios.trade.door import Proposal
from scenarios.trade.resumption import ask, asked_of, proposed_again
from store.common.errors import Refused, refused_about
from store.records import Item, State

#: Ways out by item id.
Ways = Mapping[int, Way]
#: Characters of a name or a test that another seat is told, to see that there is one.
_SHOWN = 20
_WAYS: TypeAdapter[dict[int, Way]] = TypeAdapter(dict[int, Way])


def way_of(proposal: Proposal, ways: Ways) -> Way | None:
    """The way out that what asks in takes, if any."""
    return ways.get(proposal.item_id) if proposal.asks_in and proposal.item_id is not None else None


def asked_again(proposal: Proposal, before: State, now: State, ways: Ways) -> Proposal:
    """As :func:`~scenarios.trade.resumption.proposed_again`, at the size of the way out that what asks in takes.

    Raises Refused like that one, and where the way cannot be on this state.
    """
    way, item_id = way_of(proposal, ways), proposal.item_id
    if way is None or item_id is None or item_id not in now.all(Item):
        return proposed_again(proposal, before, now)
    return propose_way(now, item_id, way)


def asked_with(proposal: Proposal, ways: Ways) -> dict[str, Any]:
    """As :func:`~scenarios.trade.resumption.asked_of`, with the ways out, all their fields. JSON can hold it."""
    asked = asked_of(proposal)
    return {**asked, "ways": _WAYS.dump_python(dict(ways), mode="json", exclude_defaults=True)} if ways else asked


def shown_with(proposal: Proposal, ways: Ways) -> dict[str, Any]:
    """As :func:`asked_with`, short: to be shown and no more, what was said of a way is cut."""
    short = {
        item_id: replace(way, who=way.who[:_SHOWN], test=way.test[:_SHOWN], note="") for item_id, way in ways.items()
    }
    return asked_with(proposal, short)


def ask_with(state: State, asked: Mapping[str, Any], cause: str) -> tuple[Proposal, Ways]:
    """The proposal of what :func:`asked_with` gave, and the ways out in it.

    Raises ``Refused`` where it cannot be asked of this state, whatever stands in ``asked``.
    """
    if not asked.get("ways"):
        return ask(state, asked, cause), {}
    try:
        ways = _WAYS.validate_python(asked["ways"])
    except ValidationError as error:
        raise Refused("the ways out in it cannot be read") from error
    proposal = ask(state, asked, cause)
    way = way_of(proposal, ways)
    if way is None or proposal.item_id is None:
        return proposal, ways
    with refused_about(before=f"{way.kind} cannot be any more: "):
        return propose_way(state, proposal.item_id, way), ways
