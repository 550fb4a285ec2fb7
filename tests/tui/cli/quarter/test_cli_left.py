"""In a quarter that runs, commands say the same figures of what is left; those of the whole quarter are called so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.store.copies import copied
from tests.tui.app_helpers import fresh
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell
from tests.tui.quarter.running_quarter import make_running

shell = shells.shell
_NUMBER = re.compile(r"(?<![\d.])\d+\.\d(?![\d.])")
#: What says how the plan stands beside what it can take, by team.
PLACES = (
    ("status",), ("odds",), ("capacity",), ("team",), ("export", "plan"), ("snapshot", "show", "kept"),
    ("compare", "main", "kept"),
)  # fmt: skip


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo in week 6, kept as a snapshot."""

    def make(path: Path) -> None:
        with fresh(path) as workspace:
            make_running(workspace)

    path = copied(tmp_path / "team.db", "running", make)
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def test_every_place_says_what_is_left(db: Path, shell: Shell) -> None:
    shell.lines("snapshot", "save", "kept")
    told = shell("progress", kind="progress")
    status = shell("status", kind="status")
    parts = [part for item in told["items"] for part in item["teams"]]
    left = {}
    for team in status["teams"]:
        sizes = [part for part in parts if part["team"] == team["name"]]
        likely = sum(0.0 if part["done"] else max(0.0, part["likely"] - part["spent"]) if part["left"] is None else
                     part["left"] for part in sizes)  # fmt: skip
        assert team["load_left"] == pytest.approx(likely)
        assert team["load"] == pytest.approx(sum(part["likely"] for part in sizes))
        assert 0 < team["net_left"] < team["net"]
        left[team["name"]] = f"{team['load_left']:.1f}", f"{team['net_left']:.1f}"
    whole = {f"{team[name]:.1f}" for team in (*status["teams"], status) for name in ("net", "load")}
    short = re.search(r"short \d+\.\d", shell.lines("status"))
    assert short is not None
    for place in PLACES:
        lines = shell.lines(*place, code=int(place == ("odds",))).splitlines()
        for name, figures in left.items():
            said = [line for line in lines if name in line and "left" in line]
            assert any(set(figures) <= {*_NUMBER.findall(line)} for line in said), (place, name, figures)
        for line in lines:
            if re.search(r"\b(load|net)\b", line) and whole & {*_NUMBER.findall(line)}:
                assert "whole quarter" in line or " left" in line, (place, line)
        said = [line for line in lines if re.search(r"\bshort \d", line)]
        assert all(short[0] in line for line in said), (place, said)
    for place in (("week",), ("burn",), ("export", "plan"), ("progress",)):
        assert f"week {status['running']['week']} of 13" in shell.lines(*place), place
    # Of one item: its size, and what is left of it.
    item = next(each for each in told["items"] if not each["done"] and len(each["teams"]) == 1 < 20 * each["spent"])
    for words in (("item", str(item["id"])), ("ways", str(item["id"])), ("plan",)):
        (line, *_) = (line for line in shell.lines(*words).splitlines() if f"{item['left']:.1f}" in line)
        assert "left" in line or words == ("plan",)
