"""What the commands for charter, aims, exceptions, one-offs and commitments say with ``--json``."""

from __future__ import annotations

from datetime import date

from store.records import TargetFor
from store.records.negotiation import CompanyKind
from tui.cli.outputs import OUTPUTS, ExceptionOut, Output


class RoleOut(Output):
    """A role, who has it now (empty: nobody yet), and what it may."""

    name: str
    holder: str
    may: list[str]


class RightOut(Output):
    """A decision right; to break a principle, of the one named, or of any. ``warning`` where nobody holds it."""

    right: str
    principle: str | None
    may: str
    holders: list[str]
    warning: bool


class PrincipleOut(Output):
    """A rule that the room agreed on."""

    name: str
    note: str


class PersonaOut(Output):
    """Whom the product is for, who matters most first, and where it may compromise."""

    name: str
    compromise: str


class CharterFiguresOut(Output):
    """The charter's figures; money is in the workspace's own currency, None where not given."""

    purse_count: int
    purse_effort: float
    least_return: float
    rate: float | None
    licence: float | None
    renewal_days: int
    evidence_rules: str
    #: percent of what is standard product, and of what one-offs cost
    credit_standard: float | None
    credit_one_off: float | None
    stance: CompanyKind
    #: the aim for time to value
    value_days: int


class SupportedVersionOut(Output):
    """An old version that is still supported: ``back`` versions, ``upkeep`` in ew a quarter."""

    name: str
    back: int
    upkeep: float | None
    customers: int | None


class AimOut(Output):
    """A slice: what is planned of it now (ew, and its share 0..1), and its aim, floor and ceiling in percent."""

    letter: str
    name: str
    owner: str
    ew: float
    share: float
    aim: float
    floor: float | None
    ceiling: float | None


class CharterOut(Output):
    """``makeroom charter``."""

    roles: list[RoleOut]
    rights: list[RightOut]
    principles: list[PrincipleOut]
    personas: list[PersonaOut]
    figures: CharterFiguresOut
    old_versions: list[SupportedVersionOut]
    target: float
    #: of the whole plan or of each team; None until somebody decides it, which is the whole plan
    target_for: TargetFor | None
    slices: list[AimOut]
    warnings: list[str]


class AimsOut(Output):
    """``makeroom aims``: the slices in their order; ``total`` is what the aims add up to, in percent."""

    slices: list[AimOut]
    total: float


class StandingOut(ExceptionOut):
    """An exception that stands, with the number by which it is reviewed and cleared, in words."""

    number: int
    title: str | None
    words: str


class ExceptionsOut(Output):
    """``makeroom exceptions``: those whose review is due first."""

    exceptions: list[StandingOut]
    due: int
    #: the name under a plan below its target; empty where it fits, or nobody signed
    under_target: str


class OneOffOut(Output):
    """A one-off of the ledger; ``returns`` is its expected return in times of its full cost, null where not known;
    ``took`` what it took, in ew, once it is done. What is not ``under_way`` is asked for, declined, or answered
    another way."""

    id: int
    title: str
    customer: str | None
    asked_by: str
    kind: str | None
    ew: float
    sized: bool
    took: float | None
    under_way: bool
    returns: float | None
    state: str
    decided_by: str | None
    because: str | None
    outcome: str | None
    purse: str | None


class PickOut(Output):
    """What the purse bought, by whom, and its size at the time (ew)."""

    id: int
    title: str
    who: str
    ew: float


class PurseOut(Output):
    """The Sales purse: who spends it (empty: nobody), what it bought, the most that it buys, and what is left."""

    holder: str
    bought: list[PickOut]
    count: int
    most: int
    left: int
    ew: float
    most_ew: float
    left_ew: float


class PatternOut(Output):
    """Three or more one-offs of a ``kind``, or alike by their titles, which what the ``kind`` is then says; ``absorbs``
    is what the platform item would have absorbed (ew)."""

    kind: str
    title: str
    absorbs: float
    one_offs: list[str]


class OneOffsOut(Output):
    """``makeroom one-offs``; ``share`` is null for an earlier quarter without it on record."""

    quarter: str
    present: bool
    quarters: list[str]
    share: float | None
    band: str
    ceiling: float | None
    over: bool
    purse: PurseOut
    platforms: list[PatternOut]
    ledger: list[OneOffOut]


class CommitmentOut(Output):
    """A commitment; ``open``: given to somebody and not in plan; ``late``, ``past``: by its day; ``holds``: pinned."""

    number: int
    item: int
    title: str
    kind: str
    who: str
    due: date | None
    note: str
    state: str
    open: bool
    late: bool
    past: bool
    holds: bool


class CommitmentsOut(Output):
    """``makeroom commitments``: soonest first, those without a day last."""

    commitments: list[CommitmentOut]
    not_in_plan: int


OUTPUTS.update(
    {
        "charter": CharterOut,
        "aims": AimsOut,
        "exceptions": ExceptionsOut,
        "one-offs": OneOffsOut,
        "commitments": CommitmentsOut,
    }
)
