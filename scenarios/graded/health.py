"""The health check: six questions a quarter, one for each role that feels it, 0 to 3 and a line; no total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, get_args

from scenarios.figures.figure import Figure
from scenarios.figures.names import meant, plain_name
from scenarios.graded.rows import quarters_on_record
from scenarios.trade.changes import now
from store.common.errors import Refused
from store.common.text import series, short
from store.records import Command, Quarter, State, new_id
from store.records.looking_back import HealthAnswer, HealthRole

#: By role, in the order in which they are asked.
QUESTIONS: Mapping[HealthRole, str] = {
    "product": "Is what is in plan what matters most, or what was asked for loudest?",
    "engineering": "Can you finish what was promised without cutting what keeps the product well?",
    "design": "Is what we build tried with those who will use it before it is built?",
    "sales": "Do you know what you may promise, and does a no come with something to offer?",
    "finance": "Do you see what one-offs cost and bring before they are agreed to?",
    "executives": "When something is put in, do you see beforehand what falls out?",
}
ROLES: tuple[HealthRole, ...] = get_args(HealthRole)
#: What each score means.
SCORES = ("not at all", "seldom", "mostly", "yes")
#: So many quarters are shown beside one another.
MOST_QUARTERS = 8


@dataclass(frozen=True)
class HealthQuarter:
    """A quarter with the answers that it has, by role."""

    number: int
    name: str
    answers: Mapping[HealthRole, HealthAnswer]


def health_of(state: State) -> tuple[HealthQuarter, ...]:
    """The quarters with answers up to the present one, and that itself, oldest first; the last eight."""
    present = state.number_of(state.quarter)
    names = {present: state.quarter.name}
    found: dict[int, dict[HealthRole, HealthAnswer]] = {present: {}}
    for row in sorted(state.each(HealthAnswer), key=lambda each: (each.at, each.id < 0, abs(each.id))):
        if row.number <= present:
            names.setdefault(row.number, row.quarter)
            found.setdefault(row.number, {})[row.role] = row
    quarters = (HealthQuarter(number, names[number], answers) for number, answers in sorted(found.items()))
    return tuple(quarters)[-MOST_QUARTERS:]


def answer_figure(quarter: HealthQuarter, role: HealthRole) -> Figure:
    """A score as a figure: it is an answer, and says whose line stands behind it."""
    row = quarter.answers.get(role)
    value = None if row is None else Fraction(row.score)
    told = () if row is None else (("because", row.because or "no line given"), ("told", row.at.date().isoformat()))
    return Figure(
        f"{role}, {quarter.name}", value, "score", "as answered, 0 to 3: n = 1", told or (("answer", "not given"),)
    )


def role_named(text: str) -> HealthRole:
    """The role that a word means, or begins. Raises Refused."""
    found = meant(ROLES, text)
    if len(found) != 1:
        raise Refused(f"“{short(text, 40)}” is none of the roles that are asked: {series(ROLES)}.", "role")
    return found[0]


def write_answer(
    state: State, role: HealthRole, score: float | None, because: str, quarter: str = "", at: datetime | None = None
) -> Command:
    """What a role answers for a quarter, by default the present one; it takes the place of what it answered before.

    Raises :class:`Refused` for a score that is none, and a quarter that is not on record.
    """
    if score is None or score not in range(len(SCORES)):
        words = ", ".join(f"{at} {word}" for at, word in enumerate(SCORES))
        raise Refused(f"A score is one of {words}.", "score")
    number, name = _quarter(state, quarter)
    mine = [row for row in state.each(HealthAnswer) if (row.number, row.role) == (number, role)]
    mine.sort(key=lambda row: (row.at, row.id))
    was = mine[-1] if mine else None
    given: dict[str, Any] = {"score": int(score), "because": because.strip()}
    before = f", was {was.score}" if was is not None else ""
    command = Command("health", f"health in {short(name, 40)}: {role} {int(score)} of 3{before}")
    if was is not None and (was.score, was.because) == (given["score"], given["because"]):
        return command
    if was is not None:
        made = was.model_copy(update={**given, "at": at or now()})
    else:
        made = HealthAnswer(id=new_id(), quarter=name, number=number, role=role, at=at or now(), **given)
    return Command(command.kind, command.label, (made,), tuple(mine[:-1]))


def _quarter(state: State, name: str) -> tuple[int, str]:
    """The number and the name of a quarter. Raises Refused where it is neither the present one nor on record."""
    present = state.quarter
    known = {row.name: state.number_of(row) for row in state.each(Quarter)}
    for row in quarters_on_record(state):
        known |= dict.fromkeys(row.spellings, row.number)
    if not name.strip():
        return state.number_of(present), present.name
    found = next(((number, each) for each, number in known.items() if plain_name(each) == plain_name(name)), None)
    if found is None:
        names = series(short(each, 20) for each in list(known)[-8:])
        raise Refused(f"There is no quarter “{short(name, 40)}” on record: there is {names}.", "quarter")
    return found
