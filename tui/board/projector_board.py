"""The board of a seat that follows: it shows what the driver sees, and changes nothing."""

from __future__ import annotations

from typing import Any

from tui.board import keys
from tui.board.board import Board
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets.key_bar import KeyBar

READ_ONLY = "This seat follows and is read only: nothing is changed from here. {who} says who drives, {quit} leaves."


class FollowBoard(Board):
    """The board without a pen: each key that would write says so."""

    def _refused(self, *_: Any, **__: Any) -> None:
        self.tell(self.KEYS.said(self.app, READ_ONLY))

    action_cross = action_open = action_inbox = action_decline = action_settle = action_undo = _refused
    action_frontier = action_scenarios = _refused

    def _mend(self) -> None:
        """Who only looks writes nothing."""

    def action_flow(self, name: str) -> None:
        """What looks, or writes elsewhere than here."""
        if name in ("export", "charter", "one-offs", "commitments"):
            super().action_flow(name)
        else:
            self._refused()

    def action_rank(self, step: int) -> None:
        """Nothing moves from here."""
        self._refused()

    def on_trade_sheet_decided(self, message: TradeSheet.Decided) -> None:
        """Nobody decides here."""
        self._refused()

    def on_trade_sheet_left(self, message: TradeSheet.Left) -> None:
        """The sheet goes when the driver leaves it."""
        self._refused()

    def show_keys(self) -> None:
        """The few keys that look."""
        self.query_one(KeyBar).show(keys.FOLLOWING)
