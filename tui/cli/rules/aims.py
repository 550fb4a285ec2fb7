"""``makeroom aims``: what is wanted of each slice beside what is planned of it, shown and changed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from scenarios.capacity.draft_changes import in_order
from scenarios.figures.names import slice_named
from scenarios.figures.sizes import format_ew
from scenarios.plan.aims import Aims, moved_words, shift, to_hundred, total_words
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import entries_of
from store.common.errors import Refused
from store.records import Command, Slice, State
from tui.cli.names import number, pairs
from tui.cli.plain_change import change, command_of
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.rules.charter import aim_words, slices_of
from tui.cli.rules.outputs import AimsOut
from tui.cli.workspace import look
from tui.forms.tables import aims_of

if TYPE_CHECKING:
    from tui.session.figures import Figures

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
        aims = {slice_named(state.each(Slice), name).letter: text.replace("%", "") for name, text in given}
        if len(aims) < len(given):
            raise Refused("a slice is given twice")
        if arguments.others or arguments.giver:
            return _shared(state, aims, arguments.giver), ()
        return _written(now, aims), ()

    return change(arguments, make)


def _written(now: Figures, aims: Mapping[str, str]) -> Command:
    plain = aims_of(now.state)
    values = {ask.name: aims[ask.option] for ask in plain.asks if ask.option in aims}
    try:
        return command_of(plain, now, None, values)
    except Refused as error:
        more = not error.field and len(aims) < len(plain.asks)
        error.args = (f"{error} Name all that change, or let --others give or take the rest." if more else str(error),)
        raise


def _shared(state: State, wanted: Mapping[str, str], giver: str) -> Command:
    """One slice takes or gives, and the others, or the one that is named, give or take it: as the arrow keys do."""
    if len(wanted) != 1:
        raise Refused("--others and --from move one slice: name one, as F=55")
    ((letter, text),) = wanted.items()
    aim = number(text, letter)
    if aim is None:
        raise Refused(f"{letter}: an aim in percent, as {letter}=55")
    slices = in_order(state)
    aims = Aims.of(slices)
    if giver:
        part = slice_named(slices, giver)
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
    said = {part.letter: part.said for part in mix_of(entries_of(state, "plan"), state.all(Slice).values()).slices}
    for part in slices:
        planned = f"planned {said[part.letter]} ({format_ew(part.ew)} ew)"
        say(f"  {part.letter} {short(part.name)}: {aim_words(part)}; {planned}")
    say(f"aims {total_words(total)}")
    return DONE
