"""What a customer may read names no other customer and no money, in random workspaces (about eight seconds).

Names are parts of each other, of words, and oddly written; amounts stand in titles in many formats. The check reads the
memo's text, and its web page, alone and knows nothing of how they were made.
"""

import os
import re
import unicodedata
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios.memos import account, account_line, account_memo, meeting_on
from scenarios.memos.privacy import NOTHING_TELLING, Confidential, telling_of, why_not
from store.records import Wait
from store.records.negotiation import Card, DecisionDetail, SignedTerms, WayKind, WayOut
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import before, customer, decision, move, request
from tui.decisions.meetings import HeldMeeting

TEMPLATE = (Path(__file__).parents[3] / "scenarios" / "memos" / "templates" / "account.md").read_text()
DAY = date(2026, 11, 21)
#: There are no templates of anybody's own.
NO_FOLDER = Path("nowhere")
#: All that a page says of where a request stands.
PHRASES = [*account_line.PLANNED.values(), *account_line.ELSEWHERE.values(), *account_line.DONE.values()]
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)

NAMES = (
    *("Acme", "Acme Corp", "ACME Corporation", "Corp", "Globex", "Globex Ltd", "Glob", "3M", "A&B", "Ölwerk"),
    *("Olwerk Nord", "東京電力", "O'Neil", "Initech", "Tech", "Halvorsen Group", "Group", "S.T.A.R.K.", "foo_bar"),
    *("Straße AG", "STRASSE", "log", "Portal GmbH", "[Bold]", "X", "Exp", "Hanseatic Reefer", "*stars*", "a.b"),
)
WORDS = (
    "audit",
    "log",
    "export",
    "Portal",
    "reports",
    "SSO",
    "startech",
    "acmeology",
    "for",
    "EDI 315",
    "v2",
    "10k",
    "5M rows",
)
FORMATS = (
    lambda amount: f"{amount}",
    lambda amount: f"{amount:,}",
    lambda amount: f"{amount:,}".replace(",", "."),
    lambda amount: f"{amount:,}".replace(",", " "),
    lambda amount: f"{amount:,}".replace(",", "'"),
    lambda amount: f"{amount}.00",
    lambda amount: f"${amount}",
    lambda amount: f"{amount / 1000:g}k",
    lambda amount: f"{amount / 1000:g} K",
    lambda amount: f"{amount / 1e6:.2f}M",
    lambda amount: f"{amount / 1e6:g} million",
    lambda amount: f"EUR {amount}",
)
names = st.one_of(st.sampled_from(NAMES), st.text("abcdeXYZß é", min_size=1, max_size=9).filter(str.strip))
#: How a name is written within a title.
WRITTEN = (str, str.upper, str.lower, lambda name: name.replace(" ", ""), lambda name: name.replace(" ", "-"))
WRITTEN += (lambda name: f"{name}s", lambda name: f"pre{name}", lambda name: name.split()[0])


def speakable(text, own, others, telling=NOTHING_TELLING):
    """Whether a text may be said to a customer, beside others and amounts."""
    return not why_not(text, [own], Confidential(tuple(others), (), telling))


@st.composite
def workspaces(draw):
    """(state, own customer's id) with requests and decisions of several customers; every text may tell of others."""
    found = draw(st.lists(names, min_size=2, max_size=6, unique_by=plain))
    amounts = [draw(st.integers(10_000, 99_999_999)) for _ in found]
    state = empty(quarter="draft")
    for number, (name, amount) in enumerate(zip(found, amounts, strict=True), 1):
        customer(state, number, name, float(amount), date(2027, 2, 1))

    def part():
        kind = draw(st.integers(0, 3))
        if kind == 0:
            return draw(st.sampled_from(WRITTEN))(draw(st.sampled_from(found)))
        if kind == 1:
            return draw(st.sampled_from(FORMATS))(draw(st.sampled_from(amounts)))
        return draw(st.sampled_from(WORDS))

    def text():
        return draw(st.sampled_from((" ", ": ", "/", "_"))).join(part() for _ in range(draw(st.integers(1, 3))))

    if draw(st.booleans()):
        add(state, state.quarter.model_copy(update={"name": text()}))
    for number in range(1, draw(st.integers(1, 5)) + 1):
        where = draw(st.sampled_from(("inbox", "plan", "below", "declined", "done")))
        add_item(state, number, 1.0, title=text(), state=where)
        asker = draw(st.integers(1, len(found)))
        if draw(st.booleans()):
            request(
                state, number, customer_id=asker, asked_by=text(), problem=text(), received_at=AT,
                deal_amount=float(draw(st.sampled_from(amounts))), deal_probability=0.5,
            )  # fmt: skip
        for waiting in draw(st.sets(st.integers(1, len(found)), max_size=2)):
            add(state, Wait(id=len(state.all(Wait)) + 1, item_id=number, customer_id=waiting))
        add(state, Card(id=number, item_id=number, renewal_arr=float(draw(st.sampled_from(amounts)))))
        kind = draw(st.sampled_from(("trade", "accept", "decline", "defer", "close", "over-commit", "drop")))
        decision(state, number, kind=kind, item_id=number, at=AT, title=text(), because=text(), decided_by=text())
        if draw(st.booleans()):
            move(state, number, number, draw(st.sampled_from(("in", "out", "resized"))), 1.0)
        add(state, DecisionDetail(id=number, decision_id=number, present=text(), dissent=text(), conditions=text()))
        terms = {"id": number, "decision_id": number, "right": "over ceiling", "name": "N", "reason": text(), "at": AT}
        add(state, SignedTerms.model_validate(terms))
        if draw(st.booleans()):
            way = draw(st.sampled_from(get_args(WayKind)))
            given_ = {"id": number, "item_id": number, "decision_id": number, "kind": way, "who": text()}
            add(state, WayOut.model_validate(given_ | {"note": text(), "test": text(), "amount": float(amounts[0])}))
    return state, draw(st.integers(1, len(found)))


def plain(text):
    """Text without case, accents and differences of width; spaces made one."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(each for each in text if not unicodedata.combining(each)).split())


def leaks(state, own_id, memo):
    """What a memo tells that it must not: other names (short ones as words, long ones anywhere), and amounts."""
    own = plain(state.tables["customers"][own_id].name)
    text = plain(memo.replace("\\", ""))
    neutral = plain(neutral_memo(state, own_id).replace("\\", ""))
    found = []
    for other in state.tables["customers"].values():
        name = plain(other.name)
        for amount in {int(other.arr), *(int(row.deal_amount) for row in state.tables["requests"].values())}:
            found += [form for each in FORMATS if (form := plain(each(amount))) in text]
        if other.id == own_id:
            continue
        here = text.replace(own, "□") if name in own else text
        if len(name) < 5:
            pattern = rf"(?<![^\W_]){re.escape(name)}(?![^\W_])"
            told, always = re.search(pattern, here), re.search(pattern, neutral.replace(own, "□"))
        else:
            told, always = name in here, name in neutral
        # What every memo to this customer says, of whatever workspace, tells of nobody.
        if told and not always:
            found.append(other.name)
    return found


def neutral_memo(state, own_id):
    """The memo to a customer of this name, from a workspace in which there is nobody else, and only neutral titles."""
    alone = empty()
    customer(alone, own_id, state.tables["customers"][own_id].name)
    for number, item in state.tables["items"].items():
        add_item(alone, number, 1.0, title="□", state=item.state)
        add(alone, Wait(id=number, item_id=number, customer_id=own_id))
    for table in ("decisions", "moves", "ways_out"):
        alone.tables[table].update(state.tables[table])
    request(alone, 1, customer_id=own_id, received_at=AT)
    memo = account_memo(meeting_on(before(alone), alone, DAY), own_id, TEMPLATE).text
    alone.tables["decisions"].clear()
    memo += account_memo(meeting_on(before(alone), alone, DAY), own_id, TEMPLATE).text
    return f"{memo} one of your requests. Your request of {AT.date()} this quarter {PHRASES}"


class Seen(HTMLParser):
    """All that somebody can find in a page: its text, and what stands in attributes; but for the style, ours alone."""

    def __init__(self):
        super().__init__()
        self.parts, self.tags, self._style = [], set(), False

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self._style = tag == "style"
        if tag != "meta":
            self.parts += [value for _, value in attrs if value]

    def handle_data(self, data):
        if not self._style:
            self.parts.append(data)

    def handle_comment(self, data):
        self.parts.append(data)


@settings(max_examples=150 if os.environ.get("MAKEROOM_LONG") else 50, deadline=None)
@given(workspaces())
def test_it_names_no_other_customer_and_no_money(made):
    state, own_id = made
    held = HeldMeeting(meeting_on(before(state), state, DAY))
    memo = held.memo("account", own_id, NO_FOLDER)
    assert memo == account_memo(meeting_on(before(state), state, DAY), own_id, TEMPLATE).text
    assert leaks(state, own_id, memo) == []
    seen = Seen()
    seen.feed(held.page("account", memo))
    assert not seen.tags & {"svg", "figure", "script", "a", "img"}, "no pie, which tells of what was done for others"
    text = "\n".join(seen.parts)
    assert leaks(state, own_id, text.replace("en\n", "", 1)) == []
    words = re.findall(r"\w+", memo.replace("\\", ""))
    assert re.findall(r"\w+", text)[-len(words) :] == words, "it says what the memo says"


def test_the_check_finds_what_would_leak(monkeypatch):
    """With every text taken for harmless, it must."""
    monkeypatch.setattr(account, "why_not", lambda *given: "")
    state = empty()
    customer(state, 1, "Acme", 480_000.0)
    customer(state, 2, "Globex", 212_000.0)
    customer(state, 3, "3M", 99_000.0)
    for number, title in enumerate(("as Globex has it", "212,000 rows", "0.48M rows", "the 3M: log"), 1):
        add_item(state, number, 1.0, title=title)
        add(state, Wait(id=number, item_id=number, customer_id=1))
    memo = account_memo(meeting_on(before(state), state, DAY), 1, TEMPLATE).text
    assert {"Globex", "3M", "212,000", "0.48m"} <= set(leaks(state, 1, memo))


@settings(max_examples=60, deadline=None)
@given(st.lists(names, min_size=2, max_size=2, unique_by=plain), st.integers(10_000, 10**8), st.integers(10_000, 10**8))
@example(["Globex", "東京電力"], 48_000, 99_999)
def test_it_is_the_same_whoever_the_others_are(others, one, other):
    """With titles that tell of nobody, names and amounts of others, and what is said of them, leave no trace."""
    memos = []
    for name, amount in zip(others, (one, other), strict=True):
        state = empty()
        customer(state, 1, "Own AS", 50_000.0)
        customer(state, 2, name, float(amount))
        for number, title in enumerate(("q", "w"), 1):
            add_item(state, number, 1.0, title=title)
            request(state, number, customer_id=1, problem=f"as {name} has", deal_amount=float(amount))
            decision(state, number, item_id=number, at=AT, because=f"{name} pays {amount}", title=f"{title} {name}")
            move(state, number, number, "in")
        add_item(state, 3, 1.0, title=f"{name} only")
        add(state, Wait(id=1, item_id=3, customer_id=2))
        memos.append(account_memo(meeting_on(before(state), state, DAY), 1, TEMPLATE).text)
    short = [plain(name) in ("q", "w") for name in others]
    assert memos[0] == memos[1] or any(short)


@pytest.mark.parametrize(
    ("text", "own", "others", "said"),
    [
        ("Acme Corp portal", "Acme Corp", ["Acme"], True),
        ("Acme portal", "Acme Corp", ["Acme"], False),
        ("Acme Corp portal", "Acme", ["Acme Corp"], False),
        ("AcmeCorp portal", "Acme", ["Acme Corp"], False),
        ("Halvorsen: EDI", "Acme", ["Halvorsen Group"], False),
        ("group permissions", "Acme", ["Halvorsen Group"], False),
        ("startech", "Acme", ["Tech"], True),
        ("olwerk feed", "Acme", ["Ölwerk"], False),
        ("STRASSE feed", "Acme", ["Straße"], False),
        ("3M tape", "Acme", ["3M"], False),
        ("13M3", "Acme", ["3M"], True),
        ("my_globex_feed", "Acme", ["Globex"], False),
        ("x_3M_y", "Acme", ["3M"], False),
        ("", "Acme", ["Globex"], True),
        ("Globex", "GLOBEX", ["globex"], True),
    ],
)
def test_names(text, own, others, said):
    assert speakable(text, own, others) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10,000 10,000", False),
        ("for 10 000 rows", False),
        ("lines 7 10,000", False),
        ("10.000,00", False),
        ("7, 10 000, 12", False),
        ("010000", False),
        ("1 and 0, then 10", True),
        ("EDI 315 and 997", True),
    ],
)
def test_an_amount_is_found_among_other_numbers(text, said):
    assert speakable(text, "Acme", ["Globex"], telling_of([10_000.0])) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Search is slow > 10k shipments", True),
        ("2 million rows, 3m cables, 5 T cranes", True),
        ("top 10 reports, all 3 regions", True),
        ("20 ft containers", True),
        ("Export for the 480k deal", False),
        ("0.48M ahead", False),
        ("5 480 k", False),
        ("half: 0,5 Mio", False),
        ("480 thousand", False),
        ("$10k off", False),
        ("10k€", False),
        ("10k PLN", False),
        ("PLN 10k", False),
        ("10 Mio. PLN", False),
        ("500k", False),
        ("470k", True),
        ("k" * 3000 + "1" * 5000 + "k", True),
    ],
)
def test_a_scaled_number_is_money_where_an_amount_is_that_much_or_a_currency_says_so(text, said):
    """Amounts of 480,000 and 499,600, which is 500k; an asker's shipments are nobody's revenue."""
    assert speakable(text, "Acme", ["Globex"], telling_of([480_000.0, 499_600.0])) is said


@pytest.mark.parametrize(
    ("text", "said"), [("90k kr", False), ("kr 90", False), ("12kr", False), ("krona 9", True), ("8 krakens", True)]
)
def test_the_sign_of_the_workspaces_own_currency_is_money_beside_a_number(text, said):
    assert speakable(text, "Acme", ["Globex"], telling_of([], "SEK")) is said
    assert speakable("20 ft containers", "Acme", ["Globex"], telling_of([], "SEK"))
