"""What the commands for what-if and for the plan as it was say with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import datetime

from tui.cli.outputs import OUTPUTS, ItemOut, LeavingOut, Output, PlanOut, ReferredOut, SizeOut, SliceOut


class LeverOut(Output):
    """One change with the odds after it; ``gain`` in percentage points. Of ``item`` and ``team`` one is there.

    ``sizes`` are the item's, where they change.
    """

    number: int
    kind: str
    what: str
    odds: float
    gain: float
    item: int | None
    team: str | None
    sizes: list[SizeOut]


class LeversOut(Output):
    """``makeroom levers``: what would buy most points, most first."""

    odds: float
    target: float
    levers: list[LeverOut]


class PointOut(Output):
    """One plan that nothing found beats on both: its odds and its value."""

    odds: float
    value: float
    out: list[LeavingOut]
    come: list[ReferredOut]


class FrontierOut(Output):
    """``makeroom frontier``: points by rising odds; ``what`` is what the value counts.

    ``passed_over`` is how many items of the backlog were left out.
    """

    what: str
    target: float
    present: PointOut
    points: list[PointOut]
    passed_over: int


class FlipOut(Output):
    """``makeroom odds --flip``: over sizes from ``low`` to ``high`` (likely ew) the plan fits up to ``at``.

    That is None where any size fits, or none does; ``fits`` is the answer at the low end, ``same`` whether it is the
    answer for all of them.
    """

    item: ItemOut
    low: float
    high: float
    at: float | None
    same: bool
    fits: bool
    words: str


class PlanThenOut(PlanOut):
    """``makeroom plan --at``: the plan as the decision left it, with its odds and its mix."""

    decision: int
    at: datetime
    title: str
    decided_by: str
    state: str
    odds: float
    target: float
    fits: bool
    load: float
    net: float
    mix: list[SliceOut]


OUTPUTS.update({"levers": LeversOut, "frontier": FrontierOut, "flip": FlipOut, "plan then": PlanThenOut})
