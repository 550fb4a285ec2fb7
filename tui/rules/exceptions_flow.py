"""The exceptions that stand: looked at again, let stand or cleared, each as a decision that undo takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.figures.readers import day_in
from scenarios.rules.charter import holders
from scenarios.trade.changes import Said
from scenarios.verdict.exceptions import Standing, none_words
from scenarios.verdict.signatures import clear, review
from store.records.errors import Refused
from tui.dialogs.form import Field, Form, Values

if TYPE_CHECKING:
    from store.records import Command
    from tui.flows.host import Host


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
        row = next((each for each in board.session.now.exceptions if each.terms.id == keep), None)
        if row is None:
            board.tell("It stands no longer.")
            continue
        values = await board.ask(_form(board, row, what))
        if values is None:
            continue
        try:
            command = _command(board, row, what, values)
        except Refused as error:
            board.tell(f"{error}.", severity="warning")
            continue
        board.commit(command, command.label)
        if board.refused:
            # What was typed is asked for again, on the list as it is now.
            return


def _command(board: Host, row: Standing, what: str, values: Values) -> Command:
    state, before = board.session.state, board.session.now.forecast
    said = Said(values["by"].strip(), values["because"].strip())
    if what == "clear":
        return clear(state, row.terms, said, before)
    return review(state, row.terms, said, before, day_in(values, "review"), values["conditions"].strip())


def _form(board: Host, row: Standing, what: str) -> Form:
    held = holders(board.session.state, row.terms.right, row.terms.principle_id)
    by = held[0].who if held else str(getattr(board.app, "speaker", ""))
    fields = [
        Field("by", "decided by", by, "a name"),
        Field("because", "because", "", "what was found when it was looked at again"),
    ]
    if what == "review":
        fields += [
            Field("review", "next review", "", "a day, as 2027-03-31; empty where it is not looked at again"),
            Field("conditions", "conditions", row.terms.conditions, "what it hangs on from now on"),
        ]

    def check(values: Values) -> None:
        for name, word in (("by", "a name"), ("because", "a reason")):
            if not values[name].strip():
                raise Refused(f"That takes {word}: it is a decision like any other.", name)
        if what == "review":
            day_in(values, "review")

    if what == "review":
        return Form("Review: it stands on", fields, row.words, check=check, enter="record the review")
    after = "A plan that is still below its target is then an open shortfall."
    about = f"{row.words}. {after}" if row.terms.right == "under target" else row.words
    return Form("Clear: it stands no longer", fields, about, check=check, enter="clear it")
