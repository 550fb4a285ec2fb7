"""A request comes in: as it was typed it goes to the inbox, with who waits for it; nothing is weighed here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scenarios.accounts.edits import told_account
from scenarios.requests.escalations import escalation_of
from scenarios.requests.quick_add import RequestDraft
from scenarios.trade.changes import new_size, now, team_of
from store.common.errors import Refused
from store.records import Command, Customer, Item, Record, RecordError, Request, State, Wait, new_id
from store.records.account_names import account_called
from store.records.draws import new_draw


def receive(state: State, draft: RequestDraft, at: datetime | None = None) -> Command:
    """A new request into the inbox, as :func:`~scenarios.requests.quick_add.parse_line` read it.

    Its size goes to the named team, else to the first.
    What it tells of the account that asks is known of it from then on. Raises :class:`Refused` where it has no title,
    where it has a size and there is no team, where the account's revenue or renewal is another one here, or where a
    field is more than a record holds.
    """
    if not draft.title.strip():
        raise Refused("a request needs a title")
    try:
        return _receive(state, draft, at)
    except RecordError as error:
        raise Refused(f"the {error.column} of the request is refused: {error.why}") from error


def _receive(state: State, draft: RequestDraft, at: datetime | None) -> Command:
    puts: list[Record] = []
    customer_id = None
    if draft.customer:
        customer = told_account(state, draft.customer, draft.account_arr, draft.account_renews)
        customer_id = customer.id
        if customer != state.all(Customer).get(customer.id):
            puts.append(customer)
    elif draft.account_arr is not None or draft.account_renews is not None:
        raise Refused("Whose revenue and renewal are these? Name the customer.", "customer")
    last = max((item.rank for item in state.all(Item).values() if item.state == "inbox"), default=0.0)
    item = Item(
        id=new_id(),
        title=draft.title,
        slice=draft.slice or "F",
        state="inbox",
        rank=last + 1,
        draw=new_draw(draft.title, None, {item.draw for item in state.all(Item).values()}),
        owner=draft.owner,
        note=draft.problem,
        value=draft.value,
        priority=draft.priority,
        due=draft.due,
        team_id=team_of(state, draft.team) if draft.team and draft.size is None else None,
    )
    puts.append(item)
    if draft.size is not None:
        team_id = team_of(state, draft.team)
        puts.append(new_size(item.id, team_id, draft.size))
    puts.append(
        Request(
            id=new_id(),
            item_id=item.id,
            received_at=at or now(),
            asked_by=draft.asked_by,
            customer_id=customer_id,
            problem=draft.problem,
            claimed=draft.claimed,
            deal_amount=draft.deal_amount,
            deal_probability=draft.deal_probability,
        )
    )
    if customer_id is not None:
        puts.append(Wait(id=new_id(), item_id=item.id, customer_id=customer_id))
    if draft.escalated_by is not None:
        puts.append(escalation_of(item.id, draft.escalated_by, draft.escalated_to, at))
    return Command("request", f"“{item.title}” asked for", tuple(puts))


def edit_waiting(state: State, item_id: int, names: Iterable[str]) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """(puts, removes) so that exactly these customers wait for an item; a name
    that no account has, however it is spelled, becomes one."""
    known = list(state.each(Customer))
    present = {wait.customer_id: wait for wait in state.all(Wait).values() if wait.item_id == item_id}
    puts: list[Record] = []
    wanted: set[int] = set()
    for name in (name.strip()[:200] for name in names if name.strip()):
        customer = account_called(known, name)
        if customer is None:
            customer = Customer(id=new_id(), name=name)
            known.append(customer)
            puts.append(customer)
        if customer.id not in wanted and customer.id not in present:
            puts.append(Wait(id=new_id(), item_id=item_id, customer_id=customer.id))
        wanted.add(customer.id)
    return tuple(puts), tuple(wait for key, wait in present.items() if key not in wanted)
