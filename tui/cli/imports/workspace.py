"""``makeroom import`` of makeroom's own JSON: a whole workspace, into an empty one."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from scenarios.trade.guard import Guarded, guard
from store.database.watch import Watch
from store.imports.memory import Memory
from store.imports.reader import read_bytes
from store.imports.whole import MOST_BYTES, Whole, fill_empty, looks_whole, read_whole
from store.records import Command, Shortfall, State
from tui.cli.imports.look_then_write import look_then_write, report_outcome, report_shortfall
from tui.cli.printing import DONE, say


def is_whole(file: str) -> bool:
    """Whether a file is one; what cannot be read is none."""
    try:
        # A pipe would wait for whoever writes into it.
        if not Path(file).is_file():
            return False
        with Path(file).open("rb") as opened:
            return looks_whole(opened.read(2_000))
    except (OSError, ValueError):
        return False


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence; then nothing was written."""
    path = Path(arguments.file)

    def read(watch: Watch) -> Whole:
        return read_whole(read_bytes(path, MOST_BYTES), path.name, watch)

    state, whole, command, target = look_then_write(arguments, read, None, _prepare)
    notes = [] if whole.as_exported else ["somebody has changed the file since it was exported"]
    if arguments.json:
        from tui.cli.imports.outcome import print_taken_in

        print_taken_in(arguments, state, command, target, whole.summary, notes=notes)
        return DONE
    say(whole.summary)
    for note in notes:
        say(f"note: {note}")
    report_shortfall(command, state.overlay(command).quarter.target, arguments.dry_run)
    report_outcome(command, (), target, arguments.dry_run)
    return DONE


def _prepare(state: State, whole: Whole, options: None, memory: Memory, watch: Watch) -> tuple[Whole, Guarded, None]:
    """The command that fills the workspace; a plan below its target that nobody answers for is an open shortfall."""
    command = fill_empty(whole, state)
    later = state.overlay(command)
    watch.look("looking at the odds", 0)
    guarded = guard(later, Command(command.kind, command.label), command.label)
    known = later.all(Shortfall)
    opened = tuple(put for put in guarded.puts if isinstance(put, Shortfall) and put.id not in known)
    return whole, Guarded(state, replace(command, puts=(*command.puts, *opened))), options
