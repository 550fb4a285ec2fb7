"""The drills and the deck that come with makeroom."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from scenarios.practice.deck import Deck, read_deck
from scenarios.practice.drills import Drill, read_drills


def supplied_text(name: str) -> str:
    """A file that stands beside what reads it, by its name there."""
    return files("scenarios.practice").joinpath(name).read_text(encoding="utf-8")


def supplied_drills() -> Sequence[Drill]:
    """All drills."""
    return read_drills(supplied_text("drills.toml"), "drills.toml")


def supplied_deck() -> Deck:
    """The deck."""
    return read_deck(supplied_text("deck.toml"), "deck.toml")


def last_questions() -> list[str]:
    """What a debrief ends with: the questions of the deck's last group."""
    return [question.ask for question in supplied_deck().groups[-1].questions]
