"""Whom a request helps and whom it hurts, its stakeholders with their stance, and where they want opposed things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from scenarios.rules.personas import personas_in, personas_of
from scenarios.rules.returns import card_of
from store.common.errors import Refused
from store.common.text import clean, series, short
from store.common.values import Value
from store.records import Command, Item, State, new_id
from store.records.negotiation import Persona, Stakeholder, StakeholderPart, StakeholderStance

PARTS: tuple[StakeholderPart, ...] = get_args(StakeholderPart)
STANCES: tuple[StakeholderStance, ...] = get_args(StakeholderStance)
#: The answer that leaves opposed wishes to a setting.
SETTING = "the way out “configure”, a setting, can give each their own"


class Voices(Value):
    """Personas by the charter's list, with ``places`` of it; stakeholders in the order in which they were named."""

    helps: tuple[Persona, ...]
    hurts: tuple[Persona, ...]
    unlisted: tuple[str, ...]
    places: dict[int, int]
    stakeholders: tuple[Stakeholder, ...]

    @property
    def opposed(self) -> str:
        """Where two want opposed things, in words; empty where nobody is known to."""
        said = []
        helped = [row for row in self.helps if row not in self.hurts]
        if self.hurts and helped:
            said.append(f"helps {self._named(helped)}, hurts {self._named(self.hurts)}")
        pro, contra = ([row for row in self.stakeholders if row.stance == stance] for stance in ("for", "against"))
        if pro and contra:
            said.append(f"for it {_people(pro)}, against it {_people(contra)}")
        return "; ".join(said)

    def _named(self, rows: Sequence[Persona]) -> str:
        return series(f"{short(row.name, 60)} ({self.places[row.id]} of {len(self.places)})" for row in rows)

    @property
    def lines(self) -> list[str]:
        """What the card says of opposed wishes, with where the charter may compromise."""
        if not self.opposed:
            return []
        may = [
            f"{short(row.name, 60)}: {short(row.compromise, 300)}"
            for row in dict.fromkeys((*self.helps, *self.hurts))
            if row.compromise
        ]
        where = f"may compromise for {'; '.join(may)}" if may else ""
        return [f"opposed: {self.opposed}", *([where] if where else []), SETTING]


def _people(rows: Sequence[Stakeholder]) -> str:
    return series(f"{short(row.name, 60)} ({row.part})" for row in rows)


def voices_of(state: State, item_id: int) -> Voices:
    """All that is on record of it."""
    card = card_of(state, item_id)
    places = {row.id: at for at, row in enumerate(personas_of(state), 1)}
    helps, strange = personas_in(state, card.helps if card is not None else "")
    hurts, more = personas_in(state, card.hurts if card is not None else "")
    unlisted = tuple(dict.fromkeys((*strange, *more))) if places else ()
    return Voices(tuple(helps), tuple(hurts), unlisted, places, stakeholders_of(state, item_id))


def stakeholders_of(state: State, item_id: int) -> tuple[Stakeholder, ...]:
    """The stakeholders of a request, as they were named."""
    rows = (row for row in state.each(Stakeholder) if row.item_id == item_id)
    return tuple(sorted(rows, key=lambda row: (row.id < 0, abs(row.id))))


class Stands(Value):
    """A stakeholder as it is typed."""

    name: str
    part: StakeholderPart
    stance: StakeholderStance = "unknown"


def write_stakeholders(state: State, item_id: int, wanted: Sequence[Stands]) -> Command:
    """Exactly these stakeholders; who is there already, by name and part, keeps the row.

    Raises :class:`Refused` where one has no name, or is named twice in one part.
    """
    left = {(row.name.casefold(), row.part): row for row in stakeholders_of(state, item_id)}
    seen, puts = set(), []
    for each in wanted:
        name = clean(each.name)
        if not name or len(name) > 200:
            raise Refused("A stakeholder has a name of at most 200 characters.")
        key = name.casefold(), each.part
        if key in seen:
            raise Refused(f"“{short(name, 40)}” is named twice as {each.part}.")
        seen.add(key)
        old = left.pop(key, None)
        base = old or Stakeholder(id=new_id(), item_id=item_id, name=name, part=each.part)
        made = base.model_copy(update={"name": name, "stance": each.stance})
        if made != old:
            puts.append(made)
    command = Command("card", f"“{state.all(Item)[item_id].title}”: stakeholders")
    return replace(command, puts=tuple(puts), removes=tuple(left.values()))
