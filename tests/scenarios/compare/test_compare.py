"""Two plans side by side: the differences against sets, and all of them taken over. About 6 s."""

import random
from datetime import timedelta
from itertools import permutations

import pytest

from scenarios.compare import Side, apply, compare, forwards, side_now, side_of, since_baseline, take
from scenarios.compare.differences import differences_of
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import plan_of
from scenarios.reports.comparison import difference_groups, figure_rows
from scenarios.rules.charter import FIGURES
from scenarios.snapshots import Frozen, freeze
from scenarios.snapshots.frozen import FrozenCharter
from scenarios.snapshots.restore import restore
from scenarios.trade.door import forecast_of
from store.common.errors import Refused
from store.records import Customer, Decision, Dependency, Item, Move, Origin, Quarter, Request, Size, Slice, State
from tests.scenarios.making import NOON, add, add_item, planned, wait
from tests.scenarios.odds import running_making
from tests.scenarios.odds.running_making import runs
from tests.scenarios.snapshots.snapshotting import copied, jumbled, settled, workspace


def bare(frozen: Frozen) -> Frozen:
    return frozen.model_copy(update={"figures": None})


def pairs(count: int) -> list[tuple[State, State]]:
    """A workspace beside a later state of itself, and beside one that has nothing but draw numbers in common."""
    found = []
    for seed in range(count):
        chance = random.Random(seed)
        one = workspace(chance)
        found.append((one, jumbled(chance, one) if seed % 3 else workspace(random.Random(1000 + seed))))
    return found


def by_draw_alone(state: State) -> State:
    """The same items with nothing else to be known by."""
    later = copied(state)
    for item in state.each(Item):
        add(later, item.model_copy(update={"source_key": None, "title": f"item of {item.draw}"}))
    return later


def sizes_of(state: State, item_id: int) -> list[tuple[float, ...]]:
    rows = (row for row in state.each(Size) if row.item_id == item_id)
    return sorted((row.team_id, row.low or 0, row.likely, row.high or 0) for row in rows)


def test_the_differences_are_those_of_two_sets() -> None:
    seen: set[str] = set()
    for one, other in pairs(150):
        one, other = by_draw_alone(one), by_draw_alone(other)
        a, b = freeze(one, figures=False), freeze(other, figures=False)
        found = differences_of(a, b)
        seen |= {each.kind for each in found}
        ours = {item.draw: item for item in a.items.values()}
        theirs = {item.draw: item for item in b.items.values()}
        draws = {
            each.id: (a.items.get(each.key_a or "") or b.items[each.key_b or ""]).draw for each in found if each.item
        }

        def told(kind: str, found=found, draws=draws) -> set[int]:  # type: ignore[no-untyped-def]
            return {draws[each.id] for each in found if each.kind == kind}

        assert told("only a") == ours.keys() - theirs.keys()
        assert told("only b") == theirs.keys() - ours.keys()
        both = ours.keys() & theirs.keys()
        sizes = [{item.draw: sizes_of(state, item.id) for item in state.each(Item)} for state in (one, other)]
        assert told("resized") == {draw for draw in both if sizes[0][draw] != sizes[1][draw]}
        nets = plan_of(one).net, plan_of(other).net
        changed = {key for key in {**nets[0], **nets[1]} if nets[0].get(key) != nets[1].get(key)}
        assert sum(each.kind == "capacity" for each in found) == len(changed)
        assert any(each.kind == "target" for each in found) == (one.quarter.target != other.quarter.target)
    assert {"only a", "only b", "resized", "ranked", "capacity", "target", "aim", "quarter", "edited"} <= seen


def test_the_fewest_items_are_said_to_have_moved_in_rank() -> None:
    state = planned([1.0] * 6)
    later = copied(state)
    add(later, later.all(Item)[6].model_copy(update={"rank": 0.5}))
    found = differences_of(freeze(state), freeze(later))
    assert [(each.title, each.words) for each in found if each.kind == "ranked"] == [("item 6", "rank 6 → 1")]


def test_an_item_that_passed_another_and_has_the_rank_that_it_had_is_said_to_be_below_that() -> None:
    state = planned([1.0] * 4)
    later = copied(state)
    items = later.all(Item)
    # 1 leaves the plan; 2 goes below 3 and so is second, as before.
    add(later, items[1].model_copy(update={"state": "below"}), items[2].model_copy(update={"rank": 3.5}))
    found = differences_of(freeze(state), freeze(later))
    assert [(each.title, each.words) for each in found if each.kind == "ranked"] == [
        ("item 2", "rank 2, now below “item 3”")
    ]


def test_all_differences_of_b_applied_to_a_give_b() -> None:
    for one, other in pairs(200):
        a, b = freeze(one, figures=False), freeze(other, figures=False)
        assert apply(a, differences_of(a, b)) == b
        assert apply(b, differences_of(b, a)) == a
        assert differences_of(a, a) == ()


def test_differences_told_forwards_are_taken_back_each_by_its_own() -> None:
    """Where the plan that takes over stands second, each difference has one that leads back, and all give the first."""
    for one, other in pairs(100):
        a, b = Side("a", freeze(one, figures=False)), Side("b", freeze(other, figures=False))
        (pair,) = compare([a, b], own=b).pairs
        assert (pair.a, pair.b, pair.own, pair.other) == (a, b, b, a)
        back = [pair.taken(each) for each in pair.differences]
        assert len(set(map(id, back))) == len(differences_of(b.frozen, a.frozen))
        assert apply(b.frozen, back) == a.frozen
        for there, here in zip(pair.differences, back, strict=True):
            assert (here.key_a, here.key_b) == (there.key_b, there.key_a)
        (same,) = compare([a, b]).pairs
        assert [same.taken(each) for each in same.differences] == list(pair.differences)


def test_plans_are_told_from_the_older_to_the_newer() -> None:
    """What was kept by its time, then the main plan, then the scenario, whichever was named first."""
    state = planned([1.0])
    branch = copied(state)
    add(branch, Origin(id=1, name="What if", main="plan.db", seq=1, at=NOON))
    now, what_if = side_now(state, name="Main"), side_now(branch, name="What if")
    first = side_of("first", freeze(state), kept=NOON)
    later = side_of("later", freeze(state), kept=NOON + timedelta(days=1))
    for order in permutations((now, what_if, first, later)):
        assert [side.name for side in forwards(order)] == ["first", "later", "Main", "What if"]


def test_all_differences_taken_over_into_the_workspace_give_the_other_plan() -> None:
    done = 0
    for seed in range(60):
        chance = random.Random(seed)
        state = workspace(chance)
        other = jumbled(chance, state)
        # From the later one back: nothing that is in its plan alone is pinned.
        here = freeze(other, figures=False)
        target = apply(here, differences_of(here, freeze(state)))
        back = settled(other, restore(other, target, make_missing=True))
        assert bare(freeze(back)) == bare(freeze(state)), seed
        assert forecast_of(back).odds == forecast_of(state).odds
        done += bare(freeze(other)) != bare(freeze(state))
    assert done > 40


def test_one_difference_taken_over_changes_that_alone() -> None:
    refused = 0
    for seed in range(40):
        chance = random.Random(seed)
        state = workspace(chance)
        other = jumbled(chance, state)
        now, then = freeze(other), freeze(state)
        found = [each for each in differences_of(now, then) if each.kind in ("only a", "only b", "resized", "target")]
        for each in found[:3]:
            try:
                taking = take(other, each)
            except Refused:
                # What it needs, or what needs it: see below.
                refused += 1
                continue
            after = freeze(settled(other, taking))
            left = {one.id for one in differences_of(after, then)}
            assert each.id not in left
            # The rest differs still, but for what is said of the number of ranks.
            assert {one.id for one in found if one.id != each.id} <= left
    assert refused < 30


def test_nothing_is_taken_over_without_what_it_needs() -> None:
    state = planned([2.0, 3.0])
    add(state, Dependency(id=1, item_id=2, needs_id=1))
    less = copied(state)
    for number in (1, 2):
        add(less, less.all(Item)[number].model_copy(update={"state": "below"}))
    told = {each.title: each for each in differences_of(freeze(state), freeze(less))}
    with pytest.raises(Refused, match="“item 1” is needed by “item 2”, which has to leave first"):
        take(state, told["item 1"])
    assert plan_of(settled(state, take(state, told["item 2"]))).load == 2.0
    told = {each.title: each for each in differences_of(freeze(less), freeze(state))}
    with pytest.raises(Refused, match="“item 2” needs “item 1” first, which is not in plan"):
        take(less, told["item 2"])


def room() -> State:
    """Two teams, a plan of four, one below the line, with who waits and a decision."""
    state = planned([{1: 3.0}, {1: 4.0}, {2: 5.0}, {1: 1.0, 2: 1.0}], net=(14.0, 12.0))
    add(state, state.all(Item)[3].model_copy(update={"slice": "O"}))
    acme, bolt = Customer(id=1, name="Acme", arr=400.0), Customer(id=2, name="Bolt")
    wait(state, 1, acme)
    wait(state, 2, acme, bolt)
    add_item(state, 5, {2: 2.0}, title="Deal", state="below", note="Signed for March\nand more")
    wait(state, 5, Customer(id=3, name="Cord", arr=90.0))
    return state


def traded(state: State) -> State:
    """Item 5 came in for items 1 and 2."""
    later = copied(state)
    for number, where in ((1, "below"), (2, "below"), (5, "plan")):
        add(later, later.all(Item)[number].model_copy(update={"state": where}))
    add(
        later,
        Decision(
            id=1, quarter_id=1, at=NOON, kind="trade", title="Deal", item_id=5, decided_by="Ana", because="renewal"
        ),
        Move(id=1, decision_id=1, item_id=5, kind="in", title="Deal", ew=2.0),
        Move(id=2, decision_id=1, item_id=1, kind="out", title="item 1", ew=3.0),
        Move(id=3, decision_id=1, item_id=2, kind="out", title="item 2", ew=4.0),
    )
    return later


def test_of_a_quarter_that_runs_the_figures_are_of_what_is_left() -> None:
    before = runs(planned([5.0, 6.0, 4.0], (26.0,)), day=None)
    now = runs(planned([5.0, 6.0, 4.0], (26.0,)), running_making.told(1, 7.0, done=True), running_making.told(2, 2.0))
    comparison = compare([side_now(before, name="then"), side_now(now)])
    rows = {name: words for name, *words in figure_rows(comparison)}
    assert rows["load left / net left"] == ["its quarter does not run", "8.0 / 16.0 ew"]
    assert [[team.left for team in one.teams] for one in comparison.figures] == [[None], [(8.0, 16.0)]]
    assert comparison.figures[1].odds == forecast_of(now).odds
    said = [one.words for one in comparison.differences]
    assert "what is learned of it, how far its quarter is" in said
    assert "Q1 draft → Q1 draft, progress of no day → 8 Feb" in said


def test_the_figures_of_each_side_are_those_of_its_own_plan() -> None:
    one = room()
    other = traded(one)
    comparison = compare([side_now(one, name="then"), side_now(other)])
    for state, told in zip((one, other), comparison.figures, strict=True):
        forecast, plan = forecast_of(state), plan_of(state)
        assert (told.odds, told.load, told.net) == (forecast.odds, plan.load, plan.capacity)
        assert told.mix == mix_of(plan.entries, state.all(Slice).values())
        assert [(team.name, team.net, team.load) for team in told.teams] == [
            (team.name, plan.net[team.id], plan.load_of(team.id)) for team in plan.teams
        ]
        assert told.fits == forecast.fits
    then, now = comparison.figures
    assert then.one_offs == pytest.approx(5 / 14)
    assert (then.out, then.revenue_out) == (("Cord",), 90.0)
    assert (now.out, now.revenue_out) == (("Acme", "Bolt"), 400.0), "Acme waits for two items and is counted once"
    assert comparison.unchanged == 2


def test_a_difference_says_who_decided_and_why_and_where_the_item_is_now() -> None:
    one = room()
    comparison = compare([side_now(one, name="then"), side_now(traded(one))])
    told = {each.title: each for each in comparison.differences}
    assert told["item 1"].kind == "only a"
    assert told["item 1"].across
    assert told["item 1"].reason == "for “Deal”, decided by Ana: renewal"
    assert told["Deal"].kind == "only b"
    assert told["Deal"].reason == "decided by Ana: renewal"
    assert told["Deal"].across
    assert (told["item 2"].waiting, told["item 2"].revenue, told["item 2"].ew) == (("Acme", "Bolt"), 400.0, 4.0)
    # A file keeps no decisions: then the item speaks for itself, and nobody knows where the others are.
    files = compare([Side("a", freeze(one)), Side("b", freeze(traded(one)))])
    told = {each.title: each for each in files.differences}
    assert (told["Deal"].reason, told["Deal"].place) == ("Signed for March", "")


def test_sides_with_the_same_random_numbers_share_them() -> None:
    one = room()
    first = side_now(one, name="then")
    second = side_of("now", freeze(traded(one)), beside=first)
    assert second.forecast.draws is first.forecast.draws
    assert second.forecast.odds == forecast_of(traded(one)).odds
    elsewhere = side_of("else", freeze(one).model_copy(update={"seed": 8}), beside=first)
    assert elsewhere.forecast.draws is not first.forecast.draws


def test_a_side_that_borrows_from_another_has_the_figures_that_it_has_alone() -> None:
    borrowed = 0
    for one, other in pairs(60):
        beside = side_now(one, forecast_of(one), "then")
        side, alone = side_of("now", freeze(other), beside), forecast_of(other)
        assert (side.forecast.odds, side.forecast.team_odds) == (alone.odds, alone.team_odds)
        assert side.plan.load == pytest.approx(alone.plan.load)
        assert [entry.item.draw for entry in side.plan.entries] == [entry.item.draw for entry in alone.plan.entries]
        mine, its = side.mix, mix_of(alone.plan.entries, other.each(Slice))
        assert [(part.letter, part.share) for part in mine.slices] == [
            (part.letter, pytest.approx(part.share)) for part in its.slices
        ]
        own = set(map(id, beside.plan.entries))
        borrowed += sum(id(entry) in own for entry in side.plan.entries)
    assert borrowed, "nothing was shared, so nothing was tested"


def test_three_plans_are_told_from_the_first() -> None:
    one = room()
    bigger = copied(one)
    add(bigger, bigger.all(Size)[101].model_copy(update={"likely": 6.0}))
    comparison = compare([side_now(one, name="a"), side_now(traded(one), name="b"), side_now(bigger, name="c")])
    assert [(pair.a.name, pair.b.name) for pair in comparison.pairs] == [("a", "b"), ("a", "c")]
    (resized,) = comparison.pairs[1].differences
    assert (resized.kind, resized.words, resized.ew) == ("resized", "Pay 3 → 6 ew", 3.0)
    assert comparison.figures[0].out == ("Cord",)
    with pytest.raises(ValueError, match="two or three"):
        compare([side_now(one)])


def test_since_the_baseline_what_came_in_unplanned_and_what_it_displaced() -> None:
    one = room()
    quarter = one.quarter.model_copy(update={"state": "baselined", "baselined_at": NOON - timedelta(days=1)})
    add(one, quarter)
    agreed = freeze(one)
    later = traded(one)
    add(later, Request(id=1, item_id=5, received_at=NOON, asked_by="sales-east"))
    add(later, later.all(Item)[4].model_copy(update={"state": "done"}))
    told = since_baseline(later, agreed)
    (came,) = told.came
    assert (came.entry.item.title, came.asked_by, came.displaced) == ("Deal", "sales-east", ("item 1", "item 2"))
    assert came.reason == "decided by Ana: renewal"
    assert [(each.title, each.for_title, each.done) for each in told.gone] == [
        ("item 1", "Deal", False),
        ("item 2", "Deal", False),
        ("item 4", "", True),
    ]
    assert (told.ew_in, told.ew_out) == (2.0, 7.0)
    pair = compare([side_now(later), then := side_of("baseline", agreed)], then).pairs[0]
    assert pair.since == told
    groups = {heading: rows for heading, _, rows in difference_groups(pair)}
    assert groups["Came in unplanned since the baseline: 2.0 ew"] == [
        ["Deal", "2.0 ew", "sales-east", "decided by Ana: renewal", "item 1, item 2"]
    ]
    displaced = groups["Displaced since: 7.0 ew"]
    assert [(row[0], row[1], row[3]) for row in displaced] == [
        ("item 1", "3.0 ew", "Deal"),
        ("item 2", "4.0 ew", "Deal"),
    ]
    assert [row[4] for row in displaced] == ["Acme: $400", "Acme, Bolt: $400 (known for 1 of 2)"]
    assert [row[0] for row in groups["Done since"]] == ["item 4"]
    assert not any(heading.startswith("Only in") for heading in groups)


def agreed_then_traded() -> tuple[Frozen, State]:
    """A baseline, and the quarter a trade later, in which item 3 was made smaller for the deal, too."""
    one = room()
    add(one, one.quarter.model_copy(update={"state": "baselined", "baselined_at": NOON - timedelta(days=1)}))
    agreed = freeze(one)
    later = traded(one)
    add(later, next(row for row in later.each(Size) if row.item_id == 3).model_copy(update={"likely": 1.0}))
    decision = next(iter(later.each(Decision)))
    add(later, Move(id=77, decision_id=decision.id, item_id=3, kind="resized", title="item 3", ew=1.0))
    return agreed, later


def test_from_the_baseline_to_now_is_told_forwards() -> None:
    agreed, later = agreed_then_traded()
    then = side_of("baseline", agreed)
    (pair,) = compare([then, side_now(later)], then).pairs
    assert pair.since == since_baseline(later, agreed)
    groups = {heading: rows for heading, _, rows in difference_groups(pair)}
    assert groups["Came in unplanned since the baseline: 2.0 ew"] == [
        ["Deal", "2.0 ew", "", "decided by Ana: renewal", "item 1, item 2, item 3 (made smaller)"]
    ]
    assert [row[0] for row in groups["Displaced since: 7.0 ew"]] == ["item 1", "item 2"]
    assert not any(heading.startswith("Only in") for heading in groups)
    (resized,) = groups["Resized"]
    assert resized[1] == "Web 5 → 1 ew"


def test_a_closed_quarter_is_told_as_it_ended() -> None:
    agreed, later = agreed_then_traded()
    old = later.quarter
    # The deal and item 3 were finished; item 4 goes on; the next quarter has a plan of its own.
    add(later, old.model_copy(update={"state": "closed"}))
    add(later, Quarter(id=2, name="Q2", starts=old.ends + timedelta(days=1), ends=old.ends + timedelta(days=91)))
    items = later.all(Item)
    add(later, *(items[key].model_copy(update={"state": "done"}) for key in (3, 5)))
    add(later, items[4].model_copy(update={"state": "below"}), items[1].model_copy(update={"state": "plan"}))
    add(later, Decision(id=90, quarter_id=1, at=NOON + timedelta(days=80), kind="close", title="closed"))
    add(later, Decision(id=91, quarter_id=2, at=NOON + timedelta(days=81), kind="fill", title="filled"))
    for key, decision, kind in ((3, 90, "out"), (5, 90, "out"), (1, 91, "in")):
        add(later, Move(id=100 + key, decision_id=decision, item_id=key, kind=kind, title=f"item {key}", ew=1.0))
    told = since_baseline(later, agreed)
    assert [(each.entry.item.title, each.displaced[:2]) for each in told.came] == [("Deal", ("item 1", "item 2"))]
    assert [(each.title, each.done, each.carried) for each in told.gone] == [
        ("item 1", False, False),
        ("item 2", False, False),
        ("item 3", True, False),
        ("item 4", False, True),
    ]
    assert told.ew_out == 7.0
    then = side_of("baseline", agreed)
    groups = {heading: rows for heading, _, rows in difference_groups(compare([then, side_now(later)], then).pairs[0])}
    assert [row[0] for row in groups["Not finished, goes on"]] == ["item 4"]


def test_nobody_waits_for_what_is_done() -> None:
    one = planned([2.0, 3.0])
    wait(one, 1, Customer(id=1, name="Acme", arr=100.0))
    wait(one, 2, Customer(id=2, name="Birch", arr=200.0))
    agreed, later = freeze(one), copied(one)
    items = later.all(Item)
    add(later, items[1].model_copy(update={"state": "done"}), items[2].model_copy(update={"state": "below"}))
    figures = compare([side_of("baseline", agreed), side_now(later)]).figures
    assert figures[1].out == ("Birch",)
    assert figures[1].revenue_out == 200.0


def test_the_value_in_plan_and_of_how_many_it_is_known() -> None:
    one = planned([2.0, 3.0, 1.0])
    items = one.all(Item)
    add(one, items[1].model_copy(update={"value": 8.0}), items[2].model_copy(update={"value": 0.5}))
    (figures, _) = compare([side_now(one), side_now(one, name="again")]).figures
    assert (figures.value, figures.valued, figures.items) == (8.5, 2, 3)


def test_what_was_edited_is_told_from_what_to_what() -> None:
    one = planned([2.0])
    later = copied(one)
    add(later, later.all(Item)[1].model_copy(update={"value": 8.0, "owner": "Ana", "note": "long"}))
    (edited,) = differences_of(freeze(one), freeze(later))
    assert edited.words == "owner: none → Ana, value: none → 8, note"


def test_each_figure_of_the_charter_is_frozen_and_told() -> None:
    """What a snapshot does not keep could be neither compared nor restored."""
    assert FIGURES.keys() <= FrozenCharter.model_fields.keys()
    was = freeze(workspace(random.Random(5)), figures=False)
    other = {"credit_standard": 80.0, "credit_one_off": -50.0, "stance": "services", "rate": 4100.0, "value_days": 45}
    now = was.model_copy(update={"charter": was.charter.model_copy(update=other)})
    (told,) = [each.words for each in differences_of(was, now) if each.kind == "charter"]
    for words in ("80", "→ -50", "→ services", "→ 4100", "→ 45"):
        assert words in told
