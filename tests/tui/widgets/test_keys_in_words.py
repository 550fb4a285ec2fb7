"""Sentences that name a key take it from the key's row, so that a remapped key is named as it is."""

from __future__ import annotations

import re
from pathlib import Path

import tui
from tests.tui.app_helpers import empty, opened
from tui.plan_view.keys import BOARD

#: A key by hand in a sentence that passes: "c sets it", "(g)", "press I".
_BY_HAND = re.compile(
    r"""(?:tell|say|notify)\(\s*f?"[^"\n]*(?:[.:;,] [A-Za-z!?] [a-z]+s\b|\([A-Za-z!?]\)|[Pp]ress [A-Za-z!?]\b)"""
)
#: The screens that others are at work on, or that name a key of the dialog at hand.
_NOT_YET = {"look/look_flow.py", "quarter/progress_screen.py", "compare/compare_flow.py"}


def test_no_sentence_names_a_key_by_hand() -> None:
    root = Path(tui.__file__).parent
    found = {
        f"{path.relative_to(root)}: {hit}"
        for path in root.rglob("*.py")
        if str(path.relative_to(root)) not in _NOT_YET
        for hit in _BY_HAND.findall(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_the_pattern_finds_the_habit() -> None:
    assert _BY_HAND.search('board.tell("There is no team yet: c adds one.")')
    assert _BY_HAND.search('board.tell("It waits in the inbox (i).")')
    assert _BY_HAND.search('self.say("Then press I again.")')
    assert not _BY_HAND.search('board.tell(f"There is no team yet: {c} adds one.")')


async def test_a_key_that_was_moved_is_named_as_it_is(tmp_path: Path) -> None:
    async with opened(empty(tmp_path)) as room:
        room.app.set_keymap({"board.capacity": "f7"})
        assert BOARD.of(room.app, "capacity") == "f7"
        await room.press("escape", "f", "x", "L")
        assert "There is no capacity yet: f7 sets it for each team." in room.toasts + room.text
