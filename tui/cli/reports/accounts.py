"""``makeroom report accounts``."""

from __future__ import annotations

import argparse
from datetime import date

from scenarios.accounts.arr_changes import Retention, retention_of
from scenarios.accounts.beyond_revenue.onboarding import Onboardings, onboardings_of
from scenarios.reports.accounts_paper import accounts_paper
from scenarios.requests.influence import influence_of
from tui.cli.accounts.accounts import accounts_out
from tui.cli.reports.outputs import AccountsReportOut, InfluenceOut, RetentionOut, TimeToValueOut
from tui.cli.reports.report import deliver
from tui.cli.workspace import look


def run(arguments: argparse.Namespace) -> int:
    """Show it. Raises StoreError with a sentence."""
    state, today = look(arguments), date.today()

    def described(output: str) -> AccountsReportOut:
        return AccountsReportOut(
            day=today,
            accounts=accounts_out(state, today),
            retention=_retention(retention_of(state, today)),
            time_to_value=_time_to_value(onboardings_of(state, today)),
            influence=[
                InfluenceOut(
                    account=row.account.name,
                    revenue_share=row.revenue.amount,
                    effort_share=row.effort.amount,
                    asks=row.asks,
                    yeses=row.yeses,
                    more_than_twice=row.too_much,
                )
                for row in influence_of(state, today)
            ],
            output=output,
        )

    return deliver(arguments, accounts_paper(state, today), described)


def _retention(found: Retention) -> RetentionOut:
    return RetentionOut(
        since=found.since,
        start=float(found.start),
        expansion=float(found.expansion),
        contraction=float(found.contraction),
        churn=float(found.churn),
        new=float(found.new),
        nrr=found.nrr.amount,
        grr=found.grr.amount,
        revenue_churn=found.revenue_churn.amount,
        logo_churn=found.logo_churn.amount,
        accounts=found.accounts,
        lost=list(found.lost),
        changes=found.changes,
    )


def _time_to_value(found: Onboardings) -> TimeToValueOut:
    return TimeToValueOut(
        median_days=found.value.amount,
        accounts=found.known,
        within_aim=found.within,
        aim=found.aim,
        not_adopted_yet=[row.account.name for row in found.under_way],
    )
