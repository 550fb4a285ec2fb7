"""Who has which role in a play that is led, and who leads it.

The workspace knows names and roles alone. What a role knows and wants is in the case, for whoever has it.
"""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.figures.names import plain_name
from scenarios.practice.case import Case, CaseRole
from scenarios.practice.script import PRACTICE
from store.common.errors import Refused
from store.common.text import short
from store.records import Command, State, new_id
from store.records.practice import Part

#: The role of whoever leads.
LEAD = ""


def players(state: State) -> Mapping[str, Part]:
    """By role, who has it; whoever leads is among them."""
    return {part.role: part for part in state.each(Part)}


def leader(state: State) -> str:
    """Who leads; empty where nobody does."""
    part = players(state).get(LEAD)
    return part.name if part is not None else ""


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same person's."""
    return plain_name(one) == plain_name(other)


def roles_of(case: Case, state: State, name: str) -> tuple[CaseRole, ...]:
    """The roles that somebody has, in the order of the case."""
    found = players(state)
    return tuple(role for role in case.roles if role.key in found and same_name(found[role.key].name, name))


def role_words(role: CaseRole) -> str:
    """A role and who it is, in words."""
    return f"{role.name} ({role.who})"


def take_role(state: State, role: CaseRole, name: str) -> Command:
    """``name`` plays a role from now on; empty where they do. Raises Refused where somebody has it, or it is blank."""
    has = players(state).get(role.key)
    if has is not None and not same_name(has.name, name):
        raise Refused(
            f"{short(has.name, 60)} plays {role_words(role)}: take another role, or ask them to give theirs back"
        )
    puts = () if has is not None else (Part(id=new_id(), role=role.key, name=name),)
    return Command(PRACTICE, f"plays {role_words(role)}", puts)


def give_back(state: State, role: CaseRole, name: str) -> Command:
    """A role is free again. Raises Refused where ``name`` does not have it."""
    has = players(state).get(role.key)
    if has is None or not same_name(has.name, name):
        raise Refused(f"{role_words(role)} is not yours to give back")
    return Command(PRACTICE, f"plays {role_words(role)} no longer", removes=(has,))


def take_lead(state: State, name: str) -> Command:
    """``name`` leads from now on, in place of whoever did; empty where they do."""
    has = players(state).get(LEAD)
    if has is not None and same_name(has.name, name):
        return Command(PRACTICE, "")
    part = Part(id=new_id(), role=LEAD, name=name) if has is None else has.model_copy(update={"name": name})
    return Command(PRACTICE, "leads the play", (part,))
