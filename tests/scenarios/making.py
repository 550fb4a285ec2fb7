"""States made by hand: a quarter, its teams, and items in a few words each."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Entry, Plan, plan_of
from scenarios.trade.door import forecast_of
from store.records import (
    Capacity,
    Customer,
    Item,
    Quarter,
    Record,
    Shirt,
    Size,
    Slice,
    State,
    Team,
    Wait,
    WorkspaceInfo,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SEED = 7
SLICES = (("F", "Features", 50), ("I", "Infrastructure & -ilities", 20), ("Q", "Quality & debt", 15))
SLICES += (("D", "Discovery & validation", 10), ("O", "One-offs", 5))
SHIRTS = (("S", 0.5, 1.0, 2.0), ("M", 1.5, 3.0, 5.0), ("XL", 8.0, 12.0, 20.0))

#: A likely size, or low, likely and high; of the first team, or by the teams' numbers.
Sized = float | tuple[float, float, float]


def size(item_id: int, team_id: int, given: Sized, number: int = 1) -> Size:
    low, likely, high = given if isinstance(given, tuple) else (None, given, None)
    return Size(id=number, item_id=item_id, team_id=team_id, low=low, likely=likely, high=high)


def item(number: int, /, **values: object) -> Item:
    given = {"id": number, "title": f"item {number}", "state": "plan", "rank": float(number), "draw": 1000 + number}
    return Item.model_validate(given | values)


def add(state: State, *records: Record) -> State:
    """The state with these records put in as they are."""
    for record in records:
        state.tables[record.table][record.id] = record
    return state


def add_item(state: State, number: int, sizes: Sized | Mapping[int, Sized] | None = None, /, **values: object) -> Item:
    """Put an item into a state, with its sizes."""
    made = item(number, **values)
    add(state, made)
    for team_id, given in (sizes if isinstance(sizes, Mapping) else {} if sizes is None else {1: sizes}).items():
        add(state, size(number, team_id, given, 100 * number + team_id))
    return made


def empty(net: Sequence[float] = (30.0,), target: float = 0.70, seed: int = SEED, quarter: str = "draft") -> State:
    """A quarter with teams 1, 2, ... of these net capacities (ew), the five slices, and no items."""
    state = State()
    add(state, WorkspaceInfo(id=1, name="room", seed=seed))
    starts, ends = date(2027, 1, 1), date(2027, 3, 31)
    given = {"id": 1, "name": "Q1", "starts": starts, "ends": ends, "target": target, "state": quarter}
    add(state, Quarter.model_validate(given))
    for number, weeks in enumerate(net, 1):
        add(state, Team(id=number, name=("Pay", "Web", "Ops", "Data", "Core", "Mobile")[number - 1], position=number))
        add(state, Capacity(id=number, quarter_id=1, team_id=number, net=weeks))
    for number, (letter, name, aim) in enumerate(SLICES, 1):
        add(state, Slice(id=number, letter=letter, name=name, aim=aim, position=number))
    for number, (letter, low, likely, high) in enumerate(SHIRTS, 1):
        add(state, Shirt(id=number, letter=letter, low=low, likely=likely, high=high, position=number))
    return state


def planned(sizes: Sequence[Sized | Mapping[int, Sized]], net: Sequence[float] = (30.0,), **given: object) -> State:
    """A state with items 1, 2, ... of these sizes in plan, in that rank order."""
    state = empty(net, **given)  # type: ignore[arg-type]
    for number, one in enumerate(sizes, 1):
        add_item(state, number, one)
    return state


def wait(state: State, item_id: int, *customers: Customer) -> None:
    """These customers wait for an item."""
    for customer in customers:
        number = len(state.all(Wait)) + 1
        add(state, customer, Wait(id=number, item_id=item_id, customer_id=customer.id))


def plan(sizes: Sequence[Sized | Mapping[int, Sized]], net: Sequence[float] = (30.0,), **given: object) -> Plan:
    """The plan of :func:`planned`."""
    return plan_of(planned(sizes, net, **given))


def forecast(state: State) -> Forecast:
    """The forecast of a state's plan, from scratch."""
    return forecast_of(state)


def numbers(entries: Sequence[Entry]) -> list[int]:
    """The items' numbers, in order."""
    return [entry.item.id for entry in entries]
