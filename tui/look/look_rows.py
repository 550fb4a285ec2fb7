"""The rows of a first look: quarters as bars, accounts, what was not planned, lead times, rules, what no rule says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.figures.amounts import cents, exact, percent
from scenarios.look.figures import account_figure, lead_figure, period_figures, rule_figure
from scenarios.look.first_look import FirstLook, Lead, Period
from scenarios.look.words import (
    NO_RULE,
    REVENUE_UNKNOWN,
    amount_words,
    bare_amount,
    days_words,
    issues_words,
    rule_words,
    shown_quarters,
    sources_of,
    tables_of,
)
from tui.widgets.section_table import Cell, SectionRow

#: Cells of an amount, of a count and of samples, and the width below which a column is left out.
_AMOUNT, _COUNT, _SAMPLES, _WIDE = 12, 12, 46, 90
#: The kind of the row that names the slices over the bars.
LEGEND = "legend"


def look_rows(look: FirstLook) -> list[SectionRow]:
    """All rows, a heading before each section."""
    return [*_quarters(look), *_rules(look), *_unmatched(look), *_accounts(look), *_leads(look), *_sources(look)]


def _heading(look: FirstLook, at: int, *cells: Cell) -> SectionRow:
    """The heading of one of the tables that reports have, too."""
    return SectionRow("heading", at, cells, heading=[*tables_of(look)][at].heading)


def _quarters(look: FirstLook) -> Iterator[SectionRow]:
    yield SectionRow(LEGEND, 0, heading=_heading(look, 0).heading)
    for at, period in enumerate((*shown_quarters(look), look.total)):
        yield SectionRow(
            "quarter" if period.number is not None else "total",
            at,
            title=f"{period.name}: {amount_words(period.amount, look.unit)} of {issues_words(period.issues)}",
            said=tuple(_said_of(look, period)),
            figures=period_figures(look, period),
        )


def _said_of(look: FirstLook, period: Period) -> Iterator[str]:
    shares = (f"{letter or NO_RULE} {percent(period.share(letter))}" for letter in look.letters)
    yield f"{', '.join(shares)}{f'. One-offs: {period.band}' if period.band else ''}." if period.amount else "Nothing."
    found = period.unplanned
    if found.known and found.share is not None:
        yield (
            f"Not planned: {percent(found.share)} ({issues_words(found.issues)} of the {found.known:,} of which both "
            "days are known) was created after the first day of the quarter and finished in it."
        )
    yield f"{', '.join(f'{letter} {name}' for letter, name in look.slices if letter in look.letters)}."


def _rules(look: FirstLook) -> Iterator[SectionRow]:
    heads = Cell("issues", _COUNT, "muted", "right"), *_amount(look.unit, look, "muted")
    yield _heading(look, 4, *heads, Cell("such as", _SAMPLES, "muted", least=_WIDE))
    idle = []
    for at, row in enumerate(look.rules):
        if row.rule is not None and not row.issues and not row.rule.own:
            idle.append(row.rule.text)
            continue
        tone = "text" if row.issues else "muted"
        said = f"Such as: {'; '.join(row.samples)}" if row.samples else "It matches nothing, or rules before it do."
        own = "" if row.rule is None or row.rule.own else " (a usual one)"
        yield SectionRow(
            "rule",
            at,
            (
                Cell(rule_words(row.rule), 0, tone),
                Cell(f"{row.issues:,}", _COUNT, tone, "right"),
                *_amount(bare_amount(row.amount, look.unit), look, tone),
                Cell("; ".join(row.samples[:2]), _SAMPLES, "muted", least=_WIDE),
            ),
            title=f"{rule_words(row.rule)}{own}: {issues_words(row.issues)}, {amount_words(row.amount, look.unit)}",
            said=(said, "The first rule that matches counts."),
            figures=(rule_figure(look, row),),
        )
    if idle:
        words = f"{len(idle):,} usual rule{'' if len(idle) == 1 else 's'} match{'es' if len(idle) == 1 else ''} nothing"
        yield SectionRow("idle", 0, (Cell(words, 0, "muted"),), title=words, said=(", ".join(idle),))


def _amount(words: str, look: FirstLook, tone: str) -> tuple[Cell, ...]:
    """The column of amounts; none where issues are counted, of which there is a column anyway."""
    return () if look.unit == "issues" else (Cell(words, _AMOUNT, tone, "right", _WIDE),)


def _unmatched(look: FirstLook) -> Iterator[SectionRow]:
    found = look.unmatched
    words = amount_words(found.amount, look.unit)
    counts = (issues_words(found.issues), *((words,) if look.unit != "issues" else ()))
    said = f": {', '.join(counts)}" if found.issues else ": every issue has a slice"
    yield SectionRow("heading", 5, heading=f"{_heading(look, 5).heading}{said}")
    for at, (kind, count) in enumerate(found.hints):
        yield SectionRow(
            "hint",
            at,
            (Cell(kind), Cell(f"{count:,}", _COUNT, "text", "right")),
            title=f"{kind}: {issues_words(count)} without a rule",
            said=("Enter makes a rule of it.",),
        )
    for at, title in enumerate(found.samples):
        yield SectionRow(
            "sample", at, (Cell(title, 0, "muted"),), title=title, said=("No rule says where it belongs.",)
        )


def _accounts(look: FirstLook) -> Iterator[SectionRow]:
    heads = Cell("issues", _COUNT, "muted", "right"), *_amount(look.unit, look, "muted")
    yield _heading(look, 1, *heads, Cell("revenue a year", 18, "muted", "right"))
    if not look.accounts:
        yield SectionRow("none", 1, (Cell([*tables_of(look)][1].about[0], 0, "muted"),), title="No account is named")
    for at, row in enumerate(look.accounts):
        revenue = REVENUE_UNKNOWN if row.revenue is None else cents(exact(row.revenue))
        share = percent(row.amount / look.total.amount) if look.total.amount else "0%"
        yield SectionRow(
            "account",
            at,
            (
                Cell(row.name),
                Cell(f"{row.issues:,}", _COUNT, "text", "right"),
                *_amount(bare_amount(row.amount, look.unit), look, "text"),
                Cell(revenue, 18, "text" if row.revenue is not None else "muted", "right"),
            ),
            title=f"{row.name}: {amount_words(row.amount, look.unit)} of {issues_words(row.issues)}, {share} of all",
            said=(
                f"One-offs among them: {amount_words(row.one_offs, look.unit)}. {revenue}"
                f"{' a year' if row.revenue is not None else ''}.",
                "An issue that names several accounts counts for each of them.",
            ),
            figures=(account_figure(look, row),),
        )


def _leads(look: FirstLook) -> Iterator[SectionRow]:
    heads = Cell("issues", _COUNT, "muted", "right"), Cell("median", _AMOUNT, "muted", "right")
    yield _heading(look, 3, *heads, Cell("85% within", _AMOUNT, "muted", "right"))
    names = dict(look.slices)
    rows = [(f"{letter} {names[letter]}", lead) for letter, lead in look.lead_by_slice]
    for at, (name, lead) in enumerate((*rows, ("all", look.lead))):
        half, most = _days(lead)
        yield SectionRow(
            "lead",
            at,
            (
                Cell(name),
                Cell(f"{lead.issues:,}", _COUNT, "text", "right"),
                Cell(half, _AMOUNT, "text", "right"),
                Cell(most, _AMOUNT, "text", "right"),
            ),
            title=f"Lead time, {name}",
            said=(f"Of {issues_words(lead.issues)} with both days: median {half}, 85% within {most}.",),
            figures=(lead_figure(name, lead),),
        )


def _days(lead: Lead) -> tuple[str, str]:
    if lead.half is None or lead.most is None:
        return "too few", "too few"
    return days_words(lead.half), days_words(lead.most)


def _sources(look: FirstLook) -> Iterator[SectionRow]:
    yield SectionRow("heading", 6, heading="Where it comes from")
    for at, sentence in enumerate(sources_of(look)):
        yield SectionRow("source", at, (Cell(sentence, 0, "muted"),), title="Where it comes from", said=(sentence,))


def quarters_in(look: FirstLook) -> Sequence[Period]:
    """The quarters of the rows, in their order, all of them last."""
    return (*shown_quarters(look), look.total)
