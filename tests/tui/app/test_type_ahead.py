"""Keys that come before what they are meant for is up: each goes there, none is lost, none runs what was not meant."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

import tui
from store.records import Item
from store.sidecars.drafts import save_draft
from tests.tui.app_helpers import Room, demo, item, opened, small, things, titles
from tui.app.type_ahead import TALKS
from tui.flows.host import Host
from tui.seats import dialog_drafts

#: The groups of workers that work beside whoever types: what is shown is worked out, written or looked up.
BESIDE = {
    "ahead", "beginning", "card", "earlier", "facts", "figures", "journal", "keys", "look", "memo", "odds", "one-offs",
    "past", "plans", "swaps", "trend", "waits", "why", "write",
}  # fmt: skip


def burst(room: Room, *parts: str) -> None:
    """Keys in one read: names of keys as they are, other texts letter by letter."""
    for part in parts:
        for key in [part] if part in ("enter", "escape", "tab", "ctrl+s", "ctrl+q", "down") else part:
            room._send("space" if key == " " else key)


async def test_what_is_typed_at_once_goes_where_it_would_go_by_and_by(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        before = things(room.state)
        # A request: its first letters were size and edit, up and down the ranks, quit …
        burst(room, "a", "Hello e there Jq ~M")
        await room.settle()
        assert room.dialog == "QuickAdd"
        assert isinstance(room.app.focused, Input)
        assert room.app.focused.value == "Hello e there Jq ~M"
        await room.press("escape")
        assert things(room.state) == before
        # Through three dialogs, and a paste among the keys.
        burst(room, "Xpm")
        pasted = events.Paste("q1.md")
        pasted.set_sender(room.app)
        room.app._driver.send_message(pasted)  # type: ignore[union-attr]
        await room.settle()
        assert room.dialog == "Form"
        assert "q1.md" in room.text
        await room.press("escape")
        # A conversation to its end, and a key of the board after it.
        burst(room, "a", "Hello there ~1", "enter", "h")
        await room.settle()
        assert item(room.state, "Hello there").title == "Hello there"
        assert room.dialog == "History"
        # Back, and on: the key after that is the board's.
        burst(room, "escape", "c")
        await room.settle()
        assert room.dialog == "CapacityScreen"


async def test_a_key_that_was_pressed_twice_answers_once(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 2.0, {}), ("Two", 2.0, {"state": "below"})])
    async with opened(path) as room:
        before = things(room.state)
        # The second B would be the b of the menu, the second enter its first choice.
        burst(room, "BB")
        await room.settle()
        assert room.dialog == "Menu"
        assert things(room.state) == before
        await room.press("escape")
        # The first escape leaves the form, the second would leave what the form came from.
        burst(room, "Xpm")
        await room.settle()
        burst(room, "escape", "escape", "escape")
        await room.settle()
        assert room.dialog == ""
        assert things(room.state) == before
        # A request whose line is taken twice is one request.
        burst(room, "a", "Three ~1", "enter", "enter")
        await room.settle()
        assert [one.title for one in room.state.all(Item).values()].count("Three") == 1


async def test_what_was_typed_before_a_question_that_nobody_asked_for_is_not_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small(tmp_path, [("One", 2.0, {}), ("Two", 2.0, {"state": "below"})])
    draft = {"talk": "add", "item": None, "steps": [["QuickAdd", {"line": "Half a thought ~2", "way": ""}]]}
    save_draft(path, "before", "Ana", draft)
    typed, offer = asyncio.Event(), dialog_drafts.offer_drafts

    async def offer_late(board: Host) -> None:
        await typed.wait()
        await offer(board)

    monkeypatch.setattr(dialog_drafts, "offer_drafts", offer_late)
    async with opened(path, actor="Ana", own_process=True) as room:
        # Escape would throw the draft away, enter and t take it up.
        burst(room, "down", "escape", "t", "t", "e")
        await room.settle()
        typed.set()
        await room.until(lambda: "when the terminal went" in room.text)
        assert "Half a thought" in room.text
        assert room.dialog == "Menu"
        await room.press("escape")
        # They were for the board: down, then the size of the item there.
        assert room.dialog == "SizeDialog"
        assert "Two" in room.text
        await room.press("escape")
        assert titles(room.state, "plan") == ["One"]
        assert not titles(room.state, "inbox")


def test_each_group_of_workers_asks_or_works_beside() -> None:
    """A new group belongs to one of the two."""
    groups = {
        group
        for path in Path(tui.__file__).parent.rglob("*.py")
        for group in re.findall(r'group="([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert {"flow", "ask"} <= groups
    assert groups <= TALKS | BESIDE
