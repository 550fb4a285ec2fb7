"""The request card as it is read: all that a request carries, in sections; what nobody gave is named in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scenarios.figures.amounts import cents, exact, rate_percent
from scenarios.figures.figure import Figure, written
from scenarios.figures.sizes import format_ew, format_range, range_of
from scenarios.plan.departures import PINNED, needs_of, pins_of
from scenarios.plan.plan import Entry
from scenarios.requests.card import claims_of, demand_of, unconfirmed
from scenarios.requests.claim_checks import checks_of
from scenarios.requests.deal_ends import deal_end_of
from scenarios.requests.sale import buyer_roi, roi_words, security_words
from scenarios.requests.voices import PARTS, Voices, voices_of
from scenarios.requests.ways_out import MARKUPS, quote_of
from scenarios.rules.commitments import Promise, commitments_of
from scenarios.rules.returns import HIDDEN, UPKEEP_QUARTERS, card_of, ice_of, request_of, returns_of
from scenarios.trade.trials import trial_of, trial_words
from store.records import Actual, Customer, Item, Request, Slice, State, Team, Wait
from store.records.negotiation import Card, Evidence, HiddenCost, Principle, WayOut

STATES = {
    "inbox": "waits in the inbox",
    "plan": "in plan",
    "below": "good, not now",
    "declined": "declined",
    "done": "done",
}


#: Where a stakeholder stands, in words.
STANCES_SAID = {"for": "for it", "against": "against it", "unknown": "not known where"}


@dataclass(frozen=True)
class CardLine:
    """One line of a section, with the figures that are in it."""

    text: str
    figures: tuple[Figure, ...] = ()


@dataclass
class Section:
    """A section of the card: its lines, and the names of fields that nobody filled in."""

    key: str
    title: str
    lines: list[CardLine] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def say(self, name: str, text: str, *figures: Figure) -> None:
        """A line as ``name: text``; where there is no text, the name is missing."""
        if text.strip():
            self.lines.append(CardLine(f"{name}: {text}", figures))
        else:
            self.missing.append(name)

    def show(self, figure: Figure) -> None:
        """A line for a figure."""
        self.lines.append(CardLine(figure.words, (figure,)))

    @property
    def not_given(self) -> str:
        """What nobody gave, in one line; empty where all is given."""
        return f"not given: {', '.join(self.missing)}" if self.missing else ""


def sections_of(state: State, entry: Entry) -> tuple[Section, ...]:
    """The card of an item, section by section in a fixed order."""
    request = request_of(state, entry.item.id)
    card = card_of(state, entry.item.id) or Card(id=0, item_id=entry.item.id)
    return (
        _asked(entry, request, card),
        _problem(request, card),
        _whom(state, entry, request, card),
        _stakes(voices_of(state, entry.item.id)),
        _value(state, entry, card),
        _deal(state, entry, request, card),
        _size(state, entry, request),
        _kind(state, entry, card),
        _demand(state, entry),
        _sale(card, trial_of(state, entry.item.id)),
        _promise(state, entry),
        _hidden(state, entry),
        _rules(state, card),
        _claims(state, entry),
    )


def figures_of(sections: Iterable[Section]) -> tuple[Figure, ...]:
    """Every figure of these sections once, in the order in which they are shown."""
    every = (figure for section in sections for line in section.lines for figure in line.figures)
    return tuple(dict.fromkeys(every))


def _asked(entry: Entry, request: Request | None, card: Card) -> Section:
    section = Section("ask", "Asked")
    state = STATES[entry.item.state]
    when = f", asked for {request.received_at.date().isoformat()}" if request else ", asked for by nobody on record"
    section.lines.append(CardLine(f"{state}{when}"))
    section.say("asked by", request.asked_by if request else "")
    section.say("sponsor", card.sponsor)
    section.say("owner", entry.item.owner)
    return section


def _problem(request: Request | None, card: Card) -> Section:
    section = Section("problem", "Problem and solution")
    section.say("problem", request.problem if request else "")
    section.say("proposed solution", card.solution)
    section.say("alternatives rejected", card.alternatives)
    section.say("hypothesis", card.hypothesis)
    return section


def _whom(state: State, entry: Entry, request: Request | None, card: Card) -> Section:
    section = Section("whom", "For whom")
    customer = state.all(Customer)[request.customer_id].name if request and request.customer_id is not None else ""
    section.say("customer", customer)
    waits = {row.customer_id for row in state.all(Wait).values() if row.item_id == entry.item.id}
    section.say("who waits for it", ", ".join(sorted(state.all(Customer)[key].name for key in waits)))
    section.say("segment", card.segment)
    section.say("helps", card.helps)
    section.say("hurts", card.hurts)
    voices = voices_of(state, entry.item.id)
    section.lines += map(CardLine, voices.lines)
    if voices.unlisted:
        section.lines.append(CardLine(f"on no list of the charter: {', '.join(voices.unlisted)}"))
    return section


def _stakes(voices: Voices) -> Section:
    section = Section("stakes", "Stakeholders")
    for row in voices.stakeholders:
        section.lines.append(CardLine(f"{row.part}: {row.name}, {STANCES_SAID[row.stance]}"))
    named = {row.part for row in voices.stakeholders}
    section.missing += [part for part in PARTS if part not in named]
    return section


def _value(state: State, entry: Entry, card: Card) -> Section:
    section = Section("value", "Value")
    section.say("to the buyer", card.buyer_value)
    section.say("to the user", card.user_value)
    section.say("success measure", card.success)
    aim = "" if card.adoption_aim is None else rate_percent(exact(card.adoption_aim))
    section.say("adoption aim", aim and f"{aim} of the accounts that could use it, 90 days after it ships")
    ice = ice_of(state, entry.item.id)
    if ice.known:
        section.show(ice)
    else:
        section.missing.append("ICE")
    return section


def _deal(state: State, entry: Entry, request: Request | None, card: Card) -> Section:
    section = Section("deal", "Deal or renewal")
    deal = renewal = ""
    if request is not None and request.deal_amount is not None:
        chance = request.deal_probability
        deal = cents(exact(request.deal_amount))
        deal += "" if chance is None else f" at {written(exact(chance), 'share')}"
        deal += f", closes {request.deal_closes.isoformat()}" if request.deal_closes else ""
    if card.renewal_arr is not None or card.renewal_date is not None:
        amount = "" if card.renewal_arr is None else f"{cents(exact(card.renewal_arr))} a year"
        renewal = ", ".join(filter(None, (amount, card.renewal_date.isoformat() if card.renewal_date else "")))
    section.say("deal", deal)
    section.say("renewal", renewal)
    end = deal_end_of(state, entry.item.id)
    if end is not None:
        signed = f", {cents(exact(end.amount))}" if end.amount is not None else ""
        section.say("ended", f"{end.outcome} on {end.ended.isoformat()}{signed}{f': {end.note}' if end.note else ''}")
    found = returns_of(state, entry)
    for figure in (found.expected, found.full_cost, found.ratio):
        section.show(figure)
    if found.licences.known:
        section.lines.append(
            CardLine(f"the full cost equals {found.licences.text} standard licences", (found.licences,))
        )
    else:
        section.show(found.licences)
    quotes = tuple(quote_of(state, entry, markup) for markup in MARKUPS)
    if quotes[0].known:
        priced = ", ".join(f"cost + {markup:.0%} {quote.text}" for markup, quote in zip(MARKUPS, quotes, strict=True))
        section.lines.append(CardLine(f"as services: {priced}", quotes))
    return section


def _size(state: State, entry: Entry, request: Request | None) -> Section:
    section = Section("size", "Size")
    teams, why = state.all(Team), unconfirmed(state, entry.item.id)
    section.say("claimed", f"“{request.claimed}”" if request and request.claimed else "")
    sizes = [f"{format_range(range_of(size))} ew {teams[size.team_id].name}" for size in entry.sizes]
    # A size that came with the request is its asker's word until the problem is written down.
    section.say("claimed, low-likely-high" if why else "confirmed", ", ".join(sizes))
    if why:
        section.lines.append(CardLine(why))
    took = [row for row in state.all(Actual).values() if row.title and row.title == entry.item.title]
    weeks = [f"{format_ew(row.actual)} ew" if row.counted else "nobody counted" for row in took]
    actual = [f"{ew} {teams[row.team_id].name} ({row.quarter})" for ew, row in zip(weeks, took, strict=True)]
    section.say("actual", ", ".join(actual))
    return section


def _kind(state: State, entry: Entry, card: Card) -> Section:
    section = Section("kind", "Kind")
    name = next((part.name for part in state.all(Slice).values() if part.letter == entry.item.slice), "")
    section.say("slice", f"{entry.item.slice} {name}")
    section.say("one-off kind", card.one_off_kind or "")
    section.say("home", card.home or "")
    section.say("verdict", card.verdict or "")
    section.say("offloads", card.offloads)
    return section


def _demand(state: State, entry: Entry) -> Section:
    section = Section("demand", "Demand")
    rows = [row for row in state.all(Evidence).values() if row.item_id == entry.item.id]
    rows.sort(key=lambda row: row.id)
    for row in rows:
        what = ", ".join(part for part in (row.segment, row.source) if part) or "no source given"
        counts = "; from the deal being sold: does not count" if row.from_deal else ""
        section.lines.append(
            CardLine(f"{row.customers} {'customer' if row.customers == 1 else 'customers'}: {what}{counts}")
        )
    if rows:
        section.show(demand_of(state, entry.item.id))
    else:
        section.missing.append("evidence")
    return section


def _sale(card: Card, trial: WayOut | None) -> Section:
    section = Section("sale", "The sale")
    section.say("stage", card.stage or "")
    section.say("security review", security_words(card))
    section.say("service level asked for", card.service_level)
    if trial is not None:
        section.lines.append(CardLine(trial_words(trial)))
    section.say("buyer ROI", roi_words(card), buyer_roi(card))
    section.say("pricing model", card.pricing)
    return section


def _promise(state: State, entry: Entry) -> Section:
    section = Section("promise", "Commitment and needs")
    made = commitments_of(state, entry.item.id)
    for row in made:
        section.lines.append(CardLine(Promise(row, entry.item, False).words))
    if not made:
        section.missing.append("commitment")
    pin = pins_of(state).get(entry.item.id)
    if pin is not None:
        section.lines.append(CardLine(f"stays in plan: {PINNED[pin.kind]}"))
    section.say("due", entry.item.due.isoformat() if entry.item.due else "")
    needed = sorted(needs_of(state).get(entry.item.id, ()))
    section.say("needs", ", ".join(state.all(Item)[key].title for key in needed))
    return section


def _hidden(state: State, entry: Entry) -> Section:
    section = Section("hidden", "Hidden costs")
    rows = {row.kind: row for row in state.all(HiddenCost).values() if row.item_id == entry.item.id}
    for kind, asks in HIDDEN.items():
        section.say(f"{kind} ({asks})" if kind in rows else kind, hidden_words(rows[kind]) if kind in rows else "")
    found = returns_of(state, entry)
    section.show(found.build)
    if rows:
        section.show(found.hidden)
        section.show(found.upkeep)
    return section


def hidden_words(row: HiddenCost) -> str:
    """A hidden cost as it is read: ``10% of the build, 0.2 ew a quarter for 4 quarters``."""
    parts = []
    if row.effort is not None:
        parts.append(written(exact(row.effort), "ew"))
    if row.share is not None:
        parts.append(f"{written(exact(row.share), 'share')} of the build")
    if row.upkeep:
        parts.append(f"{written(exact(row.upkeep), 'ew')} a quarter for {UPKEEP_QUARTERS} quarters")
    return ", ".join(parts)


def _rules(state: State, card: Card) -> Section:
    section = Section("rules", "Precedent and principle")
    section.say("precedent", card.precedent)
    principle = state.all(Principle)[card.principle_id].name if card.principle_id is not None else ""
    section.say(f"{card.stance} the principle" if principle else "principle", principle)
    return section


def _claims(state: State, entry: Entry) -> Section:
    section = Section("claims", "Five claims")
    checks = checks_of(state, entry)
    for claim in claims_of(state, entry.item.id):
        words, figures = checks[claim.kind]
        if claim.made:
            section.lines.append(CardLine(f"{claim.kind}: {claim.words} (on record: {words})", figures))
        else:
            section.missing.append(claim.kind)
    return section
