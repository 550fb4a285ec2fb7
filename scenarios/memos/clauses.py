"""What one decision did, as a clause with one verb for each kind of decision; texts in it are Markdown already."""

from __future__ import annotations

from scenarios.decisions.answers import BECAME
from scenarios.decisions.log import LogLine
from scenarios.figures.amounts import cents, exact
from scenarios.figures.sizes import format_ew
from scenarios.memos.template import plain
from store.common.text import series
from store.records import Move, State
from store.records.negotiation import Principle, WayKind, WayOut

#: What a request, or an item, is said to have become by each way out; its fields follow.
BY_WAY: dict[WayKind, str] = {
    "swap": "in, others gave way",
    "smaller first version": "cut to a first version",
    "sequence": "put off to a later quarter",
    "configure": "answered by configuration",
    "package": "answered as a package of its own",
    "services": "answered by services",
    "partner": "given to a partner",
    "proof of concept": "cut to a proof of concept",
    "pilot": "cut to a pilot",
    "buy": "answered by buying",
    "decline": "declined",
}

#: As what something comes into the plan, where that is less than it was asked as.
AS: dict[WayKind, str] = {
    "smaller first version": "as a first version",
    "configure": "by configuration",
    "package": "as a package of its own",
    "services": "with services",
    "partner": "with a partner",
    "proof of concept": "as a proof of concept",
    "pilot": "as a pilot",
    "buy": "bought",
}


def quoted(title: str) -> str:
    """A title from outside, within quotes."""
    return f"“{plain(title)}”"


def way_clause(state: State, way: WayOut, planned: bool = False) -> str:
    """A way out with its money, its day and who does it, as ``answered by services for $40,800 (cost + 50%)``.

    ``planned``: of what is in plan by it, as ``as a pilot (3 customers)``.
    """
    said = AS.get(way.kind, "") if planned else BY_WAY[way.kind]
    if way.who and way.kind in ("partner", "buy"):
        said += f"{' from' if way.kind == 'buy' else ','} {plain(way.who)}"
    if way.kind == "sequence" and way.due:
        said = f"put off to {way.due.isoformat()}"
    if way.principle_id is not None and way.principle_id in state.all(Principle):
        said += f" by the principle {quoted(state.all(Principle)[way.principle_id].name)}"
    if way.amount is not None:
        said += f" for {cents(exact(way.amount))}{' a year' if way.kind == 'buy' else ''}"
    elif way.kind == "services":
        said += ", at a price that is not known"
    elif way.kind == "partner":
        said += ", their price is not on record"
    parts = [
        f"cost + {way.markup:.0%}" if way.markup is not None else "",
        f"by {plain(way.who)}" if way.who and way.kind not in ("partner", "buy") else "",
        f"{way.customers} customers" if way.customers is not None else "",
        f"it has to show: {plain(way.test)}" if way.test else "",
        f"until {way.due.isoformat()}" if way.due and way.kind != "sequence" else "",
        f"{'the rest later' if way.kind == 'smaller first version' else 'note'}: {plain(way.note)}" if way.note else "",
    ]
    more = "; ".join(part for part in parts if part)
    return f"{said} ({more})" if more else said


def decision_clause(state: State, line: LogLine) -> str:
    """What a decision did; empty where its title says all of it."""
    row = line.decision
    ways = {way.item_id: way for way in line.ways}
    own = ways.get(row.item_id or 0)
    gave = [_gave(move, ways) for move in line.moved("out", "resized") if move.item_id != row.item_id]
    came = line.moved("in")
    match row.kind:
        case "trade" | "accept" | "over-commit" if came or line.moves:
            said = _in(row.item_id, came, own, state)
            # Where nothing came, as with a scenario that only drops, it left for nothing.
            said += f"; gave way: {series(gave)}" if gave else ""
            return said + (", below the odds target, signed for" if row.kind == "over-commit" else "")
        case "fill":
            return f"in, by rank: {series(quoted(move.title) for move in came)}"
        case "drop":
            return "taken out of plan" + (f", and with it {series(gave)}" if gave else "")
        case "decline":
            return way_clause(state, own) if own is not None else "declined"
        case "defer":
            return way_clause(state, own) if own is not None else "good, not now"
        case "capacity" | "target":
            gone = "lost with it" if row.kind == "capacity" else "gave way to it"
            return f"{gone}: {series(gave)}" if gave else "nothing had to give way"
        case "estimate":
            sizes = [f"{format_ew(move.ew)} ew" for move in line.moved("resized") if move.item_id == row.item_id]
            said = way_clause(state, own) if own is not None else "sized anew"
            said += f", {sizes[0]}" if sizes else ""
            return said + (f"; gave way to it: {series(gave)}" if gave else "")
        case "close":
            done = [quoted(move.title) for move in line.moved("out")]
            return f"shipped: {series(done)}" if done else "nothing was finished"
    return ""


def _in(item_id: int | None, came: tuple[Move, ...], own: WayOut | None, state: State) -> str:
    if own is not None and own.kind != "swap":
        return f"in {way_clause(state, own, planned=True)}"
    if not came:
        return "agreed"
    others = [quoted(move.title) for move in came if move.item_id != item_id]
    if not others:
        return "in"
    return f"in{',' if len(others) < len(came) else ':'} {'with ' if len(others) < len(came) else ''}{series(others)}"


def _gave(move: Move, ways: dict[int, WayOut]) -> str:
    """What gave way, by its title, and how where it did not leave whole."""
    way = ways.get(move.item_id or 0)
    title, arrow, became = move.title.rpartition(BECAME)
    if move.kind == "resized" and arrow:
        return f"{quoted(title)} ({_became(way, became)})"
    return f"{quoted(move.title)} ({BY_WAY[way.kind]})" if way is not None else quoted(move.title)


def _became(way: WayOut | None, became: str) -> str:
    return BY_WAY[way.kind] if way is not None else f"cut to {quoted(became)}"
