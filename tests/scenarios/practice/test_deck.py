"""The deck of questions: what comes with makeroom, and what is said of a file that is broken."""

from __future__ import annotations

import re

import pytest

from scenarios.practice.deck import read_deck
from store.common.errors import StoreError
from tui.practice.supplied import supplied_deck, supplied_text


def test_the_deck_has_six_groups_and_no_question_twice() -> None:
    deck = supplied_deck()
    assert [group.title for group in deck.groups] == [
        "The decision", "The request", "The options", "The strategy", "The operating model", "Our own team",
    ]  # fmt: skip
    asked = [question.ask for _, question in deck.questions]
    assert len(set(asked)) == len(asked) >= 23
    # Something is asked, and what to listen for is no question of its own.
    assert all(ask.endswith("?") for ask in asked)
    assert all(not question.listen.endswith("?") for _, question in deck.questions)


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        ('key = "request"', 'key = "decision"', "key is “decision”, as another group's"),
        ('title = "The request"', 'titel = "The request"', "groups.2.title is missing"),
        ('title = "The request"', "title = 3", "groups.2.title is refused"),
        ('title = "The options"', 'title = "The options', "Illegal character"),
    ],
)
def test_a_fault_is_said_with_file_line_and_key(was: str, is_now: str, said: str) -> None:
    text = supplied_text("deck.toml")
    line = text[: text.index(was)].count("\n") + 1
    with pytest.raises(StoreError, match=re.escape(said)) as caught:
        read_deck(text.replace(was, is_now), "mine.toml")
    # What is missing is told of its table, which begins at most two lines earlier.
    at = re.match(r"mine\.toml, line (\d+)", str(caught.value))
    assert at is not None
    assert line - 2 <= int(at[1]) <= line


def test_a_question_without_what_to_listen_for_is_refused_at_its_line() -> None:
    text = (
        '[[groups]]\nkey = "a"\ntitle = "A"\nquestions = [\n  { ask = "W?", listen = "b" },\n  { ask = "When?" },\n]\n'
    )
    with pytest.raises(StoreError, match=re.escape("mine.toml, line 6: groups.1.questions.2.listen is missing.")):
        read_deck(text, "mine.toml")
