"""Three versions compared: the source's last, its new one, and what was changed here; in a real workspace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from store.imports.merge import plan_import
from store.imports.options import Choice, ImportOptions
from store.imports.reader import parse_table
from store.imports.report import ImportPlan
from store.records import Command, Dependency, Item, Size, Team, Wait
from store.workspace.workspace import Workspace

FIRST = "key,title,days,owner,due,value\nA-1,Audit log,5,Ada,2026-03-12,10\nA-2,Export,5,,,\n"


class Desk:
    """A workspace, and files that come in."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def plan(self, text: str, on_conflict: Choice | None = None, **options: object) -> ImportPlan:
        wishes = ImportOptions(on_conflict=on_conflict, **options)  # type: ignore[arg-type]
        return plan_import(self.workspace.load(), parse_table(text.encode(), "f.csv"), wishes, self.workspace)

    def take(self, text: str, on_conflict: Choice | None = None, **options: object) -> ImportPlan:
        done = self.plan(text, on_conflict, **options)
        if not done.command().empty:
            self.workspace.apply(done.command())
        return done

    def item(self, key: str) -> Item:
        return next(item for item in self.workspace.load().each(Item) if item.source_key == key)

    def edit(self, key: str, **change: object) -> None:
        self.workspace.apply(Command("edit", "edit", (self.item(key).model_copy(update=change),)))

    def resize(self, key: str, likely: float) -> None:
        size = next(size for size in self.workspace.load().each(Size) if size.item_id == self.item(key).id)
        self.workspace.apply(Command("edit", "edit", (size.model_copy(update={"likely": likely}),)))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Workspace.open(tmp_path / "a.db", actor="ada", today=date(2026, 1, 5), seed=7) as workspace:
        found = Desk(workspace)
        found.take(FIRST)
        yield found


@pytest.mark.parametrize(
    ("field", "said", "mine", "theirs"),
    [
        ("title", "Audit log", "My log", "Their log"),
        ("owner", "Ada", "Bo", "Cy"),
        ("due", "2026-03-12", date(2026, 4, 1), "2026-05-01"),
        ("value", "10", 20.0, "30"),
    ],
)
class TestEachField:
    """All combinations of who changed it."""

    def file(self, said: str, now: str) -> str:
        return FIRST.replace(said, now, 1)

    def shown(self, desk: Desk, field: str) -> str:
        value = getattr(desk.item("A-1"), field)
        return f"{value:g}" if isinstance(value, float) else str(value)

    def test_only_the_source(self, desk: Desk, field: str, said: str, mine: object, theirs: str) -> None:
        desk.edit("A-1", rank=99.0, state="inbox")
        done = desk.take(self.file(said, theirs))
        assert (self.shown(desk, field), done.conflicts, len(done.updated)) == (theirs, (), 1)
        # And once more: what an import wrote is what the source said last.
        desk.edit("A-1", rank=98.0)
        assert desk.take(self.file(said, said)).conflicts == ()
        assert self.shown(desk, field) == said

    def test_only_people(self, desk: Desk, field: str, said: str, mine: object, theirs: str) -> None:
        desk.edit("A-1", **{field: mine})
        done = desk.take(FIRST)
        assert (done.command().empty, done.conflicts, done.unchanged) == (True, (), 2)

    def test_both_stays_and_comes_up_again(self, desk: Desk, field: str, said: str, mine: object, theirs: str) -> None:
        desk.edit("A-1", **{field: mine})
        before = self.shown(desk, field)
        for _ in range(2):
            done = desk.take(self.file(said, theirs))
            assert [(one.here, one.source, one.choice) for one in done.conflicts] == [
                (str(mine), *self.as_source(theirs), None)
            ]
            assert self.shown(desk, field) == before
            assert done.summary == "0 new, 0 updated, 1 kept as changed here, 1 unchanged, 0 not taken"

    def test_both_the_source_is_chosen(self, desk: Desk, field: str, said: str, mine: object, theirs: str) -> None:
        desk.edit("A-1", **{field: mine})
        done = desk.take(self.file(said, theirs), "source")
        assert (self.shown(desk, field), len(done.updated), done.kept) == (theirs, 1, ())
        assert desk.plan(self.file(said, theirs)).command().empty

    def test_both_did_the_same(self, desk: Desk, field: str, said: str, mine: object, theirs: str) -> None:
        desk.edit("A-1", **{field: mine})
        same = f"{mine:g}" if isinstance(mine, float) else str(mine)
        assert desk.take(self.file(said, same)).conflicts == ()

    def as_source(self, theirs: str) -> tuple[str]:
        return (f"{float(theirs)}" if theirs.isdigit() else theirs,)


class TestSizes:
    def test_here_is_chosen_for_good(self, desk: Desk) -> None:
        desk.resize("A-1", 4.0)
        newer = FIRST.replace("Audit log,5", "Audit log,10")
        assert [one.field for one in desk.take(newer).conflicts] == ["size"]
        assert [(one.here, one.source) for one in desk.take(newer, "here").conflicts] == [("4.0 ew", "2.0 ew")]
        assert desk.take(newer).conflicts == ()

    def test_the_source_is_chosen(self, desk: Desk) -> None:
        desk.resize("A-1", 4.0)
        desk.take(FIRST.replace("Audit log,5", "Audit log,10"), "source")
        assert [size.likely for size in desk.workspace.load().each(Size)] == [2.0, 1.0]

    def test_sizes_of_two_teams_are_never_replaced_by_one(self, desk: Desk) -> None:
        team = Team(id=-1, name="Core")
        size = Size(id=-2, item_id=desk.item("A-1").id, team_id=-1, likely=2.0)
        desk.workspace.apply(Command("edit", "edit", (team, size)))
        done = desk.take(FIRST.replace("Audit log,5", "Audit log,10"), "source")
        assert "size of 2 teams" in done.kept[0].what[0]
        assert [size.likely for size in desk.workspace.load().each(Size)] == [1.0, 1.0, 2.0]


class TestChoices:
    def test_one_by_one(self, desk: Desk) -> None:
        desk.edit("A-1", title="My log", owner="Bo")
        newer = FIRST.replace("Audit log", "Their log").replace("Ada", "Cy")
        item_id = desk.item("A-1").id
        desk.take(newer, choices={(item_id, "title"): "here", (item_id, "owner"): "source"})
        assert (desk.item("A-1").title, desk.item("A-1").owner) == ("My log", "Cy")


class TestWhatIsTakenAway:
    def test_a_field_emptied_here_stays_empty(self, desk: Desk) -> None:
        desk.edit("A-1", owner="", due=None)
        assert desk.take(FIRST).command().empty

    def test_what_the_source_no_longer_says_stays(self, desk: Desk) -> None:
        assert desk.take("key,title,days,owner\nA-1,Audit log,5,\nA-2,Export,5,\n").command().empty
        assert desk.item("A-1").owner == "Ada"

    def test_a_field_that_was_empty_is_filled(self, desk: Desk) -> None:
        desk.edit("A-2", rank=50.0)
        desk.take(FIRST.replace("Export,5,", "Export,5,Bo"))
        assert desk.item("A-2").owner == "Bo"

    def test_dependencies_and_waits(self, desk: Desk) -> None:
        text = "key,title,blocked by,customer\nA-1,Audit log,,Acme\nA-2,Export,A-1,\n"
        desk.take(text)
        state = desk.workspace.load()
        gone = (*state.each(Dependency), *state.each(Wait))
        assert len(gone) == 2
        desk.workspace.apply(Command("edit", "edit", (), gone))
        done = desk.take(text)
        assert done.command().empty
        assert any("taken away here before" in note for note in done.notes)


class TestGone:
    def test_is_listed_and_stays(self, desk: Desk) -> None:
        done = desk.take("key,title,days\nA-1,Audit log,5\nA-3,New,1\n")
        assert [(one.key, one.state) for one in done.gone] == [("A-2", "below")]
        assert desk.item("A-2").title == "Export"

    def test_another_project_is_no_news_of_this_one(self, desk: Desk) -> None:
        assert desk.take("key,title\nB-1,Other\n").gone == ()
        assert [one.key for one in desk.plan("key,title\nB-1,Other\n").gone] == []

    def test_a_row_that_is_not_taken_is_still_there(self, desk: Desk) -> None:
        assert desk.take("key,title,status\nA-1,Audit log,\nA-2,Export,Done\n").gone == ()

    def test_without_keys(self, tmp_path: Path) -> None:
        with Workspace.open(tmp_path / "b.db") as workspace:
            desk = Desk(workspace)
            desk.take("title\nA\nB\n")
            assert [one.title for one in desk.take("title\nA\n").gone] == ["B"]

    def test_of_another_kind_of_file_nothing_is_gone(self, tmp_path: Path) -> None:
        """Rows with keys are no news of what came without one, and in reverse."""
        with Workspace.open(tmp_path / "b.db") as workspace:
            desk = Desk(workspace)
            desk.take("title\nBare\n")
            desk.take("key,title\nK-1,Keyed\n")
            assert desk.take("key,title\nK-1,Keyed\n").gone == ()
            done = desk.take("title\nKeyed\n")
            assert [one.title for one in done.new] == []
            assert [one.title for one in done.gone] == ["Bare"]

    def test_a_row_without_a_key_is_not_the_item_with_one(self, desk: Desk) -> None:
        done = desk.take("key,title,days\nA-1,Audit log,5\n,Export,9\n")
        assert [one.title for one in done.new] == ["Export"]
        assert not done.updated


class TestOwnTable:
    """What makeroom wrote itself: it is of a day, so nothing of it replaces what is here."""

    HEAD = "title,likely ew,if cut points,waiting customers\n"

    def test_what_was_made_here_is_known_by_its_title(self, desk: Desk) -> None:
        desk.workspace.apply(Command("edit", "add", (Item(id=-1, title="Made here", rank=9.0, draw=1),)))
        done = desk.take(f"{self.HEAD}Made here,,,\nNew,2,,\n")
        assert [one.title for one in done.new] == ["New"]
        assert (done.kept, done.unchanged) == ((), 1)

    def test_what_it_says_otherwise_stays_and_is_said(self, desk: Desk) -> None:
        done = desk.take(f"{self.HEAD}Audit log,3,,\n")
        assert [(one.title, one.what) for one in done.kept] == [
            ("Audit log", ("size, which the file gives as 3.0 ew",))
        ]
        assert done.command().empty


def test_a_team_that_is_named_later(desk: Desk) -> None:
    desk.take("key,title\nB-1,Bare\n")
    (update,) = desk.take("key,title,team\nB-1,Bare,Pay\n").updated
    assert update.others == ("team Pay",)
    state = desk.workspace.load()
    assert state.all(Team)[desk.item("B-1").team_id or 0].name == "Pay"


def test_the_longest_key_and_title(desk: Desk) -> None:
    done = desk.plan(f"key,title\n{'K' * 200},{'t' * 20_000}\n{'L' * 201},Short\nM-1,{'u' * 20_001}\n")
    assert [len(one.title) for one in done.new] == [20_000]
    assert [one.reason.partition(" has ")[2] for one in done.rejected] == [
        "201 characters; at most 200 are taken",
        "20,001 characters; at most 20,000 are taken",
    ]


@pytest.mark.parametrize("days", ["5", ""], ids=["sized", "unsized"])
def test_an_item_stays_with_its_team_where_the_file_names_another(desk: Desk, days: str) -> None:
    text = f"key,title,days,team\nB-1,Search,{days},Core\nB-2,Login,3,Pay\n"
    desk.take(text)

    def owners() -> tuple[int | None, list[int]]:
        item = desk.item("B-1")
        return item.team_id, [size.team_id for size in desk.workspace.load().each(Size) if size.item_id == item.id]

    before = owners()
    again = desk.take(text.replace(",Core", ",Pay"))
    assert owners() == before
    assert not any("team Pay" in words for one in again.updated for words in one.others)
