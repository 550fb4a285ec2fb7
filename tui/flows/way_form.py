"""The form of a way out: its own few fields, what stands in them, and the sentence for what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from scenarios.amounts import exact
from scenarios.charter import charter_of
from scenarios.figures import given
from scenarios.levers import with_sizes
from scenarios.plan import Entry
from scenarios.sizes import Range, format_ew, format_range
from scenarios.ways_out import FIELDS, MARKUPS, NEEDED, PILOT, Way, WayError, check_way, quote_of
from store.negotiation import Principle, WayKind
from store.records import State, Team
from store.text import sentence
from tui.dialogs.form import Field, FormError, Values
from tui.flows.items import read_sizes, shirts_of, teams_of
from tui.flows.requests import day, number
from tui.widgets.words import ew_by_team, money

_SIZE = "low-likely-high in engineer-weeks (P10-P50-P90), one number, or a T-shirt"


def principles_of(state: State) -> list[Principle]:
    """The charter's principles, in their order."""
    return sorted(state.all(Principle).values(), key=lambda each: (each.position, each.id))


def quotes(state: State, entry: Entry) -> str:
    """What services would cost at each markup, as ``50%: $45k, 70%: $51k, 100%: $60k``; empty where nobody can tell."""
    found = [(markup, quote_of(state, entry, markup).amount) for markup in MARKUPS]
    return ", ".join(f"{markup:.0%}: {money(price)}" for markup, price in found if price is not None)


def about(state: State, entry: Entry, kind: WayKind) -> str:
    """What stands above the fields: the claim, what the sizes are, and of services the formula."""
    claim = ew_by_team({size.team_id: size.likely for size in entry.sizes}, teams_of(state))
    lines = [f"It asks for {claim}." if entry.sized else "It has no size yet."]
    if entry.item.state == "plan":
        lines = [f"It is planned with {claim}."]
    if "sizes" in FIELDS[kind]:
        optional = "" if "sizes" in NEEDED[kind] else "; empty where it takes nothing of the teams"
        lines.append(f"Engineer-weeks by team: {FIELDS[kind]['sizes']}{optional}.")
    if kind == "services":
        rate = charter_of(state).rate
        if rate is None:
            lines.append("No quote yet: the charter has no rate per engineer-week (C).")
        else:
            build, price = format_ew(entry.ew), given(exact(rate), "money")
            lines.append(f"Quote: build {build} ew x rate {price} x (1 + on top of cost).")
    if kind == "decline" and not principles_of(state):
        lines.append("The charter has no principle yet: C writes one; N in the trade sheet declines with a reason.")
    return " ".join(lines)


def way_fields(state: State, entry: Entry, kind: WayKind, filled: Way | None) -> list[Field]:
    """The fields of a way; ``filled`` is what stands in them already."""
    way = filled if filled is not None and filled.kind == kind else Way(kind)
    teams = teams_of(state)
    found: list[Field] = []
    for name, label in FIELDS[kind].items():
        if name == "sizes":
            found += _size_fields(teams, label, way, needed="sizes" in NEEDED[kind])
        else:
            hint = _hint(state, entry, kind, name)
            hint = f"needed: {hint}" if name in NEEDED[kind] else f"{hint}; may stay empty"
            found.append(Field(name, label, _text(state, way, name), hint))
    return found


def _size_fields(teams: Sequence[Team], label: str, way: Way, *, needed: bool) -> list[Field]:
    hint = f"{_SIZE}; empty for no part" if needed or len(teams) > 1 else f"{_SIZE}; empty where it takes nothing"
    return [
        Field(
            f"size-{team.id}",
            f"{team.name} ew" if len(teams) > 1 else f"{label}, ew",
            format_range(way.sizes[team.id]) if team.id in way.sizes else "",
            hint,
        )
        for team in teams
    ]


def _text(state: State, way: Way, name: str) -> str:
    """What a field shows of a way."""
    value = getattr(way, name)
    if name == "due":
        first = state.quarter.ends + timedelta(days=1) if way.kind == "sequence" and value is None else value
        return first.isoformat() if first is not None else ""
    if name == "principle_id":
        rows = principles_of(state)
        only = rows[0] if len(rows) == 1 else None
        chosen = next((row for row in rows if row.id == value), only if value is None else None)
        return chosen.name if chosen is not None else ""
    if name == "markup":
        return "" if value is None else f"{100 * value:g}%"
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _hint(state: State, entry: Entry, kind: WayKind, name: str) -> str:
    match name:
        case "due":
            after = f"a day after {state.quarter.ends.isoformat()}" if kind == "sequence" else "a day"
            return f"{after}, as {(state.quarter.ends + timedelta(days=1)).isoformat()}"
        case "amount":
            return "an amount of money, as 12000"
        case "markup":
            return quotes(state, entry) or "50%, 70% or 100%"
        case "customers":
            return f"{PILOT[0]} to {PILOT[1]}"
        case "test":
            return "how everybody will see whether it worked"
        case "who":
            return "a name"
        case "principle_id":
            names = ", ".join(f"{at} {row.name}" for at, row in enumerate(principles_of(state), 1))
            return f"number or name: {names}" if names else "the charter has none yet (C)"
        case _:
            return "a line"


def read_way(values: Values, state: State, entry: Entry, kind: WayKind, filled: Way | None = None) -> Way:
    """The way that a form states, not yet checked. Raises FormError for the first field that cannot be read.

    Sizes that still stand as they were ``filled`` in keep all their digits.
    """
    known = with_sizes(entry, filled.sizes) if filled is not None and filled.sizes else Entry(entry.item)
    words = FIELDS[kind]
    sizes: dict[int, Range] = read_sizes(values, state, shirts_of(state), known) if "sizes" in words else {}
    customers = number(values, "customers") if "customers" in words else None
    if customers is not None and customers != int(customers):
        raise FormError("customers", f"“{values['customers']}” is no number of customers.")
    return Way(
        kind,
        sizes,
        number(values, "amount") if "amount" in words else None,
        _markup(values) if "markup" in words else None,
        day(values, "due") if "due" in words else None,
        values.get("who", "").strip(),
        values.get("test", "").strip(),
        None if customers is None else int(customers),
        _principle(values, state) if "principle_id" in words else None,
        values.get("note", "").strip(),
    )


def checked_way(values: Values, state: State, entry: Entry, kind: WayKind, filled: Way | None = None) -> Way:
    """The way that a form states. Raises FormError, with the field concerned, where it cannot be."""
    way = read_way(values, state, entry, kind, filled)
    try:
        check_way(state, entry, way)
    except WayError as error:
        raise refused(error, values) from error
    return way


def refused(error: WayError, values: Values) -> FormError:
    """The refusal of a way beside the field concerned; of sizes, beside the first that is filled in."""
    sizes = [name for name in values if name.startswith("size-")]
    field = next((name for name in sizes if values[name].strip()), sizes[0]) if error.field == "sizes" else error.field
    return FormError(field, sentence(error))


def _markup(values: Values) -> float | None:
    found = number({"markup": values["markup"].replace("%", "")}, "markup")
    return None if found is None else found / 100


def _principle(values: Values, state: State) -> int | None:
    """The principle of that number or name, or the only one whose name begins so."""
    text, rows = values["principle_id"].strip().casefold(), principles_of(state)
    if not text:
        return None
    if text.isdecimal() and 1 <= int(text) <= len(rows):
        return rows[int(text) - 1].id
    begins = [row for row in rows if row.name.casefold().startswith(text)]
    exactly = [row for row in begins if row.name.casefold() == text]
    if len(exactly or begins) != 1:
        names = ", ".join(f"{at} {row.name}" for at, row in enumerate(rows, 1)) or "it has none yet (C writes one)"
        raise FormError("principle_id", f"“{values['principle_id'].strip()}” is no principle of the charter: {names}.")
    return (exactly or begins)[0].id
