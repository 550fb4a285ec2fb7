"""The ways out besides yes and no: the few fields of each, and what it takes of the teams instead of the claim.

A way that takes something comes in at that size, through the door like anything else (:func:`propose_way`); one that
takes nothing is answered at once (:func:`answer`). A planned item can take a way out in somebody else's trade
(:func:`leaving_by`). Either way pie and odds follow from the same forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from scenarios.figures.amounts import exact
from scenarios.figures.figure import NOT_GIVEN, Figure, given
from scenarios.figures.sizes import Range, check_range, format_ew
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import Entry, entry_of
from scenarios.rules.returns import returns_of
from scenarios.trade.changes import DecidedBy, decline, defer
from scenarios.trade.decision_records import attach, with_detail
from scenarios.trade.door import Proposal
from scenarios.trade.proposals import propose_item, propose_item_at
from store.common.errors import Refused, refused_about
from store.records import Command, Size, State, Team, new_id
from store.records.negotiation import Principle, WayKind, WayOut

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

WAYS: tuple[WayKind, ...] = get_args(WayKind)
#: Quotes of services: so much on top of cost.
MARKUPS = (0.5, 0.7, 1.0)
#: Customers in a pilot.
PILOT = (3, 5)
#: Characters that a field of words holds.
_LONGEST = 20_000

#: The fields that each way has, with the words for them; those it cannot do without are in :data:`NEEDED`.
FIELDS: Mapping[WayKind, Mapping[str, str]] = {
    "swap": {},
    "smaller first version": {"sizes": "new range", "note": "what comes later"},
    "sequence": {"due": "first day of the quarter", "note": "why then"},
    "configure": {"sizes": "effort to configure", "note": "what is configured"},
    "package": {"amount": "price", "sizes": "effort to package", "note": "what is in it"},
    "services": {"markup": "on top of cost", "sizes": "effort of the teams", "who": "who delivers", "note": "scope"},
    "partner": {"who": "partner", "amount": "partner's price", "sizes": "effort to support them", "note": "scope"},
    "proof of concept": {"sizes": "size", "test": "what it has to show", "due": "until"},
    "pilot": {"sizes": "size", "customers": "customers", "test": "success test", "due": "until"},
    "buy": {"who": "vendor", "amount": "price a year", "sizes": "effort to integrate"},
    "decline": {"principle_id": "principle", "note": "what the asker is told"},
}
NEEDED: Mapping[WayKind, tuple[str, ...]] = {
    "swap": (),
    "smaller first version": ("sizes",),
    "sequence": ("due",),
    "configure": (),
    "package": ("amount",),
    "services": ("markup",),
    "partner": ("who",),
    "proof of concept": ("sizes", "test"),
    "pilot": ("sizes", "customers", "test"),
    "buy": ("who", "amount"),
    "decline": ("principle_id",),
}


@dataclass(frozen=True)
class Way:
    """A way out as it is filled in; ``sizes`` is what it takes of each team (team id -> range in ew), if anything."""

    kind: WayKind
    sizes: Mapping[int, Range] = field(default_factory=dict)
    amount: float | None = None
    markup: float | None = None
    due: date | None = None
    who: str = ""
    test: str = ""
    customers: int | None = None
    principle_id: int | None = None
    note: str = ""

    @property
    def effort(self) -> float:
        """What it takes over all teams, likely, in ew."""
        return sum(size.likely for size in self.sizes.values())

    def freed(self, entry: Entry) -> float:
        """What it frees of the item's claim, in ew."""
        return max(0.0, entry.ew - self.effort)


def check_way(state: State, entry: Entry, way: Way) -> None:
    """Raise :class:`Refused` where a field is missing or cannot be, or the way would free nothing."""
    words = FIELDS[way.kind]
    for name, empty in _EMPTY.items():
        value = getattr(way, name)
        filled = bool(value.strip()) if isinstance(value, str) else value != empty
        if filled and name not in words:
            raise Refused(f"{way.kind} has no such field", name)
        if not filled and name in NEEDED[way.kind]:
            raise Refused(f"{way.kind} needs its {words[name]}", name)
        if isinstance(value, str) and len(value) > _LONGEST:
            raise Refused(
                f"{words[name]}: {len(value):,} characters are more than the {_LONGEST:,} that it holds", name
            )
    for team_id, size in way.sizes.items():
        if team_id not in state.all(Team):
            raise Refused("a team that it names is not there", "sizes")
        with refused_about("sizes"):
            check_range(size)
    check_effort(entry, way)
    if way.amount is not None and not 0 <= way.amount <= 1e15:
        raise Refused("a price is an amount of money, 0 or more", "amount")
    if way.markup is not None and way.markup not in MARKUPS:
        raise Refused("services are quoted at cost + 50%, 70% or 100%", "markup")
    if way.customers is not None and not PILOT[0] <= way.customers <= PILOT[1]:
        raise Refused(f"a pilot has {PILOT[0]} to {PILOT[1]} customers", "customers")
    if way.kind == "sequence" and way.due is not None and way.due <= state.quarter.ends:
        raise Refused(f"that is within {state.quarter.name}: name a day of a later quarter", "due")
    if way.principle_id is not None and way.principle_id not in state.all(Principle):
        raise Refused("that principle is not in the charter", "principle_id")


_EMPTY = {name: each.default for name, each in Way.__dataclass_fields__.items() if name not in ("kind", "sizes")} | {
    "sizes": {}
}


def record_of(state: State, entry: Entry, way: Way) -> WayOut:
    """The row that keeps it; it belongs to a decision."""
    amount = way.amount
    if way.kind == "services":
        amount = quote_of(state, entry, way.markup or 0.0).amount
    return WayOut(
        id=new_id(),
        item_id=entry.item.id,
        kind=way.kind,
        effort=way.effort,
        freed=way.freed(entry),
        amount=amount,
        markup=way.markup,
        due=way.due,
        who=way.who.strip(),
        test=way.test.strip(),
        customers=way.customers,
        principle_id=way.principle_id,
        note=way.note.strip(),
    )


def quote_of(state: State, entry: Entry, markup: float) -> Figure:
    """What services would cost the customer: the full cost, and so much (0.5: 50%) on top."""
    full = returns_of(state, entry).full_cost
    value = None if full.value is None else full.value * (1 + exact(markup))
    lacking = tuple((what, NOT_GIVEN) for what in full.lacks)
    inputs = ((full.name, full.text), *lacking, ("on top of cost", given(exact(markup), "share")))
    return Figure("quote", value, "money", "full cost x (1 + on top of cost)", inputs)


# ------------------------------------------------------------------ what follows from it


def propose_way(state: State, item_id: int, way: Way) -> Proposal:
    """A request asks to come in at the size that its way out takes; a swap asks to come in as it is.

    Raises :class:`Refused` where the way cannot be, or takes nothing (:func:`answer` then), and Refused as
    :func:`~scenarios.trade.proposals.propose_item` does.
    """
    entry = entry_of(state, item_id)
    check_way(state, entry, way)
    if way.kind == "swap":
        return propose_item(state, item_id)
    if not way.sizes:
        raise Refused(f"{way.kind} takes nothing of the teams: it is answered at once", "sizes")
    puts, gone = _resized(entry, way)
    proposal = propose_item_at(state, item_id, puts, gone)
    title = f"{entry.item.title}: {way.kind}"
    label = f"“{entry.item.title}” in as {way.kind}"
    return replace(proposal, title=title, command=replace(proposal.command, label=label))


def leaving_by(state: State, entry: Entry, way: Way) -> Leaving:
    """A planned item that takes a way out in a trade: it stays at the size that this takes, or leaves.

    Raises :class:`Refused` where the way cannot be.
    """
    check_way(state, entry, way)
    return left_by(entry, way)


def left_by(entry: Entry, way: Way) -> Leaving:
    """An item at what its way out takes, whatever else of the way is filled in: to look at while it is typed."""
    if not way.sizes:
        return Leaving(entry, way=way.kind)
    puts, gone = _resized(entry, way)
    changed = {size.team_id: size for size in (*entry.sizes, *puts)}
    for size in gone:
        del changed[size.team_id]
    stays = entry.resized(changed[team_id] for team_id in sorted(changed))
    return Leaving(entry, None, stays, way.kind)


def check_effort(entry: Entry, way: Way) -> None:
    """Raise :class:`Refused` where a way takes as much of the teams as what it answers, or more."""
    if way.sizes and entry.sized and way.effort >= entry.ew:
        raise Refused(f"{way.kind} takes less than the {format_ew(entry.ew)} ew that it answers", "sizes")


def answer(state: State, item_id: int, way: Way, before: Forecast, said: DecidedBy) -> Command:
    """A request that takes nothing of the teams is answered: declined, or good, not now, with the way out.

    ``said.because`` of a decline is what the asker is told, by default the way's note and the principle's name.
    Raises :class:`Refused` where the way cannot be, or takes something (:func:`propose_way` then), Refused where the
    item is in plan.
    """
    entry = entry_of(state, item_id)
    check_way(state, entry, way)
    if way.sizes or way.kind == "swap":
        raise Refused(f"{way.kind} takes something of the teams: it goes through a trade", "sizes")
    if entry.item.state == "plan":
        raise Refused(f"“{entry.item.title}” is in plan: its way out goes through a trade")
    if way.kind == "decline":
        name = state.all(Principle)[way.principle_id].name if way.principle_id is not None else ""
        because = said.because.strip() or "; ".join(part for part in (way.note.strip(), name) if part)
        command = decline(state, entry, before, DecidedBy(said.by, because))
    else:
        command = defer(state, entry, before, said)
    command = attach(command, [record_of(state, entry, way)])
    label = command.label if way.kind == "decline" else f"“{entry.item.title}”: {way.kind}"
    return with_detail(replace(command, label=label), way=way.kind)


def recorded(state: State, command: Command, ways: Mapping[int, Way], subject: int | None = None) -> Command:
    """A settled trade with the ways out that items (by id) took in it; ``subject`` is the item that asked to come in.

    ``state`` is the state before the trade: what a way frees is of the claim as it was.
    """
    rows = [record_of(state, entry_of(state, item_id), way) for item_id, way in sorted(ways.items())]
    command = attach(command, rows) if rows else command
    return with_detail(command, way=ways[subject].kind) if subject is not None and subject in ways else command


def _resized(entry: Entry, way: Way) -> tuple[list[Size], list[Size]]:
    """(puts, removes) so that the item has exactly the sizes of its way out."""
    old = {size.team_id: size for size in entry.sizes}
    puts = []
    for team_id, size in sorted(way.sizes.items()):
        fields: dict[str, Any] = {"low": size.low, "likely": size.likely, "high": size.high}
        if team_id in old:
            puts.append(old[team_id].model_copy(update=fields))
        else:
            puts.append(Size(id=new_id(), item_id=entry.item.id, team_id=team_id, **fields))
    return puts, [size for team_id, size in old.items() if team_id not in way.sizes]
