"""What the capacity screen asks about places, their public holidays, and closed days."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.capacity.draft import Draft
from scenarios.capacity.places import add_closure, add_place, remove_closure, set_holidays
from store.records import Closure, Place
from tui.capacity.ask_form import DAY, asked, needed, whose
from tui.dialogs.form import Field, Values
from tui.dialogs.menu import Choice, Menu

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen


async def ask_places(screen: CapacityScreen) -> None:
    """Public holidays of a place on or off, or another place."""
    draft = screen.changes.draft
    places = sorted(draft.state.all(Place).values(), key=lambda row: row.name.casefold())[:9]
    choices = [
        Choice(str(at), row.name, f"{_codes(row)}: public holidays {'on' if row.holidays else 'off'}")
        for at, row in enumerate(places, 1)
    ]
    choices.append(Choice("a", "add a place", "a name and an ISO code, as DE, DE-BY or US-CA"))
    answer = await screen.app.push_screen_wait(Menu("Public holidays, by place: on or off", choices))
    if answer == "a":
        await ask_place(screen)
    elif answer is not None:
        row = places[int(answer) - 1]
        screen.attempt(lambda draft: set_holidays(draft, row.id, not row.holidays))


def _codes(row: Place) -> str:
    return "-".join(filter(None, (row.country, row.subdivision))) or "no country"


async def ask_place(screen: CapacityScreen) -> None:
    """Another place."""
    fields = (
        Field("name", "name", "", "as: Munich"),
        Field("code", "country", "", "ISO code, with the subdivision where there is one: DE, DE-BY, US-CA"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        country, _, part = values["code"].strip().partition("-")
        return lambda draft: add_place(draft, values["name"], country, part)

    await asked(screen, "A place", fields, build, "Its public holidays count for those who work there (e).", "code")


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
    fields = (
        Field("name", "what", "closed", "as: company days"),
        Field("first", "from", week.first.isoformat(), f"{DAY}: its first day"),
        Field("last", "to", week.last.isoformat(), f"{DAY}: its last day; included"),
        Field("whose", "of", "all", "all, or the name of a team or of a place"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        first, last = needed(values, "first", screen, last=False), needed(values, "last", screen, last=True)
        team, place = whose(values, screen.changes.draft)
        return lambda draft: add_closure(draft, values["name"], first, last, team, place)

    await asked(screen, "Closed days", fields, build)
