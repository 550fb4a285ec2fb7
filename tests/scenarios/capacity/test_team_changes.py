"""Teams made, renamed, merged and removed, on figures worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.team_changes import merge_teams, propose_teams, remove_team, rename_team
from scenarios.plan.plan import plan_of
from scenarios.trade.door import Trade, forecast_of
from scenarios.working_time.teams import stored_net
from store.common.errors import Refused
from store.common.team_names import NamedTeam
from store.records import (
    Absence,
    Actual,
    Capacity,
    Closure,
    Delivered,
    Interrupt,
    Person,
    Progress,
    Quarter,
    Size,
    State,
    Team,
    TeamTime,
    Version,
    VersionSize,
)
from tests.scenarios.making import add, add_item, empty

PAY, WEB, OPS = 1, 2, 3


def room() -> State:
    """Pay 30, Web 20, Ops 10; item 1 is Pay's, 2 on Pay and Web, 3 Web's with a range, 4 below the line on Web."""
    state = empty((30.0, 20.0, 10.0))
    add_item(state, 1, 4.0)
    add_item(state, 2, {PAY: (1.0, 2.0, 4.0), WEB: 3.0})
    add_item(state, 3, {WEB: (1.0, 2.0, 3.0)})
    add_item(state, 4, {WEB: 5.0}, state="below")
    add(state, Version(id=1, item_id=2, name="first"), VersionSize(id=1, version_id=1, team_id=WEB, likely=1.0))
    add(state, Actual(id=1, quarter="Q4", number=8107, team_id=WEB, title="old", estimate=2.0, actual=3.0))
    add(state, Progress(id=1, item_id=2, team_id=PAY, spent=1.5), Progress(id=2, item_id=2, team_id=WEB, spent=2.0))
    add(state, Delivered(id=1, quarter="Q1", number=8108, team_id=PAY, planned=30.0, net=26.0))
    add(state, Delivered(id=2, quarter="Q1", number=8108, team_id=WEB, planned=20.0, net=21.0))
    add(state, Interrupt(id=1, quarter="Q1", number=8108, team_id=PAY, share=0.1))
    return add(state, Interrupt(id=2, quarter="Q1", number=8108, team_id=WEB, share=0.2))


def sizes(state: State) -> dict[tuple[int, int], tuple[float | None, float, float | None]]:
    return {(row.item_id, row.team_id): (row.low, row.likely, row.high) for row in state.each(Size)}


def left_of(state: State, team_id: int) -> list[str]:
    """The tables in which a team still stands."""
    rows = ((table, row) for table, found in state.tables.items() for row in found.values())
    return [
        table for table, row in rows if getattr(row, "team_id", 0) == team_id or (table, row.id) == ("teams", team_id)
    ]


def test_merged_teams_hold_what_both_held() -> None:
    state = room()
    proposal = merge_teams(state, WEB, PAY)
    after = state.overlay(proposal.command)
    assert left_of(after, WEB) == []
    # Item 2 takes 2 + 3, its range with 3 as low and high of the side that states none.
    assert sizes(after) == {
        (1, PAY): (None, 4.0, None),
        (2, PAY): (4.0, 5.0, 7.0),
        (3, PAY): (1.0, 2.0, 3.0),
        (4, PAY): (None, 5.0, None),
    }
    assert stored_net(after) == {PAY: 50.0, OPS: 10.0}
    assert [row.likely for row in after.each(VersionSize) if row.team_id == PAY] == [1.0]
    assert [row.team_id for row in after.each(Actual)] == [PAY]
    # (30 * 10% + 20 * 20%) / 50
    assert [row.share for row in after.each(Interrupt)] == [pytest.approx(0.14)]
    assert [(row.item_id, row.team_id, row.spent) for row in after.each(Progress)] == [(2, PAY, 3.5)]
    assert [(row.team_id, row.planned, row.net) for row in after.each(Delivered)] == [(PAY, 50.0, 47.0)]
    assert proposal.title == "Web merged into Pay: 3 items, now 50.0 ew"
    # What it does to the odds is worked out with the record that the team has then.
    assert Trade.of(state, proposal, forecast_of(state)).asked.odds == forecast_of(after).odds


def test_people_of_merged_teams_keep_their_days() -> None:
    state = room()
    quarter = Quarter(id=1, name="Q", starts=date(2027, 1, 4), ends=date(2027, 4, 4))
    add(state, quarter, TeamTime(id=1, team_id=PAY), TeamTime(id=2, team_id=WEB, focus=0.5))
    add(state, Person(id=1, team_id=PAY, name="engineer 1"), Person(id=2, team_id=WEB, name="engineer 1"))
    add(
        state,
        Person(id=3, team_id=WEB, name="Ada"),
        Absence(id=1, person_id=3, starts=date(2027, 1, 4), ends=date(2027, 1, 8)),
    )
    add(state, Closure(id=1, name="move", team_id=WEB, starts=date(2027, 2, 1), ends=date(2027, 2, 5)))
    after = state.overlay(merge_teams(state, WEB, PAY).command)
    assert {row.name for row in after.each(Person)} == {"engineer 1", "engineer 2", "Ada"}
    # 13 weeks of three people, less one of leave and the closed one of the two who came.
    assert stored_net(after) == {PAY: pytest.approx(39 - 1 - 2), OPS: 10.0}
    assert left_of(after, WEB) == []


def test_a_removed_team_takes_its_people_along_and_leaves_its_items() -> None:
    state = room()
    with pytest.raises(Refused, match="Web holds 3 items, 2 of them in plan: say which team takes them"):
        remove_team(state, WEB)
    proposal = remove_team(state, WEB, OPS)
    after = state.overlay(proposal.command)
    assert left_of(after, WEB) == []
    assert sizes(after)[2, OPS] == (None, 3.0, None)
    assert sizes(after)[2, PAY] == (1.0, 2.0, 4.0)
    assert stored_net(after) == {PAY: 30.0, OPS: 10.0}
    assert not list(after.each(Actual))
    assert proposal.moves[0].ew == -20.0
    # Ops has nothing to do: it goes without anybody who takes anything.
    assert remove_team(state, OPS).title == "Ops removed"


def test_planned_work_of_a_removed_team_goes_through_the_door() -> None:
    state = room()
    add_item(state, 5, {WEB: 9.0})
    trade = Trade.of(state, remove_team(state, WEB, OPS), forecast_of(state))
    # 3 + 2 + 9 ew on a team of 10.
    assert trade.before.fits
    assert not trade.asked.fits
    assert trade.needs_choice


def test_what_cannot_be_is_refused() -> None:
    state = room()
    with pytest.raises(Refused, match="the team itself"):
        merge_teams(state, WEB, WEB)
    add(state, TeamTime(id=1, team_id=PAY), Person(id=1, team_id=PAY, name="Ada"))
    with pytest.raises(Refused, match="Pay has people and Web is a plain number"):
        merge_teams(state, WEB, PAY)
    with pytest.raises(Refused, match="there is a team “pay” already"):
        rename_team(CapacityDraft(state), WEB, " pay ")
    with pytest.raises(Refused, match="needs a name"):
        rename_team(CapacityDraft(state), WEB, " : ")
    with pytest.raises(Refused, match="is there twice"):
        propose_teams(state, {}, None, [NamedTeam("Core"), NamedTeam("core", 3.0)])


def test_a_new_name_changes_nothing_else() -> None:
    state = room()
    draft = rename_team(CapacityDraft(state), WEB, "Shop")
    assert [row.words for row in draft.said] == ["Shop: it was Web"]
    after = state.overlay(draft.command)
    assert forecast_of(after).odds == forecast_of(state).odds
    assert rename_team(CapacityDraft(state), WEB, "WEB").command.puts == (
        state.all(Team)[WEB].model_copy(update={"name": "WEB"}),
    )


def test_new_teams_of_people_and_of_weeks() -> None:
    state = room()
    add(state, Quarter(id=1, name="Q", starts=date(2027, 1, 4), ends=date(2027, 4, 4)))
    after = state.overlay(
        propose_teams(state, {PAY: 31.0}, None, [NamedTeam("Core", 26.0), NamedTeam("Platform", people=5)]).command
    )
    plan = plan_of(after)
    # Five people for 13 weeks.
    assert {team.name: plan.net[team.id] for team in plan.teams} == {
        "Pay": 31.0,
        "Web": 20.0,
        "Ops": 10.0,
        "Core": 26.0,
        "Platform": 65.0,
    }
    assert sum(row.net for row in after.each(Capacity)) == 152.0
