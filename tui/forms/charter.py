"""The plain changes of the charter: roles, principles, figures, and who speaks for a slice."""

from __future__ import annotations

from dataclasses import replace

from scenarios.capacity.draft_changes import in_order
from scenarios.figures.readers import number_in
from scenarios.rules.charter import (
    FIGURES,
    charter_of,
    default_of,
    given_figure,
    opened_by,
    remove_principle,
    remove_role,
    write_figures,
    write_owner,
    write_principle,
    write_role,
)
from scenarios.rules.charter_words import MEANS, principles_of, roles_of
from store.common.text import capital
from store.records import Command, Slice
from store.records.negotiation import Principle, Role
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange, Subject, of_row, shown
from tui.session.session import Figures

_MADE = "its name; made where there is none of that name"


def _role(now: Figures, record: int | None) -> str:
    return "A role" if record is None else f"The role “{now.state.all(Role)[record].name}”"


def _principle(now: Figures, record: int | None) -> str:
    return "A principle" if record is None else f"The principle “{now.state.all(Principle)[record].name[:60]}”"


def _slice(now: Figures, record: int | None) -> str:
    part = now.state.all(Slice)[record or 0]
    return f"{part.letter} {part.name}"


ROLE = PlainChange(
    "charter role",
    (
        Ask("name", "role", "--rename", "as Head of Sales; at most 200 characters", "its new name"),
        Ask("who", "who has it now", "--holder", "a name; may stay empty until somebody has it"),
    ),
    lambda now, record, values: write_role(now.state, values["name"], values["who"], record),
    _role,
    "makeroom has no log-in: it records who is said to decide.",
    start=of_row(Role, "name", "who"),
    warn=opened_by,
    what="Make a role or change it: who has it now, its name; or take it away, with its rights.",
    example="  makeroom charter role 'Head of product' --holder 'Jo Field'\n"
    "  makeroom charter role 'Head of product' --rename 'Product lead'\n"
    "  makeroom charter role 'Product lead' --remove",
    subject=Subject("role", _MADE, roles_of, "name", remove_role),
)

PRINCIPLE = PlainChange(
    "charter principle",
    (
        Ask("name", "principle", "--rename", "as No forks: what a decline cites", "its new name"),
        Ask("note", "what it means", "--note", "why the room agreed on it; may stay empty"),
    ),
    lambda now, record, values: write_principle(now.state, values["name"], values["note"], record),
    _principle,
    "A rule that the room agreed on. Breaking one takes a signature.",
    start=of_row(Principle, "name", "note"),
    warn=opened_by,
    what="Make a principle or change its words; or take it away, with the rights to break it.",
    example="  makeroom charter principle 'No forks' --note 'one product for all'\n"
    "  makeroom charter principle 'No forks' --remove",
    subject=Subject("principle", _MADE, principles_of, "name", remove_principle),
)

OWNER = PlainChange(
    "charter owner",
    (Ask("owner", "belongs to", "owner", "who speaks for it; a trade that shrinks it says so"),),
    lambda now, record, values: write_owner(now.state, record or 0, values["owner"]),
    _slice,
    "Where a slice shrinks and nobody of these is in the room, the trade sheet says so.",
    start=of_row(Slice, "owner"),
    what="Say who speaks for a slice: a trade that shrinks it says so where they are not in the room.",
    example="  makeroom charter owner Q Support",
    subject=Subject("slice", "its letter or its name", in_order),
)

# ------------------------------------------------------------------ figures

_SHORT = {
    "purse_count": "one-offs",
    "purse_effort": "engineer-weeks",
    "least_return": "times the full cost",
    "rate": "money per ew",
    "licence": "price",
    "renewal_days": "days",
}


def _figure(name: str) -> Ask:
    option, default = name.replace("_", "-"), default_of(name)
    if name not in _SHORT:
        return Ask(name, FIGURES[name], option)
    hint = "a number; empty: none" if default is None else f"a number; empty: {default:g}"
    return Ask(name, _SHORT[name], option, hint, kind="number")


def _figures(now: Figures, record: int | None) -> Values:
    charter = charter_of(now.state)
    return {name: shown(getattr(charter, name)) if name in _SHORT else getattr(charter, name) for name in FIGURES}


def _write_figures(now: Figures, record: int | None, values: Values) -> Command:
    given: dict[str, object] = {}
    for name in values:
        given[name] = given_figure(name, number_in(values, name)) if name in _SHORT else values[name].strip()
    return write_figures(now.state, given)


FIGURE = PlainChange(
    "charter set",
    tuple(map(_figure, FIGURES)),
    _write_figures,
    "Figures of the charter",
    start=_figures,
    warn=opened_by,
    what="Change figures of the charter, as one change.",
    example="  makeroom charter set rate=4000 least-return=3\n"
    "  makeroom charter set licence=                  as where nobody has given it",
    pairs=(
        "figure of the charter",
        "rate=4000",
        "purse-count, purse-effort (ew), least-return (times), rate (money per ew), licence (money), renewal-days, "
        "evidence-rules (text); empty: what it is where nobody gives it",
    ),
)


def one_figure(name: str) -> PlainChange:
    """The change of one figure alone, which says what it does."""
    plain = FIGURE.only(name)
    asks = plain.asks if name in _SHORT else (replace(plain.asks[0], kind="lines"),)
    return replace(plain, asks=asks, title=capital(FIGURES[name]), about=MEANS[name])


CHARTER = (ROLE, PRINCIPLE, FIGURE, OWNER)
