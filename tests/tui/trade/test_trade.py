"""The trade sheet: something has to give, and whatever makes a plan short opens it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenarios.trade.door import forecast_of
from store.records import Capacity, Command, Decision, Item, Quarter, Request, Size, State, Team
from tests.tui.app_helpers import (
    NARROW,
    SIZES,
    Room,
    demo,
    item,
    latest,
    opened,
    small,
    standing,
    stored,
    things,
    titles,
    widths,
)

REQUEST = "Acme audit log"
LINE = f"{REQUEST} ~3-4-6 #oneoff >Acme $480k@60% by:sales-east"


def room_of_ten(folder: Path, net: float = 27.0) -> Path:
    """Ten items of two weeks, of less and less value, on one team of ``net`` ew: at 27 they fit, with little room."""
    rows = [(f"Work {number}", (1.5, 2.0, 3.0), {"value": 100 - 5 * number}) for number in range(10)]
    return small(folder, rows, net)


def percent(odds: float) -> str:
    return f"{int(100 * odds + 0.5 + 1e-9)}%"


def plain_odds(state: State, *, out: tuple[str, ...] = (), come: tuple[str, ...] = ()) -> float:
    """The odds of a plan with some items sent below and some brought in, by a simulation of its own."""
    moved = [item(state, title).model_copy(update={"state": "below"}) for title in out]
    moved += [item(state, title).model_copy(update={"state": "plan"}) for title in come]
    return forecast_of(state.overlay(Command("edit", "", tuple(moved)))).odds


async def ask(room: Room, line: str = LINE) -> None:
    """Ask for something by one line."""
    await room.press("a")
    await room.write(line, "enter")
    await room.to_items()


async def mark_until_it_fits(room: Room) -> list[str]:
    """Mark from the top until the sheet says that it fits; the titles that were marked."""
    sheet = room.board.sheet
    for _ in range(10):
        await room.press("space")
        if "Confirm" in room.words("TradeFoot"):
            break
        await room.press("down")
    return [each.entry.item.title for each in sheet.table.marked]


def is_open(room: Room) -> bool:
    return room.board.sheet.trade is not None and room.board.query_one("#trade").display


# ------------------------------------------------------------------ a request


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_request_that_does_not_fit_opens_the_sheet_in_the_board(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(room_of_ten(tmp_path), size) as room:
        await ask(room)
        assert is_open(room)
        # A panel, no dialog: pie and meter stay in sight.
        assert room.dialog == ""
        assert room.app.screen is room.board
        assert widths(room.lines) == {size[0]}
        head = room.words("TradeHead")
        assert REQUEST in head
        short = re.search(r"SHORT (\d+\.\d) ew", head)
        assert short, head
        assert float(short[1]) > 0
        assert "Acme" in head
        assert not room.words("#plan").strip()
        before, asked = plain_odds(room.state), plain_odds(room.state, come=(REQUEST,))
        assert asked < 0.70 <= before
        assert f"{percent(before)} → {percent(asked)}" in room.words("TradeFoot")
        assert f"{percent(before)} → {percent(asked)}" in room.meter or size == NARROW
        # Lowest value first.
        assert "Work 9" in room.words("#candidates").splitlines()[0]
        for words in ("space mark", "esc back"):
            assert words in room.keys


async def test_enter_is_dead_until_the_odds_reach_the_target(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        start = things(room.state)
        await room.press("enter")
        assert not room.board.sheet.deciding
        assert re.search(r"Still short \d+\.\d ew", room.toasts)
        assert re.search(r"still short \d+\.\d ew", room.words("TradeFoot"))
        shorts, marked = [], 0
        while "Confirm" not in room.words("TradeFoot"):
            found = re.search(r"SHORT (\d+\.\d) ew", room.words("TradeHead"))
            assert found
            shorts.append(float(found[1]))
            await room.press("enter")
            assert not room.board.sheet.deciding, "confirmed a plan that does not fit"
            await room.press("space")
            marked += 1
            assert f"{marked} out: frees {2.0 * marked:.1f} ew" in room.words("TradeFoot")
            out = tuple(f"Work {9 - number}" for number in range(marked))
            odds = plain_odds(room.state, come=(REQUEST,), out=out)
            assert f"→ {percent(odds)}" in room.words("TradeFoot") or percent(odds) in room.words("TradeFoot")
            assert percent(odds) in room.meter.splitlines()[0]
            assert ("Confirm" in room.words("TradeFoot")) == (odds >= 0.70)
            await room.press("down")
        assert marked >= 2
        assert shorts == sorted(shorts, reverse=True)
        assert things(room.state) == start, "a mark is no change"
        assert "FITS" in room.words("TradeHead")
        # Taken off again, the key is dead again.
        await room.press("up", "space")
        assert "still short" in room.words("TradeFoot")
        await room.press("space", "enter")
        assert room.board.sheet.deciding


async def test_a_trade_is_decided_and_on_record(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        before = forecast_of(room.state).odds
        await ask(room)
        out = await mark_until_it_fits(room)
        after = plain_odds(room.state, come=(REQUEST,), out=tuple(out))
        await room.press("enter")
        assert "decided by" in room.words("#trade")
        assert "because" in room.words("#trade")
        await room.write("CPO", "enter")
        await room.write("wedge into a market [really]", "enter")
        assert not is_open(room)
        state = room.state
        decision, moves = latest(state)
        assert (decision.kind, decision.title) == ("trade", REQUEST)
        assert (decision.decided_by, decision.because) == ("CPO", "wedge into a market [really]")
        assert decision.odds_before == pytest.approx(before)
        assert decision.odds_after == pytest.approx(after)
        assert moves["in"] == [REQUEST]
        assert sorted(moves["out"]) == sorted(out)
        assert titles(state, "plan")[-1] == REQUEST
        assert set(titles(state, "below")) == set(out)
        assert titles(state, "inbox") == []
        assert forecast_of(state).fits
        assert standing(state) == ([], [])
        assert percent(after) in room.header.splitlines()[0]
        assert f"“{REQUEST}” in, 2 out" in room.header
        # One u takes all of the decision back, and nothing else.
        await room.press("u")
        assert titles(room.state, "inbox") == [REQUEST]
        assert titles(room.state, "plan") == [f"Work {number}" for number in range(10)]
        assert room.state.all(Decision) == {}


async def test_escape_leaves_the_plan_as_it_was_and_the_request_in_the_inbox(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        start = things(room.state)
        header = room.header
        await room.press("space", "down", "space")
        # From the verdict back to the marks first.
        await room.press("enter")
        if room.board.sheet.deciding:
            await room.press("escape")
            assert is_open(room)
            assert not room.board.sheet.deciding
        await room.press("escape")
        assert not is_open(room)
        assert things(room.state) == start
        assert titles(room.state, "inbox") == [REQUEST]
        assert REQUEST in room.words("#incoming")
        assert room.header == header
        assert room.app.focused is room.board.plan
        assert "Work 0" in room.words("#plan")
        # It can be answered later: nothing is marked from the last time.
        await room.press("i", "enter")
        await room.to_items()
        assert is_open(room)
        assert "Nothing marked" in room.words("TradeFoot")
        assert "SHORT" in room.words("TradeHead")


async def test_the_next_request_is_shown_after_a_trade(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("i", "i", "enter")
        assert is_open(room)
        await room.press("N")
        await room.until(lambda: room.dialog == "Form")
        await room.write("not now", "ctrl+s")
        await room.until(lambda: not is_open(room))
        waiting = room.words("#incoming")
        assert "Supplier self-service portal" not in waiting
        assert "of 2" in waiting
        assert f"{len(titles(room.state, 'plan'))} items" in room.words("#plan-head")


async def test_below_the_line_from_the_sheet(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        await room.press("b")
        assert not is_open(room)
        assert titles(room.state, "below") == [REQUEST]
        decision, moves = latest(room.state)
        assert (decision.kind, decision.title, moves) == ("defer", REQUEST, {})
        assert len(titles(room.state, "plan")) == 10


async def test_declining_needs_a_reason(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        start = things(room.state)
        await room.press("N")
        await room.until(lambda: room.dialog == "Form")
        await room.press("enter", "enter")
        assert room.dialog == "Form"
        assert "needs a reason" in room.text
        await room.press("escape")
        assert is_open(room), "Esc goes back to where the question came from"
        assert things(room.state) == start
        await room.press("N")
        await room.until(lambda: room.dialog == "Form")
        await room.write("not our market", "enter")
        await room.write("CPO", "enter")
        await room.until(lambda: not is_open(room))
        assert item(room.state, REQUEST).state == "declined"
        decision, _ = latest(room.state)
        assert (decision.kind, decision.because, decision.decided_by) == ("decline", "not our market", "CPO")
        assert REQUEST not in room.words("#plan")
        await room.press("u")
        assert titles(room.state, "inbox") == [REQUEST]


async def test_signing_an_over_commit(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        await ask(room)
        start = things(room.state)
        await room.press("exclamation_mark")
        assert room.board.sheet.deciding
        await room.press("enter", "enter")
        assert things(room.state) == start, "no silent yes"
        assert "needs a name" in room.words("#trade")
        await room.write("Luis", "enter", "enter")
        assert "needs a reason" in room.words("#trade")
        assert things(room.state) == start
        await room.write("renewal of the year", "enter")
        state = room.state
        (signature,), shortfalls = standing(state)
        assert shortfalls == []
        assert (signature.name, signature.reason) == ("Luis", "renewal of the year")
        assert signature.odds == pytest.approx(forecast_of(state).odds)
        assert forecast_of(state).odds < 0.70
        assert latest(state)[0].kind == "over-commit"
        assert "OVER-COMMIT signed by Luis: renewal of the year" in room.header
        assert "short" in room.header
        # It stays: after a look elsewhere, and in another session at the smallest size.
        await room.press("down", "h", "escape")
        assert "OVER-COMMIT signed by Luis" in room.header
    async with opened(path, NARROW) as room:
        assert "OVER-COMMIT signed by Luis" in room.header
        # What brings the plan back to its target clears it.
        for _ in range(5):
            if forecast_of(room.state).fits:
                break
            assert "OVER-COMMIT" in room.header
            await room.press("home", "b")
        assert forecast_of(room.state).fits
        assert standing(room.state) == ([], [])
        assert "OVER-COMMIT" not in room.header
        await room.press("u")
        assert "OVER-COMMIT signed by Luis" in room.header


async def test_a_request_that_fits_goes_in_at_once_as_one_step(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path, 40.0)) as room:
        before = things(room.state)
        odds = forecast_of(room.state).odds
        # Two of 22 weeks: within what one-offs may take.
        await ask(room, LINE.replace("3-4-6", "1-2-3"))
        assert not is_open(room)
        state = room.state
        assert titles(state, "plan")[-1] == REQUEST
        (request,) = state.all(Request).values()
        assert (request.asked_by, request.deal_amount, request.deal_probability) == ("sales-east", 480_000, 0.6)
        assert item(state, REQUEST).slice == "O"
        after = forecast_of(state).odds
        assert percent(after) in room.header
        cost = room.header.splitlines()[1]
        assert REQUEST in cost
        assert "odds" in cost
        rooms = re.search(r"room (\d+\.\d) → (\d+\.\d)", cost)
        assert rooms, cost
        assert float(rooms[1]) > float(rooms[2])
        assert percent(odds) in cost or percent(after) in cost
        await room.press("u")
        assert things(room.state) == before
        await room.press("U")
        assert titles(room.state, "plan")[-1] == REQUEST


async def test_two_marks_by_mouse_at_80x24(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path), NARROW) as room:
        await ask(room)
        await room.pilot.click("#candidates", offset=(8, 1), times=2)
        await room.settle()
        assert "Work 8" in room.words("#candidates").splitlines()[1]
        assert "[x]" in room.words("#candidates").splitlines()[1]
        assert "1 out: frees 2.0 ew" in room.words("TradeFoot")


# ------------------------------------------------------------------ capacity, estimates, target


def capacity_of(state: State, team: str) -> float:
    ids = {one.name: one.id for one in state.all(Team).values()}
    return next(row.net for row in state.all(Capacity).values() if row.team_id == ids[team])


async def change_capacity(room: Room, figure: str) -> None:
    await room.press("c")
    await room.until(lambda: room.dialog == "CapacityScreen")
    await room.press("n")
    await room.replace(figure, "ctrl+s")
    await room.press("enter")
    if room.board.sheet.trade is not None:
        await room.to_items()


async def test_lost_capacity_opens_the_same_sheet_and_escape_keeps_the_old(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        start = things(room.state)
        await room.press("c")
        await room.until(lambda: room.dialog == "CapacityScreen")
        await room.press("n")
        await room.replace("18")
        # The odds move while typing.
        lower = forecast_of(
            room.state.overlay(
                Command("edit", "", (next(iter(room.state.all(Capacity).values())).model_copy(update={"net": 18.0}),))
            )
        ).odds
        assert f"→ {percent(lower)}" in room.text
        await room.press("ctrl+s")
        assert "something has to give" in room.text
        assert things(room.state) == start, "a draft until it is confirmed"
        await room.press("enter")
        await room.to_items()
        assert is_open(room)
        assert room.dialog == ""
        assert "27.0 → 18.0" in room.words("TradeHead")
        assert "SHORT" in room.words("TradeHead")
        assert "Work 9" in room.words("#candidates")
        assert "open shortfall" in room.keys
        assert "decline" not in room.keys
        await room.press("b", "N")
        assert is_open(room), "those are for requests"
        await room.press("escape")
        assert not is_open(room)
        assert things(room.state) == start
        assert "27.0" in room.header


async def test_lost_capacity_left_as_an_open_shortfall_and_settled(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        await change_capacity(room, "20")
        await room.press("o")
        assert not is_open(room)
        state = room.state
        assert capacity_of(state, "Pay") == 20.0
        assert len(titles(state, "plan")) == 10
        signatures, (shortfall,) = standing(state)
        assert signatures == []
        assert shortfall.odds == pytest.approx(forecast_of(state).odds)
        assert "OPEN SHORTFALL since" in room.header
        assert "27.0 → 20.0" in room.header
        await room.press("down")
        assert "OPEN SHORTFALL" in room.header
    async with opened(path) as room:
        assert "OPEN SHORTFALL since" in room.header
        await room.press("o")
        await room.to_items()
        assert is_open(room)
        assert "below its target" in room.words("TradeHead")
        out = await mark_until_it_fits(room)
        await room.press("enter")
        await room.write("Eva", "enter")
        await room.write("the engineer left", "enter")
        state = room.state
        assert set(titles(state, "below")) == set(out)
        assert forecast_of(state).fits
        assert standing(state) == ([], [])
        assert "OPEN SHORTFALL" not in room.header
        decision, moves = latest(state)
        assert (decision.decided_by, decision.because) == ("Eva", "the engineer left")
        assert sorted(moves["out"]) == sorted(out)
        await room.press("o")
        assert "Nothing is open" in room.toasts
        assert not is_open(room)


async def test_lost_capacity_settled_at_once(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await change_capacity(room, "20")
        out = await mark_until_it_fits(room)
        await room.press("enter")
        await room.press("enter", "enter")
        state = room.state
        assert capacity_of(state, "Pay") == 20.0
        assert set(titles(state, "below")) == set(out)
        decision, moves = latest(state)
        assert decision.kind == "capacity"
        assert len(moves["capacity"]) == 1
        assert standing(state) == ([], [])
        await room.press("u")
        assert capacity_of(room.state, "Pay") == 27.0
        assert len(titles(room.state, "plan")) == 10


async def test_more_capacity_goes_in_at_once(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await change_capacity(room, "30")
        assert not is_open(room)
        assert capacity_of(room.state, "Pay") == 30.0
        assert "30.0" in room.header


async def test_a_bigger_estimate_opens_the_same_sheet(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        start = things(room.state)
        await room.press("e")
        assert room.dialog == "SizeDialog"
        await room.replace("8-12-20", "enter")
        assert room.dialog == ""
        assert is_open(room)
        assert "8-12-20" in room.words("TradeHead")
        # The item itself is not offered as a way to pay for itself.
        assert "Work 0" not in room.words("#candidates")
        await room.press("escape")
        assert things(room.state) == start
        await room.press("e")
        await room.replace("8-12-20", "enter", "o")
        _, (shortfall,) = standing(room.state)
        assert "8-12-20" in shortfall.cause
        assert "OPEN SHORTFALL" in room.header
        assert any(size.high == 20.0 for size in room.state.all(Size).values())
        # A smaller one settles it without a question.
        await room.press("e")
        await room.replace("1-2-3", "enter")
        assert not is_open(room)
        assert standing(room.state) == ([], [])
        assert "OPEN SHORTFALL" not in room.header


async def test_a_raised_target_opens_the_same_sheet(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        assert forecast_of(room.state).odds < 0.97
        await room.press("c", "t", *["right"] * 40)
        assert "99%" in room.words("TargetsTable")
        await room.press("enter")
        assert is_open(room)
        assert "target 70% → 99%" in room.words("TradeHead")
        assert "target 99%" in room.words("TradeFoot")
        await room.press("escape")
        assert room.state.quarter.target == 0.70
        assert "draft" in room.toasts, "it is not lost"
        await room.press("c", "enter", "o")
        (quarter,) = room.state.all(Quarter).values()
        assert quarter.target == 0.99
        assert "OPEN SHORTFALL" in room.header


async def test_no_other_conversation_begins_while_a_trade_is_open(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("i", "i", "enter")
        assert is_open(room)
        start = things(room.state)
        for key in ("a", "c", "e", "L", "B", "T", "I", "S", "u", "U", "K", "J"):
            await room.press(key)
            assert room.dialog == "", key
            assert is_open(room), key
        assert things(room.state) == start
        await room.press("escape")
        assert not is_open(room)


async def test_a_trade_over_several_teams_names_them(tmp_path: Path) -> None:
    """The demo's portal needs weeks of two teams: what frees nothing there is no help."""
    path = demo(tmp_path)
    async with opened(path) as room:
        await room.press("i", "i", "enter")
        await room.to_items()
        title = "Supplier self-service portal"
        assert title in room.words("TradeHead")
        assert "Web" in room.words("TradeFoot")
        await room.press("space", "down", "space")
        marked = [each.entry.item.title for each in room.board.sheet.table.marked]
        state = stored(path)
        odds = plain_odds(state, come=(title,), out=tuple(marked))
        assert percent(odds) in room.words("TradeFoot")
        freed = sum(
            size.likely
            for one in state.all(Item).values()
            if one.title in marked
            for size in state.all(Size).values()
            if size.item_id == one.id
        )
        assert f"2 out: frees {freed:.1f} ew" in room.words("TradeFoot")
