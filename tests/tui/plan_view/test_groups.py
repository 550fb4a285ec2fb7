"""Groups and chosen columns of the plan's table, beside a count by hand."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from scenarios.odds.finished_quarters import draws_of
from scenarios.plan.plan import Entry, entries_of
from store.common.errors import Refused
from tests.scenarios.making import add_item, empty
from tui.plan_view.chosen_columns import COLUMNS, columns_named, fitting
from tui.plan_view.groups import GROUPS, GroupHeading, grouped
from tui.plan_view.plan_table import PlanColumns
from tui.session.figures import Figures

TEAM_ORDER = ["{0}", "{0} + {1}", "{1}", "no team yet"]


def figures(seed: int = 4) -> Figures:
    rng = random.Random(seed)
    state = empty((20.0, 20.0))
    for number in range(1, 41):
        sizes = rng.choice((None, {1: 1.5}, {2: 2.0}, {1: 1.0, 2: 3.0}))
        owner, priority = rng.choice(("", "Ana", "bo")), rng.choice(("P0", "P2", "", "later", "None"))
        more = {"owner": owner, "priority": priority, "slice": rng.choice("FQI")}
        add_item(state, number, sizes, state="below", rank=float(rng.random()), **more)
    return Figures(state, draws_of(state))


@pytest.mark.parametrize("by", GROUPS)
def test_every_item_once_in_its_order_under_a_heading_that_counts_it(by: str) -> None:
    now = figures()
    entries = entries_of(now.state, "below")
    rows = grouped(now, entries, by)
    groups: dict[GroupHeading, list[Entry]] = defaultdict(list)
    heading = None
    for row in rows:
        if isinstance(row, GroupHeading):
            heading = row
        else:
            assert heading is not None
            groups[heading].append(row)
    assert sorted(entry.item.id for group in groups.values() for entry in group) == sorted(e.item.id for e in entries)
    for head, group in groups.items():
        assert [entry for entry in entries if entry in group] == group
        assert head.count == len(group)
        assert head.ew == sum(size.likely for entry in group for size in entry.sizes)
        assert head.unsized == sum(not entry.sizes for entry in group)
    names = [head.name for head in groups]
    teams = [team.name for team in now.plan.teams]
    assert (
        names
        == {
            "team": [each.format(*teams) for each in TEAM_ORDER],
            "slice": ["Features", "Infrastructure & -ilities", "Quality & debt"],
            "owner": ["Ana", "bo", "nobody's"],
            "priority": ["P0", "P2", "later", "no priority"],
        }[by]
    )


def test_columns_leave_from_the_last_one_on() -> None:
    chosen = columns_named("value, KEY team  size odds value")
    assert chosen == ("value", "key", "team", "size", "odds")
    for width in range(40, 200):
        here = fitting(chosen, width - 9)
        assert list(here) == list(chosen)[: len(here)]
        columns = PlanColumns.at(width, chosen=chosen)
        assert columns.title >= 20
        assert 9 + columns.title + sum(here.values()) + len(here) == width
    assert list(fitting(COLUMNS, 191)) == list(COLUMNS)
    with pytest.raises(Refused, match="“colour” is not a column: they are key, priority"):
        columns_named("value colour")
