"""What each key of the capacity screen asks for."""

from __future__ import annotations

from tui.capacity.capacity_screen import Ask, CapacityScreen
from tui.capacity.people_asks import ask_edit, ask_joins, ask_leave, ask_person
from tui.capacity.place_asks import ask_closure, ask_places
from tui.capacity.team_asks import ask_focus, ask_heads, ask_merge, ask_plain, ask_team, ask_team_removal
from tui.dialogs.form import Field, Form


async def ask_reason(screen: CapacityScreen) -> None:
    """Why: for the decision."""
    fields = (Field("reason", "because", "; ".join(screen.changes.reasons), "one line; it goes with the decision"),)
    values = await screen.app.push_screen_wait(Form("Why these changes?", fields, enter="keep it"))
    if values is not None:
        screen.take(screen.changes.with_reason(values["reason"]))


async def ask_import(screen: CapacityScreen) -> None:
    """People and leave from a file."""
    from tui.capacity import file_asks

    await file_asks.ask_import(screen)


ASKS: dict[str, Ask] = {
    "leave": ask_leave,
    "joins": ask_joins,
    "person": ask_person,
    "edit": ask_edit,
    "heads": ask_heads,
    "focus": ask_focus,
    "plain": ask_plain,
    "team": ask_team,
    "merge": ask_merge,
    "no team": ask_team_removal,
    "places": ask_places,
    "closure": ask_closure,
    "reason": ask_reason,
    "import": ask_import,
}
