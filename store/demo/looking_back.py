"""What the demonstration looks back on: personas and whom items help, health, service levels, changes of revenue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from store.imports.quarters import fiscal_year
from store.records import Customer, Item, Record, State, new_id
from store.records.looking_back import ArrChange, HealthAnswer, ServiceLevel
from store.records.negotiation import Card, Persona, Stakeholder

#: When it was told.
TOLD = datetime(2026, 12, 14, 9, tzinfo=UTC)


def looking_back_records(state: State) -> Iterator[Record]:
    """The records of the file, for the items, cards and accounts of ``state``, cards in the place of those there."""
    import tomllib

    data = tomllib.loads(files("store").joinpath("data/demo_looking_back.toml").read_text(encoding="utf-8"))
    items = {row.title: row.id for row in state.each(Item)}
    accounts = {row.name: row.id for row in state.each(Customer)}
    for position, each in enumerate(data["personas"]):
        yield Persona(id=new_id(), position=position, **each)
    cards = {row.item_id: row for row in state.each(Card)}
    for title, helps in data["helps"].items():
        card = cards.get(items[title]) or Card(id=new_id(), item_id=items[title])
        yield card.model_copy(update={"helps": helps, "hurts": data["hurts"].get(title, "")})
    for each in data["stakeholders"]:
        yield Stakeholder(id=new_id(), item_id=items[each["item"]], **_but(each, "item"))
    yield from _health(state, data["health"])
    for each in data["revenue"]:
        yield ArrChange(id=new_id(), customer_id=accounts[each["account"]], **_but(each, "account"))
    for each in data["levels"]:
        yield ServiceLevel(id=new_id(), customer_id=accounts[each["account"]], **_but(each, "account"))


def _health(state: State, quarters: dict[str, dict[str, tuple[int, str]]]) -> Iterator[Record]:
    """What each role answered."""
    year = fiscal_year(state.quarter)
    for name, answers in quarters.items():
        given = {"quarter": name, "number": year.number(name), "at": TOLD}
        for role, (score, because) in answers.items():
            yield HealthAnswer.model_validate(
                {"id": new_id(), **given, "role": role, "score": score, "because": because}
            )


def _but(given: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != name}
