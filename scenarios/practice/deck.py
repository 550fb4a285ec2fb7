"""The deck: questions in groups, for whoever leads a practice; read from its file."""

from __future__ import annotations

from pydantic import Field

from scenarios.practice.toml_text import PracticePart, read_toml
from scenarios.snapshots.toml_faults import at_fault

#: Characters of a text, and of a name.
_TEXT, _NAME = 1_000, 60


class DeckQuestion(PracticePart):
    """What is asked, and what whoever asks listens for: that is not shown to the others."""

    ask: str = Field(min_length=1, max_length=_TEXT)
    listen: str = Field(min_length=1, max_length=_TEXT)


class QuestionGroup(PracticePart):
    """Questions about one thing."""

    key: str = Field(pattern=r"^[a-z][a-z-]*$", max_length=_NAME)
    title: str = Field(min_length=1, max_length=_NAME)
    questions: list[DeckQuestion] = Field(min_length=1, max_length=100)


class Deck(PracticePart):
    """All of them, in the order in which they are asked."""

    groups: list[QuestionGroup] = Field(min_length=1, max_length=50)

    @property
    def questions(self) -> list[tuple[QuestionGroup, DeckQuestion]]:
        """Each question with its group."""
        return [(group, question) for group in self.groups for question in group.questions]


def read_deck(text: str, name: str) -> Deck:
    """The deck of a file; ``name`` is what errors call it. Raises StoreError with file, line and key."""
    deck = read_toml(text, name, Deck)
    keys: set[str] = set()
    for at, group in enumerate(deck.groups):
        if group.key in keys:
            raise at_fault(text, name, ("groups", at, "key"), f"is “{group.key}”, as another group's")
        keys.add(group.key)
    return deck
