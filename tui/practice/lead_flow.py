"""Leading a play: the script on screen, and what its keys do; taking the lead where nobody has it."""

from __future__ import annotations

from functools import partial

from scenarios.practice.parts import leader, take_lead
from store.common.errors import Refused, StaleError, StoreError
from store.common.text import sentence
from tui.dialogs.menu import Choice, Menu
from tui.dialogs.report import Report
from tui.flows.host import Host
from tui.forms.practice import WRITTEN
from tui.practice.cast import leader_here, leads
from tui.practice.lead_rows import EVENT, QUESTION
from tui.practice.lead_screen import LeadScreen
from tui.practice.play import Play, send
from tui.practice.play_clock import PlayClock, clock_on
from tui.practice.supplied import supplied_deck
from tui.rules.record_screen import READ_ONLY, Asks


async def lead_play(board: Host, play: Play) -> None:
    """The script, for whoever leads; where they are gone, another may take the lead."""
    if board.session.workspace.read_only:
        board.tell(READ_ONLY, severity="warning")
        return
    if not leads(board, play):
        if leader_here(board):
            board.tell(f"{leader(board.session.state)} leads this play: once they leave, another may take the lead.")
            return
        about = "You see all that is to come from then on. A role that you play stays yours."
        if await board.ask(Menu("Take the lead?", (Choice("t", "take the lead"),), about)) != "t":
            return
        if not await _take(board):
            return
        if (clock := clock_on(board)) is not None:
            # It stood while nobody led; whoever leads now lets it run.
            clock.change(paused=True)
    await show_script(board)


async def _take(board: Host) -> bool:
    session = board.session
    command = take_lead(session.state, session.workspace.actor)
    if command.empty:
        return True
    try:
        session.commit(command, seen=session.state.seq)
    except StaleError:
        board.look_for_news()
        board.tell(f"{leader(session.state)} leads this play: somebody was quicker.", severity="warning")
        return False
    except StoreError as error:
        board.tell(str(error), severity="error")
        return False
    board.refresh_all()
    return True


async def show_script(board: Host) -> None:
    """The script, until it is left."""
    clock = clock_on(board)
    if clock is None:
        return
    doing = {
        "send": _send,
        "hold": _hold,
        "skip": _skip,
        "write": _write,
        "clock": _turn,
        "deck": _deck,
        "close": _close,
        "note": _note,
    }
    asks: dict[str, Asks] = {name: partial(_kept, clock, do) for name, do in doing.items()}
    clock.script = LeadScreen(clock, asks)
    try:
        await board.app.push_screen_wait(clock.script)
    finally:
        clock.script = None


async def _kept(clock: PlayClock, do: Asks, screen: LeadScreen) -> None:
    """Do what a key asks for; a refusal is said, and loses nothing."""
    try:
        await do(screen)
    except Refused as error:
        screen.board.tell(sentence(error), severity="warning")
    except StoreError as error:
        screen.board.look_for_news()
        screen.board.tell(str(error), severity="warning")
    screen.show()


# ------------------------------------------------------------------ events


def _event(screen: LeadScreen) -> str:
    """The key of the event on the cursor. Raises Refused where there is none."""
    row = screen.row
    if row is None or row.kind != EVENT:
        raise Refused("go to an event that is to come first")
    return screen.clock.play.case.events[row.id].key


async def _send(screen: LeadScreen) -> None:
    row, clock, board = screen.row, screen.clock, screen.board
    if row is not None and row.kind == QUESTION:
        _show_question(clock, row.id)
        return
    if clock.play.state.ended:
        raise Refused("this play has ended")
    key = _event(screen)
    event = next(event for event in clock.play.case.events if event.key == key)
    _, notes = send(board.session, clock.play, event)
    state = clock.play.state
    if key in state.held or key in state.skipped:
        clock.change(**_without(clock, key))
    board.refresh_all()
    for note in notes:
        board.tell(note, severity="warning")


def _without(clock: PlayClock, key: str) -> dict[str, tuple[str, ...]]:
    """The state without an event among those that are held or skipped; that it was held stays known."""
    state = clock.play.state
    return {
        "held": tuple(each for each in state.held if each != key),
        "let_go": (*state.let_go, key) if key in state.held and key not in state.let_go else state.let_go,
        "skipped": tuple(each for each in state.skipped if each != key),
    }


async def _hold(screen: LeadScreen) -> None:
    key, clock = _event(screen), screen.clock
    held = key in clock.play.state.held
    changed = _without(clock, key)
    clock.change(**changed if held else {**changed, "held": (*changed["held"], key)})


async def _skip(screen: LeadScreen) -> None:
    key, clock = _event(screen), screen.clock
    skipped = key in clock.play.state.skipped
    changed = _without(clock, key)
    clock.change(**changed if skipped else {**changed, "skipped": (*changed["skipped"], key)})


async def _write(screen: LeadScreen) -> None:
    if screen.clock.play.state.ended:
        raise Refused("this play has ended")
    await screen.change_plain(WRITTEN)


async def _turn(screen: LeadScreen) -> None:
    screen.clock.change(paused=not screen.clock.play.state.paused)


# ------------------------------------------------------------------ the deck, and what the case is about


def _show_question(clock: PlayClock, number: int | None) -> None:
    asked = clock.play.state.asked
    new = number is not None and number not in asked
    clock.change(question=number, asked=(*asked, number) if new else asked)


async def _deck(screen: LeadScreen) -> None:
    """The one after that on screen, else after the last that was asked; the first after the last."""
    state = screen.clock.play.state
    last = state.question if state.question is not None else state.asked[-1] if state.asked else -1
    _show_question(screen.clock, (last + 1) % len(supplied_deck().questions))


async def _close(screen: LeadScreen) -> None:
    if screen.clock.play.state.question is None:
        raise Refused("no question is at the seats")
    _show_question(screen.clock, None)


async def _note(screen: LeadScreen) -> None:
    case = screen.clock.play.case
    lines = [*case.note.splitlines(), "", "ENDS THAT CAN BE DEFENDED"]
    for end in case.ends:
        lines += [f"{end.name}:", f"    {' '.join(end.why.split())}"]
    if case.look_at:
        lines += ["", "TO LOOK AT, AND TO TALK ABOUT AFTERWARDS"]
        lines += [f"    {' '.join(look.question.split())}" for look in case.look_at]
    await screen.app.push_screen_wait(Report(f"{case.title}: for whoever leads", lines, "done", "back"))
