"""``makeroom report patterns``."""

from __future__ import annotations

import argparse

from scenarios.reports.patterns_paper import patterns_paper
from scenarios.requests.offloads import offloads_of
from scenarios.requests.patterns import Pattern, patterns_of, taken_lately
from scenarios.trade import changes
from tui.cli.reports.pattern_outputs import OffloadOut, PatternReportOut, PatternsOut, TakenOut
from tui.cli.reports.report import deliver
from tui.cli.workspace import look


def run(arguments: argparse.Namespace) -> int:
    """Show it. Raises StoreError with a sentence."""
    state, today = look(arguments), changes.now().astimezone().date()

    def described(output: str) -> PatternsOut:
        return PatternsOut(
            day=today,
            one_offs=len(taken_lately(state)),
            patterns=[_pattern(row) for row in patterns_of(state)],
            answers=[
                OffloadOut(
                    item=row.item.id,
                    title=row.item.title,
                    offloads=row.what,
                    shipped=row.shipped,
                    since=row.begins,
                    asked_before=row.asked_before,
                    asked_since=row.asked_since,
                    a_quarter_before=row.before.amount,
                    a_quarter_since=row.since.amount,
                    words=row.words,
                )
                for row in offloads_of(state, today)
            ],
            output=output,
        )

    return deliver(arguments, patterns_paper(state, today), described)


def _pattern(pattern: Pattern) -> PatternReportOut:
    return PatternReportOut(
        name=pattern.name,
        kind=pattern.kind,
        title=pattern.title,
        absorbs=pattern.effort.amount,
        accounts=list(pattern.accounts),
        one_offs=[
            TakenOut(
                item=row.item_id,
                title=row.title,
                quarter=row.quarter,
                ew=None if row.effort is None else float(row.effort),
                accounts=list(row.accounts),
            )
            for row in pattern.taken
        ],
    )
