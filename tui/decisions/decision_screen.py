"""One decision in full: who, what moved, why, the options with their figures, dissent, and what was signed."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType

from scenarios.decisions.log import lines_of
from scenarios.decisions.log_words import in_full, kind_words
from store.records import Decision
from tui.decisions.log_entries import JournalEntry
from tui.decisions.log_table import HistoryHead
from tui.dialogs.dialog import Page
from tui.session.session import Session
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.text_view import Paragraph, TextView, Tone

#: What to look at next: the plan before the decision, or after it.
Way = Literal["before", "after"]
#: Seconds between two looks whether anything was written meanwhile.
EVERY = 0.5
#: Cells of the names of what is told.
_LABEL = 14


class DecisionScreen(Page[Way | None]):
    """Dismissed with the plan that is to be looked at, or None after Esc."""

    KEYS = Keys(
        "A decision",
        Key("decision.before", "comma", "The plan as it was before it", "go('before')", bar="the plan before it"),
        Key("decision.after", "full_stop,enter", "The plan as it was after it", "go('after')", bar="the plan after it"),
        Key("decision.leave", "escape,q", "Back to the log", "leave", bar="back to the log"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, session: Session, entry: JournalEntry, where: str = "") -> None:
        """``entry`` has a decision; ``where`` is what the header calls the workspace."""
        super().__init__()
        self._session, self._entry, self._where = session, entry, where
        self._seq = session.state.seq
        self._told: list[Paragraph] = []

    def compose(self) -> ComposeResult:
        """Header, title, the whole of it, keys."""
        yield Header()
        yield HistoryHead()
        yield TextView()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show it."""
        read_on = Hint.fixed("read on", "up", "down")
        self.query_one(KeyBar).show((*self.KEYS.hints("before", "after"), read_on, *self.KEYS.hints("leave")))
        self.query_one(TextView).focus()
        self._show()
        self.set_interval(EVERY, self._look)

    def _show(self) -> None:
        self.query_one(Header).show(self._session.now, where=self._where)
        line, event = self._entry.line, self._entry.event
        if line is None:
            return
        row = line.decision
        head = self.query_one(HistoryHead)
        head.show(f"DECISION  {row.at:%d %b %Y %H:%M}", f"entry {event.seq} by {event.actor[:30]}")
        heading = Paragraph(f"{row.title}: {kind_words(line)}", tone="bold")
        undone = [Paragraph("It was taken back since.", tone="muted")] if self._entry.undone else []
        told = [heading, *undone, Paragraph(), *paragraphs(self._entry, self._session)]
        if told != self._told:
            self._told = told
            self.query_one(TextView).show(told)

    def _look(self) -> None:
        """Follow what others do to it: a signature that is reviewed or cleared, or the whole taken back."""
        state, line = self._session.state, self._entry.line
        if state.seq == self._seq or line is None:
            return
        self._seq = state.seq
        row = state.all(Decision).get(line.decision.id)
        known = lines_of(state, [row])[0] if row is not None else line
        self._entry = JournalEntry(self._entry.event, row is None, known)
        self._show()

    def action_go(self, way: Way) -> None:
        """To the plan as it was."""
        self.dismiss(way)


def paragraphs(entry: JournalEntry, session: Session) -> list[Paragraph]:
    """All that is on record; the option that was chosen stands out."""
    if entry.line is None:
        return []
    found, before = [], ""
    for what, words in in_full(entry.line, session.state):
        label = what if what != before else ""
        before = what
        tone: Tone = "bold" if what == "Chosen" else "text"
        found.append(Paragraph(words, f"{label:<{_LABEL}}", tone))
    return found
