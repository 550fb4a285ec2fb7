"""What the commands for ways out, exceptions, one-offs and commitments say with ``--json``; see ``outputs.py``."""

from __future__ import annotations

from datetime import date, datetime

from tui.cli.outputs import OUTPUTS, ExceptionOut, ItemOut, Output, TeamOut


class WayFieldOut(Output):
    """A field of a way out: its name for ``--field``, what it is, and what stands in it where nothing is said."""

    name: str
    words: str
    needed: bool
    default: str
    hint: str


class WayOutOut(Output):
    """A way out; ``takes`` and ``frees`` (ew), ``odds`` and ``fits`` are null where they depend on what is filled in.

    Of a request, ``odds`` are those with it in at that size, or of the plan as it is where nothing comes in; of a
    planned item, those with it at that size, or gone.
    """

    kind: str
    means: str
    fields: list[WayFieldOut]
    takes: float | None
    frees: float | None
    odds: float | None
    fits: bool | None


class WayTakenOut(Output):
    """A way out on record; ``decision`` is its number in ``makeroom decisions --json``."""

    kind: str
    words: str
    decision: int | None
    at: datetime | None
    decided_by: str
    effort: float
    freed: float
    amount: float | None
    markup: float | None
    due: date | None
    who: str
    test: str
    customers: int | None
    principle: str | None
    note: str


class WaysOut(Output):
    """``makeroom ways``: ``room`` has the item's teams as they stand now, ``odds`` those of the present plan; ``held``
    says why a planned item may not leave, empty where it may."""

    item: ItemOut
    odds: float
    target: float
    room: list[TeamOut]
    held: str
    ways: list[WayOutOut]
    taken: list[WayTakenOut]


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
    """A one-off of the ledger; ``returns`` is its expected return in times of its full cost, null where not known."""

    id: int
    title: str
    customer: str | None
    asked_by: str
    kind: str | None
    ew: float
    sized: bool
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
    """Three or more one-offs of a kind; ``absorbs`` is what the platform item would have absorbed (ew)."""

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


OUTPUTS.update({"ways": WaysOut, "exceptions": ExceptionsOut, "one-offs": OneOffsOut, "commitments": CommitmentsOut})
