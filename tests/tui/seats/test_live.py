"""Several people on one file: what one changes, the others see; nothing that they are doing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from scenarios.plan.plan import entry_of
from scenarios.trade import changes
from scenarios.trade.door import forecast_of
from scenarios.trade.guard import guard, standing
from store.common.errors import StaleError, StoreError
from store.records import Applied, Command, Item, Size, State, new_id
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, Room, item, opened, small, stored, titles
from tests.tui.rest import PATIENCE
from tui.board import board_view
from tui.session.session import Session


def room_of_ten(folder: Path, net: float = 27.0) -> Path:
    """Ten items of two weeks on one team; at 27 ew they fit, with little room."""
    rows = [(f"Work {number}", (1.5, 2.0, 3.0), {"value": 100 - 5 * number}) for number in range(10)]
    rows.append(("Audit log", (2.0, 3.0, 5.5), {"state": "inbox"}))
    return small(folder, rows, net)


class Other:
    """Somebody else at the table, without a screen."""

    def __init__(self, path: Path, name: str) -> None:
        self.workspace = Workspace.open(path, actor=name)

    def do(self, label: str, *puts: object, removes: tuple[object, ...] = ()) -> Applied:
        state = self.workspace.load()
        return self.workspace.apply(guard(state, Command("edit", label, puts, removes), label))  # type: ignore[arg-type]

    def edit(self, called: str, /, **fields: object) -> Applied:
        one = item(self.workspace.load(), called)
        return self.do(f"“{called}” edited", one.model_copy(update=fields))

    def drop(self, title: str) -> Applied:
        state = self.workspace.load()
        entry = entry_of(state, item(state, title).id)
        return self.workspace.apply(changes.drop(state, entry, forecast_of(state)))


@contextmanager
def somebody(path: Path, name: str = "Ana") -> Iterator[Other]:
    other = Other(path, name)
    try:
        yield other
    finally:
        other.workspace.close()


def marks(room: Room) -> list[str]:
    return [each.entry.item.title for each in room.board.sheet.table.marked]


async def mark(room: Room, *names: str) -> None:
    """Put the candidates' cursor on each of these and mark it."""
    table = room.board.sheet.table
    for name in names:
        table.move_to(next(n for n, row in enumerate(table._rows) if row.entry.item.title == name))
        await room.press("space")


async def open_trade(room: Room) -> None:
    """Say yes to the request that waits, which does not fit."""
    await room.press("i", "enter")
    assert room.board.sheet.trade is not None
    await room.to_items()


# ------------------------------------------------------------------ what others change


async def test_a_change_of_somebody_else_is_shown_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # However slow the machine is, the mark is read before it goes.
    monkeypatch.setattr(board_view, "FRESH_FOR", PATIENCE)
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await room.look_at("Work 4")
        scroll = room.board.plan.scroll_offset
        before = room.header
        with somebody(path) as ana:
            ana.drop("Work 1")
        await room.until(lambda: "Ana:" in room.header, "who did what")
        assert "Work 1" in room.header
        assert room.header.splitlines()[0] != before.splitlines()[0], "the figures are those of the new plan"
        assert room.on_cursor == "Work 4", "the cursor stays on its item"
        assert room.board.plan.scroll_offset == scroll
        rows = room.words("#plan").splitlines()
        (row,) = [row for row in rows if "Work 1" in row]
        assert row.startswith("•"), "the row that changed is marked"
        assert not any(line.startswith("•") for line in rows if "Work 2" in line)
        assert room.board.session.state == stored(path)


async def test_the_mark_goes_after_some_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_view, "FRESH_FOR", 0.2)
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        with somebody(path) as ana:
            ana.edit("Work 1", owner="Cleo")
        await room.until(lambda: "Ana:" in room.header)
        await room.until(lambda: "•" not in room.words("#plan"), "an unmarked row")


async def test_what_is_typed_and_the_dialog_stay(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        room.keeps_toasts = True
        await room.press("a")
        await room.write("Half a reque")
        with somebody(path) as ana:
            ana.edit("Work 1", title="Work one, renamed")
        await room.until(lambda: "Ana:" in room.text, "who did what, over the dialog")
        assert room.dialog == "QuickAdd"
        field = room.app.focused
        assert isinstance(field, Input)
        assert field.value == "Half a reque"
        await room.write("st", "enter")
        assert "Half a request" in titles(stored(path), "inbox")


async def test_the_request_under_the_keys_stays_the_same_when_another_one_leaves(tmp_path: Path) -> None:
    rows = [("Planned", 2.0, {}), *((f"Ask {n}", 1.0, {"state": "inbox"}) for n in range(3))]
    path = small(tmp_path, rows)
    async with opened(path, actor="Ben", seated=True) as room:
        await room.press("i", "i")
        shown = room.board.incoming.entry
        assert shown is not None
        first = room.board.session.now.inbox[0].item.title
        assert shown.item.title != first
        with somebody(path) as ana:
            ana.edit(first, state="below")
        await room.until(lambda: "Ana:" in room.header)
        assert room.board.incoming.entry is not None
        assert room.board.incoming.entry.item.title == shown.item.title


async def test_ones_own_change_after_an_unseen_one_follows_both(tmp_path: Path) -> None:
    """No look in between: the journal's order is kept all the same."""
    path = room_of_ten(tmp_path)
    with Workspace.open(path, actor="Ben") as workspace, somebody(path) as ana:
        session = Session(workspace)
        one = item(session.state, "Work 2")
        ana.edit("Work 1", owner="Cleo")
        session.commit(Command("edit", "mine", (one.model_copy(update={"owner": "Dora"}),)))
        assert session.state == stored(path)
        assert [news.event.actor for news in session.tell()] == ["Ana"]
        assert session.now.forecast.odds == forecast_of(stored(path)).odds


async def test_what_cannot_be_read_for_a_moment_is_followed_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        since, told = room.board.session.workspace.since, []

        def at_first_not(seq: int) -> object:
            if not told:
                told.append(seq)
                raise StoreError("the disk sleeps.")
            return since(seq)

        monkeypatch.setattr(room.board.session.workspace, "since", at_first_not)
        with somebody(path) as ana:
            ana.edit("Work 1", owner="Cleo")
        await room.until(lambda: item(room.board.session.state, "Work 1").owner == "Cleo", "what Ana wrote")
    assert told


async def test_no_decision_is_taken_on_a_plan_that_was_not_seen(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben") as room:
        await room.look_at("Work 4")
        with somebody(path) as ana:
            ana.edit("Work 1", owner="Cleo")
        await room.press("b")
        assert "Ana" in room.toasts
        assert item(stored(path), "Work 4").state == "plan"
        await room.press("b")
        assert item(stored(path), "Work 4").state == "below"


async def test_two_that_fit_each_but_not_together_leave_no_silent_shortfall(tmp_path: Path) -> None:
    """Rule 4, when somebody writes in the very moment between look and write."""
    path = room_of_ten(tmp_path, 27.0)
    with Workspace.open(path, actor="Ben") as workspace, somebody(path) as ana:
        session = Session(workspace)
        room = sum(session.now.forecast.room.values())
        assert room > 0

        def adding(name: str, state: State, size: float) -> Command:
            draw = len(name)
            one = Item.model_validate({"id": new_id(), "title": name, "rank": 50.0, "draw": draw, "state": "plan"})
            team = next(iter(state.all(Size).values())).team_id
            return Command("edit", name, (one, Size(id=new_id(), item_id=one.id, team_id=team, likely=size)))

        real = workspace.apply
        added = []

        def late(command: Command) -> Applied:
            if not added:
                added.append(ana.do("hers", *adding("Somebody's", ana.workspace.load(), 0.6 * room).puts))
            return real(command)

        workspace.apply = late  # type: ignore[method-assign]
        session.commit(adding("Mine", session.state, 0.6 * room))
        last = stored(path)
        assert {"Somebody's", "Mine"} <= set(titles(last, "plan"))
        assert not forecast_of(last).fits, "together they do not fit"
        assert standing(last)[1] is not None, "and that is said"
        assert session.state == last


async def test_a_large_change_of_somebody_else_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The odds of a large plan are worked out in a thread, and keys work meanwhile."""
    from tui.session import session as session_module

    monkeypatch.setattr(session_module, "HEAVY", 5)
    path = room_of_ten(tmp_path, 200.0)
    async with opened(path, actor="Ben", seated=True) as room:
        with somebody(path) as ana:
            state = ana.workspace.load()
            team = next(iter(state.all(Size).values())).team_id
            puts: list[object] = []
            for number in range(40):
                one = Item.model_validate(
                    {"id": new_id(), "title": f"More {number}", "rank": 20.0 + number, "draw": number, "state": "plan"}
                )
                puts += [one, Size(id=new_id(), item_id=one.id, team_id=team, likely=1.0)]
            ana.do("forty more", *puts)
        await room.until(lambda: "forty more" in room.header)
        assert room.board.session.now.forecast.odds == pytest.approx(forecast_of(stored(path)).odds)
        assert len(room.board.session.now.plan.entries) == 50


async def test_a_file_that_goes_away_is_said_and_nothing_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        workspace = room.board.session.workspace

        def fails() -> int:
            raise StoreError("The disk reports an error.")

        monkeypatch.setattr(workspace, "data_version", fails)
        await room.until(lambda: "reports an error" in room.toasts)
        await room.press("down")
        assert room.on_cursor == "Work 1"


# ------------------------------------------------------------------ the trade sheet


async def test_an_open_trade_is_recomputed_and_keeps_its_marks(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await open_trade(room)
        await mark(room, "Work 9", "Work 7")
        with somebody(path) as ana:
            ana.edit("Work 8", state="below")
        room.keeps_toasts = True
        await room.until(lambda: "changed meanwhile" in room.text, "that the plan changed meanwhile")
        assert "Ana" in room.text
        assert marks(room) == ["Work 9", "Work 7"]
        assert "Work 8" not in [row.entry.item.title for row in room.board.sheet.table._rows]
        trade, forecast = room.board.sheet.trade, room.board.sheet.forecast
        assert trade is not None
        assert forecast is not None
        state = stored(path)
        moved = [item(state, name).model_copy(update={"state": "below"}) for name in ("Work 9", "Work 7")]
        asked = item(state, "Audit log").model_copy(update={"state": "plan"})
        assert forecast.odds == pytest.approx(forecast_of(state.overlay(Command("edit", "", (*moved, asked)))).odds)


async def test_a_mark_whose_item_left_goes_with_it(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await open_trade(room)
        await mark(room, "Work 9", "Work 7")
        with somebody(path) as ana:
            ana.edit("Work 9", state="below")
        await room.until(lambda: marks(room) == ["Work 7"], "the other mark alone")


async def test_what_was_decided_before_the_change_needs_a_look(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await open_trade(room)
        await mark(room, "Work 9", "Work 8")
        await room.press("enter")
        await room.write("Eva Lind", "enter")
        await room.write("wedge")
        with somebody(path) as ana:
            ana.drop("Work 9")
        await room.until(lambda: "changed meanwhile" in room.words("#verdict-says"), "what changed")
        # The keys still type: nobody who writes a reason finds that letters do something else now.
        await room.write(" into")
        assert room.board.sheet.query_one("#because", Input).value == "wedge into"
        await room.press("enter")
        assert item(stored(path), "Audit log").state == "inbox", "nothing was recorded"
        assert "Ana" in room.toasts
        assert "Work 9" in room.toasts
        assert marks(room) == ["Work 8"]
        assert not room.board.sheet.deciding
        # After the look it goes through, with what was typed.
        while room.board.sheet.forecast is not None and not room.board.sheet.forecast.fits:
            left = [r.entry.item.title for r in room.board.sheet.table._rows if r.entry.item.title not in marks(room)]
            await mark(room, left[0])
        await room.press("enter", "enter", "enter")
        state = stored(path)
        assert item(state, "Audit log").state == "plan"
        assert item(state, "Work 8").state == "below"
        assert "Eva Lind" in [one.decided_by for one in state.tables["decisions"].values()]
        assert forecast_of(state).fits


async def test_a_refusal_by_the_store_opens_the_sheet_again_with_its_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben") as room:
        await open_trade(room)
        await mark(room, "Work 9", "Work 8", "Work 7")
        await room.press("enter")
        await room.write("Eva Lind", "enter")
        await room.write("wedge")
        real = room.board.session.workspace.apply
        came = []

        def late(command: Command) -> Applied:
            # Somebody writes in the moment between our look and our writing.
            if not came:
                with somebody(path) as ana:
                    came.append(ana.edit("Work 8", owner="Cleo"))
            return real(command)

        monkeypatch.setattr(room.board.session.workspace, "apply", late)
        await room.press("enter")
        assert "Ana" in room.toasts
        assert item(stored(path), "Audit log").state == "inbox"
        assert marks(room) == ["Work 9", "Work 8", "Work 7"]
        assert room.board.sheet.query_one("#by", Input).value == "Eva Lind"
        await room.press("enter", "enter", "enter")
        state = stored(path)
        assert item(state, "Audit log").state == "plan"
        assert item(state, "Work 8").state == "below"
        assert item(state, "Work 8").owner == "Cleo", "hers is not overwritten"


async def test_a_request_that_somebody_else_took_in_closes_the_sheet_with_a_sentence(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await open_trade(room)
        await mark(room, "Work 9", "Work 8", "Work 7")
        with somebody(path) as ana:
            ana.edit("Audit log", state="plan", rank=99.0)
        room.forget_toasts()
        await room.until(lambda: "changed meanwhile" in room.toasts)
        await room.press("b")
        assert room.board.sheet.trade is None
        assert "in plan already" in room.toasts
        assert item(stored(path), "Audit log").state == "plan", "b meant the request, not the row beneath"
        assert "Work 0" in titles(stored(path), "plan")


async def test_lost_capacity_meets_a_changed_plan(tmp_path: Path) -> None:
    """A proposal that is no request is asked again of the plan as it is now, with everything else as others left it."""
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await room.press("c", "n")
        await room.replace("22")
        await room.press("ctrl+s", "enter")
        assert room.board.sheet.trade is not None
        await room.to_items()
        await mark(room, "Work 9")
        with somebody(path) as ana:
            ana.edit("Work 2", title="Work two")
        await room.until(lambda: any(r.entry.item.title == "Work two" for r in room.board.sheet.table._rows))
        assert marks(room) == ["Work 9"]
        await room.press("o")
        state = stored(path)
        assert [row.net for row in state.tables["capacities"].values()] == [22.0]
        assert item(state, "Work two").state == "plan"


# ------------------------------------------------------------------ forms


async def test_a_form_on_an_item_that_somebody_changed_is_refused_and_comes_back_filled_in(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await room.look_at("Work 3")
        await room.press("enter")
        assert room.dialog == "Form"
        await room.replace("Work three, by Ben")
        with somebody(path) as ana:
            ana.edit("Work 3", owner="Cleo")
        await room.until(lambda: item(room.board.session.state, "Work 3").owner == "Cleo")
        room.forget_toasts()
        await room.press("ctrl+s")
        await room.until(lambda: room.dialog == "Form", "the form again")
        assert "Ana" in room.toasts
        assert item(stored(path), "Work 3").title == "Work 3", "refused: nothing of hers is overwritten"
        form = room.app.screen
        assert form.query_one("#field-title", Input).value == "Work three, by Ben"
        assert form.query_one("#field-owner", Input).value == "Cleo", "what was not typed in shows what is true now"
        await room.press("ctrl+s")
        one = item(stored(path), "Work three, by Ben")
        assert one.owner == "Cleo"


async def test_a_size_that_somebody_else_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    rows = [("One", 2.0, {"state": "below"}), ("Two", 3.0, {"state": "below"})]
    path = small(tmp_path, rows)
    async with opened(path, actor="Ben", seated=True) as room:
        await room.look_at("One")
        await room.press("e")
        await room.replace("5")
        with somebody(path) as ana:
            state = ana.workspace.load()
            (size,) = [one for one in state.all(Size).values() if one.item_id == item(state, "One").id]
            ana.do("“One” sized 4", size.model_copy(update={"likely": 4.0}))
        await room.until(lambda: [s.likely for s in room.board.session.state.each(Size)] == [4.0, 3.0])
        room.forget_toasts()
        await room.press("enter")
        await room.until(lambda: room.dialog == "SizeDialog", "the question again")
        assert "Ana" in room.toasts
        assert [one.likely for one in stored(path).each(Size)] == [4.0, 3.0]
        field = room.app.focused
        assert isinstance(field, Input)
        assert field.value == "5"
        await room.press("enter")
        assert [one.likely for one in stored(path).each(Size)] == [5.0, 3.0]


async def test_a_small_table_that_somebody_changed_comes_back_without_its_menu(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await room.press("T", "q")
        assert room.dialog == "Form"
        await room.replace("Q1, Ben's")
        with somebody(path) as ana:
            ana.do("quarter", ana.workspace.load().quarter.model_copy(update={"target": 0.6}))
        await room.until(lambda: room.board.session.state.quarter.target == 0.6)
        await room.press("ctrl+s")
        await room.until(lambda: room.dialog == "Form", "the form again")
        assert room.app.screen.query_one("#field-name", Input).value == "Q1, Ben's"
        await room.press("ctrl+s")
        assert stored(path).quarter.name == "Q1, Ben's"
        assert stored(path).quarter.target == 0.6


async def test_a_form_on_an_item_that_is_gone_shows_what_was_typed(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    with somebody(path) as ana:
        new = Item.model_validate({"id": new_id(), "title": "Short life", "rank": 70.0, "draw": 3, "state": "below"})
        ana.do("added", new)
        async with opened(path, actor="Ben", seated=True) as room:
            await room.look_at("Short life")
            await room.press("enter")
            await room.replace("A long and careful title")
            ana.workspace.undo()
            await room.until(lambda: "Short life" not in [i.title for i in room.board.session.state.each(Item)])
            await room.press("ctrl+s")
            await room.until(lambda: room.dialog == "Report", "what was typed")
            assert "A long and careful title" in room.text
            assert "not there any more" in room.text
            await room.press("escape")
            assert room.dialog == ""
        assert "A long and careful title" not in [one.title for one in stored(path).each(Item)]


async def test_a_fill_that_was_weighed_on_another_plan_is_asked_again(tmp_path: Path) -> None:
    rows = [("One", 2.0, {}), *((f"Below {n}", 2.0, {"state": "below"}) for n in range(3))]
    path = small(tmp_path, rows)
    async with opened(path, actor="Ben") as room:
        await room.press("L")
        assert room.dialog == "Menu"
        with somebody(path) as ana:
            ana.edit("Below 1", owner="Cleo")
        await room.press("f")
        assert "Ana" in room.toasts
        assert titles(stored(path), "plan") == ["One"]
        await room.until(lambda: room.dialog == "Menu", "the question again, and no yes by itself")
        await room.press("f")
        assert len(titles(stored(path), "plan")) == 4


# ------------------------------------------------------------------ seats


@pytest.mark.parametrize("size", [NARROW, (120, 40)], ids=str)
async def test_the_header_counts_the_seats_and_the_list_says_who_is_where(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, size, actor="Ben", seated=True) as ben:
        assert "seats" not in ben.header, "alone, nothing is said"
        async with opened(path, actor="Ana", seated=True) as ana:
            await ben.until(lambda: "2 seats" in ben.header)
            await ana.until(lambda: "2 seats" in ana.header)
            await open_trade(ana)
            await ben.until(lambda: "trade" in [seat.where for seat in ben.app.live.others])
            await ben.press("@")
            assert "Who is here" in ben.text
            (line,) = [line for line in ben.lines if "Ana" in line]
            assert "Audit log" in line
            await ben.press("escape")
            assert ben.dialog == ""
        await ben.until(lambda: "seats" not in ben.header, "alone again")


async def test_undo_leaves_alone_what_somebody_at_the_table_did_last(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path, actor="Ben", seated=True) as ben:
        async with opened(path, actor="Ana", seated=True) as ana:
            await ben.until(lambda: "2 seats" in ben.header)
            await ana.look_at("Work 4")
            await ana.press("b")
            await ben.until(lambda: "Ana:" in ben.header)
            await ben.press("u")
            assert "Ana" in ben.toasts
            assert "Work 4" in ben.toasts
            assert item(stored(path), "Work 4").state == "below"
            await ana.press("u")
            assert item(stored(path), "Work 4").state == "plan"
            await ben.until(lambda: "took back" in ben.header)
        await ben.until(lambda: "seats" not in ben.header)


async def test_undo_takes_back_ones_own_beneath_what_another_did(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with (
        opened(path, actor="Ben", seated=True) as ben,
        opened(path, actor="Ana", seated=True) as ana,
    ):
        await ben.until(lambda: "2 seats" in ben.header)
        await ben.look_at("Work 1")
        await ben.press("b")
        await ana.until(lambda: "Ben:" in ana.header)
        await ana.look_at("Work 4")
        await ana.press("b")
        await ben.until(lambda: "Ana:" in ben.header)
        await ben.press("u")
        assert item(stored(path), "Work 1").state == "plan"
        assert item(stored(path), "Work 4").state == "below", "Ana's stays"


def test_a_stale_sentence_names_who_and_what(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    with Workspace.open(path, actor="Ben") as workspace, somebody(path) as ana:
        session = Session(workspace)
        one = item(session.state, "Work 2")
        ana.edit("Work 2", owner="Cleo")
        session.take_in(session.news())
        with pytest.raises(StaleError, match=r"Work 2.*Ana: “Work 2” edited"):
            session.require_fresh(Command("edit", "", (one,)))
