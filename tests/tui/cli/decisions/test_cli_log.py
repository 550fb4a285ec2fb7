"""``makeroom decisions`` and ``makeroom memo``: what was decided, told to people and programs. About five seconds."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from scenarios.memos import PLACEHOLDERS
from store.records import Move
from store.workspace.workspace import Workspace
from tests.store.copies import demo_file
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import ACME, Shell
from tui.cli import main
from tui.decisions import memo_templates

db, shell = shells.db, shells.shell


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for templates of one's own, and one to write to."""
    found = tmp_path / "config" / "templates"
    monkeypatch.setattr(memo_templates, "templates_folder", lambda: found)
    monkeypatch.chdir(tmp_path)
    return found


@pytest.fixture(scope="module")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, in which Acme's audit log came in for the best swap; made once."""
    path = tmp_path_factory.mktemp("traded") / "team.db"
    demo_file(path)
    by = ["--by", "Eve Adams", "--because", "wedge into banks", "--dissent", "Ben: too early", "--review", "2027-03-31"]
    assert main(["add", "--db", str(path), ACME, "--swap", "1", *by, "--json"]) == 0
    return path


@pytest.fixture
def decided(traded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """That workspace as the one that commands work on; what left is returned."""
    path = shutil.copy(traded, tmp_path / "team.db")
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    with Workspace.open(path, read_only=True) as workspace:
        return next(move.title for move in workspace.load().each(Move) if move.kind == "out")


class TestDecisions:
    def test_a_line_says_it_all(self, decided: str, shell: Shell) -> None:
        line, *_, count = shell.lines("decisions").splitlines()
        assert re.match(r" +\d+  \d{4}-\d\d-\d\d \d\d:\d\d  IN Acme audit log 3\.0", line)
        assert f"OUT {decided}" in line
        for words in ("asked sales-east", "decided Eve Adams", "dissent Ben: too early", "review 2027-03-31"):
            assert words in line
        assert count == "5 decisions"
        full = shell.lines("decisions", "--full")
        assert re.search(r"^  Why +wedge into banks$", full, re.MULTILINE)

    def test_it_is_searched(self, decided: str, shell: Shell) -> None:
        later = (date.today() + timedelta(days=2)).isoformat()
        for words, count in (
            (("wedge", "BANKS"), "1 of 5 decisions"),
            (("nothing",), "0 of 5 decisions"),
            (("--customer", "acme"), "1 of 5 decisions about Acme"),
            (("--person", "eve"), "1 of 5 decisions"),
            (("--person", "ben"), "0 of 5 decisions"),
            (("--slice", "O"), "1 of 5 decisions"),
            (("--slice", "D", "banks"), "0 of 5 decisions"),
            (("--since", "2000-01-01"), "5 decisions"),
            (("--since", later), "0 of 5 decisions"),
        ):
            *rows, last = shell.lines("decisions", *words).splitlines()
            assert (len(rows), last) == (int(count[0]), count), words

    def test_for_programs_all_of_it(self, decided: str, shell: Shell) -> None:
        row, *earlier = shell("decisions", kind="decisions")["decisions"]
        assert len(earlier) == 4
        assert (row["decided_by"], row["because"], row["dissent"]) == (
            "Eve Adams",
            "wedge into banks",
            "Ben: too early",
        )
        assert row["customers"][:1] == ["Acme"]
        assert "O" in row["slices"]
        assert {"in", "out"} <= {move["kind"] for move in row["moves"]}
        assert 0 < row["odds_after"] < 1

    def test_what_is_not_known_is_said(self, decided: str, shell: Shell) -> None:
        assert "there is no customer “Nobody”" in shell.refused("decisions", "--customer", "Nobody")
        assert "there is no slice “Z”" in shell.refused("decisions", "--slice", "Z")
        assert "“soon” is not a day" in shell.refused("decisions", "--since", "soon")


class TestMemo:
    def test_markdown_for_each_audience(self, decided: str, shell: Shell) -> None:
        today = date.today().isoformat()
        team = shell.lines("memo", "team")
        assert f"### 1. Acme audit log: in; gave way: “{decided}”" in team
        assert "- Dissent: Ben: too early" in team
        assert f"**Acme audit log**: in; gave way: “{decided}”" in shell.lines("memo", "executives", "--day", today)
        account = shell.lines("memo", "account", "--customer", "Acme")
        assert "“Acme audit log” is planned for" in account
        assert decided not in account

    def test_a_span_has_its_first_and_last_day(self, decided: str, shell: Shell) -> None:
        today = date.today()
        month = shell.lines("memo", "executives", "--month", f"{today:%Y-%m}")
        assert f" 1 decision on {today.replace(day=1).isoformat()} to {today:%Y-%m}-" in month
        assert "is a span of its own" in shell.refused("memo", "team", "--month", "2026-11", "--day", "2026-11-21")
        assert "nothing was decided from 2020-01-01 to 2020-01-31" in shell.refused(
            "memo", "team", "--month", "2020-01"
        )
        assert "“soon” is not a month" in shell.refused("memo", "team", "--month", "soon")

    def test_for_programs_the_text_and_what_it_was_made_of(
        self, decided: str, shell: Shell, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        made = shell("memo", "executives", kind="memo")
        assert made["text"] == shell.lines("memo", "executives")
        (out,) = [each for each in made["changes"] if each["verb"] == "out"]
        assert (out["title"], out["ew_after"]) == (decided, None)
        assert out["ew_before"] > 0
        assert out["waits"]
        # A page for an account: what is not on it goes to who sends it, and on no page.
        assert main(["item", "Acme audit log", "--title", "Audit log as for Hanseatic Reefer"]) == 0
        made = shell("memo", "account", "--customer", "Acme", "-o", "acme.md", kind="memo")
        assert (made["changes"], made["customer"], made["written"]) == ([], "Acme", "acme.md")
        (withheld,) = made["withheld"]
        assert "Hanseatic" not in (tmp_path / "acme.md").read_text(encoding="utf-8")
        assert withheld["called"] in made["text"]
        assert main(["memo", "account", "--customer", "Acme"]) == 0
        assert "it could name Hanseatic Reefer" in capsys.readouterr().err
        assert shell("memo", "--write-templates", kind="memo templates")["written"]

    def test_decisions_that_came_with_a_file_have_no_plan_before_them(self, decided: str, shell: Shell) -> None:
        """The demo's own earlier ones came along with all of it."""
        earlier = shell("decisions", kind="decisions")["decisions"][-1]["at"][:10]
        memo = shell.lines("memo", "executives", "--day", earlier)
        assert "not on record here: these decisions came with a file" in memo
        assert "Came in" not in memo

    def test_a_file_is_written_whole_and_never_over_another(self, decided: str, shell: Shell, tmp_path: Path) -> None:
        assert shell.lines("memo", "executives", "--html", "-o", "memo.html") == "written to memo.html\n"
        page = (tmp_path / "memo.html").read_text(encoding="utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert page.count("<svg") == 2
        assert "memo.html is there already" in shell.refused("memo", "team", "-o", "memo.html", code=3)
        assert (tmp_path / "memo.html").read_text(encoding="utf-8") == page
        shell.lines("memo", "team", "-o", "memo.html", "--overwrite")
        assert "# " in (tmp_path / "memo.html").read_text(encoding="utf-8")[:2]
        assert "There is no folder" in shell.refused("memo", "team", "-o", "no/such/memo.md", code=3)

    def test_what_cannot_be_meant_is_said(self, decided: str, shell: Shell) -> None:
        assert "nothing was decided on 2020-01-01" in shell.refused("memo", "team", "--day", "2020-01-01")
        assert "there is no customer “Nobody”" in shell.refused("memo", "account", "--customer", "Nobody")
        assert "“a” could be “Acme”, “Aldermoor Foods”: give the whole name" in shell.refused(
            "memo", "account", "--customer", "a"
        )
        assert "--customer NAME says whose account" in shell.refused("memo", "account")
        assert "--customer NAME says whose account" in shell.refused("memo", "team", "--customer", "Acme")
        assert "which memo" in shell.refused("memo")

    def test_before_anything_was_decided(self, tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "new.db"))
        Workspace.open(tmp_path / "new.db", actor="ada").close()
        assert "nothing was decided yet" in shell.refused("memo", "team")
        assert shell.lines("decisions") == "0 decisions\n"

    def test_templates_of_ones_own(self, decided: str, shell: Shell, folder: Path) -> None:
        said = shell.lines("memo", "--write-templates")
        assert all((folder / f"{audience}.md").is_file() for audience in PLACEHOLDERS)
        assert said.count("written to") == 3
        (folder / "team.md").write_text("On $date we met.\n\n$$5 for\n${nobody}\n", encoding="utf-8")
        refused = shell.refused("memo", "team", code=3)
        assert f"line 4 of {folder / 'team.md'} asks for $nobody" in refused
        (folder / "team.md").write_text("On $date for $$5.", encoding="utf-8")
        assert shell.lines("memo", "team") == f"On {date.today().isoformat()} for $5.\n"
        assert shell.lines("memo", "--write-templates").count("is there already") == 3
