"""The request card: read, filled in section by section, and left; each section that is saved is one step to undo."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.trade.trials import trial_of
from store.records import Item
from tui.dialogs.form import Form, Values
from tui.flows.host import Host
from tui.flows.plain_flow import change_plain
from tui.flows.steps import Step
from tui.forms.accounts import DEAL
from tui.forms.card import FORMS, section_of
from tui.forms.looking_back import ESCALATION
from tui.forms.trials import PILOT
from tui.items.item_flow import size_item
from tui.plan_view.keys import BOARD
from tui.requests.card_screen import RequestCard


async def show_card(board: Host) -> None:
    """The card of what the conversation is about; enter fills in a section, e sizes it, f and w tell more of it."""
    talk = board.talk
    if talk is None or talk.item is None:
        board.tell(BOARD.said(board.app, "There is no request here: {add} adds one."))
        return
    item_id, section = talk.item, ""
    want = _left_open(talk.ahead)
    while item_id in board.session.state.all(Item):
        if not want:
            card = RequestCard(board.session, item_id, section, board.where)
            answer: str | None = await board.app.push_screen_wait(card)
            want = answer or ""
        what, _, section = want.partition(":")
        match what:
            case "edit":
                await _fill_in(board, item_id, section)
            case "size":
                section = "size"
                await size_item(board)
                if board.sheet.trade is not None:
                    return
            case "facts":
                from tui.requests.facts_flow import facts_of_item

                await facts_of_item(board, item_id)
            case "waits":
                from tui.requests.who_waits_flow import who_waits_for

                await who_waits_for(board, item_id)
            case "deal":
                section = "deal"
                await change_plain(board, DEAL, item_id)
            case "pilot":
                section = "sale"
                if trial_of(board.session.state, item_id) is None:
                    board.tell("No pilot and no proof of concept was agreed on for it: they are ways out of a trade.")
                else:
                    await change_plain(board, PILOT, item_id)
            case "escalated":
                await change_plain(board, ESCALATION, item_id)
            case _:
                return
        if board.refused:
            # The conversation begins again with what was typed.
            return
        want = ""
        talk.done.clear()


def _left_open(steps: Sequence[Step]) -> str:
    """What was being done when the conversation was refused or cut short; empty where that was nothing."""
    fields = [field for step in steps for field in step.typed]
    if any(step.dialog in ("SizeDialog", "HiddenRound") for step in steps) or any("size-" in each for each in fields):
        return "size"
    sections = [section for field in fields if (section := section_of(field))]
    return f"edit:{sections[0]}" if sections else ""


async def _fill_in(board: Host, item_id: int, section: str) -> None:
    form, state = FORMS[section], board.session.state

    def check(values: Values) -> None:
        form.read(state, item_id, values)

    title = f"{form.title}: “{state.all(Item)[item_id].title[:60]}”"
    values = await board.ask(Form(title, form.fields(state, item_id), form.about, check=check))
    if values is not None:
        # On the state that the form showed: what others changed since is refused by the store, and not overwritten.
        board.commit(form.read(state, item_id, values), keep=item_id)
