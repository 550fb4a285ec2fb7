"""Which team an imported row's size is for, and the teams and capacities that the import has to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from store.imports.options import TeamWish
from store.imports.report import FileTeam
from store.records import Capacity, Record, State, Team, new_id
from store.records.draws import team_draw

#: a "Team" column with more names than this holds identifiers of people or projects
MOST_FROM_FILE = 20
NAMELESS = "Team"


class TeamChooser:
    """Knows the teams by name. Teams that only the file names are created, unless the user named those to use."""

    def __init__(self, state: State, wishes: Sequence[TeamWish]) -> None:
        self._state = state
        self._teams: dict[str, Team] = {}
        for team in sorted(state.each(Team), key=lambda one: (one.position, one.id)):
            self._teams.setdefault(team.name.casefold(), team)
        called = [wish for wish in wishes if wish.called]
        wishes = [wish for wish in wishes if not wish.called]
        self._create = not wishes
        #: records to write
        self.puts: list[Record] = []
        #: names of the teams that this import creates without capacity
        self.without_capacity: list[str] = []
        #: how often the file names a team that is not here
        self.unknown: Counter[str] = Counter()
        #: how many rows name no team
        self.unnamed = 0
        self._made: set[int] = set()
        self._rows: Counter[str] = Counter()
        self._became: dict[str, Team | None] = {}
        # Named twice, the last word counts, in the place of the first.
        once = {wish.name.casefold(): wish for wish in wishes}
        self._wished = [self.wished(wish) for wish in once.values()]
        #: by what the file calls it, ours; None: no team
        self._called = {
            wish.called.casefold(): self.wished(TeamWish(wish.name)) if wish.name else None for wish in called
        }

    def wished(self, wish: TeamWish) -> Team:
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
        taken = {team.draw for team in self._teams.values()}
        position = max((team.position for team in self._teams.values()), default=-1) + 1
        team = Team(id=new_id(), name=name, position=position, draw=team_draw(name, taken))
        capacity = Capacity(id=new_id(), quarter_id=self._state.quarter.id, team_id=team.id, net=net or 0.0)
        self.puts += [team, capacity]
        self._made.add(team.id)
        self._teams[name.casefold()] = team
        if net is None:
            self.without_capacity.append(name)
        return team

    def choose(self, named: Sequence[str], components: Sequence[str]) -> Team:
        """The team for a row: its team column, else a component of that name, else the default."""
        found = None
        for name in named:
            if (found := self._known(name)) is not None:
                break
        if found is None:
            found = next((team for name in components if (team := self._teams.get(name.casefold())) is not None), None)
        if found is None:
            found = self.named(named)
            if found is None:
                self.unnamed += not named
                self.unknown.update(name for name in named if name.casefold() not in self._called)
            return found or self.default
        for name in named:
            self._count(name, self._known(name))
        return found

    def named(self, names: Sequence[str]) -> Team | None:
        """The team that a row's team column names, made where it may be; None where it names none of ours."""
        found: Team | None = None
        for name in names:
            team = self._known(name)
            may_be = self._create and len(name) <= 200 and len(self._teams) < MOST_FROM_FILE
            if team is None and found is None and may_be and name.casefold() not in self._called:
                team = self._new(name, None)
            self._count(name, team)
            found = found or team
        return found

    def sure(self, named: Sequence[str]) -> Team | None:
        """The team of ours that is named, else the only one that there is; None where neither. None is made."""
        found = next((team for name in named if (team := self._known(name)) is not None), None)
        return found or (next(iter(self._teams.values())) if len(self._teams) == 1 else None)

    def see(self, names: Sequence[str]) -> None:
        """A row that has its team already names these."""
        for name in names:
            self._count(name, self._known(name))

    def _known(self, name: str) -> Team | None:
        key = name.casefold()
        return self._called[key] if key in self._called else self._teams.get(key)

    def _count(self, name: str, team: Team | None) -> None:
        self._rows[name] += 1
        self._became[name] = team

    @property
    def of_file(self) -> tuple[FileTeam, ...]:
        """Every team that the file names, as it comes, and what it becomes."""
        return tuple(
            FileTeam(name, self._rows[name], team.name if team else "", team is not None and team.id in self._made)
            for name, team in self._became.items()
        )

    @property
    def all(self) -> Collection[Team]:
        """The teams that are here, or that this import makes."""
        return self._teams.values()

    @property
    def default(self) -> Team:
        """The team for rows that name none; created if there is no team at all."""
        if self._wished:
            return self._wished[0]
        if not self._teams:
            return self._new(NAMELESS, None)
        return next(iter(self._teams.values()))
