"""Effort by persona over quarters: what was done, or is planned, for whom, beside the order of who matters most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, total, written
from scenarios.plan.plan import entries_of
from scenarios.rules.one_off_quarters import quarters_of
from scenarios.rules.one_offs import taken_of
from scenarios.rules.personas import personas_in, personas_of
from scenarios.trade.decision_records import took_by_item
from store.records import Decision, Item, Move, Quarter, State
from store.records.negotiation import Card, Persona

MOST_QUARTERS = 8


@dataclass(frozen=True)
class PersonaEffort:
    """A persona with its place (1: matters most); ``figures`` are shares (0..1) of each quarter's effort, not known of
    a quarter of which nothing is on record. ``later`` are personas that come after it and got more in all."""

    persona: Persona
    place: int
    figures: tuple[Figure, ...]
    effort: Figure
    later: tuple[str, ...]


@dataclass(frozen=True)
class EffortByPersona:
    """The quarters, oldest first, the personas in their order, and by quarter the share that helps nobody named."""

    quarters: tuple[Quarter, ...]
    rows: tuple[PersonaEffort, ...]
    nobody: tuple[Figure, ...]


def effort_by_persona(state: State) -> EffortByPersona:
    """What was done in closed quarters, by what it took, and what is planned in the present one.

    An item that helps several is of each an equal part.
    """
    quarters = tuple(quarters_of(state)[-MOST_QUARTERS:])
    personas = personas_of(state)
    cards = {row.item_id: personas_in(state, row.helps)[0] for row in state.each(Card)}
    titles = {key: item.title for key, item in state.all(Item).items()}
    shares: dict[int, list[Figure]] = {row.id: [] for row in personas}
    sums: dict[int, list[tuple[str, Fraction]]] = {row.id: [] for row in personas}
    nobody: list[Figure] = []
    for quarter in quarters:
        efforts = dict(_efforts(state, quarter))
        whole = total(efforts.values())
        without = [(titles[key], ew) for key, ew in efforts.items() if not cards.get(key)]
        nobody.append(_share(f"for nobody named, {quarter.name}", without, whole))
        for persona in personas:
            mine = [
                (titles[key], ew / len(helped))
                for key, ew in efforts.items()
                if persona in (helped := cards.get(key, []))
            ]
            shares[persona.id].append(_share(f"{persona.name}, {quarter.name}", mine, whole))
            sums[persona.id].append((quarter.name, total(ew for _, ew in mine)))
    got = {key: total(ew for _, ew in parts) for key, parts in sums.items()}
    rows = []
    for place, persona in enumerate(personas, 1):
        later = tuple(other.name for other in personas[place:] if got[other.id] > got[persona.id])
        inputs = tuple((name, written(ew, "ew")) for name, ew in sums[persona.id])
        effort = Figure(f"effort for {persona.name}", got[persona.id], "ew", "sum over the quarters", inputs)
        rows.append(PersonaEffort(persona, place, tuple(shares[persona.id]), effort, later))
    return EffortByPersona(quarters, tuple(rows), tuple(nobody))


def _share(name: str, parts: list[tuple[str, Fraction]], whole: Fraction) -> Figure:
    mine = total(ew for _, ew in parts)
    inputs = (*((title, written(ew, "ew")) for title, ew in parts), ("all of the quarter", written(whole, "ew")))
    formula = "effort of items that help them, in equal parts where an item helps several / effort of all"
    return Figure(name, mine / whole if whole else None, "rate", formula, inputs)


def _efforts(state: State, quarter: Quarter) -> Iterable[tuple[int, Fraction]]:
    """By item, what it took in a closed quarter, or will have taken of the present one, in ew."""
    if quarter.state == "closed":
        closes = {row.id for row in state.each(Decision) if row.kind == "close" and row.quarter_id == quarter.id}
        took, items = took_by_item(state), state.all(Item)
        for row in state.each(Move):
            if row.decision_id in closes and row.item_id is not None and row.item_id in items:
                yield row.item_id, exact(took.get(row.item_id, row.ew))
    elif quarter.id == state.quarter.id:
        for entry in entries_of(state, "plan"):
            yield entry.item.id, taken_of([entry])
