"""``makeroom import``: read the file, show what it changes, write that as one step."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from scenarios.door import guard
from store.beginning import beginning, in_fresh, name_of_fresh, random_seed
from store.imports.errors import RateNeededError
from store.imports.mappings import SourceMapping, save_mapping
from store.imports.memory import Memory, NoMemory
from store.imports.merge import plan_import
from store.imports.options import Choice, ImportOptions
from store.imports.reader import read_table
from store.imports.report import Conflict, ImportPlan, Rejected
from store.imports.table import Table
from store.imports.watching import Watch
from store.places import database_path
from store.records import Command, Shortfall, State
from store.workspace import Workspace
from tui.cli.import_options import mapping_of
from tui.cli.progress import progress
from tui.cli.speaking import DONE, ask, say, say_aside, short
from tui.drawing.plain import odds_percent
from tui.importing.words import STATES

#: how many new items a dry run shows
MOST_NEW = 20
ATTEMPTS = 3
Options = TypeVar("Options")
Plan = TypeVar("Plan", covariant=True)
Source = TypeVar("Source", contravariant=True)


class Prepare(Protocol[Source, Options, Plan]):
    """Plans what a file changes: the plan, its command, and the options with what was asked for meanwhile."""

    def __call__(
        self, state: State, source: Source, options: Options, memory: Memory, watch: Watch, /
    ) -> tuple[Plan, Command, Options]:
        """Raises StoreError with a sentence where nothing can be planned."""


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence; then nothing was written."""
    mapping = mapping_of(arguments)
    if mapping.format in ("", "makeroom"):
        from tui.cli import whole_import

        if whole_import.is_whole(arguments.file):
            return whole_import.run(arguments)
    header: tuple[str, ...] = ()
    asks = not arguments.dry_run and mapping.options.on_conflict is None and arguments.on_conflict in (None, "ask")

    def prepare(
        state: State, table: Table, options: ImportOptions, memory: Memory, watch: Watch
    ) -> tuple[ImportPlan, Command, ImportOptions]:
        nonlocal header
        header = table.header
        return _prepare(state, table, options, memory, watch, asks and sys.stdin.isatty())

    state, plan, command, path = look_then_write(arguments, table_of(arguments, mapping), mapping.options, prepare)
    if arguments.json:
        from tui.cli.imported import import_out
        from tui.cli.reading import print_json

        kept = _saved(arguments, replace(mapping, header=header))
        print_json(import_out(arguments, plan, command, path, str(kept or "")))
        return DONE
    _report(plan, arguments.dry_run)
    report_shortfall(command, state.quarter.target, arguments.dry_run)
    report_outcome(command, plan.rejected, path, arguments.dry_run)
    if saved := _saved(arguments, replace(mapping, header=header)):
        say(f"mapping saved as {saved}")
    return DONE


def _saved(arguments: argparse.Namespace, mapping: SourceMapping) -> Path | None:
    """Where the mapping was saved, if that was asked for."""
    return save_mapping(arguments.save_mapping, mapping) if arguments.save_mapping and not arguments.dry_run else None


def table_of(arguments: argparse.Namespace, source: SourceMapping) -> Callable[[Watch], Table]:
    """What reads the table in the file that a command names."""

    def read(watch: Watch) -> Table:
        return read_table(
            Path(arguments.file),
            delimiter=source.delimiter or None,
            encoding=source.encoding or None,
            format=source.format or None,
            sheet=source.sheet or None,
            watch=watch,
        )

    return read


def look_then_write(
    arguments: argparse.Namespace,
    read: Callable[[Watch], Source],
    options: Options,
    prepare: Prepare[Source, Options, Plan],
) -> tuple[State, Plan, Command, Path]:
    """Read the file, plan what it changes, and write that unless it is a dry run: (state before, plan, command, path).

    ``prepare`` gives the plan, its command, and the options with what was asked for meanwhile.
    """
    path = database_path(arguments.db).path
    today, seed = date.today(), random_seed()
    with progress() as watch:
        source = read(watch)
        # A file that cannot be imported must not leave a fresh, empty workspace behind.
        with _looked_into(path, today, seed) as (state, memory):
            plan, command, options = prepare(state, source, options, memory, watch)
        if arguments.dry_run or command.empty:
            return state, plan, command, path
        with Workspace.open(path, today=today, seed=seed) as workspace:
            if workspace.events()[-1].seq != state.seq:
                now = workspace.load()
                settled = in_fresh(command, state, now)
                state, command = now, settled or command
                if settled is None:
                    # Somebody was faster. The first plan goes before there is a second: both are as large as the file.
                    del plan, command
                    plan, command, _ = prepare(state, source, options, workspace, watch)
            del source
            if not command.empty:
                workspace.apply(command, tell=False, watch=watch)
    return state, plan, command, path


@contextmanager
def _looked_into(path: Path, today: date, seed: int) -> Iterator[tuple[State, Memory]]:
    """What the workspace holds, read without writing, and what imports wrote there; for none yet, a fresh one."""
    if not path.exists() or not path.stat().st_size:
        yield State().overlay(beginning(name_of_fresh(path), today, seed)), NoMemory()
        return
    with Workspace.open(path, read_only=True) as workspace:
        yield workspace.load(), workspace


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


def _prepare(
    state: State, table: Table, options: ImportOptions, memory: Memory, watch: Watch, asks: bool
) -> tuple[ImportPlan, Command, ImportOptions]:
    """The plan, its guarded command, and the options with the rates and choices that were asked for."""
    while True:
        try:
            plan = plan_import(state, table, options, memory, watch)
        except RateNeededError as needed:
            watch.progress("", 0, None)
            rate = ask_rate(needed)
            if needed.unit == "points":
                options = replace(options, points_per_ew=rate)
            else:
                options = replace(options, hours_per_ew=rate)
            continue
        opened = [each for each in plan.conflicts if each.choice is None]
        if not (asks and opened):
            break
        watch.progress("", 0, None)
        options = replace(options, choices={**options.choices, **_ask_choices(opened)})
        asks = False
    command = plan.command()
    return plan, command if command.empty else guard(state, command, command.label), options


def _ask_choices(conflicts: Sequence[Conflict]) -> dict[tuple[int, str], Choice]:
    """What somebody at the terminal chooses for each; what is passed over stays as it is, and is asked again."""
    chosen: dict[tuple[int, str], Choice] = {}
    for at, each in enumerate(conflicts):
        say_aside(
            f"{short(each.title)}: its {each.field} is {short(each.here)} here, {short(each.source)} in the file."
        )
        answer = ask("Keep it as here (h), take the source's (s), decide later (Enter); H or S for all the rest?")
        if answer in ("h", "s"):
            chosen[each.item_id, each.field] = "here" if answer == "h" else "source"
        elif answer in ("H", "S"):
            choice: Choice = "here" if answer == "H" else "source"
            chosen |= {(one.item_id, one.field): choice for one in conflicts[at:]}
            break
    return chosen


def ask_rate(needed: RateNeededError) -> float:
    """The rate that somebody at the terminal types. Raises the question again where nobody can or does."""
    if not sys.stdin.isatty():
        raise needed
    what = "story points" if needed.unit == "points" else "hours"
    for _ in range(ATTEMPTS):
        answer = ask(f"The estimates in column {needed.column} are in {what}. How many are one engineer-week?")
        if not answer:
            break
        try:
            rate = float(answer.replace(",", "."))
        except ValueError:
            continue
        if 0 < rate <= 1e6:
            return rate
    raise needed


def _report(plan: ImportPlan, dry_run: bool) -> None:
    """The counts, then every row that is not taken, what was kept and updated, and the notes."""
    say(plan.summary)
    report_rejected(plan.rejected, plan.counted)
    for kept in plan.kept:
        what = short("; ".join(kept.what), 160)
        say(f"  kept as changed here, {plan.counted} {kept.line}: {short(kept.title)}: {what}")
    for update in plan.updated:
        changes = []
        if update.new_title:
            changes.append(f"now called {short(update.new_title)}")
        if update.new_size:
            changes.append(f"{update.old_size} -> {update.new_size}")
        changes += [short(each) for each in update.others]
        say(f"  updated, {plan.counted} {update.line}: {short(update.title)}: {', '.join(changes)}")
    for gone in plan.gone[:MOST_NEW]:
        key = f"{short(gone.key, 40)} " if gone.key else ""
        say(f"  no longer in the file, stays here ({STATES[gone.state]}): {key}{short(gone.title)}")
    if len(plan.gone) > MOST_NEW:
        say(f"  and {len(plan.gone) - MOST_NEW:,} more that are no longer in the file")
    if dry_run:
        for new in plan.new[:MOST_NEW]:
            key = f"{short(new.key, 40)} " if new.key else ""
            say(f"  new, {plan.counted} {new.line}: [{new.slice}] {key}{short(new.title)}, {new.size}")
        if len(plan.new) > MOST_NEW:
            say(f"  and {len(plan.new) - MOST_NEW:,} more new ones")
    if any(each.choice is None for each in plan.conflicts):
        say("What changed on both sides is kept as here and comes up again; --on-conflict here or source settles it.")
    for note in plan.notes:
        say(f"note: {note}")


def shortfalls_of(command: Command) -> list[Shortfall]:
    """What a command opens: it leaves the plan below its target, and nobody answers for that."""
    return [put for put in command.puts if isinstance(put, Shortfall) and put.id < 0]


def report_shortfall(command: Command, target: float, dry_run: bool) -> None:
    """Say so where the import leaves the plan below its target."""
    for put in shortfalls_of(command):
        would = "would fall" if dry_run else "fell"
        say(
            f"The plan {would} below its target: the odds are {odds_percent(put.odds)}, {target:.0%} are wanted. "
            "The header shows that until it is settled."
        )
