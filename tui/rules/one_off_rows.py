"""The one-offs of a quarter as rows: the share, the purse and what it bought, three of a kind, the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure
from scenarios.figures.sizes import format_ew
from scenarios.requests.patterns import Pattern
from scenarios.rules.charter import charter_of, holder_words
from scenarios.rules.one_off_quarters import OneOffs
from scenarios.rules.one_offs import OneOff, ledger_words
from store.records import Item, State
from tui.rules.one_off_bands import gauge_words
from tui.widgets.keys import key_named
from tui.widgets.section_table import Cell, SectionRow


def one_off_rows(state: State, shown: OneOffs, patterns: Sequence[Pattern] = ()) -> list[SectionRow]:
    """All of it, in its order."""
    rows = [SectionRow("heading", heading="BUDGET"), *_budget_rows(state, shown)]
    if patterns:
        rows += [SectionRow("heading", heading="THREE OF A KIND"), *map(_pattern_row, enumerate(patterns))]
    words = f"LEDGER {shown.quarter.name}   {ledger_words(shown.ledger)}"
    rows.append(
        SectionRow("heading", heading=words, cells=_columns("for", "asked by", "kind", "size", "return", "", ""))
    )
    if not shown.ledger:
        rows.append(SectionRow("none", cells=(Cell("no one-off was asked for or decided", tone="muted"),)))
    least = exact(charter_of(state).least_return)
    return [*rows, *(_ledger_row(row, least) for row in shown.ledger)]


def _budget_rows(state: State, shown: OneOffs) -> list[SectionRow]:
    gauge, purse = shown.gauge, shown.purse
    count, effort = purse.figures(state.all(Item))
    over = len(purse.picks) > purse.most_count or purse.effort > purse.most_effort
    holder = holder_words(state, "one-off")
    spent = (
        f"spent by {holder} alone"
        if holder
        else f"nobody holds it: {key_named('board.charter')} grants the right to a role"
    )
    about = (
        f"The purse buys at most {purse.most_count} one-offs and {format_ew(float(purse.most_effort))} ew a quarter, "
        f"{spent}. What left the plan is back in it."
    )
    bands = "To 10% within budget, to 15% over budget, to 20% juggling, to 30% struggling, above that off the road."
    rows = [
        SectionRow(
            "share",
            cells=(Cell("One-off share", 24), Cell(f"{gauge.share.text}   {gauge.band if gauge.share.known else ''}")),
            title=gauge_words(gauge),
            said=(bands,),
            warns=gauge.over,
            figures=(gauge.share,),
        ),
        SectionRow(
            "purse count",
            cells=(Cell("Purse, one-offs", 24), Cell(f"{len(purse.picks)} of {purse.most_count}   {spent}")),
            title=f"The purse has bought {purse.words}",
            said=(about,),
            warns=over or not holder,
            figures=(count,),
        ),
        SectionRow(
            "purse effort",
            cells=(
                Cell("Purse, effort", 24),
                Cell(f"{format_ew(float(purse.effort))} of {format_ew(float(purse.most_effort))} ew"),
            ),
            title=f"The purse has bought {purse.words}",
            said=(about,),
            warns=over,
            figures=(effort,),
        ),
    ]
    for pick in purse.picks:
        title = state.all(Item)[pick.item_id].title
        figure = Figure(
            f"“{title}” out of the purse",
            exact(pick.effort),
            "ew",
            "its likely size when it was bought",
            (("spent by", pick.who),),
        )
        cells = (
            Cell(f"  bought by {pick.who}", 24),
            Cell(title),
            Cell(f"{format_ew(pick.effort)} ew", 9, align="right"),
        )
        said = (f"Out of the purse by {pick.who}, {format_ew(pick.effort)} ew at the time.",)
        rows.append(SectionRow("pick", pick.id, cells, title=title, said=said, figures=(figure,)))
    return rows


def _pattern_row(numbered: tuple[int, Pattern]) -> SectionRow:
    at, pattern = numbered
    count = len(pattern.taken)
    titles = "; ".join(f"{row.title} ({row.quarter})" for row in pattern.taken)
    asks = f"{key_named('one-offs.open')} asks for “{pattern.title}”"
    return SectionRow(
        "pattern",
        at,
        (
            Cell(f"{pattern.name}: {count} within four quarters"),
            Cell(f"{asks}, which would have absorbed {pattern.effort.text}"),
        ),
        title=f"{count} one-offs {pattern.alike} within four quarters: {pattern.name}",
        said=(f"One platform item would have absorbed {pattern.effort.text}: {titles}.",),
        figures=(pattern.effort,),
    )


def _ledger_row(row: OneOff, least: Fraction) -> SectionRow:
    item = row.entry.item
    size = f"{format_ew(float(row.effort))} ew" if row.entry.sized else "size?"
    low = row.ratio.value is not None and row.ratio.value < least
    # "not known" is said in the panel, and why; a column of it would drown what is known.
    ratio = row.ratio.text if row.ratio.known else "?"
    customer = row.whose
    purse = f", out of the purse by {row.pick.who}" if row.pick is not None else ""
    by = f"Asked by {row.asked_by or 'nobody named'}" + (f" for {customer}" if customer else "")
    said = [f"{by}: {row.kind or 'no kind given'}, {size}, returns {row.ratio.text}, {row.state}{purse}."]
    if row.said is not None:
        who, why = row.said.decision.decided_by or "nobody named", row.said.decision.because or "no reason given"
        said.append(f"{row.said.outcome} by {who}: {why}")
    where = row.state + (" $" if row.pick is not None else "")
    tone = "worse" if low else "text"
    cells = (Cell(item.title), *_columns(customer, row.asked_by, row.kind or "", size, ratio, where, tone))
    return SectionRow("one-off", item.id, cells, title=item.title, said=tuple(said))


def _columns(customer: str, asked_by: str, kind: str, size: str, ratio: str, where: str, tone: str) -> tuple[Cell, ...]:
    """The columns of the ledger after the title; ``tone`` is the return's, muted ones are a heading's."""
    plain = "text" if tone else "muted"
    return (
        Cell(customer, 18, "muted", least=118),
        Cell(asked_by, 14, "muted", least=100),
        Cell(kind, 22, "muted", least=140),
        Cell(size, 8, plain, "right"),
        Cell(ratio, 10, tone or plain, "right"),
        Cell(where, 15, plain),
    )
