"""Each team's net capacity before and after a change, and what of it should make somebody look twice."""

from __future__ import annotations

from scenarios.figures.sizes import format_ew
from scenarios.figures.teams import teams_of
from store.records import Capacity, State


def net_by_team(state: State) -> dict[str, float]:
    """Each team's net capacity in the present quarter (ew), by name."""
    nets = {each.team_id: each.net for each in state.each(Capacity) if each.quarter_id == state.quarter.id}
    return {team.name: nets.get(team.id, 0.0) for team in teams_of(state)}


def halved(before: State, after: State) -> list[str]:
    """A sentence for each team whose net capacity would fall by more than half: leave is seldom so much."""
    later = net_by_team(after)
    return [
        f"net of {name} falls by more than half, from {format_ew(net)} to {format_ew(later.get(name, 0.0))} ew: are "
        "these the right people, and dates of leave rather than of joining?"
        for name, net in net_by_team(before).items()
        if later.get(name, 0.0) < net / 2
    ]


def net_changes(before: State, after: State) -> list[str]:
    """``Pay: net 24.0 -> 21.5 ew`` for each team whose net capacity differs; new teams have none before."""
    nets = net_by_team(before)
    return [
        f"{name}: net {format_ew(nets.get(name, 0.0))} -> {format_ew(net)} ew"
        for name, net in net_by_team(after).items()
        if round(net, 6) != round(nets.get(name, 0.0), 6)
    ]
