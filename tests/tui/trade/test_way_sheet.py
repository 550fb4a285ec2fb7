"""Ways out in the trade sheet: a pilot for the claim, a partner for a planned item, an answer at once. About 20 s."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from textual.widgets import Input

from scenarios.rules.charter import write_figures, write_principle
from scenarios.trade.door import forecast_of
from store.records import Command, Decision, Record, Size, State
from store.records.negotiation import DecisionDetail, WayOut
from store.sidecars.drafts import save_draft
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import Room, item, latest, opened, small, stored, things, titles
from tests.tui.seats.test_follow import following
from tests.tui.seats.test_live import mark, marks, open_trade, room_of_ten, somebody
from tui.seats.dialog_drafts import draft_of

#: What a size is typed as, and what it is: low, likely, high.
PILOT = ("1-1.2-2", (1.0, 1.2, 2.0))


def odds_with(state: State, sizes: dict[str, tuple[float | None, float, float | None]], *, without: str = "") -> float:
    """The odds of the plan with these items in it at these sizes of the only team, by a simulation of its own."""
    puts: list[Record] = []
    for title, (low, likely, high) in sizes.items():
        one = item(state, title)
        (size,) = [row for row in state.all(Size).values() if row.item_id == one.id]
        rank = one.rank if one.state == "plan" else 1000.0
        puts.append(one.model_copy(update={"state": "plan", "rank": rank}))
        puts.append(size.model_copy(update={"low": low, "likely": likely, "high": high}))
    if without:
        puts.append(item(state, without).model_copy(update={"state": "below"}))
    return forecast_of(state.overlay(Command("edit", "", tuple(puts)))).odds


def percent(odds: float) -> str:
    """Against the target of 70%: one decimal near it, rounded down."""
    near = abs(odds - 0.7) <= 0.005
    return f"{int(1000 * odds + 1e-6) / 10:.1f}%" if near else f"{int(100 * odds + 0.5 + 1e-9)}%"


async def fill(room: Room, **values: str) -> None:
    """Type into the fields of the form on top, by their names; a size is ``size``."""
    for name, text in values.items():
        wanted = "field-size-" if name == "size" else f"field-{name}"
        field = next(each for each in room.app.screen.query(Input) if str(each.id).startswith(wanted))
        room.app.screen.set_focus(field)
        await room.replace(text)


def field(room: Room) -> str:
    """The field that has the cursor."""
    return str(room.app.focused.id) if room.app.focused is not None else ""


def rows(state: State) -> dict[str, WayOut]:
    """The ways out on record, by the item's title."""
    return {state.tables["items"][row.item_id].title: row for row in state.all(WayOut).values()}


def kinds(state: State) -> dict[str, str]:
    return {title: row.kind for title, row in rows(state).items()}


def rows_marked(room: Room, box: str) -> list[str]:
    return [line for line in room.words("#candidates").splitlines() if line.lstrip("▌").startswith(box)]


async def pilot(room: Room) -> None:
    """The request that is asked comes in as a pilot of 1.2 ew."""
    await room.press("o", "i")
    await fill(room, size=PILOT[0], customers="4", test="3 of 4 use it weekly")
    await room.press("ctrl+s")


async def partner(room: Room, title: str) -> None:
    """A planned item is delivered by a partner, with half a week of support."""
    await room.to_items()
    table = room.board.sheet.table
    table.move_to(next(n for n, row in enumerate(table._rows) if row.entry.item.title == title))
    await room.press("W", "r")
    await fill(room, who="Nordlys AS", size="0.5", note="the adapter")
    await room.press("ctrl+s")


async def test_three_ways_are_tried_and_one_on_a_planned_item_is_settled(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path, net=25.7)
    before = stored(path)
    async with opened(path) as room:
        await open_trade(room)
        await mark(room, "Work 9")
        await room.press("o")
        assert "Ways out for “Audit log”" in room.text
        assert "3.0 ew asked" in room.text
        # A pilot of too many, as large as what is asked: the sentence, nothing lost.
        await room.press("i")
        await fill(room, size="3", test="3 of 4 use it weekly", customers="7")
        await room.press("ctrl+s")
        assert "Pilot takes less than the 3.0 ew that it answers." in room.text
        assert field(room).startswith("field-size-")
        await room.replace(PILOT[0])
        smaller = odds_with(before, {"Audit log": PILOT[1]}, without="Work 9")
        assert f"frees 1.8 of 3.0 ew   odds {percent(forecast_of(before).odds)} → {percent(smaller)}" in room.text
        await room.press("ctrl+s")
        assert "A pilot has 3 to 5 customers." in room.text
        assert field(room) == "field-customers"
        await room.replace("4", "ctrl+s")
        assert room.dialog == ""
        assert "Audit log: pilot 1.2 of 3.0 ew" in room.words("TradeHead")
        assert marks(room) == ["Work 9"], "marks stay"
        assert percent(smaller) in room.words("TradeFoot")
        assert percent(smaller) in room.meter
        # The second way, then back to the whole request, then the third.
        await room.press("o", "f")
        await fill(room, size="2.5")
        await room.press("ctrl+s")
        assert "Audit log: smaller first version 2.5 of 3.0 ew" in room.words("TradeHead")
        assert percent(odds_with(before, {"Audit log": (None, 2.5, None)}, without="Work 9")) in room.meter
        await room.press("o", "t")
        assert "Audit log:" not in room.words("TradeHead")
        assert percent(odds_with(before, {"Audit log": (2.0, 3.0, 5.5)}, without="Work 9")) in room.meter
        await pilot(room)
        # A planned item gives way by a partner: a mark that reads at a glance, and the odds follow.
        await room.press("space")
        assert marks(room) == []
        await partner(room, "Work 9")
        line = next(line for line in room.words("#candidates").splitlines() if "Work 9" in line)
        assert line.lstrip("▌").startswith("[w]")
        assert "Work 9 → partner (-1.5)" in line
        both = odds_with(before, {"Audit log": PILOT[1], "Work 9": (None, 0.5, None)})
        assert percent(both) in room.meter
        assert "frees 1.5 ew" in room.words("TradeFoot")
        await room.press("space")
        assert marks(room) == [], "space takes it back"
        await room.press("W", "r")
        assert "Nordlys AS" in room.text, "it is filled in as it was"
        await room.press("ctrl+s")
        # A swap in its place says so, and the way is not forgotten.
        await room.until(lambda: room.board.sheet.swaps.rows, "the swaps")
        await room.press("1")
        assert "No longer marked: Work 9 → partner (-1.5)" in room.toasts
        assert rows_marked(room, "[w]") == []
        await room.press("tab", "W")
        assert "tab goes to the items" in room.toasts
        await room.press("tab", "1")
        room.board.sheet.mark([])
        await partner(room, "Work 9")
        # The frontier and the flip point, and back.
        await room.press("x", "escape")
        await room.press("F")
        await room.until(lambda: room.dialog == "FrontierScreen")
        await room.press("escape")
        assert "Work 9 → partner (-1.5)" in room.text
        assert "Audit log: pilot 1.2 of 3.0 ew" in room.words("TradeHead")
        await room.press("?")
        assert "if it stayed whole, odds" in room.text
        await room.press("escape", "enter")
        await room.write("Eva", "enter")
        await room.write("wedge", "enter")
        assert room.board.sheet.trade is None, room.toasts
        after = stored(path)
        decision, moves = latest(after)
        assert (decision.title, decision.decided_by) == ("Audit log: pilot", "Eva")
        assert moves == {"in": ["Audit log"], "resized": ["Work 9 → partner"]}
        assert abs((decision.odds_after or 0) - both) < 1e-9
        found = rows(after)
        pilots, partners = found["Audit log"], found["Work 9"]
        assert (pilots.kind, pilots.effort, pilots.customers, pilots.test) == ("pilot", 1.2, 4, "3 of 4 use it weekly")
        assert abs(pilots.freed - 1.8) < 1e-9
        assert (partners.kind, partners.who, partners.freed, partners.note) == (
            "partner",
            "Nordlys AS",
            1.5,
            "the adapter",
        )
        assert {row.decision_id for row in found.values()} == {decision.id}
        assert [row.way for row in after.all(DecisionDetail).values()] == ["pilot"]
        assert forecast_of(after).odds == both, "what is in plan is what was shown"
        await room.press("h")
        assert "“Audit log” in as pilot, “Work 9” → partner" in room.text
        await room.press("escape", "u")
        assert things(stored(path))["items"] == things(before)["items"]
        assert things(stored(path))["sizes"] == things(before)["sizes"]
        assert rows(stored(path)) == {}
        await room.press("U")
        assert {title: row.kind for title, row in rows(stored(path)).items()} == {
            "Audit log": "pilot",
            "Work 9": "partner",
        }


async def test_what_takes_nothing_is_answered_at_once(tmp_path: Path) -> None:
    items = [("Work", (20.0, 22.0, 26.0), {})]
    asked = [(title, (2.0, 3.0, 5.5), {"state": "inbox"}) for title in ("Portal", "EDI feed", "Audit log")]
    path = small(tmp_path, [*items, *asked], 27.0)
    with Workspace.open(path, actor="ada") as workspace:
        workspace.apply(write_figures(workspace.load(), {"rate": 10_000.0}))
        workspace.apply(write_principle(workspace.load(), "No forks"))
        workspace.apply(write_principle(workspace.load(), "Validate before building"))
    before = stored(path)
    async with opened(path) as room:
        await open_trade(room)
        # 3.0 ew at $10,000, and half, seven tenths, as much again on top.
        await room.press("o")
        assert "50%: $45k, 70%: $51k, 100%: $60k" in room.text
        assert "No forks, Validate before building" in room.text
        await room.press("q")
        assert "frees 3.0 of 3.0 ew: the plan stays as it is" in room.text
        await fill(room, due=before.quarter.ends.isoformat())
        await room.press("ctrl+s")
        assert f"within {before.quarter.name}: name a day of a later quarter" in room.text
        await room.replace("2027-07-01", "ctrl+s")
        await fill(room, by="Eva", because="after the summer")
        # Somebody wrote meanwhile: nothing is recorded, nothing that was typed is lost.
        with somebody(path) as ana:
            ana.edit("Work", owner="Cleo")
        await room.press("ctrl+s")
        assert "Ana" in room.toasts
        assert rows(stored(path)) == {}
        assert "2027-07-01" in room.text
        await room.press("ctrl+s")
        assert "after the summer" in room.text
        await room.press("ctrl+s")
        assert room.board.sheet.trade is None
        assert titles(stored(path), "below") == ["Portal"]
        way = rows(stored(path))["Portal"]
        assert (way.kind, way.due, way.freed) == ("sequence", date(2027, 7, 1), 3.0)
        decision, _ = latest(stored(path))
        assert (decision.decided_by, decision.because) == ("Eva", "after the summer")
        # A quote with no work of the teams; then a decline that cites a principle.
        await open_trade(room)
        await room.press("o", "v")
        await fill(room, markup="60", who="Field team")
        await room.press("ctrl+s")
        assert "cost + 50%, 70% or 100%" in room.text
        await room.replace("70%", "ctrl+s", "ctrl+s")
        assert rows(stored(path))["EDI feed"].amount == 51_000
        await open_trade(room)
        await room.press("o", "d")
        await fill(room, principle_id="nothing like it")
        await room.press("ctrl+s")
        assert "1 No forks, 2 Validate before building" in room.text
        await room.replace("val", "ctrl+s", "ctrl+s")
        assert item(stored(path), "Audit log").state == "declined"
        decision, _ = latest(stored(path))
        assert (decision.kind, decision.because) == ("decline", "Validate before building")
        assert forecast_of(stored(path)).odds == forecast_of(before).odds, "the plan stays as it is"
        await room.press("u", "u", "u")
        assert things(stored(path))["decisions"] == things(stored(path))["ways_out"] == {}
        assert titles(stored(path), "inbox") == ["Portal", "EDI feed", "Audit log"]


async def test_a_way_is_not_lost_when_others_change_the_plan(tmp_path: Path) -> None:
    """Shown on a seat that follows, kept while somebody else writes, said where it cannot be any more."""
    path = room_of_ten(tmp_path, net=26.6)
    async with following(path) as wall, opened(path, actor="Ben", seated=True) as room:
        await open_trade(room)
        await pilot(room)
        await partner(room, "Work 9")
        await wall.until(lambda: wall.board.sheet.trade is not None, "the trade sheet")
        await wall.until(lambda: "Audit log: pilot 1.2 of 3.0 ew" in wall.words("TradeHead"), "the pilot")
        await wall.until(lambda: "Work 9 → partner (-1.5)" in wall.text, "the partner")
        assert wall.words("TradeFoot").split("(target")[0] == room.words("TradeFoot").split("(target")[0]
        with somebody(path) as ana:
            ana.edit("Work 3", owner="Cleo")
            await room.until(lambda: "Ana" in room.header)
            assert "Audit log: pilot 1.2 of 3.0 ew" in room.words("TradeHead")
            assert "Work 9 → partner (-1.5)" in room.text
            # Decided on a plan that changed at the last moment: nothing is written, nothing is lost.
            await room.press("enter", "enter")
            ana.edit("Work 3", owner="Dora")
            await room.press("enter")
            assert rows(stored(path)) == {}
            assert "Audit log: pilot 1.2 of 3.0 ew" in room.words("TradeHead")
            assert [each.words for each in room.board.sheet.table.marked] == ["Work 9 → partner (-1.5)"]
            # What the partner was to take over is smaller now than what they need of us.
            state = ana.workspace.load()
            (size,) = [row for row in state.all(Size).values() if row.item_id == item(state, "Work 9").id]
            ana.do("smaller", size.model_copy(update={"low": 0.2, "likely": 0.4, "high": 0.6}))
            await room.until(lambda: not marks(room))
            assert "“Work 9” → partner is no longer marked" in room.toasts
            # And the request is smaller than its pilot.
            (size,) = [row for row in state.all(Size).values() if row.item_id == item(state, "Audit log").id]
            ana.do("smaller", size.model_copy(update={"low": 0.5, "likely": 1.0, "high": 1.5}))
            await room.until(lambda: "pilot" not in room.words("TradeHead"))
        await room.press("o", "i")
        assert "3 of 4 use it weekly" in room.text, "what was filled in is still there"


async def test_a_refused_trade_and_a_draft_keep_their_ways(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path, net=26.6)
    async with opened(path, actor="Ana") as room:
        await open_trade(room)
        await pilot(room)
        await partner(room, "Work 9")
        await room.press("W", "b")
        await fill(room, who="Half a vendor")
        content = draft_of(room.board)
        await room.press("escape", "enter", "enter")
        board = room.board
        # Somebody writes between the last look and the record.
        with somebody(path) as other:
            board.look_for_news = lambda: other.edit("Work 2", owner="Cleo")  # type: ignore[method-assign,assignment,return-value]
            await room.press("enter")
            del board.look_for_news
        assert "changed since you looked" in room.toasts
        assert "Audit log: pilot 1.2 of 3.0 ew" in room.words("TradeHead")
        assert [each.words for each in room.board.sheet.table.marked] == ["Work 9 → partner (-1.5)"]
        assert rows(stored(path)) == {}
    assert content is not None
    save_draft(path, "aa11", "Ana", json.loads(json.dumps(content)))
    async with opened(path, actor="Ana", own_process=True) as room:
        await room.until(lambda: room.dialog == "Menu")
        assert "1 marked to give way, and what was being typed" in room.text
        await room.press("t")
        await room.until(lambda: room.dialog == "Form")
        assert "Half a vendor" in room.text
        await room.press("escape")
        assert "Audit log: pilot 1.2 of 3.0 ew" in room.words("TradeHead")
        assert [each.words for each in room.board.sheet.table.marked] == ["Work 9 → partner (-1.5)"]
        await room.press("enter", "enter", "enter")
        assert {title: row.kind for title, row in rows(stored(path)).items()} == {
            "Audit log": "pilot",
            "Work 9": "partner",
        }
        assert re.search(r"Nordlys", str(rows(stored(path))["Work 9"]))
        assert [row.kind for row in stored(path).all(Decision).values()] == ["trade"]


async def test_a_request_that_fits_has_its_ways_out_too(tmp_path: Path) -> None:
    """From the inbox with ``o``: a pilot comes in at its size; without a size there is nothing to answer yet."""
    rows_here = [("One", 2.0, {}), ("Fits", 4.0, {"state": "inbox"}), ("Unsized", None, {"state": "inbox"})]
    async with opened(small(tmp_path, rows_here)) as room:
        await room.press("i", "o")
        await room.until(lambda: room.dialog == "Menu" and "Ways out for “Fits”" in room.text)
        await room.press("i")
        await fill(room, size="0.5-1-1.5", customers="3", test="they use it weekly")
        wanted = percent(odds_with(room.state, {"Fits": (0.5, 1.0, 1.5)}))
        assert f"→ {wanted}" in room.text or f"odds {wanted}" in room.text
        await room.press("ctrl+s")
        await room.until(lambda: not room.dialog and "pilot 1.0 of 4.0" in room.text)
        await room.press("enter", "enter", "enter")
        await room.until(lambda: "Fits" in titles(room.state, "plan"))
        assert kinds(room.state) == {"Fits": "pilot"}
        await room.press("i", "o")
        assert "no size yet" in room.toasts
        assert not room.dialog
        assert room.board.sheet.trade is None
