"""``makeroom import-history``: finished quarters from a file, what they teach, and the odds before and after."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scenarios.odds.finished_quarters import Learned, learned_of
from scenarios.trade.door import forecast_of
from scenarios.trade.guard import Guarded
from store.database.watch import Watch
from store.imports.errors import RateNeededError
from store.imports.history import HistoryOptions, HistoryPlan
from store.imports.memory import Memory
from store.imports.options import column_wish
from store.imports.outcomes.with_history import plan_finished
from store.imports.table import Table
from store.records import Command, State
from tui.cli.imports.backlog import ask_rate, table_of
from tui.cli.imports.look_then_write import look_then_write, report_outcome, report_rejected, report_shortfall
from tui.cli.imports.options import bytes_of
from tui.cli.printing import DONE, USAGE, say, short
from tui.drawing.plain import odds_percent


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence; then nothing was written."""
    options = HistoryOptions(
        hours_per_ew=arguments.hours_per_week,
        team=arguments.team or "",
        create_teams=arguments.create_teams,
        columns=dict(column_wish(text) for text in arguments.column),
    )
    source = bytes_of(arguments)
    state, plan, command, path = look_then_write(arguments, table_of(arguments, source), options, _prepare)
    if arguments.json:
        _print_json(arguments, state, plan, command, path)
        return _code(plan)
    _report(plan)
    _report_learned(state, command, arguments.dry_run)
    report_shortfall(command, state.quarter.target, arguments.dry_run)
    report_outcome(command, plan.rejected, path, arguments.dry_run)
    return _code(plan)


def _code(plan: HistoryPlan) -> int:
    """Where every row is refused, nothing of the file was understood."""
    return USAGE if plan.rejected and len(plan.rejected) == plan.rows else DONE


def _print_json(arguments: argparse.Namespace, state: State, plan: HistoryPlan, command: Command, path: Path) -> None:
    from tui.cli.imports.outcome import print_taken_in

    print_taken_in(
        arguments,
        state,
        command,
        path,
        plan.summary,
        changes=map(str, plan.updated),
        rejected=plan.rejected,
        notes=plan.notes,
        learned=map(str, _known(state.overlay(command))),
    )


def _prepare(
    state: State, table: Table, options: HistoryOptions, memory: Memory, watch: Watch
) -> tuple[HistoryPlan, Guarded, HistoryOptions]:
    """The plan, its guarded command, and the options with the rate that was asked for."""
    while True:
        try:
            plan = plan_finished(state, table, options)
            break
        except RateNeededError as needed:
            options = replace(options, hours_per_ew=ask_rate(needed))
    return plan, Guarded.of(state, plan.command()), options


def _report(plan: HistoryPlan) -> None:
    say(plan.summary)
    report_rejected(plan.rejected)
    for correction in plan.updated:
        say(f"  updated, {short(str(correction), 160)}")
    for note in plan.notes:
        say(f"note: {note}")


def _known(state: State) -> Iterator[Learned]:
    for learned in learned_of(state):
        if learned.model.finished_quarters or learned.model.interrupt_quarters:
            yield learned


def _report_learned(state: State, command: Command, dry_run: bool) -> None:
    """What is known of each team that has a record, then what that does to the plan's odds."""
    later = state.overlay(command)
    for learned in _known(later):
        say(str(learned))
    before, after = forecast_of(state), forecast_of(later)
    if after.plan.entries and not command.empty:
        went = "would go" if dry_run else "went"
        say(f"odds of the plan {went} from {odds_percent(before.odds)} to {odds_percent(after.odds)}")
