"""Comparing the plan on the board with others: what with, taking one difference over, writing it to a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rich.cells import cell_len

from scenarios.compare import Difference, NothingToTakeError
from scenarios.compare import take_over as taken_over
from store.common.errors import Refused
from tui.compare.compare_screen import Compare, CompareWish
from tui.compare.sides import Sides, Source, name_of, read_ahead, sides_of, source_of, sources_of
from tui.dialogs.menu import Choice, Menu
from tui.drawing.plain import clip
from tui.flows.cover import SMALL, size_of, work_on
from tui.flows.host import Host
from tui.session.plans import Row
from tui.widgets.keys import key_named

READ_ONLY = "This seat is read only: nothing is taken over from here."
#: As many as fit beside the plan on the board.
_MOST = 2
#: Seconds after which the menu of plans is on screen: from then on there is time to read what may be chosen.
_AHEAD = 0.1


async def compare_plans(board: Host) -> None:
    """Ask what the plan on the board is to be compared with, and show both until the screen is left."""
    source = await _choose(board, "Compare the plan on the board with")
    if source is not None:
        await _show(board, (source,))


async def compare_with(board: Host, row: Row) -> bool:
    """Compare the plan on the board with a row of the list of plans; False where something is open on the board."""
    return await _show(board, (source_of(row),))


async def _show(
    board: Host, sources: Sequence[Source], keep: tuple[int, str] | None = None, *, everything: bool = False
) -> bool:
    """The screen, with other plans beside as they are asked for."""
    while True:
        sides = await _read(board, sources)
        if sides is None:
            return True
        board.compared = tuple(source.key for source in sources)
        ask: CompareWish | None = await board.app.push_screen_wait(
            Compare(board, sides, take_over, keep, everything=everything)
        )
        if ask is None:
            return True
        keep, everything = ask.keep, ask.everything
        if ask.what == "trade":
            _come_back(board, sources, ask)
            return False
        source = await _choose(board, "A plan beside these", sources)
        if source is not None:
            sources = (*sources[: _MOST - 1], source)


async def _read(board: Host, sources: Sequence[Source]) -> Sides | None:
    """The plans as they are now; None where one of them cannot be read, which is said, or it takes too long."""
    largest = max((source.path for source in sources if source.path), key=size_of, default=board.session.workspace.path)
    try:
        return await work_on(board, "Reading the plans …", largest, partial(sides_of, board.session, sources))
    except Refused as error:
        board.tell(str(error), severity="error")
        return None


def _come_back(board: Host, sources: Sequence[Source], ask: CompareWish) -> None:
    """Show the comparison again once the trade sheet is closed, whatever the room decided there."""
    session = board.session

    def back() -> None:
        if board.sheet.trade is not None:
            # It opened once more, on what somebody else changed.
            return
        board.after_trade = None
        if board.session is session:
            shown = _show(board, sources, ask.keep, everything=ask.everything)
            board.run_worker(shown, exclusive=True, group="flow")

    board.after_trade = back


# -------------------------------------------------- what with


async def _choose(board: Host, heading: str, beside: Sequence[Source] = ()) -> Source | None:
    """One of the plans that there are, without those that are shown; the last one compared is one press away."""
    shown = {source.key for source in beside}
    looking = partial(sources_of, board.session)
    found = await work_on(board, "Looking at the plans …", board.session.workspace.path, looking)
    if found is None:
        return None
    sources = {source.key: source for source in found if source.key not in shown}
    if not sources:
        stamps, saves = key_named("board.baseline"), key_named("board.scenarios")
        nothing = (
            f"There is nothing to compare with yet: {stamps} stamps a baseline, {saves} saves a snapshot or branches."
        )
        board.tell(nothing if not beside else "There is no other plan to stand beside these.")
        return None
    by_key: dict[str, Source] = {}
    last = next((sources[key] for key in board.compared if key in sources), None)
    if last is not None:
        by_key["d"] = last
    number = 0
    for source in sources.values():
        letter = {"baseline": "b", "main": "m"}.get(source.kind, "")
        if not letter:
            number += 1
            letter = str(number)
        by_key[letter] = source
    labels = {key: _label(key, source) for key, source in by_key.items()}
    # On one line of the menu, beside its key.
    room = min(92, board.size.width * 96 // 100) - 15 - max(map(cell_len, labels.values()))
    choices = [Choice(key, labels[key], clip(source.detail, max(0, room))) for key, source in by_key.items()]
    about = f"With the plan on the board ({name_of(board.session.state)}), told from the older to the newer."
    ahead = None
    if size_of(board.session.workspace.path) <= SMALL:
        reading = partial(read_ahead, board.session, list(by_key.values()))
        ahead = board.set_timer(_AHEAD, lambda: board.run_worker(reading, thread=True, group="ahead", exclusive=True))
    chosen = await board.app.push_screen_wait(Menu(heading, choices, about))
    if ahead is not None:
        ahead.stop()
    return by_key[chosen] if chosen is not None else None


def _label(key: str, source: Source) -> str:
    label = clip(source.label, 40)
    return f"once more: {label}" if key == "d" else label


# -------------------------------------------------- taking one over


def take_over(board: Host, difference: Difference, other: str) -> str:
    """Take one difference into the plan on the board, through the one door; what was done, in words.

    Empty where nothing was: then a sentence is on screen, or the trade sheet is open on the board.
    """
    session = board.session
    if session.workspace.read_only:
        board.tell(READ_ONLY, severity="warning")
        return ""
    try:
        proposal, notes = taken_over(session.state, difference, other)
    except NothingToTakeError as error:
        board.tell(f"There is nothing to take over: {error}.", severity="warning")
        return ""
    except Refused as error:
        board.tell(f"It cannot be taken over: {error}.", severity="warning")
        return ""
    words = proposal.title
    before, board.refused = session.state, ""
    board.propose(proposal, words)
    for note in notes:
        board.tell(note)
    return words if session.state is not before and not (board.failed or board.refused) else ""
