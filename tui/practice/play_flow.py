"""Playing a case from the board: begun, gone on with, asked about, told, looked back at, and ended."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.figures.amounts import use_currency
from scenarios.practice.case import Case
from scenarios.practice.debrief import Debrief
from scenarios.practice.debrief_paper import MOMENT, QUOTE, debrief_paper
from scenarios.practice.parts import leader
from scenarios.practice.said_words import said_head
from scenarios.practice.script import ask_about
from scenarios.reports.paper import Paper
from scenarios.trade.changes import now
from store.common.errors import Refused, StoreError
from store.common.text import sentence
from store.records import Item
from store.records.practice import Said
from store.sidecars.plays import delete_play
from tui.dialogs.menu import Choice, Menu
from tui.dialogs.report import Report
from tui.flows.host import Host
from tui.flows.plain_flow import change_plain
from tui.forms.practice import TOLD
from tui.plan_view.keys import BOARD
from tui.practice.begin_dialog import ROOM, BeginDialog
from tui.practice.case_list import ListedCase, listed_cases, people_words
from tui.practice.cast import gone_words, leader_here, leads, own_briefs, reached
from tui.practice.debriefs import debrief_now, keep_debrief, kept_debriefs
from tui.practice.play import Play, begin, brief_lines, play_of, send, write
from tui.practice.supplied import last_questions
from tui.seats.open_plan import switch
from tui.widgets.keys import key_named

if TYPE_CHECKING:
    from tui.practice.debrief_screen import DebriefScreen


async def choose_case(board: Host) -> None:
    """The cases with time, people and difficulty; one is begun in a workspace of its own."""
    cases, faults = await asyncio.to_thread(listed_cases)
    for fault in faults:
        board.tell(fault, severity="warning")
    choices = [Choice("123456789abcdef"[at], one.case.title, _about_case(one)) for at, one in enumerate(cases[:15])]
    key = await board.ask(Menu("Which case?", choices, "Each in a workspace of its own: nothing touches yours."))
    one = next((each for each, choice in zip(cases, choices, strict=False) if choice.key == key), None)
    if one is None:
        return
    how = await board.ask(BeginDialog(one.case.title, _before(one.case)))
    if how:
        await _begin(board, one, facilitated=how == ROOM)


def _about_case(one: ListedCase) -> str:
    case, own = one.case, "" if one.file is None else " · yours"
    people = people_words(case).replace(" to ", "–")
    return f"{case.minutes} min · {people} · {case.difficulty}{own}"


def _before(case: Case) -> list[str]:
    role = case.role(case.player)
    lines = [*case.about.splitlines(), ""]
    if role is not None:
        lines += [f"You are {role.who}, {role.name}.", *brief_lines(role), ""]
    time = f"About {case.minutes} minutes; {people_words(case)} people; {case.difficulty}."
    return [
        *lines,
        time,
        f"What happens comes by the clock, or with {key_named('board.event')} when you are ready for it.",
    ]


async def _begin(board: Host, one: ListedCase, *, facilitated: bool) -> None:
    actor, currency = board.session.workspace.actor, board.session.state.workspace.currency
    try:
        home = board.session.workspace.path
        make = partial(begin, one.case, one.text, actor, home=home, facilitated=facilitated)
        database = await asyncio.to_thread(make)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return
    finally:
        use_currency(currency)
    if await switch(board, database):
        board.tell(f"This is the play of “{one.case.title}”: your own workspace stays as it is.")


async def next_event(board: Host) -> None:
    """Let the next event happen: the clock of the play shows it."""
    play = _play(board)
    if play is None:
        return
    event = play.script(board.session).next
    if play.state.ended:
        board.tell("This play has ended.")
    elif why := not_led(board, play):
        board.tell(why)
    elif event is None:
        script = play.script(board.session)
        end = f"The script is at its end: look at the debrief. {script.not_sent_words}".strip()
        board.tell("What is to come waits for a decision." if script.left else end)
    else:
        try:
            _, notes = send(board.session, play, event)
        except StoreError as error:
            board.tell(sentence(error) if isinstance(error, Refused) else str(error), severity="warning")
            return
        board.refresh_all()
        for note in notes:
            board.tell(note, severity="warning")


def _play(board: Host) -> Play | None:
    """The play on the board; where there is none, that is said."""
    try:
        play = play_of(board.session.workspace.path)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return None
    if play is None:
        board.tell(f"This is not a play of a practice case: {BOARD.of(board.app, 'reports')} has the cases.")
    return play


async def show_play(board: Host) -> None:
    """What there is to do in a play."""
    play = _play(board)
    if play is None:
        return
    others = bool(not_led(board, play))
    choices = [
        Choice("w", "what was said so far", "and your own brief"),
        Choice("n", "the next event", f"as with {key_named('board.event')}"),
        Choice("a", "ask what is known", "of the item on the cursor: evidence comes to who asks"),
        Choice("t", "tell somebody an answer", "sales, executives, the account"),
        Choice("d", "debrief", "how it was reasoned, from the log alone"),
        Choice("e", "end the play", "its debrief is kept; back to your own workspace"),
    ]
    if others:
        # What is to come, and when it has ended, is for whoever leads.
        hidden = "ne" if play.state.ended else "nde"
        choices = [choice for choice in choices if choice.key not in hidden]
    minutes = play.state.elapsed / 60
    about = f"{play.case.title}: {minutes:.0f} of about {play.case.minutes} minutes"
    if play.state.facilitated and not leader_here(board):
        about = f"{play.case.title}. {gone_words(board)}"
    key = await board.ask(Menu("The play", choices, about))
    subject = board.subject.item.id if board.subject is not None else None
    if key == "w":
        await board.ask(Report(play.case.title, _so_far(board, play), "done", "back"))
    elif key == "n":
        await next_event(board)
    elif key == "a":
        await _ask(board, play, subject)
    elif key == "t":
        await tell_about(board, subject)
    elif key == "d":
        await show_debrief(board)
    elif key == "e":
        await _end(board, play)


def _so_far(board: Host, play: Play) -> list[str]:
    own = own_briefs(board, play)
    lines = [*play.case.about.splitlines(), "", *own, *([""] if own else [])]
    items = board.session.state.all(Item)
    rows = list(board.session.state.each(Said))
    for row in rows:
        lines.append(f"{row.at.astimezone():%H:%M} {said_head(row, items.get(row.item_id or 0))}")
        lines += [f"  {line}" for line in row.words.splitlines()]
    return lines if rows else [*lines, "Nobody has said anything yet."]


async def _ask(board: Host, play: Play, item_id: int | None) -> None:
    if item_id is None:
        board.tell("Go to the item first, or to the request.")
        return
    who = board.session.speaker or board.session.workspace.actor
    try:
        _, notes = write(board.session, ask_about(play.script(board.session), item_id, who, now()))
    except StoreError as error:
        board.tell(str(error), severity="warning")
        return
    board.refresh_all()
    for note in notes:
        board.tell(note)


async def tell_about(board: Host, item_id: int | None) -> None:
    """Keep what somebody was told, about an item."""
    await change_plain(board, TOLD, item_id)


def not_led(board: Host, play: Play) -> str:
    """Why what is to come is not for this seat to say; empty where it plays alone, or leads."""
    if not play.state.facilitated or leads(board, play):
        return ""
    if leader_here(board):
        return f"{leader(board.session.state)} leads this play, and lets come what is to come."
    return f"{gone_words(board)} {reached(board)} l takes the lead."


async def show_debrief(board: Host) -> None:
    """The debrief, until it is left; enter goes to the moment that a line quotes."""
    from tui.decisions.log_screen import History
    from tui.practice.debrief_screen import DebriefScreen
    from tui.reports.reports_flow import show_paper

    play = _play(board)
    if play is None:
        return
    if not play.state.ended and (why := not_led(board, play)):
        board.tell(why)
        return

    shown: list[Debrief] = []

    def make() -> Paper:
        debrief = debrief_now(board.session, play)
        shown[:] = [debrief]
        over = play.over(board.session)
        return debrief_paper(debrief, play.case, kept_debriefs(play), last_questions(), over=over)

    async def moment(screen: DebriefScreen) -> None:
        row = screen.row
        event = shown[0].lines[row.id].event if row is not None and row.kind in (MOMENT, QUOTE) else None
        if event is None:
            board.tell("Go to a line that quotes a moment first.")
        else:
            await screen.app.push_screen(History(board.session, board.where, at=event))

    await show_paper(board, "debrief", make, {"moment": moment}, DebriefScreen)


async def _end(board: Host, play: Play) -> None:
    choices = (
        Choice("k", "keep the play", f"in {play.database.parent}"),
        Choice("x", "delete it", "its debrief is kept"),
    )
    key = await board.ask(Menu("End the play", choices, "Its debrief is kept for the next play to be compared with."))
    if key is None:
        return
    try:
        keep_debrief(board.session, play)
        play.changed(ended=True)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return
    left = await _home(board, Path(play.state.home)) if play.state.home else False
    if left and key == "x":
        try:
            await asyncio.to_thread(delete_play, play.database)
        except StoreError as error:
            board.tell(str(error), severity="error")
            return
    where = "deleted" if left and key == "x" else f"kept in {play.database.parent}"
    board.tell(f"The play has ended; it is {where}. The debrief is kept.")


async def _home(board: Host, home: Path) -> bool:
    """Back to the workspace from which the play was begun, where it is still there."""
    if not home.exists() or home == board.session.workspace.path:
        return False
    return await switch(board, home)
