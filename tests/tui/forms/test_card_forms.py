"""The forms of the request card, without a screen: what stands there changes nothing, what is typed is what is stored,
and what is wrong is said beside its field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scenarios.plan.plan import entry_of
from scenarios.requests.card_sections import sections_of
from store.common.errors import Refused
from store.records import Command, Customer, Dependency, Item, Request, State, Wait
from store.records.negotiation import Card, Claim, Commitment, Evidence, HiddenCost
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import card, customer, hidden, principle, request, stored
from tui.forms.card import FORMS, section_of


@pytest.fixture
def state() -> State:
    """A request of which everything is known, with what is hard to type: lines, semicolons, fractions."""
    state = empty()
    add_item(state, 1, 3.0, state="inbox", slice="O", title="Audit log")
    add_item(state, 2, 1.0, title="Search")
    customer(state, 4, "Globex")
    principle(state, 1, "No forks")
    principle(state, 2, "No work on Fridays")
    request(
        state, 1, asked_by="Sal", problem="line one\nline two", claimed="a week", customer_id=4, deal_amount=480_000.25,
        deal_probability=0.6, deal_closes="2027-02-01",
    )  # fmt: skip
    add(state, Wait(id=1, item_id=1, customer_id=4), Dependency(id=1, item_id=1, needs_id=2))
    card(
        state, 1, solution="one\ntwo", segment="banks", helps="h", hurts="u", renewal_arr=0.1, home="core",
        renewal_date="2027-05-05", one_off_kind="other", verdict="trap", principle_id=1, stance="breaks", precedent="p",
        savings=0.1 + 0.2, price=1 / 3, savings_proof="one\ntwo", pricing="a; b",
        stage="contract", security_ask="a\nb", security_by="2027-01-30", security_passed=False, service_level="x",
        adoption_aim=1 / 3,
    )  # fmt: skip
    add(state, Evidence(id=1, item_id=1, customers=3, segment="a; b", source="calls\nmore"))
    add(state, Evidence(id=2, item_id=1, customers=9, source="RFP", from_deal=True))
    add(state, Claim(id=1, item_id=1, kind="easy"), Claim(id=2, item_id=1, kind="fits the sprint", evidence="x\ny"))
    hidden(state, 1, "support", upkeep=0.25)
    hidden(state, 1, "drag", share=0.1, effort=0.5, upkeep=1 / 3)
    return state


def shown(state: State, section: str) -> dict[str, str]:
    return {field.name: " ".join(field.value.split("\n")) for field in FORMS[section].fields(state, 1)}


def typed(state: State, section: str, **fields: str) -> State:
    """The state after these were typed into a section."""
    values = shown(state, section)
    assert set(fields) <= set(values), "no such field"
    command: Command = FORMS[section].read(state, 1, {**values, **fields})
    after: State = stored(state, command)
    return after


def only(state: State, kind: type[Any]) -> Any:
    rows = [row for row in state.all(kind).values() if getattr(row, "item_id", 1) == 1]
    assert len(rows) == 1, rows
    return rows[0]


def test_every_section_has_a_form(state: State) -> None:
    sections = {section.key for section in sections_of(state, entry_of(state, 1))}
    assert sections == set(FORMS)
    for section in FORMS:
        for field in FORMS[section].fields(state, 1):
            assert section_of(field.name) == section, field.name
    assert section_of("what nobody asks") == ""


@pytest.mark.parametrize("section", FORMS)
def test_what_stands_there_changes_nothing(state: State, section: str) -> None:
    assert FORMS[section].read(state, 1, shown(state, section)).empty


@pytest.mark.parametrize("section", FORMS)
def test_nothing_is_needed(section: str) -> None:
    bare = empty()
    add_item(bare, 1, None, state="inbox", title="Bare")
    values = {field.name: field.value for field in FORMS[section].fields(bare, 1)}
    assert FORMS[section].read(bare, 1, values).empty or section in ("ask", "problem", "value", "rules")
    assert not stored(bare, FORMS[section].read(bare, 1, values)).all(Request)


def test_words_are_kept_as_typed(state: State) -> None:
    after = typed(state, "problem", problem="[b]new[/b]", alternatives="none")
    assert only(after, Request).problem == "[b]new[/b]"
    assert (only(after, Card).alternatives, only(after, Card).solution) == ("none", "one\ntwo")
    assert only(typed(state, "size", claimed="2 days"), Request).claimed == "2 days"
    assert only(typed(state, "ask", sponsor="Eve"), Card).sponsor == "Eve"


def test_a_new_customer_waits_from_now_on(state: State) -> None:
    after = typed(state, "whom", customer="Initech")
    (new,) = (one for one in after.all(Customer).values() if one.name == "Initech")
    assert only(after, Request).customer_id == new.id
    assert {row.customer_id for row in after.all(Wait).values()} == {4, new.id}
    assert only(typed(state, "whom", customer="gLOBEX "), Request).customer_id == 4
    assert only(typed(state, "whom", customer=""), Request).customer_id is None


def test_the_deal(state: State) -> None:
    after = only(typed(state, "deal", deal_amount="1,000", deal_probability="12.5", deal_closes=""), Request)
    assert (after.deal_amount, after.deal_probability, after.deal_closes) == (1000.0, 0.125, None)
    for field, text, words in (
        ("deal_amount", "-1", "below zero"),
        ("deal_amount", "lots", "not an amount"),
        ("deal_probability", "101", "between 0 and 100"),
        ("renewal_date", "soon", "not a day"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            typed(state, "deal", **{field: text})
        assert refused.value.field == field


def test_the_adoption_aim(state: State) -> None:
    after = only(typed(state, "value", adoption_aim="62.5 %", success="all export"), Card)
    assert (after.adoption_aim, after.success, after.solution) == (0.625, "all export", "one\ntwo")
    assert only(typed(state, "value", success="x"), Card).adoption_aim == 1 / 3
    assert only(typed(state, "value", adoption_aim=""), Card).adoption_aim is None
    for text, words in (("101", "between 0 and 100"), ("-1", "between 0 and 100"), ("most", "is not a number")):
        with pytest.raises(Refused, match=words) as refused:
            typed(state, "value", adoption_aim=text)
        assert refused.value.field == "adoption_aim"


def test_the_sale(state: State) -> None:
    after = only(typed(state, "sale", savings="300k", price="1,000.5", savings_proof="[i]x[/i]"), Card)
    assert (after.savings, after.price, after.savings_proof) == (300_000.0, 1000.5, "[i]x[/i]")
    assert (after.pricing, after.solution) == ("a; b", "one\ntwo")
    assert (after.stage, after.security_by, after.security_passed) == ("contract", date(2027, 1, 30), False)
    assert only(typed(state, "sale", savings="", price="0"), Card).savings is None
    later = only(typed(state, "sale", stage="Sec", security_by="", security_passed="", security_ask="pen test"), Card)
    assert (later.stage, later.security_by, later.security_passed) == ("security review", None, None)
    assert (later.security_ask, later.service_level, later.price) == ("pen test", "x", 1 / 3)
    for field, text, words in (
        ("stage", "signed", "is none of these: discovery, demo or proof of concept, security review"),
        ("security_by", "soon", "not a day"),
        ("security_passed", "maybe", "is none of these: yes, no"),
        ("savings", "-1", "below zero"),
        ("price", "lots", "not an amount"),
        ("price", "2000000b", "too large"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            typed(state, "sale", **{field: text})
        assert refused.value.field == field


def test_what_nobody_touched_of_a_deal_stays_to_its_last_digit() -> None:
    state = empty()
    add_item(state, 1, 3.0, title="Audit log")
    request(state, 1, deal_amount=0.1 + 0.2, deal_probability=2 / 3)
    after = only(typed(state, "deal", deal_closes="2027-03-01"), Request)
    assert (after.deal_amount, after.deal_probability) == (0.1 + 0.2, 2 / 3)
    assert f"{after.deal_closes}" == "2027-03-01"


def test_kinds_may_be_begun(state: State) -> None:
    after = typed(state, "kind", slice="feat", one_off_kind="rep", home="conf", verdict="")
    assert after.all(Item)[1].slice == "F"
    made = only(after, Card)
    assert (made.one_off_kind, made.home, made.verdict) == ("report writer", "configuration", None)
    values = {field.name: field.value for field in FORMS["kind"].fields(state, 2)}
    with pytest.raises(Refused, match="its slice is changed where the item is edited"):
        FORMS["kind"].read(state, 2, {**values, "slice": "O"})
    for field, text, says in (
        ("slice", "zebra", "there is no slice “zebra”: they are F “Features”"),
        ("home", "moon", "“moon” is none of these"),
        ("one_off_kind", "o", "“o” is none of these"),
    ):
        with pytest.raises(Refused, match=says) as refused:
            typed(state, "kind", **{field: text})
        assert refused.value.field == field


def test_evidence_line_by_line(state: State) -> None:
    after = typed(state, "demand", **{"evidence-2": "", "evidence-3": "4; shippers; win/loss calls"})
    rows = {(row.customers, row.segment, row.source, row.from_deal) for row in after.all(Evidence).values()}
    assert rows == {(3, "a; b", "calls\nmore", False), (4, "shippers", "win/loss calls", False)}
    after = typed(state, "demand", **{"evidence-3": "2;;their letter; deal"})
    assert any(row.source == "their letter" and row.from_deal for row in after.all(Evidence).values())
    for text in ("many; banks", "-2; banks", "1; a; b; c"):
        with pytest.raises(Refused, match="is not evidence") as refused:
            typed(state, "demand", **{"evidence-4": text})
        assert refused.value.field == "evidence-4"


def test_commitment_and_needs(state: State) -> None:
    after = typed(state, "promise", needs="", commitment="prom", committed_to="Globex", committed_by="2027-03-01")
    made = only(after, Commitment)
    assert (made.kind, made.who, made.due.isoformat()) == ("promised", "Globex", "2027-03-01")
    assert not after.all(Dependency)
    for fields, field in (
        ({"needs": "nothing like it"}, "needs"),
        ({"commitment": "promised"}, "committed_to"),
        ({"committed_to": "Globex"}, "commitment"),
        ({"commitment": "maybe"}, "commitment"),
    ):
        with pytest.raises(Refused) as refused:
            typed(state, "promise", **fields)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("text", "effort", "share", "upkeep"),
    [("0.5", 0.5, None, 0), ("10%", None, 0.1, 0), (".5ew + 0,1", 0.5, None, 0.1), ("+ 0.2 ew", None, None, 0.2)],
)
def test_hidden_costs(state: State, text: str, effort: float | None, share: float | None, upkeep: float) -> None:
    after = typed(state, "hidden", sprawl=text)
    (made,) = (row for row in after.all(HiddenCost).values() if row.kind == "sprawl")
    assert (made.effort, made.share, made.upkeep) == (effort, share, upkeep)
    assert len(after.all(HiddenCost)) == 3
    assert len(typed(after, "hidden", sprawl="", drag="").all(HiddenCost)) == 1


@pytest.mark.parametrize("text", ["a lot", "1 + 2 + 3", "-1", "150%", "1e9", "99999"])
def test_a_cost_that_is_none(state: State, text: str) -> None:
    with pytest.raises(Refused) as refused:
        typed(state, "hidden", sprawl=text)
    assert refused.value.field == "sprawl"


def test_the_principle(state: State) -> None:
    made = only(typed(state, "rules", principle="no work", stance=""), Card)
    assert (made.principle_id, made.stance) == (2, "follows")
    assert only(typed(state, "rules", principle="", precedent="q"), Card).principle_id is None
    with pytest.raises(Refused, match="“no” could be “No forks”, “No work on Fridays”"):
        typed(state, "rules", principle="no")


def test_claims_are_made_or_not(state: State) -> None:
    after = typed(
        state, "claims", **{"claim-easy": "", "claim-everyone-wants-it": "Asserted", "claim-strategic-account": "2%"}
    )
    claims = {row.kind: row.evidence for row in after.all(Claim).values()}
    assert claims == {"fits the sprint": "x\ny", "everyone wants it": "", "strategic account": "2%"}


@pytest.mark.parametrize("section", FORMS)
def test_what_is_far_too_long_is_refused_beside_a_field(state: State, section: str) -> None:
    for field in FORMS[section].fields(state, 1):
        more = {"commitment": "aim"} if field.name == "committed_to" else {}
        with pytest.raises(Refused) as refused:
            typed(state, section, **more, **{field.name: "x" * 30_000})
        assert refused.value.field in shown(state, section)
