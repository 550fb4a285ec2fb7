"""The plain changes of decision rights: granted to a role, withdrawn; the app fills them in from a list of boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scenarios.figures.names import Kind, named, principle_named
from scenarios.rules.charter import KINDS, grant, held_by, opened_by, withdraw
from scenarios.rules.charter_words import roles_of
from store.common.errors import Refused
from store.common.text import short
from store.records import Command, State
from store.records.negotiation import Principle, Right, RightKind, Role
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange

if TYPE_CHECKING:
    from tui.session.figures import Figures

_ASKS = (
    Ask(
        "right",
        "right",
        "right",
        help="one-off, 'under target', 'over ceiling', 'below return' or 'break a principle'",
        kind="choice",
        choices=KINDS,
    ),
    Ask("role", "role", "role", help="its name, or a part that no other has", kind="choice"),
    Ask("principle", "principle", "--principle", help="to break only this principle; else any"),
)


def values_of(state: State, kind: RightKind, role_id: int, principle_id: int | None) -> Values:
    """What is typed for a right of a role."""
    principle = state.all(Principle).get(principle_id or 0)
    return {
        "right": kind,
        "role": state.all(Role)[role_id].name,
        "principle": principle.name if principle is not None else "",
    }


def _read(state: State, values: Values) -> tuple[RightKind, Role, int | None]:
    kind = next((each for each in KINDS if each == " ".join(values["right"].split()).casefold()), None)
    if kind is None:
        raise Refused(f"“{short(values['right'], 60)}” is not a decision right: they are {', '.join(KINDS)}")
    principle_id = None
    if values["principle"].strip():
        if kind != "break a principle":
            raise Refused("--principle goes with the right to break a principle")
        principle_id = principle_named(state, values["principle"]).id
    return kind, named(roles_of(state), values["role"], Kind("role")), principle_id


def _grant(now: Figures, record: int | None, values: Values) -> Command:
    kind, role, principle_id = _read(now.state, values)
    return grant(now.state, kind, role.id, principle_id)


def _withdraw(now: Figures, record: int | None, values: Values) -> Command:
    kind, role, principle_id = _read(now.state, values)
    right = held_by(now.state, kind, role.id, principle_id)
    if right is not None:
        return withdraw(now.state, right.id)
    if principle_id is not None and held_by(now.state, kind, role.id) is not None:
        raise Refused(f"{role.name} may break any principle: withdraw that right, without --principle")
    return Command("charter", "")


def _without_person(state: State, command: Command) -> Sequence[str]:
    roles = (state.all(Role)[put.role_id] for put in command.puts if isinstance(put, Right))
    return tuple(f"{role.name} has no person yet: name who has it." for role in roles if not role.who.strip())


def _example(name: str) -> str:
    return (
        f"  makeroom charter {name} 'over ceiling' 'Head of product'\n"
        f"  makeroom charter {name} 'break a principle' CTO --principle 'No forks'"
    )


GRANT = PlainChange(
    "charter grant",
    _ASKS,
    _grant,
    "Grant a right",
    warn=_without_person,
    what="Grant a role a decision right.",
    example=_example("grant"),
)
WITHDRAW = PlainChange(
    "charter withdraw",
    _ASKS,
    _withdraw,
    "Withdraw a right",
    warn=opened_by,
    what="Withdraw a decision right from a role.",
    example=_example("withdraw"),
)
RIGHTS = (GRANT, WITHDRAW)
