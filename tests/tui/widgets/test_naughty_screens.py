# ruff: noqa: E501 (tables of keys read best by the line)
"""A workspace that another program filled with naughty strings, through every screen and dialog of the running app.

About 25 s; the narrow screen, too, with MAKEROOM_LONG=1.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input, TextArea

from store.records import (
    Command,
    Customer,
    Dependency,
    Item,
    Record,
    Request,
    Shirt,
    Size,
    Slice,
    SliceRule,
    Team,
    Version,
    VersionSize,
    Wait,
    new_id,
)
from store.sidecars.drafts import save_draft
from store.sidecars.seats import seats_folder
from store.workspace.workspace import Workspace
from tests.scenarios.making import NOON
from tests.tui.app_helpers import NARROW, NORMAL, Room, opened, small, stored, things
from tests.tui.naughty import naughty, obeyed, without_surrogates
from tests.tui.rest import drawn
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.app.sorry_screen import Sorry
from tui.seats.dialog_drafts import offer_drafts

ITEMS = 60


def texts() -> Iterator[str]:
    """Naughty strings as a database can hold them, of some length."""
    for text in naughty(100_000, seed=11):
        text = without_surrogates(text).replace("\0", "")
        if text and len(text) <= 300:
            yield text


def raw_room(folder: Path) -> Path:
    """A workspace into which text came that nothing has cleaned."""
    path = small(folder, [])
    with pytest.MonkeyPatch.context() as other_program:
        for module in ("store.database.rows", "store.workspace.workspace"):
            other_program.setattr(f"{module}.clean", lambda text, multiline=False: text)
        with Workspace.open(path, actor="[@click=app.quit]Eve[/]\x1b[2J") as workspace:
            fill(workspace)
    return path


def fill(workspace: Workspace) -> None:
    state, given = workspace.load(), texts()
    pay = next(state.each(Team))

    def name() -> str:
        return next(given)[:200]

    puts: list[Record] = [
        state.quarter.model_copy(update={"name": name()}),
        pay.model_copy(update={"name": name()}),
        *(part.model_copy(update={"name": name(), "owner": name()}) for part in state.each(Slice)),
        *(shirt.model_copy(update={"letter": letter}) for shirt, letter in zip(
            state.each(Shirt), ("S", "\x1b[m", "[/]", "監"), strict=False)),
        SliceRule(id=new_id(), field="type", value=name(), slice="F"),
        SliceRule(id=new_id(), field="label", value="bug\x1b]0;x\x07[@click=app.quit]", slice="O"),
        Customer(id=-1001, name=name(), arr=4e5),
        Customer(id=-1002, name=name()),
    ]  # fmt: skip
    places = ("plan", "plan", "below", "below", "inbox", "declined")
    sizes: list[Record] = []
    for at in range(ITEMS):
        one = Item(
            id=-2000 - at, title=next(given), note=next(given), owner=name(), rank=at, draw=at, state=places[at % 6],
            slice="FIQDO"[at % 5], source_key=name(), value=float(at),
        )  # fmt: skip
        puts += [one, Wait(id=new_id(), item_id=one.id, customer_id=-1001 - at % 2)]
        sizes.append(Size(id=new_id(), item_id=one.id, team_id=pay.id, low=0.7, likely=1.5, high=3.0))
        if one.state == "inbox":
            puts.append(
                Request(
                    id=new_id(), item_id=one.id, received_at=NOON, asked_by=name(), problem=next(given),
                    claimed=name(), customer_id=-1001, deal_amount=4e5,
                )
            )  # fmt: skip
    puts += [*sizes, Version(id=-3001, item_id=-2000, name=name(), value=1.0)]
    puts.append(VersionSize(id=-3002, version_id=-3001, team_id=pay.id, likely=0.5))
    puts.append(Dependency(id=-3003, item_id=-2001, needs_id=-2006))
    workspace.apply(Command("edit", "[@click=app.quit]all of it[/]\x1b[31m\x9b2J\u202e", tuple(puts)))
    for number in range(6):
        quarter = workspace.load().quarter
        workspace.apply(Command("edit", name(), (quarter.model_copy(update={"target": 0.7 + number / 100}),)))
    workspace.apply(Command("edit", "as it was", (workspace.load().quarter.model_copy(update={"target": 0.7}),)))


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return raw_room(tmp_path_factory.mktemp("raw"))


@pytest.fixture
def room_file(raw: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "room.db"
    copy.write_bytes(raw.read_bytes())
    return copy


def clean_screen(room: Room, where: str) -> None:
    """Nothing that a terminal obeys, every row as wide as the screen, the app still there."""
    lines = room.lines
    for line in lines:
        assert obeyed(line) == [], f"{where}: {line!r}"
        # Textual measures a joined emoji by its parts in some places and as one in others, in fields that are its own.
        if "\u200d" not in line and "\ufe0f" not in line:
            assert cell_len(line) == room.app.size.width, f"{where}: {line!r} takes {cell_len(line)} cells"
    assert len(lines) == room.app.size.height, where
    assert room.app.is_running, where
    assert not room.app._exit, f"{where}: something left the app that nobody asked to"
    for segment in (segment for strip in drawn(room.app) for segment in strip):
        meta = segment.style.meta if segment.style else {}
        assert "@click" not in meta, f"{where}: a click would run {meta}"
        assert not (segment.style and segment.style.link), where


#: Keys, and the dialog or screen that they open, on an item or on the request that waits.
WAYS = (
    ("enter", "Form"), ("e", "SizeDialog"), ("V", "Form"), ("c", "CapacityScreen"), ("plus", "Menu"), ("x", "Form"), ("h", "History"),
    ("a", "QuickAdd"), ("I", "Form"), ("T", "Menu"), ("S", "Menu"), ("question_mark", "Help"), ("at", "Report"),
    ("F", "FrontierScreen"), ("r", "RequestCard"), ("f", "FactsCard"), ("w", "WhoWaitsScreen"),
)  # fmt: skip


@pytest.mark.parametrize("size", [NARROW, NORMAL] if os.environ.get("MAKEROOM_LONG") else [NORMAL], ids=str)
async def test_every_screen_and_dialog(room_file: Path, size: tuple[int, int]) -> None:
    """None of them crashes, none opens by itself, and nothing is changed by looking."""
    before = things(stored(room_file))
    async with opened(room_file, size, every_frame=True) as room:
        clean_screen(room, "board")
        for row in range(0, room.board.plan.row_count(), 4 if size == NORMAL else 9):
            room.board.plan.move_to(row)
            await room.settle()
            clean_screen(room, f"board, row {row}")
            assert room.dialog == ""
        for row, (key, dialog) in enumerate(WAYS):
            await room.press("home", *["down"] * row, key)
            await room.until(lambda dialog=dialog: room.dialog == dialog, f"{key}: {dialog}")
            await room.settle()
            clean_screen(room, f"{key}, {dialog}")
            if dialog in ("History", "Help", "Report", "FrontierScreen", "RequestCard", "FactsCard"):
                for _ in range(4):
                    await room.press("down")
                    clean_screen(room, f"{key}, {dialog}, further down")
            await room.press("escape")
            assert room.dialog == "", key
        for key in "arsuvq":
            await room.press("T", key)
            clean_screen(room, f"table {key}")
            await room.press("escape")
            assert room.dialog == "", f"table {key}"
        await trading(room)
        for query in ("[/]", "is:declined", "owner:[", "\x1b", "%s"):
            await room.press("slash")
            await room.replace(query, "enter")
            clean_screen(room, f"search {query!r}")
            await room.press("slash")
            await room.replace("", "enter")
    assert things(stored(room_file)) == before


async def trading(room: Room) -> None:
    """The trade sheet, its swaps, why those, the verdict, and back."""
    await room.press("i")
    for _ in range(4):
        clean_screen(room, "a request")
        await room.press("i")
    await room.press("enter")
    assert room.board.sheet.trade is not None
    await room.until(lambda: not room.board.swapping.busy, "the swaps")
    clean_screen(room, "swaps")
    await room.press("question_mark")
    await room.until(lambda: room.dialog in ("WhySwap", "Help"))
    await room.settle()
    clean_screen(room, "why this swap")
    await room.press("enter")
    await room.settle()
    clean_screen(room, "why not")
    await room.press("escape")
    await room.to_items()
    for _ in range(5):
        await room.press("space", "down")
        clean_screen(room, "candidates")
    await room.press("exclamation_mark")
    clean_screen(room, "verdict")
    await room.press("escape", "escape")
    if room.board.sheet.trade is not None:
        await room.press("escape")
    assert room.board.sheet.trade is None
    await room.press("escape")


async def test_what_is_pasted_anywhere(room_file: Path) -> None:
    """Into each field of the forms, and into a text area: shown without effect, gone with Esc."""
    before = things(stored(room_file))
    given = texts()
    async with opened(room_file, every_frame=True) as room:
        for key in ("a", "enter", "c", "I"):
            await room.press(key)
            for field in list(room.app.screen.query(Input))[:8]:
                for _ in range(2):
                    field.value = next(given)
                    await room.settle()
                    clean_screen(room, f"{key}, {field.id}: {field.value!r}")
            await room.press("escape")
            assert room.dialog == ""
        for key in ("r", "s"):
            await room.press("T", key)
            for _ in range(15):
                room.app.screen.query_one(TextArea).text = f"{next(given)}\n{next(given)}"
                await room.settle()
                clean_screen(room, f"table {key}")
            await room.press("escape")
            assert room.dialog == ""
        await room.press("I")
        await room.replace("~nobody-of-that-name/x.csv", "enter")
        assert "write the whole path" in room.text
        await room.press("escape")
        assert room.dialog == ""
    assert things(stored(room_file)) == before


async def test_sentences_others_and_drafts(room_file: Path) -> None:
    """Toasts, the news of others, who is here, the sorry screen, and drafts that are offered."""
    given = texts()
    folder = seats_folder(room_file)
    folder.mkdir(exist_ok=True)
    held = []
    for at in range(12):
        said = {"session": f"s{at}", "name": next(given)[:200], "where": ("board", "trade", next(given)[:200])[at % 3]}
        said |= {"cursor": at + 1, "started": 1.0, "moved": 2.0, "marks": [1], "asked": {"item": at + 1}}
        descriptor = os.open(folder / f"s{at}.seat", os.O_RDWR | os.O_CREAT)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        held.append(descriptor)
        (folder / f"s{at}.json").write_text(json.dumps(said), encoding="utf-8")
    async with opened(room_file, actor="Ana", seated=True, every_frame=True) as room:
        await room.until(lambda: "13 seats" in room.header, "the others")
        await room.press("at")
        assert room.dialog == "Report"
        clean_screen(room, "who is here")
        await room.press("escape")
        room.keeps_toasts = True
        for _ in range(25):
            room.board.tell(next(given))
            await room.settle()
            clean_screen(room, "a toast")
            room.app.clear_notifications()
        room.keeps_toasts = False
        for _ in range(6):
            with Workspace.open(room_file, actor=next(given)) as other:
                quarter = other.load().quarter
                other.apply(
                    Command("edit", next(given), (quarter.model_copy(update={"name": next(given)[:200] + "."}),))
                )
            seq = stored(room_file).seq
            await room.until(lambda seq=seq: room.board.session.state.seq == seq, "the news")
            clean_screen(room, "news")
        await room.app.push_screen(Sorry())
        await room.settle()
        clean_screen(room, "sorry")
        await room.press("enter")
        for talk, steps in (
            ("add", [["QuickAdd", {"line": "\x1b[2J[@click=app.quit]x[/]", "way": ""}]]),
            ("tables", [["Menu", {"key": "r"}], ["LinesDialog", {"text": "\x1b]0;x\x07\u202e[/red]"}]]),
            ("edit", [["Form", {"title": "\x9b2J[/]", "note": "\x1b[1m"}]]),
            (
                "capacity",
                [
                    ["CapacityScreen", {"changes": "[@click=app.quit]\x1b", "draft": "[["}],
                    ["Nobody", {"x": ["y"], "z": 1}],
                ],
            ),
        ):
            item_id = room.board.plan.entry.item.id if room.board.plan.entry else None
            assert save_draft(room_file, "old", "Ana", {"talk": talk, "item": item_id, "steps": steps})
            room.app.run_worker(offer_drafts(room.board))
            await room.until(lambda: room.dialog == "Menu", f"the draft of {talk}")
            clean_screen(room, f"draft of {talk}")
            await room.press("t")
            await room.until(lambda: room.dialog not in ("", "Menu"), f"{talk} taken up")
            clean_screen(room, f"{talk}, taken up")
            await room.press("escape")
            assert room.dialog == ""
    for descriptor in held:
        os.close(descriptor)


@needs_a_pty
def test_what_a_terminal_gets(room_file: Path, tmp_path: Path) -> None:
    """A real one, on the screens with most words: no byte that the app did not mean, and its title stays its own."""
    keys: tuple[tuple[str, ...], ...] = (
        *(("down",) for _ in range(12)), ("enter", "esc"), ("e", "esc"), ("T", "r", "esc"), ("S", "esc"), ("?", "esc"),
        ("h", "down", "down", "esc"), ("@", "esc"), ("i", "i", "enter"), ("?", "esc"), ("tab", " ", "esc"),
    )  # fmt: skip
    with Terminal(
        ["--db", str(room_file), "--as", "[/]\x1b]0;owned\x07Ana"], 120, 40, environment(tmp_path)
    ) as terminal:
        terminal.until("THE PLAN")
        for each in keys:
            terminal.press(*each)
        assert terminal.alive
        written = bytes(terminal.written).decode("utf-8")
    rest = strange(written)
    assert rest == [], rest[:3]


#: A style, a move or a mode, as the app itself writes it.
OWN = re.compile(
    r"\x1b\[[0-9;:?<>=$ ]*[A-Za-z~]|\x1b\][0-9;a-z]*(?:\x07|\x1b\\)|\x1b[=>78]|\x1b\([AB0]|\x1bP[+$][a-z0-9;]*\x1b\\"
)
#: Those that the strings hold and the app never writes: they clear, report, print, reset, name and link.
FOREIGN = (
    "\x1b[2J",
    "\x1b[6n",
    "\x1b[5i",
    "\x1b[21t",
    "\x1bc",
    "\x1b]0;",
    "\x1b]8;",
    "\x1b]52;",
    "\x1b]1337",
    "\x1b#8",
)


def strange(written: str) -> list[str]:
    """What a terminal would obey in what was written, once all that the app says of its own is taken out."""
    rest = OWN.sub("", written)
    odd = [at for at, one in enumerate(rest) if one not in "\r\n" and obeyed(one)]
    return [each for each in FOREIGN if each in written] + [rest[max(0, at - 20) : at + 20] for at in odd]
