"""What was being typed when the terminal went: saved, offered at the next start, taken up or thrown away."""

from __future__ import annotations

import json
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from store.sidecars.drafts import find_drafts, save_draft
from store.sidecars.seats import seats_folder
from tests.tui.app_helpers import empty, item, opened, small, stored, titles
from tests.tui.seats.test_live import mark, marks, open_trade, room_of_ten
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.app import log_file
from tui.seats.dialog_drafts import draft_of, take_up


def files(path: Path) -> list[Path]:
    return list(seats_folder(path).glob("*.draft"))


@pytest.fixture(autouse=True)
def own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A log of the test's own, ended with it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    yield
    log_file.end()


@needs_a_pty
@pytest.mark.parametrize(
    "name", ["SIGHUP", "SIGTERM", *(("SIGINT", "SIGQUIT") if os.environ.get("MAKEROOM_LONG") else ())]
)
def test_a_request_that_was_being_typed_is_offered_again(tmp_path: Path, name: str) -> None:
    path = small(tmp_path, [("One", 2.0, {}), ("Two", 2.0, {"state": "below"})])
    environ = environment(tmp_path)
    arguments = ["--db", str(path), "--as", "Ana"]
    with Terminal(arguments, 100, 30, environ) as terminal:
        terminal.until("add a request")
        terminal.press("a")
        terminal.until("A request")
        terminal.write("Half a thought ~2-3-5")
        terminal.until("2-3-5 ew")
        terminal.send(getattr(signal, name))
        assert terminal.ended() == 128 + getattr(signal, name)
        left = bytes(terminal.written)
        assert left.rfind(b"\x1b[?1049l") > left.rfind(b"\x1b[?1049h"), "the terminal is given back"
    (draft,) = files(path)
    if os.name == "posix":
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600, "nobody else reads what was not said yet"
    assert not list(seats_folder(path).glob("*.seat")), "the seat is free"
    # Somebody else is not offered it.
    with Terminal(["--db", str(path), "--as", "Ben"], 100, 30, environ) as terminal:
        terminal.until("add a request")
        terminal.press("down")
        assert "when the terminal went" not in terminal.text
        terminal.press("q")
        terminal.ended()
    with Terminal(arguments, 100, 30, environ) as terminal:
        terminal.until("You were typing a request when the terminal went", "Half a thought")
        terminal.press("t")
        terminal.until("A request", "Half a thought ~2-3-5", "2-3-5 ew")
        assert files(path) == []
        terminal.press("enter")
        terminal.until("Half a thought", gone=["what is asked for"])
        terminal.press("q")
        assert terminal.ended() == 0
    assert item(stored(path), "Half a thought").state == "plan"
    assert not seats_folder(path).exists()


@needs_a_pty
def test_a_terminal_that_is_closed_ends_it_and_keeps_the_draft(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 2.0, {})])
    with Terminal(["--db", str(path), "--as", "Ana"], 100, 30, environment(tmp_path)) as terminal:
        terminal.until("add a request")
        terminal.press("a")
        terminal.until("A request")
        terminal.write("Half a thought")
        terminal.until("Half a thought")
        terminal.hang_up()
        assert terminal.ended() == 128 + signal.SIGHUP
    (draft,) = files(path)
    assert "Half a thought" in draft.read_text(encoding="utf-8")


async def test_esc_throws_it_away(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    save_draft(path, "aa11", "Ana", {"talk": "add", "item": None, "steps": [["QuickAdd", {"line": "Half", "way": ""}]]})
    async with opened(path, actor="Ana", own_process=True) as room:
        await room.until(lambda: room.dialog == "Menu")
        assert "Half" in room.text
        await room.press("escape")
        assert room.dialog == ""
        assert files(path) == []
    assert "Half" not in titles(stored(path), "inbox")


async def test_marks_and_the_verdict_of_a_trade_come_back(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ana") as room:
        await open_trade(room)
        await mark(room, "Work 9", "Work 7", "Work 8")
        await room.press("enter")
        await room.write("Eva", "enter")
        await room.write("wedge")
        content = draft_of(room.board)
    assert content is not None
    save_draft(path, "aa11", "Ana", content)
    async with opened(path, actor="Ana", own_process=True) as room:
        await room.until(lambda: room.dialog == "Menu")
        assert "3 marked" in room.text
        await room.press("t")
        assert marks(room) == ["Work 9", "Work 7", "Work 8"]
        await room.press("enter", "enter", "enter")
        assert item(stored(path), "Audit log").state == "plan"
        decisions = stored(path).tables["decisions"].values()
        assert ("Eva", "wedge") in [(one.decided_by, one.because) for one in decisions]


@pytest.mark.parametrize("keys", [["enter"], ["c"], ["T", "q"], ["T", "r"], ["I"], ["e"]])
async def test_every_dialog_comes_back_as_it_was(tmp_path: Path, keys: list[str]) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ana") as room:
        await room.look_at("Work 3")
        assert draft_of(room.board) is None
        await room.press(*keys)
        assert draft_of(room.board) is None, "nothing was typed yet"
        kind = room.dialog
        await room.write("-" if keys == ["c"] else "7")
        content = draft_of(room.board)
        shown = room.app.screen.kept()
        assert content is not None
        await room.press("escape")
    async with opened(path, actor="Ana") as room:
        take_up(room.board, json.loads(json.dumps(content)))
        await room.until(lambda: room.dialog == kind)
        assert room.app.screen.kept() == shown
        if keys == ["enter"]:
            assert room.on_cursor == "Work 3", "the same item, wherever the cursor was"


async def test_a_hidden_round_is_not_kept_while_it_is_hidden(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ana") as room:
        await room.press("e", "v")
        assert room.dialog == "HiddenRound"
        await room.write("Eva", "enter")
        await room.write("4321", "enter")
        assert "4321" not in json.dumps(draft_of(room.board))
        await room.write("Bo", "enter")
        await room.write("5", "enter")
        await room.press("ctrl+r")
        content = draft_of(room.board)
        assert "4321" in json.dumps(content)
        await room.press("escape")
    async with opened(path, actor="Ana") as room:
        take_up(room.board, content)
        await room.until(lambda: room.dialog == "HiddenRound")
        assert "Bo" in room.text
        assert "4321" in room.text


async def test_a_draft_about_an_item_that_is_gone_shows_what_was_typed(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    content = {"talk": "edit", "item": 4711, "steps": [["Form", {"title": "A careful title"}]]}
    async with opened(path, actor="Ana") as room:
        take_up(room.board, content)
        await room.until(lambda: room.dialog == "Report")
        assert "A careful title" in room.text


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"talk": "no such"},
        {"talk": ["add"], "steps": [["QuickAdd", {"line": "x"}]]},
        {"talk": "add", "steps": "all"},
        {"talk": "add", "steps": [[1, 2], "x", {}]},
        {"talk": "add", "steps": [["Form", {"title": "never asked"}]]},
        {"asked": None, "marks": None},
        {"asked": {"kind": "trade", "item": 999}, "marks": ["x"]},
        {"talk": "edit", "item": "x", "steps": [["Form", {"nonsense": "y", "title": 5}]]},
    ],
)
async def test_damaged_drafts_break_nothing(tmp_path: Path, content: dict[str, object]) -> None:
    path = room_of_ten(tmp_path)
    save_draft(path, "aa11", "Ana", content)
    async with opened(path, actor="Ana", own_process=True) as room:
        await room.until(lambda: room.dialog == "Menu" or not files(path))
        if room.dialog == "Menu":
            await room.press("t")
            await room.settle()
        await room.press("escape", "escape", "down")
        assert files(path) == []


def test_strangers_and_damaged_files_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "room.db"
    assert find_drafts(path, "Ana") == []
    save_draft(path, "aa11", "Ana", {"talk": "add"})
    folder = seats_folder(path)
    for number, raw in enumerate([b"", b"{", b"\xff", b"[]", b'{"name": "Ana"}', b'{"name": "Ana", "saved": "x"}']):
        (folder / f"bad{number}.draft").write_bytes(raw)
    (folder / "folder.draft").mkdir()
    assert [draft.content for draft in find_drafts(path, "Ana")] == [{"talk": "add"}]
    assert find_drafts(path, "Ben") == []


def test_where_nothing_can_be_written_there_is_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "room.db"
    seats_folder(path).write_text("in the way")
    assert not save_draft(path, "aa11", "Ana", {})
    assert find_drafts(path, "Ana") == []


async def test_the_field_has_what_was_typed(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    content = {
        "talk": "add",
        "item": None,
        "steps": [["QuickAdd", {"line": "Half", "way": "form"}], ["Form", {"owner": "Eva"}]],
    }
    async with opened(path, actor="Ana") as room:
        take_up(room.board, content)
        await room.until(lambda: room.dialog == "Form", "the form, past the line")
        assert room.app.screen.query_one("#field-title", Input).value == "Half"
        assert room.app.screen.query_one("#field-owner", Input).value == "Eva"


async def test_the_first_steps_give_way_to_what_is_taken_up(tmp_path: Path) -> None:
    path = empty(tmp_path)
    content = {"talk": "start", "item": None, "steps": [["Menu", {"key": "t"}], ["Form", {"new-0": "Pay 34.0"}]]}
    save_draft(path, "aa11", "Ana", content)
    async with opened(path, actor="Ana", own_process=True) as room:
        await room.until(lambda: "when the terminal went" in room.text)
        await room.press("t")
        await room.until(lambda: room.dialog == "Form", "the form, past its menu")
        assert room.app.screen.query_one("#field-new-0", Input).value == "Pay 34.0"
        assert len(room.app.screen_stack) == 2
        await room.press("ctrl+s")
        assert [team.name for team in stored(path).tables["teams"].values()] == ["Pay"]
