"""The decision log as rows, newest first; or the whole journal, in which what was undone stays, marked."""

from __future__ import annotations

from rich.style import Style
from textual.strip import Strip

from scenarios.figures.sizes import format_ew
from tui.decisions.log_entries import JournalEntry
from tui.decisions.log_line import heading, log_line
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.words import arrow
from tui.widgets.row_table import RowTable


class HistoryHead(Canvas):
    """The heading: what is listed, how many of how many, and the columns."""

    DEFAULT_CSS = "HistoryHead { height: 1; width: 1fr; }"

    _words, _right, _columns = "", "", False

    def show(self, words: str, right: str = "", *, columns: bool = False) -> None:
        """``words`` say what is listed; at the right stand the names of the columns, or other words."""
        self._words, self._right, self._columns = words, right, columns
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen = self.palette
        name, _, rest = self._words.partition("  ")
        bold, muted = pen.style(bold=True), pen.style("muted")
        if not self._columns:
            return [
                spread([(f" {name}", bold), (f"  {rest}", muted)], [(f"{self._right} ", muted)], width, pen.style())
            ]
        # The scrollbar stands beside the rows below.
        line = heading(Line().add(f" {name}", bold), width - 1, f"  {rest}", muted)
        return [line.strip(width, pen.style())]


class Detail(Canvas):
    """The decision on the cursor, whole."""

    DEFAULT_CSS = "Detail { height: 9; width: 1fr; background: $panel; }"

    _entry: JournalEntry | None = None

    def show(self, entry: JournalEntry | None) -> None:
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
            lines += self._spoken(entry, muted, ground)
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

    def _spoken(self, entry: JournalEntry, muted: Style, ground: Style) -> list[Line]:
        """Who asked, what spoke against it, and when it is looked at again: a line where anything was said."""
        detail = entry.line.detail if entry.line is not None else None
        if detail is None:
            return []
        line = Line().add(" ", muted)
        review = detail.review.isoformat() if detail.review else ""
        for word, said in (("asked by", detail.asked_by), ("dissent", detail.dissent), ("review", review)):
            if said:
                line.add(f"{word} ", muted).add(f"{said[:200]}   ", ground)
        return [line] if len(line.segments) > 1 else []


class HistoryTable(RowTable):
    """One row an event; in the log, one row a decision with its columns."""

    DEFAULT_CSS = "HistoryTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="history")
        self.entries: list[JournalEntry] = []
        #: whether the rows are those of the decision log
        self.as_log = False

    @property
    def entry(self) -> JournalEntry | None:
        """What is on the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def row_count(self) -> int:
        """One row an event."""
        return len(self.entries)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """When, what, who, and whether it was undone."""
        pen, entry = colours.of(self.app), self.entries[row]
        back = "cursor" if on_cursor else "panel"
        tone = "muted" if entry.undone or entry.event.undoes is not None else "text"
        text = Line().add("▌" if on_cursor else " ", pen.style("text", back))
        if self.as_log and entry.line is not None:
            return log_line(text, entry, width, pen, back, on_cursor=on_cursor).strip(width, pen.style("text", back))
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
