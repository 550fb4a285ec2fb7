"""The journal as rows, newest first: what was decided and changed; what was undone stays, marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from textual.strip import Strip

from scenarios.sizes import format_ew
from store.records import Decision, DecisionKind, Event, Move
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line, spread
from tui.session import Session
from tui.widgets.row_table import RowTable
from tui.widgets.words import arrow


@dataclass(frozen=True)
class Entry:
    """One event of the journal with the decision that it recorded, if any."""

    event: Event
    undone: bool
    decision: Decision | None
    moves: tuple[Move, ...]


def entries(session: Session) -> list[Entry]:
    """All events, newest first. A decision that was undone is read back from what its event wrote."""
    events = session.workspace.events()
    undone: set[int] = set()
    for event in events:
        if event.undoes is not None:
            # A redo takes back an undo, so what that undo took back stands again.
            (undone.discard if event.kind == "redo" else undone.add)(_root(events, event))
    found = []
    for event in reversed(events):
        decision, moves = None, []
        if event.undoes is None and event.kind in _DECIDING:
            for change in session.workspace.changes(event.seq):
                if change.after is None:
                    continue
                if change.table == Decision.table:
                    decision = Decision.model_validate(change.after)
                elif change.table == Move.table:
                    moves.append(Move.model_validate(change.after))
        found.append(Entry(event, event.seq in undone, decision, tuple(moves)))
    return found


#: Looking at an exception again, clearing one, and promising are decisions, too.
_DECIDING = frozenset(get_args(DecisionKind)) | {"review", "clear", "commit"}


def _root(events: Sequence[Event], event: Event) -> int:
    """The command at the bottom of a chain of undo and redo."""
    by_seq = {each.seq: each for each in events}
    while event.undoes is not None:
        event = by_seq[event.undoes]
    return event.seq


class HistoryHead(Canvas):
    """The heading."""

    DEFAULT_CSS = "HistoryHead { height: 1; width: 1fr; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen = self.palette
        return [
            spread([(" HISTORY", pen.style(bold=True))], [("newest first ", pen.style("muted"))], width, pen.style())
        ]


class Detail(Canvas):
    """The decision on the cursor, whole."""

    DEFAULT_CSS = "Detail { height: 9; width: 1fr; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._entry: Entry | None = None

    def show(self, entry: Entry | None) -> None:
        """Show one entry."""
        self._entry = entry
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """What, who, why, odds, and what went in and out."""
        entry, pen = self._entry, self.palette
        if entry is None:
            return []
        ground, muted, bold = (
            pen.style("text", "raised"),
            pen.style("muted", "raised"),
            pen.style("text", "raised", bold=True),
        )
        lines = [Line().add(" ", ground).add(entry.event.label[:500], bold, width - 2)]
        said = f"{entry.event.at.astimezone():%d %b %Y %H:%M:%S}  by {entry.event.actor}"
        decision = entry.decision
        if decision is not None:
            if decision.odds_before is not None and decision.odds_after is not None:
                said += f"   odds {arrow(decision.odds_before, decision.odds_after)}"
            lines.append(Line().add(" ", ground).add(said, muted, width - 2))
            who = decision.decided_by or "nobody named"
            why = decision.because or "no reason given"
            lines.append(
                Line().add(" decided by ", muted).add(who[:200], ground).add(", because ", muted).add(why[:300], ground)
            )
            words = {"in": "IN", "out": "OUT", "resized": "NOW", "capacity": "CAPACITY"}
            for move in entry.moves:
                text = f" {words[move.kind]:<8} {format_ew(move.ew):>6} ew  {move.title[:200]}"
                lines.append(Line().add(text, ground, width - 1))
        else:
            lines.append(Line().add(" ", ground).add(said, muted, width - 2))
        strips = [line.strip(width, ground) for line in lines]
        if len(strips) > height:
            more = Line().add(f" and {len(strips) - height + 1} more lines", muted).strip(width, ground)
            strips = [*strips[: height - 1], more]
        return strips + [Strip.blank(width, ground)] * (height - len(strips))


class HistoryTable(RowTable):
    """One row an event."""

    DEFAULT_CSS = "HistoryTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="history")
        self.entries: list[Entry] = []

    def row_count(self) -> int:
        """One row an event."""
        return len(self.entries)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """When, what, who, and whether it was undone."""
        pen, entry = colours.of(self.app), self.entries[row]
        back = "cursor" if on_cursor else "panel"
        tone = "muted" if entry.undone or entry.event.undoes is not None else "text"
        text = Line().add("▌" if on_cursor else " ", pen.style("text", back))
        text.add(f"{entry.event.at.astimezone():%d %b %H:%M}  ", pen.style("muted", back))
        label = entry.event.label
        if entry.event.undoes is not None:
            label = f"{'redone' if entry.event.kind == 'redo' else 'undone'}: {label}"
        mark = "  undone " if entry.undone else " "
        who = entry.decision.decided_by if entry.decision and entry.decision.decided_by else entry.event.actor
        tail = f"  {who[:20]}{mark}"
        style = pen.style(tone, back, bold=on_cursor, strike=entry.undone)
        text.add(label[:300], style, max(4, width - text.width - len(tail)))
        return text.add(tail, pen.style("muted", back)).strip(width, pen.style("text", back))
