"""Marking, sorting, moving and editing many items on the board: each step seen, written once, taken back by one key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.records import Capacity, Command, Item, Size, State, Team
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, Room, item, latest, opened, small, things, titles, widths
from tests.tui.rest import drawn
from tui.flows.cover import Cover

ROWS = [
    ("Plan low", 2.0, {"value": 1.0, "priority": "P2"}),
    ("Plan high", 2.0, {"value": 9.0}),
    ("Alpha", 1.0, {"state": "below", "value": 3.0, "priority": "P1", "due": date(2027, 3, 1)}),
    ("Beta", None, {"state": "below", "source_key": "PAY-7"}),
    ("Gamma", 3.0, {"state": "below", "value": 8.0, "priority": "P0", "owner": "Ana"}),
    ("Delta", 2.0, {"state": "below", "value": 5.0, "priority": "P1"}),
]
BELOW = ["Alpha", "Beta", "Gamma", "Delta"]


def owners(state: State) -> dict[str, str]:
    return {one.title: one.owner for one in state.each(Item) if one.owner}


def struck(room: Room) -> str:
    """What is drawn struck through on the screen."""
    segments = (segment for strip in drawn(room.app) for segment in strip)
    return "".join(segment.text for segment in segments if segment.style and segment.style.strike).strip()


async def test_sorted_moved_and_edited_together(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ROWS)) as room:
        # A sort is seen in the list before it is one, and esc leaves all as it was.
        await room.look_at("Beta")
        await room.press("#", "s", "v")
        assert "6 of 6 items change place; 1 has no value: last, in their order." in room.text
        order = [entry.item.title for entry in room.board.plan.shown]
        assert order == ["Plan high", "Plan low", "Gamma", "Delta", "Alpha", "Beta"]
        await room.press("escape")
        assert [entry.item.title for entry in room.board.plan.shown] == ["Plan low", "Plan high", *BELOW]
        assert titles(room.state, "below") == BELOW
        await room.press("#", "s", "v", "s")
        assert (titles(room.state, "plan"), titles(room.state, "below")) == (
            ["Plan high", "Plan low"], ["Gamma", "Delta", "Alpha", "Beta"]
        )  # fmt: skip
        assert "sorted by value, most first: 6 of 6 items" in room.header
        await room.press("u")
        assert titles(room.state, "below") == BELOW
        # The order is shown, and no row as if it left.
        await room.press("space")
        await room.look_at("Plan low")
        assert struck(room) == "Plan low"
        await room.press("#", "s", "v")
        assert struck(room) == ""
        await room.press("escape")
        assert struck(room) == "Plan low"
        # The other way round, by the same menu.
        await room.press("#", "s", "p", "o", "s")
        assert titles(room.state, "below") == ["Alpha", "Delta", "Gamma", "Beta"]
        await room.press("u")

        # By hand: to the top, to a place, above another.
        await room.look_at("Delta")
        await room.press("#", "t")
        assert titles(room.state, "below")[0] == "Delta"
        assert room.on_cursor == "Delta"
        await room.press("#", "n")
        await room.write("3", "enter")
        assert titles(room.state, "below") == ["Alpha", "Beta", "Delta", "Gamma"]
        await room.press("#", "a")
        await room.write("Plan low", "enter")
        assert "not on the same side" in room.text
        await room.replace("bet", "enter")
        assert titles(room.state, "below") == ["Alpha", "Delta", "Beta", "Gamma"]
        await room.press("u", "u", "u")
        assert titles(room.state, "below") == BELOW

        # Several marked: they move together, and are one step each time.
        await room.look_at("Beta")
        await room.press("v", "v")
        assert "2 marked" in room.words("#plan-head")
        assert room.words("#plan").count("✓") == 2
        await room.press("J")
        assert titles(room.state, "below") == ["Alpha", "Delta", "Beta", "Gamma"]
        await room.press("#", "t")
        assert titles(room.state, "below") == ["Beta", "Gamma", "Alpha", "Delta"]
        await room.press("M")
        assert "Change 2 marked items" in room.text
        await room.press("tab", "tab")
        await room.write("Zoë", "tab")
        assert "2 of 2 items change." in room.text
        await room.press("ctrl+s")
        assert owners(room.state) == {"Beta": "Zoë", "Gamma": "Zoë"}
        await room.press("escape")
        assert "marked" not in room.words("#plan-head")
        await room.press("u", "u", "u")
        assert (titles(room.state, "below"), owners(room.state)) == (BELOW, {"Gamma": "Ana"})

        # What the search shows is changed as one; keys and customers are found, what cannot be read is not.
        await room.press("/")
        await room.write("priority:P1 value>2", "enter")
        assert [entry.item.title for entry in room.board.plan.shown] == ["Alpha", "Delta"]
        await room.press("M", "tab", "tab", "tab", "tab")
        await room.write("-", "ctrl+s")
        assert [item(room.state, name).priority for name in BELOW] == ["", "", "P0", ""]
        await room.press("u", "/")
        await room.replace("pay-7", "enter")
        assert [entry.item.title for entry in room.board.plan.shown] == ["Beta"]
        await room.press("/")
        await room.replace("value>lots")
        assert "0 of 6: value>lots: “lots” is not a number" in room.words("#plan-head")
        await room.replace("pay-7", "enter")
        await room.press("asterisk", "escape", "escape")
        assert len(room.board.plan.shown) == len(ROWS)


async def test_a_long_change_is_covered_written_whole_and_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More items than are written at once, at the smallest size; undone and redone in a thread, too."""
    said: list[str] = []

    def cover(words: str) -> Cover:
        said.append(words)
        return Cover(words)

    monkeypatch.setattr("tui.flows.long_change.Cover", cover)
    rows = [(f"Item {number:03}", 1.0, {"state": "below", "value": float(number)}) for number in range(450)]
    async with opened(small(tmp_path, rows), NARROW) as room:
        names = [name for name, _, _ in rows]
        await room.press("#", "s", "v", "s")
        await room.until(lambda: room.dialog == "" and titles(room.state, "below")[0] == "Item 449", "the sort")
        assert titles(room.state, "below") == names[::-1]
        assert "sorted by value" in room.header
        await room.press("u")
        await room.until(lambda: room.dialog == "" and titles(room.state, "below") == names, "the undo")
        assert "Undone" in room.header
        await room.press("U")
        await room.until(lambda: room.dialog == "" and titles(room.state, "below") == names[::-1], "the redo")
        assert said == ["Writing 450 changes …", "Undoing 450 changes …", "Redoing 450 changes …"]


async def test_groups_columns_and_saved_filters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at the plan otherwise changes nothing of it, and is kept for the person."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    rows = [*ROWS, ("Omega [/b]", 2.0, {"state": "below", "owner": "Ana", "priority": "later"})]
    path = small(tmp_path, rows)
    async with opened(path) as room:
        before = things(room.state)
        await room.press("G", "g", "o")
        lines = [line.rstrip() for line in room.words("#plan").splitlines()]
        heads = [line for line in lines if " ew" in line and "item" in line]
        assert [" ".join(head.split()) for head in heads] == [
            "nobody's 2 items, 4.0 ew",
            "Ana 2 items, 5.0 ew",
            "nobody's 3 items, 3.0 ew, 1 without a size",
        ]
        shown = [entry.item.title for entry in room.board.plan.shown]
        assert shown == ["Plan low", "Plan high", "Gamma", "Omega [/b]", "Alpha", "Beta", "Delta"]
        # The cursor passes headings and the line, and keys are about the row that it stands on.
        await room.press("home", "down", "down")
        assert room.on_cursor == "Gamma"
        await room.press("down", "v")
        assert [entry.item.title for entry in room.board.chosen[0]] == ["Omega [/b]"]
        await room.press("escape", "G", "g", "p")
        assert [entry.item.title for entry in room.board.plan.shown][2:] == [
            "Gamma", "Alpha", "Delta", "Omega [/b]", "Beta"
        ]  # fmt: skip

        await room.press("G", "c")
        await room.replace("value colour", "enter")
        assert "“colour” is not a column: they are key, priority, team" in room.text
        await room.replace("key, value due size", "enter")
        head = room.words("#plan-head").splitlines()[1]
        assert head.split() == ["item", "key", "value", "due", "ew"]
        (row,) = (line for line in room.words("#plan").splitlines() if "Alpha" in line)
        assert row.split()[-4:] == ["3", "1", "Mar", "1"]
        (row,) = (line for line in room.words("#plan").splitlines() if "Beta" in line)
        assert row.split()[-2:] == ["PAY-7", "size?"]

        await room.press("/")
        await room.write("priority:P1", "enter")
        await room.press("G", "s")
        await room.write("Firsts", "enter")
        assert "Saved as “Firsts”." in room.toasts
        await room.press("escape")
        assert things(room.state) == before
    async with opened(path, NARROW) as room:
        assert (room.board.plan.group, room.board.plan.columns) == ("priority", ("key", "value", "due", "size"))
        await room.press("G", "f")
        assert "Firsts" in room.text
        await room.press("1")
        assert {entry.item.title for entry in room.board.plan.shown} == {"Alpha", "Delta"}
        assert len(widths(room.lines)) == 1
        await room.press("G", "d", "1", "G", "f")
        assert "No filter is saved yet." in room.toasts
        await room.press("G", "g", "n", "G", "c")
        await room.replace("", "enter")
        assert (room.board.plan.group, room.board.plan.columns) == ("", None)


async def test_planned_work_for_another_team_goes_through_the_door(tmp_path: Path) -> None:
    """Where it does not fit the trade sheet opens, and esc leaves the plan as it was."""
    path = small(tmp_path, [("First", 8.0, {}), ("Second", 8.0, {}), ("Third", 1.0, {"state": "below"})], 30.0)
    with Workspace.open(path, actor="ada") as workspace:
        quarter = workspace.load().quarter.id
        team = Team(id=-1, name="Core", position=1)
        workspace.apply(Command("edit", "a team", (team, Capacity(id=-2, quarter_id=quarter, team_id=-1, net=15.0))))
    async with opened(path) as room:
        before = things(room.state)
        await room.press("home", "v", "v", "M", "tab")
        await room.write("core")
        assert "2 of 2 items change. It goes through the door: the plan's load changes." in room.text
        await room.press("ctrl+s")
        assert room.board.sheet.trade is not None
        await room.press("escape")
        assert room.board.sheet.trade is None
        assert things(room.state)["sizes"] == before["sizes"]
        # One of them fits there: it is written at once, as a decision.
        await room.press("escape", "home", "M", "tab")
        await room.write("core", "ctrl+s")
        assert latest(room.state)[1] == {"resized": ["First"]}
        sizes = {room.state.all(Item)[size.item_id].title: size.team_id for size in room.state.each(Size)}
        assert sizes["First"] != sizes["Second"] == sizes["Third"]
        await room.press("u")
        assert things(room.state)["sizes"] == before["sizes"]
