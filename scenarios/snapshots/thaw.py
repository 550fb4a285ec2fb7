"""A snapshot's figures, by the code that computes them everywhere: it becomes a little state of its own again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from scenarios.odds.team_model import TeamModel
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import Entry, Plan, plan_of
from scenarios.plan.progress import Moment, TeamMoment, share_of_days, size_progress, week_at, weeks_in
from scenarios.snapshots.freeze import figures_of
from scenarios.snapshots.frozen import Frozen, FrozenCharter, FrozenItem, FrozenProgress, FrozenRecord, FrozenSize
from store.records import (
    Capacity,
    Customer,
    Dependency,
    Item,
    Pin,
    Progress,
    Quarter,
    Record,
    Size,
    Slice,
    State,
    Team,
    ValueParts,
    Valuing,
    Version,
    VersionSize,
    Wait,
    WorkspaceInfo,
)
from store.records.negotiation import Charter
from store.records.plan import EDITION

if TYPE_CHECKING:
    from scenarios.odds.draws import Draws
    from scenarios.odds.forecast import Forecast


def state_of_frozen(frozen: Frozen) -> State:
    """A state that holds what is in the snapshot and nothing else; items are numbered from 1 on, best first.

    Teams have the numbers that they had. Raises KeyError where a size is of a team that is not in the snapshot.
    """
    state = State()

    def add(record: Record) -> None:
        state.tables[record.table][record.id] = record

    quarter = frozen.quarter
    own: dict[str, Any] = {} if frozen.currency is None else {"currency": frozen.currency}
    add(WorkspaceInfo(id=1, name="snapshot", seed=frozen.seed, **own))
    add(
        Quarter(
            id=1,
            name=quarter.name,
            starts=quarter.starts,
            ends=quarter.ends,
            state=quarter.state,
            target=frozen.target,
            target_for=frozen.target_for,
            baselined_at=quarter.baselined_at,
            progress_on=quarter.progress_on,
        )
    )
    teams = {key: team.number for key, team in frozen.teams.items()}
    for at, (key, team) in enumerate(frozen.teams.items(), 1):
        add(Team(id=team.number, name=frozen.team_name(key), position=team.position, draw=team.draw))
        add(Capacity(id=at, quarter_id=1, team_id=team.number, net=team.net))
    for part in slices_of_frozen(frozen):
        add(part)
    customers = {key: at for at, key in enumerate(frozen.customers, 1)}
    for key, one in frozen.customers.items():
        add(Customer(id=customers[key], name=frozen.customer_name(key), arr=one.arr, renews=one.renews, term=one.term))
    if frozen.charter != FrozenCharter():
        add(Charter(id=1, **frozen.charter.model_dump()))
    if frozen.valuing != "score":
        add(Valuing(id=1, model=frozen.valuing))
    ids = {key: at for at, (key, _) in enumerate(frozen.ranked, 1)}
    numbers = count(1)
    for key, item in frozen.items.items():
        for record in _records(ids[key], item, teams, customers, ids, numbers):
            add(record)
    return state


def _item(item_id: int, one: FrozenItem) -> Item:
    return Item(
        id=item_id,
        title=one.title,
        slice=one.slice,
        state="plan",
        rank=one.rank,
        draw=one.draw,
        owner=one.owner,
        note=one.note,
        value=one.value,
        priority=one.priority or "",
        customer_title=one.customer_title or "",
        due=one.due,
        baselined=one.baselined,
        source_key=one.source,
    )


def _records(
    item_id: int,
    one: FrozenItem,
    teams: dict[str, int],
    customers: dict[str, int],
    ids: dict[str, int],
    numbers: Iterator[int],
) -> Iterator[Record]:
    yield _item(item_id, one)

    def ranges(sizes: tuple[FrozenSize, ...]) -> Iterator[dict[str, float | int | None]]:
        for size in sizes:
            yield {
                "id": next(numbers),
                "team_id": teams[size.team],
                "low": size.low,
                "likely": size.likely,
                "high": size.high,
            }

    for given in ranges(one.sizes):
        yield Size.model_validate({**given, "item_id": item_id})
    for done in one.progress:
        yield _progress(next(numbers), item_id, done, teams[done.team])
    for key in one.waits:
        yield Wait(id=next(numbers), item_id=item_id, customer_id=customers[key])
    for key in one.needs:
        if key in ids:
            yield Dependency(id=next(numbers), item_id=item_id, needs_id=ids[key])
    if one.pin is not None:
        yield Pin(id=next(numbers), item_id=item_id, kind=one.pin, note=one.pin_note)
    if one.parts is not None:
        yield ValueParts(id=next(numbers), item_id=item_id, **one.parts.model_dump())
    for version in one.versions:
        made = Version(
            id=next(numbers), item_id=item_id, name=version.name, value=version.value, position=version.position
        )
        yield made
        for given in ranges(version.sizes):
            yield VersionSize.model_validate({**given, "version_id": made.id})


def _progress(number: int, item_id: int, one: FrozenProgress, team_id: int) -> Progress:
    given = one.model_dump(exclude={"team", "earlier"})
    return Progress(id=number, item_id=item_id, team_id=team_id, carried=one.earlier, **given)


def _moment(frozen: Frozen) -> Moment | None:
    """Where the quarter stood then; None where it did not run."""
    teams = {
        team.number: TeamMoment(**team.moment.model_dump()) for team in frozen.teams.values() if team.moment is not None
    }
    if not teams:
        return None
    days = frozen.quarter
    quarter = Quarter(id=1, name=days.name, starts=days.starts, ends=days.ends)
    day = days.progress_on or days.starts
    return Moment(
        day,
        week_at(quarter, day),
        weeks_in(quarter),
        share_of_days(quarter, day),
        teams,
        days.progress_on is not None,
    )


def plan_of_frozen(frozen: Frozen, like: Plan | None = None) -> Plan:
    """The plan as it was; items are numbered from 1 on, best first, and have what figures depend on.

    Items that ``like``, a similar plan, has with the same random numbers, slice and sizes are its very own: a forecast
    sees by that that nothing changed, and need not look into each. Raises KeyError where a size is of a team that is
    not in the snapshot.
    """
    known: dict[object, Entry] = {}
    for entry in like.entries if like else ():
        spans = [(size.team_id, size.low, size.likely, size.high) for size in entry.sizes]
        known[entry.item.draw, entry.item.slice, tuple(spans), entry.progress] = entry
    numbers = {key: team.number for key, team in frozen.teams.items()}
    entries = []
    for at, (_, one) in enumerate(frozen.ranked, 1):
        spans = sorted(((numbers[size.team], size.low, size.likely, size.high) for size in one.sizes), key=_team_of)
        # Once only: two items with the same draw are two items.
        progress = tuple(
            size_progress(_progress(at, at, done, numbers[done.team]))
            for done in sorted(one.progress, key=lambda done: numbers[done.team])
        )
        key = one.draw, one.slice, tuple(spans), progress
        entry = (
            known.pop(key)
            if key in known
            else Entry(
                _item(at, one),
                tuple(
                    Size(id=at, item_id=at, team_id=team_id, low=low, likely=likely, high=high)
                    for team_id, low, likely, high in spans
                ),
                progress,
            )
        )
        entries.append(entry)
    around = state_of_frozen(frozen.model_copy(update={"items": {}, "customers": {}}))
    return replace(plan_of(around), entries=tuple(entries), moment=_moment(frozen))


def _team_of(span: tuple[int, float | None, float, float | None]) -> int:
    return span[0]


def slices_of_frozen(frozen: Frozen) -> tuple[Slice, ...]:
    """The slices, in their order."""
    found = (
        Slice(id=at, letter=letter, **part.model_dump()) for at, (letter, part) in enumerate(frozen.slices.items(), 1)
    )
    return tuple(sorted(found, key=lambda part: (part.position, part.id)))


def models_of_frozen(frozen: Frozen) -> dict[int, TeamModel]:
    """By team number, what was believed of each team that had a record, and of each by an earlier edition."""
    return {
        team.number: _model(team.record, frozen.edition)
        for team in frozen.teams.values()
        if team.record is not None or frozen.edition != EDITION
    }


def _model(record: FrozenRecord | None, edition: int) -> TeamModel:
    return TeamModel(**record.model_dump(exclude={"skew"}) if record is not None else {}, edition=edition)


def draws_of_frozen(frozen: Frozen, draws: Draws | None = None) -> Draws:
    """The random numbers that the snapshot's figures come from; those that are given, where they are the same."""
    models = models_of_frozen(frozen)
    if draws is not None and draws.seed == frozen.seed and draws.models == models:
        return draws
    from scenarios.odds.draws import Draws

    return Draws(frozen.seed, models)


def forecast_of_frozen(frozen: Frozen, draws: Draws | None = None, base: Forecast | None = None) -> Forecast:
    """The forecast of the plan as it was; ``draws`` and ``base`` are of a similar plan and make it cheap."""
    from scenarios.odds.forecast import Forecast

    return Forecast(draws_of_frozen(frozen, draws), plan_of_frozen(frozen, base.plan if base else None), base)


def with_figures(frozen: Frozen, forecast: Forecast | None = None) -> Frozen:
    """The snapshot with its own figures, whatever a file said of them. ``forecast`` is its own, where it is there."""
    forecast = forecast or forecast_of_frozen(frozen)
    slices = slices_of_frozen(frozen)
    return frozen.model_copy(update={"figures": figures_of(forecast, mix_of(forecast.plan.entries, slices))})
