"""The charter: roles, decision rights, principles, figures, the target and the aims, each changed by a small form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from scenarios.rules.charter import gaps
from tui.rules.charter_rows import SECTIONS, charter_rows, explanation
from tui.rules.record_screen import RecordScreen
from tui.widgets.key_bar import Hint
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow

#: Where it goes to change the target and the aims.
AIMS = "aims"
_ADD = Hint("a", "add", "ask('add')")
_GRANT = Hint("g", "rights", "ask('grant')")
_CHANGE = Hint("enter", "change", "open")
_AWAY = Hint("x", "take away", "ask('remove')")
_HINTS: Mapping[str, tuple[Hint, ...]] = {
    "role": (_CHANGE, _GRANT, _ADD, _AWAY),
    "right": (Hint("enter", "grant, withdraw", "open"), Hint("a", "add a role", "ask('add')")),
    "principle": (_CHANGE, _ADD, _AWAY),
    "figure": (_CHANGE,),
    "target": (Hint("enter", "change", "open"),),
    "aim": (Hint("enter", "who it belongs to", "open"),),
}


class CharterScreen(RecordScreen):
    """Dismissed with None, or ``aims`` to change the target and the aims."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Change it; grant or withdraw a right", id="charter.change"),
        Binding("a", "ask('add')", "Add a role or a principle", id="charter.add"),
        Binding("g", "ask('grant')", "Grant a right, or withdraw it", id="charter.grant"),
        Binding("x,delete", "ask('remove')", "Take a role or a principle away", id="charter.remove"),
        Binding("tab", "section(1)", "Next section", show=False, id="charter.next"),
        Binding("shift+tab", "section(-1)", "Section before", show=False, id="charter.before"),
        Binding("c", "aims", "Odds target and aims", id="charter.aims"),
        Binding("C", "leave", "Back to the board", show=False, id="charter.leave"),
    ]

    def head(self) -> ComposeResult:
        """The heading."""
        yield ScreenHead()

    def show_head(self) -> None:
        """What it is, and how much is missing."""
        found = gaps(self.state)
        warning = f"▲ {len(found)} to settle" if found else ""
        words = "there is no log-in: it records who is said to decide"
        self.query_one(ScreenHead).show("CHARTER", words, warning)

    def rows(self) -> Sequence[SectionRow]:
        """The whole charter."""
        return charter_rows(self.state)

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """What can be done with the row on the cursor."""
        own = _HINTS.get(row.kind if row is not None else "", (_ADD,))
        undo, why = Hint("u", "undo", "undo"), Hint("?", "what it is", "why")
        aims = Hint("c", "target and aims", "aims")
        return (*own, why, Hint("tab", "next section", "section(1)"), undo, aims, Hint("esc", "back", "leave"))

    def explain(self, row: SectionRow) -> None:
        """What the right or figure on the cursor is for."""
        from tui.dialogs.report import Report

        self.app.push_screen(Report(*explanation(self.state, row), "close"))

    def action_open(self) -> None:
        """Change what is on the cursor."""
        row = self.row
        if row is None:
            return
        if row.kind == "target":
            self.action_aims()
        elif row.kind == "right":
            self.action_ask("grant")
        else:
            self.action_ask("add" if row.kind.startswith("no ") else "change")

    def action_aims(self) -> None:
        """To where the target and the aims are changed."""
        from tui.rules.record_screen import READ_ONLY

        if self.board.session.workspace.read_only:
            self.board.tell(READ_ONLY, severity="warning")
        else:
            self.go(AIMS)

    def action_section(self, step: int) -> None:
        """To the first row of the next section, or of the one before."""
        here = self.row
        at = SECTIONS.get(here.kind, 0) if here is not None else 0
        wanted = (at + step) % (1 + max(SECTIONS.values()))
        rows = charter_rows(self.state)
        self.table.move_to(next(n for n, row in enumerate(rows) if SECTIONS.get(row.kind) == wanted))
