"""The quarter graded as a report: four tests, three mixes, the plan kept, odds, askers, deals, and what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from scenarios.figures.amounts import cents, exact, percent, tenths
from scenarios.figures.figure import Figure, counted, told
from scenarios.figures.sizes import format_ew
from scenarios.graded.adoption import Adoption, adoption_due
from scenarios.graded.calibration import LEAST_OUTCOMES, Calibration
from scenarios.graded.kept import Fate, Kept
from scenarios.graded.quarter_graded import (
    LEAST_ASKS,
    TESTS,
    Asker,
    QuarterGraded,
    grade_quarter,
    promised_and_ended,
)
from scenarios.graded.reviews import ReviewDue, reviews_due
from scenarios.graded.rows import GradedItem, QuarterToGrade
from scenarios.reports.paper import Paper, PaperPart, PaperRow, PaperTable, Sentence
from scenarios.reports.quarter_answers import adoption_due_part, adoption_part, trials_part
from scenarios.reports.why.quarter_figures import (
    asker_figures,
    band_figures,
    deal_figures,
    deals_figures,
    effort_figure,
    fate_figures,
    grade_figures,
    in_ew,
    item_figures,
    kept_figures,
    mix_figures,
    odds_figures,
)
from store.common.text import many, series, short
from store.records import State

#: Rows of a list that are named one by one.
_LISTED = 30
_UNKNOWN = "?"


def quarter_paper(state: State, quarter: QuarterToGrade, today: date) -> Paper:
    """The report of a finished quarter, by what is known ``today``."""
    return paper_of(grade_quarter(state, quarter), reviews_due(state, today), adoption_due(state, today))


def paper_of(graded: QuarterGraded, reviews: Sequence[ReviewDue] = (), adoption: Sequence[Adoption] = ()) -> Paper:
    """What was graded as a report; ``reviews`` and ``adoption`` are those that are due now."""
    done = graded.done
    about = f"{many(len(done), 'item')} finished, {in_ew(graded.took)} in all; effort is in engineer-weeks (ew)."
    if len(graded.quarter.spellings) > 1:
        others = series(f"“{short(name, 30)}”" for name in graded.quarter.spellings[1:])
        about += f" The record calls the quarter {others}, too."
    parts = (
        _tests(graded),
        _mixes(graded),
        _kept_part(graded.kept),
        _odds(graded),
        _askers(graded.askers),
        _deals(graded.deals),
        trials_part(graded.rows),
        adoption_part(graded.adoption),
        _reviews(reviews),
        *((adoption_due_part(adoption),) if adoption else ()),
        _waiting(graded),
    )
    return Paper(f"{graded.quarter.name} graded", about, tuple(_headline(graded)), parts)


def _headline(graded: QuarterGraded) -> Iterator[Sentence]:
    if not graded.done:
        yield Sentence("Nothing was finished, so there is nothing to grade.")
    else:
        said = [f"{in_ew(grade.effort)} {_BEHIND[at]}" for at, grade in enumerate(graded.grades) if grade.items]
        finished = told("finished", graded.took, "ew", "what it took in all", ("items", f"{len(graded.done)}"))
        figures = (*(effort_figure(grade) for grade in graded.grades if grade.items), finished)
        if said:
            yield Sentence(f"Of {in_ew(graded.took)} that were finished, {series(said)}.", figures)
        elif any(grade.known for grade in graded.grades):
            words = f"Of {in_ew(graded.took)} that were finished, nothing failed a test whose answer is known."
            yield Sentence(words, figures)
        else:
            yield Sentence("Nobody has answered any of the four tests for what was finished.")
    kept = graded.kept
    if kept is not None:
        parts = [
            f"{kept.done.items} {_was(kept.done.items)} done",
            f"{kept.moved.items} moved",
            f"{kept.dropped.items} dropped",
        ]
        yield Sentence(f"Of {many(kept.all.items, 'item')} agreed on, {series(parts)}.", tuple(kept_figures(kept)))


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


#: What the effort of each test is said of.
_BEHIND = (
    "were not in plan at the baseline",
    "are used by two accounts at most, though meant for more",
    "skipped validation",
    "were for a deal that was not won",
)


# ------------------------------------------------------------------ the four tests


def _tests(graded: QuarterGraded) -> PaperPart:
    heading = "Four tests of what was finished"
    if not graded.done:
        return PaperPart(heading, (Sentence("Nothing was finished."),))
    totals = [
        PaperRow(
            (
                grade.name,
                format_ew(float(grade.effort)) if grade.known else _UNKNOWN if grade.unknown else "none had one",
                percent(float(grade.effort / graded.took)) if graded.took and grade.known else "",
                str(len(grade.items)) if grade.known else "",
                str(grade.known),
                str(grade.unknown),
            ),
            tuple(grade_figures(grade, graded.took)),
            bool(grade.items),
        )
        for grade in graded.grades
    ]
    heads = ("test", "ew", "of all", "items", "known of", "not known of")
    rows = sorted(graded.done, key=lambda row: (-_failed(row), -(row.effort or 0.0), row.title))
    items = [
        PaperRow(
            (
                short(row.title, 60),
                format_ew(row.effort) + ("" if row.took is not None else "*") if row.effort is not None else _UNKNOWN,
                *_cells(row),
                short(row.by, 30),
            ),
            item_figures(row),
            bool(_failed(row)),
            _leads_to(row),
        )
        for row in rows
    ]
    about = [
        Sentence(
            "Columns: was it in plan at the baseline; who uses it; was it validated first; how did its deal end. ? is: "
            "not known yet."
        )
    ]
    if graded.as_estimated:
        words = f"* {many(graded.as_estimated, 'item')} as estimated: nobody counted what it took."
        guessed = (row.title for row in graded.done if row.took is None and row.effort is not None)
        about.append(Sentence(words, (counted("as estimated", guessed),)))
    if graded.unsized:
        words = f"Of {many(graded.unsized, 'item')} there is no figure at all, so no total has it."
        about.append(Sentence(words, (counted("no figure", (row.title for row in graded.done if row.effort is None)),)))
    return PaperPart(
        heading,
        tuple(about),
        (
            PaperTable(heads, tuple(totals)),
            PaperTable(("finished", "took", "plan", "users", "validated", "deal", "let in by"), tuple(items)),
        ),
    )


def _failed(row: GradedItem) -> int:
    return sum(bool(test(row)) for _, test, _ in TESTS)


def _cells(row: GradedItem) -> tuple[str, str, str, str]:
    one = row.outcome
    plan = _UNKNOWN if one.planned is None else "planned" if one.planned else "NOT PLANNED"
    users = _UNKNOWN if one.use is None else str(one.users) if one.users is not None else one.use
    users = users.upper() if row.narrow else users
    validated = _UNKNOWN if one.validated is None else "yes" if one.validated else "SKIPPED"
    deal = "" if row.deal is None else "open" if row.deal.outcome is None else row.deal.outcome
    return plan, users, validated, deal.upper() if row.not_won else deal


def _leads_to(row: GradedItem) -> tuple[str, int] | None:
    """What enter opens: the outcome of a row of the record."""
    return ("outcome", row.outcome.id) if row.outcome.id > 0 else None


# ------------------------------------------------------------------ three mixes, and the plan


def _mixes(graded: QuarterGraded) -> PaperPart:
    heading = "Three mixes: the baseline, the last plan, and what it took"
    shown = [(name, mix) for name, mix in graded.mixes if any(part.ew for part in mix.slices)]
    if not shown:
        return PaperPart(heading, (Sentence("No slice of what was finished is on record."),))
    letters = dict.fromkeys(part.letter for _, mix in graded.mixes for part in mix.slices)
    rows = []
    for letter in letters:
        found = [{part.letter: part for part in mix.slices}.get(letter) for _, mix in shown]
        first = next((part for part in found if part is not None and part.ew), None)
        if first is not None:
            cells = [f"{part.said} ({format_ew(part.ew)})" if part is not None else "" for part in found]
            rows.append(
                PaperRow((f"{letter} {first.name}", percent(first.aim), *cells), tuple(mix_figures(shown, letter)))
            )
    missing = [name for name, mix in graded.mixes if not any(part.ew for part in mix.slices)]
    said = ["Shares of effort by slice, with engineer-weeks; an item counts in the slice in which it ended."]
    if missing:
        said.append(f"Nothing is on record of {series(missing)}.")
    heads = ("slice", "aim now", *(name for name, _ in shown))
    return PaperPart(heading, tuple(map(Sentence, said)), (PaperTable(heads, tuple(rows)),), None, tuple(shown))


def _kept_part(kept: Kept | None) -> PaperPart:
    heading = "The plan, and what was kept of it"
    if kept is None:
        return PaperPart(heading, (Sentence("No baseline is on record, so nobody can say what was kept of it."),))

    def row(name: str, fate: Fate, figures: tuple[Figure, ...] = ()) -> PaperRow:
        whole = kept.all.effort
        of_effort = percent(float(fate.effort / whole)) if whole else ""
        cells = (name, str(fate.items), percent(fate.items / kept.all.items), format_ew(float(fate.effort)), of_effort)
        return PaperRow(cells, (*figures, *fate_figures(name, fate, kept)))

    deferred = Fate(kept.moved.items - kept.unfinished.items, kept.moved.effort - kept.unfinished.effort)
    rows = [
        row("done", kept.done, (kept.share,)),
        row("moved: in plan to the end, not finished", kept.unfinished),
        row("moved: deferred", deferred),
        row("dropped", kept.dropped),
        row("in the baseline", kept.all),
    ]
    said = [Sentence("Sizes are those of the baseline. What was not finished was nobody's decision.")]
    tables = [PaperTable(("what became of it", "items", "of items", "ew", "of ew"), tuple(rows))]
    if kept.by:
        by = [row(short(name, 40) or "nobody on record", fate) for name, fate in kept.by]
        tables.append(
            PaperTable(("moved or dropped by the decision of", "items", "of items", "ew", "of ew"), tuple(by))
        )
    return PaperPart(heading, tuple(said), tuple(tables))


# ------------------------------------------------------------------ odds


def _odds(graded: QuarterGraded) -> PaperPart:
    sentences: list[Sentence] = []
    tables: list[PaperTable] = []
    changed = graded.plans_changed
    for name, what, found in (
        ("plans", "plan", graded.plan_odds),
        ("items", "item", graded.item_odds),
    ):
        sentences.append(_odds_sentence(name, what, found))
        if found.bands:
            tables.append(_bands(name, found))
    if changed:
        until = ("until", graded.quarter.name)
        sentences.append(
            Sentence(
                f"Of {many(changed, 'more plan')} nothing can be told: something of {'it' if changed == 1 else 'each'} "
                "was taken out or resized later, by a decision.",
                (told("of which nothing can be told", changed, "count", "plans that a decision changed later", until),),
            )
        )
    sentences.append(
        Sentence(
            "All quarters on record until this one. A plan came true where all that was in it was done by the end of "
            "its quarter; odds of items are those at the baseline, without items that a decision took out."
        )
    )
    return PaperPart("Our odds, graded", tuple(sentences), tuple(tables))


def _odds_sentence(name: str, what: str, found: Calibration) -> Sentence:
    if found.brier is None or found.constant is None:
        return Sentence(
            f"Odds of {name}: {many(found.outcomes, 'outcome')} of the {LEAST_OUTCOMES} that it takes. Nothing can be "
            "said yet.",
            tuple(odds_figures(name, found)),
        )
    bands = [
        f"of {many(band.said, what)} at {band.first} to {band.last}%, {band.came_true} finished" for band in found.bands
    ]
    better = "better" if found.brier < found.constant else "no better"
    words = (
        f"Odds of {name}: Brier score {_score(found.brier)} over {many(found.outcomes, 'outcome')} (0 is perfect), "
        f"{better} than always saying {percent(found.came_true / found.outcomes)}, which scores "
        f"{_score(found.constant)}. That is: {'; '.join(bands)}."
    )
    return Sentence(words, tuple(odds_figures(name, found)))


def _score(value: Fraction) -> str:
    return f"{float(value):.3f}"


def _bands(name: str, found: Calibration) -> PaperTable:
    rows = [
        PaperRow(
            (
                f"{band.first} to {band.last}%",
                str(band.said),
                str(band.came_true),
                percent(float(band.mean)),
                percent(band.came_true / band.said),
            ),
            band_figures(band),
        )
        for band in found.bands
    ]
    return PaperTable((f"odds of {name}", "said", "came true", "said on average", "came true, share"), tuple(rows))


# ------------------------------------------------------------------ askers and deals


def _askers(askers: Sequence[Asker]) -> PaperPart:
    heading = "Askers: what was claimed, confirmed, and what it took"
    if not askers:
        words = "Of no finished item are both known: what its asker claimed, and what it took."
        return PaperPart(heading, (Sentence(words),))
    rows = []
    for each in askers:
        ratio = f"fewer than {LEAST_ASKS}" if each.ratio is None else f"{_times(each.ratio)} times"
        spread = "" if each.least is None or each.most is None else f"{_times(each.least)} to {_times(each.most)}"
        confirmed = "" if each.confirmed is None else format_ew(float(each.confirmed))
        cells = (short(each.name, 40), str(each.asks), format_ew(float(each.claimed)), confirmed)
        rows.append(PaperRow((*cells, format_ew(float(each.took)), ratio, spread), tuple(asker_figures(each))))
    said = (
        f"All quarters on record until this one. Nothing is said of an asker with fewer than {LEAST_ASKS} finished "
        "asks of which both are known."
    )
    heads = ("asked by", "asks", "claimed", "confirmed", "took", "took / claimed", "single asks")
    return PaperPart(heading, (Sentence(said),), (PaperTable(heads, tuple(rows)),))


def _times(value: Fraction) -> str:
    return tenths(value + Fraction(1, 20))


def _deals(rows: Sequence[GradedItem]) -> PaperPart:
    heading = "Deals: what was promised, and how they ended"
    if not rows:
        return PaperPart(heading, (Sentence("No deal stood behind what was in this quarter's plan."),))
    ended = promised_and_ended(rows)
    totals = [
        PaperRow(
            (outcome, str(count), cents(promised), cents(signed) if outcome == "won" else ""),
            deals_figures(outcome, count, promised, signed),
            outcome in ("lost", "withdrawn"),
        )
        for outcome in ("won", "lost", "withdrawn", "open")
        if outcome in ended
        for count, promised, signed in (ended[outcome],)
    ]
    items = []
    odd = []
    for row in rows:
        deal = row.deal
        if deal is None:
            continue
        if deal.before_asked:
            odd.append(row.title)
        items.append(
            PaperRow(
                (
                    short(row.title, 60),
                    _UNKNOWN if deal.amount is None else cents(exact(deal.amount)),
                    deal.closes.isoformat() if deal.closes else _UNKNOWN,
                    deal.outcome or "open",
                    deal.ended.isoformat() if deal.ended else "",
                    cents(exact(deal.signed)) if deal.signed is not None else "",
                ),
                tuple(deal_figures(row)),
                bool(row.not_won),
                _leads_to(row),
            )
        )
    said = []
    if odd:
        titles = series(f"“{short(title, 60)}”" for title in odd)
        said.append(
            Sentence(f"{titles}: the deal is said to have ended before it was asked for; one of the days is wrong.")
        )
    return PaperPart(
        heading,
        tuple(said),
        (
            PaperTable(("deals", "number", "promised", "signed"), tuple(totals)),
            PaperTable(("for", "promised", "to close", "ended", "on", "signed for"), tuple(items)),
        ),
    )


# ------------------------------------------------------------------ what waits


def _reviews(rows: Sequence[ReviewDue]) -> PaperPart:
    heading = "Decisions whose review day has come"
    if not rows:
        return PaperPart(heading, (Sentence("None waits for a review."),))
    lines = tuple(
        PaperRow(
            (
                short(row.line.decision.title, 60),
                row.day.isoformat(),
                short(row.line.decision.decided_by, 30),
                short(row.expected, 120),
                short(row.known, 120),
            ),
            (),
            True,
            ("review", row.line.decision.id),
        )
        for row in rows
    )
    return PaperPart(heading, (), (PaperTable(("decision", "due", "by", "expected", "known now"), lines),))


def _waiting(graded: QuarterGraded) -> PaperPart:
    heading, rows = "Not known yet", graded.waiting
    bare = sum(row.outcome.id < 0 for row in graded.done)
    if bare and not rows:
        words = f"Of {many(bare, 'item')} the record has what it took and nothing else; a file may tell more."
        known = told(
            "nothing else known",
            bare,
            "count",
            "items of a history of estimates and actuals",
            ("in", graded.quarter.name),
        )
        return PaperPart(heading, (Sentence(words, (known,)),))
    if not rows:
        return PaperPart(
            heading, (Sentence("All four answers are known for everything that was finished until this quarter."),)
        )
    lines = tuple(
        PaperRow((short(row.title, 60), row.outcome.quarter, ", ".join(row.lacks)), (), False, _leads_to(row))
        for row in rows[-_LISTED:]
    )
    words = (
        f"{many(len(rows), 'finished item')} of this quarter and earlier ones still lack an answer: makeroom outcome "
        "takes it."
    )
    said = [Sentence(words, (counted("not known yet", (row.title for row in rows)),))]
    if len(rows) > _LISTED:
        said.append(Sentence(f"The last {_LISTED} are listed."))
    return PaperPart(heading, tuple(said), (PaperTable(("finished", "in", "not known"), lines),))
