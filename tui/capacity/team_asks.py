"""What the capacity screen asks about a team: its people, focus, plain number, name; a new one, and one less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.capacity.team_changes import merge_teams, remove_team
from scenarios.figures.names import team_named
from scenarios.trade.door import Proposal
from store.common.errors import Refused, refused_about
from store.records import Team, TeamTime
from tui.capacity.ask_form import asked
from tui.dialogs.form import Field, Form, Values
from tui.forms.people import FOCUS, HEADS, PLAIN, RENAME, TEAM

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
        screen.say(screen.KEYS.said(screen.app, "this team is a plain number so far: {heads} takes it apart"))
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


async def ask_team_name(screen: CapacityScreen) -> None:
    """Another name of the team."""
    team = screen.team()
    if team is not None:
        await asked(screen, RENAME, team)


async def ask_merge(screen: CapacityScreen) -> None:
    """The team that this one becomes a part of, with all that it holds."""
    await _one_less(screen, "merge into", "Its items, its people or its net, and its record become the other team's.")


async def ask_team_removal(screen: CapacityScreen) -> None:
    """The team goes, with its people; what it holds goes to the team that is named."""
    words = "The team goes, with its people, its net and its record. {undo} takes it back."
    await _one_less(screen, "items go to", screen.KEYS.said(screen.app, words))


async def _one_less(screen: CapacityScreen, label: str, about: str) -> None:
    """Ask which team takes what this one holds; the answer leaves the screen for the door."""
    team, state = screen.team(), screen.session.state
    if team is None:
        return
    if screen.changes.any:
        screen.say(
            "the draft has changes: confirm them (enter) or leave them (esc) first, this is a decision by itself"
        )
        return
    others = [row.name for row in state.each(Team) if row.id != team]
    merges = label == "merge into"

    def meant(values: Values) -> Proposal:
        text = values["team"].strip()
        with refused_about("team"):
            if not text and not merges:
                return remove_team(state, team)
            to = team_named(state, text).id
            return merge_teams(state, team, to) if merges else remove_team(state, team, to)

    def check(values: Values) -> None:
        meant(values)

    hint = f"one of {', '.join(others)}"[:200] if others else "there is no other team"
    title = f"{state.all(Team)[team].name}: {'merge into another team' if merges else 'remove the team'}"
    fields = (Field("team", label, "", hint if merges else f"{hint}; empty where it holds nothing"),)
    values = await screen.app.push_screen_wait(Form(title, fields, about, enter="ask the plan", check=check))
    if values is None:
        return
    try:
        screen.dismiss(meant(values))
    except Refused as error:
        screen.say(str(error))
