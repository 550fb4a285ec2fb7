"""The patterns as a report: what one-offs of four quarters have in common, and what answers in general did to asks."""

from __future__ import annotations

from datetime import date

from scenarios.figures.amounts import tenths
from scenarios.figures.figure import Figure, counted, given, told, total
from scenarios.graded.adoption import Adoption, adoption_of
from scenarios.reports.paper import Paper, PaperPart, PaperRow, PaperTable, Sentence
from scenarios.requests.offloads import FEW, TOO_FEW, Offload, offloads_of
from scenarios.requests.patterns import OF_A_KIND, WITHIN_QUARTERS, Pattern, Taken, patterns_of, taken_lately
from store.common.text import many, short
from store.records import Outcome, State

#: Letters of a title in a table.
_TITLE = 60


def patterns_paper(state: State, today: date) -> Paper:
    """The report of a day."""
    taken, patterns = taken_lately(state), patterns_of(state)
    about = f"One-offs that came into plans of {WITHIN_QUARTERS} quarters, the present one included."
    parts = (_patterns(taken, patterns), *map(_one, patterns), _followed(state, offloads_of(state, today)))
    return Paper("Patterns", about, (_headline(taken, patterns),), parts)


def _headline(taken: list[Taken], patterns: tuple[Pattern, ...]) -> Sentence:
    if not taken:
        return Sentence("No one-off was taken in these quarters.")
    words = f"{many(len(taken), 'one-off')} in these quarters"
    if not patterns:
        return Sentence(
            f"{words}: no {OF_A_KIND} of them have something in common that nobody has asked for in general.",
            (counted("one-offs", (row.title for row in taken), f"of which {OF_A_KIND} alike make a pattern"),),
        )
    mine = sum(len(pattern.taken) for pattern in patterns)
    parts = [(pattern.name, pattern.effort) for pattern in patterns]
    known = [figure.value for _, figure in parts if figure.value is not None]
    effort = Figure(
        "one-offs in patterns took",
        total(known) if known else None,
        "ew",
        "sum over the patterns",
        tuple((name, figure.text) for name, figure in parts),
    )
    return Sentence(
        f"{words}, {mine} of them in {many(len(patterns), 'pattern')}, which general answers would have absorbed: "
        f"{effort.text}.",
        (
            effort,
            counted("one-offs", (row.title for row in taken)),
            counted("of them in patterns", (row.title for pattern in patterns for row in pattern.taken)),
            counted("patterns", (pattern.name for pattern in patterns)),
        ),
    )


def _patterns(taken: list[Taken], patterns: tuple[Pattern, ...]) -> PaperPart:
    heading = f"{OF_A_KIND} or more of a kind"
    nothing = sum(row.kind is None for row in taken)
    unknown = f" {nothing} of {len(taken)} have no kind on record, and are compared by their titles." if nothing else ""
    kinds = (
        counted("of no kind on record", (row.title for row in taken if row.kind is None)),
        counted("one-offs", (row.title for row in taken)),
    )
    if not patterns:
        return PaperPart(heading, (Sentence(f"None.{unknown}", kinds if nothing else ()),))
    rows = tuple(
        PaperRow(
            (
                short(pattern.name, _TITLE),
                f"{len(pattern.taken)}",
                pattern.effort.text,
                pattern.alike,
                pattern.accounts_words,
            ),
            (pattern.effort, counted("one-offs", (row.title for row in pattern.taken))),
            about=("pattern", at),
        )
        for at, pattern in enumerate(patterns)
    )
    said = Sentence(
        "Each is a general request that nobody has made yet; asked for, it competes as any other." + unknown,
        kinds if nothing else (),
    )
    return PaperPart(heading, (said,), (PaperTable(("pattern", "one-offs", "in all", "they are", "for"), rows),))


def _one(pattern: Pattern) -> PaperPart:
    rows = tuple(
        PaperRow(
            (
                short(row.title, _TITLE),
                short(row.quarter, 20),
                given(row.effort, "ew"),
                ", ".join(short(name, 40) for name in row.accounts) or "not known",
            ),
            (told("took", row.effort, "ew", "what it took, else its likely size", ("quarter", row.quarter)),),
        )
        for row in pattern.taken
    )
    table = PaperTable(("one-off", "quarter", "took, or its size", "for"), rows)
    return PaperPart(f"{short(pattern.name, _TITLE)}: {len(rows)} {pattern.alike}", (), (table,))


def _followed(state: State, found: tuple[Offload, ...]) -> PaperPart:
    heading = "General answers, and the asks since"
    if not found:
        return PaperPart(heading, (Sentence("No card says that its item offloads anything."),))
    said = Sentence(
        "Asks of the kind, or alike, in the twelve months before the answer shipped, as far as the record goes, and "
        f"since. Under {TOO_FEW} asks nothing is said; under {FEW} it is a hint."
    )
    rows = tuple(
        PaperRow(
            (
                short(row.item.title, _TITLE),
                short(row.what, _TITLE),
                row.shipped.isoformat() if row.shipped else "not yet" if row.item.state != "done" else "not known",
                *(
                    (f"{row.asked_before} ({_rate(row.before)})", f"{row.asked_since} ({_rate(row.since)})")
                    if row.shipped
                    else (f"{row.asked_before} so far", "")
                ),
            ),
            _asks(row),
        )
        for row in found
    )
    table = PaperTable(("answer", "offloads", "shipped", "asks before", "since"), rows)
    adoption = {row.outcome.item_id: row for row in adoption_of(state, state.each(Outcome))}
    verdicts = tuple(_verdict(row, adoption.get(row.item.id)) for row in found)
    return PaperPart(heading, (said, *verdicts), (table,))


def _verdict(row: Offload, adoption: Adoption | None) -> Sentence:
    """What it did to the asks, and who adopted it: shipped is not done."""
    words = f"{short(row.item.title, _TITLE)}: {row.words}."
    if adoption is None:
        return Sentence(words, _asks(row))
    return Sentence(f"{words} Adopted: {adoption.words}.", (*_asks(row), adoption.share))


def _asks(row: Offload) -> tuple[Figure, ...]:
    kind = ("asks of", short(row.what, _TITLE))
    before = told("asks before", row.asked_before, "count", "asked before it shipped, or so far", kind)
    if not row.shipped:
        return (before,)
    return row.before, row.since, before, told("asks since", row.asked_since, "count", "asked since it shipped", kind)


def _rate(figure: Figure) -> str:
    return f"{tenths(figure.value)} a quarter" if figure.value is not None else "too short to tell"
