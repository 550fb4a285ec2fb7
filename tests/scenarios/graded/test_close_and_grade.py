"""Closing a quarter with what its look-back needs, and what is answered later."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from scenarios.graded.answers import ToldAnswer, answer_of, tell_outcome, use_of, validated_of
from scenarios.graded.closing import close_and_grade, known_before, open_deals_of
from scenarios.graded.quarter_graded import grade_quarter
from scenarios.graded.reviews import review_decision, reviews_due
from scenarios.graded.rows import quarters_on_record, rows_until
from scenarios.quarter.close import Ending
from scenarios.reports.quarter_paper import paper_of
from scenarios.rules.one_offs import share_on_record
from scenarios.snapshots.capture import with_baseline
from scenarios.trade.changes import DecidedBy, baseline
from store.common.errors import Refused
from store.records import Command, Decision, Item, Move, Outcome, Quarter, Request, State
from store.records.negotiation import DealEnd, DecisionDetail, WayOut
from tests.scenarios.making import NOON, add, add_item, forecast, planned


def stored(state: State, command: Command) -> State:
    """The state after a command, its new records numbered on as the store does."""
    ids: dict[int, int] = {}
    last = {table: max(rows, default=0) for table, rows in state.tables.items()}
    for put in command.puts:
        if put.id < 0:
            last[put.table] += 1
            ids[put.id] = last[put.table]
    puts = []
    for put in command.puts:
        links = {name: ids.get(getattr(put, name), getattr(put, name)) for name in put.links}
        puts.append(put.model_copy(update={"id": ids.get(put.id, put.id), **links}))
    return state.overlay(Command(command.kind, command.label, tuple(puts), command.removes))


def quarter() -> State:
    """Q1 2027 with items 1 to 4 of 3, 4, 5 and 6 ew agreed on; then Eve let 5 in, for a deal, and 3 went out."""
    state = planned([3.0, 4.0, 5.0, 6.0], (40.0,))
    command = baseline(state, forecast(state), DecidedBy("Ann"))
    later = state.overlay(command)
    state = stored(state, with_baseline(command, later, forecast(later), "ann"))
    add_item(state, 5, 2.0, slice="O", rank=3.0)
    add(state, state.all(Item)[3].model_copy(update={"state": "below"}))
    at = datetime.now(UTC) + timedelta(seconds=1)
    add(
        state,
        Decision(id=90, quarter_id=1, at=at, kind="trade", title="5", item_id=5, decided_by="Eve", odds_after=0.8),
    )
    add(state, Move(id=90, decision_id=90, item_id=5, kind="in", title="item 5", ew=2.0))
    add(state, Move(id=91, decision_id=90, item_id=3, kind="out", title="item 3", ew=5.0))
    return add(state, Request(id=1, item_id=5, received_at=NOON, asked_by="Sal", claimed="3 days", deal_amount=1000.0))


class TestClosing:
    def test_each_item_of_the_plan_and_of_its_baseline_has_an_outcome(self) -> None:
        state = quarter()
        add(state, WayOut(id=1, item_id=2, kind="pilot"))
        assert [entry.item.id for entry in open_deals_of(state)] == [5]
        assert known_before(state)[2] == ToldAnswer(validated=True)
        # Sizes have the numbers 101, 201, ...: 1, 2 and 5 are done, 4 goes on; nobody counted 2.
        ending = Ending({101: 6.0, 501: 3.0}, {201})
        answers = known_before(state) | {1: answer_of("2 n"), 5: answer_of("few n"), 4: answer_of("more")}
        command = close_and_grade(
            state, ending, forecast(state), DecidedBy("Ann"), answers, {5: "lost"}, date(2027, 3, 30)
        )
        after = stored(state, command)
        found = {row.title: row for row in after.each(Outcome)}
        assert {title: row.became for title, row in found.items()} == {
            "item 1": "done", "item 2": "done", "item 5": "done", "item 4": "unfinished", "item 3": "dropped",
        }  # fmt: skip
        assert {title: row.planned for title, row in found.items()} == {
            "item 1": True, "item 2": True, "item 5": False, "item 4": True, "item 3": True,
        }  # fmt: skip
        assert [(found[f"item {at}"].use, found[f"item {at}"].users) for at in (1, 2, 5, 4)] == [
            ("one or two", 2), (None, None), ("one or two", None), (None, None),
        ]  # fmt: skip
        assert [found[f"item {at}"].validated for at in (1, 2, 5, 4)] == [False, True, False, None]
        assert found["item 3"].decided_by == "Eve"
        assert found["item 3"].baseline_ew == 5.0
        odds = forecast(quarter_before()).item_odds
        assert {at: found[f"item {at}"].odds for at in (1, 2, 3, 4)} == pytest.approx(odds)
        assert found["item 5"].odds is None
        assert [(row.outcome, row.ended) for row in after.each(DealEnd)] == [("lost", date(2027, 3, 30))]

        # Graded: of 6 + 4 (as estimated) + 3 = 13 ew.
        (one,) = quarters_on_record(after)
        graded = grade_quarter(after, one)
        assert (graded.took, graded.as_estimated) == (13, 1)
        assert [(grade.effort, len(grade.items), grade.known, grade.unknown) for grade in graded.grades] == [
            (3, 1, 3, 0),  # item 5 was not in plan
            (6, 1, 2, 1),  # item 1 has two users; a one-off was meant for one; of item 2 nobody knows
            (9, 2, 3, 0),  # items 1 and 5
            (3, 1, 1, 0),  # the deal of item 5
        ]
        kept = graded.kept
        assert kept is not None
        assert [(fate.items, fate.effort) for fate in (kept.all, kept.done, kept.moved, kept.dropped)] == [
            (4, 18), (2, 7), (1, 6), (1, 5),
        ]  # fmt: skip
        assert [(name, fate.items) for name, fate in kept.by] == [("Eve", 1)]
        shares = {name: {part.letter: part.ew for part in mix.slices if part.ew} for name, mix in graded.mixes}
        assert shares == {"baseline": {"F": 18}, "last plan": {"F": 13, "O": 2}, "what it took": {"F": 10, "O": 3}}
        # The share of one-offs is the same one, whatever slice an item is given later.
        assert share_on_record(after, 1).value == Fraction(3, 13)
        moved = after.all(Item)[5].model_copy(update={"slice": "F"})
        assert share_on_record(after.overlay(Command("", "", (moved,))), 1).value == Fraction(3, 13)
        row = next(row for row in graded.rows if row.title == "item 5")
        assert (row.decision is not None and row.decision.id, row.by, row.claimed, row.took) == (90, "Eve", 0.6, 3.0)
        assert row.deal is not None
        assert row.deal.outcome == "lost"
        # The baseline's plan lost item 3, so nobody can tell; the one after Eve's decision was not finished: item 4.
        assert (graded.plan_odds.outcomes, graded.plan_odds.came_true, graded.plans_changed) == (1, 0, 1)
        assert (graded.item_odds.outcomes, graded.item_odds.came_true) == (3, 2)
        assert graded.plan_odds.brier is None
        assert [row.title for row in graded.waiting] == ["item 2"]

    def test_a_quarter_without_a_baseline_says_not_what_was_planned(self) -> None:
        state = planned([3.0])
        after = stored(state, close_and_grade(state, Ending({101: 3.0}), forecast(state)))
        (row,) = after.each(Outcome)
        assert (row.planned, row.odds, row.baseline_ew, row.ew) == (None, None, None, 3.0)
        graded = grade_quarter(after, quarters_on_record(after)[0])
        assert graded.kept is None
        assert (graded.grades[0].known, graded.grades[0].unknown) == (0, 1)


def quarter_before() -> State:
    return planned([3.0, 4.0, 5.0, 6.0], (40.0,))


class TestAnswers:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", ToldAnswer()), ("?", ToldAnswer()), ("more y", ToldAnswer("more", None, True)),
            ("0", ToldAnswer("nobody", 0)),
            ("n 2", ToldAnswer("one or two", 2, False)), ("one or two, y", ToldAnswer("one or two", None, True)),
            ("3", ToldAnswer("more", 3)), ("not known yet", ToldAnswer()),
        ],
    )  # fmt: skip
    def test_are_read(self, text: str, found: ToldAnswer) -> None:
        assert answer_of(text) == found
        assert answer_of(found.words) == found

    @pytest.mark.parametrize("text", ["perhaps", "-1", "1e9", "2.5", "y n x"])
    def test_slips_get_a_sentence(self, text: str) -> None:
        with pytest.raises(Refused, match="says not who uses it"):
            answer_of(text)
        with pytest.raises(Refused, match="not yes or no"):
            validated_of("perhaps")
        assert use_of(" Nobody ") == ("nobody", None)

    def test_what_was_not_known_is_told_later_and_what_was_not_done_is_not(self) -> None:
        state = planned([3.0])
        add(state, Outcome(id=1, quarter="Q4 2026", number=8107, title="Old"))
        add(state, Outcome(id=2, quarter="Q4 2026", number=8107, title="Open", became="unfinished"))
        later = state.overlay(tell_outcome(state, 1, ToldAnswer("more", 40, True)))
        assert (later.all(Outcome)[1].use, later.all(Outcome)[1].users) == ("more", 40)
        assert rows_until(later, 8107)[0].lacks == ()
        assert tell_outcome(later, 1, ToldAnswer("more", 40, True)).empty
        assert later.overlay(tell_outcome(later, 1, ToldAnswer())).all(Outcome)[1].use is None
        with pytest.raises(Refused, match="was not done in Q4 2026"):
            tell_outcome(state, 2, ToldAnswer("more"))


def test_a_decision_waits_for_its_review_until_somebody_looks() -> None:
    state = planned([3.0])
    given = {"quarter_id": 1, "at": NOON, "kind": "accept", "title": "item 1 in", "item_id": 1, "because": "a bet"}
    add(state, Decision(id=1, odds_after=0.71, **given), DecisionDetail(id=1, decision_id=1, review=date(2027, 2, 1)))
    assert reviews_due(state, date(2027, 1, 31)) == ()
    (due,) = reviews_due(state, date(2027, 2, 1))
    assert (due.expected, due.known) == ("a bet; odds 71%", "in plan")
    with pytest.raises(Refused, match="a name and a reason"):
        review_decision(state, 1, DecidedBy("", "x"), 0.7, None, "")
    kept = stored(state, review_decision(state, 1, DecidedBy("Jo", "it holds"), 0.7, date(2027, 5, 1), "until May"))
    assert reviews_due(kept, date(2027, 4, 30)) == ()
    (again,) = reviews_due(kept, date(2027, 5, 1))
    closed = stored(kept, review_decision(kept, again.line.decision.id, DecidedBy("Jo", "right"), 0.7, None, ""))
    assert reviews_due(closed, date(2099, 1, 1)) == ()
    assert kept.all(Quarter) == state.all(Quarter)


def test_a_pilot_is_graded_where_it_was_agreed_on_and_where_it_ended() -> None:
    """Item 2 is a pilot with 4 customers since decision 90; item 1 was a proof of concept of another quarter, which
    ended in this one; item 4 one of another quarter that nobody told the end of; of a file, a test that was missed."""
    state = quarter()
    add(state, Quarter(id=7, name="Q4 2026", starts="2026-10-01", ends="2026-12-31", state="closed"))
    add(state, Decision(id=89, quarter_id=7, at=NOON, kind="trade", title="1", item_id=1))
    day = state.quarter.ends
    add(state, WayOut(id=1, item_id=2, decision_id=90, kind="pilot", customers=4, test="weekly use"))
    add(state, WayOut(id=2, item_id=1, decision_id=89, kind="proof of concept", met=True, met_by=1, ended=day))
    add(state, WayOut(id=3, item_id=4, decision_id=89, kind="pilot", test="old"))
    add(state, Outcome(id=50, quarter="Q4 2026", number=8107, title="old", test_met=False))
    command = close_and_grade(state, Ending({101: 6.0, 501: 3.0}, {201}), forecast(state), DecidedBy("Ann"))
    after = stored(state, command)
    *_, old, now = quarters_on_record(after)
    tried = {row.title: row.trial for row in grade_quarter(after, now).rows if row.trial is not None}
    assert sorted(tried) == ["item 1", "item 2"]
    assert (tried["item 1"].met, tried["item 1"].met_by) == (True, 1)
    assert (tried["item 2"].kind, tried["item 2"].test, tried["item 2"].met) == ("pilot", "weekly use", None)
    (part,) = (each for each in paper_of(grade_quarter(after, now)).parts if each.heading.startswith("Pilots"))
    assert part.sentences[0].words == (
        "Of 2, 1 met the success test and 0 did not; of 1 it is not known yet: makeroom pilot tells it."
    )
    assert [row.cells for row in part.tables[0].rows] == [
        ("item 1", "proof of concept", "no test given", "met", "1 of ?", day.isoformat()),
        ("item 2", "pilot", "weekly use", "not known yet", "", ""),
    ]
    (row,) = grade_quarter(after, old).rows
    assert row.trial is not None
    assert row.trial.met is False
