"""What the commands say with ``--json``: stable keys, whose JSON Schema is in ``docs/cli-schema.json``.

Effort is in engineer-weeks (ew), odds and shares are 0..1, ``if_cut`` and ``mix_gap`` are percentage points, amounts
are in the workspace's own currency. A key is never renamed; new ones may come.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from inspect import get_annotations
from typing import Any, dataclass_transform

from store.records import TargetFor
from store.records.record import as_json


@dataclass_transform(kw_only_default=True, frozen_default=True)
class _Kind(type):
    """A kind of output: named values, as mypy checks them."""


class Output(metaclass=_Kind):
    """One JSON object: all of its values by name. Nothing but the standard library is loaded to say it."""

    def __init__(self, **given: Any) -> None:
        for name in _names(type(self)):
            self.__dict__[name] = given.pop(name) if name in given else getattr(type(self), name)
        if given:
            raise TypeError(f"{type(self).__name__} has no {', '.join(given)}")

    def as_json(self) -> dict[str, Any]:
        """What JSON can hold, by name."""
        return {name: _plain(value) for name, value in vars(self).items()}


@cache
def _names(kind: type[Output]) -> dict[str, None]:
    """The names of its values, those that it inherits first."""
    return {name: None for each in reversed(kind.__mro__) for name in get_annotations(each)}


def _plain(value: Any) -> Any:
    if isinstance(value, Output):
        return value.as_json()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else as_json(value)


class TeamOut(Output):
    """A team: net capacity and load, its own odds, and the room that is left on it (None: without end)."""

    name: str
    net: float
    load: float
    odds: float
    room: float | None
    #: what of both is left; None before the quarter runs
    net_left: float | None = None
    load_left: float | None = None


class SliceOut(Output):
    """A slice of the mix."""

    letter: str
    name: str
    ew: float
    share: float
    aim: float


class SignatureOut(Output):
    """Who signed for a plan below its target."""

    name: str
    reason: str
    odds: float
    at: datetime


class ShortfallOut(Output):
    """A shortfall that nobody has settled."""

    cause: str
    odds: float
    at: datetime


class ExceptionOut(Output):
    """An exception that was signed for and stands; ``review`` is when it is looked at again, ``due`` since then.

    ``ends`` is what would end it, ``over`` why nothing asks for it any more: empty while something does.
    """

    right: str
    name: str
    reason: str
    conditions: str
    review: date | None
    due: bool
    item: int | None
    principle: str | None
    figure: float | None
    bound: float | None
    at: datetime
    ends: str = ""
    over: str = ""


class RunningOut(Output):
    """The quarter as it runs: progress is known as of ``on`` (None where nobody told of any), in ``week`` of ``weeks``.

    What is left of net capacity and of the plan, and what came unplanned, in ew; ``first_at_risk`` is the title of the
    first item whose own odds do not reach the target.
    """

    on: date | None
    week: int
    weeks: int
    capacity_left: float
    load_left: float
    unplanned: float
    done: int
    first_at_risk: str | None


class StatusOut(Output):
    """``makeroom status``."""

    database: str
    workspace: str
    quarter: str
    starts: date
    ends: date
    state: str
    target: float
    #: of the whole plan or of each team; None until somebody decides it, which is the whole plan
    target_for: TargetFor | None
    odds: float
    fits: bool
    net: float
    load: float
    short: float
    teams: list[TeamOut]
    mix: list[SliceOut]
    one_offs: float
    one_off_ceiling: float
    one_off_band: str
    planned: int
    below: int
    inbox: int
    signature: SignatureOut | None
    shortfall: ShortfallOut | None
    exceptions: Sequence[ExceptionOut] = ()
    #: None before the quarter runs
    running: RunningOut | None = None


class SizeOut(Output):
    """What an item takes of one team; low and high where somebody stated them."""

    team: str
    low: float | None
    likely: float
    high: float | None


class ItemOut(Output):
    """An item; ``odds`` and ``if_cut`` (points gained if it left) only for what is in plan."""

    id: int
    key: str | None
    title: str
    slice: str
    state: str
    owner: str
    ew: float
    sizes: list[SizeOut]
    value: float | None
    waits: list[str]
    odds: float | None = None
    if_cut: float | None = None
    unplanned: bool = False
    pinned: str | None = None
    signed: Sequence[str] = ()
    priority: str = ""
    due: date | None = None
    customer_title: str = ""


class PlanOut(Output):
    """``makeroom plan``: each list in rank order, the inbox oldest first."""

    quarter: str
    plan: list[ItemOut]
    below: list[ItemOut]
    inbox: list[ItemOut]


class LeavingOut(Output):
    """An item that leaves, or becomes its smaller first version."""

    id: int
    title: str
    version: str | None
    frees: float


class WaitOut(Output):
    """A customer who waits, and their yearly revenue where known."""

    name: str
    arr: float | None


class SwapOut(Output):
    """A set that leaves; ``best_on`` names the criteria on which no other set is better."""

    number: int
    best_on: list[str]
    out: list[LeavingOut]
    frees: float
    value: float | None
    odds: float
    waits: list[WaitOut]
    #: as far as it is known; null where of nobody
    revenue: float | None
    revenue_known_for: int
    mix_gap: float
    #: the rule that it does not keep to, and the signature that takes; empty where it keeps to all
    without: str = ""
    signature: str = ""


class NeededOut(Output):
    """A signature that is missing: the right, what passes which bound, and who holds the right (empty: nobody)."""

    right: str
    because: str
    holder: str
    figure: float | None
    bound: float | None
    item: int | None


class EarlierOut(Output):
    """Something that looks like the same ask: ``like`` is 0 to 100, ``became`` what was decided of it last (None:
    nothing yet), ``deal`` how its deal ended; ``words`` say all of it."""

    id: int
    title: str
    like: float
    same_customer: bool
    customer: str
    asked_by: str
    asked: date | None
    became: str | None
    decided: date | None
    deal: str | None
    ended: date | None
    words: str


class OutcomeOut(Output):
    """What a command did, or why it did nothing: then ``done`` is false, and ``swaps`` are the ways to go on.

    ``earlier`` is what was asked before, likest first, where something was asked for. ``changes`` are what it would
    change, in words, where somebody has to look at that first.
    """

    done: bool
    what: str
    item: ItemOut | None = None
    odds_before: float
    odds_after: float
    target: float
    fits: bool
    short: float = 0.0
    short_by_team: dict[str, float]
    swaps: Sequence[SwapOut] = ()
    impossible: Sequence[str] = ()
    #: what every swap keeps to, but those that say without what
    rules: Sequence[str] = ()
    signatures: Sequence[NeededOut] = ()
    changes: Sequence[str] = ()
    event: int | None = None
    earlier: Sequence[EarlierOut] = ()


class OddsOut(Output):
    """``makeroom odds``: of the plan, or of the plan as asked with ``--in`` and ``--out``."""

    odds: float
    present: float
    target: float
    fits: bool
    short: float
    expected_finished: float
    planned: int
    load_range: tuple[float, float, float]
    teams: list[TeamOut]
    at_risk: ItemOut | None


class MoveOut(Output):
    """A line of a decision: what came in or left, or the size or capacity that it set (ew)."""

    item: int | None
    kind: str
    title: str
    ew: float


class OptionOut(Output):
    """An option that was on the table, with the figures that it had."""

    title: str
    chosen: bool
    odds: float | None
    ew: float
    value: float | None
    waiting_revenue: float | None
    revenue_known_for: int | None
    customers_waiting: int | None


class SignedOut(Output):
    """An exception that was signed for; ``figure`` is what was signed for, ``bound`` what it passes."""

    right: str
    name: str
    reason: str
    conditions: str
    review: date | None
    figure: float | None
    bound: float | None
    reviewed: bool
    cleared: bool


class DecisionOut(Output):
    """A decision with all that is on record of it; what was not said is empty or null."""

    id: int
    at: datetime
    kind: str
    title: str
    item: int | None
    slices: list[str]
    customers: list[str]
    asked_by: str
    decided_by: str
    present: str
    because: str
    dissent: str
    conditions: str
    review: date | None
    odds_before: float | None
    odds_after: float | None
    load_before: float | None
    load_after: float | None
    one_offs_before: float | None
    one_offs_after: float | None
    about: int | None
    moves: list[MoveOut]
    ways: list[str]
    options: list[OptionOut]
    signed: list[SignedOut]


class DecisionsOut(Output):
    """``makeroom decisions``: those that match, newest first, of how many."""

    total: int
    found: int
    decisions: list[DecisionOut]


class ErrorOut(Output):
    """Any command that could not do what was asked: the sentence that stands on standard error, and the exit code."""

    error: str
    exit: int


class ChangedOut(Output):
    """What a command changed that no plan hangs on; ``done`` is false where it was so already."""

    done: bool
    what: str
    warnings: list[str]
    event: int | None


class FigureOut(Output):
    """A figure with where it comes from: ``value`` is null where an input is missing, ``inputs`` are (what, how much).

    ``unit`` is money, ew, share or odds (0..1), times, count or score; ``text`` is the value as people read it.
    """

    name: str
    value: float | None
    unit: str
    text: str
    formula: str
    inputs: list[tuple[str, str]]


class ReferredOut(Output):
    """An item that another one refers to."""

    id: int
    title: str
    state: str


#: Each command's output by name, for the published schema.
OUTPUTS: dict[str, type[Output]] = {
    "status": StatusOut,
    "plan": PlanOut,
    "odds": OddsOut,
    "outcome": OutcomeOut,
    "decisions": DecisionsOut,
    "changed": ChangedOut,
    "error": ErrorOut,
}
