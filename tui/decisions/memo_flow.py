"""The memos of a meeting: which account one is for, and writing one to a file."""

from __future__ import annotations

from scenarios.figures.names import customer_named
from store.common.errors import Refused
from store.records import Customer, Decision
from tui.decisions.meetings import HeldMeeting
from tui.decisions.memo_screen import Memo, MemoAsks, Shown
from tui.dialogs.form import Field, Form, Values
from tui.drawing.plain import clip
from tui.exports.report_flow import write_text
from tui.flows.host import Host

NOTHING = "Nothing was decided yet: there is no meeting to write a memo of."
#: So many customers are named.
_NAMED = 8


def show_memo(board: Host) -> None:
    """The memo of the last meeting, where there was one."""
    if not board.session.state.all(Decision):
        board.tell(NOTHING)
        return
    board.app.push_screen(Memo(board, MemoAsks(ask_account, write_memo)))


async def ask_account(board: Host, held: HeldMeeting | None, last: Customer | None) -> Customer | None:
    """The customer whom a memo is for; None where nobody was chosen."""
    state = board.session.state
    if not state.all(Customer):
        board.tell("There is no customer on record: >Acme in a request names one.")
        return None

    def check(values: Values) -> None:
        chosen(values)

    def chosen(values: Values) -> Customer:
        if not values["customer"].strip():
            raise Refused("Write a name.", "customer")
        return customer_named(state, values["customer"], "customer")

    concerned = held.concerned if held is not None else ()
    names = ", ".join(clip(each.name, 40) for each in concerned[:_NAMED])
    more = f" and {len(concerned) - _NAMED} more" if len(concerned) > _NAMED else ""
    about = f"What was decided concerns {names}{more}." if concerned else "What was decided concerns no customer."
    first = last.name if last is not None else concerned[0].name if concerned else ""
    values = await board.app.push_screen_wait(
        Form(
            "The memo for which account?",
            (Field("customer", "customer", first, "a part of the name that no other has is enough"),),
            about,
            check=check,
            follow=lambda values: f"for {clip(chosen(values).name, 60)}: nothing of other customers, and no money",
            enter="show it",
        )
    )
    return chosen(values) if values is not None else None


async def write_memo(board: Host, shown: Shown, kind: str) -> None:
    """Write a memo as ``markdown`` or ``html`` to a file whose name is asked."""
    held = shown.held
    if held is None:
        return
    pies = "" if shown.audience == "account" else ", the pies before and after in it"
    what = "Markdown" if kind == "markdown" else f"one web page{pies}"
    whom = shown.customer.name if shown.customer is not None else shown.audience

    def make() -> str:
        return shown.text if kind == "markdown" else held.page(shown.audience, shown.text)

    await write_text(board, f"Write the memo {shown.whom} as {what}", f"memo {whom} {shown.day}", kind, make)
