"""The fields of a way out as text: what stands in them to begin with, what goes into them, and what was typed.

A form and the command line fill in the same fields: those of ``FIELDS``, of which ``sizes`` is
one for each team, ``size-TEAM_ID``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from scenarios.figures.amounts import money
from scenarios.figures.money import money_in
from scenarios.figures.names import principle_named
from scenarios.figures.readers import day_in, number_in
from scenarios.figures.sizes import Range, format_ew, format_range, range_of
from scenarios.figures.teams import teams_of
from scenarios.odds.levers import with_sizes
from scenarios.plan.departures import versions_of
from scenarios.plan.plan import Entry
from scenarios.plan.sizes_by_team import present_sizes, sizes_in
from scenarios.requests.voices import voices_of
from scenarios.requests.ways_out import FIELDS, MARKUPS, NEEDED, PILOT, Way, check_way, quote_of
from store.common.errors import Refused
from store.records import State
from store.records.negotiation import Principle, WayKind

#: By the name of a field, what was typed into it.
Texts = Mapping[str, str]
#: What a size is written as.
SIZE_HINT = "low-likely-high in engineer-weeks (P10-P50-P90), one number, or a T-shirt"


def principles_of(state: State) -> list[Principle]:
    """The charter's principles, in their order."""
    return sorted(state.all(Principle).values(), key=lambda each: (each.position, each.id))


def quotes(state: State, entry: Entry) -> str:
    """What services would cost at each markup, as ``50%: $45k, 70%: $51k, 100%: $60k``; empty where nobody can tell."""
    found = [(markup, quote_of(state, entry, markup).amount) for markup in MARKUPS]
    return ", ".join(f"{markup:.0%}: {money(price)}" for markup, price in found if price is not None)


def means_of(state: State, entry: Entry, kind: WayKind) -> str:
    """What a way means for an item, in a few words."""
    claim = f"below {format_ew(entry.ew)} ew" if entry.sized else "in ew"
    match kind:
        case "swap":
            return f"as asked, {format_ew(entry.ew)} ew: others give way"
        case "smaller first version":
            known = versions_of(state, (entry,)).get(entry.item.id, ())
            names = ", ".join(each.words.partition(" → ")[2] for each in known)
            return names or f"a range {claim}, the rest later"
        case "sequence":
            return f"from a day after {state.quarter.ends:%d %b %Y}"
        case "configure":
            if voices_of(state, entry.item.id).opposed:
                return "▲ opposed: a setting gives each their own"
            return "no build: settings, with little effort"
        case "package":
            return "a price for it; effort to package"
        case "services":
            return quotes(state, entry) or "quote not known: the charter has no rate"
        case "partner":
            return "somebody else builds it, we support"
        case "proof of concept":
            return "what it has to show first, by when"
        case "pilot":
            return f"{PILOT[0]} to {PILOT[1]} customers, a success test"
        case "buy":
            return "a vendor, a price; we integrate it"
        case "decline":
            names = ", ".join(row.name for row in principles_of(state))
            return names or "cites a principle: the charter has none"


def filled_in(state: State, entry: Entry, kind: WayKind) -> Way | None:
    """What a way is filled in with before anybody says anything: a smaller first version with the first known one."""
    if kind != "smaller first version":
        return None
    known = next(iter(versions_of(state, (entry,)).get(entry.item.id, ())), None)
    if known is None or known.stays is None:
        return None
    return Way(kind, {size.team_id: range_of(size) for size in known.stays.sizes}, note=known.becomes)


def texts_of(state: State, kind: WayKind, filled: Way | None = None) -> dict[str, str]:
    """By field, what stands in it to begin with; ``filled`` is what is filled in already."""
    way = filled if filled is not None and filled.kind == kind else Way(kind)
    found = {}
    for name in FIELDS[kind]:
        if name == "sizes":
            for team in teams_of(state):
                found[f"size-{team.id}"] = format_range(way.sizes[team.id]) if team.id in way.sizes else ""
        else:
            found[name] = _text(state, way, name)
    return found


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


def hint_of(state: State, entry: Entry, kind: WayKind, name: str) -> str:
    """What goes into a field, and whether it is needed."""
    words = _hint(state, entry, kind, name)
    return f"needed: {words}" if name in NEEDED[kind] else f"{words}; may stay empty"


def _hint(state: State, entry: Entry, kind: WayKind, name: str) -> str:
    match name:
        case "sizes":
            return SIZE_HINT
        case "due":
            after = f"a day after {state.quarter.ends.isoformat()}" if kind == "sequence" else "a day"
            return f"{after}, as {(state.quarter.ends + timedelta(days=1)).isoformat()}"
        case "amount":
            return "an amount of money, as 12000 or 12k"
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
            return f"number or name: {names}" if names else "the charter has none yet"
        case _:
            return "a line"


# ------------------------------------------------------------------ what was typed


def read_way(typed: Texts, state: State, entry: Entry, kind: WayKind, filled: Way | None = None) -> Way:
    """The way that was typed, not yet checked. Raises ``Refused`` for the first field that
    cannot be read.

    Sizes that still stand as they were ``filled`` in keep all their digits.
    """
    known = with_sizes(entry, filled.sizes) if filled is not None and filled.sizes else Entry(entry.item)
    words = FIELDS[kind]
    sizes: dict[int, Range] = sizes_in(typed, state, present_sizes(known)) if "sizes" in words else {}
    customers = number_in(typed, "customers") if "customers" in words else None
    if customers is not None and customers != int(customers):
        raise Refused(f"“{typed['customers']}” is not a number of customers", "customers")
    return Way(
        kind,
        sizes,
        money_in(typed, "amount") if "amount" in words else None,
        _markup(typed) if "markup" in words else None,
        day_in(typed, "due") if "due" in words else None,
        typed.get("who", "").strip(),
        typed.get("test", "").strip(),
        None if customers is None else int(customers),
        _principle(typed, state) if "principle_id" in words else None,
        typed.get("note", "").strip(),
    )


def checked_way(typed: Texts, state: State, entry: Entry, kind: WayKind, filled: Way | None = None) -> Way:
    """The way that was typed. Raises ``Refused``, with the field concerned, where it cannot
    be."""
    way = read_way(typed, state, entry, kind, filled)
    with about_typed(typed):
        check_way(state, entry, way)
    return way


@contextmanager
def about_typed(typed: Texts) -> Iterator[None]:
    """The refusal of a way is about the field concerned; of sizes, about the first that is filled in."""
    try:
        yield
    except Refused as error:
        sizes = [name for name in typed if name.startswith("size-")]
        if error.field == "sizes" and sizes:
            error.field = next((name for name in sizes if typed[name].strip()), sizes[0])
        raise


def _markup(typed: Texts) -> float | None:
    found = number_in({"markup": typed["markup"].replace("%", "")}, "markup")
    return None if found is None else found / 100


def _principle(typed: Texts, state: State) -> int | None:
    """The principle that is named, if any."""
    text = typed["principle_id"]
    return principle_named(state, text, "principle_id").id if text.strip() else None
