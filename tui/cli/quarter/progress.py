"""``makeroom progress``: how far items are, told and shown."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.figures.efforts import effort_of
from scenarios.figures.names import item_named, team_named
from scenarios.figures.sizes import format_ew, format_span, parse_size, shirts_of
from scenarios.plan.plan import Entry
from scenarios.plan.progress import day_words, weeks_in
from scenarios.quarter.progress import ToldItem, others_words, tell_progress
from store.common.errors import Refused, refused_about
from store.records import Applied, Item, State
from tui.cli.parser import know_weeks
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.quarter.outputs import ItemProgressOut, ProgressOut, SizeProgressOut
from tui.cli.quarter.running_arguments import NOW, told_parser
from tui.cli.workspace import desk
from tui.drawing.plain import fit
from tui.drawing.words import arrow, odds_percent
from tui.session.figures import Figures

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

_TITLE = 44
#: Bytes of the largest file of lines that is read.
_MOST_BYTES = 1_000_000


def progress(arguments: argparse.Namespace) -> int:
    """Tell of items, or show them. Raises Refused where something cannot be so: then nothing is written."""
    telling = bool(arguments.item or arguments.items or arguments.file or arguments.confirm)
    if not telling and (_says(arguments) or arguments.because or arguments.by):
        raise Refused("say of which item: makeroom progress ITEM, or --item for each of several")
    lines = [*arguments.items, *_lines_in(arguments.file)]
    with desk(arguments, write=telling) as session:
        if not telling:
            return _say(arguments, session.now, session.now.forecast, None, "", ())
        state, before, on = session.state, session.now.forecast, arguments.on or date.today()
        plan = session.now.plan
        told = [_told(state, arguments, on)] if arguments.item else []
        for line in lines:
            told.append(_told(state, _parsed(line), on))
        if not told and not arguments.confirm:
            raise Refused("the file names no item: write a line for each, as 'Slack digest' --tenths 4")
        found = tell_progress(state, on, told, arguments.because, arguments.by)
        others = others_words(plan, told, on)
        applied = session.commit(found.command)
        words = found.command.label if applied else "nothing to change: that is known already"
        return _say(arguments, session.now, before, applied, words, (*found.notes, *[others] * bool(others)))


def _says(arguments: argparse.Namespace) -> bool:
    names = ("spent", "left", "tenths", "started", "done")
    return arguments.reopen or any(getattr(arguments, name, "") is not None for name in names)


def _lines_in(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input; blank ones and those that begin with # say nothing."""
    if not name:
        return
    try:
        data = sys.stdin.buffer.read(_MOST_BYTES + 1) if name == "-" else Path(name).read_bytes()[: _MOST_BYTES + 1]
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise Refused(f"{short(name)} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{short(name)} is not text in UTF-8") from error
    if len(data) > _MOST_BYTES:
        raise Refused(f"{short(name)} is larger than a list of items can be (1 MB)")
    yield from (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


def _parsed(line: str) -> argparse.Namespace:
    with refused_about(before=f"“{short(line, 60)}”: "):
        try:
            words = shlex.split(line)
        except ValueError as error:
            raise Refused(f"{str(error).lower()}: put a title of several words between quotes") from error
        typed: argparse.Namespace = told_parser().parse_args(words)
        know_weeks(typed)
        return typed


def _told(state: State, typed: argparse.Namespace, on: date) -> ToldItem:
    item = _item(state, typed.item)
    with refused_about(before=f"“{short(item.title, 60)}”: "):
        spent = None if typed.spent is None else effort_of(typed.spent, state.workspace.hours_per_ew)
        left = None if typed.left is None else parse_size(typed.left, shirts_of(state))
        team_id = team_named(state, typed.team).id if typed.team else None
    done = on if typed.done == NOW else typed.done
    return ToldItem(item.id, team_id, spent, left, typed.tenths, typed.started, done, typed.reopen)


def _item(state: State, text: str) -> Item:
    """The one in plan that is meant; of what is not, it is said where it is."""
    try:
        return item_named(state, text, "plan")
    except Refused:
        return item_named(state, text)


# ------------------------------------------------------------------ what is said


def _say(
    arguments: argparse.Namespace,
    now: Figures,
    before: Forecast,
    applied: Applied | None,
    words: str,
    notes: Sequence[str],
) -> int:
    found = progress_of(now, before, applied, words, notes)
    if arguments.json:
        print_json(found)
        return DONE
    plan = now.plan
    if words:
        odds = arrow(before.odds, found.odds, plan.target)
        say(words if applied is None else f"{short(words, 300)}: odds {odds}")
    else:
        for line in _lines(now, found):
            say(line)
    for note in notes:
        say(f"note: {note}")
    shortfall = now.standing[1]
    if words and shortfall is not None:
        say(f"open shortfall: {short(shortfall.cause, 300)} (makeroom settle)")
    return DONE


def progress_of(
    now: Figures, before: Forecast, applied: Applied | None = None, what: str = "", notes: Sequence[str] = ()
) -> ProgressOut:
    """How the quarter runs, as output."""
    plan, moment = now.plan, now.plan.moment
    names = {team.id: team.name for team in plan.teams}
    return ProgressOut(
        quarter=plan.quarter.name,
        on=moment.day if moment is not None and moment.told else None,
        week=moment.week if moment is not None else None,
        weeks=weeks_in(plan.quarter),
        capacity_left=plan.capacity_left,
        load_left=plan.load_left,
        odds_before=before.odds,
        odds=now.forecast.odds,
        target=plan.target,
        fits=now.forecast.fits,
        items=[_item_out(entry, names) for entry in plan.entries],
        what=what,
        done=applied is not None,
        event=applied.event.seq if applied is not None else None,
        notes=list(notes),
    )


def _item_out(entry: Entry, names: Mapping[int, str]) -> ItemProgressOut:
    parts = []
    for size in entry.sizes:
        told = entry.progress_of(size.team_id)
        left = told.left
        parts.append(
            SizeProgressOut(
                team=names[size.team_id],
                likely=size.likely,
                spent=told.spent,
                earlier=told.earlier,
                left=told.left_of(size),
                left_low=left.low if left is not None else None,
                left_high=left.high if left is not None else None,
                estimated_anew=left is not None,
                started=told.started_on,
                done=told.done_on,
                counted=told.counted,
                told=told.told_on,
            )
        )
    item = entry.item
    return ItemProgressOut(
        id=item.id, title=item.title, done=entry.done, spent=entry.spent, left=entry.left, teams=parts
    )


def _lines(now: Figures, found: ProgressOut) -> Iterator[str]:
    plan = now.plan
    if plan.moment is None:
        yield f"{short(found.quarter)}: nobody has recorded progress yet: makeroom progress ITEM --tenths 4"
    else:
        left = f"{format_ew(found.capacity_left)} ew of capacity left, {format_ew(found.load_left)} ew of work"
        words = plan.moment.words(date.today())
        yield f"{short(found.quarter)}, {words}: {left}; odds {odds_percent(found.odds, found.target)}"
    for entry, item in zip(plan.entries, found.items, strict=True):
        yield f"{item.id:>6} {fit(short(item.title, 200), _TITLE)} {_went(entry, item)}"


def _went(entry: Entry, item: ItemProgressOut) -> str:
    """``done 5 Feb, took 2.0 ew``, ``1.5 of 2–5.5 ew spent, 2.0 left`` or ``3.0 ew``."""
    size = format_span(entry.sizes)
    if item.done:
        day = max(part.done for part in item.teams if part.done is not None)
        counted = all(part.counted for part in item.teams)
        return f"done {day_words(day)}, " + (f"took {format_ew(item.spent)} ew" if counted else "nobody counted")
    if not entry.started:
        return f"{size} ew, not started"
    anew = " (estimated anew)" if any(part.estimated_anew for part in item.teams) else ""
    return f"{format_ew(item.spent)} of {size} ew spent, {format_ew(item.left)} left{anew}"
