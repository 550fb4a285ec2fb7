"""What came of what was tried, as a part of the quarter graded: pilots, proofs of concept and their success tests."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.figures.figure import Figure, counted, told
from scenarios.graded.rows import GradedItem, Trial
from scenarios.reports.paper import PaperPart, PaperRow, PaperTable, Sentence
from scenarios.rules.trials import result_words
from store.common.text import short

_TITLE = 60
_RESULTS = ((True, "met the test"), (False, "did not"), (None, "not known yet"))


def trials_part(rows: Sequence[GradedItem]) -> PaperPart:
    """Pilots and proofs of concept, and whether their success tests were met."""
    heading = "Pilots and proofs of concept"
    found = [(row, row.trial) for row in rows if row.trial is not None]
    if not found:
        return PaperPart(heading, (Sentence("Of none in this quarter anything is on record."),))
    counts = {met: sum(trial.met is met for _, trial in found) for met in (True, False, None)}
    words = f"Of {len(found)}, {counts[True]} met the success test and {counts[False]} did not"
    words += f"; of {counts[None]} it is not known yet: makeroom pilot tells it." if counts[None] else "."
    cells = tuple(
        PaperRow(
            (
                short(row.title, _TITLE),
                trial.kind,
                short(trial.test, _TITLE) or "no test given",
                result_words(trial.met, trial.met_by, trial.customers, trial.ended),
            ),
            (_met_by(trial),) if trial.met_by is not None else (),
            trial.met is not True,
            ("outcome", row.outcome.id) if row.outcome.id > 0 else None,
        )
        for row, trial in found
    )
    figures = (
        counted("tried", (row.title for row, _ in found), "agreed on, or ended, in the quarter"),
        *(counted(name, (row.title for row, trial in found if trial.met is met)) for met, name in _RESULTS),
    )
    table = PaperTable(("tried", "as", "to show", "how it ended"), cells)
    return PaperPart(heading, (Sentence(words, figures),), (table,))


def _met_by(trial: Trial) -> Figure:
    of = ("customers in all", "not known" if trial.customers is None else f"{trial.customers}")
    return told("met by", trial.met_by, "count", "customers of it who met the success test", of)
