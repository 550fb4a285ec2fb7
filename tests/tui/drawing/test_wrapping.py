"""Long text on several rows: nothing is lost, nothing is wider than its column."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.drawing.wrap import wrapped

TEXTS = (
    "one two three four five six seven",
    "x" * 95,
    "日本語の長い題名がここに入る 日本",
    "short " * 30 + "y" * 50,
    "a  b   c",
    "line one\nline two\tand on",
)


@pytest.mark.parametrize("width", [2, 5, 11, 40, 200])
@pytest.mark.parametrize("text", TEXTS)
def test_every_letter_is_there_and_no_row_is_too_wide(text: str, width: int) -> None:
    rows = wrapped(text, width)
    assert max(cell_len(row) for row in rows) <= width
    assert "".join("".join(rows).split()) == "".join(text.split())


def test_words_are_kept_whole_where_they_fit() -> None:
    assert wrapped("one two three four", 9) == ["one two", "three", "four"]
    assert wrapped("2027-03-14       $420  Rate cards", 40) == ["2027-03-14       $420  Rate cards"]


def test_there_is_a_row_for_nothing() -> None:
    assert wrapped("", 10) == [""]
    assert wrapped(" \n ", 10) == [""]


def test_what_is_cut_says_so() -> None:
    assert wrapped("z" * 50_000, 80)[-1].endswith("…")
    assert "\x1b" not in "".join(wrapped("\x1b[31mred", 80))
