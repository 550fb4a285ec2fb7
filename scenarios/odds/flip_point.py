"""The flip point of a disputed size: over which sizes the present answer, fits or not, stays the same."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from scenarios.figures.sizes import Range, format_ew, range_of
from scenarios.odds.forecast import Forecast
from scenarios.odds.levers import with_sizes
from scenarios.plan.plan import Entry


@dataclass(frozen=True)
class Flip:
    """For sizes from ``low`` to ``high`` (likely ew over all teams): up to ``at`` the plan fits, above it does not.

    ``at`` is infinite where any size fits, and below 0 where none does.
    """

    low: float
    high: float
    at: float

    @property
    def same(self) -> bool:
        """Whether the answer is the same over the whole dispute."""
        return not self.low <= self.at < self.high

    @property
    def fits(self) -> bool:
        """The answer at the low end."""
        return self.low <= self.at

    @property
    def words(self) -> str:
        """The answer in a sentence."""
        low, high = format_ew(self.low), format_ew(self.high)
        if self.same:
            answer = "it fits" if self.fits else "it does not fit"
            return f"The same decision from {low} to {high} ew: {answer} either way. No need to settle it."
        # Rounded down: at the size that is named it still fits.
        at = format_ew(math.floor(10 * self.at) / 10)
        return (
            f"It fits from {low} to {at} ew and flips above {at}: then something has to give. "
            f"Settle only this: over {at}?"
        )


def ends_of(entry: Entry) -> tuple[float, float]:
    """The two ends of a dispute (likely ew over all teams) where nobody names them: the item's own range, or half and
    double where it has none."""
    ranges = disputed(entry).values()
    low = sum(each.likely if each.low is None else each.low for each in ranges)
    high = sum(each.likely if each.high is None else each.high for each in ranges)
    return (low, high) if low != high else (disputed_ew(entry) / 2, disputed_ew(entry) * 2)


def disputed(entry: Entry) -> dict[int, Range]:
    """By team id, what a dispute is about: the size, but what is left of it where somebody estimated that anew.

    Without the teams that are done.
    """
    found = {}
    for size in entry.sizes:
        told = entry.progress_of(size.team_id)
        if not told.done:
            found[size.team_id] = told.left or range_of(size)
    return found


def disputed_ew(entry: Entry) -> float:
    """Its likely effort over all teams, in ew."""
    return sum(each.likely for each in disputed(entry).values())


def stands_words(entry: Entry) -> str:
    """What is disputed, as ``stands at 5.0 ew``, or ``has 4.0 ew left`` where that was estimated anew."""
    anew = any(told.left is not None and not told.done for told in entry.progress)
    ew = format_ew(disputed_ew(entry))
    return f"has {ew} ew left" if anew else f"stands at {ew} ew"


def scaled(entry: Entry, factor: float) -> Entry:
    """The item when what is disputed of it is ``factor`` times as large."""
    resized = with_sizes(entry, {size.team_id: range_of(size).scaled(factor) for size in entry.sizes})
    told = (each if each.left is None else replace(each, left=each.left.scaled(factor)) for each in entry.progress)
    return replace(resized, progress=tuple(told))


def flip_point(forecast: Forecast, entry: Entry, low: float, high: float) -> Flip:
    """Where the answer flips, for sizes of an item from ``low`` to ``high`` (likely ew over all its teams).

    Its sizes on several teams, and the shape of its range, are scaled together. Exact on the trials: an item's
    draws are proportional to its size, so each trial has a largest size with which everything finishes, and the
    flip is an order statistic of those. Where something is spent of it they are not, and the flip is narrowed down to
    a hundredth. Raises ValueError where the item has no size, or one for a team that is not in the plan, or where the
    ends are not sound.
    """
    if entry.done:
        raise ValueError(f"“{entry.item.title}” is done: there is nothing left to dispute")
    if not entry.sized or disputed_ew(entry) <= 0:
        raise ValueError(f"“{entry.item.title}” has no size to dispute yet")
    if not (0 < low <= high and math.isfinite(high)):
        raise ValueError("a dispute has two ends above 0: the smaller size, then the larger one")
    planned = any(each.item.id == entry.item.id for each in forecast.plan.entries)
    plan = forecast.plan.without((entry,)) if planned else forecast.plan
    rest = forecast.with_plan(plan)
    if any(told.spent > 0 and told.left is None and not told.done for told in entry.progress):
        return Flip(low, high, _narrowed(rest, entry, low, high))
    rows = rest.rows(entry)
    needed = math.ceil(plan.target * forecast.draws.trials - 1e-9)
    if needed <= 0:
        return Flip(low, high, math.inf)
    each: list[np.ndarray] = []
    for team_id, slack in rest.slack.items():
        row = rows.get(team_id)
        if row is None:
            # A team that has no part in it must finish all the same.
            each.append(np.where(slack < 0, -np.inf, np.inf))
        else:
            each.append(np.divide(slack, row, out=np.where(slack < 0, -np.inf, np.inf), where=row > 0))
    # One target for all teams: the tightest of each trial. One of each team: the tightest team.
    largest = each if plan.each_team or not each else [np.minimum.reduce(each)]
    at = min((float(np.partition(one, len(one) - needed)[len(one) - needed]) for one in largest), default=math.inf)
    return Flip(low, high, at * disputed_ew(entry))


def _narrowed(rest: Forecast, entry: Entry, low: float, high: float) -> float:
    """The largest size from ``low`` to ``high`` that fits, to a hundredth; infinite, or -1, where all or none do."""

    def fits(size: float) -> bool:
        resized = scaled(entry, size / disputed_ew(entry))
        return rest.judged_if(come=(resized,)) >= rest.plan.target

    if fits(high):
        return math.inf
    if not fits(low):
        return -1.0
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
