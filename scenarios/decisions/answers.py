"""How each request is answered at the moment, besides yes and no: the way out, or the first version, that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.decisions.log import LogLine, log_of
from store.records import Item, Move, State
from store.records.negotiation import WayKind, WayOut

#: What stands between an item's title and what it became, in a decision's line.
BECAME = " → "
#: The ways that answer a request without the team's work: nobody waits for what has one.
ELSEWHERE: frozenset[WayKind] = frozenset({"configure", "package", "services", "partner", "buy"})
#: Half of the last digit of an effort as it is shown, in ew.
_SAME = 0.05


@dataclass(frozen=True)
class StandingAnswer:
    """The answer that an item has; ``line`` is the decision that gave it, ``version`` what a first version is called,
    and ``whole`` (ew) what it was before it was made smaller, where that is on record."""

    item_id: int
    kind: WayKind
    line: LogLine
    way: WayOut | None = None
    version: str = ""
    whole: float | None = None

    @property
    def smaller(self) -> bool:
        """Whether it is done as less than what was asked for."""
        return self.kind == "smaller first version"


def answers_of(state: State) -> Mapping[int, StandingAnswer]:
    """By item id, the answer that still holds: one ends when its item is taken in whole, thrown out, or declined.

    A first version stays one, wherever the item goes, until it is sized as large as it was.
    """
    found: dict[int, StandingAnswer] = {}
    smaller: dict[int, StandingAnswer] = {}
    last: dict[int, float] = {}
    for line in reversed(log_of(state)):
        given = {way.item_id: way for way in line.ways if way.kind != "swap"}
        for move in line.moves:
            if move.item_id is None or move.item_id in given:
                continue
            if move.kind == "resized":
                _sized(move, line, found, smaller, last.get(move.item_id))
            elif line.decision.kind != "close":
                _moved(move, found, smaller)
        about = line.decision.item_id
        if about is not None and about not in given and line.decision.kind in ("decline", "defer"):
            found.pop(about, None)
        for item_id, way in given.items():
            whole = way.effort + way.freed if way.kind == "smaller first version" else None
            answer = StandingAnswer(item_id, way.kind, line, way, whole=whole or None)
            found[item_id] = answer
            if answer.smaller:
                smaller[item_id] = answer
        last.update({move.item_id: move.ew for move in line.moves if move.item_id is not None and move.kind != "out"})
    items = state.all(Item)
    return {key: each for key, each in found.items() if key in items and _holds(each, items[key])}


def _sized(
    move: Move,
    line: LogLine,
    found: dict[int, StandingAnswer],
    smaller: dict[int, StandingAnswer],
    before: float | None,
) -> None:
    item_id = move.item_id or 0
    _, arrow, version = move.title.rpartition(BECAME)
    if arrow and line.decision.item_id != item_id:
        found[item_id] = smaller[item_id] = StandingAnswer(
            item_id, "smaller first version", line, None, version, before
        )
        return
    answer = smaller.get(item_id)
    if answer is not None and answer.whole is not None and move.ew > answer.whole - _SAME:
        del smaller[item_id]
        found.pop(item_id, None)


def _moved(move: Move, found: dict[int, StandingAnswer], smaller: dict[int, StandingAnswer]) -> None:
    item_id = move.item_id or 0
    found.pop(item_id, None)
    if item_id in smaller:
        found[item_id] = smaller[item_id]


def _holds(answer: StandingAnswer, item: Item) -> bool:
    """Whether what is answered so can still be where it is."""
    if answer.kind == "decline":
        return item.state == "declined"
    if item.state == "declined":
        return False
    took = answer.way is None or answer.way.effort > 0
    return took or answer.smaller or item.state not in ("plan", "done")
