"""Teams as such: new ones as they are typed, other names, two that become one, and one that is no longer there.

What takes a team away is a proposal for the door: what it holds goes to another team, whose odds may not stand it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from scenarios.capacity.draft import CapacityDraft, one_step, propose_people
from scenarios.capacity.edits import MOST_PEOPLE, add_team, renumbered, require_new_team, set_head_count, team_of
from scenarios.figures.names import plain_name
from scenarios.figures.sizes import format_ew
from scenarios.trade.decision_records import UNDECIDED
from scenarios.trade.door import Proposal
from scenarios.trade.proposals import propose_capacity
from scenarios.working_time.teams import stored_net
from store.common.errors import Refused
from store.common.team_names import NamedTeam, team_name
from store.records import (
    Absence,
    Actual,
    Capacity,
    Closure,
    Command,
    Delivered,
    Interrupt,
    Item,
    Move,
    Person,
    Progress,
    Quarter,
    Record,
    RoundEstimate,
    Size,
    State,
    TargetFor,
    Team,
    TeamTime,
    UnplannedWork,
    VersionSize,
    new_id,
)

S = TypeVar("S", Size, VersionSize)
R = TypeVar("R", bound=Record)


def add_named(draft: CapacityDraft, named: NamedTeam) -> CapacityDraft:
    """Another team: a plain net, or so many people whose net follows from the calendar."""
    later = add_team(draft, named.name, named.net or 0.0)
    if named.people is None:
        return later
    team = next(team for team in later.state.each(Team) if team.name == named.name and team.id < 0)
    return one_step(draft, set_head_count(later, team.id, named.people))


def rename_team(draft: CapacityDraft, team_id: int, name: str) -> CapacityDraft:
    """Another name; all that the team holds stays with it."""
    team, name = team_of(draft, team_id), team_name(name)
    require_new_team(draft.state, name, team_id)
    return draft.then(f"{team.name} is now {name}", (team.model_copy(update={"name": name}),))


def propose_teams(
    state: State,
    net: Mapping[int, float],
    target: float | None,
    named: Sequence[NamedTeam],
    reason: str = "",
    target_for: TargetFor | None = None,
) -> Proposal:
    """As :func:`~scenarios.trade.proposals.propose_capacity`, with new teams as they were typed."""
    seen: set[str] = set()
    for each in named:
        require_new_team(state, each.name)
        if plain_name(each.name) in seen:
            raise Refused(f"“{each.name}” is there twice")
        seen.add(plain_name(each.name))
    plain = [(each.name, each.net or 0.0) for each in named if not each.people]
    proposal = propose_capacity(state, net, target, plain, target_for)
    if not any(each.people for each in named):
        return proposal
    draft = CapacityDraft(state).then(proposal.title, proposal.command.puts)
    for each in named:
        draft = add_named(draft, each) if each.people else draft
    return propose_people(state, draft, reason)


# ------------------------------------------------------------------ one team less


@dataclass
class _Handing:
    """What goes from one team to another, as records."""

    state: State
    team: Team
    to: Team | None
    puts: list[Record] = field(default_factory=list)
    removes: list[Record] = field(default_factory=list)
    items: set[int] = field(default_factory=set)

    def of_team(self, kind: type[R]) -> list[R]:
        """The records of a kind that are the team's."""
        return [row for row in self.state.each(kind) if getattr(row, "team_id", None) == self.team.id]

    def work(self) -> None:
        """All that the team has to do with items. Raises Refused where nobody takes it."""
        self._sizes(Size, "item_id")
        self._sizes(VersionSize, "version_id")
        self.items |= {row.item_id for row in self.of_team(Size)} | {row.id for row in self.of_team(Item)}
        self._pass_on(Item)
        self._pass_on(RoundEstimate)
        self._progress()
        if self.to is None and (self.puts or self.removes):
            planned = sum(self.state.all(Item)[key].state == "plan" for key in self.items)
            held = f"{_items(len(self.items))}, {planned} of them in plan"
            raise Refused(f"{self.team.name} holds {held}: say which team takes them")

    def _progress(self) -> None:
        """What was spent on an item stays spent on it."""
        here = {row.item_id: row for row in self.state.each(Progress) if self.to and row.team_id == self.to.id}
        for row in self.of_team(Progress):
            if beside := here.get(row.item_id):
                self.puts.append(beside.model_copy(update=_progress_together(beside, row)))
                self.removes.append(row)
            else:
                self.puts.append(row.model_copy(update={"team_id": self.to.id if self.to else 0}))

    def _sizes(self, kind: type[S], of: str) -> None:
        here = {getattr(row, of): row for row in self.state.each(kind) if self.to and row.team_id == self.to.id}
        for row in self.of_team(kind):
            beside = here.get(getattr(row, of))
            if beside is None:
                self.puts.append(row.model_copy(update={"team_id": self.to.id if self.to else 0}))
            else:
                # Luck is an item's own, shared by its teams: the ends of its ranges are reached together.
                self.puts.append(beside.model_copy(update=_sum(beside, row)))
                self.removes.append(row)

    def _pass_on(self, kind: type[R]) -> None:
        self.puts += [row.model_copy(update={"team_id": self.to.id if self.to else 0}) for row in self.of_team(kind)]


def _progress_together(one: Progress, other: Progress) -> dict[str, object]:
    """What two teams have spent on an item, and what is left of it where that is known of both."""
    both, open_ones = (one, other), [row for row in (one, other) if row.done_on is None]
    known = all(row.left is not None for row in open_ones)
    left = {
        name: sum(getattr(row, name) or 0.0 for row in open_ones) if open_ones and known else None
        for name in ("left_low", "left", "left_high")
    }
    if any(row.left_low is None for row in open_ones):
        left["left_low"] = left["left_high"] = None
    ends = [row.done_on for row in both if row.done_on is not None]
    return {
        "spent": one.spent + other.spent,
        "carried": one.earlier + other.earlier,
        **left,
        "started_on": min((row.started_on for row in both if row.started_on is not None), default=None),
        "done_on": max(ends) if not open_ones else None,
        "counted": one.counted and other.counted,
        "told_on": max((row.told_on for row in both if row.told_on is not None), default=None),
    }


def _sum(one: Size | VersionSize, other: Size | VersionSize) -> dict[str, float | None]:
    likely = one.likely + other.likely
    if one.low is None and other.low is None:
        return {"low": None, "likely": likely, "high": None}
    low, high = (
        sum(row.likely if getattr(row, end) is None else getattr(row, end) for row in (one, other))
        for end in ("low", "high")
    )
    return {"low": low, "likely": likely, "high": high}


def remove_team(state: State, team_id: int, to_id: int | None = None) -> Proposal:
    """The team goes, with its people, its capacity and its record of finished quarters; its items go to another one.

    Raises Refused where it holds items and no team takes them.
    """
    team, to = (team_of(CapacityDraft(state), team_id), None) if to_id is None else _both(state, team_id, to_id)
    handing = _Handing(state, team, to)
    handing.work()
    people = {row.id for row in handing.of_team(Person)}
    handing.removes += [row for row in state.each(Absence) if row.person_id in people]
    for kind in (Person, TeamTime, Closure, Capacity, Actual, Interrupt, Delivered, UnplannedWork):
        handing.removes += handing.of_team(kind)
    taken = f": {_items(len(handing.items))} to {to.name}" if to is not None and handing.items else ""
    return _proposal(handing, f"{team.name} removed{taken}", -stored_net(state)[team_id])


def merge_teams(state: State, team_id: int, into_id: int) -> Proposal:
    """Merge a team into another one, with all that it holds: items, people or plain net, and its record.

    Focus and interrupts of the other one hold for all then. Raises Refused where only one of them has people.
    """
    team, into = _both(state, team_id, into_id)
    handing = _Handing(state, team, into)
    handing.work()
    handing._pass_on(Actual)
    handing._pass_on(UnplannedWork)
    _merge_interrupts(handing, into)
    _merge_delivered(handing, into)
    draft = _people_together(handing, into)
    _merge_capacities(handing, into, draft)
    command = draft.command
    handing.puts += command.puts
    handing.removes += command.removes
    now, later = stored_net(state), stored_net(state.overlay(Command("", "", tuple(handing.puts))))
    change = later[into_id] - now[into_id] - now[team_id]
    label = f"{team.name} merged into {into.name}: {_items(len(handing.items))}, now {format_ew(later[into_id])} ew"
    return _proposal(handing, label, change)


def _both(state: State, team_id: int, to_id: int) -> tuple[Team, Team]:
    if team_id == to_id:
        raise Refused("that is the team itself: name another one")
    draft = CapacityDraft(state)
    return team_of(draft, team_id), team_of(draft, to_id)


def _proposal(handing: _Handing, label: str, change: float) -> Proposal:
    move = Move(id=new_id(), decision_id=UNDECIDED, kind="capacity", title=label, ew=change)
    command = Command("capacity", label, tuple(handing.puts), (*handing.removes, handing.team))
    return Proposal("capacity", label, command, None, (move,))


def _items(count: int) -> str:
    return f"{count} item{'s' * (count != 1)}"


def _people_together(handing: _Handing, into: Team) -> CapacityDraft:
    """A draft in which the people of both are one team's, whose net follows; empty where both are plain numbers."""
    state, team = handing.state, handing.team
    times, theirs = handing.of_team(TeamTime), [row for row in state.each(TeamTime) if row.team_id == into.id]
    if bool(times) != bool(theirs):
        plain, peopled = (team, into) if theirs else (into, team)
        raise Refused(
            f"{peopled.name} has people and {plain.name} is a plain number: take {plain.name} apart, or make "
            f"{peopled.name} a plain number, first"
        )
    there = [row for row in state.each(Person) if row.team_id == into.id]
    moved = list(renumbered(handing.of_team(Person), there, into.id, team.name))
    if len(there) + len(moved) > MOST_PEOPLE:
        raise Refused(f"together they are {len(there) + len(moved)} people: a team has at most {MOST_PEOPLE}")
    # Days that were closed for this team alone stay those of its people.
    closed = handing.of_team(Closure)
    away = [
        Absence(id=new_id(), person_id=person.id, kind="away", starts=row.starts, ends=row.ends, note=row.name)
        for row in closed
        for person in moved
    ]
    return CapacityDraft(state).then("merged", (*moved, *away), (*times, *closed))


def _merge_capacities(handing: _Handing, into: Team, draft: CapacityDraft) -> None:
    """The nets of all quarters together, but of this one where it follows from people."""
    state = handing.state
    theirs = {row.quarter_id: row for row in state.each(Capacity) if row.team_id == into.id}
    for row in handing.of_team(Capacity):
        if into.id in draft.capacity.teams and row.quarter_id == state.quarter.id:
            handing.removes.append(row)
        elif row.quarter_id in theirs:
            beside = theirs[row.quarter_id]
            handing.puts.append(beside.model_copy(update={"net": beside.net + row.net}))
            handing.removes.append(row)
        else:
            handing.puts.append(row.model_copy(update={"team_id": into.id}))


def _merge_delivered(handing: _Handing, into: Team) -> None:
    """The capacity of quarters of which it is known for both, together; of the others nobody knows it."""
    theirs = {row.number: row for row in handing.state.each(Delivered) if row.team_id == into.id}
    own = {row.number: row for row in handing.of_team(Delivered)}
    for number, beside in theirs.items():
        if row := own.get(number):
            handing.puts.append(
                beside.model_copy(update={"planned": beside.planned + row.planned, "net": beside.net + row.net})
            )
        else:
            handing.removes.append(beside)
    handing.removes += own.values()


def _merge_interrupts(handing: _Handing, into: Team) -> None:
    """The share of the capacity of both that interrupts took: weighed by their nets, alike where these are unknown."""
    state = handing.state
    numbers = {row.id: state.number_of(row) for row in state.each(Quarter)}
    nets = {(row.team_id, numbers[row.quarter_id]): row.net for row in state.each(Capacity)}
    theirs = {row.number: row for row in state.each(Interrupt) if row.team_id == into.id}
    for row in handing.of_team(Interrupt):
        beside = theirs.get(row.number)
        if beside is None:
            handing.puts.append(row.model_copy(update={"team_id": into.id}))
            continue
        own, other = (nets.get((each.team_id, row.number), 0.0) for each in (row, beside))
        if not own + other:
            own = other = 1.0
        share = (own * row.share + other * beside.share) / (own + other)
        handing.puts.append(beside.model_copy(update={"share": share}))
        handing.removes.append(row)
