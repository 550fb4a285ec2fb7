"""From a state to a snapshot of its plan: ids become names and keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from scenarios.odds.finished_quarters import models_of
from scenarios.odds.team_model import TYPICAL, TeamModel
from scenarios.plan.item_values import model_of
from scenarios.plan.mix import Mix, mix_of
from scenarios.plan.plan import Plan, plan_of
from scenarios.plan.progress import SizeProgress, TeamMoment
from scenarios.rules.charter import charter_of
from scenarios.snapshots.frozen import (
    Frozen,
    FrozenCharter,
    FrozenCustomer,
    FrozenFigures,
    FrozenItem,
    FrozenMoment,
    FrozenParts,
    FrozenProgress,
    FrozenQuarter,
    FrozenRecord,
    FrozenSize,
    FrozenSlice,
    FrozenTeam,
    FrozenVersion,
)
from store.common.text import clean
from store.records import (
    Customer,
    Dependency,
    Item,
    Person,
    Pin,
    Record,
    Size,
    Slice,
    State,
    ValueParts,
    Version,
    VersionSize,
    Wait,
)
from store.records.plan import EDITION

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: A key from elsewhere that is longer heads no table: the item's draw number does.
_LONGEST_KEY = 80
_PARTS = tuple(FrozenParts.model_fields)

R = TypeVar("R", bound=Record)


def freeze(state: State, forecast: Forecast | None = None, *, figures: bool = True) -> Frozen:
    """The plan of the present quarter and all that its figures depend on.

    ``forecast`` is the plan's own, where the caller has it. Without ``figures`` none are computed.
    """
    plan = forecast.plan if forecast is not None else plan_of(state)
    if figures and forecast is None:
        from scenarios.trade.door import forecast_of

        forecast = forecast_of(state)
    models = models_of(state) if forecast is None else forecast.draws.models
    names = _Names(state, plan)
    quarter = plan.quarter
    waiting = _by(state.each(Wait), lambda row: row.item_id)
    return Frozen(
        seed=state.workspace.seed,
        edition=_edition(models),
        target=plan.target,
        target_for=plan.quarter.target_for,
        valuing=model_of(state),
        currency=state.workspace.currency,
        quarter=FrozenQuarter(
            name=clean(quarter.name) or "?",
            starts=quarter.starts,
            ends=quarter.ends,
            state=quarter.state,
            baselined_at=quarter.baselined_at,
            progress_on=quarter.progress_on,
        ),
        charter=_charter(state),
        figures=figures_of(forecast, mix_of(plan.entries, state.all(Slice).values())) if forecast else None,
        teams=_teams(state, plan, models, names),
        slices=_slices(state),
        customers=_customers(state, plan, waiting, names),
        items=_items(state, plan, waiting, names),
    )


def _charter(state: State) -> FrozenCharter:
    row = charter_of(state)
    return FrozenCharter(**{name: getattr(row, name) for name in FrozenCharter.model_fields})


def figures_of(forecast: Forecast, mix: Mix) -> FrozenFigures:
    """Odds, load and mix as people read them: ew to a thousandth, shares to four digits."""
    return FrozenFigures(
        odds=forecast.odds,
        load=round(forecast.plan.load, 3),
        net=round(forecast.plan.capacity, 3),
        one_offs=min(1.0, round(mix.one_offs, 4)),
        mix={part.letter: min(1.0, round(part.share, 4)) for part in sorted(mix.slices, key=lambda each: each.letter)},
    )


class _Names:
    """The keys of teams, customers and items: names and keys from elsewhere, with a number where two are alike."""

    def __init__(self, state: State, plan: Plan) -> None:
        self.needs = _by(state.each(Dependency), lambda row: row.item_id)
        self.teams = name_keys((team.id, team.name) for team in plan.teams)
        self.customers = name_keys((one.id, one.name) for one in state.all(Customer).values())
        ids = {entry.item.id for entry in plan.entries}
        ids |= {row.needs_id for key in ids for row in self.needs.get(key, ())}
        self.items = item_keys(state, ids)


def planned_keys(state: State) -> dict[int, str]:
    """By id of each item in plan, the key that it has in :func:`freeze`."""
    plan = plan_of(state)
    keys = _Names(state, plan).items
    return {entry.item.id: keys[entry.item.id] for entry in plan.entries}


def item_keys(state: State, ids: Iterable[int]) -> dict[int, str]:
    """By item id, the key that heads its table: its key elsewhere, else its draw number, which stays.

    The same whether an item is in plan or not, and whatever comes later: of several that have the same key elsewhere,
    only the oldest is called so, and the others get their draw number to it.
    """
    items = state.all(Item)
    oldest: dict[str, int] = {}
    for number, item in items.items():
        if item.source_key:
            oldest[item.source_key] = min(number, oldest.get(item.source_key, number))
    keys = {}
    for number in sorted(ids):
        item = items[number]
        own = clean(item.source_key or "")
        if 0 < len(own) <= _LONGEST_KEY:
            keys[number] = own if oldest[item.source_key or ""] == number else f"{own}~{item.draw}"
        else:
            keys[number] = f"draw-{item.draw}"
    again = Counter(keys.values())
    return {number: key if again[key] == 1 else f"{key}~{number}" for number, key in keys.items()}


def name_keys(named: Iterable[tuple[int, str]]) -> dict[int, str]:
    """By number, a key that only it has: its name, with the number where an older one is called so."""
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for number, name in sorted(named):
        shown = clean(name) or "?"
        key = shown if shown not in taken else f"{shown} ({number})"
        while key in taken:
            key += "+"
        taken.add(key)
        keys[number] = key
    return keys


def _by(rows: Iterable[R], key: Callable[[R], int]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _teams(state: State, plan: Plan, models: Mapping[int, TeamModel], names: _Names) -> dict[str, FrozenTeam]:
    people = _by(state.each(Person), lambda row: row.team_id)
    typical = replace(TYPICAL, edition=_edition(models))
    found = {}
    for team in plan.teams:
        key, model, here = names.teams[team.id], models.get(team.id), people.get(team.id, ())
        found[key] = FrozenTeam(
            number=team.id,
            name=_other(team.name, key),
            position=team.position,
            draw=team.draw,
            net=plan.net[team.id],
            people=len(here),
            full_time=round(sum(person.share for person in here), 6),
            record=_record(model) if model is not None and model != typical else None,
            moment=_moment(plan.moment.team(team.id)) if plan.moment is not None else None,
        )
    return dict(sorted(found.items()))


def _edition(models: Mapping[int, TeamModel]) -> int:
    """That of the forecast which these are of."""
    return next((model.edition for model in models.values()), EDITION)


def _moment(team: TeamMoment) -> FrozenMoment:
    return FrozenMoment(**{name: getattr(team, name) for name in FrozenMoment.model_fields})


def _record(model: TeamModel) -> FrozenRecord:
    return FrozenRecord(**{name: getattr(model, name) for name in FrozenRecord.model_fields if name != "skew"})


def _other(name: str, key: str) -> str | None:
    shown = clean(name) or "?"
    return shown if shown != key else None


def _slices(state: State) -> dict[str, FrozenSlice]:
    rows = sorted(state.all(Slice).values(), key=lambda part: part.letter)
    return {
        part.letter: FrozenSlice(
            name=clean(part.name) or "?",
            owner=part.owner,
            aim=part.aim,
            floor=part.floor,
            ceiling=part.ceiling,
            position=part.position,
        )
        for part in rows
    }


def _customers(state: State, plan: Plan, waiting: Mapping[int, list[Wait]], names: _Names) -> dict[str, FrozenCustomer]:
    found = {}
    for entry in plan.entries:
        for wait in waiting.get(entry.item.id, ()):
            one, key = state.all(Customer)[wait.customer_id], names.customers[wait.customer_id]
            found[key] = FrozenCustomer(name=_other(one.name, key), arr=one.arr, renews=one.renews, term=one.term)
    return dict(sorted(found.items()))


def _items(state: State, plan: Plan, waiting: Mapping[int, list[Wait]], names: _Names) -> dict[str, FrozenItem]:
    pins = {row.item_id: row for row in state.each(Pin)}
    parts = {row.item_id: row for row in state.each(ValueParts)}
    versions = _by(state.each(Version), lambda row: row.item_id)
    version_sizes = _by(state.each(VersionSize), lambda row: row.version_id)
    found, ties = {}, Counter[float]()
    for entry in plan.entries:
        item = entry.item
        pin = pins.get(item.id)
        found[names.items[item.id]] = FrozenItem(
            title=clean(item.title) or "?",
            slice=item.slice,
            rank=item.rank,
            tie=ties[item.rank],
            draw=item.draw,
            source=clean(item.source_key) or None if item.source_key else None,
            baselined=item.baselined,
            owner=item.owner,
            value=item.value,
            priority=item.priority or None,
            customer_title=item.customer_title or None,
            due=item.due,
            pin=pin.kind if pin else None,
            pin_note=pin.note if pin else "",
            needs=tuple(sorted(names.items[row.needs_id] for row in names.needs.get(item.id, ()))),
            waits=tuple(sorted(names.customers[row.customer_id] for row in waiting.get(item.id, ()))),
            sizes=_sizes(entry.sizes, names),
            progress=tuple(_progress(each, names) for each in entry.progress),
            parts=_parts(parts.get(item.id)),
            versions=tuple(
                FrozenVersion(
                    name=clean(row.name) or "?",
                    value=row.value,
                    position=row.position,
                    sizes=_sizes(sorted(version_sizes.get(row.id, ()), key=lambda each: each.team_id), names),
                )
                for row in sorted(versions.get(item.id, ()), key=lambda row: (row.position, row.id))
            ),
            note=item.note,
        )
        ties[item.rank] += 1
    return dict(sorted(found.items()))


def _sizes(sizes: Iterable[Size | VersionSize], names: _Names) -> tuple[FrozenSize, ...]:
    return tuple(
        FrozenSize(team=names.teams[size.team_id], low=size.low, likely=size.likely, high=size.high) for size in sizes
    )


def _progress(one: SizeProgress, names: _Names) -> FrozenProgress:
    left = {} if one.left is None else {"left_low": one.left.low, "left": one.left.likely, "left_high": one.left.high}
    return FrozenProgress(
        team=names.teams[one.team_id],
        spent=one.spent,
        earlier=one.earlier,
        **left,
        started_on=one.started_on,
        done_on=one.done_on,
        counted=one.counted,
        told_on=one.told_on,
    )


def _parts(row: ValueParts | None) -> FrozenParts | None:
    given: dict[str, Any] = {name: getattr(row, name) for name in _PARTS} if row is not None else {}
    return FrozenParts(**given) if any(value is not None for value in given.values()) else None
