"""The decision log on screen, and the memos: the room's own way through both. About ten seconds."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from scenarios.trade.changes import now
from store.records import Command, Customer, Decision, Move, Request, new_id
from store.records.negotiation import DecisionDetail, DecisionOption
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, NORMAL, Room, item, opened, small, stored, things, titles
from tui.decisions import log_screen, memo_templates
from tui.decisions.memo_screen import Memo

ROWS = [
    ("Acme audit log", 3.0, {"state": "inbox", "slice": "O"}),
    *[(f"Item {number:02}", 2.0, {}) for number in range(1, 15)],
]


@pytest.fixture
def room_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A full plan of one team, a request of Acme that waits, and a decision of last week with all that hangs on it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(memo_templates, "templates_folder", lambda: tmp_path / "templates")
    path = small(tmp_path, ROWS, net=35.0)
    with Workspace.open(path, actor="ada") as workspace:
        state = workspace.load()
        asked, left = item(state, "Acme audit log"), item(state, "Item 14")
        acme, globex = (Customer(id=new_id(), name=name, arr=90_000.0) for name in ("Acme", "Globex"))
        made = {"id": new_id(), "quarter_id": state.quarter.id, "at": now() - timedelta(days=7), "kind": "drop"}
        row = Decision.model_validate(made | {"title": "Item 14", "item_id": left.id, "decided_by": "Jo Field"})
        detail = {"id": new_id(), "decision_id": row.id, "dissent": "Ben: banks wait for it", "asked_by": "sales-east"}
        workspace.apply(
            Command(
                "drop",
                "Item 14 out",
                (
                    acme, globex, row, left.model_copy(update={"state": "below"}),
                    Request(id=new_id(), item_id=asked.id, received_at=now(), customer_id=acme.id),
                    Move(id=new_id(), decision_id=row.id, item_id=left.id, kind="out", title="Item 14", ew=2.0),
                    DecisionDetail.model_validate(detail | {"load_before": 28.0, "load_after": 26.0}),
                    DecisionOption(id=new_id(), decision_id=row.id, title="Item 13", odds=0.75, ew=2.0),
                ),
            )
        )  # fmt: skip
    return path


def rows(room: Room) -> list[str]:
    return [line for line in room.words("#history").splitlines() if line.strip()]


async def trade(room: Room) -> str:
    """The request in for the best swap, with a name and a reason; what left is returned."""
    before = set(titles(room.state, "plan"))
    await room.press("i", "enter")
    assert room.board.sheet.trade is not None
    await room.until(lambda: not room.board.swapping.busy, "the swaps")
    await room.press("1", "enter")
    await room.write("Eve Adams", "enter")
    await room.write("wedge into banks", "enter")
    await room.until(lambda: room.board.sheet.trade is None, "the trade")
    (left,) = before - set(titles(room.state, "plan"))
    return left


async def test_from_a_trade_to_the_log_the_plan_of_then_and_the_memos(room_file: Path, tmp_path: Path) -> None:
    async with opened(room_file, NORMAL) as room:
        left = await trade(room)
        state, header = things(room.state), room.header

        await room.press("h")
        assert "DECISIONS  2, newest first" in room.text
        assert f"IN Acme audit log 3.0  OUT {left}" in rows(room)[0]
        assert "Eve Adams" in rows(room)[0]
        assert re.search(r"OUT Item 14 +sales-east +Jo Field +Ben: banks", rows(room)[1])

        # Search: by customer, by person, by words; how many match is said.
        await room.press("slash")
        await room.write("customer:acme")
        assert "1 of 2 match" in room.text
        await room.replace("person:jo banks", "enter")
        assert "1 of 2 match" in room.text
        assert len(rows(room)) == 1
        await room.press("enter")
        assert room.dialog == "DecisionScreen"
        for words in (
            "Item 14: taken out of plan", "Asked by sales-east", "Decided by Jo Field", "Item 14, 2.0 ew",
            "Load 28.0 → 26.0 ew", "Ben: banks wait for it", "On the table Item 13: odds 75%, frees 2.0 ew",
        ):  # fmt: skip
            assert words in " ".join(room.text.split()), words

        # The plan before it and after it, and back each time.
        await room.press("comma")
        assert room.dialog == "History"
        assert "THE PAST, read only: before “Item 14”" in room.text
        assert "14 items, as it was" in room.text
        assert "load 28.0" in room.lines[0]
        await room.press("escape")
        assert room.dialog == "DecisionScreen"
        await room.press("full_stop")
        assert "13 items, as it was" in room.text
        assert "load 26.0" in room.lines[0]
        await room.press("full_stop")
        assert "load 27.0" in room.lines[0], "and on to the decision after"
        await room.press("escape")
        assert "Item 14: taken out of plan" in room.text
        await room.press("escape")
        assert room.dialog == "History"
        assert "1 of 2 match" in room.text
        assert room.lines[0].strip() == header.splitlines()[0].strip()
        await room.press("escape")
        assert "DECISIONS  2, newest first" in room.text
        await room.press("escape")
        assert room.dialog == ""

        # The memos, from the log alone.
        await room.press("m")
        await room.until(lambda: "what we decided on" in room.text, "the memo")
        for words in ("for the team", "Decided by Eve Adams", "Why: wedge into banks", "In: Acme audit log, 3.0 ew"):
            assert words in room.text, words
        await room.press("2")
        await room.until(lambda: "for executives" in room.text and "Money on both sides" in room.text, "executives")
        assert f"Acme audit log: in; gave way: “{left}”" in room.text
        await room.press("H", "enter")
        await room.until(lambda: "Written: " in room.toasts, "the page")
        await room.press("3")
        await room.until(lambda: room.dialog == "Form")
        await room.replace("acm", "enter")
        await room.until(lambda: "your requests" in room.text, "the account's memo")
        assert "“Acme audit log” is planned for Q1 2027;" in room.text
        await room.press("s", "enter")
        await room.until(lambda: "Written: " in room.toasts, "the file")
        # Earlier: what was decided then, with the figures of then.
        await room.press("left", "1")
        await room.until(lambda: "Item 14: taken out of plan" in room.text, "the meeting before")
        assert "Acme audit log" not in room.words("TextView")
        await room.press("left")
        assert "no earlier meeting" in room.toasts
        await room.press("escape")
        assert room.dialog == ""
        assert things(room.state) == state, "nothing of this changes anything"

    day = max(row.at for row in stored(room_file).all(Decision).values()).date().isoformat()
    page = (tmp_path / f"memo-executives-{day}.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert f"in; gave way: “{left}”" in page
    memo = (tmp_path / f"memo-Acme-{day}.md").read_text(encoding="utf-8")
    assert "“Acme audit log” is planned" in memo
    assert left not in memo
    assert "Eve" not in memo


async def test_what_others_decide_meanwhile_comes_to_the_log_and_to_the_memo(room_file: Path) -> None:
    async with opened(room_file, NARROW) as room:
        await room.press("h")
        assert len(rows(room)) == 1
        decide(room, "Item 01")
        await room.until(lambda: len(rows(room)) == 2, "the other's decision")
        assert "OUT Item 01" in rows(room)[0]
        await room.press("slash")
        await room.write("banks")
        decide(room, "Item 02")
        await room.until(lambda: "1 of 3 match" in room.text, "one more, and the search as it was")
        await room.press("escape", "home", "enter")
        assert "Item 02: taken out of plan" in room.text
        with Workspace.open(room.path, actor="grace") as other:
            other.undo()
        room.board.look_for_news()
        await room.until(lambda: "It was taken back since." in room.text, "what became of it")
        with Workspace.open(room.path, actor="grace") as other:
            other.redo()
        room.board.look_for_news()
        await room.until(lambda: "taken back" not in room.text, "that it stands again")
        await room.press("escape", "escape", "m")
        await room.until(lambda: "Item 02: taken out" in room.text or "2 decisions" in room.text, "the memo")
        decide(room, "Item 03")
        await room.until(lambda: "3 decisions" in room.text and "renewed" in room.text, "the renewed memo")


def decide(room: Room, title: str) -> None:
    """Somebody else takes an item out of plan."""
    with Workspace.open(room.path, actor="grace") as other:
        state = other.load()
        row = Decision(id=-1, quarter_id=state.quarter.id, at=now(), kind="drop", title=title)
        gone = item(state, title).model_copy(update={"state": "below"})
        out = Move(id=-2, decision_id=-1, item_id=gone.id, kind="out", title=title, ew=2.0)
        other.apply(Command("drop", f"{title} out", (gone, row, out)))
    room.board.look_for_news()


async def test_trouble_is_a_sentence_and_nothing_is_lost(
    room_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken template, a name that is taken, a customer that is none, a search for nobody, a long log."""
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "team.md"
    own.write_text("# $date\n\nfor $nobody\n", encoding="utf-8")
    (tmp_path / "taken.md").write_text("mine", encoding="utf-8")
    monkeypatch.setattr(log_screen, "LARGE", 0)
    async with opened(room_file, NORMAL) as room:
        await room.press("h")
        await room.until(lambda: "DECISIONS  1, newest first" in room.text, "the log, read in a thread")
        await room.press("slash")
        await room.write("customer:nobody")
        assert "0 of 1: there is no customer “nobody”" in room.text
        assert rows(room) == []
        await room.press("enter", "enter", "comma", "escape", "escape", "v")
        assert "HISTORY" in room.text
        await room.press("q", "m")
        await room.until(lambda: "asks for $nobody" in room.text, "the broken template")
        assert "line 3 of" in room.words("TextView").replace("\n", " ")
        await room.press("s")
        assert "There is no memo to write yet" in room.toasts
        own.write_text("# $date\n\nMine alone.\n", encoding="utf-8")
        await room.press("1")
        await room.until(lambda: "Mine alone." in room.text, "the mended template")
        await room.press("s")
        await room.replace("taken.md", "enter")
        await room.until(lambda: room.dialog == "Menu")
        await room.press("escape")
        assert "taken.md" in room.text, "what was typed is there still"
        await room.press("escape", "3")
        await room.replace("nobody", "enter")
        assert "There is no customer “nobody”" in room.text
        await room.press("escape")
        assert isinstance(room.app.screen, Memo)
        await room.press("escape")
    assert (tmp_path / "taken.md").read_text(encoding="utf-8") == "mine"
    assert stored(room_file).all(Decision)


async def test_before_anything_was_decided(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ROWS, net=35.0), NARROW) as room:
        await room.press("m")
        assert "Nothing was decided yet" in room.toasts
        assert room.dialog == ""
        await room.press("h")
        assert "DECISIONS  none yet" in room.text
        await room.press("enter", "v", "enter")
        assert "as it was" in room.text
