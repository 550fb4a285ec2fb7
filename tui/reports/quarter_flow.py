"""The quarter graded from the board: the last finished one first, its neighbours by a key."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.decisions.log import lines_of
from scenarios.decisions.log_words import in_full
from scenarios.graded.rows import QuarterToGrade, quarters_on_record, rows_until
from scenarios.reports.paper import Paper
from scenarios.reports.quarter_paper import quarter_paper
from scenarios.trade import changes
from store.records import Decision, Outcome, State
from tui.dialogs.report import Report
from tui.flows.host import Host
from tui.forms.outcomes import ADOPTED, CAME, REVIEW_DECISION
from tui.forms.plain_change import PlainChange
from tui.quarter.close_flow import close_present_quarter
from tui.reports.paper_screen import PaperScreen
from tui.reports.quarter_screen import QuarterScreen
from tui.reports.reports_flow import show_paper

_NONE = (
    "No quarter is finished yet. Closing one, or import-history with columns for a look-back (docs/reports.md), makes "
    "a record to grade."
)


async def close_and_look_back(board: Host) -> None:
    """Close the present quarter, and show it graded."""
    if await close_present_quarter(board):
        await show_quarter(board)


class _Shown:
    """Which of the quarters is shown, the last one until somebody turns to another."""

    def __init__(self) -> None:
        self.number: int | None = None

    def among(self, quarters: Sequence[QuarterToGrade]) -> int:
        """Its place among those there are."""
        at = next((at for at, one in enumerate(quarters) if one.number == self.number), None)
        return len(quarters) - 1 if at is None else at


async def show_quarter(board: Host) -> None:
    """The last finished quarter, graded."""
    if not quarters_on_record(board.session.state):
        board.tell(_NONE)
        return
    shown = _Shown()

    def make() -> Paper:
        quarters = quarters_on_record(board.session.state)
        if not quarters:
            return Paper("The quarter graded", _NONE)
        today = changes.now().astimezone().date()
        return quarter_paper(board.session.state, quarters[shown.among(quarters)], today)

    async def turn(screen: PaperScreen, by: int) -> None:
        quarters = quarters_on_record(board.session.state)
        at = shown.among(quarters) + by
        if not 0 <= at < len(quarters):
            board.tell(f"There is no finished quarter {'before' if by < 0 else 'after'} it on record.")
            return
        shown.number = quarters[at].number
        screen.work_out_again()

    asks = {
        "open": _open,
        "tell": lambda screen: _tell(screen, CAME),
        "adopted": lambda screen: _tell(screen, ADOPTED),
        "review": _review,
        "earlier": lambda screen: turn(screen, -1),
        "later": lambda screen: turn(screen, 1),
    }
    await show_paper(board, "quarter", make, asks, QuarterScreen)


async def _open(screen: QuarterScreen) -> None:
    """The decision that let the item on the cursor in, or that waits for a review."""
    row, state = screen.row, screen.state
    if row is None or row.kind not in ("outcome", "review"):
        screen.board.tell("Go to an item, or to a decision: enter tells all that is on record of how it was let in.")
        return
    decision = state.all(Decision).get(row.id) if row.kind == "review" else _let_in(state, row.id)
    if decision is None:
        screen.board.tell("No decision is on record that let it in.")
        return
    (line,) = lines_of(state, [decision])
    lines = [f"{name}: {words}" for name, words in in_full(line, state)]
    await screen.ask(Report(f"{decision.at:%Y-%m-%d}: {decision.title}", lines, "done"))


def _let_in(state: State, outcome_id: int) -> Decision | None:
    outcome = state.all(Outcome)[outcome_id]
    rows = rows_until(state, outcome.number)
    return next((row.decision for row in rows if row.outcome.id == outcome_id), None)


async def _tell(screen: PaperScreen, what: PlainChange) -> None:
    row = screen.row
    if row is None or row.kind != "outcome":
        screen.board.tell("Go to a finished item first.")
        return
    if screen.state.all(Outcome)[row.id].became != "done":
        screen.board.tell("It was not done: nobody can use it yet.")
        return
    await screen.change_plain(what, row.id)


async def _review(screen: QuarterScreen) -> None:
    row = screen.row
    if row is None or row.kind != "review":
        screen.board.tell("Go to a decision whose review day has come first.")
        return
    await screen.change_plain(REVIEW_DECISION, row.id)
