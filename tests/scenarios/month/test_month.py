"""A scripted half year, and every part of its month worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from scenarios.graded.quarter_graded import grade_quarter
from scenarios.graded.rows import quarters_on_record
from scenarios.month.month import Month, last_report, month_of, report_made
from scenarios.reports.month_paper import month_paper
from scenarios.reports.paper_page import paper_html, paper_markdown
from scenarios.snapshots.freeze import freeze
from scenarios.snapshots.record import snapshot_record
from scenarios.trade.door import forecast_of
from store.common.errors import Refused
from store.records import Item, Move, Outcome, Progress, Quarter, State, UnplannedWork, Wait
from store.records.looking_back import Escalation, ReportMade
from store.records.negotiation import Commitment, DecisionDetail, SignedTerms, WayOut
from tests.scenarios.making import add, add_item, empty, planned
from tests.scenarios.negotiating import card, charter, customer, decision, request

TODAY = date(2027, 6, 10)


def at(month: int, day: int) -> datetime:
    return datetime(2027, month, day, 12, tzinfo=UTC)


def move(state: State, decision_id: int, item_id: int, kind: Any, ew: float) -> None:
    number = len(state.all(Move)) + 1
    add(state, Move(id=number, decision_id=decision_id, item_id=item_id, kind=kind, title=f"item {item_id}", ew=ew))


def put(state: State, item_id: int, where: str, **more: object) -> None:
    row = state.tables["items"][item_id]
    state.tables["items"][item_id] = row.model_copy(update={"state": where, **more})


def baselined(state: State, number: int, when: datetime, odds: float) -> None:
    """The plan as it stands is agreed."""
    decision(state, number, kind="baseline", at=when, odds_after=odds, quarter_id=state.quarter.id)
    for item in state.all(Item).values():
        put(state, item.id, item.state, baselined=item.state == "plan")
    row = snapshot_record(state, freeze(state), f"baseline {number}", "baseline", at=when)
    add(state, row.model_copy(update={"id": number}))


def half_year() -> State:
    """Q1 agreed on 4, 3, 2 (Q) and 2 (O) ew, of which all but item 3 was done. Q2 agreed on items 3, 5 and 6; for the
    one-off 7, signed by Priya, items 3 and 6 left, and 6 came back."""
    state = planned([4.0, 3.0, 2.0, 2.0], (20.0,))
    charter(state)
    for number, name, arr, renews in (
        (1, "Acme", 100_000.0, date(2027, 12, 1)),
        (2, "Bolt", 300_000.0, date(2027, 6, 15)),
    ):
        customer(state, number, name, arr, renews)
    customer(state, 3, "Cask", None, date(2027, 7, 1))
    put(state, 3, "plan", slice="Q")
    put(state, 4, "plan", slice="O")
    baselined(state, 1, at(1, 4), 0.8)
    add(state, UnplannedWork(id=1, team_id=1, day=date(2027, 2, 1), effort=2.0, title="outage"))
    decision(state, 2, kind="close", at=at(3, 31), odds_before=0.66)
    for item_id, ew in ((1, 5.0), (2, 3.0), (4, 2.0)):
        move(state, 2, item_id, "out", ew)
        put(state, item_id, "done")
    for item_id, ew in ((1, 4.0), (2, 3.0), (3, 2.0), (4, 2.0)):
        add(state, Outcome(
            id=item_id, quarter="Q1", number=state.number_of(state.quarter), title=f"item {item_id}", item_id=item_id,
            planned=True, baseline_ew=ew, ew=ew, became="unfinished" if item_id == 3 else "done",
        ))  # fmt: skip
    add(state, state.quarter.model_copy(update={"state": "closed"}))
    add(state, Quarter(id=2, name="Q2", starts=date(2027, 4, 1), ends=date(2027, 6, 30), state="baselined"))
    add(state, state.tables["capacities"][1].model_copy(update={"id": 2, "quarter_id": 2}))
    add_item(state, 5, 6.0)
    add_item(state, 6, 3.0)
    baselined(state, 3, at(4, 2), 0.85)
    add(state, ReportMade(id=1, kind="month", at=at(5, 1), audience="executives", odds=0.85, one_offs=0.0))
    add_item(state, 7, 3.0, slice="O")
    request(
        state, 7, customer_id=2, asked_by="sales-east", deal_amount=90_000.0, deal_probability=0.5, received_at=at(5, 7)
    )
    decision(state, 4, kind="trade", at=at(5, 10), item_id=7, decided_by="Jo", quarter_id=2)
    for item_id, kind, ew in ((7, "in", 3.0), (3, "out", 2.0), (6, "out", 3.0)):
        move(state, 4, item_id, kind, ew)
    put(state, 3, "below", due=date(2027, 7, 15))
    decision(state, 5, kind="accept", at=at(5, 20), item_id=6, quarter_id=2)
    move(state, 5, 6, "in", 3.0)
    add(state, DecisionDetail(id=1, decision_id=5, review=date(2027, 6, 5)))
    add(
        state,
        SignedTerms(
            id=1, decision_id=4, right="over ceiling", name="Priya", reason="a wedge", review=date(2027, 6, 1),
            figure=0.25, bound=0.1, at=at(5, 10), item_id=7,
        ),
        Commitment(id=1, item_id=7, kind="promised", who="Bolt", due=date(2027, 6, 20)),
        Commitment(id=2, item_id=3, kind="contractual", who="Acme", due=date(2027, 6, 30)),
        Commitment(id=3, item_id=1, kind="promised", who="Acme", due=date(2027, 3, 1)),
        Wait(id=1, item_id=3, customer_id=2),
        Wait(id=2, item_id=3, customer_id=3),
        UnplannedWork(id=2, team_id=1, day=date(2027, 5, 12), effort=1.0, title="data fix", customer_id=1, slice="F"),
        UnplannedWork(id=3, team_id=1, day=date(2027, 5, 19), effort=0.5, title="call", asked_by="support"),
        Progress(id=1, item_id=5, team_id=1, spent=6.5, done_on=date(2027, 5, 30), told_on=date(2027, 5, 30)),
        Progress(id=2, item_id=7, team_id=1, spent=1.2, told_on=date(2027, 5, 30)),
    )  # fmt: skip
    add_item(state, 8, None, state="inbox")
    add(state, Escalation(id=1, item_id=7, at=at(5, 8), by_whom="CEO", to_whom="CTO", chose="the feed"))
    add(state, Escalation(id=2, item_id=8, at=at(6, 1), by_whom="CEO"))
    return state


def taken(state: State, **given: Any) -> Month:
    return month_of(state, forecast_of(state), given.pop("since", None), TODAY, **given)


def test_each_part_by_hand() -> None:
    state = half_year()
    card(state, 7, stage="security review")
    month = taken(state)
    # 1: of 12 ew in plan 3 are a one-off; two decisions since the report of 1 May.
    # 3 of 12.5 ew: what is done counts with the 6.5 that it took of its 6, as in the pie.
    assert (month.since, month.gauge.share.value, month.gauge.band) == (date(2027, 5, 1), Fraction(6, 25), "struggling")
    changed = month.changed
    assert (changed.decisions, changed.came, changed.left) == (2, 2, 2)
    assert changed.last is not None
    assert (changed.last.odds, changed.last.one_offs) == (0.85, 0.0)
    # 2: 45,000 of expected value over 3 ew at 10,000.
    (one,) = month.under_way
    assert (one.one_off.entry.item.id, one.one_off.whose, one.one_off.asked_by) == (7, "Bolt", "sales-east")
    assert (one.signed_by, one.promised, one.one_off.entry.spent) == ("Priya", date(2027, 6, 20), 1.2)
    assert one.one_off.ratio.value == Fraction(3, 2)
    assert one.stage == "security review"
    # 3: what is not in plan stands first, though its day is the later one; what is done is not pending.
    assert [(row.item.id, row.open) for row in month.pending] == [(3, True), (7, False)]
    # 4: item 6 came back.
    (out,) = month.postponed
    assert (out.item.id, out.ew, out.displaced_by, out.until, month.back) == (3, 2.0, "item 7", date(2027, 7, 15), 1)
    assert (out.decision.id, out.decision.decided_by) == (4, "Jo")
    # It is due then, and nobody moved it to that day; by a way out somebody does.
    assert out.when == "due 2027-07-15"
    add(state, WayOut(id=1, item_id=3, decision_id=4, kind="sequence", due=date(2027, 10, 1)))
    assert [row.when for row in taken(state).postponed] == ["2027-10-01"]
    state.tables["ways_out"].clear()
    # 5: both renew until 28 September; what Cask pays nobody knows.
    assert [(row.customer.name, row.counts) for row in month.waits.rows] == [("Bolt", True), ("Cask", True)]
    assert (month.waits.at_renewal.value, month.waits.at_renewal.partly) == (300_000, "known for 1 of 2")
    # 6: 1.0 and 0.5 ew at 10,000; that of February is of another month. Six weeks from the Monday before 1 May on.
    between = month.between
    assert (between.number, between.effort.value, between.cost.value) == (2, Fraction(3, 2), 15_000)
    assert [(row.name, row.effort) for row in between.by_source] == [("Acme", 1), ("support", Fraction(1, 2))]
    assert [(row.name, row.number) for row in between.by_team] == [("Pay", 2)]
    assert between.slice == ("F", 1)
    weeks = [("2027-04-26", 0), ("2027-05-03", 0), ("2027-05-10", 1), ("2027-05-17", Fraction(1, 2))]
    assert [(row.name, row.effort) for row in between.by_week] == [
        *weeks, ("2027-05-24", 0), ("2027-05-31", 0), ("2027-06-07", 0)
    ]  # fmt: skip
    # 7: Q1 took 10 ew, 2 of them a one-off, and did 9 of the 11 agreed; of Q2's 11, item 5 is done.
    first, second = month.trend
    assert (first.one_offs.value, first.band, first.kept.value) == (Fraction(1, 5), "juggling", Fraction(9, 11))
    assert (first.done, first.items, first.odds_first, first.odds_last) == (3, 4, 0.8, 0.66)
    assert (second.one_offs.value, second.kept.value, second.done, second.items) == (
        Fraction(6, 25),
        Fraction(6, 11),
        1,
        3,
    )
    assert (second.odds_first, second.odds_last) == (0.85, month.odds)
    assert [row.interrupts.value for row in month.trend] == [2, Fraction(3, 2)]
    # Of 10 and 12.5 ew in two quarters, I should have had 4.5, Q 3.375 and D 2.25; each had nothing. F and O had more.
    assert [(row.slice.letter, row.debt.value) for row in month.debts] == [
        ("I", Fraction(9, 2)), ("Q", Fraction(27, 8)), ("D", Fraction(9, 4))
    ]  # fmt: skip
    # 8: Priya's exception is due; so is the review of decision 5, which is no exception.
    assert [(row.terms.name, row.due) for row in month.standing] == [("Priya", True)]
    assert [row.line.decision.id for row in month.reviews] == [5]
    # 11: two days to an answer; the other has none.
    assert [(row.item.id, row.answer, row.days) for row in month.escalated] == [(7, "in plan", 2.0), (8, None, None)]
    assert [(row.name, row.number, row.answered) for row in month.escalations_by_quarter] == [("Q2", 2, 1)]


def test_every_form_says_the_parts_in_their_order_and_the_board_gets_four() -> None:
    state = half_year()
    paper = month_paper(state, taken(state))
    assert [part.heading.split(".")[0] for part in paper.parts] == [str(number) for number in range(1, 12)]
    board = month_paper(state, taken(state, audience="board"))
    assert [part.heading.split(".")[0] for part in board.parts] == ["1", "4", "5", "7"]
    said = " ".join(sentence.words for part in paper.parts for sentence in part.sentences)
    assert "One-offs are 24% of the plan (struggling)" in said
    assert "Since the report of 2027-05-01 2 decisions, 2 items came into plan and 2 items left it" in said
    assert "then, one-offs were 0% and the odds 85%" in said
    assert "1 item of 2.0 ew left the plan and stayed out. 1 item that left is in plan again, or done." in said
    assert "2 interrupts took 1.5 ew, $15,000 at the charter's rate. Slice F was interrupted most (1.0 ew)." in said
    assert "2 requests were escalated, 1 answered; the median answer took 2.0 days." in said
    page, text = paper_html(paper), paper_markdown(paper)
    assert "<svg" in page
    for words in ("9 of 11", "item 3", "$300,000", "the feed"):
        assert (words in page) == (words in text)
    # Each figure can say where it comes from.
    assert all(figure.formula and figure.inputs for figure in paper.figures)


def test_a_month_of_nothing_says_so_part_by_part() -> None:
    state = empty()
    paper = month_paper(state, taken(state, since=date(2027, 6, 1)))
    assert all(part.sentences for part in paper.parts)
    said = [part.sentences[0].words for part in paper.parts]
    assert said[1:6] == [
        "No one-off is in plan.",
        "Nothing that was promised is still to be done.",
        "Nothing left the plan since 2027-06-01 and stayed out.",
        "No account is known to wait for what was postponed.",
        "No interrupt is on record from 2027-06-01 to 2027-06-10.",
    ]


def test_since_a_day_over_the_quarters_end_and_days_to_come() -> None:
    state = half_year()
    month = taken(state, since=date(2027, 1, 15))
    assert month.changed.last is None
    assert month.between.number == 3
    # What Q1's close took out is done, not postponed.
    assert [row.item.id for row in month.postponed] == [3]
    with pytest.raises(Refused, match="still to come"):
        taken(state, since=date(2027, 6, 11))


def test_the_next_report_begins_where_this_one_ended_for_the_same_readers() -> None:
    state = half_year()
    (row,) = report_made(taken(state), at(6, 10)).puts
    assert isinstance(row, ReportMade)
    add(state, row)
    assert last_report(state, "executives") == row
    assert last_report(state, "board") is None
    month = taken(state)
    assert (month.since, month.changed.decisions, row.one_offs, row.odds) == (TODAY, 0, 0.24, month.odds)


def test_quarters_of_a_history_file_are_in_the_trend() -> None:
    """Of Q4 2026 a file tells three items done, 2 (of them O), 5 and 3 ew, the last without a slice, and one of 4 ew
    that was agreed on and dropped. No odds and no interrupts were kept then."""
    state = half_year()
    number = state.number_of(state.all(Quarter)[1]) - 1
    rows = (
        ("O", "done", 2.0, 2.0), ("F", "done", 5.0, 3.0), (None, "done", 3.0, None), ("F", "dropped", None, 4.0)
    )  # fmt: skip
    for key, (letter, became, took, baseline) in enumerate(rows, 100):
        given = {"id": key, "quarter": "Q4 2026", "number": number, "title": f"old {key}", "slice": letter}
        given |= {"became": became, "took": took, "baseline_ew": baseline, "planned": baseline is not None}
        add(state, Outcome.model_validate(given))
    month = taken(state)
    first = month.trend[0]
    assert [row.name for row in month.trend] == ["Q4 2026", "Q1", "Q2"]
    assert (first.one_offs.value, first.band, first.one_offs.partly) == (
        Fraction(2, 7),
        "struggling",
        "of 2 of 3 items",
    )
    assert (first.kept.value, first.done, first.items) == (Fraction(5, 9), 2, 3)
    assert (first.odds_first, first.odds_last, first.interrupts.value, first.over) == (None, None, None, True)
    # Of 7, 10 and 12.5 ew I should have had 5.9, Q 4.425 and D 2.95.
    assert [(row.slice.letter, row.debt.value) for row in month.debts] == [
        ("I", Fraction(59, 10)), ("Q", Fraction(177, 40)), ("D", Fraction(59, 20))
    ]  # fmt: skip
    # The quarter graded says the same of what was kept.
    (graded,) = [one for one in quarters_on_record(state) if one.number == number]
    kept = grade_quarter(state, graded).kept
    assert kept is not None
    assert kept.share == first.kept
