"""The request card section by section, and the request's own fields as they are written."""

import pytest

from scenarios.plan.plan import entry_of
from scenarios.requests.card import write_request
from scenarios.requests.card_sections import Section, figures_of, sections_of
from store.common.errors import Refused
from store.records import Actual, Request
from store.records.negotiation import Claim, Evidence
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import card, charter, customer, hidden, principle, request, stored


@pytest.fixture
def state():
    state = empty((30.0, 10.0))
    add_item(state, 1, {1: (2.0, 3.0, 5.0), 2: 1.0}, state="inbox", slice="O", title="Audit log")
    return state


def sections(state) -> dict[str, Section]:
    return {section.key: section for section in sections_of(state, entry_of(state, 1))}


def lines(section: Section) -> list[str]:
    return [line.text for line in section.lines]


def test_what_nobody_gave_is_one_line_a_section(state):
    found = sections(state)
    assert found["problem"].lines == []
    assert found["problem"].not_given == "not given: problem, proposed solution, alternatives rejected, hypothesis"
    assert found["claims"].not_given.count(",") == 4
    assert found["demand"].not_given == "not given: evidence"


def test_every_field_that_was_given_is_shown(state):
    customer(state, 4, "Globex")
    principle(state, 1, "No forks")
    charter(state)
    request(
        state, 1, asked_by="Sal", problem="p-1", claimed="a week", customer_id=4, deal_amount=100.5,
        deal_probability=0.5, deal_closes="2027-02-01",
    )  # fmt: skip
    texts = ("solution", "alternatives", "segment", "helps", "hurts", "buyer_value", "user_value", "sponsor")
    texts += ("precedent", "success")
    given = {name: f"the {name}" for name in texts}
    card(
        state, 1, **given, renewal_arr=7.0, renewal_date="2027-05-05", one_off_kind="odd environment",
        home="partner", verdict="trap", principle_id=1, stance="breaks",
    )  # fmt: skip
    add(state, Claim(id=1, item_id=1, kind="easy"), Claim(id=2, item_id=1, kind="already specified", evidence="RFP"))
    add(state, Evidence(id=1, item_id=1, customers=3, segment="banks", source="calls"))
    add(state, Evidence(id=2, item_id=1, customers=9, source="their RFP", from_deal=True))
    add(state, Actual(id=1, quarter="Q0", number=8107, team_id=1, title="Audit log", estimate=3.0, actual=4.4))
    hidden(state, 1, "support", upkeep=0.25)
    everything = "\n".join(line for section in sections(state).values() for line in lines(section))
    wanted = [
        *given.values(), "p-1", "“a week”", "Globex", "$100.50 at 50%, closes 2027-02-01", "$7 a year, 2027-05-05",
        "odd environment", "home: partner", "verdict: trap", "breaks the principle: No forks",
        "easy: asserted", "already specified: RFP", "3 customers: banks, calls",
        "9 customers: their RFP; from the deal being sold: does not count",
        "demand 3", "confirmed: 2-3-5 ew Pay, 1 ew Web", "actual: 4.4 ew Pay (Q0)",
        "0.3 ew a quarter for 4 quarters", "return ", "standard licences", "cost + 50%",
    ]  # fmt: skip
    assert [words for words in wanted if words not in everything] == []
    missing = [name for section in sections(state).values() for name in section.missing]
    assert "problem" not in missing
    assert "hurts" not in missing


def test_a_size_without_a_problem_is_a_claim(state):
    request(state, 1, claimed="a few days")
    said = lines(sections(state)["size"])
    assert "claimed, low-likely-high: 2-3-5 ew Pay, 1 ew Web" in said
    assert any("has no problem written down" in line for line in said)
    request(state, 1, claimed="a few days", problem="they cannot tell who changed what")
    assert "confirmed: 2-3-5 ew Pay, 1 ew Web" in lines(sections(state)["size"])


def test_figures_are_listed_once(state):
    charter(state)
    figures = figures_of(sections(state).values())
    names = [figure.name for figure in figures]
    assert {"expected value", "full cost", "return", "build"} <= set(names)
    assert len({(figure.name, figure.inputs) for figure in figures}) == len(figures)


def test_a_request_is_written_for_what_nobody_asked_for(state):
    assert write_request(state, 1, {"asked_by": "", "deal_amount": None}).empty
    after = stored(state, write_request(state, 1, {"problem": "nobody sees who changed what"}))
    (made,) = after.all(Request).values()
    assert (made.item_id, made.problem) == (1, "nobody sees who changed what")
    assert write_request(after, 1, {"problem": "nobody sees who changed what"}).empty
    again = stored(after, write_request(after, 1, {"asked_by": "Sal"}))
    assert [row.problem for row in again.all(Request).values()] == ["nobody sees who changed what"]
    with pytest.raises(Refused, match="deal_probability"):
        write_request(after, 1, {"deal_probability": 1.5})
