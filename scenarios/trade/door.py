"""The one door: whatever would stop a plan fitting is a proposal, and a proposal that does not fit needs a trade.

A request, a bigger estimate, lost capacity and a changed target all become a :class:`Proposal`. A :class:`Trade`
weighs it: what it does to the odds, what it is short of, and what the planned items would give.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from scenarios.figures.sizes import format_ew
from scenarios.odds.finished_quarters import draws_of
from scenarios.plan import departures
from scenarios.plan.departures import PINNED, Leaving, leavings, needed_by, pins_of, reached, versions_of
from scenarios.plan.item_values import Worth, worths_of
from scenarios.plan.plan import Entry, plan_of
from store.common.values import Value
from store.records import (
    Actual,
    Command,
    Customer,
    DecisionKind,
    Delivered,
    Interrupt,
    Item,
    Move,
    Pin,
    Progress,
    Size,
    State,
    Wait,
)

if TYPE_CHECKING:
    from scenarios.odds.draws import Draws
    from scenarios.odds.forecast import Forecast

#: What a team's record, or that of its running quarter, is made of.
_TOLD = (Actual, Interrupt, Delivered, Progress, Size)


class Proposal(Value):
    """What is asked, as the records that a plain yes would write, before anything gives way.

    ``item_id`` is the item that would come in or be resized; ``moves`` are the decision's own lines. ``because`` is the
    reason that came with it; it stands where the room gives no other.
    """

    kind: DecisionKind
    title: str
    command: Command
    item_id: int | None = None
    moves: tuple[Move, ...] = ()
    because: str = ""

    @property
    def asks_in(self) -> bool:
        """Whether an item asks to come above the line, so that it can also stay below or be declined."""
        return self.kind == "trade" and self.item_id is not None

    @property
    def moves_in(self) -> tuple[Item, ...]:
        """The items that it would bring above the line."""
        ids = {move.item_id for move in self.moves if move.kind == "in"}
        return tuple(put for put in self.command.puts if isinstance(put, Item) and put.id in ids)

    @property
    def settles(self) -> bool:
        """Whether it asks for nothing new, only for what brings the plan back to its target."""
        return self.command.empty


class Candidate(Value):
    """A planned item that could leave: what it frees in all, and where the plan is short (ew).

    ``pin`` says why it may not; ``versions`` are its smaller first versions, ``needed_by`` what would leave with it.
    """

    entry: Entry
    frees: float
    frees_short: float
    worth: Worth | None
    waiting: tuple[Customer, ...]
    pin: Pin | None = None
    versions: tuple[Leaving, ...] = ()
    needed_by: tuple[Entry, ...] = ()

    @property
    def value(self) -> float | None:
        """What it is worth, where somebody said so."""
        return self.worth.amount if self.worth is not None and self.worth.given else None


class Trade(Value):
    """A proposal beside the plan as it is: the odds before, with it, and with any set of items out."""

    state: State
    proposal: Proposal
    before: Forecast
    asked: Forecast = field(repr=False)

    @classmethod
    def of(cls, state: State, proposal: Proposal, before: Forecast) -> Trade:
        """Simulate the proposal on the same draws as ``before``, the forecast of the present plan, but where it gives
        a team another record of finished quarters, or of the one that runs."""
        command, draws = proposal.command, before.draws
        later = state.overlay(command)
        if any(isinstance(row, _TOLD) for row in (*command.puts, *command.removes)):
            draws = draws_of(later, draws)
        return cls(state, proposal, before, forecast_of(later, draws, before))

    def after(self, out: Iterable[Entry | Leaving]) -> Forecast:
        """The forecast with the proposal in and these items out, or down to their smaller versions."""
        from scenarios.odds.forecast import Forecast

        out = leavings(out)
        return Forecast(self._draws_after(out), departures.after(self.asked.plan, out), self.asked)

    def _draws_after(self, out: Iterable[Leaving]) -> Draws:
        """The draws with these out: what was spent on a begun size tells of the team by the size that it has then."""
        puts, removes = list[Size](), list[Size]()
        for each in out:
            if each.stays is not None and each.entry.spent > 0:
                kept = {size.id: size for size in each.stays.sizes}
                puts += [kept[size.id] for size in each.entry.sizes if size.id in kept]
                removes += [size for size in each.entry.sizes if size.id not in kept]
        if not (puts or removes):
            return self.asked.draws
        smaller = Command("edit", "down to smaller versions", tuple(puts), tuple(removes))
        later = self.state.overlay(self.proposal.command).overlay(smaller)
        return draws_of(later, self.asked.draws)

    @property
    def fits(self) -> bool:
        """Whether it goes in without a trade."""
        return self.asked.fits

    @property
    def needs_choice(self) -> bool:
        """Whether the room has to choose before the proposal is written.

        A plan that was below its target and gets no worse by a change is no new question; a yes always is. A raised
        target leaves the odds as they are and makes a plan short all the same.
        """
        no_worse = not self.before.fits and self.asked.judged >= self.before.judged
        return not (self.fits or (no_worse and not self.proposal.asks_in and not self.proposal.settles))

    @cached_property
    def subject(self) -> Entry | None:
        """The item concerned, with the sizes that are proposed."""
        return next((entry for entry in self.asked.plan.entries if entry.item.id == self.proposal.item_id), None)

    @cached_property
    def too_big(self) -> str:
        """What asks in and is likely to take more of a team than is left of the quarter that runs, whatever leaves for
        it: ``9.0 ew for Web, which has 3.2 left of Q1``; empty where it is not, and before the quarter runs."""
        entry, plan = self.subject, self.asked.plan
        if entry is None or plan.moment is None or not self.proposal.asks_in:
            return ""
        names = {team.id: team.name for team in plan.teams}
        return ", ".join(
            f"{format_ew(left)} ew for {names[size.team_id]}, which has {format_ew(there)} left of {plan.quarter.name}"
            for size in entry.sizes
            for left, there in ((entry.left_of(size), plan.left_of(size.team_id)),)
            if left > there
        )

    @cached_property
    def leavable(self) -> tuple[Entry, ...]:
        """The planned items beside what asks, best first; what is done has nothing left to give."""
        asking = {self.proposal.item_id} | {put.id for put in self.proposal.moves_in}
        return tuple(entry for entry in self.asked.plan.entries if entry.item.id not in asking and not entry.done)

    @cached_property
    def worths(self) -> dict[int, Worth]:
        """By item id, what each of these is worth; empty where nobody has given values."""
        return worths_of(self.state, self.leavable)

    @cached_property
    def pins(self) -> dict[int, Pin]:
        """By item id, what holds items in plan."""
        return pins_of(self.state)

    @cached_property
    def waiting(self) -> dict[int, tuple[Customer, ...]]:
        """By item id, who waits for it."""
        return waiting_by_item(self.state)

    @cached_property
    def versions(self) -> dict[int, tuple[Leaving, ...]]:
        """By item id, the smaller first versions of what may leave."""
        return versions_of(self.state, self.leavable)

    @cached_property
    def _needed_by(self) -> dict[int, set[int]]:
        return needed_by(self.state, (entry.item.id for entry in self.asked.plan.entries))

    def hanging(self, item_ids: Iterable[int]) -> set[int]:
        """The planned items that are of no use without these, directly or not."""
        return reached(self._needed_by, item_ids)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """What could leave, least value displaced per week freed first; what frees nothing of use, or may not leave,
        comes last. Where nobody has given values, the room's own ranking is the value, and the lowest comes first.
        """
        short = self.asked.short
        here_by_id = {entry.item.id: entry for entry in self.leavable}
        found = []
        for number, entry in enumerate(self.leavable):
            key = entry.item.id
            here = sum(entry.left_of(size) for size in entry.sizes if size.team_id in short)
            worth, pin = self.worths.get(key), self.pins.get(key)
            hang = tuple(here_by_id[each] for each in sorted(self.hanging((key,))) if each in here_by_id)
            candidate = Candidate(
                entry, entry.left, here, worth, self.waiting.get(key, ()), pin, self.versions.get(key, ()), hang
            )
            found.append(
                (pin is not None, here <= 0, worth.amount / here if worth and here else 0.0, -number, candidate)
            )
        found.sort(key=lambda row: row[:4])
        return tuple(row[4] for row in found)

    def held(self, out: Iterable[Entry | Leaving]) -> str:
        """Why these may not leave together, as a sentence; empty where they may."""
        going = leavings(out)
        pinned = next((each for each in going if each.item_id in self.pins), None)
        if pinned is not None:
            why = PINNED[self.pins[pinned.item_id].kind]
            return f"“{pinned.entry.item.title}” stays in plan: {why}. Its value and needs say so."
        gone = {each.item_id for each in going if each.stays is None}
        left = self.hanging(gone) - gone
        if left:
            title = self.state.all(Item)[min(left)].title
            return f"What leaves is needed by “{title}”, which has to leave too."
        return ""


def waiting_by_item(state: State) -> dict[int, tuple[Customer, ...]]:
    """Who waits for each item, each customer once, in order of name."""
    found: dict[int, dict[int, Customer]] = {}
    for wait in state.all(Wait).values():
        found.setdefault(wait.item_id, {})[wait.customer_id] = state.all(Customer)[wait.customer_id]
    return {key: tuple(sorted(people.values(), key=lambda one: one.name)) for key, people in found.items()}


def forecast_of(state: State, draws: Draws | None = None, base: Forecast | None = None) -> Forecast:
    """The forecast of the present plan, on these draws or on those that follow from the workspace's own record."""
    from scenarios.odds.forecast import Forecast

    return Forecast(draws or draws_of(state), plan_of(state), base)
