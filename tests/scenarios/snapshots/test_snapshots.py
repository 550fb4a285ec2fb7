"""Snapshots: what is frozen comes back the same, to the last digit, through TOML and through a restore. About 12 s."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.accounts.currency import write_currency
from scenarios.compare.differences import differences_of
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import entries_of, plan_of
from scenarios.snapshots import (
    content_hash,
    forecast_of_frozen,
    freeze,
    from_toml,
    frozen_of,
    pack,
    plan_of_frozen,
    record,
    restore,
    snapshot_record,
    state_of_frozen,
    to_toml,
    unpack,
)
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade, forecast_of
from store.common.errors import Refused
from store.records import (
    Customer,
    Decision,
    Dependency,
    Item,
    Pin,
    Signature,
    Size,
    Slice,
    State,
    Version,
    VersionSize,
    Wait,
)
from store.records.negotiation import Charter
from tests.scenarios.making import NOON, add, add_item, empty, planned, wait
from tests.scenarios.negotiating import charter
from tests.scenarios.snapshots.snapshotting import copied, jumbled, settled, workspace

PROFILE = settings(max_examples=200, deadline=None, derandomize=True)


def told(state: State) -> dict[int, tuple[object, ...]]:
    """The plan by draw number, read without the code under test."""
    titles = {item.id: item.draw for item in state.each(Item)}
    names = {one.id: one.name for one in state.each(Customer)}
    found = {}
    for item in state.each(Item):
        if item.state != "plan":
            continue
        versions = [
            (row.position, row.name, row.value, version_sizes(state, row.id))
            for row in state.each(Version)
            if row.item_id == item.id
        ]
        found[item.draw] = (
            item.title, item.rank, item.slice, item.owner, item.note, item.value, item.due, item.baselined,
            sorted((s.team_id, s.low or 0, s.likely, s.high or 0) for s in state.each(Size) if s.item_id == item.id),
            sorted(names[row.customer_id] for row in state.each(Wait) if row.item_id == item.id),
            sorted(titles[row.needs_id] for row in state.each(Dependency) if row.item_id == item.id),
            [(row.kind, row.note) for row in state.each(Pin) if row.item_id == item.id],
            sorted(versions, key=lambda row: row[0]),
        )  # fmt: skip
    return found


def version_sizes(state: State, version_id: int) -> list[tuple[object, ...]]:
    rows = (row for row in state.each(VersionSize) if row.version_id == version_id)
    return sorted((row.team_id, row.low or 0, row.likely, row.high or 0) for row in rows)


@PROFILE
@given(st.integers(0, 2**32), st.lists(st.text(min_size=1, max_size=12), max_size=6))
def test_toml_out_and_in_again_is_the_identical_snapshot(seed: int, titles: list[str]) -> None:
    state = workspace(random.Random(seed), titles)
    frozen = freeze(state)
    text = to_toml(frozen)
    again = from_toml(text)
    assert again == frozen
    assert to_toml(again) == text
    assert unpack(pack(text)) == text


def test_the_figures_of_a_snapshot_are_those_of_the_plan_to_the_last_digit() -> None:
    for seed in range(60):
        state = workspace(random.Random(seed))
        # Through text: what is not in the file cannot help.
        frozen = from_toml(to_toml(freeze(state)))
        now, then = forecast_of(state), forecast_of_frozen(frozen)
        assert then.odds == now.odds
        assert then.team_odds == now.team_odds
        assert then.load_range == now.load_range
        assert list(then.item_odds.values()) == list(now.item_odds.values())
        plan = plan_of_frozen(frozen)
        assert [entry.item.draw for entry in plan.entries] == [entry.item.draw for entry in now.plan.entries]
        assert plan.load == now.plan.load
        slices = state_of_frozen(frozen).all(Slice).values()
        assert mix_of(plan.entries, slices).one_offs == mix_of(now.plan.entries, state.each(Slice)).one_offs


def test_save_and_restore_give_the_identical_plan_odds_and_hash() -> None:
    restored = 0
    for seed in range(200):
        chance = random.Random(seed)
        state = workspace(chance)
        frozen = freeze(state)
        later = jumbled(chance, state)
        restoring = restore(later, from_toml(to_toml(frozen)))
        back = settled(later, restoring)
        assert told(back) == told(state), seed
        assert forecast_of(back).odds == forecast_of(state).odds
        assert content_hash(freeze(back)) == content_hash(frozen), seed
        assert back.quarter.target == state.quarter.target
        restored += not restoring.nothing
        # What is not in plan keeps its place below the line, with what came in since before it.
        below = [entry.item.id for entry in entries_of(state, "below")]
        still = [entry.item.id for entry in entries_of(back, "below") if entry.item.id in below]
        if all(later.all(Item)[key] == state.all(Item)[key] for key in below):
            assert still == below
    assert restored > 150


def test_a_restore_is_one_decision_that_says_what_moved() -> None:
    state = planned([2.0, 3.0, 4.0])
    frozen = freeze(state)
    later = copied(state)
    add(later, later.all(Item)[1].model_copy(update={"state": "below"}))
    add_item(later, 9, 5.0, title="came later", rank=9.0)
    add(later, later.all(Size)[201].model_copy(update={"likely": 3.5}))
    restoring = restore(later, frozen, "the plan as in “agreed”")
    lines = {(move.kind, move.title, move.ew) for move in restoring.proposal.moves}
    assert lines == {("in", "item 1", 2.0), ("out", "came later", 5.0), ("resized", "item 2", 3.0)}
    done = settle(Trade.of(later, restoring.proposal, forecast_of(later)), (), Verdict("Ana", "go back", NOON))
    decisions = [put for put in done.puts if isinstance(put, Decision)]
    assert [(each.title, each.decided_by) for each in decisions] == [("the plan as in “agreed”", "Ana")]
    assert "came later" in done.label
    assert restore(later.overlay(done), frozen).nothing


def test_a_snapshot_below_its_target_needs_a_signature_or_a_trade() -> None:
    over = planned([9.0, 9.0, 9.0, 9.0])
    frozen = freeze(over)
    state = copied(over)
    for number in (3, 4):
        add(state, state.all(Item)[number].model_copy(update={"state": "below"}))
    trade = Trade.of(state, restore(state, frozen).proposal, forecast_of(state))
    assert not trade.fits
    with pytest.raises(Refused, match="still short"):
        settle(trade, (), Verdict("", "", NOON))
    signed = settle(trade, (), Verdict("Ana", "because", NOON, signed=True))
    assert any(isinstance(put, Signature) for put in signed.puts)


def test_what_gives_way_to_a_restore_may_be_what_it_changes() -> None:
    """An item whose size and rank go back, and that leaves for it or becomes its first version, is written once."""
    over = planned([9.0, 9.0, 9.0, 9.0])
    add(over, Version(id=1, item_id=2, name="first"), VersionSize(id=1, version_id=1, team_id=1, likely=1.0))
    frozen = freeze(over)
    state = copied(over)
    add(state, state.all(Item)[4].model_copy(update={"state": "below"}))
    for number in (1, 2):
        add(state, state.all(Item)[number].model_copy(update={"rank": 50.0 + number}))
        add(state, state.all(Size)[100 * number + 1].model_copy(update={"likely": 0.5}))
    trade = Trade.of(state, restore(state, frozen).proposal, forecast_of(state))
    first = next(each for each in trade.candidates if each.entry.item.id == 1)
    second = next(each for each in trade.candidates if each.entry.item.id == 2)
    for out in ([first.entry], [first.entry, second.versions[0]]):
        command = settle(trade, out, _signed())
        keys = [(put.table, put.id) for put in (*command.puts, *command.removes)]
        assert len(keys) == len(set(keys))
        later = state.overlay(command)
        assert later.all(Item)[1].state == "below"
        likely = next(size.likely for size in later.each(Size) if size.item_id == 2)
        assert likely == (1.0 if len(out) == 2 else 9.0)
        assert len([size for size in later.each(Size) if size.item_id == 2]) == 1


def _signed() -> Verdict:
    return Verdict("Ana", "because", NOON, signed=True)


def test_what_is_pinned_now_does_not_leave_by_a_restore() -> None:
    state = planned([2.0, 3.0])
    frozen = freeze(state)
    add_item(state, 9, 5.0, title="promised")
    add(state, Pin(id=1, item_id=9, kind="contractual"))
    with pytest.raises(Refused, match="“promised” stays in plan: a contract holds it"):
        restore(state, frozen)


def test_a_snapshot_of_another_quarter_is_not_restored() -> None:
    state = planned([2.0])
    frozen = freeze(state)
    quarter = state.quarter
    later = quarter.starts.replace(month=4), quarter.ends.replace(month=6, day=30)
    add(state, quarter.model_copy(update={"starts": later[0], "ends": later[1], "name": "Q2"}))
    with pytest.raises(Refused, match="a plan of Q1, and Q2 is planned now"):
        restore(state, frozen)


def other_workspace() -> State:
    """The same things under other numbers: teams turned round, items known by key, by title, or not at all."""
    state = empty([20.0, 25.0], seed=99)
    teams = state.tables["teams"]
    teams[1], teams[2] = (teams[1].model_copy(update={"name": "web"}), teams[2].model_copy(update={"name": "PAY"}))
    add_item(state, 51, {2: 1.0}, title="called otherwise here", source_key="PAY-7", state="below", draw=9001)
    add_item(state, 52, {2: 1.0}, title="by title", state="inbox", draw=9002)
    add_item(state, 53, {1: 4.0}, title="only here", draw=9003)
    return state


def from_elsewhere() -> State:
    state = empty([30.0, 28.0], seed=7)
    add_item(state, 1, {1: 3.0}, title="by key", source_key="PAY-7")
    add_item(state, 2, {2: 2.0, 1: 1.0}, title="by title")
    add_item(state, 3, {1: 2.5}, title="nowhere else")
    wait(state, 3, Customer(id=1, name="Acme", arr=5.0))
    add(state, Dependency(id=1, item_id=3, needs_id=2))
    return state


def test_another_workspaces_items_are_known_by_key_and_title_teams_by_name() -> None:
    state, frozen = other_workspace(), freeze(from_elsewhere())
    restoring = restore(state, frozen)
    assert restoring.unmatched == ("nowhere else",)
    back = settled(state, restoring)
    plan = {entry.item.id: entry for entry in plan_of(back).entries}
    assert plan.keys() == {51, 52}
    assert plan[51].item.title == "by key"
    assert {size.team_id: size.likely for size in plan[52].sizes} == {1: 2.0, 2: 1.0}
    assert plan_of(back).net == {1: 28.0, 2: 30.0}
    assert back.all(Item)[53].state == "below"
    assert plan[51].item.draw == 9001, "an item's luck is its own"


def test_amounts_of_another_currency_are_none_of_todays() -> None:
    """Taken in dollars, restored and compared where all is in euros since: what is here stays, and that is said."""
    then = from_elsewhere()
    charter(then, rate=12_000.0, licence=900.0)
    frozen = from_toml(to_toml(freeze(then)))
    assert frozen.currency == "USD"
    now = then.overlay(write_currency(then, "EUR", 0.5))
    wait(now, 3, Customer(id=2, name="Globex", arr=7.0))
    del now.tables["waits"][2]
    restoring = restore(now, frozen)
    assert any("in USD, and they are in EUR now: revenue and rates stay" in note for note in restoring.notes)
    back = settled(now, restoring)
    assert [row.arr for row in back.each(Customer)] == [2.5, 7.0]
    assert [(row.rate, row.licence) for row in back.each(Charter)] == [(6_000.0, 450.0)]
    assert differences_of(freeze(now), frozen) == ()
    # One that was taken before the currency was kept is taken at its word.
    before = frozen.model_copy(update={"currency": None})
    assert [row.arr for row in settled(now, restore(now, before)).each(Customer)] == [5.0, 7.0]


def test_what_is_not_here_is_made_if_asked() -> None:
    state, frozen = other_workspace(), freeze(from_elsewhere())
    del state.tables["teams"][2]
    del state.tables["capacities"][2]
    for size in [size for size in state.each(Size) if size.team_id == 2]:
        del state.tables["sizes"][size.id]
    with_gap = restore(state, frozen)
    assert len(with_gap.unmatched) == 3
    assert any("no team “Pay” here" in note for note in with_gap.notes)
    back = settled(state, restore(state, frozen, make_missing=True))
    assert {entry.item.title for entry in plan_of(back).entries} == {"by key", "by title", "nowhere else"}
    made = next(item for item in back.each(Item) if item.title == "nowhere else")
    assert [need.needs_id for need in back.each(Dependency) if need.item_id == made.id] == [52]
    assert [back.all(Customer)[row.customer_id].name for row in back.each(Wait) if row.item_id == made.id] == ["Acme"]
    # The draw numbers of 51 and 52 and the seed are this workspace's own; all else is the snapshot's.
    there, here = freeze(from_elsewhere(), figures=False), freeze(back, figures=False)
    assert [item.title for _, item in here.ranked] == [item.title for _, item in there.ranked]
    assert [item.ew for _, item in here.ranked] == [item.ew for _, item in there.ranked]


def test_a_team_that_came_later_goes_unless_something_refers_to_it() -> None:
    state = planned([2.0])
    frozen = freeze(state)
    later = empty([30.0, 9.0])
    add_item(later, 1, 2.0)
    assert set(plan_of(settled(later, restore(later, frozen))).net) == {1}
    add_item(later, 8, {2: 1.0}, state="below")
    restoring = restore(later, frozen)
    assert any("“Web” came later, and stays" in note for note in restoring.notes)


def test_a_stored_snapshot_comes_back_and_tells_if_it_was_changed() -> None:
    state = planned([2.0, 3.0])
    frozen = freeze(state)
    row = snapshot_record(state, frozen, "  before\tthe meeting ", at=NOON, author="Ana")
    assert row.name == "before the meeting"
    assert row.hash == content_hash(frozen)
    record._known.clear()
    assert frozen_of(row) == frozen
    with pytest.raises(Refused, match="not as it was written"):
        frozen_of(row.model_copy(update={"hash": "0" * 64}))
    with pytest.raises(Refused, match="damaged"):
        frozen_of(row.model_copy(update={"content": row.content[:-8]}))
    with pytest.raises(Refused, match="needs a name"):
        snapshot_record(state, frozen, " \u200b ", at=NOON)


def test_a_packed_text_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(Refused, match="larger than"):
        unpack(pack("\0" * 90_000_000))


def test_ranges_that_no_file_may_have_come_back_from_the_store_all_the_same() -> None:
    state = planned([(5.0, 3.0, 4.0)])
    frozen = freeze(state)
    row = snapshot_record(state, frozen, "odd", at=NOON)
    record._known.clear()
    assert frozen_of(row) == frozen


def test_a_scenario_is_a_copy_and_its_plan_restores_here_as_there() -> None:
    """The same file copied: draw numbers are the same, and so is everything that follows."""
    for seed in range(30):
        state = workspace(random.Random(seed))
        scenario = jumbled(random.Random(seed + 1), state)
        planned_there = {item.id for item in scenario.each(Item) if item.state == "plan"}
        for need in list(scenario.each(Dependency)):
            if need.needs_id not in planned_there:
                del scenario.tables["dependencies"][need.id]
        # What is pinned does not leave: see above.
        pinned = {pin.item_id for pin in state.each(Pin)}
        if any(item.id in pinned and item.id not in planned_there for item in state.each(Item) if item.state == "plan"):
            continue
        back = settled(state, restore(state, freeze(scenario), make_missing=True))
        assert told(back) == told(scenario)
        assert forecast_of(back).odds == forecast_of(scenario).odds
