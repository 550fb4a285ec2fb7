"""``makeroom report month``."""

from __future__ import annotations

import argparse

from scenarios.month.between import Share
from scenarios.month.escalations import EscalationCount, by_source, median_days
from scenarios.month.month import Month, month_of, report_made
from scenarios.month.trend import QuarterTrend
from scenarios.reports.month_paper import month_paper
from scenarios.rules.old_versions import fee_times
from scenarios.trade import changes
from tui.cli.decisions.outputs import adoption_output
from tui.cli.reports.month_outputs import (
    BetweenOut,
    EscalatedOut,
    EscalationCountOut,
    MonthChangesOut,
    MonthOut,
    MonthStandingOut,
    OldVersionOut,
    PendingOut,
    PostponedOut,
    PostponedWaitOut,
    PromisedLevelsOut,
    QuotaCreditOut,
    ReviewOut,
    SliceDebtOut,
    TrendOut,
    UnderWayOut,
    WorkShareOut,
)
from tui.cli.reports.report import deliver
from tui.cli.workspace import desk


def run(arguments: argparse.Namespace) -> int:
    """Show it, and with ``--made`` keep that it was. Raises StoreError with a sentence."""
    with desk(arguments, write=arguments.made) as session:
        moment = changes.now()
        month = month_of(
            session.state, session.now.forecast, arguments.since, moment.astimezone().date(), arguments.audience
        )
        paper = month_paper(session.state, month)
        currency = session.state.workspace.currency
        done = deliver(arguments, paper, lambda output: _described(month, currency, output, made=arguments.made))
        if arguments.made:
            # Once it is written: a report that could not be is none.
            session.commit(report_made(month, moment))
    return done


def _described(month: Month, currency: str, output: str, *, made: bool) -> MonthOut:
    last, waits, between = month.changed.last, month.waits, month.between
    return MonthOut(
        since=month.since,
        today=month.today,
        audience=month.audience,
        currency=currency,
        one_off_share=month.gauge.share.amount,
        band=month.gauge.band,
        odds=month.odds,
        target=month.target,
        changed=MonthChangesOut(
            last_report=last.at if last is not None else None,
            odds_then=last.odds if last is not None else None,
            one_off_share_then=last.one_offs if last is not None else None,
            decisions=month.changed.decisions,
            came=month.changed.came,
            left=month.changed.left,
        ),
        under_way=[
            UnderWayOut(
                item=row.one_off.entry.item.id,
                title=row.one_off.entry.item.title,
                account=row.one_off.whose,
                asked_by=row.one_off.asked_by,
                signed_by=row.signed_by,
                size=row.one_off.entry.ew,
                spent=row.one_off.entry.spent,
                promised_for=row.promised,
                returns=row.one_off.ratio.amount,
                deal=row.stage,
            )
            for row in month.under_way
        ],
        pending=[
            PendingOut(
                item=row.item.id,
                title=row.item.title,
                to=row.commitment.who,
                due=row.commitment.due,
                kind=row.commitment.kind,
                in_plan=not row.open,
            )
            for row in month.pending
        ],
        postponed=[
            PostponedOut(
                item=row.item.id,
                title=row.item.title,
                ew=row.ew,
                displaced_by=row.displaced_by,
                decision=row.decision.id,
                kind=row.decision.kind,
                at=row.decision.at,
                by=row.decision.decided_by,
                until=row.until,
            )
            for row in month.postponed
        ],
        back=month.back,
        waiting=[
            PostponedWaitOut(
                account=row.customer.name,
                items=[item.id for item in row.items],
                renews=row.renews,
                arr=row.customer.arr,
                within=row.counts,
            )
            for row in waits.rows
        ],
        renewing=waits.at_renewal.amount,
        renewing_until=waits.until,
        interrupts=BetweenOut(
            number=between.number,
            ew=between.effort.amount or 0.0,
            cost=between.cost.amount,
            by_team=_shares(between.by_team),
            by_source=_shares(between.by_source),
            by_week=_shares(between.by_week),
            most_interrupted=None if between.slice is None else between.slice[0],
        ),
        trend=[_trend(row) for row in month.trend],
        slice_debt=[
            SliceDebtOut(slice=row.slice.letter, name=row.slice.name, owner=row.slice.owner, ew=row.debt.amount or 0.0)
            for row in month.debts
        ],
        exceptions=[
            MonthStandingOut(
                right=row.terms.right, name=row.terms.name, review=row.terms.review, due=row.due, words=row.sentence
            )
            for row in month.standing
        ],
        reviews_due=[
            ReviewOut(decision=row.line.decision.id, title=row.line.decision.title, review=row.day)
            for row in month.reviews
        ],
        adoption_due=[adoption_output(row) for row in month.adoption],
        escalations=[
            EscalatedOut(
                item=row.item.id,
                title=row.item.title,
                at=row.row.at,
                by=row.row.by_whom,
                to=row.row.to_whom,
                answer=row.answer,
                days=row.days,
                sales_chose=row.row.chose,
            )
            for row in month.escalated
        ],
        escalations_by_source=_counts(by_source(month.escalated)),
        escalations_by_quarter=_counts(month.escalations_by_quarter),
        median_days=median_days(month.escalated),
        stance=month.stance,
        quota_credit=[
            QuotaCreditOut(
                asked_by=row.asked_by,
                deals=row.deals,
                signed=row.signed.amount,
                one_offs_cost=row.one_offs.amount,
                credit=row.credit.amount,
            )
            for row in month.credit
        ],
        old_versions=[
            OldVersionOut(name=row.name, back=row.back, upkeep=row.upkeep, customers=row.customers, fee=fee_times(row))
            for row in month.old_versions.rows
        ],
        service_levels=PromisedLevelsOut(
            promised=len(month.levels.rows),
            met=int(month.levels.met.value or 0),
            missed=month.levels.missed,
            not_known=month.levels.unknown,
            missed_cost=month.levels.missed_cost.amount,
        ),
        output=output,
        made=made,
    )


def _shares(rows: tuple[Share, ...]) -> list[WorkShareOut]:
    return [WorkShareOut(name=row.name, number=row.number, ew=float(row.effort)) for row in rows]


def _counts(rows: tuple[EscalationCount, ...]) -> list[EscalationCountOut]:
    return [EscalationCountOut(name=row.name, number=row.number, answered=row.answered) for row in rows]


def _trend(row: QuarterTrend) -> TrendOut:
    return TrendOut(
        quarter=row.name,
        closed=row.over,
        one_off_share=row.one_offs.amount,
        band=row.band,
        plan_kept=row.kept.amount,
        baseline_items=row.items,
        done_items=row.done,
        odds_at_baseline=row.odds_first,
        odds_at_end=row.odds_last,
        interrupts=row.interrupts.amount,
    )
