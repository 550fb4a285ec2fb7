"""Dependencies and parents of imported rows: what is taken, what closes a circle, and no work twice."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.imports.merge import plan_import
from store.imports.options import ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Dependency, Item, State
from tests.store.imports.test_import_merge import after, fresh
from tests.store.imports.test_import_merge import plan as plan_text


def edges(state: State) -> set[tuple[str | None, str | None]]:
    items = state.all(Item)
    return {(items[row.item_id].source_key, items[row.needs_id].source_key) for row in state.each(Dependency)}


def noted(done: ImportPlan, words: str) -> bool:
    return any(words in note for note in done.notes)


class TestDependencies:
    def test_both_sides_say_the_same(self) -> None:
        done = plan_text("key,title,blocks,blocked by\nA-1,A,A-2,\nA-2,B,,A-1\n")
        assert edges(after(fresh(), done)) == {("A-2", "A-1")}

    def test_several_in_a_cell_and_titles(self) -> None:
        done = plan_text('key,title,depends on\nA-1,"Log, audit",\nA-2,B,\nA-3,C,"Log, audit"\nA-4,D,"A-1, A-2"\n')
        assert edges(after(fresh(), done)) == {("A-3", "A-1"), ("A-4", "A-1"), ("A-4", "A-2")}

    def test_what_is_not_here_is_said(self) -> None:
        done = plan_text("key,title,blocked by\nA-1,A,X-9\nA-2,B,A-2\n")
        assert edges(after(fresh(), done)) == set()
        assert noted(done, "neither here nor taken from this file: X-9")

    def test_on_items_that_are_here_already(self) -> None:
        state = after(fresh(), plan_text("key,title\nA-1,A\n"))
        assert edges(after(state, plan_text("key,title,blocked by\nA-2,B,A-1\n", state))) == {("A-2", "A-1")}

    def test_a_circle_is_reported_and_left_out(self) -> None:
        done = plan_text("key,title,blocked by\nA-1,A,A-2\nA-2,B,A-3\nA-3,C,A-1\nA-4,D,A-1\n")
        assert edges(after(fresh(), done)) == {("A-1", "A-2"), ("A-2", "A-3"), ("A-4", "A-1")}
        assert noted(done, "would close a circle of needs: A-3 needs A-1.")

    def test_a_circle_with_what_people_said(self) -> None:
        state = after(fresh(), plan_text("key,title\nA-1,A\nA-2,B\n"))
        one, two = state.each(Item)
        state.tables["dependencies"][1] = Dependency(id=1, item_id=one.id, needs_id=two.id)
        done = plan_text("key,title,blocked by\nA-1,A,\nA-2,B,A-1\n", state)
        assert done.command().empty
        assert noted(done, "A-2 needs A-1")

    @settings(max_examples=25)
    @given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14))
    def test_never_a_circle_and_nothing_left_out_for_nothing(self, said: set[tuple[int, int]]) -> None:
        """Against brute force: what is kept can be put in an order, and each edge left out would spoil every order."""
        rows = "".join(
            f"A-{one},T{one},{';'.join(f'A-{other}' for each, other in sorted(said) if each == one)}\n"
            for one in range(6)
        )
        kept = {
            (int(one[2:]), int(other[2:]))
            for one, other in edges(after(fresh(), plan_text(f"key,title,blocked by\n{rows}")))
            if one and other
        }
        assert orderable(kept)
        said = {(one, other) for one, other in said if one != other}
        assert kept <= said
        for edge in said - kept:
            assert not orderable(kept | {edge})

    def test_a_chain_of_thousands(self) -> None:
        rows = "".join(f"A-{at},T{at},A-{at - 1}\n" for at in range(1, 1_500))
        done = plan_text(f"key,title,blocked by\nA-0,T0,\n{rows}")
        assert len(edges(after(fresh(), done))) == 1_499

    def test_a_ring_of_thousands(self) -> None:
        rows = "".join(f"A-{at},T{at},A-{(at - 1) % 1_500}\n" for at in range(1_500))
        done = plan_text(f"key,title,blocked by\n{rows}")
        assert noted(done, "circle")
        assert len(done.new) == 1_500


def orderable(found: set[tuple[int, int]]) -> bool:
    return any(all(order.index(other) < order.index(one) for one, other in found) for order in permutations(range(6)))


HEAD = "key,title,type,points,parent\n"


class TestParents:
    @pytest.mark.parametrize(
        ("rows", "taken"),
        [
            # An epic with its stories: the stories are the work, sized or not, and whatever the epic says.
            ("E,Epic,Epic,,\nS,Story,Story,3,E\n", "S"),
            ("E,Epic,Epic,20,\nS,Story,Story,3,E\nT,Story 2,Story,,E\n", "ST"),
            ("E,Epic,Epic,,\nS,Story,Story,,E\n", "S"),
            # One estimate above rows that have none.
            ("E,Epic,Epic,20,\nS,Story,Story,,E\nT,Story 2,Story,,E\n", "E"),
            # Sub-tasks are steps, unless only they say how much it is.
            ("S,Story,Story,5,\nA,Step,Sub-task,,S\nB,Step 2,Sub-task,2,S\n", "S"),
            ("S,Story,Story,,\nA,Step,Sub-task,,S\n", "S"),
            ("S,Story,Story,,\nA,Step,Sub-task,2,S\nB,Step 2,Sub-task,1,S\n", "AB"),
            # Three levels.
            ("E,Epic,Epic,,\nS,Story,Story,5,E\nA,Step,Sub-task,,S\n", "S"),
            ("E,Epic,Epic,9,\nS,Story,Story,,E\nA,Step,Sub-task,,S\n", "E"),
            # What is done says nothing, and a parent elsewhere neither.
            ("S,Story,Story,5,X\n", "S"),
            ("A,One,Story,1,B\nB,Two,Story,1,A\n", "A"),
            ("A,One,Story,1,A\n", "A"),
        ],
    )
    def test_one_side_is_taken(self, rows: str, taken: str) -> None:
        done = plan_text(HEAD + rows, options=ImportOptions(points_per_ew=8))
        assert "".join(one.key for one in done.new) == taken
        assert len(done.new) + len(done.rejected) == rows.count("\n")

    def test_done_children_do_not_make_a_container(self) -> None:
        done = plan_text("key,title,status,parent\nE,Epic,To Do,\nS,Story,Done,E\n")
        assert [one.key for one in done.new] == ["E"]

    def test_both_on_request(self) -> None:
        rows = "E,Epic,Epic,20,\nS,Story,Story,3,E\n"
        done = plan_text(HEAD + rows, options=ImportOptions(points_per_ew=8, parents="both"))
        assert [one.key for one in done.new] == ["E", "S"]

    def test_an_item_that_is_here_stays_compared(self) -> None:
        """Somebody planned with the epic before it had stories."""
        state = after(fresh(), plan_text("key,title,type,parent\nE,Epic,Epic,\n"))
        done = plan_text("key,title,type,parent\nE,Epic 2,Epic,\nS,Story,Story,E\n", state)
        assert [one.new_title for one in done.updated] == ["Epic 2"]
        assert [one.key for one in done.new] == ["S"]

    def test_a_long_line_of_ancestors(self) -> None:
        rows = "".join(f"A{at},T{at},,1,A{at - 1}\n" for at in range(1_000))
        done = plan_import(fresh(), parse_table((HEAD + rows).encode(), "f.csv"), ImportOptions(points_per_ew=8))
        assert len(done.new) + len(done.rejected) == 1_000
