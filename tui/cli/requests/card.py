"""``makeroom card``: the card of a request, read in plain lines or as JSON, and filled in by its options."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from scenarios.plan.departures import needs_of, pins_of
from scenarios.plan.plan import Entry, entry_of
from scenarios.requests.card import claims_of, unconfirmed
from scenarios.requests.card_sections import Section, figures_of, sections_of
from scenarios.requests.claim_checks import checks_of
from scenarios.requests.voices import voices_of
from scenarios.rules.commitments import commitments_of
from scenarios.rules.returns import HIDDEN, ICE, card_of, request_of
from store.records import Applied, Customer, Item, State, ValueParts
from store.records.negotiation import Card, Evidence, HiddenCost, Principle
from tui.cli.changed_words import changed_words
from tui.cli.figures import figures_out, say_all, why_lines
from tui.cli.outputs import WaitOut
from tui.cli.plan_outputs import item_of
from tui.cli.printing import DONE, print_json, say
from tui.cli.requests.card_edits import OPTIONS, card_command
from tui.cli.requests.outputs import (
    CardClaimOut,
    CardCommitmentOut,
    CardCostOut,
    CardEvidenceOut,
    CardOut,
    NamedOut,
    StakeholderOut,
)
from tui.cli.workspace import desk, find_item
from tui.session.session import Session


def card(arguments: argparse.Namespace) -> int:
    """The card; with options, first what they say is written, as one change."""
    fills_in = any(getattr(arguments, name) is not None for name in OPTIONS)
    with desk(arguments, write=fills_in) as session:
        entry = find_item(session.state, arguments.item)
        if not fills_in:
            return _show(arguments, session, entry)
        command = card_command(session.state, entry.item.id, arguments)
        applied = session.commit(command)
        if arguments.json:
            return _show(arguments, session, entry, applied)
        say(f"“{entry.item.title}”: nothing to change" if applied is None else _changed(applied))
    return DONE


def _changed(applied: Applied) -> str:
    return changed_words(applied.event.label, applied.changes)


def _show(arguments: argparse.Namespace, session: Session, entry: Entry, applied: Applied | None = None) -> int:
    entry = entry_of(session.state, entry.item.id)
    sections = sections_of(session.state, entry)
    if arguments.json:
        print_json(_described(session, entry, sections, applied))
    else:
        key = f", {entry.item.source_key}" if entry.item.source_key else ""
        say(f"“{entry.item.title}”, number {entry.item.id}{key}")
        say_all(_lines(sections, why=arguments.why))
    return DONE


def _lines(sections: tuple[Section, ...], *, why: bool) -> Iterator[str]:
    for section in sections:
        yield section.title
        for line in section.lines:
            yield f"  {line.text}"
            if why:
                yield from why_lines(line.figures)
        if section.not_given:
            yield f"  {section.not_given}"


def _described(session: Session, entry: Entry, sections: tuple[Section, ...], applied: Applied | None) -> CardOut:
    state, item = session.state, entry.item
    request, card = request_of(state, item.id), card_of(state, item.id) or Card(id=0, item_id=item.id)
    customers, items = state.all(Customer), state.all(Item)
    customer_id = request.customer_id if request is not None else None
    parts = next((row for row in state.each(ValueParts) if row.item_id == item.id), None)
    ice = {name: getattr(parts, column, None) for name, column in ICE.items()}
    waits = session.now.waiting.get(item.id, ())
    pin, voices = pins_of(state).get(item.id), voices_of(state, item.id)
    return CardOut(
        changed=applied is not None,
        event=applied.event.seq if applied is not None else None,
        id=item.id,
        key=item.source_key,
        title=item.title,
        state=item.state,
        asked_on=request.received_at.date() if request is not None else None,
        asked_by=request.asked_by if request is not None else "",
        sponsor=card.sponsor,
        owner=item.owner,
        problem=request.problem if request is not None else "",
        solution=card.solution,
        alternatives=card.alternatives,
        hypothesis=card.hypothesis,
        customer=customers[customer_id].name if customer_id is not None else "",
        waits=[WaitOut(name=one.name, arr=one.arr) for one in waits],
        segment=card.segment,
        helps=card.helps,
        hurts=card.hurts,
        stakeholders=[
            StakeholderOut(number=at, name=row.name, part=row.part, stance=row.stance)
            for at, row in enumerate(voices.stakeholders, 1)
        ],
        opposed=voices.opposed,
        buyer_value=card.buyer_value,
        user_value=card.user_value,
        success=card.success,
        adoption_aim=card.adoption_aim,
        impact=ice["impact"],
        confidence=ice["confidence"],
        ease=ice["ease"],
        deal=request.deal_amount if request is not None else None,
        probability=request.deal_probability if request is not None else None,
        closes=request.deal_closes if request is not None else None,
        renewal=card.renewal_arr,
        renews=card.renewal_date,
        stage=card.stage,
        security=card.security_ask,
        security_by=card.security_by,
        security_passed=card.security_passed,
        service_level=card.service_level,
        savings=card.savings,
        price=card.price,
        proof=card.savings_proof,
        pricing=card.pricing,
        claimed=request.claimed if request is not None else "",
        sizes=item_of(session.now, entry).sizes,
        unconfirmed=unconfirmed(state, item.id),
        slice=item.slice,
        one_off_kind=card.one_off_kind,
        home=card.home,
        verdict=card.verdict,
        offloads=card.offloads,
        evidence=_evidence(state, item.id),
        commitments=[
            CardCommitmentOut(kind=row.kind, who=row.who, due=row.due) for row in commitments_of(state, item.id)
        ],
        pinned=pin.kind if pin is not None else None,
        due=item.due,
        needs=[NamedOut(id=key, title=items[key].title) for key in sorted(needs_of(state).get(item.id, ()))],
        hidden=_hidden(state, item.id),
        precedent=card.precedent,
        principle=state.all(Principle)[card.principle_id].name if card.principle_id is not None else "",
        stance=card.stance,
        claims=_claims(state, entry),
        figures=figures_out(figures_of(sections)),
        not_given=[name for section in sections for name in section.missing],
    )


def _evidence(state: State, item_id: int) -> list[CardEvidenceOut]:
    rows = sorted((row for row in state.each(Evidence) if row.item_id == item_id), key=lambda row: row.id)
    return [
        CardEvidenceOut(
            number=at, customers=row.customers, segment=row.segment, source=row.source, from_deal=row.from_deal
        )
        for at, row in enumerate(rows, 1)
    ]


def _hidden(state: State, item_id: int) -> list[CardCostOut]:
    rows = {row.kind: row for row in state.each(HiddenCost) if row.item_id == item_id}
    return [
        CardCostOut(kind=kind, effort=rows[kind].effort, share=rows[kind].share, upkeep=rows[kind].upkeep)
        for kind in HIDDEN
        if kind in rows
    ]


def _claims(state: State, entry: Entry) -> list[CardClaimOut]:
    checks = checks_of(state, entry)
    return [
        CardClaimOut(kind=each.kind, made=each.made, evidence=each.evidence, on_record=checks[each.kind][0])
        for each in claims_of(state, entry.item.id)
    ]
