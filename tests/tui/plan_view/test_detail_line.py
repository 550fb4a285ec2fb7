"""The line below the plan: the row on the cursor whole, what passes, and what is copied of it."""

from pathlib import Path

from textual.notifications import Notifications

from tests.tui.app_helpers import NARROW, opened, small

LONG = "Invoices of more than one currency are rounded as the tax office of each country wants"


async def test_the_row_on_the_cursor_stands_there_whole_and_what_passes_covers_no_key(tmp_path: Path) -> None:
    rows = [(LONG, 3.0, {"value": 8.0, "source_key": "PM-7", "owner": "Ada"}), ("Second", 26.0, {})]
    async with opened(small(tmp_path, rows), NARROW) as room:
        assert LONG[:70] in room.words("DetailLine")
        await room.press("down")
        assert room.words("DetailLine").strip().startswith("Second")
        await room.press("up", "y")
        assert room.app.clipboard.startswith(f"F  {LONG}; PM-7 · ")
        assert "value 8; 3 ew; in plan, odds " in room.app.clipboard
        assert "add a request" in room.keys
        # In the trade sheet, what could be given up, once what was said has passed.
        room.app.clear_notifications()
        await room.press("a")
        await room.write("Kanban wallboards ~6-9-13", "enter")
        assert room.board.sheet.trade is not None
        # While the swaps have the cursor, all that leaves by that one, which is not the first of the items.
        await room.until(lambda: bool(room.board.sheet.swaps.rows))
        await room.press("down")
        swap = room.board.sheet.swap
        assert swap is not None
        assert [each.entry.item.title for each in swap.out] != [LONG]
        assert room.words("DetailLine").strip().startswith(", ".join(each.entry.item.title for each in swap.out)[:70])
        assert "frees 26.0 ew" in room.words("DetailLine")
        await room.press("up")
        await room.to_items()
        for _ in range(2):
            candidate = room.board.sheet.table.candidate
            assert candidate is not None
            assert room.words("DetailLine").strip().startswith(candidate.entry.item.title[:60])
            await room.press("down")


async def test_after_a_trade_the_row_on_the_cursor_stands_there_and_nothing_of_the_trade(tmp_path: Path) -> None:
    async with opened(small(tmp_path, [(LONG, 3.0, {}), ("Second", 26.0, {})]), NARROW) as room:
        await room.press("a")
        await room.write("Kanban wallboards ~6-9-13", "enter")
        await room.until(lambda: bool(room.board.sheet.swaps.rows))
        await room.press("down", "enter")
        await room.write("Jo", "enter")
        room.board.tell("The best of what there is.")
        await room.write("why", "enter")
        assert room.board.sheet.trade is None
        subject = room.board.subject
        assert subject is not None
        assert room.words("DetailLine").strip().startswith(subject.item.title[:60])
        # What is said of the plan before goes with the first frame of what is taken back, too.
        room.board.tell("Nothing is lost.")
        assert "Nothing is lost." in room.words("DetailLine")
        await room.press("u")
        assert "Nothing is lost." not in room.words("DetailLine")


async def test_what_the_board_said_is_not_said_again_over_a_dialog_and_no_sentence_covers_its_keys(
    tmp_path: Path,
) -> None:
    async with opened(small(tmp_path, [("First", 3.0, {})]), (60, 20)) as room:
        # Toasts as they are, with the seconds that they have.
        room.keeps_toasts, room.app._notifications = True, Notifications()
        await room.press("y", "a")
        assert room.dialog == "QuickAdd"
        assert not room.app.screen.query("Toast")
        assert "esc back, nothing changed" in " ".join(room.text.split())
        # What comes while it is open stands above it.
        room.app.notify("Maya changed the plan", timeout=60)
        await room.until(lambda: "Maya changed the plan" in room.text)
        assert "esc back, nothing changed" in " ".join(room.text.split())
        assert room.app.screen.query_one("Toast").region.bottom <= 3
