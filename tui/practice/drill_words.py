"""What is said of a drill: on screen, and on the command line alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from scenarios.practice.drills import Drill
from scenarios.practice.leitner import WAITS, Standing
from store.sidecars.drill_record import Attempt

#: How each answer to “how did it go?” is meant.
WENT_WORDS = {
    "badly": "I would not say it like that again: it comes back tomorrow",
    "so-so": "I missed a part of it: it comes back as soon as the last time",
    "well": "my reason holds after reading both sides",
}


class Said(NamedTuple):
    """Words after a label."""

    label: str
    words: str
    tone: Literal["text", "muted", "bold"] = "text"


def drill_said(drill: Drill) -> Iterator[Said]:
    """The situation and the choices."""
    yield Said("", drill.situation)
    yield Said("", "")
    for at, choice in enumerate(drill.choices, 1):
        yield Said(f" {at}  ", choice.do, "bold")


def sides_said(drill: Drill, attempt: Attempt) -> Iterator[Said]:
    """Both sides of each choice, the chosen one first, with the reason that was given."""
    yield Said("", f"What pulls here: {drill.tension}")
    mine = attempt.choice - 1
    for at in sorted(range(len(drill.choices)), key=lambda at: (at != mine, at)):
        choice = drill.choices[at]
        yield Said("", "")
        yield Said(f" {at + 1}  ", choice.do, "bold")
        if at == mine:
            yield Said("    you:     ", attempt.because)
        yield Said("    for:     ", choice.speaks_for)
        yield Said("    against: ", choice.speaks_against)
    yield Said("", "")
    yield Said("", f"A colleague would first find out: {drill.first}")


def standing_words(standing: Standing, today: date) -> str:
    """Where a drill stands, in a few words."""
    if standing.rests:
        return f"rests: went well on {standing.last:%d %b %Y}"
    if standing.due is None:
        return "new"
    box = f"box {standing.box} of {len(WAITS)}"
    return f"due now, {box}" if standing.is_due(today) else f"due {standing.due:%d %b %Y}, {box}"
