"""``makeroom people add``, ``change``, ``leave`` and the rest: each change of people goes through the door."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from datetime import date

from scenarios.capacity.days_off import less_off, more_off, remove_absence
from scenarios.capacity.draft import CapacityDraft, one_step, propose_people
from scenarios.capacity.edits import person_of, recount, remove_person
from scenarios.capacity.places import remove_closure, remove_place
from scenarios.capacity.readers import amount_in, needed_day, whose_days
from scenarios.capacity.words import past_notes, span
from scenarios.figures.names import Kind, exactly, named, plain_name, team_named
from scenarios.figures.teams import teams_of
from scenarios.plan.plan import plan_of
from scenarios.verdict.minutes import Minutes
from store.common.errors import Refused
from store.records import Absence, Closure, Person, Place
from tui.cli.capacity.arguments import add_people
from tui.cli.parser import Parser, make
from tui.cli.plain_change import command_of, typed
from tui.cli.printing import say, short
from tui.cli.trade.door import Way, through_the_door
from tui.cli.workspace import desk
from tui.forms.people import ADD, CHANGE, CLOSED, FOCUS, HEADS, LEAVE, PLACE, PLAIN, span_of

Edit = Callable[[CapacityDraft], CapacityDraft]


def _add(arguments: argparse.Namespace) -> Edit:
    """Add a person to a team that has people."""
    values = typed(ADD, arguments)
    return lambda draft: command_of(ADD, draft, team_named(draft.state, arguments.team).id, values)


def _change(arguments: argparse.Namespace) -> Edit:
    """Another name, share, place, first or last day, ramp-up."""
    values = typed(CHANGE, arguments)
    if not values:
        raise Refused("say what changes: --rename, --share, --place, --starts, --ends, --ramp or --ramp-half")
    return lambda draft: command_of(CHANGE, draft, _person(draft, arguments), values)


def _remove(arguments: argparse.Namespace) -> Edit:
    """Somebody was never there: they go, with their days away."""
    return lambda draft: remove_person(draft, _person(draft, arguments))


def _leave(arguments: argparse.Namespace) -> Edit:
    """Days away, or days away that are none after all."""

    def edit(draft: CapacityDraft) -> CapacityDraft:
        person = _person(draft, arguments)
        values = typed(LEAVE, arguments) | {"because": arguments.because}
        kind = values.get("kind", "leave")
        first, last = span_of(draft, values)
        row = _absence(draft, person, kind, first, last)
        if arguments.remove:
            if row is None:
                raise Refused(
                    f"{person_of(draft, person).name} has no {kind} {span(first, last)}: "
                    "makeroom people lists what there is"
                )
            return remove_absence(draft, row.id)
        if row is not None and row.days == amount_in(values.get("days", "")):
            # Said twice, as a script does that is run again.
            return draft
        return command_of(LEAVE, draft, person, values)

    return edit


def _absence(draft: CapacityDraft, person: int, kind: str, first: date, last: date) -> Absence | None:
    wanted = person, kind, first, last
    rows = draft.state.each(Absence)
    return next((row for row in rows if (row.person_id, row.kind, row.starts, row.ends) == wanted), None)


def _days(arguments: argparse.Namespace) -> Edit:
    """So many days more or less in a week."""

    def edit(draft: CapacityDraft) -> CapacityDraft:
        person = _person(draft, arguments)
        first = needed_day(arguments.week, draft.capacity.weeks, last=False)
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

    def edit(draft: CapacityDraft) -> CapacityDraft:
        team_id = team_named(draft.state, arguments.name).id
        later = draft
        if arguments.plain is not None:
            return command_of(PLAIN, draft, team_id, {"net": arguments.plain})
        if arguments.recount:
            later = recount(later, team_id)
        if arguments.heads is not None:
            later = command_of(HEADS, later, team_id, {"count": arguments.heads})
        return one_step(draft, command_of(FOCUS, later, team_id, typed(FOCUS, arguments)))

    return edit


def _closed(arguments: argparse.Namespace) -> Edit:
    """Days on which nobody works; or that are worked on after all."""

    def edit(draft: CapacityDraft) -> CapacityDraft:
        values = typed(CLOSED, arguments)
        first, last = span_of(draft, values)
        of_team, of_place = whose_days(values.get("whose", "all"), draft)
        wanted = first, last, of_team, of_place
        rows = draft.state.each(Closure)
        row = next((row for row in rows if (row.starts, row.ends, row.team_id, row.place_id) == wanted), None)
        if not arguments.remove:
            return draft if row is not None else command_of(CLOSED, draft, None, values)
        if row is None:
            raise Refused(f"nothing is closed just {span(first, last)}: makeroom people lists what is")
        return remove_closure(draft, row.id)

    return edit


def _place(arguments: argparse.Namespace) -> Edit:
    """A place where people work: made, given other codes, its public holidays on or off, or taken out."""

    def edit(draft: CapacityDraft) -> CapacityDraft:
        rows = list(draft.state.each(Place))
        if arguments.remove:
            return remove_place(draft, named(rows, arguments.name, Kind("place")).id)
        row = exactly(rows, arguments.name, Kind("place"))
        values = typed(PLACE, arguments) | {"name": arguments.name}
        return command_of(PLACE, draft, None if row is None else row.id, values)

    return edit


# ------------------------------------------------------------------ what is named


def _person(draft: CapacityDraft, arguments: argparse.Namespace) -> int:
    """Who is meant: in the team that is named, else in any. Raises Refused where that is nobody, or several."""
    rows = list(draft.state.each(Person))
    names = {each.id: each.name for each in teams_of(draft.state)}
    if arguments.team:
        team_id = team_named(draft.state, arguments.team).id
        rows = [row for row in rows if row.team_id == team_id]
    same = [row for row in rows if plain_name(row.name) == plain_name(arguments.subject)]
    if len({row.team_id for row in same}) > 1:
        teams = " and in ".join(short(names[row.team_id], 60) for row in same)
        raise Refused(f"“{short(same[0].name, 60)}” is in {teams}: --team says which of them")
    return named(rows, arguments.subject, Kind("person")).id


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

    def edit(draft: CapacityDraft) -> CapacityDraft:
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
        raise Refused(f"“{short(text)}” is not a change of people: they begin with {', '.join(EDITS)}")
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
        proposal = propose_people(state, edit(CapacityDraft(state)), way.said.because or reason)
        if not arguments.json:
            for note in past_notes(session.now.plan, plan_of(state.overlay(proposal.command))):
                say(f"note: {note}")
        return through_the_door(arguments, session, proposal, way)
