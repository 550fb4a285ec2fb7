"""``makeroom import``: read the file, show what it changes, write that as one step."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from scenarios.door import guard
from store.beginning import beginning
from store.imports.errors import RateNeededError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, column_wish, rule_wish, team_wish
from store.imports.reader import Table, read_table
from store.imports.report import ImportPlan, Rejected
from store.places import database_path
from store.records import Command, Shortfall, State
from store.workspace import Workspace
from tui.cli.speaking import DONE, ask, say, short
from tui.drawing.plain import odds_percent

#: how many new items a dry run shows
MOST_NEW = 20
ATTEMPTS = 3
Options = TypeVar("Options")
Plan = TypeVar("Plan")
Source = TypeVar("Source")


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence; then nothing was written."""
    options = ImportOptions(
        points_per_ew=arguments.points_per_week,
        hours_per_ew=arguments.hours_per_week,
        columns=dict(column_wish(text) for text in arguments.column),
        teams=tuple(team_wish(text) for text in arguments.team),
        rules=tuple(rule_wish(text) for text in arguments.map),
        include_done=arguments.include_done,
        dates=arguments.dates,
    )
    state, plan, command, path = look_then_write(arguments, options, _prepare, read_csv)
    _report(plan, arguments.dry_run)
    report_shortfall(command, state.quarter.target, arguments.dry_run)
    report_outcome(command, plan.rejected, path, arguments.dry_run)
    return DONE


def read_csv(arguments: argparse.Namespace) -> Table:
    """The table in the file that a command names."""
    return read_table(Path(arguments.file), delimiter=arguments.delimiter, encoding=arguments.encoding)


def look_then_write(
    arguments: argparse.Namespace,
    options: Options,
    prepare: Callable[[State, Source, Options], tuple[Plan, Command, Options]],
    read: Callable[[argparse.Namespace], Source],
) -> tuple[State, Plan, Command, Path]:
    """Read the file, plan what it changes, and write that unless it is a dry run: (state before, plan, command, path).

    ``prepare`` gives the plan, its command, and the options with what was asked for meanwhile.
    """
    table = read(arguments)
    path = database_path(arguments.db).path
    # A file that cannot be imported must not leave a fresh, empty workspace behind.
    state = state_in(path)
    plan, command, options = prepare(state, table, options)
    if not arguments.dry_run and not command.empty:
        with Workspace.open(path) as workspace:
            state = workspace.load()
            plan, command, _ = prepare(state, table, options)
            if not command.empty:
                workspace.apply(command)
    return state, plan, command, path


def report_outcome(command: Command, rejected: Sequence[Rejected], path: Path, dry_run: bool) -> None:
    """Say what was written, and where."""
    if dry_run:
        say("nothing written (dry run)")
    elif command.empty:
        say("nothing to write: everything is here already" if not rejected else "nothing to write")
    else:
        say(f"written to {path} as one step; undo in the app takes it back")


def report_rejected(rejected: Sequence[Rejected]) -> None:
    """Every row that is not taken, with its line and the reason."""
    for refused in rejected:
        title = f" ({short(refused.title)})" if refused.title else ""
        say(f"  not taken, line {refused.line}: {refused.reason}{title}")


def state_in(path: Path) -> State:
    """What the workspace holds, read without writing; what a fresh one would hold where there is none."""
    if not path.exists() or not path.stat().st_size:
        return State().overlay(beginning("workspace", date.today(), 0))
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def _prepare(state: State, table: Table, options: ImportOptions) -> tuple[ImportPlan, Command, ImportOptions]:
    """The plan, its guarded command, and the options with the rates that were asked for."""
    while True:
        try:
            plan = plan_import(state, table, options)
            break
        except RateNeededError as needed:
            rate = ask_rate(needed)
            if needed.unit == "points":
                options = replace(options, points_per_ew=rate)
            else:
                options = replace(options, hours_per_ew=rate)
    command = plan.command()
    return plan, command if command.empty else guard(state, command, command.label), options


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
    report_rejected(plan.rejected)
    for kept in plan.kept:
        say(f"  kept as changed here, line {kept.line}: {short(kept.title)}: {short('; '.join(kept.what), 160)}")
    for update in plan.updated:
        changes = []
        if update.new_title:
            changes.append(f"now called {short(update.new_title)}")
        if update.new_size:
            changes.append(f"{update.old_size} -> {update.new_size}")
        say(f"  updated, line {update.line}: {short(update.title)}: {', '.join(changes)}")
    if dry_run:
        for new in plan.new[:MOST_NEW]:
            key = f"{short(new.key, 40)} " if new.key else ""
            say(f"  new, line {new.line}: [{new.slice}] {key}{short(new.title)}, {new.size}")
        if len(plan.new) > MOST_NEW:
            say(f"  and {len(plan.new) - MOST_NEW:,} more new ones")
    for note in plan.notes:
        say(f"note: {note}")


def report_shortfall(command: Command, target: float, dry_run: bool) -> None:
    """Say so where the import leaves the plan below its target."""
    for put in command.puts:
        if isinstance(put, Shortfall) and put.id < 0:
            would = "would fall" if dry_run else "fell"
            say(
                f"The plan {would} below its target: the odds are {odds_percent(put.odds)}, {target:.0%} are wanted. "
                "The header shows that until it is settled."
            )
