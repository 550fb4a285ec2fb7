"""The teams of a workspace, in their order."""

from __future__ import annotations

from store.records import State, Team


def teams_of(state: State) -> list[Team]:
    """The teams in their order."""
    return sorted(state.all(Team).values(), key=lambda team: (team.position, team.id))
