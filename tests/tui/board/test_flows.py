"""The board's conversations: each asks what it needs, changes one thing, and changes nothing on Esc."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from store.common.errors import StoreError
from store.imports.reader import read_table
from store.records import Capacity, Customer, Item, Request, Shirt, Size, Slice, SliceRule, State, Team, Wait
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import (
    NARROW,
    NORMAL,
    Room,
    demo,
    empty,
    item,
    opened,
    small,
    standing,
    things,
    titles,
    widths,
)
from tests.tui.imports.import_helpers import import_of, looked


def wide_room(folder: Path) -> Path:
    """Two planned items and one below, with room for more."""
    rows = [("First thing", (1.5, 2.0, 3.0), {}), ("Second thing", 2.0, {}), ("Third thing", 1.0, {"state": "below"})]
    return small(folder, rows, 30.0)


def sizes_of(state: State, title: str) -> list[tuple[float | None, float, float | None]]:
    key = item(state, title).id
    return [(size.low, size.likely, size.high) for size in state.each(Size) if size.item_id == key]


async def go_to(room: Room, field: str) -> None:
    """Put the cursor into a field of the form."""
    room.app.screen.query_one(f"#field-{field}").focus()
    await room.settle()


# ------------------------------------------------------------------ asking


async def test_quick_add_reads_along(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        await room.press("a")
        await room.write("Acme [Q3] log ~2-3-5.5 #oneoff >Acme $480k@60% by:sales-east team:Pay color:red ~huge")
        words = room.text
        for shown in ("Acme [Q3] log", "2-3-5.5 ew", "$480,000 x 60%", "sales-east", "then  odds"):
            assert shown in words, shown
        assert "not understood: color:red  ~huge" in words
        await room.press("enter")
        # It fits, but nobody signed for so large a share of one-offs yet.
        await room.write("CEO", "enter")
        await room.write("a wedge", "enter")
        state = room.state
        title = "Acme [Q3] log color:red ~huge"
        assert item(state, title).state == "plan"
        assert item(state, title).slice == "O"
        assert sizes_of(state, title) == [(2.0, 3.0, 5.5)]
        (request,) = state.all(Request).values()
        assert request.asked_by == "sales-east"
        assert [one.name for one in state.all(Customer).values()] == ["Acme"]
        assert "Acme [Q3] log" in room.words("#plan")


async def test_quick_add_needs_a_title_and_escape_changes_nothing(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        start = things(room.state)
        await room.press("a", "enter")
        assert room.dialog == "QuickAdd"
        assert "needs a title" in room.text
        await room.write("~3", "enter")
        assert room.dialog == "QuickAdd"
        await room.write(" something", "escape")
        assert room.dialog == ""
        assert things(room.state) == start


async def test_a_request_as_a_form_takes_over_what_was_typed(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        await room.press("a")
        await room.write("Webhooks ~2-3-5 by:Nils", "tab")
        await room.until(lambda: room.dialog == "Form")
        for shown in ("Webhooks", "2-3-5", "Nils"):
            assert shown in room.text
        await go_to(room, "size")
        await room.replace("nonsense", "ctrl+s")
        assert room.dialog == "Form"
        assert "nonsense" in room.text, "what was typed stays"
        assert len(room.words(".form-error").strip()) > 10
        await room.replace("2-3-6")
        await go_to(room, "slice")
        await room.replace("infra")
        await go_to(room, "chance")
        await room.write("140", "ctrl+s")
        assert "between 0 and 100" in room.text
        await room.replace("40")
        await go_to(room, "due")
        await room.write("soon", "ctrl+s")
        assert "“soon” is not a day" in room.text
        await room.replace("2027-03-31")
        await go_to(room, "arr")
        await room.write("180k", "ctrl+s")
        assert "Name the customer" in room.text, "whose revenue it is"
        await go_to(room, "customer")
        await room.write("Newco", "ctrl+s")
        assert room.dialog == ""
        state = room.state
        assert [row.arr for row in state.each(Customer) if row.name == "Newco"] == [180_000.0]
        made = item(state, "Webhooks")
        assert (made.state, made.slice, made.due) == ("plan", "I", date(2027, 3, 31))
        assert sizes_of(state, "Webhooks") == [(2.0, 3.0, 6.0)]


async def test_a_request_without_a_size_waits_in_the_inbox(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        await room.press("a")
        await room.write("Something vague", "enter")
        assert titles(room.state, "inbox") == ["Something vague"]
        assert "No size yet" in room.toasts
        assert "Something vague" in room.words("#incoming")
        await room.press("i", "e")
        assert "has no problem written down" in room.text
        await room.write("nobody finds it", "enter")
        await room.press("s")
        assert sizes_of(room.state, "Something vague") == [(0.5, 1.0, 2.0)]
        await room.press("i", "enter")
        assert item(room.state, "Something vague").state == "plan"


# ------------------------------------------------------------------ the item


async def test_the_item_form(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        start = things(room.state)
        await room.press("enter")
        await room.until(lambda: room.dialog == "Form")
        assert "First thing" in room.text
        assert "1.5-2-3" in room.text
        await room.replace("[Q3] fix [/] login")
        await go_to(room, "slice")
        await room.replace("poetry", "ctrl+s")
        assert room.dialog == "Form"
        assert "There is no slice “poetry”: they are F “Features”" in room.text
        assert "[Q3] fix [/] login" in room.text
        assert things(room.state) == start
        await room.replace("quality")
        await go_to(room, "value")
        await room.write("lots", "ctrl+s")
        assert "“lots” is not a number" in room.text
        await room.replace("12.5")
        await go_to(room, "waiting")
        await room.write("Birch, Fern Ltd", "ctrl+s")
        await room.until(lambda: room.dialog == "")
        state = room.state
        made = item(state, "[Q3] fix [/] login")
        assert (made.slice, made.value, made.state) == ("Q", 12.5, "plan")
        names = {one.id: one.name for one in state.all(Customer).values()}
        assert {names[one.customer_id] for one in state.all(Wait).values() if one.item_id == made.id} == {
            "Birch",
            "Fern Ltd",
        }
        assert "[Q3] fix [/] login" in room.words("#plan")
        await room.press("u")
        assert things(room.state)["items"] == start["items"]
        assert room.state.all(Wait) == {}


async def test_the_item_form_without_a_change_writes_nothing(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        with Workspace.open(room.path, read_only=True) as other:
            before = len(other.events())
        await room.press("enter", "ctrl+s")
        assert room.dialog == ""
        with Workspace.open(room.path, read_only=True) as other:
            assert len(other.events()) == before


async def test_an_empty_title_is_refused(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        await room.press("enter")
        await room.replace("   ", "ctrl+s")
        assert "needs a title" in room.text
        await room.press("escape")
        assert "First thing" in titles(room.state, "plan")


# ------------------------------------------------------------------ capacity


async def test_capacity_adds_a_team_and_changes_a_plain_one(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        start = things(room.state)
        await room.press("c", "n")
        await room.replace("many", "ctrl+s")
        assert "“many” is not a number" in room.text
        await room.replace("-3", "ctrl+s")
        assert "0 to 10,000" in room.text
        await room.replace("32.5", "ctrl+s")
        await room.press("N")
        await room.write("pay 3", "ctrl+s")
        assert "There is a team “pay” already" in room.text
        await room.replace("Web [new] 12.0", "ctrl+s")
        assert room.dialog == "CapacityScreen"
        assert "Web [new]" in room.words("CapacityGrid")
        assert things(room.state) == start
        await room.press("enter")
        assert room.dialog == ""
        state = room.state
        names = {team.id: team.name for team in state.all(Team).values()}
        assert {names[row.team_id]: row.net for row in state.all(Capacity).values()} == {"Pay": 32.5, "Web [new]": 12.0}
        assert "44.5" in room.header
        await room.press("u")
        assert "30.0" in room.header


# ------------------------------------------------------------------ small tables


async def table(room: Room, key: str, dialog: str) -> None:
    await room.press("T")
    await room.until(lambda: room.dialog == "Menu")
    await room.press(key)
    await room.until(lambda: room.dialog == dialog)


async def test_aims_add_up_to_exactly_a_hundred(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        start = things(room.state)
        await table(room, "a", "Form")
        await room.replace("45")
        assert "95% in all: 5 points missing" in room.text
        await room.press("ctrl+s")
        assert room.dialog == "Form"
        assert "add up to 95, not 100" in room.text
        assert things(room.state) == start
        await room.replace("60")
        assert "110% in all: 10 points over" in room.text
        await room.replace("40")
        await room.press("enter")
        await room.replace("30", "ctrl+s")
        assert room.dialog == ""
        assert {part.letter: part.aim for part in room.state.all(Slice).values()} == {
            "F": 40, "I": 30, "Q": 15, "D": 10, "O": 5,
        }  # fmt: skip
        assert "40%" in room.words("Legend")
        await room.press("u")
        assert "50%" in room.words("Legend")


async def test_rules_are_lines(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        start = things(room.state)
        await table(room, "r", "LinesDialog")
        assert "type bug = Q" in room.text
        area = room.app.screen.query_one("TextArea")
        area.text = "type bug = Q\nwhatever"  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        assert room.dialog == "LinesDialog"
        assert "Line 2: write it as" in room.text
        area.text = "type bug = Q\nlabel sales = X"  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        assert "“X” is none of the slices" in room.text
        assert things(room.state) == start
        area.text = "label sales [urgent] = o\n\ntype bug = Q"  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        assert room.dialog == ""
        rules = sorted(room.state.all(SliceRule).values(), key=lambda rule: rule.position)
        assert [(rule.field, rule.value, rule.slice) for rule in rules] == [
            ("label", "sales [urgent]", "O"),
            ("type", "bug", "Q"),
        ]


async def test_t_shirts_are_lines_and_their_first_letters_are_keys(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        await table(room, "s", "LinesDialog")
        area = room.app.screen.query_one("TextArea")
        for text, wrong in (("S 1\nS 2", "key s is taken"), ("M 3-2-1", "Line 1"), ("Huge 3", "one to three letters")):
            area.text = text  # type: ignore[attr-defined]
            await room.press("ctrl+s")
            assert wrong in room.text, text
        area.text = "G 2-4-8"  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        assert [(one.letter, one.likely) for one in room.state.all(Shirt).values()] == [("G", 4.0)]
        await room.look_at("Third thing")
        await room.press("e", "g")
        assert sizes_of(room.state, "Third thing") == [(2.0, 4.0, 8.0)]


async def test_rates_and_quarter(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        await table(room, "u", "Form")
        await room.write("0", "ctrl+s")
        assert "a number above 0" in room.text
        await room.replace("8", "ctrl+s")
        assert room.state.workspace.points_per_ew == 8.0
        await table(room, "q", "Form")
        await room.replace("Q9 [draft]")
        await go_to(room, "ends")
        await room.replace("2020-01-01", "ctrl+s")
        assert "comes after the first" in room.text
        await room.replace("2027-04-30", "ctrl+s")
        assert room.state.quarter.name == "Q9 [draft]"
        assert room.state.quarter.ends == date(2027, 4, 30)
        assert "Q9 [draft]" in room.header


# ------------------------------------------------------------------ import

CSV = "title,points\nFrom a file [1],8\nAnother,4\n"


async def test_import_asks_for_the_rate_and_shows_before_it_writes(tmp_path: Path) -> None:
    file = tmp_path / "back log.csv"
    file.write_text(CSV, encoding="utf-8")
    async with opened(wide_room(tmp_path)) as room:
        start = things(room.state)
        # Esc at each of the questions.
        await room.press("I")
        await room.until(lambda: room.dialog == "Form")
        await room.write(str(file), "escape")
        assert room.dialog == ""
        await import_of(room, file)
        assert "are in story points: how many story points are one engineer-week?" in " ".join(room.text.split())
        await room.press("escape")
        assert room.dialog == ""
        await import_of(room, f"'{file}'")
        # The cursor is where the rate is said.
        await room.press("enter")
        await room.write("none", "enter")
        assert "“none” is not a number" in room.text
        await room.replace("4", "enter")
        await looked(room)
        assert "2 rows = 2 new + 0 not taken" in room.text
        assert "From a file [1]" in room.text
        assert things(room.state) == start
        await room.press("escape")
        assert room.dialog == ""
        assert things(room.state) == start
        # And then to the end.
        await import_of(room, file)
        await room.press("enter")
        await room.write("4", "enter")
        await looked(room)
        await room.press("I")
        await room.until(lambda: room.dialog == "")
        state = room.state
        assert set(titles(state, "below")) == {"Third thing", "From a file [1]", "Another"}
        assert sizes_of(state, "From a file [1]")[0][1] == 2.0
        assert state.workspace.points_per_ew == 4.0
        assert "From a file [1]" in room.words("#plan")
        assert standing(state) == ([], [])
        await room.press("u")
        assert things(room.state) == start


@pytest.mark.parametrize("what", ["nowhere.csv", "a folder", "not text"])
async def test_import_of_what_cannot_be_read_says_a_sentence(tmp_path: Path, what: str) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "not text").write_bytes(bytes(range(256)) * 4)
    with pytest.raises(StoreError) as said:
        read_table(tmp_path / what)
    async with opened(wide_room(tmp_path)) as room:
        start = things(room.state)
        await import_of(room, tmp_path / what)
        words = "".join(room.words("MappingFoot").split())
        # Where the command line names an option, the screen names its own row.
        in_the_app = str(said.value).replace("add --encoding utf-16-be", "name it in “encoding”")
        assert words == "".join(in_the_app.split())
        await room.press("I")
        assert room.dialog == "MappingScreen"
        # The path is still there to be put right.
        file = tmp_path / "plain.csv"
        file.write_text("title,days\nA,5\n", encoding="utf-8")
        await room.press("enter")
        assert room.app.screen.query_one(Input).value == str(tmp_path / what)
        await room.replace(str(file), "enter")
        await looked(room)
        assert "1 row = 1 new + 0 not taken" in room.text
        await room.press("escape")
        assert things(room.state) == start


async def test_import_into_an_empty_workspace_ends_the_first_steps(tmp_path: Path) -> None:
    file = tmp_path / "b.csv"
    file.write_text(CSV, encoding="utf-8")
    async with opened(empty(tmp_path), NARROW) as room:
        await room.until(lambda: room.dialog == "Menu")
        await room.press("i")
        await room.until(lambda: room.dialog == "Form")
        await room.write(str(file), "enter")
        await looked(room)
        await room.press("enter")
        await room.write("4", "enter")
        await looked(room)
        await room.press("down", "down", "enter")
        await room.write("Pay=34.0", "enter")
        await looked(room)
        await room.press("I")
        await room.until(lambda: room.dialog == "")
        # The import is what u takes back: nothing was written after it.
        assert room.board.session.workspace.events()[-1].kind == "import"
        assert "34.0" in room.header
        assert "From a file [1]" in room.words("#plan")


# ------------------------------------------------------------------ history and help


async def test_history_lists_decisions_and_marks_what_was_undone(tmp_path: Path) -> None:
    async with opened(wide_room(tmp_path)) as room:
        await room.press("b", "down")
        dropped, second = "First thing", room.on_cursor
        await room.press("K", "u", "h")
        assert room.dialog == "History"
        (row,) = [line for line in room.words("#history").splitlines() if line.strip()]
        assert f"OUT {dropped}" in row
        await room.press("v")
        rows = [line.rstrip() for line in room.words("#history").splitlines() if line.strip()]
        assert "undone: " in rows[0]
        assert "rank" in rows[1]
        assert rows[1].endswith("undone")
        assert dropped in rows[2]
        assert "below the line" in rows[2]
        assert not rows[2].endswith("undone")
        # The cursor is on the decision still.
        detail = room.words("Detail")
        assert "decided by" in detail
        assert f"OUT         2.0 ew  {dropped}" in detail
        assert second not in detail
        await room.press("escape")
        assert room.dialog == ""
        await room.press("U", "h", "v")
        rows = [line.rstrip() for line in room.words("#history").splitlines() if line.strip()]
        assert "redone: " in rows[0]
        assert not rows[2].endswith("undone")


async def test_history_tells_who_and_why(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("i", "i", "n")
        await room.until(lambda: room.dialog == "Form")
        await room.write("process [problem]", "enter")
        await room.write("Eva", "enter")
        await room.press("h")
        first = room.words("#history").splitlines()[0]
        assert "Supplier self-service portal" in first
        assert "Eva" in first
        assert "decided by Eva, because process [problem]" in room.words("Detail")


async def test_help_shows_where_the_data_lives(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("question_mark")
        await room.write("where is my data")
        # The whole path, over as many lines as it takes.
        await room.until(lambda: str(room.path) in "".join(room.text.split()), "the path")
        await room.press("escape")
        assert room.dialog == ""


# ------------------------------------------------------------------ the way out

MODALS = {
    "quick add": ("a",),
    "request form": ("a", "tab"),
    "item": ("enter",),
    "size": ("e",),
    "capacity": ("c",),
    "baseline": ("B",),
    "fill": ("L",),
    "import": ("I",),
    "tables": ("T",),
    "charter": ("C",),
    "one-offs": ("O",),
    "commitments": ("P",),
    "aims": ("T", "a"),
    "rules": ("T", "r"),
    "shirts": ("T", "s"),
    "rates": ("T", "u"),
    "quarter": ("T", "q"),
    "first steps": ("S",),
    "history": ("h",),
    "help": ("question_mark",),
    "commands": ("ctrl+p",),
}


@pytest.mark.parametrize("size", [NARROW, NORMAL], ids=str)
async def test_every_modal_is_left_with_escape_and_fits_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(wide_room(tmp_path), size) as room:
        start = things(room.state)
        for name, keys in MODALS.items():
            await room.press(*keys)
            assert room.dialog, f"{name} did not open"
            lines = room.lines
            assert len(lines) == size[1], name
            assert widths(lines) == {size[0]}, name
            if name not in ("commands", "help"):
                assert "esc" in room.text, f"{name} does not say how to leave it"
            for child in room.app.screen.children[:1]:
                assert child.region.bottom <= size[1], name
                assert child.region.right <= size[0], name
            await room.press("escape")
            assert room.dialog == "", f"{name} was not left"
            assert things(room.state)["items"] == start["items"], name
        assert room.app.focused is room.board.plan
        assert {table: rows for table, rows in things(room.state).items() if rows != start[table]} == {}
        assert len(room.state.all(Item)) == 3
