"""The figures behind the counts that the report of the month tells, so that each answers where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, told
from scenarios.month.between import Share
from scenarios.month.escalations import EscalationCount
from scenarios.month.month import Month
from scenarios.month.trend import QuarterTrend


def changed_figures(month: Month) -> tuple[Figure, ...]:
    """Of what changed since the last report, or since a day."""
    changed = month.changed
    since = ("since", f"{changed.last.at if changed.last is not None else month.since:%Y-%m-%d}")
    found = [
        told("decisions", changed.decisions, "count", "decisions on record since", since),
        told("came into plan", changed.came, "count", "items that these decisions took in, each once", since),
        told("left it", changed.left, "count", "items that these decisions took out, each once, without closes", since),
    ]
    if changed.last is not None:
        then = ("made", f"{changed.last.at:%Y-%m-%d}")
        if changed.last.one_offs is not None:
            found.append(told("one-offs then", exact(changed.last.one_offs), "share", "as that report told", then))
        if changed.last.odds is not None:
            found.append(told("odds then", exact(changed.last.odds), "odds", "as that report told", then))
    return tuple(found)


def share_figures(row: Share) -> tuple[Figure, ...]:
    """Of the interrupts of a team, a source or a week."""
    number = ("interrupts", f"{row.number}")
    return (told(f"{row.name} took", row.effort, "ew", "sum of what these interrupts took", number),)


def trend_figures(row: QuarterTrend) -> Iterator[Figure]:
    """Of a quarter's odds, and of how much of its baseline was done."""
    done = ("done of the baseline", f"{row.done} of {row.items}")
    for name, odds in (("odds at baseline", row.odds_first), ("odds at the end", row.odds_last)):
        if odds is not None:
            how = "as the record has them" if row.over or name != "odds at the end" else "of the present plan, now"
            yield told(name, exact(odds), "odds", how, ("quarter", row.name), done)
    if row.items and row.odds_first is None and row.odds_last is None:
        yield told("items done", row.done, "count", "items of the baseline that were done", done)


def slice_figure(letter: str, effort: Fraction) -> Figure:
    """Of the slice that was interrupted most."""
    return told("interrupts took", effort, "ew", "sum over those whose slice was said", ("slice", letter))


def escalation_figure(row: EscalationCount) -> Figure:
    """Of the escalations of a source or a quarter."""
    return told(f"escalations, {row.name}", row.number, "count", "on record", ("answered", f"{row.answered}"))
