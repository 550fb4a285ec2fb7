"""The people whom a workspace names, wherever it does: none of them is named to a customer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.records import Customer, Decision, Item, Person, Request, RoundEstimate, Signature, Slice, State, Team
from store.records.negotiation import Card, DecisionDetail, PursePick, Role, SignedTerms

_PARTS = re.compile(r"[,;/&()+]|\band\b|\bund\b")
#: Words that say what somebody does: what has one of them is no name.
_WORK = frozenset(
    re.findall(
        r"\w+",
        "account board ceo cfo coo cpo cto customer customers design east engineering everybody executive executives "
        "finance head key lead leadership management manager marketing north office ops owner partner partners pm "
        "product sales south success support team teams vp west",
    )
)


def people_of(state: State) -> tuple[str, ...]:
    """Everybody's name as it is written, each once; what a team, a role or a kind of work is called is no name."""
    work = set(_WORK)
    for name in _names_of_work(state):
        work.update(re.findall(r"\w+", name.casefold()))
    found = (part.strip() for text in _texts(state) for part in _PARTS.split(text))
    return tuple(dict.fromkeys(part for part in found if part and not _is_work(part, work)))


def _is_work(part: str, work: set[str]) -> bool:
    words = re.findall(r"\w+", part.casefold())
    return not words or any(word in work or any(map(str.isdigit, word)) for word in words)


def _names_of_work(state: State) -> Iterator[str]:
    yield from (row.name for row in state.each(Role))
    yield from (row.name for row in state.each(Team))
    yield from (row.name for row in state.each(Slice))


def _texts(state: State) -> Iterator[str]:
    yield from (row.name for row in state.each(Person))
    yield from (row.name for row in state.each(SignedTerms))
    yield from (row.name for row in state.each(Signature))
    yield from (row.who for row in state.each(Role))
    yield from (row.who for row in state.each(PursePick))
    yield from (row.who for row in state.each(RoundEstimate))
    yield from (row.owner for row in state.each(Item))
    yield from (row.owner for row in state.each(Customer))
    yield from (row.decided_by for row in state.each(Decision))
    yield from (row.asked_by for row in state.each(Request))
    yield from (row.sponsor for row in state.each(Card))
    for detail in state.each(DecisionDetail):
        yield detail.asked_by
        yield detail.present
