"""What ``makeroom memo`` and ``makeroom review`` say with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scenarios.figures.amounts import exact
from tui.cli.outputs import OUTPUTS, Output

if TYPE_CHECKING:
    from scenarios.graded.adoption import Adoption
    from scenarios.memos import ItemChange, Meeting, Withheld


class ItemChangeOut(Output):
    """An item that is not as it was: ``ew_before`` and ``ew_after`` are its likely effort where it was, or is, in plan,
    ``took`` what it took once shipped; ``revenue`` what those who wait pay a year, as far as it is known."""

    verb: str
    item: int
    title: str
    ew_before: float | None
    ew_after: float | None
    took: float | None
    answer: str | None
    waits: list[str]
    revenue: float | None
    revenue_known_for: int


class WithheldOut(Output):
    """A title that is not on a customer's page, what the request is called there, and why."""

    title: str
    called: str
    why: str


class MemoOut(Output):
    """``makeroom memo``: its text as Markdown (with ``--html``, the page), and what it was made of. ``known`` is false
    where the plan before is not on record; ``changes`` are empty then, and for an account, which reads none of it.
    ``written`` is the file that it was written to, null where none was asked for."""

    audience: str
    customer: str | None
    quarter: str
    since: date
    day: date
    known: bool
    decisions: int
    text: str
    changes: list[ItemChangeOut]
    withheld: list[WithheldOut]
    written: str | None


class TemplatesOut(Output):
    """``makeroom memo --write-templates``: by path, whether it was written, or was there already."""

    written: dict[str, bool]


class ReviewDueOut(Output):
    """A decision to be looked at again since ``day``: by its number, what was expected, and what is known now."""

    decision: int
    title: str
    by: str
    day: date
    expected: str
    known: str


class AdoptionOut(Output):
    """Who adopted what shipped: accounts of those that could use it, ``read_on`` a day; ``due`` is the day on which it
    is to be read, ``reached`` whether ``aim`` (0..1) was, null where nothing can be said. Null: not known."""

    title: str
    quarter: str
    success: str
    aim: float | None
    due: date | None
    adopted: int | None
    could_adopt: int | None
    read_on: date | None
    share: float | None
    reached: bool | None
    words: str


class ReviewsOut(Output):
    """``makeroom review``, longest due first: decisions, and what shipped 90 days ago."""

    due: list[ReviewDueOut]
    adoption: list[AdoptionOut]


OUTPUTS.update({"memo": MemoOut, "memo templates": TemplatesOut, "review": ReviewsOut})


def memo_output(
    meeting: Meeting,
    audience: str,
    text: str,
    customer: str | None,
    withheld: tuple[Withheld, ...],
    written: str | None,
) -> MemoOut:
    """A memo for programs."""
    told = meeting.net.items if meeting.known and customer is None else ()
    return MemoOut(
        audience=audience,
        customer=customer,
        quarter=meeting.quarter.name,
        since=meeting.since,
        day=meeting.day,
        known=meeting.known,
        decisions=len(meeting.lines),
        text=text,
        changes=[_change(each) for each in told],
        withheld=[WithheldOut(title=each.title, called=each.called, why=each.why) for each in withheld],
        written=written,
    )


def _change(each: ItemChange) -> ItemChangeOut:
    return ItemChangeOut(
        verb=each.verb,
        item=each.item.id,
        title=each.item.title,
        ew_before=None if each.before is None else _rounded(each.before.ew),
        ew_after=None if each.after is None else _rounded(each.after.ew),
        took=each.took,
        answer=each.answer.kind if each.answer is not None else None,
        waits=list(each.waiting),
        revenue=each.paid.amount if each.waiting else None,
        revenue_known_for=each.paid.known,
    )


def _rounded(ew: float) -> float:
    return float(exact(ew))


def adoption_output(row: Adoption) -> AdoptionOut:
    """What is known of it."""
    one = row.outcome
    return AdoptionOut(
        title=one.title,
        quarter=one.quarter,
        success=row.measure,
        aim=row.aim,
        due=row.due,
        adopted=one.adopted,
        could_adopt=one.could_adopt,
        read_on=one.adoption_on,
        share=row.share.amount if row.enough else None,
        reached=row.reached,
        words=row.words,
    )
