"""Scenarios on the board: branched, worked on, gone back from, made the plan, and undone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from store.database.places import scenarios_folder
from store.database.verify import verify
from store.records import Command, Decision, Item, Request, Scenario, Snapshot
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, NORMAL, Room, item, opened, small, stored, things, titles
from tui.flows import cover
from tui.seats import open_plan
from tui.session.main_and_scenarios import elsewhere
from tui.session.plans import plans_of
from tui.session.session import Session

ROWS = [
    ("One", 8.0, {}),
    ("Two", 6.0, {}),
    ("Three", 4.0, {}),
    ("Below", 3.0, {"state": "below"}),
]


async def branch(room: Room, name: str = "Acme yes", note: str = "") -> Path:
    await room.press("s", "b")
    await room.write(name, "enter")
    await room.write(note, "enter")
    await room.until(lambda: f"scenario “{name}”" in room.header and room.dialog == "", "the scenario")
    return room.board.session.workspace.path


async def to_main(room: Room) -> None:
    await room.press("s", "home", "enter")
    await room.until(lambda: room.board.session.workspace.path == room.path and not room.dialog, "the main plan")


def but(state, *tables: str):
    return {table: rows for table, rows in things(state).items() if table not in tables}


class TestGoingThere:
    async def test_the_header_always_says_which_one_this_is(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            assert "Main" in room.header
            path = await branch(room)
            assert path == scenarios_folder(room.path) / "acme-yes.db"
            assert "Main" not in room.header
            for key, dialog in (("h", "History"), ("s", "Scenarios")):
                await room.press(key)
                assert room.dialog == dialog
                assert "scenario “Acme yes”" in room.lines[0]
                await room.press("escape")
            await to_main(room)
            assert "Main" in room.header
            assert "scenario" not in room.header

    async def test_at_80x24_too(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NARROW) as room:
            assert "scenario" not in room.header
            await branch(room, "Acme")
            assert "scenario “Acme”" in room.lines[0]
            assert "room" in room.lines[0]
            await room.press("comma")
            assert "scenario “Acme”" in room.lines[0]

    async def test_what_is_done_there_is_not_in_the_main_plan(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            before = room.state
            path = await branch(room)
            await room.look_at("Below")
            await room.press("b")
            await room.look_at("One")
            await room.press("b")
            assert titles(stored(path), "plan") == ["Two", "Three", "Below"]
            assert but(room.state, "scenarios") == but(before, "scenarios")
            await room.press("u", "u")
            assert titles(stored(path), "plan") == ["One", "Two", "Three"]
            await room.press("u")
            assert "Nothing to undo" in room.toasts
            await room.press("U", "U")
            assert titles(stored(path), "plan") == ["Two", "Three", "Below"]
            await to_main(room)
            assert titles(room.board.session.state, "plan") == ["One", "Two", "Three"]
            await room.press("U")
            assert "Nothing to redo" in room.toasts
        assert verify(path).sound
        assert verify(tmp_path / "room.db").sound

    async def test_it_is_opened_again_with_its_own_undo(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            path = await branch(room)
            await room.look_at("Three")
            await room.press("b")
            await to_main(room)
            await room.press("s")
            assert "Acme yes" in room.text
            await room.press("down", "enter")
            await room.until(lambda: "scenario “Acme yes”" in room.header and not room.dialog)
            await room.press("u")
            assert titles(stored(path), "plan") == ["One", "Two", "Three"]

    async def test_opened_by_its_file_it_knows_what_it_is(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            path = await branch(room)
        async with opened(path, NORMAL) as room:
            assert "scenario “Acme yes”" in room.header
            await room.press("s")
            assert room.text.count("Acme yes") >= 2
            await room.press("home", "enter")
            await room.until(lambda: "Main" in room.header and not room.dialog)

    async def test_seats_follow(self, tmp_path: Path) -> None:
        """Whoever is in the main plan sees who is in which scenario."""
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL, seated=True) as room:
            await branch(room)
            with Workspace.open(room.path, actor="grace") as workspace:
                found = elsewhere(Session(workspace))
                assert [(path.name, seat.name) for path, seat in found] == [("acme-yes.db", "ada")]
            await to_main(room)
            assert not list(scenarios_folder(room.path).glob("*.seats"))

    @pytest.mark.parametrize(("name", "says"), [("", "needs a name"), ("main", "main plan"), ("x" * 70, "too long")])
    async def test_names_that_are_none(self, tmp_path: Path, name: str, says: str) -> None:
        async with opened(small(tmp_path, ROWS), NORMAL) as room:
            await room.press("s", "b")
            await room.write(name, "enter", "enter")
            assert room.dialog == "Form"
            assert says in room.text
            await room.press("escape", "escape")
            assert not scenarios_folder(room.path).exists()

    async def test_a_file_that_is_gone_is_said(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS), NORMAL) as room:
            path = await branch(room)
            await to_main(room)
            path.unlink()
            await room.press("s", "down")
            assert "is missing" in room.text
            await room.press("enter")
            assert "cannot be opened" in room.toasts
            await room.press("x")
            assert "is closed" in room.toasts
            assert [row.state for row in room.state.each(Scenario)] == ["closed"]

    async def test_a_branching_that_fails_leaves_everything(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from store.workspace import scenario_files

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        async with opened(small(tmp_path, ROWS), NORMAL) as room:
            before = room.state
            monkeypatch.setattr(scenario_files, "finish", fail)
            await room.press("s", "b")
            await room.write("x", "enter", "enter")
            await room.until(lambda: "No space left" in room.toasts)
            assert room.state == before
            assert not scenarios_folder(room.path).exists()


class TestFromAnotherScenario:
    async def test_branching_and_closing_reach_the_main_plan(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            first = await branch(room, "first")
            await room.look_at("Three")
            await room.press("b")
            await room.press("s", "home", "b")
            await room.write("second", "enter", "enter")
            await room.until(lambda: "scenario “second”" in room.header and not room.dialog)
            assert titles(room.board.session.state, "plan") == ["One", "Two", "Three"], "branched from the main plan"
            assert [row.name for row in room.state.each(Scenario)] == ["first", "second"]
            await room.press("s", "b")
            assert "branches from the main plan" in room.toasts
            await room.press("home", "down", "x")
            assert [row.state for row in room.state.each(Scenario)] == ["closed", "open"]
            assert first.exists()


class TestLargeFiles:
    """Read in a thread, beneath a cover that takes the keys."""

    async def test_the_same_comes_of_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cover, "SMALL", -1)
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await room.press("s")
            await room.until(lambda: room.dialog == "Scenarios")
            await room.press("b")
            await room.write("x", "enter", "enter")
            await room.until(lambda: "scenario “x”" in room.header and not room.dialog)
            await room.look_at("Three")
            await room.press("b")
            await room.press("s")
            await room.until(lambda: room.dialog == "Scenarios")
            await room.press("M")
            await room.until(lambda: room.dialog == "Report")
            assert "out: “Three”" in room.text

    async def test_esc_gives_it_up_and_keys_go_nowhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        go_on = threading.Event()
        opens = open_plan._opened

        def slowly(path: Path, old: Session) -> Session:
            go_on.wait(60)
            return opens(path, old)

        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await branch(room, "x")
            await to_main(room)
            before = room.state
            monkeypatch.setattr(cover, "SMALL", -1)
            monkeypatch.setattr(open_plan, "_opened", slowly)
            await room.press("s")
            await room.until(lambda: room.dialog == "Scenarios")
            room.awaits_threads = False
            await room.press("down", "enter")
            await room.until(lambda: room.dialog == "Cover")
            await room.press("b", "n", "K")
            await room.press("escape")
            await room.until(lambda: room.dialog == "Scenarios")
            await room.press("escape")
            go_on.set()
            room.awaits_threads = True
            await room.settle()
            assert "Main" in room.header
            assert room.state == before


async def test_names_from_outside_are_shown_as_they_are(tmp_path: Path) -> None:
    """Markup is text, and what turns a line round does not."""
    path = small(tmp_path, ROWS)
    with Workspace.open(path, actor="ada") as workspace:
        fields = {"author": "[red]eve", "note": "[/] \u202e note", "at": "2026-11-21T10:00Z"}
        rows = [Scenario.model_validate({"id": -1, "name": "[bold]yes[/]", "file": "../x.db", **fields})]
        workspace.apply(Command("scenario", "by hand", tuple(rows)))
    async with opened(path, NARROW) as room:
        await room.press("s", "down")
        assert "[bold]yes[/]" in room.text
        assert "[red]e" in room.text
        assert "\u202e" not in room.text
        assert "not the name of a scenario's file" in room.text
        await room.press("enter", "M", "x")
        assert room.dialog == "Scenarios"


class TestMakingItThePlan:
    async def make(self, room: Room) -> None:
        await room.press("s", "M")
        await room.until(lambda: room.dialog == "Report", "the list of what changes")

    async def decide(self, room: Room) -> None:
        await room.press("enter")
        await room.write("Luis", "enter")
        await room.write("they signed", "enter")
        await room.until(lambda: room.board.session.workspace.path == room.path and not room.dialog, "the main plan")

    async def test_one_decision_and_undo(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await branch(room)
            before = room.state
            await room.look_at("Below")
            await room.press("b", "K")
            await room.look_at("Two")
            await room.press("b")
            there = room.board.session.state
            await self.make(room)
            assert "in: “Below”, 3.0 ew" in room.text
            assert "out: “Two”, 6.0 ew" in room.text
            assert room.state == before
            await self.decide(room)
            after = room.state
            assert titles(after, "plan") == titles(there, "plan") == ["One", "Below", "Three"]
            decision = max(after.each(Decision), key=lambda one: one.id)
            assert (decision.decided_by, decision.because) == ("Luis", "they signed")
            assert [row.state for row in after.each(Scenario)] == ["taken"]
            with Workspace.open(room.path, read_only=True) as workspace:
                events = workspace.events()
            assert [event.kind for event in events] == ["create", "edit", "scenario", "snapshot", "trade"]
            assert events[-1].label.startswith("scenario “Acme yes” made the plan")
            (kept,) = after.each(Snapshot)
            assert kept.kind == "before restore"
            await room.press("u")
            assert but(room.state, "snapshots") == but(before, "snapshots")
            await room.press("U")
            assert things(room.state) == things(after)
        assert verify(tmp_path / "room.db").sound

    async def test_what_was_made_there_comes_along(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await branch(room)
            await room.press("a")
            await room.write("Acme audit log ~1-2-3 #oneoff >Acme $480k@60% by:sales-east", "enter")
            await room.until(lambda: room.dialog == "", "the board")
            assert "Acme audit log" in titles(room.board.session.state, "plan")
            mine = room.board.session.state
            await self.make(room)
            await self.decide(room)
            made = item(room.state, "Acme audit log")
            assert made.state == "plan"
            (request,) = room.state.each(Request)
            (there,) = mine.each(Request)
            assert request.item_id == made.id
            assert (request.asked_by, request.deal_amount, request.deal_probability) == ("sales-east", 480_000, 0.6)
            assert request.received_at == there.received_at

    async def test_the_main_plan_may_have_moved_on(self, tmp_path: Path) -> None:
        """Another one made the list longer meanwhile: what is listed is against the main plan as it is now."""
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await branch(room)
            await room.look_at("Three")
            await room.press("b")
            with Workspace.open(room.path, actor="grace") as other:
                state = other.load()
                one = item(state, "One")
                other.apply(Command("drop", "One out", (one.model_copy(update={"state": "below"}),)))
            await self.make(room)
            assert "in: “One”" in room.text
            assert "out: “Three”" in room.text
            await self.decide(room)
            assert titles(room.state, "plan") == ["One", "Two"]

    async def test_below_the_target_the_trade_sheet_opens_in_the_main_plan(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=24.0), NORMAL) as room:
            await branch(room)
            await room.look_at("Below")
            await room.press("b")
            await room.to_items()
            # Signed for there; that does not count in the main plan.
            await room.press("exclamation_mark")
            await room.write("Ana", "enter")
            await room.write("we must", "enter")
            await room.until(lambda: "Below" in titles(room.board.session.state, "plan"))
            before = room.state
            await self.make(room)
            await self.decide_short(room)
            assert "Main" in room.header
            assert but(room.state, "snapshots") == but(before, "snapshots")
            await room.press("escape")
            assert but(room.state, "snapshots") == but(before, "snapshots")

    async def decide_short(self, room: Room) -> None:
        await room.press("enter")
        await room.write("Luis", "enter")
        await room.write("they signed", "enter")
        await room.until(lambda: room.board.sheet.trade is not None, "the trade sheet")

    async def test_nothing_differs(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await branch(room)
            await room.press("s", "M")
            await room.until(lambda: "nothing to take over" in room.toasts)

    async def test_esc_changes_nothing(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            path = await branch(room)
            await room.look_at("Three")
            await room.press("b")
            before = room.state, stored(path)
            await self.make(room)
            await room.press("escape", "M")
            await room.until(lambda: room.dialog == "Report")
            await room.press("enter", "escape", "escape")
            assert (room.state, stored(path)) == before
            assert "scenario “Acme yes”" in room.header


class TestSnapshots:
    async def save(self, room: Room, name: str) -> None:
        await room.press("s", "s")
        await room.write(name, "enter", "enter")
        await room.until(lambda: room.dialog == "Scenarios")

    async def test_saved_and_restored(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await self.save(room, "As agreed")
            await room.press("escape")
            before = room.board.session.state
            await room.look_at("Two")
            await room.press("b")
            await room.press("s", "down", "r")
            await room.until(lambda: room.dialog == "Report")
            assert "comes in: “Two”" in room.text
            await room.press("enter")
            await room.until(lambda: room.dialog == "")
            assert titles(room.state, "plan") == titles(before, "plan")
            await room.press("u")
            assert titles(room.state, "plan") == ["One", "Three"]

    async def test_exported_and_imported(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await self.save(room, "As agreed")
            await room.press("down", "e")
            await room.write(str(tmp_path / "plans"), "enter")
            (path,) = (tmp_path / "plans").iterdir()
            assert str(path.name) in room.toasts
            await room.press("I")
            await room.write(str(path), "enter")
            assert "Nothing differs" in room.text
            await room.press("enter")
            first, second = sorted(room.state.each(Snapshot), key=lambda one: one.id)
            assert (second.kind, second.name, second.hash) == ("imported", first.name, first.hash)
            await room.press("I")
            await room.write(str(tmp_path / "room.db"), "enter")
            assert "room.db" in room.toasts
            assert room.dialog == "Scenarios"

    async def test_a_scenario_from_a_snapshot_begins_with_it(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
            await self.save(room, "As agreed")
            await room.press("escape")
            await room.look_at("Two")
            await room.press("b")
            await room.press("s", "down", "b")
            await room.write("from then", "enter", "enter")
            await room.until(lambda: "scenario “from then”" in room.header and not room.dialog)
            await room.until(lambda: "Two" in titles(room.board.session.state, "plan"))
            path = room.board.session.workspace.path
            assert titles(stored(path), "plan") == ["One", "Two", "Three"]
            assert titles(room.state, "plan") == ["One", "Three"]
            (snapshot,) = room.state.each(Snapshot)
            assert [row.snapshot_id for row in room.state.each(Scenario)] == [snapshot.id]
            await room.press("u")
            assert titles(stored(path), "plan") == ["One", "Three"]
            await room.press("u")
            assert "Nothing to undo" in room.toasts


def test_the_list(tmp_path: Path) -> None:
    """Open scenarios first; where the main file is gone, what there is."""
    from store.workspace.scenario_files import closing_of, listing, make_file

    main = small(tmp_path, ROWS)
    with Workspace.open(main, actor="ada") as workspace:
        for name in ("first", "second"):
            workspace.apply(listing(name, make_file(main, name, "ada"), "ada"))
        workspace.apply(closing_of(next(workspace.load().each(Scenario))))
        found = plans_of(Session(workspace))
        assert [(row.kind, row.name, row.state, row.here) for row in found.rows] == [
            ("main", "Main", "draft", True),
            ("scenario", "second", "open", False),
            ("scenario", "first", "closed", False),
        ]
        second = found.rows[1].path
    assert second is not None
    main.rename(tmp_path / "away.db")
    with Workspace.open(second, actor="ada") as workspace:
        found = plans_of(Session(workspace))
        assert [(row.kind, row.name, row.here) for row in found.rows] == [
            ("main", "Main", False),
            ("scenario", "second", True),
        ]
        assert "does not lie beside its folder" in found.rows[0].trouble
        assert workspace.load().all(Item)
