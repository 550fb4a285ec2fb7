"""What every command that takes a file in does: look into it, show what it would change, write that as one step."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from scenarios.trade.guard import Guarded
from store.database.garbage_collection import without_collector
from store.database.places import database_path
from store.database.watch import Watch
from store.imports.memory import Memory, NoMemory
from store.imports.report import Rejected
from store.records import Command, Shortfall, State
from store.workspace.defaults import beginning, in_fresh, name_of_fresh
from tui.cli.printing import say, short
from tui.cli.progress_line import progress
from tui.cli.workspace import desk
from tui.drawing.plain import odds_percent, target_percent

Options = TypeVar("Options")
Plan = TypeVar("Plan", covariant=True)
Source = TypeVar("Source", contravariant=True)


class Prepare(Protocol[Source, Options, Plan]):
    """Plans what a file changes: the plan, its guarded command, and the options with what was asked for meanwhile."""

    def __call__(
        self, state: State, source: Source, options: Options, memory: Memory, watch: Watch, /
    ) -> tuple[Plan, Guarded, Options]:
        """Raises StoreError with a sentence where nothing can be planned."""


def look_then_write(
    arguments: argparse.Namespace,
    read: Callable[[Watch], Source],
    options: Options,
    prepare: Prepare[Source, Options, Plan],
) -> tuple[State, Plan, Command, Path]:
    """Read the file, plan what it changes, and write that unless it is a dry run: state before, plan, command, path."""
    path = database_path(arguments.db).path
    today = date.today()
    with progress(_size(arguments.file)) as watch, without_collector():
        watch.look("reading", 0)
        source = read(watch)
        # A file that cannot be imported must not leave a fresh, empty workspace behind.
        with _looked_into(arguments, path, today) as (state, memory):
            plan, guarded, options = prepare(state, source, options, memory, watch)
        if arguments.dry_run or guarded.command.empty:
            return state, plan, guarded.command, path
        # As large as the plan, and hardly ever wanted again.
        del source
        watch.look("opening the workspace", 0)
        with desk(arguments, write=True, create=True, today=today, known=state) as session:
            if session.state is not state:
                settled = in_fresh(guarded.command, state, session.state)
                state = session.state
                if settled is not None:
                    guarded = replace(guarded, state=state, command=settled)
                else:
                    # Somebody was faster. The first plan goes before there is a second: both are as large as the file.
                    del plan, guarded
                    plan, guarded, _ = prepare(state, read(watch), options, session.workspace, watch)
            if not guarded.command.empty:
                session.write_long(guarded, guarded.command.label, watch)
    return state, plan, guarded.command, path


def _size(file: str) -> int:
    """Bytes of a file; 0 for one that cannot be looked at, which is said where it is read."""
    try:
        return Path(file).stat().st_size
    except (OSError, ValueError):
        return 0


@contextmanager
def _looked_into(arguments: argparse.Namespace, path: Path, today: date) -> Iterator[tuple[State, Memory]]:
    """What the workspace holds, read without writing, and what imports wrote there; for none yet, a fresh one."""
    if not path.exists() or not path.stat().st_size:
        yield State().overlay(beginning(name_of_fresh(path), today)), NoMemory()
        return
    with desk(arguments) as session:
        yield session.state, session.workspace


def report_outcome(command: Command, rejected: Sequence[Rejected], path: Path, dry_run: bool) -> None:
    """Say what was written, and where."""
    if dry_run:
        say("nothing written (dry run)")
    elif command.empty:
        say("nothing to write: everything is here already" if not rejected else "nothing to write")
    else:
        say(f"written to {path} as one step; undo in the app takes it back")


def report_rejected(rejected: Sequence[Rejected], counted: str = "line") -> None:
    """Every row that is not taken, with its line and the reason."""
    for refused in rejected:
        title = f" ({short(refused.title)})" if refused.title else ""
        say(f"  not taken, {counted} {refused.line}: {refused.reason}{title}")


def shortfalls_of(command: Command) -> list[Shortfall]:
    """What a command opens: it leaves the plan below its target, and nobody answers for that."""
    return [put for put in command.puts if isinstance(put, Shortfall) and put.id < 0]


def report_shortfall(command: Command, target: float, dry_run: bool) -> None:
    """Say so where the import leaves the plan below its target."""
    for put in shortfalls_of(command):
        would = "would fall" if dry_run else "fell"
        say(
            f"The plan {would} below its target: the odds are {odds_percent(put.odds, target)}, "
            f"{target_percent(target)} are wanted. The header shows that until it is settled."
        )
