"""What a snapshot holds, as values in the shape of its TOML: tables by readable keys, and no ids but those that draw.

An item's ``draw`` seeds its random draws, a team's does or, where it has none, its ``number``, so they are kept: with
them, the workspace's seed and what was believed of each team, the odds come back to the last digit without the history.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from scenarios.odds.team_model import CAPACITY_SPREAD
from store.common.text import clean
from store.records import PinKind, QuarterState, SnapshotKind, TargetFor, ValueModel
from store.records.fields import EngineerWeeks, Money, Months, OneToTen, Part, Percent, Points, Rank, Seed, Share
from store.records.negotiation import CompanyKind
from store.records.negotiation import Percent as Credit
from store.records.plan import FIRST_EDITION

#: What the first line of every snapshot says, and the version of the layout that this code reads and writes.
FORMAT, SCHEMA = "makeroom snapshot", 1


def _clean(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _clean_lines(value: Any) -> Any:
    return clean(value, multiline=True) if isinstance(value, str) else value


# As the store keeps text: what comes out of a file must be what a restore can write.
_ONE_LINE = BeforeValidator(_clean)
Name = Annotated[str, Field(min_length=1, max_length=200), _ONE_LINE]
Title = Annotated[str, Field(min_length=1, max_length=20_000), _ONE_LINE]
Text = Annotated[str, Field(max_length=20_000), _ONE_LINE]
Lines = Annotated[str, Field(max_length=20_000), BeforeValidator(_clean_lines)]
Letter = Annotated[str, Field(min_length=1, max_length=1)]
#: A name that heads a table: of a team, a customer, an item.
Key = Annotated[str, Field(min_length=1, max_length=300), _ONE_LINE]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Finite = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Spread = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
_LAX = Field(strict=False)


class _Table(BaseModel):
    """Strict: a number in quotes is a mistake, not a number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class FrozenSize(_Table):
    """What an item takes of one team, in ew: likely (P50), with low (P10) and high (P90) where stated."""

    team: Key
    low: EngineerWeeks | None = None
    likely: EngineerWeeks
    high: EngineerWeeks | None = None


class FrozenProgress(_Table):
    """How far a team is with an item, as :class:`~scenarios.plan.progress.SizeProgress`."""

    team: Key
    spent: EngineerWeeks
    earlier: EngineerWeeks = 0.0
    left_low: EngineerWeeks | None = None
    left: EngineerWeeks | None = None
    left_high: EngineerWeeks | None = None
    started_on: date | None = None
    done_on: date | None = None
    counted: bool = True
    told_on: date | None = None


class FrozenVersion(_Table):
    """A smaller first version of an item."""

    name: Name
    value: Points | None = None
    position: int = 0
    sizes: Annotated[tuple[FrozenSize, ...], _LAX] = ()


class FrozenParts(_Table):
    """What an item's value is computed from, as :class:`~store.records.ValueParts`."""

    reach: Part | None = None
    impact: Part | None = None
    confidence: Share | None = None
    impact_10: OneToTen | None = None
    confidence_10: OneToTen | None = None
    ease: OneToTen | None = None
    business: Part | None = None
    urgency: Part | None = None
    enablement: Part | None = None
    cost_of_delay: Part | None = None


class FrozenItem(_Table):
    """An item in plan. ``needs`` are keys of items, ``waits`` keys of customers; ``source`` is its key elsewhere."""

    title: Title
    slice: Letter = "F"
    rank: Rank
    #: its place among those of the same rank
    tie: Count = 0
    draw: Seed
    source: Text | None = None
    baselined: bool = False
    owner: Text = ""
    value: Points | None = None
    #: None: it had none, or the snapshot is from before there were any; a restore leaves what is there
    priority: Text | None = None
    customer_title: Text | None = None
    due: date | None = None
    pin: PinKind | None = None
    pin_note: Lines = ""
    needs: Annotated[tuple[Key, ...], _LAX] = ()
    waits: Annotated[tuple[Key, ...], _LAX] = ()
    sizes: Annotated[tuple[FrozenSize, ...], _LAX] = ()
    progress: Annotated[tuple[FrozenProgress, ...], _LAX] = ()
    parts: FrozenParts | None = None
    versions: Annotated[tuple[FrozenVersion, ...], _LAX] = ()
    note: Lines = ""

    @property
    def ew(self) -> float:
        """Likely effort over all teams, in engineer-weeks; 0 where unsized."""
        return sum(size.likely for size in self.sizes)


class FrozenRecord(_Table):
    """What was believed of a team after its finished quarters, as :class:`~scenarios.odds.team_model.TeamModel`."""

    sigma: Spread
    m: Finite
    s: Spread
    finished_quarters: Count = 0
    tau: Spread
    interrupt_share: Share
    interrupt_spread: Spread
    interrupt_quarters: Count = 0
    #: Written for some days before the edition was kept, and read by nobody.
    skew: Share | None = None
    capacity_spread: Spread = CAPACITY_SPREAD
    capacity_quarters: Count = 0


class FrozenMoment(_Table):
    """A team in the quarter that ran, as :class:`~scenarios.plan.progress.TeamMoment`."""

    share: Share = 1.0
    used: Spread = 0.0
    unplanned: Spread = 0.0
    ahead: Spread = 0.0


class FrozenTeam(_Table):
    """A team: ``net`` is its capacity in ew; how many people it has and how many full times they add up to."""

    number: Annotated[int, Field(gt=-(2**53), lt=2**53)]
    name: Name | None = None
    position: int = 0
    draw: Seed | None = None
    net: EngineerWeeks = 0.0
    people: Count = 0
    full_time: Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)] = 0.0
    record: FrozenRecord | None = None
    #: None where the quarter did not run
    moment: FrozenMoment | None = None


class FrozenSlice(_Table):
    """A slice with its aim, floor and ceiling, in percent of planned effort."""

    name: Name
    owner: Text = ""
    aim: Percent
    floor: Percent | None = None
    ceiling: Percent | None = None
    position: int = 0


class FrozenCustomer(_Table):
    """Who waits: yearly revenue and the day of renewal, where known, which comes again every ``term`` months."""

    name: Name | None = None
    arr: Money | None = None
    renews: date | None = None
    term: Months = 12


class FrozenQuarter(_Table):
    """The quarter that is planned."""

    name: Name
    starts: date
    ends: date
    state: QuarterState = "draft"
    baselined_at: datetime | None = None
    progress_on: date | None = None


class FrozenCharter(_Table):
    """The charter's figures, as ``Charter``: what one-offs, returns, renewals are judged by."""

    purse_count: Annotated[int, Field(ge=0, le=1_000)] = 2
    purse_effort: EngineerWeeks = 2.0
    least_return: Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)] = 3.0
    rate: Money | None = None
    licence: Money | None = None
    renewal_days: Annotated[int, Field(ge=0, le=4_000)] = 180
    evidence_rules: Lines = ""
    credit_standard: Credit | None = None
    credit_one_off: Credit | None = None
    stance: CompanyKind = ""
    value_days: Annotated[int, Field(ge=1, le=4_000)] = 30


class FrozenFigures(_Table):
    """The figures as they were computed then, for people who read the file; a restore computes them anew.

    ``load`` and ``net`` in ew; ``mix`` by slice and ``odds`` are parts of one.
    """

    odds: Share
    load: float
    net: float
    one_offs: Share = 0.0
    mix: dict[Letter, Share] = Field(default_factory=dict)


class Frozen(_Table):
    """A frozen plan: equal to another where everything in it is. The tables are by key and are never changed."""

    format: Literal["makeroom snapshot"] = "makeroom snapshot"
    schema_: Annotated[int, Field(alias="schema", ge=1)] = SCHEMA
    seed: Seed
    #: of the forecast that its figures are of
    edition: Annotated[int, Field(ge=1, le=100)] = FIRST_EDITION
    target: Share
    target_for: TargetFor | None = None
    valuing: ValueModel = "score"
    #: in which its amounts are; None in one that was taken before that was kept
    currency: Annotated[str, Field(min_length=3, max_length=3)] | None = None
    quarter: FrozenQuarter
    charter: FrozenCharter = FrozenCharter()
    figures: FrozenFigures | None = None
    teams: dict[Key, FrozenTeam] = Field(default_factory=dict)
    slices: dict[Letter, FrozenSlice] = Field(default_factory=dict)
    customers: dict[Key, FrozenCustomer] = Field(default_factory=dict)
    items: dict[Key, FrozenItem] = Field(default_factory=dict)

    model_config = ConfigDict(populate_by_name=True)

    def in_amounts_of(self, other: Frozen) -> Frozen:
        """The same with the other's revenue and rates where its own are in another currency; where the other has none,
        they are unknown."""
        if None in (self.currency, other.currency) or self.currency == other.currency:
            return self
        arrs = {key: other.customers[key].arr if key in other.customers else None for key in self.customers}
        customers = {key: one.model_copy(update={"arr": arrs[key]}) for key, one in self.customers.items()}
        rates = {"rate": other.charter.rate, "licence": other.charter.licence}
        charter = self.charter.model_copy(update=rates)
        return self.model_copy(update={"customers": customers, "charter": charter, "currency": other.currency})

    @property
    def ranked(self) -> list[tuple[str, FrozenItem]]:
        """The items with their keys, best first."""
        return sorted(self.items.items(), key=lambda pair: (pair[1].rank, pair[1].tie, pair[0]))

    def team_name(self, key: str) -> str:
        """What a team is called."""
        return self.teams[key].name or key

    def customer_name(self, key: str) -> str:
        """What a customer is called."""
        return self.customers[key].name or key


class Label(_Table):
    """What a snapshot's file says of it besides its content: its name, and who took it, when and what for."""

    name: Name
    kind: SnapshotKind = "asked"
    at: datetime
    author: Text = ""
    note: Lines = ""
