"""Making a commitment, and taking one back by a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.records.negotiation import Commitment
from tui.flows.host import Host
from tui.forms.commitments import MAKE, TAKE_BACK
from tui.rules.record_screen import Asks
from tui.widgets.keys import key_named

if TYPE_CHECKING:
    from tui.rules.commitments_screen import CommitmentsScreen


async def show_commitments(board: Host) -> None:
    """The commitments, until they are left for the board or for one of their items."""
    from tui.rules.commitments_screen import CommitmentsScreen

    item = await board.ask(CommitmentsScreen(board, ASKS))
    if item is not None and not board.go_to(int(item)):
        board.tell(f"It is not on the board: {key_named('board.search')} with is:declined or is:done may find it.")


async def ask_add(screen: CommitmentsScreen) -> None:
    """An item is promised: by default the one on the board's cursor."""
    subject = screen.board.subject
    applied = await screen.change_plain(MAKE, subject.item.id if subject is not None else None)
    if applied is not None:
        made = next(change.id for change in applied.changes if change.table == Commitment.table)
        screen.show(f"commitment {made}")


async def ask_take_back(screen: CommitmentsScreen) -> None:
    """A commitment ends without being kept: who says so, and why."""
    row = screen.row
    if row is None or row.kind != "commitment":
        screen.board.tell("There is nothing to take back here.")
        return
    await screen.change_plain(TAKE_BACK, row.id)


ASKS: dict[str, Asks] = {"add": ask_add, "take back": ask_take_back}
