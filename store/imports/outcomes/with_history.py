"""A file of finished quarters taken over whole: what it teaches the odds, and what it says for a look-back."""

from __future__ import annotations

from dataclasses import replace

from store.imports.errors import ImportOptionError
from store.imports.history import HistoryOptions, HistoryPlan, plan_history
from store.imports.outcomes.table import FIELDS, plan_outcomes
from store.imports.table import Table
from store.records import State


def plan_finished(state: State, table: Table, options: HistoryOptions) -> HistoryPlan:
    """What taking over the finished quarters in a table would change, with what came of their items.

    A file for a look-back alone needs no estimates. Raises :class:`~store.imports.errors.ImportOptionError` where a
    column or a rate is missing.
    """
    outcomes = plan_outcomes(state, table, options.columns)
    if outcomes is None:
        return plan_history(state, table, options)
    more = FIELDS - {"quarter", "title"}
    own = replace(options, columns={name: column for name, column in options.columns.items() if name not in more})
    try:
        plan = plan_history(state, table, own)
    except ImportOptionError:
        if not outcomes.alone:
            raise
        plan = HistoryPlan(table.name, len(table.rows), 0, (), 0, 0, 0, outcomes.quarters, (), table.notes, ())
    refused = {row.line for row in outcomes.rejected}
    history = [row for row in plan.rejected if row.line not in refused and row.line not in outcomes.alone]
    return replace(
        plan,
        quarters=max(plan.quarters, outcomes.quarters),
        rejected=tuple(sorted([*history, *outcomes.rejected], key=lambda row: row.line)),
        notes=(*plan.notes, *outcomes.notes),
        puts=(*plan.puts, *outcomes.puts),
        outcomes=outcomes.words,
    )
