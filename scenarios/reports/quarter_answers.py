"""What came of what was tried and of what shipped, as parts of the quarter graded: success tests, and adoption."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.figures.amounts import exact, rate_percent
from scenarios.figures.figure import Figure, counted, told
from scenarios.graded.adoption import Adoption
from scenarios.graded.rows import GradedItem, Trial
from scenarios.reports.paper import PaperPart, PaperRow, PaperTable, Sentence
from scenarios.requests.offloads import FEW, TOO_FEW
from store.common.text import many, short

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
                {True: "met", False: "missed", None: "not known yet"}[trial.met],
                "" if trial.met_by is None else f"{trial.met_by} of {trial.customers or '?'}",
                trial.ended.isoformat() if trial.ended is not None else "",
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
    table = PaperTable(("tried", "as", "to show", "its test", "by", "on"), cells)
    return PaperPart(heading, (Sentence(words, figures),), (table,))


def _met_by(trial: Trial) -> Figure:
    of = ("customers in all", "not known" if trial.customers is None else f"{trial.customers}")
    return told("met by", trial.met_by, "count", "customers of it who met the success test", of)


def adoption_part(found: Sequence[Adoption]) -> PaperPart:
    """Who adopted what was finished, against the aim."""
    heading = "Adoption after 90 days: shipped is not done"
    if not found:
        words = "Nothing that was finished has a success measure or an aim on its card, so none is asked for."
        return PaperPart(heading, (Sentence(words),))
    reached, missed = ([row for row in found if row.reached is said] for said in (True, False))
    unread = [row for row in found if row.outcome.adopted is None]
    rest = [row for row in found if row.reached is None and row.outcome.adopted is not None]
    words = f"Of {many(len(found), 'item')}, {len(reached)} reached the aim and {len(missed)} did not"
    words += f"; of {len(rest)} it cannot be said" if rest else ""
    words += f"; of {len(unread)} it is not known yet: makeroom outcome tells it." if unread else "."
    figures = (
        counted("shipped", map(_titled, found), "finished, with a success measure, an aim or a reading"),
        counted("reached the aim", map(_titled, reached)),
        counted("did not", map(_titled, missed)),
        counted("cannot be said", map(_titled, rest), "without an aim, or too few could use it"),
        counted("not known yet", map(_titled, unread)),
    )
    cells = tuple(
        PaperRow(
            (
                _titled(row),
                short(row.measure, _TITLE) or "not given",
                "none" if row.aim is None else rate_percent(exact(row.aim)),
                row.counts,
                row.so,
            ),
            (row.share,),
            row.reached is False,
            ("outcome", row.outcome.id),
        )
        for row in found
    )
    table = PaperTable(("finished", "success measure", "aim", "adopted", "so"), cells)
    few = f"Under {TOO_FEW} accounts that could use it nothing is said; under {FEW} it is a hint."
    return PaperPart(heading, (Sentence(words, figures), Sentence(few, (found[0].share,))), (table,))


def _titled(row: Adoption) -> str:
    return short(row.outcome.title, _TITLE) or "without a title"


def adoption_due_part(found: Sequence[Adoption]) -> PaperPart:
    """What is to be read now, of all quarters."""
    cells = tuple(
        PaperRow(
            (
                _titled(row),
                short(row.outcome.quarter, 20),
                row.due.isoformat() if row.due else "",
                short(row.measure, _TITLE) or "not given",
                "none" if row.aim is None else rate_percent(exact(row.aim)),
            ),
            (row.share,),
            True,
            ("outcome", row.outcome.id),
        )
        for row in found
    )
    said = "How many accounts could use it, and how many of them do: “not known yet” is an answer, and comes back."
    table = PaperTable(("shipped", "in", "to be read on", "success measure", "aim"), cells)
    return PaperPart("Adoption to be read", (Sentence(said),), (table,))
