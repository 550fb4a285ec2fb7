"""What a decision puts on record: figures before and after by hand, and the options that were on the table."""

from datetime import date

import pytest

from scenarios.decisions.log_words import option_words
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of
from scenarios.swaps import Swaps
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from scenarios.verdict.minutes import Minutes, on_record, options_of
from store.records.negotiation import DecisionDetail, DecisionOption
from tests.scenarios.making import NOON, add_item, empty, forecast, wait
from tests.scenarios.negotiating import customer, request, stored

ANA = Verdict("Ana", "the deal carries it", NOON)


@pytest.fixture
def trade():
    state = empty((28.0,))
    for number in range(1, 6):
        add_item(state, number, 4.0, value=float(number), slice="O" if number == 1 else "F")
    wait(state, 5, customer(state, 1, "Acme", 1_000.5), customer(state, 2, "Globex"))
    add_item(state, 9, 8.0, state="inbox", title="asked")
    request(state, 9, asked_by="sales-east")
    return Trade.of(state, propose_item(state, 9), forecast(state))


def test_the_chosen_one_is_marked_among_what_was_on_the_table(trade):
    swaps = Swaps(trade).best()
    assert len(swaps) > 1
    out = swaps[0].out
    command = on_record(trade, settle(trade, out, ANA), out, swaps=swaps)
    options = [put for put in command.puts if isinstance(put, DecisionOption)]
    assert len(options) == len(swaps)
    assert [option.chosen for option in options] == [True] + [False] * (len(swaps) - 1)
    for option, swap in zip(options, swaps, strict=True):
        assert (option.odds, option.ew, option.value) == (swap.odds, swap.frees, swap.value)
        assert all(each.entry.item.title in option.title for each in swap.out)


def test_the_revenue_of_an_option_says_of_how_many_it_is_known(trade):
    swap = Swaps(trade).swap_of([Leaving(entry_of(trade.state, 5))])
    (five,) = options_of([swap], swap.out, trade.after(swap.out))
    assert (five.arr, five.known, five.waiting) == (1_000.5, 1, 2)
    assert option_words(five).endswith("$1k a year waits (known for 1 of 2)")
    nobody = five.model_copy(update={"arr": None, "known": 0})
    assert option_words(nobody).endswith("2 wait, revenue unknown")
    older = five.model_copy(update={"known": None, "waiting": None})
    assert option_words(older).endswith("$1k a year waits")


def test_ones_own_choice_is_an_option_too(trade):
    out = [Leaving(entry_of(trade.state, number)) for number in (3, 4, 5)]
    command = on_record(trade, settle(trade, out, ANA), out)
    (option,) = [put for put in command.puts if isinstance(put, DecisionOption)]
    assert (option.chosen, option.ew, option.title) == (True, 12.0, "item 3, item 4, item 5")
    assert option.odds == trade.after(out).odds


def test_figures_before_and_after_and_what_was_said(trade):
    out = [Leaving(entry_of(trade.state, number)) for number in (3, 4, 5)]
    minutes = Minutes("Ana, Ben", "Ben: too early", "not before May", date(2027, 5, 1))
    after = stored(trade.state, on_record(trade, settle(trade, out, ANA), out, minutes))
    (detail,) = after.all(DecisionDetail).values()
    assert (detail.asked_by, detail.present, detail.dissent) == ("sales-east", "Ana, Ben", "Ben: too early")
    assert (detail.conditions, detail.review) == ("not before May", date(2027, 5, 1))
    # 5 x 4 before; 2 x 4 + 8 after, of which the one-off is 4.
    assert (detail.load_before, detail.load_after) == (20.0, 16.0)
    assert (detail.one_offs_before, detail.one_offs_after) == (0.2, 0.25)
