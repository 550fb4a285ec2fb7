"""Drills: situations of two minutes, and what an experienced colleague would weigh on each side; no answer is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from scenarios.figures.names import Kind
from scenarios.practice.toml_text import PracticePart, read_toml
from scenarios.snapshots.toml_faults import at_fault

#: Characters of a name.
_NAME = 80
_Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
_Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class DrillChoice(PracticePart):
    """One way to act, and what speaks for and against it."""

    do: _Line
    speaks_for: _Text
    speaks_against: _Text


class Drill(PracticePart):
    """A situation. ``tension`` is what pulls against what, and ``first`` what a colleague would find out first: both
    are told after the choice, with the two sides of each."""

    key: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=_NAME)
    title: str = Field(min_length=1, max_length=_NAME)
    situation: _Text
    tension: _Line
    first: _Text
    choices: list[DrillChoice] = Field(min_length=2, max_length=5)


#: How a drill is named.
DRILL: Kind[Drill] = Kind("drill", name=lambda drill: drill.title, whole=lambda drill: (drill.key, drill.title))


class _DrillFile(PracticePart):
    drills: list[Drill] = Field(min_length=1, max_length=1_000)


def read_drills(text: str, name: str) -> Sequence[Drill]:
    """The drills of a file; ``name`` is what errors call it. Raises StoreError with file, line and key."""
    drills = read_toml(text, name, _DrillFile).drills
    keys: set[str] = set()
    for at, drill in enumerate(drills):
        if drill.key in keys:
            raise at_fault(text, name, ("drills", at, "key"), f"is “{drill.key}”, as another drill's")
        keys.add(drill.key)
    return drills
