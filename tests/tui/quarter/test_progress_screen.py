"""Progress told on its screen: in few keys, as a draft, with the odds as it is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.records import Decision, Item, Progress, UnplannedWork
from tests.tui.app_helpers import Room, demo, item, opened, small, standing, stored
from tui.capacity.foot import CapacityFoot
from tui.quarter import interrupt_flow, progress_flow
from tui.quarter.progress_screen import ProgressScreen


class _Then(date):
    @classmethod
    def today(cls) -> date:
        return date(2027, 2, 10)


@pytest.fixture(autouse=True)
def _in_week_6(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_flow, "date", _Then)
    monkeypatch.setattr(interrupt_flow, "date", _Then)


def foot(room: Room) -> str:
    """What the foot says, without what stands beside it."""
    one = room.app.screen.query_one(CapacityFoot)
    return " ".join(" ".join(one.render_line(at).text for at in range(one.size.height)).split())


def told(path: Path, title: str) -> Progress:
    state = stored(path)
    one = item(state, title)
    return next(row for row in state.each(Progress) if row.item_id == one.id)


async def test_fifteen_items_take_at_most_forty_keys(tmp_path: Path) -> None:
    """A digit and enter for each, and the last enter confirms: one change, which one u takes back."""
    path = small(tmp_path, [(f"item {number}", 2.0, {}) for number in range(15)], net=60.0)
    keys = ["g"]
    for number in range(15):
        keys += ["d" if number < 4 else str(9 - number // 2), "enter"]
    assert len(keys) <= 40
    async with opened(path) as room:
        events = room.state.seq
        await room.press(*keys)
        assert room.dialog == ""
        assert room.state.seq == events + 1
        assert told(path, "item 3").done_on == date(2027, 2, 10)
        assert not told(path, "item 3").counted
        # Two ew, three tenths of which are 0.6.
        assert told(path, "item 12").spent == pytest.approx(0.6)
        assert room.state.quarter.progress_on == date(2027, 2, 10)
        assert "week " in room.header
        await room.press("u")
        assert not list(room.state.each(Progress))
        assert "week " not in room.header


async def test_a_draft_changes_nothing_until_it_is_confirmed(tmp_path: Path) -> None:
    """What is told is seen at once; u takes a step back, esc asks once."""
    path = small(tmp_path, [("Audit log", (1.0, 2.0, 4.0), {}), ("Invoices", 3.0, {})])
    async with opened(path) as room:
        events = room.state.seq
        await room.press("g", "5")
        assert "1.0 of 1–4" in room.text
        await room.press("plus")
        assert "1.1 of 1–4" in room.text
        await room.press("minus", "minus")
        assert "0.9 of 1–4" in room.text
        await room.press("u", "u", "u")
        assert "1.0 of 1–4" in room.text
        await room.press("escape")
        assert "not confirmed" in room.text.casefold()
        assert room.dialog == "ProgressScreen"
        await room.press("escape")
        assert room.dialog == ""
        assert room.state.seq == events


async def test_tenths_never_lower_what_was_spent(tmp_path: Path) -> None:
    """Of what took more than that already, they say what is left: 3.0 are seven tenths, so three are 1.3."""
    path = small(tmp_path, [("Audit log", (1.0, 2.0, 4.0), {})])
    async with opened(path) as room:
        await room.press("g", "9", *["plus"] * 12, "7", "ctrl+s")
        row = told(path, "Audit log")
        assert (row.spent, row.left) == pytest.approx((3.0, 3.0 * 3 / 7))
        # Lower than what is stored takes a reason, and then it is taken.
        await room.press("g", "minus", "enter")
        assert "Something is less than it was known to be" in room.text
        await room.press("enter")
        assert "say why" in room.text
        assert "--because" not in room.text
        await room.write("counted twice", "enter")
        assert told(path, "Audit log").spent == pytest.approx(2.9)


async def test_what_is_left_is_estimated_anew_and_opens_the_door(tmp_path: Path) -> None:
    """Thirty weeks left where there is no room for them: told, and what gives is chosen on the trade sheet."""
    path = small(tmp_path, [("Audit log", 2.0, {}), ("Invoices", 3.0, {})], net=9.0)
    async with opened(path) as room:
        await room.press("g", "1", "e")
        await room.write("20-30-50", "enter")
        assert "something has to give" in room.text
        await room.press("ctrl+s")
        assert told(path, "Audit log").left == 30.0
        assert standing(room.state)[1], "what was told stays told, and the shortfall is open"
        assert room.board.sheet.trade is not None
        assert "SHORT" in room.text
        # Two tenths are in it, and nobody gets them back.
        assert "0.2 ew already in it" in room.text
        await room.press("escape")
        assert "OPEN SHORTFALL" in room.header
        assert "drift: first at risk: “Audit log”" in room.header
        await room.press("o")
        assert room.board.sheet.trade is not None


async def test_no_key_typed_before_the_sheet_came_up_by_itself_acts_on_it(tmp_path: Path) -> None:
    """Enter would settle the shortfall by the first swap, or by what is marked; nobody saw the question yet."""
    path = small(tmp_path, [("Audit log", 7.0, {}), ("Invoices", 5.0, {})], net=14.0)
    async with opened(path) as room:
        await room.press("g", "1", "e")
        await room.write("8-10-13", "enter")
        for key in ("ctrl+s", "space", "enter", "o", "enter", "enter", "1"):
            room._send(key)
        await room.settle()
        assert standing(room.state)[1]
        assert room.board.sheet.trade is not None
        assert room.dialog == ""
        assert not list(room.state.each(Decision))
        assert {one.state for one in room.state.each(Item)} == {"plan"}
        # What is typed once it stands is for it.
        await room.press("1", "enter", "enter", "enter")
        assert sorted(one.state for one in room.state.each(Item)) == ["below", "plan"]


async def test_each_team_of_an_item_is_told_of_below_it(tmp_path: Path) -> None:
    """The demo's item of two teams: tenths are of both, half a day is of one."""
    path = demo(tmp_path)
    async with opened(path) as room:
        await room.press("g", "down", "down", "down", "5", "plus")
        assert "put the cursor on a team's row" in room.text
        await room.press("down", "plus", "enter", "ctrl+s")
        one = item(room.state, "Dispute workflow v2")
        rows = {row.team_id: row.spent for row in room.state.each(Progress) if row.item_id == one.id}
        # 4.0 and 1.0 likely: half of each, and half a day more of the first.
        assert sorted(rows.values()) == pytest.approx([0.5, 2.1])


async def test_before_the_quarter_runs_there_is_neither_chart_nor_second_pie(tmp_path: Path) -> None:
    path = small(tmp_path, [("Audit log", 2.0, {})])
    async with opened(path) as room:
        before = room.lines
        await room.press("W")
        assert "does not run yet" in room.toasts
        assert room.dialog == ""
        await room.press("l")
        assert "does not run yet" in room.toasts
        # But for the line in which that was said.
        assert [line for line in room.lines if line not in before] == [room.lines[-2]]


async def test_an_interrupt_is_one_line(tmp_path: Path) -> None:
    """How much, whose time, what and for whom: read along, written as one change, undone by one u."""
    path = demo(tmp_path)
    async with opened(path) as room:
        events = room.state.seq
        await room.press("N")
        await room.write("2d outage", "enter")
        assert "whose time it took, before a colon" in room.text
        await room.replace("2d Payments: outage >Northwind by:support")
        assert "0.4 ew of Payments on 10 Feb: outage, for Northwind, asked by support" in room.text
        await room.press("enter")
        assert room.dialog == ""
        assert room.state.seq == events + 1
        (row,) = room.state.each(UnplannedWork)
        assert (row.effort, row.day, row.asked_by) == (0.4, date(2027, 2, 10), "support")
        assert "week 1 of 13" in room.header, "nobody has recorded progress yet"
        await room.press("u")
        assert not list(room.state.each(UnplannedWork))


async def test_the_foot_says_why_a_later_day_has_other_odds_and_long_sentences_whole(tmp_path: Path) -> None:
    """Nothing pops up over the figures: what is long takes more lines of the foot."""
    path = small(tmp_path, [("Audit log", 3.0, {}), ("Invoices", 3.0, {})])
    async with opened(path, size=(80, 24)) as room:
        await room.press("g")
        # It takes two lines, beside which stands the panel.
        assert "to 10 Feb has passed, and nothing is recorded for it yet" in foot(room)
        assert "records counts as known before" in foot(room)
        # Done by mistake, and not: nobody is asked for a reason.
        await room.press("d", "d")
        screen = room.app.screen
        assert isinstance(screen, ProgressScreen)
        assert not screen.draft.steps
        await room.press("5", "escape")
        assert foot(room).startswith("Not confirmed: esc again throws the draft away, ctrl+s confirms")
        assert room.toasts == ""
