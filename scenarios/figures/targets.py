"""The odds target in words: how high it is, and whether it is the whole plan's or each team's."""

from __future__ import annotations

from scenarios.figures.amounts import target_percent
from store.records import TargetFor

#: What the target is of, in words.
TARGETS_OF: dict[TargetFor, str] = {"plan": "the whole plan", "team": "each team"}


def target_words(target: float, target_for: TargetFor | None) -> str:
    """``70%``, ``70% of the whole plan`` or ``70% of each team``; ``target`` is 0..1."""
    return f"{target_percent(target)}{f' of {TARGETS_OF[target_for]}' if target_for else ''}"
