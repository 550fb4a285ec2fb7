"""The voices as a report: effort by persona over quarters beside their order, and requests that set them at odds."""

from __future__ import annotations

from scenarios.figures.amounts import rate_percent
from scenarios.figures.figure import Figure, counted, told
from scenarios.reports.paper import Paper, PaperPart, PaperRow, PaperTable, Sentence
from scenarios.requests.persona_effort import EffortByPersona, effort_by_persona
from scenarios.requests.voices import SETTING, voices_of
from scenarios.rules.one_offs import STATES
from store.common.text import many, series, short
from store.records import Item, State

_NAME = 60


def voices_paper(state: State) -> Paper:
    """The report as it is now."""
    found = effort_by_persona(state)
    about = "Personas in the charter's order of who matters most; an item that helps several is of each an equal part."
    return Paper("Voices", about, (_headline(found),), (_effort(found), _opposed(state)))


def _headline(found: EffortByPersona) -> Sentence:
    if not found.rows:
        return Sentence("The charter names no persona yet: makeroom charter persona, or the charter on screen, does.")
    nobody = found.nobody[-1]
    words = f"{many(len(found.rows), 'persona')}."
    if nobody.value is not None:
        words += f" {rate_percent(nobody.value)} of the present plan's effort helps nobody whom a card names."
    passed = [row for row in found.rows if row.later]
    if passed:
        words += f" Less than for somebody who comes later: {series(short(row.persona.name, _NAME) for row in passed)}."
    return Sentence(words, (nobody, counted("personas", (row.persona.name for row in found.rows))))


def _effort(found: EffortByPersona) -> PaperPart:
    heading = "Effort beside their order"
    if not found.rows:
        return PaperPart(heading, (Sentence("Without personas nothing can be said."),))
    rows = [
        PaperRow(
            (
                short(row.persona.name, _NAME),
                f"{row.place}",
                *map(_cell, row.figures),
                row.effort.text,
                f"less than {series(short(name, 30) for name in row.later)}" if row.later else "",
                short(row.persona.compromise, 120),
            ),
            (
                row.effort,
                *reversed(row.figures),
                told("place", row.place, "count", "in the charter's order", ("persona", row.persona.name)),
            ),
            bool(row.later),
        )
        for row in found.rows
    ]
    rows.append(PaperRow(("nobody named", "", *map(_cell, found.nobody), "", "", ""), tuple(reversed(found.nobody))))
    quarters = (short(quarter.name, 12) for quarter in found.quarters)
    heads = ("persona", "place", *quarters, "in all", "against the order", "may compromise")
    said = Sentence("Closed quarters by what items took, the present one by its plan. A dash: nothing is on record.")
    return PaperPart(heading, (said,), (PaperTable(heads, tuple(rows)),))


def _cell(figure: Figure) -> str:
    return "-" if figure.value is None else rate_percent(figure.value)


def _opposed(state: State) -> PaperPart:
    heading = "Requests that set them at odds"
    rows = []
    for item in sorted(state.all(Item).values(), key=lambda row: (row.state, row.rank, row.id)):
        if item.state not in ("done", "declined") and (words := voices_of(state, item.id).opposed):
            rows.append(PaperRow((short(item.title, _NAME), STATES[item.state], words)))
    if not rows:
        return PaperPart(heading, (Sentence("No card names personas or stakeholders who want opposed things."),))
    said = Sentence(f"Where two want opposed things, {SETTING}.")
    return PaperPart(heading, (said,), (PaperTable(("request", "is", "who"), tuple(rows)),))
