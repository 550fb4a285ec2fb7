"""The plain changes that reports look back on: a request carried past its desk, answers of the health check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.figures.readers import number_in
from scenarios.graded.health import QUESTIONS, ROLES, SCORES, health_of, role_named, write_answer
from scenarios.requests.escalations import escalate, last_escalation
from store.common.text import capital
from store.records import Command, Item
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange

if TYPE_CHECKING:
    from tui.session.figures import Figures


def _escalation(now: Figures, record: int | None) -> Values | None:
    if record not in now.state.all(Item):
        return None
    row = last_escalation(now.state, record or 0)
    return {} if row is None else {"by_whom": row.by_whom, "to_whom": row.to_whom, "chose": row.chose}


#: ``record`` is the item.
ESCALATION = PlainChange(
    "escalation",
    (
        Ask(
            "by_whom",
            "carried by",
            "--by",
            "who escalated it",
            needed="Who escalated it? Write a name or a role.",
        ),
        Ask("to_whom", "carried to", "--to", "to whom it was escalated"),
        Ask("chose", "Sales chose", "--sales-chose", "what Sales chose, where it was sent back to them to adjudicate"),
    ),
    lambda now, record, values: escalate(now.state, record or 0, values["by_whom"], values["to_whom"], values["chose"]),
    lambda now, record: f"Escalated: {now.state.all(Item)[record or 0].title[:120]}",
    "The report of the month counts it, and how long an answer took.",
    start=_escalation,
)


def _answered(now: Figures, record: int | None) -> Values:
    if record is None:
        return {}
    row = health_of(now.state)[-1].answers.get(ROLES[record])
    return {} if row is None else {"score": str(row.score), "because": row.because}


def _answer(now: Figures, record: int | None, values: Values) -> Command:
    role = role_named(values["role"]) if record is None else ROLES[record]
    return write_answer(now.state, role, number_in(values, "score"), values["because"], values.get("quarter", ""))


#: ``record`` is the place of the role among those that are asked; where it is None, the role is named.
HEALTH = PlainChange(
    "health",
    (
        Ask(
            "role",
            "role",
            "--role",
            ", ".join(ROLES),
            "whose answer: " + ", ".join(ROLES),
            kind="choice",
            choices=ROLES,
            needed="Whose answer is it? Name the role.",
        ),
        Ask(
            "score",
            "answer",
            "--score",
            ", ".join(f"{at} {word}" for at, word in enumerate(SCORES)),
            kind="number",
            needed="What is the answer? 0 to 3.",
        ),
        Ask("because", "because", "--because", "a line: what happened that says so"),
        Ask("quarter", "quarter", "--quarter", "an earlier quarter on record; empty: the present one"),
    ),
    _answer,
    lambda now, record: (
        "The health check" if record is None else f"{capital(ROLES[record])}: {QUESTIONS[ROLES[record]]}"
    ),
    "Asked once a quarter; another answer replaces the one before.",
    start=_answered,
)

LOOKING_BACK = (ESCALATION, HEALTH)
