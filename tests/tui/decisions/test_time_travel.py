"""Time travel: plan, mix and odds as they were at any decision; read only."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.figures.sizes import Range
from scenarios.quarter.close import Ending, close_quarter
from scenarios.trade import changes
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_capacity, propose_item, propose_sizes
from store.common.errors import Refused, StoreError
from store.records import Actual, Decision, Item, Quarter
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, NORMAL, Room, demo, opened, small, titles
from tui.decisions import log_screen
from tui.session.figures import Figures
from tui.session.past import Past
from tui.session.session import Session

ROWS = [("One", 8.0, {}), ("Two", 6.0, {}), ("Three", 4.0, {}), ("Below", 3.0, {"state": "below"})]


def meeting(session: Session, chance: random.Random, steps: int) -> dict[int, tuple[list[str], float]]:
    """Random decisions, undone at times; the titles in plan and the odds, as they stood on screen, by event."""
    seen = {session.state.seq: (titles(session.state, "plan"), session.now.forecast.odds)}
    for _ in range(steps):
        try:
            applied = step(session, chance)
        except Refused:
            continue
        if applied is not None:
            seen[applied.event.seq] = (titles(session.state, "plan"), session.now.forecast.odds)
    return seen


def step(session: Session, chance: random.Random):
    state, forecast = session.state, session.now.forecast
    entries = list(forecast.plan.entries)
    kind = chance.choice(["in", "in", "drop", "size", "capacity", "target", "undo", "redo", "close"])
    match kind:
        case "undo":
            return session.undo()
        case "redo":
            return session.redo()
        case "drop" if entries:
            return session.commit(changes.drop(state, chance.choice(entries), forecast))
        case "close" if entries and chance.random() < 0.3:
            took = {size.id: size.likely * chance.uniform(0.5, 3) for entry in entries for size in entry.sizes}
            return session.commit(close_quarter(state, Ending(took), forecast))
        case "in":
            below = [item.id for item in state.each(Item) if item.state in ("below", "inbox")]
            proposal = propose_item(state, chance.choice(below))
        case "size" if entries:
            entry = chance.choice(entries)
            sizes = {size.team_id: Range(chance.uniform(1, 9)) for size in entry.sizes}
            proposal = propose_sizes(state, entry.item.id, sizes)
        case "target":
            proposal = propose_capacity(state, {}, chance.choice([0.5, 0.6, 0.8]))
        case _:
            proposal = propose_capacity(
                state, {key: net * chance.uniform(0.8, 1.2) for key, net in forecast.plan.net.items()}
            )
    trade = Trade.of(state, proposal, forecast)
    out = chance.sample(trade.leavable, chance.randint(0, min(2, len(trade.leavable))))
    verdict = Verdict("Luis", "we must", changes.now(), signed=True)
    return session.commit(settle(trade, out, verdict))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_odds_are_those_of_the_time_to_the_last_digit(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = random.Random(seed)
    path = demo(tmp_path_factory.mktemp("w"))
    with Workspace.open(path, actor="ada") as workspace:
        seen = meeting(Session(workspace), chance, 14)
    with Workspace.open(path, actor="grace") as workspace:
        session = Session(workspace)
        past = Past(session)
        order = list(seen)
        chance.shuffle(order)
        for seq in order:
            figures = past.figures(seq)
            assert (titles(figures.state, "plan"), figures.forecast.odds) == seen[seq]
            recorded = [
                Decision.model_validate(change.after)
                for change in workspace.changes(seq)
                if change.table == Decision.table and change.before is None and change.after is not None
            ]
            for decision in recorded:
                if decision.odds_after is not None and decision.kind != "close":
                    assert decision.odds_after == figures.forecast.odds


def test_before_a_quarter_was_closed_less_was_known(tmp_path: Path) -> None:
    """What the odds learned from a finished quarter is not in those from before it."""
    with Workspace.open(small(tmp_path, ROWS, net=22.0), actor="ada") as workspace:
        session = Session(workspace)
        before, seq = session.now.forecast.odds, session.state.seq
        took = {size.id: 2.5 * size.likely for entry in session.now.plan.entries for size in entry.sizes}
        session.commit(close_quarter(session.state, Ending(took), session.now.forecast))
        assert session.state.all(Actual)
        assert session.draws.models
        then = Past(session).figures(seq)
        assert (then.forecast.odds, then.draws.models, then.plan.quarter.name) == (before, {}, "Q1 2027")
        assert len(session.state.all(Quarter)) == 2


async def decide(room: Room) -> None:
    """Two decisions: the last item below the line, then the one that waited there in."""
    await room.look_at("Three")
    await room.press("b")
    await room.look_at("Below")
    await room.press("b")


async def test_a_step_back_shows_the_plan_of_then(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
        await decide(room)
        now, before = room.header, room.state
        await room.press("h", "comma")
        assert "THE PAST, read only" in room.text
        assert "decision 2 of 2" in room.text
        assert "load 17.0" in room.text
        await room.press("comma")
        assert "decision 1 of 2" in room.text
        assert "load 14.0" in room.text
        assert "The plan as it was" in room.text
        await room.press("comma")
        assert "no earlier decision" in room.toasts
        await room.press("enter")
        assert "2 items, as it was" in room.text
        assert [line for line in room.lines if " Two " in line]
        await room.press("full_stop")
        assert "3 items, as it was" in room.text
        assert "load 17.0" in room.text
        await room.press("escape", "end")
        assert "before any of 2 decisions" in room.text
        assert "load 0.0" in room.text
        await room.press("escape")
        assert "THE PAST" not in room.text
        assert room.dialog == "History"
        await room.press("escape")
        assert room.dialog == ""
        assert room.header == now
        assert room.state == before


async def test_from_the_board_it_begins_at_the_latest_decision(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ROWS, net=40.0), NARROW) as room:
        await decide(room)
        await room.press("K")
        await room.press("full_stop")
        assert room.dialog == "History"
        assert "decision 2 of 2" in room.text
        assert "THE PAST" in room.text
        await room.press("up")
        assert "after decision 2 of 2" in room.text
        await room.press("q")
        assert room.dialog == ""


async def test_many_draws_are_made_in_a_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Meanwhile what stands is marked as old; whoever goes on is shown the moment they went to, and no other."""
    with Workspace.open(small(tmp_path, ROWS, net=30.0), actor="ada") as workspace:
        session = Session(workspace)
        took = {size.id: 2.5 * size.likely for entry in session.now.plan.entries for size in entry.sizes}
        session.commit(close_quarter(session.state, Ending(took), session.now.forecast))
    monkeypatch.setattr(log_screen, "HEAVY", 0)
    go_on, build = threading.Event(), Figures.build

    def slowly(figures: Figures) -> None:
        if threading.current_thread() is not threading.main_thread():
            go_on.wait(60)
        build(figures)

    monkeypatch.setattr(Figures, "build", slowly)
    async with opened(tmp_path / "room.db", NORMAL) as room:
        await room.press("h", "comma")
        room.awaits_threads = False
        await room.press("down")
        assert "old …" in room.lines[0]
        go_on.set()
        room.awaits_threads = True
        await room.until(lambda: "load 18.0" in room.text, "the past")
        assert "old …" not in room.text
        await room.press("up")
        assert "load 0.0" in room.text


async def test_where_nothing_was_decided_yet(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ROWS), NORMAL) as room:
        await room.press("comma")
        assert "before any of 0 decisions" in room.text
        await room.press("comma", "full_stop", "enter", "escape", "escape", "escape")
        assert room.dialog == ""


async def test_a_file_that_was_restored_meanwhile_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(small(tmp_path, ROWS, net=40.0), NORMAL) as room:
        await decide(room)
        await room.press("h", "comma")

        def refused(*_: object) -> None:
            raise StoreError("It was put back to another state.")

        monkeypatch.setattr(Workspace, "at", refused)
        await room.press("comma")
        assert "put back to another state" in room.toasts
        await room.press("q")
        assert room.dialog == ""
