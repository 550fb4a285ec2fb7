"""The one door: what may be proposed, what a trade costs, what is decided, and that no yes is silent."""

import math
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.figures.sizes import Range
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entries_of, entry_of, plan_of
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade, waiting_by_item
from scenarios.trade.guard import guard, standing
from scenarios.trade.proposals import propose_capacity, propose_item, propose_settling, propose_sizes
from store.common.errors import Refused
from store.records import (
    Capacity,
    Command,
    Customer,
    Decision,
    Dependency,
    Item,
    Move,
    Quarter,
    Shortfall,
    Signature,
    Size,
    State,
    Team,
)
from tests.scenarios.making import NOON, add, add_item, empty, forecast, item, numbers, planned, wait

ANA = Verdict("Ana", "the deal carries it", NOON)
SIGNED = replace(ANA, signed=True)


def trade_of(state: State, proposal) -> Trade:
    return Trade.of(state, proposal, forecast(state))


def of(command: Command, kind: type) -> list:
    return [put for put in command.puts if isinstance(put, kind)]


def full(extra: float = 8.0, **given) -> State:
    """Five items of 4 ew that fit 28 ew, and a request, number 9, that does not fit as well."""
    state = planned([4.0] * 5, [28.0], **given)
    add_item(state, 9, extra, state="inbox", title="asked")
    add_item(state, 20, 4.0, state="below", rank=3.0)
    assert forecast(state).fits
    return state


def stored(state: State, command: Command, first: int = 500) -> State:
    """The state after a command, with real ids for new records, as the store would have it."""
    after = state.overlay(command)
    for rows in after.tables.values():
        for key in [key for key in rows if key < 0]:
            rows[first] = rows.pop(key).model_copy(update={"id": first})
            first += 1
    return after


class TestProposingAnItem:
    def test_it_asks_to_come_in_at_the_end_of_the_rank(self):
        state = full()
        proposal = propose_item(state, 9)
        after = state.overlay(proposal.command)
        assert numbers(plan_of(after).entries) == [1, 2, 3, 4, 5, 9]
        assert (proposal.kind, proposal.title, proposal.item_id) == ("trade", "asked", 9)
        assert proposal.asks_in
        assert not proposal.settles
        assert [(move.kind, move.item_id, move.title, move.ew) for move in proposal.moves] == [("in", 9, "asked", 8)]

    def test_the_state_it_was_made_from_stays_as_it_is(self):
        state = full()
        trade_of(state, propose_item(state, 9))
        assert numbers(plan_of(state).entries) == [1, 2, 3, 4, 5]
        assert state.all(Item)[9].state == "inbox"

    def test_from_below_the_line_too(self):
        state = full()
        assert numbers(plan_of(state.overlay(propose_item(state, 20).command)).entries)[-1] == 20

    def test_what_is_in_plan_cannot_come_in(self):
        with pytest.raises(Refused, match="“item 1” is in plan already"):
            propose_item(full(), 1)

    def test_what_has_no_size_cannot_come_in(self):
        state = full()
        add_item(state, 10, title="vague", state="inbox")
        with pytest.raises(Refused, match="“vague” has no size yet"):
            propose_item(state, 10)


class TestProposingSizes:
    def test_a_new_estimate_of_a_planned_item(self):
        state = full()
        proposal = propose_sizes(state, 1, {1: Range(6.0, 5.0, 9.0)})
        (put,) = proposal.command.puts
        assert (put.id, put.low, put.likely, put.high) == (101, 5, 6, 9)
        assert [(move.kind, move.item_id, move.ew) for move in proposal.moves] == [("resized", 1, 6)]
        assert (proposal.kind, proposal.asks_in) == ("estimate", False)
        assert proposal.title == "“item 1” sized 5-6-9 ew"

    def test_another_team_gets_a_part_and_one_loses_its_part(self):
        state = planned([{1: 4.0}], [20.0, 20.0])
        proposal = propose_sizes(state, 1, {2: Range(2.0)})
        after = entry_of(state.overlay(proposal.command), 1)
        assert [(one.team_id, one.likely) for one in after.sizes] == [(2, 2.0)]
        assert len(proposal.command.removes) == 1

    def test_the_same_sizes_are_no_change(self):
        assert propose_sizes(full(), 1, {1: Range(4.0)}).command.empty

    def test_other_fields_come_along(self):
        state = full()
        edited = state.all(Item)[1].model_copy(update={"title": "better"})
        proposal = propose_sizes(state, 1, {1: Range(4.0)}, edited)
        assert proposal.command.puts == (edited,)
        assert proposal.title == "“better”"

    def test_what_is_not_in_plan_has_no_line_in_a_decision(self):
        state = full()
        assert propose_sizes(state, 9, {1: Range(1.0)}).moves == ()
        assert propose_sizes(state, 9, {}).command.removes == (entry_of(state, 9).sizes[0],)

    def test_a_planned_item_keeps_a_size(self):
        with pytest.raises(Refused, match="“item 1” is in plan: send it below the line"):
            propose_sizes(full(), 1, {})

    @pytest.mark.parametrize("bad", [Range(0.0), Range(3.0, 4.0, 5.0), Range(math.nan), Range(20_000.0)])
    def test_a_range_that_is_not_sound_is_refused(self, bad):
        with pytest.raises(Refused):
            propose_sizes(full(), 1, {1: bad})


class TestProposingCapacity:
    def test_less_of_it(self):
        state = full()
        proposal = propose_capacity(state, {1: 20.0})
        (put,) = proposal.command.puts
        assert (put.id, put.team_id, put.net) == (1, 1, 20.0)
        assert (proposal.kind, proposal.title) == ("capacity", "Pay 28.0 → 20.0")
        assert [(move.kind, move.item_id, move.ew) for move in proposal.moves] == [("capacity", None, -8)]
        assert plan_of(state.overlay(proposal.command)).net == {1: 20.0}

    def test_the_same_is_no_change(self):
        proposal = propose_capacity(full(), {1: 28.0}, 0.70)
        assert proposal.command.empty
        assert proposal.moves == ()

    def test_a_team_that_had_none_gets_some(self):
        state = full()
        add(state, Team(id=2, name="Web", position=2))
        after = state.overlay(propose_capacity(state, {2: 7.0}).command)
        assert plan_of(after).net == {1: 28.0, 2: 7.0}

    def test_another_quarters_capacity_is_left_alone(self):
        state = full()
        old = state.quarter.model_copy(update={"id": 0, "state": "closed", "name": "Q0"})
        add(state, old, Capacity(id=9, quarter_id=0, team_id=1, net=99.0))
        after = state.overlay(propose_capacity(state, {1: 20.0}).command)
        assert plan_of(state).net == {1: 28.0}
        assert plan_of(after).net == {1: 20.0}
        assert after.all(Capacity)[9].net == 99.0

    def test_a_target(self):
        proposal = propose_capacity(full(), {}, 0.85)
        (put,) = proposal.command.puts
        assert isinstance(put, Quarter)
        assert put.target == 0.85
        assert (proposal.kind, proposal.title) == ("target", "target 70% → 85%")

    def test_both_at_once_are_a_change_of_capacity(self):
        proposal = propose_capacity(full(), {1: 30.0}, 0.85)
        assert (proposal.kind, proposal.title) == ("capacity", "Pay 28.0 → 30.0, target 70% → 85%")

    def test_a_new_team_can_be_weighed_before_it_is_stored(self):
        state = full()
        proposal = propose_capacity(state, {}, None, [("Web", 9.0), ("Ops", 4.5)])
        trade = trade_of(state, proposal)
        assert trade.asked.odds == trade.before.odds
        assert sorted(trade.asked.plan.net.values()) == [4.5, 9.0, 28.0]
        assert [team.name for team in trade.asked.plan.teams] == ["Pay", "Web", "Ops"]
        assert proposal.moves[0].ew == 13.5

    @pytest.mark.parametrize("weeks", [-0.1, 10_000.1, math.nan, math.inf])
    def test_a_figure_that_is_not_sound_is_refused(self, weeks):
        with pytest.raises(Refused, match="Pay: net capacity must be between 0 and 10,000 engineer-weeks"):
            propose_capacity(full(), {1: weeks})
        with pytest.raises(Refused, match="a new team needs"):
            propose_capacity(full(), {}, None, [("Web", weeks)])

    @pytest.mark.parametrize("name", ["", "  ", "x" * 201])
    def test_a_new_team_has_a_name(self, name):
        with pytest.raises(Refused, match="a new team needs"):
            propose_capacity(full(), {}, None, [(name, 5.0)])

    @pytest.mark.parametrize("target", [0.0, 1.0, -0.5, 70.0, math.nan])
    def test_a_target_that_is_not_sound_is_refused(self, target):
        with pytest.raises(Refused, match="the odds target must be between 1% and 99%"):
            propose_capacity(full(), {}, target)


class TestTrade:
    def test_what_fits_needs_no_trade(self):
        state = full(extra=0.2)
        trade = trade_of(state, propose_item(state, 9))
        assert trade.fits
        assert trade.subject == replace(entry_of(state, 9), item=trade.subject.item)

    def test_the_odds_are_those_of_the_plan_that_would_be(self):
        state = full()
        trade = trade_of(state, propose_item(state, 9))
        assert not trade.fits
        assert trade.before.odds == forecast(state).odds
        assert trade.asked.odds == forecast(state.overlay(trade.proposal.command)).odds
        without = planned([4.0] * 5, [28.0])
        for gone in (2, 4):
            del without.tables["items"][gone]
        add_item(without, 9, 8.0, rank=6.0)
        out = [entry_of(state, 2), entry_of(state, 4)]
        assert trade.after(out).odds == forecast(without).odds

    def test_the_subject_shows_the_proposed_sizes(self):
        state = full()
        trade = trade_of(state, propose_sizes(state, 1, {1: Range(9.0)}))
        assert trade.subject.ew == 9.0
        assert trade_of(state, propose_capacity(state, {1: 20.0})).subject is None


class TestCandidates:
    def test_least_value_per_week_freed_first(self):
        # value per week: item 1 20/4 = 5, item 2 3/6 = 0.5, item 3 8/2 = 4, item 4 -1/3 < 0, item 5 12/4 = 3
        state = empty((14.0,))
        for number, (weeks, value) in enumerate([(4, 20), (6, 3), (2, 8), (3, -1), (4, 12)], 1):
            add_item(state, number, float(weeks), value=float(value))
        trade = trade_of(state, propose_settling("short"))
        assert [one.entry.item.id for one in trade.candidates] == [4, 2, 5, 3, 1]
        assert [one.frees for one in trade.candidates] == [3, 6, 4, 2, 4]
        assert [one.value for one in trade.candidates] == [-1, 3, 12, 8, 20]

    def test_only_weeks_on_the_short_team_count(self):
        # Short on team 1 alone. Item 1 frees 1 there for 5 (5), item 2 frees 4 for 10 (2.5), item 4 2 for 8 (4);
        # item 3 frees nothing there, however little it is worth.
        state = empty((4.0, 90.0))
        for number, (sizes, value) in enumerate(
            [({1: 1.0, 2: 9.0}, 5), ({1: 4.0}, 10), ({2: 6.0}, 0), ({1: 2.0, 2: 1.0}, 8)], 1
        ):
            add_item(state, number, sizes, value=float(value))
        trade = trade_of(state, propose_settling("short"))
        assert set(trade.asked.short) == {1}
        assert [one.entry.item.id for one in trade.candidates] == [2, 4, 1, 3]
        assert [(one.frees_short, one.frees) for one in trade.candidates] == [(4, 4), (2, 3), (1, 10), (0, 6)]

    def test_what_has_no_value_takes_that_of_its_neighbours(self):
        # All of 2 ew. Values down the rank: -, 10, -, 4, 7.5, -: so 10, 10, 7, 4, 7.5, 7.5, and of equals the lower.
        state = empty((6.0,))
        for number, value in enumerate([None, 10.0, None, 4.0, 7.5, None], 1):
            add_item(state, number, 2.0, value=value)
        trade = trade_of(state, propose_settling("short"))
        assert [one.entry.item.id for one in trade.candidates] == [4, 3, 6, 5, 2, 1]
        assert [one.value for one in trade.candidates] == [4.0, None, None, 7.5, 10.0, None]

    def test_without_values_the_ranking_is_the_value(self):
        state = planned([2.0, 9.0, 1.0, 4.0], [6.0])
        assert [one.entry.item.id for one in trade_of(state, propose_settling("short")).candidates] == [4, 3, 2, 1]

    def test_equal_ranks_still_have_an_order(self):
        state = planned([2.0] * 4, [3.0])
        for number in range(1, 5):
            add(state, state.all(Item)[number].model_copy(update={"rank": 1.0}))
        assert [one.entry.item.id for one in trade_of(state, propose_settling("short")).candidates] == [4, 3, 2, 1]

    def test_what_asks_is_no_candidate(self):
        state = full()
        for proposal in (propose_item(state, 9), propose_sizes(state, 9, {1: Range(9.0)})):
            assert [one.entry.item.id for one in trade_of(state, proposal).candidates] == [5, 4, 3, 2, 1]
        resized = trade_of(state, propose_sizes(state, 3, {1: Range(20.0)}))
        assert [one.entry.item.id for one in resized.candidates] == [5, 4, 2, 1]

    def test_who_waits_is_told_once_each_by_name(self):
        state = full()
        beta, acme = Customer(id=1, name="Beta"), Customer(id=2, name="Acme", arr=5.0)
        wait(state, 3, beta, acme)
        wait(state, 9, acme)
        found = {one.entry.item.id: one.waiting for one in trade_of(state, propose_item(state, 9)).candidates}
        assert found == {1: (), 2: (), 3: (acme, beta), 4: (), 5: ()}
        assert waiting_by_item(state) == {3: (acme, beta), 9: (acme,)}


class TestSettling:
    def test_every_set_of_marks_is_enough_or_refused(self):
        """Confirm is dead until the odds of the plan that would be, simulated from scratch, reach the target."""
        state = planned([{1: 4.0}, {1: 3.0, 2: 2.0}, {2: 5.0}, {1: 2.0}], [20.0, 14.0])
        add_item(state, 9, {1: 6.0, 2: 3.0}, state="inbox")
        trade = trade_of(state, propose_item(state, 9))
        found = set()
        for count in range(5):
            for out in combinations(plan_of(state).entries, count):
                would_be = state.overlay(trade.proposal.command)
                for entry in out:
                    del would_be.tables["items"][entry.item.id]
                enough = forecast(would_be).odds >= 0.70
                found.add(enough)
                if enough:
                    command = settle(trade, out, ANA)
                    assert forecast(state.overlay(command)).fits
                    assert not of(command, Shortfall) + of(command, Signature)
                else:
                    with pytest.raises(Refused, match=r"^still short \d+\.\d ew: mark more, or sign for it$"):
                        settle(trade, out, ANA)
        assert found == {True, False}

    def test_the_sentence_says_how_much_is_short(self):
        state = full()
        trade = trade_of(state, propose_item(state, 9))
        with pytest.raises(Refused, match=f"still short {sum(trade.asked.short.values()):.1f} ew"):
            settle(trade, [], ANA)

    def test_what_leaves_goes_to_the_top_below_the_line_in_the_order_of_the_marks(self):
        state = full()
        trade = trade_of(state, propose_item(state, 9))
        out = [entry_of(state, number) for number in (4, 2, 5)]
        after = state.overlay(settle(trade, out, ANA))
        assert numbers(entries_of(after, "below")) == [4, 2, 5, 20]
        assert numbers(entries_of(after, "plan")) == [1, 3, 9]
        assert not entries_of(after, "inbox")

    def test_the_record_says_who_why_what_and_at_which_odds(self):
        state = full()
        trade = trade_of(state, propose_item(state, 9))
        out = [entry_of(state, 4), entry_of(state, 2), entry_of(state, 5)]
        command = settle(trade, out, ANA)
        after = state.overlay(command)
        (decision,) = of(command, Decision)
        assert (decision.kind, decision.title, decision.item_id, decision.quarter_id) == ("trade", "asked", 9, 1)
        assert (decision.decided_by, decision.because, decision.at) == ("Ana", "the deal carries it", NOON)
        assert decision.odds_before == forecast(state).odds
        assert decision.odds_after == forecast(after).odds
        lines = [(move.decision_id, move.kind, move.item_id, move.title, move.ew) for move in of(command, Move)]
        assert lines == [
            (decision.id, "in", 9, "asked", 8.0),
            (decision.id, "out", 4, "item 4", 4.0),
            (decision.id, "out", 2, "item 2", 4.0),
            (decision.id, "out", 5, "item 5", 4.0),
        ]
        assert command.kind == "trade"
        assert command.label == "“asked” in, “item 4” out, “item 2” out, “item 5” out"

    def test_every_record_is_named_once(self):
        state = full()
        add(state, Shortfall(id=1, quarter_id=1, cause="before", odds=0.6, at=NOON))
        command = settle(trade_of(state, propose_item(state, 9)), plan_of(state).entries, ANA)
        keys = [(put.table, put.id) for put in command.puts]
        assert len(keys) == len(set(keys))

    def test_what_fits_is_accepted(self):
        state = full(extra=0.2)
        command = settle(trade_of(state, propose_item(state, 9)), [], Verdict("", "", NOON))
        assert command.kind == of(command, Decision)[0].kind == "accept"
        assert state.overlay(command).all(Item)[9].state == "plan"

    def test_a_bigger_estimate(self):
        state = full()
        trade = trade_of(state, propose_sizes(state, 1, {1: Range(9.0)}))
        command = settle(trade, [entry_of(state, 5), entry_of(state, 4)], ANA)
        (decision,) = of(command, Decision)
        assert (command.kind, decision.kind, decision.item_id) == ("estimate", "estimate", 1)
        assert [(move.kind, move.ew) for move in of(command, Move)] == [("resized", 9), ("out", 4), ("out", 4)]
        after = state.overlay(command)
        assert entry_of(after, 1).ew == 9
        assert numbers(entries_of(after, "plan")) == [1, 2, 3]
        assert decision.odds_after == forecast(after).odds

    def test_sizes_that_are_taken_away_are_removed(self):
        state = planned([{1: 4.0, 2: 3.0}], [20.0, 20.0])
        command = settle(trade_of(state, propose_sizes(state, 1, {1: Range(4.0)})), [], ANA)
        assert [size.team_id for size in command.removes] == [2]

    @pytest.mark.parametrize(
        ("net", "target", "kind"), [({1: 16.0}, None, "capacity"), ({}, 0.99, "target"), ({1: 20.0}, 0.95, "capacity")]
    )
    def test_lost_capacity_and_a_higher_target(self, net, target, kind):
        state = full()
        trade = trade_of(state, propose_capacity(state, net, target))
        assert not trade.fits
        with pytest.raises(Refused):
            settle(trade, [], ANA)
        command = settle(trade, [entry_of(state, number) for number in (2, 3, 4, 5)], ANA)
        assert command.kind == of(command, Decision)[0].kind == kind
        after = state.overlay(command)
        assert forecast(after).odds >= after.quarter.target == (target or 0.70)
        assert plan_of(after).net == ({1: 28.0} | net)

    def test_what_was_left_open_is_settled(self):
        state = planned([4.0] * 5, [16.0])
        add(state, Shortfall(id=1, quarter_id=1, cause="Pay 28.0 → 16.0", odds=0.1, at=NOON))
        proposal = propose_settling("The plan is below its target")
        trade = trade_of(state, proposal)
        assert proposal.settles
        assert trade.asked.odds == trade.before.odds
        with pytest.raises(Refused):
            settle(trade, [entry_of(state, 5)], ANA)
        command = settle(trade, [entry_of(state, 5), entry_of(state, 4)], ANA)
        after = state.overlay(command)
        assert after.all(Shortfall)[1].settled_at == NOON
        assert standing(after) == (None, None)
        (decision,) = of(command, Decision)
        assert (decision.kind, decision.item_id) == ("trade", None)
        assert (decision.odds_before, decision.odds_after) == (forecast(state).odds, forecast(after).odds)


class TestSigning:
    def test_an_over_commit_is_signed_with_name_and_reason(self):
        state = full()
        trade = trade_of(state, propose_item(state, 9))
        command = settle(trade, [], SIGNED)
        (signature,) = of(command, Signature)
        (decision,) = of(command, Decision)
        assert command.kind == decision.kind == "over-commit"
        assert (signature.name, signature.reason, signature.at) == ("Ana", "the deal carries it", NOON)
        assert (signature.decision_id, signature.quarter_id, signature.cleared_at) == (decision.id, 1, None)
        assert signature.odds == decision.odds_after == forecast(state.overlay(command)).odds < 0.70
        assert not of(command, Shortfall)

    @pytest.mark.parametrize(("name", "reason"), [("", "why"), ("Ana", ""), (" ", "why"), ("Ana", "\t")])
    def test_without_either_it_is_refused(self, name, reason):
        state = full()
        with pytest.raises(Refused, match="an over-commit needs a name and a reason"):
            settle(trade_of(state, propose_item(state, 9)), [], Verdict(name, reason, NOON, signed=True))

    def test_nobody_signs_for_a_plan_that_fits(self):
        state = full(extra=0.2)
        command = settle(trade_of(state, propose_item(state, 9)), [], SIGNED)
        assert not of(command, Signature)
        assert command.kind == "accept"

    def test_a_long_reason_is_kept_in_full_by_the_decision(self):
        state = full()
        reason = "because " * 60
        command = settle(trade_of(state, propose_item(state, 9)), [], Verdict("Ana", reason, NOON, signed=True))
        assert of(command, Decision)[0].because == reason
        assert reason.startswith(of(command, Signature)[0].reason)
        assert len(of(command, Signature)[0].reason) == 200

    def test_some_may_leave_and_the_rest_be_signed_for(self):
        state = full()
        trade = trade_of(state, propose_item(state, 9))
        command = settle(trade, [entry_of(state, 5)], SIGNED)
        assert of(command, Signature)[0].odds == forecast(state.overlay(command)).odds
        assert numbers(entries_of(state.overlay(command), "plan")) == [1, 2, 3, 4, 9]


def short_command(weeks: float, state: State) -> Command:
    """A change of capacity that nobody asked the room about."""
    return Command("capacity", "less", (state.all(Capacity)[1].model_copy(update={"net": weeks}),))


class TestGuard:
    def test_a_harmless_command_passes_as_it_is(self):
        state = full()
        command = Command("edit", "note", (item(1, note="clearer"),))
        assert guard(state, command, "edit", NOON) is command

    def test_what_leaves_the_plan_short_opens_a_shortfall(self):
        state = full()
        command = guard(state, short_command(10.0, state), "two left", NOON)
        (mark,) = of(command, Shortfall)
        after = state.overlay(command)
        assert (mark.cause, mark.at, mark.settled_at, mark.quarter_id) == ("two left", NOON, None, 1)
        assert mark.odds == forecast(after).odds < 0.70
        assert standing(after) == (None, mark)
        assert len(of(command, Capacity)) == 1

    def test_a_second_one_is_not_stacked_on_an_open_one(self):
        state = full()
        state = stored(state, guard(state, short_command(10.0, state), "two left", NOON))
        worse = guard(state, short_command(5.0, state), "three left", NOON)
        assert not of(worse, Shortfall)

    def test_guarding_twice_is_guarding_once(self):
        state = full()
        once = guard(state, short_command(10.0, state), "two left", NOON)
        assert guard(state, once, "two left", NOON) == once

    def test_it_is_settled_when_the_plan_fits_again(self):
        state = full()
        state = stored(state, guard(state, short_command(10.0, state), "two left", NOON))
        back = guard(state, short_command(28.0, state), "two came", NOON)
        (mark,) = of(back, Shortfall)
        assert mark.settled_at == NOON
        assert mark.id > 0
        assert standing(state.overlay(back)) == (None, None)
        assert guard(state, back, "two came", NOON) == back

    def test_a_settled_one_does_not_count_as_open(self):
        state = full()
        add(state, Shortfall(id=1, quarter_id=1, cause="old", odds=0.2, at=NOON, settled_at=NOON))
        command = guard(state, short_command(10.0, state), "again", NOON)
        assert [mark.cause for mark in of(command, Shortfall)] == ["again"]

    def test_signatures_are_cleared_when_the_plan_fits_again(self):
        state = full()
        state = stored(state, settle(trade_of(state, propose_item(state, 9)), [], SIGNED))
        back = guard(state, Command("drop", "", (item(9, state="below"),)), "drop", NOON)
        (mark,) = of(back, Signature)
        assert (mark.cleared_at, mark.name) == (NOON, "Ana")
        assert standing(state.overlay(back)) == (None, None)

    def test_a_cleared_signature_covers_nothing(self):
        state = full()
        add(state, Decision(id=1, quarter_id=1, at=NOON, kind="over-commit", title=""))
        old = Signature(id=1, quarter_id=1, decision_id=1, name="Ana", reason="x", odds=0.0, at=NOON, cleared_at=NOON)
        add(state, old)
        assert of(guard(state, short_command(10.0, state), "less", NOON), Shortfall)

    def test_a_signature_covers_what_was_signed_for_and_no_less(self):
        state = full()
        state = stored(state, settle(trade_of(state, propose_item(state, 9)), [], SIGNED))
        signed = standing(state)[0].odds
        found = set()
        for tenths in range(200, 420, 10):
            command = guard(state, short_command(tenths / 10, state), "change", NOON)
            after = state.overlay(command)
            odds = forecast(after).odds
            where = "fits" if odds >= 0.70 else "covered" if odds >= signed else "open"
            found.add(where)
            signature, shortfall = standing(after)
            assert (signature is None, shortfall is None) == (where == "fits", where != "open")
        assert found == {"fits", "covered", "open"}

    def test_signing_settles_what_was_left_open(self):
        state = full()
        state = stored(state, guard(state, short_command(10.0, state), "two left", NOON))
        command = settle(trade_of(state, propose_settling("below its target")), [], SIGNED)
        signature, shortfall = standing(state.overlay(command))
        assert signature.name == "Ana"
        assert shortfall is None

    def test_an_old_signature_at_lower_odds_does_not_settle_an_open_shortfall(self):
        state = full()
        state = stored(state, settle(trade_of(state, propose_item(state, 9)), [], SIGNED))
        state = stored(state, guard(state, short_command(20.0, state), "left", NOON), 600)
        assert standing(state)[1] is not None
        back = guard(state, short_command(28.0, state), "one came", NOON)
        assert standing(state.overlay(back))[1] is not None

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["net", "target", "sign"]), st.integers(8, 34)), max_size=8))
    def test_a_plan_is_never_below_its_target_in_silence(self, steps):
        state = full()
        for number, (what, figure) in enumerate(steps):
            if what == "net":
                command = guard(state, short_command(float(figure), state), "change", NOON)
            elif what == "target":
                proposal = propose_capacity(state, {}, 0.02 * figure + 0.2)
                command = guard(state, proposal.command, "change", NOON)
            elif forecast(state).fits:
                continue
            else:
                command = settle(trade_of(state, propose_settling("short")), [], SIGNED)
            state = stored(state, command, 500 + 100 * number)
            odds = forecast(state).odds
            open_ones = [one for one in state.all(Shortfall).values() if one.settled_at is None]
            live = [one for one in state.all(Signature).values() if one.cleared_at is None]
            assert len(open_ones) <= 1
            if odds >= state.quarter.target:
                assert not open_ones + live
            else:
                assert open_ones or any(one.odds <= odds for one in live)
                if what == "sign":
                    assert not open_ones

    def test_the_size_of_a_planned_item_is_guarded_too(self):
        state = full()
        big = state.all(Size)[101].model_copy(update={"likely": 25.0})
        assert of(guard(state, Command("estimate", "", (big,)), "bigger", NOON), Shortfall)


def test_what_is_needed_may_leave_with_who_needs_it_or_stay_in_a_first_version():
    state = add(planned([2.0, 2.0, 2.0], [7.0]), Dependency(id=1, item_id=2, needs_id=1))
    add_item(state, 90, 3.0, state="inbox")
    trade = trade_of(state, propose_item(state, 90))
    one, two = entry_of(state, 1), entry_of(state, 2)
    assert trade.held([one]) == f"What leaves is needed by “{two.item.title}”, which has to leave too."
    assert trade.held([one, two]) == trade.held([two]) == ""
    assert trade.held([Leaving(one, stays=one)]) == ""
