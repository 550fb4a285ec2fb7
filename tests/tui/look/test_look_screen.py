"""The first look in the app: the figures follow the rules, nothing is written before it is kept, and undo takes it
back."""

from __future__ import annotations

from pathlib import Path

from store.records import Actual, Customer, SliceRule
from tests.tui.app_helpers import Room, opened, small, stored, things
from tests.tui.look.exports import jira_export
from tui.look.look_screen import LookScreen

DAYS = "title,type,label,customer,resolved,created,days\n"


async def look_at(room: Room, file: Path, accounts: str = "") -> LookScreen:
    """Ask for a look at a file, and wait for it."""
    await room.press("H")
    await room.until(lambda: room.dialog == "Form")
    await room.write(str(file), "enter")
    await room.write(accounts, "enter")
    return await looked(room)


async def looked(room: Room) -> LookScreen:
    """The screen, once nothing is being read."""

    def stands() -> bool:
        return isinstance(room.app.screen, LookScreen) and not room.app.screen.looking

    await room.until(stands, "the first look")
    assert isinstance(room.app.screen, LookScreen)
    return room.app.screen


async def on_row(room: Room, screen: LookScreen, kind: str, at: int = 0) -> None:
    """Put the cursor on a row."""
    rows = screen.table._rows
    screen.table.move_to(next(n for n, row in enumerate(rows) if (row.kind, row.id) == (kind, at)))
    await room.settle()


async def test_the_figures_follow_the_rules(tmp_path: Path) -> None:
    file = tmp_path / "done.csv"
    file.write_text(
        DAYS
        + "Audit log,Task,escalation,,2026-02-05,2026-01-02,10\n"
        + "Acme: report,Task,,Acme,2026-02-06,2025-12-01,5\n"
        + "Crash,Bug,,Acme,2026-05-06,2026-05-01,15\n"
        + "Search,Story,,,2026-05-06,2026-05-01,20\n",
        encoding="utf-8",
    )
    path = small(tmp_path, [("Ledger", 2.0, {})])
    before = things(stored(path))
    async with opened(path) as room:
        screen = await look_at(room, file)
        # Of 10 ew, the customer's own one is a one-off; nobody says what the escalation is.
        assert "One-offs took 10% (1.0 ew of 10.0 ew): within budget; up to 30%" in room.text
        assert "customer:*=O" in room.text
        assert "label:escalation" in room.text.split("No rule")[1]

        await room.press("a")
        await room.write("label:escalation=O", "enter")
        await looked(room)
        assert "One-offs took 30% (3.0 ew of 10.0 ew): struggling." in room.text.replace("\n", " ")
        await room.press("a")
        await room.write("nonsense", "enter")
        assert "is not a rule: write type, label" in room.text
        await room.press("escape")

        await on_row(room, screen, "rule")
        assert "label:escalation=O: 1 issue, 2.0 ew" in room.words("RowPanel")
        await room.press("enter")
        await room.replace("label:escalation=Q", "enter")
        await looked(room)
        assert "One-offs took 10% (1.0 ew of 10.0 ew): within budget." in room.text
        await room.press("d")
        await looked(room)
        assert "up to 30%" in room.text.replace("\n", " ")

        # What has no rule becomes one.
        await on_row(room, screen, "hint")
        await room.press("enter", "d")
        await looked(room)
        assert "No rule: every issue has a slice" in room.text

        await on_row(room, screen, "quarter")
        await room.press("question_mark")
        assert "one-off share, Q1 2026: 33.3%" in room.text
        assert "not planned, Q1 2026: 66.6%" in room.text
        await room.press("escape", "b")
        await looked(room)
        assert "One-offs took 25% (1 issue of 4 issues)" in room.text
        await room.press("escape")
        assert room.dialog == ""
    assert things(stored(path)) == before


async def test_it_is_kept_as_one_step_after_a_look_at_what_that_is(tmp_path: Path) -> None:
    file = jira_export(tmp_path / "done.csv", 60)
    (tmp_path / "accounts.csv").write_text("account,arr\nGlobex,90000\n", encoding="utf-8")
    path = small(tmp_path, [("Ledger", 2.0, {})])
    before = things(stored(path))
    async with opened(path) as room:
        await look_at(room, file, str(tmp_path / "accounts.csv"))
        assert "in hours" in room.text
        await room.press("f")
        await room.press("down")
        await room.write("32", "ctrl+s")
        await looked(room)
        assert "in engineer-weeks (ew)" in room.text
        await room.press("K")
        await room.until(lambda: room.dialog == "Report")
        assert "55 finished issues, 5 accounts, 2 rules" in room.text
        assert things(stored(path)) == before
        await room.press("escape")
        assert things(stored(path)) == before
        await room.press("K")
        await room.until(lambda: room.dialog == "Report")
        await room.press("enter")
        await looked(room)
        state = stored(path)
        assert len([*state.each(Actual)]) == 55
        assert {row.name: row.arr for row in state.each(Customer)}["Globex"] == 90_000.0
        assert ("type", "story", "F") in {(row.field, row.value, row.slice) for row in state.each(SliceRule)}
        await room.press("K")
        assert "Nothing to keep: everything is here already." in room.toasts
        await room.press("escape", "u")
        await room.until(lambda: not [*stored(path).each(Actual)])
    after = things(stored(path))
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


async def test_what_cannot_be_read_is_said_and_the_screen_stays(tmp_path: Path) -> None:
    file = tmp_path / "done.csv"
    file.write_bytes(b"\x00\x01\x02")
    async with opened(small(tmp_path, [("Ledger", 2.0, {})]), size=(80, 24)) as room:
        screen = await look_at(room, file)
        assert screen.trouble
        assert screen.trouble[:30] in room.text
        for key in ("enter", "d", "b", "K", "X", "question_mark"):
            await room.press(key)
        assert isinstance(room.app.screen, LookScreen)
        file.write_text("title,resolved\n[red]A[/red],2026-02-05\n", encoding="utf-8")
        screen.look_again()
        await looked(room)
        await room.press("end")
        assert "[red]A[/red]" in "\n".join(row.title for row in screen.table._rows)
        await room.press("q")
        assert room.dialog == ""
