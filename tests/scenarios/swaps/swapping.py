"""Random small trades, and every set that could leave in them, from the trials alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenarios.figures.sizes import Range
from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Key, Leaving, key_of
from scenarios.plan.plan import entry_of
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_capacity, propose_item, propose_sizes
from store.records import Capacity, Customer, Dependency, Item, Pin, Slice, State, Version, VersionSize
from tests.scenarios.making import add, add_item, empty, forecast, wait

#: The request's number.
ASKED = 90
MOST = 6


def version(state: State, item_id: int, sizes: dict[int, float], value: float | None = None, number: int = 0) -> None:
    """A smaller first version of an item."""
    number = number or len(state.all(Version)) + 1
    add(state, Version(id=number, item_id=item_id, name="basics", value=value, position=number))
    for team_id, likely in sizes.items():
        add(state, VersionSize(id=10 * number + team_id, version_id=number, team_id=team_id, likely=likely))


def needs(state: State, *pairs: tuple[int, int]) -> None:
    """Of each pair, the first is of no use without the second."""
    for item_id, needs_id in pairs:
        add(state, Dependency(id=len(state.all(Dependency)) + 1, item_id=item_id, needs_id=needs_id))


def pin(state: State, *item_ids: int, kind: str = "contractual") -> None:
    """These stay in plan."""
    for item_id in item_ids:
        add(state, Pin.model_validate({"id": len(state.all(Pin)) + 1, "item_id": item_id, "kind": kind}))


def ceiling(state: State, percent: float) -> None:
    """One-offs take at most so much of the plan."""
    part = next(each for each in state.all(Slice).values() if each.letter == "O")
    add(state, part.model_copy(update={"ceiling": percent}))


def fitted(state: State, odds: float) -> State:
    """The state with all its capacities scaled so that the plan has about these odds."""
    low, high = 0.2, 8.0
    given = dict(state.all(Capacity))
    base = forecast(state)
    for _ in range(11):
        middle = (low + high) / 2
        for key, row in given.items():
            add(state, given[key].model_copy(update={"net": round(row.net * middle, 2)}))
        low, high = (middle, high) if forecast_of(state, base.draws, base).odds < odds else (low, middle)
    for key, row in given.items():
        add(state, given[key].model_copy(update={"net": round(row.net * high, 2)}))
    return state


def sized(rng: np.random.Generator, teams: int) -> dict[int, float | tuple[float, float, float]]:
    """A size on one team or two, with a range or without."""
    chosen = rng.permutation(np.arange(1, teams + 1))[: 2 if teams > 1 and rng.random() < 0.3 else 1]
    found: dict[int, float | tuple[float, float, float]] = {}
    for team_id in sorted(int(each) for each in chosen):
        likely = round(float(rng.uniform(0.5, 5.0)), 1)
        found[team_id] = (round(0.6 * likely, 2), likely, round(1.9 * likely, 2)) if rng.random() < 0.5 else likely
    return found


def random_state(seed: int) -> State:
    """Six to eleven planned items on one to three teams, with whatever ties them, and what asks to come in."""
    rng = np.random.default_rng([seed, 99])
    teams, items = int(rng.integers(1, 4)), int(rng.integers(6, 12))
    state = empty([1.0] * teams, target=float(rng.choice([0.6, 0.7, 0.8])), seed=seed)
    valued = rng.choice([0.0, 0.6, 1.0])
    for number in range(1, items + 1):
        value = float(rng.integers(1, 60)) if rng.random() < valued else None
        add_item(state, number, sized(rng, teams), slice=str(rng.choice(list("FFFIIQDO"))), value=value)
    load = dict.fromkeys(range(1, teams + 1), 0.5)
    for number in range(1, items + 1):
        for one in entry_of(state, number).sizes:
            load[one.team_id] += one.likely
    for team_id, weeks in load.items():
        add(state, state.all(Capacity)[team_id].model_copy(update={"net": weeks}))
    fitted(state, min(0.97, state.quarter.target + float(rng.uniform(0.0, 0.1))))
    tied(state, rng, items)
    return state


def tied(state: State, rng: np.random.Generator, items: int) -> None:
    """Pins, needs, first versions, a ceiling, and people who wait, each in some of the cases."""
    numbers = np.arange(1, items + 1)
    if rng.random() < 0.4:
        pin(state, *(int(each) for each in rng.permutation(numbers)[: rng.integers(1, 3)]))
    if rng.random() < 0.5:
        for _ in range(rng.integers(1, 4)):
            first, second = (int(each) for each in rng.permutation(numbers)[:2])
            # Mostly no circle; now and then two items need each other.
            needs(state, *([(first, second)] if rng.random() < 0.9 else [(first, second), (second, first)]))
    if rng.random() < 0.4:
        for number in rng.permutation(numbers)[: rng.integers(1, 3)]:
            left = {one.team_id: round(0.5 * one.likely, 2) for one in entry_of(state, int(number)).sizes}
            value = state.all(Item)[int(number)].value
            known = value is not None and rng.random() < 0.5
            version(state, int(number), left, float(int(value * 0.6)) if known and value else None)
    if rng.random() < 0.4:
        ceiling(state, float(rng.integers(5, 30)))
    if rng.random() < 0.6:
        people = [
            Customer(id=each, name=f"customer {each}", arr=float(rng.integers(1, 90)) * 1000 if each % 3 else None)
            for each in range(1, 4)
        ]
        for number in numbers:
            if rng.random() < 0.4:
                wait(state, int(number), *(each for each in people if rng.random() < 0.5))


def random_trade(seed: int) -> Trade | None:
    """A request, a bigger estimate, or lost capacity, that does not fit; None where it does."""
    rng = np.random.default_rng([seed, 7])
    state = random_state(seed)
    before = forecast(state)
    items = [entry.item.id for entry in before.plan.entries]
    kind = rng.choice(["item", "item", "item", "sizes", "capacity"])
    if kind == "item":
        size = sized(rng, len(before.plan.teams))
        add_item(state, ASKED, size, state="inbox", slice=str(rng.choice(list("FIO"))))
        if rng.random() < 0.2:
            needs(state, (ASKED, int(rng.choice(items))))
        proposal = propose_item(state, ASKED)
    elif kind == "sizes":
        entry = entry_of(state, int(rng.choice(items)))
        proposal = propose_sizes(
            state, entry.item.id, {one.team_id: Range(round(2.2 * one.likely, 2)) for one in entry.sizes}
        )
    else:
        proposal = propose_capacity(state, {key: round(0.85 * net, 2) for key, net in before.plan.net.items()})
    trade = Trade.of(state, proposal, before)
    return None if trade.fits else trade


def trades(count: int, first: int = 0) -> Iterator[tuple[int, Trade]]:
    """So many random trades that do not fit, with their seeds."""
    seed = first
    while count:
        trade = random_trade(seed)
        if trade is not None:
            count -= 1
            yield seed, trade
        seed += 1


@dataclass(frozen=True)
class Tried:
    """A set that is allowed to leave, and its odds on the trials."""

    out: tuple[Leaving, ...]
    odds: float

    @property
    def key(self) -> frozenset[Key]:
        """As :attr:`scenarios.swaps.Swap.key`."""
        return key_of(self.out)


@dataclass(frozen=True)
class Everything:
    """All sets of at most six items that may leave in a trade, judged by plain sums over the trials."""

    trade: Trade
    most: int = MOST

    @cached_property
    def ways(self) -> list[list[Leaving]]:
        """By item that may be touched, the ways in which it can be."""
        found = []
        for each in self.trade.candidates:
            if each.pin is None:
                found.append([Leaving(each.entry), *each.versions])
        return sorted(found, key=lambda ways: ways[0].item_id)

    @cached_property
    def dependents(self) -> dict[int, set[int]]:
        """By item, the planned items that need it, directly or not."""
        planned = {entry.item.id for entry in self.trade.asked.plan.entries}
        direct = [(row.item_id, row.needs_id) for row in self.trade.state.all(Dependency).values()]
        found: dict[int, set[int]] = {key: {a for a, b in direct if b == key and a in planned} for key in planned}
        for _ in planned:
            found = {key: set().union(own, *(found[each] for each in own)) - {key} for key, own in found.items()}
        return found

    def allowed(self, out: tuple[Leaving, ...]) -> bool:
        """Whether all that needs what leaves leaves too."""
        gone = {each.item_id for each in out if each.stays is None}
        return all(self.dependents[key] <= gone for key in gone)

    @cached_property
    def sets(self) -> list[Tried]:
        """Every allowed set with its odds."""
        asked = self.trade.asked
        teams = [team.id for team in asked.plan.teams]
        draws = asked.draws

        def given(each: Leaving) -> np.ndarray:
            back = np.zeros((len(teams), draws.trials))
            for at, team_id in enumerate(teams):
                if team_id in draws.rows(each.entry):
                    back[at] += draws.rows(each.entry)[team_id]
                if each.stays is not None and team_id in draws.rows(each.stays):
                    back[at] -= draws.rows(each.stays)[team_id]
            return back

        rows = [[given(each) for each in ways] for ways in self.ways]
        found: list[Tried] = []

        def go(at: int, out: tuple[Leaving, ...], slack: np.ndarray) -> None:
            if at == len(self.ways):
                if self.allowed(out):
                    found.append(Tried(out, float(np.count_nonzero((slack >= 0).all(axis=0))) / draws.trials))
                return
            go(at + 1, out, slack)
            if len(out) < self.most:
                for each, row in zip(self.ways[at], rows[at], strict=True):
                    go(at + 1, (*out, each), slack + row)

        go(0, (), np.stack([asked.slack[team_id] for team_id in teams]))
        return found

    def one_offs(self, out: tuple[Leaving, ...]) -> float:
        """The share (0..1) of one-offs when these leave."""
        changed = {each.item_id: each.stays for each in out}
        left = [changed.get(entry.item.id, entry) for entry in self.trade.asked.plan.entries]
        whole = sum(entry.ew for entry in left if entry)
        return sum(entry.ew for entry in left if entry and entry.item.slice == "O") / whole if whole else 0.0

    @cached_property
    def fitting(self) -> list[Tried]:
        """Those that reach the target, and keep one-offs under their ceiling where any does."""
        target = self.trade.asked.plan.target
        fit = [each for each in self.sets if each.odds >= target]
        part = next(each for each in self.trade.state.all(Slice).values() if each.letter == "O")
        if part.ceiling is None:
            return fit
        return [each for each in fit if self.keeps_ceiling(each.out)] or fit

    def keeps_ceiling(self, out: tuple[Leaving, ...]) -> bool:
        """Whether one-offs stay at their ceiling or under it; where they were above it, whether they take no more."""
        part = next(each for each in self.trade.state.all(Slice).values() if each.letter == "O")
        if part.ceiling is None:
            return True
        before = self.trade.before.plan
        present = sum(entry.ew for entry in before.entries if entry.item.slice == "O")
        if present <= part.ceiling / 100 * before.load + 1e-9:
            return self.one_offs(out) <= part.ceiling / 100 + 1e-9
        changed = {each.item_id: each.stays for each in out}
        left = [changed.get(entry.item.id, entry) for entry in self.trade.asked.plan.entries]
        return sum(entry.ew for entry in left if entry and entry.item.slice == "O") <= present + 1e-9

    def value(self, out: tuple[Leaving, ...]) -> float:
        """What is displaced, by the definition."""
        total = 0.0
        for each in out:
            whole = self.trade.worths[each.item_id].amount
            if each.version is None or each.stays is None:
                total += whole
            elif each.version.value is None:
                total += whole * (1 - each.stays.ew / each.entry.ew)
            else:
                total += max(0.0, whole - each.version.value)
        return total

    def objective(self, criterion: str, out: tuple[Leaving, ...]) -> tuple[float, ...]:
        """What a criterion says of a set; the smaller, the better."""
        if criterion == "value":
            return (round(self.value(out), 4),)
        if criterion == "clean":
            return (float(len(out)),)
        if criterion == "rank":
            # Highest-ranked first, and touching a lower-ranked one instead is better.
            places = {entry.item.id: place for place, entry in enumerate(self.trade.leavable)}
            return tuple(-float(place) for place in sorted(places[each.item_id] for each in out))
        if criterion == "waiting":
            rows = {(row.item_id, row.customer_id) for row in self.trade.state.tables["waits"].values()}
            left = {each.item_id for each in out}
            people = {customer for item_id, customer in rows if item_id in left}
            customers = self.trade.state.all(Customer)
            return (sum(customers[key].arr or 0.0 for key in people), float(len(people)))
        efforts: dict[str, float] = {}
        changed = {each.item_id: each.stays for each in out}
        for entry in self.trade.asked.plan.entries:
            left_of = changed.get(entry.item.id, entry)
            if left_of is not None:
                efforts[entry.item.slice] = efforts.get(entry.item.slice, 0.0) + left_of.ew
        whole = sum(efforts.values())
        aims = {part.letter: part.aim for part in self.trade.state.all(Slice).values()}
        if not whole:
            return (1.0,)
        away = sum(abs(efforts.get(letter, 0.0) / whole - aim / sum(aims.values())) for letter, aim in aims.items())
        return (away / 2,)


def anew(trade: Trade, trials: int = 100_000, seed: int = 424_242) -> Forecast:
    """The asked plan on other draws, and more of them."""
    return Forecast(Draws(seed, trade.asked.draws.models, trials=trials), trade.asked.plan)
