"""``makeroom people add``, ``change``, ``leave`` and the rest: each change of people goes through the door."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from datetime import date

from scenarios.capacity.days_off import leave as leave_over
from scenarios.capacity.days_off import less_off, more_off, remove_absence
from scenarios.capacity.draft import Draft, one_step, propose_people
from scenarios.capacity.edits import (
    add_person,
    change_person,
    joins,
    make_plain,
    person_of,
    recount,
    refine,
    remove_person,
    set_focus,
    set_head_count,
    set_interrupts,
    set_plain_net,
)
from scenarios.capacity.places import (
    add_closure,
    add_place,
    change_place,
    remove_closure,
    remove_place,
    set_holidays,
)
from scenarios.capacity.readers import (
    amount_in,
    day_or_week,
    needed_day,
    place_in,
    ramp_in,
    share_in,
    whose_days,
)
from scenarios.capacity.teams import teams_in_order
from scenarios.capacity.words import span
from scenarios.rules.charter import plain_name
from scenarios.verdict.minutes import Minutes
from store.records import Absence, Closure, Person, Place
from store.records.errors import Refused
from tui.cli.capacity.arguments import add_people
from tui.cli.names import exactly, named
from tui.cli.parser import Parser, make
from tui.cli.printing import short
from tui.cli.trade.door import Way, through_the_door
from tui.cli.workspace import desk

Edit = Callable[[Draft], Draft]
_MOST_NET = 10_000


def _add(arguments: argparse.Namespace) -> Edit:
    """Another person in a team that has people."""

    def edit(draft: Draft) -> Draft:
        place = place_in(arguments.place or "", draft.state)
        return add_person(
            draft,
            _team_named(draft, arguments.team),
            arguments.name,
            share=share_in(arguments.share or "100"),
            starts=_first(draft, arguments.starts or ""),
            ends=_last(draft, arguments.ends or ""),
            ramp_none=ramp_in(arguments.ramp or ""),
            ramp_half=ramp_in(arguments.ramp_half or ""),
            place_id=None if place is None else place.id,
        )

    return edit


def _change(arguments: argparse.Namespace) -> Edit:
    """Another name, share, place, first or last day, ramp-up."""
    if all(
        getattr(arguments, each) is None for each in ("rename", "share", "place", "starts", "ends", "ramp", "ramp_half")
    ):
        raise Refused("say what changes: --rename, --share, --place, --starts, --ends, --ramp or --ramp-half")

    def edit(draft: Draft) -> Draft:
        now = person_of(draft, _person(draft, arguments))
        place = None if arguments.place is None else place_in(arguments.place, draft.state)
        starts = now.starts if arguments.starts is None else _first(draft, arguments.starts)
        later = change_person(
            draft,
            now.id,
            now.name if arguments.rename is None else arguments.rename,
            now.share if arguments.share is None else share_in(arguments.share),
            now.place_id if arguments.place is None else place.id if place is not None else None,
            starts,
            now.ends if arguments.ends is None else _last(draft, arguments.ends),
        )
        if arguments.ramp is None and arguments.ramp_half is None:
            return later
        none = None if arguments.ramp is None else ramp_in(arguments.ramp)
        half = None if arguments.ramp_half is None else ramp_in(arguments.ramp_half)
        return joins(later, now.id, starts, none, half)

    return edit


def _remove(arguments: argparse.Namespace) -> Edit:
    """Somebody was never there: they go, with their days away."""
    return lambda draft: remove_person(draft, _person(draft, arguments))


def _leave(arguments: argparse.Namespace) -> Edit:
    """Days away, or days away that are none after all."""

    def edit(draft: Draft) -> Draft:
        person = _person(draft, arguments)
        first = _needed(draft, arguments.first, last=False)
        last = _needed(draft, arguments.last or arguments.first, last=True)
        row = _absence(draft, person, arguments.kind, first, last)
        if arguments.remove:
            if row is None:
                raise Refused(
                    f"{person_of(draft, person).name} has no {arguments.kind} {span(first, last)}: "
                    "makeroom people lists what there is"
                )
            return remove_absence(draft, row.id)
        days = amount_in(arguments.days or "")
        if row is not None and row.days == days:
            # Said twice, as a script does that is run again.
            return draft
        return leave_over(draft, person, first, last, arguments.kind, days, arguments.because)

    return edit


def _absence(draft: Draft, person: int, kind: str, first: date, last: date) -> Absence | None:
    wanted = person, kind, first, last
    rows = draft.state.each(Absence)
    return next((row for row in rows if (row.person_id, row.kind, row.starts, row.ends) == wanted), None)


def _days(arguments: argparse.Namespace) -> Edit:
    """So many days more or less in a week."""

    def edit(draft: Draft) -> Draft:
        person = _person(draft, arguments)
        first = _needed(draft, arguments.week, last=False)
        week = next((week for week in draft.capacity.weeks if week.first <= first <= week.last), None)
        if week is None:
            raise Refused(f"{first} is not in the quarter")
        amount = amount_in(arguments.days)
        if not amount:
            raise Refused("say how many days: -0.5 is half a day less, 0.5 half a day more")
        if amount < 0:
            return more_off(draft, person, week.number, -amount, note=arguments.because)
        return less_off(draft, person, week.number, amount)

    return edit


def _team(arguments: argparse.Namespace) -> Edit:
    """How many people, focus and interrupts of a team; or a plain number; or what its people give, counted anew."""
    ways = [arguments.plain is not None, arguments.recount, arguments.heads is not None]
    shares = arguments.focus is not None or arguments.interrupts is not None
    if not any(ways) and not shares:
        raise Refused("say what changes: --heads, --focus, --interrupts, --plain or --recount")
    if sum(ways) > 1 or (arguments.plain is not None and shares):
        raise Refused("--heads, --plain and --recount are three changes, and a plain number has no focus")

    def edit(draft: Draft) -> Draft:
        team_id = _team_named(draft, arguments.name)
        later = draft
        if arguments.plain is not None:
            return _plain(draft, team_id, arguments.plain)
        if arguments.recount:
            later = recount(later, team_id)
        if arguments.heads is not None:
            later = _heads(later, team_id, arguments.heads)
        if arguments.focus is not None:
            later = set_focus(later, team_id, share_in(arguments.focus))
        if arguments.interrupts is not None:
            later = set_interrupts(later, team_id, share_in(arguments.interrupts))
        return one_step(draft, later)

    return edit


def _heads(draft: Draft, team_id: int, text: str) -> Draft:
    count = amount_in(text)
    if count is None:
        return refine(draft, team_id)
    if count != int(count):
        raise Refused("a whole number of people")
    return set_head_count(draft, team_id, int(count))


def _plain(draft: Draft, team_id: int, text: str) -> Draft:
    net = amount_in(text)
    if net is None:
        return make_plain(draft, team_id)
    if not 0 <= net <= _MOST_NET:
        raise Refused("a number of engineer-weeks, 0 to 10,000")
    return make_plain(draft, team_id, net) if team_id in draft.capacity.teams else set_plain_net(draft, team_id, net)


def _closed(arguments: argparse.Namespace) -> Edit:
    """Days on which nobody works; or that are worked on after all."""

    def edit(draft: Draft) -> Draft:
        first = _needed(draft, arguments.first, last=False)
        last = _needed(draft, arguments.last or arguments.first, last=True)
        of_team, of_place = whose_days(arguments.whose, draft)
        wanted = first, last, of_team, of_place
        rows = draft.state.each(Closure)
        row = next((row for row in rows if (row.starts, row.ends, row.team_id, row.place_id) == wanted), None)
        if not arguments.remove:
            return draft if row is not None else add_closure(draft, arguments.name, first, last, of_team, of_place)
        if row is None:
            raise Refused(f"nothing is closed just {span(first, last)}: makeroom people lists what is")
        return remove_closure(draft, row.id)

    return edit


def _place(arguments: argparse.Namespace) -> Edit:
    """A place where people work: made, given other codes, its public holidays on or off, or taken out."""

    def edit(draft: Draft) -> Draft:
        rows = list(draft.state.each(Place))
        if arguments.remove:
            return remove_place(draft, named(rows, arguments.name, "place").id)
        country, _, part = (arguments.country or "").strip().partition("-")
        row = exactly(rows, arguments.name, "place")
        if row is None:
            return add_place(draft, arguments.name, country, part, holidays=arguments.holidays != "off")
        later = draft if arguments.country is None else change_place(draft, row.id, row.name, country, part)
        if arguments.holidays is not None:
            later = set_holidays(later, row.id, arguments.holidays == "on")
        return one_step(draft, later)

    return edit


# ------------------------------------------------------------------ what is named


def _team_named(draft: Draft, text: str) -> int:
    return named(teams_in_order(draft.state), text, "team").id


def _person(draft: Draft, arguments: argparse.Namespace) -> int:
    """Who is meant: in the team that is named, else in any. Raises Refused where that is nobody, or several."""
    rows = list(draft.state.each(Person))
    names = {each.id: each.name for each in teams_in_order(draft.state)}
    if arguments.team:
        team_id = _team_named(draft, arguments.team)
        rows = [row for row in rows if row.team_id == team_id]
    same = [row for row in rows if plain_name(row.name) == plain_name(arguments.name)]
    if len({row.team_id for row in same}) > 1:
        teams = " and in ".join(short(names[row.team_id], 60) for row in same)
        raise Refused(f"“{short(same[0].name, 60)}” is in {teams}: --team says which of them")
    return named(rows, arguments.name, "person").id


def _first(draft: Draft, text: str) -> date | None:
    return day_or_week(text, draft.capacity.weeks, last=False)


def _last(draft: Draft, text: str) -> date | None:
    return day_or_week(text, draft.capacity.weeks, last=True)


def _needed(draft: Draft, text: str, *, last: bool) -> date:
    return needed_day(text, draft.capacity.weeks, last=last)


# ------------------------------------------------------------------ the door

EDITS: dict[str, Callable[[argparse.Namespace], Edit]] = {
    "add": _add,
    "change": _change,
    "remove": _remove,
    "leave": _leave,
    "days": _days,
    "team": _team,
    "closed": _closed,
    "place": _place,
}


def run(arguments: argparse.Namespace) -> int:
    """One change, as a proposal: what fits is written, what does not needs a swap or a signature."""
    return _asked(arguments, EDITS[arguments.edit](arguments))


def together(arguments: argparse.Namespace) -> int:
    """Several changes as one proposal, so that what one takes another may give."""
    inner = [_inner(text) for text in arguments.changes]
    edits = [EDITS[each.edit](each) for each in inner]

    def edit(draft: Draft) -> Draft:
        for each in edits:
            draft = each(draft)
        return draft

    return _asked(arguments, edit, "; ".join(dict.fromkeys(each.because for each in inner if each.because)))


def _inner(text: str) -> argparse.Namespace:
    """What ``change Tom --ends w5`` says. Raises Refused."""
    top = make(None, "makeroom", "", "")
    top.set_defaults(db=None)
    add_people(top.add_subparsers(parser_class=Parser))
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise Refused(f"“{short(text)}”: {str(error).lower()}") from error
    if not words or words[0] not in EDITS:
        raise Refused(f"“{short(text)}” is no change of people: they begin with {', '.join(EDITS)}")
    inner = top.parse_args(["people", *words])
    said = Way.of(inner).said
    once = inner.swap is not None or inner.out or said.sign or said.by or said.signatures or said.purse
    if once or said.minutes != Minutes() or inner.db is not None:
        raise Refused(f"“{short(text)}”: who decides, and what leaves for it, is said once, after the changes")
    return inner


def _asked(arguments: argparse.Namespace, edit: Edit, reason: str = "") -> int:
    """The edit as a proposal; ``reason`` goes on record where no other is given."""
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        state = session.state
        proposal = propose_people(state, edit(Draft(state)), way.said.because or reason)
        return through_the_door(arguments, session, proposal, way)
