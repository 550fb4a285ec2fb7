"""The one door: whatever would stop a plan fitting is a proposal, and a proposal that does not fit needs a trade.

A request, a bigger estimate, lost capacity and a changed target all become a :class:`Proposal`. A :class:`Trade`
tells what it does to the odds, what it is short of, and what the planned items would give. :func:`settle` makes the
decision's command, and :func:`guard` sees to it that no command leaves a plan below its target in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from scenarios.figures.sizes import Range, check_range, format_ew, format_range, range_of
from scenarios.odds.finished_quarters import draws_of
from scenarios.odds.forecast import Draws, Forecast
from scenarios.plan import departures
from scenarios.plan.departures import PINNED, Leaving, needed_by, needs_of, pins_of, reached, versions_of
from scenarios.plan.item_values import Worth, worths_of
from scenarios.plan.plan import Entry, entry_of, plan_of
from scenarios.plan.ranks import below_top, plan_end
from store.records import (
    Capacity,
    Command,
    Customer,
    Decision,
    DecisionKind,
    Item,
    Move,
    Pin,
    Record,
    Shortfall,
    Signature,
    Size,
    State,
    Team,
    Wait,
    new_id,
)

#: Stands for the decision in the lines of a proposal, which has none yet.
UNDECIDED = 0
#: A record of a decision quotes a title; what is longer than this is cut there, not in the item.
_LONGEST = 10_000
#: How many characters of a name and of a reason a signature holds.
_SIGNED = 200


class DoorError(ValueError):
    """A proposal or a settlement that cannot be; ``str(error)`` is the sentence to show."""


@dataclass(frozen=True)
class Proposal:
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


@dataclass(frozen=True)
class Candidate:
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


@dataclass(frozen=True)
class Trade:
    """A proposal beside the plan as it is: the odds before, with it, and with any set of items out."""

    state: State
    proposal: Proposal
    before: Forecast
    asked: Forecast = field(repr=False)

    @classmethod
    def of(cls, state: State, proposal: Proposal, before: Forecast) -> Trade:
        """Simulate the proposal on the same draws as ``before``, the forecast of the present plan."""
        plan = plan_of(state.overlay(proposal.command))
        return cls(state, proposal, before, Forecast(before.draws, plan, before))

    def after(self, out: Iterable[Entry | Leaving]) -> Forecast:
        """The forecast with the proposal in and these items out, or down to their smaller versions."""
        return Forecast(self.before.draws, departures.after(self.asked.plan, _leaving(out)), self.asked)

    @property
    def fits(self) -> bool:
        """Whether it goes in without a trade."""
        return self.asked.fits

    @cached_property
    def subject(self) -> Entry | None:
        """The item concerned, with the sizes that are proposed."""
        return next((entry for entry in self.asked.plan.entries if entry.item.id == self.proposal.item_id), None)

    @cached_property
    def leavable(self) -> tuple[Entry, ...]:
        """The planned items beside what asks, best first."""
        asking = {self.proposal.item_id} | {put.id for put in self.proposal.moves_in}
        return tuple(entry for entry in self.asked.plan.entries if entry.item.id not in asking)

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
            here = sum(size.likely for size in entry.sizes if size.team_id in short)
            worth, pin = self.worths.get(key), self.pins.get(key)
            hang = tuple(here_by_id[each] for each in sorted(self.hanging((key,))) if each in here_by_id)
            candidate = Candidate(
                entry, entry.ew, here, worth, self.waiting.get(key, ()), pin, self.versions.get(key, ()), hang
            )
            found.append(
                (pin is not None, here <= 0, worth.amount / here if worth and here else 0.0, -number, candidate)
            )
        found.sort(key=lambda row: row[:4])
        return tuple(row[4] for row in found)

    def held(self, out: Iterable[Entry | Leaving]) -> str:
        """Why these may not leave together, as a sentence; empty where they may."""
        going = _leaving(out)
        pinned = next((each for each in going if each.item_id in self.pins), None)
        if pinned is not None:
            why = PINNED[self.pins[pinned.item_id].kind]
            return f"“{pinned.entry.item.title}” stays in plan: {why}. V changes that."
        gone = {each.item_id for each in going if each.stays is None}
        left = self.hanging(gone) - gone
        if left:
            title = self.state.all(Item)[min(left)].title
            return f"What leaves is needed by “{title}”, which has to leave too."
        return ""


def _leaving(out: Iterable[Entry | Leaving]) -> list[Leaving]:
    return [each if isinstance(each, Leaving) else Leaving(each) for each in out]


def waiting_by_item(state: State) -> dict[int, tuple[Customer, ...]]:
    """Who waits for each item, each customer once, in order of name."""
    found: dict[int, dict[int, Customer]] = {}
    for wait in state.all(Wait).values():
        found.setdefault(wait.item_id, {})[wait.customer_id] = state.all(Customer)[wait.customer_id]
    return {key: tuple(sorted(people.values(), key=lambda one: one.name)) for key, people in found.items()}


# ------------------------------------------------------------------ what can be proposed


def propose_item(state: State, item_id: int) -> Proposal:
    """An item from the inbox or from below the line asks to come in, at the end of the rank.

    Raises :class:`DoorError` where it is in plan already, has no size, or is of no use without something that is not
    in plan.
    """
    entry = entry_of(state, item_id)
    if entry.item.state == "plan":
        raise DoorError(f"“{entry.item.title}” is in plan already")
    if not entry.sized:
        raise DoorError(f"“{entry.item.title}” has no size yet: it cannot go above the line until it gets one (e)")
    if missing := unmet_needs(state, item_id):
        raise DoorError(f"“{entry.item.title}” needs {_quoted(missing)} first, which is not in plan (V changes it)")
    item = entry.item.model_copy(update={"state": "plan", "rank": plan_end(state)})
    return Proposal(
        "trade",
        item.title,
        Command("accept", f"“{item.title}” in", (item,)),
        item_id,
        (_move("in", entry),),
    )


def propose_item_at(state: State, item_id: int, sizes: Sequence[Size], gone: Sequence[Size] = ()) -> Proposal:
    """As :func:`propose_item`, with these sizes put and those taken away in the same command: it comes in smaller."""
    resized = Command("estimate", "", tuple(sizes), tuple(gone))
    proposal = propose_item(state.overlay(resized), item_id)
    command = replace(proposal.command, puts=(*proposal.command.puts, *resized.puts), removes=resized.removes)
    return replace(proposal, command=command)


def unmet_needs(state: State, item_id: int) -> list[Item]:
    """What an item needs, directly, that is neither in plan nor done."""
    items = state.all(Item)
    return [items[key] for key in sorted(needs_of(state).get(item_id, ())) if items[key].state not in ("plan", "done")]


def _quoted(items: Sequence[Item]) -> str:
    return " and ".join(f"“{item.title}”" for item in items[:3])


def propose_sizes(state: State, item_id: int, sizes: Mapping[int, Range], item: Item | None = None) -> Proposal:
    """New sizes (team id -> range) for an item, and with them its other fields where ``item`` is given.

    Raises SizeError where a range is not sound, :class:`DoorError` where a planned item would lose all its sizes.
    """
    entry = entry_of(state, item_id)
    for size in sizes.values():
        check_range(size)
    if not sizes and entry.item.state == "plan":
        raise DoorError(f"“{entry.item.title}” is in plan: send it below the line before taking its size away")
    old = {size.team_id: size for size in entry.sizes}
    puts: list[Record] = [] if item is None or item == entry.item else [item]
    for team_id, size in sorted(sizes.items()):
        fields = {"low": size.low, "likely": size.likely, "high": size.high}
        if team_id not in old:
            puts.append(Size(id=new_id(), item_id=item_id, team_id=team_id, **fields))
        elif range_of(old[team_id]) != size:
            puts.append(old[team_id].model_copy(update=fields))
    removes = tuple(size for team_id, size in old.items() if team_id not in sizes)
    title = (item or entry.item).title
    after = " + ".join(format_range(size) for size in sizes.values()) or "no size"
    label = f"“{title}” sized {after} ew" if removes or any(isinstance(put, Size) for put in puts) else f"“{title}”"
    if removes and sizes.keys() - old.keys():
        # Work that goes from one team to another is said so.
        names = {team.id: team.name for team in state.all(Team).values()}
        gone, come = sorted(old.keys() - sizes.keys()), sorted(sizes.keys() - old.keys())
        label += f", from {' and '.join(map(names.__getitem__, gone))} to {' and '.join(map(names.__getitem__, come))}"
    ew = sum(size.likely for size in sizes.values())
    moves = (_move("resized", entry, ew),) if entry.item.state == "plan" else ()
    return Proposal("estimate", label, Command("estimate", label, tuple(puts), removes), item_id, moves)


def propose_capacity(
    state: State,
    net: Mapping[int, float],
    target: float | None = None,
    new_teams: Sequence[tuple[str, float]] = (),
) -> Proposal:
    """New net capacities (team id -> ew), a new target (0..1) where given, and new teams (name, net ew).

    Raises :class:`DoorError` where a figure is not sound.
    """
    quarter = state.quarter
    plan = plan_of(state)
    names = {team.id: team.name for team in plan.teams}
    rows = {row.team_id: row for row in state.all(Capacity).values() if row.quarter_id == quarter.id}
    puts: list[Record] = []
    said: list[str] = []
    for team_id, weeks in sorted(net.items()):
        if not 0 <= weeks <= 10_000:
            raise DoorError(f"{names[team_id]}: net capacity must be between 0 and 10,000 engineer-weeks")
        if weeks == plan.net[team_id] and team_id in rows:
            continue
        puts.append(
            rows[team_id].model_copy(update={"net": weeks})
            if team_id in rows
            else Capacity(id=new_id(), quarter_id=quarter.id, team_id=team_id, net=weeks)
        )
        said.append(f"{names[team_id]} {format_ew(plan.net[team_id])} → {format_ew(weeks)}")
    for number, (name, weeks) in enumerate(new_teams, 1):
        if not name.strip() or len(name) > 200 or not 0 <= weeks <= 10_000:
            raise DoorError("a new team needs a short name, and a net capacity between 0 and 10,000 engineer-weeks")
        team = Team(id=new_id(), name=name, position=len(plan.teams) + number)
        puts += [team, Capacity(id=new_id(), quarter_id=quarter.id, team_id=team.id, net=weeks)]
        said.append(f"{name} {format_ew(weeks)}")
    kind: DecisionKind = "capacity"
    if target is not None and target != quarter.target:
        if not 0.01 <= target <= 0.99:
            raise DoorError("the odds target must be between 1% and 99%")
        puts.append(quarter.model_copy(update={"target": target}))
        said.append(f"target {100 * quarter.target:.0f}% → {100 * target:.0f}%")
        kind = "capacity" if len(puts) > 1 else "target"
    label = ", ".join(said)
    change = sum(weeks - plan.net[team_id] for team_id, weeks in net.items()) + sum(weeks for _, weeks in new_teams)
    move = Move(id=new_id(), decision_id=UNDECIDED, kind="capacity", title=label, ew=change)
    return Proposal(kind, label, Command(kind, label, tuple(puts)), None, (move,) if puts else ())


def propose_point(state: State, come: Sequence[Entry]) -> Proposal:
    """Several items from below the line ask to come in together, at the end of the rank: a point of the frontier."""
    end = plan_end(state)
    items = tuple(
        entry.item.model_copy(update={"state": "plan", "rank": end + number}) for number, entry in enumerate(come)
    )
    title = f"{len(items)} item{'s' if len(items) != 1 else ''} from the frontier"
    label = ", ".join(f"“{item.title[:60]}”" for item in items[:5]) + (" and more" if len(items) > 5 else "") + " in"
    if not items:
        return Proposal("trade", "a plan from the frontier", Command("settle", "a plan from the frontier"))
    return Proposal("trade", title, Command("accept", label, items), None, tuple(_move("in", entry) for entry in come))


def propose_settling(cause: str) -> Proposal:
    """Nothing new: what has to leave so that the plan reaches its target again."""
    return Proposal("trade", cause, Command("settle", "the shortfall settled"))


# ------------------------------------------------------------------ what is decided


@dataclass(frozen=True)
class Verdict:
    """Who decided, why, and when; ``signed`` where they sign for a plan below its target."""

    decided_by: str
    because: str
    at: datetime
    signed: bool = False


def settle(trade: Trade, out: Sequence[Entry | Leaving], verdict: Verdict) -> Command:
    """The decision as one command: the proposal, what leaves for it, and the record of who and why.

    Raises :class:`DoorError` where something leaves that may not, or without what hangs on it, and where the odds stay
    below the target and nobody signs with a name and a reason.
    """
    proposal, state = trade.proposal, trade.state
    going = _leaving(out)
    if held := trade.held(going):
        raise DoorError(held)
    after = trade.after(going)
    if not after.fits:
        if not verdict.signed:
            raise DoorError(f"still short {format_ew(sum(after.short.values()))} ew: mark more, or sign for it (!)")
        if not verdict.decided_by.strip() or not verdict.because.strip():
            raise DoorError("an over-commit needs a name and a reason")
    kept: list[Record] = _displaced(state.overlay(proposal.command), [each for each in going if each.stays is None])
    gone: list[Record] = []
    for each in going:
        if each.stays is not None:
            smaller, fewer = _cut_down(each, each.stays)
            kept += smaller
            gone += fewer
    # What leaves may be among what the proposal changes: of a plan that is restored, for one.
    away = {(row.table, row.id) for row in gone}
    puts = [put for put in _merge(proposal.command.puts, kept) if (put.table, put.id) not in away]
    removes = [*proposal.command.removes, *(row for row in gone if row.id > 0)]
    kind = "over-commit" if not after.fits else "accept" if proposal.asks_in and not going else proposal.kind
    decision = Decision(
        id=new_id(),
        quarter_id=state.quarter.id,
        at=verdict.at,
        kind=kind,
        title=proposal.title[:_LONGEST],
        item_id=proposal.item_id,
        decided_by=verdict.decided_by,
        because=verdict.because or proposal.because,
        odds_before=trade.before.odds,
        odds_after=after.odds,
    )
    puts.append(decision)
    lines = [*proposal.moves, *map(_left, going)]
    puts += [line.model_copy(update={"decision_id": decision.id}) for line in lines]
    if kind == "over-commit":
        puts.append(
            Signature(
                id=new_id(),
                quarter_id=state.quarter.id,
                decision_id=decision.id,
                # What stands on every screen is short; the decision keeps every word.
                name=verdict.decided_by.strip()[:_SIGNED],
                reason=verdict.because.strip()[:_SIGNED],
                odds=after.odds,
                at=verdict.at,
            )
        )
    label = proposal.command.label + "".join(
        f", “{each.entry.item.title}” {f'→ {each.becomes}' if each.becomes else 'out'}" for each in going
    )
    command = Command(kind, label, tuple(puts), tuple(removes))
    return guard(state, command, proposal.title, verdict.at, after)


def _displaced(state: State, going: Sequence[Leaving]) -> list[Record]:
    """Their items at the top of what is below the line, in the same order; those that are declined are that."""
    top = below_top(state) - len(going)
    return [
        each.entry.item.model_copy(
            update={"state": "declined" if each.way == "decline" else "below", "rank": top + number}
        )
        for number, each in enumerate(going)
    ]


def _cut_down(each: Leaving, stays: Entry) -> tuple[list[Record], list[Record]]:
    """What to put and to remove so that an item becomes its smaller version."""
    kept: list[Record] = [] if stays.item == each.entry.item else [stays.item]
    kept += [size if size.id else size.model_copy(update={"id": new_id()}) for size in stays.sizes]
    teams = {size.team_id for size in stays.sizes}
    return kept, [size for size in each.entry.sizes if size.team_id not in teams]


def _left(each: Leaving) -> Move:
    if each.stays is None:
        return _move("out", each.entry)
    line = _move("resized", each.entry, each.stays.ew)
    return line.model_copy(update={"title": f"{each.entry.item.title} → {each.becomes}"})


def guard(
    state: State, command: Command, cause: str, now: datetime | None = None, after: Forecast | None = None
) -> Command:
    """The command, with what keeps rule 4: an open shortfall where it leaves the plan below target unsigned.

    Where the plan fits afterwards, open shortfalls are settled and signatures cleared in the same command.
    ``after`` is the forecast of the plan after the command, where the caller has it.
    """
    now = now or datetime.now().astimezone().replace(microsecond=0)
    later = state.overlay(command)
    if after is None:
        after = forecast_of(later)
    shortfalls = [row for row in later.all(Shortfall).values() if row.settled_at is None]
    signatures = [row for row in later.all(Signature).values() if row.cleared_at is None]
    if after.fits:
        marks: list[Record] = [row.model_copy(update={"settled_at": now}) for row in shortfalls]
        marks += [row.model_copy(update={"cleared_at": now}) for row in signatures]
    elif shortfalls or any(after.odds >= row.odds for row in signatures):
        # A trade that was signed for settles the question that an older shortfall left open.
        fresh = any(row.id < 0 for row in signatures)
        marks = [row.model_copy(update={"settled_at": now}) for row in shortfalls] if fresh else []
    else:
        marks = [Shortfall(id=new_id(), quarter_id=state.quarter.id, cause=cause[:_LONGEST], odds=after.odds, at=now)]
    return replace(command, puts=_merge(command.puts, marks)) if marks else command


def _merge(puts: Sequence[Record], marks: Sequence[Record]) -> tuple[Record, ...]:
    """Both, a mark in place of an earlier put of the same row."""
    replaced = {(mark.table, mark.id) for mark in marks}
    return (*(put for put in puts if (put.table, put.id) not in replaced), *marks)


def _move(kind: str, entry: Entry, ew: float | None = None) -> Move:
    return Move.model_validate(
        {
            "id": new_id(),
            "decision_id": UNDECIDED,
            "item_id": entry.item.id,
            "kind": kind,
            "title": entry.item.title,
            "ew": entry.ew if ew is None else ew,
        }
    )


def standing(state: State) -> tuple[Signature | None, Shortfall | None]:
    """What stands over a plan below its target: the signature that covers it, the shortfall that is open."""
    signature = next((row for row in state.each(Signature) if row.cleared_at is None), None)
    shortfall = next((row for row in state.each(Shortfall) if row.settled_at is None), None)
    return signature, shortfall


def forecast_of(state: State, draws: Draws | None = None, base: Forecast | None = None) -> Forecast:
    """The forecast of the present plan, on these draws or on those that follow from the workspace's own record."""
    return Forecast(draws or draws_of(state), plan_of(state), base)
