"""Sections of the request card whose fields hold more than words: evidence, commitments, hidden costs, claims.

Each pair of functions gives the fields as they stand, and reads what was typed into a command; Refused names the
field that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast, get_args

from scenarios.figures.names import meant
from scenarios.figures.readers import AS_DAY, day_in
from scenarios.items.worth_and_ties import find_items, tie, ties_of
from scenarios.plan.plan import entry_of
from scenarios.requests.card import (
    ASSERTED,
    CLAIMS,
    Hidden,
    Wanted,
    claims_of,
    together,
    write_claims,
    write_evidence,
    write_hidden,
)
from scenarios.rules.commitments import commit_to
from scenarios.rules.returns import HIDDEN
from store.common.errors import Refused, refused_about
from store.records import Command, Item, State
from store.records.negotiation import ClaimKind, CommitmentKind, Evidence, HiddenCost, HiddenKind
from tui.forms.fields import Field, Values

Fields = list[Field]
#: Characters that a record holds of one text.
_MOST = 20_000


def card_label(state: State, item_id: int) -> str:
    """What the command of an item's card is called."""
    return f"“{state.all(Item)[item_id].title}”: request card"


def typed(text: str, present: str) -> str:
    """What was typed; a form has one line for it, so the lines of a text that nobody touched stay."""
    return present if " ".join(text.split()) == " ".join(present.split()) else text.strip()


def one_of(words: Sequence[str]) -> str:
    """The hint of a field that takes one of a few words."""
    return "empty, or: " + ", ".join(words)


def choice(values: Values, field: str, words: Sequence[str]) -> str | None:
    """The one of these words that is meant, or begun. Raises Refused."""
    if not values[field].strip():
        return None
    found = meant(words, values[field])
    if len(found) != 1:
        raise Refused(f"“{values[field].strip()}” is none of these: {', '.join(words)}.", field)
    return found[0]


# ------------------------------------------------------------------ demand

_EVIDENCE = (
    "customers; segment; source, as 4; shippers; win/loss calls, with ; deal after it where it is the deal's own"
)
#: Lines for more evidence than there is.
_SPARE = 2


def demand_fields(state: State, item_id: int) -> Fields:
    """A line for each piece of evidence, and some for more."""
    rows = [row for row in state.each(Evidence) if row.item_id == item_id]
    lines = [_evidence_line(row) for row in rows] + [""] * _SPARE
    return [Field(f"evidence-{at}", f"evidence {at}", line, _EVIDENCE) for at, line in enumerate(lines, 1)]


def _evidence_line(row: Evidence) -> str:
    # A semicolon of their own would be read as the end of the field.
    segment, source = (part.replace(";", ",") for part in (row.segment, row.source))
    return f"{row.customers}; {segment}; {source}" + ("; deal" if row.from_deal else "")


def demand_read(state: State, item_id: int, values: Values) -> Command:
    """Exactly the evidence that stands in the lines."""
    rows = {
        f"evidence-{at}": row for at, row in enumerate((r for r in state.each(Evidence) if r.item_id == item_id), 1)
    }
    wanted = []
    for field, text in values.items():
        if not field.startswith("evidence-") or not text.strip():
            continue
        row = rows.get(field)
        if row is not None and typed(text, _evidence_line(row)) == _evidence_line(row):
            wanted.append(Wanted(row.customers, row.segment, row.source, row.from_deal))
            continue
        parts = [part.strip() for part in text.split(";")]
        from_deal = len(parts) > 1 and parts[-1].casefold() == "deal"
        parts = parts[:-1] if from_deal else parts
        if not parts[0].isdecimal() or len(parts) > 3:
            raise Refused(f"“{text[:40]}” is not evidence: write {_EVIDENCE}.", field)
        segment, source = (*parts[1:], "", "")[:2]
        wanted.append(Wanted(int(parts[0]), segment, source, from_deal))
    with refused_about("evidence-1"):
        return write_evidence(state, item_id, wanted)


# ------------------------------------------------------------------ commitment and needs


def promise_fields(state: State, item_id: int) -> Fields:
    """What the item needs, and a commitment more."""
    needs = ties_of(state, state.all(Item)[item_id]).needs
    titles = "; ".join(state.all(Item)[key].source_key or state.all(Item)[key].title for key in needs)
    return [
        Field("needs", "needs", titles, "titles or keys of items that it is of no use without, separated by ;"),
        Field("commitment", "one more commitment", "", one_of(get_args(CommitmentKind))),
        Field("committed_to", "to", "", "to whom"),
        Field("committed_by", "by", "", AS_DAY),
    ]


def promise_read(state: State, item_id: int, values: Values) -> Command:
    """What it needs from now on, and the commitment that was added."""
    entry = entry_of(state, item_id)
    ties = ties_of(state, entry.item)
    needs = find_items(state, values["needs"], item_id)
    tied = tie(state, entry, type(ties)(**{**vars(ties), "needs": needs}))
    kind = cast(CommitmentKind | None, choice(values, "commitment", get_args(CommitmentKind)))
    due = day_in(values, "committed_by")
    if len(values["committed_to"]) > _MOST:
        raise Refused(f"A name has {_MOST:,} characters at most.", "committed_to")
    if kind is None:
        if due is not None or values["committed_to"].strip():
            raise Refused(f"Say what kind of commitment: {', '.join(get_args(CommitmentKind))}.", "commitment")
        return together(card_label(state, item_id), tied)
    with refused_about("committed_to"):
        made = commit_to(state, item_id, kind, values["committed_to"], due)
    return together(made.label, made, tied)


# ------------------------------------------------------------------ hidden costs

_COST = "ew once or % of the build, then + ew a quarter: 0.5, 10%, 0.5 + 0.1, + 0.2; empty for none"
_AMOUNT = r"(\d+(?:[.,]\d+)?|[.,]\d+)"
_COST_LINE = re.compile(rf"\s*(?:{_AMOUNT}\s*(?:(%|ew)\s*)?)?(?:\+\s*{_AMOUNT}\s*(?:ew\s*)?)?", re.IGNORECASE)


def hidden_fields(state: State, item_id: int) -> Fields:
    """A line for each hidden cost of the checklist."""
    rows = {row.kind: row for row in state.each(HiddenCost) if row.item_id == item_id}
    return [
        Field(kind, kind, _cost_line(rows[kind]) if kind in rows else "", f"{asks}: {_COST}")
        for kind, asks in HIDDEN.items()
    ]


def _cost_line(row: HiddenCost) -> str:
    # One with both is counted with both: the line has the share, and leaves the rest as it is (see `hidden_read`).
    once = f"{100 * row.share:g}%" if row.share is not None else "" if row.effort is None else f"{row.effort:g}"
    return f"{once} + {row.upkeep:g}".strip() if row.upkeep else once


def hidden_read(state: State, item_id: int, values: Values) -> Command:
    """Exactly the hidden costs that stand in the lines."""
    rows = {row.kind: row for row in state.each(HiddenCost) if row.item_id == item_id}
    costs: dict[HiddenKind, Hidden] = {}
    for kind in HIDDEN:
        text, row = values[kind], rows.get(kind)
        if row is not None and text == _cost_line(row):
            costs[kind] = Hidden(row.effort, row.share, row.upkeep)
            continue
        match = _COST_LINE.fullmatch(text)
        if match is None:
            raise Refused(f"“{text[:40]}” is not a cost: {_COST}.", kind)
        once, unit, upkeep = match.groups()
        amount = None if once is None else float(once.replace(",", "."))
        share = amount / 100 if amount is not None and unit == "%" else None
        costs[kind] = Hidden(None if unit == "%" else amount, share, float((upkeep or "0").replace(",", ".")))
        with refused_about(kind):
            write_hidden(state, item_id, {kind: costs[kind]})
    return write_hidden(state, item_id, costs)


# ------------------------------------------------------------------ the five claims


def _claim_field(kind: ClaimKind) -> str:
    return "claim-" + kind.replace(" ", "-")


def claims_fields(state: State, item_id: int) -> Fields:
    """The five claims, with their evidence or the word "asserted"."""
    hint = f"empty where nobody says so; its evidence, or the word “{ASSERTED}”"
    return [Field(_claim_field(each.kind), each.kind, each.words, hint) for each in claims_of(state, item_id)]


def claims_read(state: State, item_id: int, values: Values) -> Command:
    """Exactly the claims that something stands beside."""
    present = {each.kind: each.words for each in claims_of(state, item_id)}
    said = {kind: typed(values[_claim_field(kind)], present[kind]) for kind in CLAIMS}
    for kind, text in said.items():
        if len(text) > _MOST:
            raise Refused(f"Evidence has {_MOST:,} characters at most.", _claim_field(kind))
    return write_claims(
        state, item_id, {kind: "" if text.casefold() == ASSERTED else text for kind, text in said.items() if text}
    )
