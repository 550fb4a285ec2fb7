"""The rules that the swaps of a trade stand under, as sentences, and which of them a marked set breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenarios.plan.departures import Leaving
from scenarios.swaps.criteria import MOST
from scenarios.swaps.search import Swaps
from store.common.text import short
from store.records import Item

#: So many items are named, and so much of each name.
_NAMED, _MOST = 3, 40


def rules_of(swaps: Swaps) -> tuple[str, ...]:
    """What every set that is offered keeps to, most telling first: nothing better that keeps to these is left out."""
    trade, criteria = swaps.trade, swaps.criteria
    found = []
    if criteria.ceiling:
        # Where every set keeps to it, there is nothing to say of it.
        found += [criteria.ceiling_words] if criteria.ceiling_words else []
    elif criteria.has_ceiling:
        found.append("no set keeps one-offs under their ceiling, so they are shown without that rule")
    titles = trade.state.all(Item)
    if swaps.agreed:
        found.append(f"what was agreed today stays: {_titles(titles[key].title for key in sorted(swaps.agreed))}")
    held = [entry.item.title for entry in trade.leavable if entry.item.id in swaps.options.held]
    if held:
        found.append(f"what is pinned, and what that or the request needs, stays: {_titles(held)}")
    if swaps.options.requires:
        found.append("what needs an item leaves with it")
    if len(swaps.options.all) > MOST:
        found.append(f"at most {MOST} items are touched")
    return tuple(found)


def broken_by(swaps: Swaps, out: Sequence[Leaving]) -> tuple[str, ...]:
    """The rules that a set breaks which could be marked by hand; empty where it keeps to all."""
    found = []
    numbers = [swaps.options.number_of(each) for each in out]
    if not swaps.criteria.keeps_ceiling(numbers):
        found.append("passes the one-off ceiling")
    if any(each.item_id in swaps.agreed for each in out):
        found.append("takes out what was agreed today")
    if len(out) > MOST:
        found.append(f"touches more than {MOST} items")
    return tuple(found)


def _titles(titles: Iterable[str]) -> str:
    given = list(titles)
    named = ", ".join(f"“{short(title, _MOST)}”" for title in given[:_NAMED])
    return named + (f" and {len(given) - _NAMED} more" if len(given) > _NAMED else "")
