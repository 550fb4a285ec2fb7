"""Naughty strings through all that draws: every row exactly as wide as asked, nothing in it that a terminal obeys.

2,000 strings on push (about 10 s); with MAKEROOM_LONG=1 100,000 (seven and a half minutes).
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.strip import Strip

from scenarios.decisions.log import LogLine
from scenarios.odds.draws import Draws
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of
from scenarios.swaps.search import Swap
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.records import (
    Customer,
    Decision,
    Event,
    Item,
    Move,
    Request,
    Shortfall,
    Signature,
    Slice,
    State,
    Team,
    Version,
    VersionSize,
    Wait,
)
from store.records.negotiation import DecisionDetail
from store.sidecars.seats import Seat
from tests.scenarios.making import NOON, add, add_item, planned
from tests.tui.app_helpers import Room, opened, small
from tests.tui.naughty import naughty, obeyed, without_surrogates
from tui.board.help_screen import why_words
from tui.board.who_is_here import seat_words
from tui.decisions.log_entries import JournalEntry
from tui.decisions.log_table import Detail, HistoryTable
from tui.drawing.last_look import OBEYS_NOTHING
from tui.plan_view.legend import Legend, LegendRow
from tui.plan_view.meter import Meter
from tui.plan_view.pie import Pie, Wedge
from tui.plan_view.plan_table import PlanHead, PlanTable
from tui.plan_view.side_panel import Cuts, Strap
from tui.plan_view.waiting_request import Incoming
from tui.seats.news import words_of
from tui.session.figures import Figures
from tui.session.news import News
from tui.trade.why_swap_screen import WhyNotTable
from tui.trade_sheet.candidates import CandidateHead
from tui.trade_sheet.swap_table import SwapHead
from tui.trade_sheet.trade_foot import TradeFoot
from tui.trade_sheet.trade_head import TradeHead
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Key
from tui.widgets.row_table import RowTable

COUNT = 100_000 if os.environ.get("MAKEROOM_LONG") else 2_000
#: So many at a time are the titles of one plan.
BATCH = 20
WIDTHS = (20, 33, 46, 64, 80, 100, 131, 200)
ASKED, BELOW = 50, 51


def a_plan() -> State:
    """Twenty planned items of two teams, one that is asked for, one below, all that can have a name named."""
    sizes = [(1.0, 2.0, 4.0) if at % 2 else {1: 1.5, 2: 0.5} for at in range(BATCH)]
    state = planned(sizes, net=(24.0, 7.0))
    add_item(state, ASKED, {1: (3.0, 6.0, 9.0), 2: 1.0}, state="inbox")
    add_item(state, BELOW, (3.0, 6.0, 9.0), state="below")
    add(state, Customer(id=1, name="c", arr=5e5), Customer(id=2, name="d"))
    for number in (*range(1, BATCH + 1), ASKED):
        add(state, Wait(id=number, item_id=number, customer_id=1 + number % 2))
    add(
        state,
        Request(id=1, item_id=ASKED, received_at=NOON, customer_id=1, deal_amount=4e5, deal_closes=date(2027, 2, 1)),
        Version(id=1, item_id=2, name="v", position=1),
        VersionSize(id=1, version_id=1, team_id=1, likely=0.5),
        Signature(id=1, quarter_id=1, decision_id=1, name="n", reason="r", odds=0.5, at=NOON),
        Shortfall(id=1, quarter_id=1, cause="c", odds=0.5, at=NOON),
    )
    return state


PLAN = a_plan()


def dressed(texts: Sequence[str]) -> State:
    """The plan with these for titles, and the same for notes, owners and names, each time of somebody else."""
    turned = cycle([*texts[7:], *texts[:7]])
    given = cycle(texts)
    state = State(dict(PLAN.tables))

    def dress(kind: type[Any], **fields: Iterator[str]) -> None:
        # Not validated again: what draws must bear what no record would take (half characters, empty names).
        rows = state.tables[kind.table]
        state.tables[kind.table] = {
            key: row.model_copy(update={name: next(each) for name, each in fields.items()}) for key, row in rows.items()
        }

    dress(Item, title=given, note=turned, owner=turned)
    dress(Team, name=turned)
    dress(Slice, name=turned, owner=turned)
    dress(Customer, name=turned)
    dress(Version, name=turned)
    dress(Request, asked_by=turned, problem=turned, claimed=turned)
    dress(Signature, name=turned, reason=turned)
    dress(Shortfall, cause=turned)
    dress(type(PLAN.quarter), name=turned)
    dress(type(PLAN.workspace), name=turned)
    # What is asked for becomes a move of a decision, which is a record that has to be valid.
    asked = state.tables[Item.table][ASKED]
    state.tables[Item.table][ASKED] = asked.model_copy(
        update={"title": without_surrogates(asked.title)[:20_000] or "-"}
    )
    return state


class Drawn:
    """What was drawn, counted; each row is looked at."""

    def __init__(self, room: Room) -> None:
        board = room.board
        self.room, self.app = room, room.app
        self.rows = 0
        self.widgets: set[str] = set()
        self.draws = Draws(7)
        self.plan, self.candidates = board.query_one(PlanTable), board.sheet.table
        self.swaps, self.whys, self.history = board.sheet.swaps, WhyNotTable(), HistoryTable()
        self.detail, self.keys = board.query_one(Detail), board.query_one(KeyBar)

    def strip(self, strip: Strip, width: int, where: str) -> None:
        text = "".join(segment.text for segment in strip)
        assert cell_len(text) == strip.cell_length == width, f"{where}, {width}: {text!r} takes {cell_len(text)} cells"
        if not text.isprintable():
            assert obeyed(text) == [], f"{where}: {text!r}"
        assert "\u200d" not in text, f"{where}: {text!r}"
        for segment in strip:
            assert not segment.control
            assert not (segment.style and (segment.style.meta or segment.style.link)), (
                f"{where}: a click does something"
            )
        self.rows += 1

    def table(self, table: RowTable, row: int, width: int, lines: int = 1) -> None:
        name = type(table).__name__
        self.widgets.add(name)
        for line in range(lines):
            self.strip(table.draw_line(row, line, width, row % 3 == 0), width, f"{name} {row}.{line}")

    def canvas(self, widget: Any, width: int, height: int) -> None:
        name = type(widget).__name__
        self.widgets.add(name)
        strips = widget.finished(width, height)
        assert len(strips) == height, name
        for strip in strips:
            self.strip(strip, width, name)

    def words(self, text: str, where: str, lines: bool = False) -> None:
        """A text made by words for a dialog: what the last look makes of it."""
        self.widgets.add(where)
        for line in text.split("\n") if lines else [text]:
            (shown,) = OBEYS_NOTHING.apply([Segment(line)], Color(0, 0, 0))
            assert obeyed(shown.text) == [], f"{where}: {line!r}"
            assert cell_len(shown.text) == cell_len(line), f"{where}: {line!r}"

    # -------------------------------------------------- a batch

    def batch(self, texts: Sequence[str], width: int) -> None:
        """All of it with these texts."""
        figures = Figures(dressed(texts), self.draws)
        figures.build()
        trade = Trade.of(figures.state, propose_item(figures.state, ASKED), figures.forecast)
        self._tables(figures, trade, texts, width)
        self._heads(figures, trade, texts, width)
        self._mix_and_odds(figures, texts, width)
        self._sentences(figures, texts)

    def _tables(self, figures: Figures, trade: Trade, texts: Sequence[str], width: int) -> None:
        plan, state = self.plan, figures.state
        plan._figures, plan._above, plan._below = figures, figures.plan.entries, figures.below
        plan._places, plan.owners = {}, True
        table = self.candidates
        table._trade, table._rows, table._forecast = trade, trade.candidates, trade.asked
        version = next((row.versions[0] for row in trade.candidates if row.versions), None)
        assert version is not None
        out = (Leaving(entry_of(state, 1)), version, Leaving(entry_of(state, 3)))
        table._marks = {each.item_id: each for each in out}
        waiting = tuple(state.each(Customer))
        swaps = [
            Swap((Leaving(entry),), ("value",), 0.6, 2.0, None, waiting[:1], 3.0, True)
            for entry in figures.plan.entries
        ]
        self.swaps.rows = (Swap(out, ("clean", "odds"), 0.7, 3.0, 12.0, waiting, 4.0, True), *swaps)
        self.whys._entries = figures.plan.entries
        self.whys._words = {entry.item.id: texts[-1 - at] for at, entry in enumerate(figures.plan.entries)}
        self.history.entries = [history_entry(texts, at) for at in range(len(texts))]
        for row in range(plan.row_count()):
            self.table(plan, row, width, 2)
        for row in range(table.row_count()):
            self.table(table, row, width)
        for row in range(len(self.swaps.rows)):
            self.table(self.swaps, row, width, 2)
        for row in range(BATCH):
            self.table(self.whys, row, width)
        for row in range(len(texts)):
            self.history.as_log = row % 2 == 0
            self.table(self.history, row, width)

    def _heads(self, figures: Figures, trade: Trade, texts: Sequence[str], width: int) -> None:
        board = self.room.board
        header, plan_head, strap = board.query_one(Header), board.query_one(PlanHead), board.query_one(Strap)
        head, foot, swap_head = board.query_one(TradeHead), board.query_one(TradeFoot), board.query_one(SwapHead)
        incoming, cuts, candidate_head = (
            board.query_one(Incoming),
            board.query_one(Cuts),
            board.query_one(CandidateHead),
        )
        header._figures = head._figures = foot._figures = incoming._figures = figures
        head._forecast = foot._forecast = trade.asked
        foot._trade, candidate_head._rows, incoming.at = trade, trade.candidates, 0
        foot._out = [Leaving(entry_of(figures.state, 2))]
        self.canvas(candidate_head, width, 1)
        self.canvas(incoming, width, 9)
        # A bare list shows what it says in place of columns.
        swap_head._rows = ()
        # Each of these shows two of the texts or more.
        for at, text in [*enumerate(texts)][1::2]:
            other = texts[at - 1]
            head._trade = replace(trade, proposal=replace(trade.proposal, title=text))
            header._said, header._where, self.app.seated = text, other, text
            foot._says, foot._held = text, other if at % 4 == 1 else ""
            plan_head._left, plan_head._right, swap_head._says = text, other, f"{text} {other}"
            strap._words = (f"If “{other} {text}” drops", f"{text} {other}")
            self.keys._hints = [
                Key(f"x.{at}", at, at).hint(label) for at, label in (("a", text), ("b", other), ("q", "quit"))
            ]
            for widget, height in (
                (header, 2), (plan_head, 2), (head, 2), (foot, 3), (strap, 1), (swap_head, 1), (self.keys, 1),
            ):  # fmt: skip
                self.canvas(widget, width, height)
            if at % 4 == 1:
                self.detail._entry = self.history.entries[at]
                self.canvas(self.detail, width, 6)
        self.app.seated = ""
        for at in range(0, len(texts), 6):
            cuts._rows = [("F", text, "71%") for text in texts[at : at + 6]]
            self.canvas(cuts, width, 7)

    def _mix_and_odds(self, figures: Figures, texts: Sequence[str], width: int) -> None:
        board = self.room.board
        legend, pie, meter = board.query_one(Legend), board.query_one(Pie), board.query_one(Meter)
        rows = tuple(LegendRow("FIQDO"[at % 5], text, 0.2, 0.3, 0.1) for at, text in enumerate(texts))
        # Low, a line each; high, two lines each.
        for legend._rows, height in ((rows[::2], BATCH // 2), (rows[1::4], BATCH)):
            self.canvas(legend, width, height)
        loads = figures.forecast.dots(50)
        reading = meter._reading
        assert reading is not None
        for at, text in enumerate(texts[:1]):
            pie.title, pie._caption = text[:300], texts[at - 1][:300]
            pie._scene = replace(
                pie._scene, after=(Wedge("F", 0.6), Wedge("Q", 0.4)), centre=f"{texts[at - 1][:40]}\n{text[:40]}"
            )
            meter._reading = replace(reading, dots=loads, capacity_label=text, low_label=texts[at - 1], high_label=text)
            self.canvas(pie, max(24, width // 2), 9)
            self.canvas(meter, width, 11)

    def _sentences(self, figures: Figures, texts: Sequence[str]) -> None:
        self.words(why_words(figures.forecast), "why_words", lines=True)
        for at, text in enumerate(texts):
            event = Event(at, NOON, text, "edit", texts[at - 1])
            self.words(words_of([News(event, ()), News(event, ())]), "words_of")
            seat = Seat("s", text, texts[at - 1], cursor=1 + at % BATCH, follows="" if at % 2 else text)
            self.words(seat_words(seat, figures.state), "seat_words")
            self.words(text, "any line")


def history_entry(texts: Sequence[str], at: int) -> JournalEntry:
    """A decision, or a change of another kind, in these words."""
    one, two, three, four = (texts[(at + step) % len(texts)] for step in range(4))
    event = Event(at + 1, NOON, two, "trade", one, undoes=at if at % 5 == 4 else None)
    if at % 3 == 2:
        return JournalEntry(event, at % 2 == 0)
    decision = Decision(id=1, quarter_id=1, at=NOON, kind="trade", title="t", odds_before=0.7, odds_after=0.6)
    move = Move(id=1, decision_id=1, kind="out", title="t", ew=2.0)
    moves = tuple(move.model_copy(update={"title": each}) for each in (one, two, three))
    said = {"title": one, "decided_by": three, "because": four}
    detail = DecisionDetail(id=1, decision_id=1).model_copy(update={"asked_by": two, "dissent": four})
    return JournalEntry(event, at % 2 == 0, LogLine(decision.model_copy(update=said), moves, detail, (), (), ()))


@pytest.fixture
async def drawn(tmp_path: Path) -> AsyncIterator[Drawn]:
    """The widgets of an app that runs, to be drawn by hand."""
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(opened(small(tmp_path, [("a", (1.0, 2.0, 3.0), {})]), every_frame=True))
        await room.board.mount(Detail(), before=room.board.query_one(KeyBar))
        await room.settle()
        yield Drawn(room)
        # What was put in by hand goes before the app draws again.
        await room.board.query_one(Detail).remove()
        room.board.refresh_all()
        await room.settle()


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    texts = iter(texts)
    while batch := list(islice(texts, BATCH)):
        yield batch


async def test_every_row_of_every_widget(drawn: Drawn) -> None:
    """Each string is the title of an item, and a note, an owner, a name, a reason, a label, in turn, at some width."""
    with drawn.app._context():
        for texts, width in zip(batches(naughty(COUNT)), cycle(WIDTHS), strict=False):
            drawn.batch(texts, width)
    assert drawn.rows > 10 * COUNT
    assert len(drawn.widgets) >= 22, sorted(drawn.widgets)


async def test_any_text_at_any_width(drawn: Drawn) -> None:
    """What nobody thought of, at widths that nobody chose; where it fails it is made small."""

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(st.text(st.characters(), max_size=50), min_size=1, max_size=BATCH), st.integers(12, 210))
    def check(texts: list[str], width: int) -> None:
        drawn.batch([*texts, *[""] * (BATCH - len(texts))], width)

    with drawn.app._context():
        check()


def test_the_kinds_are_there() -> None:
    """The strings are no tame ones: without being cleaned, most rows would break."""
    texts = list(naughty(5_000))
    assert len(set(texts)) > 3_500
    assert sum(bool(obeyed(text)) for text in texts) > 1_500
    assert sum("[" in text for text in texts) > 500
    assert sum("\x1b" in text or "\x9b" in text for text in texts) > 300
    assert sum(len(text) >= 20_000 for text in texts) == 10
    assert any(not text.strip() for text in texts)
    assert texts == list(naughty(5_000))


def test_the_last_look_keeps_what_is_harmless() -> None:
    """Words, wide letters and emoji pass; what goes leaves the row as wide as it was."""
    for text in ("plain", "四半期", "👩\u200d💻 and ❤\ufe0f", "e\u0301", "\u00a0", "[red]x[/]"):
        assert OBEYS_NOTHING.apply([Segment(text)], Color(0, 0, 0))[0].text == text
    for text, shown in (
        ("a\x1b[2Jb", "a[2Jb"),
        ("\x9b31mred\x07", "31mred"),
        ("soft\u00adhyphen", "softhyphen "),
        ("\u202egnp.exe", "gnp.exe"),
        ("x\u2028y\u200b", "xy"),
        ("half\ud800", "half "),
    ):
        assert OBEYS_NOTHING.apply([Segment(text)], Color(0, 0, 0))[0].text == shown
