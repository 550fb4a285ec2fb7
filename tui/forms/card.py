"""The sections of the request card as forms: their fields as they stand, and the command that what is typed means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from scenarios.accounts.edits import told_account
from scenarios.figures.money import money_in
from scenarios.figures.names import principle_named, slice_named
from scenarios.figures.readers import AS_DAY, day_in, number_in
from scenarios.requests.card import together, write_card, write_request
from scenarios.requests.patterns import KINDS
from scenarios.rules.personas import personas_of, read_personas
from scenarios.rules.returns import HIDDEN, card_of, request_of
from store.common.errors import Refused, refused_about
from store.records import Command, Customer, Item, Request, Slice, State, Wait, new_id
from store.records.negotiation import Card, DealVerdict, Home, OneOffKind, Principle
from tui.forms.card_lines import (
    Fields,
    card_label,
    choice,
    claims_fields,
    claims_read,
    demand_fields,
    demand_read,
    hidden_fields,
    hidden_read,
    one_of,
    promise_fields,
    promise_read,
    typed,
)
from tui.forms.fields import Field, Values
from tui.forms.plain_change import Ask
from tui.forms.sale import SALE, sale_fields, sale_read
from tui.forms.stakeholders import stakeholder_fields, stakeholder_read


@dataclass(frozen=True)
class CardForm:
    """One section: its title, what it asks, and how it reads what was typed (raises Refused)."""

    title: str
    fields: Callable[[State, int], Fields]
    read: Callable[[State, int, Values], Command]
    about: str = ""


def _request(state: State, item_id: int) -> Request | None:
    return request_of(state, item_id)


def _card(state: State, item_id: int) -> Card:
    return card_of(state, item_id) or Card(id=0, item_id=item_id)


#: By section, what its form and ``makeroom card`` ask; the others have as many lines as there is to say.
ASKS: dict[str, tuple[Ask, ...]] = {
    "ask": (
        Ask("asked_by", "asked by", "--asked-by", "who brought it"),
        Ask("sponsor", "sponsor", "--sponsor", "who stands up for it"),
    ),
    "problem": (
        Ask("problem", "problem", "--problem", "what is wrong today, in the asker's words"),
        Ask("solution", "proposed solution", "--solution", "what they ask for"),
        Ask("alternatives", "alternatives rejected", "--alternatives", "what else was looked at, and why not"),
        Ask("hypothesis", "hypothesis", "--hypothesis", "what is believed that it does, to be seen later"),
    ),
    "whom": (
        Ask("customer", "customer", "--customer", "who asked; they wait for it from now on"),
        Ask("arr", "it pays, a year", "--arr", "the customer, where that is not known yet; as 180k", kind="money"),
        Ask(
            "renews",
            "it renews",
            "--account-renews",
            f"the customer, where that is not known yet; {AS_DAY}",
            kind="day",
        ),
        Ask("segment", "segment", "--segment", "which part of the market"),
        Ask("helps", "helps", "--helps", "the personas whose work gets easier, separated by ;"),
        Ask("hurts", "hurts", "--hurts", "the personas who pay for it, separated by ;: more to learn, more to run"),
    ),
    "value": (
        Ask("buyer_value", "to the buyer", "--buyer-value", "what it is worth to who signs"),
        Ask("user_value", "to the user", "--user-value", "what it is worth to who works with it"),
        Ask("success", "success measure", "--success", "what will be seen when it worked"),
        Ask(
            "adoption_aim",
            "adoption aim %",
            "--adoption-aim",
            "of the accounts that could use it, how many are to have adopted it 90 days after it ships; as 60",
        ),
    ),
    "deal": (
        Ask("deal_amount", "deal", "--deal", "amount, as 480000 or 480k", kind="money"),
        Ask("deal_probability", "probability %", "--probability", "0 to 100", kind="number"),
        Ask("deal_closes", "closes", "--closes", AS_DAY, kind="day"),
        Ask("renewal_arr", "renewal, a year", "--renewal", "yearly revenue that renews, as 180k", kind="money"),
        Ask("renewal_date", "renews", "--renews", AS_DAY, kind="day"),
    ),
    "size": (
        Ask(
            "claimed",
            "claimed size",
            "--claimed",
            "what the asker says it takes; engineering's is its size on the board",
            "what the asker says it takes; makeroom size takes engineering's",
        ),
    ),
    "kind": (
        Ask(
            "slice",
            "slice",
            "--slice",
            "would only this account use it? then O, a one-off; else what kind of work it is",
            "slice of what is not in plan; makeroom item changes it there",
        ),
        Ask("one_off_kind", "one-off kind", "--one-off-kind", one_of(get_args(OneOffKind))),
        Ask("home", "home", "--home", one_of(get_args(Home))),
        Ask("verdict", "verdict", "--verdict", one_of(get_args(DealVerdict))),
        Ask(
            "offloads",
            "offloads",
            "--offloads",
            f"asks that it is to end: {', '.join(KINDS)}; or words that they have",
        ),
    ),
    "sale": SALE,
    "rules": (
        Ask("precedent", "precedent", "--precedent", "what was decided like it before, and what it would let in"),
        Ask("principle", "principle", "--principle", help="one of the charter's principles"),
        Ask("stance", "follows or breaks it", "--stance", "follows, or breaks"),
    ),
}
#: What belongs to the request; the rest to its card.
_OF_REQUEST = frozenset({"asked_by", "problem", "claimed"})


def _filled(section: str, *values: str | None, **hints: str) -> Fields:
    """The lines of a section with what stands in them; a hint here may say what is known now."""
    return [
        Field(ask.name, ask.label, value or "", hints.get(ask.name, ask.hint))
        for ask, value in zip(ASKS[section], values, strict=True)
    ]


def _texts(section: str, state: State, item_id: int) -> dict[str, str]:
    asked, card = _request(state, item_id), _card(state, item_id)
    of = {ask.name: asked if ask.name in _OF_REQUEST else card for ask in ASKS[section]}
    return {name: str(getattr(row, name, "") or "") for name, row in of.items()}


def _text_read(section: str, state: State, item_id: int, values: Values) -> Command:
    given = {name: typed(values[name], present) for name, present in _texts(section, state, item_id).items()}
    request = {name: text for name, text in given.items() if name in _OF_REQUEST}
    card = {name: text for name, text in given.items() if name not in _OF_REQUEST}
    return _written(state, item_id, request, card, ASKS[section][0].name)


def _written(state: State, item_id: int, request: dict[str, Any], card: dict[str, Any], field: str) -> Command:
    """What belongs to the request and to its card, as one command; what is refused is said beside ``field``."""
    with refused_about(field):
        parts = [Command("card", "")]
        if request:
            parts.append(write_request(state, item_id, request))
        if card:
            parts.append(write_card(state, item_id, card))
    return together(card_label(state, item_id), *parts)


# ------------------------------------------------------------------ for whom


def _whom_fields(state: State, item_id: int) -> Fields:
    asked, card = _request(state, item_id), _card(state, item_id)
    name = state.all(Customer)[asked.customer_id].name if asked and asked.customer_id is not None else ""
    listed = "; ".join(row.name for row in personas_of(state))
    hints = {"helps": f"of the charter's: {listed}", "hurts": f"of the charter's: {listed}"} if listed else {}
    return _filled("whom", name, "", "", card.segment, card.helps, card.hurts, **hints)


def _whom_read(state: State, item_id: int, values: Values) -> Command:
    name = values["customer"].strip()
    puts: list[Any] = []
    customer_id = None
    if len(name) > 200:
        raise Refused("A customer's name has 200 characters at most.", "customer")
    arr, renews = money_in(values, "arr"), day_in(values, "renews")
    if name:
        account = told_account(state, name, arr, renews)
        if account != state.all(Customer).get(account.id):
            puts.append(account)
        customer_id = account.id
    elif arr is not None or renews is not None:
        raise Refused("Whose revenue and renewal are these? Name the customer.", "customer")
    waits = any(row.item_id == item_id and row.customer_id == customer_id for row in state.all(Wait).values())
    if customer_id is not None and not waits:
        puts.append(Wait(id=new_id(), item_id=item_id, customer_id=customer_id))
    here = _card(state, item_id)
    card = {field: typed(values[field], getattr(here, field)) for field in ("segment", "helps", "hurts")}
    for field in ("helps", "hurts"):
        # What stood there before there was a list stays until somebody writes something else.
        if card[field] != getattr(here, field):
            card[field] = read_personas(state, card[field], field)
    written = _written(state, item_id, {"customer_id": customer_id}, card, "segment")
    return together(written.label, written, Command("card", "", tuple(puts)))


# ------------------------------------------------------------------ value


def _value_fields(state: State, item_id: int) -> Fields:
    card = _card(state, item_id)
    aim = _plain(None if card.adoption_aim is None else 100 * card.adoption_aim)
    return _filled("value", card.buyer_value, card.user_value, card.success, aim)


def _value_read(state: State, item_id: int, values: Values) -> Command:
    here, given = _card(state, item_id), dict(values)
    text = given.pop("adoption_aim").strip().removesuffix("%")
    card: dict[str, Any] = {name: typed(value, getattr(here, name)) for name, value in given.items()}
    present = next(field.value for field in _value_fields(state, item_id) if field.name == "adoption_aim")
    if text != present:
        aim = number_in({"adoption_aim": text}, "adoption_aim")
        if aim is not None and not 0 <= aim <= 100:
            raise Refused("An aim is between 0 and 100 percent of the accounts that could use it.", "adoption_aim")
        card["adoption_aim"] = None if aim is None else aim / 100
    return _written(state, item_id, {}, card, "buyer_value")


# ------------------------------------------------------------------ deal or renewal


def _deal_fields(state: State, item_id: int) -> Fields:
    asked, card = _request(state, item_id), _card(state, item_id)
    chance = asked.deal_probability if asked else None
    closes = asked.deal_closes if asked else None
    return _filled(
        "deal",
        _plain(asked.deal_amount if asked else None),
        _plain(None if chance is None else 100 * chance),
        closes.isoformat() if closes else "",
        _plain(card.renewal_arr),
        card.renewal_date.isoformat() if card.renewal_date else "",
    )


def _deal_read(state: State, item_id: int, values: Values) -> Command:
    # What nobody touched stays to its last digit, which the line does not show.
    present = {field.name: field.value for field in _deal_fields(state, item_id)}
    touched = {name for name, text in values.items() if text.strip() != present.get(name)}
    for field in ("deal_amount", "renewal_arr"):
        if (money_in(values, field) or 0) < 0:
            raise Refused("An amount cannot be below zero.", field)
    chance = number_in(values, "deal_probability")
    if chance is not None and not 0 <= chance <= 100:
        raise Refused("A probability is between 0 and 100 percent.", "deal_probability")
    request = {
        "deal_amount": money_in(values, "deal_amount"),
        "deal_probability": None if chance is None else chance / 100,
        "deal_closes": day_in(values, "deal_closes"),
    }
    card = {"renewal_arr": money_in(values, "renewal_arr"), "renewal_date": day_in(values, "renewal_date")}
    request, card = ({name: part[name] for name in part if name in touched} for part in (request, card))
    return _written(state, item_id, request, card, "deal_amount")


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


# ------------------------------------------------------------------ kind


def _kind_fields(state: State, item_id: int) -> Fields:
    card = _card(state, item_id)
    slices = ", ".join(f"{part.letter} {part.name}" for part in state.each(Slice))
    present = state.all(Item)[item_id].slice
    return _filled("kind", present, card.one_off_kind, card.home, card.verdict, card.offloads, slice=slices)


def _kind_read(state: State, item_id: int, values: Values) -> Command:
    item = state.all(Item)[item_id]
    letter = slice_named(state.each(Slice), values["slice"], "slice").letter
    if letter != item.slice and item.state == "plan":
        # Another share of one-offs may take a signature, which the item's form asks for.
        raise Refused(
            "It is in plan: its slice is changed where the item is edited, and what that takes is said.", "slice"
        )
    card = {
        "one_off_kind": choice(values, "one_off_kind", get_args(OneOffKind)),
        "home": choice(values, "home", get_args(Home)),
        "verdict": choice(values, "verdict", get_args(DealVerdict)),
        "offloads": typed(values["offloads"], _card(state, item_id).offloads),
    }
    puts = () if letter == item.slice else (item.model_copy(update={"slice": letter}),)
    written = _written(state, item_id, {}, card, "one_off_kind")
    return together(written.label, written, Command("card", "", puts))


# ------------------------------------------------------------------ precedent and principle


def _rules_fields(state: State, item_id: int) -> Fields:
    card = _card(state, item_id)
    principles = [row.name for row in sorted(state.all(Principle).values(), key=lambda row: (row.position, row.id))]
    present = state.all(Principle)[card.principle_id].name if card.principle_id is not None else ""
    hint = "; ".join(principles) or "the charter has no principle yet"
    return _filled("rules", card.precedent, present, card.stance if present else "", principle=hint)


def _rules_read(state: State, item_id: int, values: Values) -> Command:
    text = values["principle"].strip()
    stance = choice(values, "stance", ("follows", "breaks"))
    card = {
        "precedent": typed(values["precedent"], _card(state, item_id).precedent),
        "principle_id": principle_named(state, text, "principle").id if text else None,
        "stance": stance or "follows",
    }
    return _written(state, item_id, {}, card, "precedent")


def _words_form(section: str, title: str) -> CardForm:
    def fields(state: State, item_id: int) -> Fields:
        return _filled(section, *_texts(section, state, item_id).values())

    return CardForm(title, fields, partial(_text_read, section))


#: By section of the card.
FORMS: dict[str, CardForm] = {
    "ask": _words_form("ask", "Asked"),
    "problem": _words_form("problem", "Problem and solution"),
    "whom": CardForm("For whom", _whom_fields, _whom_read),
    "stakes": CardForm("Stakeholders", stakeholder_fields, stakeholder_read),
    "value": CardForm("Value", _value_fields, _value_read),
    "deal": CardForm("Deal or renewal", _deal_fields, _deal_read),
    "size": _words_form("size", "Size"),
    "kind": CardForm("Kind", _kind_fields, _kind_read),
    "demand": CardForm(
        "Demand", demand_fields, demand_read, "What comes from the deal being sold is kept, and does not count."
    ),
    "sale": CardForm("The sale", sale_fields, sale_read),
    "promise": CardForm("Commitment and needs", promise_fields, promise_read),
    "hidden": CardForm("Hidden costs", hidden_fields, hidden_read),
    "rules": CardForm("Precedent and principle", _rules_fields, _rules_read),
    "claims": CardForm("Five claims", claims_fields, claims_read),
}


def section_of(field: str) -> str:
    """The section whose form has a field of this name; empty where none has."""
    kind, dash, _ = field.partition("-")
    return (
        {"evidence": "demand", "claim": "claims", "stakeholder": "stakes"}.get(kind, "")
        if dash
        else _SECTION_OF.get(field, "")
    )


_SECTION_OF: dict[str, str] = {
    **{ask.name: section for section, asks in ASKS.items() for ask in asks},
    **dict.fromkeys(("needs", "commitment", "committed_to", "committed_by"), "promise"),
    **{str(kind): "hidden" for kind in HIDDEN},
}
