"""A case as values in the shape of its TOML: a company with its plan and people, and a script of what happens to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from store.common.text import clean
from store.records import AbsenceKind, DecisionKind, PinKind, TargetFor
from store.records.fields import EngineerWeeks, Money, Months, Percent, Points, Share
from store.records.negotiation import (
    ClaimKind,
    CommitmentKind,
    Count,
    DealOutcome,
    DealVerdict,
    HiddenKind,
    Home,
    OneOffKind,
    RightKind,
    Stance,
)
from store.records.practice import EventKind

Difficulty = Literal["gentle", "medium", "hard"]
#: How a decision about an item came out: in plan; declined; anything besides.
Answer = Literal["yes", "no", "other"]


def _clean(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _clean_lines(value: Any) -> Any:
    return clean(value, multiline=True).strip() if isinstance(value, str) else value


Word = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(_clean)]
Lines = Annotated[str, Field(min_length=1, max_length=20_000), BeforeValidator(_clean_lines)]
MaybeLine = Annotated[str, Field(max_length=200), BeforeValidator(_clean)]
MaybeLines = Annotated[str, Field(max_length=20_000), BeforeValidator(_clean_lines)]
#: Low (P10), likely (P50) and high (P90), in engineer-weeks.
Three = Annotated[tuple[EngineerWeeks, EngineerWeeks, EngineerWeeks], Field(strict=False)]
_MANY = Field(strict=False)


class _Table(BaseModel):
    """Strict: a number in quotes is a mistake, not a number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class CaseQuarter(_Table):
    """The quarter that is planned; ``target`` is 0..1."""

    name: Line
    starts: date
    ends: date
    target: Annotated[float, Field(ge=0.01, le=0.99)] = 0.70
    target_for: TargetFor | None = None


class CaseAway(_Table):
    """Days away, first and last included; ``days``: only so many working days of them."""

    kind: AbsenceKind = "leave"
    starts: date
    ends: date
    days: Annotated[float, Field(ge=0, le=4_000)] | None = None


class CasePerson(_Table):
    """Somebody of a team, at a share (0..1) of full time."""

    name: Line
    share: Share = 1.0
    starts: date | None = None
    ends: date | None = None
    away: Annotated[tuple[CaseAway, ...], _MANY] = ()


class CaseTeam(_Table):
    """A team: either ``weeks``, its net capacity in ew, or people, whose weeks are counted."""

    name: Line
    weeks: EngineerWeeks | None = None
    focus: Share = 1.0
    interrupts: Share = 0.0
    people: Annotated[tuple[CasePerson, ...], _MANY] = ()


class CaseAccount(_Table):
    """An account."""

    name: Line
    arr: Money | None = None
    renews: date | None = None
    term: Months = 12
    segment: MaybeLine = ""
    owner: MaybeLine = ""


class CaseSlice(_Table):
    """What a case says otherwise than a fresh workspace of a slice; aim, floor and ceiling are percent."""

    letter: Annotated[str, Field(min_length=1, max_length=1)]
    owner: Line | None = None
    aim: Percent | None = None
    floor: Percent | None = None
    ceiling: Percent | None = None


class CaseCharter(_Table):
    """The charter's figures, as :class:`~store.records.negotiation.Charter`."""

    purse_count: Annotated[int, Field(ge=0, le=1_000)] = 2
    purse_effort: EngineerWeeks = 2.0
    least_return: Annotated[float, Field(ge=0, le=1e9)] = 3.0
    rate: Money | None = None
    licence: Money | None = None
    renewal_days: Annotated[int, Field(ge=0, le=3_660)] = 180
    evidence_rules: MaybeLines = ""


class CasePrinciple(_Table):
    """A rule that the company agreed on."""

    name: Line
    note: MaybeLines = ""


class CaseRole(_Table):
    """A role and who has it, its rights, and its private brief: incentives, what they know, what they may give."""

    key: Word
    name: Line
    who: Line
    rights: Annotated[tuple[RightKind, ...], _MANY] = ()
    incentives: MaybeLines = ""
    knows: MaybeLines = ""
    may_give: MaybeLines = ""


class CaseEvidence(_Table):
    """Demand: how many customers, of which segment, who says so."""

    customers: Count
    segment: MaybeLine = ""
    source: MaybeLines = ""
    from_deal: bool = False


class CaseHidden(_Table):
    """What an item costs besides its build, as :class:`~store.records.negotiation.HiddenCost`."""

    effort: EngineerWeeks | None = None
    share: Share | None = None
    upkeep: EngineerWeeks = 0.0


class CaseCard(_Table):
    """What a request carries at the beginning; ``hidden`` and ``claims`` by their kind, a claim with its evidence."""

    solution: MaybeLines = ""
    alternatives: MaybeLines = ""
    segment: MaybeLine = ""
    helps: MaybeLines = ""
    hurts: MaybeLines = ""
    buyer_value: MaybeLines = ""
    user_value: MaybeLines = ""
    sponsor: MaybeLine = ""
    renewal_arr: Money | None = None
    renewal_date: date | None = None
    one_off_kind: OneOffKind | None = None
    home: Home | None = None
    verdict: DealVerdict | None = None
    precedent: MaybeLines = ""
    success: MaybeLines = ""
    principle: MaybeLine = ""
    stance: Stance = "follows"
    evidence: Annotated[tuple[CaseEvidence, ...], _MANY] = ()
    claims: dict[ClaimKind, MaybeLines] = {}
    hidden: dict[HiddenKind, CaseHidden] = {}


class CaseRequest(_Table):
    """How an item is asked for: by whom, for which account and deal (``probability`` 0..1), with which claimed size."""

    by: Line
    account: MaybeLine = ""
    at: datetime | None = None
    problem: MaybeLines = ""
    claimed: MaybeLine = ""
    amount: Money | None = None
    probability: Share | None = None
    closes: date | None = None


class CaseDecided(_Table):
    """What was decided of an item before the play, by whom and why."""

    kind: DecisionKind
    at: datetime
    by: MaybeLine = ""
    because: MaybeLines = ""


class CaseEnd(_Table):
    """How a deal ended."""

    outcome: DealOutcome
    ended: date
    amount: Money | None = None
    note: MaybeLines = ""


class CasePromise(_Table):
    """A promise to somebody, with its day."""

    to: Line
    due: date | None = None
    kind: CommitmentKind = "promised"
    note: MaybeLines = ""


class CaseVersion(_Table):
    """A smaller first version."""

    name: Line
    value: Points | None = None
    sizes: dict[str, Three]


class CaseItem(_Table):
    """An item; ``sizes`` by team. ``state``: in plan, below the line, asked for (inbox), or what was before."""

    title: Line
    slice: Annotated[str, Field(min_length=1, max_length=1)] = "F"
    state: Literal["plan", "below", "inbox", "declined", "done"] = "below"
    sizes: dict[str, Three] = {}
    value: Points | None = None
    owner: MaybeLine = ""
    note: MaybeLines = ""
    due: date | None = None
    waiting: Annotated[tuple[Line, ...], _MANY] = ()
    needs: Annotated[tuple[Line, ...], _MANY] = ()
    pin: PinKind | None = None
    first_version: CaseVersion | None = None
    request: CaseRequest | None = None
    card: CaseCard | None = None
    promise: CasePromise | None = None
    decided: CaseDecided | None = None
    end: CaseEnd | None = None


class CaseLeaves(_Table):
    """Somebody's last day; or, of a team that has no people, the net capacity (ew) that it still has."""

    person: MaybeLine = ""
    last_day: date | None = None
    team: MaybeLine = ""
    weeks: EngineerWeeks | None = None


class CaseDeal(_Table):
    """What a deal is worth from now on."""

    amount: Money | None = None
    probability: Share | None = None
    closes: date | None = None


class CaseEvent(_Table):
    """Something that happens: who says what to whom, and what it changes.

    It comes at a ``minute`` of the play, or with the key; where it names an event (``after``) or an item (``decided``,
    with an ``answer`` where only one counts), not before that. ``asked``: only to whoever asks about its item.
    """

    key: Word
    kind: EventKind
    who: Line
    to: MaybeLine = ""
    says: Lines
    minute: Annotated[int, Field(ge=0, le=600)] | None = None
    after: MaybeLine = ""
    decided: MaybeLine = ""
    answer: Answer | None = None
    asked: bool = False
    #: the item that it is about, by title
    item: MaybeLine = ""
    # what it changes
    asks: CaseItem | None = None
    promise: CasePromise | None = None
    leaves: CaseLeaves | None = None
    evidence: CaseEvidence | None = None
    claim: ClaimKind | None = None
    deal: CaseDeal | None = None
    sizes: dict[str, Three] = {}
    stops_waiting: MaybeLine = ""
    end: CaseEnd | None = None

    @property
    def about(self) -> str:
        """The title of the item that it is about, the one that it brings included; empty where it is about none."""
        return self.asks.title if self.asks is not None else self.item


class CaseLookAt(_Table):
    """What to look at in the debrief: a question about how they reasoned, about an item where it is about one."""

    question: Lines
    item: MaybeLine = ""


class CaseOutcome(_Table):
    """An end that can be defended, and by what."""

    name: Line
    why: Lines


class Case(_Table):
    """All of it. ``player`` is the role of who plays alone; ``note`` is the designer's, for who runs it."""

    name: Word
    title: Line
    minutes: Annotated[int, Field(ge=5, le=240)]
    #: how many people at least, and at most
    people: Annotated[tuple[int, int], Field(strict=False)] = (1, 5)
    difficulty: Difficulty
    about: Lines
    player: Word
    note: Lines
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    company: Line
    quarter: CaseQuarter
    teams: Annotated[tuple[CaseTeam, ...], Field(strict=False, min_length=1)]
    accounts: Annotated[tuple[CaseAccount, ...], _MANY] = ()
    slices: Annotated[tuple[CaseSlice, ...], _MANY] = ()
    charter: CaseCharter = CaseCharter()
    principles: Annotated[tuple[CasePrinciple, ...], _MANY] = ()
    roles: Annotated[tuple[CaseRole, ...], Field(strict=False, min_length=1)]
    items: Annotated[tuple[CaseItem, ...], Field(strict=False, min_length=1)]
    events: Annotated[tuple[CaseEvent, ...], Field(strict=False, min_length=1)]
    look_at: Annotated[tuple[CaseLookAt, ...], _MANY] = ()
    ends: Annotated[tuple[CaseOutcome, ...], Field(strict=False, min_length=2)]

    def role(self, key: str) -> CaseRole | None:
        """The role of that key."""
        return next((role for role in self.roles if role.key == key), None)

    @property
    def brought(self) -> Iterator[CaseItem]:
        """The items that events bring."""
        return (event.asks for event in self.events if event.asks is not None)
