"""What was decided of items, read from the log, and records that hang on a decision as it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Entry
from store.common.values import Value
from store.records import Actual, Command, Decision, Item, Move, MoveKind, Quarter, State, new_id
from store.records.negotiation import DecisionDetail, DecisionOption, PursePick, SignedTerms, WayOut

#: Records that name the decision they belong to.
Hanging = DecisionDetail | DecisionOption | SignedTerms | WayOut | PursePick

#: Stands for the decision in lines that have none yet, as those of a proposal.
UNDECIDED = 0

#: What became of an item by a decision of this kind, where no line of the decision moved it.
_UNMOVED: Mapping[str, str] = {
    "decline": "declined",
    "defer": "good, not now",
    "drop": "taken out of plan",
    "accept": "in plan",
    "trade": "in plan",
    "over-commit": "in plan",
    "estimate": "sized anew",
}


class Decided(Value):
    """One decision about an item, in its quarter; ``outcome`` says what became of the item by it."""

    decision: Decision
    quarter: Quarter
    move: Move | None
    outcome: str

    @property
    def came_in(self) -> bool:
        """Whether it brought the item into the plan."""
        return self.move is not None and self.move.kind == "in"


def line_of(entry: Entry, kind: MoveKind, ew: float | None = None) -> Move:
    """A decision's line about an item, with the effort (ew) that it has, or has then."""
    return Move(
        id=new_id(),
        decision_id=UNDECIDED,
        item_id=entry.item.id,
        kind=kind,
        title=entry.item.title,
        ew=entry.ew if ew is None else ew,
    )


def decided_by_item(state: State) -> dict[int, tuple[Decided, ...]]:
    """By item id, every decision about it, oldest first."""
    decisions, quarters = state.all(Decision), state.all(Quarter)
    moves: dict[tuple[int, int], Move] = {}
    for move in state.all(Move).values():
        if move.item_id is not None:
            moves[move.decision_id, move.item_id] = move
    pairs = set(moves) | {(row.id, row.item_id) for row in decisions.values() if row.item_id is not None}
    ways = {(row.decision_id, row.item_id): row for row in state.all(WayOut).values()}
    found: dict[int, list[Decided]] = {}
    for decision_id, item_id in sorted(pairs, key=lambda pair: (decisions[pair[0]].at, pair[0])):
        decision, line = decisions[decision_id], moves.get((decision_id, item_id))
        outcome = outcome_of(decision, line, ways.get((decision_id, item_id)))
        found.setdefault(item_id, []).append(Decided(decision, quarters[decision.quarter_id], line, outcome))
    return {key: tuple(rows) for key, rows in found.items()}


def outcome_of(decision: Decision, move: Move | None, way: WayOut | None = None) -> str:
    """What became of an item by a decision, in words; ``way`` is the way out that this item took in it."""
    if way is not None and way.kind != "swap":
        return "declined" if way.kind == "decline" else f"answered by {way.kind}"
    if move is None:
        return _UNMOVED.get(decision.kind, decision.kind)
    match move.kind:
        case "in":
            return "in plan"
        case "resized":
            return f"resized to {format_ew(move.ew)} ew"
        case "out" if decision.kind == "close":
            return "done"
        case "out" if decision.kind == "drop":
            return "taken out of plan"
        case "out":
            return "displaced"
        case _:
            return decision.kind


def took_by_item(state: State) -> dict[int, float]:
    """By item id, what items that are done took over all teams, in ew, as corrected since; not where nobody counted.

    What was counted is kept by quarter and title. An item that shares these with another has what its close says.
    """
    closes = {row.id: row.quarter_id for row in state.all(Decision).values() if row.kind == "close"}
    if not closes:
        return {}
    counted: dict[tuple[str, str], list[Actual]] = {}
    for row in state.each(Actual):
        counted.setdefault((row.quarter, row.title), []).append(row)
    items, quarters = state.all(Item), state.all(Quarter)
    done = [
        (move.item_id, (quarters[closes[move.decision_id]].name, move.title), move.ew)
        for move in state.each(Move)
        if move.decision_id in closes and move.item_id in items and items[move.item_id].state == "done"
    ]
    named = Counter(key for _, key, _ in done)
    found: dict[int, float] = {}
    for item_id, key, ew in done:
        rows = counted.get(key, [])
        if item_id is not None and all(row.counted for row in rows):
            found[item_id] = sum(row.actual for row in rows) if rows and named[key] == 1 else ew
    return found


def way_by_item(state: State) -> dict[int, WayOut]:
    """By item id, the way out that it takes: the last that was decided, until the item comes in or leaves otherwise."""
    decisions = state.all(Decision)
    found: dict[int, tuple[tuple[datetime, int], WayOut]] = {}
    for way in state.each(WayOut):
        if way.decision_id is None:
            continue
        when = (decisions[way.decision_id].at, way.decision_id)
        if way.item_id not in found or when > found[way.item_id][0]:
            found[way.item_id] = when, way
    for move in state.each(Move) if found else ():
        decision = decisions[move.decision_id]
        if move.item_id not in found or move.kind not in ("in", "out") or decision.kind == "close":
            continue
        if (decision.at, decision.id) > found[move.item_id][0]:
            del found[move.item_id]
    return {item_id: way for item_id, (_, way) in found.items()}


def _decision_of(command: Command) -> Decision | None:
    """The decision that a command records, if any."""
    return next((put for put in command.puts if isinstance(put, Decision)), None)


def attach(command: Command, records: Iterable[Hanging]) -> Command:
    """The command, and with it these records of the decision that it records.

    Raises ValueError where it records none.
    """
    decision = _decision_of(command)
    if decision is None:
        raise ValueError("there is no decision for these to belong to")
    hanging = tuple(record.model_copy(update={"decision_id": decision.id}) for record in records)
    return replace(command, puts=(*command.puts, *hanging))


def with_detail(command: Command, **fields: object) -> Command:
    """The command, with these fields of its decision's detail, besides those that it has already.

    Raises ValueError where it records no decision.
    """
    here = next((put for put in command.puts if isinstance(put, DecisionDetail)), None)
    if here is None:
        made = DecisionDetail.model_validate({"id": new_id(), "decision_id": 0, **fields})
        return attach(command, [made])
    changed = DecisionDetail.model_validate({**here.model_dump(), **fields})
    return replace(command, puts=tuple(changed if put is here else put for put in command.puts))


def with_decider(command: Command, name: str) -> Command:
    """The command in which what nobody is named for was decided by this one; as it is where no name is given."""
    if not name or all(put.decided_by.strip() for put in command.puts if isinstance(put, Decision)):
        return command
    puts = (
        put.model_copy(update={"decided_by": name}) if isinstance(put, Decision) and not put.decided_by.strip() else put
        for put in command.puts
    )
    return replace(command, puts=tuple(puts))


def one_offs_taken(state: State) -> dict[int, tuple[Item, Quarter]]:
    """By item id, the one-offs that came into a plan and stayed, or are done, with the quarter in which they did.

    One that is in plan without a decision counts for the present quarter.
    """
    decided = decided_by_item(state)
    found: dict[int, tuple[Item, Quarter]] = {}
    for item in state.all(Item).values():
        if item.slice != "O" or item.state not in ("plan", "done"):
            continue
        came = [row.quarter for row in decided.get(item.id, ()) if row.came_in]
        finished = [row.quarter for row in decided.get(item.id, ()) if row.outcome == "done"]
        quarter = state.quarter if item.state == "plan" else None
        found[item.id] = item, (finished or came or [quarter or state.quarter])[-1]
    return found
