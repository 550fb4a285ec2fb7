"""Drills in the app and as commands: one record of a person's own, and nothing in the workspace."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tests.tui.cli.shell as shells
from scenarios.trade import changes
from store.sidecars.drill_record import drill_record_path, load_attempts
from tests.tui.app_helpers import NARROW, demo, opened
from tests.tui.cli.shell import Shell
from tui.cli import main

shell = shells.shell


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of this test's own, and a Monday that can be turned."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    set_day(monkeypatch, 11)


def set_day(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr(changes, "now", lambda: datetime(2027, 1, day, 12, tzinfo=UTC))


async def test_a_drill_is_taken_in_a_small_terminal(tmp_path: Path) -> None:
    path = demo(tmp_path)
    before = path.read_bytes()
    async with opened(path, size=NARROW) as room:
        await room.press("R", "r", "d")
        assert "DRILL 1 of 24  A deal against the daily use" in room.text
        assert "new" in room.text
        # Nothing of either side is told before a choice, and a choice without a reason is none.
        assert "You are guessing at the fear" not in room.text
        await room.press("enter", "2", "enter")
        assert "Say why, in a line" in room.text
        await room.write("A limit may do", "enter")
        assert "you:     A limit may do" in room.text
        assert "You are guessing at the fear" in room.text
        await room.press("enter", "b")
        assert "due 12 Jan 2027, box 1 of 5" in room.text
        # On to the next, and to one by the list; both sides of what was answered before are not shown again.
        await room.press("enter")
        assert "DRILL 2 of 24" in room.text
        await room.press("i", "1")
        assert "DRILL 1 of 24" in room.text
        assert "you:" not in room.text
        # Left in the middle: it goes on there.
        await room.press("enter", "3", *"Because", "enter", "escape", "R", "r", "d")
        assert "DRILL 2 of 24" in room.text
        await room.press("i", "1")
        assert "you:     Because" in room.text
        await room.press("escape", "R", "r", "q")
        assert "THE DECISION" in room.text
    assert path.read_bytes() == before
    assert [(each.drill, each.choice, each.went) for each in load_attempts()] == [
        ("deal-against-daily-use", 2, "badly"),
        ("deal-against-daily-use", 3, ""),
    ]


def test_a_drill_as_commands(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    asked = shell("practice", "drill", kind="drill")
    assert (asked["number"], asked["standing"], asked["answer"], asked["tension"]) == (1, "new", None, None)
    assert asked["choices"][0]["speaks_for"] is None
    told = shell("practice", "drill", "loud", "--choose", "2", "--because", "No second one asks", kind="drill")
    assert told["answer"] == {"choice": 2, "because": "No second one asks", "went": None}
    assert told["choices"][0]["speaks_against"].startswith("Last year's record")
    went = shell("practice", "drill", "5", "--went", "badly", kind="drill")
    assert (went["box"], went["due"], went["standing"]) == (1, "2027-01-12", "waits")
    # The day after it is the one to take, before those that are new.
    set_day(monkeypatch, 12)
    assert shell("practice", "drill", kind="drill")["key"] == "one-loud-account"
    both = ("--choose", "1", "--because", "They know", "--went", "well")
    assert shell("practice", "drill", "5", *both, kind="drill")["due"] == "2027-01-14"
    listed = shell("practice", "drill", "--list", kind="drills")["drills"]
    assert [row["standing"] for row in listed].count("new") == 23


def test_what_cannot_be_is_said_and_nothing_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (["5", "--choose", "9", "--because", "x"], "there is no choice 9: they are 1 to 3"),
        (["5", "--choose", "1"], "--choose and --because go together"),
        (["--choose", "1", "--because", "x"], "name the drill that is answered"),
        (["5", "--choose", "1", "--because", " "], "say why, in a line"),
        (["5", "--went", "well"], "was not answered yet: choose first"),
        (["zebra"], "there is no drill “zebra”"),
        (["25"], "there is no drill “25”"),
    ):
        assert main(["practice", "drill", *words]) == 2
        assert said in capsys.readouterr().err
    path = drill_record_path()
    assert not path.exists()
    path.parent.mkdir(parents=True)
    for text, fault in (
        ("attempts = 3", "attempts is not a list"),
        ("[[attempts]]\ndrill = 3\n", "attempt 1 is none"),
        ("x", "is not valid TOML"),
    ):
        path.write_text(text, encoding="utf-8")
        assert main(["practice", "drill", "5", "--choose", "1", "--because", "x"]) in (2, 3)
        assert fault in capsys.readouterr().err
        assert path.read_text(encoding="utf-8") == text


def test_at_a_terminal_it_asks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    # A choice that is none, one without a reason, then both; a word that is none, then the beginning of one.
    monkeypatch.setattr("sys.stdin", Terminal("9\nwhy\n2\n\n2\nA limit\nhm\nso\n"))
    assert main(["practice", "drill"]) == 0
    out, err = capsys.readouterr()
    assert "there is no choice 9" in out
    assert out.index("What pulls here") > out.index("say why, in a line")
    assert out.endswith("A deal against the daily use: due 13 Jan 2027, box 2 of 5.\n")
    assert "How did it go (badly, so-so, well)?" in err
