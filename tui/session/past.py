"""What the board showed at any entry of the journal: the plan, the mix and the odds as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.odds.finished_quarters import draws_of
from store.records import Origin, State
from tui.session.figures import Figures
from tui.session.session import Session

if TYPE_CHECKING:
    from scenarios.odds.draws import Draws


class Past:
    """Goes from one moment to the next; nothing of it writes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._near = session.state
        self._draws: Draws | None = None

    def figures(self, seq: int) -> Figures:
        """The figures as they were after an event, on the draws of that time; the odds are not built yet.

        Raises StoreError where the journal cannot be read, or was replaced.
        """
        session = self._session
        if seq == session.state.seq:
            return session.now
        self._near = session.workspace.at(seq, self._near)
        # Which workspace this is stays so, also before it branched off.
        state = State({**self._near.tables, Origin.table: session.state.all(Origin)}, seq)
        draws = draws_of(state, session.draws)
        if draws is not session.draws:
            # Before the last quarter was closed less was known; moments of one time share what they draw.
            draws = self._draws = draws_of(state, self._draws)
        return Figures(state, draws, session.now.forecast)
