"""The month on screen: for executives or the board, and put on record as made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.month.month import Audience, month_of, report_made
from scenarios.reports.month_paper import month_paper
from scenarios.reports.paper import Paper
from scenarios.trade import changes
from tui.flows.host import Host
from tui.reports.reports_flow import show_paper

if TYPE_CHECKING:
    from tui.reports.paper_screen import PaperScreen


async def show_month(board: Host) -> None:
    """The month, until it is left; its keys turn to the other readers, and keep that it was made."""
    await _Talk(board).show()


class _Talk:
    """Whose report is shown."""

    def __init__(self, board: Host) -> None:
        self._board = board
        self._audience: Audience = "executives"

    async def show(self) -> None:
        await show_paper(self._board, "month", self._paper, {"readers": self._readers, "made": self._made})

    def _paper(self) -> Paper:
        now = self._board.session.now
        today = changes.now().astimezone().date()
        return month_paper(now.state, month_of(now.state, now.forecast, None, today, self._audience))

    async def _readers(self, screen: PaperScreen) -> None:
        """For the others."""
        self._audience = "board" if self._audience == "executives" else "executives"
        screen.work_out()

    async def _made(self, screen: PaperScreen) -> None:
        """Keep that it was made: the next one tells what changed since."""
        moment, now = changes.now(), self._board.session.now
        month = month_of(now.state, now.forecast, None, moment.astimezone().date(), self._audience)
        if screen.write(report_made(month, moment)) is not None:
            self._board.tell("It is recorded as made: the next one tells what changed since.")
