"""The request card: demand with its sources, the five claims with their evidence, and how its fields are written.

Evidence that comes from the deal being sold does not count as demand. A size is confirmed only once the problem is
written down: until then what was said is a claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar, get_args

from scenarios.figures.figure import Figure
from scenarios.rules.returns import ICE, card_of, request_of
from scenarios.trade.changes import now
from store.common.errors import Refused
from store.common.text import clean
from store.records import Command, Item, Record, RecordError, Request, State, ValueParts, new_id
from store.records.negotiation import Card, Claim, ClaimKind, Evidence, HiddenCost, HiddenKind

CLAIMS: tuple[ClaimKind, ...] = get_args(ClaimKind)
ASSERTED = "asserted"


@dataclass(frozen=True)
class Claimed:
    """One of the five claims, whether it was ``made`` of this request, and its evidence or the word "asserted"."""

    kind: ClaimKind
    made: bool
    evidence: str

    @property
    def words(self) -> str:
        """What stands beside the claim; empty where nobody made it."""
        return (self.evidence or ASSERTED) if self.made else ""


def demand_of(state: State, item_id: int) -> Figure:
    """How many customers want it, by all evidence but that of the deal being sold."""
    rows = sorted((row for row in state.all(Evidence).values() if row.item_id == item_id), key=lambda row: row.id)
    value = sum(row.customers for row in rows if not row.from_deal)
    inputs = []
    for row in rows:
        what = ", ".join(part for part in (row.segment, row.source) if part) or "no source given"
        inputs.append((what, f"{row.customers}" + (" (the deal being sold: not counted)" if row.from_deal else "")))
    formula = "customers in all evidence but that of the deal being sold"
    return Figure("demand", Fraction(value), "count", formula, tuple(inputs) or (("evidence", "none given"),))


def claims_of(state: State, item_id: int) -> tuple[Claimed, ...]:
    """The five claims, in their order."""
    rows = {row.kind: row for row in state.all(Claim).values() if row.item_id == item_id}
    return tuple(Claimed(kind, kind in rows, rows[kind].evidence.strip() if kind in rows else "") for kind in CLAIMS)


def unconfirmed(state: State, item_id: int) -> str:
    """Why the size of a request cannot be confirmed yet, as a sentence; empty where it can."""
    request = request_of(state, item_id)
    if request is None or request.problem.strip():
        return ""
    title = state.all(Item)[item_id].title
    return f"“{title}” has no problem written down: say what it solves before its size is confirmed."


def confirming(state: State, item_id: int, problem: str) -> tuple[Record, ...]:
    """What is written with a size so that it counts as confirmed: the problem, nothing where that is written down.

    Raises :class:`Refused`, with why, where none is and none is given, and where it is refused.
    """
    # Of what is typed, only what can be read is kept: without that there would be no problem after all.
    if text := clean(problem, multiline=True):
        return write_request(state, item_id, {"problem": text}).puts
    if why := unconfirmed(state, item_id):
        raise Refused(why)
    return ()


# ------------------------------------------------------------------ as it is edited


def write_card(state: State, item_id: int, fields: Mapping[str, Any]) -> Command:
    """Change fields of a request's card; empty where they are so already.

    Raises :class:`Refused` where one is no field of a card, or refused.
    """
    now = card_of(state, item_id)
    base = now or Card(id=new_id(), item_id=item_id)
    changed = _changed(base, fields)
    puts = () if changed == base else (changed,)
    return Command("card", f"“{state.all(Item)[item_id].title}”: card", puts)


def write_request(state: State, item_id: int, fields: Mapping[str, Any]) -> Command:
    """Change how an item was asked for; empty where it is so already.

    What nobody asked for so far is asked for from now on, unless all fields are empty. Raises :class:`Refused` where
    one is no field of a request, or refused.
    """
    was = request_of(state, item_id)
    command = Command("card", f"“{state.all(Item)[item_id].title}”: request")
    if was is None and not any(value not in (None, "") for value in fields.values()):
        return command
    base = was or Request(id=new_id(), item_id=item_id, received_at=now())
    changed = _changed(base, fields)
    return command if changed == was else replace(command, puts=(changed,))


def write_item(state: State, item_id: int, fields: Mapping[str, Any]) -> Command:
    """Change fields of the item itself that stand on its card, as ``due``. Raises :class:`Refused` as above."""
    item = state.all(Item)[item_id]
    changed = _changed(item, fields)
    return Command("card", f"“{item.title}”: request", () if changed == item else (changed,))


def write_ice(state: State, item_id: int, parts: Mapping[str, float | None]) -> Command:
    """Change parts of the ICE score by their names (impact, confidence, ease), each 1 to 10; None takes one away.

    Raises :class:`Refused` for one that is not within its bounds.
    """
    was = next((row for row in state.all(ValueParts).values() if row.item_id == item_id), None)
    changed = was or ValueParts(id=new_id(), item_id=item_id)
    for name, value in parts.items():
        try:
            changed = _changed(changed, {ICE[name]: value})
        except Refused as error:
            raise Refused(f"the {name} of ICE is a number from 1 to 10") from error
    same = changed == was or (was is None and not any(value is not None for value in parts.values()))
    return Command("card", f"“{state.all(Item)[item_id].title}”: ICE", () if same else (changed,))


Kind = TypeVar("Kind", bound=Record)


def _changed(base: Kind, fields: Mapping[str, Any]) -> Kind:
    """A record with these fields; whose it is stays. Raises :class:`Refused` for a field that is refused."""
    try:
        own = base.model_dump(include={"id", "item_id"})
        return type(base).model_validate({**base.model_dump(), **fields, **own})
    except RecordError as error:
        raise Refused(f"the {error.column} of the request is refused: {error.why}") from error


def write_claims(state: State, item_id: int, claims: Mapping[ClaimKind, str]) -> Command:
    """Exactly these claims are made of an item, each with its evidence (empty: asserted)."""
    rows = {row.kind: row for row in state.all(Claim).values() if row.item_id == item_id}
    puts: list[Record] = []
    for kind, evidence in claims.items():
        if kind not in rows:
            puts.append(Claim(id=new_id(), item_id=item_id, kind=kind, evidence=evidence))
        elif rows[kind].evidence != evidence:
            puts.append(rows[kind].model_copy(update={"evidence": evidence}))
    removes = tuple(row for kind, row in rows.items() if kind not in claims)
    return Command("card", f"“{state.all(Item)[item_id].title}”: claims", tuple(puts), removes)


@dataclass(frozen=True)
class Wanted:
    """A line of evidence as it is typed."""

    customers: int
    segment: str = ""
    source: str = ""
    from_deal: bool = False


def write_evidence(state: State, item_id: int, lines: Sequence[Wanted]) -> Command:
    """Exactly these lines of evidence; those that are there already keep their rows.

    Raises :class:`Refused` where a count is not sound.
    """
    here = [row for row in state.each(Evidence) if row.item_id == item_id]
    left, puts = list(here), []
    for line in lines:
        values = {"customers": line.customers, "segment": line.segment, "source": line.source}
        try:
            made = Evidence.model_validate({"id": new_id(), "item_id": item_id, "from_deal": line.from_deal, **values})
        except RecordError as error:
            if error.column == "customers":
                raise Refused("demand is a whole number of customers, 0 or more") from error
            raise Refused(f"the {error.column} of the evidence is refused: {error.why}") from error
        same = next((row for row in left if row.model_copy(update={"id": made.id, "rev": 0}) == made), None)
        if same is not None:
            left.remove(same)
        else:
            puts.append(made)
    return Command("card", f"“{state.all(Item)[item_id].title}”: evidence", tuple(puts), tuple(left))


@dataclass(frozen=True)
class Hidden:
    """A line of the checklist as it is typed: ew once, or a share (0..1) of the build, and upkeep in ew a quarter."""

    effort: float | None = None
    share: float | None = None
    upkeep: float = 0.0


def write_hidden(state: State, item_id: int, costs: Mapping[HiddenKind, Hidden]) -> Command:
    """Exactly these hidden costs; a line of nothing is none. Raises :class:`Refused` where a figure is not sound."""
    rows = {row.kind: row for row in state.all(HiddenCost).values() if row.item_id == item_id}
    puts: list[Record] = []
    kept = set()
    for kind, cost in costs.items():
        if cost == Hidden():
            continue
        kept.add(kind)
        values = {"kind": kind, "effort": cost.effort, "share": cost.share, "upkeep": cost.upkeep}
        old = rows.get(kind)
        base = {"id": new_id(), "item_id": item_id} if old is None else old.model_dump()
        try:
            made = HiddenCost.model_validate({**base, **values})
        except RecordError as error:
            raise Refused(f"the {error.column} of {kind} is refused: {error.why}") from error
        if made != old:
            puts.append(made)
    removes = tuple(row for kind, row in rows.items() if kind not in kept)
    return Command("card", f"“{state.all(Item)[item_id].title}”: hidden costs", tuple(puts), removes)


def together(label: str, *commands: Command) -> Command:
    """Several changes of one card as one step."""
    puts = tuple(put for command in commands for put in command.puts)
    removes = tuple(row for command in commands for row in command.removes)
    return replace(commands[0], label=label, puts=puts, removes=removes)
