"""The commitments: what was promised to whom by when, first what is not in plan; one is made, one is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from scenarios.rules.commitments import KINDS
from scenarios.trade import changes
from store.records.negotiation import Commitment
from tui.rules.commitment_rows import commitment_rows
from tui.rules.record_screen import RecordScreen
from tui.widgets.key_bar import Hint
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow


class CommitmentsScreen(RecordScreen):
    """Dismissed with None, or the number of the item to go to on the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "To the item on the board", id="commitments.open"),
        Binding("a", "ask('add')", "Commit to an item", id="commitments.add"),
        Binding("x,delete", "ask('take back')", "Take it back, by a decision", id="commitments.remove"),
        Binding("P", "leave", "Back to the board", show=False, id="commitments.leave"),
    ]

    def head(self) -> ComposeResult:
        """The heading."""
        yield ScreenHead()

    def show_head(self) -> None:
        """What it is, and how much is promised and not in plan."""
        count = self.board.session.now.promised_not_in_plan
        words = "soonest first; a promise goes only when it is kept or taken back"
        self.query_one(ScreenHead).show("COMMITMENTS", words, f"▲ {count} not in plan" if count else "")

    def rows(self) -> Sequence[SectionRow]:
        """Everything promised."""
        return commitment_rows(self.state, changes.now().astimezone().date())

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """What can be done with the row on the cursor."""
        add, back = Hint("a", "commit to an item", "ask('add')"), Hint("esc", "back", "leave")
        if row is None or row.kind != "commitment":
            return add, back
        open_, take = Hint("enter", "to it on the board", "open"), Hint("x", "take it back", "ask('take back')")
        return add, take, open_, Hint("u", "undo", "undo"), back

    def explain(self, row: SectionRow) -> None:
        """What each kind of commitment does."""
        from tui.dialogs.report import Report

        lines = [f"{kind}: {words}" for kind, words in KINDS.items()]
        self.app.push_screen(Report("Commitments", lines, "close"))

    def action_open(self) -> None:
        """To the item on the board."""
        row = self.row
        made = self.state.all(Commitment).get(row.id) if row is not None and row.kind == "commitment" else None
        if made is not None:
            self.dismiss(str(made.item_id))
