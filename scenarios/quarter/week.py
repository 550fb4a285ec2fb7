"""What happened since the last week of a quarter that runs: what moved, what drifts, and whose promise is at risk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scenarios.figures.amounts import odds_percent
from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Entry
from scenarios.plan.progress import Moment, unplanned_in
from scenarios.quarter.done_dates import SURE, DoneBy, done_by
from scenarios.rules.commitments import GIVEN, Promise, promises
from scenarios.trade.door import waiting_by_item
from scenarios.trade.drift import first_at_risk
from store.common.errors import Refused
from store.records import State, UnplannedWork

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: What an item comes to, over its likely size, from which it is said to drift.
_DRIFT = 1.1
#: Less than this (ew) apart, two efforts are the same.
_SAME = 0.05


@dataclass(frozen=True)
class ItemNews:
    """What became of an item: ``spent`` and ``left`` in ew now, and by how much more that is than it was."""

    title: str
    what: str
    spent: float
    left: float
    more_spent: float
    more_left: float


@dataclass(frozen=True)
class PromiseAtRisk:
    """A promise that may not be kept: to whom and by when, the item's own odds (None where it is not in plan), the day
    by which it is done at 85% (None where nothing says one), why, and who should hear it."""

    title: str
    who: str
    due: date | None
    odds: float | None
    done_by: date | None
    why: str
    hear: tuple[str, ...]


@dataclass(frozen=True)
class WeekNews:
    """A week of a quarter: as of ``moment``, beside what was known as of ``since`` (None: before the quarter ran)."""

    quarter: str
    moment: Moment
    since: date | None
    odds_then: float
    odds: float
    target: float
    fits: bool
    first_at_risk: str | None
    capacity_left: float
    load_left: float
    moved: tuple[ItemNews, ...]
    drifting: tuple[str, ...]
    interrupts: tuple[UnplannedWork, ...]
    at_risk: tuple[PromiseAtRisk, ...]


def week_news(state: State, now: Forecast, then_state: State, then: Forecast) -> WeekNews:
    """The news of a quarter that runs, since another state of it. Raises :class:`Refused` where it does not run."""
    plan, moment = now.plan, now.plan.moment
    if moment is None:
        raise Refused(
            f"nobody has recorded progress in {plan.quarter.name} yet: makeroom progress ITEM --tenths 4 begins it"
        )
    since = then.plan.moment.day if then.plan.moment is not None and then.plan.moment.told else None
    first = None if now.fits else first_at_risk(now)
    known = {row.id for row in unplanned_in(then_state, then_state.quarter)}
    return WeekNews(
        quarter=plan.quarter.name,
        moment=moment,
        since=since,
        odds_then=then.odds,
        odds=now.odds,
        target=plan.target,
        fits=now.fits,
        first_at_risk=first.item.title if first is not None else None,
        capacity_left=plan.capacity_left,
        load_left=plan.load_left,
        moved=tuple(_moves(then, now)),
        drifting=tuple(_drifting(then, now)),
        interrupts=tuple(row for row in unplanned_in(state, plan.quarter) if row.id not in known),
        at_risk=tuple(_at_risk(state, now, moment.day)),
    )


def _moves(then: Forecast, now: Forecast) -> Iterator[ItemNews]:
    before = {entry.item.id: entry for entry in then.plan.entries}
    after = {entry.item.id: entry for entry in now.plan.entries}
    for key, entry in after.items():
        old = before.get(key)
        spent = entry.spent - (old.spent if old is not None else 0.0)
        left = entry.left - (old.left if old is not None else 0.0)
        what = _what(old, entry, spent, left)
        if what:
            yield ItemNews(entry.item.title, what, entry.spent, entry.left, spent, left)
    for key, entry in before.items():
        if key not in after:
            yield ItemNews(entry.item.title, "left the plan", entry.spent, entry.left, 0.0, -entry.left)


def _what(old: Entry | None, entry: Entry, spent: float, left: float) -> str:
    if old is None:
        return "came into the plan"
    if entry.done and not old.done:
        counted = all(each.counted for each in entry.progress)
        return "done" if counted else "done, nobody counted what it took"
    if old.done and not entry.done:
        return "open again"
    if abs(spent) < _SAME and abs(left) < _SAME:
        return ""
    return "started" if entry.started and not old.started else "went on"


def _drifting(then: Forecast, now: Forecast) -> Iterator[str]:
    """What comes to more than its size, and what is newly at risk by itself."""
    before = {entry.item.id for entry in then.plan.entries}
    for entry in now.plan.entries:
        if entry.done:
            continue
        title, key = entry.item.title, entry.item.id
        comes_to = entry.spent + entry.left
        if entry.started and comes_to > _DRIFT * entry.ew:
            yield (
                f"“{title[:60]}” comes to {format_ew(comes_to)} ew ({format_ew(entry.spent)} spent, "
                f"{format_ew(entry.left)} left), its size was {format_ew(entry.ew)}"
            )
        elif now.at_risk(key) and not (key in before and then.at_risk(key)):
            yield f"“{title[:60]}” is at risk now"
    if then.fits and not now.fits and first_at_risk(now) is None:
        yield "the plan as a whole is below its target; no item is at risk by itself"


def _at_risk(state: State, now: Forecast, day: date) -> Iterator[PromiseAtRisk]:
    """Promises of which the item is not in plan, is at risk, or whose day has odds below the target; soonest first."""
    waiting = waiting_by_item(state)
    entries = {entry.item.id: entry for entry in now.plan.entries}
    for promise in promises(state):
        made, item = promise.commitment, promise.item
        entry = entries.get(item.id)
        if made.kind not in GIVEN or item.state in ("done", "declined") or (entry is not None and entry.done):
            continue
        dates = _dates(state, now, item.id)
        why = _why(promise, entry, now, dates, day)
        if not why:
            continue
        accounts = waiting.get(item.id, ())
        people = [made.who, *(one.name for one in accounts), *(one.owner for one in accounts), item.owner]
        yield PromiseAtRisk(
            item.title,
            made.who,
            made.due,
            now.item_odds_of(item.id) if entry is not None else None,
            dates.sure if dates is not None else None,
            why,
            tuple(dict.fromkeys(name for name in people if name)),
        )


def _dates(state: State, now: Forecast, item_id: int) -> DoneBy | None:
    """By which days an item is done; None where nothing says one."""
    try:
        return done_by(state, now, item_id)
    except Refused:
        return None


def _why(promise: Promise, entry: Entry | None, now: Forecast, dates: DoneBy | None, day: date) -> str:
    due = promise.commitment.due
    if due is not None and due < day:
        return f"its day, {due}, is past"
    if entry is None:
        return "it is not in plan"
    if due is not None and dates is not None:
        # A day goes by the quarter's own target: the one of 85% reaches far past most days, as what is through waits.
        odds = dates.odds_by(due)
        if odds < now.plan.target:
            when = f"by {dates.sure}" if dates.sure is not None else "not within ten years"
            said = odds_percent(odds, now.plan.target)
            return f"done by its day at {said}, at {SURE[1]:.0%} {when}, and was promised by {due}"
        if due > now.plan.quarter.ends:
            return ""
    return "its own odds do not reach the target" if now.at_risk(entry.item.id) else ""
