"""One-offs: bands, ceiling and purse just below, at and just above their thresholds; the ledger; three of a kind."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from scenarios.figures.sizes import Range
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import entries_of, entry_of
from scenarios.plan.progress import SizeProgress
from scenarios.quarter.close import Ending, close_quarter
from scenarios.rules.one_offs import (
    PurseError,
    gauge_of,
    ledger_of,
    ledger_words,
    purse_of,
    share_on_record,
    spend,
)
from scenarios.trade.changes import DecidedBy
from store.records import Actual, Decision, Item, Quarter, Slice
from store.records.negotiation import DecisionDetail, WayOut
from tests.scenarios.making import add, add_item, empty, forecast
from tests.scenarios.negotiating import card, charter, customer, decision, move, pick, request, role, stored


def gauge(one_offs, others, ceiling=None):
    """The gauge of a plan with one-offs and other items of these sizes (ew)."""
    state = empty()
    if ceiling is not None:
        add(state, state.all(Slice)[5].model_copy(update={"ceiling": ceiling}))
    for number, weeks in enumerate([*one_offs, *others], 1):
        add_item(state, number, weeks, slice="O" if number <= len(one_offs) else "F")
    return gauge_of(entries_of(state, "plan"), state.all(Slice).values())


class TestBands:
    """Of a plan of 1,000 tenths of an ew, so many are one-offs."""

    @pytest.mark.parametrize(
        ("percent", "at", "above"),
        [
            (10, "within budget", "over budget"),
            (15, "over budget", "juggling"),
            (20, "juggling", "struggling"),
            (30, "struggling", "off the road"),
        ],
    )
    def test_at_its_end_a_band_still_holds(self, percent, at, above):
        tenth = 0.1
        for share, word in ((percent * 10 - 1, at), (percent * 10, at), (percent * 10 + 1, above)):
            found = gauge([share * tenth], [100.0 - share * tenth])
            assert found.band == word, share

    @pytest.mark.parametrize(("percent", "word"), [(10, "within budget"), (15, "over budget"), (20, "juggling")])
    def test_many_small_ones_add_up_exactly(self, percent, word):
        """Ten times 0.1 is not 1 in floats."""
        one_offs = [0.1] * percent
        others = [0.3] * (100 - percent) + [0.7] * (100 - percent)
        # 0.1 n of 0.1 n + (100 - n): to make it n%, the others are scaled.
        others = [weeks / 10 for weeks in others]
        found = gauge(one_offs, others)
        assert found.share.value == Fraction(percent, 100)
        assert found.band == word

    def test_what_is_done_counts_with_what_it_took(self):
        """A one-off of 1 ew took 3; of the other 2 are spent and 4 are left: 3 of 9, as the pie has it."""
        state = empty()
        add_item(state, 1, 1.0, slice="O")
        add_item(state, 2, 9.0, slice="F")
        first, second = entries_of(state, "plan")
        (team,) = (size.team_id for size in first.sizes)
        told = (
            replace(first, progress=(SizeProgress(team, spent=3.0, done_on=date(2027, 2, 1)),)),
            replace(second, progress=(SizeProgress(team, spent=2.0, left=Range(4.0)),)),
        )
        found = gauge_of(told, state.each(Slice))
        assert (found.share.value, found.band) == (Fraction(1, 3), "off the road")
        assert float(found.share.value) == pytest.approx(mix_of(told, state.each(Slice)).one_offs)

    def test_nothing_planned_is_no_share(self):
        found = gauge([], [])
        assert (found.share.value, found.band, found.over) == (0, "within budget", False)

    @pytest.mark.parametrize(("weeks", "over"), [(0.99, False), (1.0, False), (1.01, True)])
    def test_the_ceiling(self, weeks, over):
        assert gauge([weeks], [10.0 - weeks], ceiling=10.0).over is over
        assert not gauge([weeks], [10.0 - weeks]).over

    def test_it_says_where_it_comes_from(self):
        assert gauge([1.0], [9.0]).share.why == (
            "one-off share: 10% = effort of one-offs / planned effort",
            "one-offs: 1.0 ew",
            "planned effort: 10.0 ew",
        )
        assert gauge([1.0], [8.99]).share.text == "10.0%"


def room(*picks, who="Sal", **figures):
    """A quarter in which the purse has bought one-offs 1, 2, ... of these sizes."""
    state = empty()
    charter(state, **figures)
    role(state, 1, "Head of Sales", who, "one-off")
    role(state, 2, "CEO", "Eve", "under target", "over ceiling", "below return")
    for number, weeks in enumerate(picks, 1):
        add_item(state, number, weeks, slice="O")
        pick(state, number, weeks)
    return state


def asking(state, weeks):
    add_item(state, 50, weeks, slice="O", state="inbox", title="asked")
    return entry_of(state, 50)


class TestPurse:
    @pytest.mark.parametrize(("weeks", "fits"), [(0.9, True), (1.0, True), (1.1, False)])
    def test_its_effort(self, weeks, fits):
        state = room(1.0)
        entry = asking(state, weeks)
        if fits:
            made = spend(state, entry, "Sal")
            assert (made.item_id, made.who, made.effort, made.quarter_id) == (50, "Sal", weeks, 1)
        else:
            with pytest.raises(PurseError, match="an earlier pick has to leave for it: “item 1”"):
                spend(state, entry, "Sal")

    @pytest.mark.parametrize(("picks", "fits"), [([0.1], True), ([0.1, 0.1], False), ([0.1, 0.1, 0.1], False)])
    def test_its_count(self, picks, fits):
        state = room(*picks)
        entry = asking(state, 0.1)
        if fits:
            spend(state, entry, "Sal")
        else:
            with pytest.raises(PurseError, match="earlier pick"):
                spend(state, entry, "Sal")

    def test_tenths_fill_it_exactly(self):
        """0.1 + 0.2 is more than 0.3 in floats."""
        assert 0.1 + 0.2 > 0.3
        state = room(0.1, purse_effort=0.3)
        spend(state, asking(state, 0.2), "Sal")

    def test_an_earlier_pick_makes_room_in_the_same_trade(self):
        state = room(1.0, 0.5)
        entry = asking(state, 1.2)
        with pytest.raises(PurseError, match="“item 1”") as refused:
            spend(state, entry, "Sal")
        assert "item 2" not in str(refused.value)
        with pytest.raises(PurseError):
            spend(state, entry, "Sal", out=[2])
        assert spend(state, entry, "Sal", out=[1]).item_id == 50

    def test_what_is_more_than_the_purse_is_never_bought(self):
        state = room(1.0)
        with pytest.raises(PurseError, match=r"never buys one of 2.5 ew"):
            spend(state, asking(state, 2.5), "Sal", out=[1])

    @pytest.mark.parametrize("who", ["Eve", "", "Salome", "Head of Sales"])
    def test_nobody_else_spends_it(self, who):
        state = room()
        with pytest.raises(PurseError, match=r"spent by Sal \(Head of Sales\) alone"):
            spend(state, asking(state, 0.5), who)

    def test_without_a_holder_nobody_spends_it(self):
        state = room(who="")
        with pytest.raises(PurseError, match="nobody holds it"):
            spend(state, asking(state, 0.5), "Sal")

    def test_only_one_offs(self):
        state = room()
        add_item(state, 51, 0.5, slice="F", state="inbox")
        add_item(state, 52, None, slice="O", state="inbox")
        for number in (51, 52):
            with pytest.raises(PurseError, match="one-offs that have a size"):
                spend(state, entry_of(state, number), "Sal")

    def test_what_left_the_plan_is_back(self):
        state = room(1.0, 1.0)
        assert purse_of(state).words == "2 of 2 one-offs, 2.0 of 2.0 ew"
        add(state, state.all(Item)[1].model_copy(update={"state": "below"}))
        assert purse_of(state).words == "1 of 2 one-offs, 1.0 of 2.0 ew"
        assert spend(state, entry_of(state, 1), "Sal").id == 1, "its row is used again"

    def test_every_quarter_has_its_own(self):
        state = room(1.0, 1.0)
        add(state, state.quarter.model_copy(update={"state": "closed"}))
        add(state, Quarter(id=2, name="Q2", starts=date(2027, 4, 1), ends=date(2027, 6, 30)))
        assert purse_of(state).picks == ()
        assert len(purse_of(state, 1).picks) == 2


class TestLedger:
    def test_what_each_line_says(self):
        state = room(1.0)
        customer(state, 7, "Acme")
        request(state, 1, asked_by="sales-east", customer_id=7, deal_amount=100_000.0, deal_probability=0.6)
        card(state, 1, one_off_kind="report writer")
        add_item(state, 2, 3.0, slice="O", state="inbox")
        add_item(state, 3, 9.0, slice="F")
        first, second = ledger_of(state)
        assert (first.entry.item.id, first.state, first.customer, first.pick) == (2, "asked for", None, None)
        assert (second.asked_by, second.customer.name, second.kind) == ("sales-east", "Acme", "report writer")
        assert (second.state, second.entry.ew) == ("in plan", 1.0)
        # 60,000 expected for one week at 10,000.
        assert second.ratio.value == 6
        assert second.pick is not None

    def test_a_past_quarter_keeps_what_it_decided(self):
        state = empty()
        add(state, state.quarter.model_copy(update={"state": "closed"}))
        add(state, Quarter(id=2, name="Q2", starts=date(2027, 4, 1), ends=date(2027, 6, 30)))
        add_item(state, 1, 1.0, slice="O", state="done")
        add_item(state, 2, 2.0, slice="O", state="inbox")
        decision(state, 1)
        move(state, 1, 1, "in")
        decision(state, 2, kind="close")
        move(state, 2, 1, "out")
        decision(state, 3, kind="decline", item_id=2)
        past = {row.entry.item.id: row.state for row in ledger_of(state, 1)}
        assert past == {1: "done", 2: "declined"}
        assert ledger_of(state) == ()

    def test_what_is_under_way_is_told_apart_from_what_was_declined(self):
        state = room(1.0)
        add_item(state, 2, 3.0, slice="O", state="inbox")
        add_item(state, 3, 4.0, slice="O", state="declined")
        add_item(state, 4, 5.0, slice="O", state="below")
        decision(state, 1, item_id=4, kind="defer")
        decision(state, 2, item_id=3, kind="decline")
        add(state, WayOut(id=1, item_id=4, decision_id=1, kind="services", markup=0.5, amount=75_000.0))
        rows = {row.entry.item.id: (row.state, row.under_way) for row in ledger_of(state)}
        assert rows == {
            1: ("in plan", True),
            2: ("asked for", False),
            3: ("declined", False),
            4: ("answered by services", False),
        }
        words = "4 one-offs: 1.0 ew under way or done (1), 12.0 ew asked for, declined or answered another way (3)"
        assert ledger_words(ledger_of(state)) == words

    def test_a_closed_quarter_says_what_its_one_offs_took(self):
        """2.0 ew were estimated of 10.0; they took 3.5 of 10.5: a third of what was done."""
        state = empty()
        add_item(state, 1, 2.0, slice="O")
        add_item(state, 2, 8.0)
        before = forecast(state)
        state = stored(state, close_quarter(state, Ending({101: 3.5, 201: 7.0}), before, DecidedBy("Jo", "done")))
        (row,) = [row for row in state.all(Decision).values() if row.kind == "close"]
        assert (row.decided_by, row.because) == ("Jo", "done")
        assert share_on_record(state, 1).value == Fraction(1, 3)
        (row,) = ledger_of(state, 1)
        assert (row.state, row.took, row.effort) == ("done", 3.5, Fraction(7, 2))
        assert ledger_words((row,)) == "1 one-off: 3.5 ew under way or done (1)"
        # Corrected since, and then said to be what nobody counted.
        counted = next(row for row in state.all(Actual).values() if row.title == "item 1")
        add(state, counted.model_copy(update={"actual": 7.0}))
        assert share_on_record(state, 1).value == Fraction(1, 2)
        assert ledger_of(state, 1)[0].took == 7.0
        add(state, counted.model_copy(update={"counted": False}))
        assert ledger_of(state, 1)[0].took is None


class TestOnRecord:
    def test_an_earlier_quarter_has_the_share_of_its_last_decision_that_says_it(self):
        state = empty()
        add(state, Quarter(id=9, name="Q4 2026", starts=date(2026, 10, 5), ends=date(2026, 12, 31), state="closed"))
        assert not share_on_record(state, 9).known
        for number, quarter_id, share in ((1, 9, 0.05), (2, 9, 0.125), (3, 9, None), (4, 1, 0.5)):
            decision(state, number, quarter_id=quarter_id)
            add(state, DecisionDetail(id=number, decision_id=number, one_offs_after=share))
        found = share_on_record(state, 9)
        assert (found.text, found.inputs) == ("12.5%", (("decision 2", "2026-11-21"),))


class TestPurseFigures:
    def test_they_name_what_was_bought_and_by_whom(self):
        state = room(0.5, 1.3)
        count, effort = purse_of(state).figures(state.all(Item))
        assert (count.value, effort.value) == (2, Fraction("1.8"))
        assert ("item 2 (by Sal)", "1.3 ew") in effort.inputs
        assert ("the most that it buys", "2, 2.0 ew") in count.inputs
        empty_purse, _ = purse_of(room()).figures({})
        assert empty_purse.inputs[0] == ("bought", "nothing yet")
