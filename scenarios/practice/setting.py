"""The setting of a case: the records of its company, plan and history, for a fresh workspace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from scenarios.practice.case import Case, CaseCard, CaseItem, CaseTeam, Three
from scenarios.working_time.teams import capacity_of
from store.records import (
    Absence,
    Capacity,
    Command,
    Customer,
    Decision,
    Dependency,
    Item,
    Person,
    Pin,
    Quarter,
    Record,
    Request,
    Size,
    Slice,
    State,
    Team,
    TeamTime,
    Version,
    VersionSize,
    Wait,
    new_id,
)
from store.records.draws import new_draw, team_draw
from store.records.negotiation import (
    Card,
    Charter,
    Claim,
    Commitment,
    DealEnd,
    Evidence,
    HiddenCost,
    Principle,
    Right,
    Role,
)

#: Bits of a workspace's seed.
_BITS = 53


def setting(case: Case, state: State) -> Command:
    """All that a case begins with, for a fresh workspace's state; the case's references must hold."""
    own = state.workspace.model_copy(
        update={"name": case.company, "seed": _seed(case), "started": True, "currency": case.currency}
    )
    quarter = Quarter.model_validate({**state.quarter.model_dump(), **case.quarter.model_dump()})
    puts: list[Record] = [own, quarter, *_slices(case, state), *_teams(case, quarter.id)]
    puts += [Customer(id=new_id(), **account.model_dump()) for account in case.accounts]
    puts += _charter(case)
    state = state.overlay(Command("practice", "", puts=tuple(puts)))
    for team_id, team in capacity_of(state, quarter).teams.items():
        puts.append(Capacity(id=new_id(), quarter_id=quarter.id, team_id=team_id, net=team.net))
    state = state.overlay(Command("practice", "", puts=tuple(puts)))
    for item in case.items:
        new = item_records(state, item)
        puts += new
        state = state.overlay(Command("practice", "", puts=tuple(new)))
    puts += _needs(case, state)
    return Command("practice", f"Practice: {case.title}", puts=tuple(puts))


def _seed(case: Case) -> int:
    """One case draws the same everywhere: two plays of it differ by what was decided alone."""
    return int.from_bytes(hashlib.sha256(f"case {case.name}".encode()).digest()[:8], "big") >> (64 - _BITS)


def _slices(case: Case, state: State) -> Iterator[Record]:
    named = {part.letter: part for part in case.slices}
    for row in state.each(Slice):
        said = named.get(row.letter)
        if said is not None:
            given = {key: said.__dict__[key] for key in said.model_fields_set if key != "letter"}
            yield row.model_copy(update=given)


def _teams(case: Case, quarter_id: int) -> Iterator[Record]:
    draws: set[int | None] = set()
    for position, each in enumerate(case.teams):
        draw = team_draw(each.name, draws)
        draws.add(draw)
        team = Team(id=new_id(), name=each.name, position=position, draw=draw)
        yield team
        yield from _capacity(each, team.id, quarter_id)


def _capacity(each: CaseTeam, team_id: int, quarter_id: int) -> Iterator[Record]:
    if not each.people:
        yield Capacity(id=new_id(), quarter_id=quarter_id, team_id=team_id, net=each.weeks or 0.0)
        return
    yield TeamTime(id=new_id(), team_id=team_id, focus=each.focus, interrupts=each.interrupts)
    for position, one in enumerate(each.people):
        given = one.model_dump(exclude={"away"})
        person = Person(id=new_id(), team_id=team_id, position=position, **given)
        yield person
        for away in one.away:
            yield Absence(id=new_id(), person_id=person.id, **away.model_dump())


def _charter(case: Case) -> Iterator[Record]:
    yield Charter(id=new_id(), **case.charter.model_dump())
    for position, each in enumerate(case.principles):
        yield Principle(id=new_id(), name=each.name, note=each.note, position=position)
    for position, one in enumerate(case.roles):
        role = Role(id=new_id(), name=one.name, who=one.who, position=position)
        yield role
        for kind in one.rights:
            yield Right(id=new_id(), kind=kind, role_id=role.id)


def item_records(state: State, item: CaseItem) -> list[Record]:
    """An item with all that hangs on it, but for what it needs; ranked last, its draws seeded by its title."""
    items = state.all(Item).values()
    teams = {team.name: team.id for team in state.each(Team)}
    accounts = {row.name: row.id for row in state.each(Customer)}
    new = Item(
        id=new_id(),
        title=item.title,
        slice=item.slice,
        state=item.state,
        rank=max((each.rank for each in items), default=0.0) + 1.0,
        draw=new_draw(item.title, None, {each.draw for each in items}),
        owner=item.owner,
        note=item.note,
        value=item.value,
        due=item.due,
    )
    found: list[Record] = [new, *sizes_of(new.id, item.sizes, teams)]
    found += [Wait(id=new_id(), item_id=new.id, customer_id=accounts[name]) for name in item.waiting]
    if item.pin is not None:
        found.append(Pin(id=new_id(), item_id=new.id, kind=item.pin, note=item.note))
    if item.first_version is not None:
        version = Version(id=new_id(), item_id=new.id, name=item.first_version.name, value=item.first_version.value)
        found.append(version)
        for team, (low, likely, high) in item.first_version.sizes.items():
            size: dict[str, Any] = {"low": low, "likely": likely, "high": high}
            found.append(VersionSize(id=new_id(), version_id=version.id, team_id=teams[team], **size))
    found += _asked(state, new.id, item, accounts)
    if item.card is not None:
        found += card_records(state, new.id, item.card)
    if item.promise is not None:
        said = item.promise
        found.append(Commitment(id=new_id(), item_id=new.id, kind=said.kind, due=said.due, who=said.to, note=said.note))
    return found


def sizes_of(item_id: int, sizes: Mapping[str, Three], teams: Mapping[str, int]) -> list[Record]:
    """The sizes of an item, by the names of teams."""
    return [
        Size(id=new_id(), item_id=item_id, team_id=teams[team], low=low, likely=likely, high=high)
        for team, (low, likely, high) in sizes.items()
    ]


def _asked(state: State, item_id: int, item: CaseItem, accounts: Mapping[str, int]) -> Iterator[Record]:
    """How it was asked for, what was decided of it before, and how its deal ended."""
    if item.request is not None:
        said = item.request
        # Asked on the eve of the quarter where nobody says when.
        eve = datetime.combine(state.quarter.starts, time(9), UTC)
        yield Request(
            id=new_id(),
            item_id=item_id,
            received_at=said.at or eve,
            asked_by=said.by,
            customer_id=accounts[said.account] if said.account else None,
            problem=said.problem,
            claimed=said.claimed,
            deal_amount=said.amount,
            deal_probability=said.probability,
            deal_closes=said.closes,
        )
    if item.decided is not None:
        yield Decision(
            id=new_id(),
            quarter_id=state.quarter.id,
            at=item.decided.at,
            kind=item.decided.kind,
            title=item.title,
            item_id=item_id,
            decided_by=item.decided.by,
            because=item.decided.because,
        )
    if item.end is not None:
        yield DealEnd(id=new_id(), item_id=item_id, **item.end.model_dump())


def card_records(state: State, item_id: int, card: CaseCard) -> Iterator[Record]:
    """What an item's card holds, with its evidence, claims and hidden costs."""
    principle = next((row.id for row in state.each(Principle) if row.name == card.principle), None)
    own = card.model_dump(exclude={"principle", "evidence", "claims", "hidden"})
    yield Card(id=new_id(), item_id=item_id, principle_id=principle, **own)
    for line in card.evidence:
        yield Evidence(id=new_id(), item_id=item_id, **line.model_dump())
    for kind, said in card.claims.items():
        yield Claim(id=new_id(), item_id=item_id, kind=kind, evidence=said)
    for hidden, cost in card.hidden.items():
        yield HiddenCost(id=new_id(), item_id=item_id, kind=hidden, **cost.model_dump())


def _needs(case: Case, state: State) -> Iterator[Record]:
    items = {row.title: row.id for row in state.each(Item)}
    for item in case.items:
        for other in item.needs:
            yield Dependency(id=new_id(), item_id=items[item.title], needs_id=items[other])
