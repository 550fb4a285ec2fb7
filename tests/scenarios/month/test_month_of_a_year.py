"""The month after a scripted year of 60 decisions: each of its eleven parts, recomputed by plain loops over the rows,
which know nothing of how makeroom does it. The report goes over the end of a quarter. About 2 s."""

from __future__ import annotations

import random
import statistics
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from scenarios.month.month import Month, month_of
from scenarios.reports.month_paper import month_paper
from scenarios.reports.paper_page import paper_markdown
from scenarios.trade.door import forecast_of
from store.records import Decision, Move, State, UnplannedWork, Wait
from store.records.looking_back import Escalation
from store.records.negotiation import Commitment, DealEnd, DecisionDetail, OldVersion, SignedTerms
from tests.scenarios.graded.test_scripted_year import scripted_year, tenths
from tests.scenarios.making import add, add_item
from tests.scenarios.negotiating import charter, customer, request

SINCE, TODAY = date(2026, 12, 1), date(2027, 2, 10)
Rows = list[dict[str, Any]]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def told_year() -> State:
    """The year, and half a quarter after it: 12 items in plan, 8 below, and what was decided and told of them."""
    chance = random.Random(23)
    state = scripted_year()[0]
    charter(state, credit_standard=100.0, credit_one_off=-50.0, stance="product")
    for number in range(1, 9):
        arr = None if number == 8 else 10_000.0 * chance.randint(1, 40)
        customer(state, number, f"account {number}", arr, date(2027, 1, 5) + timedelta(days=31 * number))
    for key in range(901, 921):
        where = "plan" if key <= 912 else "below"
        add_item(
            state, key, chance.randint(5, 50) / 10, state=where, slice="O" if key % 4 == 0 else chance.choice("FIQD")
        )
        deal = {"deal_amount": 1_000.0 * chance.randint(10, 90), "deal_probability": 0.5} if key % 4 == 0 else {}
        asked = {"asked_by": chance.choice(("Luis", "Nils")), "customer_id": chance.randint(1, 8)}
        request(state, key, received_at=noon(date(2027, 1, 2)), **deal, **asked)
        for number in sorted(chance.sample(range(1, 9), 2)):
            add(state, Wait(id=len(state.all(Wait)) + 1, item_id=key, customer_id=number))
    move = 50_000
    for at, key in enumerate(range(901, 913)):
        when = noon(date(2027, 1, 4) + timedelta(days=2 * at))
        given = {"id": 500 + at, "quarter_id": 1, "at": when, "kind": "trade", "title": f"for {key}", "item_id": key}
        add(state, Decision.model_validate({**given, "decided_by": chance.choice(("Ana", "Bo"))}))
        # Some that leave are in plan again, or left twice.
        for item_id, kind in ((key, "in"), (913 + at % 6, "out"), (901 + at // 2, "out")):
            move += 1
            row = {"id": move, "decision_id": 500 + at, "item_id": item_id, "kind": kind, "title": f"item {item_id}"}
            add(state, Move.model_validate({**row, "ew": chance.randint(5, 50) / 10}))
    for at in range(40):
        day = date(2026, 1, 5) + timedelta(days=10 * at)
        whose = {"customer_id": chance.randint(1, 8)} if at % 2 else {"asked_by": chance.choice(("support", "ops", ""))}
        given = {"id": at + 1, "team_id": 1, "day": day, "effort": chance.randint(1, 20) / 10, "title": f"call {at}"}
        add(state, UnplannedWork.model_validate({**given, **whose, "slice": chance.choice(("F", "Q", None))}))
    for at, key in enumerate((904, 908, 912, 916)):
        signed = {"right": "below return", "name": "Priya", "reason": "a wedge", "at": noon(date(2027, 1, 20))}
        given = {"id": at + 1, "decision_id": 503, "item_id": key, "review": date(2027, 2, 8 + at), **signed}
        if at == 2:
            given["cleared_id"] = 511
        if at < 3:
            add(state, SignedTerms.model_validate(given))
        add(state, DecisionDetail(id=at + 1, decision_id=500 + at, review=date(2027, 2, 9 + at)))
    for at, key in enumerate((904, 908, 913, 914, 902)):
        kind = ("promised", "contractual", "regulatory", "aim", "promised")[at]
        row = {"id": at + 1, "item_id": key, "kind": kind, "who": f"account {at + 1}"}
        add(state, Commitment.model_validate({**row, "due": date(2027, 3, 20 - at)}))
    for at in range(12):
        day, key = date(2026, 2, 3) + timedelta(days=33 * at), chance.choice(range(1, 50)) if at < 9 else 901 + at
        add(
            state,
            Escalation(id=at + 1, item_id=key, at=noon(day), by_whom=chance.choice(("CEO", "CRO")), to_whom="CTO"),
        )
    for at, (key, amount) in enumerate(((904, 80_000.0), (908, 12_000.0), (901, 30_000.0), (902, 9_000.0))):
        won = {"outcome": "won", "ended": date(2027, 2, 1) + timedelta(days=5 * at), "amount": amount}
        add(state, DealEnd.model_validate({"id": 7_000 + at, "item_id": key, **won}))
    for at, name in enumerate(("6.2", "6.1"), 1):
        add(state, OldVersion(id=at, name=name, back=at, upkeep=0.7 * at, customers=4 * at))
    for row in list(state.each(Decision)):
        if row.kind == "close":
            add(state, row.model_copy(update={"odds_before": (row.id % 7) / 10}))
    return state


@pytest.fixture(scope="module")
def told() -> tuple[State, Month, dict[str, Rows]]:
    """The state, its month, and the rows of all tables as bare values."""
    state = told_year()
    rows = {name: [row.model_dump() for row in table.values()] for name, table in state.tables.items()}
    return state, month_of(state, forecast_of(state), SINCE, TODAY), rows


def by_id(rows: Rows) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def likely(rows: dict[str, Rows], item_id: int) -> Fraction:
    return tenths([size["likely"] for size in rows["sizes"] if size["item_id"] == item_id])


def test_1_and_2_the_share_of_one_offs_and_what_is_under_way(told) -> None:
    state, month, rows = told
    items, requests = by_id(rows["items"]), {row["item_id"]: row for row in rows["requests"]}
    planned = [row["id"] for row in rows["items"] if row["state"] == "plan"]
    one_offs = [key for key in planned if items[key]["slice"] == "O"]
    assert len(rows["decisions"]) - len({1010, 1011, 1012, 1013}) == 60 + 12
    assert month.gauge.share.value == sum(likely(rows, key) for key in one_offs) / sum(
        likely(rows, key) for key in planned
    )
    recent = {row["id"] for row in rows["decisions"] if row["at"].date() >= SINCE}
    closes = {row["id"] for row in rows["decisions"] if row["kind"] == "close"}
    moves = [row for row in rows["moves"] if row["decision_id"] in recent]
    came = {row["item_id"] for row in moves if row["kind"] == "in"}
    left = {row["item_id"] for row in moves if row["kind"] == "out" and row["decision_id"] not in closes}
    assert (month.changed.decisions, month.changed.came, month.changed.left) == (len(recent), len(came), len(left))
    found = {row.one_off.entry.item.id: row for row in month.under_way}
    assert sorted(found) == one_offs
    for key, row in found.items():
        signed = [each["name"] for each in rows["signed_terms"] if each["item_id"] == key]
        came_by = [each["decided_by"] for each in rows["decisions"] if each["item_id"] == key and each["id"] < 1000]
        assert row.signed_by == (signed or came_by)[-1]
        days = [each["due"] for each in rows["commitments"] if each["item_id"] == key and each["kind"] != "aim"]
        assert row.promised == min(days, default=None)
        expected = Fraction(requests[key]["deal_amount"]) * Fraction(requests[key]["deal_probability"])
        assert row.one_off.ratio.value == expected / (likely(rows, key) * 10_000)
    assert "is a product company" in month_paper(state, month).parts[0].sentences[1].words


def test_3_to_5_promises_what_was_postponed_and_who_waits(told) -> None:
    _, month, rows = told
    items, decisions = by_id(rows["items"]), by_id(rows["decisions"])
    given = [row for row in rows["commitments"] if row["kind"] != "aim" and items[row["item_id"]]["state"] != "done"]
    assert {row.commitment.id for row in month.pending} == {row["id"] for row in given}
    assert [row.open for row in month.pending] == sorted((row.open for row in month.pending), reverse=True)
    last: dict[int, tuple[Any, dict[str, Any]]] = {}
    for row in rows["moves"]:
        decision = decisions[row["decision_id"]]
        if row["kind"] == "out" and decision["kind"] != "close" and decision["at"].date() >= SINCE:
            key = (decision["at"], decision["id"])
            if row["item_id"] not in last or last[row["item_id"]][0] <= key:
                last[row["item_id"]] = key, row
    stayed = {key: row for key, (_, row) in last.items() if items[key]["state"] == "below"}
    assert {row.item.id: row.ew for row in month.postponed} == {key: row["ew"] for key, row in stayed.items()}
    assert month.back == len(last) - len(stayed)
    assert month.back > 0
    assert stayed
    for out in month.postponed:
        decision = decisions[stayed[out.item.id]["decision_id"]]
        assert (out.decision.decided_by, out.displaced_by) == (decision["decided_by"], f"item {decision['item_id']}")
    waiting = {row["customer_id"] for row in rows["waits"] if row["item_id"] in stayed}
    assert {row.customer.id for row in month.waits.rows} == waiting
    until = date(2027, 1, 1) + timedelta(days=180)
    within = [row for row in rows["customers"] if row["id"] in waiting and TODAY <= row["renews"] <= until]
    assert within
    assert month.waits.at_renewal.value == sum(Fraction(row["arr"] or 0) for row in within)


def test_6_what_came_between(told) -> None:
    _, month, rows = told
    mine = [row for row in rows["unplanned_work"] if SINCE <= row["day"] <= TODAY]
    between, effort = month.between, tenths([row["effort"] for row in mine])
    assert (between.number, between.effort.value, between.cost.value) == (len(mine), effort, effort * 10_000)
    names = {row["id"]: row["name"] for row in rows["customers"]}
    source: dict[str, Fraction] = {}
    letters: dict[str, Fraction] = {}
    for row in mine:
        name = names.get(row["customer_id"]) or row["asked_by"] or "nobody named"
        source[name] = source.get(name, Fraction(0)) + tenths([row["effort"]])
        if row["slice"]:
            letters[row["slice"]] = letters.get(row["slice"], Fraction(0)) + tenths([row["effort"]])
    assert {row.name: row.effort for row in between.by_source} == source
    assert between.slice == max(letters.items(), key=lambda pair: pair[1])
    for week in between.by_week:
        monday = date.fromisoformat(week.name)
        days = [row["effort"] for row in mine if monday <= row["day"] <= monday + timedelta(days=6)]
        assert (monday.weekday(), week.number, week.effort) == (0, len(days), tenths(days))


def test_7_the_trend_and_what_slices_lack(told) -> None:
    _, month, rows = told
    aims = {row["letter"]: Fraction(row["aim"]) / 100 for row in rows["slices"]}
    lacks = dict.fromkeys(aims, Fraction(0))
    took = {row["title"]: row["actual"] for row in rows["actuals"]}
    assert [row.name for row in month.trend] == ["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026", "Q1"]
    for at, row in enumerate(month.trend[:4]):
        quarter = by_id(rows["quarters"])[10 + at]
        mine = [each for each in rows["outcomes"] if each["number"] == 2026 * 4 + at]
        done = [each for each in mine if each["became"] == "done"]
        by_slice = {
            letter: tenths([took[each["title"]] for each in done if each["slice"] == letter]) for letter in aims
        }
        whole = sum(by_slice.values())
        assert row.one_offs.value == by_slice["O"] / whole
        for letter in aims:
            lacks[letter] += aims[letter] * whole - by_slice[letter]
        agreed = [each for each in mine if each["planned"]]
        kept = [each for each in agreed if each["became"] == "done"]
        whole = tenths([each["baseline_ew"] for each in agreed])
        assert row.kept.value == tenths([each["baseline_ew"] for each in kept]) / whole
        assert (row.items, row.done) == (len(agreed), len(kept))
        decided = [each for each in rows["decisions"] if each["quarter_id"] == 10 + at]
        assert [row.odds_first] == [each["odds_after"] for each in decided if each["kind"] == "baseline"]
        assert [row.odds_last] == [each["odds_before"] for each in decided if each["kind"] == "close"]
        calls = [
            each["effort"] for each in rows["unplanned_work"] if quarter["starts"] <= each["day"] <= quarter["ends"]
        ]
        assert row.interrupts.value == tenths(calls)
    planned = [row for row in rows["items"] if row["state"] == "plan"]
    whole = sum(likely(rows, row["id"]) for row in planned)
    for letter in aims:
        lacks[letter] += aims[letter] * whole - sum(
            likely(rows, row["id"]) for row in planned if row["slice"] == letter
        )
    assert {row.slice.letter: row.debt.value for row in month.debts} == {
        letter: lack for letter, lack in lacks.items() if lack > Fraction(1, 20)
    }
    assert (month.trend[4].kept.value, month.trend[4].items) == (None, 0)


def test_8_to_11_exceptions_credit_versions_and_escalations(told) -> None:
    state, month, rows = told
    standing = [row for row in rows["signed_terms"] if row["cleared_id"] is None]
    assert {row.terms.id: row.due for row in month.standing} == {row["id"]: row["review"] <= TODAY for row in standing}
    # A decision that somebody signed an exception in is reviewed with that.
    signed = {row["decision_id"] for row in rows["signed_terms"]}
    due = [row for row in rows["decision_details"] if row["review"] is not None and row["review"] <= TODAY]
    assert {row.line.decision.id for row in month.reviews} == {row["decision_id"] for row in due} - signed
    # 9: 100% of what was signed less the one-off's cost, and minus half of that cost.
    items, requests = by_id(rows["items"]), {row["item_id"]: row for row in rows["requests"]}
    rates = {row["title"]: row["actual"] for row in rows["actuals"]}
    credit: dict[str, Fraction] = {}
    for row in rows["deal_ends"]:
        if row["outcome"] == "won" and SINCE <= row["ended"] <= TODAY:
            item, cost = items[row["item_id"]], Fraction(0)
            if item["slice"] == "O":
                ew = likely(rows, item["id"]) or tenths([rates.get(item["title"], 0.0)])
                cost = ew * 10_000
            name = requests[item["id"]]["asked_by"]
            signed_for = Fraction(row["amount"])
            credit[name] = credit.get(name, Fraction(0)) + max(signed_for - cost, Fraction(0)) - cost / 2
    known = {row.asked_by: row.credit.value for row in month.credit if row.credit.known}
    assert known
    assert known == {name: credit[name] for name in known}
    assert {row.asked_by for row in month.credit} == credit.keys()
    # 10
    versions = rows["old_versions"]
    assert month.old_versions.upkeep.value == tenths([row["upkeep"] for row in versions])
    assert month.old_versions.customers.value == sum(row["customers"] for row in versions)
    # 11: the first decision at or after it that names the item.
    days = []
    mine = [row for row in rows["escalations"] if row["at"].date() >= SINCE]
    for row in mine:
        about = {each["decision_id"] for each in rows["moves"] if each["item_id"] == row["item_id"]}
        later = [
            each["at"] for each in rows["decisions"]
            if each["at"] >= row["at"] and (each["id"] in about or each["item_id"] == row["item_id"])
        ]  # fmt: skip
        days += [(min(later) - row["at"]) / timedelta(days=1)] if later else []
    assert len(month.escalated) == len(mine)
    assert sorted(row.days for row in month.escalated if row.days is not None) == sorted(days)
    for count in month.escalations_by_quarter:
        quarter = next(row for row in rows["quarters"] if row["name"] == count.name)
        of = [row for row in rows["escalations"] if quarter["starts"] <= row["at"].date() <= quarter["ends"]]
        assert count.number == len(of)
    text = paper_markdown(month_paper(state, month))
    assert days
    assert f"the median answer took {statistics.median(days):.1f} days" in text
    assert text.count("\n## ") == 11
