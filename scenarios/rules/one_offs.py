"""One-offs: their share of the plan with its band and ceiling, the Sales purse, and the quarter's ledger.

Shares and sums are exact: a share of exactly 10% is within budget whatever a float makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, total, written
from scenarios.figures.sizes import format_ew
from scenarios.plan.mix import ONE_OFF, one_off_band
from scenarios.plan.plan import Entry, entries_of
from scenarios.rules.charter import charter_of, holder_words, may
from scenarios.rules.returns import AskRecord, returns_of
from scenarios.trade.decision_records import Decided, decided_by_item, took_by_item
from scenarios.trade.door import waiting_by_item
from store.common.errors import Refused
from store.records import Customer, Decision, Item, Move, Outcome, Quarter, Slice, State, new_id
from store.records.negotiation import DecisionDetail, OneOffKind, PursePick

#: Where an item stands, in words.
STATES = {"inbox": "asked for", "plan": "in plan", "below": "good, not now", "declined": "declined", "done": "done"}


class PurseError(Refused):
    """A one-off that the purse cannot buy; ``str(error)`` is the sentence to show."""


def effort_of(entries: Iterable[Entry]) -> Fraction:
    """The likely effort of these items over all teams, exactly, in ew."""
    return total(exact(size.likely) for entry in entries for size in entry.sizes)


def taken_of(entries: Iterable[Entry]) -> Fraction:
    """What these items will have taken of the quarter, exactly, in ew, as the mix counts them.

    Before the quarter runs that is their likely effort.
    """
    return total(
        exact(ew)
        for entry in entries
        for ew in (*(each.this_quarter for each in entry.progress), *map(entry.left_of, entry.sizes))
    )


# ------------------------------------------------------------------ the gauge


@dataclass(frozen=True)
class Gauge:
    """The one-off share of a plan (``share.value`` 0..1), its band, and the ceiling (0..1) where one is set."""

    share: Figure
    band: str
    ceiling: Fraction | None

    @property
    def over(self) -> bool:
        """Whether it is above the ceiling; at the ceiling it is not."""
        return self.ceiling is not None and self.share.value is not None and self.share.value > self.ceiling

    @property
    def words(self) -> str:
        """As ``12.5% one-offs: over budget, above the ceiling of 10%``."""
        if not self.share.known:
            return "one-off share: not on record for this quarter"
        if self.ceiling is None:
            bound = "no ceiling is set"
        else:
            where = "above" if self.over else "at" if self.share.value == self.ceiling else "below"
            bound = f"{where} the ceiling of {written(self.ceiling, 'share')}"
        return f"{self.share.text} one-offs: {self.band}, {bound}"


def gauge_of(entries: Sequence[Entry], slices: Iterable[Slice]) -> Gauge:
    """The gauge of a plan with these items."""
    one_offs = taken_of(entry for entry in entries if entry.item.slice == ONE_OFF)
    planned = taken_of(entries)
    share = one_offs / planned if planned else Fraction(0)
    inputs = (("one-offs", written(one_offs, "ew")), ("planned effort", written(planned, "ew")))
    figure = Figure("one-off share", share, "share", "effort of one-offs / planned effort", inputs)
    part = next((each for each in slices if each.letter == ONE_OFF), None)
    ceiling = None if part is None or part.ceiling is None else exact(part.ceiling) / 100
    return Gauge(figure, one_off_band(share), ceiling)


def share_on_record(state: State, quarter_id: int) -> Figure:
    """The one-off share of an earlier quarter: of what its items took, once it is closed; else as its last decision put
    it on record, and unknown where none did."""
    decisions = [row for row in state.all(Decision).values() if row.quarter_id == quarter_id]
    closes = {row.id for row in decisions if row.kind == "close"}
    shares = {row.decision_id: row.one_offs_after for row in state.all(DecisionDetail).values()}
    done = [move for move in state.each(Move) if move.decision_id in closes]
    # Where nobody counted, a close has the likely size.
    counted = took_by_item(state)
    all_work = total(exact(counted.get(move.item_id or 0, move.ew)) for move in done)
    # A close that put the share on record itself is taken at its word.
    if all_work and all(shares.get(key) is None for key in closes):
        # As the quarter graded has it: an item counts in the slice in which it ended.
        slices: dict[int | None, str | None] = {row.id: row.slice for row in state.each(Item)}
        number = state.number_of(state.all(Quarter)[quarter_id])
        slices |= {row.item_id: row.slice for row in state.each(Outcome) if row.number == number and row.slice}
        mine = [move for move in done if slices.get(move.item_id) == ONE_OFF]
        one_offs = total(exact(counted.get(move.item_id or 0, move.ew)) for move in mine)
        inputs = (("one-offs took", written(one_offs, "ew")), ("all that was done took", written(all_work, "ew")))
        return Figure("one-off share", one_offs / all_work, "share", "what one-offs took / what all took", inputs)
    known = [row for row in decisions if shares.get(row.id) is not None]
    last = max(known, key=lambda row: (row.at, row.id), default=None)
    formula = "effort of one-offs / planned effort, as the last decision of the quarter put it on record"
    if last is None:
        return Figure("one-off share", None, "share", formula, (("decisions that say it", "none"),))
    share = exact(shares[last.id] or 0.0)
    return Figure("one-off share", share, "share", formula, ((last.title, f"{last.at:%Y-%m-%d}"),))


# ------------------------------------------------------------------ the purse


@dataclass(frozen=True)
class Purse:
    """What the purse has bought this quarter, and the most that it buys (pieces; ew). What left the plan is back."""

    picks: tuple[PursePick, ...]
    most_count: int
    most_effort: Fraction

    @property
    def effort(self) -> Fraction:
        """What it has bought, in ew, by the sizes at the time."""
        return total(exact(pick.effort) for pick in self.picks)

    def takes(self, effort: Fraction, without: Iterable[int] = ()) -> bool:
        """Whether one more of this effort (ew) fits, when the picks of these items are given back."""
        gone = set(without)
        kept = [pick for pick in self.picks if pick.item_id not in gone]
        spent = total(exact(pick.effort) for pick in kept)
        return len(kept) < self.most_count and spent + effort <= self.most_effort

    def figures(self, items: Mapping[int, Item]) -> tuple[Figure, Figure]:
        """How many it has bought, and how much; ``items`` have the titles."""
        bought = tuple(
            (f"{items[pick.item_id].title} (by {pick.who})", f"{format_ew(pick.effort)} ew") for pick in self.picks
        ) or (("bought", "nothing yet"),)
        formula = "one-offs bought this quarter that are in plan or done"
        most = ("the most that it buys", f"{self.most_count}, {format_ew(float(self.most_effort))} ew")
        return (
            Figure("one-offs out of the purse", Fraction(len(self.picks)), "count", formula, (*bought, most)),
            Figure(
                "effort out of the purse",
                self.effort,
                "ew",
                f"sum of the sizes at the time of the {formula}",
                (*bought, most),
            ),
        )

    @property
    def words(self) -> str:
        """As ``1 of 2 one-offs, 0.8 of 2.0 ew``."""
        return (
            f"{len(self.picks)} of {self.most_count} one-offs, "
            f"{format_ew(float(self.effort))} of {format_ew(float(self.most_effort))} ew"
        )


def purse_of(state: State, quarter_id: int | None = None) -> Purse:
    """The purse of a quarter, by default the present one."""
    quarter_id = state.quarter.id if quarter_id is None else quarter_id
    items, charter = state.all(Item), charter_of(state)
    picks = tuple(
        pick
        for pick in state.each(PursePick)
        if pick.quarter_id == quarter_id and items[pick.item_id].state in ("plan", "done")
    )
    return Purse(picks, charter.purse_count, exact(charter.purse_effort))


def spend(state: State, entry: Entry, who: str, out: Iterable[int] = ()) -> PursePick:
    """The pick by which this person takes a one-off out of the purse, while the items ``out`` leave in the same trade.

    Raises :class:`PurseError` where they may not, it is no sized one-off, or the purse is empty and no earlier pick
    leaves for it. It belongs to the decision's command: :func:`scenarios.trade.decision_records.attach`.
    """
    if entry.item.slice != ONE_OFF or not entry.sized:
        raise PurseError(f"the purse buys one-offs that have a size, and “{entry.item.title}” is none")
    if not may(state, who, "one-off"):
        holder = holder_words(state, "one-off")
        whose = f"it is spent by {holder} alone" if holder else "nobody holds it: the charter names who does"
        raise PurseError(f"the purse is not {who.strip() or 'nobody'}'s to spend: {whose}")
    purse, gone, asked = purse_of(state), set(out), effort_of([entry])
    own = {entry.item.id}
    if not purse.takes(asked, gone | own):
        replaced = [pick for pick in purse.picks if pick.item_id not in own]
        enough = [pick for pick in replaced if purse.takes(asked, {pick.item_id} | own | gone)]
        titles = " or ".join(f"“{state.all(Item)[pick.item_id].title}”" for pick in enough or replaced)
        if asked > purse.most_effort or not purse.most_count:
            way = f"it never buys one of {format_ew(float(asked))} ew"
        else:
            way = f"an earlier pick has to leave for it: {titles}"
        raise PurseError(f"the purse has bought {purse.words}: {way}")
    quarter_id = state.quarter.id
    old = next(
        (row for row in state.each(PursePick) if (row.quarter_id, row.item_id) == (quarter_id, entry.item.id)), None
    )
    values: dict[str, Any] = {"who": who.strip()[:200], "effort": float(asked)}
    if old is not None:
        return old.model_copy(update=values)
    return PursePick(id=new_id(), quarter_id=quarter_id, item_id=entry.item.id, **values)


# ------------------------------------------------------------------ the ledger


@dataclass(frozen=True)
class OneOff:
    """One line of the ledger; ``said`` is the last that was decided of it in that quarter, if anything was.

    ``customer`` is the one of its request; ``waiting`` are those who wait for it, by name.
    """

    entry: Entry
    asked_by: str
    customer: Customer | None
    kind: OneOffKind | None
    ratio: Figure
    state: str
    said: Decided | None
    pick: PursePick | None
    waiting: tuple[Customer, ...] = ()
    #: what it took, in ew, where it is done; None before that
    took: float | None = None
    #: whether it is or was work of that quarter: not what is asked for, declined, or answered another way
    under_way: bool = False

    @property
    def effort(self) -> Fraction:
        """What it took, or takes by its likely sizes, in ew."""
        return effort_of([self.entry]) if self.took is None else exact(self.took)

    @property
    def whose(self) -> str:
        """For whom it is: the account that asked, else those who wait; empty where nobody does."""
        return self.customer.name if self.customer is not None else ", ".join(one.name for one in self.waiting)


def ledger_of(state: State, quarter_id: int | None = None) -> tuple[OneOff, ...]:
    """The one-offs of a quarter, by default the present one: those of which it decided something, and in the present
    quarter also those in plan, and those of which nothing was ever decided. Largest first."""
    present = state.quarter.id
    quarter_id = present if quarter_id is None else quarter_id
    decided, asked, waiting = decided_by_item(state), AskRecord(state), waiting_by_item(state)
    picks = {pick.item_id: pick for pick in state.all(PursePick).values() if pick.quarter_id == quarter_id}
    found = []
    for entry in entries_of(state, *STATES):
        item = entry.item
        if item.slice != ONE_OFF:
            continue
        here = [row for row in decided.get(item.id, ()) if row.quarter.id == quarter_id]
        now = quarter_id == present and (item.state == "plan" or item.id not in decided)
        if not here and not now:
            continue
        request, card = asked.requests.get(item.id), asked.cards.get(item.id)
        said = here[-1] if here else None
        word = STATES[item.state] if quarter_id == present or said is None else said.outcome
        way = asked.ways.get(item.id)
        if quarter_id == present and way is not None and way.kind not in ("swap", "decline"):
            word = f"in plan, by {way.kind}" if item.state == "plan" else f"answered by {way.kind}"
        customer = None if request is None or request.customer_id is None else state.all(Customer)[request.customer_id]
        found.append(
            OneOff(
                entry,
                request.asked_by if request else "",
                customer,
                card.one_off_kind if card else None,
                returns_of(state, entry, asked).ratio,
                word,
                said,
                picks.get(item.id),
                waiting.get(item.id, ()),
                asked.took.get(item.id) if word == "done" else None,
                word in ("in plan", "done") or word.startswith(("in plan, ", "resized")),
            )
        )
    return tuple(sorted(found, key=lambda row: (-row.entry.ew, row.entry.item.id)))


def ledger_words(ledger: Sequence[OneOff]) -> str:
    """As ``12 one-offs: 4.6 ew under way (3), 23.0 ew asked for, declined or answered another way (9)``."""
    count = len(ledger)
    parts = []
    for words, rows in (
        ("under way or done", [row for row in ledger if row.under_way]),
        ("asked for, declined or answered another way", [row for row in ledger if not row.under_way]),
    ):
        if rows:
            parts.append(f"{written(total(row.effort for row in rows), 'ew')} {words} ({len(rows)})")
    return f"{count} one-off{'' if count == 1 else 's'}" + (f": {', '.join(parts)}" if parts else "")
