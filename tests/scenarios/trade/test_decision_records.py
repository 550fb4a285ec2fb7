"""What the log says of items: the way out that each takes, and what those that are done took."""

from datetime import timedelta

from scenarios.trade.decision_records import took_by_item, way_by_item
from store.records import Actual, Decision, DecisionKind, Move, MoveKind, State
from store.records.negotiation import WayOut
from tests.scenarios.making import NOON, add, add_item, empty


def decide(state: State, number: int, kind: DecisionKind, hours: int, *moves: tuple[int, MoveKind]) -> None:
    """A decision so many hours after noon, with lines of items."""
    add(state, Decision(id=number, quarter_id=1, at=NOON + timedelta(hours=hours), kind=kind, title=kind))
    for at, (item_id, moved) in enumerate(moves):
        add(state, Move(id=10 * number + at, decision_id=number, item_id=item_id, kind=moved, title=f"item {item_id}"))


def ways(state: State) -> dict[int, int]:
    return {item_id: way.id for item_id, way in way_by_item(state).items()}


class TestWays:
    def room(self) -> State:
        state = empty()
        for number in (1, 2):
            add_item(state, number, 3.0, state="below")
        return state

    def test_the_last_that_was_decided_counts(self) -> None:
        state = self.room()
        for number, hours in ((1, 2), (2, 3), (3, 1)):
            decide(state, number, "trade", hours)
            add(state, WayOut(id=number, item_id=1, decision_id=number, kind="pilot"))
        add(state, WayOut(id=9, item_id=2, kind="pilot"))
        assert ways(state) == {1: 2}

    def test_at_the_same_time_the_later_number_counts(self) -> None:
        state = self.room()
        for number in (2, 1):
            decide(state, number, "trade", 1)
            add(state, WayOut(id=number, item_id=1, decision_id=number, kind="pilot"))
        assert ways(state) == {1: 2}

    def test_an_item_that_comes_in_or_leaves_later_takes_it_no_more(self) -> None:
        for moved, kind, left in (
            ("in", "trade", {}),
            ("out", "drop", {}),
            ("out", "close", {1: 1}),
            ("resized", "estimate", {1: 1}),
        ):
            state = self.room()
            decide(state, 1, "trade", 1)
            add(state, WayOut(id=1, item_id=1, decision_id=1, kind="pilot"))
            decide(state, 2, kind, 2, (1, moved), (2, "in"))
            assert ways(state) == left, moved

    def test_what_came_before_it_or_with_it_leaves_it(self) -> None:
        state = self.room()
        decide(state, 1, "trade", 1, (1, "in"))
        decide(state, 2, "trade", 2, (1, "out"))
        add(state, WayOut(id=1, item_id=1, decision_id=2, kind="pilot"))
        assert ways(state) == {1: 1}


class TestWhatItTook:
    def closed(self, *titles: str) -> State:
        """Items that are done, each with 5 ew in the line of the close."""
        state = empty()
        decide(state, 1, "close", 1)
        for number, title in enumerate(titles, 1):
            add_item(state, number, 3.0, title=title, state="done")
            add(state, Move(id=number, decision_id=1, item_id=number, kind="out", title=title, ew=5.0))
        return state

    def count(self, state: State, title: str, *took: float, counted: bool = True) -> None:
        for at, weeks in enumerate(took, 1 + len(state.all(Actual))):
            row = {"id": at, "quarter": "Q1", "number": 1, "team_id": 1, "title": title, "estimate": 3.0}
            add(state, Actual.model_validate({**row, "actual": weeks, "counted": counted}))

    def test_all_teams_together_as_corrected(self) -> None:
        state = self.closed("One", "Other", "Nobody counted")
        self.count(state, "One", 2.0, 4.5)
        self.count(state, "Nobody counted", 3.0, counted=False)
        assert took_by_item(state) == {1: 6.5, 2: 5.0}

    def test_two_of_one_title_have_what_the_close_said(self) -> None:
        state = self.closed("Same", "Same")
        self.count(state, "Same", 2.0, 4.5)
        assert took_by_item(state) == {1: 5.0, 2: 5.0}
