"""The plain changes of the charter: roles, principles, figures, and who speaks for a slice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.capacity.draft_changes import in_order
from scenarios.figures.money import money_in
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
    write_slice,
)
from scenarios.rules.charter_words import MEANS, STANCES, principles_of, roles_of
from scenarios.rules.old_versions import remove_version, versions_of, write_version
from scenarios.rules.personas import personas_of, remove_persona, write_persona
from store.common.text import capital
from store.records import Command, Slice
from store.records.negotiation import OldVersion, Persona, Principle, Role
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange, Subject, of_row, shown

if TYPE_CHECKING:
    from tui.session.figures import Figures

_MADE = "its name; made where there is none of that name"


def _role(now: Figures, record: int | None) -> str:
    return "A role" if record is None else f"The role “{now.state.all(Role)[record].name}”"


def _principle(now: Figures, record: int | None) -> str:
    return "A principle" if record is None else f"The principle “{now.state.all(Principle)[record].name[:60]}”"


def _version(now: Figures, record: int | None) -> str:
    return "An old version" if record is None else f"The old version “{now.state.all(OldVersion)[record].name[:60]}”"


def _versions(now: Figures, record: int | None) -> Values | None:
    row = now.state.all(OldVersion).get(record or 0)
    if row is None:
        return {} if record is None else None
    return {
        "name": row.name, "back": str(row.back), "upkeep": shown(row.upkeep), "customers": shown(row.customers),
    }  # fmt: skip


def _slice(now: Figures, record: int | None) -> str:
    part = now.state.all(Slice)[record or 0]
    return f"{part.letter} {part.name}"


def _persona(now: Figures, record: int | None) -> Values | None:
    rows = personas_of(now.state)
    row = next((row for row in rows if row.id == record), None)
    if row is None:
        return {} if record is None else None
    return {"name": row.name, "place": str(rows.index(row) + 1), "compromise": row.compromise}


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
    what="Make a role or change it: who has it now, its name; or remove it, with its rights.",
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
    what="Make a principle or change its words; or remove it, with the rights to break it.",
    example="  makeroom charter principle 'No forks' --note 'one product for all'\n"
    "  makeroom charter principle 'No forks' --remove",
    subject=Subject("principle", _MADE, principles_of, "name", remove_principle),
)

VERSION = PlainChange(
    "charter version",
    (
        Ask("name", "version", "--rename", "as 4.2; at most 200 characters", "its new name"),
        Ask("back", "versions back", "--back", "1 for the one before the present; 2 doubles its fee again",
            kind="number", needed="How many versions back is it? 1 is the one before the present."),
        Ask("upkeep", "ew a quarter", "--upkeep", "what it takes a quarter, in engineer-weeks; empty: not known",
            kind="number"),
        Ask("customers", "customers on it", "--customers", "how many; empty: not known", kind="number"),
    ),
    lambda now, record, values: write_version(
        now.state,
        record,
        values["name"],
        number_in(values, "back"),
        number_in(values, "upkeep"),
        number_in(values, "customers"),
    ),
    _version,
    "An old version that is still supported: what it takes is told with the month.",
    start=_versions,
    what="List an old version that is still supported, or change what is known of it; or take it off the list.",
    example="  makeroom charter version 4.2 --back 1 --upkeep 1.5 --customers 3\n"
    "  makeroom charter version 4.2 --remove",
    subject=Subject("version", _MADE, versions_of, "name", remove_version),
)  # fmt: skip

PERSONA = PlainChange(
    "charter persona",
    (
        Ask(
            "name", "persona", "--rename", "as Dispatchers: never just users", "its new name; cards that name it follow"
        ),
        Ask("place", "place", "--place", "1 matters most; empty: where it is, or last", kind="number"),
        Ask("compromise", "may compromise", "--compromise", "where the product may give way for it; may stay empty"),
    ),
    lambda now, record, values: write_persona(
        now.state, values["name"], values["compromise"], number_in(values, "place"), record
    ),
    lambda now, record: "A persona" if record is None else f"The persona “{now.state.all(Persona)[record].name[:60]}”",
    "Whom the product is for, who matters most first. Cards name whom a request helps and hurts from this list.",
    start=_persona,
    what="Make a persona or change it: its place among those whom the product is for, where that may compromise, its "
    "name; or take it from the list.",
    example="  makeroom charter persona Dispatchers --place 1\n"
    "  makeroom charter persona 'Depot clerks' --compromise 'speed, never a wrong rate'\n"
    "  makeroom charter persona 'Depot clerks' --remove",
    subject=Subject("persona", _MADE, personas_of, "name", remove_persona),
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


def _bounds(now: Figures, record: int | None) -> Values | None:
    part = now.state.all(Slice).get(record or 0)
    if part is None:
        return None
    return {"owner": part.owner, "floor": shown(part.floor), "ceiling": shown(part.ceiling)}


SLICE = PlainChange(
    "charter slice",
    (
        Ask("owner", "belongs to", "--owner", "who speaks for it; a trade that shrinks it says so"),
        Ask("floor", "floor", "--floor", "the least share that it may have, in percent; empty: none", kind="number"),
        Ask("ceiling", "ceiling", "--ceiling", "the most, in percent; empty: none", kind="number"),
    ),
    lambda now, record, values: write_slice(
        now.state, record or 0, values["owner"], number_in(values, "floor"), number_in(values, "ceiling")
    ),
    _slice,
    "Where it shrinks and nobody of these is in the room, the trade sheet says so. Its aim stays within its bounds.",
    start=_bounds,
    what="Say who speaks for a slice, and the least and the most that it may have.",
    example="  makeroom charter slice D --floor 8\n  makeroom charter slice O --ceiling 12 --owner executives",
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
    "credit_standard": "percent",
    "credit_one_off": "percent",
    "value_days": "days",
}
_MONEY = ("rate", "licence")


def _figure(name: str) -> Ask:
    option, default = name.replace("_", "-"), default_of(name)
    if name == "stance":
        hint = "product or services; empty: nobody says"
        return Ask(name, "it is a", option, hint, kind="choice", choices=tuple(STANCES))
    if name not in _SHORT:
        return Ask(name, FIGURES[name], option)
    if name in _MONEY:
        return Ask(name, _SHORT[name], option, "an amount, as 4000 or 4k; empty: none", kind="money")
    hint = "a number; empty: none" if default is None else f"a number; empty: {default:g}"
    return Ask(name, _SHORT[name], option, hint, kind="number")


def _figures(now: Figures, record: int | None) -> Values:
    charter = charter_of(now.state)
    return {name: shown(getattr(charter, name)) if name in _SHORT else getattr(charter, name) for name in FIGURES}


def _write_figures(now: Figures, record: int | None, values: Values) -> Command:
    given: dict[str, object] = {}
    for name in values:
        text = values[name].strip()
        number = money_in if name in _MONEY else number_in
        given[name] = given_figure(name, number(values, name)) if name in _SHORT else text
        if name == "stance":
            given[name] = text.casefold()
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
        "evidence-rules (text), credit-standard, credit-one-off (percent), stance (product or services), value-days; "
        "empty: what it is where nobody gives it",
    ),
)


def one_figure(name: str) -> PlainChange:
    """The change of one figure alone, which says what it does."""
    plain = FIGURE.only(name)
    asks = (replace(plain.asks[0], kind="lines"),) if name == "evidence_rules" else plain.asks
    return replace(plain, asks=asks, title=capital(FIGURES[name]), about=MEANS[name])


CHARTER = (ROLE, PRINCIPLE, PERSONA, FIGURE, VERSION, OWNER, SLICE)
