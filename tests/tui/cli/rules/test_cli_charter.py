"""The charter by commands: what they show, what is in the store after each, and what they refuse. About 8 s."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.demo.charter import charter_records
from store.records import Command, Item, Slice, new_id
from store.records.negotiation import Charter, Principle, Right, Role, WayOut
from store.workspace.workspace import Workspace
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents, state_of
from tui.cli import main

shell = shells.shell
RLO = "\u202e"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's charter, and one request."""
    path = tmp_path / "team.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    rows = [*charter_records(), Item(id=new_id(), title="Audit log", rank=1, draw=1)]
    with Workspace.open(path) as workspace:
        workspace.apply(Command("charter", "the charter", tuple(rows)))
    return path


def roles(path: Path) -> dict[str, str]:
    return {row.name: row.who for row in state_of(path).each(Role)}


def rights(path: Path) -> set[tuple[str, str, str]]:
    """(kind, role, principle) of each."""
    state = state_of(path)
    names, principles = state.all(Role), state.all(Principle)
    return {
        (row.kind, names[row.role_id].name, principles[row.principle_id].name if row.principle_id else "")
        for row in state.each(Right)
    }


def undone(shell: Shell, times: int = 1) -> None:
    for _ in range(times):
        assert shell.lines("undo").startswith("undone: ")


class TestShown:
    def test_all_of_it(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        found = shell("charter", kind="charter")
        assert [(each["name"], each["holder"]) for each in found["roles"]] == [
            ("Sales lead", "Luis"),
            ("Product lead", "Priya"),
            ("Engineering lead", "Marek"),
            ("Support lead", "Nils"),
            ("Marketing lead", "Helena"),
        ]
        assert {each["right"]: each["holders"] for each in found["rights"] if each["principle"] is None} == {
            "one-off": ["Luis"],
            "under target": ["Marek"],
            "over ceiling": ["Priya"],
            "below return": ["Priya"],
            "break a principle": ["Priya"],
        }
        assert [each["principle"] for each in found["rights"] if each["principle"]] == [
            each["name"] for each in found["principles"]
        ]
        assert (found["figures"]["rate"], found["figures"]["licence"]) == (12_000, 9_000)
        assert found["target"] == 0.7
        assert [(each["letter"], each["aim"]) for each in found["slices"]] == [
            ("F", 50), ("I", 20), ("Q", 15), ("D", 10), ("O", 5),
        ]  # fmt: skip
        assert found["warnings"] == []
        lines = shell.lines("charter").splitlines()
        assert "  Sales lead: Luis; may take a one-off out of the purse" in lines
        assert "  under target (go under the odds target): Marek (Engineering lead)" in lines
        assert "  One product, no forks: What one customer gets, every customer could switch on." in lines
        assert "  rate: $12,000 per ew (rate per engineer-week)" in lines
        assert "  O One-offs: aim 5%, ceiling 10%; belongs to executives" in lines
        assert db.read_bytes() == before

    def test_an_empty_workspace_says_what_is_missing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell
    ) -> None:
        path = tmp_path / "new.db"
        monkeypatch.setenv("MAKEROOM_DB", str(path))
        assert "There is no workspace" in shell.refused("charter", code=3)
        assert not path.exists()
        Workspace.open(path).close()
        lines = shell.lines("charter").splitlines()
        assert "roles: nobody yet" in lines
        assert "principles: none yet" in lines
        warnings = [line for line in lines if line.startswith("warning: ")]
        # No rate, and four rights that nobody holds; without a principle nobody has to be able to break one.
        assert len(warnings) == 5
        assert len(shell("charter", kind="charter")["warnings"]) == 5
        assert "there is no role “CEO”: there is none yet" in shell.refused("charter", "grant", "one-off", "CEO")

    def test_what_somebody_else_wrote_is_only_shown(self, db: Path, shell: Shell) -> None:
        hostile = f"[/] [red]\x1b]0;own\x07{RLO}bold %s {{0}}"
        with pytest.MonkeyPatch.context() as other_program:
            for module in ("store.database.rows", "store.workspace.workspace"):
                other_program.setattr(f"{module}.clean", lambda text, multiline=False: text)
            with Workspace.open(db) as workspace:
                rows = (
                    Role(id=new_id(), name=hostile, who=hostile),
                    Principle(id=new_id(), name=hostile, note=hostile),
                )
                workspace.apply(Command("charter", "x", rows))
        lines = shell.lines("charter")
        assert "[/] [red]]0;ownbold %s {0}: [/] [red]]0;ownbold %s {0}; holds no right" in lines
        assert any(each["name"] == hostile for each in shell("charter", kind="charter")["roles"])


class TestRoles:
    def test_made_given_renamed_taken_away(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        made = shell("charter", "role", "Head of product", "--holder", "Jo Field", kind="changed")
        assert (made["done"], made["warnings"]) == (True, [])
        assert roles(db)["Head of product"] == "Jo Field"
        # The same again, in other letters, is the same role: nothing to change.
        again = shell("charter", "role", "head of  PRODUCT", "--holder", "Jo Field", kind="changed")
        assert (again["done"], again["event"]) == (False, None)
        shell.lines("charter", "role", "Head of product", "--rename", "Chief", "--holder", "")
        assert roles(db)["Chief"] == ""
        assert "Head of product" not in roles(db)
        shell.lines("charter", "role", "Chief", "--remove")
        assert "Chief" not in roles(db)
        undone(shell, 3)
        assert contents(db) == before

    def test_a_right_without_a_holder_is_said(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        open_right = "Nobody holds the right to go under the odds target: name a role and its person in the charter."
        assert f"warning: {open_right}" in shell.lines("charter", "role", "Engineering lead", "--holder", "")
        assert open_right in shell("charter", kind="charter")["warnings"]
        undone(shell)
        gone = shell("charter", "role", "engineering", "--remove", kind="changed")
        assert gone["warnings"] == [open_right]
        assert not any(kind == "under target" for kind, _, _ in rights(db))
        undone(shell)
        assert contents(db) == before

    def test_refused(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        said = shell.refused("charter", "role", "lead", "--remove")
        assert "“lead” could be “Sales lead”, “Product lead”, “Engineering lead”, “Support lead”" in said
        assert "give the whole name" in said
        assert "there is no role “CFO”: they are “Sales lead”" in shell.refused("charter", "role", "CFO", "--remove")
        assert "there is no role “CFO”" in shell.refused("charter", "role", "CFO", "--rename", "Chief")
        assert "there is a role “product LEAD” already" in shell.refused(
            "charter", "role", "Sales lead", "--rename", "product LEAD"
        )
        assert "a role needs a name" in shell.refused("charter", "role", "  ")
        assert "a role needs a name" in shell.refused("charter", "role", "Sales lead", "--rename", "")
        assert "at most 200 characters" in shell.refused("charter", "role", "x" * 201)
        # What no record holds: too long, and bytes that are no text in a shell's UTF-8.
        assert "at most 20000 characters" in shell.refused("charter", "role", "CFO", "--holder", "x" * 20_001)
        assert "the name of a role is refused" in shell.refused("charter", "role", "\udcff")
        assert "--remove goes without" in shell.refused("charter", "role", "Sales lead", "--remove", "--holder", "A")
        assert db.read_bytes() == before

    def test_hostile_names_come_in_clean(self, db: Path, shell: Shell) -> None:
        shell.lines("charter", "role", f"[/]\x1b[2J CFO{RLO}", "--holder", "a\nb\x07")
        assert roles(db)["[/][2J CFO"] == "a b"


class TestRights:
    def test_granted_and_withdrawn(self, db: Path, shell: Shell) -> None:
        before, had = contents(db), rights(db)
        assert shell("charter", "grant", "Over  Ceiling", "support", kind="changed")["done"]
        assert rights(db) - had == {("over ceiling", "Support lead", "")}
        assert not shell("charter", "grant", "over ceiling", "Support lead", kind="changed")["done"]
        # Somebody holds it still: no warning.
        assert shell("charter", "withdraw", "over ceiling", "Product lead", kind="changed")["warnings"] == []
        assert shell("charter", "withdraw", "over ceiling", "Support lead", kind="changed")["warnings"] == [
            "Nobody holds the right to go over the one-off ceiling: name a role and its person in the charter."
        ]
        assert not shell("charter", "withdraw", "over ceiling", "Support lead", kind="changed")["done"]
        undone(shell, 3)
        assert contents(db) == before

    def test_to_break_one_principle(self, db: Path, shell: Shell) -> None:
        one = ("--principle", "no forks")
        assert "may break any principle: withdraw that right" in shell.refused(
            "charter", "withdraw", "break a principle", "Product lead", *one
        )
        shell.lines("charter", "grant", "break a principle", "Support lead", *one)
        assert ("break a principle", "Support lead", "One product, no forks") in rights(db)
        warned = shell("charter", "withdraw", "break a principle", "Product lead", kind="changed")["warnings"]
        # Three of the four principles are left to nobody.
        assert len(warned) == 3
        assert not any("One product" in each for each in warned)

    def test_to_a_role_without_a_person(self, db: Path, shell: Shell) -> None:
        shell.lines("charter", "role", "CFO")
        assert "warning: CFO has no person yet" in shell.lines("charter", "grant", "one-off", "CFO")

    def test_refused(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        said = shell.refused("charter", "grant", "everything", "Sales lead")
        assert "“everything” is not a decision right: they are one-off, under target, over ceiling" in said
        assert "--principle goes with" in shell.refused(
            "charter", "grant", "one-off", "Sales lead", "--principle", "forks"
        )
        assert "there is no principle “No trains”: they are “One product, no forks”" in shell.refused(
            "charter", "grant", "break a principle", "Sales lead", "--principle", "No trains"
        )
        assert db.read_bytes() == before


class TestPrinciples:
    def test_made_changed_taken_away(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        shell.lines("charter", "principle", "No dates", "--note", "none at all")
        shell.lines("charter", "principle", "no dates", "--rename", "No days")
        shell.lines("charter", "principle", "No days", "--note", "")
        made = [row for row in state_of(db).each(Principle) if row.name == "No days"]
        assert [row.note for row in made] == [""]
        shell.lines("charter", "principle", "No days", "--remove")
        assert not [row for row in state_of(db).each(Principle) if row.name == "No days"]
        undone(shell, 4)
        assert contents(db) == before

    def test_one_that_was_cited_stays(self, db: Path, shell: Shell) -> None:
        state = state_of(db)
        row = next(row for row in state.each(Principle) if row.name.startswith("One product"))
        other = next(row for row in state.each(Principle) if row.name.startswith("No date"))
        item = next(state.each(Item))
        with Workspace.open(db) as workspace:
            way = WayOut(id=new_id(), item_id=item.id, kind="decline", principle_id=row.id)
            workspace.apply(Command("way", "declined", (way,)))
        before = db.read_bytes()
        assert "was cited once in decisions, and stays" in shell.refused("charter", "principle", row.name, "--remove")
        assert db.read_bytes() == before
        assert shell("charter", "principle", other.name, "--remove", kind="changed")["done"]


class TestFigures:
    def test_set_and_given_back(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        shell.lines("charter", "set", "rate=4.5005k", "purse_count=3", "Least-Return=2.5", "evidence-rules=Ask = five")
        row = next(state_of(db).each(Charter))
        assert (row.rate, row.purse_count, row.least_return, row.evidence_rules) == (4500.5, 3, 2.5, "Ask = five")
        assert (row.licence, row.renewal_days) == (9_000, 180)
        cleared = shell("charter", "set", "rate=", "purse-count=", "least-return=", "evidence-rules=", kind="changed")
        row = next(state_of(db).each(Charter))
        # What the record says where nobody gives them.
        assert (row.rate, row.purse_count, row.least_return, row.evidence_rules) == (None, 2, 3.0, "")
        assert cleared["warnings"] == [
            "The charter has no rate per engineer-week: no full cost and no return can be told."
        ]
        assert "rate: not given" in shell.lines("charter")
        undone(shell, 2)
        assert contents(db) == before

    def test_refused(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        for words, said in (
            (["ceiling=15"], "is not a figure of the charter: they are purse-count, purse-effort, least-return"),
            (["rate"], "“rate” is not NAME=VALUE: write it as rate=4000"),
            (["=4"], "is not NAME=VALUE"),
            (["rate=much"], "rate: “much” is not an amount: write it as 180000 or 180k"),
            (["rate=nan"], "rate: “nan” is not an amount"),
            (["rate=-1"], "rate per engineer-week: it should be greater than or equal to 0"),
            (["purse-count=2.5"], "one-offs that the purse buys in a quarter: it should be a valid integer"),
            (["rate=1", "RATE=2"], "“RATE” is given twice"),
            (["rate=5", "renewal-days=1e9"], "days ahead in which renewals count"),
        ):
            assert said in shell.refused("charter", "set", *words)
        assert db.read_bytes() == before


def test_the_owner_of_a_slice(db: Path, shell: Shell) -> None:
    before = contents(db)
    shell.lines("charter", "owner", "q", "Nils")
    shell.lines("charter", "owner", "features", "")
    assert {row.letter: row.owner for row in state_of(db).each(Slice)} == {
        "F": "", "I": "engineering", "Q": "Nils", "D": "product", "O": "executives",
    }  # fmt: skip
    assert "there is no slice “Z”" in shell.refused("charter", "owner", "Z", "Nils")
    undone(shell, 2)
    assert contents(db) == before


def test_options_before_the_inner_command(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.db"
    Workspace.open(other).close()
    assert main(["charter", "--json", "--db", str(other), "--as", "Ana", "role", "CFO"]) == 0
    assert capsys.readouterr().out.startswith("{")
    assert roles(other) == {"CFO": ""}
    assert "CFO" not in roles(db)
    with Workspace.open(other, read_only=True) as workspace:
        assert workspace.events()[-1].actor == "Ana"


def test_a_file_that_cannot_be_read(tmp_path: Path, shell: Shell) -> None:
    path = tmp_path / "broken.db"
    path.write_text("no database")
    for words in (["charter"], ["charter", "role", "CFO"]):
        shell.refused(*words, "--db", str(path), code=3)
    assert path.read_text() == "no database"


@pytest.mark.parametrize("inner", [[], ["role"], ["grant"], ["withdraw"], ["principle"], ["set"], ["owner"]])
def test_help_has_an_example(inner: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["charter", *inner, "--help"]) == 0
    assert f"example:\n  makeroom charter{''.join(' ' + each for each in inner)}" in capsys.readouterr().out
