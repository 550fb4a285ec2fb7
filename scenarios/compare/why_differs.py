"""Reasons in words: from the decisions of the sides that keep a record, else from what the items say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scenarios.compare.differences import Difference, Place
from scenarios.compare.sides import Side
from scenarios.snapshots.frozen import Frozen, FrozenItem
from scenarios.snapshots.item_matches import match_items
from store.records import Decision, Item, Move, Request, State

_LONGEST = 200


def with_reasons(differences: Iterable[Difference], a: Side, b: Side) -> tuple[Difference, ...]:
    """The differences with who decided them and why, and where the other side has what is in plan on one only."""
    logs = _Log(a), _Log(b)
    return tuple(_reasoned(each, a, b, logs) for each in differences)


def _reasoned(each: Difference, a: Side, b: Side, logs: tuple[_Log, _Log]) -> Difference:
    log_a, log_b = logs
    match each.kind:
        case "only a":
            # It left B, or it came into A later.
            reason = log_b.of(a.frozen, each.key_a, "out") or log_a.of(a.frozen, each.key_a, "in")
            return replace(
                each, reason=reason or _says(a.frozen.items[each.key_a or ""]), place=log_b.place(a.frozen, each.key_a)
            )
        case "only b":
            reason = log_b.of(b.frozen, each.key_b, "in") or log_a.of(b.frozen, each.key_b, "out")
            return replace(
                each, reason=reason or _says(b.frozen.items[each.key_b or ""]), place=log_a.place(b.frozen, each.key_b)
            )
        case "resized":
            reason = log_b.of(b.frozen, each.key_b, "resized") or log_a.of(a.frozen, each.key_a, "resized")
            return replace(each, reason=reason)
        case "capacity" | "target":
            return replace(each, reason=log_b.about_capacity(each.title) or log_a.about_capacity(each.title))
    return each


class _Log:
    """The decisions of one side's workspace, by what they moved."""

    def __init__(self, side: Side) -> None:
        self.state = side.state
        self._moves: dict[tuple[int, str], Decision] = {}
        self._capacity: list[tuple[str, Decision]] = []
        self._ids: dict[int, dict[str, int]] = {}
        if side.state is None:
            return
        decisions = side.state.all(Decision)
        # Later ones take the place of earlier ones.
        for move in side.state.each(Move):
            decision = decisions.get(move.decision_id)
            if decision is not None and move.kind == "capacity":
                # What was decided of an earlier quarter's capacity is no reason for this one's.
                if decision.quarter_id != side.state.quarter.id:
                    continue
                self._capacity.append((move.title, decision))
            elif decision is not None and move.item_id is not None:
                self._moves[move.item_id, move.kind] = decision

    def of(self, frozen: Frozen, key: str | None, kind: str) -> str:
        """Why an item went in or out, or was resized, here; empty where nobody decided that."""
        item_id = self._id(frozen, key)
        decision = self._moves.get((item_id, kind)) if item_id is not None else None
        return reason_of(decision, item_id) if decision is not None else ""

    def about_capacity(self, title: str) -> str:
        """Who last changed what is called so."""
        found = (decision for words, decision in reversed(self._capacity) if words.startswith((title, "target")))
        decision = next(found, None) if title != "odds target" else self._last_target()
        return reason_of(decision, None) if decision is not None else ""

    def _last_target(self) -> Decision | None:
        return next((decision for words, decision in reversed(self._capacity) if "target" in words), None)

    def place(self, frozen: Frozen, key: str | None) -> Place:
        """Where this side has an item that is not in its plan; empty where it is a plan without a workspace."""
        if self.state is None:
            return ""
        item_id = self._id(frozen, key)
        if item_id is None:
            return "unknown"
        state = self.state.all(Item)[item_id].state
        return state if state != "plan" else "unknown"

    def _id(self, frozen: Frozen, key: str | None) -> int | None:
        if self.state is None or key is None:
            return None
        if id(frozen) not in self._ids:
            self._ids[id(frozen)] = match_items(frozen, self.state)
        return self._ids[id(frozen)].get(key)


def reason_of(decision: Decision, item_id: int | None) -> str:
    """A decision in words: what it was about where that was something else, who decided it and why."""
    parts = []
    if decision.item_id != item_id or item_id is None:
        parts.append(f"for “{decision.title[:80]}”" if decision.item_id is not None else decision.title[:80])
    if decision.decided_by:
        parts.append(f"decided by {decision.decided_by[:80]}")
    words = ", ".join(parts) or f"{decision.kind} of {decision.at:%Y-%m-%d %H:%M}"
    return f"{words}: {decision.because[:_LONGEST]}" if decision.because else words


def asked_by(state: State, item_id: int) -> str:
    """Who asked for an item last, where a request says so."""
    found = [row.asked_by for row in state.each(Request) if row.item_id == item_id and row.asked_by]
    return found[-1] if found else ""


def _says(item: FrozenItem) -> str:
    first = item.note.strip().splitlines()
    return first[0][:_LONGEST] if first else ""
