"""How wide the column of teams is in the table of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from store.records import Item, Size, Team


def cells_of_teams(teams: Sequence[Team], short: Mapping[int, str], most: int) -> tuple[int, int]:
    """What the names of several teams take in a column of eight cells at most, whole and as short as tells them apart,
    where an item is ``most`` teams'; 0 where there is one team."""
    if len(teams) < 2:
        return 0, 0
    # “team” stands over them; of an item of several teams, the first letters do.
    tight = min(8, max(4, 2 * most - 1, *(cell_len(short[team.id]) for team in teams)))
    if most > 1:
        return 8, tight
    whole = max(cell_len(team.name if cell_len(team.name) <= 8 else short[team.id]) for team in teams)
    return max(tight, min(8, whole)), tight


def cells_of_joined(teams: Sequence[Team], items: Sequence[Item], sizes: Mapping[int, Sequence[Size]]) -> int:
    """What the teams of an item take in a column of twelve cells at most."""
    names = {team.id: team.name for team in teams}
    alone = {each[0].team_id for each in sizes.values()}
    alone |= {item.team_id for item in items if item.team_id is not None and item.id not in sizes}
    # What several teams take is more than what the first of them does.
    whose: set[tuple[int, ...]] = {(key,) for key in alone}
    whose |= {tuple(size.team_id for size in each) for each in sizes.values() if len(each) > 1}
    return min(12, max([4, *(cell_len("+".join(names.get(key, "?") for key in each)) for each in whose)]))
