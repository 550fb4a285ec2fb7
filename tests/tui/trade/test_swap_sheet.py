"""The best swaps in the trade sheet: rows, picks, previews, next best, reasons, the frontier, and what holds items."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from scenarios.plan.plan import Entry
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_item
from store.records import Dependency, Pin, Size, ValueParts, Valuing, Version, VersionSize
from tests.tui.app_helpers import SIZES, Room, demo, item, latest, opened, small, stored, things, titles

REQUEST = "Acme audit log"
#: Of the room's own kind of work: one-offs would meet their ceiling.
LINE = f"{REQUEST} ~3-4-6 by:sales-east"


def room_of_ten(folder: Path, net: float = 27.0, **more: object) -> Path:
    """Ten items of two weeks and different values, on one team: at 27 they fit, with little room."""
    values = [90, 15, 80, 35, 70, 55, 60, 20, 50, 45]
    rows = [(f"Work {number}", (1.5, 2.0, 3.0), {"value": value, **more}) for number, value in enumerate(values)]
    return small(folder, rows, net)


async def ask(room: Room, line: str = LINE) -> None:
    await room.press("a")
    await room.write(line, "enter")
    await room.until(lambda: not room.board.swapping.busy, "the swaps")


def trade_of(path: Path) -> Trade:
    """The question that is on the table, worked out by somebody else."""
    state = stored(path)
    return Trade.of(state, propose_item(state, item(state, REQUEST).id), forecast_of(state))


def cheapest(trade: Trade, target: float = 0.70) -> tuple[float, tuple[Entry, ...]]:
    """The least value of a set that fits, by trying all up to three items."""
    found = []
    for size in (1, 2, 3):
        for out in combinations(trade.leavable, size):
            value = sum(entry.item.value or 0.0 for entry in out)
            if (not found or value < min(found)[0]) and trade.after(out).odds >= target:
                found.append((value, [entry.item.id for entry in out]))
    value, ids = min(found)
    return value, tuple(entry for entry in trade.leavable if entry.item.id in ids)


def swap_rows(room: Room) -> list[str]:
    return room.words("#swaps").splitlines()


async def test_the_best_swap_gets_the_keys_however_soon_it_is_found(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        sheet = room.board.sheet
        assert sheet.swaps.has_focus
        trade, found, compare = sheet.trade, sheet._swaps, sheet._compare
        assert trade is not None
        # Asked at another size: the focus is on its way to the items while the answer comes.
        sheet.ask_at(room.board.session.now, trade, None)
        sheet.show_swaps(found, compare, "")
        await room.settle()
        assert sheet.swaps.has_focus
        assert sheet.swap is not None


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_first_row_is_the_set_that_displaces_least(tmp_path: Path, size: tuple[int, int]) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, size) as room:
        await ask(room)
        value, out = cheapest(trade_of(path))
        first, what = swap_rows(room)[:2]
        assert first.lstrip("▌").startswith("1 least value")
        assert re.search(rf"\b{value:.0f}\b", first), first
        for entry in out:
            assert entry.item.title in what
        odds = trade_of(path).after(out).odds
        assert f"{odds * 100:.0f}%" in first
        # It is the answer on the table at once: pie, meter, foot and the confirm key show it.
        assert "FITS" in room.words("TradeHead")
        assert "Confirm" in room.words("TradeFoot")
        assert f"{len(out)} out" in room.words("TradeFoot")
        assert f"displaces {value:.0f}" in room.words("TradeFoot")
        assert things(room.state) == things(stored(path)), "looking changes nothing"


async def test_moving_over_a_row_previews_it(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        rows = room.board.sheet.swaps.rows
        assert len(rows) >= 2
        before = room.meter
        await room.press("down")
        assert f"{rows[1].odds * 100:.0f}%" in room.words("TradeFoot").splitlines()[0]
        assert f"{rows[1].odds * 100:.0f}%" in room.meter.splitlines()[0]
        assert rows[0].odds == rows[1].odds or room.meter != before
        # Past the last swap are the items, and what is marked counts there: nothing yet.
        await room.press("tab")
        assert "Nothing marked" in room.words("TradeFoot")
        assert "SHORT" in room.words("TradeHead")


async def test_enter_takes_the_swap_and_it_is_on_record(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        await ask(room)
        _, out = cheapest(trade_of(path))
        before = things(room.state)
        await room.press("enter")
        assert room.board.sheet.deciding
        await room.press("escape")
        assert room.board.sheet.trade is not None
        assert things(room.state) == before
        await room.press("enter")
        await room.write("Eva", "enter")
        await room.write("wedge", "enter")
        state = room.state
        decision, moves = latest(state)
        assert (decision.kind, decision.decided_by, decision.because) == ("trade", "Eva", "wedge")
        assert sorted(moves["out"]) == sorted(entry.item.title for entry in out)
        assert REQUEST in titles(state, "plan")
        assert forecast_of(state).fits
        await room.press("u")
        assert things(room.state) == before


async def test_a_number_picks_and_marks_by_hand_go_on_from_there(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        rows = room.board.sheet.swaps.rows
        await room.press("2")
        marked = {each.item_id for each in room.board.sheet.table.marked}
        assert marked == {each.item_id for each in rows[1].out}
        assert room.words("#candidates").count("[x]") == len(marked)
        await room.press("tab", "home")
        assert room.board.sheet.out
        assert {each.item_id for each in room.board.sheet.out} == marked


async def test_marks_are_compared_with_the_best(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        await ask(room)
        value, _ = cheapest(trade_of(path))
        await room.to_items()
        table = room.board.sheet.table
        for title in ("Work 0", "Work 2"):
            table.move_to(next(n for n, row in enumerate(table._rows) if row.entry.item.title == title))
            await room.press("space")
        assert f"{170 - value:.0f} more value displaced than the best" in room.words("TradeFoot")
        assert "room" in room.words("TradeFoot")


async def test_next_best_is_no_better_and_ten_are_there(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        count = len(room.board.sheet.swaps.rows)
        for _ in range(10):
            await room.press("n")
            await room.until(lambda: not room.board.swapping._turn.locked())
        await room.until(lambda: len(room.board.sheet.swaps.rows) >= count + 10)
        values = [row.value for row in room.board.sheet.swaps.rows]
        assert values == sorted(values), "sorted by the criterion"  # type: ignore[type-var]
        assert len({row.key for row in room.board.sheet.swaps.rows}) == len(values)
        assert all(row.odds >= 0.70 for row in room.board.sheet.swaps.rows)


async def test_sorting_by_another_criterion(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("i", "i", "enter")
        await room.until(lambda: not room.board.swapping.busy)
        await room.press("s")
        rows = room.board.sheet.swaps.rows
        assert "by safest odds" in room.words("SwapHead")
        assert [row.odds for row in rows] == sorted((row.odds for row in rows), reverse=True)


async def test_why_says_what_each_part_is_needed_for_and_why_not_another(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        await ask(room)
        value, out = cheapest(trade_of(path))
        await room.press("question_mark")
        await room.until(lambda: "Keep “" in room.text)
        words = " ".join(room.text.split())
        assert f"displaces {value:.0f} value" in words
        assert "No set displaces less" in words
        for entry in out:
            rest = [other for other in out if other is not entry]
            kept = trade_of(path).after(rest).odds
            assert f"Keep “{entry.item.title}” and the odds are {kept * 100:.0f}%" in words
        # Why not the most valuable? The best set that has it.
        await room.press("home", "enter")
        await room.until(lambda: "with it out:" in room.text)
        found = re.search(r"Work 0 +with it out: displaces (\d+)", room.text)
        assert found
        trade = trade_of(path)
        best = min(
            sum(entry.item.value or 0.0 for entry in chosen)
            for size in (1, 2, 3)
            for chosen in combinations(trade.leavable, size)
            if any(entry.item.title == "Work 0" for entry in chosen) and trade.after(chosen).odds >= 0.70
        )
        assert float(found[1]) == best
        await room.press("escape")
        assert room.board.sheet.trade is not None


async def test_a_first_version_is_offered_and_taken(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        # “Work 3” may come smaller: half of it, at nearly all of its value.
        await room.look_at("Work 3")
        await room.press("V")
        await room.until(lambda: room.dialog == "Form")
        for _ in range(4):
            await room.press("down")
        await room.replace("0.05-0.1-0.2")
        await room.press("down")
        await room.replace("guided form")
        await room.press("down")
        await room.replace("30", "ctrl+s")
        await room.until(lambda: room.dialog == "")
        state = room.state
        (version,) = state.all(Version).values()
        assert (version.name, version.value) == ("guided form", 30)
        assert [size.likely for size in state.all(VersionSize).values()] == [0.1]
        await ask(room)
        rows = [row for row in room.board.sheet.swaps.rows if any(each.version for each in row.out)]
        assert rows, "35 less 30 is nearly nothing to give"
        assert "Work 3 → guided form (-1.9)" in room.words("#swaps")
        place = room.board.sheet.swaps.rows.index(rows[0]) + 1
        await room.press(str(place), "enter")
        await room.press("enter", "enter")
        state = room.state
        assert item(state, "Work 3").state == "plan"
        assert item(state, "Work 3").value == 30
        _, moves = latest(state)
        assert "Work 3 → guided form" in moves["resized"]
        sizes = [size.likely for size in state.all(Size).values()]
        assert 0.1 in sizes
        assert forecast_of(state).fits
        await room.press("u")
        assert item(room.state, "Work 3").value == 35


async def test_what_is_pinned_stays_and_says_why(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        await room.look_at("Work 1")
        await room.press("V")
        await room.until(lambda: room.dialog == "Form")
        await room.press("down")
        await room.replace("contractual", "ctrl+s")
        await room.until(lambda: room.dialog == "")
        assert [pin.kind for pin in room.state.all(Pin).values()] == ["contractual"]
        await ask(room)
        for row in room.board.sheet.swaps.rows:
            assert "Work 1" not in {each.entry.item.title for each in row.out}
        await room.to_items()
        table = room.board.sheet.table
        table.move_to(next(n for n, row in enumerate(table._rows) if row.entry.item.title == "Work 1"))
        await room.settle()
        assert any(line.startswith("▌[=]") for line in room.words("#candidates").splitlines())
        await room.press("space")
        assert "a contract holds it" in room.toasts
        assert not table.marked


async def test_what_needs_a_leaving_item_leaves_too(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        await room.look_at("Work 0")
        await room.press("V")
        await room.until(lambda: room.dialog == "Form")
        for _ in range(3):
            await room.press("down")
        await room.replace("Work 1", "ctrl+s")
        await room.until(lambda: room.dialog == "")
        assert len(room.state.all(Dependency)) == 1
        await ask(room)
        for row in room.board.sheet.swaps.rows:
            names = {each.entry.item.title for each in row.out}
            assert "Work 1" not in names or "Work 0" in names
        await room.to_items()
        table = room.board.sheet.table
        table.move_to(next(n for n, row in enumerate(table._rows) if row.entry.item.title == "Work 1"))
        await room.press("space")
        assert {each.entry.item.title for each in table.marked} == {"Work 0", "Work 1"}
        table.move_to(next(n for n, row in enumerate(table._rows) if row.entry.item.title == "Work 0"))
        await room.press("space")
        assert "needed by “Work 0”" in room.words("TradeFoot")
        await room.press("enter")
        assert not room.board.sheet.deciding


async def test_a_circle_of_needs_is_refused_with_the_circle(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        for title, needs in (("Work 0", "Work 1"), ("Work 1", "Work 0")):
            await room.look_at(title)
            await room.press("V")
            await room.until(lambda: room.dialog == "Form")
            for _ in range(3):
                await room.press("down")
            await room.replace(needs, "ctrl+s")
        assert room.dialog == "Form"
        assert "circle" in room.text
        await room.press("escape")
        assert len(room.state.all(Dependency)) == 1


async def test_no_values_the_ranking_is_the_value(tmp_path: Path) -> None:
    rows = [(f"Work {number}", (1.5, 2.0, 3.0), {}) for number in range(10)]
    path = small(tmp_path, rows, 27.0)
    async with opened(path) as room:
        await ask(room)
        first, what = swap_rows(room)[:2]
        assert "lowest ranked" in first
        # Two of the ten have to go: the last two, if they are enough.
        trade = trade_of(path)
        last = trade.leavable[-2:]
        if trade.after(last).fits:
            assert all(entry.item.title in what for entry in last)


async def test_values_by_rice(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        await room.press("T", "v")
        await room.until(lambda: room.dialog == "Menu")
        await room.press("2")
        await room.until(lambda: room.dialog == "")
        assert next(room.state.each(Valuing)).model == "rice"
        await room.look_at("Work 5")
        await room.press("V")
        await room.until(lambda: room.dialog == "Form")
        await room.replace("40")
        await room.press("down")
        await room.replace("2")
        await room.press("down")
        await room.replace("50")
        # 40 x 2 x 50% = 40, over 2.0 ew: 20.
        assert "RICE 20 = 40 reach x 2 impact x 50% confidence / 2.0 ew" in " ".join(room.text.split())
        await room.press("ctrl+s")
        await room.until(lambda: room.dialog == "")
        (parts,) = room.state.all(ValueParts).values()
        assert (parts.reach, parts.impact, parts.confidence) == (40, 2, 0.5)
        await ask(room)
        await room.to_items()
        # One item has a value; the others say that they have none.
        rows = room.words("#candidates")
        assert re.search(r"Work 5 +2\.0 +40 ", rows), rows
        assert "–" in rows


async def test_the_frontier_of_a_request_marks_its_point(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        await room.press("F")
        await room.until(lambda: room.dialog == "FrontierScreen")
        assert "value displaced" in room.text
        assert "◆" in room.text
        assert "●" in room.text
        said = room.words("#says")
        await room.press("right")
        assert room.words("#says") != said
        await room.press("enter")
        await room.until(lambda: room.dialog == "")
        assert room.board.sheet.table.marked
        assert "Confirm" in room.words("TradeFoot")


async def test_the_frontier_of_the_plan_opens_as_a_trade_and_changes_nothing_by_itself(tmp_path: Path) -> None:
    rows = [(f"Work {number}", (1.5, 2.0, 3.0), {"value": 10.0 + number}) for number in range(8)]
    rows += [(f"Idea {number}", (1.5, 2.0, 3.0), {"value": 60.0 + number, "state": "below"}) for number in range(4)]
    path = small(tmp_path, rows, 23.0)
    async with opened(path) as room:
        before = things(room.state)
        await room.press("F")
        await room.until(lambda: room.dialog == "FrontierScreen")
        assert "more than now" in room.words("#says"), "the ideas are worth more"
        await room.press("enter")
        await room.until(lambda: room.board.sheet.trade is not None)
        await room.until(lambda: not room.board.swapping.busy)
        assert things(room.state) == before
        await room.press("escape")
        assert things(room.state) == before
        assert len(titles(room.state, "plan")) == 8


async def test_nothing_fits_and_the_sheet_says_which_rule_makes_it_so(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room, f"{REQUEST} ~20-30-50")
        assert "No swap reaches the target" in room.words("SwapHead")
        await room.press("question_mark")
        await room.until(lambda: room.dialog == "WhySwap")
        words = " ".join(room.text.split())
        assert "Even with everything else out" in words
        assert "It would take" in words


async def test_the_flip_point_speaks_of_swaps(tmp_path: Path) -> None:
    async with opened(room_of_ten(tmp_path)) as room:
        await ask(room)
        await room.press("x")
        await room.until(lambda: room.dialog == "Form")
        await room.replace("0.2")
        await room.press("down")
        await room.replace("8", "enter")
        await room.until(lambda: room.dialog == "Report", "the stretches")
        assert "it fits, nothing has to leave" in room.text
        assert "Settle only this: is it over" in room.text
        assert "Work" in room.text


async def test_escape_ends_the_search(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("i", "i", "enter")
        swaps = room.board.swapping.swaps
        assert swaps is not None
        stop = swaps.stop
        assert stop is not None
        await room.press("escape")
        assert stop()
        assert room.board.swapping.swaps is None


async def test_a_first_version_is_smaller(tmp_path: Path) -> None:
    path = small(tmp_path, [("Work 0", (1.5, 2.0, 3.0), {})])
    async with opened(path) as room:
        await room.look_at("Work 0")
        await room.press("V")
        await room.until(lambda: room.dialog == "Form")
        for _ in range(4):
            await room.press("down")
        await room.replace("5", "ctrl+s")
        assert room.dialog == "Form"
        assert "smaller than the item" in room.text
        assert not room.state.all(Version)
