"""What the reports say with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date

from tui.cli.accounts.outputs import AccountsOut
from tui.cli.decisions.outputs import AdoptionOut
from tui.cli.outputs import OUTPUTS, Output


class InfluenceOut(Output):
    """An account's shares (0..1) of known revenue and of planned effort, null where they are not known; its asks of the
    last four quarters, and how many of them are in plan or done."""

    account: str
    revenue_share: float | None
    effort_share: float | None
    asks: int
    yeses: int
    more_than_twice: bool


class RetentionOut(Output):
    """Four quarters, of the accounts that paid at their start; shares 0..1, null where nobody paid or nothing is known.

    Amounts are yearly revenue; ``new`` is what other accounts brought.
    """

    since: date
    start: float
    expansion: float
    contraction: float
    churn: float
    new: float
    nrr: float | None
    grr: float | None
    revenue_churn: float | None
    logo_churn: float | None
    accounts: int
    lost: list[str]
    changes: int


class TimeToValueOut(Output):
    """The median of the days from signed to adopted, over ``accounts``, of which ``within_aim`` took no more than
    ``aim``; under five accounts it says little. ``not_adopted_yet`` are signed and wait."""

    median_days: float | None
    accounts: int
    within_aim: int
    aim: int
    not_adopted_yet: list[str]


class AccountsReportOut(Output):
    """``makeroom report accounts``; ``output`` is the file that was written, if any."""

    day: date
    accounts: AccountsOut
    retention: RetentionOut
    time_to_value: TimeToValueOut
    influence: list[InfluenceOut]
    output: str


class GradeOut(Output):
    """One of the four tests: what failed it, in ew and by title; of how many it is known, and not known."""

    test: str
    ew: float
    items: list[str]
    known: int
    unknown: int


class FateOut(Output):
    """So many items, of so many ew as they were sized at the baseline."""

    items: int
    ew: float


class KeptOut(Output):
    """What became of the items ``agreed`` on; ``moved`` has the ``unfinished`` ones, too; ``by`` whose decision the
    others were moved or dropped, an empty name where nobody is on record."""

    agreed: FateOut
    done: FateOut
    unfinished: FateOut
    moved: FateOut
    dropped: FateOut
    by: dict[str, FateOut]


class BandOut(Output):
    """Odds from ``first`` to ``last`` percent: how many were said, how many came true, their mean (0..1)."""

    first: int
    last: int
    said: int
    came_true: int
    mean: float


class CalibrationOut(Output):
    """Odds against what happened; no Brier score and no bands under 20 outcomes."""

    outcomes: int
    came_true: int
    brier: float | None
    bands: list[BandOut]


class AskerOut(Output):
    """What an asker's finished asks were claimed at, confirmed at, and took, in ew; no ratio under five of them."""

    asked_by: str
    asks: int
    claimed: float
    confirmed: float | None
    took: float
    ratio: float | None
    least: float | None
    most: float | None


class DealsOut(Output):
    """Deals that ended alike: what was promised, and what was signed."""

    deals: int
    promised: float
    signed: float


class GradedItemOut(Output):
    """An item of the quarter; of everything, null is: not known. Efforts in ew, odds 0..1.

    ``tried_as`` is the pilot or proof of concept that was agreed on, or ended, in the quarter.
    """

    title: str
    slice: str | None
    became: str
    planned: bool | None
    baseline_ew: float | None
    ew: float | None
    took: float | None
    odds: float | None
    use: str | None
    users: int | None
    validated: bool | None
    deal: str | None
    by: str
    decision: int | None
    lacks: list[str]
    tried_as: str | None
    test_met: bool | None
    test_met_by: int | None
    adopted: int | None
    could_adopt: int | None


class QuarterReportOut(Output):
    """``makeroom report quarter``. ``mixes`` are ew by slice; odds and askers are of all quarters until this one;
    ``reviews`` the numbers of decisions whose review day has come. ``adoption`` is that of the quarter's items which
    have a success measure or an aim, ``adoption_due`` what is to be read now, of all quarters."""

    quarter: str
    spellings: list[str]
    took: float
    as_estimated: int
    tests: list[GradeOut]
    mixes: dict[str, dict[str, float]]
    kept: KeptOut | None
    plan_odds: CalibrationOut
    plans_changed: int
    item_odds: CalibrationOut
    askers: list[AskerOut]
    deals: dict[str, DealsOut]
    reviews: list[int]
    adoption: list[AdoptionOut]
    adoption_due: list[AdoptionOut]
    items: list[GradedItemOut]
    output: str


OUTPUTS["report quarter"] = QuarterReportOut


class ReportListedOut(Output):
    """A report that looks back, and the command that prints it."""

    name: str
    tells: str
    command: str


class ReportsOut(Output):
    """``makeroom report``: which reports there are."""

    reports: list[ReportListedOut]


OUTPUTS["report"] = ReportsOut
OUTPUTS["report accounts"] = AccountsReportOut
