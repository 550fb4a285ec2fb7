"""``makeroom import-accounts``: customers with their revenue and renewal from a file, with a look before writing."""

from __future__ import annotations

import argparse

from scenarios.trade.guard import Guarded
from store.database.watch import Watch
from store.imports.accounts.table import AccountsOptions, AccountsPlan, plan_accounts, rate_wish
from store.imports.memory import Memory
from store.imports.options import column_wish
from store.imports.table import Table
from store.records import State
from tui.cli.imports.backlog import table_of
from tui.cli.imports.look_then_write import look_then_write, report_outcome, report_rejected
from tui.cli.imports.options import bytes_of
from tui.cli.printing import DONE, say, short

#: So many accounts are told one by one.
_MOST = 200


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence; then nothing was written."""
    options = AccountsOptions(
        columns=dict(column_wish(text) for text in arguments.column),
        rates=dict(rate_wish(text) for text in arguments.rate),
        dates=arguments.dates,
        decimal=arguments.decimal,
    )
    source = bytes_of(arguments)
    state, plan, command, path = look_then_write(arguments, table_of(arguments, source), options, _prepare)
    if arguments.json:
        from tui.cli.imports.outcome import print_taken_in

        print_taken_in(
            arguments,
            state,
            command,
            path,
            plan.summary,
            changes=plan.changes,
            rejected=plan.rejected,
            notes=plan.notes,
        )
        return DONE
    say(plan.summary)
    report_rejected(plan.rejected)
    for line in plan.changes[:_MOST]:
        say(f"  {short(line, 200)}")
    if len(plan.changes) > _MOST:
        say(f"  and {len(plan.changes) - _MOST:,} more")
    for note in plan.notes:
        say(f"note: {short(note, 300)}")
    report_outcome(command, plan.rejected, path, arguments.dry_run)
    return DONE


def _prepare(
    state: State, table: Table, options: AccountsOptions, memory: Memory, watch: Watch
) -> tuple[AccountsPlan, Guarded, AccountsOptions]:
    plan = plan_accounts(state, table, options)
    return plan, Guarded.of(state, plan.command()), options
