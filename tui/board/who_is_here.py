"""Who is here, and where each of them looks."""

from __future__ import annotations

import time
from collections.abc import Sequence

from store.records import Item, State
from store.sidecars.seats import Seat
from tui.dialogs.report import Report
from tui.flows.host import Host
from tui.session.main_and_scenarios import elsewhere, named


def show_who_is_here(board: Host, seats: Sequence[Seat]) -> None:
    """A list to read; the titles are looked up here, seats have ids only."""
    lines = [seat_words(seat, board.session.state) for seat in seats]
    lines += [
        f"{seat.name}: {named(path)}; {_ago(time.time() - seat.moved)}" for path, seat in elsewhere(board.session)
    ]
    lines = lines or ["Nobody else has this workspace open."]
    board.app.push_screen(Report("Who is here, besides you", lines, "back"))


def seat_words(seat: Seat, state: State, now: float | None = None) -> str:
    """One seat in a line: who, where, and since when nothing moved there."""
    item_id = (seat.asked or {}).get("item", seat.cursor) if seat.where == "trade" else seat.cursor
    item = state.all(Item).get(item_id) if isinstance(item_id, int) else None
    on = f" “{item.title[:60]}”" if item else ""
    doing = {"quickadd": "writing a request", "sizedialog": "sizing", "hiddenround": "in a hidden round"}
    doing |= {"capacityscreen": "at people and capacity", "progressscreen": "telling progress"}
    doing |= {"mappingscreen": "importing a file", "conflictsscreen": "importing a file"}
    where = {"board": f"on the board, at{on}" if on else "on the board", "trade": f"in the trade sheet, on{on}"}
    words = where.get(seat.where, doing.get(seat.where, f"in the {seat.where}"))
    if seat.where == "trade":
        words += f", {len(seat.marks)} marked"
    follows = "" if seat.drives else " (follows, read only)"
    return f"{seat.name}{follows}: {words}; {_ago((now or time.time()) - seat.moved)}"


def _ago(seconds: float) -> str:
    if seconds < 10:
        return "moved just now"
    if seconds < 120:
        return f"moved {seconds:.0f} seconds ago"
    return f"moved {seconds / 60:.0f} minutes ago"
