"""Importing a file from the board: ask, show what it would change, write it as one step."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.plan import plan_of
from store.errors import StoreError
from store.imports.errors import ImportOptionError, RateNeededError
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, team_wish
from store.imports.reader import read_table
from store.imports.report import ImportPlan
from store.imports.table import Table
from store.places import expanded
from tui.dialogs.form import Field, Form, FormError, Values
from tui.dialogs.report import Report
from tui.flows.requests import number

if TYPE_CHECKING:
    from tui.screens.board import Board

#: Rows of each kind that the look before writing lists; the count is always whole.
_SHOWN = 500


async def import_file(board: Board) -> None:
    """Ask for the file, then for the rate that its estimates need, then show and write."""
    first = Field("file", "file", "", "CSV, Excel, or what Jira, Linear, GitHub, Azure DevOps or Trello export")
    team = Field("team", "team", "", "for items that name none; a name, or Pay=34.0 to set its net capacity")
    values = await board.ask(
        Form(
            "Import a file",
            (first, team),
            "Nothing is written before you have seen what it would change.",
            enter="look",
        )
    )
    if values is None or not values["file"].strip():
        return
    try:
        path = expanded(values["file"].strip().strip("'\""))
        seen = board.session.state.seq
        options = ImportOptions(teams=(team_wish(values["team"]),) if values["team"].strip() else ())
        table = await asyncio.to_thread(read_table, path)
        found = await _plan(board, table, options)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return
    if found is None:
        return
    if await board.ask(Report(found.summary, _lines(found), "take it in")):
        command = found.command()
        await board.warm(plan_of(board.session.state.overlay(command)))
        board.commit(command, found.summary, seen=seen)


async def _plan(board: Board, table: Table, options: ImportOptions) -> ImportPlan | None:
    """The plan of the import, asking for a rate where it needs one; None after Esc."""
    while True:
        try:
            return plan_import(board.session.state, table, options, board.session.workspace)
        except RateNeededError as needed:
            rate = await _ask_rate(board, needed)
            if rate is None:
                return None
            options = (
                replace(options, points_per_ew=rate) if needed.unit == "points" else replace(options, hours_per_ew=rate)
            )
        except ImportOptionError as error:
            board.tell(str(error), severity="error")
            return None


async def _ask_rate(board: Board, needed: RateNeededError) -> float | None:
    unit = "story points" if needed.unit == "points" else "hours"

    def check(values: Values) -> None:
        rate = number(values, "rate")
        if rate is None or not 0 < rate <= 1e6:
            raise FormError("rate", f"How many {unit} are one engineer-week? A number above 0.")

    values = await board.ask(
        Form(
            f"The estimates in {needed.column} are in {unit}",
            (Field("rate", f"{unit} to an ew", "", "what one engineer gets done in a week; remembered for next time"),),
            check=check,
        )
    )
    return None if values is None else number(values, "rate")


def _lines(plan: ImportPlan) -> list[str]:
    """What would change, row by row, what is not taken first."""
    at = plan.counted
    lines = [f"not taken, {at} {row.line}: {row.reason}  {row.title[:80]}" for row in plan.rejected]
    lines += [f"kept as here, {at} {row.line}: {row.title[:80]}: {'; '.join(row.what)}" for row in plan.kept[:_SHOWN]]
    for row in plan.updated[:_SHOWN]:
        changes = [f"now called {row.new_title[:80]}"] if row.new_title else []
        changes += [f"{row.old_size} → {row.new_size}"] if row.new_size else []
        changes += row.others
        lines.append(f"updated, {at} {row.line}: {row.title[:80]}: {', '.join(changes)}")
    lines += [
        f"new, {at} {row.line}: [{row.slice}] {row.key} {row.title[:80]}, {row.size}" for row in plan.new[:_SHOWN]
    ]
    if len(plan.new) > _SHOWN:
        lines.append(f"and {len(plan.new) - _SHOWN:,} more new ones")
    lines += [f"no longer in the file, stays here: {row.key} {row.title[:80]}" for row in plan.gone[:_SHOWN]]
    return [*lines, *(f"note: {note}" for note in plan.notes)]
