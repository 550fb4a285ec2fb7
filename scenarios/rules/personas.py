"""The personas of the product: never just "users", in the order of who matters most, and where it may compromise."""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.figures.names import plain_name
from store.common.errors import Refused
from store.common.text import series, short
from store.records import Command, Record, State, new_id
from store.records.negotiation import Card, Persona

#: Stands between names where several are given.
BETWEEN = ";"


def personas_of(state: State) -> list[Persona]:
    """The personas, who matters most first."""
    return sorted(state.all(Persona).values(), key=lambda row: (row.position, row.id < 0, abs(row.id)))


def write_persona(
    state: State, name: str, compromise: str, place: float | None = None, persona_id: int | None = None
) -> Command:
    """A new persona, or another name, place or compromise for one; cards follow another name.

    ``place`` is 1 for who matters most; None: where it is, or last. Raises :class:`Refused` where it has no name, or
    another's, or the place is none.
    """
    name, rows = name.strip(), personas_of(state)
    if not name or len(name) > 200 or BETWEEN in name:
        raise Refused(f"a persona needs a name of at most 200 characters, without a {BETWEEN}", "name")
    if any(plain_name(row.name) == plain_name(name) for row in rows if row.id != persona_id):
        raise Refused(f"there is a persona “{name}” already", "name")
    old = next((row for row in rows if row.id == persona_id), None)
    if old is None and persona_id is not None:
        raise Refused("this persona is not there any more")
    others = [row for row in rows if row.id != persona_id]
    if place is not None and (place != int(place) or not 1 <= place <= len(others) + 1):
        raise Refused(f"a place is a whole number from 1, who matters most, to {len(others) + 1}", "place")
    at = int(place) - 1 if place is not None else rows.index(old) if old is not None else len(others)
    base = old or Persona(id=new_id(), name=name)
    made = base.model_copy(update={"name": name, "compromise": compromise.strip()})
    ordered = [*others[:at], made, *others[at:]]
    here = {row.id: row for row in rows}
    placed = (row.model_copy(update={"position": position}) for position, row in enumerate(ordered))
    puts: list[Record] = [row for row in placed if here.get(row.id) != row]
    if old is not None and old.name != name:
        puts += _renamed(state, old.name, name)
    return Command("charter", f"persona “{short(name)}”: {at + 1} of {len(ordered)}", tuple(puts))


def _renamed(state: State, old: str, new: str) -> Iterable[Card]:
    """The cards that name a persona, with its new name."""
    for card in state.each(Card):
        texts = {}
        for field in ("helps", "hurts"):
            names = names_in(getattr(card, field))
            if any(plain_name(name) == plain_name(old) for name in names):
                texts[field] = f"{BETWEEN} ".join(
                    new if plain_name(name) == plain_name(old) else name for name in names
                )
        if texts:
            yield card.model_copy(update=texts)


def remove_persona(state: State, persona_id: int) -> Command:
    """Take a persona from the list; what cards say of it stays, as words that are on no list."""
    row = state.all(Persona)[persona_id]
    return Command("charter", f"persona “{short(row.name)}” removed", (), (row,))


def names_in(text: str) -> list[str]:
    """The names that a text gives, with semicolons between."""
    return [part.strip() for part in text.split(BETWEEN) if part.strip()]


def personas_in(state: State, text: str) -> tuple[list[Persona], list[str]]:
    """The personas that a text names, and the names in it that are on no list."""
    rows = {plain_name(row.name): row for row in personas_of(state)}
    names = names_in(text)
    found = dict.fromkeys(plain_name(name) for name in names if plain_name(name) in rows)
    return [rows[key] for key in found], [name for name in names if plain_name(name) not in rows]


def read_personas(state: State, text: str, field: str) -> str:
    """What is typed as whom it helps or hurts, each as the charter writes it; free words where the charter has none.

    Raises :class:`Refused` for a name that is on no list.
    """
    listed = personas_of(state)
    if not listed:
        return text.strip()
    found, strange = personas_in(state, text)
    if strange:
        names = series(short(row.name, 40) for row in listed)
        raise Refused(f"“{short(strange[0], 40)}” is none of the charter's personas: {names}, separated by ;.", field)
    return f"{BETWEEN} ".join(row.name for row in found)
