"""What the demonstration's requests carry: cards, evidence, claims, hidden costs, and what was asked before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from store.records import Customer, Decision, Item, Quarter, Record, Request, new_id
from store.records.negotiation import Card, Claim, DealEnd, Evidence, HiddenCost, Principle, WayOut

#: What a card of the file says that is records of their own.
_APART = frozenset({"item", "evidence", "claims", "hidden", "principle"})


def card_records(quarter: Quarter, made: Iterable[Record]) -> Iterator[Record]:
    """The records of the file, for the items and customers that are ``made``."""
    import tomllib

    made = tuple(made)
    data = tomllib.loads(files("store").joinpath("data/demo_cards.toml").read_text(encoding="utf-8"))
    items = {row.title: row.id for row in made if isinstance(row, Item)}
    customers = {row.name: row.id for row in made if isinstance(row, Customer)}
    principles = {row.name: row.id for row in made if isinstance(row, Principle)}
    for entry in data["cards"]:
        yield from _card(items[entry["item"]], entry, principles.get(entry.get("principle", "")))
    for entry in data["earlier"]:
        yield from _earlier(items[entry["item"]], customers[entry["customer"]], quarter.id, entry)


def _card(item_id: int, entry: Mapping[str, Any], principle: int | None) -> Iterator[Record]:
    own = {key: value for key, value in entry.items() if key not in _APART}
    yield Card(id=new_id(), item_id=item_id, principle_id=principle, **own)
    for line in entry["evidence"]:
        yield Evidence(id=new_id(), item_id=item_id, **line)
    for kind, said in entry["claims"].items():
        yield Claim(id=new_id(), item_id=item_id, kind=kind, evidence=said)
    for kind, cost in entry["hidden"].items():
        yield HiddenCost(id=new_id(), item_id=item_id, kind=kind, **cost)


def _earlier(item_id: int, customer_id: int, quarter_id: int, entry: Mapping[str, Any]) -> Iterator[Record]:
    """A request that came before, what was decided of it, and how its deal or its pilot ended."""
    apart = ("item", "customer", "decided", "end", "way")
    given = {key: value for key, value in entry.items() if key not in apart}
    yield Request(id=new_id(), item_id=item_id, customer_id=customer_id, **given)
    said = entry["decided"]
    decision = Decision(
        id=new_id(),
        quarter_id=quarter_id,
        at=said["at"],
        kind=said["kind"],
        title=entry["item"],
        item_id=item_id,
        decided_by=said["by"],
        because=said["because"],
    )
    yield decision
    if "way" in entry:
        yield WayOut(id=new_id(), item_id=item_id, decision_id=decision.id, **entry["way"])
    if "end" in entry:
        yield DealEnd(id=new_id(), item_id=item_id, **entry["end"])
