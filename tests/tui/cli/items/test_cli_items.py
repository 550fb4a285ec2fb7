"""``makeroom item``: an item whole, and edited as the app's forms do. About three seconds."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from scenarios.plan.plan import entries_of
from store.records import Command, Decision, Dependency, Item, Pin, State, Version, VersionSize, Wait
from store.workspace.workspace import Workspace
from tests.tui.cli import plan_commands
from tests.tui.cli.plan_commands import Commands
from tui.cli import main

made, on = plan_commands.made, plan_commands.on
DRILL = "Multi-region failover drill"
SAVED = "Saved searches and alerts"


def order(state: State, side: str) -> list[str]:
    return [entry.item.title for entry in entries_of(state, side)]


class TestShown:
    def test_whole(self, on: Commands) -> None:
        """All that the demo's file says of one item, in plan and asked for."""
        found = on.json("item", SAVED, kind="item")
        assert (found["state"], found["slice"], found["owner"], found["value"]) == ("plan", "F", "Priya", 45)
        assert found["rank"] == 1 + order(on.state, "plan").index(SAVED)
        assert [(each["title"], each["state"]) for each in found["needs"]] == [
            ("P95 quote latency under 400 ms", "plan")
        ]
        (version,) = found["versions"]
        assert (version["name"], version["ew"], version["value"]) == ("saved searches", 1.0, 30)
        assert found["waits"] == ["Fennimore Tools", "Juniper & Hale", "Oakhollow Ceramics"]
        needed = on.json("item", "P95 quote", kind="item")["needed_by"]
        assert SAVED in [each["title"] for each in needed]
        asked = on.json("item", "Export the audit log", kind="item")
        assert (asked["rank"], asked["odds"]) == (None, None)
        assert (asked["request"]["asked_by"], asked["request"]["customer"]) == ("Nils, Support", "Northmere Dairy")

    def test_lines(self, on: Commands) -> None:
        seq = on.seq
        said = on.lines("item", "EDI 315")
        assert said.splitlines()[0].endswith("“Hanseatic: EDI 315 status feed”, in plan, rank 6")
        assert "  pin            contractual" in said
        assert "  worth          value" in said
        assert on.seq == seq

    def test_whose_it_is_without_a_size(self, on: Commands, tmp_path: Path) -> None:
        file = tmp_path / "asks.csv"
        file.write_text("title,team\nCredit notes,Payments\n", encoding="utf-8")
        on.lines("import", str(file))
        assert "  team           Payments\n  size           none yet" in on.lines("item", "Credit notes")
        assert on.json("item", "Credit notes", kind="item")["team"] == "Payments"
        on.lines("size", "Credit notes", "M")
        found = on.json("item", "Credit notes", kind="item")
        assert (found["team"], [each["team"] for each in found["sizes"]]) == (None, ["Payments"])

    def test_which_one(self, on: Commands) -> None:
        assert "could be" in on.refused("item", "the")
        assert "there is no item “nothing”" in on.refused("item", "nothing")


class TestEdited:
    def test_all_fields_as_one_event_that_undo_takes_back(self, on: Commands) -> None:
        before, seq = on.rows(), on.seq
        words = ["--title", "Failover drill", "--owner", "Ana", "--due", "2027-03-31", "--value", "8", "--note", "why"]
        ties = ["--pin", "contractual", "--pin-note", "Acme 4.2", "--needs", "SSO and SCIM", "--version", "dry=1-2-3"]
        done = on.json("item", DRILL, *words, *ties, "--waits", "Acme", "--slice", "quality", "--rank", "1")
        assert done["done"]
        state = on.state
        assert state.seq == seq + 1
        item = state.all(Item)[done["item"]["id"]]
        assert (item.title, item.owner, f"{item.due}", item.value) == ("Failover drill", "Ana", "2027-03-31", 8)
        assert (item.note, item.slice) == ("why", "Q")
        assert order(state, "below")[0] == "Failover drill"
        (pin,) = (row for row in state.each(Pin) if row.item_id == item.id)
        assert (pin.kind, pin.note) == ("contractual", "Acme 4.2")
        needs = [state.all(Item)[row.needs_id].title for row in state.each(Dependency) if row.item_id == item.id]
        assert needs == ["SSO and SCIM for every tenant"]
        (version,) = (row for row in state.each(Version) if row.item_id == item.id)
        (size,) = (row for row in state.each(VersionSize) if row.version_id == version.id)
        assert (version.name, size.low, size.likely, size.high) == ("dry", 1, 2, 3)
        assert len([row for row in state.each(Wait) if row.item_id == item.id]) == 2
        on.lines("undo")
        assert on.rows() == before

    def test_an_empty_text_clears(self, on: Commands) -> None:
        on.lines("item", SAVED, "--owner", "", "--value", "", "--note", "", "--waits", "")
        item = on.item(SAVED)
        assert (item.owner, item.value, item.note) == ("", None, "")
        assert not [row for row in on.state.each(Wait) if row.item_id == item.id]
        on.lines("item", SAVED, "--not-needs", "P95 quote", "--no-version", "Saved Searches")
        assert not [row for row in on.state.each(Dependency) if row.item_id == item.id]
        assert not [row for row in on.state.each(Version) if row.item_id == item.id]
        on.lines("item", "Postgres 13", "--unpin")
        assert not [row for row in on.state.each(Pin) if row.item_id == on.item("Postgres 13 to 17 upgrade").id]

    def test_nothing_to_change(self, on: Commands) -> None:
        seq = on.seq
        assert on.lines("item", SAVED, "--owner", "Priya") == "nothing to change\n"
        assert on.seq == seq

    def test_its_place(self, on: Commands) -> None:
        """The others keep their order, whichever way the place is said."""
        below = order(on.state, "below")
        rest = [title for title in below if title != DRILL]
        for words, at in (
            (("--rank", "1"), 0),
            (("--rank", "7"), 6),
            (("--above", rest[3]), 3),
            (("--below", rest[3]), 4),
            (("--rank", str(len(below))), len(rest)),
            (("--below", rest[0]), 1),
        ):
            on.lines("item", DRILL, *words)
            assert order(on.state, "below") == [*rest[:at], DRILL, *rest[at:]], words

    def test_equal_ranks_are_told_apart(self, on: Commands) -> None:
        with Workspace.open(on.path) as workspace:
            state = workspace.load()
            same = [row.model_copy(update={"rank": 5.0}) for row in state.each(Item) if row.state == "plan"]
            workspace.apply(Command("edit", "all the same", tuple(same)))
        plan = order(on.state, "plan")
        on.lines("item", plan[5], "--above", plan[2])
        assert order(on.state, "plan") == [*plan[:2], plan[5], *plan[2:5], *plan[6:]]

    def test_a_slice_that_takes_a_signature_goes_through_the_door(self, on: Commands) -> None:
        before = on.rows()
        asked = on.json("item", SAVED, "--slice", "O", "--owner", "Ana", code=1)
        assert not asked["done"]
        assert "over ceiling" in [each["right"] for each in asked["signatures"]]
        assert on.rows() == before
        signed = [f"{each['right']}: Priya: strategic" for each in asked["signatures"]]
        words = [word for each in signed for word in ("--signature", each)]
        done = on.json("item", SAVED, "--slice", "O", "--owner", "Ana", *words, "--by", "Priya", "--because", "x")
        assert done["done"]
        assert (on.item(SAVED).slice, on.item(SAVED).owner) == ("O", "Ana")
        assert max(on.state.each(Decision), key=lambda row: row.id).decided_by == "Priya"
        on.lines("undo")
        assert on.rows() == before

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--title", " "), "needs a title"),
            (("--slice", "Z"), "there is no slice “Z”: they are F “Features”"),
            (("--due", "some day"), "is not a day"),
            (("--value", "much"), "is not a number"),
            (("--value", "reach=3"), "is not a part of a value here"),
            (("--rank", "0"), "from 1 to"),
            (("--above", "Dispute workflow"), "not on the same side"),
            (("--above", DRILL), "neither above nor below itself"),
            (("--rank", "1", "--above", "Dark"), "one of --rank"),
            (("--pin", "--unpin"), "not both"),
            (("--pin-note", "x"), "is not pinned"),
            (("--needs", DRILL), "cannot need itself"),
            (("--not-needs", "SSO and SCIM"), "does not need"),
            (("--version", "dry"), "write 'NAME=1-2-3'"),
            (("--version", "dry=9"), "smaller than the item's 5.5 ew"),
            (("--version", "dry=3-2-1"), "out of order"),
            (("--version", "dry=Nobody:1"), "there is no team “Nobody”"),
            (("--no-version", "dry"), "it has none"),
            (("--owner", "a" * 100_000), "The owner is refused"),
        ],
    )
    def test_a_sentence_and_nothing_changed(self, on: Commands, words: tuple[str, ...], sentence: str) -> None:
        assert sentence in on.refused("item", DRILL, *words)

    def test_a_circle_is_refused(self, on: Commands) -> None:
        assert "would be a circle" in on.refused("item", "P95 quote", "--needs", SAVED)

    def test_hostile_text_stays_words(self, on: Commands) -> None:
        on.lines("item", DRILL, "--title", "\x1b[31m[red]drill[/] \u202eevil", "--pin", "--pin-note", "[b]\x07why")
        assert on.item("[31m[red]drill[/] evil")
        said = on.lines("item", "[red]drill[/]")
        assert "[31m[red]drill[/] evil" in said
        assert "[b]why" in said


def test_a_file_that_may_only_be_read(on: Commands) -> None:
    on.path.chmod(stat.S_IRUSR)
    try:
        assert "rank 6" in on.lines("item", "EDI 315")
        code, out, err = on.run("item", "EDI 315", "--owner", "Ana")
        if code == 0:
            pytest.skip("whoever runs this may write to everything")
        assert (code, out) == (3, "")
        assert err.startswith("makeroom: ")
    finally:
        on.path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_no_workspace_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.db"
    assert main(["--db", str(path), "item", "x", "--owner", "Ana"]) == 3
    assert "There is no workspace" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize(
    "command",
    ["item", "scenario", "scenario list", "scenario branch", "scenario make", "scenario close", "levers", "frontier"],
)
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    assert f"example:\n  makeroom {command}" in capsys.readouterr().out
