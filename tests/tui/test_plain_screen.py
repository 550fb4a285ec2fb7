"""The words that tests read of a terminal are those that pyte would read of all its cells, colours and all."""

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.plain_screen import PlainScreen

COLUMNS, LINES = 12, 5
PLACE = st.tuples(st.integers(1, LINES), st.integers(1, COLUMNS))
#: Go somewhere, erase, insert and delete, scroll within a region, modes; as they are, not each as it may be misspelt.
SEQUENCES = st.one_of(
    PLACE.map(lambda at: "\x1b[{};{}H".format(*at)),
    st.builds("\x1b[{}{}".format, st.integers(0, 2), st.sampled_from("KJ")),
    st.builds("\x1b[{}{}".format, st.integers(1, 4), st.sampled_from("@ABCDGLMPXd")),
    st.sampled_from(
        ["\x1b[2;4r", "\x1b[r", "\x1b[4h", "\x1b[4l", "\x1b[?5h", "\x1b[?7l", "\x1b[?6h", "\x1b[1;31m", "\x1b[m"]
    ),
    st.sampled_from(["\x1bM", "\x1bD", "\x1bE", "\x1bc", "\x1b7", "\x1b8", "\x1b#8"]),
)
WRITTEN = st.lists(st.one_of(st.text("abé \n\r\t\b", min_size=1, max_size=15), SEQUENCES), max_size=12)


@given(st.lists(WRITTEN, min_size=1, max_size=5).map(lambda parts: ["".join(part) for part in parts]), st.data())
@settings(max_examples=50)
def test_they_are_what_pyte_reads_of_all_cells_whatever_is_written(parts: list[str], data: st.DataObject) -> None:
    whole, plain = pyte.Screen(COLUMNS, LINES), PlainScreen(COLUMNS, LINES)
    stream = pyte.Stream(whole)
    assert plain.rows == whole.display
    for part in parts:
        stream.feed(part)
        # It comes in two reads, wherever the first ends.
        written = part.encode()
        first = data.draw(st.integers(0, len(written)))
        plain.feed(written[:first])
        assert len(plain.rows) == LINES
        plain.feed(written[first:])
        assert plain.rows == whole.display


def test_a_wide_character_takes_two_cells() -> None:
    plain = PlainScreen(COLUMNS, LINES)
    plain.feed("a漢字 e\u0301\r\n\x1b[38;2;1;2;3m漢\x1b[>1u\x1b[0m".encode())
    assert [row.rstrip() for row in plain.rows] == ["a漢字 é", "漢", "", "", ""]
