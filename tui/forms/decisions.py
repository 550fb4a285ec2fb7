"""The plain changes that are a decision by somebody: exceptions looked at again, and what leaves or is declined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.figures.readers import AS_DAY, day_in
from scenarios.plan.plan import Entry, entry_of
from scenarios.trade import changes
from scenarios.trade.changes import DecidedBy
from scenarios.verdict.exceptions import StandingException
from scenarios.verdict.signatures import clear, review
from store.common.errors import Refused
from store.records import Command, Item, State
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast
    from tui.session.figures import Figures

#: Who decides, and why.
BY = Ask("by", "decided by", "--by", "a name", "who decides")
BECAUSE = Ask("because", "because", "--because", help="why, in a line")


def said_in(values: Values) -> DecidedBy:
    """Who decided, and why."""
    return DecidedBy(values["by"].strip(), values["because"].strip())


# ------------------------------------------------------------------ exceptions


def exception(now: Figures, record: int | None) -> StandingException:
    """The exception of that number. Raises Refused where none stands."""
    row = next((row for row in now.exceptions if row.terms.id == record), None)
    if row is None:
        raise Refused(f"no exception {record} stands: makeroom exceptions lists them with their numbers", "by")
    return row


def _start(now: Figures, record: int | None) -> Values | None:
    found = [row for row in now.exceptions if row.terms.id == record]
    return {"conditions": found[0].terms.conditions} if found else None


def _review(now: Figures, record: int | None, values: Values) -> Command:
    day, terms = day_in(values, "review"), exception(now, record).terms
    return review(now.state, terms, said_in(values), now.forecast, day, values["conditions"].strip())


def _words(now: Figures, record: int | None) -> str:
    row = exception(now, record)
    after = ". A plan that is still below its target is then an open shortfall."
    return row.sentence + (after if row.terms.right == "under target" else "")


_LOOKED = (
    replace(BY, needed="That takes a name: it is a decision like any other."),
    Ask(
        "because",
        "because",
        "--because",
        "what the review found",
        needed="That takes a reason: it is a decision like any other.",
    ),
)

REVIEW = PlainChange(
    "exceptions review",
    (
        *_LOOKED,
        Ask(
            "review",
            "next review",
            "--review",
            f"a day, {AS_DAY}; empty: no further review",
            kind="day",
        ),
        Ask("conditions", "conditions", "--conditions", "what it hangs on from now on"),
    ),
    _review,
    "Review: it stands on",
    lambda now, record: exception(now, record).sentence,
    enter="record the review",
    start=_start,
    what="Review an exception and let it stand; without --review there is no further review.",
    example="  makeroom exceptions review 7 --by Priya --because 'they use it' --review 2027-06-30",
)

CLEAR = PlainChange(
    "exceptions clear",
    _LOOKED,
    lambda now, record, values: clear(now.state, exception(now, record).terms, said_in(values), now.forecast),
    "Clear: it stands no longer",
    _words,
    enter="clear it",
    start=lambda now, record: None if _start(now, record) is None else {},
    what="End an exception: it stands no longer. A plan that is still below its target is then an open shortfall.",
    example="  makeroom exceptions clear 7 --by Priya --because 'it returns what it costs'",
)


# ------------------------------------------------------------------ what leaves


def _away(
    name: str, title: str, enter: str, change: Callable[[State, Entry, Forecast, DecidedBy], Command]
) -> PlainChange:
    return PlainChange(
        name,
        (
            replace(BECAUSE, hint="kept on record, and what the asker will be told"),
            replace(BY, hint="a name; may stay empty"),
        ),
        lambda now, record, values: change(now.state, entry_of(now.state, record or 0), now.forecast, said_in(values)),
        lambda now, record: title.format(now.state.all(Item)[record or 0].title),
        enter=enter,
    )


DECLINE = _away("decline", "Decline “{}”", "decline it", changes.decline)
DROP = _away("drop", "“{}” below the line", "drop it", changes.drop)
DECISIONS = (
    REVIEW,
    CLEAR,
    DECLINE,
    DROP,
    _away("defer", "“{}”: good, not now", "defer it", changes.defer),
)
