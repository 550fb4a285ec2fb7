"""What is taken out of text, and what stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.common.text import clean


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        ("plain", "plain", "plain"),
        ("  padded  ", "padded", "padded"),
        ("a\nb", "a b", "a\nb"),
        ("a \r\n\r\n b", "a b", "a \n\n b"),
        ("a\u2028b", "a b", "a\nb"),
        ("a\tb", "a b", "a\tb"),
        ("\x1b[2Jx", "[2Jx", "[2Jx"),
        ("\u202etfel", "tfel", "tfel"),
        ("zero\u200bwidth\ufeff", "zerowidth", "zerowidth"),
        ("👩\u200d💻", "👩\u200d💻", "👩\u200d💻"),
        ("\u200d", "", ""),
        (" \u200d\n", "", ""),
        ("bad\ud800end", "badend", "badend"),
        ("soft\u00adhyphen", "softhyphen", "softhyphen"),
        ("Zürich – 東京 [/red]", "Zürich – 東京 [/red]", "Zürich – 東京 [/red]"),
        ("", "", ""),
    ],
)
def test_examples(text, line, lines):
    assert clean(text) == line
    assert clean(text, multiline=True) == lines


@given(st.text(), st.booleans())
def test_nothing_hidden_is_left_and_a_second_time_changes_nothing(text, multiline):
    once = clean(text, multiline)
    allowed = "\u200d\n\t" if multiline else "\u200d"
    assert all(c in allowed or unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in once)
    assert clean(once, multiline) == once
    once.encode()
