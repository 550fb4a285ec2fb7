"""``makeroom ways``: the ways out of an item with their fields, what each takes, and what fits; it changes nothing."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scenarios.decisions.log_words import way_words
from scenarios.figures.sizes import format_ew
from scenarios.figures.teams import teams_of
from scenarios.plan.departures import PINNED, Leaving, pins_of
from scenarios.plan.plan import Entry
from scenarios.requests.way_fields import filled_in, hint_of, means_of, texts_of
from scenarios.requests.ways_out import FIELDS, NEEDED, WAYS, Way, left_by, propose_way
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item, propose_settling
from store.records import Decision, State
from store.records.negotiation import Principle, WayKind, WayOut
from tui.cli import plan_outputs
from tui.cli.outputs import TeamOut
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.requests.way_outputs import WayFieldOut, WayOutOut, WaysOut, WayTakenOut
from tui.cli.trade.way_answer import require_size
from tui.cli.trade.way_text import called, kind_of, typed_way
from tui.cli.workspace import desk, find_item
from tui.drawing.words import arrow, odds_percent, target_percent
from tui.session.session import Session

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: Columns of a way's name.
_NAME = 22


def run(arguments: argparse.Namespace) -> int:
    """List them, or tell all of the one that is named. Raises Refused for a field that cannot be."""
    with desk(arguments) as session:
        entry = find_item(session.state, arguments.item, "inbox", "below", "declined", "plan")
        planned = entry.item.state == "plan"
        if not planned:
            require_size(entry)
        kinds = [kind_of(arguments.way)] if arguments.way else [kind for kind in WAYS if kind != "swap" or not planned]
        fields = [text for _, text in arguments.fields]
        way = typed_way(session.state, entry, kinds[0], fields) if fields else None
        found = WaysOut(
            item=plan_outputs.item_of(session.now, entry),
            odds=session.now.forecast.odds,
            target=session.now.plan.target,
            room=_room(session, entry),
            ways=[_described(session, entry, kind, way) for kind in kinds],
            held=_held(session.state, entry),
            taken=_taken(session.state, entry),
        )
    if arguments.json:
        print_json(found)
        return DONE
    left = f", {format_ew(entry.left)} of it left" if entry.progress else ""
    for line in _lines(found, planned, left, in_full=bool(arguments.way)):
        say(line)
    return DONE


def _held(state: State, entry: Entry) -> str:
    """Why a planned item may not leave, nor stay smaller; empty where it may."""
    pin = pins_of(state).get(entry.item.id)
    return PINNED[pin.kind] if pin is not None and entry.item.state == "plan" else ""


def _room(session: Session, entry: Entry) -> list[TeamOut]:
    names = {team.id: team.name for team in teams_of(session.state)}
    own = {names[size.team_id] for size in entry.sizes}
    return [each for each in plan_outputs.teams_of(session.now.forecast) if each.name in own]


def _described(session: Session, entry: Entry, kind: WayKind, typed: Way | None) -> WayOutOut:
    state = session.state
    filled = filled_in(state, entry, kind)
    way = typed if typed is not None else _known(kind, filled)
    forecast = _with(session, entry, way) if way is not None else None
    takes = None if way is None else entry.ew if kind == "swap" else way.effort
    return WayOutOut(
        kind=kind,
        means=means_of(state, entry, kind),
        fields=list(_fields(state, entry, kind, filled)),
        takes=takes,
        frees=None if takes is None else max(0.0, entry.ew - takes),
        odds=None if forecast is None else forecast.odds,
        fits=None if forecast is None else forecast.fits,
    )


def _known(kind: WayKind, filled: Way | None) -> Way | None:
    """The way as far as its size is known before anything is filled in; None where it is not."""
    if filled is not None:
        return filled
    return None if "sizes" in NEEDED[kind] else Way(kind)


def _with(session: Session, entry: Entry, way: Way) -> Forecast:
    """The plan when the item takes this way out."""
    state, now = session.state, session.now
    if entry.item.state == "plan":
        trade = Trade.of(state, propose_settling(""), now.forecast)
        out = [left_by(entry, way)]
        if not way.sizes:
            # Where it leaves, what is of no use without it leaves too.
            hanging = trade.hanging([entry.item.id]) - {entry.item.id}
            out += [Leaving(each) for each in now.plan.entries if each.item.id in hanging]
        return trade.after(out)
    if not way.sizes and way.kind != "swap":
        return now.forecast
    proposal = propose_item(state, entry.item.id) if way.kind == "swap" else propose_way(state, entry.item.id, way)
    return Trade.of(state, proposal, now.forecast).asked


def _fields(state: State, entry: Entry, kind: WayKind, filled: Way | None) -> Iterator[WayFieldOut]:
    """Its fields in their order; sizes are one for each team that takes part."""
    texts, own = texts_of(state, kind, filled), {size.team_id for size in entry.sizes}
    for name, words in FIELDS[kind].items():
        needed, hint = name in NEEDED[kind], hint_of(state, entry, kind, name)
        if name != "sizes":
            yield WayFieldOut(name=called(name), words=words, needed=needed, default=texts[name], hint=hint)
            continue
        teams = [team for team in teams_of(state) if team.id in own or texts[f"size-{team.id}"] or not own]
        for team in teams:
            typed = called(name) if len(teams) == 1 else f"{called(name)}:{team.name}"
            yield WayFieldOut(name=typed, words=words, needed=needed, default=texts[f"size-{team.id}"], hint=hint)


def _taken(state: State, entry: Entry) -> list[WayTakenOut]:
    """Those on record of an item, oldest first."""
    found = []
    for row in state.each(WayOut):
        if row.item_id != entry.item.id:
            continue
        decision = state.all(Decision).get(row.decision_id) if row.decision_id is not None else None
        found.append(
            WayTakenOut(
                kind=row.kind,
                words=way_words(row, state),
                decision=row.decision_id,
                at=decision.at if decision is not None else None,
                decided_by=decision.decided_by if decision is not None else "",
                effort=row.effort,
                freed=row.freed,
                amount=row.amount,
                markup=row.markup,
                due=row.due,
                who=row.who,
                test=row.test,
                customers=row.customers,
                principle=state.all(Principle)[row.principle_id].name if row.principle_id is not None else None,
                note=row.note,
                met=row.met,
                met_by=row.met_by,
                ended=row.ended,
            )
        )
    return found


# ------------------------------------------------------------------ in lines


def _lines(found: WaysOut, planned: bool, left: str, *, in_full: bool) -> Iterator[str]:
    item = found.item
    claim = f"{format_ew(item.ew)} ew {'planned' if planned else 'asked'}{left}" if item.sizes else "no size yet"
    odds = f"odds {odds_percent(found.odds, found.target)} (target {target_percent(found.target)})"
    yield f"{item.id}  “{short(item.title, 200)}”: {claim}; {odds}"
    if found.held:
        yield f"  no trade takes it out: {found.held}"
    for team in found.room:
        room = "any room" if team.room is None else f"{format_ew(math.floor(10 * team.room) / 10)} ew"
        yield f"  {short(team.name, 30)}: {room} of room now"
    for way in found.ways:
        yield f"  {way.kind:<{_NAME}} {short(way.means)}: {_worth(way, found, planned=planned)}"
        if in_full:
            yield from (f"    {line}" for line in _field_lines(way.fields))
        elif names := _names(way.fields):
            yield f"  {'':<{_NAME}} {names}"
    for row in found.taken:
        when = f"{row.at:%Y-%m-%d}" if row.at is not None else "without a day"
        by = f" by {short(row.decided_by, 60)}" if row.decided_by else ""
        yield f"  on record, {when}{by}: {short(row.words, 400)}"


def _worth(way: WayOutOut, found: WaysOut, *, planned: bool) -> str:
    """What it takes and whether that fits, in words."""
    if way.takes is None or way.odds is None:
        return "it takes what its size says"
    if not way.takes and not planned:
        return f"takes nothing of the teams, the plan stays as it is: odds {odds_percent(way.odds, found.target)}"
    takes = f"takes {format_ew(way.takes)} ew, frees {format_ew(way.frees or 0.0)}" if way.takes else "it leaves"
    odds = arrow(found.odds, way.odds, found.target)
    return f"{takes}; odds {odds}: {'it fits' if way.fits else 'something has to give'}"


def _names(fields: Sequence[WayFieldOut]) -> str:
    """As ``needs size, customers, test; may have due``."""
    needed = ", ".join(_shown(each) for each in fields if each.needed)
    others = ", ".join(_shown(each) for each in fields if not each.needed)
    parts = [f"needs {needed}" if needed else "", f"may have {others}" if others else ""]
    return "; ".join(part for part in parts if part)


def _shown(field: WayFieldOut) -> str:
    default = f" ({short(field.default, 60)})" if field.default else ""
    return f"{short(field.name, 60)}{default}"


def _field_lines(fields: Sequence[WayFieldOut]) -> Iterator[str]:
    for each in fields:
        default = f"; else {short(each.default, 60)}" if each.default else ""
        yield f"--field {short(each.name, 60)}=…  {each.words}; {short(each.hint, 300)}{default}"
