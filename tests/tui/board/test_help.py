"""The help: a page a question, found by any word, with the keys as they are now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.app_helpers import NARROW, NORMAL, Room, demo, opened
from tui.app.keymap import tables
from tui.board.help_pages import PAGES, how_to_page, rows_named

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to.md"


def test_the_page_of_the_docs_is_what_the_help_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == how_to_page(), "write it anew from tui.board.help_pages.how_to_page"


def test_every_key_that_a_page_names_is_there_and_no_name_is_left() -> None:
    rows = {row.id for table in tables() for row in table}
    assert set(rows_named()) <= rows
    assert not [line for page in PAGES for line in page.said() if re.search(r"[{}]", line)]
    assert len({page.question for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("sort", "How do I put the best first?"),
        ("hire", "What if somebody leaves, or joins?"),
        ("undo", "How do I take something back?"),
        ("excel", "How do I bring in my backlog?"),
        ("projector", "How do I show it on a wall?"),
        ("postpone", "How do I say no, later, or smaller?"),
        ("size fight", "How do I settle a fight over a size?"),
        ("promise", "What did we promise?"),
        ("vim", "How do I make it look and work my way?"),
        ("who decides", "Who may decide?"),
    ],
)
def test_a_page_is_found_by_what_people_call_it(asked: str, question: str) -> None:
    ranks = {page.question: page.found(asked.casefold().split()) for page in PAGES}
    assert ranks[question]
    assert ranks[question] == max(ranks.values())


def page_of(room: Room) -> str:
    return " ".join(str(room.app.screen.query_one("HangingText").render()).split())


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=str)
async def test_a_question_is_found_read_and_left_by_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(demo(tmp_path), size) as room:
        await room.press("question_mark")
        assert page_of(room).startswith("WHY 73%")
        assert "Why are the odds 73%?" in room.text
        await room.press("down")
        assert "THE TRADE SHEET" in page_of(room)
        room.app.set_keymap({"board.order": "f9"})
        await room.write("sort")
        await room.until(lambda: page_of(room).startswith("f9 sorts once by value"))
        assert "f9       sorts once" in room.text
        await room.replace("zebras")
        await room.until(lambda: "No page has all of these words" in room.text)
        await room.replace("data")
        await room.until(lambda: str(tmp_path)[:20] in page_of(room))
        await room.press("question_mark")
        assert room.dialog == "", room.text
