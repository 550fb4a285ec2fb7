"""The plain changes of a look-back: what came of a finished item, and a decision that is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from scenarios.figures.readers import AS_DAY, day_in, number_in
from scenarios.graded.answers import (
    ReadAdoption,
    ToldAnswer,
    tell_outcome,
    use_of,
    use_words,
    validated_of,
    validated_words,
)
from scenarios.graded.reviews import review_decision
from store.common.errors import refused_about
from store.records import Command, Decision, Outcome
from store.records.negotiation import DecisionDetail
from tui.forms.decisions import BECAUSE, BY, said_in
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange

if TYPE_CHECKING:
    from tui.session.figures import Figures


def _start(now: Figures, record: int | None) -> Values | None:
    row = now.state.all(Outcome).get(record or 0)
    if row is None:
        return None
    return {
        "use": use_words(row.use, row.users),
        "validated": validated_words(row.validated),
        "adopted": "" if row.adopted is None else str(row.adopted),
        "could_adopt": "" if row.could_adopt is None else str(row.could_adopt),
        "adoption_on": row.adoption_on.isoformat() if row.adoption_on else "",
    }


def _tell(now: Figures, record: int | None, values: Values) -> Command:
    """What is asked of it: a form that asks for a part of it leaves the rest as it is."""
    row = now.state.all(Outcome)[record or 0]
    answer, read = ToldAnswer(row.use, row.users, row.validated), None
    if "use" in values:
        with refused_about("use"):
            use, users = use_of(values["use"])
        with refused_about("validated"):
            answer = ToldAnswer(use, users, validated_of(values["validated"]))
    if "adopted" in values:
        numbers = {name: values[name].strip().removeprefix("?") for name in ("adopted", "could_adopt")}
        adopted, could = number_in(numbers, "adopted"), number_in(numbers, "could_adopt")
        read = ReadAdoption(adopted, could, day_in(values, "adoption_on", past=True))
    return tell_outcome(now.state, record or 0, answer, read, date.today())


#: ``record`` is the outcome of a finished item.
OUTCOME = PlainChange(
    "outcome",
    (
        Ask("use", "who uses it", "--use", "nobody, few (one or two), more, or a number of accounts; ?: not known yet"),
        Ask("validated", "validated first", "--validated", "y or n: before it was built; ?: not known yet"),
        Ask("adopted", "accounts that adopted it", "--adopted", "a number, 90 days after it shipped; ?: not known yet"),
        Ask("could_adopt", "of those that could use it", "--could", "a number of accounts; ?: not known yet"),
        Ask("adoption_on", "read on", "--read", f"the day, {AS_DAY}; today unless said", kind="day"),
    ),
    _tell,
    lambda now, record: f"What came of {now.state.all(Outcome)[record or 0].title[:120]}",
    start=_start,
)
#: Its two halves, as the app asks them: at the close, and 90 days after it shipped.
CAME, ADOPTED = OUTCOME.only("use", "validated"), OUTCOME.only("adopted", "could_adopt", "adoption_on")


def _review(now: Figures, record: int | None, values: Values) -> Command:
    again = day_in(values, "review")
    odds = now.forecast.odds
    return review_decision(now.state, record or 0, said_in(values), odds, again, values["conditions"])


def _conditions(now: Figures, record: int | None) -> Values | None:
    if record not in now.state.all(Decision):
        return None
    rows = [row for row in now.state.each(DecisionDetail) if row.decision_id == record]
    return {"conditions": rows[0].conditions} if rows else {}


#: ``record`` is the decision.
REVIEW_DECISION = PlainChange(
    "review",
    (
        replace(BY, needed="That takes a name: it is a decision like any other."),
        replace(
            BECAUSE,
            hint="what is known now, against what was expected",
            needed="That takes a reason: it is a decision like any other.",
        ),
        Ask(
            "review",
            "again on",
            "--again",
            f"it stands until then, {AS_DAY}; empty: it is closed",
            kind="day",
        ),
        Ask("conditions", "conditions", "--conditions", "what it hangs on from now on"),
    ),
    _review,
    lambda now, record: f"Review: {now.state.all(Decision)[record or 0].title[:120]}",
    enter="record the review",
    start=_conditions,
)

OUTCOMES_AND_REVIEWS = (OUTCOME, REVIEW_DECISION)
