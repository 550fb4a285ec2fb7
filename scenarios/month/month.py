"""The month: everything that its report tells, computed once for every form of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from scenarios.accounts.beyond_revenue.service_levels import ServiceLevels, service_levels_of
from scenarios.figures.days import months_later
from scenarios.graded.adoption import Adoption, adoption_due
from scenarios.graded.reviews import ReviewDue, reviews_due
from scenarios.month.between import Between, between_in
from scenarios.month.escalations import Escalated, EscalationCount, by_quarter, escalated_in
from scenarios.month.postponed import Postponed, postponed_in
from scenarios.month.quota_credit import QuotaCredit, has_rates, quota_credit_of
from scenarios.month.trend import QuarterTrend, SliceDebt, debts_of, trend_of
from scenarios.requests.sale import stage_words
from scenarios.requests.who_waits import WhoWaits, who_waits
from scenarios.rules.charter import charter_of
from scenarios.rules.commitments import GIVEN, Promise, promises
from scenarios.rules.old_versions import OldVersions, old_versions_of
from scenarios.rules.one_offs import Gauge, OneOff, gauge_of, ledger_of
from scenarios.trade.decision_records import decided_by_item
from scenarios.verdict.exceptions import StandingException, standing_of
from store.common.errors import Refused
from store.records import Command, Decision, Move, Slice, State, new_id
from store.records.looking_back import ReportMade
from store.records.negotiation import Card, CompanyKind, DealEnd, SignedTerms

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

Audience = Literal["executives", "board"]
AUDIENCES: tuple[Audience, ...] = ("executives", "board")
KIND = "month"


@dataclass(frozen=True)
class UnderWay:
    """A one-off that is in plan, with who signed for it, and the first day that it is promised for.

    ``stage`` is how its deal ended, else how far it has come; empty where nobody said.
    """

    one_off: OneOff
    signed_by: str
    promised: date | None
    stage: str


@dataclass(frozen=True)
class Changed:
    """What changed since the last report, or since a day: decisions, items that came into plans and that left them.

    ``last`` is the report that was made before, whose odds and one-off share it keeps.
    """

    last: ReportMade | None
    decisions: int
    came: int
    left: int


@dataclass(frozen=True)
class Month:
    """From the day ``since`` until ``today``, as of which everything else stands."""

    since: date
    today: date
    audience: Audience
    gauge: Gauge
    odds: float
    target: float
    changed: Changed
    under_way: tuple[UnderWay, ...]
    pending: tuple[Promise, ...]
    postponed: tuple[Postponed, ...]
    back: int
    waits: WhoWaits
    between: Between
    trend: tuple[QuarterTrend, ...]
    debts: tuple[SliceDebt, ...]
    standing: tuple[StandingException, ...]
    reviews: tuple[ReviewDue, ...]
    escalated: tuple[Escalated, ...]
    escalations_by_quarter: tuple[EscalationCount, ...]
    #: whether the charter has rates of quota credit, and by asker what they give
    credited: bool
    credit: tuple[QuotaCredit, ...]
    old_versions: OldVersions
    stance: CompanyKind
    #: what shipped 90 days ago, and whose adoption nobody has read
    adoption: tuple[Adoption, ...]
    levels: ServiceLevels


def month_of(state: State, now: Forecast, since: date | None, today: date, audience: Audience = "executives") -> Month:
    """The month until ``today``; ``now`` is the forecast of the present plan.

    ``since`` is by default the day of the last report on record for this audience, else a month ago. Raises
    :class:`Refused` for a day that is still to come.
    """
    last = last_report(state, audience)
    if since is not None and since > today:
        raise Refused(f"--since {since.isoformat()} is still to come: today is {today.isoformat()}")
    if since is not None:
        moment = datetime.combine(since, time()).astimezone() - timedelta(microseconds=1)
        last = None if last is None or last.at.date() != since else last
    elif last is not None:
        since, moment = last.at.date(), last.at
    else:
        since = months_later(today, -1)
        moment = datetime.combine(since, time()).astimezone() - timedelta(microseconds=1)
    postponed, back = postponed_in(state, moment)
    trend = trend_of(state, now)
    waiting_since = max(today, state.quarter.starts)
    return Month(
        since,
        today,
        audience,
        gauge_of(now.plan.entries, state.each(Slice)),
        now.odds,
        now.plan.target,
        _changed(state, last, moment),
        _under_way(state),
        _pending(state),
        postponed,
        back,
        who_waits(state, (row.item.id for row in postponed), waiting_since),
        between_in(state, since, today),
        trend,
        debts_of(state, trend),
        standing_of(state, today),
        reviews_due(state, today),
        escalated_in(state, moment),
        by_quarter(state, escalated_in(state)),
        has_rates(state),
        quota_credit_of(state, since, today),
        old_versions_of(state),
        charter_of(state).stance,
        adoption_due(state, today),
        service_levels_of(state),
    )


def last_report(state: State, audience: Audience) -> ReportMade | None:
    """The last month on record that was made for these readers."""
    rows = (row for row in state.each(ReportMade) if row.kind == KIND and row.audience == audience)
    return max(rows, key=lambda row: (row.at, row.id), default=None)


def report_made(month: Month, at: datetime) -> Command:
    """The record that this report was made and went out."""
    share = month.gauge.share.amount
    row = ReportMade(
        id=new_id(), kind=KIND, at=at, audience=month.audience, odds=month.odds, one_offs=share if share else 0.0
    )
    return Command("report", f"report of the month made for {month.audience}", (row,))


def _changed(state: State, last: ReportMade | None, moment: datetime) -> Changed:
    recent = {row.id for row in state.each(Decision) if row.at > moment}
    moves = [row for row in state.each(Move) if row.decision_id in recent]
    closes = {row.id for row in state.each(Decision) if row.kind == "close"}
    came = {row.item_id for row in moves if row.kind == "in"}
    left = {row.item_id for row in moves if row.kind == "out" and row.decision_id not in closes}
    return Changed(last, len(recent), len(came), len(left))


def _under_way(state: State) -> tuple[UnderWay, ...]:
    signed: dict[int, str] = {row.item_id: row.name for row in state.each(SignedTerms) if row.item_id is not None}
    decided = decided_by_item(state)
    due: dict[int, date] = {}
    for promise in promises(state):
        if promise.commitment.kind in GIVEN and promise.commitment.due is not None:
            due.setdefault(promise.item.id, promise.commitment.due)
    cards = {row.item_id: row for row in state.each(Card)}
    ends = {row.item_id: row for row in state.each(DealEnd)}
    found = []
    for row in ledger_of(state):
        item = row.entry.item
        if item.state != "plan":
            continue
        came = [each.decision.decided_by for each in decided.get(item.id, ()) if each.came_in]
        by = signed.get(item.id) or (row.pick.who if row.pick is not None else "") or (came[-1] if came else "")
        stage = stage_words(cards.get(item.id), ends.get(item.id))
        found.append(UnderWay(row, by, due.get(item.id), stage))
    return tuple(found)


def _pending(state: State) -> tuple[Promise, ...]:
    """What was promised and is not done: first what is not in plan, each soonest first."""
    rows = [row for row in promises(state) if row.commitment.kind in GIVEN and row.item.state != "done"]
    return tuple(sorted(rows, key=lambda row: not row.open))
