"""Pages that were sent to accounts: from the last one on, the next page tells what changed."""

from __future__ import annotations

from datetime import date, datetime

from store.records import Command, Customer, PageSent, State, new_id


def send(customer: Customer, at: datetime) -> Command:
    """The record that a page was sent to this account, as the workspace stands."""
    return Command("page", f"page sent to {customer.name}", (PageSent(id=new_id(), customer_id=customer.id, at=at),))


def last_page(state: State, customer_id: int, before: date | None = None) -> PageSent | None:
    """The last page that was sent to an account, before a day where one is named; None where none was."""
    rows = (row for row in state.all(PageSent).values() if row.customer_id == customer_id)
    sent = [row for row in rows if before is None or row.at.date() < before]
    return max(sent, key=lambda row: (row.at, row.id), default=None)
