"""Text from outside is shown as it is and obeyed by nothing: no markup, no control characters, no broken rows."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.strip import Strip
from textual.widgets import Input

from scenarios.odds.draws import Draws
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of
from scenarios.swaps import Swaps
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.imports.merge import plan_import
from store.imports.options import ImportOptions, TeamWish
from store.imports.reader import read_table
from store.records import Command, Customer, Item, Request, Size, State, Team, Wait
from store.workspace.workspace import Workspace
from tests.scenarios.making import NOON, add, add_item
from tests.scenarios.making import empty as bare_state
from tests.tui.app_helpers import NARROW, NORMAL, SIZES, TODAY, Room, item, opened, small, stored, titles, widths
from tests.tui.terminal import Terminal, needs_a_pty
from tui.app.app import MakeroomApp
from tui.board.board import Board
from tui.plan_view.plan_table import PlanHead, PlanTable
from tui.plan_view.side_panel import Cuts, Preview, Strap
from tui.plan_view.waiting_request import Incoming
from tui.session.figures import Figures
from tui.session.session import Session
from tui.trade_sheet.candidates import CandidateHead
from tui.trade_sheet.trade_foot import TradeFoot
from tui.trade_sheet.trade_head import TradeHead
from tui.widgets.header import Header

BRACKETS = {
    "closing": "[/] closes nothing",
    "colour": "[red]stays plain[/red]",
    "action": "[@click=app.quit]x[/]",
    "link": "[link=https://x.yz]here[/link]",
    "style": "[bold $error]{{ }} [[[ ]]]",
}
CONTROLS = {
    "escape": "\x1b[31mred\x1b[0m alert",
    "title of the terminal": "\x1b]0;owned\x07after",
    "cursor": "a\x1b[2J\x1b[H\x9b31mb",
    "newlines": "first\nsecond\r\nthird",
    "tabs": "one\ttwo\tthree",
    "bells": "ring\x07\x08\x7f\x00end",
}
SHAPES = {
    "right to left": "abc \u202egnp.exe\u202c \u2066def\u2069",
    "zero width": "a\u200bb\u200dc\ufeffd\u2060e",
    "combining": "e" + "\u0301" * 40 + " Z\u0335\u0336\u0337a",
    "emoji": "team 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪 1️⃣ done",
    "wide": "監査ログのエクスポート機能を四半期内に提供する",
    "hangul and more": "감사 로그 ﷽ ꧅ 𒐫 ௵",
    "long": "ten thousand " * 770,
}
ALL = {**BRACKETS, **CONTROLS, **SHAPES}


def nothing_hidden(text: str) -> list[str]:
    """The characters that a terminal would obey, or that would turn a row around."""
    # A joiner within an emoji is part of its shape; what a row draws must hold no other format character.
    return [char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\n\u200d"]


def fine(lines: Iterable[str], size: tuple[int, int], where: str) -> None:
    """Every row is as wide as the screen, in cells, and holds nothing that is not to be seen."""
    lines = list(lines)
    assert len(lines) == size[1], where
    for line in lines:
        assert nothing_hidden(line) == [], f"{where}: {line!r}"
    assert widths(lines) == {size[0]}, f"{where}: {[line for line in lines if cell_len(line) != size[0]]}"


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that was filled through the import, and a request with every field hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "in.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["title", "owner", "ew", "note"])
        for text in ALL.values():
            # A file that holds this one is refused as a whole.
            text = text.replace("\x00", "")
            rows.writerow([text, text[:180], "1-2-3", text])
    path = folder / "room.db"
    with Workspace.open(path, actor="[red]ada[/]", today=TODAY, seed=7) as workspace:
        wish = TeamWish("[@click=app.quit]Pay[/]", 31.0)
        found = plan_import(workspace.load(), read_table(file), ImportOptions(teams=(wish,)))
        assert len(found.new) == len(ALL), [row.reason for row in found.rejected]
        workspace.apply(found.command())
        state = workspace.load()
        half = sorted(state.all(Item).values(), key=lambda one: one.rank)[:12]
        team = next(iter(state.all(Team).values()))
        action = BRACKETS["action"]
        asked = Item(id=-1, title=action + CONTROLS["escape"], rank=99, draw=5, state="inbox", note=ALL["wide"])
        name = "[/]" + SHAPES["right to left"]
        workspace.apply(
            Command(
                "edit",
                "[red]label[/] \x1b[31m",
                (
                    state.workspace.model_copy(update={"started": True}),
                    state.quarter.model_copy(update={"name": "[/] Q1 \x1b[31m 四半期"}),
                    *(one.model_copy(update={"state": "plan"}) for one in half),
                    asked,
                    Size(id=-2, item_id=-1, team_id=team.id, low=2, likely=4, high=8),
                    Customer(id=-3, name=name, arr=1000.0),
                    Wait(id=-4, item_id=-1, customer_id=-3),
                    *(Wait(id=-10 - at, item_id=one.id, customer_id=-3) for at, one in enumerate(half)),
                    Request(
                        id=-5, item_id=-1, received_at=NOON, asked_by=action, customer_id=-3,
                        problem=ALL["emoji"] + ALL["tabs"], claimed="[/]" + CONTROLS["bells"],
                    ),
                ),
            )
        )  # fmt: skip
    return path


@pytest.fixture
def hostile(hostile_file: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    copy = tmp_path / "room.db"
    with Workspace.open(hostile_file, read_only=True):
        copy.write_bytes(hostile_file.read_bytes())
    return copy


# ------------------------------------------------------------------ on every screen


async def every_screen(room: Room, size: tuple[int, int]) -> str:
    """Go through the screens; all that they showed."""
    seen = []

    def look(where: str) -> None:
        fine(room.lines, size, where)
        seen.append(room.text)
        assert room.app.is_running, where
        assert not room.app._exit, f"{where}: something was clicked that nobody clicked"

    look("board")
    # The strap names each of them; one size does for that.
    for _ in range(room.board.plan.row_count() - 1 if size == NORMAL else 0):
        look(f"board, {room.on_cursor[:20]!r}")
        await room.press("down")
    await room.press("end")
    look("the end of the board")
    await room.press("home", "enter")
    await room.until(lambda: room.dialog == "Form")
    look("item form")
    await room.press("escape", "e")
    look("size dialog")
    await room.press("escape", "c")
    look("capacity")
    await room.press("escape", "h", "down", "down")
    look("history")
    await room.press("escape", "S")
    look("first steps")
    await room.press("escape", "T", "q")
    look("quarter")
    await room.press("escape", "i")
    look("the request")
    await room.press("enter")
    assert room.board.sheet.trade is not None
    await room.to_items()
    look("trade sheet")
    await room.press("space")
    look("marks")
    await room.press("space", "exclamation_mark")
    look("verdict")
    await room.write("[/]\x1b", "enter")
    await room.write("[@click=app.quit]because[/]", "enter")
    assert room.board.sheet.trade is None
    look("signed")
    await room.press("h")
    look("history of the over-commit")
    await room.press("escape")
    return "\n".join(seen)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_screen_shows_it_as_it_is(hostile: Path, size: tuple[int, int]) -> None:
    async with opened(hostile, size, colour_mode=None, every_frame=True) as room:
        seen = await every_screen(room, size)
    assert "[/] closes nothing" in seen
    assert "[red]stays plain" in seen
    assert "[@click=app.quit]x[/]" in seen
    assert "監査ログ" in seen
    assert "OVER-COMMIT signed by [/]" in seen
    assert "ten thousand ten" in seen
    # What was hidden is gone or made visible, what was around it stays.
    assert "red" in seen
    assert "alert" in seen


async def test_sentences_that_pass(hostile: Path) -> None:
    async with opened(hostile, NARROW, every_frame=True) as room:
        room.keeps_toasts = True
        for text in ALL.values():
            room.board.tell(text[:200])
            await room.settle()
            fine(room.lines, NARROW, text[:20])
            room.app.clear_notifications()
        room.board.tell(BRACKETS["action"])
        await room.settle()
        assert "[@click=app.quit]x[/]" in room.text
        # On the board it stands in its line, and not on figures or keys.
        line = room.board.query_one("DetailLine")
        assert "[@click=app.quit]x[/]" in room.words("DetailLine")
        for column in range(3, 40, 4):
            await room.click(line, offset=(column, 0))
        assert not room.app._exit


async def test_a_click_on_a_title_does_no_more_than_move_the_cursor(hostile: Path) -> None:
    async with opened(hostile, every_frame=True) as room:
        action = BRACKETS["action"]
        row = room.board.plan.row_of(item(stored(hostile), action).id)
        assert row is not None
        for column in range(9, 30, 3):
            await room.click("#plan", offset=(column, row))
        assert not room.app._exit
        if room.dialog:
            await room.press("escape")
        assert room.on_cursor == action


@pytest.mark.parametrize("texts", [BRACKETS, CONTROLS, SHAPES], ids=["brackets", "controls", "shapes"])
async def test_through_the_forms(texts: dict[str, str], tmp_path: Path) -> None:
    """Pasted into quick add and the item form, and shown on the board."""
    async with opened(small(tmp_path, []), every_frame=True) as room:
        for name, text in texts.items():
            await room.press("a")
            room.app.screen.query_one(Input).value = text + " ~0.1 "
            await room.settle()
            fine(room.lines, NORMAL, f"quick add, {name}")
            await room.press("enter")
            assert room.dialog == "", name
            title = titles(room.state, "plan")[-1]
            await room.look_at(title)
            assert nothing_hidden(title) == [], name
            fine(room.lines, NORMAL, f"board, {name}")
            if texts is BRACKETS:
                assert title == text
                assert text[:20] in room.words("#plan")
            await room.press("enter")
            await room.until(lambda: room.dialog == "Form")
            for field in ("note", "owner", "waiting"):
                room.app.screen.query_one(f"#field-{field}", Input).value = text
            await room.settle()
            fine(room.lines, NORMAL, f"item form, {name}")
            await room.press("ctrl+s")
            fine(room.lines, NORMAL, f"after the form, {name}")
            made = item(room.state, title)
            assert nothing_hidden(made.note) == nothing_hidden(made.owner) == []
            assert made.note, name


# ------------------------------------------------------------------ rows, for any text

ANY = st.text(
    st.one_of(
        # No record takes half a character; drawn all the same, they are among the naughty strings.
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from("[]/@=\x1b\x07\u202e\u200b\u200d\ufe0f\u0301\u3042\U0001f469\U0001f3fd\U0001f1e9 \t\n"),
    ),
    min_size=1,
    max_size=60,
)


def a_state(texts: list[str]) -> State:
    """A plan, a backlog and a request under these names."""
    state = bare_state((12.0,))
    title, owner, note, customer, asked, team = texts
    add(state, state.all(Team)[1].model_copy(update={"name": team}))
    add(state, state.quarter.model_copy(update={"name": customer}))
    add(state, Customer(id=1, name=customer, arr=5e5))
    for number in range(1, 5):
        add_item(state, number, (1.0, 2.0, 4.0), title=title, owner=owner, note=note)
        add(state, Wait(id=number, item_id=number, customer_id=1))
    add_item(state, 5, 3.0, title=note, owner=title, state="below")
    add_item(state, 6, None, title=asked, state="below")
    add_item(state, 7, (2.0, 4.0, 9.0), title=title, note=note, state="inbox")
    add(state, Wait(id=7, item_id=7, customer_id=1))
    add(
        state,
        Request(
            id=1, item_id=7, received_at=NOON, asked_by=asked, customer_id=1, problem=note, claimed=owner,
            deal_amount=4e5, deal_probability=0.6,
        ),
    )  # fmt: skip
    return state


def exact(strip: Strip, width: int, where: str) -> None:
    text = "".join(segment.text for segment in strip)
    assert cell_len(text) == width, f"{where}: {text!r} is {cell_len(text)} cells wide, not {width}"
    assert strip.cell_length == width, where
    assert nothing_hidden(text) == [], f"{where}: {text!r}"
    assert "\n" not in text, where
    assert not any(segment.style and segment.style.meta for segment in strip), f"{where}: something can be clicked"


async def test_rows_are_exactly_as_wide_as_they_should_be(hostile: Path) -> None:
    """Plan, candidates, request, headers, for any text at any width."""
    async with opened(hostile, every_frame=True) as room:
        app, board = room.app, room.board
        assert isinstance(app, MakeroomApp)
        assert isinstance(board, Board)

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(st.lists(ANY, min_size=6, max_size=6), st.integers(30, 130))
        def check(texts: list[str], width: int) -> None:
            figures = Figures(a_state(texts), Draws(7))
            with app._context():
                plan = board.query_one(PlanTable)
                plan._figures, plan._above, plan._below = figures, figures.plan.entries, figures.below
                plan.owners = True
                for row in range(plan.row_count()):
                    for line in (0, 1):
                        for on_cursor in (False, True):
                            exact(plan.draw_line(row, line, width, on_cursor), width, f"plan {row}.{line}")
                trade = Trade.of(figures.state, propose_item(figures.state, 7), figures.forecast)
                table = board.sheet.table
                table._trade, table._rows, table._forecast = trade, trade.candidates, trade.asked
                marked = [Leaving(entry_of(figures.state, 1))]
                table._marks = {1: marked[0]}
                for row in range(table.row_count()):
                    exact(table.draw_line(row, 0, width, row == 1), width, "candidates")
                heads = [board.query_one(each) for each in (Header, PlanHead, CandidateHead, TradeHead, TradeFoot)]
                header, plan_head, candidate_head, head, foot = heads
                header._figures, header._said, header._where = figures, texts[0], texts[1]  # type: ignore[attr-defined]
                plan_head._left = texts[2]  # type: ignore[attr-defined]
                candidate_head._rows = trade.candidates  # type: ignore[attr-defined]
                head._figures, head._trade, head._forecast = figures, trade, trade.asked  # type: ignore[attr-defined]
                foot._figures, foot._trade, foot._forecast = figures, trade, trade.asked  # type: ignore[attr-defined]
                foot._out = marked  # type: ignore[attr-defined]
                foot._says = foot._held = texts[0]  # type: ignore[attr-defined]
                swaps = board.sheet.swaps
                swaps.rows = (Swaps(trade).swap_of(marked),)
                for line in (0, 1):
                    exact(swaps.draw_line(0, line, width, False), width, "swaps")
                incoming = board.query_one(Incoming)
                incoming._figures, incoming.at = figures, 0
                strap = board.query_one(Strap)
                preview = Preview(trade.asked, f"If “{texts[0]}” drops", "If 1 drops")
                strap._words = (preview.words, preview.short)
                cuts = board.query_one(Cuts)
                cuts._rows = [("F", texts[0], "71%")]
                for widget in (*heads, incoming, strap, cuts):
                    for height in (1, 2, 3, 9):
                        for strip in widget.finished(width, height):
                            exact(strip, width, type(widget).__name__)

        check()
        # What was put in by hand goes again before the app draws.
        room.board.refresh_all()
        await room.settle()


# ------------------------------------------------------------------ what reaches the terminal


@needs_a_pty
def test_no_sequence_from_a_title_reaches_the_terminal(hostile: Path) -> None:
    """The bytes that a real terminal gets, on the board, the item form, the trade sheet and the history."""
    with Terminal(["--db", str(hostile)], 120, 40) as terminal:
        terminal.until("THE PLAN")
        for keys, words in ((["down"] * 8, "THE PLAN"), (["enter"], "Item"), (["esc"], "THE PLAN")):
            terminal.press(*keys)
            terminal.until(words)
        terminal.press("i", "enter")
        terminal.until("give up")
        terminal.press("esc", "h")
        terminal.until("DECISIONS")
        terminal.press("esc")
        terminal.until("THE PLAN")
        written = bytes(terminal.written)
        shown = terminal.text
        assert terminal.alive
    assert b"\x1b[31mred" not in written
    assert b"\x1b]0;owned" not in written
    assert b"\x1b[2J\x1b[H\x9b31m" not in written
    assert b"\x07" not in re.sub(rb"\x1b\][^\x07\x1b]*(\x07|\x1b\\)", b"", written)
    text = written.decode("utf-8")
    for hidden in ("\u202e", "\u2066", "\u200b", "\ufeff", "\x9b", "\x00", "\x7f"):
        assert hidden not in text, repr(hidden)
    # Only sequences that move, style, or set a mode of the terminal: none with a text of its own.
    rest = re.sub(r"\x1b\[[0-9;:?<>=$ ]*[A-Za-z~]|\x1b\][0-9;a-z]*(\x07|\x1b\\)|\x1b[=>78]|\x1b\([AB0]", "", text)
    odd = [rest[max(0, at.start() - 10) : at.end() + 20] for at in re.finditer("\x1b", rest)]
    assert odd == []
    assert "[@click=app.quit]x[/]" in shown or "[/] closes nothing" in shown


def test_the_figures_of_a_hostile_workspace_are_its_own(hostile: Path) -> None:
    """Its names do not keep it from being read, and a session on it counts every item once."""
    with Workspace.open(hostile) as workspace:
        session = Session(workspace)
        assert len(session.now.plan.entries) == 12
        assert len(session.now.below) == len(ALL) - 12
