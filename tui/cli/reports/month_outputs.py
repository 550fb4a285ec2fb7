"""What ``makeroom report month`` says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date, datetime

from store.records.negotiation import CompanyKind
from tui.cli.decisions.outputs import AdoptionOut
from tui.cli.outputs import OUTPUTS, Output


class MonthChangesOut(Output):
    """What changed since the last report, or since the first day; of that report, when it was made and what it told."""

    last_report: datetime | None
    odds_then: float | None
    one_off_share_then: float | None
    decisions: int
    came: int
    left: int


class UnderWayOut(Output):
    """A one-off in plan; ``returns`` is its return on full cost, null where that is not known; ``deal`` is how its deal
    ended, else the stage that it has come to; empty where nobody said."""

    item: int
    title: str
    account: str
    asked_by: str
    signed_by: str
    size: float
    spent: float
    promised_for: date | None
    returns: float | None
    deal: str


class PendingOut(Output):
    """A commitment that was given and is not done."""

    item: int
    title: str
    to: str
    due: date | None
    kind: str
    in_plan: bool


class PostponedOut(Output):
    """What left the plan and stayed out: displaced by what (empty: by nothing), in which decision, by whom, to when."""

    item: int
    title: str
    ew: float
    displaced_by: str
    decision: int
    kind: str
    at: datetime
    by: str
    until: date | None


class PostponedWaitOut(Output):
    """An account that waits for what was postponed; ``within`` is whether it renews within the charter's days."""

    account: str
    items: list[int]
    renews: date | None
    arr: float | None
    within: bool


class WorkShareOut(Output):
    """What came between of one team, source or week (by its Monday)."""

    name: str
    number: int
    ew: float


class BetweenOut(Output):
    """The interrupts; ``cost`` is null without a rate, ``most_interrupted`` the letter of a slice."""

    number: int
    ew: float
    cost: float | None
    by_team: list[WorkShareOut]
    by_source: list[WorkShareOut]
    by_week: list[WorkShareOut]
    most_interrupted: str | None


class TrendOut(Output):
    """A quarter: shares and odds 0..1, interrupts in ew; null where nothing is on record."""

    quarter: str
    closed: bool
    one_off_share: float | None
    band: str
    plan_kept: float | None
    baseline_items: int
    done_items: int
    odds_at_baseline: float | None
    odds_at_end: float | None
    interrupts: float | None


class SliceDebtOut(Output):
    """What a slice got less than its aim over the quarters of the trend."""

    slice: str
    name: str
    owner: str
    ew: float


class MonthStandingOut(Output):
    """An exception that stands."""

    right: str
    name: str
    review: date | None
    due: bool
    words: str


class ReviewOut(Output):
    """A decision whose review day has come."""

    decision: int
    title: str
    review: date


class EscalatedOut(Output):
    """A request that was carried past its desk; ``answer`` and ``days`` are null while nothing is decided."""

    item: int
    title: str
    at: datetime
    by: str
    to: str
    answer: str | None
    days: float | None
    sales_chose: str


class EscalationCountOut(Output):
    """How many escalations there were by one source, or in one quarter."""

    name: str
    number: int
    answered: int


class QuotaCreditOut(Output):
    """An asker's deals that were won: amounts and credit are null where an input is not known."""

    asked_by: str
    deals: int
    signed: float | None
    one_offs_cost: float | None
    credit: float | None


class OldVersionOut(Output):
    """An old version still supported: ``upkeep`` in ew a quarter, ``fee`` times the usual one."""

    name: str
    back: int
    upkeep: float | None
    customers: int | None
    fee: int


class PromisedLevelsOut(Output):
    """Service levels promised to accounts: ``missed_cost`` is what the missed ones cost, null where it is not known."""

    promised: int
    met: int
    missed: int
    not_known: int
    missed_cost: float | None


class MonthOut(Output):
    """``makeroom report month``: all parts, whoever reads it; ``output`` is the file that was written, if any."""

    since: date
    today: date
    audience: str
    currency: str
    one_off_share: float | None
    band: str
    odds: float
    target: float
    changed: MonthChangesOut
    under_way: list[UnderWayOut]
    pending: list[PendingOut]
    postponed: list[PostponedOut]
    back: int
    waiting: list[PostponedWaitOut]
    renewing: float | None
    renewing_until: date
    interrupts: BetweenOut
    trend: list[TrendOut]
    slice_debt: list[SliceDebtOut]
    exceptions: list[MonthStandingOut]
    reviews_due: list[ReviewOut]
    adoption_due: list[AdoptionOut]
    escalations: list[EscalatedOut]
    escalations_by_source: list[EscalationCountOut]
    escalations_by_quarter: list[EscalationCountOut]
    median_days: float | None
    stance: CompanyKind
    quota_credit: list[QuotaCreditOut]
    old_versions: list[OldVersionOut]
    service_levels: PromisedLevelsOut
    output: str
    made: bool


OUTPUTS["report month"] = MonthOut
