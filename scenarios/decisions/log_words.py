"""A decision of the log in words: the same for the screen, for the command line and for the memos.

Texts from outside stand in them as they are; whoever makes Markdown or HTML of them escapes them.
"""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.decisions.log import LogLine
from scenarios.figures.amounts import arrow, cents, exact, money, odds_percent, share_percent
from scenarios.figures.figure import Unit, written
from scenarios.figures.sizes import format_ew
from scenarios.rules.charter import RIGHTS
from scenarios.trade.trials import result_words
from store.records import Decision, DecisionKind, Move, Quarter, State
from store.records.negotiation import DecisionOption, Principle, RightKind, SignedTerms, WayOut

#: What each kind of decision is called.
KINDS: Mapping[DecisionKind, str] = {
    "trade": "in, for something else",
    "accept": "agreed",
    "over-commit": "signed for, below the odds target",
    "fill": "filled in rank order",
    "baseline": "agreed plan",
    "drop": "taken out of plan",
    "decline": "declined",
    "defer": "good, not now",
    "capacity": "capacity",
    "estimate": "sized anew",
    "target": "odds target",
    "close": "quarter closed",
}
#: The kinds of lines that a decision has, in the order in which they are told.
MOVES = (("in", "In"), ("out", "Out"), ("resized", "Resized"), ("capacity", "Capacity"))
#: So many items of a line are named.
_NAMED = 8
#: What each right is signed for, and in which unit.
_SIGNED_FOR: Mapping[RightKind, tuple[str, Unit]] = {
    "under target": ("odds", "odds"),
    "over ceiling": ("one-offs", "share"),
    "below return": ("return", "times"),
}


def move_words(move: Move) -> str:
    """What moved, as ``Audit log, 3.0 ew``."""
    return f"{move.title}, {format_ew(move.ew)} ew"


def kind_words(line: LogLine) -> str:
    """What a decision is called in a table: its kind, where that alone does not say what was decided."""
    row = line.decision
    own = next((way.kind for way in line.ways if way.item_id == row.item_id), "swap")
    if row.kind == "defer" and own != "swap":
        return "put off" if own == "sequence" else "answered another way"
    if row.kind == "accept" and line.detail is not None and line.detail.about_id is not None:
        return "reviewed"
    # Taking back a promise is about no item: the item stays as it is.
    taken_back = (
        row.kind == "accept" and row.item_id is None and not line.moves and row.title.startswith("taken back: ")
    )
    return "promise taken back" if taken_back else KINDS[row.kind]


def way_words(way: WayOut, state: State) -> str:
    """A way out with its fields, as ``pilot, 2.0 ew, spares 3.0 ew``."""
    principle = state.all(Principle).get(way.principle_id or 0)
    parts = [
        f"by the principle “{principle.name}”" if principle is not None else "",
        way.who,
        cents(exact(way.amount)) if way.amount is not None else "",
        f"{format_ew(way.effort)} ew" if way.effort else "",
        f"spares {format_ew(way.freed)} ew" if way.freed else "",
        f"{way.customers} customers" if way.customers is not None else "",
        f"test: {way.test}" if way.test else "",
        f"by {way.due.isoformat()}" if way.due else "",
        way.note,
        result_words(way.met, way.met_by, way.customers, way.ended) if way.met is not None else "",
    ]
    return way.kind + "".join(f", {part}" for part in parts if part)


def odds_words(before: float | None, after: float | None, target: float | None = None) -> str:
    """Odds before and after, as :func:`~scenarios.figures.amounts.arrow`; empty where one is not known."""
    return "" if before is None or after is None else arrow(before, after, target)


def figure_words(state: State, line: LogLine) -> list[tuple[str, str]]:
    """The figures that are on record, before and after: odds, load and one-off share, each with its name."""
    row, detail = line.decision, line.detail
    quarter = state.all(Quarter).get(row.quarter_id)
    target = quarter.target if quarter is not None else None
    found = [("odds", odds)] if (odds := odds_words(row.odds_before, row.odds_after, target)) else []
    if detail is not None and detail.load_before is not None and detail.load_after is not None:
        # Once a quarter runs, its odds are of what is left; the load on record is of all of it.
        runs = quarter is not None and quarter.progress_on is not None
        name = "load of the whole quarter" if runs else "load"
        found.append((name, f"{format_ew(detail.load_before)} → {format_ew(detail.load_after)} ew"))
    if detail is not None and detail.one_offs_before is not None and detail.one_offs_after is not None:
        found.append(("one-offs", f"{share_percent(detail.one_offs_before)} → {share_percent(detail.one_offs_after)}"))
    return found


def option_words(option: DecisionOption) -> str:
    """An option that was on the table, with its figures."""
    parts = [f"odds {odds_percent(option.odds)}" if option.odds is not None else "", f"frees {format_ew(option.ew)} ew"]
    parts.append(f"displaces {option.value:g}" if option.value is not None else "")
    partly = option.waiting is not None and option.known is not None and option.known < option.waiting
    if option.arr is not None:
        known = f" (known for {option.known} of {option.waiting})" if partly else ""
        parts.append(f"{money(option.arr)} a year waits{known}")
    elif partly:
        parts.append(f"{option.waiting} {'waits' if option.waiting == 1 else 'wait'}, revenue unknown")
    return f"{option.title}: {', '.join(part for part in parts if part)}"


def terms_words(row: SignedTerms) -> str:
    """Who signed for what, why, on which conditions, and until when."""
    conditions = f"; conditions: {row.conditions}" if row.conditions else ""
    review = f"; review on {row.review.isoformat()}" if row.review else ""
    return f"{row.name} signed to {RIGHTS[row.right]}: {row.reason}{conditions}{review}"


def signed_words(row: SignedTerms) -> str:
    """The terms of a signature with the figure that was signed for, and what became of it."""
    words = terms_words(row)
    if row.right in _SIGNED_FOR and row.figure is not None:
        name, unit = _SIGNED_FOR[row.right]
        against = f" against {written(exact(row.bound), unit)}" if row.bound is not None else ""
        words += f" ({name} {written(exact(row.figure), unit)}{against})"
    if row.cleared_id is not None:
        return f"{words}; cleared since"
    return f"{words}; reviewed since" if row.reviewed_id is not None else words


def in_full(line: LogLine, state: State) -> list[tuple[str, str]]:
    """All that is on record of a decision, as (what, words): who, what moved, why, figures, terms, and the table."""
    row, detail = line.decision, line.detail
    found: list[tuple[str, str]] = []
    about = state.all(Decision).get(detail.about_id) if detail is not None and detail.about_id is not None else None
    if about is not None:
        found.append(("About", f"{about.title}, decided {about.at:%Y-%m-%d}"))
    if detail is not None and detail.asked_by:
        found.append(("Asked by", detail.asked_by))
    found.append(("Decided by", row.decided_by or "nobody named"))
    if detail is not None and detail.present:
        found.append(("Present", detail.present))
    for kind, word in MOVES:
        found += [(word, move_words(move)) for move in line.moved(kind)]
    if detail is not None and detail.way is not None and not line.ways:
        found.append(("Way out", detail.way))
    found += [("Way out", way_words(way, state)) for way in line.ways]
    found.append(("Why", row.because or "no reason given"))
    found += [(name.capitalize(), words) for name, words in figure_words(state, line)]
    if detail is not None:
        found += [("Dissent", detail.dissent)] * bool(detail.dissent)
        found += [("Conditions", detail.conditions)] * bool(detail.conditions)
        found += [("Review", detail.review.isoformat())] if detail.review else []
    found += [("Signed", signed_words(each)) for each in line.terms]
    found += [("Chosen" if each.chosen else "On the table", option_words(each)) for each in line.options]
    return found


def moved_parts(line: LogLine) -> list[str]:
    """What a decision did, as ``IN Acme audit log 3.0`` and ``OUT Slack digest; Saved views``."""
    parts = []
    for kind, word in (("in", "IN"), ("out", "OUT"), ("resized", "NOW"), ("capacity", "CAPACITY")):
        moves = line.moved(kind)
        # Of what came in the size is the price; what left is told by name.
        named = [f"{move.title} {format_ew(move.ew)}" if kind != "out" else move.title for move in moves]
        if len(named) > _NAMED:
            named = [f"{len(named)} items: {'; '.join(named[:_NAMED])}; …"]
        if named:
            parts.append(f"{word} {'; '.join(named)}")
    if any(move.kind in ("in", "out") for move in line.moves):
        return parts
    return [f"{line.decision.title}: {kind_words(line)}", *parts]


def moved_words(line: LogLine) -> str:
    """What a decision did, on one line."""
    return "  ".join(moved_parts(line))
