"""What ``makeroom add`` says of earlier asks: the same one that waits already, and what looks like it."""

from __future__ import annotations

import argparse

from scenarios.figures.sizes import format_range, range_of
from scenarios.requests.earlier_asks import Earlier, asked_like, told
from scenarios.requests.quick_add import RequestDraft
from store.common.errors import Refused
from store.records import Customer, Request, State
from tui.cli.outputs import EarlierOut
from tui.cli.printing import say
from tui.session.figures import Figures


def asked_already(now: Figures, draft: RequestDraft) -> int | None:
    """The request in the inbox that this asks again: of the same title, and of the same size, asker and customer as far
    as these are typed. Asking again must not ask twice.

    Raises Refused where it waits without the size that is typed.
    """
    by_item = {request.item_id: request for request in now.state.all(Request).values()}
    for entry in now.inbox:
        request = by_item.get(entry.item.id)
        if request is None or entry.item.title.casefold() != draft.title.casefold():
            continue
        customer = now.state.all(Customer).get(request.customer_id or 0)
        said = (
            (draft.asked_by, request.asked_by),
            (draft.customer, customer.name if customer is not None else ""),
        )
        if any(typed and typed.casefold() != kept.casefold() for typed, kept in said):
            continue
        if draft.size is not None and not entry.sized:
            raise Refused(
                f"“{entry.item.title}” waits in the inbox already, without a size: makeroom size {entry.item.id} "
                f"{format_range(draft.size)} gives it one, and makeroom trade {entry.item.id} goes on with it"
            )
        if draft.size is None or (len(entry.sizes) == 1 and range_of(entry.sizes[0]) == draft.size):
            return entry.item.id
    return None


def tell_earlier(arguments: argparse.Namespace, state: State, draft: RequestDraft, own: int | None) -> None:
    """Tell what was asked before and looks like it, before anything is written; ``own`` is the request itself.

    For programs it is kept, for :func:`earlier_of` the outcome.
    """
    found = asked_like(state, draft.title, draft.customer, own)
    arguments.earlier = [_described(each) for each in found]
    if found and not arguments.json:
        heading, lines = told(draft.title, found)
        say(heading)
        for line in lines:
            say(f"  {line}")


def earlier_of(arguments: argparse.Namespace) -> list[EarlierOut]:
    """What :func:`tell_earlier` found; nothing where another command reports."""
    found: list[EarlierOut] = getattr(arguments, "earlier", [])
    return found


def _described(each: Earlier) -> EarlierOut:
    last = each.decided[-1] if each.decided else None
    return EarlierOut(
        id=each.item.id,
        title=each.item.title,
        like=each.like,
        same_customer=each.same_customer,
        customer=each.customer.name if each.customer is not None else "",
        asked_by=each.request.asked_by if each.request is not None else "",
        asked=each.request.received_at.date() if each.request is not None else None,
        became=last.outcome if last is not None else None,
        decided=last.decision.at.date() if last is not None else None,
        deal=each.end.outcome if each.end is not None else None,
        ended=each.end.ended if each.end is not None else None,
        words=each.words,
    )
