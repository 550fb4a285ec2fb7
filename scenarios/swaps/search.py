"""The best swaps of a trade: on each criterion the best set, then the next best, every one judged on the trials."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scenarios.plan.departures import Key, Leaving, after, key_of
from scenarios.plan.mix import mix_of
from scenarios.solver import WORK, Answer, Stopped, best
from scenarios.swaps.cover import Cover
from scenarios.swaps.criteria import OPEN_ENDED, Criteria, Criterion
from scenarios.swaps.options import Options
from scenarios.swaps.other_teams import asking_teams, other_teams
from scenarios.trade.door import Trade
from store.records import Customer, Decision, DecisionKind, Slice

Stop = Callable[[], bool]
Trials = npt.NDArray[np.float64]

#: What is asked of the linear cover: first the least that each team needs by itself, whatever is freed on the others;
#: then more, step by step, where the trials refuse all that was found so.
LADDER = (0.0, 0.5, 0.8, 1.0, 1.08, 1.2, 1.5, 2.0)
#: Sets that are asked for at first, and at most on one rung: mostly one of the first ten already fits.
_FIRST, _LAST = 12, 1_536
#: Where none of so many fits, more is asked of the cover.
_REFUSED = 192
#: Partial sets that are looked at for the mix closest to the aims, where many are near one another and no proof ends
#: soon: within a second or so it is the best found, and says so.
_AIMS_WORK = 250_000
#: The rule that a set may be shown without.
CEILING = "the one-off ceiling"
#: The decisions by which the room takes one item in.
_AGREED: frozenset[DecisionKind] = frozenset({"accept", "trade", "over-commit"})
#: Sets that fit which are looked at for the safest odds, for which the sum is only a guide.
_GUIDED = 24


@dataclass(frozen=True)
class Swap:
    """A set that leaves, and what comes of it. ``criteria`` are those on which it is the best; empty for a next best.

    ``frees`` in ew; ``odds`` 0..1, from the trials; ``value`` None where nobody has given values; ``gap`` in points.
    """

    out: tuple[Leaving, ...]
    criteria: tuple[Criterion, ...]
    odds: float
    frees: float
    value: float | None
    waiting: tuple[Customer, ...]
    gap: float
    #: whether the plan reaches its target then
    fits: bool
    #: the rung of the ladder on which no better set was passed over untried; on the lowest, 0, nothing that fits is
    share: float = 1.0
    proven: bool = True
    closed: int = 0
    #: the rule that it does not keep to, where it is shown beside those that do
    without: str = ""
    #: whether a team gives up something for work that is not its own
    by_others: bool = False

    @property
    def key(self) -> frozenset[Key]:
        """What tells sets apart: the key of each."""
        return key_of(self.out)

    @property
    def revenue(self) -> float:
        """What those who wait pay a year, as far as it is known."""
        return sum(customer.arr or 0.0 for customer in self.waiting)


def agreed_on(trade: Trade, day: date) -> frozenset[int]:
    """The ids of what may leave and came in on a day by a decision of its own, as it stands in plan."""
    planned = {entry.item.id for entry in trade.leavable}
    return frozenset(
        row.item_id
        for row in trade.state.all(Decision).values()
        if row.item_id in planned and row.kind in _AGREED and row.at.astimezone().date() == day
    )


def own_first(swaps: Iterable[Swap]) -> tuple[Swap, ...]:
    """The swaps in their order, behind them those in which another team gives, and what does not keep to all rules."""
    return tuple(sorted(swaps, key=lambda swap: (bool(swap.without), swap.by_others)))


def join(rows: list[Swap], swap: Swap) -> None:
    """Add a swap to the rows; one that is there already gets its criteria as well."""
    for at, known in enumerate(rows):
        if known.key == swap.key:
            rows[at] = replace(known, criteria=(*known.criteria, *swap.criteria))
            return
    rows.append(swap)


@dataclass
class Swaps:
    """Finds the swaps of one trade. Its searches take milliseconds to seconds, so they belong in a thread.

    ``stop`` is asked often; once it says so, :class:`~scenarios.solver.Stopped` is raised.
    """

    trade: Trade
    stop: Stop | None = None
    #: the day whose decisions are not given up again; today where none is said
    today: date = field(default_factory=date.today)
    _found: dict[Criterion, list[Swap]] = field(default_factory=dict)
    _changes: dict[int, Mapping[int, Trials]] = field(default_factory=dict)

    @cached_property
    def options(self) -> Options:
        """What may leave."""
        return Options.of(self.trade)

    @cached_property
    def cover(self) -> Cover:
        """What is short, as a sum."""
        return Cover.of(self.options)

    @cached_property
    def criteria(self) -> Criteria:
        """What sets are compared on.

        Where no set at all keeps one-offs under their ceiling, the room still gets its answers, without that rule.
        """
        ruled = Criteria(self.cover)
        if not ruled.has_ceiling or any(True for _ in self._fitting("clean", ruled)):
            return ruled
        return Criteria(self.cover, ceiling=False)

    @cached_property
    def agreed(self) -> frozenset[int]:
        """The ids of the planned items that the room took in today, each by a decision of its own: they are given up
        again only where no set reaches the target without them."""
        agreed = agreed_on(self.trade, self.today)
        if not agreed or not self.options.all:
            return frozenset()
        free = Criteria(self.cover, ceiling=False)
        fits = any(True for _ in self._fitting("clean", free, forbidden=self._numbers(agreed), agreed=False))
        return agreed if fits else frozenset()

    def _numbers(self, item_ids: frozenset[int]) -> tuple[int, ...]:
        return tuple(at for at, each in enumerate(self.options.all) if each.item_id in item_ids)

    @property
    def available(self) -> tuple[Criterion, ...]:
        """The criteria that say something for this trade, in order."""
        return self.criteria.available

    @cached_property
    def _others(self) -> tuple[Swap, ...]:
        """The best sets on the criteria that take no more than they need."""
        return tuple(
            swap for criterion in self.available if criterion not in OPEN_ENDED for swap in self.ranked(criterion, 1)
        )

    @cached_property
    def limit(self) -> float:
        """The most (ew) that the safest and the most balanced set may free: as much as the largest of the others."""
        return max([sum(self.trade.asked.short.values()), *(swap.frees for swap in self._others)])

    # -------------------------------------------------- the best, and the next best

    @cached_property
    def possible(self) -> bool:
        """Whether any set that may leave reaches the target."""
        return any(True for _ in self._fitting("clean", self.criteria))

    def best(self) -> tuple[Swap, ...]:
        """The best set on each criterion; one that is the best on several is given once, with all their names.

        First those in which the teams that ask, or are short, give way themselves.
        """
        found: list[Swap] = []
        for criterion in self.available:
            for swap in self.ranked(criterion, 1):
                join(found, swap)
        return own_first(found)

    def rows(self) -> tuple[Swap, ...]:
        """As :meth:`best`, and the best without the one-off ceiling, where that is better."""
        free = self.unruled
        return (*self.best(), *([free] if free is not None else []))

    @cached_property
    def unruled(self) -> Swap | None:
        """The best set on the first criterion where one-offs need not keep to their ceiling; None where it does."""
        if not self.criteria.ceiling or not self.criteria.ceiling_words:
            return None
        free, criterion = Criteria(self.cover, ceiling=False), self.available[0]
        for options, odds, share, answer in self._fitting(criterion, free):
            if self.criteria.keeps_ceiling(options):
                return None
            if not self._spare(options, free):
                swap = self.swap_of([self.options.all[at] for at in options], odds)
                return replace(swap, share=share, proven=answer.proven, closed=answer.closed, without=CEILING)
        return None

    def ranked(self, criterion: Criterion, count: int) -> tuple[Swap, ...]:
        """Up to ``count`` sets, best on the criterion first. From the second on, a set in which something could stay
        after all is left out."""
        known = self._found.setdefault(criterion, [])
        if len(known) < count:
            known[:] = self._rank(criterion, count)
        return tuple(known[:count])

    def _rank(self, criterion: Criterion, count: int) -> list[Swap]:
        found: list[Swap] = []
        wanted = max(_GUIDED, count) if criterion == "odds" else count
        for options, odds, share, answer in self._fitting(criterion, self.criteria):
            if criterion not in OPEN_ENDED and self._spare(options, self.criteria):
                continue
            swap = self.swap_of([self.options.all[at] for at in options], odds)
            found.append(replace(swap, share=share, proven=answer.proven, closed=answer.closed))
            if len(found) == wanted:
                break
        if criterion in OPEN_ENDED:
            # For the odds the sum was only a guide, and for both the others' sets are within the end too.
            known = {swap.key for swap in found}
            found += [replace(swap, criteria=()) for swap in self._others if swap.key not in known]
            found.sort(key=lambda swap: -swap.odds if criterion == "odds" else swap.gap)
        return [replace(swap, criteria=(criterion,) if not at else ()) for at, swap in enumerate(found[:count])]

    def best_with(self, criterion: Criterion, option: int, *, leaves: bool) -> Swap | None:
        """The best set on a criterion that takes an option, or that does not touch its item; None where none fits."""
        own = self.options.all[option].item_id
        same = [at for at, each in enumerate(self.options.all) if each.item_id == own]
        only = {"forced": (option,)} if leaves else {"forbidden": tuple(same)}
        for options, odds, share, answer in self._fitting(criterion, self.criteria, **only):
            swap = self.swap_of([self.options.all[at] for at in options], odds)
            return replace(swap, share=share, proven=answer.proven, closed=answer.closed)
        return None

    def _fitting(
        self,
        criterion: Criterion,
        criteria: Criteria,
        forced: Sequence[int] = (),
        forbidden: Sequence[int] = (),
        agreed: bool = True,
    ) -> Iterator[tuple[tuple[int, ...], float, float, Answer]]:
        """(options, odds, share, answer) of the sets whose odds reach the target on the trials, best first."""
        if not self.options.all:
            return
        if agreed and self.agreed:
            forbidden = tuple({*forbidden, *self._numbers(self.agreed)} - set(forced))
        limit = self.limit if criterion in OPEN_ENDED else 0.0
        wanted = criteria.objectives(criterion)
        work = _AIMS_WORK if criterion == "aims" else WORK
        tried: set[tuple[int, ...]] = set()
        for share in LADDER:
            problem = criteria.problem(criterion, share, limit)
            count, passed = _GUIDED if criterion == "odds" else _FIRST, False
            while True:
                answer = best(problem, wanted, count, forced=forced, forbidden=forbidden, stop=self.stop, work=work)
                for options in (each.options for each in answer.sets):
                    if options in tried:
                        continue
                    tried.add(options)
                    fine = self._fine(map(self._change, options))
                    if self.trade.asked.judge(fine) >= self.trade.asked.plan.target:
                        passed = True
                        yield options, self._joint(fine), share, answer
                if len(answer.sets) < count or (not passed and count >= _REFUSED) or count >= _LAST:
                    break
                count *= 4
            if passed:
                return

    def _spare(self, options: Sequence[int], criteria: Criteria) -> bool:
        """Whether something in a set could stay and the rest would still do."""
        pairs = [(a, b) for a, b in self.options.requires if a in options]
        for each in options:
            # What it needs stays with it.
            staying = {each, *(a for a, b in pairs if b == each)}
            staying |= {b for a, b in pairs if a in staying and (b, a) in pairs}
            rest = [other for other in options if other not in staying]
            if criteria.keeps_ceiling(rest) and self.reaches(rest):
                return True
        return False

    # -------------------------------------------------- on the trials

    def odds(self, options: Iterable[int]) -> float:
        """The odds (0..1) when these options are taken, from the trials of the plan itself."""
        return self._joint(self._fine(map(self._change, options)))

    def reaches(self, options: Iterable[int]) -> bool:
        """Whether the plan reaches its target when these options are taken, on the trials of the plan itself."""
        return self.trade.asked.judge(self._fine(map(self._change, options))) >= self.trade.asked.plan.target

    def may_reach(self, options: Iterable[int]) -> bool:
        """Whether some set of these options could reach the target: as if each gave only what helps."""
        helps = ({key: np.maximum(row, 0.0) for key, row in self._change(at).items()} for at in options)
        return self.trade.asked.judge(self._fine(helps)) >= self.trade.asked.plan.target

    def _joint(self, fine: Mapping[int, npt.NDArray[np.bool_]]) -> float:
        if not fine:
            return 1.0
        return int(np.count_nonzero(np.logical_and.reduce(list(fine.values())))) / self.trade.asked.draws.trials

    def _fine(self, changes: Iterable[Mapping[int, Trials]]) -> dict[int, npt.NDArray[np.bool_]]:
        self._rest()
        slack: dict[int, Trials] = {}
        for change in changes:
            for team_id, row in change.items():
                left = slack.get(team_id)
                slack[team_id] = (self.trade.asked.slack[team_id] if left is None else left) + row
        return {key: slack.get(key, each) >= 0 for key, each in self.trade.asked.slack.items()}

    def _change(self, at: int) -> Mapping[int, Trials]:
        """By team id, what an option gives back in each trial."""
        if at not in self._changes:
            each, draws = self.options.all[at], self.trade.asked.draws
            rows = dict(self.trade.asked.rows(each.entry))
            if each.stays is not None:
                stays = draws.rows(each.stays)
                rows = {key: row - stays[key] if key in stays else row for key, row in rows.items()}
                rows |= {key: -row for key, row in stays.items() if key not in rows}
            self._changes[at] = rows
        return self._changes[at]

    def _rest(self) -> None:
        if self.stop is not None and self.stop():
            raise Stopped

    def swap_of(self, out: Sequence[Leaving], odds: float | None = None, *, fits: bool = True) -> Swap:
        """What comes of a set, whoever made it; ``odds`` and whether it ``fits``, where the caller knows them."""
        trade = self.trade
        if odds is None:
            after_it = trade.after(out)
            odds, fits = after_it.odds, after_it.fits
        worths = [self._displaced[key] for key in key_of(out) if key in self._displaced]
        waiting: dict[int, Customer] = {}
        for each in out:
            waiting |= {one.id: one for one in trade.waiting.get(each.item_id, ())}
        mix = mix_of(after(trade.asked.plan, out).entries, trade.state.all(Slice).values())
        return Swap(
            tuple(sorted(out, key=lambda each: (each.entry.item.rank, each.item_id))),
            (),
            odds,
            sum(each.ew for each in out),
            sum(worths) if trade.worths else None,
            tuple(sorted(waiting.values(), key=lambda one: one.name)),
            mix.gap,
            fits,
            by_others=bool(other_teams(trade, out, self._asking)),
        )

    @cached_property
    def _asking(self) -> frozenset[int]:
        return asking_teams(self.trade)

    @cached_property
    def _displaced(self) -> dict[Key, float]:
        """By item id and version id, the value that leaves; empty where nobody has given values."""
        return {
            each.key: worth.amount
            for each, worth in zip(self.options.all, self.criteria.displaced, strict=False)
            if worth is not None
        }
