"""What is asked of people, their days away, teams, places and closed days: each gives the next draft of capacity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast, get_args

from scenarios.capacity.days_off import leave
from scenarios.capacity.draft import CapacityDraft, one_step
from scenarios.capacity.edits import (
    add_person,
    change_person,
    joins,
    make_plain,
    person_of,
    refine,
    set_focus,
    set_head_count,
    set_interrupts,
    set_plain_net,
)
from scenarios.capacity.places import add_closure, add_place, change_place, set_holidays
from scenarios.capacity.readers import amount_in, day_or_week, needed_day, place_in, ramp_in, share_in, whose_days
from scenarios.capacity.team_changes import add_named, rename_team
from scenarios.figures.sizes import format_ew
from store.common.errors import Refused, refused_about
from store.common.team_names import read_team
from store.records import AbsenceKind, Place, Team, TeamTime
from tui.forms.card_lines import choice
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, Description

T = TypeVar("T")
PeopleChange = Description[CapacityDraft, CapacityDraft]
DAY = "a day as 2027-02-08, or a week as w6"
_MOST_NET = 10_000

_SHARE = Ask("share", "share %", "--share", "of full time")
_PLACE = Ask(
    "place",
    "place",
    "--place",
    "whose public holidays; “Places and public holidays” adds a place",
    "its public holidays; empty: none",
)
_STARTS = Ask("starts", "first day", "--starts", f"{DAY}; empty: there from the beginning")
_ENDS = Ask("ends", "last day", "--ends", f"{DAY}; empty: stays")
_NONE = Ask("none", "adds nothing for", "--ramp", "weeks from the first day")
_HALF = Ask("half", "then half for", "--ramp-half", "weeks after them")
_FIRST = Ask("first", "from", "--from", f"{DAY}: its first day")
_LAST = Ask("last", "to", "--to", f"{DAY}: its last day; included; empty: the same day or week")


def _in(field: str, read: Callable[[str], T], values: Values) -> T:
    """What is typed in a field. Raises Refused about it."""
    with refused_about(field):
        return read(values[field])


def _when(draft: CapacityDraft, values: Values, field: str, *, last: bool = False) -> date | None:
    return _in(field, lambda text: day_or_week(text, draft.capacity.weeks, last=last), values)


def span_of(draft: CapacityDraft, values: Values) -> tuple[date, date]:
    """The first and the last day; where no last one is typed, that of the same day or week."""
    given = {"first": values.get("first", ""), "last": values.get("last") or values.get("first", "")}
    weeks = draft.capacity.weeks
    first = _in("first", lambda text: needed_day(text, weeks, last=False), given)
    return first, _in("last", lambda text: needed_day(text, weeks, last=True), given)


def _place_id(draft: CapacityDraft, values: Values) -> int | None:
    place = _in("place", lambda text: place_in(text, draft.state), values)
    return None if place is None else place.id


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _percent(value: float) -> str:
    return f"{100 * value:.4g}"


# ------------------------------------------------------------------ people; record: the team, or the person


def _add(draft: CapacityDraft, team: int | None, values: Values) -> CapacityDraft:
    return add_person(
        draft,
        team or 0,
        values["name"],
        share=_in("share", share_in, values),
        starts=_when(draft, values, "starts"),
        ends=_when(draft, values, "ends", last=True) if "ends" in values else None,
        ramp_none=_in("none", ramp_in, values),
        ramp_half=_in("half", ramp_in, values),
        place_id=_place_id(draft, values),
    )


ADD = PeopleChange(
    "people add",
    (Ask("name", "name", "name", help="what they are called"), _SHARE, _STARTS, _ENDS, _NONE, _HALF, _PLACE),
    _add,
    "Another person",
    start=lambda draft, team: {"share": "100", "none": "0", "half": "0"},
)


def _standing(draft: CapacityDraft, person: int | None) -> dict[str, str]:
    now = person_of(draft, person or 0)
    place = draft.state.all(Place).get(now.place_id or 0)
    return {
        "name": now.name,
        "share": _percent(now.share),
        "place": place.name if place else "",
        "starts": _iso(now.starts),
        "ends": _iso(now.ends),
        "none": f"{now.ramp_none:g}",
        "half": f"{now.ramp_half:g}",
    }


def _change(draft: CapacityDraft, person: int | None, values: Values) -> CapacityDraft:
    now, was = person_of(draft, person or 0), _standing(draft, person)

    def kept(field: str, present: T, read: Callable[[], T]) -> T:
        # What nobody touched keeps the digits that its line does not show.
        return present if values.get(field, was[field]).strip() == was[field] else read()

    starts = kept("starts", now.starts, lambda: _when(draft, values, "starts"))
    later = change_person(
        draft,
        now.id,
        values["name"],
        kept("share", now.share, lambda: _in("share", share_in, values)),
        kept("place", now.place_id, lambda: _place_id(draft, values)),
        starts,
        kept("ends", now.ends, lambda: _when(draft, values, "ends", last=True)),
    )
    none = kept("none", now.ramp_none, lambda: _in("none", ramp_in, values))
    half = kept("half", now.ramp_half, lambda: _in("half", ramp_in, values))
    return later if (none, half) == (now.ramp_none, now.ramp_half) else joins(later, now.id, starts, none, half)


CHANGE = PeopleChange(
    "people change",
    (_SHARE, Ask("name", "name", "--rename", help="their new name"), _PLACE, _STARTS, _ENDS, _NONE, _HALF),
    _change,
    lambda draft, person: person_of(draft, person or 0).name,
    start=_standing,
)

JOINS = PeopleChange(
    "people change",
    (_STARTS, _NONE, _HALF),
    lambda draft, person, values: joins(
        draft, person or 0, _when(draft, values, "starts"), _in("none", ramp_in, values), _in("half", ramp_in, values)
    ),
    lambda draft, person: f"{person_of(draft, person or 0).name}: joins",
    start=_standing,
)


def _leave(draft: CapacityDraft, person: int | None, values: Values) -> CapacityDraft:
    first, last = span_of(draft, values)
    kind = values["kind"].strip().casefold()
    if kind not in get_args(AbsenceKind):
        raise Refused("It is leave, on-call or away.", "kind")
    days = _in("days", amount_in, values)
    return leave(draft, person or 0, first, last, cast(AbsenceKind, kind), days, values.get("because", ""))


LEAVE = PeopleChange(
    "people leave",
    (
        _FIRST,
        _LAST,
        Ask("days", "working days", "--days", "only so many of them, half days too; empty: all of them"),
        Ask("kind", "what", "--kind", "leave, on-call or away", kind="choice", choices=get_args(AbsenceKind)),
    ),
    _leave,
    lambda draft, person: f"{person_of(draft, person or 0).name}: away",
    start=lambda draft, person: {"kind": "leave"},
)


# ------------------------------------------------------------------ teams; record: the team


def _heads(draft: CapacityDraft, team: int | None, values: Values) -> CapacityDraft:
    count = _in("count", amount_in, values)
    if count is None and team not in draft.capacity.teams:
        return refine(draft, team or 0)
    if count is None or count != int(count):
        raise Refused("a whole number of people", "count")
    return set_head_count(draft, team or 0, int(count))


def _count(draft: CapacityDraft, team: int | None) -> dict[str, str]:
    found = draft.capacity.teams.get(team or 0)
    return {} if found is None else {"count": str(len(found.people))}


def _refined(draft: CapacityDraft, team: int | None) -> str:
    """What an empty line does."""
    has_people = (team or 0) in draft.capacity.teams
    return "" if has_people else "Empty: as many as give the net that it has, with a focus by which the net stays."


HEADS = PeopleChange(
    "people team",
    (Ask("count", "people", "--heads", "“engineer 1” and so on come and go; whoever has a name stays"),),
    _heads,
    "How many people",
    _refined,
    start=_count,
)


def _times(draft: CapacityDraft, team: int | None) -> dict[str, str]:
    time = next((row for row in draft.state.each(TeamTime) if row.team_id == team), None)
    return {"focus": _percent(time.focus), "interrupts": _percent(time.interrupts)} if time is not None else {}


def _focus(draft: CapacityDraft, team: int | None, values: Values) -> CapacityDraft:
    later, was = draft, _times(draft, team)
    for field, write in (("focus", set_focus), ("interrupts", set_interrupts)):
        if values[field].strip() != was.get(field, ""):
            later = write(later, team or 0, _in(field, share_in, values))
    return one_step(draft, later)


FOCUS = PeopleChange(
    "people team",
    (
        Ask("focus", "focus %", "--focus", "of their time that is for planned work at all"),
        Ask("interrupts", "interrupts %", "--interrupts", "of what is left then, for unplanned work"),
    ),
    _focus,
    "Focus and interrupts",
    start=_times,
)


def _plain(draft: CapacityDraft, team: int | None, values: Values) -> CapacityDraft:
    key, text = team or 0, values["net"].strip()
    # What nobody touched keeps the digits that its line does not show.
    net = draft.net[key] if text in ("", format_ew(draft.net[key])) else _in("net", amount_in, values)
    if net is None or not 0 <= net <= _MOST_NET:
        raise Refused("a number of engineer-weeks, 0 to 10,000", "net")
    return make_plain(draft, key, net) if key in draft.capacity.teams else set_plain_net(draft, key, net)


def _instead(draft: CapacityDraft, team: int | None) -> str:
    people = draft.capacity.teams.get(team or 0)
    return f"Instead of {len(people.people)} people, who are taken out with their leave." if people else ""


PLAIN = PeopleChange(
    "people team",
    (Ask("net", "net ew", "--plain", "engineer-weeks, after holidays, leave, focus and interrupts"),),
    _plain,
    "A plain net capacity",
    _instead,
    start=lambda draft, team: {"net": format_ew(draft.net[team or 0])},
)


TEAM = PeopleChange(
    "capacity",
    (Ask("team", "new team", hint="a name, with its net engineer-weeks or its people, as: Pay 34.0, or Pay 5 people"),),
    lambda draft, record, values: add_named(draft, _in("team", read_team, values)),
    "A new team",
    "It can be taken apart into people later.",
    wrong="team",
)


RENAME = PeopleChange(
    "team rename",
    (Ask("name", "name", "new", help="its new name"),),
    lambda draft, team, values: rename_team(draft, team or 0, values["name"]),
    "Another name",
    "All that the team holds stays with it.",
    wrong="name",
    start=lambda draft, team: {"name": draft.state.all(Team)[team].name if team in draft.state.all(Team) else ""},
)


# ------------------------------------------------------------------ places and closed days; record: the place


def _place(draft: CapacityDraft, place: int | None, values: Values) -> CapacityDraft:
    country, _, part = values["code"].strip().partition("-")
    holidays = choice(values, "holidays", ("on", "off")) if "holidays" in values else None
    if place is None:
        return add_place(draft, values["name"], country, part, holidays=holidays != "off")
    row, later = draft.state.all(Place)[place], draft
    if (country, part) != (row.country, row.subdivision):
        later = change_place(later, place, row.name, country, part)
    return one_step(draft, later if holidays is None else set_holidays(later, place, holidays == "on"))


def _codes(draft: CapacityDraft, place: int | None) -> dict[str, str]:
    row = draft.state.all(Place).get(place or 0)
    return {} if row is None else {"name": row.name, "code": codes_of(row)}


def codes_of(row: Place) -> str:
    """Country and subdivision, as they are typed."""
    return "-".join(filter(None, (row.country, row.subdivision)))


PLACE = PeopleChange(
    "people place",
    (
        Ask("name", "name", hint="as: Munich"),
        Ask("code", "country", "--country", "ISO code, with the subdivision where there is one: DE, DE-BY, US-CA"),
        Ask("holidays", "holidays", "--holidays", "on or off", "whether its public holidays count: on or off"),
    ),
    _place,
    "A place",
    "Its public holidays count for those who work there: their place says so.",
    wrong="code",
    start=_codes,
)


def _closed(draft: CapacityDraft, record: int | None, values: Values) -> CapacityDraft:
    first, last = span_of(draft, values)
    team, place = _in("whose", lambda text: whose_days(text, draft), values)
    return add_closure(draft, values["name"], first, last, team, place)


CLOSED = PeopleChange(
    "people closed",
    (
        Ask("name", "what", "--name", "as: company days"),
        _FIRST,
        _LAST,
        Ask("whose", "of", "--of", "all, or the name of a team or of a place"),
    ),
    _closed,
    "Closed days",
    start=lambda draft, record: {"name": "closed", "whose": "all"},
)

PEOPLE = (ADD, CHANGE, LEAVE, HEADS, FOCUS, PLAIN, PLACE, CLOSED)
