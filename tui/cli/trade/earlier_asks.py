"""What ``makeroom add`` says of earlier asks: the same one that waits already, and what looks like it."""

from __future__ import annotations

import argparse

from scenarios.figures.sizes import range_of
from scenarios.requests.earlier_asks import Earlier, asked_like, told
from scenarios.requests.quick_add import RequestDraft
from store.records import Request, State
from tui.cli.outputs import EarlierOut
from tui.cli.printing import say
from tui.session.session import Figures


def asked_already(now: Figures, draft: RequestDraft) -> int | None:
    """The request in the inbox that was typed just so before: asking again must not ask twice."""
    by_item = {request.item_id: request for request in now.state.all(Request).values()}
    for entry in now.inbox:
        request = by_item.get(entry.item.id)
        same_size = draft.size is None or (len(entry.sizes) == 1 and range_of(entry.sizes[0]) == draft.size)
        if (
            request is not None
            and entry.item.title.casefold() == draft.title.casefold()
            and request.asked_by.casefold() == draft.asked_by.casefold()
            and same_size
        ):
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
