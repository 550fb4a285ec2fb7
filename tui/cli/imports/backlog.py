"""``makeroom import``: read the file, show what it changes, write that as one step."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from scenarios.figures.readers import needed_number
from scenarios.trade.guard import Guarded
from store.common.errors import Refused
from store.database.watch import Watch
from store.imports.errors import RateNeededError
from store.imports.mappings import SourceMapping, save_mapping
from store.imports.memory import Memory
from store.imports.merge import plan_import
from store.imports.options import Choice, ImportOptions
from store.imports.reader import read_table
from store.imports.report import Conflict, ImportPlan
from store.imports.table import Table
from store.records import State
from tui.cli.imports.look_then_write import look_then_write, report_outcome, report_rejected, report_shortfall
from tui.cli.imports.options import mapping_of
from tui.cli.printing import DONE, ask, say, say_aside, short
from tui.imports.words import STATES, column_words

#: how many new items a dry run shows
MOST_NEW = 20
MOST_COLUMNS = 60
ATTEMPTS = 3


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence; then nothing was written."""
    mapping = mapping_of(arguments)
    if mapping.format in ("", "makeroom"):
        from tui.cli.imports import workspace

        if workspace.is_whole(arguments.file):
            return workspace.run(arguments)
    header: tuple[str, ...] = ()
    asks = not arguments.dry_run and mapping.options.on_conflict is None and arguments.on_conflict in (None, "ask")

    def prepare(
        state: State, table: Table, options: ImportOptions, memory: Memory, watch: Watch
    ) -> tuple[ImportPlan, Guarded, ImportOptions]:
        nonlocal header
        header = table.header
        return _prepare(state, table, options, memory, watch, asks and sys.stdin.isatty())

    state, plan, command, path = look_then_write(arguments, table_of(arguments, mapping), mapping.options, prepare)
    if arguments.json:
        from tui.cli.imports.outcome import import_out
        from tui.cli.printing import print_json

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
            header_line=source.header_line or None,
            watch=watch,
        )

    return read


def _prepare(
    state: State, table: Table, options: ImportOptions, memory: Memory, watch: Watch, asks: bool
) -> tuple[ImportPlan, Guarded, ImportOptions]:
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
    return plan, Guarded.of(state, plan.command()), options


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
        with suppress(Refused):
            if 0 < (rate := needed_number(answer)) <= 1e6:
                return rate
    raise needed


def _report(plan: ImportPlan, dry_run: bool) -> None:
    """The counts, then every row that is not taken, what was kept and updated, and the notes."""
    say(plan.summary)
    for warning in plan.warnings:
        say(f"look twice: {short(warning, 200)}")
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
    if plan.teams:
        say(f"teams in the file: {'; '.join(short(str(team)) for team in plan.teams)}")
    if plan.loads:
        say(f"load by team: {'; '.join(short(str(load)) for load in plan.loads)}")
    if dry_run:
        for guess in plan.columns[:MOST_COLUMNS]:
            say(f"  column {short(column_words(guess), 160)}")
        if len(plan.columns) > MOST_COLUMNS:
            say(f"  and {len(plan.columns) - MOST_COLUMNS:,} more columns")
    if any(each.choice is None for each in plan.conflicts):
        say("What changed on both sides is kept as here and comes up again; --on-conflict here or source settles it.")
    for note in plan.notes:
        say(f"note: {note}")
