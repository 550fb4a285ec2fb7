"""A case from a workspace of one's own: no word and no amount of it is in the file, and the file can be played."""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.practice import disguise
from scenarios.practice.case_file import case_faults
from scenarios.practice.case_text import text_of_case
from scenarios.practice.own_quarter import own_quarter
from scenarios.trade.door import forecast_of
from store.common.errors import Refused
from store.records import (
    Capacity,
    Customer,
    Decision,
    Dependency,
    Item,
    Person,
    Pin,
    Record,
    Request,
    Size,
    Slice,
    State,
    Team,
    TeamTime,
    Version,
    VersionSize,
    Wait,
    WorkspaceInfo,
)
from store.records.negotiation import (
    Card,
    Charter,
    Claim,
    Commitment,
    DealEnd,
    Evidence,
    Persona,
    Principle,
    Right,
    Role,
    Stakeholder,
)
from store.workspace.defaults import beginning

FRESH = State().overlay(beginning("fresh", date(2027, 1, 1)))
HERE = Path(disguise.__file__).parent
RECORDS = HERE.parent.parent / "store" / "records"
#: The columns in which money stands, in records and in a case.
RECORD_MONEY = {"arr", "deal_amount", "renewal_arr", "rate", "licence", "amount"}
CASE_MONEY = {"arr", "amount", "renewal_arr", "rate", "licence"}


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()) if len(word) >= 3}


#: Our own words: all that stand in what makes the file, but for the made-up names; and the kinds that records know.
OWN = set().union(
    *(
        words(path.read_text(encoding="utf-8"))
        for path in (
            *(HERE / name for name in ("case.py", "case_text.py", "own_quarter.py", "own_items.py")),
            *(RECORDS / name for name in ("negotiation.py", "decisions.py", "plan.py", "capacity.py")),
        )
    )
)
#: What is made up, as a workspace may have it, too.
MADE_UP = [disguise._PEOPLE, disguise._PLACES, disguise._TRADES, disguise._MANNERS, disguise._THINGS, disguise._POSTS]
NASTY = (
    *("[[Kestrel]]", "[red]Ospreys[/]", '"Quoted" Inc', "'''Apostrophe", '"""Triple', "Tab\tulator", "back\\slash"),
    *(
        "new\nline",
        "\u202eRTL ועדה",
        "مؤسسة النور",
        "株式会社東京",
        "O'Leary & Søn",
        "# Hashmark",
        "= 1+1",
        "{ brace }",
    ),
    *(
        "Ana",
        "Ana Banana",
        "Anabel",
        "Ban",
        "🚀 Raketa",
        "Ｆｕｌｌｗｉｄｔｈ",
        "ﬁnance ﬂow",
        "items.sizes",
        "Zürich",
        "q_under_q",
    ),
    *("Alder", "alder works", "BALTHASAR", "Quicker ledger", "Steward", "Rowan Mills", "Marsh", "2029-10-29", "460000"),
)
MADE = " ".join(MADE_UP).split()
LETTERS = "aZ9 äßÅøéğŁжЖאبت東한あ°±§[]{}()<>#=\"'\\/|%$€&*+-_.,:;!?~^`@"


class Draws:
    """What a workspace is made of, from one number: names that are nasty, our own made-up ones, or anything."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def name(self) -> str:
        kind = self.chance.randrange(4)
        if kind == 0:
            return self.chance.choice(NASTY)
        if kind == 1:
            return self.chance.choice(MADE)
        if kind == 2:
            return f"{self.chance.choice(MADE)} {self.chance.choice(MADE)}"
        return "".join(self.chance.choice(LETTERS) for _ in range(self.chance.randint(1, 14)))

    def money(self) -> float | None:
        given = (None, 0.0, 7.0, 1000.0, 2000.0, 480_000.0, 1e15, self.chance.uniform(0.01, 5e6))
        return self.chance.choice(given)

    def day(self) -> date:
        return date(2026, 1, 1) + timedelta(days=self.chance.randrange(1100))

    def ew(self) -> float:
        return round(self.chance.uniform(0.2, 4.0), 2)

    def maybe(self) -> bool:
        return self.chance.random() < 0.5


def made(draw: Draws) -> State:
    """A workspace: whatever its people call things."""
    name, money, day, chance = draw.name, draw.money, draw.day, draw.chance
    rows: list[Record] = [
        FRESH.workspace.model_copy(update={"name": name()}),
        Charter(id=1, rate=money(), licence=money(), evidence_rules=name()),
        *(Persona(id=1, name=name(), compromise=name()),),
        *(Principle(id=number, name=name(), note=name(), position=number) for number in (1, 2)),
        *(Role(id=number, name=name(), who=chance.choice(("", name()))) for number in (1, 2)),
        Right(id=1, kind="over ceiling", role_id=2),
        *(row.model_copy(update={"owner": name()}) for row in FRESH.each(Slice)),
    ]
    teams = [Team(id=number, name=name(), position=number) for number in range(1, chance.randint(1, 2) + 1)]
    accounts = [
        Customer(id=number, name=name(), arr=money(), renews=day(), segment=name(), owner=name(), also=name())
        for number in range(1, chance.randint(0, 3) + 1)
    ]
    rows += [*teams, *accounts]
    rows += [Capacity(id=team.id, quarter_id=FRESH.quarter.id, team_id=team.id, net=draw.ew() * 6) for team in teams]
    rows += [TeamTime(id=1, team_id=1, interrupts=0.1), *(Person(id=at, team_id=1, name=name()) for at in (1, 2))]
    states = chance.choices(("plan", "plan", "below", "inbox", "declined", "done"), k=chance.randint(0, 6))
    for number, where in enumerate(("plan", *states), 1):
        rows += item(draw, number, where, len(teams), len(accounts))
    return put(State(tables={key: dict(found) for key, found in FRESH.tables.items()}), *rows)


def put(state: State, *rows: Record) -> State:
    for row in rows:
        state.tables[row.table][row.id] = row
    return state


def item(draw: Draws, number: int, where: str, teams: int, accounts: int) -> Iterator[Record]:
    name, money, day, chance = draw.name, draw.money, draw.day, draw.chance
    at = datetime(2026, 5, number, 7, 13, 29, tzinfo=UTC)
    yield Item.model_validate(
        {
            "id": number,
            "title": name(),
            "state": where,
            "rank": float(number),
            "draw": number,
            "owner": name(),
            "note": name(),
            "source_key": name(),
            "customer_title": name(),
            "value": chance.uniform(-5, 1e6),
        }
    )
    size = draw.ew()
    yield Size(id=number, item_id=number, team_id=chance.randint(1, teams), likely=size, high=size * 2)
    if accounts:
        yield Wait(id=number, item_id=number, customer_id=chance.randint(1, accounts))
    if number > 1 and draw.maybe():
        yield Dependency(id=number, item_id=number, needs_id=number - 1)
    if where == "plan" and draw.maybe():
        yield Pin(id=number, item_id=number, kind="started", note=name())
    yield Version(id=number, item_id=number, name=name(), value=3.0)
    yield VersionSize(id=number, version_id=number, team_id=1, likely=0.1)
    yield Commitment(id=number, item_id=number, kind="promised", due=day(), who=name(), note=name())
    if draw.maybe():
        return
    asked = {"customer_id": 1 if accounts else None, "deal_amount": money(), "deal_closes": day()}
    texts = {"asked_by": name(), "problem": name(), "claimed": name()}
    yield Request.model_validate({"id": number, "item_id": number, "received_at": at, **asked, **texts})
    texts = {key: name() for key in ("solution", "segment", "helps", "sponsor", "precedent", "hypothesis", "offloads")}
    yield Card.model_validate(
        {"id": number, "item_id": number, "renewal_arr": money(), "renewal_date": day(), "principle_id": 1, **texts}
    )
    yield Evidence(id=number, item_id=number, customers=3, segment=name(), source=name())
    yield Claim(id=number, item_id=number, kind="everyone wants it", evidence=name())
    yield Stakeholder(id=number, item_id=number, name=name(), part="user")
    yield DealEnd(id=number, item_id=number, outcome="won", ended=day(), amount=money(), note=name())
    said = {"title": name(), "decided_by": name(), "because": name(), "quarter_id": FRESH.quarter.id}
    yield Decision.model_validate({"id": number, "at": at, "kind": "decline", "item_id": number, **said})


def values_of(found: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a file with the key that it stands under, and every key."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield "", name
            yield from values_of(value, name)
    elif isinstance(found, list):
        for value in found:
            yield from values_of(value, key)
    else:
        yield key, found


def texts_of(state: State) -> set[str]:
    """All that somebody wrote in a workspace, but for what a fresh one has, too."""
    columns = [value for rows in state.tables.values() for row in rows.values() for value in row.model_dump().values()]
    fresh = {
        value for rows in FRESH.tables.values() for row in rows.values() for value in row.model_dump().values() if value
    }
    return {value for value in columns if isinstance(value, str) and value not in fresh}


@settings(max_examples=300 if os.environ.get("MAKEROOM_LONG") else 20, deadline=None)
@given(st.integers(0, 2**32))
def test_no_word_and_no_amount_of_a_workspace_is_in_its_case(seed: int) -> None:
    state = made(Draws(seed))
    try:
        found = own_quarter("ours", state, FRESH, Random(seed))
    except Refused as error:
        # Of some plans nothing fits, and that is all.
        if "nothing of this plan fits" not in str(error):
            raise
        return
    text = text_of_case(found.case)
    assert [str(error) for error in case_faults(text, "ours.toml", FRESH)] == []
    document = list(values_of(tomllib.loads(text)))
    # A day is no word, whatever year a name has.
    comments = [re.sub(r"\d{4}-\d\d-\d\d", "", line) for line in text.splitlines() if line.startswith("#")]
    said = "\n".join([*(value for _, value in document if isinstance(value, str)), *comments])
    theirs = texts_of(state)
    assert (words(said) & set().union(*map(words, theirs))) - OWN == set()
    for name in theirs:
        if words(name) - OWN:
            # As a whole: umber is no part of numbered.
            assert not re.search(rf"(?<!\w){re.escape(name.strip().casefold())}(?!\w)", said.casefold()), name
    amounts = {
        value
        for rows in state.tables.values()
        for row in rows.values()
        for column, value in row.model_dump().items()
        if column in RECORD_MONEY and value
    }
    numbers = [(key, value) for key, value in document if isinstance(value, int | float)]
    assert not amounts & {value for key, value in numbers if key in CASE_MONEY or value >= 1000}


def small() -> State:
    """Two teams, of which one counts its people; Ana has two roles, owns, asks and works, and is a customer's name."""
    state = State(tables={key: dict(found) for key, found in FRESH.tables.items()})
    quarter = FRESH.quarter.id
    return put(
        state,
        Team(id=1, name="Pay", position=1),
        Team(id=2, name="Web", position=2),
        Capacity(id=1, quarter_id=quarter, team_id=1, net=11.0),
        Capacity(id=2, quarter_id=quarter, team_id=2, net=12.0),
        TeamTime(id=1, team_id=1),
        Person(id=1, team_id=1, name="Ana"),
        Customer(id=1, name="Kestrel", arr=480_000.0, renews=date(2027, 5, 31)),
        Role(id=1, name="CPO", who="Ana", position=1),
        Role(id=2, name="CFO", who="ana ", position=2),
        Right(id=1, kind="below return", role_id=1),
        Right(id=2, kind="under target", role_id=2),
        *(
            Item(id=n, title=title, state=where, rank=float(n), draw=n, owner="Ana", value=10.0 * n)  # type: ignore[arg-type]
            for n, (title, where) in enumerate(
                [("Refunds", "plan"), ("Refunds", "plan"), ("Far too large", "plan"), ("Later", "below")], 1
            )
        ),
        *(Size(id=n, item_id=n, team_id=2, low=1.0, likely=2.0, high=3.0) for n in (1, 2, 4)),
        Size(id=3, item_id=3, team_id=2, likely=11.0),
        Pin(id=1, item_id=2, kind="contractual"),
        Dependency(id=1, item_id=1, needs_id=3),
        Commitment(id=1, item_id=1, kind="promised", who="Kestrel", due=date(2027, 6, 1)),
        Wait(id=1, item_id=1, customer_id=1),
        Persona(id=1, name="The clerk"),
    )


def test_the_same_name_is_the_same_and_what_does_not_fit_is_below_the_line() -> None:
    state = small()
    found = own_quarter("ours", state, FRESH, Random(5))
    case = found.case
    assert forecast_of(state).odds < case.quarter.target
    # Ana is one: her two roles are one with the rights of both, and she owns, and works in the first team.
    (role,) = case.roles
    assert role.rights == ("below return", "under target")
    assert {item.owner for item in case.items} == {role.who}
    # Without a closure or holidays, thirteen weeks of her are not eleven: the team is told as its weeks.
    assert [(team.weeks, team.people) for team in case.teams] == [(11.0, ()), (12.0, ())]
    first, second, large, later = case.items
    assert len({item.title for item in case.items}) == 4
    # What does not fit is below the line, and nothing needs it there.
    assert [item.state for item in case.items] == ["plan", "plan", "below", "below"]
    assert (first.needs, second.pin, first.sizes) == ((), "contractual", {case.teams[1].name: (1.0, 2.0, 3.0)})
    assert large.sizes[case.teams[1].name][1] == 11.0
    (account,) = case.accounts
    assert first.waiting == (account.name,)
    assert first.promise is not None
    assert first.promise.to == account.name
    # By one number, to two digits; by whole weeks, all alike.
    assert account.arr is not None
    assert account.arr == float(f"{account.arr:.2g}")
    assert account.arr != 480_000
    assert account.renews is not None
    moved = account.renews - date(2027, 5, 31)
    assert moved.days % 7 == 0
    assert first.promise.due == date(2027, 6, 1) + moved
    assert case.quarter.starts == FRESH.quarter.starts + moved
    # The best is worth 90, the others in proportion.
    assert [item.value for item in (first, second, large, later)] == [22.0, 45.0, 68.0, 90.0]
    assert "1 persona" in found.left
    assert "1 item of the plan is below the line: it does not fit" in found.left
    assert "1 team as its weeks: its people count otherwise here" in found.left
    # Drawn anew each time: whoever has two files knows no more.
    other = own_quarter("ours", state, FRESH, Random(6)).case
    assert other.accounts[0] != account
    assert other.accounts[0].name not in (account.name, "Kestrel")


def test_the_examples_of_events_can_be_used_as_they_stand() -> None:
    text = text_of_case(own_quarter("ours", small(), FRESH, Random(5)).case)
    assert text.count("# [[events]]") == 2
    used = re.sub(r"^# (?=\[\[events|[a-z_]+ = )", "", text, flags=re.MULTILINE)
    assert case_faults(used, "ours.toml", FRESH) == []
    assert [event["kind"] for event in tomllib.loads(used)["events"]] == ["news", "ask", "promise"]


def test_two_teams_of_a_name_and_days_at_the_end_of_the_calendar() -> None:
    state = small()
    ends = date(9999, 12, 31)
    put(
        state,
        Team(id=2, name="Pay", position=2),
        Customer(id=1, name="Kestrel", renews=ends),
        Request(id=1, item_id=1, received_at=datetime(9999, 12, 31, 12, tzinfo=UTC), deal_closes=ends),
        DealEnd(id=1, item_id=1, outcome="won", ended=ends),
    )
    case = own_quarter("ours", state, FRESH, Random(5)).case
    assert [team.weeks for team in case.teams] == [11.0, 12.0]
    assert len({team.name for team in case.teams}) == 2
    # A day that cannot be moved is not told.
    assert case.accounts[0].renews is None
    request = case.items[0].request
    assert request is not None
    assert (request.at, request.closes, case.items[0].end) == (None, None, None)
    assert "9999" not in text_of_case(case)


def test_without_a_plan_there_is_nothing_to_begin_from() -> None:
    with pytest.raises(Refused, match="has no plan yet"):
        own_quarter("ours", FRESH, FRESH, Random(1))
    state = put(small(), *(Capacity(id=n, quarter_id=FRESH.quarter.id, team_id=n, net=0.5) for n in (1, 2)))
    with pytest.raises(Refused, match="nothing of this plan fits"):
        own_quarter("ours", state, FRESH, Random(1))


def test_a_workspace_that_says_all_our_words_gets_others() -> None:
    said = " ".join(MADE_UP)
    state = put(small(), FRESH.each(WorkspaceInfo).__next__().model_copy(update={"name": "x"}))
    put(state, Persona(id=2, name="all", compromise=said))
    text = text_of_case(own_quarter("ours", state, FRESH, Random(1)).case)
    assert not (words(text) & words(said)) - OWN
    assert case_faults(text, "ours.toml", FRESH) == []
