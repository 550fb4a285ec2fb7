"""The three memos of one meeting against the log, figure by figure: read from their text, compared with the records.

In random meetings whose figures are whole percents, tenths of an ew and whole amounts, so that each has one way to be
written. About three seconds.
"""

import random
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scenarios.decisions.log import find_decisions
from scenarios.memos import account_memo, executives_memo, meeting_on, team_memo
from scenarios.reports.memo_html import memo_html
from store.records import Item, Move, Request, Size, State, Wait
from store.records.negotiation import DecisionDetail, DecisionOption
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import charter, customer, decision, move, request

TEMPLATES = Path(__file__).parents[3] / "scenarios" / "memos" / "templates"
TEAM, EXECUTIVES, ACCOUNT = ((TEMPLATES / f"{name}.md").read_text() for name in ("team", "executives", "account"))
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
DAY = date(2026, 11, 21)
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
CUSTOMERS = ("Quadrangle", "Hollyhock", "Driftwood", "Bellwether")


def meeting(seed):
    """A state with a meeting of some decisions on one day, and others on the days around it."""
    chance = random.Random(seed)
    state = empty()
    charter(state)
    for number, name in enumerate(CUSTOMERS, 1):
        customer(state, number, name, 1000.0 * chance.randint(20, 900), date(2027, chance.randint(1, 12), 1))
    for number in range(1, 13):
        add_item(state, number, chance.randint(5, 60) / 10, title=f"thing {number:02}", slice=chance.choice("FIQDO"))
        asker = chance.choice((None, 1, 2, 3))
        amount = 10_000.0 * chance.randint(1, 50) if chance.random() < 0.6 else None
        request(state, number, customer_id=asker, deal_amount=amount, deal_probability=0.5, asked_by=f"asker {number}")
        for key in chance.sample(range(1, 5), chance.randint(0, 2)):
            add(state, Wait(id=10 * number + key, item_id=number, customer_id=key))
    odds, rows = chance.randint(65, 90), 0
    days = [*([-1] * chance.randint(0, 2)), *([0] * chance.randint(1, 5)), *([1] * chance.randint(0, 2))]
    free = list(range(1, 13))
    chance.shuffle(free)
    for number, day in enumerate(days, 1):
        came, left = free.pop(), [free.pop() for _ in range(chance.randint(0, 1))]
        later = odds + chance.randint(-4, 4)
        at = AT + timedelta(days=day, minutes=number)
        kind = "trade" if left else "accept"
        title = state.all(Item)[came].title
        decision(
            state, number, kind=kind, title=title, item_id=came, at=at, decided_by=f"person {number}",
            odds_before=odds / 100, odds_after=later / 100,
        )  # fmt: skip
        odds = later
        move(state, number, came, "in", chance.randint(1, 90) / 10)
        for key in left:
            move(state, number, key, "out", chance.randint(1, 90) / 10)
            add(state, state.all(Item)[key].model_copy(update={"state": "below"}))
        loads = {f"load_{when}": chance.randint(100, 400) / 10 for when in ("before", "after")}
        shares = {f"one_offs_{when}": chance.randint(0, 30) / 100 for when in ("before", "after")}
        add(state, DecisionDetail(id=number, decision_id=number, asked_by=f"asker {came}", **loads, **shares))
        for place in range(chance.randint(0, 3)):
            rows += 1
            figures = {"odds": chance.randint(40, 95) / 100, "ew": chance.randint(1, 90) / 10}
            figures["arr"] = 1000.0 * chance.randint(1, 999) if chance.random() < 0.5 else None
            add(
                state,
                DecisionOption(
                    id=rows, decision_id=number, title=f"option {rows}", chosen=place == 0, position=place, **figures
                ),
            )
    return state


def percents(text):
    return [int(each) for each in re.findall(r"(\d+)%", text)]


def change(text, name):
    """The two figures after a name, as 74% → 71% or 13.0 → 12.0; a single one is both."""
    found = re.search(rf"{name} ([\d.]+)%?(?: → ([\d.]+))?", text, re.IGNORECASE)
    assert found, (name, text)
    return float(found[1]), float(found[2] or found[1])


def whole(share):
    return round(100 * share)


def decided(state):
    """The rows of the log of that day, oldest first."""
    return [line for line in reversed(find_decisions(state)) if line.decision.at.date() == DAY]


def began(state):
    """The state before that day: what came in was below the line, what left was in plan."""
    found = State({name: dict(rows) for name, rows in state.tables.items()})
    for line in decided(state):
        for row in line.moves:
            where = {"in": "below", "out": "plan"}[row.kind]
            add(found, found.all(Item)[row.item_id].model_copy(update={"state": where}))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_every_figure_is_that_of_the_log(seed):
    state = meeting(seed)
    log = decided(state)
    held = meeting_on(began(state), state, DAY)
    team, executives = team_memo(held, TEAM), executives_memo(held, EXECUTIVES)
    both = whole(log[0].decision.odds_before), whole(log[-1].decision.odds_after)

    # The whole meeting: odds before and after, how many decisions, what came in and left.
    assert change(team.split("##")[0], "Odds of the whole plan:") == both
    assert change(executives.split("##")[0], "Odds of the whole plan:") == both
    assert int(re.search(r"# Q1: (\d+) decisions? on 2026-11-21", executives)[1]) == len(log)
    # By the sizes of both plans: what a line says of an item's size then is in the decision.
    sized = {row.item_id: row.likely for row in state.all(Size).values()}
    ids = {kind: {row.item_id for line in log for row in line.moves if row.kind == kind} for kind in ("in", "out")}
    sums = {kind: sum(sized[key] for key in keys) for kind, keys in ids.items()}
    for kind, ew in re.findall(r"(In|out): ([\d.]+) ew", executives):
        assert float(ew) == pytest.approx(sums.pop(kind.casefold()), abs=0.051)
    assert not sums

    # The team's memo, decision by decision.
    parts = re.split(r"^### (\d+)\. ", team.split("## Signed for")[0], flags=re.MULTILINE)[1:]
    assert [int(number) for number in parts[::2]] == list(range(1, len(log) + 1))
    for part, line in zip(parts[1::2], log, strict=True):
        row, detail = line.decision, line.detail
        assert part.startswith(f"{row.title}: ")
        assert f"Asked by {detail.asked_by}, decided by {row.decided_by}\n" in part
        assert change(part, "Odds") == (whole(row.odds_before), whole(row.odds_after))
        assert change(part, "load") == (detail.load_before, detail.load_after)
        assert change(part, "one-offs") == (whole(detail.one_offs_before), whole(detail.one_offs_after))
        for word, kind in (("In", "in"), ("Out", "out")):
            told = re.findall(rf"^- {word}: (.+), ([\d.]+) ew$", part, re.MULTILINE)
            assert [(title, float(ew)) for title, ew in told] == [
                (each.title, each.ew) for each in line.moves if each.kind == kind
            ]
        options = re.findall(
            r"^  - (\**)(option \d+): odds (\d+)%, frees ([\d.]+) ew(?:, \$(\d+)k a year)?", part, re.M
        )
        assert [(bool(mark), title, int(odds), float(ew), int(arr or 0)) for mark, title, odds, ew, arr in options] == [
            (each.chosen, each.title, whole(each.odds), each.ew, round((each.arr or 0) / 1000)) for each in line.options
        ]

    # The executives' memo: a line each, the money, the one-offs.
    lines = re.findall(r"^(\d+)\. \*\*(.+?)\*\*: (.+?) \(odds (.+?)\), decided by (.+)$", executives, re.MULTILINE)
    assert len(lines) == len(log)
    for (number, title, what, odds, by), line in zip(lines, log, strict=True):
        row = line.decision
        assert (int(number), title, by) == (log.index(line) + 1, row.title, row.decided_by)
        expected = [whole(row.odds_before), whole(row.odds_after)]
        assert percents(odds) == (expected if expected[0] != expected[1] else expected[:1])
        out = [each.title for each in line.moves if each.kind == "out"]
        assert what == (f"in; gave way: {' and '.join(f'“{title}”' for title in out)}" if out else "in")
    moved = {kind: {row.item_id for line in log for row in line.moves if row.kind == kind} for kind in ("in", "out")}
    deals = [row.deal_amount for row in state.all(Request).values() if row.item_id in moved["in"] and row.deal_amount]
    if deals:
        told = re.search(r"Expected value of what came in: \$([\d,.]+)", executives)[1]
        assert float(told.replace(",", "")) == sum(0.5 * amount for amount in deals)
    else:
        assert "No deal behind what came in" in executives
    waits = {row.customer_id for row in state.all(Wait).values() if row.item_id in moved["out"]}
    told = re.search(r"(\d+) customers? waits?, with \$([\d,]+) a year", executives)
    if waits:
        revenue = sum(state.tables["customers"][key].arr for key in waits)
        assert (int(told[1]), float(told[2].replace(",", ""))) == (len(waits), revenue)
    else:
        assert told is None
    planned = [item for item in state.all(Item).values() if item.state == "plan"]
    effort = {row.item_id: row.likely for row in state.all(Size).values()}
    one_offs = sum(effort[item.id] for item in planned if item.slice == "O") / sum(effort[item.id] for item in planned)
    # Cut to a tenth, as on every other page.
    told = float(re.search(r"One-offs: ([\d.]+)% of planned", executives)[1])
    assert -1e-9 <= 100 * one_offs - told < 0.1

    # Each account: one line for each request, where it stands, and what is not as it was; nothing else.
    earlier = held.began.all(Item)
    words = {"plan": "planned for Q1", "below": "on our list, not in Q1"}
    for key, name in enumerate(CUSTOMERS, 1):
        theirs = {row.item_id for row in (*state.all(Request).values(), *state.all(Wait).values())
                  if row.customer_id == key}  # fmt: skip
        memo = account_memo(held, key, ACCOUNT).text
        assert memo.startswith(f"# {name}: ")
        expected = []
        for item in (state.all(Item)[each] for each in theirs):
            line, was = f"is {words[item.state]}", earlier[item.id].state
            if (was, item.state) == ("plan", "below"):
                line += "; it is no longer planned for Q1"
            elif was != item.state:
                line += f"; before, it was {words[was]}"
            expected.append((item.title, f"{line}."))
        assert sorted(re.findall(r"^- “(.+)” (.+)$", memo, re.M)) == sorted(expected)
        assert "$" not in memo
        assert not re.search(r"\d%", memo)

    # The page has no figure of its own but those of the pies.
    for memo in (team, executives):
        text = re.sub(r"<[^>]+>", " ", memo_html(memo).split("<body>")[1])
        # A list that is numbered by the browser has no numbers of its own.
        assert NUMBER.findall(text) == NUMBER.findall(re.sub(r"^\d+\. ", "", memo, flags=re.MULTILINE))


def test_the_log_has_each_line_of_the_meeting_once():
    state = meeting(3)
    rows = [row.id for line in decided(state) for row in line.moves]
    of_day = {line.decision.id for line in decided(state)}
    assert sorted(rows) == sorted(row.id for row in state.all(Move).values() if row.decision_id in of_day)
