"""What the capacity screen asks about a team: how many people, focus and interrupts, a plain number, a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.capacity.draft import Draft, one_step
from scenarios.capacity.edits import (
    add_team,
    make_plain,
    refine,
    set_focus,
    set_head_count,
    set_interrupts,
    set_plain_net,
)
from scenarios.figures.readers import number_in
from scenarios.figures.sizes import format_ew
from store.records import TeamTime
from store.records.errors import Refused
from tui.capacity.ask_form import asked, percent_of, share
from tui.dialogs.form import Field, Values

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen


async def ask_heads(screen: CapacityScreen) -> None:
    """How many people a team has; a plain one gets people by it."""
    team = screen.team()
    if team is None:
        return
    draft = screen.changes.draft
    found = draft.capacity.teams.get(team)
    start = "" if found is None else str(len(found.people))
    about = "" if found else "Empty: as many as give the net that it has, with a focus by which the net stays."
    fields = (Field("count", "people", start, "“engineer 1” and so on come and go; whoever has a name stays"),)

    def build(values: Values) -> Callable[[Draft], Draft]:
        count = number_in(values, "count")
        if count is None and found is None:
            return lambda draft: refine(draft, team)
        if count is None or count != int(count):
            raise Refused("A whole number of people.", "count")
        return lambda draft: set_head_count(draft, team, int(count))

    await asked(screen, "How many people", fields, build, about)


async def ask_focus(screen: CapacityScreen) -> None:
    """The share of the time that is for planned work, and what interrupts take of it."""
    team = screen.team()
    if team is None:
        return
    times = screen.changes.draft.state.all(TeamTime).values()
    time = next((row for row in times if row.team_id == team), None)
    if time is None:
        screen.say("this team is a plain number so far: H takes it apart")
        return
    fields = (
        Field("focus", "focus %", percent_of(time.focus), "of their time that is for planned work at all"),
        Field("interrupts", "interrupts %", percent_of(time.interrupts), "of what is left then, for unplanned work"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        focus, interrupts = share(values, "focus"), share(values, "interrupts")
        return lambda draft: one_step(draft, set_interrupts(set_focus(draft, team, focus), team, interrupts))

    await asked(screen, "Focus and interrupts", fields, build)


async def ask_plain(screen: CapacityScreen) -> None:
    """The net of a team as a plain number, instead of its people where it has any."""
    team = screen.team()
    if team is None:
        return
    people = screen.changes.draft.capacity.teams.get(team)
    net = screen.changes.draft.net[team]
    fields = (Field("net", "net ew", format_ew(net), "engineer-weeks, after holidays, leave, focus and interrupts"),)
    about = f"Instead of {len(people.people)} people, who are taken out with their leave." if people else ""

    def build(values: Values) -> Callable[[Draft], Draft]:
        weeks = number_in(values, "net")
        if weeks is None or not 0 <= weeks <= 10_000:
            raise Refused("A number of engineer-weeks, 0 to 10,000.", "net")
        weeks = net if format_ew(weeks) == format_ew(net) else weeks
        return lambda draft: make_plain(draft, team, weeks) if people else set_plain_net(draft, team, weeks)

    await asked(screen, "A plain net capacity", fields, build, about)


async def ask_team(screen: CapacityScreen) -> None:
    """Another team."""
    from tui.capacity.ask_form import new_team

    fields = (Field("team", "new team", "", "a name and its net engineer-weeks, as: Pay 34.0"),)

    def build(values: Values) -> Callable[[Draft], Draft]:
        name, weeks = new_team(values["team"], "team", set())
        return lambda draft: add_team(draft, name, weeks)

    await asked(screen, "A new team", fields, build, "H takes it apart into people later.")
