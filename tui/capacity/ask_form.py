"""How the capacity screen asks: by the form of a description, whose edit is tried out while typing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.capacity.draft import CapacityDraft
from scenarios.figures.sizes import format_ew
from tui.dialogs.form import Values
from tui.dialogs.plain_form import form_of
from tui.drawing.words import arrow
from tui.forms.people import PeopleChange
from tui.forms.plain_change import Ask

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen

_BECAUSE = Ask("because", "because", hint="why it is so, where that matters; it goes with the decision")


async def asked(
    screen: CapacityScreen, change: PeopleChange, record: int | None = None, likely: Values | None = None
) -> None:
    """Ask; what is taken becomes an edit of the draft."""

    def follow(draft: CapacityDraft, record: int | None, values: Values) -> str:
        later = screen.changes.with_draft(change.command(draft, record, values))
        now, after = screen.after(screen.changes), screen.after(later)
        net = f"net {format_ew(now.plan.capacity)} → {format_ew(after.plan.capacity)}"
        return f"{net}   odds {arrow(now.odds, after.odds, after.plan.target)}"

    whole = replace(change, asks=(*change.asks, _BECAUSE), follow=follow, enter="take it into the draft")
    form = form_of(whole, lambda: screen.changes.draft, record, likely)
    values = None if form is None else await screen.app.push_screen_wait(form)
    if values is not None:
        screen.attempt(lambda draft: change.command(draft, record, values), values["because"])
