"""What was promised as rows: first what is not in plan, then what is, what is done, and the room's own aims."""

from __future__ import annotations

from datetime import date

from scenarios.commitments import GIVEN, HOLDING, Promise, promises
from store.records import ItemState, State
from tui.widgets.section_table import Cell, SectionRow

WHERE: dict[ItemState, str] = {
    "inbox": "in the inbox",
    "plan": "in plan",
    "below": "good, not now",
    "declined": "declined",
    "done": "done",
}


def commitment_rows(state: State, today: date) -> list[SectionRow]:
    """All of it; ``today`` tells which days are past."""
    found = promises(state)
    given = [each for each in found if each.commitment.kind in GIVEN]
    parts = (
        ("PROMISED, NOT IN PLAN", [each for each in given if each.open]),
        ("PROMISED, IN PLAN", [each for each in given if each.item.state == "plan"]),
        ("PROMISED, DONE", [each for each in given if each.item.state == "done"]),
        ("AIMS OF THE ROOM, promised to nobody", [each for each in found if each.commitment.kind not in GIVEN]),
    )
    rows: list[SectionRow] = []
    for heading, part in parts:
        if part:
            rows.append(SectionRow("heading", heading=f"{heading}   {len(part)}"))
            rows += [_row(each, today) for each in part]
    return rows or [SectionRow("none", cells=(Cell("nothing was promised: a says that something is", tone="muted"),))]


def _row(promise: Promise, today: date) -> SectionRow:
    made, item = promise.commitment, promise.item
    past = promise.past(today)
    said = []
    if past:
        said.append(f"Its day is past: it was {made.due}, and it is {WHERE[item.state]}.")
    elif promise.late:
        said.append(f"Its day, {made.due}, comes before the quarter ends, and it is {WHERE[item.state]}.")
    elif promise.open:
        said.append(f"It is {WHERE[item.state]}: it stays on this list until it is in plan, or taken back.")
    if made.kind in HOLDING and item.state == "plan":
        said.append(f"A {made.kind} commitment holds it in plan: no trade takes it out.")
    said += [made.note] if made.note else []
    day = made.due.isoformat() if made.due else "no day"
    mark = " past" if past else " late" if promise.late else ""
    warns = promise.open or past
    cells = (
        Cell(item.title),
        Cell(made.who or ("the room" if made.kind == "aim" else "nobody named"), 20),
        Cell(day + mark, 15, "worse" if mark else "text"),
        Cell(made.kind, 11, "muted"),
        Cell(WHERE[item.state], 13, "muted", least=90),
    )
    title = promise.words if made.kind in GIVEN else f"The room's aim: “{item.title}”"
    return SectionRow("commitment", made.id, cells, title=title, said=tuple(said), warns=warns)
