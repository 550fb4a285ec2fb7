"""Sizes by team as somebody types them, in a form as on the command line."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.figures.sizes import Range, format_range, parse_size, range_of, shirts_of
from scenarios.figures.teams import teams_of
from scenarios.plan.plan import Entry
from store.common.errors import refused_about
from store.records import State


def present_sizes(entry: Entry) -> dict[int, Range]:
    """The sizes that an item has, by team id."""
    return {size.team_id: range_of(size) for size in entry.sizes}


def sizes_in(
    values: Mapping[str, str], state: State, present: Mapping[int, Range], name: str = "size"
) -> dict[int, Range]:
    """Sizes by team id from the fields ``size-TEAM_ID``. Raises :class:`Refused` for the first that is no size.

    A field that still shows the ``present`` size as it was filled in means that size, with all its digits.
    """
    shirts, found = shirts_of(state), {}
    for team in teams_of(state):
        text = values.get(f"{name}-{team.id}", "").strip()
        if text and team.id in present and text == format_range(present[team.id]):
            found[team.id] = present[team.id]
        elif text:
            with refused_about(f"{name}-{team.id}"):
                found[team.id] = parse_size(text, shirts)
    return found
