"""The baseline against now: what came in unplanned and who asked, and what that displaced."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.compare.why_differs import asked_by, reason_of
from scenarios.decisions.answers import StandingAnswer, answers_of
from scenarios.plan.plan import Entry, entries_of, entry_of
from scenarios.snapshots.frozen import Frozen
from scenarios.snapshots.item_matches import match_items
from store.records import Decision, Item, Move, Quarter, State


@dataclass(frozen=True)
class Came:
    """An item that is in plan now and was not at the baseline; ``asked_by`` and the decision are empty where nobody
    kept them. ``displaced`` is what left the plan in the same decision, or was made smaller for it."""

    entry: Entry
    asked_by: str
    decision: Decision | None
    reason: str
    displaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gone:
    """An item of the baseline that is not in plan now. ``entry`` is None where it is not in the workspace any more;
    ``for_title`` is what it made way for; ``carried`` that its quarter ended before it was done; ``version`` what it
    is done as, where that is a first version."""

    title: str
    ew: float
    entry: Entry | None
    decision: Decision | None
    reason: str
    for_title: str = ""
    carried: bool = False
    version: str = ""

    @property
    def done(self) -> bool:
        """Whether it left because it is done."""
        return self.entry is not None and self.entry.item.state == "done"


@dataclass(frozen=True)
class SinceBaseline:
    """``ew_in`` and ``ew_out`` are the likely efforts of what came and of what was displaced, in ew."""

    came: tuple[Came, ...]
    gone: tuple[Gone, ...]

    @property
    def ew_in(self) -> float:
        """What came in unplanned, in ew."""
        return sum(each.entry.ew for each in self.came)

    @property
    def ew_out(self) -> float:
        """What left, in ew as it was sized at the baseline; without what is done or goes on."""
        return sum(each.ew for each in self.gone if not each.done and not each.carried)


def since_baseline(state: State, baseline: Frozen) -> SinceBaseline:
    """What came in and what went out since the plan was agreed on, each with the decision that did it.

    Of a quarter that is closed, until its end: what came in and was finished or goes on counts as what is in plan.
    """
    known = match_items(baseline, state)
    agreed = set(known.values())
    last = _Last(state, baseline)
    came = []
    for entry in last.stayed() if last.over else entries_of(state, "plan"):
        if entry.item.id in agreed:
            continue
        decision = last.decision(entry.item.id, "in")
        reason = reason_of(decision, entry.item.id) if decision else ""
        out = last.out_of(decision) if decision else ()
        came.append(Came(entry, asked_by(state, entry.item.id), decision, reason, out))
    gone = []
    answers = answers_of(state)
    for key, item in baseline.ranked:
        item_id = known.get(key)
        if item_id is None:
            gone.append(Gone(item.title, item.ew, None, None, "not in this workspace any more"))
        elif last.over and last.went(item_id) != "out" and state.all(Item)[item_id].state != "done":
            words = f"{baseline.quarter.name} ended before it was done"
            gone.append(Gone(item.title, item.ew, entry_of(state, item_id), None, words, carried=True))
        elif last.over or state.all(Item)[item_id].state != "plan":
            decision = last.decision(item_id, "out")
            gone.append(
                Gone(
                    item.title,
                    item.ew,
                    entry_of(state, item_id),
                    decision,
                    reason_of(decision, item_id) if decision else "",
                    decision.title if decision and decision.item_id not in (None, item_id) else "",
                    version=_version(answers.get(item_id)),
                )
            )
    return SinceBaseline(tuple(came), tuple(gone))


def _version(answer: StandingAnswer | None) -> str:
    """What a first version is called; empty where it is none."""
    if answer is None or not answer.smaller:
        return ""
    return f"“{answer.version}”" if answer.version else "a first version"


class _Last:
    """The latest decision that moved each item, after the baseline where its time is known, and until its quarter was
    closed."""

    def __init__(self, state: State, baseline: Frozen) -> None:
        stamped = baseline.quarter.baselined_at
        decisions = state.all(Decision)
        quarter = next((row for row in state.each(Quarter) if row.starts == baseline.quarter.starts), None)
        #: whether its quarter is closed
        self.over = quarter is not None and quarter.state == "closed"
        self._state = state
        self._by_item: dict[tuple[int, str], Decision] = {}
        self._went: dict[int, str] = {}
        self._out: dict[int, list[str]] = {}
        for move in state.each(Move):
            decision = decisions.get(move.decision_id)
            if decision is None or (stamped is not None and decision.at.timestamp() < stamped.timestamp()):
                continue
            if self.over and quarter is not None and (decision.quarter_id != quarter.id or decision.kind == "close"):
                continue
            if move.item_id is not None:
                self._by_item[move.item_id, move.kind] = decision
            if move.item_id is not None and move.kind in ("in", "out"):
                self._went[move.item_id] = move.kind
            if move.kind == "out":
                self._out.setdefault(decision.id, []).append(move.title)
            elif move.kind == "resized" and move.item_id != decision.item_id:
                self._out.setdefault(decision.id, []).append(f"{move.title} (made smaller)")

    def stayed(self) -> list[Entry]:
        """What came in and did not leave again before the quarter's end, by rank."""
        rows = [self._state.all(Item)[key] for key, kind in self._went.items() if kind == "in"]
        return [entry_of(self._state, row.id) for row in sorted(rows, key=lambda row: (row.rank, row.id))]

    def went(self, item_id: int) -> str:
        """Whether an item went "in" or "out" last; empty where it did neither."""
        return self._went.get(item_id, "")

    def decision(self, item_id: int, kind: str) -> Decision | None:
        return self._by_item.get((item_id, kind))

    def out_of(self, decision: Decision) -> tuple[str, ...]:
        return tuple(self._out.get(decision.id, ()))
