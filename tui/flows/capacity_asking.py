"""How the capacity screen asks: a form whose edit is tried out while typing, and how its fields are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from scenarios.capacity.draft import Draft, EditError
from scenarios.sizes import format_ew
from store.records import Place
from store.text import capital
from tui.dialogs.form import Field, Form, FormError, Values
from tui.flows.requests import day, number
from tui.widgets.words import arrow

if TYPE_CHECKING:
    from tui.screens.capacity import CapacityScreen

Build = Callable[[Values], Callable[[Draft], Draft]]
_BECAUSE = Field("because", "because", "", "why it is so, where that matters; it goes with the decision")


async def asked(
    screen: CapacityScreen, title: str, fields: Sequence[Field], build: Build, about: str = "", wrong: str = ""
) -> None:
    """A form whose edit is tried out while typing, and made when it is taken.

    ``wrong`` is the field to go to where the edit cannot be, the first one by default.
    """
    wrong = wrong or fields[0].name

    def tried(values: Values) -> Draft:
        try:
            return build(values)(screen.changes.draft)
        except EditError as error:
            raise FormError(wrong, capital(str(error)) + ".") from error

    def follow(values: Values) -> str:
        draft = tried(values)
        now, after = screen.after(screen.changes), screen.after(screen.changes.with_draft(draft))
        net = f"net {format_ew(now.plan.capacity)} → {format_ew(after.plan.capacity)}"
        return f"{net}   odds {arrow(now.odds, after.odds)}"

    def check(values: Values) -> None:
        tried(values)

    values = await screen.app.push_screen_wait(
        Form(title, [*fields, _BECAUSE], about, check=check, follow=follow, enter="take it into the draft")
    )
    if values is not None:
        screen.attempt(build(values), values["because"])


# ------------------------------------------------------------------ reading


def when(values: Values, field: str, screen: CapacityScreen, *, last: bool) -> date | None:
    """A day as 2027-02-08, or a week as w6: its first day, or its last where ``last``. None where the field is empty.

    Raises FormError.
    """
    text = values[field].strip()
    if text[:1] in ("w", "W") and text[1:].strip().isdigit():
        weeks = screen.changes.draft.capacity.weeks
        at = int(text[1:])
        if not 1 <= at <= len(weeks):
            raise FormError(field, f"The quarter has weeks 1 to {len(weeks)}.")
        return weeks[at - 1].last if last else weeks[at - 1].first
    return day(values, field)


def needed(values: Values, field: str, screen: CapacityScreen, *, last: bool) -> date:
    """The same, of a field that may not be empty. Raises FormError."""
    found = when(values, field, screen, last=last)
    if found is None:
        raise FormError(field, "A day is needed here, as 2027-02-08, or a week, as w6.")
    return found


def share(values: Values, field: str) -> float:
    """A share 0..1 from percent. Raises FormError."""
    found = number({field: values[field].replace("%", "")}, field)
    if found is None or not 0 <= found <= 100:
        raise FormError(field, "A share is between 0 and 100 percent.")
    return found / 100


def weeks_of(values: Values, field: str) -> float:
    """Weeks of a ramp-up; 0 where the field is empty. Raises FormError."""
    found = number(values, field)
    if found is not None and not 0 <= found <= 520:
        raise FormError(field, "A ramp-up takes between 0 and 520 weeks.")
    return found or 0.0


def place_named(values: Values, draft: Draft) -> int | None:
    """The id of the place that is named; None where none is. Raises FormError."""
    text = values["place"].strip()
    if not text:
        return None
    places = {row.name.casefold(): row.id for row in draft.state.all(Place).values()}
    if text.casefold() not in places:
        known = ", ".join(row.name for row in draft.state.all(Place).values()) or "none yet"
        raise FormError("place", f"There is no place “{text}”: {known}. P adds one.")
    return places[text.casefold()]


def percent_of(value: float) -> str:
    """A share 0..1 as it is typed."""
    return f"{100 * value:.4g}"


def iso(value: date | None) -> str:
    """A day as it is typed; empty for none."""
    return value.isoformat() if value else ""


DAY = "a day as 2027-02-08, or a week as w6"


def one_step(before: Draft, after: Draft) -> Draft:
    """Several edits as one, named by what was done last; the same draft where nothing was."""
    steps = after.steps[len(before.steps) :]
    if not steps or after.state.tables == before.state.tables:
        return before
    named = [step.label for step in steps if not step.label.endswith(" stays")] or [steps[-1].label]
    return Draft(before.base, (*before.steps, type(steps[-1])(", ".join(named), after.state)))
