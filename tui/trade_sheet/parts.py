"""What a trade is shown with; made with the first one, since most starts come to none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.trade_sheet.candidates import CandidateHead, CandidateTable
from tui.trade_sheet.swap_table import SHORT, SwapHead, SwapTable
from tui.trade_sheet.trade_foot import TradeFoot
from tui.trade_sheet.trade_head import TradeHead

if TYPE_CHECKING:
    from scenarios.swaps import Criterion, Swap


class SheetParts:
    """What is asked, the swaps, the candidates, and what would leave does."""

    def __init__(self) -> None:
        self.head = TradeHead()
        self.swap_head = SwapHead()
        self.swaps = SwapTable()
        self.candidate_head = CandidateHead()
        self.table = CandidateTable()
        self.foot = TradeFoot()

    @property
    def widgets(self) -> Sequence[Widget]:
        """All of them, from the top."""
        return self.head, self.swap_head, self.swaps, self.candidate_head, self.table, self.foot

    def show_swaps(self, rows: Sequence[Swap], target: float, sorted_by: Criterion | None, says: str) -> None:
        """Show swaps, sorted by a criterion; ``says`` where there is none."""
        self.swaps.show(rows, target, sorted_by)
        self.swap_head.show(rows, f"swaps, by {SHORT[sorted_by]}" if rows and sorted_by else says)
