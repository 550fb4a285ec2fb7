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
from store.records import Command, Slice
from store.records.negotiation import Principle, Role
from store.records.text import capital
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, Pairs, PlainChange, Subject, touched
from tui.session.session import Figures

_MADE = "its name; made where there is none of that name"


def _role(now: Figures, record: int | None) -> Values | None:
    role = now.state.all(Role).get(record or 0)
    return {"name": role.name, "who": role.who} if role is not None else {} if record is None else None


def _role_title(now: Figures, record: int | None) -> str:
    return "A role" if record is None else f"The role “{now.state.all(Role)[record].name}”"


ROLE = PlainChange(
    "charter role",
    (
        Ask("name", "role", "as Head of Sales; at most 200 characters", "--rename", "NAME", "its new name"),
        Ask(
            "who",
            "who has it now",
            hint="a name; may stay empty until somebody has it",
            option="--holder",
            metavar="NAME",
            help="who has it now; empty: nobody",
        ),
    ),
    lambda now, record, values: write_role(now.state, values["name"], values["who"], record),
    _role_title,
    "makeroom has no log-in: it records who is said to decide.",
    start=_role,
    subject=Subject("role", _MADE, roles_of, "name", remove_role),
    warn=opened_by,
    what="Make a role or change it: who has it now, its name; or take it away, with its rights.",
    example="  makeroom charter role 'Head of product' --holder 'Jo Field'\n"
    "  makeroom charter role 'Head of product' --rename 'Product lead'\n"
    "  makeroom charter role 'Product lead' --remove",
)


def _principle(now: Figures, record: int | None) -> Values | None:
    row = now.state.all(Principle).get(record or 0)
    return {"name": row.name, "note": row.note} if row is not None else {} if record is None else None


def _principle_title(now: Figures, record: int | None) -> str:
    return "A principle" if record is None else f"The principle “{now.state.all(Principle)[record].name[:60]}”"


PRINCIPLE = PlainChange(
    "charter principle",
    (
        Ask("name", "principle", "as No forks: what a decline cites", "--rename", "NAME", "its new name"),
        Ask(
            "note",
            "what it means",
            hint="why the room agreed on it; may stay empty",
            option="--note",
            help="what it means, and why the room agreed on it; empty: none",
        ),
    ),
    lambda now, record, values: write_principle(now.state, values["name"], values["note"], record),
    _principle_title,
    "A rule that the room agreed on. Breaking one takes a signature.",
    start=_principle,
    subject=Subject("principle", _MADE, principles_of, "name", remove_principle),
    warn=opened_by,
    what="Make a principle or change its words; or take it away, with the rights to break it.",
    example="  makeroom charter principle 'No forks' --note 'one product for all'\n"
    "  makeroom charter principle 'No forks' --remove",
)


def _owner(now: Figures, record: int | None) -> Values | None:
    part = now.state.all(Slice).get(record or 0)
    return None if part is None else {"owner": part.owner}


def _slice_title(now: Figures, record: int | None) -> str:
    part = now.state.all(Slice)[record or 0]
    return f"{part.letter} {part.name}"


OWNER = PlainChange(
    "charter owner",
    (
        Ask(
            "owner",
            "belongs to",
            hint="who speaks for it; a trade that shrinks it says so",
            option="owner",
            metavar="NAME",
            help="who speaks for it; empty: nobody",
        ),
    ),
    lambda now, record, values: write_owner(now.state, record or 0, values["owner"]),
    _slice_title,
    "Where a slice shrinks and nobody of these is in the room, the trade sheet says so.",
    start=_owner,
    subject=Subject("slice", "its letter or its name", in_order),
    what="Say who speaks for a slice: a trade that shrinks it says so where they are not in the room.",
    example="  makeroom charter owner Q Support",
)


_SHORT = {
    "purse_count": "one-offs",
    "purse_effort": "engineer-weeks",
    "least_return": "times the full cost",
    "rate": "money per ew",
    "licence": "price",
    "renewal_days": "days",
    "evidence_rules": "evidence rules",
}


def _figure_ask(name: str) -> Ask:
    option = name.replace("_", "-")
    if name == "evidence_rules":
        return Ask(name, _SHORT[name], "what the room takes for evidence; empty: none", option)
    default = default_of(name)
    hint = "a number; empty: none" if default is None else f"a number; empty: {default:g}"
    return Ask(name, _SHORT[name], hint, option, kind="number")


def _figures(now: Figures, record: int | None) -> Values:
    charter = charter_of(now.state)
    found = {name: getattr(charter, name) for name in FIGURES}
    return {name: value if isinstance(value, str) else _plain(value) for name, value in found.items()}


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _write_figures(now: Figures, record: int | None, values: Values) -> Command:
    given: dict[str, object] = {}
    for name, text in touched(values, _figures(now, record)).items():
        given[name] = text.strip() if name == "evidence_rules" else given_figure(name, number_in(values, name))
    return write_figures(now.state, given)


FIGURE = PlainChange(
    "charter set",
    tuple(map(_figure_ask, FIGURES)),
    _write_figures,
    "Figures of the charter",
    start=_figures,
    pairs=Pairs(
        "figure of the charter",
        "rate=4000",
        "FIGURE=VALUE",
        "purse-count, purse-effort (ew), least-return (times), rate (money per ew), licence (money), "
        "renewal-days, evidence-rules (text); empty: what it is where nobody gives it",
    ),
    warn=opened_by,
    what="Change figures of the charter, as one change.",
    example="  makeroom charter set rate=4000 least-return=3\n"
    "  makeroom charter set licence=                  as where nobody has given it",
)


def one_figure(name: str) -> PlainChange:
    """The change of one figure alone, which says what it does."""
    ask = next(ask for ask in FIGURE.asks if ask.name == name)
    return replace(FIGURE, asks=(ask,), title=capital(FIGURES[name]), about=MEANS[name])


CHARTER = (ROLE, PRINCIPLE, FIGURE, OWNER)
