"""The search line: words that must occur, and ``slice:F team:Pay owner:Ana is:unsized``."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.plan.plan import Entry, entries_of
from tui.session.session import Figures


def rows_of(figures: Figures, query: str) -> tuple[list[Entry], list[Entry], int]:
    """What a query leaves above and below the line, and of how many."""
    above, below = list(figures.plan.entries), figures.below
    for gone in ("declined", "done"):
        if f"is:{gone}" in query.casefold().split():
            above, below = [], entries_of(figures.state, gone)
    total = len(above) + len(below)
    if query:
        names = {team.id: team.name for team in figures.plan.teams}
        above = [entry for entry in above if matches(entry, query, names)]
        below = [entry for entry in below if matches(entry, query, names)]
    return above, below, total


def matches(entry: Entry, query: str, teams: Mapping[int, str]) -> bool:
    """Whether an item has every part of the query. ``teams`` are names by id; case does not count."""
    item = entry.item
    for part in query.casefold().split():
        name, colon, value = part.partition(":")
        if colon and value and name in ("slice", "team", "owner", "is"):
            if not _has(entry, name, value, teams):
                return False
        elif not any(part in text.casefold() for text in (item.title, item.owner, item.note, item.source_key or "")):
            return False
    return True


def _has(entry: Entry, name: str, value: str, teams: Mapping[int, str]) -> bool:
    match name:
        case "slice":
            return entry.item.slice.casefold() == value
        case "team":
            return any(value in teams.get(size.team_id, "").casefold() for size in entry.sizes)
        case "owner":
            return value in entry.item.owner.casefold()
        case _:
            states = {"planned": "plan", "below": "below", "declined": "declined", "done": "done"}
            if value in states:
                return entry.item.state == states[value]
            return entry.sized == (value == "sized") if value in ("sized", "unsized") else False
