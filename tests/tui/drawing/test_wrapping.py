"""Long text on several rows: nothing is lost, nothing is wider than its column; and what is cut at the end of a row."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.style import Style

from tui.drawing.canvas import spread
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


def test_what_gives_way_to_the_end_of_a_row_is_cut_with_a_blank_before_it() -> None:
    ground = Style()

    def row(left: str, right: str, width: int) -> str:
        return spread([(left, ground), ("  ", ground)], [(right, ground)], width, ground).text

    assert row("hire a contractor", "inner ring A", 40) == "hire a contractor           inner ring A"
    assert row("hire a contractor", "inner ring A", 30) == "hire a contractor inner ring A"
    assert row("hire a contractor", "inner ring A", 29) == "hire a contract… inner ring A"
    assert row("東京の計画", "ring", 14) == "東京の計… ring"
    assert [row("abc", "ring", width) for width in (4, 5, 6, 7, 8)] == [
        "ring",
        " ring",
        "… ring",
        "a… ring",
        "abc ring",
    ]
    assert row("hire a contractor", " ring", 12) == "hire a… ring"
    assert row("hire a contractor", "", 10) == "hire a co…"
