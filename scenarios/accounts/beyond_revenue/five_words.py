"""What an account means beyond what it pays: five words, each 0 to 3 with a line of evidence, and never added up."""

from __future__ import annotations

from typing import get_args

from scenarios.figures.figure import Figure, told
from scenarios.figures.names import meant
from store.common.errors import Refused
from store.common.text import clean, short
from store.records import Command, Customer, State, new_id
from store.records.looking_back import AccountWord, AccountWordKind

KINDS: tuple[AccountWordKind, ...] = get_args(AccountWordKind)
MOST = 3
#: What each of them asks.
ASKS: dict[AccountWordKind, str] = {
    "retention risk": "how likely it is to leave",
    "expansion": "how much more it could buy",
    "reference value": "whom it would tell",
    "market signal": "how many others want what it wants",
    "precedent risk": "what a yes to it would have to be a yes to next time",
}


def word_kind(text: str) -> AccountWordKind:
    """The word that somebody means, by itself or its beginning. Raises Refused."""
    found = meant(KINDS, text)
    if len(found) != 1:
        raise Refused(f"The five words are {', '.join(KINDS)}.", "kind")
    return found[0]


def words_by_account(state: State) -> dict[int, tuple[AccountWord, ...]]:
    """By account, what was said of it, in the order of the five words."""
    found: dict[int, list[AccountWord]] = {}
    for row in sorted(state.each(AccountWord), key=lambda row: KINDS.index(row.kind)):
        found.setdefault(row.customer_id, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def say_word(state: State, account: Customer, kind: AccountWordKind, score: float | None, evidence: str) -> Command:
    """One of the words of an account from now on; without a score it is taken off. Raises Refused."""
    name = short(account.name, 60)
    old = next((row for row in words_by_account(state).get(account.id, ()) if row.kind == kind), None)
    if score is None and old is not None:
        return Command("account", f"{name}: {kind} taken off", (), (old,))
    if score is None:
        return Command("account", "")
    if score != int(score) or not 0 <= score <= MOST:
        raise Refused(f"It is a whole number from 0 (none) to {MOST} (much).", "score")
    if not clean(evidence):
        raise Refused("What says so? It takes a line of evidence.", "evidence")
    given = {"customer_id": account.id, "kind": kind, "score": int(score), "evidence": clean(evidence)}
    row = old or AccountWord.model_validate({"id": new_id(), **given})
    changed = row.model_copy(update=given)
    if changed == old:
        return Command("account", "")
    return Command("account", f"{name}: {kind} {int(score)} of {MOST}, {short(changed.evidence, 120)}", (changed,))


def word_words(row: AccountWord) -> str:
    """As ``retention risk 2 of 3: two escalations``."""
    return f"{row.kind} {row.score} of {MOST}: {row.evidence}"


def word_figure(row: AccountWord) -> Figure:
    """Its score, with the evidence."""
    return told(row.kind, row.score, "count", f"as was said, 0 to {MOST}", ("evidence", row.evidence))
