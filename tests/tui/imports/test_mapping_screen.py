"""Importing on the mapping screen: what it shows is what is written, and what `makeroom import` says. About 25 s."""

from __future__ import annotations

import io
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from store.imports import mappings
from store.records import Command, Dependency, Item, Size
from store.workspace.workspace import Workspace
from tests.store.imports.workbooks import workbook
from tests.tui.app_helpers import NARROW, NORMAL, Room, empty, item, opened, small, things, titles, widths
from tests.tui.imports.import_helpers import import_of, looked
from tui.cli import main
from tui.imports.lists import KINDS, ROWS, Kind, counts_of, entry_of, length
from tui.imports.mapping_screen import NOTHING, MappingScreen
from tui.imports.settings import Setting
from tui.widgets.file_names import completed

ROOT = Path(__file__).resolve().parents[3]
JIRA = ROOT / "tests" / "data" / "jira_export.csv"
POINTS = ROOT.parent / "shared" / "data" / "story_points" / "jirasoftware.csv"


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mappings of its own; nobody at the command line's terminal."""
    monkeypatch.setattr(mappings, "config_folder", lambda: tmp_path / "config")
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def room_of(folder: Path) -> Path:
    return small(folder, [("First thing", 2.0, {})], 30.0)


def screen(room: Room) -> MappingScreen:
    found = room.app.screen
    assert isinstance(found, MappingScreen), room.dialog
    return found


def rows(room: Room) -> dict[str, Setting]:
    """What the left side says, by label; of columns of one name, the first."""
    return {row.label: row for row in reversed(screen(room).table.rows) if row.key}


async def turn_to(room: Room, kind: Kind) -> None:
    """The preview shows this list; those without rows are passed over."""
    while screen(room).preview.kind != kind:
        await room.press("right")
        assert screen(room).preview.row_count() or kind == "new"


async def go_to(room: Room, label: str) -> None:
    table = screen(room).table
    table.focus()
    table.move_to(next(at for at, row in enumerate(table.rows) if row.label == label and row.key))
    await room.settle()


async def say(room: Room, label: str, text: str) -> None:
    await go_to(room, label)
    await room.press("enter")
    await room.replace(text, "enter")
    await looked(room)


async def take_for(room: Room, column: str, field: str) -> None:
    await go_to(room, column)
    await room.press("enter")
    await room.until(lambda: room.dialog == "LongMenu")
    line = next(line for line in room.lines if re.match(rf"\s*\S   +{field} ", line))
    await room.press(line.split()[0])
    await looked(room)


def counts(room: Room) -> dict[str, int]:
    """The counts as they stand on the screen."""
    text = " ".join(room.words("PreviewHead").split("\n")[1:])
    kinds = {kind.removesuffix("s"): kind for kind in KINDS}
    found = re.findall(rf"([\d,]+) ({'|'.join(kinds)})s?\b", text)
    return {kinds[name]: int(count.replace(",", "")) for count, name in found}


def said_by_command(said: str) -> dict[str, int]:
    """The counts in what `makeroom import` prints first."""
    found = re.findall(r"([\d,]+) (new|updated|kept|unchanged|not taken)", said.splitlines()[0])
    found = [(name.replace("updated", "changed"), int(count.replace(",", ""))) for count, name in found]
    return {"kept": 0, **dict(found)}


def dry_run(db: Path, file: Path, *options: str) -> dict[str, int]:
    # The app that runs meanwhile has taken what is printed to itself.
    with redirect_stdout(io.StringIO()) as said:
        assert main(["--db", str(db), "import", str(file), "--dry-run", *options]) == 0
    return said_by_command(said.getvalue())


async def test_a_jira_export_from_the_first_look_to_undo(tmp_path: Path) -> None:
    """Counts are the command line's and add up; a saved mapping is the same for both, and taken the next time."""
    path = room_of(tmp_path)
    async with opened(path) as room:
        start = things(room.state)
        await import_of(room, JIRA)
        left = rows(room)
        assert (left["Summary"].value, left["Summary"].said) == ("title", "guess")
        assert left["Summary"].more.startswith("Audit log · [Q3] fix login · Export to XML")
        assert left["read as"].value == "a Jira export"
        # The cursor is led to what it needs, one after the other.
        await room.press("enter")
        await room.write("8", "enter")
        await looked(room)
        await room.press("enter")
        await room.write("32", "enter")
        await looked(room)
        found = counts(room)
        assert found == {
            "new": 5, "changed": 0, "conflicts": 0, "kept": 0, "unchanged": 0, "not taken": 1, "gone": 0, "notes": 13,
        }  # fmt: skip
        assert "6 rows = 5 new + 1 not taken" in room.text
        options = ("--points-per-week", "8", "--hours-per-week", "32")
        told = dry_run(path, JIRA, *options)
        assert told == {kind: found[kind] for kind in ROWS}
        # Each list can be looked through, with the row and the reason.
        await room.press("tab")
        await turn_to(room, "not taken")
        assert 'is "Done"' in room.words("PreviewTable")
        # A slice rule moves an item, and only in the preview.
        await go_to(room, "slice rules")
        await room.press("enter")
        await room.until(lambda: room.dialog == "LinesDialog")
        await room.write("type:story = X", "ctrl+s")
        await looked(room)
        assert "there is no slice X" in room.words("MappingFoot")
        await room.press("enter", "end", "backspace")
        await room.write("D", "ctrl+s")
        await looked(room)
        await room.press("tab")
        await turn_to(room, "new")
        assert "[D] PAY-1 Audit log" in room.words("PreviewTable")
        assert things(room.state) == start
        await room.press("m")
        await room.write("ours", "enter")
        await looked(room)
        assert dry_run(path, JIRA, "--mapping", "ours") == told
        await room.press("I")
        await room.until(lambda: room.dialog == "")
        state = room.state
        assert titles(state, "below") == [
            "Audit log", "[Q3] fix login", "Look into queues", "Acme price list", "Two lines",
        ]  # fmt: skip
        assert item(state, "Audit log").slice == "D"
        assert (state.workspace.points_per_ew, state.workspace.hours_per_ew) == (8, 32)
        assert room.on_cursor == "Audit log"
        # The next time the mapping is taken by itself, and there is nothing to write.
        await import_of(room, JIRA)
        assert "Read by the mapping ours" in room.words("MappingFoot")
        assert counts(room)["unchanged"] == 5
        await room.press("I")
        assert NOTHING.format(leave="esc") in room.text
        await room.press("escape", "u")
        assert things(room.state) == start


async def test_columns_without_telling_names_are_named(tmp_path: Path) -> None:
    """At 80x24: nothing looks like a title until somebody says which column is."""
    path, file = empty(tmp_path), tmp_path / "odd.csv"
    file.write_text("Was ist zu tun;Brocken;Wer\nAudit log;10;Ada\nExport;5,5;Bo\n;3;Cy\n", encoding="utf-8")
    async with opened(path, NARROW) as room:
        await room.press("escape")
        await import_of(room, file)
        assert "No column looks like a title" in room.words("MappingFoot")
        assert rows(room)["separator"].value == "semicolon"
        assert widths(room.lines) == {80}
        await take_for(room, "Was ist zu tun", "title")
        await take_for(room, "Brocken", "days")
        assert (rows(room)["Brocken"].value, rows(room)["Brocken"].said) == ("days", "said")
        assert {kind: counts(room)[kind] for kind in ROWS} == dry_run(
            path, file, "--column", "title=Was ist zu tun", "--column", "days=Brocken"
        )
        # What is taken for nothing leaves the preview, too.
        await take_for(room, "Brocken", "nothing:")
        await room.press("tab")
        assert "unsized" in room.words("PreviewTable")
        await take_for(room, "Brocken", "days")
        await take_for(room, "Wer", "owner")
        await say(room, "team of the rest", "Core=20")
        await room.press("I")
        await room.until(lambda: room.dialog == "")
        state = room.state
        assert [size.likely for size in state.each(Size)] == [2.0, 1.1]
        assert [one.owner for one in state.each(Item)] == ["Ada", "Bo"]


async def test_conflicts_are_chosen_and_what_is_gone_stays(tmp_path: Path) -> None:
    """Three items changed on both sides: one kept, one taken, one left for the next time."""
    path, file = empty(tmp_path), tmp_path / "f.csv"
    head = "key,title,owner,depends on\n"
    file.write_text(head + "A-1,A,Ada,\nA-2,B,Ada,\nA-3,C,Ada,\nA-4,D,Ada,\n", encoding="utf-8")
    assert main(["--db", str(path), "import", str(file)]) == 0
    with Workspace.open(path, actor="bo") as workspace:
        items = [one.model_copy(update={"owner": "Bo"}) for one in workspace.load().each(Item)]
        workspace.apply(Command("edit", "edit", tuple(items)))
    file.write_text(head + "A-1,A,Cy,A-2\nA-2,B,Cy,A-3\nA-3,C,Cy,A-1\n", encoding="utf-8")
    async with opened(path) as room:
        await import_of(room, file)
        before = things(room.state)
        found = counts(room)
        assert (found["conflicts"], found["kept"], found["gone"]) == (3, 3, 1)
        assert "3 rows = 0 new + 3 kept + 0 not taken" in room.text
        await room.press("c")
        await room.until(lambda: room.dialog == "ConflictsScreen")
        assert "A: its owner is Bo here, Cy in the source, was Ada there before." in room.words("MappingFoot")
        # What is chosen and left with esc was not chosen.
        await room.press("S", "escape")
        assert counts(room)["kept"] == 3
        await room.press("c", "h", "s")
        assert "1 of 3 not chosen" in room.text
        await room.press("enter")
        await looked(room)
        assert "3 rows = 0 new + 1 changed + 2 kept + 0 not taken" in room.text
        assert things(room.state) == before
        # Two of three needs are taken; the third would close a circle.
        notes = [entry_of(screen(room).found, "notes", at).title for at in range(counts(room)["notes"])]  # type: ignore[arg-type]
        assert any(note.startswith("Left out, because each would close a circle of needs") for note in notes)
        await room.press("I")
        await room.until(lambda: room.dialog == "")
        assert {one.title: one.owner for one in room.state.each(Item)} == {"A": "Bo", "B": "Cy", "C": "Bo", "D": "Bo"}
        assert len(room.state.all(Dependency)) == 2
        await import_of(room, file)
        # A was decided for good as the store does it for an owner: it comes again, as does C; B is settled.
        assert [each.title for each in screen(room).found.plan.conflicts] == ["A", "C"]  # type: ignore[union-attr]


async def test_what_others_change_is_seen_before_it_is_written(tmp_path: Path) -> None:
    path, file = empty(tmp_path), tmp_path / "f.csv"
    file.write_text("key,title,owner\nA-1,A,Ada\n", encoding="utf-8")
    assert main(["--db", str(path), "import", str(file)]) == 0
    file.write_text("key,title,owner\nA-1,A,Cy\n", encoding="utf-8")
    async with opened(path) as room:
        await import_of(room, file)
        assert counts(room)["changed"] == 1
        with Workspace.open(path, actor="bo") as workspace:
            (one,) = workspace.load().each(Item)
            workspace.apply(Command("edit", "Bo takes it", (one.model_copy(update={"owner": "Bo"}),)))
        await room.press("I")
        await looked(room)
        assert "bo: Bo takes it" in room.words("MappingFoot")
        assert (counts(room)["changed"], counts(room)["conflicts"]) == (0, 1)
        assert item(room.state, "A").owner == "Bo"


async def test_esc_stops_the_writing_with_nothing_half_done(tmp_path: Path) -> None:
    path, file = room_of(tmp_path), tmp_path / "f.csv"
    file.write_text("title,days\n" + "".join(f"Thing {at},5\n" for at in range(2_500)), encoding="utf-8")
    async with opened(path) as room:
        start = things(room.state)
        await import_of(room, file)
        # Somebody else has the file for so long that esc comes while this waits for it.
        room.awaits_threads = False
        with Workspace.open(path, actor="bo") as other, other._file.writing():
            await room.press("I")
            assert "stop, nothing half done" in room.text
            await room.press("escape")
        room.awaits_threads = True
        await room.until(lambda: not screen(room).writing)
        assert "Stopped. Nothing was written." in room.words("MappingFoot")
        assert things(room.state) == start
        # And once more to the end: nothing of the first try is in the way.
        await room.press("I")
        await room.until(lambda: room.dialog == "")
        assert len(titles(room.state, "below")) == 2_500
        await room.press("u")
        assert things(room.state) == start


async def test_a_sheet_of_a_workbook_is_chosen(tmp_path: Path) -> None:
    file = tmp_path / "b.xlsx"
    file.write_bytes(workbook(Notes=[["title"], ["Not this"]], Backlog=[["title", "days"], ["This", 5]]))
    async with opened(room_of(tmp_path)) as room:
        await import_of(room, file)
        assert rows(room)["sheet"].value == "Notes"
        await go_to(room, "sheet")
        await room.press("enter", "c")
        await looked(room)
        assert rows(room)["sheet"] == Setting("sheet", "sheet", "Backlog", "said", "of 2")
        assert "This" in room.words("PreviewTable")
        await room.press("escape")


@pytest.mark.skipif(not POINTS.exists(), reason="the public data sets are not here")
async def test_a_real_backlog_comes_in_as_by_the_command_line(tmp_path: Path) -> None:
    path = room_of(tmp_path)
    lines = POINTS.read_text(encoding="utf-8").count("\n")
    async with opened(path, NORMAL) as room:
        await import_of(room, POINTS)
        await room.press("enter")
        await room.write("8", "enter")
        await looked(room)
        told = dry_run(path, POINTS, "--points-per-week", "8")
        assert {kind: counts(room)[kind] for kind in ROWS} == told
        assert 0 < sum(told.values()) <= lines
        look = screen(room).found
        assert look is not None
        for kind in KINDS:
            assert all(entry_of(look, kind, at).title for at in range(length(look, kind)))
        assert sum(counts_of(look)[kind] for kind in ROWS) == len(look.table.rows)  # type: ignore[union-attr]
        await room.press("I")
        await room.until(lambda: room.dialog == "")
        assert len(titles(room.state, "below")) == told["new"]


async def test_rows_are_mended_in_the_preview_and_taken_so(tmp_path: Path) -> None:
    """A row that was left gets a title and is taken; another its size; what means nothing is said in the form."""
    file = tmp_path / "own.csv"
    file.write_text("Title,Key,Estimate\nAudit log,K-1,huge\n,K-2,3d\n", "utf-8")
    async with opened(empty(tmp_path)) as room:
        await import_of(room, file)
        await room.press("tab")
        assert "mend the row" in room.words("KeyBar")
        await room.press("enter")
        await room.until(lambda: room.dialog == "Form")
        await room.press("tab")
        await room.write("lots", "ctrl+s")
        assert "is not a number" in room.text
        await room.replace("2-3-5d", "ctrl+s")
        await looked(room)
        assert "0.4-0.6-1.0 ew, mended   Estimate huge" in room.words("MappingFoot")
        await room.press("right")
        assert "has no title" in room.words("PreviewTable")
        await room.press("enter")
        await room.until(lambda: room.dialog == "Form")
        await room.write("Login", "ctrl+s")
        await looked(room)
        assert counts(room)["new"] == 2
        assert "2 rows = 2 new + 0 not taken" in room.text
        await room.press("I")
        await room.until(lambda: not isinstance(room.app.screen, MappingScreen))
        assert {each.title for each in room.state.each(Item)} == {"Audit log", "Login"}
        assert sorted(size.likely for size in room.state.each(Size)) == [0.6, 0.6]


async def test_the_name_of_the_file_is_completed_and_one_that_is_not_there_is_said_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    (here / "Exports").mkdir(parents=True)
    for name in ("q3_backlog.csv", ".q3_hidden.csv", "Exports/done.csv"):
        (here / name).write_text("title,team,customer,value\nAudit log,Pay,Northwind Traders,12\n", "utf-8")
    monkeypatch.chdir(here)
    assert completed("q3") == "q3_backlog.csv"
    assert completed("exp") == "Exports/"
    assert completed(f"{here}/Exports/d") == f"{here}/Exports/done.csv"
    assert [completed(text) for text in ("", "Exports/", "none", "nowhere/x", "a\0", "~nobody-here/x")] == [None] * 6
    async with opened(empty(tmp_path)) as room:
        await room.press("I")
        await room.write("q3_ba", "enter")
        await looked(room)
        said = " ".join(room.words("MappingFoot").split())
        assert said == f"There is no file q3_ba in {here}: did you mean q3_backlog.csv?"
        # Now the same, completed.
        await room.press("escape", "I")
        await room.until(lambda: room.dialog == "Form")
        await room.write("q3_ba")
        assert "q3_backlog.csv" in room.text
        await room.press("right", "enter")
        await looked(room)
        await room.press("question_mark")
        listed = room.text
        assert [words in listed for words in ("An import: keys", "I ctrl+s", "Take it in", "Back to the board")] == [
            True
        ] * 4
        await room.press("escape", "tab")
        assert "line 2: [F] Audit log: unsized   team Pay · customer Northwind Traders · value 12" in room.text
