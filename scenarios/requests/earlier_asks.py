"""Was this asked before? Earlier requests with a similar title, and all that a customer asked for, with what became of
them.

Likeness (0 to 100) is the mean of two measures of the titles' words, without small words, endings and the customers'
own names: how many words of each have a like in the other (Dice's coefficient, words being alike from a normalised
Indel similarity of 75 on), and RapidFuzz's token set ratio. The thresholds were chosen on one half of 84 pairs that
were labelled by hand, and measured on the other (tests/scenarios/requests/test_asked_before.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scenarios.trade.decision_records import Decided, decided_by_item
from store.records import Customer, Item, Request, State, Wait
from store.records.negotiation import DealEnd

#: Likeness from which two titles are taken for the same ask: of different customers, and of the same one.
ANYBODY = 79.0
SAME_CUSTOMER = 54.0
#: Similarity from which two words are taken for the same one.
_ALIKE = 75.0
_SMALL_WORDS = (
    "a an and the of to for in on by with via from per at or all every each our own is as that can be it its we us new "
    "add allow enable support make please need able custom"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_SHORT: Mapping[str, str] = {
    "sso": "single sign on",
    "2fa": "two factor authentication",
    "mfa": "two factor authentication",
    "po": "purchase order",
}
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "ed", "es", "er", "al", "s", "e", "y")
_WORD = re.compile(r"\w+")
#: How much of a title is compared: what is longer is no title.
_LONGEST = 300
#: So many earlier asks are told one by one.
_SHOWN = 8


@dataclass(frozen=True)
class Earlier:
    """Something that was asked before; ``like`` is 0 to 100, ``decided`` everything that was decided of it, oldest
    first, and ``end`` how its deal ended, where somebody said so."""

    item: Item
    like: float
    same_customer: bool
    customer: Customer | None = None
    request: Request | None = None
    decided: tuple[Decided, ...] = ()
    end: DealEnd | None = None

    @property
    def words(self) -> str:
        """As ``“Audit log” for Acme, asked 2026-11-03 by sales-east: declined 2026-11-21; deal lost 2027-01-15``."""
        who = f" for {self.customer.name}" if self.customer is not None else ""
        asked = ""
        if self.request is not None:
            by = f" by {self.request.asked_by}" if self.request.asked_by else ""
            asked = f", asked {self.request.received_at.date().isoformat()}{by}"
        last = self.decided[-1] if self.decided else None
        became = f"{last.outcome} {last.decision.at.date().isoformat()}" if last else "nothing decided"
        ended = f"; deal {self.end.outcome} {self.end.ended.isoformat()}" if self.end is not None else ""
        return f"“{self.item.title}”{who}{asked}: {became}{ended}"


def likeness(title: str, other: str, names: Iterable[str] = (), least: float = 0.0) -> float:
    """How alike two titles are, 0 to 100, whoever's ``names`` stand in them; 0 where it cannot come to ``least``."""
    left_out = tuple(sorted({name.casefold() for name in names if name.strip()}))
    one, another = _words_of(title, left_out), _words_of(other, left_out)
    from rapidfuzz import fuzz

    if not one or not another:
        return 0.0
    whole = fuzz.token_set_ratio(" ".join(one), " ".join(another))
    if (whole + 100) / 2 < least:
        return 0.0
    matched = _matched(one, another) + _matched(another, one)
    return (whole + matched / (len(one) + len(another))) / 2


def _matched(words: Sequence[str], others: Sequence[str]) -> float:
    from rapidfuzz import fuzz

    return sum(max(fuzz.ratio(word, other, score_cutoff=_ALIKE) for other in others) for word in words)


@lru_cache(8192)
def _words_of(title: str, names: tuple[str, ...]) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", title[:_LONGEST]).casefold().replace("'s", " ").replace("’s", " ")
    for name in names:
        if name in text:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    words = [part for word in _WORD.findall(text) for part in _SHORT.get(word, word).split()]
    return tuple(_stem(word) for word in words if word not in _SMALL) or tuple(words)


def _stem(word: str) -> str:
    if not word.isdigit():
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
    return word


# ------------------------------------------------------------------ in a workspace


def asked_like(state: State, title: str, customer: str, item_id: int | None = None) -> tuple[Earlier, ...]:
    """What looks like an ask that is not on record yet, by its title and its customer's name (empty: nobody's)."""
    known = state.all(Customer).values()
    customer_id = next((one.id for one in known if one.name.casefold() == customer.casefold()), None)
    return asked_before(state, title, customer_id, item_id)


def told(title: str, found: Sequence[Earlier]) -> tuple[str, list[str]]:
    """What was asked before as it is said: a heading, and a line for each of the likest."""
    lines = [each.words for each in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(f"and {len(found) - _SHOWN} more")
    heading = f"“{title[:60]}”: didn't we decide this before? {len(found)} on record like it, likest first"
    return heading, lines


def asked_before(
    state: State, title: str, customer_id: int | None = None, item_id: int | None = None
) -> tuple[Earlier, ...]:
    """What looks like the same ask, likest first; ``item_id`` is the request itself, which is left out."""
    known = _Known(state)
    name = state.all(Customer)[customer_id].name if customer_id is not None else ""
    found = []
    for item in state.all(Item).values():
        if item.id == item_id:
            continue
        asker = known.customer(item.id)
        same = customer_id is not None and customer_id in known.customers.get(item.id, ())
        least = SAME_CUSTOMER if same else ANYBODY
        like = likeness(title, item.title, (name, asker.name if asker else ""), least)
        if like >= least:
            found.append(known.earlier(item, like, same))
    return tuple(sorted(found, key=lambda each: (-each.like, each.item.id)))


def earlier_asks(state: State, customer_id: int, item_id: int | None = None) -> tuple[Earlier, ...]:
    """Everything that a customer asked for, the latest first, without ``item_id``."""
    known, items = _Known(state), state.all(Item)
    asked = {row.item_id: row for row in known.requests.values() if row.customer_id == customer_id}
    rows = sorted(asked.values(), key=lambda row: (row.received_at, row.id), reverse=True)
    return tuple(known.earlier(items[row.item_id], 0.0, True) for row in rows if row.item_id != item_id)


class _Known:
    """What the records say of each item's asking."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.requests: dict[int, Request] = {}
        self.customers: dict[int, set[int]] = {}
        for row in state.each(Request):
            self.requests.setdefault(row.item_id, row)
            if row.customer_id is not None:
                self.customers.setdefault(row.item_id, set()).add(row.customer_id)
        for wait in state.all(Wait).values():
            self.customers.setdefault(wait.item_id, set()).add(wait.customer_id)
        self._ends = {row.item_id: row for row in state.all(DealEnd).values()}
        self._decided = decided_by_item(state)

    def customer(self, item_id: int) -> Customer | None:
        request = self.requests.get(item_id)
        if request is None or request.customer_id is None:
            return None
        return self._state.all(Customer)[request.customer_id]

    def earlier(self, item: Item, like: float, same: bool) -> Earlier:
        return Earlier(
            item,
            like,
            same,
            self.customer(item.id),
            self.requests.get(item.id),
            self._decided.get(item.id, ()),
            self._ends.get(item.id),
        )
