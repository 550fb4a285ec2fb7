"""What the commands for single items say with ``--json``; units as in :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date, datetime

from tui.cli.outputs import OUTPUTS, ItemOut, Output, ReferredOut, SizeOut


class VersionOut(Output):
    """A smaller first version; ``value`` is None where it is in proportion to its effort."""

    name: str
    ew: float
    value: float | None
    sizes: list[SizeOut]


class RequestOut(Output):
    """How an item was asked for; what was not said is empty or null."""

    received_at: datetime
    asked_by: str
    customer: str | None
    problem: str
    claimed: str
    deal_amount: float | None
    deal_probability: float | None
    deal_closes: date | None


class ItemWholeOut(ItemOut):
    """``makeroom item``: an item whole. ``rank`` is its number on its side of the line, 1 the first; ``worth`` says
    what its value comes from, ``value_parts`` by name; ``needed_by`` are those of no use without it; ``team`` whose it
    is while it has no size."""

    rank: int | None
    note: str
    worth: str
    value_parts: dict[str, float]
    pin_note: str
    needs: list[ReferredOut]
    needed_by: list[ReferredOut]
    versions: list[VersionOut]
    request: RequestOut | None
    promises: list[str]
    source_title: str | None
    source_size: str | None
    team: str | None


class ItemsOut(Output):
    """``makeroom items``: those that the filter keeps, in plan by rank, below the line by rank, then the inbox; ``of``
    how many there are in all."""

    items: list[ItemOut]
    of: int


class SavedFilterOut(Output):
    """A filter that was saved."""

    name: str
    where: str


class SavedFiltersOut(Output):
    """``makeroom filters``."""

    filters: list[SavedFilterOut]


OUTPUTS.update({"item": ItemWholeOut, "items": ItemsOut, "filters": SavedFiltersOut})
