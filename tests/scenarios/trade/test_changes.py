"""Changes that need no door: asking, ranking, leaving, filling, baselining, and who waits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.figures.sizes import Range
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import entries_of, entry_of, plan_of
from scenarios.requests.intake import edit_waiting, receive
from scenarios.requests.quick_add import RequestDraft
from scenarios.trade.changes import (
    DecidedBy,
    baseline,
    decline,
    defer,
    drop,
    fill,
    fill_command,
    home_of,
    reorder,
    restore,
    team_of,
    unplanned,
)
from scenarios.trade.proposals import propose_item
from store.common.errors import Refused
from store.records import Command, Customer, Decision, Dependency, Item, Move, Pin, Request, Size, State, Team, Wait
from tests.scenarios.making import NOON, add, add_item, empty, forecast, numbers, planned, wait


def one_of(command: Command, kind: type):
    (found,) = [put for put in command.puts if isinstance(put, kind)]
    return found


def none_of(command: Command, kind: type) -> bool:
    return not any(isinstance(put, kind) for put in command.puts)


class TestReceiving:
    def test_all_that_was_said_is_kept(self):
        state = empty((30.0, 20.0))
        add_item(state, 1, 2.0, state="inbox", rank=4.0)
        draft = RequestDraft(
            "Audit log",
            Range(3.0, 2.0, 5.5),
            "O",
            "Acme",
            480_000.0,
            0.6,
            "Jo",
            "Web",
            "Ana",
            None,
            12.0,
            "two days",
            "ask",
        )
        command = receive(state, draft, NOON)
        item, request = one_of(command, Item), one_of(command, Request)
        assert (item.title, item.slice, item.state, item.owner, item.value) == ("Audit log", "O", "inbox", "Ana", 12.0)
        assert (item.note, item.baselined) == ("ask", False)
        assert (request.item_id, request.received_at, request.asked_by) == (item.id, NOON, "Jo")
        assert (request.deal_amount, request.deal_probability) == (480_000.0, 0.6)
        assert (request.problem, request.claimed) == ("ask", "two days")
        size = one_of(command, Size)
        assert (size.item_id, size.team_id, size.low, size.likely, size.high) == (item.id, 2, 2, 3, 5.5)
        customer = one_of(command, Customer)
        assert customer.name == "Acme"
        assert request.customer_id == customer.id
        assert one_of(command, Wait).customer_id == customer.id
        assert command.label == "“Audit log” asked for"
        after = state.overlay(command)
        assert numbers(entries_of(after, "inbox")) == [1, item.id], "the latest comes last"
        assert plan_of(after) == plan_of(state), "asking changes nothing that is planned"

    def test_a_bare_title_is_enough(self):
        command = receive(empty(()), RequestDraft("Audit log"), NOON)
        assert one_of(command, Item).slice == "F"
        assert none_of(command, Size)
        assert none_of(command, Customer)
        assert none_of(command, Wait)

    @pytest.mark.parametrize("name", ["Acme", "ACME", "acme"])
    def test_a_known_customer_is_found_in_any_case(self, name):
        state = add(empty(), Customer(id=4, name="Acme"), Customer(id=5, name="Acme Corp"))
        command = receive(state, RequestDraft("Audit log", customer=name), NOON)
        assert none_of(command, Customer)
        assert one_of(command, Request).customer_id == one_of(command, Wait).customer_id == 4

    def test_without_a_team_named_it_is_the_first_by_position(self):
        state = empty((30.0, 20.0))
        add(state, Team(id=3, name="Ops", position=0))
        assert one_of(receive(state, RequestDraft("Log", Range(1.0)), NOON), Size).team_id == 3
        assert (team_of(state), team_of(state, "WEB"), team_of(state, "nobody")) == (3, 2, 3)

    def test_a_new_size_without_a_team_named_is_for_the_team_that_has_the_item(self):
        state = empty((30.0, 20.0))
        add_item(state, 1, {2: 3.0}, state="inbox")
        add_item(state, 2, None, state="inbox")
        assert [home_of(state, entry_of(state, number)) for number in (1, 2)] == [2, 1]

    @pytest.mark.parametrize("title", ["", " \t"])
    def test_without_a_title_it_is_refused(self, title):
        with pytest.raises(Refused, match="needs a title"):
            receive(empty(), RequestDraft(title), NOON)

    def test_a_size_without_any_team_is_refused(self):
        with pytest.raises(Refused, match="there is no team yet"):
            receive(empty(()), RequestDraft("Log", Range(1.0)), NOON)

    @pytest.mark.parametrize(
        ("draft", "field"),
        [
            (RequestDraft("x" * 20_001), "title"),
            (RequestDraft("Log", customer="x" * 201), "name"),
            (RequestDraft("Log", deal_amount=1e16), "deal_amount"),
            (RequestDraft("Log", deal_probability=1.1), "deal_probability"),
            (RequestDraft("Log", claimed="x" * 20_001), "claimed"),
        ],
    )
    def test_more_than_a_record_holds_is_refused_in_words(self, draft, field):
        with pytest.raises(Refused, match=f"the {field} of the request is refused"):
            receive(empty(), draft, NOON)

    def test_each_has_draws_of_its_own(self):
        state, draws = empty(), []
        for number in range(50):
            command = receive(state, RequestDraft("Log"), NOON)
            draws.append(one_of(command, Item).draw)
            add(state, *(put.model_copy(update={"id": number + 1}) for put in command.puts if isinstance(put, Item)))
        assert len(set(draws)) == 50
        # Typed in another workspace in the same order, they are the same.
        assert one_of(receive(empty(), RequestDraft("Log"), NOON), Item).draw == draws[0]


class TestReordering:
    @pytest.mark.parametrize(
        ("moved", "step", "order"),
        [(2, -1, [2, 1, 3]), (2, 1, [1, 3, 2]), (1, 1, [2, 1, 3]), (3, -1, [1, 3, 2])],
    )
    def test_one_place(self, moved, step, order):
        state = planned([1.0, 2.0, 3.0])
        add_item(state, 4, 1.0, state="below", rank=2.5)
        command = reorder(state, moved, step)
        after = state.overlay(command)
        assert numbers(entries_of(after, "plan")) == order
        assert len(command.puts) == 2
        assert command.label == f"“item {moved}” {'up' if step < 0 else 'down'} one rank"

    @pytest.mark.parametrize(("moved", "step"), [(1, -1), (3, 1), (4, -1), (4, 1)])
    def test_not_past_the_end_of_its_side_of_the_line(self, moved, step):
        state = planned([1.0, 2.0, 3.0])
        add_item(state, 4, 1.0, state="below", rank=9.0)
        assert reorder(state, moved, step).empty

    def test_the_odds_stay(self):
        state = planned([1.0, 2.0, 3.0], [8.0])
        assert forecast(state.overlay(reorder(state, 1, 1))).odds == forecast(state).odds

    @given(
        st.lists(st.sampled_from([0.0, 1.0, 1.0, 1.5, 2.0]), min_size=1, max_size=6),
        st.permutations(range(6)),
        st.integers(0, 5),
        st.sampled_from([-1, 1]),
    )
    def test_equal_ranks_move_one_place_too(self, ranks, ids, chosen, step):
        state = empty()
        for number, rank in enumerate(ranks):
            add_item(state, ids[number] + 1, rank=rank, state="below")
        order = numbers(entries_of(state, "below"))
        moved = order[chosen % len(order)]
        at = order.index(moved)
        if 0 <= at + step < len(order):
            order[at], order[at + step] = order[at + step], order[at]
        after = state.overlay(reorder(state, moved, step))
        assert numbers(entries_of(after, "below")) == order


class TestLeaving:
    def test_dropping(self):
        state = planned([4.0, 3.0], [8.0])
        add_item(state, 5, 1.0, state="below", rank=-3.0)
        command = drop(state, entry_of(state, 1), forecast(state), DecidedBy("Ana", "less"))
        after = state.overlay(command)
        assert numbers(entries_of(after, "below")) == [1, 5]
        assert numbers(entries_of(after, "plan")) == [2]
        decision, move = one_of(command, Decision), one_of(command, Move)
        assert (decision.kind, decision.item_id, decision.decided_by, decision.because) == ("drop", 1, "Ana", "less")
        assert (decision.odds_before, decision.odds_after) == (forecast(state).odds, forecast(after).odds)
        assert (move.kind, move.item_id, move.ew, move.decision_id) == ("out", 1, 4.0, decision.id)

    def test_deferring_a_request(self):
        state = planned([4.0], [8.0])
        add_item(state, 5, 1.0, state="below", rank=1.0)
        add_item(state, 9, 2.0, state="inbox")
        command = defer(state, entry_of(state, 9), forecast(state))
        after = state.overlay(command)
        assert numbers(entries_of(after, "below")) == [9, 5]
        assert not entries_of(after, "inbox")
        decision = one_of(command, Decision)
        assert (decision.kind, decision.item_id) == ("defer", 9)
        assert decision.odds_before == decision.odds_after == forecast(state).odds
        assert none_of(command, Move), "it was never in"

    def test_declining_gives_a_reason(self):
        state = planned([4.0], [8.0])
        add_item(state, 9, 2.0, state="inbox")
        for because in ("", "  "):
            with pytest.raises(Refused, match="declining needs a reason"):
                decline(state, entry_of(state, 9), forecast(state), DecidedBy("Ana", because))
        command = decline(state, entry_of(state, 9), forecast(state), DecidedBy("Ana", "trap"))
        assert one_of(command, Item).state == "declined"
        assert (one_of(command, Decision).kind, one_of(command, Decision).because) == ("decline", "trap")

    def test_what_was_declined_can_come_back_at_the_end(self):
        state = planned([4.0], [8.0])
        add_item(state, 5, 1.0, state="below", rank=7.0)
        add_item(state, 9, 2.0, state="declined", rank=1.0)
        assert numbers(entries_of(state.overlay(restore(state, 9)), "below")) == [5, 9]


def filled_by_hand(state: State) -> tuple[list[int], float]:
    """What a fill takes, in the slowest way: every plan that is tried is simulated from scratch."""
    plan = plan_of(state)
    open_teams = {team_id for team_id, weeks in plan.net.items() if weeks > 0}
    taken: list[int] = []
    if Forecast(forecast(state).draws, plan).odds < plan.target:
        return [], forecast(state).odds
    for entry in entries_of(state, "below"):
        teams = {size.team_id for size in entry.sizes}
        if not teams or not teams <= open_teams:
            continue
        tried = plan.plus((entry,))
        if Forecast(forecast(state).draws, tried).odds >= plan.target:
            plan, taken = tried, [*taken, entry.item.id]
        else:
            open_teams -= teams
    return taken, Forecast(forecast(state).draws, plan).odds


class TestFilling:
    def test_in_rank_order_until_the_target_on_one_team(self):
        state = empty((20.0,))
        for number in range(1, 9):
            add_item(state, number, 3.0, state="below")
        before = forecast(state)
        filled = fill(state, before)
        count = len(filled.taken)
        assert numbers(filled.taken) == list(range(1, count + 1))
        assert 0 < count < 8
        assert forecast(planned([3.0] * count, [20.0])).fits
        assert not forecast(planned([3.0] * (count + 1), [20.0])).fits
        assert (filled.no_room, filled.unsized) == (8 - count, 0)
        after = state.overlay(fill_command(state, filled, before))
        assert filled.odds == forecast(after).odds == forecast(planned([3.0] * count, [20.0])).odds

    def test_nothing_smaller_jumps_the_queue_and_other_teams_go_on(self):
        state = empty((10.0, 10.0))
        add_item(state, 1, {1: 30.0}, state="below")
        add_item(state, 2, {1: 0.1}, state="below")
        add_item(state, 3, {2: 2.0}, state="below")
        add_item(state, 4, state="below")
        filled = fill(state, forecast(state))
        assert numbers(filled.taken) == [3]
        assert (filled.no_room, filled.unsized) == (2, 1)

    def test_the_decision_and_the_new_ranks(self):
        state = planned([2.0], [40.0])
        for number, rank in ((5, 2.0), (6, 0.5)):
            add_item(state, number, 3.0, state="below", rank=rank)
        before = forecast(state)
        command = fill_command(state, fill(state, before), before)
        after = state.overlay(command)
        assert numbers(entries_of(after, "plan")) == [1, 6, 5]
        decision = one_of(command, Decision)
        assert (decision.kind, decision.title) == ("fill", "Filled in rank order: 2 items")
        assert (decision.odds_before, decision.odds_after) == (before.odds, forecast(after).odds)
        lines = [(put.item_id, put.kind, put.ew) for put in command.puts if isinstance(put, Move)]
        assert lines == [(6, "in", 3.0), (5, "in", 3.0)]

    def test_a_plan_that_is_short_takes_nothing(self):
        state = planned([20.0], [10.0, 50.0])
        add_item(state, 5, {2: 0.1}, state="below")
        before = forecast(state)
        filled = fill(state, before)
        assert (filled.taken, filled.no_room, filled.odds) == ((), 1, before.odds)
        assert fill_command(state, filled, before).empty

    def test_requests_and_what_was_declined_are_left_alone(self):
        state = empty((20.0,))
        add_item(state, 1, 1.0, state="inbox")
        add_item(state, 2, 1.0, state="declined")
        assert fill(state, forecast(state)).taken == ()

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.dictionaries(st.integers(1, 3), st.floats(0.1, 9), max_size=2), st.sampled_from(["plan", "below"])
            ),
            max_size=9,
        ),
        st.lists(st.sampled_from([0.0, 4.0, 9.0, 20.0]), min_size=3, max_size=3),
        st.integers(20, 90),
    )
    def test_as_by_hand(self, items, net, percent):
        state = empty(net, target=percent / 100)
        for number, (sizes, where) in enumerate(items, 1):
            add_item(state, number, sizes, state=where if sizes else "below", rank=float(-number))
        before = forecast(state)
        filled = fill(state, before)
        assert (numbers(filled.taken), filled.odds) == filled_by_hand(state)
        below = entries_of(state, "below")
        assert len(filled.taken) + filled.no_room + filled.unsized == len(below)
        assert filled.unsized == sum(not entry.sizes for entry in below)
        if filled.taken:
            assert filled.odds >= percent / 100


class TestBaseline:
    def test_it_stamps_what_is_agreed(self):
        state = planned([2.0, 3.0], [40.0])
        add_item(state, 5, 1.0, state="below")
        after = state.overlay(baseline(state, forecast(state)))
        assert after.quarter.state == "baselined"
        assert after.quarter.baselined_at is not None
        assert [item.baselined for item in after.each(Item)] == [True, True, False]

    def test_what_comes_in_later_is_unplanned(self):
        state = planned([2.0, 3.0], [40.0])
        assert not any(unplanned(state, item) for item in state.each(Item))
        after = state.overlay(baseline(state, forecast(state)))
        add_item(after, 8, 1.0)
        add_item(after, 9, 1.0, state="below")
        assert [unplanned(after, item) for item in after.each(Item)] == [False, False, True, False]

    @pytest.mark.parametrize("quarter", ["baselined", "closed"])
    def test_only_once(self, quarter):
        state = planned([2.0], [40.0], quarter=quarter)
        with pytest.raises(Refused, match=f"Q1 is {quarter} already"):
            baseline(state, forecast(state))

    def test_an_empty_plan_is_no_baseline(self):
        with pytest.raises(Refused, match="nothing is in plan yet"):
            baseline(empty(), forecast(empty()))


class TestWhoWaits:
    def make(self) -> State:
        state = planned([2.0, 3.0])
        wait(state, 1, Customer(id=1, name="Acme"), Customer(id=2, name="Beta"))
        wait(state, 2, Customer(id=1, name="Acme"))
        return state

    def waiting(self, state: State, puts, removes) -> list[str]:
        after = state.overlay(Command("edit", "", puts, removes))
        names = [after.all(Customer)[one.customer_id].name for one in after.all(Wait).values() if one.item_id == 1]
        return sorted(names)

    def test_the_same_names_in_any_case_change_nothing(self):
        assert edit_waiting(self.make(), 1, [" beta ", "ACME", "", "acme"]) == ((), ())

    def test_one_leaves_one_comes_and_one_is_new(self):
        state = self.make()
        add(state, Customer(id=3, name="Gamma"))
        puts, removes = edit_waiting(state, 1, ["Beta", "gamma", "New Corp"])
        assert self.waiting(state, puts, removes) == ["Beta", "Gamma", "New Corp"]
        assert [put.name for put in puts if isinstance(put, Customer)] == ["New Corp"]
        assert [one.item_id for one in removes] == [1], "who waits for another item goes on waiting"

    def test_nobody(self):
        state = self.make()
        puts, removes = edit_waiting(state, 1, [" ", ""])
        assert self.waiting(state, puts, removes) == []
        assert puts == ()

    def test_a_new_name_said_twice_is_one_customer(self):
        puts, _ = edit_waiting(self.make(), 2, ["Acme", "new", "New"])
        assert len([put for put in puts if isinstance(put, Customer)]) == 1

    def test_a_name_too_long_to_keep_is_cut(self):
        puts, _ = edit_waiting(self.make(), 2, ["x" * 300])
        assert [put.name for put in puts if isinstance(put, Customer)] == ["x" * 200]


class TestTies:
    """A pinned item stays; what is of no use without another goes with it, and comes only after it."""

    def tied(self) -> State:
        state = planned([2.0, 3.0, 4.0], (30.0,))
        return add(state, Dependency(id=1, item_id=2, needs_id=1), Dependency(id=2, item_id=3, needs_id=2))

    def test_what_needs_a_dropped_item_goes_too_in_its_order(self):
        state = self.tied()
        command = drop(state, entry_of(state, 1), forecast(state))
        after = state.overlay(command)
        assert numbers(entries_of(after, "plan")) == []
        assert numbers(entries_of(after, "below")) == [1, 2, 3]
        decision = one_of(command, Decision)
        assert decision.odds_after == forecast(after).odds
        moves = [put for put in command.puts if isinstance(put, Move)]
        assert {(move.item_id, move.kind, move.decision_id) for move in moves} == {
            (number, "out", decision.id) for number in (1, 2, 3)
        }

    def test_all_that_go_stand_before_what_is_below_already(self):
        state = self.tied()
        add_item(state, 4, 1.0, state="below", rank=-2.0)
        after = state.overlay(drop(state, entry_of(state, 1), forecast(state)))
        ranks = [after.all(Item)[number].rank for number in (1, 2, 3, 4)]
        assert sorted(set(ranks)) == ranks

    def test_nothing_else_goes(self):
        state = self.tied()
        after = state.overlay(drop(state, entry_of(state, 3), forecast(state)))
        assert numbers(entries_of(after, "plan")) == [1, 2]

    @pytest.mark.parametrize("pinned", [1, 3])
    def test_a_pinned_item_stays_and_keeps_what_it_needs(self, pinned):
        state = self.tied()
        add(state, Pin(id=1, item_id=pinned, kind="regulatory"))
        with pytest.raises(Refused, match=f"“item {pinned}” stays in plan: a regulation holds it"):
            drop(state, entry_of(state, 1), forecast(state))

    def test_a_fill_passes_over_what_lacks_what_it_needs_until_that_is_there(self):
        state = empty((30.0,))
        add_item(state, 1, 2.0, state="below")
        add_item(state, 2, 2.0, state="below", rank=0.5)
        add(state, Dependency(id=1, item_id=2, needs_id=1))
        filled = fill(state, forecast(state))
        assert numbers(filled.taken) == [1]
        assert filled.unmet == 1
        state.tables["items"][2] = state.all(Item)[2].model_copy(update={"rank": 9.0})
        assert numbers(fill(state, forecast(state)).taken) == [1, 2]

    def test_it_cannot_ask_in_before_what_it_needs(self):
        state = empty((30.0,))
        add_item(state, 1, 2.0, state="below")
        add_item(state, 2, 2.0, state="below")
        add(state, Dependency(id=1, item_id=2, needs_id=1))
        with pytest.raises(Refused, match="“item 2” needs “item 1” first"):
            propose_item(state, 2)
        for there in ("plan", "done"):
            state.tables["items"][1] = state.all(Item)[1].model_copy(update={"state": there})
            assert propose_item(state, 2).item_id == 2
