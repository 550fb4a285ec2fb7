"""What a negotiation has, put into states made by hand."""

from datetime import date

from store.records import Command, Customer, Decision, Item, Move, Request, State
from store.records.negotiation import Card, Charter, HiddenCost, Principle, PursePick, Right, Role
from tests.scenarios.making import NOON, add


def charter(state: State, **values: object) -> Charter:
    given = {"id": 1, "rate": 10_000.0, "licence": 1_200.0}
    made = Charter.model_validate(given | values)
    add(state, made)
    return made


def role(state: State, number: int, name: str, who: str, *rights: str, principle_id: int | None = None) -> Role:
    """A role with its person and the rights that it holds."""
    made = Role(id=number, name=name, who=who, position=number)
    add(state, made)
    for kind in rights:
        key = len(state.all(Right)) + 1
        given = {"id": key, "kind": kind, "role_id": number, "principle_id": principle_id}
        add(state, Right.model_validate(given))
    return made


def principle(state: State, number: int, name: str) -> None:
    add(state, Principle(id=number, name=name, position=number))


def card(state: State, item_id: int, **values: object) -> None:
    add(state, Card.model_validate({"id": 1000 + item_id, "item_id": item_id} | values))


def request(state: State, item_id: int, **values: object) -> Request:
    given = {"id": 2000 + item_id, "item_id": item_id, "received_at": NOON}
    made = Request.model_validate(given | values)
    add(state, made)
    return made


def customer(state: State, number: int, name: str, arr: float | None = None, renews: date | None = None) -> Customer:
    made = Customer(id=number, name=name, arr=arr, renews=renews)
    add(state, made)
    return made


def hidden(state: State, item_id: int, kind: str, **values: object) -> None:
    number = len(state.all(HiddenCost)) + 1
    add(state, HiddenCost.model_validate({"id": number, "item_id": item_id, "kind": kind} | values))


def pick(state: State, item_id: int, effort: float, who: str = "Sal") -> None:
    number = len(state.all(PursePick)) + 1
    add(state, PursePick(id=number, quarter_id=state.quarter.id, item_id=item_id, who=who, effort=effort))


def decision(state: State, number: int, **values: object) -> Decision:
    given = {"id": number, "quarter_id": 1, "at": NOON, "kind": "accept", "title": f"decision {number}"}
    made = Decision.model_validate(given | values)
    add(state, made)
    return made


def move(state: State, decision_id: int, item_id: int, kind: str, ew: float = 0.0) -> None:
    number = len(state.all(Move)) + 1
    title = state.all(Item)[item_id].title
    given = {"id": number, "decision_id": decision_id, "item_id": item_id, "kind": kind, "title": title}
    add(state, Move.model_validate(given | {"ew": ew}))


def before(state: State) -> State:
    """The state before all its decisions, by their lines: what came in was below the line, what left was in plan."""
    found = State({name: dict(rows) for name, rows in state.tables.items()})
    for each in reversed(list(state.each(Move))):
        if each.item_id is not None and each.kind in ("in", "out"):
            row = found.all(Item)[each.item_id]
            where = {"in": "below", "out": "plan"}[each.kind]
            found.tables["items"][row.id] = row.model_copy(update={"state": where})
    return found


def stored(state: State, command: Command) -> State:
    """The state after a command, with real ids for new records and for what points to them, as the store would."""
    after = state.overlay(command)
    first = 1 + max(key for rows in after.tables.values() for key in rows)
    new = sorted({put.id for put in command.puts if put.id < 0}, reverse=True)
    ids = {number: first + at for at, number in enumerate(new)}
    for rows in after.tables.values():
        for key, row in list(rows.items()):
            links = {column: ids.get(getattr(row, column), getattr(row, column)) for column in row.links}
            if key < 0 or any(links[column] != getattr(row, column) for column in links):
                del rows[key]
                rows[ids.get(key, key)] = row.model_copy(update={**links, "id": ids.get(key, key)})
    return after
