"""The charter: its figures, who has which role, who holds which decision right, and the principles.

The app has no log-in. It records who is said to decide; a name counts as a role's person when it reads the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from scenarios.figures.names import plain_name, principle_named
from store.common.errors import Refused
from store.records import Command, Record, RecordError, Slice, State, new_id
from store.records.negotiation import Card, Charter, Principle, Right, RightKind, Role, SignedTerms, WayOut

#: What each right allows, as a sentence goes on after "who may".
RIGHTS: Mapping[RightKind, str] = {
    "one-off": "take a one-off out of the purse",
    "under target": "go under the odds target",
    "over ceiling": "go over the one-off ceiling",
    "below return": "take a one-off below the least return",
    "break a principle": "break a principle",
}
KINDS: tuple[RightKind, ...] = get_args(RightKind)
#: Words for the charter's figures, in the order in which an editor shows them.
FIGURES: Mapping[str, str] = {
    "purse_count": "one-offs that the purse buys in a quarter",
    "purse_effort": "engineer-weeks that the purse buys in a quarter",
    "least_return": "least return of a one-off",
    "rate": "rate per engineer-week",
    "licence": "price of a standard licence",
    "renewal_days": "days ahead in which renewals count",
    "evidence_rules": "evidence rules",
    "credit_standard": "quota credit on standard product, in percent",
    "credit_one_off": "quota credit on what one-offs cost, in percent",
    "stance": "product or services company",
    "value_days": "days from contract to first use, at most",
}


def charter_of(state: State) -> Charter:
    """The charter's figures; the defaults (with id 0) where nobody has written one."""
    return next(state.each(Charter), Charter(id=0))


def same_person(one: str, other: str) -> bool:
    """Whether two names read the same; nobody is not the same as nobody."""
    return bool(plain_name(one)) and plain_name(one) == plain_name(other)


def holders(state: State, kind: RightKind, principle_id: int | None = None) -> tuple[Role, ...]:
    """The roles that hold a right and have a person, in order of role.

    To break a principle, those that may break this one and those that may break any.
    """
    found = {
        right.role_id
        for right in state.all(Right).values()
        if right.kind == kind and right.principle_id in (None, principle_id)
    }
    roles = [role for role in state.all(Role).values() if role.id in found and plain_name(role.who)]
    return tuple(sorted(roles, key=lambda role: (role.position, role.id)))


def may(state: State, who: str, kind: RightKind, principle_id: int | None = None) -> bool:
    """Whether this person holds a right."""
    return any(same_person(role.who, who) for role in holders(state, kind, principle_id))


def holder_words(state: State, kind: RightKind, principle_id: int | None = None) -> str:
    """Who holds a right, as ``Ana (CFO) or Ben (CEO)``; empty where nobody does."""
    return " or ".join(f"{role.who.strip()} ({role.name})" for role in holders(state, kind, principle_id))


def gaps(state: State) -> tuple[str, ...]:
    """A warning for each right that nobody holds, and for what no return can be told without."""
    found = []
    if charter_of(state).rate is None:
        found.append("The charter has no rate per engineer-week: no full cost and no return can be told.")
    for kind in KINDS:
        if kind != "break a principle":
            if not holders(state, kind):
                found.append(f"Nobody holds the right to {RIGHTS[kind]}: name a role and its person in the charter.")
            continue
        for principle in sorted(state.all(Principle).values(), key=lambda each: (each.position, each.id)):
            if not holders(state, kind, principle.id):
                found.append(f"Nobody holds the right to break the principle “{principle.name}”.")
    return tuple(found)


# ------------------------------------------------------------------ as it is edited


def write_figures(state: State, figures: Mapping[str, Any]) -> Command:
    """Change figures of the charter (see :data:`FIGURES`); empty where they are so already.

    Raises :class:`Refused` where one is no figure of the charter, or is out of its limits.
    """
    if unknown := sorted(set(figures) - set(FIGURES)):
        raise Refused(f"the charter has no “{unknown[0]}”")
    now = charter_of(state)
    try:
        changed = Charter.model_validate({**now.model_dump(), **figures, "id": now.id or new_id()})
    except RecordError as error:
        why = error.why.replace("Input should", "it should")
        raise Refused(f"{FIGURES[error.column]}: {why}") from error
    if changed == now or (not now.id and changed == now.model_copy(update={"id": changed.id})):
        return Command("charter", "")
    said = ", ".join(FIGURES[name] for name in FIGURES if getattr(changed, name) != getattr(now, name))
    return Command("charter", f"charter: {said}", (changed,))


def default_of(name: str) -> float | None:
    """What a figure of the charter is where nobody has given one; None for one that is not given at all then."""
    default: float | None = Charter.defaults()[name]
    return default


def given_figure(name: str, value: float | None) -> float | None:
    """What is typed for a figure, and where nothing is, its default."""
    return default_of(name) if value is None and name in FIGURES else value


def write_role(state: State, name: str, who: str, role_id: int | None = None) -> Command:
    """A new role, or other words for one. Raises :class:`Refused` where it has no name, or another's."""
    _named(name, "role", [role.name for role in state.all(Role).values() if role.id != role_id])
    if role_id is None:
        role = Role(id=new_id(), name=name.strip(), who=who.strip(), position=len(state.all(Role)))
        return Command("charter", f"role “{role.name}”: {role.who or 'nobody yet'}", (role,))
    old = state.all(Role).get(role_id)
    if old is None:
        raise Refused("this role is not there any more")
    changed = old.model_copy(update={"name": name.strip(), "who": who.strip()})
    puts = () if changed == old else (changed,)
    return Command("charter", f"role “{changed.name}”: {changed.who or 'nobody yet'}", puts)


def remove_role(state: State, role_id: int) -> Command:
    """Take a role away, and its rights with it."""
    role = state.all(Role)[role_id]
    rights: list[Record] = [right for right in state.all(Right).values() if right.role_id == role_id]
    return Command("charter", f"role “{role.name}” removed", (), (*rights, role))


def opened_by(state: State, command: Command) -> tuple[str, ...]:
    """The warnings of :func:`gaps` that a change of the charter brings, and that were none before."""
    before = set(gaps(state))
    return tuple(each for each in gaps(state.overlay(command)) if each not in before)


def right_words(state: State, kind: RightKind, principle_id: int | None = None) -> str:
    """What a right allows, as a sentence goes on after "who may"; with the principle where it is about one."""
    if kind != "break a principle":
        return RIGHTS[kind]
    principle = state.all(Principle).get(principle_id or 0)
    return f"break the principle “{principle.name}”" if principle is not None else "break any principle"


def grant(state: State, kind: RightKind, role_id: int, principle_id: int | None = None) -> Command:
    """A role holds a right from now on; empty where it does already."""
    role = state.all(Role)[role_id]
    has = held_by(state, kind, role_id, principle_id) is not None
    right = Right(id=new_id(), kind=kind, role_id=role_id, principle_id=principle_id)
    return Command("charter", f"{role.name} may {right_words(state, kind, principle_id)}", () if has else (right,))


def withdraw(state: State, right_id: int) -> Command:
    """A role no longer holds a right."""
    right = state.all(Right)[right_id]
    words = right_words(state, right.kind, right.principle_id)
    return Command("charter", f"{state.all(Role)[right.role_id].name} may no longer {words}", (), (right,))


def held_by(state: State, kind: RightKind, role_id: int, principle_id: int | None = None) -> Right | None:
    """The right of a role, where it holds just this one: a right to break any principle is none to break one."""
    wanted = kind, role_id, principle_id
    return next((row for row in state.each(Right) if (row.kind, row.role_id, row.principle_id) == wanted), None)


def principles_called(state: State, text: str) -> tuple[Principle, ...]:
    """The principles that somebody names, with semicolons between, each by its name or by a part that no other has.

    Raises :class:`Refused` for what is none, or could be several.
    """
    parts = filter(None, (part.strip() for part in text.split(";")))
    return tuple({(row := principle_named(state, part)).id: row for part in parts}.values())


def write_principle(state: State, name: str, note: str = "", principle_id: int | None = None) -> Command:
    """A new principle, or other words for one. Raises :class:`Refused` where it has no name, or another's."""
    others = [each.name for each in state.all(Principle).values() if each.id != principle_id]
    _named(name, "principle", others)
    if principle_id is None:
        made = Principle(id=new_id(), name=name.strip(), note=note.strip(), position=len(state.all(Principle)))
        return Command("charter", f"principle “{made.name}”", (made,))
    old = state.all(Principle).get(principle_id)
    if old is None:
        raise Refused("this principle is not there any more")
    changed = old.model_copy(update={"name": name.strip(), "note": note.strip()})
    return Command("charter", f"principle “{changed.name}”", () if changed == old else (changed,))


def remove_principle(state: State, principle_id: int) -> Command:
    """Take a principle away, with the rights to break it; cards that name it name none any more.

    Raises :class:`Refused` where something was declined or signed for by it: that stays on record.
    """
    principle = state.all(Principle)[principle_id]
    kinds: tuple[type[WayOut | SignedTerms], ...] = (WayOut, SignedTerms)
    cited = sum(row.principle_id == principle_id for kind in kinds for row in state.all(kind).values())
    if cited:
        times = "once" if cited == 1 else f"{cited} times"
        raise Refused(f"“{principle.name}” was cited {times} in decisions, and stays: other words can be given to it")
    cards = [row for row in state.each(Card) if row.principle_id == principle_id]
    freed = tuple(row.model_copy(update={"principle_id": None, "stance": "follows"}) for row in cards)
    rights: list[Record] = [row for row in state.each(Right) if row.principle_id == principle_id]
    return Command("charter", f"principle “{principle.name}” removed", freed, (*rights, principle))


def write_owner(state: State, slice_id: int, owner: str) -> Command:
    """Who speaks for a slice in the room. Raises :class:`Refused` where there is no such slice."""
    part = state.all(Slice).get(slice_id)
    if part is None:
        raise Refused("that slice is not there any more")
    changed = part.model_copy(update={"owner": owner.strip()})
    puts = () if changed == part else (changed,)
    return Command("charter", f"{part.name} belongs to {changed.owner or 'nobody'}", puts)


def write_slice(state: State, slice_id: int, owner: str, floor: float | None, ceiling: float | None) -> Command:
    """Who speaks for a slice, and the least and the most that it may have, in percent; None: no bound.

    Raises :class:`Refused` where there is no such slice, and where bounds, its aim or all floors contradict each other.
    """
    owned = write_owner(state, slice_id, owner)
    part = state.all(Slice)[slice_id]
    for word, bound in (("floor", floor), ("ceiling", ceiling)):
        if bound is not None and not 0 <= bound <= 100:
            raise Refused(f"a {word} is a percentage from 0 to 100", word)
    if floor is not None and ceiling is not None and floor > ceiling:
        raise Refused(f"a floor of {floor:g}% is above the ceiling of {ceiling:g}%", "floor")
    if floor is not None and floor > part.aim:
        raise Refused(f"the aim of {part.name} is {part.aim:g}%: raise that first, or give a lower floor", "floor")
    if ceiling is not None and ceiling < part.aim:
        raise Refused(f"the aim of {part.name} is {part.aim:g}%: lower that first, or give a higher ceiling", "ceiling")
    changed = part.model_copy(update={"owner": owner.strip(), "floor": floor, "ceiling": ceiling})
    if (changed.floor, changed.ceiling) == (part.floor, part.ceiling):
        return owned
    bounds = ", ".join(
        f"{word} {'none' if bound is None else f'{bound:g}%'}"
        for word, bound, was in (("floor", floor, part.floor), ("ceiling", ceiling, part.ceiling))
        if bound != was
    )
    also = f"; {owned.label}" if owned.puts else ""
    return Command("charter", f"{part.name}: {bounds}{also}", (changed,))


def _named(name: str, word: str, others: list[str]) -> None:
    if not name.strip() or len(name.strip()) > 200:
        raise Refused(f"a {word} needs a name of at most 200 characters")
    if any(plain_name(name) == plain_name(other) for other in others):
        raise Refused(f"there is a {word} “{name.strip()}” already")
