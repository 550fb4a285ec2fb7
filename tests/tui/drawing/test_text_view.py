"""Lines of a long text: none is wider than it may be, and no word is lost. Under a second."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.naughty import naughty, obeyed
from tui.decisions.log_line import shared
from tui.decisions.memo_preview import preview_of
from tui.drawing.plain import plain
from tui.widgets.text_view import Paragraph, _broken, broken


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 20, ["one two three"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]),
        ("a 東京電力 b", 5, ["a", "東京", "電力", "b"]),
    ],
)
def test_where_a_text_is_broken(text, width, lines):
    assert broken(text, width) == lines


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.integers(12, 60))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    clean = plain(text)
    lines = broken(clean, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean.split())


def test_what_hangs_begins_in_one_column():
    (first, *rest) = list(_broken(Paragraph("one two three four", "Why   "), 12))
    assert first == ("Why   ", "one", "text")
    assert {label for label, _, _ in rest} == {" " * 6}
    assert [words for _, words, _ in rest] == ["two", "three", "four"]
    label, *rest = list(_broken(Paragraph("words", "a label that is far too long"), 20))
    assert (label[1], rest) == ("", [("  ", "words", "text")])


@pytest.mark.parametrize("width", [12, 40, 118])
def test_nothing_that_a_terminal_would_obey(width):
    for text in naughty(300):
        for label, words, _ in _broken(Paragraph(text, text[:5]), width):
            assert obeyed(label + words) == []
            assert cell_len(label + words) <= width + cell_len(plain(text[:5]))


def test_a_memo_is_shown_without_its_marks():
    memo = "# A \\*b\\*\n\nwords\n\n- one\n  - **two: x** (chosen)\n2. **three**: y"
    assert list(preview_of(memo)) == [
        Paragraph("A *b*", tone="bold"),
        Paragraph(""),
        Paragraph("words"),
        Paragraph(""),
        Paragraph("one", "• "),
        Paragraph("two: x (chosen)", "  • ", "bold"),
        Paragraph("three: y", "2. "),
    ]


@pytest.mark.parametrize(
    ("parts", "room", "texts"),
    [
        (["IN a", "OUT b"], 20, ["IN a", "OUT b"]),
        (["IN abcdefghij", "OUT b"], 15, ["IN abcd…", "OUT b"]),
        (["IN abcdefghij", "OUT abcdefghij"], 18, ["IN abcd…", "OUT abc…"]),
    ],
)
def test_the_long_part_of_a_row_gives_way(parts, room, texts):
    assert shared(parts, room) == texts
