"""Who is here and where each of them looks, how long it takes, what is on the table, and who may decide it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from scenarios.rules.charter import right_words
from scenarios.rules.charter_words import roles_of
from store.records import Decision, Item, Request, State
from store.records.negotiation import Right
from store.sidecars.seats import Seat
from tui.dialogs.report import Report
from tui.flows.host import Host
from tui.session.figures import Figures
from tui.session.main_and_scenarios import elsewhere, named

#: So many requests that wait are named.
_AGENDA = 12


def show_who_is_here(board: Host, seats: Sequence[Seat]) -> None:
    """A list to read; the titles are looked up here, seats have ids only."""
    lines = [seat_words(seat, board.session.state) for seat in seats]
    lines += [
        f"{seat.name}: {named(path)}; {_ago(time.time() - seat.moved)}" for path, seat in elsewhere(board.session)
    ]
    lines = lines or ["Nobody else has this workspace open."]
    own = getattr(board.app, "seats", None)
    began = datetime.fromtimestamp(own.own.started).astimezone() if own is not None else None
    here = [board.session.workspace.actor, *(seat.name for seat in seats)]
    lines += meeting_lines(board.session.now, here, began, datetime.now().astimezone())
    board.app.push_screen(Report("Who is here, besides you", lines, "back"))


def meeting_lines(figures: Figures, here: Sequence[str], began: datetime | None, now: datetime) -> list[str]:
    """The clock of a meeting that ``began`` with this seat, its agenda, the roles with their rights, and the owners of
    the slices; who sits here by that name is marked."""
    state = figures.state
    present = {name.casefold() for name in here}

    def told(who: str) -> str:
        return f"{who} (here)" if who.casefold() in present else who or "nobody"

    lines, pace = ["", "THE CLOCK"], 0.0
    if began is not None:
        minutes = max(0, int((now - began).total_seconds() // 60))
        count = sum(each.at >= began for each in state.all(Decision).values())
        pace = minutes / count if count else 0.0
        decided = f"{count} decision{'s' * (count != 1)}" + (f", one in {pace:.0f} minutes" if pace >= 1 else "")
        lines.append(
            f"{minutes} minute{'s' * (minutes != 1)} since {began:%H:%M}, when this seat was taken; {decided}."
        )
    else:
        lines.append("No clock runs: this seat shares its workspace with nobody.")
    waits = figures.inbox
    lines += ["", f"ON THE TABLE  {len(waits)} request{'s' * (len(waits) != 1)} wait{'s' * (len(waits) == 1)}"]
    lines[-1] += f", {pace * len(waits):.0f} minutes at that pace" if waits and pace >= 1 else ""
    asked = {row.item_id: row.asked_by for row in state.all(Request).values()}
    for at, entry in enumerate(waits[:_AGENDA], 1):
        by = asked.get(entry.item.id)
        lines.append(f"{at}. {entry.item.title[:60]}{f', asked by {by}' if by else ''}")
    if len(waits) > _AGENDA:
        lines.append(f"and {len(waits) - _AGENDA} more")
    rights = list(state.each(Right))
    lines += ["", "WHO MAY DECIDE"]
    for role in roles_of(state):
        held = [right_words(state, row.kind, row.principle_id) for row in rights if row.role_id == role.id]
        lines.append(f"{role.name}, {told(role.who)}: {', '.join(held) or 'holds no right'}")
    lines += [] if roles_of(state) else ["The charter has no role yet."]
    owners = [f"{part.letter} {part.name}: {told(part.owner)}" for part in figures.slices]
    return [*lines, "", "OWNERS OF THE SLICES", *owners]


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
