"""The trade: from what is asked to the trade sheet, and from the room's decision to one journaled step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from scenarios.plan.departures import Leaving, number_of
from scenarios.plan.plan import entry_of
from scenarios.trade import changes
from scenarios.trade.decision import Verdict
from scenarios.trade.door import Proposal, Trade
from scenarios.trade.proposals import propose_item
from scenarios.verdict.settlement import Question, RoomDecision
from scenarios.verdict.signatures import NeededSignature
from store.common.errors import Refused, StaleError
from store.common.text import capital
from store.records import Item
from tui.flows.host import Host
from tui.trade_sheet.candidates import NO_WAYS
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets.keys import key_named
from tui.widgets.one_frame import set_class_alone

if TYPE_CHECKING:
    from scenarios.requests.ways_out import Way


def propose(board: Host, proposal: Proposal, said: str = "") -> None:
    """The one door: what fits goes in at once, what does not opens the trade sheet."""
    trade = fresh_trade(board, proposal)
    if trade is None:
        return
    question = Question.of(trade)
    if question.step == "write":
        settle_trade(board, question, RoomDecision(Verdict("", "", changes.now())), said)
    else:
        open_sheet(board, trade, question=question)


def fresh_trade(board: Host, proposal: Proposal) -> Trade | None:
    """What is asked, on the present plan; None where somebody changed what it is about meanwhile, which is said."""
    try:
        board.session.require_fresh(proposal.command)
    except StaleError as error:
        board.refuse(error)
        return None
    return Trade.of(board.session.state, proposal, board.session.now.forecast)


def open_sheet(
    board: Host,
    trade: Trade,
    marks: Sequence[Leaving] = (),
    typed: Mapping[str, str] | None = None,
    question: Question | None = None,
) -> None:
    """Show the trade sheet in the plan's place, with nothing marked but these, and look for the best swaps.

    ``typed`` is what was said of the verdict already. What fits needs no swap: it takes a signature, which is asked.
    ``question`` is the trade without marks as it was put already.
    """
    board.beneath = ""
    set_class_alone(board.query_one("#list"), True, "-away")
    board.sheet.open(board.session.now, trade, marks)
    if typed is not None:
        board.sheet.verdict.fill(typed)
    board.swapping.start(trade)
    if trade.fits:
        question = question or Question.of(trade)
        if question.step == "sign":
            board.sheet.ask(question)
    board.show_keys()


def close_sheet(board: Host) -> None:
    """Back to the plan."""
    board.beneath = ""
    board.swapping.cancel()
    board.sheet.close()
    set_class_alone(board.query_one("#list"), False, "-away")
    # At once: the plan is painted as it is with the focus, and not a second time.
    board.set_focus(board.plan)
    if board.after_trade is not None:
        # Later: what was decided is written first.
        board.call_later(board.after_trade)


def settle_trade(board: Host, question: Question, decision: RoomDecision, said: str = "") -> None:
    """Write what was decided. Refused because of somebody else's change, the sheet opens again with its marks and with
    what was typed."""
    was_open, trade, out = board.sheet.trade is not None, question.trade, question.out
    try:
        command = question.settle(decision, board.swapping.rows if was_open else ())
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    typed = dict(board.sheet.verdict.typed) if was_open else {}
    board.show_taken()
    close_sheet(board)
    words = said or trade.proposal.command.label
    if out:
        words += f", {len(out)} out"
    board.commit(command, words, trade.proposal.item_id)
    if board.refused and was_open:
        marks = [number_of(each) for each in out]
        open_again(board, trade, marks, typed, decision.ways)


def open_again(
    board: Host, trade: Trade, marks: Sequence[int], typed: Mapping[str, str], ways: Mapping[int, Way] = NO_WAYS
) -> None:
    """The trade sheet on the plan as it is now, with the marks, ways out and words that it had."""
    try:
        again, ways = on_the_present_plan(board, trade, ways)
    except Refused as error:
        board.tell(f"{capital(str(error))}: there is nothing to trade.", severity="warning")
        return
    reopen(board, again, marks, ways, typed)


def reopen(
    board: Host, trade: Trade, marks: Sequence[int], ways: Mapping[int, Way], typed: Mapping[str, str] | None = None
) -> None:
    """The trade sheet with these marks, by number, ways out and words of the verdict."""
    open_sheet(board, trade, typed=typed)
    board.sheet.renew(board.session.now, trade, marks, ways)
    if board.sheet.deciding and (marks or ways):
        # What fits by what was chosen is looked at first; then enter asks.
        board.sheet.action_back()


def on_the_present_plan(board: Host, trade: Trade, ways: Mapping[int, Way]) -> tuple[Trade, Mapping[int, Way]]:
    """The same trade on the present state, and its ways out; one that what asks in cannot take any more is said, and it
    is asked whole. Raises Refused where it cannot be asked any more."""
    from scenarios.requests.ways_resumption import asked_again, way_of

    session = board.session
    try:
        proposal = asked_again(trade.proposal, trade.state, session.state, ways)
    except Refused as error:
        if way_of(trade.proposal, ways) is None or trade.proposal.item_id not in session.state.all(Item):
            raise
        ways = {item_id: way for item_id, way in ways.items() if item_id != trade.proposal.item_id}
        proposal = propose_item(session.state, trade.proposal.item_id or 0)
        board.tell(f"{trade.proposal.title} cannot be any more, it is asked whole: {error}.", severity="warning")
    return Trade.of(session.state, proposal, session.now.forecast), ways


def renew_sheet(board: Host, words: str) -> None:
    """The plan changed beneath the open sheet: show the trade on it, marks, cursor and typed words as they were.

    The keys stay where they are: somebody who types a reason must not find that letters do something else now. What
    was decided before the change is not written; it takes a look and one more enter (:func:`decided`).
    """
    trade = board.sheet.trade
    if trade is None:
        return
    board.beneath = f"The plan changed meanwhile: {words}"
    # What cannot be asked any more goes when the room leaves it, with a sentence: see `decided` and `left`.
    with suppress(Refused):
        again, ways = on_the_present_plan(board, trade, board.sheet.ways)
        board.sheet.renew(board.session.now, again, ways=ways)
        board.swapping.start(again)
    if board.sheet.deciding:
        board.sheet.verdict.say(f"{board.beneath}. {key_named('trade.confirm')} goes back to look.")
    else:
        board.beneath = "" if board.sheet.trade is not trade else board.beneath
    board.tell(f"The plan changed meanwhile: {words}", severity="warning")


def decided(board: Host, message: TradeSheet.Decided) -> None:
    """Settle it, if the room decided on the plan as it is now; else back to the marks, with who changed what."""
    # What was written a moment ago, and is not on screen yet.
    board.look_for_news()
    if board.beneath:
        words = board.beneath
        if gone(board, message.question.trade):
            return
        board.beneath = ""
        board.sheet.action_back()
        board.tell(
            f"{words}. Nothing was recorded: look at the marks again, then {key_named('trade.confirm')}.",
            severity="warning",
        )
        return
    settle_trade(board, message.question, message.decision)


def gone(board: Host, trade: Trade) -> bool:
    """Whether what is asked cannot be asked any more; then the sheet closes and says so."""
    try:
        on_the_present_plan(board, trade, NO_WAYS)
    except Refused as error:
        words = f"{board.beneath}. " if board.beneath else ""
        close_sheet(board)
        board.refresh_all()
        board.tell(f"{words}{capital(str(error))}.", severity="warning")
        return True
    return False


def left(board: Host, message: TradeSheet.Left) -> None:
    """Another way out."""
    trade = message.trade
    board.look_for_news()
    if message.way != "back" and gone(board, trade):
        return
    if message.way == "decline":
        board.converse("decline", trade.proposal.item_id)
        return
    present = board.sheet.trade or trade
    if message.way == "open" and (unsigned := must_sign(present)):
        board.tell(
            f"That cannot be left open: {unsigned[0].words}. {key_named('trade.confirm')} asks for the signature.",
            severity="warning",
        )
        return
    close_sheet(board)
    if message.way == "open":
        board.commit(present.proposal.command, f"{present.proposal.title}, left open")
    elif message.way == "below" and trade.proposal.item_id is not None:
        defer(board, trade.proposal.item_id)
    else:
        board.refresh_all()


def must_sign(trade: Trade) -> list[NeededSignature]:
    """What has to be signed for whatever becomes of the odds: only a shortfall can be left open."""
    return [need for need in Question.of(trade).needed if need.right != "under target"]


def defer(board: Host, item_id: int) -> None:
    """Below the line: good, not now."""
    entry = entry_of(board.session.state, item_id)
    if entry.item.state != "below":
        board.commit(changes.defer(board.session.state, entry, board.session.now.forecast), keep=item_id)
    else:
        board.refresh_all(item_id)
        board.tell(f"“{entry.item.title}” stays below the line.")


async def decline_request(board: Host) -> None:
    """Decline what the conversation is about, with a reason."""
    from tui.flows.plain_flow import ask_plain
    from tui.forms.decisions import DECLINE

    now, item_id = board.session.now, board.talk.item if board.talk else None
    if item_id is None or item_id not in now.state.all(Item):
        return
    # As it is stored: the trade sheet knows it as it would be, in plan.
    command = await ask_plain(board, DECLINE, lambda: now, item_id)
    if command is None:
        return
    if board.sheet.trade is not None:
        close_sheet(board)
    board.commit(command)
    board.after_inbox()
