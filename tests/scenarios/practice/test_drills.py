"""The drills that come with makeroom, and what is said of a file that is broken."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from scenarios.practice.drills import read_drills
from store.common.errors import StoreError
from store.sidecars.drill_record import Attempt
from tui.practice.drill_words import drill_said, sides_said
from tui.practice.supplied import supplied_drills, supplied_text


def test_there_are_24_and_each_has_two_sides_of_every_choice() -> None:
    drills = supplied_drills()
    assert len(drills) == 24
    assert len({drill.title for drill in drills}) == 24
    for drill in drills:
        # Two minutes: about 250 words a minute are read, and both sides take most of it.
        words = " ".join(
            [drill.situation, *(f"{one.do} {one.speaks_for} {one.speaks_against}" for one in drill.choices)]
        )
        assert 120 <= len(words.split()) <= 320, drill.key
        assert len({one.do for one in drill.choices}) == len(drill.choices) >= 2


def test_each_is_read_and_answered_in_two_minutes() -> None:
    """All that is shown of a drill, before the choice and after it, but for the numbers of the choices.

    300 words take 75 seconds at 240 a minute, and leave the rest for the choice and its reason.
    """
    for drill in supplied_drills():
        attempt = Attempt(drill.key, datetime(2027, 1, 11, 12, tzinfo=UTC), 1, "", "")
        before, after = drill_said(drill), sides_said(drill, attempt)
        shown = " ".join([drill.title, *(f"{said.label} {said.words}" for said in (*before, *after))])
        assert len(re.findall(r"[^\W\d_]+(?:['’.,-][^\W_]+)*|\$?\d[\w.,%]+", shown)) <= 300, drill.key


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        ('key = "proof-or-pilot"', 'key = "one-loud-account"', "is “one-loud-account”, as another drill's"),
        ('key = "proof-or-pilot"', 'key = "Proof or pilot"', "drills.4.key is refused"),
        ('do = "Do the free proof', 'does = "Do the free proof', "drills.4.choices.1.do is missing"),
        ('do = "Do the free proof in three weeks"', 'do = ""', "drills.4.choices.1.do is refused"),
    ],
)
def test_a_fault_is_said_with_file_line_and_key(was: str, is_now: str, said: str) -> None:
    text = supplied_text("drills.toml")
    line = text[: text.index(was)].count("\n") + 1
    with pytest.raises(StoreError, match=re.escape(said)) as caught:
        read_drills(text.replace(was, is_now), "mine.toml")
    at = re.match(r"mine\.toml, line (\d+): ", str(caught.value))
    assert at is not None
    # Of the same two keys the later one is at fault; what is missing is told of its table.
    later = text[: text.index('key = "one-loud-account"')].count("\n") + 1
    assert int(at[1]) in (line, line - 1, later)
