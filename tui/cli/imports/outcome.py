"""What the commands that take a file in did, for programs."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scenarios.trade.door import forecast_of
from store.imports.report import ImportPlan, Rejected
from store.records import Command, State
from tui.cli.imports.look_then_write import shortfalls_of
from tui.cli.imports.outputs import (
    ColumnOut,
    ConflictOut,
    FileStatusOut,
    FileTeamOut,
    GoneOut,
    ImportOut,
    LoadOut,
    NewRowOut,
    OddsThenOut,
    RejectedRowOut,
    SampleOut,
    TakenInOut,
    UpdatedRowOut,
)
from tui.cli.printing import print_json


def import_out(
    arguments: argparse.Namespace, plan: ImportPlan, command: Command, path: Path, mapping: str
) -> ImportOut:
    """What an import of a backlog did, row by row; ``mapping`` is where what was said of the file was saved."""
    return ImportOut(
        done=not (arguments.dry_run or command.empty),
        dry_run=arguments.dry_run,
        database=str(path.absolute()),
        file=arguments.file,
        format=plan.format,
        rows=plan.rows,
        new=len(plan.new),
        updated=len(plan.updated),
        kept=plan.kept_alone,
        unchanged=plan.unchanged,
        rejected=len(plan.rejected),
        new_rows=[
            NewRowOut(line=each.line, key=each.key, title=each.title, slice=each.slice, size=each.size)
            for each in plan.new
        ],
        updated_rows=[
            UpdatedRowOut(
                line=each.line,
                item=each.item_id,
                title=each.title,
                changes=[
                    *([f"now called {each.new_title}"] if each.new_title else []),
                    *([f"{each.old_size} -> {each.new_size}"] if each.new_size else []),
                    *each.others,
                ],
            )
            for each in plan.updated
        ],
        rejected_rows=_rejected(plan.rejected),
        conflicts=[
            ConflictOut(
                line=each.line,
                item=each.item_id,
                title=each.title,
                field=each.field,
                here=each.here,
                source=each.source,
                choice=each.choice,
            )
            for each in plan.conflicts
        ],
        gone=[GoneOut(item=each.item_id, key=each.key, title=each.title, state=each.state) for each in plan.gone],
        notes=list(plan.notes),
        warnings=list(plan.warnings),
        columns=[
            ColumnOut(
                column=each.column,
                field=each.field,
                why=each.why,
                tells=each.tells,
                filled=each.filled,
                samples=[SampleOut(text=text, read=read) for text, read in zip(each.samples, each.read, strict=True)],
            )
            for each in plan.columns
        ],
        statuses=[FileStatusOut(status=each.status, taken=each.taken, left=each.left) for each in plan.statuses],
        teams=[
            FileTeamOut(name=each.name, rows=each.rows, team=each.team or None, new=each.new) for each in plan.teams
        ],
        loads=[LoadOut(team=each.team, items=each.items, likely=each.likely, net=each.net) for each in plan.loads],
        shortfall=bool(shortfalls_of(command)),
        mapping=mapping,
    )


def print_taken_in(
    arguments: argparse.Namespace,
    state: State,
    command: Command,
    path: Path,
    what: str,
    *,
    changes: Iterable[str] = (),
    rejected: Sequence[Rejected] = (),
    notes: Iterable[str] = (),
    learned: Iterable[str] = (),
    net: Mapping[str, float] | None = None,
    net_before: Mapping[str, float] | None = None,
    warnings: Iterable[str] = (),
) -> None:
    """Print what a file of another kind did to the workspace that was in ``state``; ``what`` is that in a line."""
    odds = None
    if not command.empty:
        before, after = forecast_of(state), forecast_of(state.overlay(command))
        if after.plan.entries:
            odds = OddsThenOut(before=before.odds, after=after.odds, target=after.plan.target)
    print_json(
        TakenInOut(
            done=not (arguments.dry_run or command.empty),
            dry_run=arguments.dry_run,
            database=str(path.absolute()),
            file=arguments.file,
            what=what,
            changes=list(changes),
            rejected_rows=_rejected(rejected),
            notes=list(notes),
            learned=list(learned),
            net=dict(net or {}),
            net_before=dict(net_before or {}),
            warnings=list(warnings),
            odds=odds,
            shortfall=bool(shortfalls_of(command)),
        )
    )


def _rejected(rows: Sequence[Rejected]) -> list[RejectedRowOut]:
    return [RejectedRowOut(line=each.line, title=each.title, reason=each.reason) for each in rows]
