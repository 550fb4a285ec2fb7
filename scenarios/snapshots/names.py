"""What a snapshot's names and keys mean in a workspace."""

from __future__ import annotations

from scenarios.snapshots.frozen import Frozen
from store.records import Customer, Item, State, Team, Wait
from store.text import clean


def team_ids(frozen: Frozen, state: State) -> dict[str, int]:
    """By key of the snapshot, the team here: that of its number if it is still called so, else the one of its name."""
    here = state.all(Team)
    found: dict[str, int] = {}
    for key, team in frozen.teams.items():
        known = here.get(team.number)
        if known is not None and _same(known.name, frozen.team_name(key)):
            found[key] = team.number
    taken = set(found.values())
    for key in frozen.teams:
        if key in found:
            continue
        like = (one.id for one in here.values() if one.id not in taken and _same(one.name, frozen.team_name(key)))
        team_id = next(like, None)
        if team_id is not None:
            found[key] = team_id
            taken.add(team_id)
    return found


def customer_keys(state: State) -> dict[str, Customer]:
    """Who waits here, by the key that a snapshot would give them."""
    from scenarios.snapshots.freezing import distinct

    waits = {row.customer_id for row in state.all(Wait).values()}
    people = [state.all(Customer)[key] for key in sorted(waits)]
    keys = distinct((one.id, clean(one.name) or "?") for one in people)
    return {keys[one.id]: one for one in people}


def resolve_need(state: State, key: str) -> int | None:
    """The item here that a key means which heads no table of the snapshot; None where there is none."""
    start = key.partition("~")[0]
    items = list(state.each(Item))
    found = next((item.id for item in items if item.source_key and clean(item.source_key) in (key, start)), None)
    if found is None and start.startswith("draw-") and start[5:].isdigit():
        found = next((item.id for item in items if item.draw == int(start[5:])), None)
    return found


def _same(name: str, other: str) -> bool:
    return clean(name).casefold() == other.casefold()
