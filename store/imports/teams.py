"""Which team an imported row's size is for, and the teams and capacities that the import has to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from store.imports.options import TeamWish
from store.records import Capacity, Record, State, Team, new_id

#: a "Team" column with more names than this holds identifiers of people or projects
MOST_FROM_FILE = 20
NAMELESS = "Team"


class TeamChooser:
    """Knows the teams by name. Teams that only the file names are created where the workspace has none at all."""

    def __init__(self, state: State, wishes: Sequence[TeamWish]) -> None:
        self._state = state
        self._teams: dict[str, Team] = {}
        for team in sorted(state.each(Team), key=lambda one: (one.position, one.id)):
            self._teams.setdefault(team.name.casefold(), team)
        self._create = not self._teams and not wishes
        #: records to write
        self.puts: list[Record] = []
        #: names of the teams that this import creates without capacity
        self.without_capacity: list[str] = []
        #: how often the file names a team that is not here
        self.unknown: Counter[str] = Counter()
        # Named twice, the last word counts, in the place of the first.
        once = {wish.name.casefold(): wish for wish in wishes}
        self._wished = [self._wish(wish) for wish in once.values()]

    def _wish(self, wish: TeamWish) -> Team:
        """The team that the user named, created if it is new, with its capacity set if that was given."""
        team = self._teams.get(wish.name.casefold())
        if team is None:
            return self._new(wish.name, wish.net)
        if wish.net is not None:
            quarter = self._state.quarter.id
            of_team = (one for one in self._state.each(Capacity) if (one.quarter_id, one.team_id) == (quarter, team.id))
            old = next(of_team, None)
            if old is None:
                self.puts.append(Capacity(id=new_id(), quarter_id=quarter, team_id=team.id, net=wish.net))
            elif old.net != wish.net:
                self.puts.append(old.model_copy(update={"net": wish.net}))
        return team

    def _new(self, name: str, net: float | None) -> Team:
        """A new team; without a capacity it gets 0.0, which the summary says."""
        position = max((team.position for team in self._teams.values()), default=-1) + 1
        team = Team(id=new_id(), name=name, position=position)
        capacity = Capacity(id=new_id(), quarter_id=self._state.quarter.id, team_id=team.id, net=net or 0.0)
        self.puts += [team, capacity]
        self._teams[name.casefold()] = team
        if net is None:
            self.without_capacity.append(name)
        return team

    def choose(self, named: Sequence[str], components: Sequence[str]) -> Team:
        """The team for a row: its team column, else a component of that name, else the default."""
        for name in (*named, *components):
            if team := self._teams.get(name.casefold()):
                return team
        for name in named:
            if self._create and len(name) <= 200 and len(self._teams) < MOST_FROM_FILE:
                return self._new(name, None)
            self.unknown[name] += 1
        return self.default

    @property
    def default(self) -> Team:
        """The team for rows that name none; created if there is no team at all."""
        if self._wished:
            return self._wished[0]
        if not self._teams:
            return self._new(NAMELESS, None)
        return next(iter(self._teams.values()))
