"""A command that fails did nothing, and one that works is one event: tried over all commands, with many slips."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from store.records import Item
from tests.tui.cli.command_lines import LEFT_OUT, NAMES, command_line
from tests.tui.cli.plan_commands import Commands, made, on

__all__ = ["made", "on"]

ROUNDS = 3_000 if os.environ.get("MAKEROOM_LONG") else 1
BIG = "Wish of Acme ~6-9-14 #F"


@pytest.mark.parametrize(
    "slip",
    [
        ("--swap", "99"),
        ("--swap", "1", "--on", "nothing"),
        ("--swap", "1", "--breaks", "nothing"),
        ("--out", "nothing"),
        ("--out", "Carrier onboarding wizard", "--swap", "1"),
        ("--sign",),
        ("--signature", "nothing"),
    ],
    ids=" ".join,
)
def test_a_request_whose_trade_cannot_be_is_not_received(on: Commands, slip: tuple[str, ...]) -> None:
    before = on.path.read_bytes()
    on.refused("add", BIG, *slip)
    assert on.path.read_bytes() == before


def test_a_request_and_its_swap_are_one_event(on: Commands) -> None:
    before, rows = on.seq, on.rows()
    found = on.json("add", BIG, "--swap", "1", "--by", "Priya", "--because", "it pays", "--sign")
    assert found["done"]
    assert on.seq == before + 1
    assert on.item("Wish of Acme").state == "plan"
    on.lines("undo")
    assert not [item for item in on.state.each(Item) if item.title == "Wish of Acme"]
    assert on.rows() == rows


def test_a_request_that_stays_too_big_waits(on: Commands) -> None:
    before = on.seq
    assert not on.json("add", BIG, "--out", "Carrier onboarding wizard", code=1)["done"]
    assert on.seq == before + 1
    assert on.item("Wish of Acme").state == "inbox"


def test_what_fails_leaves_every_byte(on: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Random lines of every command of the parsers: exit 2 or 3 leaves the file byte for byte, others are one event."""
    monkeypatch.chdir(tmp_path)
    chance = random.Random(1)
    codes = set()
    for name in [*NAMES] * ROUNDS:
        line = command_line(chance, name)
        held, seq = on.path.read_bytes(), on.seq
        try:
            code, _, _ = on.run(*line)
        except SystemExit as ended:
            code = int(str(ended.code))
        codes.add(code)
        assert on.seq <= seq + 1, line
        if code in (2, 3):
            assert on.path.read_bytes() == held, line
    assert codes >= {0, 2}


#: Of each command that no random line is made of, lines that fail.
SLIPS = {
    "serve": ("--port x", "--host", "more"),
    "follow": ("", "nobody", "a b"),
    "share": ("no-such-group", "a --private"),
    "completion": ("", "no-such-shell"),
    "demo": ("", "more"),
    "restore": ("nothing", "nothing --yes", "/dev/null --yes", "team.db-wal --yes"),
}


def test_what_fails_leaves_every_byte_elsewhere(on: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert SLIPS.keys() == LEFT_OUT
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    held, there = on.path.read_bytes(), sorted(tmp_path.iterdir())
    for name, lines in SLIPS.items():
        for line in lines:
            try:
                code, _, error = on.run(name, *line.split())
            except SystemExit as ended:
                code, error = int(str(ended.code)), "usage"
            assert code in (2, 3), (name, line, error)
            assert on.path.read_bytes() == held, (name, line)
    assert [each for each in tmp_path.iterdir() if each not in there and "team.db" not in each.name] == []
