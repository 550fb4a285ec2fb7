"""Why no swap reaches the target: which rule makes it so, and what would relax it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenarios.figures.amounts import odds_percent, target_percent
from scenarios.figures.sizes import format_ew
from scenarios.plan.departures import PINNED, Leaving
from scenarios.solver import Count, best
from scenarios.swaps.criteria import MOST, Criteria
from scenarios.swaps.search import Swaps


@dataclass(frozen=True)
class Reason:
    """A rule that stands in the way, as a sentence, and what would relax it, as another."""

    rule: str
    relax: str


def why_impossible(swaps: Swaps) -> tuple[Reason, ...]:
    """The rules that leave no swap, each tried by setting it aside alone; most telling first. Empty where there is one.

    Raises :class:`~scenarios.solver.Stopped` like the searches.
    """
    if swaps.possible:
        return ()
    trade = swaps.trade
    free = [each for each in swaps.options.all if each.version is None]
    everything = trade.after([Leaving(entry) for entry in trade.leavable])
    if not everything.fits:
        return (_alone(swaps, everything.judged, sum(everything.short.values())),)
    found: list[Reason] = []
    best_of_free = trade.after(free)
    if not best_of_free.fits:
        found += _held(swaps, free)
    if not found:
        # All that is free would do, so it is the number of items.
        problem = Criteria(swaps.cover, ceiling=False).problem("clean", 1.0, 0.0)
        least = best(replace(problem, most=len(free)), (Count(),), 1, stop=swaps.stop).sets
        how_many = f"at least {len(least[0].options)}" if least else "nearly all"
        found.append(
            Reason(
                f"{how_many} planned items would have to leave, and a swap touches at most {MOST}.",
                "Mark more by hand, ask for a smaller first version, or add capacity.",
            )
        )
    if swaps.options.circle:
        items = {entry.item.id: entry.item.title for entry in trade.leavable}
        names = [f"“{items[key]}”" for key in swaps.options.circle if key in items]
        if len(names) > 1:
            found.append(
                Reason(
                    f"{', '.join(names)} need each other in a circle, so they leave only together.",
                    "Remove one need of the circle.",
                )
            )
    return tuple(found)


def _alone(swaps: Swaps, odds: float, short: float) -> Reason:
    trade = swaps.trade
    subject = trade.subject
    what = f"“{subject.item.title}” alone" if subject is not None else "the capacity that is left"
    target, each = trade.asked.plan.target, " of each team" if trade.asked.plan.each_team else ""
    return Reason(
        f"even with everything else out, {what} has odds of {odds_percent(odds, target)}, and the target is "
        f"{target_percent(target)}{each}.",
        f"It would take {format_ew(short)} ew less, as a smaller first version, or more capacity.",
    )


def _held(swaps: Swaps, free: list[Leaving]) -> list[Reason]:
    """Which held items stand in the way: those whose leaving alone would open the way, else all together."""
    trade = swaps.trade
    held = [entry for entry in trade.leavable if entry.item.id in swaps.options.held]
    opening = [entry for entry in held if trade.after([*free, Leaving(entry)]).fits]
    named = opening or held
    found = []
    for entry in named[:3]:
        pin = trade.pins.get(entry.item.id)
        why = PINNED[pin.kind] if pin is not None else "what stays in plan needs it"
        found.append(
            Reason(
                f"“{entry.item.title}” has to stay: {why}.",
                "Letting it go would open a swap." if opening else "All that is held would have to be let go.",
            )
        )
    if not opening and len(held) > 3:
        found.append(
            Reason(f"{len(held) - 3} further items have to stay as well.", "Their pins, needs and promises hold them.")
        )
    return found
