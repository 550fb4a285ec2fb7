"""Workspaces of any size, the same every time: a plan near its target on three teams, a long backlog, one request."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

from scenarios.odds.draws import Draws
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_item
from store.records import Capacity, Command, Customer, Item, Record, Request, Size, State, Team, Wait
from store.workspace.workspace import Workspace

#: team and net capacity in engineer-weeks
TEAMS = (("Pay", 43.0), ("Core", 51.0), ("Data", 41.0))
PLANNED = 18
_WORDS = ("audit", "log", "bulk", "export", "single", "search", "latency", "invoice", "webhooks", "quota", "cache")


def make(path: Path, items: int) -> Path:
    """A workspace with this many items (plan and backlog), in one event; returns its path."""
    with Workspace.open(path, actor="bench", today=date(2026, 11, 21), seed=7) as workspace:
        state = workspace.load()
        workspace.apply(Command("import", f"{items} items", puts=tuple(_records(state, items))))
    return path


def _records(state: State, items: int) -> list[Record]:
    dice = random.Random(7)
    records: list[Record] = [state.workspace.model_copy(update={"started": True})]
    for number, (name, net) in enumerate(TEAMS):
        records += [Team(id=-1 - number, name=name, position=number)]
        records += [Capacity(id=-11 - number, quarter_id=state.quarter.id, team_id=-1 - number, net=net)]
    records.append(Customer(id=-21, name="Acme", arr=480_000, renews=date(2027, 3, 31)))
    new = iter(range(-1000, -1_000_000, -1))
    for number in range(items):
        item, planned = next(new), number < PLANNED
        title = f"{dice.choice(_WORDS)} {dice.choice(_WORDS)} {number}"
        owner, value = dice.choice(("Ana", "Ben", "Chloe", "")), dice.choice((None, 3.0, 5.0, 8.0))
        records.append(
            Item(
                id=item,
                title=title,
                slice="FIQDO"[number % 5] if number % 2 else "F",
                state="plan" if planned else "below",
                rank=float(number + 1),
                draw=1000 + number,
                owner=owner,
                value=value,
                note=f"asked for by {owner or 'nobody'} since spring",
            )
        )
        # One in ten of the backlog has no size; nearly half of the sized have a range, all of the plan do.
        if planned or number % 10:
            likely = dice.choice((2.0, 3.0, 4.0, 5.0, 6.0, 7.0)) if planned else dice.choice((0.5, 1.0, 2.0, 4.0, 8.0))
            ranged = planned or number % 2
            low, high = (0.6 * likely, 1.8 * likely) if ranged else (None, None)
            team = -1 - number % len(TEAMS)
            records.append(Size(id=next(new), item_id=item, team_id=team, low=low, likely=likely, high=high))
        if number % 7 == 0:
            records.append(Wait(id=next(new), item_id=item, customer_id=-21))
    item = next(new)
    records += [
        Item(id=item, title="Acme audit log", slice="O", state="inbox", rank=0.5, draw=999, note="their security team"),
        Size(id=next(new), item_id=item, team_id=-1, low=4, likely=7, high=13),
        Size(id=next(new), item_id=item, team_id=-2, low=2, likely=3, high=6),
        Request(
            id=next(new),
            item_id=item,
            received_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            asked_by="sales-east",
            customer_id=-21,
            deal_amount=480_000,
            deal_probability=0.6,
        ),
    ]
    return records


def request_trade(path: Path) -> tuple[float, float]:
    """The odds now, and with the request in."""
    with Workspace.open(path, read_only=True) as workspace:
        state = workspace.load()
    request = next(item for item in state.all(Item).values() if item.state == "inbox")
    before = forecast_of(state, Draws(state.workspace.seed))
    trade = Trade.of(state, propose_item(state, request.id), before)
    return before.odds, trade.asked.odds
