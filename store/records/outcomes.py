"""What became of the items of a finished quarter: which were done, who uses them, what was validated first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from store.records.columns import Within
from store.records.fields import EngineerWeeks, Letter, Money, Name, QuarterNumber, Share, Text
from store.records.negotiation import DealOutcome, OneOffKind
from store.records.record import Record

#: Who uses what shipped, as people know it without counting.
Use = Literal["nobody", "one or two", "more"]
#: What became of an item of a quarter's plan: done; in plan to the end and not done; deferred, or taken out before.
Became = Literal["done", "unfinished", "deferred", "dropped"]
Users = Annotated[int, Within(ge=0, le=1_000_000_000)]


class Outcome(Record):
    """An item of a finished quarter, as its look-back has it. Of everything, None or empty is: not known.

    ``item_id`` is the item where the quarter was closed here; a row of a file has none, and says itself what requests,
    decisions and deals say of an item. ``planned``: it was in plan at the baseline, of ``baseline_ew`` and at the item
    odds ``odds`` then. ``ew`` is its likely size in the end. ``took`` is what it took in all, in ew, of a row of a file
    of which there is no :class:`~store.records.Actual`. ``users`` counts the accounts that use it, where somebody did;
    ``validated``: whether it was before it was built. ``decided_by`` let it in, or took it out. ``test_met``, by
    ``test_met_by`` of ``test_customers``, is the success test of a pilot or a proof of concept in a row of a file.
    ``adopted`` of the ``could_adopt`` accounts that could use it had adopted it, as was read ``adoption_on``; of a row
    of a file, ``adoption_aim`` (0..1) is the share that was to, and ``shipped_on`` the day from which 90 days count.
    """

    table: ClassVar[str] = "outcomes"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    quarter: Name
    number: QuarterNumber
    title: Text = ""
    item_id: int | None = None
    slice: Letter | None = None
    became: Became = "done"
    planned: bool | None = None
    baseline_ew: EngineerWeeks | None = None
    ew: EngineerWeeks | None = None
    odds: Share | None = None
    use: Use | None = None
    users: Users | None = None
    validated: bool | None = None
    took: EngineerWeeks | None = None
    decided_by: Text = ""
    asked_by: Text = ""
    claimed: EngineerWeeks | None = None
    asked_on: date | None = None
    deal: DealOutcome | None = None
    deal_amount: Money | None = None
    deal_closes: date | None = None
    deal_ended: date | None = None
    deal_signed: Money | None = None
    one_off_kind: OneOffKind | None = None
    account: Text = ""
    test_met: bool | None = None
    test_met_by: Users | None = None
    test_customers: Users | None = None
    adopted: Users | None = None
    could_adopt: Users | None = None
    adoption_on: date | None = None
    adoption_aim: Share | None = None
    shipped_on: date | None = None
