"""How the capacity screen asks: a form whose edit is tried out while typing, and how its fields are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from scenarios.capacity.draft import Draft
from scenarios.capacity.readers import day_or_week, needed_day, place_in, ramp_in, share_in, whose_days
from scenarios.figures.sizes import format_ew
from store.records.errors import Refused, refused_about
from tui.dialogs.form import Field, Form, Values
from tui.drawing.words import arrow

if TYPE_CHECKING:
    from tui.capacity.capacity_screen import CapacityScreen

T = TypeVar("T")
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
        with refused_about(wrong):
            return build(values)(screen.changes.draft)

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

    Raises Refused.
    """
    return _read(field, lambda: day_or_week(values[field], screen.changes.draft.capacity.weeks, last=last))


def needed(values: Values, field: str, screen: CapacityScreen, *, last: bool) -> date:
    """The same, of a field that may not be empty. Raises Refused."""
    return _read(field, lambda: needed_day(values[field], screen.changes.draft.capacity.weeks, last=last))


def share(values: Values, field: str) -> float:
    """A share 0..1 from percent. Raises Refused."""
    return _read(field, lambda: share_in(values[field]))


def weeks_of(values: Values, field: str) -> float:
    """Weeks of a ramp-up; 0 where the field is empty. Raises Refused."""
    return _read(field, lambda: ramp_in(values[field]))


def place_named(values: Values, draft: Draft) -> int | None:
    """The id of the place that is named; None where none is. Raises Refused."""
    place = _read("place", lambda: place_in(values["place"], draft.state))
    return None if place is None else place.id


def whose(values: Values, draft: Draft) -> tuple[int | None, int | None]:
    """The team or the place whose days are closed, by id. Raises Refused."""
    return _read("whose", lambda: whose_days(values["whose"], draft))


def _read(field: str, read: Callable[[], T]) -> T:
    """What is typed in a field. Raises Refused for what cannot be read."""
    with refused_about(field):
        return read()


def percent_of(value: float) -> str:
    """A share 0..1 as it is typed."""
    return f"{100 * value:.4g}"


def iso(value: date | None) -> str:
    """A day as it is typed; empty for none."""
    return value.isoformat() if value else ""


DAY = "a day as 2027-02-08, or a week as w6"


def new_team(text: str, field: str, known: set[str]) -> tuple[str, float]:
    """A name and net engineer-weeks from ``Pay 34.0``. Raises Refused; ``known`` are names in lower case."""
    name, _, amount = text.strip().rpartition(" ")
    try:
        weeks = float(amount)
    except ValueError:
        name, weeks = text.strip(), 0.0
    if not name:
        raise Refused("A team needs a name and its net engineer-weeks, as: Pay 34.0", field)
    if not 0 <= weeks <= 10_000:
        raise Refused(f"{name}: a number of engineer-weeks, 0 to 10,000.", field)
    if name.casefold() in known:
        raise Refused(f"There is a team “{name}” already.", field)
    return name[:200], weeks
