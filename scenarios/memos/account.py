"""The memo that a customer may read: what was decided of their own requests, without reasons, names or money.

It is put together from this customer's requests alone. A title that could tell of somebody else is not used: the
request is then called by its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scenarios.decisions.log import LogLine
from scenarios.memos.meeting import Meeting
from scenarios.memos.privacy import speakable, telling_of
from scenarios.memos.template import bullets, fill, plain
from scenarios.rules.returns import request_of
from store.records import Customer, Item, Request, State, Wait
from store.records.negotiation import Card, WayKind

#: What a customer is told of each way out; ``{quarter}`` is the quarter.
WAYS: Mapping[WayKind, str] = {
    "swap": "is planned for {quarter}",
    "smaller first version": "comes in a smaller first version, planned for {quarter}",
    "sequence": "is planned for a later quarter",
    "configure": "will be done by configuration",
    "package": "is offered as a package of its own",
    "services": "is offered by our services",
    "partner": "is offered together with a partner",
    "proof of concept": "starts with a proof of concept in {quarter}",
    "pilot": "starts as a pilot in {quarter}",
    "buy": "will be covered by a product that we buy",
    "decline": "will not be done",
}
_STATES = {
    "inbox": "is not decided yet",
    "plan": "is planned for {quarter}",
    "below": "is on our list, not in {quarter}",
    "declined": "will not be done",
    "done": "is done",
}


def account_memo(meeting: Meeting, customer_id: int, template: str, name: str = "the template") -> str:
    """The memo for one customer. Raises Refused where the template asks for what there is not."""
    state = meeting.state
    own = state.all(Customer)[customer_id]
    telling = _Telling(state, own)
    quarter = meeting.quarter.name if telling.may_say(meeting.quarter.name) else "this quarter"
    asked = asked_by(state, customer_id)
    decided = [
        f"{telling.name_of(item)} {told.format(quarter=plain(quarter))}."
        for line in meeting.lines
        for item in asked
        if (told := _told(line, item.id))
    ]
    stands = [f"{telling.name_of(item)} {_STATES[item.state].format(quarter=plain(quarter))}." for item in asked]
    values = {
        "customer": plain(own.name),
        "quarter": plain(quarter),
        "date": meeting.day.isoformat(),
        "decided": bullets(decided, "Nothing that you asked for was decided on this day."),
        "asks": bullets(stands, "We have no request of yours on record."),
    }
    return fill(template, values, "account", name)


def asked_by(state: State, customer_id: int) -> tuple[Item, ...]:
    """What a customer asked for or waits for, in order of rank."""
    ids = {row.item_id for row in state.all(Request).values() if row.customer_id == customer_id}
    ids |= {row.item_id for row in state.all(Wait).values() if row.customer_id == customer_id}
    items = state.all(Item)
    return tuple(sorted((items[key] for key in ids), key=lambda item: (item.rank, item.id)))


def _told(line: LogLine, item_id: int) -> str:
    """What a customer is told of a decision about an item; empty where it is none of theirs."""
    move = next((each for each in line.moves if each.item_id == item_id), None)
    if move is None and line.decision.item_id != item_id:
        return ""
    way = next((each for each in line.ways if each.item_id == item_id), None)
    if way is not None:
        return WAYS[way.kind]
    if move is None:
        return {"decline": _STATES["declined"], "defer": _STATES["below"]}.get(line.decision.kind, "")
    match move.kind:
        case "in":
            return _STATES["plan"]
        case "out":
            return _STATES["done" if line.decision.kind == "close" else "below"]
        case "resized":
            return "stays in {quarter}"
        case _:
            return ""


class _Telling:
    """What may be said to one customer, beside all the others of a workspace."""

    def __init__(self, state: State, own: Customer) -> None:
        self._state, self._own = state, own
        self._others = [each.name for each in state.all(Customer).values() if each.id != own.id]
        self._telling = telling_of(_amounts(state), state.workspace.currency)

    def may_say(self, text: str) -> bool:
        return speakable(text, self._own.name, self._others, self._telling)

    def name_of(self, item: Item) -> str:
        """A request by its title, else by the day on which this customer asked for it."""
        if self.may_say(item.title):
            return f"“{plain(item.title)}”"
        request = request_of(self._state, item.id)
        if request is not None and request.customer_id == self._own.id:
            return f"Your request of {request.received_at.date().isoformat()}"
        return "One of your requests"


def _amounts(state: State) -> Iterable[float]:
    for customer in state.all(Customer).values():
        if customer.arr is not None:
            yield customer.arr
    for request in state.all(Request).values():
        if request.deal_amount is not None:
            yield request.deal_amount
    for card in state.all(Card).values():
        if card.renewal_arr is not None:
            yield card.renewal_arr
