"""A long write tells how far it is, and stops at any word with nothing half done."""

from __future__ import annotations

from pathlib import Path

from store.database.verify import verify
from store.database.watch import StoppedError, Watch
from store.imports.guesses import guess_columns
from store.imports.merge import plan_import
from store.imports.reader import parse_table
from store.records import Command, Item
from store.workspace.workspace import Workspace
from tests.store.imports.workbooks import workbook

ROWS = 1_500


def command_of(workspace: Workspace) -> Command:
    text = "title,weeks\n" + "".join(f"Thing {at},1\n" for at in range(ROWS))
    return plan_import(workspace.load(), parse_table(text.encode(), "f.csv")).command()


def test_it_stops_at_any_word_and_goes_through_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with Workspace.open(path, seed=7) as workspace:
        command, before = command_of(workspace), workspace.load()
        words: list[tuple[str, int]] = []
        at = 0
        while True:
            seen: list[tuple[str, int]] = []

            def tell(what: str, done: int, total: int | None, seen: list[tuple[str, int]] = seen) -> None:
                seen.append((what, done))

            def stop(seen: list[tuple[str, int]] = seen, most: int = at) -> bool:
                return len(seen) >= most

            try:
                workspace.apply(command, watch=Watch(tell, stop))
            except StoppedError:
                assert workspace.load() == before
                assert len(seen) == at
                at += 1
                continue
            words = seen
            break
        # Items and their sizes, and a team with its capacity: twice 1,500 and 2 are looked at every thousand.
        assert {what for what, _ in words} == {"checking", "writing", "sealing"}
        assert [done for what, done in words if what == "writing"] == [0, 1_000, 2_000, 3_000]
        assert len(workspace.load().all(Item)) == ROWS
        assert len(workspace.events()) == 2
    assert {found.level for found in verify(path, surroundings=False).findings} == {"ok"}


def test_a_table_tells_how_it_was_read() -> None:
    table = parse_table("title;days\nä;1\n".encode("cp1252"), "f.csv")
    assert (table.encoding, table.delimiter, table.sheets) == ("Windows-1252", ";", ())
    assert parse_table("\ufefftitle\nä\n".encode(), "f.csv").encoding == "UTF-8"
    assert parse_table("title\nä\n".encode("utf-16"), "f.csv").encoding == "UTF-16"
    assert parse_table("title\nä\n".encode("latin-1"), "f.csv", encoding="latin-1").encoding == "latin-1"
    book = parse_table(workbook(One=[["title"], ["A"]], Two=[["title"], ["B"]]), "f.xlsx", sheet="two")
    assert (book.sheet, book.sheets, book.encoding) == ("Two", ("One", "Two"), "")


def test_columns_without_a_title_have_guesses_whatever_was_said() -> None:
    table = parse_table(b"Gadget,Effort\nA,3\n", "f.csv")
    assert [guess.field for guess in guess_columns(table)] == [None, "size"]
    assert [guess.field for guess in guess_columns(table, {"days": "Effort"})] == [None, "days"]
    assert [guess.field for guess in guess_columns(table, {"title": "Gadget", "size": ""})] == ["title", None]
