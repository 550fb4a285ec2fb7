"""``makeroom report quarter``."""

from __future__ import annotations

import argparse
from datetime import date

from scenarios.figures.names import plain_name
from scenarios.graded.adoption import Adoption, adoption_due
from scenarios.graded.calibration import Calibration
from scenarios.graded.kept import Fate
from scenarios.graded.quarter_graded import QuarterGraded, grade_quarter, promised_and_ended
from scenarios.graded.reviews import reviews_due
from scenarios.graded.rows import GradedItem, QuarterToGrade, quarters_on_record
from scenarios.reports.quarter_paper import paper_of
from store.common.errors import Refused
from store.common.text import short
from store.imports.quarters import calendar_number
from store.records import State
from tui.cli.decisions.outputs import adoption_output
from tui.cli.reports.outputs import (
    AskerOut,
    BandOut,
    CalibrationOut,
    DealsOut,
    FateOut,
    GradedItemOut,
    GradeOut,
    KeptOut,
    QuarterReportOut,
)
from tui.cli.reports.report import deliver
from tui.cli.workspace import look


def run(arguments: argparse.Namespace) -> int:
    """Show it. Raises StoreError with a sentence."""
    state, today = look(arguments), date.today()
    graded = grade_quarter(state, quarter_named(state, arguments.quarter))
    reviews, adoption = reviews_due(state, today), adoption_due(state, today)
    return deliver(
        arguments,
        paper_of(graded, reviews, adoption),
        lambda output: _described(graded, [row.line.decision.id for row in reviews], adoption, output),
    )


def quarter_named(state: State, name: str) -> QuarterToGrade:
    """The finished quarter that a name means, else the last one. Raises Refused."""
    quarters = quarters_on_record(state)
    if not quarters:
        raise Refused("no quarter is finished yet: makeroom close and makeroom import-history make a record")
    if not name:
        return quarters[-1]
    found = [each for each in quarters if plain_name(name) in map(plain_name, each.spellings)]
    number = calendar_number(name)
    found = found or [
        each for each in quarters if number in map(calendar_number, each.spellings) and number is not None
    ]
    if not found:
        known = ", ".join(short(each.name, 20) for each in quarters[-8:])
        raise Refused(f"there is no finished quarter “{short(name, 40)}”: they are {known}")
    return found[-1]


def _described(
    graded: QuarterGraded, reviews: list[int], adoption: tuple[Adoption, ...], output: str
) -> QuarterReportOut:
    kept = graded.kept
    return QuarterReportOut(
        quarter=graded.quarter.name,
        spellings=list(graded.quarter.spellings),
        took=float(graded.took),
        as_estimated=graded.as_estimated,
        tests=[
            GradeOut(
                test=grade.name,
                ew=float(grade.effort),
                items=[row.title for row in grade.items],
                known=grade.known,
                unknown=grade.unknown,
            )
            for grade in graded.grades
        ],
        mixes={name: {part.letter: part.ew for part in mix.slices} for name, mix in graded.mixes},
        kept=None
        if kept is None
        else KeptOut(
            agreed=_fate(kept.all),
            done=_fate(kept.done),
            unfinished=_fate(kept.unfinished),
            moved=_fate(kept.moved),
            dropped=_fate(kept.dropped),
            by={name: _fate(fate) for name, fate in kept.by},
        ),
        plan_odds=_calibration(graded.plan_odds),
        plans_changed=graded.plans_changed,
        item_odds=_calibration(graded.item_odds),
        askers=[
            AskerOut(
                asked_by=each.name,
                asks=each.asks,
                claimed=float(each.claimed),
                confirmed=None if each.confirmed is None else float(each.confirmed),
                took=float(each.took),
                ratio=None if each.ratio is None else float(each.ratio),
                least=None if each.least is None else float(each.least),
                most=None if each.most is None else float(each.most),
            )
            for each in graded.askers
        ],
        deals={
            outcome: DealsOut(deals=count, promised=float(promised), signed=float(signed))
            for outcome, (count, promised, signed) in promised_and_ended(graded.deals).items()
        },
        reviews=reviews,
        adoption=[adoption_output(row) for row in graded.adoption],
        adoption_due=[adoption_output(row) for row in adoption],
        items=[_item(row) for row in graded.rows],
        output=output,
    )


def _fate(fate: Fate) -> FateOut:
    return FateOut(items=fate.items, ew=float(fate.effort))


def _calibration(found: Calibration) -> CalibrationOut:
    return CalibrationOut(
        outcomes=found.outcomes,
        came_true=found.came_true,
        brier=None if found.brier is None else float(found.brier),
        bands=[
            BandOut(first=band.first, last=band.last, said=band.said, came_true=band.came_true, mean=float(band.mean))
            for band in found.bands
        ],
    )


def _item(row: GradedItem) -> GradedItemOut:
    one = row.outcome
    return GradedItemOut(
        title=row.title,
        slice=one.slice,
        became=one.became,
        planned=one.planned,
        baseline_ew=one.baseline_ew,
        ew=one.ew,
        took=row.took,
        odds=one.odds,
        use=one.use,
        users=one.users,
        validated=one.validated,
        deal=row.deal.outcome if row.deal is not None else None,
        by=row.by,
        decision=row.decision.id if row.decision is not None else None,
        lacks=list(row.lacks) if row.done else [],
        tried_as=row.trial.kind if row.trial is not None else None,
        test_met=row.trial.met if row.trial is not None else None,
        test_met_by=row.trial.met_by if row.trial is not None else None,
        adopted=one.adopted,
        could_adopt=one.could_adopt,
    )
