"""``makeroom aims``: what is wanted of each slice beside what is planned of it, shown and changed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from scenarios.capacity.draft_changes import in_order
from scenarios.figures.sizes import format_ew
from scenarios.plan.aims import Aims, moved_words, shift, to_hundred, total_words, write_aims
from store.records import Command, State
from store.records.errors import Refused, refused_about
from tui.cli.names import number, pairs, slice_named
from tui.cli.plain_change import change
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.rules.charter import aim_words, slices_of
from tui.cli.rules.outputs import AimsOut
from tui.cli.workspace import look
from tui.drawing.plain import percent
from tui.session.session import Figures

#: Nearer than this a number of points is a whole one.
_NEAR = 1e-9


def run(arguments: argparse.Namespace) -> int:
    """Show them, or set those that are named. Raises Refused where they would not be 100 in all."""
    given = pairs(arguments.aims, "F=55")
    if arguments.even:
        if given or arguments.others or arguments.giver:
            raise Refused("--even goes alone: it brings the aims as they are to 100")
        return change(arguments, lambda now: (_even(now.state), ()))
    if not given:
        if arguments.others or arguments.giver:
            raise Refused("name the slice that takes or gives, as F=55")
        return _show(arguments)
    if arguments.others and arguments.giver:
        raise Refused("either --others or --from SLICE, not both")

    def make(now: Figures) -> tuple[Command, tuple[str, ...]]:
        state = now.state
        wanted: dict[str, float] = {}
        for name, text in given:
            aim = number(text.replace("%", ""), name)
            if aim is None:
                raise Refused(f"{short(name)}: an aim in percent, as {short(name)}=55")
            wanted[slice_named(state, name).letter] = aim
        if len(wanted) < len(given):
            raise Refused("a slice is given twice")
        if arguments.others or arguments.giver:
            return _shared(state, wanted, arguments.giver), ()
        return _written(state, wanted), ()

    return change(arguments, make)


def _written(state: State, wanted: Mapping[str, float]) -> Command:
    slices = in_order(state)
    some = len(wanted) < len(slices) and all(0 <= aim <= 100 for aim in wanted.values())
    with refused_about(after=" Name all that change, or let --others give or take the rest." if some else ""):
        return write_aims(slices, wanted)


def _shared(state: State, wanted: Mapping[str, float], giver: str) -> Command:
    """One slice takes or gives, and the others, or the one that is named, give or take it: as the arrow keys do."""
    if len(wanted) != 1:
        raise Refused("--others and --from move one slice: name one, as F=55")
    ((letter, aim),) = wanted.items()
    slices = in_order(state)
    aims = Aims.of(slices)
    if giver:
        part = slice_named(state, giver)
        if part.letter == letter:
            raise Refused(f"{part.name} cannot take it from itself")
        aims = aims.mark(part.letter)
    moved = aim - aims.points[letter]
    points = round(moved)
    if not 0 <= aim <= 100 or abs(moved - points) > _NEAR:
        raise Refused(
            f"{letter} goes from {aims.points[letter]:g} by whole points between 0 and 100; any other aims are set by "
            "naming all that change"
        )
    later, stopped = shift(aims, letter, points)
    if abs(later.points[letter] - aim) > _NEAR:
        raise Refused(f"{stopped} Nothing was changed.")
    return Command("aims", moved_words(slices, later.changed), later.changed)


def _even(state: State) -> Command:
    """Aims that are off come to 100 in proportion."""
    slices = in_order(state)
    changed = to_hundred(Aims.of(slices)).changed
    return Command("aims", moved_words(slices, changed), changed)


def _show(arguments: argparse.Namespace) -> int:
    state = look(arguments)
    slices = slices_of(state)
    total = sum(part.aim for part in slices)
    if arguments.json:
        print_json(AimsOut(slices=slices, total=total))
        return DONE
    for part in slices:
        planned = f"planned {percent(part.share)} ({format_ew(part.ew)} ew)"
        say(f"  {part.letter} {short(part.name)}: {aim_words(part)}; {planned}")
    say(f"aims {total_words(total)}")
    return DONE
