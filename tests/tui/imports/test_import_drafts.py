"""How a file is read, as a value that is changed step by step; and one look at it. No app: under a second."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.database.watch import StoppedError, Watch
from store.imports import mappings
from store.imports.mappings import SourceMapping, save_mapping
from store.imports.memory import NoMemory
from store.imports.options import ImportOptions, RuleWish, TeamWish
from store.records import State
from store.workspace.workspace import Workspace
from tui.imports.draft import ImportDraft
from tui.imports.look import Look, look_at
from tui.imports.preview import progress_words
from tui.imports.settings import settings_of


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mappings, "config_folder", lambda: tmp_path / "config")


@pytest.fixture
def state(tmp_path: Path) -> State:
    with Workspace.open(tmp_path / "w.db", seed=7) as workspace:
        return workspace.load()


def look(draft: ImportDraft, state: State, before: Look | None = None) -> Look:
    return look_at(draft, state, NoMemory(), Watch(), before)


def fields(found: Look) -> list[str | None]:
    return [guess.field for guess in found.guesses]


def test_each_column_is_what_was_said_last(tmp_path: Path, state: State) -> None:
    file = tmp_path / "f.csv"
    file.write_text("Title,Name,Days,Points\nA,B,5,8\n")
    draft = ImportDraft(file)
    assert fields(look(draft, state)) == ["title", None, "days", "points"]
    draft = draft.taken_as("Name", None, "title")
    assert fields(look(draft, state)) == [None, "title", "days", "points"]
    draft = draft.taken_as("Days", "days", None)
    assert fields(look(draft, state)) == [None, "title", None, "points"]
    draft = draft.taken_as("Points", "points", "days")
    assert fields(look(draft, state)) == [None, "title", None, "days"]
    # What was named for something, and then for nothing, is not taken for it again by its name.
    draft = draft.taken_as("Name", "title", None)
    found = look(draft, state)
    assert fields(found) == [None, None, None, "days"]
    assert found.plan is None
    assert "No column looks like a title" in found.trouble
    draft = draft.taken_as("Title", None, "title")
    found = look(draft, state)
    assert fields(found) == ["title", None, None, "days"]
    assert found.plan is not None
    assert [(new.title, new.size) for new in found.plan.new] == [("A", "1.6 ew")]


def test_statuses_and_columns_are_switched(tmp_path: Path, state: State) -> None:
    file = tmp_path / "f.csv"
    file.write_text("Title,Task,Status\nA,T-1,Live\nB,T-2,Open\n")
    draft = ImportDraft(file).taken_as("Task", "key", None).with_status("Live", True).with_status("live", True)
    assert (draft.options.ignored, draft.options.statuses) == (("Task",), {"live": True})
    found = look(draft.with_status("Open", False), state)
    assert found.plan is not None
    assert [(new.title, new.key) for new in found.plan.new] == [("A", "")]
    assert fields(found) == ["title", None, "status"]
    rows = {row.label: (row.value, row.said) for row in settings_of(found, found.draft, state)}
    assert (rows["Live"], rows["Open"], rows["Task"]) == (("taken", "said"), ("left", "said"), ("not taken", ""))
    draft = draft.taken_as("Task", None, "title")
    assert (draft.options.ignored, fields(look(draft, state))) == ((), [None, "title", "status"])
    assert ImportDraft(Path("other")).refilled(draft.kept()) == draft


def test_the_bytes_are_read_once_unless_they_are_to_be_read_otherwise(tmp_path: Path, state: State) -> None:
    file = tmp_path / "f.csv"
    file.write_text("title;days\nA;5\n")
    first = look(ImportDraft(file), state)
    second = look(first.draft.with_options(include_done=True), state, first)
    assert second.table is first.table
    third = look(second.draft.reading(delimiter=","), state, second)
    assert third.table is not None
    assert third.table.header == ("title;days",)
    gone = look(third.draft.reading(encoding="no such"), state, third)
    assert gone.trouble.startswith("There is no encoding 'no such'")
    assert (gone.table, gone.plan) == (None, None)


def test_a_saved_mapping_is_taken_once_and_not_over_what_was_said(tmp_path: Path, state: State) -> None:
    file = tmp_path / "f.csv"
    file.write_text("A;B\nx;5\n")
    columns = {"title": "A", "days": "B"}
    save_mapping("ours", SourceMapping(delimiter=";", options=ImportOptions(columns=columns), header=("A", "B")))
    found = look(ImportDraft(file), state)
    assert (found.draft.name, fields(found)) == ("ours", ["title", "days"])
    assert look(ImportDraft(file).with_options(dates="day-first"), state).draft.name == ""


def test_what_was_said_outlives_the_terminal(tmp_path: Path) -> None:
    assert ImportDraft(tmp_path / "f.csv").kept() == {}
    options = ImportOptions(8.0, None, {"title": "Head line"}, (TeamWish("Pay", 3.0),), (RuleWish("label", "a", "I"),))
    draft = ImportDraft(tmp_path / "f.csv", SourceMapping("jira", options=options), "ours", fresh=False)
    draft = draft.choosing({(12, "due date"): "here", (3, "title"): "source"})
    assert ImportDraft(Path("other")).refilled(draft.kept()) == draft
    assert ImportDraft(Path("other")).refilled({**draft.kept(), "mapping": "["}) == ImportDraft(Path("other"))


def test_an_estimate_without_a_unit_is_said_to_lack_it(tmp_path: Path, state: State) -> None:
    file = tmp_path / "f.csv"
    file.write_text("Title,Estimate\nA,5\n")
    found = look(ImportDraft(file), state)
    assert (found.plan, found.lacks) == (None, "unit")
    assert 'Column "Estimate" does not say what its numbers count' in found.trouble
    found = look(found.draft.taken_as("Estimate", "size", "days"), state, found)
    assert found.plan is not None
    assert found.plan.new[0].size == "1.0 ew"


def test_a_look_stops_between_rows(tmp_path: Path, state: State) -> None:
    file = tmp_path / "f.csv"
    file.write_text("title\n" + "".join(f"Thing {at}\n" for at in range(2_500)))
    told: list[tuple[str, int]] = []
    watch = Watch(lambda what, done, _total: told.append((what, done)), lambda: ("comparing", 1_000) in told)
    with pytest.raises(StoppedError):
        look_at(ImportDraft(file), state, NoMemory(), watch)
    assert told[-1] == ("comparing", 1_000)


def test_progress_is_a_count_of_rows() -> None:
    assert progress_words("writing", 25_000, 100_000) == f"writing {'━' * 5}{'─' * 15}  25,000 of 100,000 rows"
    assert progress_words("reading", 3_000, None) == "reading: 3,000 rows"
