"""Values, pins, needs and smaller first versions, as they are edited and as they are settled and taken back."""

from dataclasses import replace
from datetime import date

import pytest

from scenarios.figures.sizes import Range
from scenarios.items.worth_and_ties import Ties, find_items, tie, ties_of, value_by
from scenarios.plan.departures import Leaving, circle, reached, versions_of
from scenarios.plan.item_values import model_of
from scenarios.plan.plan import entries_of, entry_of, plan_of
from scenarios.swaps import Swaps
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.common.errors import Refused
from store.records import Command, Dependency, Item, Move, Pin, Record, Size, State, Valuing, Version, VersionSize
from store.workspace.workspace import Workspace
from tests.scenarios.making import NOON, add, add_item, forecast, planned
from tests.scenarios.swaps.swapping import needs, pin, version

ANA = Verdict("Ana", "the deal carries it", NOON)
FULL = Ties(
    value=12.0,
    pin="regulatory",
    note="by June",
    needs=(2, 3),
    first_version={1: Range(1.0, 0.5, 2.0), 2: Range(0.5)},
    version_name="basics",
    version_value=7.0,
)


def stored(state: State, command: Command, first: int = 500) -> State:
    """The state after a command, with real ids for new records and what points at them, as the store has it."""
    after = state.overlay(command)
    fresh = {(put.table, put.id): first + at for at, put in enumerate(command.puts) if put.id < 0}
    for table, rows in after.tables.items():
        for key, row in list(rows.items()):
            moved = {
                name: fresh.get((kind, getattr(row, name)), getattr(row, name)) for name, kind in row.links.items()
            }
            del rows[key]
            number = fresh.get((table, key), key)
            rows[number] = row.model_copy(update={**moved, "id": number})
    return after


def begun(room: Workspace, given: State) -> None:
    """Put a state made by hand into a new workspace, which gives its own ids."""
    quarter = room.load().quarter
    tables = ("teams", "capacities", "items", "sizes", "versions", "version_sizes")
    keys = [(table, key) for table in tables for key in given.tables[table]]
    ids = {key: -1000 - at for at, key in enumerate(keys)} | {("quarters", 1): quarter.id}
    puts: list[Record] = [quarter.model_copy(update={"target": given.quarter.target})]
    for table, key in keys:
        row = given.tables[table][key]
        links = {name: ids[kind, to] for name, kind in row.links.items() if (to := getattr(row, name)) is not None}
        puts.append(row.model_copy(update={**links, "id": ids[table, key]}))
    room.apply(Command("edit", "begin", tuple(puts)))


def tied(state: State, ties: Ties, item_id: int = 1) -> State:
    return stored(state, tie(state, entry_of(state, item_id), ties), 700)


def three() -> State:
    return planned([{1: 3.0, 2: 2.0}, 2.0, 2.0], [20.0, 10.0])


class TestRoundTrips:
    @pytest.mark.parametrize(
        "ties",
        [
            Ties(),
            FULL,
            replace(FULL, needs=(3,), first_version={2: Range(1.0)}, pin=None, note="", value=None),
            replace(FULL, version_name="second", version_value=None, pin="started"),
        ],
    )
    def test_what_was_said_is_what_is_known_then_from_nothing_and_from_something(self, ties):
        for state in (three(), tied(three(), FULL)):
            after = tied(state, ties)
            found = ties_of(after, after.all(Item)[1])
            # A version that nobody knows has no name, and the own score has no parts.
            assert found == replace(ties, parts={})
            assert tie(after, entry_of(after, 1), ties).empty

    def test_the_parts_of_the_workspaces_model(self):
        state = three()
        state = stored(state, value_by(state, "rice"), 600)
        assert model_of(state) == "rice"
        assert value_by(state, "rice").empty
        given = Ties(parts={"reach": 100.0, "impact": 2.0, "confidence": None})
        after = tied(state, given)
        assert ties_of(after, after.all(Item)[1]) == given
        back = stored(after, value_by(after, "score"), 800)
        assert model_of(back) == "score"
        assert len(back.all(Valuing)) == 1

    def test_taking_all_back_leaves_nothing(self):
        after = tied(tied(three(), FULL), Ties())
        for kind in (Pin, Dependency, Version, VersionSize):
            assert not after.all(kind)


class TestWhatCannotBe:
    def test_a_circle_of_needs_is_refused_and_named(self):
        state = three()
        needs(state, (2, 3), (3, 1))
        with pytest.raises(Refused, match="That would be a circle") as error:
            tie(state, entry_of(state, 1), Ties(needs=(2,)))
        assert error.value.field == "needs"
        assert all(f"“item {number}”" in str(error.value) for number in (1, 2, 3))
        assert tie(state, entry_of(state, 2), Ties(needs=(3,))).empty

    def test_a_first_version_is_smaller(self):
        state = three()
        for weeks in (5.0, 6.0):
            with pytest.raises(Refused, match=r"smaller than the item's 5\.0 ew") as error:
                tie(state, entry_of(state, 1), Ties(first_version={1: Range(weeks)}))
            assert error.value.field == "version"
        with pytest.raises(Refused):
            tie(state, entry_of(state, 1), Ties(first_version={1: Range(-1.0)}))

    def test_names_that_are_nobodys_or_several_or_its_own(self):
        state = three()
        add(state, state.all(Item)[3].model_copy(update={"title": "Slack digest", "source_key": "PAY-7"}))
        assert find_items(state, "pay-7; ITEM 2; slack", 1) == (3, 2)
        for text, said in (("nothing", "no item “nothing”"), ("item", "could be"), ("item 1", "need itself")):
            with pytest.raises(Refused, match=said):
                find_items(state, text, 1)


class TestEdges:
    def test_reached_and_circle(self):
        edges = {1: (2,), 2: (3,), 4: (1,)}
        assert reached(edges, (4,)) == {1, 2, 3}
        assert circle(edges) == ()
        assert sorted(circle({**edges, 3: (1,)})) == [1, 2, 3]
        assert circle({5: (5,)}) == (5,)

    def test_a_version_that_asks_more_of_any_team_is_no_smaller_one(self):
        state = three()
        version(state, 1, {1: 1.0, 2: 1.0}, number=1)
        version(state, 1, {1: 0.5, 2: 3.0}, number=2)
        # Item 2 is on the first team alone: a version of it that needs the second one is no way to free it.
        version(state, 2, {1: 0.5, 2: 1.0}, number=3)
        found = versions_of(state, entries_of(state, "plan"))
        assert {key: [each.version.id for each in ways] for key, ways in found.items()} == {1: [1]}
        assert dict(found[1][0].frees) == {1: 2.0, 2: 1.0}
        assert found[1][0].words == "item 1 → basics (-3.0)"


def request(state: State, weeks: float = 4.0) -> Trade:
    add_item(state, 90, weeks, state="inbox", title="asked")
    return Trade.of(state, propose_item(state, 90), forecast(state))


class TestSettling:
    def test_a_first_version_stays_in_plan_smaller(self):
        state = planned([{1: 5.0, 2: 1.0}, 4.0, 4.0], [18.5, 9.0])
        version(state, 1, {1: 1.0}, 3.0)
        trade = request(state, 3.0)
        (smaller,) = versions_of(state, trade.leavable)[1]
        command = settle(trade, [smaller], ANA)
        after = stored(state, command)
        assert [entry.item.id for entry in plan_of(after).entries] == [1, 2, 3, 90]
        assert [(one.team_id, one.likely) for one in entry_of(after, 1).sizes] == [(1, 1.0)]
        assert after.all(Item)[1].value == 3.0
        lines = [(line.item_id, line.kind, line.title, line.ew) for line in after.all(Move).values()]
        assert (1, "resized", "item 1 → basics", 1.0) in lines
        # What stands in the plan then has the odds that the trade said.
        assert forecast(after).odds == trade.after([smaller]).odds

    def test_what_is_pinned_and_what_others_need_is_refused(self):
        state = planned([4.0, 4.0, 4.0], [19.0])
        pin(state, 1)
        needs(state, (3, 2))
        trade = request(state)
        first, second, third = (Leaving(entry_of(state, number)) for number in (1, 2, 3))
        with pytest.raises(Refused, match="“item 1” stays in plan: a contract holds it"):
            settle(trade, [first], ANA)
        with pytest.raises(Refused, match="What leaves is needed by “item 3”"):
            settle(trade, [second], ANA)
        after = stored(state, settle(trade, [second, third], ANA))
        assert [entry.item.id for entry in plan_of(after).entries] == [1, 90]

    def test_undo_brings_the_whole_item_back(self, tmp_path):
        given = planned([{1: 5.0, 2: 1.0}, 4.0, 4.0], [18.5, 9.0])
        version(given, 1, {1: 1.0}, 3.0)
        add_item(given, 90, 3.0, state="inbox", title="asked")
        with Workspace.open(tmp_path / "room.makeroom", actor="ada", today=date(2026, 11, 21), seed=7) as room:
            begun(room, given)
            state = room.load()
            ids = {row.title: row.id for row in state.all(Item).values()}
            trade = Trade.of(state, propose_item(state, ids["asked"]), forecast(state))
            rows = Swaps(trade).ranked("clean", 10)
            swap = next(each for each in rows if any(one.version is not None for one in each.out))
            room.apply(settle(trade, swap.out, ANA))
            settled = room.load()
            assert forecast(settled).odds == swap.odds
            assert [one.likely for one in entry_of(settled, ids["item 1"]).sizes] == [1.0]
            room.undo()
            back = room.load()
            for table in ("items", "sizes", "versions", "version_sizes", "moves", "decisions", "pins"):
                assert {key: row.model_dump(exclude={"rev"}) for key, row in back.tables[table].items()} == {
                    key: row.model_dump(exclude={"rev"}) for key, row in state.tables[table].items()
                }
            assert back.all(Size) != settled.all(Size)
