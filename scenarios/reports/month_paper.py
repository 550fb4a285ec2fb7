"""The month as a report: eleven parts in their order; what is empty says so in a line."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.accounts.revenue import revenue_figure
from scenarios.figures.amounts import cents, exact, odds_percent, share_percent
from scenarios.figures.figure import Figure, counted, told, written
from scenarios.figures.sizes import format_ew
from scenarios.month.between import Share
from scenarios.month.escalations import EscalationCount, by_source, median_days
from scenarios.month.month import Changed, Month, UnderWay
from scenarios.month.trend import QuarterTrend
from scenarios.plan.mix import ONE_OFF
from scenarios.reports.paper import Paper, PaperBars, PaperPart, PaperRow, PaperTable, Sentence
from scenarios.reports.why.month_figures import (
    changed_figures,
    escalation_figure,
    share_figures,
    slice_figure,
    trend_figures,
)
from scenarios.rules.charter_words import STANCES
from scenarios.rules.commitments import WHERE, Promise
from scenarios.rules.old_versions import fee_times
from scenarios.rules.one_off_quarters import figures_of
from store.common.text import many, short
from store.records import State

#: The parts that a board of directors gets.
BOARD = (1, 4, 5, 7)
_TITLE, _NAME = 60, 30


def month_paper(state: State, month: Month) -> Paper:
    """The report of a month; ``state`` is the one that it was made of."""
    parts = {
        1: PaperPart("1. What it comes to", tuple(_headline(month)), first=True),
        2: _under_way(state, month),
        3: _pending(month),
        4: _postponed(month),
        5: _waits(month),
        6: _between(month),
        7: _trend(month),
        8: _standing(month),
        9: _credit(month),
        10: _old_versions(month),
        11: _escalated(month),
    }
    shown = BOARD if month.audience == "board" else tuple(parts)
    about = (
        f"{state.quarter.name}, from {month.since.isoformat()} to {month.today.isoformat()}, for "
        f"{'the board' if month.audience == 'board' else 'executives'}. Efforts are in engineer-weeks (ew)."
    )
    return Paper("The month", about, (), tuple(parts[number] for number in shown))


# ------------------------------------------------------------------ 1


def _headline(month: Month) -> Iterator[Sentence]:
    share, target = month.gauge.share, exact(month.target)
    odds = Figure(
        "odds",
        exact(month.odds),
        "odds",
        "share of simulated quarters in which all that is in plan gets done",
        (("target", written(target, "odds")),),
    )
    band = f" ({month.gauge.band})" if share.known else ""
    if month.gauge.ceiling is not None and month.gauge.over:
        band = f" ({month.gauge.band}, above the ceiling of {written(month.gauge.ceiling, 'share')})"
    against = odds_percent(month.odds, month.target)
    met = "at or above" if month.odds >= month.target else "below"
    yield Sentence(
        f"One-offs are {share.text} of the plan{band}; the odds are {against}, {met} the target of "
        f"{odds_percent(month.target, month.target)}.",
        (share, odds),
    )
    if month.stance:
        yield Sentence(STANCES[month.stance])
    yield Sentence(_changed_words(month, month.changed), changed_figures(month))


def _changed_words(month: Month, changed: Changed) -> str:
    what = (
        f"{many(changed.decisions, 'decision')}, {many(changed.came, 'item')} came into plan and "
        f"{many(changed.left, 'item')} left it"
        if changed.decisions
        else "nothing was decided"
    )
    if changed.last is None:
        return f"Since {month.since.isoformat()} {what}; no report before is on record."
    before = changed.last
    then = []
    if before.one_offs is not None:
        then.append(f"one-offs were {share_percent(before.one_offs)}")
    if before.odds is not None:
        then.append(f"the odds {odds_percent(before.odds, month.target)}")
    said = f"; then, {' and '.join(then)}" if then else ""
    return f"Since the report of {before.at.date().isoformat()} {what}{said}."


# ------------------------------------------------------------------ 2 and 3


def _under_way(state: State, month: Month) -> PaperPart:
    heading = "2. One-offs under way"
    if not month.under_way:
        return PaperPart(heading, (Sentence("No one-off is in plan."),))
    heads = (
        "one-off", "account", "deal", "asked by", "signed by", "size", "spent", "promised for", "return on full cost",
    )  # fmt: skip
    rows = tuple(PaperRow(_one_off_cells(row), figures_of(state, row.one_off.entry.item.id)) for row in month.under_way)
    return PaperPart(heading, (), (PaperTable(heads, rows),))


def _one_off_cells(row: UnderWay) -> tuple[str, ...]:
    one = row.one_off
    return (
        short(one.entry.item.title, _TITLE),
        short(one.whose, _NAME) or "nobody named",
        row.stage or "not known",
        short(one.asked_by, _NAME) or "nobody named",
        short(row.signed_by, _NAME) or "nobody",
        f"{format_ew(one.entry.ew)} ew",
        f"{format_ew(one.entry.spent)} ew" if one.entry.started else "not begun",
        row.promised.isoformat() if row.promised else "no day",
        one.ratio.text,
    )


def _pending(month: Month) -> PaperPart:
    heading = "3. Commitments pending"
    levels = _levels(month)
    if not month.pending:
        return PaperPart(heading, (Sentence("Nothing that was promised is still to be done."), *levels))
    outside = sum(row.open for row in month.pending)
    words = (
        f"{outside} of {many(len(month.pending), 'commitment')} {'is' if outside == 1 else 'are'} not in plan: "
        f"{'it stands' if outside == 1 else 'they stand'} first."
        if outside
        else f"All {many(len(month.pending), 'commitment')} are in plan."
        if len(month.pending) > 1
        else "The one commitment is in plan."
    )
    rows = tuple(PaperRow(_promise_cells(row, month), (), row.open or row.past(month.today)) for row in month.pending)
    heads = ("what", "to", "by", "kind", "where it is")
    counts = (
        counted("commitments not in plan", (row.item.title for row in month.pending if row.open)),
        counted("commitments pending", (row.item.title for row in month.pending)),
    )
    return PaperPart(heading, (Sentence(words, counts), *levels), (PaperTable(heads, rows),))


def _levels(month: Month) -> tuple[Sentence, ...]:
    """What was promised of how the product runs, where anything was."""
    found = month.levels
    if not found.rows:
        return ()
    missed = [
        f"{short(account.name, _NAME)}, {short(row.target, _TITLE)}" for account, row in found.rows if row.met is False
    ]
    named = f" Missed: {'; '.join(missed)}." if missed else ""
    return (Sentence(f"Service levels promised: {found.words}.{named}", found.figures),)


def _promise_cells(row: Promise, month: Month) -> tuple[str, ...]:
    made = row.commitment
    where = WHERE[row.item.state] + (", its day is past" if row.past(month.today) else "")
    return (
        short(row.item.title, _TITLE),
        short(made.who, _NAME) or "nobody named",
        made.due.isoformat() if made.due else "no day",
        made.kind,
        where,
    )


# ------------------------------------------------------------------ 4 and 5


def _postponed(month: Month) -> PaperPart:
    heading = "4. What was postponed in their place"
    back = f" {many(month.back, 'item')} that left {'is' if month.back == 1 else 'are'} in plan again, or done."
    since = ("since", month.since.isoformat())
    returned = (told("back", month.back, "count", "items that left and are in plan again, or done", since),)
    if not month.postponed:
        words = f"Nothing left the plan since {month.since.isoformat()} and stayed out."
        return PaperPart(heading, (Sentence(words + (back if month.back else ""), returned if month.back else ()),))
    whole = sum((exact(row.ew) for row in month.postponed), exact(0.0))
    figure = Figure(
        "postponed",
        whole,
        "ew",
        "sum of the likely sizes when they left",
        tuple((row.item.title, f"{format_ew(row.ew)} ew") for row in month.postponed),
    )
    words = f"{many(len(month.postponed), 'item')} of {figure.text} left the plan and stayed out."
    heads = ("postponed", "ew", "displaced by", "decided", "by whom", "to when")
    rows = tuple(
        PaperRow(
            (
                short(row.item.title, _TITLE),
                format_ew(row.ew),
                short(row.displaced_by, _TITLE) or f"nothing: {row.decision.kind}",
                f"{row.decision.at.date().isoformat()}, {row.decision.kind}",
                short(row.decision.decided_by, _NAME) or "nobody named",
                row.when,
            ),
            (told("size when it left", exact(row.ew), "ew", "its likely size then", ("item", row.item.title)),),
        )
        for row in month.postponed
    )
    figures = (figure, counted("postponed", (row.item.title for row in month.postponed)), *returned)
    return PaperPart(heading, (Sentence(words + (back if month.back else ""), figures),), (PaperTable(heads, rows),))


def _waits(month: Month) -> PaperPart:
    heading, waits = "5. Who waits for it", month.waits
    if not waits.rows:
        return PaperPart(heading, (Sentence("No account is known to wait for what was postponed."),))
    words = (
        f"{many(len(waits.rows), 'account')}{waits.with_revenue}, each counted once: {waits.renewing_words()} from "
        f"{waits.since.isoformat()} to {waits.until.isoformat()}."
    )
    rows = tuple(
        PaperRow(
            (
                short(row.customer.name, _NAME),
                short("; ".join(item.title for item in row.items), 2 * _TITLE),
                row.renews.isoformat() if row.renews else "no day",
                "unknown" if row.customer.arr is None else cents(exact(row.customer.arr)),
                "renews within" if row.counts else "",
            ),
            (revenue_figure(row.customer),),
        )
        for row in waits.rows
    )
    heads = ("account", "waits for", "renews", "a year", "the charter's days")
    figures = (
        waits.at_renewal,
        waits.revenue,
        counted("accounts that wait", (row.customer.name for row in waits.rows)),
    )
    return PaperPart(heading, (Sentence(words, figures),), (PaperTable(heads, rows),))


# ------------------------------------------------------------------ 6 and 7


def _between(month: Month) -> PaperPart:
    heading, between = "6. Interrupts", month.between
    if not between.number:
        words = f"No interrupt is on record from {month.since.isoformat()} to {month.today.isoformat()}."
        return PaperPart(heading, (Sentence(words),))
    cost = f", {between.cost.text} at the charter's rate" if between.cost.known else "; the charter has no rate per ew"
    most = ""
    if between.slice is not None:
        letter, effort = between.slice
        most = f" Slice {letter} was interrupted most ({written(effort, 'ew')})."
    words = f"{many(between.number, 'interrupt')} took {between.effort.text}{cost}.{most}"
    bars = PaperBars(
        "Per week, from its Monday on:",
        tuple(
            (week.name, float(week.effort), f"{written(week.effort, 'ew')} ({week.number})") for week in between.by_week
        ),
        figures=tuple(map(share_figures, between.by_week)),
    )
    tables = (_shares("team", between.by_team), _shares("for, or asked by", between.by_source))
    since = ("since", month.since.isoformat())
    figures = [between.effort, between.cost, told("interrupts", between.number, "count", "told of", since)]
    if between.slice is not None:
        letter, effort = between.slice
        figures.append(slice_figure(letter, effort))
    return PaperPart(heading, (Sentence(words, tuple(figures)),), tables, bars)


def _shares(head: str, shares: tuple[Share, ...]) -> PaperTable:
    rows = tuple(
        PaperRow((short(row.name, _NAME), f"{row.number}", written(row.effort, "ew")), share_figures(row))
        for row in shares
    )
    return PaperTable((head, "interrupts", "took"), rows)


def _trend(month: Month) -> PaperPart:
    heads = ("quarter", "one-offs", "band", "plan kept", "odds at baseline", "odds at the end", "interrupts")
    rows = tuple(
        PaperRow(_trend_cells(row), (row.one_offs, row.kept, *trend_figures(row), row.interrupts))
        for row in month.trend
    )
    known = [row for row in month.trend if row.one_offs.value is not None]
    bars = None
    if len(known) > 1:
        bars = PaperBars(
            "One-off share:",
            tuple((row.name, float(row.one_offs.value or 0), row.one_offs.text) for row in known),
            ONE_OFF,
            tuple((row.one_offs,) for row in known),
        )
    tables = [PaperTable(heads, rows)]
    if month.debts:
        debts = tuple(
            PaperRow(
                (f"{row.slice.letter} {row.slice.name}", row.debt.text, short(row.slice.owner, _NAME) or "nobody"),
                (row.debt,),
            )
            for row in month.debts
        )
        tables.append(PaperTable(("slice below its aim", "summed over quarters", "its owner"), debts))
        words = "Slice debt is what a slice got less than its aim, by the present aims."
    else:
        words = "No slice got less than its aim over these quarters."
    return PaperPart("7. Trend", (Sentence(words),), tuple(tables), bars)


def _trend_cells(row: QuarterTrend) -> tuple[str, ...]:
    kept = "no baseline" if not row.items else f"{row.kept.text}, {row.done} of {row.items}"
    last = "not known" if row.odds_last is None else odds_percent(row.odds_last)
    return (
        short(row.name, _NAME),
        row.one_offs.text,
        row.band,
        kept if row.over or not row.items else f"{kept} so far",
        "not known" if row.odds_first is None else odds_percent(row.odds_first),
        last if row.over or row.odds_last is None else f"{last} now",
        row.interrupts.text if row.interrupts.known else "none told",
    )


# ------------------------------------------------------------------ 8 to 11


def _standing(month: Month) -> PaperPart:
    sentences = [Sentence(f"{row.sentence}.", row.figures) for row in month.standing] or [
        Sentence("No exception stands.")
    ]
    if month.reviews:
        sentences += [
            Sentence(f"Review due since {row.day.isoformat()}: {short(row.line.decision.title, 2 * _TITLE)}.")
            for row in month.reviews
        ]
    elif not month.adoption and not any(row.due for row in month.standing):
        sentences.append(Sentence("No review is due."))
    sentences += [
        Sentence(f"Shipped is not done: {short(row.due_words, 3 * _TITLE)}.", (row.share,)) for row in month.adoption
    ]
    return PaperPart("8. Exceptions that stand, reviews due", tuple(sentences))


def _credit(month: Month) -> PaperPart:
    heading = "9. Quota credit"
    if not month.credited:
        return PaperPart(heading, (Sentence("The charter has no rates of quota credit."),))
    if not month.credit:
        words = f"No deal is known to have been won from {month.since.isoformat()} to {month.today.isoformat()}."
        return PaperPart(heading, (Sentence(words),))
    rows = tuple(
        PaperRow(
            (short(row.asked_by, _NAME), f"{row.deals}", row.signed.text, row.one_offs.text, row.credit.text),
            (
                row.credit,
                row.signed,
                row.one_offs,
                told("deals won", row.deals, "count", "asked for by them, and won", ("since", month.since.isoformat())),
            ),
            not row.credit.known,
        )
        for row in month.credit
    )
    words = (
        "Of deals that were won: what was signed less what the one-off costs in full, and that cost, each at the "
        "charter's rate."
    )
    heads = ("asked by", "deals won", "signed", "one-offs cost", "credit")
    return PaperPart(heading, (Sentence(words),), (PaperTable(heads, rows),))


def _old_versions(month: Month) -> PaperPart:
    heading, found = "10. Old versions still supported", month.old_versions
    if not found.rows:
        return PaperPart(heading, (Sentence("No old version is listed."),))
    cost = f", {found.cost.text} at the charter's rate" if found.cost.known else ""
    takes = f"take {found.upkeep.text} a quarter{cost}" if found.upkeep.known else "take nobody knows how much"
    if len(found.rows) == 1:
        takes = takes.replace("take ", "takes ", 1)
    on = f"; customers on them: {found.customers.text}" if found.customers.known else ""
    words = f"{many(len(found.rows), 'old version')} {takes}{on}."
    rows = tuple(
        PaperRow(
            (
                short(row.name, _NAME),
                f"{row.back}",
                "not known" if row.upkeep is None else f"{format_ew(row.upkeep)} ew",
                "not known" if row.customers is None else f"{row.customers:,}",
                f"x{fee_times(row):,}",
            ),
            (
                told(
                    "support fee", fee_times(row), "times", "doubled with every version back", ("back", f"{row.back}")
                ),
                found.upkeep,
                found.cost,
                found.customers,
            ),
        )
        for row in found.rows
    )
    heads = ("version", "back", "a quarter", "customers", "support fee")
    figures = (found.upkeep, found.cost, found.customers, counted("old versions", (row.name for row in found.rows)))
    return PaperPart(heading, (Sentence(words, figures),), (PaperTable(heads, rows),))


def _escalated(month: Month) -> PaperPart:
    heading, rows = "11. Escalations", month.escalated
    if not rows:
        return PaperPart(heading, (Sentence(f"No request was escalated since {month.since.isoformat()}."),))
    days = median_days(rows)
    answered = sum(row.answer is not None for row in rows)
    took = f"; the median answer took {days:.1f} days" if days is not None else ""
    desks = "was escalated" if len(rows) == 1 else "were escalated"
    words = f"{many(len(rows), 'request')} {desks}, {answered} answered{took}."
    figure = Figure(
        "median days to an answer",
        None if days is None else exact(days),
        "count",
        "middle of the days from an escalation to the first decision about its item",
        tuple((row.item.title, "no answer yet" if row.days is None else f"{row.days:.1f} days") for row in rows),
    )
    listed = tuple(
        PaperRow(
            (
                short(row.item.title, _TITLE),
                row.row.at.date().isoformat(),
                short(row.row.by_whom, _NAME) or "nobody named",
                short(row.row.to_whom, _NAME) or "nobody named",
                row.answer or "no answer yet",
                short(row.row.chose, _TITLE),
            ),
            (figure,),
            row.answer is None,
        )
        for row in rows
    )
    sources = tuple(map(_escalation_count, by_source(rows)))
    tables = [
        PaperTable(("request", "on", "by", "to", "how it ended", "Sales chose"), listed),
        PaperTable(("carried by", "escalations", "answered"), sources),
    ]
    quarters = month.escalations_by_quarter
    if len(quarters) > 1:
        trend = tuple(map(_escalation_count, quarters))
        tables.append(PaperTable(("quarter", "escalations", "answered"), trend))
    counts = (
        counted("escalated", (row.item.title for row in rows)),
        counted("answered", (row.item.title for row in rows if row.answer is not None)),
    )
    return PaperPart(heading, (Sentence(words, (figure, *counts)),), tuple(tables))


def _escalation_count(row: EscalationCount) -> PaperRow:
    return PaperRow((short(row.name, _NAME), f"{row.number}", f"{row.answered}"), (escalation_figure(row),))
