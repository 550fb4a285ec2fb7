"""Patterns: three or more one-offs of one kind, or alike by their titles, taken within four quarters, and the general
request that they point to.

A kind that people gave an item counts first; what has none is compared by its title, as earlier asks are. One-offs of
quarters before makeroom count, too, as a history file tells them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import get_args

from scenarios.accounts.spellings import account_called
from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, given, total
from scenarios.figures.names import plain_name
from scenarios.plan.mix import ONE_OFF
from scenarios.plan.plan import entries_of
from scenarios.requests.earlier_asks import ANYBODY, SAME_CUSTOMER, likeness
from scenarios.requests.intake import receive
from scenarios.requests.quick_add import RequestDraft
from scenarios.rules.one_offs import effort_of
from scenarios.rules.returns import AskRecord
from scenarios.trade.decision_records import one_offs_taken
from scenarios.trade.door import waiting_by_item
from store.common.text import many, series, short
from store.records import Command, Customer, Item, Outcome, Slice, State, new_id
from store.records.negotiation import Card, Evidence, OneOffKind

#: So many one-offs of a kind are a pattern, when they came within so many quarters.
OF_A_KIND = 3
WITHIN_QUARTERS = 4
#: Kinds of one-offs of which three have something in common.
KINDS: tuple[OneOffKind, ...] = tuple(kind for kind in get_args(OneOffKind) if kind != "other")
#: So many one-offs without a kind are compared with one another, the latest; and the letters of a title that name them.
MOST, _TITLE = 400, 120


@dataclass(frozen=True)
class Taken:
    """A one-off that came into a plan and stayed, or is done; ``effort`` in ew, None where nobody said any.

    ``accounts`` are whom it was for; ``item_id`` is None for one of a history file.
    """

    title: str
    quarter: str
    number: int
    effort: Fraction | None
    accounts: tuple[str, ...]
    kind: OneOffKind | None
    item_id: int | None

    @property
    def words(self) -> str:
        """Its title without the account's name before it."""
        return own_words(self.title, self.accounts)


@dataclass(frozen=True)
class Pattern:
    """One-offs of one ``kind``, or (None) alike; ``name`` is the kind, or what the one that the others are like says.

    One general item would have absorbed :attr:`effort`.
    """

    name: str
    kind: OneOffKind | None
    taken: tuple[Taken, ...]

    @property
    def effort(self) -> Figure:
        """What the one-offs took, or take by their likely sizes, in ew."""
        known = [row.effort for row in self.taken if row.effort is not None]
        inputs = tuple((f"{row.title} ({row.quarter})", given(row.effort, "ew")) for row in self.taken)
        partly = "" if len(known) == len(self.taken) else f"known for {len(known)} of {len(self.taken)}"
        formula = "sum of what they took, or of their likely sizes"
        return Figure("would have been absorbed", total(known) if known else None, "ew", formula, inputs, partly)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Whom they were for, each once."""
        return tuple(dict.fromkeys(name for row in self.taken for name in row.accounts))

    @property
    def accounts_words(self) -> str:
        """As ``Acme, Globex and 1 of no account on record``."""
        nobody = sum(not row.accounts for row in self.taken)
        names = [short(name, 60) for name in self.accounts]
        return series([*names, *([f"{nobody} of no account on record"] if nobody else [])])

    @property
    def alike(self) -> str:
        """What they have in common, as ``of one kind``."""
        return "of one kind" if self.kind is not None else "alike"

    @property
    def title(self) -> str:
        """What the general item is called."""
        return f"Platform: {self.name}"

    def asked(self, state: State) -> bool:
        """Whether the general item was asked for already."""
        items = state.all(Item)
        mine = {row.item_id for row in state.each(Card) if plain_name(row.offloads) == plain_name(self.name)}
        mine |= {item.id for item in items.values() if item.title == self.title}
        return any(items[key].state != "declined" for key in mine if key in items)

    def propose(self, state: State) -> Command:
        """The general item as a request in the inbox: with a hypothesis, what it offloads, and what it would have
        absorbed as evidence. It competes as any other."""
        count, effort = len(self.taken), self.effort.text
        lines = [f"{what}: {ew}" for what, ew in self.effort.inputs]
        problem = (
            f"{many(count, 'one-off')} {self.alike} (“{self.name}”) came in within four quarters, each built for "
            f"itself: for {self.accounts_words}."
        )
        letters = {part.letter for part in state.all(Slice).values()}
        made = receive(state, RequestDraft(self.title, slice="I" if "I" in letters else "F", problem=problem))
        note = "\n".join([f"Would have absorbed {effort} of {many(count, 'one-off')}.", *lines])
        puts = [put.model_copy(update={"note": note}) if isinstance(put, Item) else put for put in made.puts]
        item_id = next(put.id for put in puts if isinstance(put, Item))
        puts.append(
            Card(
                id=new_id(),
                item_id=item_id,
                hypothesis=f"One general answer ends these asks: the next {count} one-offs like them, which would take "
                f"about {effort} again, need not be built.",
                success="Fewer of these asks a quarter once it has shipped than in the four quarters before.",
                offloads=self.name,
            )
        )
        source = f"would have absorbed {effort} of {many(count, 'one-off')}: {'; '.join(lines)}"
        puts.append(
            Evidence(
                id=new_id(),
                item_id=item_id,
                customers=len(self.accounts),
                segment="accounts that one-offs were built for",
                source=source[:20_000],
            )
        )
        return replace(made, label=f"“{short(self.title)}” proposed", puts=tuple(puts))


def patterns_of(state: State) -> tuple[Pattern, ...]:
    """What three or more one-offs within four quarters have in common, the present quarter included; kinds first.

    A kind "other" is none, and what is asked for in general already is not proposed again.
    """
    by_kind: dict[OneOffKind, list[Taken]] = {}
    rest: list[Taken] = []
    for row in taken_lately(state):
        if row.kind in KINDS and row.kind is not None:
            by_kind.setdefault(row.kind, []).append(row)
        else:
            rest.append(row)
    found = [Pattern(kind, kind, tuple(rows)) for kind, rows in sorted(by_kind.items()) if len(rows) >= OF_A_KIND]
    rest += [row for rows in by_kind.values() if len(rows) < OF_A_KIND for row in rows]
    found += _alike(sorted(rest, key=lambda row: (row.number, row.item_id or 0)))
    return tuple(pattern for pattern in found if not pattern.asked(state))


def taken_lately(state: State) -> list[Taken]:
    """The one-offs that were taken within four quarters, by quarter."""
    now = state.number_of(state.quarter)
    found = [row for row in _taken(state) if now - WITHIN_QUARTERS < row.number <= now]
    return sorted(found, key=lambda row: (row.number, row.item_id is not None, row.item_id or 0))


def _taken(state: State) -> Iterator[Taken]:
    asked, waiting = AskRecord(state), waiting_by_item(state)
    customers = state.all(Customer)
    taken = one_offs_taken(state)
    for entry in entries_of(state, "plan", "done"):
        if entry.item.id not in taken:
            continue
        item, quarter = taken[entry.item.id]
        request, card = asked.requests.get(item.id), asked.cards.get(item.id)
        accounts = [one.name for one in waiting.get(item.id, ())]
        if request is not None and request.customer_id is not None:
            accounts = [customers[request.customer_id].name]
        took = asked.took.get(item.id)
        effort = exact(took) if took is not None else effort_of([entry]) if entry.sized else None
        kind = card.one_off_kind if card is not None else None
        yield Taken(item.title, quarter.name, state.number_of(quarter), effort, tuple(accounts), kind, item.id)
    for row in state.each(Outcome):
        if row.item_id is None and row.slice == ONE_OFF and row.became == "done":
            known = row.took if row.took is not None else row.ew
            account = account_called(customers.values(), row.account) if row.account else None
            name = account.name if account is not None else row.account
            effort = None if known is None else exact(known)
            yield Taken(
                row.title, row.quarter, row.number, effort, (name,) if name else (), row.one_off_kind, row.item_id
            )


def own_words(title: str, accounts: Iterable[str]) -> str:
    """A title without the name of an account that it begins with; the whole title where nothing else is in it."""
    head, colon, rest = title.partition(":")
    first = {plain_name(name) for account in accounts for name in (account, account.split(" ")[0])}
    return rest.strip() if colon and rest.strip() and plain_name(head) in first else title


def _alike(rows: Sequence[Taken]) -> Iterator[Pattern]:
    """Those that three or more are like one of them, the largest group first; each is in one alone."""
    rows = rows[-MOST:]
    like: dict[int, set[int]] = {at: {at} for at in range(len(rows))}
    for (at, one), (other_at, other) in combinations(enumerate(rows), 2):
        least = SAME_CUSTOMER if set(one.accounts) & set(other.accounts) else ANYBODY
        if likeness(one.words, other.words, (), least) >= least:
            like[at].add(other_at)
            like[other_at].add(at)
    left = set(like)
    while left:
        centre = max(left, key=lambda at: (len(like[at] & left), -at))
        group = like[centre] & left
        if len(group) < OF_A_KIND:
            return
        yield Pattern(short(rows[centre].words, _TITLE), None, tuple(rows[at] for at in sorted(group)))
        left -= group
