"""Main, its scenarios, and the snapshots, one row each; each key is about the row on the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.strip import Strip

from tui.dialogs.dialog import Page
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.words import odds_percent
from tui.session.figures import Figures
from tui.session.plans import Plans, Row
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Key, Keys
from tui.widgets.row_table import RowTable

_WORD = {"main": "", "scenario": "scenario", "snapshot": "snapshot"}
#: What can be done with each kind of row, and the word for opening it.
_ACTS = {
    "main": ("to it", ("branch", "save", "compare")),
    "scenario": ("open", ("make", "compare", "close", "save")),
    "snapshot": ("look", ("restore", "branch", "compare", "export", "save")),
}


@dataclass(frozen=True)
class Act:
    """What is to be done, and with which row."""

    what: str
    row: Row


class PlansHead(Canvas):
    """The heading of the list."""

    DEFAULT_CSS = "PlansHead { height: 1; width: 1fr; margin-top: 1; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen = self.palette
        left = [(" PLANS", pen.style(bold=True)), ("  the plan, its scenarios and snapshots", pen.style("muted"))]
        return [spread(left, [("odds ", pen.style("muted"))], width, pen.style())]


class PlansTable(RowTable):
    """One row a plan."""

    DEFAULT_CSS = "PlansTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="plans")
        self.rows: tuple[Row, ...] = ()
        #: odds by the key of a row, as they are worked out; None where they cannot be
        self.odds: dict[tuple[str, str], float | None] = {}

    def row_count(self) -> int:
        """One row a plan."""
        return len(self.rows)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """Which, what, when, who, and its odds."""
        pen, one = colours.of(self.app), self.rows[row]
        back = "cursor" if on_cursor else "panel"
        quiet = one.state in ("taken", "closed") or bool(one.trouble)
        muted, tone = (
            pen.style("muted", back),
            pen.style("muted" if quiet else "text", back, bold=on_cursor or one.here),
        )
        odds = self.odds.get(one.key)
        known = one.key in self.odds
        tail = odds_percent(odds) if odds is not None else "—" if known else "…"
        narrow = width < 100
        text = Line().add("▌" if on_cursor else " ", pen.style("text", back))
        text.add("● " if one.here else "  ", tone).add(_WORD[one.kind], muted, 9)
        text.add(one.name[:200], tone, 26 if not narrow else 22).add(" ", muted)
        text.add(f"{one.at.astimezone():%d %b %H:%M}" if one.at else "", muted, 13)
        text.add(one.author[:50], muted, 10 if not narrow else 7).add(" ", muted)
        said = f"there: {', '.join(one.people)}" if one.people else one.note
        state = "" if one.state in ("open", "asked") else one.state
        words = "   ".join(part for part in (one.trouble and "cannot be opened", state, said) if part)
        text.add(words[:300], muted, max(0, width - text.width - 6))
        return text.add(f"{tail} ", tone, 6, "right").strip(width, tone)


class PlanDetail(Canvas):
    """The row on the cursor, whole: what it is, and what its note says."""

    DEFAULT_CSS = "PlanDetail { height: 5; width: 1fr; background: $panel; }"

    _row: Row | None = None

    def show(self, row: Row) -> None:
        """Show a row."""
        self._row = row
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Name, what can be said of it, trouble or note, file."""
        row, pen = self._row, self.palette
        if row is None:
            return []
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        lines = [Line().add(" ", ground).add(_said(row), pen.style("text", "raised", bold=True), width - 2)]
        if row.trouble:
            lines += [Line().add(f" {part}", pen.style("worse", "raised")) for part in _wrapped(row.trouble, width - 2)]
        if row.note:
            lines += [Line().add(f" {part}", ground) for part in _wrapped(row.note, width - 2)]
        if row.path is not None:
            # Not the whole path, which is nobody's business on a projector: makeroom where says it.
            file = row.path.name if row.kind == "main" else f"{row.path.parent.name}/{row.path.name}"
            lines.append(Line().add(f" {file}", muted))
        strips = [line.strip(width, ground) for line in lines[:height]]
        return strips + [Strip.blank(width, ground)] * (height - len(strips))


def _said(row: Row) -> str:
    if row.kind == "main":
        return "The main plan" + (", on the board now" if row.here else "")
    parts = [f"{row.kind.capitalize()} “{row.name[:120]}”"]
    if row.here:
        parts.append("on the board now")
    if row.kind == "scenario":
        states = {"taken": "made the plan", "not listed": "the main plan does not list it: its branching was cut short"}
        parts.append(states.get(row.state, row.state))
    elif row.state != "asked":
        parts.append(row.state)
    if row.people:
        parts.append(f"there now: {', '.join(row.people)}")
    return ", ".join(part for part in parts if part)


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(text[:2000], max(10, width)) or [""]


class Scenarios(Page[Act | None]):
    """Dismissed with what is to be done, or None after Esc."""

    KEYS = Keys(
        "Snapshots and scenarios",
        Key("scenarios.open", "enter", "Open", "act('open')"),
        Key("scenarios.branch", "b", "Branch a scenario from it", "act('branch')", bar="branch"),
        Key("scenarios.save", "s", "Save a snapshot of the plan on the board", "act('save')", bar="save a snapshot"),
        Key("scenarios.restore", "r", "Restore the snapshot", "act('restore')", bar="restore"),
        Key("scenarios.make", "M", "Make this the plan", "act('make')", bar="make the plan"),
        Key("scenarios.compare", "d", "Compare with the plan on the board", "act('compare')", bar="compare"),
        Key("scenarios.export", "e", "Export to a folder", "act('export')", bar="export"),
        Key("scenarios.import", "I", "Import a snapshot's file", "act('import')", bar="import"),
        Key("scenarios.close", "x", "Close the scenario", "act('close')", bar="close"),
        Key("scenarios.leave", "escape,q", "Back to the board", "leave", bar="back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(
        self, figures: Figures, plans: Plans, odds: Callable[[Row], float | None], cursor: int = 0, where: str = ""
    ) -> None:
        """``odds`` works out those of a row, in a thread; ``where`` is what the header calls the workspace."""
        super().__init__()
        self._figures, self._plans, self._odds, self._cursor, self._where = figures, plans, odds, cursor, where

    def compose(self) -> ComposeResult:
        """Heading, rows, the one on the cursor whole."""
        yield Header()
        yield PlansHead()
        yield PlansTable()
        yield PlanDetail()
        yield KeyBar()

    def told(self) -> dict[str, Any]:
        """The row on the cursor."""
        return {"plans": list(self.row.key)}

    @property
    def table(self) -> PlansTable:
        """The list."""
        return self.query_one(PlansTable)

    @property
    def row(self) -> Row:
        """The row on the cursor."""
        return self.table.rows[self.table.cursor]

    def on_mount(self) -> None:
        """Show the rows; their odds follow."""
        self.query_one(Header).show(self._figures, where=self._where)
        self.table.rows = self._plans.rows
        self.table.rebuild(self._cursor)
        self.table.focus()
        self.on_row_table_highlighted()
        self._work_out()

    @work(group="plans")
    async def _work_out(self) -> None:
        """The odds of one plan after the other."""
        for at, row in enumerate(self._plans.rows):
            odds = await asyncio.to_thread(self._odds, row)
            if not self.is_mounted:
                return
            self.table.odds[row.key] = odds
            self.table.redraw_row(at)

    def on_row_table_highlighted(self) -> None:
        """Say what the row is, and what can be done with it."""
        self.query_one(PlanDetail).show(self.row)
        opening, others = _ACTS[self.row.kind]
        hints = (self.KEYS["open"].hint(opening), *self.KEYS.hints(*others, "import", "leave"))
        self.query_one(KeyBar).show(hints)

    def on_row_table_opened(self) -> None:
        """Two clicks open it."""
        self.action_act("open")

    def action_act(self, what: str) -> None:
        """One of the keys."""
        self.dismiss(Act(what, self.row))
