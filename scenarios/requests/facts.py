"""The facts card: what the app itself knows of a request, in neutral words, every figure with its formula.

It names what is, and weighs nothing: a deal's number and the renewals that wait stand side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from scenarios.figures.amounts import cents, exact
from scenarios.figures.figure import Figure, total, written
from scenarios.plan.departures import Leaving, after
from scenarios.plan.plan import Entry, Plan, entry_of
from scenarios.requests.card import claims_of, demand_of
from scenarios.requests.claim_checks import checks_of
from scenarios.requests.deal_ends import deal_end_of
from scenarios.requests.earlier_asks import Earlier, asked_before, earlier_asks
from scenarios.requests.influence import influence_by
from scenarios.requests.sale import buyer_roi, roi_words, sale_words
from scenarios.requests.voices import SETTING, voices_of
from scenarios.requests.who_waits import who_waits
from scenarios.rules.one_offs import gauge_of
from scenarios.rules.returns import card_of, request_of, returns_of
from scenarios.trade.proposals import unmet_needs
from scenarios.trade.trials import trial_of, trial_words
from store.records import Customer, Slice, State
from store.records.negotiation import Card, WayOut

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


@dataclass(frozen=True)
class Fact:
    """One line of the card: what it is about, what is so, and the figures behind it; ``more`` are lines beneath."""

    about: str
    text: str
    figures: tuple[Figure, ...]
    more: tuple[str, ...] = ()

    @property
    def why(self) -> tuple[str, ...]:
        """What ``?`` shows."""
        return tuple(line for figure in self.figures for line in figure.why)


def facts_of(
    state: State,
    item_id: int,
    before: Forecast,
    out: Iterable[Leaving] = (),
    afterwards: Forecast | None = None,
    since: date | None = None,
) -> tuple[Fact, ...]:
    """The facts of a request, where ``before`` is the forecast of the present plan.

    ``out`` is what the trade in question postpones (the best swap, or what is marked), ``afterwards`` the forecast
    with the request in and these out, where there is one. Renewals count from ``since``, by default the quarter's
    first day.
    """
    entry, going = entry_of(state, item_id), tuple(out)
    request, card = request_of(state, item_id), card_of(state, item_id)
    customer_id = request.customer_id if request is not None else None
    facts = [
        _room(before),
        _odds(before, afterwards),
        _postponed(going),
        _waits(state, going, since),
        _deal(state, entry),
        _sale(card),
        _trial(trial_of(state, item_id)),
        _buyer(card),
        _demand(state, item_id),
        _claims(state, entry),
        _opposed(state, item_id),
        _share(state, entry, before.plan, going),
        _influence(state, customer_id, since),
        _earlier(state, customer_id, item_id),
        _before(asked_before(state, entry.item.title, customer_id, item_id)),
        _needs(state, item_id),
    ]
    return tuple(fact for fact in facts if fact is not None)


def _opposed(state: State, item_id: int) -> Fact | None:
    words = voices_of(state, item_id).opposed
    return Fact("opposed", f"{words}; {SETTING}", ()) if words else None


def _room(before: Forecast) -> Fact:
    """Room, or what it is short of, on each team."""
    # To a tenth, to the side on which what is said holds: that much fits, that much is enough.
    word, formula, to_tenth = "room", "ew more that bring the odds down to the target, rounded down", _down
    weeks = before.room
    if not before.fits:
        word, formula, to_tenth = "short", "ew that must leave to bring the odds up to the target, rounded up", _up
        weeks = before.short
    target = (("odds now", written(exact(before.odds), "odds")), ("target", written(exact(before.plan.target), "odds")))
    figures = []
    for team in before.plan.teams:
        if team.id not in weeks:
            continue
        known = math.isfinite(weeks[team.id])
        # Once the quarter runs, both are of what is left.
        still = "" if before.plan.moment is None else " left"
        net = (f"net capacity{still}", written(exact(before.plan.left_of(team.id)), "ew"))
        load = (f"load{still}", written(exact(before.plan.load_left_of(team.id)), "ew"))
        value = Fraction(to_tenth(10 * weeks[team.id]), 10) if known else None
        figures.append(Figure(f"{word} on {team.name}", value, "ew", formula, (net, load, *target)))
    said = [(figure.name.removeprefix(f"{word} on "), figure.text if figure.known else "any") for figure in figures]
    text = ", ".join(f"{name} {amount}" for name, amount in said)
    return Fact(f"{word} now", text or "no team yet", tuple(figures))


def _down(tenths: float) -> int:
    return math.floor(tenths)


def _up(tenths: float) -> int:
    # As in the header: a hair above a tenth is that tenth.
    return math.ceil(tenths - 1e-9)


def _odds(before: Forecast, afterwards: Forecast | None) -> Fact | None:
    if afterwards is None:
        return None
    figures = (_odds_figure("odds now", before), _odds_figure("odds after", afterwards))
    return Fact("odds after a yes", f"{figures[0].text} → {figures[1].text}", figures)


def _odds_figure(name: str, forecast: Forecast) -> Figure:
    trials = forecast.draws.trials
    inputs = (
        ("simulated quarters", f"{trials:,}"),
        ("all of it finishes in", f"{round(forecast.odds * trials):,}"),
        ("target", written(exact(forecast.plan.target), "odds")),
    )
    formula = "share of simulated quarters in which all of the plan finishes"
    return Figure(name, exact(forecast.odds), "odds", formula, inputs)


def _postponed(going: Sequence[Leaving]) -> Fact:
    inputs = tuple((each.words, written(exact(each.ew), "ew")) for each in going) or (("what leaves", "nothing"),)
    value = total(exact(each.ew) for each in going)
    figure = Figure("postponed", value, "ew", "sum of the likely effort that leaves", inputs)
    text = f"{figure.text}: {', '.join(each.words for each in going)}" if going else "nothing"
    return Fact("postponed for it", text, (figure,))


def _waits(state: State, going: Sequence[Leaving], since: date | None) -> Fact:
    # What stays in a smaller first version is not out of the plan, but who waits for it waits for the rest.
    found = who_waits(state, [each.item_id for each in going], since)
    if not found.rows:
        return Fact("who waits for that", "no customer on record", (found.at_renewal, found.revenue))
    count = len(found.rows)
    text = (
        f"{count} customer{'s' if count > 1 else ''}{found.with_revenue}; "
        f"{found.renewing_words()} by {found.until.isoformat()}"
    )
    more = []
    for row in found.rows:
        revenue = "revenue not known" if row.customer.arr is None else written(exact(row.customer.arr), "money")
        renews = f"renews {row.renews.isoformat()}" if row.renews else "no renewal date"
        more.append(f"{row.customer.name}: {revenue}, {renews}; {', '.join(item.title for item in row.items)}")
    return Fact("who waits for that", text, (found.at_renewal, found.revenue), tuple(more))


def _deal(state: State, entry: Entry) -> Fact:
    found = returns_of(state, entry)
    text = ", ".join(figure.words for figure in (found.expected, found.full_cost, found.ratio))
    if found.licences.known:
        text += f"; the cost equals {found.licences.text} standard licences"
    end = deal_end_of(state, entry.item.id)
    if end is not None:
        signed = f" for {cents(exact(end.amount))}" if end.amount is not None else ""
        text = f"{end.outcome} on {end.ended.isoformat()}{signed}; as it was asked for: {text}"
    return Fact("the deal", text, found.figures)


def _sale(card: Card | None) -> Fact | None:
    words = sale_words(card)
    return Fact("the sale", words, ()) if words else None


def _trial(way: WayOut | None) -> Fact | None:
    return Fact("tried", trial_words(way), ()) if way is not None else None


def _buyer(card: Card | None) -> Fact | None:
    words = roi_words(card)
    return Fact("buyer ROI", words, (buyer_roi(card),)) if words else None


def _demand(state: State, item_id: int) -> Fact:
    figure = demand_of(state, item_id)
    return Fact("demand", f"{figure.text} customer{'' if figure.value == 1 else 's'} by evidence", (figure,))


def _claims(state: State, entry: Entry) -> Fact | None:
    made, checks = [claim for claim in claims_of(state, entry.item.id) if claim.made], checks_of(state, entry)
    if not made:
        return None
    figures = dict.fromkeys(figure for claim in made for figure in checks[claim.kind][1])
    text = "; ".join(f"{claim.kind}: {claim.words}" for claim in made)
    more = tuple(f"on record for {claim.kind}: {checks[claim.kind][0]}" for claim in made)
    return Fact("claims", text, tuple(figures), more)


def _share(state: State, entry: Entry, plan: Plan, going: Sequence[Leaving]) -> Fact:
    slices = tuple(state.all(Slice).values())
    now = gauge_of(plan.entries, slices)
    coming = plan.without([entry]).plus([entry])
    then = gauge_of(after(coming, going).entries, slices)
    ceiling = "" if then.ceiling is None else f"; ceiling {written(then.ceiling, 'share')}"
    text = f"{now.share.text} → {then.share.text}, {then.band}{ceiling}"
    return Fact("one-offs after a yes", text, (now.share, then.share))


def _influence(state: State, customer_id: int | None, since: date | None) -> Fact | None:
    found = influence_by(state, customer_id, since or state.quarter.starts)
    if found is None:
        return None
    asks = f"{found.asks} ask{'' if found.asks == 1 else 's'} in four quarters, {found.yeses} in plan or done"
    return Fact(f"influence of {found.account.name}", f"{found.words}; {asks}", (found.revenue, found.effort))


def _earlier(state: State, customer_id: int | None, item_id: int) -> Fact | None:
    if customer_id is None:
        return None
    found = earlier_asks(state, customer_id, item_id)
    name = state.all(Customer)[customer_id].name
    ended = [each.end.outcome for each in found if each.end is not None]
    ends = ", ".join(f"{ended.count(outcome)} {outcome}" for outcome in dict.fromkeys(ended))
    became = [each.decided[-1].outcome for each in found if each.decided]
    outcomes = ", ".join(f"{became.count(outcome)} {outcome}" for outcome in dict.fromkeys(became))
    text = f"{len(found)} earlier" + (f": {outcomes}" if outcomes else "") + (f"; deals: {ends}" if ends else "")
    return Fact(
        f"asked by {name} before",
        text,
        (_count("earlier asks", f"requests of {name} on record", found),),
        _words(found),
    )


def _before(found: Sequence[Earlier]) -> Fact:
    figure = _count("similar asks", "requests and items with a similar title", found)
    return Fact("similar before", f"{len(found)} on record" if found else "none on record", (figure,), _words(found))


def _needs(state: State, item_id: int) -> Fact | None:
    missing = unmet_needs(state, item_id)
    if not missing:
        return None
    inputs = tuple((item.title, item.state) for item in missing)
    figure = Figure(
        "needed first", Fraction(len(missing)), "count", "what it is of no use without, not in plan", inputs
    )
    return Fact("needs first", ", ".join(item.title for item in missing), (figure,))


def _count(name: str, formula: str, found: Sequence[Earlier]) -> Figure:
    inputs = tuple((each.item.title, each.words) for each in found) or (("on record", "none"),)
    return Figure(name, Fraction(len(found)), "count", formula, inputs)


def _words(found: Sequence[Earlier]) -> tuple[str, ...]:
    return tuple(each.words for each in found)
