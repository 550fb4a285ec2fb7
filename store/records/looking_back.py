"""What looking back needs on record: escalations, changes of an account's revenue, and when a report was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from store.records.columns import Within
from store.records.fields import Money, Name, QuarterNumber, Share, Text
from store.records.record import Record

#: What an account means beyond what it pays.
AccountWordKind = Literal["retention risk", "expansion", "reference value", "market signal", "precedent risk"]
#: What became of an account's yearly revenue.
ArrChangeKind = Literal["new", "expansion", "contraction", "churn"]
#: What happens to an account from its signature to its use.
OnboardingKind = Literal["signed", "kickoff", "security review", "implementation", "training", "live", "adopted"]
#: Who feels how a quarter is negotiated.
HealthRole = Literal["product", "engineering", "design", "sales", "finance", "executives"]


class Escalation(Record):
    """A request that was carried past its desk: by whom, and to whom, where somebody said so.

    ``chose`` is what Sales chose, where it was sent back to them to adjudicate.
    """

    table: ClassVar[str] = "escalations"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    at: datetime
    by_whom: Text = ""
    to_whom: Text = ""
    chose: Text = ""


class ArrChange(Record):
    """The yearly revenue of an account became another one on a day, by ``amount``, which is never below 0."""

    table: ClassVar[str] = "arr_changes"
    links: ClassVar[Mapping[str, str]] = {"customer_id": "customers"}
    customer_id: int
    kind: ArrChangeKind
    day: date
    amount: Money
    note: Text = ""


class AccountWord(Record):
    """One of the five words of what an account means beyond what it pays: 0 to 3, with a line of evidence."""

    table: ClassVar[str] = "account_words"
    links: ClassVar[Mapping[str, str]] = {"customer_id": "customers"}
    customer_id: int
    kind: AccountWordKind
    score: Annotated[int, Within(ge=0, le=3)]
    evidence: Text


class OnboardingStep(Record):
    """A step of an account's onboarding was done on a day: live is that it could use it, adopted that it does."""

    table: ClassVar[str] = "onboarding_steps"
    links: ClassVar[Mapping[str, str]] = {"customer_id": "customers"}
    customer_id: int
    step: OnboardingKind
    day: date
    note: Text = ""


class ServiceLevel(Record):
    """A target that was promised to an account, whether it is met, where known, and what a miss costs."""

    table: ClassVar[str] = "service_levels"
    links: ClassVar[Mapping[str, str]] = {"customer_id": "customers"}
    customer_id: int
    target: Name
    met: bool | None = None
    miss_cost: Money | None = None
    note: Text = ""


class ReportMade(Record):
    """A report was made, with the odds and the one-off share (0..1) that it told: the next one says what changed."""

    table: ClassVar[str] = "reports_made"
    kind: Name
    at: datetime
    audience: Text = ""
    odds: Share | None = None
    one_offs: Share | None = None


class HealthAnswer(Record):
    """What a role answered to its question of the health check, 0 to 3, for a quarter, which may be from before
    makeroom; ``because`` is its line."""

    table: ClassVar[str] = "health_answers"
    quarter: Name
    number: QuarterNumber
    role: HealthRole
    score: Annotated[int, Within(ge=0, le=3)]
    because: Text = ""
    at: datetime


#: Every table of these, parents before children.
LOOKING_BACK: tuple[type[Record], ...] = (
    Escalation, ArrChange, AccountWord, OnboardingStep, ServiceLevel, ReportMade, HealthAnswer,
)  # fmt: skip
