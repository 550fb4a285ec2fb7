"""What the capacity screen asks about places, their public holidays, and closed days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.capacity.places import remove_closure, set_holidays
from store.records import Closure, Place
from tui.capacity.ask_form import asked
from tui.dialogs.menu import Choice, Menu
from tui.forms.people import CLOSED, PLACE, codes_of

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen


async def ask_places(screen: CapacityScreen) -> None:
    """Public holidays of a place on or off, or another place."""
    draft = screen.changes.draft
    places = sorted(draft.state.all(Place).values(), key=lambda row: row.name.casefold())[:9]
    choices = [
        Choice(str(at), row.name, f"{codes_of(row) or 'no country'}: public holidays {'on' if row.holidays else 'off'}")
        for at, row in enumerate(places, 1)
    ]
    choices.append(Choice("a", "add a place", "a name and an ISO code, as DE, DE-BY or US-CA"))
    answer = await screen.app.push_screen_wait(Menu("Public holidays, by place: on or off", choices))
    if answer == "a":
        await asked(screen, PLACE.only("name", "code"))
    elif answer is not None:
        row = places[int(answer) - 1]
        screen.attempt(lambda draft: set_holidays(draft, row.id, not row.holidays))


async def ask_closure(screen: CapacityScreen) -> None:
    """Days on which nobody works; those of the week on the cursor can be taken out."""
    week = screen.week
    if week is None:
        return
    rows = [
        row for row in screen.changes.draft.state.each(Closure) if row.starts <= week.last and row.ends >= week.first
    ]
    if rows:
        choices = [
            Choice(str(at), f"not closed: {row.name}", f"{row.starts:%d %b} to {row.ends:%d %b}")
            for at, row in enumerate(rows[:9], 1)
        ]
        choices.append(Choice("a", "other closed days", ""))
        answer = await screen.app.push_screen_wait(Menu("Closed in this week", choices))
        if answer is None:
            return
        if answer != "a":
            screen.attempt(lambda draft: remove_closure(draft, rows[int(answer) - 1].id))
            return
    await asked(screen, CLOSED, None, {"first": week.first.isoformat(), "last": week.last.isoformat()})
