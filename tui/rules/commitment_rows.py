"""What was promised as rows: first what is not in plan, then what is, what is done, and the room's own aims."""

from __future__ import annotations

from datetime import date

from scenarios.rules.commitments import GIVEN, Promise, parts_of
from store.records import State
from tui.widgets.keys import key_named
from tui.widgets.section_table import Cell, SectionRow


def commitment_rows(state: State, today: date) -> list[SectionRow]:
    """All of it; ``today`` tells which days are past."""
    rows: list[SectionRow] = []
    for heading, part in parts_of(state):
        if part:
            rows.append(SectionRow("heading", heading=f"{heading}   {len(part)}"))
            rows += [_row(each, today) for each in part]
    return rows or [
        SectionRow(
            "none",
            cells=(Cell(f"nothing was promised: {key_named('commitments.add')} says that something is", tone="muted"),),
        )
    ]


def _row(promise: Promise, today: date) -> SectionRow:
    made, item = promise.commitment, promise.item
    past, said = promise.past(today), promise.said(today)
    day = made.due.isoformat() if made.due else "no day"
    mark = " past" if past else " late" if promise.late else ""
    warns = promise.open or past
    cells = (
        Cell(item.title),
        Cell(made.who or ("the room" if made.kind == "aim" else "nobody named"), 20),
        Cell(day + mark, 15, "worse" if mark else "text"),
        Cell(made.kind, 11, "muted"),
        Cell(promise.where, 13, "muted", least=90),
    )
    title = promise.words if made.kind in GIVEN else f"The room's aim: “{item.title}”"
    return SectionRow("commitment", made.id, cells, title=title, said=said, warns=warns)
