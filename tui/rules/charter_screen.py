"""The charter: roles, decision rights, principles, figures, the target and the aims, each changed by a small form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from scenarios.rules.charter import gaps
from tui.rules.charter_rows import SECTIONS, charter_rows, explanation
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow

#: Where it goes to change the target and the aims.
AIMS = "aims"
#: What can be done with each kind of row, and the word for its enter key.
_ACTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "role": ("change", ("grant", "add", "remove")),
    "right": ("grant, withdraw", ()),
    "principle": ("change", ("add", "remove")),
    "persona": ("change", ("add", "remove")),
    "figure": ("change", ()),
    "version": ("change", ("add", "remove")),
    "target": ("change", ()),
    "aim": ("whose, floor, ceiling", ()),
}


class CharterScreen(RecordScreen):
    """Dismissed with None, or ``aims`` to change the target and the aims."""

    KEYS = Keys(
        "The charter",
        Key("charter.change", "enter", "Change it; grant or withdraw a right", "open"),
        Key("charter.add", "a", "Add a role, a principle, a persona or an old version", "ask('add')", bar="add"),
        Key("charter.grant", "g", "Grant a right, or withdraw it", "ask('grant')", bar="rights"),
        Key(
            "charter.remove",
            "x,delete",
            "Remove a role, a principle, a persona or an old version",
            "ask('remove')",
            bar="remove",
        ),
        Key("charter.next", "tab", "Next section", "section(1)", bar="next section", show=False),
        Key("charter.before", "shift+tab", "Section before", "section(-1)", show=False),
        Key("charter.aims", "c", "Odds target and aims", "aims", bar="target and aims"),
        Key("charter.leave", "C", "Back to the board", "leave", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

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
        kind, own = row.kind if row is not None else "", self.KEYS.hints("add")
        if kind in _ACTS:
            enter, others = _ACTS[kind]
            own = (self.KEYS["change"].hint(enter), *self.KEYS.hints(*others))
        if kind == "right":
            own += (self.KEYS["add"].hint("add a role"),)
        base, aims = RecordScreen.KEYS, self.KEYS["aims"].hint()
        return (
            *own,
            base["why"].hint("what it is"),
            self.KEYS["next"].hint(),
            *base.hints("undo"),
            aims,
            *base.hints("leave"),
        )

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
