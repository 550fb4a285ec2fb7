"""What was decided, and what stands of it: decisions with their moves, signatures, shortfalls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal

from store.records.fields import Effort, Name, Share, Text
from store.records.record import Record

DecisionKind = Literal[
    "trade",
    "accept",
    "over-commit",
    "fill",
    "baseline",
    "drop",
    "decline",
    "defer",
    "capacity",
    "estimate",
    "target",
    "close",
]
MoveKind = Literal["in", "out", "resized", "capacity"]


class Decision(Record):
    """What was decided, by whom and why, with the odds (0..1) before and after; never edited, only undone."""

    table: ClassVar[str] = "decisions"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters", "item_id": "items"}
    quarter_id: int
    at: datetime
    kind: DecisionKind
    title: Text
    item_id: int | None = None
    decided_by: Text = ""
    because: Text = ""
    odds_before: Share | None = None
    odds_after: Share | None = None


class Move(Record):
    """One line of a decision: an item that went in or out, or was resized; ``ew`` is its likely effort then."""

    table: ClassVar[str] = "moves"
    links: ClassVar[Mapping[str, str]] = {"decision_id": "decisions", "item_id": "items"}
    decision_id: int
    item_id: int | None = None
    kind: MoveKind
    title: Text
    ew: Effort = 0.0


class Signature(Record):
    """An over-commit that someone signed: the plan may stand below the target, at no lower odds than ``odds``."""

    table: ClassVar[str] = "signatures"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters", "decision_id": "decisions"}
    quarter_id: int
    decision_id: int
    name: Name
    reason: Name
    odds: Share
    at: datetime
    cleared_at: datetime | None = None


class Shortfall(Record):
    """The plan is below the target and nobody has settled it: shown in the header until it is."""

    table: ClassVar[str] = "shortfalls"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters"}
    quarter_id: int
    cause: Text
    odds: Share
    at: datetime
    settled_at: datetime | None = None
