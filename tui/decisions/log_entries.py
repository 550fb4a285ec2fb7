"""The journal with the decisions that it recorded, newest first: what the log and time travel go over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scenarios.decisions.log import LogLine, lines_of
from scenarios.decisions.log_search import query_of, search
from store.records import BY_TABLE, Change, Decision, Event, Move, State
from store.records.negotiation import DecisionDetail, DecisionOption, SignedTerms, WayOut
from store.workspace.workspace import Workspace

#: What a decision that was taken back is put together from.
_PARTS = (Decision, Move, DecisionDetail, DecisionOption, SignedTerms, WayOut)


@dataclass(frozen=True)
class JournalEntry:
    """One event of the journal with the decision that it recorded, if any."""

    event: Event
    undone: bool
    line: LogLine | None = None

    @property
    def decision(self) -> Decision | None:
        """The decision."""
        return self.line.decision if self.line is not None else None

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the decision moved."""
        return self.line.moves if self.line is not None else ()


def entries(workspace: Workspace, state: State) -> list[JournalEntry]:
    """All events, newest first. A decision that was taken back is read from what its event wrote.

    Raises StoreError where the journal cannot be read.
    """
    events = workspace.events()
    undone = _undone(events)
    decided: dict[int, list[int]] = {}
    for decision_id, seq in workspace.makers(Decision).items():
        decided.setdefault(seq, []).append(decision_id)
    stand = state.all(Decision)
    rows = [stand[key] for keys in decided.values() for key in keys if key in stand]
    lines = {line.decision.id: line for line in lines_of(state, rows)}
    found: list[JournalEntry] = []
    for event in reversed(events):
        known = [lines[key] for key in decided.get(event.seq, ()) if key in lines]
        if not known and event.seq in decided:
            known = list(_taken_back(workspace.changes(event.seq)))
        # One event can bring several, as where the decisions of a scenario come over.
        found += [JournalEntry(event, event.seq in undone, line) for line in known[::-1]] or [
            JournalEntry(event, event.seq in undone)
        ]
    return found


def _undone(events: Sequence[Event]) -> set[int]:
    found: set[int] = set()
    by_seq = {event.seq: event for event in events}
    for event in events:
        if event.undoes is not None:
            # A redo takes back an undo, so what that undo took back stands again.
            (found.discard if event.kind == "redo" else found.add)(_root(by_seq, event))
    return found


def _root(by_seq: Mapping[int, Event], event: Event) -> int:
    """The command at the bottom of a chain of undo and redo."""
    while event.undoes is not None:
        event = by_seq[event.undoes]
    return event.seq


def _taken_back(changes: Sequence[Change]) -> Iterator[LogLine]:
    state = State()
    for change in changes:
        record = BY_TABLE[change.table]
        if change.after is not None and change.before is None and record in _PARTS:
            state.tables[change.table][change.id] = record.model_validate(change.after)
    yield from lines_of(state, list(state.each(Decision)))


@dataclass(frozen=True)
class Listed:
    """What is listed, and the heading: its name, two blanks, and how many."""

    entries: list[JournalEntry]
    words: str


def listed_of(every: list[JournalEntry], state: State, query: str = "", *, whole: bool = False) -> Listed:
    """The decisions that stand and match a query, or the ``whole`` journal with what was taken back."""
    if whole:
        return Listed(every, f"HISTORY  {len(every):,} changes")
    log = {entry.decision.id: entry for entry in every if entry.decision is not None and not entry.undone}
    if not query:
        return Listed(list(log.values()), f"DECISIONS  {len(log):,}, newest first" if log else "DECISIONS  none yet")
    found = search(state, [entry.line for entry in log.values() if entry.line is not None], query_of(query))
    count = f"0 of {len(log):,}: {found.unknown}" if found.unknown else f"{len(found.lines):,} of {len(log):,} match"
    return Listed([log[line.decision.id] for line in found.lines], f"DECISIONS  {count}")
