"""The page that a customer may read: a line for each of their requests, without reasons, names or money.

It is put together from this customer's requests alone. A request is called by its title for customers, else by its
title; one that could tell of somebody else is not used: the request is then called by its date, and whoever sends the
page is told which, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scenarios.memos.account_line import AccountSide, line_of
from scenarios.memos.meeting import Meeting
from scenarios.memos.people import people_of
from scenarios.memos.privacy import Confidential, telling_of, why_not
from scenarios.memos.template import bullets, fill, plain
from scenarios.rules.returns import request_of
from store.records import Customer, Decision, Item, Quarter, Request, State, Wait
from store.records.negotiation import Card


@dataclass(frozen=True)
class Withheld:
    """A title, or a name in it, that is not on the page, what is called so there instead, and why."""

    title: str
    called: str
    why: str

    @property
    def words(self) -> str:
        """As a sentence for whoever sends the page."""
        return f"“{self.title}” is called “{self.called}”: {self.why}"


@dataclass(frozen=True)
class AccountPage:
    """The page as Markdown, and what was withheld from it: that is for the sender alone."""

    text: str
    withheld: tuple[Withheld, ...]


def account_memo(meeting: Meeting, customer_id: int, template: str, name: str = "the template") -> AccountPage:
    """The page for one customer. Raises Refused where the template asks for what there is not."""
    state = meeting.state
    own = state.all(Customer)[customer_id]
    telling = _Telling(state, own)
    ended = AccountSide(state, own, telling.may_say)
    began = AccountSide(meeting.began, own, telling.may_say) if meeting.known else ended
    asked, since = asked_by(state, customer_id), meeting.since.isoformat()
    begins = f"the last page, of {since}," if meeting.page else since
    before = {item.id for item in asked_by(meeting.began if meeting.known else state, customer_id)}
    told = [(telling.name_of(item), *line_of(began, ended, item, meeting.day, item.id not in before)) for item in asked]
    values = {
        "customer": plain(own.name),
        "quarter": ended.quarter,
        "date": meeting.day.isoformat(),
        "since": f"What changed since {begins} is said with each." if meeting.known else _unknown(meeting),
        "decided": bullets(
            [f"{called} {line}" for called, line, changed in told if changed],
            f"Nothing that you asked for changed since {since}.",
        ),
        "asks": bullets([f"{called} {line}" for called, line, _ in told], "We have no request of yours on record."),
    }
    return AccountPage(fill(template, values, "account", name), tuple(telling.withheld()))


def _unknown(meeting: Meeting) -> str:
    """Why nothing is said to have changed; where the only plan on record is a later one, that it is that plan's."""
    latest = max((each.at.astimezone().date() for each in meeting.state.each(Decision)), default=meeting.day)
    day = meeting.day.isoformat()
    if latest > meeting.day:
        return f"How it stood on {day} is not on record: each is told as it stands since {latest.isoformat()}."
    return f"What changed before {day} is not on record."


def asked_by(state: State, customer_id: int) -> tuple[Item, ...]:
    """What a customer asked for or waits for, in order of rank."""
    ids = {row.item_id for row in state.all(Request).values() if row.customer_id == customer_id}
    ids |= {row.item_id for row in state.all(Wait).values() if row.customer_id == customer_id}
    items = state.all(Item)
    return tuple(sorted((items[key] for key in ids), key=lambda item: (item.rank, item.id)))


class _Telling:
    """What may be said to one customer, beside all the others of a workspace."""

    def __init__(self, state: State, own: Customer) -> None:
        self._state, self._own = state, own
        others = [name for each in state.all(Customer).values() if each.id != own.id for name in _names(each)]
        telling = telling_of(_amounts(state), state.workspace.currency)
        self._hidden = Confidential(tuple(others), people_of(state), telling)
        self._called: dict[int, str] = {}
        self._why: dict[int, str] = {}
        #: what is left out besides titles: names of first versions, and of the quarter, with why
        self._unsaid: dict[str, str] = {}

    def may_say(self, text: str) -> bool:
        why = self._why_not(text)
        if why:
            self._unsaid[text] = why
        return not why

    def _why_not(self, text: str) -> str:
        return why_not(text, _names(self._own), self._hidden)

    def name_of(self, item: Item) -> str:
        """A request by its title, else by the day on which this customer asked for it."""
        title = item.customer_title or item.title
        why = self._why_not(title)
        if not why:
            return f"“{plain(title)}”"
        request = request_of(self._state, item.id)
        own = request is not None and request.customer_id == self._own.id
        called = (
            f"Your request of {request.received_at.date().isoformat()}" if own and request else "One of your requests"
        )
        again = sum(each == called or each.startswith(f"{called} (") for each in self._called.values())
        self._called[item.id] = f"{called} ({again + 1})" if again else called
        self._why[item.id] = why
        return self._called[item.id]

    def withheld(self) -> Iterator[Withheld]:
        items = self._state.all(Item)
        for item_id, called in self._called.items():
            item = items[item_id]
            yield Withheld(item.customer_title or item.title, called, self._why[item_id])
        quarters = {row.name for row in self._state.each(Quarter)}
        for text, why in self._unsaid.items():
            yield Withheld(text, "this quarter" if text in quarters else "a first version", why)


def _names(customer: Customer) -> tuple[str, ...]:
    """All that a customer is called."""
    return (customer.name, *filter(None, customer.also.splitlines()))


def _amounts(state: State) -> Iterable[float]:
    for customer in state.all(Customer).values():
        if customer.arr is not None:
            yield customer.arr
    for request in state.all(Request).values():
        if request.deal_amount is not None:
            yield request.deal_amount
    for card in state.all(Card).values():
        yield from (each for each in (card.renewal_arr, card.savings, card.price) if each is not None)
