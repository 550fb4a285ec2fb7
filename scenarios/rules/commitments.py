"""What was promised to whom: contracts and regulations hold an item in plan, and a promise that is not in plan stays
on its list until it is kept or somebody is said to have taken it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scenarios.figures.names import CUSTOMER, nearest, plain_name
from scenarios.plan.departures import pins_of
from scenarios.plan.progress import finished_days
from scenarios.trade.changes import DecidedBy, now
from store.common.errors import Refused
from store.common.values import Value
from store.records import Command, Customer, Decision, Item, ItemState, Pin, PinKind, Record, State, new_id
from store.records.account_names import account_called, names_of
from store.records.negotiation import Commitment, CommitmentKind

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: Commitments that hold an item in plan.
HOLDING: dict[CommitmentKind, PinKind] = {"contractual": "contractual", "regulatory": "regulatory"}
#: Commitments that were given to somebody; an aim is the room's own.
GIVEN: tuple[CommitmentKind, ...] = ("promised", "contractual", "regulatory")

#: What each kind of commitment means.
KINDS: dict[CommitmentKind, str] = {
    "aim": "the room's own, given to nobody; it holds nothing",
    "promised": "given to somebody; it stays on the list while it is not in plan",
    "contractual": "a contract: it pins the item, and no trade takes it out of plan",
    "regulatory": "a law or a regulator: it pins the item, and no trade takes it out of plan",
}

#: Where an item is, in words.
WHERE: dict[ItemState, str] = {
    "inbox": "in the inbox",
    "plan": "in plan",
    "below": "good, not now",
    "declined": "declined",
    "done": "done",
}


class Promise(Value):
    """A commitment with its item; ``late`` where its day comes before the quarter ends and it is not in plan."""

    commitment: Commitment
    item: Item
    late: bool
    #: the day on which somebody told that its item is done
    done_on: date | None = None

    @property
    def done(self) -> bool:
        """Whether its item is done, also before its quarter is closed."""
        return self.item.state == "done" or (self.item.state == "plan" and self.done_on is not None)

    @property
    def where(self) -> str:
        """Where its item is, in words."""
        return WHERE["done"] if self.done else WHERE[self.item.state]

    @property
    def open(self) -> bool:
        """Whether it was given to somebody and is neither in plan nor done."""
        return self.commitment.kind in GIVEN and self.item.state not in ("plan", "done")

    def past(self, today: date) -> bool:
        """Whether its day is over and it is not done."""
        return self.commitment.due is not None and self.commitment.due < today and not self.done

    def said(self, today: date) -> tuple[str, ...]:
        """What there is to say of it today, as sentences: its day, what it holds, its note."""
        made, where = self.commitment, self.where
        found = []
        if self.done and self.done_on is not None:
            late = f", after its day, {made.due}" if made.due is not None and made.due < self.done_on else ""
            found.append(f"It was done on {self.done_on}{late}.")
        if self.past(today):
            found.append(f"Its day is past: it was {made.due}, and it is {where}.")
        elif self.late:
            found.append(f"Its day, {made.due}, comes before the quarter ends, and it is {where}.")
        elif self.open:
            found.append(f"It is {where}: it stays on this list until it is in plan, or taken back.")
        if made.kind in HOLDING and self.item.state == "plan":
            found.append(f"A {made.kind} commitment holds it in plan: no trade takes it out.")
        return (*found, made.note) if made.note else tuple(found)

    @property
    def words(self) -> str:
        """As ``“EDI feed” promised to Hanseatic by 2027-04-01 (contractual)``."""
        made = self.commitment
        to = f" to {made.who}" if made.who else ""
        by = f" by {made.due.isoformat()}" if made.due else ""
        kind = f" ({made.kind})" if made.kind in HOLDING else ""
        return f"“{self.item.title}” promised{to}{by}{kind}"


def promised_not_in_plan(state: State) -> tuple[Promise, ...]:
    """What was promised and is neither in plan nor done, soonest first, those without a date last."""
    return tuple(each for each in promises(state) if each.open)


def promises(state: State) -> tuple[Promise, ...]:
    """Everything that was promised, and the room's own aims: soonest first, those without a date last."""
    items, ends, done = state.all(Item), state.quarter.ends, finished_days(state)
    found = []
    for row in state.all(Commitment).values():
        item = items[row.item_id]
        late = item.state not in ("plan", "done") and row.due is not None and row.due <= ends
        found.append(Promise(row, item, late, done.get(item.id)))
    return tuple(sorted(found, key=lambda each: (each.commitment.due or date.max, each.commitment.id)))


def parts_of(state: State) -> tuple[tuple[str, tuple[Promise, ...]], ...]:
    """Everything that was promised in its parts, each with its heading: first what is not in plan."""
    found = promises(state)
    given = [each for each in found if each.commitment.kind in GIVEN]
    return (
        ("PROMISED, NOT IN PLAN", tuple(each for each in given if each.open)),
        ("PROMISED, IN PLAN", tuple(each for each in given if each.item.state == "plan" and not each.done)),
        ("PROMISED, DONE", tuple(each for each in given if each.done)),
        ("AIMS OF THE ROOM, promised to nobody", tuple(each for each in found if each.commitment.kind not in GIVEN)),
    )


def account_promised(state: State, who: str) -> Customer | None:
    """The account that a promise is given to: by a name that it goes by, however that is spelled, or by first words
    that no other account's name begins with; None where it is somebody else."""
    accounts, first = tuple(state.each(Customer)), f"{plain_name(who)} "
    begun = [row for row in accounts if any(f"{plain_name(name)} ".startswith(first) for name in names_of(row))]
    return account_called(accounts, who) or (begun[0] if len(begun) == 1 and who.strip() else None)


def outsider(state: State, kind: CommitmentKind, who: str) -> str:
    """That who is promised to is no account here, and which one that may be; empty where it is one, or a regulator."""
    accounts = tuple(state.each(Customer))
    told = kind in ("promised", "contractual") and accounts and who.strip()
    if not told or account_promised(state, who) is not None:
        return ""
    near = nearest(accounts, who, CUSTOMER)
    meant = f" Did you mean “{near.name[:60]}”?" if near is not None else ""
    return f"“{who.strip()[:60]}” is not an account here: no account's page will tell of it.{meant}"


def meaning_for(kind: CommitmentKind, item: Item) -> str:
    """What a commitment of this kind would do with an item, as sentences; empty where there is nothing to say."""
    away = "" if item.state in ("plan", "done") else "It is not in plan: it will be listed as promised, not in plan."
    if kind in HOLDING:
        return f"It holds “{item.title[:60]}” in plan: no trade takes it out. {away}".rstrip()
    return away if kind in GIVEN else KINDS["aim"]


def given_items(state: State) -> frozenset[int]:
    """The ids of the items that were promised to somebody."""
    return frozenset(row.item_id for row in state.all(Commitment).values() if row.kind in GIVEN)


def commitments_of(state: State, item_id: int) -> tuple[Commitment, ...]:
    """What was promised of an item, in the order in which it was."""
    found = (row for row in state.all(Commitment).values() if row.item_id == item_id)
    return tuple(sorted(found, key=lambda row: row.id))


def commit_to(
    state: State, item_id: int, kind: CommitmentKind, who: str = "", due: date | None = None, note: str = ""
) -> Command:
    """An item is promised; a contractual or regulatory one is pinned from now on.

    Raises :class:`Refused` where a promise names nobody that it is given to.
    """
    if kind in ("promised", "contractual") and not who.strip():
        raise Refused(f"a {kind} commitment is given to somebody: say to whom")
    # Another spelling of an account's name is kept as its name, by which its page finds what was promised to it.
    account = account_called(state.each(Customer), who) if kind in GIVEN else None
    who = account.name if account is not None else who.strip()
    made = Commitment(id=new_id(), item_id=item_id, kind=kind, who=who, due=due, note=note.strip())
    puts: list[Record] = [made]
    pin = pins_of(state).get(item_id)
    if kind in HOLDING and (pin is None or pin.kind not in HOLDING.values()):
        reason = Promise(made, state.all(Item)[item_id], False).words
        if pin is None:
            puts.append(Pin(id=new_id(), item_id=item_id, kind=HOLDING[kind], note=reason))
        else:
            puts.append(pin.model_copy(update={"kind": HOLDING[kind]}))
    item = state.all(Item)[item_id]
    label = Promise(made, item, False).words if kind in GIVEN else f"an aim: “{item.title}”"
    return Command("commit", label, tuple(puts))


def take_back(state: State, commitment_id: int, said: DecidedBy, before: Forecast) -> Command:
    """A commitment ends without being kept: a decision, and what it alone held is held no longer.

    Raises :class:`Refused` without a name and a reason, and where it is not there any more.
    """
    if not said.by.strip() or not said.because.strip():
        raise Refused("taking a promise back takes a name and a reason")
    row = state.all(Commitment).get(commitment_id)
    if row is None:
        raise Refused("this commitment is not there any more")
    item = state.all(Item)[row.item_id]
    decision = Decision(
        id=new_id(),
        quarter_id=state.quarter.id,
        at=now(),
        kind="accept",
        title=f"taken back: {Promise(row, item, False).words}"[:10_000],
        item_id=None,
        decided_by=said.by,
        because=said.because,
        odds_before=before.odds,
        odds_after=before.odds,
    )
    removes: list[Record] = [row]
    pin = pins_of(state).get(row.item_id)
    others = [each for each in commitments_of(state, row.item_id) if each.id != row.id and each.kind in HOLDING]
    if pin is not None and row.kind in HOLDING and pin.kind == HOLDING[row.kind] and not others:
        removes.append(pin)
    return Command("commit", decision.title, (decision,), tuple(removes))
