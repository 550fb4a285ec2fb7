"""The records of a negotiation: what a request carries, the charter, and what stands behind a decision.

Each is a table of its own beside requests, decisions and signatures. Words and defaults are those of the charter.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from store.records.columns import Within
from store.records.fields import Effort, EngineerWeeks, Money, Name, Part, Points, Share, Text
from store.records.record import Record

OneOffKind = Literal["legacy data exchange", "process-specific workflow", "report writer", "odd environment", "other"]
#: Where what is asked for belongs.
Home = Literal["core", "configuration", "services", "partner"]
#: What a deal's request is taken for: a wedge into a market, a trap, a process problem, a strategic exception.
DealVerdict = Literal["wedge", "trap", "process problem", "strategic exception"]
Stance = Literal["follows", "breaks"]
#: How far a deal has come.
SalesStage = Literal[
    "discovery", "demo or proof of concept", "security review", "contract", "implementation", "renewal"
]
#: What executives hear of a request.
ClaimKind = Literal["strategic account", "easy", "already specified", "fits the sprint", "everyone wants it"]
HiddenKind = Literal["support", "complexity", "drag", "sprawl"]
DealOutcome = Literal["won", "lost", "withdrawn"]
#: The answers besides a plain yes and no.
WayKind = Literal[
    "swap",
    "smaller first version",
    "sequence",
    "configure",
    "package",
    "services",
    "partner",
    "proof of concept",
    "pilot",
    "buy",
    "decline",
]
CommitmentKind = Literal["aim", "promised", "contractual", "regulatory"]
#: What somebody is to a request, and where they stand.
StakeholderPart = Literal["buyer", "user", "operator", "sponsor"]
StakeholderStance = Literal["for", "against", "unknown"]
#: What a decision right allows: taking a one-off out of the purse, or signing for one of the four exceptions.
RightKind = Literal["one-off", "under target", "over ceiling", "below return", "break a principle"]
#: Percent of an amount that a seller is credited; below 0 it is taken off.
Percent = Annotated[float, Within(ge=-1_000, le=1_000, allow_inf_nan=False)]
#: What the company says it is.
CompanyKind = Literal["", "product", "services"]
Count = Annotated[int, Within(ge=0, le=1_000_000)]


class Principle(Record):
    """A rule that the room agreed on; declining cites one, and breaking one takes a signature."""

    table: ClassVar[str] = "principles"
    name: Name
    note: Text = ""
    position: int = 0


class Persona(Record):
    """Whom the product is for; ``compromise`` says where it may give way. Who matters most has the least position."""

    table: ClassVar[str] = "personas"
    name: Name
    compromise: Text = ""
    position: int = 0


class Card(Record):
    """What a request carries besides :class:`~store.records.Request`; of every field none is required.

    ``principle_id`` is the principle that it follows or breaks, as ``stance`` says. ``offloads`` is the kind of one-off
    that it is to make needless, or words that such asks have. ``savings`` is what the buyer saves for the ``price``.
    ``adoption_aim`` is the share (0..1) of the accounts that could use it which is to have adopted it after 90 days.
    ``security_ask`` is what the buyer's security review asks for, ``service_level`` the service level asked for.
    """

    table: ClassVar[str] = "cards"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items", "principle_id": "principles"}
    item_id: int
    solution: Text = ""
    alternatives: Text = ""
    segment: Text = ""
    helps: Text = ""
    hurts: Text = ""
    buyer_value: Text = ""
    user_value: Text = ""
    sponsor: Text = ""
    renewal_arr: Money | None = None
    renewal_date: date | None = None
    one_off_kind: OneOffKind | None = None
    home: Home | None = None
    verdict: DealVerdict | None = None
    precedent: Text = ""
    success: Text = ""
    principle_id: int | None = None
    stance: Stance = "follows"
    hypothesis: Text = ""
    offloads: Text = ""
    savings: Money | None = None
    price: Money | None = None
    savings_proof: Text = ""
    pricing: Text = ""
    stage: SalesStage | None = None
    security_ask: Text = ""
    security_by: date | None = None
    security_passed: bool | None = None
    service_level: Text = ""
    adoption_aim: Share | None = None


class Stakeholder(Record):
    """Somebody whom a request concerns, what they are to it, and where they stand, as far as that is known."""

    table: ClassVar[str] = "stakeholders"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    name: Name
    part: StakeholderPart
    stance: StakeholderStance = "unknown"


class Evidence(Record):
    """Demand for an item: how many customers, of which segment, who says so; ``from_deal`` is the deal being sold."""

    table: ClassVar[str] = "evidence"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    customers: Count
    segment: Text = ""
    source: Text = ""
    from_deal: bool = False


class Claim(Record):
    """One of the five claims that was made of an item; without ``evidence`` it is asserted."""

    table: ClassVar[str] = "claims"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    kind: ClaimKind
    evidence: Text = ""


class HiddenCost(Record):
    """What an item costs besides its build: ``effort`` (ew) once, or a ``share`` (0..1) of the build, and ``upkeep``
    (ew a quarter)."""

    table: ClassVar[str] = "hidden_costs"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    kind: HiddenKind
    effort: EngineerWeeks | None = None
    share: Share | None = None
    upkeep: EngineerWeeks = 0.0


class DealEnd(Record):
    """How the deal of a request ended; ``amount`` is what was signed."""

    table: ClassVar[str] = "deal_ends"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    outcome: DealOutcome
    ended: date
    amount: Money | None = None
    note: Text = ""


class WayOut(Record):
    """An answer besides yes and no, with its few fields; see :mod:`scenarios.requests.ways_out` for who has which.

    ``effort`` is what it takes of the teams (ew) and ``freed`` what it frees of the claim; ``markup`` a share of cost.
    ``met``: whether a success test was met, by ``met_by`` customers, as it ``ended``.
    """

    table: ClassVar[str] = "ways_out"
    links: ClassVar[Mapping[str, str]] = {
        "item_id": "items",
        "decision_id": "decisions",
        "principle_id": "principles",
    }
    item_id: int
    decision_id: int | None = None
    kind: WayKind
    effort: EngineerWeeks = 0.0
    freed: EngineerWeeks = 0.0
    amount: Money | None = None
    markup: Share | None = None
    due: date | None = None
    who: Text = ""
    test: Text = ""
    customers: Count | None = None
    principle_id: int | None = None
    note: Text = ""
    met: bool | None = None
    met_by: Count | None = None
    ended: date | None = None


class Commitment(Record):
    """An item promised to someone, with a date where there is one."""

    table: ClassVar[str] = "commitments"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    kind: CommitmentKind
    due: date | None = None
    who: Text = ""
    note: Text = ""


class Charter(Record):
    """The one row of the charter's figures; without it these defaults.

    ``purse_count`` and ``purse_effort`` (ew) are the most that the Sales purse buys in a quarter; ``least_return`` is
    what a one-off brings at least for its full cost; ``rate`` is money per ew; ``licence`` the price of a standard
    licence; renewals count up to ``renewal_days`` after the quarter begins. Sellers are credited ``credit_standard``
    percent of what is standard product and ``credit_one_off`` of what one-offs cost. A new account should come to use
    what it signed for within ``value_days``.
    """

    table: ClassVar[str] = "charters"
    purse_count: Annotated[int, Within(ge=0, le=1_000)] = 2
    purse_effort: EngineerWeeks = 2.0
    least_return: Annotated[float, Within(ge=0, le=1_000, allow_inf_nan=False)] = 3.0
    rate: Money | None = None
    licence: Money | None = None
    renewal_days: Annotated[int, Within(ge=0, le=4_000)] = 180
    evidence_rules: Text = ""
    credit_standard: Percent | None = None
    credit_one_off: Percent | None = None
    stance: CompanyKind = ""
    value_days: Annotated[int, Within(ge=1, le=4_000)] = 30


class OldVersion(Record):
    """A version of the product that is still supported: how many versions it is ``back``, ``upkeep`` in ew a quarter,
    and how many customers are on it, where known."""

    table: ClassVar[str] = "old_versions"
    name: Name
    back: Annotated[int, Within(ge=1, le=20)]
    upkeep: EngineerWeeks | None = None
    customers: Count | None = None


class Role(Record):
    """A role in the negotiation, and the person who has it now; empty where nobody does."""

    table: ClassVar[str] = "roles"
    name: Name
    who: Text = ""
    position: int = 0


class Right(Record):
    """A decision right that a role holds; to break a principle, of the one named or, where none is, of any."""

    table: ClassVar[str] = "rights"
    links: ClassVar[Mapping[str, str]] = {"role_id": "roles", "principle_id": "principles"}
    kind: RightKind
    role_id: int
    principle_id: int | None = None


class DecisionDetail(Record):
    """What stands behind a decision: who was there, what was said against it, and the figures besides the odds.

    Loads are in ew, one-off shares 0..1. ``about_id`` is the decision that this one reviews or clears.
    """

    table: ClassVar[str] = "decision_details"
    links: ClassVar[Mapping[str, str]] = {"decision_id": "decisions", "about_id": "decisions"}
    decision_id: int
    asked_by: Text = ""
    present: Text = ""
    dissent: Text = ""
    conditions: Text = ""
    review: date | None = None
    way: WayKind | None = None
    load_before: Part | None = None
    load_after: Part | None = None
    one_offs_before: Share | None = None
    one_offs_after: Share | None = None
    about_id: int | None = None


class DecisionOption(Record):
    """An option that was on the table: the odds (0..1) it would have had, the ew it frees, the value it displaces and
    the yearly revenue that waits for what leaves: of ``known`` of ``waiting`` customers, which nobody kept once."""

    table: ClassVar[str] = "decision_options"
    links: ClassVar[Mapping[str, str]] = {"decision_id": "decisions"}
    decision_id: int
    title: Text
    chosen: bool = False
    odds: Share | None = None
    ew: Effort = 0.0
    value: Points | None = None
    arr: Money | None = None
    known: Count | None = None
    waiting: Count | None = None
    position: int = 0


class SignedTerms(Record):
    """The terms of an exception that somebody signed for: which right, for what reason, on which conditions.

    ``figure`` is what was signed for and ``bound`` what it passes (odds, share or return); ``signature_id`` is the
    signature of a plan below its target. Reviewing or clearing it is a decision, which these name.
    """

    table: ClassVar[str] = "signed_terms"
    links: ClassVar[Mapping[str, str]] = {
        "decision_id": "decisions",
        "signature_id": "signatures",
        "principle_id": "principles",
        "item_id": "items",
        "reviewed_id": "decisions",
        "cleared_id": "decisions",
    }
    decision_id: int
    right: RightKind
    name: Name
    reason: Name
    conditions: Text = ""
    review: date | None = None
    figure: Part | None = None
    bound: Part | None = None
    at: datetime
    signature_id: int | None = None
    principle_id: int | None = None
    item_id: int | None = None
    reviewed_id: int | None = None
    cleared_id: int | None = None


class PursePick(Record):
    """A one-off that the purse bought: ``effort`` is its likely size (ew) then, ``who`` spent it."""

    table: ClassVar[str] = "purse_picks"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters", "item_id": "items", "decision_id": "decisions"}
    quarter_id: int
    item_id: int
    decision_id: int | None = None
    who: Name
    effort: EngineerWeeks


#: Every table of these, parents before children.
NEGOTIATION: tuple[type[Record], ...] = (
    Principle, Card, Evidence, Claim, HiddenCost, DealEnd, WayOut, Commitment, Charter, Role, Right, DecisionDetail,
    DecisionOption, SignedTerms, PursePick, OldVersion, Persona, Stakeholder,
)  # fmt: skip
