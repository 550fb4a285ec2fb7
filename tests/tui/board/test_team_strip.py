"""The strip of teams at any width: as much of each as fits, and of too many those with the lowest odds."""

from __future__ import annotations

from rich.cells import cell_len

from scenarios.trade.door import forecast_of
from store.records import Team
from tests.scenarios.making import add_item, empty
from tui.plan_view.team_strip import said_of_teams, short_names


def test_what_fits_stays_and_the_tightest_stay_longest() -> None:
    state = empty((20.0, 20.0, 20.0))
    for number in (1, 2, 3):
        add_item(state, number, {number: 7.0 * number})
    found = forecast_of(state)
    odds = f"{100 * found.team_odds[2]:.0f}%"
    assert [words for _, words in said_of_teams(found, 200)][1] == ("Web", f" 14.0/20.0 {odds}")
    assert [words for _, words in said_of_teams(found, 45)][1] == ("Web", f" 14/20 {odds}")
    assert [words for _, words in said_of_teams(found, 35)][1] == ("Web", f" {odds}")
    # Pay has 7 of 20, and goes first.
    assert [team.name for team, _ in said_of_teams(found, 24)] == ["Web", "Ops"]
    assert [team.name for team, _ in said_of_teams(found, 14)] == ["Ops"]
    for width in (14, 24, 35, 45, 200):
        said = [name + figures for _, (name, figures) in said_of_teams(found, width)]
        assert sum(cell_len(each) + 2 for each in said) <= width


def test_halves_go_up_where_there_is_no_room_for_decimals() -> None:
    state = empty((6.5, 8.5))
    add_item(state, 1, {1: 3.5, 2: 4.5})
    found = forecast_of(state)
    for width, figures in ((200, [" 3.5/6.5 ", " 4.5/8.5 "]), (30, [" 4/7 ", " 5/9 "])):
        assert [words.rpartition(" ")[0] + " " for _, (_, words) in said_of_teams(found, width)] == figures


def test_short_names_tell_teams_apart() -> None:
    names = ("Payments", "Payroll", "Web", "Paywall", "Platform")
    teams = [Team(id=number, name=name) for number, name in enumerate(names, 1)]
    assert list(short_names(teams).values()) == ["Paym", "Payr", "Web", "Payw", "Plat"]
    assert list(short_names(teams, 3).values()) == ["Pam", "Par", "Web", "Paw", "Pla"]
