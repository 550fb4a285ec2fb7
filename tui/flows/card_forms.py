"""The sections of the request card as forms: their fields as they stand, and the command that what is typed means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from scenarios.cards import (
    ASSERTED,
    CLAIMS,
    CardError,
    Hidden,
    Wanted,
    claims_of,
    together,
    write_card,
    write_claims,
    write_evidence,
    write_hidden,
    write_request,
)
from scenarios.commitments import CommitmentError, commit_to
from scenarios.plan import entry_of
from scenarios.quickadd import slice_letter
from scenarios.returns import HIDDEN, card_of, request_of
from scenarios.ties import TiesError, find_items, tie, ties_of
from store.negotiation import (
    Card,
    ClaimKind,
    CommitmentKind,
    DealVerdict,
    Evidence,
    HiddenCost,
    HiddenKind,
    Home,
    OneOffKind,
    Principle,
)
from store.records import Command, Customer, Item, Request, Slice, State, Wait, new_id
from tui.dialogs.form import Field, FormError, Values
from tui.flows.requests import day, number

Fields = list[Field]
#: Characters that a record holds of one text.
_MOST = 20_000


@dataclass(frozen=True)
class CardForm:
    """One section: its title, what it asks, and how it reads what was typed (raises FormError)."""

    title: str
    fields: Callable[[State, int], Fields]
    read: Callable[[State, int, Values], Command]
    about: str = ""


def _request(state: State, item_id: int) -> Request | None:
    return request_of(state, item_id)


def _card(state: State, item_id: int) -> Card:
    return card_of(state, item_id) or Card(id=0, item_id=item_id)


def _words(field: str, words: str, hint: str, *, request: bool = False) -> tuple[str, str, str, bool]:
    return field, words, hint, request


#: Sections that are words alone: column, label, hint, and whether it belongs to the request.
_TEXTS: dict[str, tuple[tuple[str, str, str, bool], ...]] = {
    "ask": (
        _words("asked_by", "asked by", "who brought it", request=True),
        _words("sponsor", "sponsor", "who stands up for it"),
    ),
    "problem": (
        _words("problem", "problem", "what is wrong today, in the asker's words", request=True),
        _words("solution", "proposed solution", "what they ask for"),
        _words("alternatives", "alternatives rejected", "what else was looked at, and why not"),
    ),
    "value": (
        _words("buyer_value", "to the buyer", "what it is worth to who signs"),
        _words("user_value", "to the user", "what it is worth to who works with it"),
        _words("success", "success measure", "what will be seen when it worked"),
    ),
    "size": (_words("claimed", "claimed size", "what the asker says it takes; e takes engineering's", request=True),),
}


def _text_fields(section: str) -> Callable[[State, int], Fields]:
    def fields(state: State, item_id: int) -> Fields:
        asked, card = _request(state, item_id), _card(state, item_id)
        return [
            Field(name, label, str(getattr(asked if of_request else card, name, "") or ""), hint)
            for name, label, hint, of_request in _TEXTS[section]
        ]

    return fields


def _text_read(section: str) -> Callable[[State, int, Values], Command]:
    def read(state: State, item_id: int, values: Values) -> Command:
        given: dict[bool, dict[str, Any]] = {True: {}, False: {}}
        asked, card = _request(state, item_id), _card(state, item_id)
        for name, _, _, of_request in _TEXTS[section]:
            present = str(getattr(asked if of_request else card, name, "") or "")
            given[of_request][name] = _typed(values[name], present)
        return _written(state, item_id, given[True], given[False], _TEXTS[section][0][0])

    return read


def _typed(text: str, present: str) -> str:
    """What was typed; a form has one line for it, so the lines of a text that nobody touched stay."""
    return present if " ".join(text.split()) == " ".join(present.split()) else text.strip()


def _written(state: State, item_id: int, request: dict[str, Any], card: dict[str, Any], field: str) -> Command:
    """What belongs to the request and to its card, as one command; what is refused is said beside ``field``."""
    try:
        parts = []
        if request:
            parts.append(write_request(state, item_id, request))
        if card:
            parts.append(write_card(state, item_id, card))
    except CardError as error:
        raise FormError(field, f"{error}") from error
    return together(_label(state, item_id), *parts)


def _label(state: State, item_id: int) -> str:
    return f"“{state.all(Item)[item_id].title}”: request card"


# ------------------------------------------------------------------ for whom


def _whom_fields(state: State, item_id: int) -> Fields:
    asked, card = _request(state, item_id), _card(state, item_id)
    name = state.all(Customer)[asked.customer_id].name if asked and asked.customer_id is not None else ""
    return [
        Field("customer", "customer", name, "who asked; they wait for it from now on"),
        Field("segment", "segment", card.segment, "which part of the market"),
        Field("helps", "helps", card.helps, "the persona whose work gets easier"),
        Field("hurts", "hurts", card.hurts, "the persona who pays for it: more to learn, more to run"),
    ]


def _whom_read(state: State, item_id: int, values: Values) -> Command:
    name, known = values["customer"].strip(), state.all(Customer).values()
    puts: list[Any] = []
    customer_id = None
    if len(name) > 200:
        raise FormError("customer", "A customer's name has 200 characters at most.")
    if name:
        found = next((one for one in known if one.name.casefold() == name.casefold()), None)
        if found is None:
            found = Customer(id=new_id(), name=name)
            puts.append(found)
        customer_id = found.id
    waits = any(row.item_id == item_id and row.customer_id == customer_id for row in state.all(Wait).values())
    if customer_id is not None and not waits:
        puts.append(Wait(id=new_id(), item_id=item_id, customer_id=customer_id))
    here = _card(state, item_id)
    card = {field: _typed(values[field], getattr(here, field)) for field in ("segment", "helps", "hurts")}
    written = _written(state, item_id, {"customer_id": customer_id}, card, "segment")
    return together(written.label, written, Command("card", "", tuple(puts)))


# ------------------------------------------------------------------ deal or renewal


def _deal_fields(state: State, item_id: int) -> Fields:
    asked, card = _request(state, item_id), _card(state, item_id)
    chance = asked.deal_probability if asked else None
    closes = asked.deal_closes if asked else None
    return [
        Field("deal_amount", "deal", _plain(asked.deal_amount if asked else None), "amount, as 480000"),
        Field("deal_probability", "probability %", _plain(None if chance is None else 100 * chance), "0 to 100"),
        Field("deal_closes", "closes", closes.isoformat() if closes else "", "as 2027-03-31"),
        Field("renewal_arr", "renewal, a year", _plain(card.renewal_arr), "yearly revenue that renews, as 180000"),
        Field("renewal_date", "renews", card.renewal_date.isoformat() if card.renewal_date else "", "as 2027-03-31"),
    ]


def _deal_read(state: State, item_id: int, values: Values) -> Command:
    for field in ("deal_amount", "renewal_arr"):
        if (number(values, field) or 0) < 0:
            raise FormError(field, "An amount cannot be below zero.")
    chance = number(values, "deal_probability")
    if chance is not None and not 0 <= chance <= 100:
        raise FormError("deal_probability", "A probability is between 0 and 100 percent.")
    request = {
        "deal_amount": number(values, "deal_amount"),
        "deal_probability": None if chance is None else chance / 100,
        "deal_closes": day(values, "deal_closes"),
    }
    card = {"renewal_arr": number(values, "renewal_arr"), "renewal_date": day(values, "renewal_date")}
    return _written(state, item_id, request, card, "deal_amount")


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


# ------------------------------------------------------------------ kind


def _kind_fields(state: State, item_id: int) -> Fields:
    card = _card(state, item_id)
    slices = ", ".join(f"{part.letter} {part.name}" for part in state.each(Slice))
    return [
        Field("slice", "slice", state.all(Item)[item_id].slice, slices),
        Field("one_off_kind", "one-off kind", card.one_off_kind or "", _one_of(get_args(OneOffKind))),
        Field("home", "home", card.home or "", _one_of(get_args(Home))),
        Field("verdict", "verdict", card.verdict or "", _one_of(get_args(DealVerdict))),
    ]


def _one_of(words: Sequence[str]) -> str:
    return "empty, or: " + ", ".join(words)


def _kind_read(state: State, item_id: int, values: Values) -> Command:
    item = state.all(Item)[item_id]
    letter = slice_letter(values["slice"], state.each(Slice))
    if letter is None:
        known = ", ".join(f"{part.letter} {part.name}" for part in state.each(Slice))
        raise FormError("slice", f"“{values['slice']}” is none of your slices: {known}.")
    card = {
        "one_off_kind": _choice(values, "one_off_kind", get_args(OneOffKind)),
        "home": _choice(values, "home", get_args(Home)),
        "verdict": _choice(values, "verdict", get_args(DealVerdict)),
    }
    puts = () if letter == item.slice else (item.model_copy(update={"slice": letter}),)
    written = _written(state, item_id, {}, card, "one_off_kind")
    return together(written.label, written, Command("card", "", puts))


def _choice(values: Values, field: str, words: Sequence[str]) -> str | None:
    """The one of these words that is meant, or begun. Raises FormError."""
    text = values[field].strip().casefold()
    if not text:
        return None
    found = [word for word in words if word == text] or [word for word in words if word.startswith(text)]
    if len(found) != 1:
        raise FormError(field, f"“{values[field].strip()}” is none of these: {', '.join(words)}.")
    return found[0]


# ------------------------------------------------------------------ demand

_EVIDENCE = (
    "customers; segment; source, as 4; shippers; win/loss calls, with ; deal after it where it is the deal's own"
)
#: Lines for more evidence than there is.
_SPARE = 2


def _demand_fields(state: State, item_id: int) -> Fields:
    rows = [row for row in state.each(Evidence) if row.item_id == item_id]
    lines = [_evidence_line(row) for row in rows] + [""] * _SPARE
    return [Field(f"evidence-{at}", f"evidence {at}", line, _EVIDENCE) for at, line in enumerate(lines, 1)]


def _evidence_line(row: Evidence) -> str:
    # A semicolon of their own would be read as the end of the field.
    segment, source = (part.replace(";", ",") for part in (row.segment, row.source))
    return f"{row.customers}; {segment}; {source}" + ("; deal" if row.from_deal else "")


def _demand_read(state: State, item_id: int, values: Values) -> Command:
    rows = {
        f"evidence-{at}": row for at, row in enumerate((r for r in state.each(Evidence) if r.item_id == item_id), 1)
    }
    wanted = []
    for field, text in values.items():
        if not field.startswith("evidence-") or not text.strip():
            continue
        row = rows.get(field)
        if row is not None and _typed(text, _evidence_line(row)) == _evidence_line(row):
            wanted.append(Wanted(row.customers, row.segment, row.source, row.from_deal))
            continue
        parts = [part.strip() for part in text.split(";")]
        from_deal = len(parts) > 1 and parts[-1].casefold() == "deal"
        parts = parts[:-1] if from_deal else parts
        if not parts[0].isdecimal() or len(parts) > 3:
            raise FormError(field, f"“{text[:40]}” is no evidence: write {_EVIDENCE}.")
        segment, source = (*parts[1:], "", "")[:2]
        wanted.append(Wanted(int(parts[0]), segment, source, from_deal))
    try:
        return write_evidence(state, item_id, wanted)
    except CardError as error:
        raise FormError("evidence-1", f"{error}") from error


# ------------------------------------------------------------------ commitment and needs


def _promise_fields(state: State, item_id: int) -> Fields:
    needs = ties_of(state, state.all(Item)[item_id]).needs
    titles = "; ".join(state.all(Item)[key].source_key or state.all(Item)[key].title for key in needs)
    return [
        Field("needs", "needs", titles, "titles or keys of items that it is of no use without, with ; between"),
        Field("commitment", "a commitment more", "", _one_of(get_args(CommitmentKind))),
        Field("committed_to", "to", "", "to whom"),
        Field("committed_by", "by", "", "as 2027-03-31"),
    ]


def _promise_read(state: State, item_id: int, values: Values) -> Command:
    entry = entry_of(state, item_id)
    ties = ties_of(state, entry.item)
    try:
        needs = find_items(state, values["needs"], item_id)
        tied = tie(state, entry, type(ties)(**{**vars(ties), "needs": needs}))
    except TiesError as error:
        raise FormError("needs", str(error)) from error
    kind = cast(CommitmentKind | None, _choice(values, "commitment", get_args(CommitmentKind)))
    due = day(values, "committed_by")
    if len(values["committed_to"]) > _MOST:
        raise FormError("committed_to", f"A name has {_MOST:,} characters at most.")
    if kind is None:
        if due is not None or values["committed_to"].strip():
            raise FormError("commitment", f"Say what kind of commitment: {', '.join(get_args(CommitmentKind))}.")
        return together(_label(state, item_id), tied)
    try:
        made = commit_to(state, item_id, kind, values["committed_to"], due)
    except CommitmentError as error:
        raise FormError("committed_to", f"{error}.") from error
    return together(made.label, made, tied)


# ------------------------------------------------------------------ hidden costs

_COST = "ew once or % of the build, then + ew a quarter: 0.5, 10%, 0.5 + 0.1, + 0.2; empty for none"
_COST_LINE = re.compile(r"\s*(?:(\d*[.,]?\d+)\s*(%|ew)?)?\s*(?:\+\s*(\d*[.,]?\d+)\s*(?:ew)?)?\s*", re.IGNORECASE)


def _hidden_fields(state: State, item_id: int) -> Fields:
    rows = {row.kind: row for row in state.each(HiddenCost) if row.item_id == item_id}
    return [
        Field(kind, kind, _cost_line(rows[kind]) if kind in rows else "", f"{asks}: {_COST}")
        for kind, asks in HIDDEN.items()
    ]


def _cost_line(row: HiddenCost) -> str:
    # One with both is counted with both: the line has the share, and leaves the rest as it is (see `_hidden_read`).
    once = f"{100 * row.share:g}%" if row.share is not None else "" if row.effort is None else f"{row.effort:g}"
    return f"{once} + {row.upkeep:g}".strip() if row.upkeep else once


def _hidden_read(state: State, item_id: int, values: Values) -> Command:
    rows = {row.kind: row for row in state.each(HiddenCost) if row.item_id == item_id}
    costs: dict[HiddenKind, Hidden] = {}
    for kind in HIDDEN:
        text, row = values[kind], rows.get(kind)
        if row is not None and text == _cost_line(row):
            costs[kind] = Hidden(row.effort, row.share, row.upkeep)
            continue
        match = _COST_LINE.fullmatch(text)
        if match is None:
            raise FormError(kind, f"“{text[:40]}” is no cost: {_COST}.")
        once, unit, upkeep = match.groups()
        amount = None if once is None else float(once.replace(",", "."))
        share = amount / 100 if amount is not None and unit == "%" else None
        costs[kind] = Hidden(None if unit == "%" else amount, share, float((upkeep or "0").replace(",", ".")))
        try:
            write_hidden(state, item_id, {kind: costs[kind]})
        except CardError as error:
            raise FormError(kind, f"{error}") from error
    return write_hidden(state, item_id, costs)


# ------------------------------------------------------------------ precedent and principle


def _rules_fields(state: State, item_id: int) -> Fields:
    card = _card(state, item_id)
    principles = [row.name for row in sorted(state.all(Principle).values(), key=lambda row: (row.position, row.id))]
    present = state.all(Principle)[card.principle_id].name if card.principle_id is not None else ""
    hint = "; ".join(principles) or "the charter has no principle yet"
    return [
        Field("precedent", "precedent", card.precedent, "what was decided like it before, and what it would let in"),
        Field("principle", "principle", present, hint),
        Field("stance", "follows or breaks it", card.stance if present else "", "follows, or breaks"),
    ]


def _rules_read(state: State, item_id: int, values: Values) -> Command:
    names = {row.name: row.id for row in state.each(Principle)}
    text = values["principle"].strip()
    found = [name for name in names if name.casefold() == text.casefold()]
    found = found or [name for name in names if text and name.casefold().startswith(text.casefold())]
    if text and len(found) != 1:
        raise FormError("principle", f"“{text}” is none of the charter's principles: {'; '.join(names) or 'none yet'}.")
    stance = _choice(values, "stance", ("follows", "breaks"))
    card = {
        "precedent": _typed(values["precedent"], _card(state, item_id).precedent),
        "principle_id": names[found[0]] if text else None,
        "stance": stance or "follows",
    }
    return _written(state, item_id, {}, card, "precedent")


# ------------------------------------------------------------------ the five claims


def _claim_field(kind: ClaimKind) -> str:
    return "claim-" + kind.replace(" ", "-")


def _claims_fields(state: State, item_id: int) -> Fields:
    hint = f"empty where nobody says so; its evidence, or the word “{ASSERTED}”"
    return [Field(_claim_field(each.kind), each.kind, each.words, hint) for each in claims_of(state, item_id)]


def _claims_read(state: State, item_id: int, values: Values) -> Command:
    present = {each.kind: each.words for each in claims_of(state, item_id)}
    said = {kind: _typed(values[_claim_field(kind)], present[kind]) for kind in CLAIMS}
    for kind, text in said.items():
        if len(text) > _MOST:
            raise FormError(_claim_field(kind), f"Evidence has {_MOST:,} characters at most.")
    return write_claims(
        state, item_id, {kind: "" if text.casefold() == ASSERTED else text for kind, text in said.items() if text}
    )


def _words_form(section: str, title: str) -> CardForm:
    return CardForm(title, _text_fields(section), _text_read(section))


#: By section of the card.
FORMS: dict[str, CardForm] = {
    "ask": _words_form("ask", "Asked"),
    "problem": _words_form("problem", "Problem and solution"),
    "whom": CardForm("For whom", _whom_fields, _whom_read),
    "value": _words_form("value", "Value"),
    "deal": CardForm("Deal or renewal", _deal_fields, _deal_read),
    "size": _words_form("size", "Size"),
    "kind": CardForm("Kind", _kind_fields, _kind_read),
    "demand": CardForm(
        "Demand", _demand_fields, _demand_read, "What comes from the deal being sold is kept, and does not count."
    ),
    "promise": CardForm("Commitment and needs", _promise_fields, _promise_read),
    "hidden": CardForm("Hidden costs", _hidden_fields, _hidden_read),
    "rules": CardForm("Precedent and principle", _rules_fields, _rules_read),
    "claims": CardForm("Five claims", _claims_fields, _claims_read),
}


def section_of(field: str) -> str:
    """The section whose form has a field of this name; empty where none has."""
    kind, dash, _ = field.partition("-")
    return {"evidence": "demand", "claim": "claims"}.get(kind, "") if dash else _SECTION_OF.get(field, "")


_SECTION_OF: dict[str, str] = {
    **{name: section for section, texts in _TEXTS.items() for name, *_ in texts},
    **dict.fromkeys(("customer", "segment", "helps", "hurts"), "whom"),
    **dict.fromkeys(("deal_amount", "deal_probability", "deal_closes", "renewal_arr", "renewal_date"), "deal"),
    **dict.fromkeys(("slice", "one_off_kind", "home", "verdict"), "kind"),
    **dict.fromkeys(("needs", "commitment", "committed_to", "committed_by"), "promise"),
    **{str(kind): "hidden" for kind in HIDDEN},
    **dict.fromkeys(("precedent", "principle", "stance"), "rules"),
}
