"""What the capacity screen asks about a team: how many people, focus and interrupts, a plain number, a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.records import TeamTime
from tui.capacity.ask_form import asked
from tui.forms.people import FOCUS, HEADS, PLAIN, TEAM

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen


async def ask_heads(screen: CapacityScreen) -> None:
    """How many people a team has; a plain one gets people by it."""
    team = screen.team()
    if team is not None:
        await asked(screen, HEADS, team)


async def ask_focus(screen: CapacityScreen) -> None:
    """The share of the time that is for planned work, and what interrupts take of it."""
    team = screen.team()
    if team is None:
        return
    if all(row.team_id != team for row in screen.changes.draft.state.each(TeamTime)):
        screen.say("this team is a plain number so far: H takes it apart")
        return
    await asked(screen, FOCUS, team)


async def ask_plain(screen: CapacityScreen) -> None:
    """The net of a team as a plain number, instead of its people where it has any."""
    team = screen.team()
    if team is not None:
        await asked(screen, PLAIN, team)


async def ask_team(screen: CapacityScreen) -> None:
    """Another team."""
    await asked(screen, TEAM)
