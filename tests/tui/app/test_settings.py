"""What somebody set is kept, in one file, and taken at the next start; keys that would do two things are refused."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

import pytest

from store.common.errors import Refused
from store.sidecars import preferences
from store.sidecars.preferences import load_preferences, preferences_path
from tests.tui.app_helpers import demo, opened
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell
from tests.tui.keys_page import page
from tui.app import run
from tui.app.keymap import PRESETS, keymap_of, tables
from tui.drawing import themes
from tui.widgets.keys import help_lines

shell = shells.shell


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(preferences, "config_folder", lambda: tmp_path / "mine")
    return tmp_path / "mine"


async def test_a_look_is_kept_for_the_next_time(mine: Path, tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        room.app.own_process = True
        await room.press("t", "p", "space")
        room.app.own_process = False
    assert tomllib.loads((mine / "config.toml").read_text()) == {"theme": "light", "patterns": True, "preview": True}
    theme, keys, unread = run._kept()
    assert (theme, keys, unread) == (themes.LIGHT, {}, "")
    async with opened(room.path) as room:
        assert room.strap.endswith("” drops")


def test_what_was_kept_under_the_old_name_is_found_and_what_others_wrote_stays(mine: Path) -> None:
    mine.mkdir()
    (mine / "board.toml").write_text('group = "team"\n[filters]\n"my team" = "team:Pay"\n[elsewhere]\nx = 1\n')
    assert load_preferences().filters == {"my team": "team:Pay"}
    preferences.save_preferences(load_preferences())
    assert tomllib.loads(preferences_path().read_text()) == {
        "group": "team", "filters": {"my team": "team:Pay"}, "elsewhere": {"x": 1},
    }  # fmt: skip


def test_all_keys_at_once_are_taken_and_two_for_one_key_are_refused_with_both_names() -> None:
    rng = random.Random(7)
    given = {row.id: f"f{number}" for number, row in enumerate((row for table in tables() for row in table), 20)}
    assert len(given) > 200
    assert keymap_of("", given) == given
    board = next(table for table in tables() if table.title == "The board")
    for _ in range(20):
        first, second = rng.sample(board.rows, 2)
        with pytest.raises(Refused) as refused:
            keymap_of("", {first.id: "f17", second.id: "f17"})
        assert first.name in str(refused.value)
        assert second.name in str(refused.value)
    for name in PRESETS:
        assert keymap_of(name, {})
    # Two that change places are no conflict.
    assert keymap_of("", {"board.add": "b", "board.cross": "a"})


def test_with_all_keys_moved_every_bar_and_help_has_the_new_ones() -> None:
    every = [(table, row) for table in tables() for row in table]
    moved = {row.id: f"f{number}" for number, (_, row) in enumerate(every, 20)}
    app = type("Remapped", (), {"_keymap": keymap_of("", moved)})()
    for table, row in every:
        assert table.of(app, row.short) == moved[row.id]
        assert table.said(app, f"{{{row.short}}}") == moved[row.id]
        assert row.hint("does it").keys(app, whole=True) == moved[row.id]
    lines = page(moved).splitlines()
    for _, row in every:
        assert f"| `{moved[row.id]}` | {row.name} | {row.help} | `{row.id}` |" in lines
    for table in tables():
        lines = help_lines(app, table.helps(), 6)
        assert [line.split()[0] for line in lines] == [moved[row.id] for row in table if row.help]


def test_the_command_shows_sets_and_refuses(mine: Path, shell: Shell) -> None:
    assert str(mine / "config.toml") in shell.lines("config")
    assert shell.lines("config", "theme", "light").split() == ["theme", "light"]
    assert shell.lines("config", "keys.board.fill", "ctrl+f, Y").split(None, 1) == ["keys.board.fill", "ctrl+f, Y\n"]
    assert re.search(r"keys\.board\.fill +ctrl\+f,Y\n", shell.lines("config", "keys"))
    before = preferences_path().read_bytes()
    for words, said in {
        ("keys.board.fill", "a"): "“Add a request” (board.add)",
        ("keys.board.fil", "z"): "board.fill?",
        ("theme", "blue"): "dark, light",
        ("tehme", "dark"): "theme?",
        ("keymap", "emacs"): "arrows, vim",
        ("patterns", "perhaps"): "neither on nor off",
        ("columns", "team,colour"): "not a column",
        ("keys", "x"): "keys.board.fill",
        ("keys.board.fill", "a b"): "not a key",
    }.items():
        assert said in shell.refused("config", *words), words
    assert preferences_path().read_bytes() == before
    assert shell("config", kind="config") == {
        "path": str(mine / "config.toml"),
        "settings": {
            "theme": "light",
            "patterns": "off",
            "preview": "off",
            "quiet": "off",
            "group": "none",
            "columns": "default",
            "keymap": "none",
            "keys.board.fill": "ctrl+f, Y",
        },
    }
    assert run._kept()[1] == {"board.fill": "ctrl+f,Y"}
    shell.lines("config", "keys.board.fill", "default")
    assert "board.fill" not in preferences_path().read_text()
    # A file that somebody spoiled by hand: the board opens, and says so.
    preferences_path().write_text('[keys]\n"board.add" = "b"\n')
    assert run._kept()[:2] == (themes.DARK, {})
    assert "Below the line, or bring up" in run._kept()[2]
