"""Scenarios: copies that are worked on, and a main plan that none of it touches."""

import hashlib
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.backups.backup import back_up
from store.backups.restore import restore
from store.common.errors import Refused, StoreError
from store.database.places import scenario_file, scenarios_folder
from store.database.verify import verify
from store.records import Command, Item, Origin, Scenario, Team
from store.workspace import scenario_files
from store.workspace.scenario_files import (
    checked_name,
    closing_of,
    discard,
    listed,
    listing,
    main_of,
    make_file,
    origin_of,
)
from store.workspace.workspace import Workspace
from tests.store.helpers import content, fresh, put
from tests.store.trades import make, trade


@pytest.fixture
def main(tmp_path):
    """The path of a main workspace with a plan."""
    return make(tmp_path / "plan.db")


def branch(main: Path, name: str, **more) -> Path:
    """Branch as the app does: the file, then the line in the main workspace."""
    with Workspace.open(main, actor="ada") as workspace:
        path = make_file(main, checked_name(name, workspace.load()), "ada")
        workspace.apply(listing(name, path, "ada", **more))
    return path


def names_in(folder: Path) -> set[str]:
    return set(os.listdir(folder)) if folder.exists() else set()


def data(path: Path) -> str:
    """Every row of a file's tables and of its journal, as one number."""
    found = hashlib.sha256()
    with Workspace.open(path, read_only=True) as workspace:
        state = workspace.load()
        found.update(
            repr(sorted((t, k, repr(r)) for t, rows in state.tables.items() for k, r in rows.items())).encode()
        )
        found.update(repr(workspace.events()).encode())
    return found.hexdigest()


class TestBranching:
    def test_it_is_the_same_plan_with_its_journal(self, main):
        path = branch(main, "Acme yes", note="what if")
        assert path == main.parent / "plan.db.scenarios" / "acme-yes.db"
        with fresh(main) as one, fresh(path) as other:
            left, right = content(one.load()), content(other.load())
            assert [
                (row["name"], row["file"], row["state"], row["note"]) for row in left.pop("scenarios").values()
            ] == [("Acme yes", "acme-yes.db", "open", "what if")]
            assert [(row["name"], row["main"], row["seq"]) for row in right.pop("origins").values()] == [
                ("Acme yes", "plan.db", 2)
            ]
            assert left.pop("origins") == right.pop("scenarios") == {}
            assert left == right
            assert [e.kind for e in other.events()] == ["create", "edit", "branch"]
            assert other.events()[:2] == one.events()[:2]
        assert verify(path).sound
        assert verify(main).sound

    def test_what_is_open_and_not_yet_in_the_file_itself_comes_along(self, main):
        with fresh(main) as workspace:
            workspace.apply(put(Team(id=-1, name="in the write-ahead log")))
            with fresh(make_file(main, "x", "ada")) as other:
                assert [team.name for team in other.load().each(Team)] == ["in the write-ahead log"]

    def test_several_of_like_names_have_files_of_their_own(self, main):
        paths = [branch(main, name) for name in ("Größe!", "grosse", "grösse?")]
        assert [path.name for path in paths] == ["grosse.db", "grosse-2.db", "grosse-3.db"]

    def test_a_scenario_does_not_branch(self, main):
        path = branch(main, "x")
        with pytest.raises(StoreError, match="branches from the main plan"):
            make_file(path, "y", "ada")

    @pytest.mark.parametrize(
        "name",
        ["../../x", "/etc/passwd", "CON", "nul.db", "..", "a/b\\c", "x" * 60, "日本", "\u202eevil", "🙂", "a\x00b"],
    )
    def test_hostile_names_stay_in_the_folder(self, main, name):
        with fresh(main) as workspace:
            name = checked_name(name, workspace.load())
        before = names_in(main.parent)
        path = make_file(main, name, "ada")
        assert path.parent == scenarios_folder(main)
        assert scenario_file(main, path.name) == path
        assert not path.name.startswith(("con.", "nul."))
        assert names_in(main.parent) - before <= {"plan.db.scenarios", "plan.db.lock"}
        origin = origin_of(path)
        assert origin is not None
        assert main_of(path, origin) == main

    @pytest.mark.parametrize(
        ("name", "says"),
        [("", "needs a name"), ("  \u200b ", "needs a name"), ("x" * 61, "too long"), ("MAIN", "main plan")],
    )
    def test_a_name_that_is_none(self, main, name, says):
        with fresh(main) as workspace, pytest.raises(Refused, match=says):
            checked_name(name, workspace.load())

    def test_a_name_that_is_taken(self, main):
        branch(main, "Acme")
        with fresh(main) as workspace, pytest.raises(Refused, match=r"“Acme” already \(open\)"):
            checked_name(" acme ", workspace.load())


class TestWhatGoesWrong:
    @pytest.mark.parametrize("step", ["_begin", "_write_origin", "_named", "finish"])
    def test_a_failure_leaves_nothing(self, main, monkeypatch, step):
        before, was = names_in(main.parent), data(main)

        def fail(*_, **__):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(scenario_files, step, fail)
        with pytest.raises(StoreError, match="No space left on device"):
            make_file(main, "x", "ada")
        assert names_in(main.parent) - before <= {"plan.db.lock"}
        assert data(main) == was

    def test_a_crash_leaves_a_name_that_is_no_scenario(self, main, monkeypatch):
        """Killed in the middle, nothing is swept up by the process itself; the next one does."""

        def killed(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr(scenario_files, "_named", killed)
        monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            make_file(main, "x", "ada")
        monkeypatch.undo()
        (left,) = (name for name in names_in(scenarios_folder(main)) if not name.endswith(".lock"))
        with fresh(main) as workspace:
            assert listed(main, workspace.load()) == []
        assert ".unfinished-" in left
        assert make_file(main, "x", "ada").name == "x.db"
        assert left not in names_in(scenarios_folder(main))

    def test_made_and_not_listed(self, main):
        """A crash between the file and the line: it is shown, can be opened, and its name is free."""
        path = make_file(main, "x", "ada")
        with fresh(main) as workspace:
            (one,) = listed(main, workspace.load())
            assert (one.name, one.path, one.state, one.trouble) == ("x", path, "not listed", "")
            assert checked_name("x", workspace.load()) == "x"
        discard(path)
        assert not path.exists()

    def test_each_trouble_is_a_sentence(self, main, tmp_path):
        for name in ("missing", "linked", "foreign", "another", "broken", "fine"):
            branch(main, name)
        folder = scenarios_folder(main)
        (folder / "missing.db").unlink()
        (folder / "linked.db").rename(tmp_path / "elsewhere.db")
        (folder / "linked.db").symlink_to(tmp_path / "elsewhere.db")
        (folder / "foreign.db").write_text("no database at all " * 100)
        (folder / "another.db").unlink()
        other = make(tmp_path / "other.db")
        (folder / "another.db").write_bytes(make_file(other, "another", "ada").read_bytes())
        (folder / "broken.db").write_bytes((folder / "fine.db").read_bytes()[:5000])
        with fresh(main) as workspace:
            hostile = Scenario(id=-1, name="hostile", file="../../etc/passwd", at="2026-11-21T10:00Z")
            workspace.apply(Command("scenario", "by hand", (hostile,)))
            found = {one.name: one for one in listed(main, workspace.load())}
        says = {
            "missing": "is missing",
            "linked": "links are not followed",
            "foreign": "not a makeroom workspace",
            "another": "a scenario of other.db",
            "broken": "damaged",
            "hostile": "not the name of a scenario's file",
        }
        for name, words in says.items():
            assert words in found[name].trouble
        assert found["hostile"].path == folder
        assert found["fine"].trouble == ""

    def test_a_folder_that_is_a_link_is_not_written_to(self, main, tmp_path):
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        scenarios_folder(main).symlink_to(elsewhere)
        with pytest.raises(StoreError, match="not a folder of ours"):
            make_file(main, "x", "ada")
        assert names_in(elsewhere) == set()

    def test_a_main_that_moved_away(self, main):
        path = branch(main, "x")
        origin = origin_of(path)
        main.rename(main.with_name("renamed.db"))
        with pytest.raises(StoreError, match="does not lie beside its folder"):
            main_of(path, origin)
        with pytest.raises(StoreError, match="does not lie beside"):
            main_of(path, origin.model_copy(update={"main": "../plan.db"}))


class TestWorkedOn:
    def test_undo_ends_at_the_branching(self, main):
        path = branch(main, "x")
        with fresh(path) as workspace:
            assert workspace.undo() is None
            assert workspace.undo_event(others={workspace.events()[-1].session}) is None
            workspace.apply(put(Team(id=-1, name="one")))
            assert workspace.undo().event.label == "edit"
            assert workspace.undo() is None
            assert workspace.redo().event.label == "edit"
            assert workspace.redo() is None
            workspace.undo()

    def test_redo_does_not_reach_what_was_undone_before_it(self, main):
        with fresh(main) as workspace:
            workspace.apply(put(Team(id=-1, name="one")))
            workspace.undo()
            path = make_file(main, "x", "ada")
            assert workspace.redo_event() is not None
        with fresh(path) as workspace:
            assert workspace.redo() is None
            assert workspace.redo_event(others={workspace.events()[-1].session}) is None

    def test_in_the_main_plan_listing_is_passed_over(self, main):
        """Undo after a branching takes the change before it back, and redo brings it back."""
        with fresh(main) as workspace:
            workspace.apply(put(Team(id=-1, name="one"), label="a team"))
        branch(main, "x")
        with fresh(main) as workspace:
            state = workspace.load()
            assert workspace.undo().event.label == "a team"
            workspace.apply(closing_of(next(state.each(Scenario))))
            assert workspace.redo().event.label == "a team"
            (row,) = workspace.load().each(Scenario)
            assert row.state == "closed"

    def test_the_kind_is_the_journals_own(self, main):
        with fresh(main) as workspace, pytest.raises(StoreError, match="journal's own word"):
            workspace.apply(Command("branch", "by hand", (Team(id=-1, name="x"),)))

    def test_backups_and_restore_work_there(self, main):
        path = branch(main, "x")
        made = back_up(path)
        assert made.path.parent == path.with_name("x.db.backups")
        with fresh(path) as workspace:
            workspace.apply(put(Team(id=-1, name="one")))
        restore(path, made.path)
        with fresh(path) as workspace:
            assert not workspace.load().all(Team)
            assert workspace.load().all(Origin)
        with fresh(main) as workspace:
            (one,) = listed(main, workspace.load())
            assert one.trouble == ""

    @settings(max_examples=15, deadline=None)
    @given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(("trade", "undo", "redo", "add")), max_size=12))
    def test_whatever_is_done_in_it_leaves_the_main_file_as_it_is(self, tmp_path_factory, seed, steps):
        main = make(tmp_path_factory.mktemp("w") / "plan.db")
        path = branch(main, "x")
        bytes_before, before = main.read_bytes(), data(main)
        with fresh(path) as workspace:
            start = content(workspace.load())
            for number, step in enumerate(steps):
                match step:
                    case "trade":
                        workspace.apply(trade(workspace.load(), f"t{number}", random.Random(seed + number)))
                    case "add":
                        workspace.apply(put(Item(id=-1, title=f"i{number}", rank=number, draw=number)))
                    case "undo":
                        workspace.undo()
                    case "redo":
                        workspace.redo()
            while workspace.undo() is not None:
                pass
            assert content(workspace.load()) == start
        assert main.read_bytes() == bytes_before
        assert data(main) == before
        assert verify(path, surroundings=False).sound
