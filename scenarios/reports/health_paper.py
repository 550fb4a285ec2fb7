"""The health check as a report: who answered what this quarter, and how each role's answers went; no total."""

from __future__ import annotations

from scenarios.figures.figure import counted
from scenarios.graded.health import QUESTIONS, ROLES, SCORES, HealthQuarter, answer_figure, health_of
from scenarios.reports.paper import Paper, PaperPart, PaperRow, PaperTable, Sentence
from store.common.text import series, short
from store.records import State
from store.records.looking_back import HealthRole

#: A score up to this is marked.
LOW = 1


def health_paper(state: State) -> Paper:
    """The report of the present quarter."""
    quarters = health_of(state)
    about = "One question for each role that feels it, 0 to 3, once a quarter. There is no total."
    present = quarters[-1]
    return Paper("Health", about, (_headline(quarters),), (_answers(present), _trend(quarters)))


def _headline(quarters: tuple[HealthQuarter, ...]) -> Sentence:
    present = quarters[-1]
    missing = [role for role in ROLES if role not in present.answers]
    words = f"{short(present.name, 40)}: {len(present.answers)} of {len(ROLES)} roles have answered."
    if missing and present.answers:
        words += f" Not asked yet: {series(missing)}."
    low = [role for role, row in present.answers.items() if row.score <= LOW]
    fell = [role for role in ROLES if role in present.answers and (_step(quarters, role) or 0) < 0]
    if low:
        words += f" At {LOW} or below: {series(sorted(low, key=ROLES.index))}."
    if fell:
        words += f" Lower than the time before: {series(fell)}."
    low_figure = counted("low", low, f"roles at {LOW} or below")
    return Sentence(words, (counted("answered", present.answers), counted("asked", ROLES), low_figure))


def _answers(present: HealthQuarter) -> PaperPart:
    rows = []
    for at, role in enumerate(ROLES):
        row = present.answers.get(role)
        score = "not asked yet" if row is None else f"{row.score} of {len(SCORES) - 1}, {SCORES[row.score]}"
        because = "" if row is None else row.because
        figures = () if row is None else (answer_figure(present, role),)
        low = row is not None and row.score <= LOW
        rows.append(PaperRow((role, score, because, QUESTIONS[role]), figures, low, ("health", at)))
    table = PaperTable(("role", "answer", "because", "asked"), tuple(rows))
    said = Sentence(
        "Each is one answer (n = 1): what a role feels, not a measurement. The line says more than the number."
    )
    return PaperPart(short(present.name, 60), (said,), (table,))


def _trend(quarters: tuple[HealthQuarter, ...]) -> PaperPart:
    heading = "By quarter"
    if sum(bool(quarter.answers) for quarter in quarters) < 2:
        return PaperPart(heading, (Sentence("Fewer than two quarters have answers: there is no trend yet."),))
    rows = []
    for role in ROLES:
        cells = [f"{quarter.answers[role].score}" if role in quarter.answers else "-" for quarter in quarters]
        step = _step(quarters, role)
        words = "" if step is None else "as before" if step == 0 else f"{step:+d}"
        figures = tuple(answer_figure(quarter, role) for quarter in reversed(quarters) if role in quarter.answers)
        rows.append(PaperRow((role, *cells, words), figures, step is not None and step < 0))
    heads = ("role", *(short(quarter.name, 12) for quarter in quarters), "last step")
    said = Sentence("A dash: not asked. One step in one quarter says little; the same way for three says something.")
    return PaperPart(heading, (said,), (PaperTable(heads, tuple(rows)),))


def _step(quarters: tuple[HealthQuarter, ...], role: HealthRole) -> int | None:
    """What the last answer of a role differs by from the one before; None without two."""
    scores = [quarter.answers[role].score for quarter in quarters if role in quarter.answers]
    return scores[-1] - scores[-2] if len(scores) > 1 else None
