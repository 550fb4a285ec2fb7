"""What the capacity screen asks about people: leave, joining, who they are. Nothing is changed but the draft."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tui.capacity.ask_form import asked
from tui.capacity.team_asks import ask_team_name
from tui.forms.people import ADD, CHANGE, JOINS, LEAVE

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen


async def ask_leave(screen: CapacityScreen) -> None:
    """Leave over days: the week on the cursor, unless others are typed."""
    person, week = screen.person(), screen.week
    if person is None or week is None:
        return
    friday = min(week.last, week.first + timedelta(days=4 - week.first.weekday())) if week.days else week.last
    days = {"first": week.first.isoformat(), "last": max(week.first, friday).isoformat()}
    await asked(screen, LEAVE, person, days)


async def ask_joins(screen: CapacityScreen) -> None:
    """The first day there, and how long it takes to get going."""
    person, week = screen.person(), screen.week
    if person is not None and week is not None:
        await asked(screen, JOINS, person, {"starts": week.first.isoformat()})


async def ask_person(screen: CapacityScreen) -> None:
    """Another person."""
    team = screen.team()
    if team is None:
        return
    found = screen.changes.draft.capacity.teams.get(team)
    if found is None:
        words = "this team is a plain number so far: {heads} says how many people it has, then {person} adds another"
        screen.say(screen.KEYS.said(screen.app, words))
        return
    form = ADD.only("name", "share", "starts", "none", "half", "place")
    await asked(screen, form, team, {"name": f"engineer {len(found.people) + 1}"})


async def ask_edit(screen: CapacityScreen) -> None:
    """Name, share, place, first and last day; of a team, its name."""
    if screen.row is not None and screen.row.kind != "person" and screen.row.team_id:
        await ask_team_name(screen)
        return
    person = screen.person()
    if person is not None:
        await asked(screen, CHANGE.only("share", "name", "place", "starts", "ends"), person)
