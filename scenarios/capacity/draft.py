"""Changes to people and their time that are being tried out: step by step, and at the end one proposal at the door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scenarios.capacity.words import ChangeLine, said_of
from scenarios.trade.decision_records import UNDECIDED
from scenarios.trade.door import Proposal
from scenarios.working_time.teams import SAME_EW, QuarterCapacity, capacity_of, stored_net
from store.common.errors import Refused
from store.records import (
    Absence,
    Capacity,
    Closure,
    Command,
    DecisionKind,
    Move,
    Person,
    Place,
    Quarter,
    Record,
    State,
    Team,
    TeamTime,
    new_id,
)

#: What an edit can change, parents first.
_KINDS: tuple[type[Record], ...] = (Quarter, Team, Capacity, Place, Closure, TeamTime, Person, Absence)
#: How many characters of what changed stand in a label; the decision's lines have all of it, a team each.
_LABEL = 300


@dataclass(frozen=True)
class Step:
    """One edit: what it is called, and the state after it, the teams' net capacities included."""

    label: str
    state: State


@dataclass(frozen=True)
class CapacityDraft:
    """Edits over a state that stays as it is. A value: an edit gives another draft, :meth:`undone` the one before."""

    base: State
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> State:
        """The state as it would be, net capacities of teams with people included; new records have negative ids."""
        return self.steps[-1].state if self.steps else self.base

    @cached_property
    def capacity(self) -> QuarterCapacity:
        """The people of :attr:`state`, week by week."""
        return capacity_of(self.state)

    @cached_property
    def net(self) -> dict[int, float]:
        """Net capacity in ew that the odds would use, by team id."""
        return stored_net(self.state)

    def then(self, label: str, puts: Sequence[Record] = (), removes: Sequence[Record] = ()) -> CapacityDraft:
        """The draft with one more edit; the same draft where it changes nothing."""
        now = self.state
        puts = [put for put in puts if now.tables[put.table].get(put.id) != put]
        if not puts and not removes:
            return self
        after = now.overlay(Command("capacity", label, tuple(puts), tuple(removes)))
        found = capacity_of(after)
        nets = tuple(self._nets(after, found))
        later = CapacityDraft(self.base, (*self.steps, Step(label, after.overlay(Command("capacity", label, nets)))))
        # A key press must not count a hundred people twice: only what is stored differs.
        stored = later.net
        teams = {key: replace(team, stored=stored.get(key)) for key, team in found.teams.items()}
        later.__dict__["capacity"] = replace(found, teams=teams)
        return later

    def _nets(self, after: State, found: QuarterCapacity) -> Iterator[Record]:
        """The net capacities that follow from people: of teams where these give something else than before.

        What is stored of the others stays, also where another version of the holidays would give another figure.
        """
        before = self.capacity.teams
        base = stored_net(self.base)
        rows = {row.team_id: row for row in after.all(Capacity).values() if row.quarter_id == after.quarter.id}
        for team_id, team in found.teams.items():
            known, row = before.get(team_id), rows.get(team_id)
            if known is not None and known.total.net_ticks == team.total.net_ticks and row is not None:
                continue
            # What was there before any edit, where it is the same but for the last digits of a share.
            net = base[team_id] if abs(base.get(team_id, -1.0) - team.net) < SAME_EW else team.net
            if row is None:
                yield Capacity(id=new_id(), quarter_id=after.quarter.id, team_id=team_id, net=net)
            elif row.net != net:
                yield row.model_copy(update={"net": net})

    @property
    def undone(self) -> CapacityDraft:
        """The draft without its last edit."""
        return CapacityDraft(self.base, self.steps[:-1])

    @cached_property
    def command(self) -> Command:
        """All edits together: every row that is another at the end, once."""
        puts: list[Record] = []
        removes: list[Record] = []
        for kind in _KINDS:
            before, after = self.base.all(kind), self.state.all(kind)
            if before is after:
                continue
            puts += [row for key, row in after.items() if before.get(key) != row]
            removes += [row for key, row in before.items() if key not in after]
        label = _clipped([said.words for said in self.said])
        return Command("capacity", label, tuple(puts), tuple(removes))

    @cached_property
    def said(self) -> tuple[ChangeLine, ...]:
        """What changed, in words: a team each, then what concerns several."""
        return said_of(self.base, self.state)

    @property
    def empty(self) -> bool:
        """Whether nothing is another than at the beginning."""
        tables = ((self.base.all(kind), self.state.all(kind)) for kind in _KINDS)
        return all(before is after or before == after for before, after in tables)


def one_step(before: CapacityDraft, after: CapacityDraft) -> CapacityDraft:
    """Several edits as one, named by what was done last; the same draft where nothing was."""
    steps = after.steps[len(before.steps) :]
    if not steps or after.state.tables == before.state.tables:
        return before
    named = [step.label for step in steps if not step.label.endswith(" stays")] or [steps[-1].label]
    return CapacityDraft(before.base, (*before.steps, Step(", ".join(named), after.state)))


def propose_people(state: State, draft: CapacityDraft, reason: str = "") -> Proposal:
    """All of a draft as one proposal for the door: records, net capacities, and what changed in words, a team a line.

    ``state`` is the present one. Raises :class:`Refused` where what the draft changes is another by now.
    """
    command = draft.command
    for row in (*command.puts, *command.removes):
        if row.id > 0 and state.tables[row.table].get(row.id) != draft.base.tables[row.table].get(row.id):
            raise Refused("people or capacity changed meanwhile: look at them as they are now, and do it again")
    moves = tuple(
        Move(id=new_id(), decision_id=UNDECIDED, kind="capacity", title=said.words, ew=said.change)
        for said in draft.said
    )
    kind: DecisionKind = (
        "target" if command.puts and all(isinstance(row, Quarter) for row in command.puts) else "capacity"
    )
    command = Command(kind, command.label, command.puts, command.removes)
    return Proposal(kind, command.label, command, None, moves, because=reason.strip())


def _clipped(words: Sequence[str]) -> str:
    text = ", ".join(words)
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"
