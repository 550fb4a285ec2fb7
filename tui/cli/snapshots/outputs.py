"""What the commands for snapshots and scenarios say with ``--json``; units as in :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from scenarios.snapshots.frozen import FrozenFigures
from tui.cli.outputs import OUTPUTS, Output


class ScenarioOut(Output):
    """One plan: ``kind`` is main or scenario, ``state`` the quarter's, or open, taken, closed or not listed.

    ``odds`` is None where its file cannot be read, which ``trouble`` explains; ``here`` is the plan that was asked for,
    ``people`` are those who sit at it.
    """

    kind: str
    name: str
    path: str
    state: str
    odds: float | None
    at: datetime | None
    author: str
    note: str
    here: bool
    people: list[str]
    trouble: str


class ScenariosOut(Output):
    """``makeroom scenario list``: the main plan first, then those that are open."""

    plans: list[ScenarioOut]


class BranchOut(Output):
    """``makeroom scenario branch``; ``trouble`` is why it does not begin with the snapshot that was named."""

    name: str
    path: str
    snapshot: str | None
    odds: float
    trouble: str


class ScenarioClosedOut(Output):
    """``makeroom scenario close``: ``path`` is the file, which is kept."""

    name: str
    path: str
    state: str


class SnapshotOut(Output):
    """A snapshot: ``figures`` are those it was taken with, ``hash`` is of what it holds."""

    id: int
    name: str
    kind: str
    author: str
    note: str
    hash: str
    at: datetime
    quarter: str = ""
    figures: FrozenFigures | None = None


class SnapshotsOut(Output):
    """``makeroom snapshot list``, newest first."""

    snapshots: list[SnapshotOut]


class SnapshotShownOut(Output):
    """``makeroom snapshot show``: ``items`` by rank, with what they hold; ``id`` to ``at`` are null for one that is not
    kept here."""

    id: int | None = None
    name: str
    kind: str | None = None
    author: str | None = None
    note: str | None = None
    at: datetime | None = None
    quarter: str
    hash: str
    figures: FrozenFigures | None
    odds: float
    items: list[dict[str, Any]]


class SnapshotFileOut(Output):
    """``makeroom snapshot export``: the file that was written."""

    path: str
    name: str
    quarter: str
    hash: str
    figures: FrozenFigures | None


class SnapshotReadOut(Output):
    """``makeroom snapshot import``: ``here`` counts its items that are here; ``there_already`` names the same one."""

    name: str
    quarter: str
    hash: str
    figures: FrozenFigures | None
    odds: float
    here: int
    not_here: list[str]
    teams_not_here: list[str]
    notes: list[str]
    there_already: str | None
    kept: bool


class RestoredMoveOut(Output):
    """What a restored snapshot moves: ``kind`` is in, out, resized or capacity."""

    kind: str
    title: str
    ew: float


class PlanRestoredOut(Output):
    """``makeroom snapshot restore``; ``unmatched`` are titles that are not here any more."""

    restored: bool
    same: bool
    odds_before: float
    odds_after: float
    fits: bool
    moves: list[RestoredMoveOut]
    unmatched: list[str]
    notes: list[str]


class SideTeamOut(Output):
    """A team of a plan that is compared, in ew."""

    name: str
    net: float
    load: float


class SideOut(Output):
    """A plan that is compared; ``mix`` are shares by slice, ``revenue_out`` a year of ``waits_for_what_is_out``, null
    where none of it is known."""

    name: str
    odds: float
    target: float
    items: int
    load: float
    net: float
    one_offs: float
    mix: dict[str, float]
    teams: list[SideTeamOut]
    waits_for_what_is_out: list[str]
    revenue_out: float | None
    revenue_known_for: int


class DifferenceOut(Output):
    """One difference; ``takes`` is whether ``--take`` can take it over, by its ``number``."""

    number: int
    id: str
    kind: str
    title: str
    words: str
    ew: float
    value: float | None
    waiting: list[str]
    reason: str
    place: str
    takes: bool


class PairOut(Output):
    """What is another in ``b`` than in ``a``."""

    a: str
    b: str
    unchanged: int
    differences: list[DifferenceOut]


class CompareOut(Output):
    """``makeroom compare``."""

    same: bool
    sides: list[SideOut]
    pairs: list[PairOut]


OUTPUTS.update(
    {
        "scenarios": ScenariosOut,
        "branch": BranchOut,
        "closed": ScenarioClosedOut,
        "snapshot": SnapshotOut,
        "snapshots": SnapshotsOut,
        "snapshot shown": SnapshotShownOut,
        "snapshot file": SnapshotFileOut,
        "snapshot read": SnapshotReadOut,
        "snapshot restored": PlanRestoredOut,
        "compare": CompareOut,
    }
)
