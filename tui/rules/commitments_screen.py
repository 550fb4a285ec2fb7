"""The commitments: what was promised to whom by when, first what is not in plan; one is made, one is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from scenarios.rules.commitments import KINDS
from scenarios.trade import changes
from store.records.negotiation import Commitment
from tui.rules.commitment_rows import commitment_rows
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow


class CommitmentsScreen(RecordScreen):
    """Dismissed with None, or the number of the item to go to on the board."""

    KEYS = Keys(
        "Commitments",
        Key("commitments.open", "enter", "To the item on the board", "open", bar="to it on the board"),
        Key("commitments.add", "a", "Commit to an item", "ask('add')", bar="commit to an item"),
        Key("commitments.remove", "x,delete", "Take it back, by a decision", "ask('take back')", bar="take it back"),
        Key("commitments.leave", "P", "Back to the board", "leave", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

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
        base = RecordScreen.KEYS
        if row is None or row.kind != "commitment":
            return (*self.KEYS.hints("add"), *base.hints("leave"))
        return (*self.KEYS.hints("add", "remove", "open"), *base.hints("undo", "leave"))

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
