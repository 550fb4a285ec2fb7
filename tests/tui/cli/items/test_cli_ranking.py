"""Sorting, moving and editing many items by command, on the demo. About four seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.plan.plan import entries_of
from store.records import Item
from tests.tui.cli import plan_commands
from tests.tui.cli.plan_commands import Commands

made, on = plan_commands.made, plan_commands.on


def order(on: Commands, side: str) -> list[Item]:
    return [entry.item for entry in entries_of(on.state, side)]


def test_sorted_once_and_taken_back(on: Commands) -> None:
    before = {side: order(on, side) for side in ("plan", "below")}
    seq = on.seq
    assert "change place" in on.json("sort", "--by", "value", "--dry-run")["what"]
    assert on.seq == seq
    said = on.json("sort", "--by", "value")
    assert said["done"]
    assert said["odds_before"] == said["odds_after"]
    for side in ("plan", "below"):
        wanted = sorted(before[side], key=lambda item: -(item.value if item.value is not None else -1e9))
        assert [item.id for item in order(on, side)] == [item.id for item in wanted]
    assert on.seq == seq + 1
    assert on.lines("sort", "--by", "value").startswith("It stands in that order")
    assert "undone: sorted by value, most first" in on.lines("undo")
    assert {side: [item.id for item in order(on, side)] for side in before} == {
        side: [item.id for item in items] for side, items in before.items()
    }
    assert "“colour” is nothing to sort by: it is one of value" in on.refused("sort", "--by", "colour")


def test_moved_together(on: Commands) -> None:
    plan = [item.title for item in order(on, "plan")]
    on.lines("rank", plan[5], plan[3], "--above", plan[1])
    assert [item.title for item in order(on, "plan")][:6] == [plan[0], plan[3], plan[5], plan[1], plan[2], plan[4]]
    on.lines("rank", "--where", f'"{plan[1]}" is:planned', "--top")
    assert order(on, "plan")[0].title == plan[1]
    assert "they stand there already" in on.lines("rank", plan[1], "--to", "1")
    assert f"from 1 to {len(plan)}, not 99" in on.refused("rank", plan[1], "--to", "99")
    assert "not both" in on.refused("rank", "--top")
    assert "that filter keeps nothing" in on.lines("rank", "--where", "zebra", "--top")


def test_items_that_a_filter_keeps_and_one_edit_of_them(on: Commands) -> None:
    found = on.json("items", "--where", "slice:I is:below", kind="items")
    wanted = [item for item in order(on, "below") if item.slice == "I"]
    assert [each["id"] for each in found["items"]] == [item.id for item in wanted]
    assert found["of"] == sum(item.state in ("plan", "below", "inbox") for item in on.state.each(Item))
    seq = on.seq
    assert f"{len(wanted)} of {len(wanted)} items change" in on.lines(
        "items", "--where", "slice:I is:below", "--set", "owner=Zoë", "--set", "priority=P1", "--dry-run"
    )
    assert on.seq == seq
    on.lines("items", "--where", "slice:I is:below", "--set", "owner=Zoë", "--set", "priority=P1")
    assert {(item.owner, item.priority) for item in on.state.each(Item) if item.id in {one.id for one in wanted}} == {
        ("Zoë", "P1")
    }
    assert [each["priority"] for each in on.json("items", "--where", "owner:zoë", kind="items")["items"]] == [
        "P1"
    ] * len(wanted)
    assert on.seq == seq + 1
    assert "say which" in on.refused("items", "--set", "owner=Zoë")
    assert "write FIELD=VALUE" in on.refused("items", "--where", "x", "--set", "colour=red")
    assert "“soon” is not a day" in on.refused("items", "--where", "due<soon")


def test_a_plan_that_would_not_fit_is_said_and_nothing_is_written(on: Commands) -> None:
    """All planned work of one team, given to the smallest; first what is of several teams too, which is refused."""
    teams = on.json("status", kind="status")["teams"]
    least, most = (pick(teams, key=lambda team: team["net"])["name"] for pick in (min, max))
    on.lines("items", "--where", "is:planned", "--set", "priority=P3")
    several = [entry.item for entry in entries_of(on.state, "plan") if len(entry.sizes) > 1]
    words = ("items", "--where", f'is:planned priority:P3 team:"{most}"', "--set", f"team={least}")
    assert several
    assert "sized for several teams" in on.refused(*words)
    for item in several:
        on.lines("item", str(item.id), "--priority", "P0")
    rows = on.rows()
    found = on.json(*words, code=1)
    assert not found["done"]
    assert not found["fits"]
    assert found["swaps"] or found["impossible"]
    assert on.rows() == rows


def test_filters_by_name(on: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert "no filter is saved yet" in on.lines("filters")
    on.lines("filters", "save", "infra", "slice:I")
    found = on.json("filters", "save", "To size", "is:unsized", kind="filters")
    assert found["filters"] == [{"name": "To size", "where": "is:unsized"}, {"name": "infra", "where": "slice:I"}]
    kept = on.json("items", "--filter", "INFRA", "--where", "is:below", kind="items")["items"]
    assert [each["id"] for each in kept] == [item.id for item in order(on, "below") if item.slice == "I"]
    assert "there is no filter “mine”: there are To size, infra" in on.refused("items", "--filter", "mine")
    on.lines("filters", "drop", "to size")
    assert on.json("filters", kind="filters")["filters"] == [{"name": "infra", "where": "slice:I"}]
    (tmp_path / "config" / "makeroom" / "config.toml").write_text("filters = [", encoding="utf-8")
    assert "is not valid TOML" in on.refused("filters", code=3)
