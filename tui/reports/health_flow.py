"""The health check from the board: shown, and asked, of one role or of all that have not answered."""

from __future__ import annotations

from scenarios.graded.health import ROLES, health_of
from scenarios.reports.health_paper import health_paper
from tui.flows.host import Host
from tui.forms.looking_back import HEALTH
from tui.reports.health_screen import HealthScreen
from tui.reports.reports_flow import show_paper

_FORM = HEALTH.only("score", "because")


async def show_health(board: Host) -> None:
    """The health check, until it is left."""
    asks = {"answer": _answer, "room": _room}
    await show_paper(board, "health", lambda: health_paper(board.session.state), asks, HealthScreen)


async def _answer(screen: HealthScreen) -> None:
    """Of the role on the cursor."""
    row = screen.row
    if row is not None and row.kind == "health":
        await screen.change_plain(_FORM, row.id)


async def _room(screen: HealthScreen) -> None:
    """Of each role that has not answered, until Esc: what was answered stays."""
    missing = [role for role in ROLES if role not in health_of(screen.state)[-1].answers]
    if not missing:
        screen.board.tell("All roles have answered this quarter: enter on one changes its answer.")
    for role in missing:
        if await screen.change_plain(_FORM, ROLES.index(role)) is None:
            return
