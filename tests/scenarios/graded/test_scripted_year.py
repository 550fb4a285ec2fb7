"""A year of four quarters and 60 decisions: every number of the page, recomputed by plain loops over what was told."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from scenarios.graded.quarter_graded import grade_quarter
from scenarios.graded.rows import quarters_on_record
from scenarios.reports.paper_page import paper_html, paper_markdown
from scenarios.reports.quarter_paper import paper_of
from store.records import Actual, Decision, Item, Move, Outcome, Quarter, Request, State
from store.records.negotiation import DealEnd
from tests.scenarios.making import add, empty

PEOPLE = ("Ana", "Bo", "Cy")
ASKERS = ("Luis", "Nils")


@pytest.fixture(scope="module")
def year() -> tuple[State, list[dict[str, Any]], list[tuple[int, float, bool | None]]]:
    return scripted_year()


def scripted_year() -> tuple[State, list[dict[str, Any]], list[tuple[int, float, bool | None]]]:
    """The state; each item as it was told; and each decision's quarter, odds, and whether its plan came true (None:
    something of it was taken out later)."""
    chance = random.Random(20)
    state = empty()
    told: list[dict[str, Any]] = []
    stood: list[tuple[int, float, bool | None]] = []
    item_id = decision_id = 0
    for at in range(4):
        starts = date(2026, 3 * at + 1, 1)
        number = 2026 * 4 + at
        ends = starts + timedelta(days=88)
        row = Quarter(id=10 + at, name=f"Q{at + 1} 2026", starts=starts, ends=ends, state="closed")
        add(state, row)
        plan: set[int] = set()
        plans: list[tuple[frozenset[int], float]] = []
        mine: dict[int, dict[str, Any]] = {}
        for turn in range(15):
            decision_id += 1
            when = datetime(starts.year, starts.month, 2, 12, tzinfo=UTC) + timedelta(days=turn)
            by, odds = chance.choice(PEOPLE), chance.randint(30, 95) / 100
            came, out = set[int](), set[int]()
            if turn == 0:
                kind = "baseline"
                for _ in range(10):
                    item_id += 1
                    came.add(item_id)
                plan |= came
                moves = set[int]()
            else:
                kind = "trade"
                if turn % 3 == 0:
                    item_id += 1
                    came = {item_id}
                if turn in (4, 5):
                    out = {chance.choice(sorted(plan))}
                moves = came
                plan = (plan | came) - out
            decided = {"id": decision_id, "quarter_id": row.id, "at": when, "kind": kind, "title": f"d{decision_id}"}
            add(state, Decision.model_validate({**decided, "decided_by": by, "odds_after": odds}))
            plans.append((frozenset(plan), odds))
            for key, what in (*((key, "in") for key in moves), *((key, "out") for key in out)):
                move = len(state.all(Move)) + 1
                add(state, Move(id=move, decision_id=decision_id, item_id=key, kind=what, title=f"item {key}", ew=1.0))
            for key in came:
                mine[key] = {
                    "id": key, "number": number, "planned": turn == 0, "slice": chance.choice("FIQDO"), "by": by,
                    "ew": chance.randint(5, 60) / 10, "odds": chance.randint(5, 95) / 100 if turn == 0 else None,
                    "decision": decision_id, "became": "",
                }  # fmt: skip
            for key in out:
                mine[key] |= {"became": chance.choice(["deferred", "dropped"]), "by": by}
        for each in mine.values():
            each["became"] = each["became"] or ("unfinished" if chance.random() < 0.2 else "done")
            done = each["became"] == "done"
            each["took"] = chance.randint(5, 90) / 10 if done and chance.random() < 0.9 else None
            each["use"] = chance.choice(["nobody", "one or two", "more", None]) if done else None
            each["validated"] = chance.choice([True, False, None]) if done else None
            each["asker"] = chance.choice(ASKERS)
            each["claimed"] = chance.randint(5, 40) / 10 if chance.random() < 0.8 else None
            each["deal"] = chance.choice(["won", "lost", "withdrawn", "open", None, None])
            _record(state, row, each)
        told += mine.values()
        done_ids = {key for key, each in mine.items() if each["became"] == "done"}
        seen: set[tuple[frozenset[int], float]] = set()
        for items, odds in plans:
            # What is the same plan at the same odds was decided once.
            if (items, odds) not in seen:
                seen.add((items, odds))
                stood.append((number, odds, items <= done_ids if items <= plan else None))
    return state, told, stood


def _record(state: State, quarter: Quarter, each: dict[str, Any]) -> None:
    key, title = each["id"], f"item {each['id']}"
    done = each["became"] == "done"
    add(state, Item(id=key, title=title, rank=key, draw=key, state="done" if done else "below", slice=each["slice"]))
    add(
        state,
        Outcome(
            id=key,
            quarter=quarter.name,
            number=each["number"],
            title=title,
            item_id=key,
            slice=each["slice"],
            became=each["became"],
            planned=each["planned"],
            baseline_ew=each["ew"] if each["planned"] else None,
            ew=each["ew"],
            odds=each["odds"],
            use=each["use"],
            validated=each["validated"],
            decided_by=each["by"] if each["became"] in ("deferred", "dropped") else "",
        ),
    )
    when = datetime(quarter.starts.year, quarter.starts.month, 1, tzinfo=UTC)
    claimed = "" if each["claimed"] is None else f"{each['claimed'] * 5:g} days"
    asked = {"id": key, "item_id": key, "received_at": when, "asked_by": each["asker"], "claimed": claimed}
    add(state, Request.model_validate(asked | ({"deal_amount": 100.0 * key} if each["deal"] else {})))
    if each["deal"] not in (None, "open"):
        signed = 90.0 * key if each["deal"] == "won" else None
        add(state, DealEnd(id=key, item_id=key, outcome=each["deal"], ended=quarter.ends, amount=signed))
    if done:
        close = 1000 + quarter.id
        at = datetime(quarter.ends.year, quarter.ends.month, quarter.ends.day, tzinfo=UTC)
        add(state, Decision(id=close, quarter_id=quarter.id, at=at, kind="close", title="closed", odds_after=None))
        add(
            state,
            Move(
                id=10_000 + key, decision_id=close, item_id=key, kind="out", title=title, ew=each["took"] or each["ew"]
            ),
        )
        figures = {"estimate": each["ew"], "actual": each["took"] or each["ew"], "counted": each["took"] is not None}
        row = {"id": key, "quarter": quarter.name, "number": each["number"], "team_id": 1, "title": title}
        add(state, Actual.model_validate(row | figures))


def tenths(values: list[float]) -> Fraction:
    return sum((Fraction(round(10 * value), 10) for value in values), Fraction(0))


@pytest.mark.parametrize("at", range(4))
def test_every_number_is_what_plain_loops_make_of_it(year, at: int) -> None:
    state, told, stood = year
    number = 2026 * 4 + at
    quarters = quarters_on_record(state)
    assert [one.name for one in quarters] == ["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"]
    graded = grade_quarter(state, quarters[at])
    mine = [each for each in told if each["number"] == number]
    until = [each for each in told if each["number"] <= number]
    done = [each for each in mine if each["became"] == "done"]

    def effort(each: dict[str, Any]) -> float:
        return each["ew"] if each["took"] is None else each["took"]

    assert graded.took == tenths([effort(each) for each in done])
    assert graded.as_estimated == sum(each["took"] is None for each in done)

    # The four tests: what fails each, and of how many it is known.
    answers = (
        [(each, not each["planned"]) for each in done],
        [
            (each, False if each["slice"] == "O" else None if each["use"] is None else each["use"] != "more")
            for each in done
        ],
        [(each, None if each["validated"] is None else not each["validated"]) for each in done],
        [(each, None if each["deal"] == "open" else each["deal"] != "won") for each in done if each["deal"]],
    )
    for grade, rows in zip(graded.grades, answers, strict=True):
        failed = [each for each, said in rows if said]
        assert {row.outcome.item_id for row in grade.items} == {each["id"] for each in failed}, grade.name
        assert grade.effort == tenths([effort(each) for each in failed]), grade.name
        assert (grade.known, grade.unknown) == (
            sum(said is not None for _, said in rows), sum(said is None for _, said in rows),
        )  # fmt: skip

    # The three mixes.
    parts = {
        "baseline": [(each["slice"], each["ew"]) for each in mine if each["planned"]],
        "last plan": [(each["slice"], each["ew"]) for each in mine if each["became"] in ("done", "unfinished")],
        "what it took": [(each["slice"], effort(each)) for each in done],
    }
    for name, mix in graded.mixes:
        for part in mix.slices:
            assert part.ew == pytest.approx(float(tenths([ew for letter, ew in parts[name] if letter == part.letter])))
        assert sum(part.share for part in mix.slices) == pytest.approx(1)

    # The plan kept, and by whose decision it was not.
    agreed = [each for each in mine if each["planned"]]
    kept = graded.kept
    assert kept is not None
    for fate, ends in (
        (kept.done, {"done"}), (kept.unfinished, {"unfinished"}), (kept.moved, {"unfinished", "deferred"}),
        (kept.dropped, {"dropped"}), (kept.all, {"done", "unfinished", "deferred", "dropped"}),
    ):  # fmt: skip
        rows = [each for each in agreed if each["became"] in ends]
        assert (fate.items, fate.effort) == (len(rows), tenths([each["ew"] for each in rows]))
    by: dict[str, int] = {}
    for each in agreed:
        if each["became"] in ("deferred", "dropped"):
            by[each["by"]] = by.get(each["by"], 0) + 1
    assert {name: fate.items for name, fate in kept.by} == by

    # Odds: of decisions, by going forward from the baseline; of items at the baseline.
    plans = [(odds, true) for each, odds, true in stood if each <= number]
    _same(graded.plan_odds, [(odds, true) for odds, true in plans if true is not None])
    assert graded.plans_changed == sum(true is None for _, true in plans)
    items = [(each["odds"], each["became"] == "done") for each in until if each["became"] in ("done", "unfinished")]
    _same(graded.item_odds, [(odds, true) for odds, true in items if odds is not None])

    # Askers, over all quarters so far.
    for asker in graded.askers:
        rows = [
            each for each in until
            if each["asker"] == asker.name and each["became"] == "done" and each["claimed"] and each["took"] is not None
        ]  # fmt: skip
        claimed, took = tenths([each["claimed"] for each in rows]), tenths([each["took"] for each in rows])
        assert (asker.asks, asker.claimed, asker.took) == (len(rows), claimed, took)
        assert asker.confirmed == tenths([each["ew"] for each in rows])
        single = [Fraction(round(10 * each["took"]), round(10 * each["claimed"])) for each in rows]
        wanted = (took / claimed, min(single), max(single)) if len(rows) >= 5 else (None, None, None)
        assert (asker.ratio, asker.least, asker.most) == wanted

    # Deals of all that was in the plan, and what waits for an answer.
    assert {row.outcome.item_id for row in graded.deals} == {each["id"] for each in mine if each["deal"]}
    waits = {
        each["id"] for each in until
        if each["became"] == "done" and (each["use"] is None or each["validated"] is None or each["deal"] == "open")
    }  # fmt: skip
    assert {row.outcome.item_id for row in graded.waiting} == waits
    for row in graded.rows:
        each = next(each for each in mine if each["id"] == row.outcome.item_id)
        assert row.decision is not None
        assert row.decision.id == each["decision"]

    # The forms of it say the same headline.
    paper = paper_of(graded)
    assert f"{float(graded.took):.1f} ew" in paper.about
    assert paper.headline[0].words in paper_markdown(paper).replace("\\", "")
    assert paper_html(paper).count("<svg") == 3


def _same(found: Any, said: list[tuple[float, bool]]) -> None:
    assert (found.outcomes, found.came_true) == (len(said), sum(true for _, true in said))
    if len(said) < 20:
        assert found.brier is None
        assert not found.bands
        return
    assert float(found.brier) == pytest.approx(sum((odds - true) ** 2 for odds, true in said) / len(said))
    rows: dict[int, list[bool]] = {}
    for odds, true in said:
        rows.setdefault(round(odds * 100) // 10 * 10, []).append(true)
    assert [(band.first, band.said, band.came_true) for band in found.bands] == [
        (first, len(part), sum(part)) for first, part in sorted(rows.items())
    ]
