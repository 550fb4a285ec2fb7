"""The search line of the decision log: words that must occur, and ``customer:Acme slice:O person:Ana``.

A value of several words stands in quotes, as ``customer:"Halvorsen Group"``. Case does not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.decisions.log import LogLine, narrowed
from scenarios.figures.names import CUSTOMER, SLICE, matches, plain_name, unknown
from store.records import Customer, Slice, State

_PART = re.compile(r'(?:(customer|slice|person):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    """What is searched for; empty fields ask for nothing."""

    text: str = ""
    customer: str = ""
    slice: str = ""
    person: str = ""


@dataclass(frozen=True)
class LogMatches:
    """The decisions that match, in the order of the log; ``unknown`` says which name of the query is nobody's."""

    lines: tuple[LogLine, ...]
    unknown: str = ""


def query_of(text: str) -> Query:
    """What a search line asks for; of a field that is named twice, the last one counts."""
    words: list[str] = []
    named: dict[str, str] = {}
    for match in _PART.finditer(text):
        name, quoted, bare = match.groups()
        value = quoted if quoted is not None else bare
        if name is None:
            words.append(value)
        elif value:
            named[name.casefold()] = value
    return Query(" ".join(words), **named)


def search(state: State, lines: Sequence[LogLine], query: Query) -> LogMatches:
    """Those of the lines that match; none where the customer or the slice is not known."""
    customers = customers_called(state, query.customer) if query.customer else None
    if customers is not None and not customers:
        return LogMatches((), str(unknown(state.each(Customer), query.customer, CUSTOMER)))
    letter = slice_called(state, query.slice) if query.slice else None
    if query.slice and letter is None:
        return LogMatches((), str(unknown(state.each(Slice), query.slice, SLICE)))
    ids = None if customers is None else {each.id for each in customers}
    return LogMatches(narrowed(state, lines, query.text, ids, letter, query.person))


def customers_called(state: State, name: str) -> tuple[Customer, ...]:
    """The customer of this name; where there is none, those whose name has it as a part, in order of name."""
    wanted, every = plain_name(name), sorted(state.each(Customer), key=lambda each: (plain_name(each.name), each.id))
    exact = tuple(each for each in every if plain_name(each.name) == wanted)
    return exact or tuple(each for each in every if wanted in plain_name(each.name))


def slice_called(state: State, name: str) -> str | None:
    """The letter of the slice with this letter, or whose name begins so."""
    parts = sorted(state.each(Slice), key=lambda part: (part.position, part.id))
    return next((part.letter for part in matches(parts, name, SLICE)), None)
