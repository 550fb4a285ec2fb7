"""What the commands for single items, for scenarios and for what-if say with ``--json``; units as in ``outputs.py``."""

from __future__ import annotations

from datetime import date, datetime

from tui.cli.outputs import OUTPUTS, ItemOut, LeavingOut, Output, PlanOut, SizeOut, SliceOut


class NamedOut(Output):
    """An item that another one refers to."""

    id: int
    title: str
    state: str


class VersionOut(Output):
    """A smaller first version; ``value`` is None where it is in proportion to its effort."""

    name: str
    ew: float
    value: float | None
    sizes: list[SizeOut]


class RequestOut(Output):
    """How an item was asked for; what was not said is empty or null."""

    received_at: datetime
    asked_by: str
    customer: str | None
    problem: str
    claimed: str
    deal_amount: float | None
    deal_probability: float | None
    deal_closes: date | None


class ItemWholeOut(ItemOut):
    """``makeroom item``: an item whole. ``rank`` is its number on its side of the line, 1 the first; ``worth`` says
    what its value comes from, ``value_parts`` by name; ``needed_by`` are those of no use without it."""

    rank: int | None
    due: date | None
    note: str
    worth: str
    value_parts: dict[str, float]
    pin_note: str
    needs: list[NamedOut]
    needed_by: list[NamedOut]
    versions: list[VersionOut]
    request: RequestOut | None
    promises: list[str]
    source_title: str | None
    source_size: str | None


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


class ClosedOut(Output):
    """``makeroom scenario close``: ``path`` is the file, which is kept."""

    name: str
    path: str
    state: str


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
    come: list[NamedOut]


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


class FinishedOut(Output):
    """A planned item as its quarter closes: ``took`` in ew where it is finished, None where it goes on."""

    id: int
    title: str
    ew: float
    took: float | None


class CloseOut(Output):
    """``makeroom close``; ``done`` is false where it only says what it would do. ``unplanned`` are shares by team."""

    done: bool
    quarter: str
    opens: str | None
    items: list[FinishedOut]
    unplanned: dict[str, float]
    event: int | None


OUTPUTS.update(
    {
        "item": ItemWholeOut,
        "scenarios": ScenariosOut,
        "branch": BranchOut,
        "closed": ClosedOut,
        "levers": LeversOut,
        "frontier": FrontierOut,
        "flip": FlipOut,
        "plan then": PlanThenOut,
        "close": CloseOut,
    }
)
