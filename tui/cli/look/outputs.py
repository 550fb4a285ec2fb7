"""What ``makeroom look`` says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date

from tui.cli.outputs import OUTPUTS, Output


class LookPartOut(Output):
    """What went to a slice, in the unit of the look; ``slice`` is null for what no rule says."""

    slice: str | None
    amount: float
    issues: int
    share: float


class LookUnplannedOut(Output):
    """What was created after a quarter's first day and finished in it, among the ``known`` issues, of which both days
    are known."""

    issues: int
    amount: float
    known: int
    share: float | None


class LookQuarterOut(Output):
    """A quarter, or all of them; ``band`` is the word for its share of one-offs, empty where nothing is known."""

    name: str
    amount: float
    issues: int
    parts: list[LookPartOut]
    one_offs: float
    band: str
    unplanned: LookUnplannedOut


class LookAccountOut(Output):
    """An account with what it took; ``revenue`` is a year's, null where it is not known."""

    name: str
    amount: float
    issues: int
    one_offs: float
    revenue: float | None


class LookLeadOut(Output):
    """Days from created to finished: the median, and that within which 85% were done; null for fewer than five."""

    slice: str | None
    issues: int
    median: float | None
    within_85: int | None


class LookRuleOut(Output):
    """A rule, in the order in which they count, with what it took; ``rule`` is null for the slice that rows name."""

    rule: str | None
    issues: int
    amount: float
    samples: list[str]


class LookHintOut(Output):
    """A type, label or component that a rule could name, and how many issues without a rule have it."""

    kind: str
    issues: int


class LookUnmatchedOut(Output):
    """What no rule says."""

    issues: int
    amount: float
    samples: list[str]
    kinds: list[LookHintOut]


class LookLeftOut(Output):
    """Rows that are no finished issue, and why."""

    reason: str
    rows: int


class LookKeptOut(Output):
    """What ``--keep`` wrote to the workspace in ``database``, or would write; ``lines`` say it for people."""

    done: bool
    dry_run: bool
    database: str
    history: int
    accounts: int
    rules: list[str]
    lines: list[str]


class LookOut(Output):
    """``makeroom look``: ``unit`` is ew, points, hours or issues; amounts are in it, shares 0..1."""

    file: str
    format: str
    rows: int
    unit: str
    currency: str
    first: date | None
    last: date | None
    headline: str
    total: LookQuarterOut
    quarters: list[LookQuarterOut]
    accounts: list[LookAccountOut]
    accounts_named: int
    lead: LookLeadOut
    lead_by_slice: list[LookLeadOut]
    rules: list[LookRuleOut]
    several: int
    unmatched: LookUnmatchedOut
    unsized: int
    undated: int
    left: list[LookLeftOut]
    notes: list[str]
    output: str
    kept: LookKeptOut | None


OUTPUTS["look"] = LookOut
