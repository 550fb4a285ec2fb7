"""The figures of the quarter graded, so that each that is read answers where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scenarios.figures.amounts import exact, half_up
from scenarios.figures.figure import Figure, counted, told
from scenarios.figures.sizes import format_ew
from scenarios.graded.calibration import LEAST_OUTCOMES, Band, Calibration
from scenarios.graded.kept import Fate, Kept
from scenarios.graded.quarter_graded import LEAST_ASKS, Asker, Grade
from scenarios.graded.rows import GradedItem
from scenarios.plan.mix import Mix
from store.common.text import short

#: Inputs of a figure that are named one by one.
_NAMED = 40


def in_ew(effort: Fraction | float) -> str:
    """As ``3.5 ew``."""
    return f"{format_ew(float(effort))} ew"


def effort_figure(grade: Grade) -> Figure:
    """What failed a test took in all."""
    inputs = tuple((short(row.title, 60), took_words(row)) for row in grade.items[:_NAMED])
    more = ((f"and {len(grade.items) - _NAMED} more", ""),) if len(grade.items) > _NAMED else ()
    return Figure(grade.name, grade.effort, "ew", "what these items took, added up", (*inputs, *more))


def took_words(row: GradedItem) -> str:
    """What an item took, and whether somebody counted."""
    if row.effort is None:
        return "nobody counted"
    return in_ew(row.effort) if row.took is not None else f"{in_ew(row.effort)}, as estimated: nobody counted"


def rounded(ratio: Fraction) -> Fraction:
    """To tenths, half and more up: no bound waits for it."""
    return Fraction(half_up(ratio * 10), 10)


def ratio_figure(each: Asker) -> Figure:
    """What an asker's asks took over what was claimed."""
    inputs = (("took", in_ew(each.took)), ("claimed", in_ew(each.claimed)), ("asks", str(each.asks)))
    return Figure(
        f"took / claimed, {short(each.name, 40)}",
        None if each.ratio is None else rounded(each.ratio),
        "times",
        "what it took in all / what was claimed in all",
        inputs,
    )


def grade_figures(grade: Grade, took: Fraction) -> Iterator[Figure]:
    """Of a test: what failed it, of all that was finished, and of how many it is known."""
    if grade.known:
        yield effort_figure(grade)
        parts = (("ew of these", in_ew(grade.effort)), ("ew of all", in_ew(took)))
        yield told("of all", grade.effort / took if took else None, "rate", "their ew / ew of all", *parts)
        yield counted("items", (row.title for row in grade.items))
    known, unknown = ("known of", f"{grade.known}"), ("not known of", f"{grade.unknown}")
    yield told("known of", grade.known, "count", "finished items of which the answer is known", unknown)
    yield told("not known of", grade.unknown, "count", "finished items of which it is not", known)


def item_figures(row: GradedItem) -> tuple[Figure, ...]:
    """What an item took, and who uses it where that is a number."""
    took = told("took", None if row.effort is None else exact(row.effort), "ew", took_words(row), ("item", row.title))
    users = row.outcome.users
    return (
        (took,)
        if users is None
        else (took, told("users", users, "count", "as was told when it was asked", ("item", row.title)))
    )


def mix_figures(shown: Sequence[tuple[str, Mix]], letter: str) -> Iterator[Figure]:
    """Of a slice: its aim now, and its share of each mix."""
    for name, mix in shown:
        whole = sum(part.ew for part in mix.slices)
        for part in mix.slices:
            if part.letter == letter:
                inputs = (("ew of the slice", f"{format_ew(part.ew)} ew"), ("ew of all", f"{format_ew(whole)} ew"))
                share = exact(part.share) if part.share is not None else None
                yield told(f"{name}, {letter}", share, "rate", "ew of the slice / ew of all slices", *inputs)
    aim = next((part.aim for _, mix in shown for part in mix.slices if part.letter == letter), None)
    yield told("aim now", None if aim is None else exact(aim), "rate", "as the charter has it now", ("slice", letter))


def fate_figures(name: str, fate: Fate, kept: Kept) -> tuple[Figure, ...]:
    """Of what became of a part of the baseline: items and ew, and their shares of it."""
    items, whole = kept.all.items, kept.all.effort
    of_items = ("items", f"{fate.items}"), ("items in the baseline", f"{items}")
    of_ew = ("ew, as sized then", in_ew(fate.effort)), ("ew of the baseline", in_ew(whole))
    share = fate.effort / whole if whole else None
    return (
        told(f"{name}, of items", Fraction(fate.items, items), "rate", "items / items in the baseline", *of_items),
        told(f"{name}, of ew", share, "rate", "ew / ew of the baseline", *of_ew),
    )


def kept_figures(kept: Kept) -> Iterator[Figure]:
    """Of what became of the items that were agreed on."""
    yield kept.share
    for name, fate in (("done", kept.done), ("moved", kept.moved), ("dropped", kept.dropped), ("agreed on", kept.all)):
        yield told(name, fate.items, "count", "items of the baseline", ("ew, as sized then", in_ew(fate.effort)))


def odds_figures(name: str, found: Calibration) -> Iterator[Figure]:
    """Of odds against what happened: the Brier score where there are enough outcomes, and each band of odds."""
    if found.brier is None or found.constant is None:
        yield told(
            f"outcomes of {name}",
            found.outcomes,
            "count",
            "odds of which it is known",
            ("it takes", f"{LEAST_OUTCOMES}"),
        )
        return
    true, outcomes = ("came true", f"{found.came_true}"), ("outcomes", f"{found.outcomes}")
    others = ("always saying the share that came true", f"{float(found.constant):.3f}"), ("always saying 50%", "0.250")
    formula = "mean of (odds - outcome)^2, an outcome being 1 or 0"
    yield told(f"Brier score of {name}", found.brier, "score", formula, outcomes, true, *others)
    share = Fraction(found.came_true, found.outcomes)
    yield told("share that came true", share, "rate", "came true / outcomes", true, outcomes)
    for band in found.bands:
        yield from band_figures(band)


def band_figures(band: Band) -> tuple[Figure, ...]:
    """Of odds that were read alike: how many came true, and the mean that was said."""
    name = f"{band.first} to {band.last}%"
    counts = ("said", f"{band.said}"), ("came true", f"{band.came_true}")
    return (
        told(f"{name}, came true", Fraction(band.came_true, band.said), "rate", "came true / said", *counts),
        told(f"{name}, said on average", band.mean, "rate", "mean of the odds that were said", counts[0]),
    )


def asker_figures(each: Asker) -> Iterator[Figure]:
    """Of an asker: the ratio where there are enough asks, and what it is made of."""
    asks = ("asks", f"{each.asks}")
    if each.ratio is not None:
        yield ratio_figure(each)
    for name, single in (("least", each.least), ("most", each.most)):
        if single is not None:
            yield told(f"single asks, {name}", rounded(single), "times", "took / claimed of one ask", asks)
    yield told("claimed", each.claimed, "ew", f"sum over asks; under {LEAST_ASKS} nothing is said", asks)
    yield told("took", each.took, "ew", "sum over asks", asks)
    if each.confirmed is not None:
        yield told("confirmed", each.confirmed, "ew", "sum over asks of what engineering said", asks)


def deals_figures(outcome: str, count: int, promised: Fraction, signed: Fraction) -> tuple[Figure, ...]:
    """Of the deals that ended alike."""
    number = ("deals", f"{count}")
    return (
        told(f"promised, {outcome}", promised, "money", "sum of the amounts that are known", number),
        told(f"signed, {outcome}", signed, "money", "sum of what was signed, where it is known", number),
    )


def deal_figures(row: GradedItem) -> Iterator[Figure]:
    """Of one deal."""
    if row.deal is not None:
        for name, amount in (("promised", row.deal.amount), ("signed for", row.deal.signed)):
            value = None if amount is None else exact(amount)
            yield told(name, value, "money", "as is on record", ("for", row.title))
