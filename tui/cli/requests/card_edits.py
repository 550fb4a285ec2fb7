"""What the options of ``makeroom card`` say of a request: each section is read by the form that the app has for it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from scenarios.figures.names import SLICE, item_named, matches
from scenarios.figures.readers import day_in, number_in
from scenarios.items.worth_and_ties import tie, ties_of
from scenarios.plan.plan import entry_of
from scenarios.requests.card import write_ice, write_item
from scenarios.requests.intake import edit_waiting
from scenarios.rules.returns import HIDDEN, ICE
from store.common.errors import Refused
from store.common.text import sentence
from store.records import Command, Customer, Item, Record, Slice, State, Wait
from store.records.negotiation import ClaimKind
from tui.cli.requests.arguments import EXTRA
from tui.forms.card import ASKS, FORMS, section_of
from tui.forms.card_lines import card_label, choice
from tui.forms.fields import Values

#: The option of each field.
OPTIONS = {ask.name: ask.option for asks in ASKS.values() for ask in asks} | EXTRA
_EVIDENCE = "demand", "evidence", "not_evidence"
_STAKEHOLDERS = "stakes", "stakeholder", "not_stakeholders"
#: The longest name of a customer.
_NAME = 200


def card_command(state: State, item_id: int, arguments: argparse.Namespace) -> Command:
    """All that the options say, as one change; empty where it is so already. Raises Refused."""
    typed: dict[str, str] = {name: text for name in OPTIONS if isinstance(text := getattr(arguments, name), str)}
    if "deal_probability" in typed:
        typed["deal_probability"] = typed["deal_probability"].strip().removesuffix("%")
    _require_slice(state, item_id, typed.get("slice"))
    later = state
    try:
        later = later.overlay(_own(later, item_id, typed))
        for section, values in _by_section(typed, arguments).items():
            later = later.overlay(_filled_in(later, item_id, section, values))
        for of, more, fewer in (
            (_EVIDENCE, arguments.evidence, arguments.not_evidence),
            (_STAKEHOLDERS, arguments.stakeholders, arguments.not_stakeholders),
        ):
            later = later.overlay(_lines(later, item_id, of, more, fewer))
        later = later.overlay(_needs(later, item_id, arguments.needs, arguments.not_needs))
        later = later.overlay(_waiting(later, item_id, arguments.waits, arguments.not_waits))
    except Refused as error:
        error.args = (f"{_option(error.field)}: {error}" if error.field else sentence(error),)
        raise
    return _difference(state, later, card_label(state, item_id))


def _option(field: str) -> str:
    """The option by which a field of a form was given."""
    kind = field.partition("-")[0]
    if field in HIDDEN:
        return "--hidden"
    return OPTIONS.get(field) or {"evidence": "--evidence", "claim": "--claim", "stakeholder": "--stakeholder"}.get(
        kind, field
    )


def _require_slice(state: State, item_id: int, text: str | None) -> None:
    item = state.all(Item)[item_id]
    found = matches(state.each(Slice), text or "", SLICE)
    if item.state == "plan" and len(found) == 1 and found[0].letter != item.slice:
        raise Refused("--slice: it is in plan, where another slice may take a signature: makeroom item changes it")


def _own(state: State, item_id: int, typed: Mapping[str, str]) -> Command:
    """What is the item's own, and its ICE."""
    fields: dict[str, object] = {}
    if "due" in typed:
        fields["due"] = day_in(typed, "due")
    item = write_item(state, item_id, fields)
    ice = write_ice(state, item_id, {name: number_in(typed, name) for name in ICE if name in typed})
    return replace(item, puts=(*item.puts, *ice.puts))


def _by_section(typed: Mapping[str, str], arguments: argparse.Namespace) -> dict[str, dict[str, str]]:
    """What was typed, by the form that reads it."""
    found: dict[str, dict[str, str]] = {}
    for name, text in typed.items():
        if section := section_of(name):
            found.setdefault(section, {})[name] = text
    for kind, text in _pairs(arguments.hidden, "hidden", tuple(HIDDEN)):
        found.setdefault("hidden", {})[kind] = text
    for kind, text in _pairs(arguments.claims, "claims", get_args(ClaimKind)):
        found.setdefault("claims", {})["claim-" + kind.replace(" ", "-")] = text
    return found


def _pairs(texts: Sequence[str] | None, field: str, kinds: Sequence[str]) -> Iterable[tuple[str, str]]:
    """(kind, what stands after it) of each ``KIND=TEXT``. Raises Refused for a kind that there is not."""
    for text in texts or ():
        kind, sign, after = text.partition("=")
        found = choice({field: kind}, field, kinds)
        if not sign or found is None:
            raise Refused(f"“{text[:40]}” names no kind: write KIND=TEXT, of {', '.join(kinds)}.", field)
        yield found, after


def _filled_in(state: State, item_id: int, section: str, typed: Values) -> Command:
    """A form as the app shows it, with these fields typed."""
    form = FORMS[section]
    present = {field.name: field.value for field in form.fields(state, item_id)}
    return form.read(state, item_id, {**present, **typed})


def _lines(
    state: State, item_id: int, of: tuple[str, str, str], more: Sequence[str] | None, fewer: Sequence[str] | None
) -> Command:
    """A section of lines, with those more and without those of these numbers; ``of`` is the section, what its lines are
    called, and the field of those that go."""
    section, word, field = of
    lines = {each.name: each.value for each in FORMS[section].fields(state, item_id) if each.value}
    typed = dict(lines)
    for text in fewer or ():
        name = f"{word}-{text.strip()}"
        if name not in lines:
            there = f"its lines are 1 to {len(lines)}" if lines else "there is none"
            raise Refused(f"There is no {word} {text[:40]}: {there}.", field)
        typed[name] = ""
    if "" in (more or ()):
        typed = dict.fromkeys(lines, "")
    typed.update({f"{word}-{len(lines) + at}": text for at, text in enumerate(more or (), 1)})
    return FORMS[section].read(state, item_id, typed)


def _needs(state: State, item_id: int, more: Sequence[str] | None, fewer: Sequence[str] | None) -> Command:
    entry = entry_of(state, item_id)
    ties = ties_of(state, entry.item)
    left = {item_named(state, text, field="not_needs").id for text in fewer or ()}
    if strange := left.difference(ties.needs):
        title = state.all(Item)[min(strange)].title
        raise Refused(f"It does not need “{title[:60]}”.", "not_needs")
    kept = () if "" in (more or ()) else tuple(key for key in ties.needs if key not in left)
    fresh = tuple(item_named(state, text, field="needs").id for text in more or () if text)
    if item_id in fresh:
        raise Refused("An item cannot need itself.", "needs")
    return tie(state, entry, replace(ties, needs=tuple(dict.fromkeys((*kept, *fresh)))))


def _waiting(state: State, item_id: int, more: Sequence[str] | None, fewer: Sequence[str] | None) -> Command:
    if more is None and fewer is None:
        return Command("card", "")
    customers = state.all(Customer)
    present = [customers[row.customer_id].name for row in state.each(Wait) if row.item_id == item_id]
    left = {name.strip().casefold() for name in fewer or ()}
    for name in left.difference(each.casefold() for each in present):
        raise Refused(f"“{name[:60]}” does not wait for it.", "not_waits")
    if any(len(name.strip()) > _NAME for name in more or ()):
        raise Refused(f"A customer's name has {_NAME} characters at most.", "waits")
    kept = () if "" in (more or ()) else (name for name in present if name.casefold() not in left)
    puts, removes = edit_waiting(state, item_id, (*kept, *(more or ())))
    return Command("card", "", puts, removes)


def _difference(before: State, after: State, label: str) -> Command:
    """What makes one state the other, each row once."""
    puts: list[Record] = []
    removes: list[Record] = []
    for table, rows in after.tables.items():
        were = before.tables[table]
        if rows is not were:
            puts += [row for key, row in rows.items() if were.get(key) != row]
            removes += [row for key, row in were.items() if key not in rows]
    return Command("card", label, tuple(puts), tuple(removes))
