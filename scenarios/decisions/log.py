"""The decision log: each decision with all that hangs on it, searched by words, customer, slice and person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from scenarios.figures.names import plain_name
from store.records import Decision, Item, Move, Request, State, Wait
from store.records.negotiation import DecisionDetail, DecisionOption, SignedTerms, WayOut


@dataclass(frozen=True)
class LogLine:
    """One decision with its lines, its detail, the options that were on the table, signed terms and ways out."""

    decision: Decision
    moves: tuple[Move, ...]
    detail: DecisionDetail | None
    options: tuple[DecisionOption, ...]
    terms: tuple[SignedTerms, ...]
    ways: tuple[WayOut, ...]

    def moved(self, *kinds: str) -> tuple[Move, ...]:
        """Its lines of these kinds."""
        return tuple(move for move in self.moves if move.kind in kinds)

    @cached_property
    def item_ids(self) -> frozenset[int]:
        """The items that it is about, or moved."""
        return frozenset(
            key for key in (self.decision.item_id, *(move.item_id for move in self.moves)) if key is not None
        )

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody whom it names: who decided, asked, signed, and was there."""
        names = [self.decision.decided_by, *(row.name for row in self.terms)]
        if self.detail is not None:
            names += [self.detail.asked_by, *self.detail.present.replace(";", ",").split(",")]
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))

    @cached_property
    def words(self) -> str:
        """All its text, without case, to be searched."""
        row, detail = self.decision, self.detail
        said = [row.title, row.because, row.decided_by]
        if detail is not None:
            said += [detail.asked_by, detail.present, detail.dissent, detail.conditions, detail.way or ""]
        said += [move.title for move in self.moves] + [option.title for option in self.options]
        said += [f"{each.name} {each.reason} {each.conditions}" for each in self.terms]
        said += [f"{way.kind} {way.who} {way.test} {way.note}" for way in self.ways]
        return "\n".join(said).casefold()


def lines_of(state: State, decisions: Sequence[Decision]) -> tuple[LogLine, ...]:
    """These decisions, in their order, each with what hangs on it."""
    moves: dict[int, list[Move]] = {}
    for move in state.each(Move):
        moves.setdefault(move.decision_id, []).append(move)
    details = {row.decision_id: row for row in state.all(DecisionDetail).values()}
    options: dict[int, list[DecisionOption]] = {}
    for option in sorted(state.all(DecisionOption).values(), key=lambda row: (row.position, row.id)):
        options.setdefault(option.decision_id, []).append(option)
    terms: dict[int, list[SignedTerms]] = {}
    for row in state.each(SignedTerms):
        terms.setdefault(row.decision_id, []).append(row)
    ways: dict[int, list[WayOut]] = {}
    for way in state.each(WayOut):
        if way.decision_id is not None:
            ways.setdefault(way.decision_id, []).append(way)
    return tuple(
        LogLine(
            row,
            tuple(moves.get(row.id, ())),
            details.get(row.id),
            tuple(options.get(row.id, ())),
            tuple(terms.get(row.id, ())),
            tuple(ways.get(row.id, ())),
        )
        for row in decisions
    )


def log_of(state: State) -> tuple[LogLine, ...]:
    """The whole log, newest first."""
    return lines_of(state, sorted(state.all(Decision).values(), key=lambda row: (row.at, row.id), reverse=True))


def find_decisions(
    state: State, text: str = "", customer_id: int | None = None, slice: str | None = None, person: str = ""
) -> tuple[LogLine, ...]:
    """The decisions that have every word of ``text``, touch something that this customer asked for or waits for,
    an item of this slice, and name this person (or one whose name begins so); newest first."""
    customers = None if customer_id is None else (customer_id,)
    return narrowed(state, log_of(state), text, customers, slice, person)


def narrowed(
    state: State,
    lines: Iterable[LogLine],
    text: str = "",
    customers: Collection[int] | None = None,
    slice: str | None = None,
    person: str = "",
) -> tuple[LogLine, ...]:
    """Those of the lines that :func:`find_decisions` finds, in their order; for one of several customers."""
    wanted, who = text.casefold().split(), plain_name(person)
    theirs = None if customers is None else _asked_by(state, customers)
    items = state.all(Item)
    return tuple(
        line
        for line in lines
        if all(word in line.words for word in wanted)
        and (theirs is None or line.item_ids & theirs)
        and (slice is None or any(items[key].slice == slice for key in line.item_ids))
        and (not who or _names(line.people, who))
    )


def _asked_by(state: State, customers: Collection[int]) -> frozenset[int]:
    rows: Iterable[Request | Wait] = (*state.all(Request).values(), *state.all(Wait).values())
    return frozenset(row.item_id for row in rows if row.customer_id in customers)


def customers_by_item(state: State) -> dict[int, frozenset[int]]:
    """By item, the customers who asked for it or wait for it."""
    found: dict[int, set[int]] = {}
    rows: Iterable[Request | Wait] = (*state.all(Request).values(), *state.all(Wait).values())
    for row in rows:
        if row.customer_id is not None:
            found.setdefault(row.item_id, set()).add(row.customer_id)
    return {key: frozenset(customers) for key, customers in found.items()}


def _names(people: Iterable[str], who: str) -> bool:
    return any(plain_name(name).startswith(who) for name in people)
