"""Scenarios where several people have the workspace open, and the whole way in a real terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from store.database.places import scenarios_folder
from store.database.verify import verify
from store.records import Scenario
from store.sidecars.seats import Seats
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import Room, opened, running, small, stored, things, titles
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.app.app import MakeroomApp
from tui.session.session import Session

ROWS = [("One", 8.0, {}), ("Two", 6.0, {}), ("Three", 4.0, {}), ("Below", 3.0, {"state": "below"})]


@asynccontextmanager
async def following(path: Path) -> AsyncIterator[Room]:
    """The projector."""
    with Workspace.open(path, actor="Projector", read_only=True) as workspace:
        session = Session(workspace)
        app = MakeroomApp(session, seats=Seats(path, f"follow{id(session)}", "Projector", follows="*"))
        async with running(app, path) as room:
            yield room


async def branch(room: Room, name: str) -> None:
    await room.press("s", "b")
    await room.write(name, "enter", "enter")
    await room.until(lambda: f"scenario “{name}”" in room.header and not room.dialog, "the scenario")


async def test_the_projector_follows_into_a_scenario_and_back(tmp_path: Path) -> None:
    path = small(tmp_path, ROWS, net=40.0)
    async with opened(path, actor="Ana", seated=True) as ana, following(path) as wall:
        await wall.until(lambda: "follows Ana" in wall.header)
        await branch(ana, "what if")
        await wall.until(lambda: "scenario “what if”" in wall.header, "the scenario")
        await wall.until(lambda: "follows Ana" in wall.header)
        await ana.look_at("Three")
        await ana.press("b")
        await wall.until(lambda: titles(wall.board.session.state, "plan") == ["One", "Two"], "the change there")
        await wall.press("s")
        assert "follows and is read only" in wall.toasts
        await ana.press("s", "home", "enter")
        await wall.until(lambda: "scenario" not in wall.header and "· Main" in wall.header, "the main plan")
        await wall.until(lambda: "follows Ana" in wall.header)
        assert len(wall.board.session.now.plan.entries) == 3
    assert not list(tmp_path.rglob("*.seats"))


async def test_others_are_told_who_is_in_which_scenario(tmp_path: Path) -> None:
    path = small(tmp_path, ROWS, net=40.0)
    async with opened(path, actor="Ana", seated=True) as ana, opened(path, actor="Ben", seated=True) as ben:
        await branch(ana, "what if")
        await ben.press("at")
        assert "Ana: in the scenario “what if”" in ben.text
        await ben.press("escape", "s")
        assert "there: Ana" in ben.text
        await ben.press("escape")
        await ana.press("at")
        assert "Ben: in the main plan" in ana.text


async def test_what_others_change_in_the_scenario_is_followed_there(tmp_path: Path) -> None:
    """Live polling goes along, and stays away from the plan that was left."""
    path = small(tmp_path, ROWS, net=40.0)
    async with opened(path, actor="Ana", seated=True) as ana:
        await branch(ana, "what if")
        there = ana.board.session.workspace.path
        async with opened(there, actor="Ben", seated=True) as ben:
            await ana.until(lambda: "2 seats" in ana.header)
            await ben.look_at("Three")
            await ben.press("b")
            await ana.until(lambda: titles(ana.board.session.state, "plan") == ["One", "Two"], "Ben's change")
        async with opened(path, actor="Cy", seated=True) as cy:
            await cy.look_at("One")
            await cy.press("b")
            await cy.settle()
            assert titles(ana.board.session.state, "plan") == ["One", "Two"]


@needs_a_pty
def test_the_whole_way_in_a_terminal(tmp_path: Path) -> None:
    """Branch, change three things, make it the plan, undo: the main plan is as before but for its journal."""
    path = small(tmp_path, ROWS, net=40.0)
    before = stored(path)
    with Terminal(["--db", str(path), "--as", "Ana"], 120, 40, environment(tmp_path)) as terminal:
        terminal.until("Three", "Main")
        terminal.press("s")
        terminal.until("PLANS")
        terminal.press("b")
        terminal.until("Branch a scenario")
        terminal.write("Acme yes")
        terminal.press("enter", "enter")
        terminal.until("scenario “Acme yes”", "3 items", gone=["PLANS"])
        terminal.press("b")
        terminal.until("2 items")
        terminal.press("end", "b")
        terminal.until("3 items")
        terminal.press("K")
        terminal.until("odds")
        scenario = scenarios_folder(path) / "acme-yes.db"
        terminal.press("s")
        terminal.until("PLANS", "Main")
        terminal.press("M")
        terminal.until("what changes in the main plan", "in: “Below”", "out: “One”")
        terminal.press("enter")
        terminal.until("decided by")
        terminal.write("Luis")
        terminal.press("enter")
        terminal.write("they signed")
        terminal.press("enter")
        terminal.until("Main", "made the plan", gone=["scenario “Acme yes” draft", "decided by"])
        after = stored(path)
        assert titles(after, "plan") == titles(stored(scenario), "plan")
        assert titles(after, "plan") != titles(before, "plan")
        assert [row.state for row in after.each(Scenario)] == ["taken"]
        terminal.press("u")
        terminal.until("Undone")
        terminal.press("q")
        assert terminal.ended() == 0
    undone = stored(path)
    assert [row.state for row in undone.each(Scenario)] == ["open"]
    left, right = things(undone), things(before)
    # The scenario is listed, and nothing else differs; snapshots that are taken by themselves may be there.
    for table in left.keys() - {Scenario.table, "snapshots"}:
        assert left[table] == right[table], table
    assert verify(path).sound
    assert verify(scenario).sound
