"""Edits of places, their public holidays, and the days on which nobody works.

Each takes a draft and gives the next one. All raise :class:`~scenarios.capacity.draft.Refused` with a sentence.
"""

from __future__ import annotations

from datetime import date

from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.words import span
from scenarios.working_time.holidays import public_holidays
from store.common.errors import Refused
from store.records import Closure, Person, Place, Team, new_id

_LONGEST_NAME = 200


def add_place(
    draft: CapacityDraft, name: str, country: str = "", subdivision: str = "", *, holidays: bool = True
) -> CapacityDraft:
    """A place where people work: ISO 3166 codes of country and subdivision (see ``places_known``)."""
    row = Place(id=new_id(), name="-", holidays=holidays)
    return _put(draft, row, name, country, subdivision)


def change_place(draft: CapacityDraft, place_id: int, name: str, country: str, subdivision: str) -> CapacityDraft:
    """Another name, or other codes."""
    return _put(draft, _place(draft, place_id), name, country, subdivision)


def set_holidays(draft: CapacityDraft, place_id: int, on: bool) -> CapacityDraft:
    """Whether a place's public holidays count."""
    row = _place(draft, place_id)
    return draft.then(f"holidays of {row.name} {'on' if on else 'off'}", (row.model_copy(update={"holidays": on}),))


def remove_place(draft: CapacityDraft, place_id: int) -> CapacityDraft:
    """A place where nobody works any more."""
    row = _place(draft, place_id)
    there = sum(person.place_id == place_id for person in draft.state.all(Person).values())
    if there:
        who = "1 person works" if there == 1 else f"{there} people work"
        raise Refused(f"{who} in {row.name}: move them first")
    closures = [each for each in draft.state.all(Closure).values() if each.place_id == place_id]
    return draft.then(f"place {row.name} taken out", (), (row, *closures))


def add_closure(
    draft: CapacityDraft, name: str, first: date, last: date, team_id: int | None = None, place_id: int | None = None
) -> CapacityDraft:
    """Days, first and last included, on which nobody works: of a team, of a place, or of all."""
    name = " ".join(name.split())[:_LONGEST_NAME] or "closed"
    if first > last:
        raise Refused(f"{name}: the last day ({last}) is before the first ({first})")
    if team_id is not None and team_id not in draft.state.all(Team):
        raise Refused("that team is not there any more")
    if place_id is not None:
        _place(draft, place_id)
    row = Closure(id=new_id(), name=name, starts=first, ends=last, team_id=team_id, place_id=place_id)
    return draft.then(f"closed {span(first, last)} ({name})", (row,))


def remove_closure(draft: CapacityDraft, closure_id: int) -> CapacityDraft:
    """Work goes on, on those days."""
    row = draft.state.all(Closure).get(closure_id)
    if row is None:
        raise Refused("that closure is not there any more")
    return draft.then(f"not closed {span(row.starts, row.ends)}", (), (row,))


def _place(draft: CapacityDraft, place_id: int) -> Place:
    row = draft.state.all(Place).get(place_id)
    if row is None:
        raise Refused("that place is not there any more")
    return row


def _put(draft: CapacityDraft, row: Place, name: str, country: str, subdivision: str) -> CapacityDraft:
    name, country, subdivision = " ".join(name.split()), country.strip().upper(), subdivision.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise Refused(f"a place needs a name of at most {_LONGEST_NAME} characters")
    others = {each.name.casefold() for each in draft.state.all(Place).values() if each.id != row.id}
    if name.casefold() in others:
        raise Refused(f"there is a place “{name}” already")
    if subdivision and not country:
        raise Refused(f"{name}: a subdivision needs its country")
    if country:
        public_holidays(country, subdivision, draft.state.quarter.starts.year)
    new = row.model_copy(update={"name": name, "country": country, "subdivision": subdivision})
    return draft.then(f"place {name}", (new,))
