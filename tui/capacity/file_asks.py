"""People and leave from a file into the draft: ask, show what it would change, take it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.capacity.net import halved, net_changes
from store.common.errors import StoreError
from store.imports.people.absences import PeoplePlan
from store.imports.people.table import PeopleOptions, plan_people
from store.imports.reader import read_table
from store.records import State
from tui.dialogs.form import Field, Form
from tui.dialogs.report import Report
from tui.flows.files import bared, field_to_read, to_read

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen

#: Changes that are listed; the count is always whole.
_SHOWN = 500
_CALENDARS = (".ics", ".ical", ".ifb", ".icalendar")


async def ask_import(screen: CapacityScreen) -> None:
    """A CSV file of people and leave, or a calendar of leave."""
    fields = (
        field_to_read("file", "a CSV file of people and leave, or a calendar (.ics)"),
        Field("team", "team", "", "for rows that name none"),
        Field("person", "person", "", "whose a calendar is, where its events do not say so"),
    )
    about = "Nothing is changed before you have seen what it would change, and confirmed the draft."
    values = await screen.app.push_screen_wait(Form("People and leave from a file", fields, about, enter="look"))
    if values is None or not bared(values["file"]):
        return
    options = PeopleOptions(team=values["team"].strip(), person=values["person"].strip())
    try:
        path = to_read(values["file"])
        plan = await asyncio.to_thread(_plan, screen.changes.draft.state, path, options)
    except StoreError as error:
        screen.say(str(error))
        return
    now = screen.changes.draft
    later = now.then(plan.command().label, plan.puts)
    lines = [f"look twice: {warning}" for warning in halved(now.state, later.state)]
    lines += net_changes(now.state, later.state)
    lines += [f"not taken, line {row.line}: {row.reason}" for row in plan.rejected]
    lines += [*plan.changes[:_SHOWN], *(f"note: {note}" for note in plan.notes)]
    if await screen.app.push_screen_wait(Report(plan.summary, lines, "take it into the draft")):
        command = plan.command()
        screen.attempt(lambda draft: draft.then(command.label, command.puts))


def _plan(state: State, path: Path, options: PeopleOptions) -> PeoplePlan:
    """What the file would change. Raises StoreError."""
    if path.suffix.casefold() not in _CALENDARS:
        return plan_people(state, read_table(path), options)
    # The calendar's library is loaded when there is one.
    from store.imports.people.ics import read_calendar
    from store.imports.people.ics_leave import plan_leave

    return plan_leave(state, read_calendar(path), options)
