"""The keys at the foot of dialogs: broken between keys, never within what one does."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.app_helpers import opened, small
from tui.widgets.key_line import key_rows

WORDS = "enter next, on the last line take it into the plan   ctrl+s take it into the plan   esc back, nothing changed"


@pytest.mark.parametrize("width", range(28, 120))
def test_rows_hold_whole_keys_and_lose_none(width: int) -> None:
    rows = key_rows(WORDS, width)
    assert all(cell_len(row) <= width for row in rows)
    assert "   ".join(rows).split() == WORDS.split()
    for key in WORDS.split("   "):
        # A key that has room in a row stands in one.
        assert len(key) > width or any(key in row for row in rows)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_a_form_and_a_size_keep_each_key_together(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(small(tmp_path, [("First", 3.0, {})]), size) as room:
        for key, phrases in (
            ("e", ("letter takes a T-shirt", "digits type a range, enter takes it", "v estimate together", "esc back")),
            ("a", ("enter ask for it", "tab as a form", "esc back, nothing changed")),
        ):
            await room.press(key)
            lines = room.text.splitlines()
            for phrase in phrases:
                assert any(phrase in line for line in lines), phrase
            await room.press("escape")
