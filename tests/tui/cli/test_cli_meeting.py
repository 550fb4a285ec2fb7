"""A whole meeting by shell commands alone: what they say, their JSON, and their exit codes."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from store.demo.demo import open_demo
from store.records import Decision, Item, Move, Signature
from tests.tui.cli import shell as shells
from tests.tui.cli.output_models import model_of
from tests.tui.cli.shell import ACME, OUTPUTS, ROOT, SCHEMA, Shell, contents, state_of
from tui.cli import main

db, shell = shells.db, shells.shell


def test_the_schema_is_the_published_one() -> None:
    """The file in docs is what the commands' outputs are made from."""
    from pydantic.json_schema import models_json_schema

    _, made = models_json_schema([(model_of(each), "serialization") for each in OUTPUTS.values()])
    assert made["$defs"] == SCHEMA["$defs"]
    pytest.importorskip("jsonschema").Draft202012Validator.check_schema(SCHEMA)


class TestAMeeting:
    """Import, fill, a request that does not fit, two items out by name and reason, undo, redo, and again tomorrow."""

    def test_from_a_file_to_a_decision(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "fresh.db"
        monkeypatch.setenv("MAKEROOM_DB", str(path))
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        rows = [f"Item {at},{1 + at % 4}" for at in range(1, 25)]
        (tmp_path / "backlog.csv").write_text("title,estimate ew\n" + "\n".join(rows) + "\n", encoding="utf-8")
        assert main(["import", str(tmp_path / "backlog.csv"), "--team", "Pay=30"]) == 0

        filled = shell("fill")
        assert filled["done"]
        status = shell("status", kind="status")
        assert status["odds"] == filled["odds_after"] >= status["target"] == 0.7
        assert status["net"] == 30.0
        assert status["planned"] + status["below"] == 24
        before = contents(path)

        asked = shell("add", "Acme audit log ~3-4-6.5 #oneoff >Acme $480k@60% by:sales-east", code=1)
        assert not asked["done"]
        assert asked["short"] > 0
        assert asked["odds_after"] < 0.7
        assert asked["swaps"]
        assert contents(path)["items"].keys() - before["items"].keys() == {asked["item"]["id"]}

        plan = shell("plan", kind="plan")
        assert [item["title"] for item in plan["inbox"]] == ["Acme audit log"]
        one, two = plan["plan"][-1], plan["plan"][-2]
        short = shell("trade", "acme", "--out", str(one["id"]), code=1) if one["ew"] < 3 else None
        assert short is None or not short["done"]
        outs = [each["id"] for each in asked["swaps"][0]["out"]] or [one["id"], two["id"]]
        trade = ["trade", "Acme audit log", *(word for each in outs for word in ("--out", str(each)))]
        trade += ["--by", "Jo Field", "--because", "wedge into banks"]
        unsigned = shell(*trade, code=1)
        assert not unsigned["done"]
        assert [(each["right"], each["holder"]) for each in unsigned["signatures"]] == [("over ceiling", "")]
        taken = shell(*trade, "--signature", "over ceiling: Jo Field: wedge into banks")
        assert taken["done"]
        assert taken["fits"]
        assert taken["odds_after"] == asked["swaps"][0]["odds"]
        state = state_of(path)
        decision = max(state.each(Decision), key=lambda each: each.id)
        assert (decision.decided_by, decision.because) == ("Jo Field", "wedge into banks")
        assert decision.odds_after == taken["odds_after"]
        moves = {(move.kind, move.item_id) for move in state.each(Move) if move.decision_id == decision.id}
        assert moves == {("in", asked["item"]["id"]), *(("out", each) for each in outs)}

        after = contents(path)
        undone = shell("undo")
        assert undone["odds_after"] == status["odds"]
        assert shell("redo")["odds_after"] == taken["odds_after"]
        assert contents(path) == after
        assert shell("status", kind="status")["odds"] == taken["odds_after"]
        assert main(["verify"]) == 0

    def test_a_swap_by_its_number(self, db: Path, shell: Shell) -> None:
        first = shell("add", ACME, code=1)
        again = shell("add", ACME, "--swap", "1", "--by", "Jo", "--because", "why not")
        assert again["done"]
        assert again["item"]["id"] == first["item"]["id"], "asked twice for the same"
        assert again["odds_after"] == first["swaps"][0]["odds"]
        items = state_of(db).all(Item)
        assert items[first["item"]["id"]].state == "plan"
        for each in first["swaps"][0]["out"]:
            assert (items[each["id"]].state == "below") == (each["version"] is None)

    def test_all_at_once(self, db: Path, shell: Shell) -> None:
        taken = shell("add", ACME, "--swap", "1", "--by", "Jo", "--because", "why not")
        assert taken["done"]
        assert taken["fits"]

    def test_what_fits_goes_in(self, db: Path, shell: Shell) -> None:
        done = shell("add", "Rename a label ~0.1")
        assert done["done"]
        assert done["item"]["state"] == "plan"

    def test_the_best_on_one_criterion(self, db: Path, shell: Shell) -> None:
        shell("add", ACME, code=1)
        rows = shell("swaps", "acme audit", "--on", "value", code=1)["swaps"]
        assert len(rows) > 1
        assert [row["value"] for row in rows] == sorted(row["value"] for row in rows)
        taken = shell("trade", "acme audit", "--swap", "2", "--on", "value", "--by", "Jo", "--because", "x")
        assert taken["odds_after"] == rows[1]["odds"]

    def test_over_commit_takes_a_name_and_a_reason(self, db: Path, shell: Shell) -> None:
        shell("add", ACME, code=1)
        before = contents(db)
        assert "--by NAME and --because TEXT" in shell.refused("trade", "acme audit", "--sign", "--by", "Marek")
        assert contents(db) == before
        # Who may: the engineering lead for the target, the product lead for so many one-offs.
        ceiling = ("--signature", "over ceiling: Priya: strategic")
        signed = shell("trade", "acme audit", "--sign", "--by", "Marek", "--because", "strategic", *ceiling)
        assert signed["done"]
        assert not signed["fits"]
        (signature,) = state_of(db).each(Signature)
        assert (signature.name, signature.reason) == ("Marek", "strategic")
        assert shell("status", kind="status")["signature"]["name"] == "Marek"
        assert "over-commit signed by Marek: strategic" in shell.lines("status")

    def test_lost_capacity_goes_through_the_door(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        asked = shell("capacity", "Payments=25", code=1)
        assert "Payments" in asked["short_by_team"]
        assert contents(db) == before
        taken = shell("capacity", "payments=25", "--swap", "1", "--by", "Jo", "--because", "Ana leaves")
        assert taken["done"]
        status = shell("capacity", kind="status")
        assert {team["name"]: team["net"] for team in status["teams"]}["Payments"] == 25.0
        shell("undo")
        assert contents(db) == before

    def test_odds_say_by_exit_code_whether_it_fits(self, db: Path, shell: Shell) -> None:
        assert shell("odds", kind="odds")["fits"]
        asked = shell("odds", "--in", "Supplier self-service portal", kind="odds", code=1)
        assert asked["odds"] < asked["target"] <= asked["present"]
        better = shell("odds", "--out", "Dispute workflow v2", kind="odds")
        assert better["odds"] > better["present"]

    def test_away(self, db: Path, shell: Shell) -> None:
        shell("drop", "Bulk invoice approval", "--by", "Jo", "--because", "later")
        shell("defer", "Export the audit log as CSV")
        assert "needs a reason" in shell.refused("decline", "Halvorsen Group: offline rate cards")
        shell("decline", "Halvorsen Group: offline rate cards", "--by", "Jo", "--because", "configuration does it")
        states = {item.title: item.state for item in state_of(db).each(Item)}
        assert states["Bulk invoice approval"] == "below"
        assert states["Export the audit log as CSV"] == "below"
        assert states["Halvorsen Group: offline rate cards"] == "declined"


class TestWords:
    """What cannot be is said in a sentence, with what to do, and changes nothing."""

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("trade", "no such thing"), "there is no item “no such thing”"),
            (("trade", "the"), "could be"),
            (("trade", "Dark mode", "--swap", "99"), "there is no swap 99"),
            (("trade", "Carrier onboarding wizard"), "is in plan"),
            (("drop", "Dark mode"), "is below the line"),
            (("drop", "Hanseatic: EDI 315 status feed"), "a contract holds it"),
            (("trade", "Dark mode", "--swap", "1", "--out", "3"), "not both"),
            (("capacity", "Payments"), "write TEAM=NET"),
            (("capacity", "Nobody=3"), "there is no team “Nobody”"),
            (("capacity", "--target", "120"), "between 1 and 99"),
            (("size", "Dark mode", "huge"), "is not a size"),
            (("add", "~2-3-4"), "needs a title"),
            (("swaps", "Dark mode", "--on", "luck"), "best on one of value"),
            (("odds", "--out", "Saved searches and alerts=nothing"), "first versions “saved searches”"),
        ],
    )
    def test_a_sentence_and_nothing_changed(
        self, db: Path, shell: Shell, words: tuple[str, ...], sentence: str
    ) -> None:
        if words[:2] == ("trade", "Dark mode") or words[:2] == ("swaps", "Dark mode"):
            shell("capacity", "Web=26", "--sign", "--by", "Marek", "--because", "so that nothing fits")
        before = contents(db)
        assert sentence in shell.refused(*words)
        assert contents(db) == before

    def test_no_workspace(self, tmp_path: Path, shell: Shell) -> None:
        assert "There is no workspace" in shell.refused("--db", str(tmp_path / "none.db"), "status", code=3)
        assert not (tmp_path / "none.db").exists()

    @pytest.mark.parametrize("command", ["status", "plan", "odds", "swaps", "add", "trade", "size", "drop", "capacity"])
    def test_help_has_an_example(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([command, "--help"]) == 0
        assert f"example:\n  makeroom {command}" in capsys.readouterr().out

    def test_hostile_titles_stay_words(self, db: Path, shell: Shell) -> None:
        shell("add", "\x1b[31m[red]boom[/] \u202eevil ~0.1", "--inbox")
        out = shell.lines("plan")
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "[red]boom[/]" in out


def test_no_command_of_the_meeting_imports_the_screen(tmp_path: Path) -> None:
    """Textual is for the app alone."""
    open_demo(tmp_path / "a.db").close()
    code = (
        "import sys\nfrom tui.cli import main\n"
        "for words in (['status'], ['plan'], ['odds'], ['swaps', 'Dark mode'], ['undo'], ['fill', '--dry-run']):\n"
        f"    main(['--db', {str(tmp_path / 'a.db')!r}, *words])\n"
        "sys.exit('textual' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode == 0
