"""The charter's screen: a whole charter written by keys, undone, refused, kept. About 10 s."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.rules.charter import gaps, grant, holder_words, remove_role, write_role
from store.records import Slice
from store.records.negotiation import Charter, Principle, Right, Role
from store.sidecars.drafts import save_draft
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, NORMAL, Room, opened, running, small, stored, widths
from tui.rules.record_screen import READ_ONLY, RecordScreen
from tui.seats.dialog_drafts import draft_of, take_up

ITEMS = [("Alpha", 2.0, {}), ("Beta", 2.0, {"state": "below"})]


def rows_of(room: Room) -> list[str]:
    """What stands in the list, blanks made one."""
    rows = (" ".join(line.split()) for line in room.words("#rows").splitlines())
    return [row.lstrip("▌▲ ") for row in rows if row]


async def to_row(room: Room, kind: str, number: int | None = None) -> None:
    """Put the cursor on a row of a kind, the first one by default."""
    screen = room.app.screen
    assert isinstance(screen, RecordScreen)
    rows = screen.rows()
    at = next(n for n, row in enumerate(rows) if row.kind == kind and number in (None, row.id))
    screen.table.move_to(at)
    await room.settle()


async def add_role(room: Room, name: str, who: str) -> None:
    await to_row(room, "role" if room.state.all(Role) else "no role")
    await room.press("a")
    await room.write(name, "enter")
    await room.write(who, "enter")


async def test_a_charter_is_written_by_keys_and_taken_back(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ITEMS), NORMAL) as room:
        await room.press("C")
        assert "there is no log-in: it records who is said to decide" in room.text
        assert "▲ 5 to settle" in room.text, "four rights without a holder, and no rate"
        await add_role(room, "CEO", "Eve")
        await add_role(room, "Head of Sales", "")
        sales = next(role.id for role in room.state.all(Role).values() if role.name == "Head of Sales")

        # A role gets its rights from a list, one key each; a right its roles.
        await to_row(room, "role", 1)
        for key in "2345":
            await room.press("g", key)
        await room.press("tab")
        await room.press("enter")
        assert "[ ] Head of Sales (nobody yet)" in room.text
        await room.press("2")
        assert "take a one-off out of the purse nobody: Head of Sales has no person" in " ".join(rows_of(room))
        await to_row(room, "role", sales)
        await room.press("enter", "tab")
        await room.write("Sal", "enter")
        assert holder_words(room.state, "one-off") == "Sal (Head of Sales)"
        assert holder_words(room.state, "under target") == "Eve (CEO)"

        # Principles, and the right to break just one.
        await to_row(room, "no principle")
        await room.press("a")
        await room.write("No [b]forks[/b]", "enter")
        await room.write("one code base", "enter")
        assert any("No [b]forks[/b] one code base" in row for row in rows_of(room))
        (principle,) = room.state.all(Principle)
        await to_row(room, "right", -principle)
        await room.press("g", "2")
        assert holder_words(room.state, "break a principle", principle) == "Eve (CEO) or Sal (Head of Sales)"

        # Figures: bad input is a sentence beside the field, an empty field is the default again.
        await to_row(room, "figure", 0)
        await room.press("enter")
        await room.replace("2.5", "enter")
        assert "valid integer" in room.text
        await room.replace("-1", "enter")
        assert "a quarter: it should be greater than or equal to 0." in " ".join(room.text.split())
        await room.replace("3", "enter")
        await to_row(room, "figure", 3)
        await room.press("enter")
        await room.write("30,000", "enter")
        assert any(row == "Rate per engineer-week $30,000 per ew" for row in rows_of(room))
        assert gaps(room.state) == ()
        assert "to settle" not in room.text
        await to_row(room, "figure", 0)
        await room.press("enter")
        await room.replace("", "enter")
        (charter,) = room.state.all(Charter).values()
        assert (charter.purse_count, charter.rate) == (2, 30_000.0)
        await to_row(room, "figure", 6)
        await room.press("enter")
        await room.write("Two customers", "ctrl+s")
        assert stored(room.path).all(Charter)[charter.id].evidence_rules == "Two customers"

        # What each right and figure is for.
        await to_row(room, "right", 1)
        await room.press("?")
        assert "Exactly at the target it is not." in " ".join(room.text.split())
        await room.press("escape")
        assert room.dialog == "CharterScreen"

        # One step back each, down to nothing.
        while room.state.all(Role) or room.state.all(Charter):
            await room.press("u")
        assert "nobody yet: a adds a role" in room.text
        assert not room.state.all(Right)
        await room.press("escape")
        assert room.dialog == ""


async def test_a_role_that_holds_rights_is_taken_away_with_open_eyes(tmp_path: Path) -> None:
    path = small(tmp_path, ITEMS)
    with Workspace.open(path, actor="ben") as workspace:
        workspace.apply(write_role(workspace.load(), "CEO", "Eve"))
        for kind in ("under target", "over ceiling"):
            workspace.apply(grant(workspace.load(), kind, 1))
    async with opened(path, NARROW) as room:
        await room.press("C", "x")
        said = " ".join(room.text.split())
        assert "Nobody holds the right to go under the odds target" in said
        assert "Nobody holds the right to go over the one-off ceiling" in said
        assert "one-off out of the purse" not in said, "nobody held that before either"
        await room.press("escape")
        assert list(room.state.all(Role)) == [1]
        await room.press("x", "x")
        assert not room.state.all(Role)
        assert not room.state.all(Right)
        await room.press("u")
        assert len(room.state.all(Right)) == 2
        assert widths(room.lines) == {80}
        # Names are told apart, and the refusal stands beside the field.
        await room.press("a")
        await room.write("ceo", "enter", "enter")
        assert "There is a role “ceo” already." in room.text
        await room.press("escape")
        assert len(room.state.all(Role)) == 1


async def test_what_somebody_else_changes_is_shown_and_what_is_typed_stays(tmp_path: Path) -> None:
    path = small(tmp_path, ITEMS)
    with Workspace.open(path, actor="ben") as other:
        other.apply(write_role(other.load(), "CEO", "Eve"))
        async with opened(path) as room:
            await room.press("C", "enter", "tab")
            await room.replace("Eva Long")
            other.apply(write_role(other.load(), "CEO", "Ada", 1))
            await room.press("enter")
            assert "changed since you looked" in room.toasts
            assert room.dialog == "Form"
            assert "Eva Long" in room.text, "what was typed is there still"
            await room.press("ctrl+s")
            assert room.state.all(Role)[1].who == "Eva Long"
            # Seen without a key, as news comes.
            other.apply(write_role(other.load(), "CFO", "Ana"))
            room.board.look_for_news()
            await room.settle()
            assert any(row.startswith("CFO Ana") for row in rows_of(room))
            # Gone while the form is open, and that is known: it is said there, and nothing typed is lost.
            await to_row(room, "role", 2)
            await room.press("enter", "tab")
            await room.replace("Anna")
            other.apply(remove_role(other.load(), 2))
            room.board.look_for_news()
            await room.press("enter")
            assert "This role is not there any more." in room.text
            assert "Anna" in room.text
            await room.press("escape")
            await to_row(room, "role", 1)
            # What it was about is gone: what was typed is shown once more.
            await room.press("enter", "tab")
            await room.replace("Too late")
            other.apply(remove_role(other.load(), 1))
            await room.press("enter")
            assert "It is not there any more" in room.text
            assert "Too late" in room.text
            await room.press("escape")
            assert room.dialog == "CharterScreen"
            await room.press("escape")
            assert room.dialog == "", "a refusal that was dealt with does not open it again"


async def test_what_was_being_typed_is_taken_up_again(tmp_path: Path) -> None:
    path = small(tmp_path, ITEMS)
    async with opened(path, actor="Ana") as room:
        await room.press("C", "a")
        await room.write("Head of Sales", "enter")
        await room.write("Sal")
        content = draft_of(room.board)
    assert content is not None
    save_draft(path, "aa11", "Ana", content)
    async with opened(path, actor="Ana") as room:
        take_up(room.board, content)
        await room.until(lambda: room.dialog == "Form")
        assert "Head of Sales" in room.text
        await room.press("ctrl+s")
        (role,) = room.state.all(Role).values()
        assert (role.name, role.who) == ("Head of Sales", "Sal")


async def test_target_and_aims_are_changed_where_they_always_are(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ITEMS)) as room:
        await room.press("C")
        await to_row(room, "target")
        await room.press("enter")
        assert room.dialog == "CapacityScreen"
        assert "TARGETS" in room.text
        await room.press("right", "enter")
        assert room.dialog == "CharterScreen"
        assert room.state.quarter.target == pytest.approx(0.71)
        await to_row(room, "target")
        assert "Odds target 71%" in rows_of(room)
        # A slice belongs to somebody else from now on.
        part = next(each for each in room.state.each(Slice) if each.letter == "Q")
        await to_row(room, "aim", part.id)
        await room.press("enter")
        await room.replace("Nils, Support", "ctrl+s")
        assert room.state.all(Slice)[part.id].owner == "Nils, Support"
        # And so do its bounds, which its aim has to keep.
        await room.press("enter", "enter")
        await room.replace("90", "ctrl+s")
        await room.until(lambda: "raise that first" in room.text)
        await room.replace("12.5", "ctrl+s")
        assert room.state.all(Slice)[part.id].floor == 12.5
        assert "floor 12.5%" in room.text
        assert room.state.all(Slice)[part.id].aim == part.aim
        assert "Nils, Support" in room.text
        await room.press("escape")
        assert room.dialog == ""


async def test_a_seat_that_only_looks_changes_nothing(tmp_path: Path) -> None:
    path = small(tmp_path, ITEMS)
    with Workspace.open(path, actor="ben") as workspace:
        workspace.apply(write_role(workspace.load(), "CEO", "Eve"))
    with Workspace.open(path, read_only=True) as workspace:
        from tui.app.app import MakeroomApp
        from tui.session.session import Session

        app = MakeroomApp(Session(workspace))
        async with running(app, path) as room:
            await room.press("C")
            for key in ("a", "x", "g", "enter", "u", "c"):
                await room.press(key)
                assert READ_ONLY in room.toasts, key
                assert room.dialog == "CharterScreen", key
    assert len(stored(path).all(Role)) == 1
