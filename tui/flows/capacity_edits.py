"""What the edits of the capacity screen ask for; odds move while typing, and nothing is changed but the draft."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from scenarios.capacity.days_off import leave
from scenarios.capacity.draft import Draft, EditError
from scenarios.capacity.edits import (
    add_person,
    add_team,
    joins,
    make_plain,
    person_of,
    refine,
    rename_person,
    set_focus,
    set_head_count,
    set_interrupts,
    set_place,
    set_plain_net,
    set_share,
)
from scenarios.capacity.edits import leaves as leaves_on
from scenarios.capacity.places import add_closure, add_place, remove_closure, set_holidays
from scenarios.sizes import format_ew
from store.records import Closure, Place, TeamTime
from tui.dialogs.form import Field, Form, FormError, Values
from tui.dialogs.menu import Choice, Menu
from tui.flows.requests import day, number
from tui.widgets.words import arrow

if TYPE_CHECKING:
    from tui.screens.capacity import CapacityScreen

Build = Callable[[Values], Callable[[Draft], Draft]]
_BECAUSE = Field("because", "because", "", "why it is so, where that matters; it goes with the decision")


async def _ask(
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
            words = str(error)
            raise FormError(wrong, words[:1].upper() + words[1:] + ".") from error

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


def _percent(value: float) -> str:
    return f"{100 * value:.4g}"


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


_DAY = "a day as 2027-02-08, or a week as w6"


# ------------------------------------------------------------------ people


async def ask_leave(screen: CapacityScreen) -> None:
    """Leave over days: the week on the cursor, unless others are typed."""
    person, week = screen.person(), screen.week
    if person is None or week is None:
        return
    name = person_of(screen.changes.draft, person).name
    friday = min(week.last, week.first + timedelta(days=4 - week.first.weekday())) if week.days else week.last
    fields = (
        Field("first", "from", week.first.isoformat(), f"{_DAY}: its first day"),
        Field("last", "to", max(week.first, friday).isoformat(), f"{_DAY}: its last day; included"),
        Field("days", "working days", "", "only so many of them, half days too; empty: all of them"),
        Field("kind", "what", "leave", "leave, on-call or away"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        first, last = needed(values, "first", screen, last=False), needed(values, "last", screen, last=True)
        days, kind = number(values, "days"), values["kind"].strip().casefold()
        if kind not in ("leave", "on-call", "away"):
            raise FormError("kind", "It is leave, on-call or away.")
        return lambda draft: leave(draft, person, first, last, kind, days, values["because"])  # type: ignore[arg-type]

    await _ask(screen, f"{name}: away", fields, build)


async def ask_joins(screen: CapacityScreen) -> None:
    """The first day there, and how long it takes to get going."""
    person, week = screen.person(), screen.week
    if person is None or week is None:
        return
    now = person_of(screen.changes.draft, person)
    fields = (
        Field("starts", "first day", _iso(now.starts or week.first), f"{_DAY}; empty: there from the beginning"),
        Field("none", "adds nothing for", f"{now.ramp_none:g}", "weeks from the first day"),
        Field("half", "then half for", f"{now.ramp_half:g}", "weeks after them"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        starts = when(values, "starts", screen, last=False)
        none, half = weeks_of(values, "none"), weeks_of(values, "half")
        return lambda draft: joins(draft, person, starts, none, half)

    await _ask(screen, f"{now.name}: joins", fields, build)


async def ask_person(screen: CapacityScreen) -> None:
    """Another person."""
    team = screen.team()
    if team is None:
        return
    if team not in screen.changes.draft.capacity.teams:
        screen.say("this team is a plain number so far: H says how many people it has, then p adds another")
        return
    count = len(screen.changes.draft.capacity.teams[team].people)
    fields = (
        Field("name", "name", f"engineer {count + 1}"),
        Field("share", "share %", "100", "of full time"),
        Field("starts", "first day", "", f"{_DAY}; empty: there from the beginning"),
        Field("none", "adds nothing for", "0", "weeks from the first day"),
        Field("half", "then half for", "0", "weeks after them"),
        Field("place", "place", "", "where public holidays come from; P adds places"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        given: dict[str, Any] = {
            "share": share(values, "share"),
            "starts": when(values, "starts", screen, last=False),
            "ramp_none": weeks_of(values, "none"),
            "ramp_half": weeks_of(values, "half"),
            "place_id": place_named(values, screen.changes.draft),
        }
        return lambda draft: add_person(draft, team, values["name"], **given)

    await _ask(screen, "Another person", fields, build)


async def ask_edit(screen: CapacityScreen) -> None:
    """Name, share, place, first and last day."""
    person = screen.person()
    if person is None:
        return
    state = screen.changes.draft.state
    now = person_of(screen.changes.draft, person)
    place = state.all(Place).get(now.place_id or 0)
    fields = (
        Field("share", "share %", _percent(now.share), "of full time"),
        Field("name", "name", now.name),
        Field("place", "place", place.name if place else "", "where public holidays come from; P adds places"),
        Field("starts", "first day", _iso(now.starts), f"{_DAY}; empty: there from the beginning"),
        Field("ends", "last day", _iso(now.ends), f"{_DAY}; empty: stays"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        part, name, where = share(values, "share"), values["name"], place_named(values, screen.changes.draft)
        starts, ends = when(values, "starts", screen, last=False), when(values, "ends", screen, last=True)

        def edit(draft: Draft) -> Draft:
            # Last day first where both move on, so that nobody leaves before joining on the way.
            draft = leaves_on(draft, person, None)
            draft = joins(draft, person, starts) if starts != now.starts else draft
            draft = leaves_on(draft, person, ends)
            draft = set_share(draft, person, part) if part != now.share else draft
            draft = set_place(draft, person, where) if where != now.place_id else draft
            return rename_person(draft, person, name) if name.split() != now.name.split() else draft

        return lambda draft: _one_step(draft, edit(draft))

    await _ask(screen, f"{now.name}", fields, build)


def _one_step(before: Draft, after: Draft) -> Draft:
    """Several edits as one, named by what was done last; the same draft where nothing was."""
    steps = after.steps[len(before.steps) :]
    if not steps or after.state.tables == before.state.tables:
        return before
    named = [step.label for step in steps if not step.label.endswith(" stays")] or [steps[-1].label]
    return Draft(before.base, (*before.steps, type(steps[-1])(", ".join(named), after.state)))


# ------------------------------------------------------------------ teams


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
        count = number(values, "count")
        if count is None and found is None:
            return lambda draft: refine(draft, team)
        if count is None or count != int(count):
            raise FormError("count", "A whole number of people.")
        return lambda draft: set_head_count(draft, team, int(count))

    await _ask(screen, "How many people", fields, build, about)


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
        Field("focus", "focus %", _percent(time.focus), "of their time that is for planned work at all"),
        Field("interrupts", "interrupts %", _percent(time.interrupts), "of what is left then, for unplanned work"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        focus, interrupts = share(values, "focus"), share(values, "interrupts")
        return lambda draft: _one_step(draft, set_interrupts(set_focus(draft, team, focus), team, interrupts))

    await _ask(screen, "Focus and interrupts", fields, build)


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
        weeks = number(values, "net")
        if weeks is None or not 0 <= weeks <= 10_000:
            raise FormError("net", "A number of engineer-weeks, 0 to 10,000.")
        weeks = net if format_ew(weeks) == format_ew(net) else weeks
        return lambda draft: make_plain(draft, team, weeks) if people else set_plain_net(draft, team, weeks)

    await _ask(screen, "A plain net capacity", fields, build, about)


async def ask_team(screen: CapacityScreen) -> None:
    """Another team."""
    from tui.flows.capacity import new_team

    fields = (Field("team", "new team", "", "a name and its net engineer-weeks, as: Pay 34.0"),)

    def build(values: Values) -> Callable[[Draft], Draft]:
        name, weeks = new_team(values["team"], "team", set())
        return lambda draft: add_team(draft, name, weeks)

    await _ask(screen, "A new team", fields, build, "H takes it apart into people later.")


# ------------------------------------------------------------------ places and closed days


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

    await _ask(screen, "A place", fields, build, "Its public holidays count for those who work there (e).", "code")


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
        Field("first", "from", week.first.isoformat(), f"{_DAY}: its first day"),
        Field("last", "to", week.last.isoformat(), f"{_DAY}: its last day; included"),
        Field("whose", "of", "all", "all, or the name of a team or of a place"),
    )

    def build(values: Values) -> Callable[[Draft], Draft]:
        first, last = needed(values, "first", screen, last=False), needed(values, "last", screen, last=True)
        team, place = _whose(values, screen.changes.draft)
        return lambda draft: add_closure(draft, values["name"], first, last, team, place)

    await _ask(screen, "Closed days", fields, build)


def _whose(values: Values, draft: Draft) -> tuple[int | None, int | None]:
    """The team or the place that is named. Raises FormError."""
    text = values["whose"].strip().casefold()
    if text in ("", "all"):
        return None, None
    for team in draft.capacity.teams.values():
        if team.team.name.casefold() == text:
            return team.team.id, None
    for place in draft.state.all(Place).values():
        if place.name.casefold() == text:
            return None, place.id
    raise FormError("whose", "That is no team with people, and no place: write all, or one of their names.")


# ------------------------------------------------------------------ reasons, files


async def ask_reason(screen: CapacityScreen) -> None:
    """Why: for the decision."""
    fields = (Field("reason", "because", "; ".join(screen.changes.reasons), "one line; it goes with the decision"),)
    values = await screen.app.push_screen_wait(Form("Why these changes?", fields, enter="keep it"))
    if values is not None:
        screen.take(screen.changes.with_reason(values["reason"]))


async def ask_import(screen: CapacityScreen) -> None:
    """People and leave from a file."""
    from tui.flows import capacity_files

    await capacity_files.ask_import(screen)


ASK: dict[str, Callable[[CapacityScreen], Coroutine[Any, Any, None]]] = {
    "leave": ask_leave,
    "joins": ask_joins,
    "person": ask_person,
    "edit": ask_edit,
    "heads": ask_heads,
    "focus": ask_focus,
    "plain": ask_plain,
    "team": ask_team,
    "places": ask_places,
    "closure": ask_closure,
    "reason": ask_reason,
    "import": ask_import,
}
