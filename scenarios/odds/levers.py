"""Levers: single changes that would buy points of odds, each simulated on the same trials as the plan."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from scenarios.figures.sizes import Range, range_of
from scenarios.plan.plan import Entry
from store.records import Size, Team

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

LeverKind = Literal["drop", "smaller", "capacity", "narrow"]

#: A smaller first version is taken to be half the item: where one is known, its own size says better.
FIRST_VERSION = 0.5
#: How many of the offered levers may be of one kind: five drops would say less than what else there is.
MOST_OF_A_KIND = 2
#: Characters of a title in a lever's words.
_QUOTED = 40
#: Less than this (share of trials) is not worth a line.
LEAST = 0.005


@dataclass(frozen=True)
class Lever:
    """One change and the odds after it (0..1). ``sizes`` are the new ones (team id -> range) where it resizes."""

    kind: LeverKind
    odds: float
    gain: float
    entry: Entry | None = None
    team: Team | None = None
    sizes: Mapping[int, Range] | None = None
    #: the team's net capacity (ew) with it
    net: float = 0.0

    @property
    def words(self) -> str:
        """What is changed, as ``drop or defer Slack digest``."""
        title = self.entry.item.title[:_QUOTED] if self.entry else ""
        match self.kind:
            case "drop":
                return f"drop or defer {title}"
            case "smaller":
                return f"a first version, half of {title}"
            case "narrow":
                return f"narrow the range of {title}"
            case _:
                return f"one more ew on {self.team.name if self.team else ''}"


def levers(forecast: Forecast, count: int = 5) -> tuple[Lever, ...]:
    """Up to ``count`` single changes that buy most points, most first, at most two of a kind.

    Dropping an item or moving it to a later quarter, a smaller first version of it, one more engineer-week on a
    team, and narrowing an item's range around its likely size.
    """
    found = sorted(_all(forecast), key=lambda lever: -lever.gain)
    chosen: list[Lever] = []
    for lever in found:
        if lever.gain >= LEAST and sum(each.kind == lever.kind for each in chosen) < MOST_OF_A_KIND:
            chosen.append(lever)
        if len(chosen) == count:
            break
    return tuple(chosen)


def _all(forecast: Forecast) -> Iterator[Lever]:
    drops = forecast.drops()
    for entry in forecast.plan.entries:
        yield _lever(forecast, "drop", drops[entry.item.id], entry)
    yield from _resizings(forecast, "smaller", drops, _first_version)
    yield from _resizings(forecast, "narrow", drops, _narrowed)
    for team in forecast.plan.teams:
        share = forecast.plan.moment.team(team.id).share if forecast.plan.moment is not None else 1.0
        if share <= 0:
            continue
        # One more ew of what is left: a team's net capacity is of the whole quarter.
        net = forecast.plan.net[team.id] + 1.0 / share
        plan = replace(forecast.plan, net={**forecast.plan.net, team.id: net})
        odds = forecast.with_plan(plan).odds
        yield Lever("capacity", odds, odds - forecast.odds, team=team, net=net)


def _resizings(
    forecast: Forecast, kind: LeverKind, drops: Mapping[int, float], resize: Callable[[Entry], dict[int, Range]]
) -> list[Lever]:
    """The levers of one kind that can be among the best, in rank order.

    What is left of an item never makes the odds better than without it: so those whose drop helps most are tried
    first, and the rest, which would need new draws each, not at all.
    """
    found: dict[int, Lever] = {}
    for rank, entry in sorted(enumerate(forecast.plan.entries), key=lambda each: -drops[each[1].item.id]):
        best = sorted((lever.gain for lever in found.values()), reverse=True)[:MOST_OF_A_KIND]
        least = best[-1] if len(best) == MOST_OF_A_KIND else LEAST
        if drops[entry.item.id] - forecast.odds < max(least, LEAST):
            break
        if any(told.left is not None or told.done for told in entry.progress):
            # Its size says nothing of what is left.
            continue
        if sizes := resize(entry):
            found[rank] = _resized(forecast, kind, entry, sizes)
    return [found[rank] for rank in sorted(found)]


def _first_version(entry: Entry) -> dict[int, Range]:
    return {size.team_id: range_of(size).scaled(FIRST_VERSION) for size in entry.sizes}


def _narrowed(entry: Entry) -> dict[int, Range]:
    """Empty where no range is stated."""
    if all(size.low is None or size.high is None for size in entry.sizes):
        return {}
    return {size.team_id: narrowed(size) for size in entry.sizes}


def _lever(forecast: Forecast, kind: LeverKind, odds: float, entry: Entry) -> Lever:
    return Lever(kind, odds, odds - forecast.odds, entry)


def _resized(forecast: Forecast, kind: LeverKind, entry: Entry, sizes: Mapping[int, Range]) -> Lever:
    resized = with_sizes(entry, sizes)
    return replace(_lever(forecast, kind, forecast.odds_if(out=(entry,), come=(resized,)), entry), sizes=sizes)


def narrowed(size: Size) -> Range:
    """The range with both ends half as far from likely, by ratio; the size itself where no sound range is stated."""
    if not size.low or size.high is None or not size.low <= size.likely <= size.high:
        return range_of(size)
    return Range(size.likely, math.sqrt(size.low * size.likely), math.sqrt(size.high * size.likely))


def with_sizes(entry: Entry, sizes: Mapping[int, Range]) -> Entry:
    """The item as it would be with these sizes (team id -> range)."""
    present = {size.team_id: size for size in entry.sizes}
    changed = []
    for team_id, size in sorted(sizes.items()):
        fields: dict[str, Any] = {"low": size.low, "likely": size.likely, "high": size.high}
        old = present.get(team_id)
        changed.append(
            old.model_copy(update=fields) if old else Size(id=0, item_id=entry.item.id, team_id=team_id, **fields)
        )
    return entry.resized(changed)
