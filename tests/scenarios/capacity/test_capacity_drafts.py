"""Drafts: edits of people and their time, each a sentence where it cannot be, and one proposal in the end."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.capacity import days_off, edits, places
from scenarios.capacity.draft import CapacityDraft, propose_people
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade, forecast_of
from scenarios.working_time.breakdown import total
from scenarios.working_time.teams import capacity_of
from store.common.errors import Refused
from store.demo.demo import make_demo
from store.records import Absence, Capacity, Decision, Move, Person, Place
from tests.scenarios.making import NOON, add, add_item
from tests.scenarios.working_time.capacity_making import away, person, quarter_of
from tests.store.helpers import fresh

Q1 = (date(2027, 1, 4), date(2027, 4, 2))
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def draft():
    """Three engineers, who give what is stored: 39.0 ew."""
    state = quarter_of(*Q1, person(1), person(2), person(3))
    return CapacityDraft(add(state, state.tables["capacities"][1].model_copy(update={"net": 39.0})))


def names(draft, team_id=1):
    return [one.person.name for one in draft.capacity.teams[team_id].people]


def spans(draft):
    return sorted((row.starts.isoformat(), row.ends.isoformat(), row.days) for row in draft.state.each(Absence))


def words(draft):
    return [said.words for said in draft.said]


class TestHeadCount:
    def test_counted_engineers_come_and_go(self, draft):
        more = edits.set_head_count(draft, 1, 5)
        assert names(more) == ["engineer 1", "engineer 2", "engineer 3", "engineer 4", "engineer 5"]
        assert (more.net[1], words(more)) == (65.0, ["Pay 39.0 → 65.0: engineer 4 joins; engineer 5 joins"])
        fewer = edits.set_head_count(more, 1, 2)
        assert names(fewer) == ["engineer 1", "engineer 2"]
        assert (fewer.net[1], fewer.command.label) == (26.0, "Pay 39.0 → 26.0: engineer 3 taken out")

    def test_people_with_names_are_never_taken_out(self, draft):
        named = edits.rename_person(edits.rename_person(draft, 1, "Ada"), 3, "Grace")
        assert names(edits.set_head_count(named, 1, 2)) == ["Ada", "Grace"]
        with pytest.raises(Refused, match="Pay has 2 people with names: take them out one by one"):
            edits.set_head_count(named, 1, 1)

    def test_who_has_leave_is_taken_out_last_and_with_it(self, draft):
        draft = days_off.leave(draft, 3, date(2027, 2, 1), date(2027, 2, 5))
        fewer = edits.set_head_count(draft, 1, 1)
        assert names(fewer) == ["engineer 3"]
        assert not edits.set_head_count(fewer, 1, 0).state.all(Absence)

    def test_a_plain_team_gets_people_in_one_step(self, draft):
        some = edits.set_head_count(draft, 2, 2)
        assert (some.net[2], len(some.steps), names(some, 2)) == (26.0, 1, ["engineer 1", "engineer 2"])
        assert some.undone.empty


class TestPlainAndPeople:
    def test_refining_changes_no_figure(self, draft):
        # 20.0 ew are less than two engineers give (26.0): what is left of their time is focus, 20 / 26.
        # As many people as are asked for, whatever the plain number was.
        three = edits.refine(draft, 2, 3)
        assert len(three.capacity.teams[2].people) == 3
        fine = edits.refine(draft, 2)
        assert fine.net == draft.net
        assert fine.capacity.teams[2].gross == 26.0
        assert fine.capacity.teams[2].time.focus == pytest.approx(20 / 26, abs=1e-6)
        assert fine.capacity.teams[2].differs == ""
        assert words(fine) == ["Web: 2 people instead of a plain number; focus 100% → 76.92%"]
        assert not any(isinstance(put, Capacity) for put in fine.command.puts)

    def test_and_back(self, draft):
        plain = edits.make_plain(draft, 1)
        assert plain.net[1] == 39.0
        assert not plain.state.all(Person)
        assert edits.set_plain_net(plain, 1, 12.0).net[1] == 12.0
        assert words(edits.set_plain_net(plain, 1, 12.0)) == ["Pay 39.0 → 12.0: a plain number instead of people"]

    def test_a_plain_number_works_as_ever_and_not_for_people(self, draft):
        less = edits.set_plain_net(draft, 2, 17.5)
        assert less.command.label == "Web 20.0 → 17.5"
        with pytest.raises(Refused, match="Pay has people"):
            edits.set_plain_net(draft, 1, 3.0)
        with pytest.raises(Refused, match="Web is a plain number"):
            edits.set_focus(draft, 2, 0.8)

    def test_target_and_new_teams(self, draft):
        both = edits.add_team(edits.set_target(draft, 0.8), "Ops", 12.0)
        assert words(both) == ["Ops 12.0", "target 70% → 80%"]
        assert propose_people(draft.base, edits.set_target(draft, 0.8)).kind == "target"
        with pytest.raises(Refused, match="already"):
            edits.add_team(both, "ops", 1.0)

    def test_only_what_changes_is_counted_again(self):
        """What is stored of a team that nobody touches stays, whatever its people give now."""
        state = quarter_of(*Q1, person(1), person(2, team_id=2))
        draft = edits.set_head_count(CapacityDraft(state), 2, 2)
        assert draft.net == {1: 30.0, 2: 26.0}
        assert draft.capacity.teams[1].differs == "stored 30.0, from people 13.0"
        assert edits.recount(draft, 1).net[1] == 13.0
        assert edits.set_focus(draft, 1, 0.5).net[1] == 6.5


class TestOnePerson:
    def test_leaves(self, draft):
        # Until Tuesday 2 February: 4 weeks and 2 days, 22 of 65 days.
        gone = edits.leaves(draft, 3, date(2027, 2, 2))
        assert words(gone) == ["Pay 39.0 → 30.4: engineer 3 leaves 2 Feb"]
        with pytest.raises(Refused, match="before joining"):
            edits.joins(gone, 3, date(2027, 3, 1))
        assert edits.leaves(gone, 3, None).empty

    def test_joins_with_ramp_up(self, draft):
        late = edits.joins(draft, 2, date(2027, 3, 1), 2, 2)
        # 25 days from 1 March, 10 of them nothing, 10 of them half: 10 days of 65.
        assert late.net[1] == 26.0 + 2.0
        assert words(late) == [
            "Pay 39.0 → 28.0: engineer 2 joins 1 Mar; engineer 2 adds nothing for 2 weeks, then half for 2"
        ]

    def test_share_name_and_place(self, draft):
        one = edits.set_share(draft, 1, 0.6)
        assert one.net[1] == pytest.approx(33.8)
        there = places.add_place(one, "Munich", "de", "BY")
        moved = edits.set_place(there, 1, next(iter(there.state.all(Place))))
        assert moved.capacity.teams[1].total.days("holidays") == pytest.approx(1.8)
        assert places.set_holidays(moved, next(iter(moved.state.all(Place))), False).net == one.net
        with pytest.raises(Refused, match="1 person works in Munich"):
            places.remove_place(moved, next(iter(moved.state.all(Place))))

    @pytest.mark.parametrize(
        ("edit", "words"),
        [
            (lambda draft: edits.add_person(draft, 1, "  "), "needs a name"),
            (lambda draft: edits.add_person(draft, 1, "Engineer 1"), "in the team already"),
            (lambda draft: edits.add_person(draft, 2, "Ada"), "plain number"),
            (lambda draft: edits.add_person(draft, 9, "Ada"), "not there any more"),
            (lambda draft: edits.set_share(draft, 1, 1.2), "0% to 100%"),
            (lambda draft: edits.set_share(draft, 1, float("nan")), "0% to 100%"),
            (lambda draft: edits.set_interrupts(draft, 1, -0.1), "0% to 100%"),
            (lambda draft: edits.set_head_count(draft, 1, 5000), "0 to 200"),
            (lambda draft: edits.joins(draft, 1, None, ramp_none=-1), "ramp-up"),
            (lambda draft: edits.leaves(draft, 99, None), "not there any more"),
            (lambda draft: edits.set_place(draft, 1, 5), "place is not there"),
            (lambda draft: edits.set_plain_net(draft, 2, -1), "between 0 and 10,000"),
            (lambda draft: edits.set_target(draft, 1.5), "between 1% and 99%"),
            (lambda draft: edits.set_plain_net(draft, 2, 1e9), "between 0 and 10,000"),
            (lambda draft: days_off.leave(draft, 1, date(2027, 2, 2), date(2027, 2, 1)), "before the first"),
            (lambda draft: days_off.leave(draft, 1, date(2027, 2, 2), date(2027, 2, 2), days=-1), "days away"),
            (lambda draft: days_off.less_off(draft, 1, 3), "not away in week 3"),
            (lambda draft: days_off.more_off(draft, 1, 14), "weeks 1 to 13"),
            (lambda draft: places.add_place(draft, "Moon", "XX"), "no public holidays are known"),
            (lambda draft: places.add_place(draft, "Bonn", "DE", "XY"), "Germany has no subdivision"),
            (lambda draft: places.add_closure(draft, "x", date(2027, 2, 2), date(2027, 2, 1)), "before the first"),
        ],
    )
    def test_what_cannot_be_is_a_sentence(self, draft, edit, words):
        with pytest.raises(Refused, match=words):
            edit(draft)


class TestDaysOff:
    def test_half_days_gather_in_one_entry_of_the_week(self, draft):
        for _ in range(3):
            draft = days_off.more_off(draft, 1, 5)
        assert spans(draft) == [("2027-02-01", "2027-02-07", 1.5)]
        assert words(draft) == ["Pay 39.0 → 38.7: engineer 1: 1.5 days leave 1 to 7 Feb"]
        for _ in range(3):
            draft = days_off.less_off(draft, 1, 5)
        assert draft.empty
        with pytest.raises(Refused, match="nothing to take back"):
            days_off.less_off(draft, 1, 5)

    def test_no_more_than_the_week_has(self, draft):
        for _ in range(10):
            draft = days_off.more_off(draft, 1, 5)
        assert draft.capacity.teams[1].people[0].cells[4].free == 0
        with pytest.raises(Refused, match="engineer 1 has no day left in week 5"):
            days_off.more_off(draft, 1, 5)
        with pytest.raises(Refused, match="not there in week 9"):
            days_off.more_off(edits.leaves(draft, 1, date(2027, 2, 20)), 1, 9)

    def test_taking_back_from_a_long_leave_leaves_the_other_weeks_alone(self, draft):
        # Wednesday 27 January to Tuesday 16 February, weeks 4 to 7: 3, 5, 5 and 2 days. Half a day of week 6 back.
        long = days_off.leave(draft, 1, date(2027, 1, 27), date(2027, 2, 16), note="wedding")
        back = days_off.less_off(long, 1, 6)
        assert spans(back) == [
            ("2027-01-27", "2027-02-07", None),
            ("2027-02-08", "2027-02-14", 4.5),
            ("2027-02-15", "2027-02-16", None),
        ]
        assert {row.note for row in back.state.each(Absence)} == {"wedding"}
        cells = back.capacity.teams[1].people[0].cells
        assert [cells[at].breakdown.days("leave") for at in (3, 4, 5, 6)] == [3, 5, 4.5, 2]

    def test_taking_back_from_an_entry_of_so_many_days_in_several_weeks(self, draft):
        # Eight days from Thursday 28 January: 2 in week 4, 5 in week 5, 1 in week 6.
        some = days_off.leave(draft, 1, date(2027, 1, 28), date(2027, 2, 28), days=8)
        cells = days_off.less_off(some, 1, 5).capacity.teams[1].people[0].cells
        assert [cells[at].breakdown.days("leave") for at in (3, 4, 5, 6)] == [2, 4.5, 1, 0]

    def test_the_latest_entry_gives_first(self, draft):
        base = add(draft.base, away(1, date(2027, 2, 1), date(2027, 2, 2)))
        both = days_off.leave(CapacityDraft(base), 1, date(2027, 2, 4), date(2027, 2, 4))
        assert spans(days_off.less_off(both, 1, 5)) == [
            ("2027-02-01", "2027-02-02", None),
            ("2027-02-04", "2027-02-04", 0.5),
        ]
        assert spans(days_off.less_off(both, 1, 5, 1.5)) == [("2027-02-01", "2027-02-02", 1.5)]

    def test_on_call_for_a_week_and_not(self, draft):
        busy = days_off.on_call(draft, 2, 3)
        assert words(busy) == ["Pay 39.0 → 38.0: engineer 2: on-call 18 to 24 Jan"]
        assert days_off.on_call(busy, 2, 3).empty

    def test_closures_of_all_of_a_team_of_a_place(self, draft):
        shut = places.add_closure(draft, "offsite", date(2027, 2, 1), date(2027, 2, 2), team_id=1)
        assert words(shut) == ["Pay 39.0 → 37.8", "closed 1 to 2 Feb (offsite)"]
        assert places.remove_closure(shut, next(iter(shut.state.tables["closures"]))).empty


class TestUndo:
    def test_goes_back_one_edit_at_a_time(self, draft):
        steps = [draft]
        for edit in (
            lambda d: edits.set_head_count(d, 1, 4),
            lambda d: days_off.more_off(d, 1, 2),
            lambda d: days_off.more_off(d, 1, 2),
            lambda d: edits.refine(d, 2),
        ):
            steps.append(edit(steps[-1]))
        now = steps.pop()
        while steps:
            now = now.undone
            assert now.net == steps.pop().net
        assert now.empty
        assert now.undone.empty


_EDITS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(1, 13), st.integers(0, 100), st.integers(0, 30)),
    max_size=15,
)


def _edited(draft, which, who, week, percent, length):
    """One edit out of some numbers; the same draft where it cannot be."""
    people = sorted(draft.state.all(Person))
    one = people[who % len(people)] if people else 0
    first = Q1[0] + timedelta(days=7 * week - 7 + percent % 7)
    last, share = first + timedelta(days=length), percent / 100
    every = (
        lambda: edits.set_head_count(draft, 1 + who % 2, length % 6),
        lambda: edits.refine(draft, 2),
        lambda: edits.joins(draft, one, first, percent % 4, length % 4),
        lambda: edits.leaves(draft, one, last),
        lambda: edits.set_share(draft, one, share),
        lambda: days_off.more_off(draft, one, week),
        lambda: days_off.less_off(draft, one, week),
        lambda: days_off.leave(draft, one, first, last, days=length / 2 + 0.5 if percent % 2 else None),
        lambda: days_off.on_call(draft, one, week),
        lambda: places.add_closure(draft, "closed", first, last),
        lambda: edits.set_focus(draft, 1, share),
        lambda: edits.set_interrupts(draft, 1, share),
        lambda: edits.set_place(places.add_place(draft, f"place {week}", "DE", "BY"), one, None),
    )
    try:
        return every[which]()
    except Refused:
        return draft


class TestAnySequence:
    @settings(max_examples=80, deadline=None)
    @given(_EDITS)
    def test_adds_up_and_is_never_below_0_and_is_one_sound_command(self, sequence):
        state = quarter_of(*Q1, person(1), person(2), away(1, date(2027, 1, 20), date(2027, 2, 20)))
        draft = CapacityDraft(
            add(state, state.tables["capacities"][1].model_copy(update={"net": capacity_of(state).teams[1].net}))
        )
        for numbers in sequence:
            before = draft
            draft = _edited(draft, *numbers)
            for team in draft.capacity.teams.values():
                for week in [*team.weeks, team.total]:
                    assert week.gross_ticks - sum(part.ticks for part in week.parts) == week.net_ticks >= 0
                assert total(one.total for one in team.people) == team.total
                assert draft.net[team.team.id] == pytest.approx(team.net, abs=1e-3)
            if draft is not before:
                assert draft.undone.net == before.net
        # The command alone leads to the same capacity.
        after = draft.base.overlay(draft.command)
        assert {key: team.weeks for key, team in capacity_of(after).teams.items()} == {
            key: team.weeks for key, team in draft.capacity.teams.items()
        }

    @settings(max_examples=60, deadline=None)
    @given(st.integers(1, 13), st.integers(1, 9), st.integers(1, 9))
    def test_half_days_off_and_back_are_half_days(self, week, off, back):
        draft = CapacityDraft(quarter_of(*Q1, person(1), away(1, date(2027, 1, 6), date(2027, 3, 24))))
        full = draft.capacity.teams[1].people[0].cells[week - 1]
        for _ in range(off):
            draft = _edited(draft, 5, 0, week, 0, 0)
        taken = draft.capacity.teams[1].people[0].cells[week - 1].breakdown.days("leave")
        assert taken == min(full.breakdown.days("leave") + off / 2, full.there)
        for _ in range(back):
            draft = _edited(draft, 6, 0, week, 0, 0)
        now = draft.capacity.teams[1].people[0].cells
        assert now[week - 1].breakdown.days("leave") == max(0, taken - back / 2)


class TestTheDoor:
    def test_one_proposal_with_lines_and_the_reason_in_the_decision(self, draft):
        add_item(draft.base, 1, 10.0)
        changed = edits.leaves(days_off.more_off(draft, 1, 5, note="dentist"), 3, date(2027, 3, 26))
        proposal = propose_people(draft.base, changed, "new job ")
        trade = Trade.of(draft.base, proposal, forecast_of(draft.base))
        command = settle(trade, [], Verdict("Ana", "", NOON))
        decision = next(put for put in command.puts if isinstance(put, Decision))
        assert (decision.kind, decision.because) == ("capacity", "new job")
        lines = [put for put in command.puts if isinstance(put, Move)]
        assert [line.title for line in lines] == [
            "Pay 39.0 → 37.9: engineer 3 leaves 26 Mar; engineer 1: 0.5 days leave 1 to 7 Feb (dentist)"
        ]
        assert lines[0].ew == pytest.approx(-1.1)
        assert next(put.net for put in command.puts if isinstance(put, Capacity)) == pytest.approx(37.9)

    def test_the_rooms_own_words_go_before(self, draft):
        proposal = propose_people(draft.base, edits.leaves(draft, 3, date(2027, 3, 26)), "new job")
        trade = Trade.of(draft.base, proposal, forecast_of(draft.base))
        command = settle(trade, [], Verdict("Ana", "agreed in the room", NOON))
        assert next(put for put in command.puts if isinstance(put, Decision)).because == "agreed in the room"

    def test_what_others_changed_meanwhile_is_not_overwritten(self, draft):
        changed = edits.set_share(draft, 1, 0.5)
        later = draft.base.overlay(edits.set_share(draft, 1, 0.8).command)
        with pytest.raises(Refused, match="meanwhile"):
            propose_people(later, changed)

    def test_is_written_and_undone_as_one(self, tmp_path):
        with fresh(tmp_path / "a.db") as workspace:
            make_demo(workspace)
            state = workspace.load()
            found = capacity_of(state)
            # The demo's people give its capacities, to the last digit.
            assert [(team.team.name, team.net, team.differs) for team in found.teams.values()] == [
                ("Payments", 28.0, ""), ("Platform", 24.9, ""), ("Web", 26.4, "")
            ]  # fmt: skip
            first = found.teams[1].people[0].person.id
            draft = edits.remove_person(edits.set_head_count(CapacityDraft(state), 2, 6), first)
            draft = days_off.leave(edits.add_person(draft, 3, "Ada"), found.teams[3].people[0].person.id,
                                   date(2027, 1, 4), date(2027, 1, 4))  # fmt: skip
            workspace.apply(propose_people(state, draft).command)
            after = workspace.load()
            assert {key: team.total for key, team in capacity_of(after).teams.items()} == {
                key: team.total for key, team in draft.capacity.teams.items()
            }
            assert not any(team.differs for team in capacity_of(after).teams.values())
            workspace.undo()
            assert capacity_of(workspace.load()).teams[1].total == found.teams[1].total


def test_the_holidays_library_is_loaded_only_for_a_place_that_has_them():
    code = (
        "import sys\nfrom datetime import date\nimport scenarios.capacity.days_off, scenarios.capacity.places\n"
        "from scenarios.working_time.holidays import holidays_between as between\n"
        "between('', '', date.today(), date.today())\nassert 'holidays' not in sys.modules\n"
        "assert between('DE', '', date(2027, 1, 1), date(2027, 1, 2))\nassert 'holidays' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
