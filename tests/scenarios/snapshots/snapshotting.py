"""Workspaces made up by a ``random.Random``, with something in every table that a snapshot looks at."""

import random
from datetime import date, timedelta

from scenarios.snapshots import Restoring
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade, forecast_of
from store.records import (
    Actual,
    Capacity,
    Customer,
    Dependency,
    Item,
    Person,
    Pin,
    Quarter,
    Size,
    State,
    ValueParts,
    Valuing,
    Version,
    VersionSize,
    Wait,
)
from store.records.negotiation import Charter
from tests.scenarios.making import NOON, add, empty

STATES = ("plan", "plan", "plan", "below", "below", "inbox", "declined", "done")
WORDS = (
    "Slack digest",
    "SSO",
    "audit log",
    "Über-Bericht",
    "東京 rollout",
    "=1+1",
    '"quoted" \\ title',
    "[Q3] fix",
    "#2",
)


def chosen_size(chance: random.Random) -> tuple[float | None, float, float | None]:
    likely = round(chance.uniform(0.2, 6), chance.choice((0, 1, 3))) or 0.5
    if chance.random() < 0.3:
        return None, likely, None
    return likely * chance.uniform(0.4, 1), likely, likely * chance.uniform(1, 2.5)


def workspace(chance: random.Random, titles: list[str] | None = None, most: int = 14) -> State:
    """A state with up to four teams, a history, and items of every state; ``titles`` are given to the first items."""
    teams = chance.randint(1, 4)
    state = empty([round(chance.uniform(0, 30), 1) for _ in range(teams)], seed=chance.randrange(1000))
    for number in range(1, chance.randint(1, 6)):
        known = chance.random() < 0.7
        renews = date(2027, 1, 1) + timedelta(days=chance.randrange(300)) if known else None
        name = chance.choice(("Acme", "Bölt & Co", f"customer {number}"))
        arr = round(chance.uniform(0, 1e6), 2) if known else None
        add(state, Customer(id=number, name=name, arr=arr, renews=renews))
    for number in range(chance.randint(0, 6)):
        row = Actual(
            id=number + 1, quarter="Q3", number=8107, team_id=chance.randint(1, teams), estimate=2.0,
            actual=chance.uniform(1, 5),
        )  # fmt: skip
        add(state, row)
    if chance.random() < 0.3:
        add(state, Person(id=1, team_id=1, name="Ana", share=0.8))
    if chance.random() < 0.5:
        rules = chance.choice(("", "two customers, or one of a segment", "# no\n[x]"))
        add(
            state,
            Charter(
                id=1,
                rate=round(chance.uniform(0, 3e4), 2),
                least_return=4.0,
                evidence_rules=rules,
                credit_standard=90.0,
                credit_one_off=-50.0,
                stance="product",
                value_days=45,
            ),
        )
    if chance.random() < 0.5:
        add(state, Valuing(id=1, model=chance.choice(("rice", "cd3"))))
    for number in range(1, chance.randint(1, most) + 1):
        title = titles[number - 1] if titles and number <= len(titles) else f"{chance.choice(WORDS)} {number}"
        made_item(chance, state, number, title, chance.choice(STATES))
    return state


def made_item(chance: random.Random, state: State, number: int, title: str, where: str) -> None:
    """Put one item into a state, with all that hangs on it."""
    teams = [row.team_id for row in state.each(Capacity)]
    given = {
        "id": number,
        "title": title,
        "state": where,
        "rank": float(chance.choice((number, chance.randint(1, 5), chance.uniform(-3, 30)))),
        "draw": 1000 + number,
        "slice": chance.choice("FIQDO"),
        "owner": chance.choice(("", "Jo")),
        "note": chance.choice(("", "one line", 'two\nlines\n\nwith """ and \\n in them', "[items.x]\ntitle = 3")),
        "value": chance.choice((None, round(chance.uniform(-5, 90), 2))),
        "due": chance.choice((None, date(2027, 2, 3))),
        "baselined": chance.random() < 0.3,
        "source_key": chance.choice((None, f"PAY-{number}", "PAY-1", "a.b c")),
    }
    add(state, Item.model_validate(given))
    for team_id in chance.sample(teams, chance.randint(1, len(teams))):
        low, likely, high = chosen_size(chance)
        key = 10 * number + team_id
        add(state, Size(id=key, item_id=number, team_id=team_id, low=low, likely=likely, high=high))
    people = list(state.all(Customer))
    for customer_id in chance.sample(people, chance.randint(0, len(people))):
        add(state, Wait(id=100 * number + customer_id, item_id=number, customer_id=customer_id))
    if chance.random() < 0.2 and where == "plan":
        add(state, Pin(id=number, item_id=number, kind=chance.choice(("pinned", "contractual")), note="why\nnot"))
    if chance.random() < 0.3 and number > 1 and number - 1 in state.all(Item):
        add(state, Dependency(id=number, item_id=number, needs_id=number - 1))
    if chance.random() < 0.3:
        add(state, ValueParts(id=number, item_id=number, reach=chance.uniform(0, 9), cost_of_delay=2.0))
    for at in range(chance.choice((0, 0, 1, 2))):
        key = 10 * number + at
        add(state, Version(id=key, item_id=number, name=f"first {at}", value=chance.choice((None, 1.5)), position=at))
        add(state, VersionSize(id=key, version_id=key, team_id=teams[0], likely=chance.uniform(0.1, 1)))


def copied(state: State) -> State:
    """The same records in tables of their own."""
    return State({table: dict(rows) for table, rows in state.tables.items()}, state.seq)


def jumbled(chance: random.Random, state: State, changes: int = 12) -> State:
    """The state after many changes of what a plan is made of, none of which pins what came later."""
    later = copied(state)
    for _ in range(changes):
        _change(chance, later)
    return later


def _change(chance: random.Random, state: State) -> None:
    items = list(state.all(Item).values())
    item = chance.choice(items)
    match chance.randrange(12):
        case 0 | 1:
            pinned = any(pin.item_id == item.id for pin in state.each(Pin))
            where = "below" if item.state == "plan" else "plan"
            if not pinned:
                add(state, item.model_copy(update={"state": where, "rank": chance.uniform(0, 9)}))
        case 2:
            size = chance.choice(list(state.all(Size).values()))
            low, likely, high = chosen_size(chance)
            add(state, size.model_copy(update={"low": low, "likely": likely, "high": high}))
        case 3:
            add(state, item.model_copy(update={"rank": float(chance.randint(0, 12)), "note": "new", "slice": "Q"}))
        case 4:
            number = max(one.id for one in items) + 1
            made_item(chance, state, number, f"came later {number}", "plan")
            add(state, state.all(Item)[number].model_copy(update={"source_key": None}))
            for pin in [pin for pin in state.each(Pin) if pin.item_id == number]:
                del state.tables["pins"][pin.id]
        case 5:
            row = chance.choice(list(state.each(Capacity)))
            add(state, row.model_copy(update={"net": round(chance.uniform(0, 30), 1)}))
        case 6:
            quarter = next(state.each(Quarter))
            state_ = chance.choice(("draft", "baselined"))
            add(state, quarter.model_copy(update={"target": chance.choice((0.5, 0.7, 0.9)), "state": state_}))
        case 7:
            part = chance.choice(list(state.tables["slices"].values()))
            add(state, part.model_copy(update={"aim": float(chance.randint(0, 60)), "floor": 3.0}))
        case 8:
            table = chance.choice(("waits", "pins", "dependencies", "value_parts", "version_sizes"))
            if state.tables[table]:
                del state.tables[table][chance.choice(list(state.tables[table]))]
        case 9:
            if state.all(Customer):
                one = chance.choice(list(state.each(Customer)))
                add(state, one.model_copy(update={"arr": 5.0}))
        case 10:
            sizes = [size for size in state.each(Size) if size.item_id == item.id]
            if len(sizes) > 1:
                del state.tables["sizes"][sizes[0].id]
        case 11:
            row = next(state.each(Charter), Charter(id=1))
            given = {"rate": chance.choice((None, 12_000.0)), "purse_count": chance.randint(0, 4), "renewal_days": 90}
            add(state, row.model_copy(update=given))


def settled(state: State, restoring: Restoring) -> State:
    """The state after a restore, signed for where it does not fit."""
    if restoring.nothing:
        return state
    trade = Trade.of(state, restoring.proposal, forecast_of(state))
    return state.overlay(settle(trade, (), Verdict("Ana", "it was agreed", NOON, signed=True)))
