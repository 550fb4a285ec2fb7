"""The exceptions that stand: looked at again, let stand or cleared, each as a decision that undo takes back."""

from __future__ import annotations

from scenarios.rules.charter import holders
from scenarios.verdict.exceptions import StandingException, none_words
from store.common.errors import Refused
from store.common.text import sentence
from tui.flows.host import Host
from tui.flows.plain_flow import ask_plain
from tui.forms.decisions import CLEAR, REVIEW


async def show_exceptions(board: Host) -> None:
    """List them, those due first; ``v`` reviews and ``x`` clears the one on the cursor, until Esc."""
    from tui.rules.exceptions_screen import Exceptions

    keep: int | None = None
    while True:
        rows = board.session.now.exceptions
        if not rows:
            board.tell(none_words(board.session.now.standing[0]))
            return
        answer = await board.app.push_screen_wait(Exceptions(board.session, keep))
        if answer is None:
            return
        what, keep = answer
        plain = REVIEW if what == "review" else CLEAR
        row = next((each for each in board.session.now.exceptions if each.terms.id == keep), None)
        if row is None:
            board.tell("It stands no longer.")
            continue
        first = {"by": _speaker(board, row), "because": row.over if what == "clear" else ""}
        try:
            command = await ask_plain(board, plain, lambda: board.session.now, keep, first)
        except Refused as error:
            board.tell(sentence(error), severity="warning")
            continue
        if command is None:
            continue
        board.commit(command, command.label)
        if board.refused:
            # What was typed is asked for again, on the list as it is now.
            return


def _speaker(board: Host, row: StandingException) -> str:
    """Who is thought to decide on an exception: who holds its right, else who spoke last."""
    held = holders(board.session.state, row.terms.right, row.terms.principle_id)
    return held[0].who if held else board.session.speaker
