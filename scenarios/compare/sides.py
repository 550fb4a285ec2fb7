"""One side of a comparison, and its figures, by the same code as on the board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from scenarios.accounts.revenue import Revenue, revenue_of
from scenarios.plan.item_values import worth_of
from scenarios.plan.mix import Mix, mix_of, one_off_band, one_off_ceiling
from scenarios.plan.plan import Plan
from scenarios.snapshots.freeze import freeze
from scenarios.snapshots.frozen import Frozen, FrozenCustomer
from scenarios.snapshots.item_matches import match_frozen, match_items
from scenarios.snapshots.thaw import draws_of_frozen, plan_of_frozen, slices_of_frozen
from store.records import Item, Origin, Slice, State, ValueParts

if TYPE_CHECKING:
    from scenarios.odds.draws import Draws
    from scenarios.odds.forecast import Forecast


@dataclass(frozen=True)
class Side:
    """A plan with its name. ``state`` is the workspace that it stands in: its decisions, and what is below its line."""

    name: str
    frozen: Frozen
    state: State | None = field(default=None, repr=False)
    #: random numbers and a forecast of a similar plan, which make this one's cheap
    draws: Draws | None = field(default=None, repr=False)
    base: Forecast | None = field(default=None, repr=False)
    #: the plan's own forecast, where it is there already
    own: Forecast | None = field(default=None, repr=False)
    #: when it was kept; None for what lives on
    kept: datetime | None = None

    @cached_property
    def plan(self) -> Plan:
        """The plan; of its items, slice and sizes count, and what they are called may be another plan's words."""
        if self.own is not None:
            return self.own.plan
        return plan_of_frozen(self.frozen, self.base.plan if self.base else None)

    @cached_property
    def forecast(self) -> Forecast:
        """The forecast, built when first asked for; 0.3 ms an item where there are no draws yet."""
        from scenarios.odds.forecast import Forecast

        return self.own or Forecast(draws_of_frozen(self.frozen, self.draws), self.plan, self.base)

    @cached_property
    def slices(self) -> tuple[Slice, ...]:
        """The slices, in their order."""
        return slices_of_frozen(self.frozen)

    @cached_property
    def mix(self) -> Mix:
        """The mix of the plan."""
        return mix_of(self.plan.entries, self.slices)


def side_of(
    name: str,
    frozen: Frozen,
    beside: Side | None = None,
    state: State | None = None,
    kept: datetime | None = None,
) -> Side:
    """A side; ``beside`` is another one, whose draws it shares where the random numbers are the same, and in whose
    currency its amounts are."""
    if beside is None:
        return Side(name, frozen, state, kept=kept)
    frozen = frozen.in_amounts_of(beside.frozen)
    return Side(name, frozen, state, beside.forecast.draws, beside.forecast, kept=kept)


def side_now(state: State, forecast: Forecast | None = None, name: str = "now") -> Side:
    """The present plan as a side."""
    frozen = freeze(state, forecast)
    return Side(name, frozen, state, forecast.draws if forecast else None, own=forecast)


def forwards(sides: Iterable[Side]) -> list[Side]:
    """The sides as they are told: what was kept, by its time, then the main plan, then scenarios as they come."""

    def age(side: Side) -> tuple[int, float]:
        if side.state is None:
            return 0, side.kept.timestamp() if side.kept else 0.0
        return (2 if side.state.all(Origin) else 1), 0.0

    return sorted(sides, key=age)


@dataclass(frozen=True)
class TeamFigures:
    """One team: net capacity and load in ew, its own odds (0..1)."""

    name: str
    net: float
    load: float
    odds: float
    #: load and net capacity that are left (ew), where its quarter runs
    left: tuple[float, float] | None = None


@dataclass(frozen=True)
class SideFigures:
    """What stands above a side. ``out`` are the customers who wait for what other sides have and this one has not,
    each once, with their yearly revenue in all (None: nobody's is known)."""

    name: str
    odds: float
    target: float
    fits: bool
    each_team: bool
    items: int
    load: float
    net: float
    teams: tuple[TeamFigures, ...]
    mix: Mix
    slices: tuple[Slice, ...]
    waiting: tuple[str, ...]
    out: tuple[str, ...]
    #: what those who wait for what is out pay a year
    paid_out: Revenue
    #: what its items are worth, and of how many that is known
    value: float = 0.0
    valued: int = 0
    #: load and net capacity that are left (ew), where its quarter runs
    left: tuple[float, float] | None = None

    @property
    def revenue_out(self) -> float | None:
        """What is known of that; None where nothing is, and where nobody waits."""
        return self.paid_out.amount if self.out else None

    @property
    def one_offs(self) -> float:
        """Share of planned effort that goes to one-offs, 0..1."""
        return self.mix.one_offs

    @property
    def one_off_word(self) -> str:
        """The band that the one-off share is in."""
        return one_off_band(self.one_offs)

    @property
    def one_off_ceiling(self) -> float | None:
        """The most that one-offs should take, 0..1."""
        return one_off_ceiling(self.slices)

    def team(self, name: str) -> TeamFigures | None:
        """A team's figures by its name, however it is written; None where the side has no such team."""
        return next((team for team in self.teams if team.name.casefold() == name.casefold()), None)


def figures_of_sides(sides: Sequence[Side]) -> tuple[SideFigures, ...]:
    """The figures of all sides; who waits for what is out depends on the others."""
    return tuple(_figures(side, [other for other in sides if other is not side]) for side in sides)


def _figures(side: Side, others: Sequence[Side]) -> SideFigures:
    forecast, plan = side.forecast, side.plan
    value, valued = _values(side)
    out: dict[str, FrozenCustomer] = {}
    for other in others:
        here = {*match_frozen(other.frozen, side.frozen), *_shipped(other, side)}
        out |= customers_of(other.frozen, (key for key in other.frozen.items if key not in here))
    return SideFigures(
        name=side.name,
        odds=forecast.odds,
        target=plan.target,
        fits=forecast.fits,
        each_team=plan.each_team,
        items=len(plan.entries),
        load=plan.load,
        net=plan.capacity,
        teams=tuple(
            TeamFigures(
                team.name,
                plan.net[team.id],
                plan.load_of(team.id),
                forecast.team_odds[team.id],
                (plan.load_left_of(team.id), plan.left_of(team.id)) if plan.moment is not None else None,
            )
            for team in plan.teams
        ),
        mix=side.mix,
        slices=side.slices,
        waiting=tuple(sorted(customers_of(side.frozen, side.frozen.items))),
        out=tuple(sorted(out)),
        paid_out=revenue_of(one.arr for one in out.values()),
        value=value,
        valued=valued,
        left=(plan.load_left, plan.capacity_left) if plan.moment is not None else None,
    )


def _shipped(other: Side, side: Side) -> list[str]:
    """The keys of what one side plans and the other has done: nobody waits for that."""
    if side.state is None:
        return []
    items = side.state.all(Item)
    return [key for key, item_id in match_items(other.frozen, side.state).items() if items[item_id].state == "done"]


def _values(side: Side) -> tuple[float, int]:
    """What is in plan is worth, on the room's own scale, and of how many items that is known."""
    model, frozen = side.frozen.valuing, side.frozen
    found = []
    for (_, item), entry in zip(frozen.ranked, side.plan.entries, strict=True):
        if model == "score":
            found.append(item.value)
        else:
            worth = worth_of(model, entry, cast("ValueParts | None", item.parts))
            found.append(None if worth is None else worth.amount)
    known = [value for value in found if value is not None]
    return sum(known), len(known)


def customers_of(frozen: Frozen, keys: Iterable[str]) -> dict[str, FrozenCustomer]:
    """Who waits for these items, by name, each once."""
    found = {}
    for key in keys:
        for customer in frozen.items[key].waits:
            found[frozen.customer_name(customer)] = frozen.customers[customer]
    return found
