"""Edits of teams and of who is in them: each takes a draft and gives the next one, or says why it cannot be.

All raise :class:`~scenarios.capacity.draft.Refused` with a sentence. Shares are 0..1, ramps are in weeks, and first
and last days are both included.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from scenarios.capacity.draft import CapacityDraft, one_step
from scenarios.capacity.words import day
from scenarios.figures.amounts import target_percent
from scenarios.figures.names import plain_name
from scenarios.figures.sizes import format_ew
from scenarios.figures.targets import target_words
from scenarios.trade.proposals import propose_capacity
from scenarios.working_time.breakdown import TICKS_PER_DAY, TICKS_PER_EW
from scenarios.working_time.teams import PersonCapacity, TeamCapacity, in_order, stored_net
from scenarios.working_time.weeks import working_days
from store.common.errors import Refused
from store.common.team_names import team_name
from store.records import Absence, Capacity, Person, Place, Record, State, TargetFor, Team, TeamTime, new_id

#: More people than this in a team are no team: a slip of the keyboard.
MOST_PEOPLE = 200
_LONGEST_NAME = 200
_LONGEST_RAMP = 520
_COUNTED = re.compile(r"engineer (\d+)")

# ------------------------------------------------------------------ looking things up


def team_of(draft: CapacityDraft, team_id: int) -> Team:
    """A team of the draft."""
    team = draft.state.all(Team).get(team_id)
    if team is None:
        raise Refused("that team is not there any more")
    return team


def team_with_people(draft: CapacityDraft, team_id: int) -> TeamCapacity:
    """A team that has people, with their weeks."""
    team = team_of(draft, team_id)
    found = draft.capacity.teams.get(team_id)
    if found is None:
        raise Refused(f"{team.name} is a plain number so far: give it people first")
    return found


def one_of(draft: CapacityDraft, person_id: int) -> PersonCapacity:
    """A person of a team that has people, with their weeks."""
    person = person_of(draft, person_id)
    team = team_with_people(draft, person.team_id)
    return next(one for one in team.people if one.person.id == person_id)


def person_of(draft: CapacityDraft, person_id: int) -> Person:
    """A person of the draft."""
    person = draft.state.all(Person).get(person_id)
    if person is None:
        raise Refused("that person is not there any more")
    return person


def _people(draft: CapacityDraft, team_id: int) -> list[Person]:
    return sorted((row for row in draft.state.all(Person).values() if row.team_id == team_id), key=in_order)


def _absences(draft: CapacityDraft, person_ids: set[int]) -> list[Absence]:
    return [row for row in draft.state.all(Absence).values() if row.person_id in person_ids]


# ------------------------------------------------------------------ a team


def set_plain_net(draft: CapacityDraft, team_id: int, net: float) -> CapacityDraft:
    """Net capacity in ew of a team that is a plain number."""
    team = team_of(draft, team_id)
    if team_id in draft.capacity.teams:
        raise Refused(f"{team.name} has people, so its net capacity follows from them: make it a plain number first")
    return _plain(draft, f"{team.name} {format_ew(net)} ew", net={team_id: net})


def set_target(draft: CapacityDraft, target: float) -> CapacityDraft:
    """The least odds (0..1) at which the plan fits."""
    return _plain(draft, f"target {target_percent(target)}", target=target)


def set_target_for(draft: CapacityDraft, target_for: TargetFor) -> CapacityDraft:
    """What the target is of: the whole plan, or each team."""
    label = f"target {target_words(draft.state.quarter.target, target_for)}"
    return _plain(draft, label, target_for=target_for)


def add_team(draft: CapacityDraft, name: str, net: float) -> CapacityDraft:
    """Another team, as a plain number of net ew."""
    name = team_name(name)
    require_new_team(draft.state, name)
    return _plain(draft, f"team {name}", new_teams=((name, net),))


def require_new_team(state: State, name: str, but: int = 0) -> None:
    """Raise Refused where a team, another than ``but``, has this name already."""
    if any(plain_name(team.name) == plain_name(name) and team.id != but for team in state.each(Team)):
        raise Refused(f"there is a team “{name}” already")


def _plain(draft: CapacityDraft, label: str, net: dict[int, float] | None = None, **given: Any) -> CapacityDraft:
    proposal = propose_capacity(draft.state, net or {}, **given)
    return draft.then(label, proposal.command.puts)


def refine(draft: CapacityDraft, team_id: int, heads: int | None = None) -> CapacityDraft:
    """People for a team that is a plain number.

    Without ``heads``, as few full-time engineers as give the plain number, and a focus with which net capacity stays
    what it is. With ``heads``, so many, and what they give becomes the net capacity.
    """
    team = team_of(draft, team_id)
    if team_id in draft.capacity.teams:
        raise Refused(f"{team.name} has people already")
    quarter, net = draft.state.quarter, stored_net(draft.state)[team_id]
    each = TICKS_PER_DAY * len(working_days(quarter.starts, quarter.ends)) / TICKS_PER_EW
    there = _people(draft, team_id)
    keeps_net = heads is None
    if heads is None and not there:
        heads = math.ceil(net / each - 1e-9) if each else 0
        if heads > MOST_PEOPLE:
            raise Refused(f"{format_ew(net)} ew are {heads:,} engineers: {team.name} stays a plain number")
    found = draft.then(f"{team.name}: people", (TeamTime(id=new_id(), team_id=team_id),))
    if heads is not None and heads != len(there):
        found = set_head_count(found, team_id, heads)
    gross = found.capacity.teams[team_id].net
    if keeps_net and net < gross:
        time = found.capacity.teams[team_id].time
        found = found.then("focus", (time.model_copy(update={"focus": round(net / gross, 6)}),))
    return _joined(draft, found, f"{team.name}: people")


def make_plain(draft: CapacityDraft, team_id: int, net: float | None = None) -> CapacityDraft:
    """A plain number instead of people, who are taken out with their absences; the present net unless given (ew)."""
    team = team_with_people(draft, team_id)
    people = _people(draft, team_id)
    removes: list[Record] = [team.time, *people, *_absences(draft, {row.id for row in people})]
    label = f"{team.team.name}: a plain number"
    found = draft.then(label, (), removes)
    return _joined(draft, found if net is None else set_plain_net(found, team_id, net), label)


def recount(draft: CapacityDraft, team_id: int) -> CapacityDraft:
    """What the people give becomes the stored net capacity, where that is another figure."""
    team = team_with_people(draft, team_id)
    rows = draft.state.all(Capacity).values()
    row = next((row for row in rows if (row.quarter_id, row.team_id) == (draft.state.quarter.id, team_id)), None)
    if row is None or not team.differs:
        return draft
    return draft.then(f"{team.team.name}: {team.differs}", (row.model_copy(update={"net": team.net}),))


def set_focus(draft: CapacityDraft, team_id: int, focus: float) -> CapacityDraft:
    """The share of the people's time that is for planned work at all."""
    return _time(draft, team_id, "focus", focus)


def set_interrupts(draft: CapacityDraft, team_id: int, share: float) -> CapacityDraft:
    """The share of what is left then that unplanned work takes."""
    return _time(draft, team_id, "interrupts", share)


def _time(draft: CapacityDraft, team_id: int, name: str, share: float) -> CapacityDraft:
    team = team_with_people(draft, team_id)
    _require_share(share, name)
    return draft.then(f"{team.team.name}: {name} {100 * share:.4g}%", (team.time.model_copy(update={name: share}),))


def set_head_count(draft: CapacityDraft, team_id: int, count: int) -> CapacityDraft:
    """So many people in all: “engineer 1”, “engineer 2” and so on come and go, whoever has a name stays.

    A plain team gets people by it. Of the counted ones, those about whom nothing is known leave first.
    """
    team = team_of(draft, team_id)
    if not 0 <= count <= MOST_PEOPLE:
        raise Refused(f"a team has 0 to {MOST_PEOPLE} people")
    if team_id not in draft.capacity.teams:
        made = draft.then("people", (TeamTime(id=new_id(), team_id=team_id),))
        return _joined(draft, set_head_count(made, team_id, count), f"{team.name}: {count} people")
    people = _people(draft, team_id)
    label = f"{team.name}: {count} people"
    if count >= len(people):
        return draft.then(label, _counted(people, team_id, count - len(people)))
    counted = [row for row in people if _COUNTED.fullmatch(row.name)]
    named = len(people) - len(counted)
    if count < named:
        who = "1 person with a name" if named == 1 else f"{named} people with names"
        raise Refused(f"{team.name} has {who}: take them out one by one")
    known = {row.person_id for row in draft.state.all(Absence).values()}

    def last_to_leave(row: Person) -> tuple[bool, int]:
        plain = Person(id=row.id, rev=row.rev, team_id=row.team_id, name=row.name, position=row.position)
        return row.id in known or row != plain.model_copy(update={"place_id": row.place_id}), _count_in(row)

    counted.sort(key=lambda row: (last_to_leave(row)[0], -_count_in(row)))
    leaving = counted[: len(people) - count]
    return draft.then(label, (), [*leaving, *_absences(draft, {row.id for row in leaving})])


def _counted(people: list[Person], team_id: int, count: int) -> list[Person]:
    """More counted engineers, with the lowest numbers that are free, where most of the others are."""
    taken = {row.name for row in people}
    names = (f"engineer {at}" for at in range(1, len(people) + count + 1))
    free = [name for name in names if name not in taken][:count]
    places = [row.place_id for row in people]
    place = max(places, key=places.count) if places else None
    last = max((row.position for row in people), default=-1)
    return [
        Person(id=new_id(), team_id=team_id, name=name, place_id=place, position=last + at)
        for at, name in enumerate(free, 1)
    ]


def _count_in(person: Person) -> int:
    found = _COUNTED.fullmatch(person.name)
    return int(found[1]) if found else 0


def renumbered(moving: Iterable[Person], there: Iterable[Person], team_id: int, of: str) -> Iterator[Person]:
    """People of another team (``of``) in this one, each with a name that nobody has there."""
    people = sorted(there, key=in_order)
    for row in sorted(moving, key=in_order):
        name = row.name
        if name.casefold() in {each.name.casefold() for each in people}:
            name = (
                _counted(people, team_id, 1)[0].name if _COUNTED.fullmatch(name) else f"{name} ({of})"[:_LONGEST_NAME]
            )
        position = max((each.position for each in people), default=-1) + 1
        people.append(row.model_copy(update={"team_id": team_id, "name": name, "position": position}))
        yield people[-1]


# ------------------------------------------------------------------ a person


def add_person(draft: CapacityDraft, team_id: int, name: str, **given: Any) -> CapacityDraft:
    """Another person; ``given`` are further fields of :class:`~store.records.Person`, by name."""
    team = team_with_people(draft, team_id)
    name = _name(name, "person")
    people = _people(draft, team_id)
    if len(people) >= MOST_PEOPLE:
        raise Refused(f"a team has 0 to {MOST_PEOPLE} people")
    _require_new_name(people, name)
    position = max((row.position for row in people), default=-1) + 1
    person = Person(id=new_id(), team_id=team_id, name=name, position=position)
    return _person(draft, person, f"{name} joins {team.team.name}", given)


def rename_person(draft: CapacityDraft, person_id: int, name: str) -> CapacityDraft:
    """Another name."""
    person, name = person_of(draft, person_id), _name(name, "person")
    _require_new_name([row for row in _people(draft, person.team_id) if row.id != person_id], name)
    return _person(draft, person, f"{person.name} is {name}", {"name": name})


def remove_person(draft: CapacityDraft, person_id: int) -> CapacityDraft:
    """Nobody of that name was ever there: the person goes, with all absences. See :func:`leaves` for a last day."""
    person = person_of(draft, person_id)
    return draft.then(f"{person.name} taken out", (), [person, *_absences(draft, {person_id})])


def joins(
    draft: CapacityDraft,
    person_id: int,
    on: date | None,
    ramp_none: float | None = None,
    ramp_half: float | None = None,
) -> CapacityDraft:
    """The first day there (None: from before the quarter), and for how many weeks they give nothing, and then half."""
    person = person_of(draft, person_id)
    given: dict[str, Any] = {"starts": on}
    given |= {"ramp_none": ramp_none} if ramp_none is not None else {}
    given |= {"ramp_half": ramp_half} if ramp_half is not None else {}
    words = f"{person.name} joins {day(on)}" if on else f"{person.name} is there from the beginning"
    return _person(draft, person, words, given)


def leaves(draft: CapacityDraft, person_id: int, last: date | None) -> CapacityDraft:
    """The last day there; None where they stay."""
    person = person_of(draft, person_id)
    return _person(
        draft, person, f"{person.name} leaves {day(last)}" if last else f"{person.name} stays", {"ends": last}
    )


def set_share(draft: CapacityDraft, person_id: int, share: float) -> CapacityDraft:
    """The share of full time, 0..1."""
    person = person_of(draft, person_id)
    return _person(draft, person, f"{person.name} at {100 * share:.4g}%", {"share": share})


def change_person(
    draft: CapacityDraft,
    person_id: int,
    name: str,
    share: float,
    place_id: int | None,
    starts: date | None,
    ends: date | None,
) -> CapacityDraft:
    """All that a form or a command says of somebody, as one step; what is so already stays."""
    now, later = person_of(draft, person_id), draft
    # Last day first where both move on, so that nobody leaves before joining on the way.
    later = leaves(later, person_id, None)
    later = joins(later, person_id, starts) if starts != now.starts else later
    later = leaves(later, person_id, ends)
    later = set_share(later, person_id, share) if share != now.share else later
    later = set_place(later, person_id, place_id) if place_id != now.place_id else later
    later = rename_person(later, person_id, name) if name.split() != now.name.split() else later
    return one_step(draft, later)


def set_place(draft: CapacityDraft, person_id: int, place_id: int | None) -> CapacityDraft:
    """Where somebody works, and so whose public holidays they have; None for nowhere in particular."""
    person = person_of(draft, person_id)
    return _person(draft, person, f"{person.name} moves", {"place_id": place_id})


def _person(draft: CapacityDraft, person: Person, label: str, given: dict[str, Any]) -> CapacityDraft:
    """The person with other fields, once they are sound."""
    new = person.model_copy(update=given)
    _require_share(new.share, "share")
    if new.starts and new.ends and new.starts > new.ends:
        raise Refused(f"{new.name} would leave ({day(new.ends)}) before joining ({day(new.starts)})")
    if not (0 <= new.ramp_none <= _LONGEST_RAMP and 0 <= new.ramp_half <= _LONGEST_RAMP):
        raise Refused(f"a ramp-up takes 0 to {_LONGEST_RAMP} weeks")
    if new.place_id is not None and new.place_id not in draft.state.all(Place):
        raise Refused("that place is not there any more")
    return draft.then(label, (new,))


def _name(name: str, what: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(f"a {what} needs a name")
    if len(name) > _LONGEST_NAME:
        raise Refused(f"the name of a {what} has at most {_LONGEST_NAME} characters")
    return name


def _require_new_name(people: list[Person], name: str) -> None:
    if name.casefold() in {row.name.casefold() for row in people}:
        raise Refused(f"there is a “{name}” in the team already")


def _require_share(share: float, what: str) -> None:
    if not 0 <= share <= 1:
        raise Refused(f"{what} is a share from 0% to 100%")


def _joined(before: CapacityDraft, after: CapacityDraft, label: str) -> CapacityDraft:
    """What took several steps as one, so that undoing takes back all of it."""
    if len(after.steps) <= len(before.steps):
        return after
    return CapacityDraft(before.base, (*before.steps, replace(after.steps[-1], label=label)))
