"""What the capacity screen asks about people: leave, joining, who they are. Nothing is changed but the draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scenarios.capacity.days_off import leave
from scenarios.capacity.draft import Draft
from scenarios.capacity.edits import add_person, change_person, joins, person_of
from scenarios.figures.readers import number_in
from store.records import Place
from store.records.errors import Refused
from tui.capacity.ask_form import DAY, asked, iso, needed, percent_of, place_named, share, weeks_of, when
from tui.dialogs.form import Field, Values

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen


async def ask_leave(screen: CapacityScreen) -> None:
    """Leave over days: the week on the cursor, unless others are typed."""
    person, week = screen.person(), screen.week
    if person is None or week is None:
        return
    name = person_of(screen.changes.draft, person).name
    friday = min(week.last, week.first + timedelta(days=4 - week.first.weekday())) if week.days else week.last
    fields = (
        Field("first", "from", week.first.isoformat(), f"{DAY}: its first day"),
        Field("last", "to", max(week.first, friday).isoformat(), f"{DAY}: its last day; included"),
        Field("days", "working days", "", "only so many of them, half days too; empty: all of them"),
        Field("kind", "what", "leave", "leave, on-call or away"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        first, last = needed(values, "first", screen, last=False), needed(values, "last", screen, last=True)
        days, kind = number_in(values, "days"), values["kind"].strip().casefold()
        if kind not in ("leave", "on-call", "away"):
            raise Refused("It is leave, on-call or away.", "kind")
        return lambda draft: leave(draft, person, first, last, kind, days, values["because"])  # type: ignore[arg-type]

    await asked(screen, f"{name}: away", fields, build)


async def ask_joins(screen: CapacityScreen) -> None:
    """The first day there, and how long it takes to get going."""
    person, week = screen.person(), screen.week
    if person is None or week is None:
        return
    now = person_of(screen.changes.draft, person)
    fields = (
        Field("starts", "first day", iso(now.starts or week.first), f"{DAY}; empty: there from the beginning"),
        Field("none", "adds nothing for", f"{now.ramp_none:g}", "weeks from the first day"),
        Field("half", "then half for", f"{now.ramp_half:g}", "weeks after them"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        starts = when(values, "starts", screen, last=False)
        none, half = weeks_of(values, "none"), weeks_of(values, "half")
        return lambda draft: joins(draft, person, starts, none, half)

    await asked(screen, f"{now.name}: joins", fields, build)


async def ask_person(screen: CapacityScreen) -> None:
    """Another person."""
    team = screen.team()
    if team is None:
        return
    if team not in screen.changes.draft.capacity.teams:
        screen.say("this team is a plain number so far: H says how many people it has, then p adds another")
        return
    count = len(screen.changes.draft.capacity.teams[team].people)
    fields = (
        Field("name", "name", f"engineer {count + 1}"),
        Field("share", "share %", "100", "of full time"),
        Field("starts", "first day", "", f"{DAY}; empty: there from the beginning"),
        Field("none", "adds nothing for", "0", "weeks from the first day"),
        Field("half", "then half for", "0", "weeks after them"),
        Field("place", "place", "", "where public holidays come from; P adds places"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        given: dict[str, Any] = {
            "share": share(values, "share"),
            "starts": when(values, "starts", screen, last=False),
            "ramp_none": weeks_of(values, "none"),
            "ramp_half": weeks_of(values, "half"),
            "place_id": place_named(values, screen.changes.draft),
        }
        return lambda draft: add_person(draft, team, values["name"], **given)

    await asked(screen, "Another person", fields, build)


async def ask_edit(screen: CapacityScreen) -> None:
    """Name, share, place, first and last day."""
    person = screen.person()
    if person is None:
        return
    state = screen.changes.draft.state
    now = person_of(screen.changes.draft, person)
    place = state.all(Place).get(now.place_id or 0)
    fields = (
        Field("share", "share %", percent_of(now.share), "of full time"),
        Field("name", "name", now.name),
        Field("place", "place", place.name if place else "", "where public holidays come from; P adds places"),
        Field("starts", "first day", iso(now.starts), f"{DAY}; empty: there from the beginning"),
        Field("ends", "last day", iso(now.ends), f"{DAY}; empty: stays"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        part, name, where = share(values, "share"), values["name"], place_named(values, screen.changes.draft)
        starts, ends = when(values, "starts", screen, last=False), when(values, "ends", screen, last=True)

        return lambda draft: change_person(draft, person, name, part, where, starts, ends)

    await asked(screen, f"{now.name}", fields, build)
