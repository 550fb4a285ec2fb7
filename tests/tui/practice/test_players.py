"""Each of the six cases played to its end in a real terminal, by one who bends and by one who holds.

Only with MAKEROOM_LONG=1: about half a minute of work for each case, too much for every run.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.store.copies import demo_file
from tests.tui.practice.players import Player
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.cli import main

pytest.importorskip("pyte")
pytestmark = [
    needs_a_pty,
    pytest.mark.skipif(not os.environ.get("MAKEROOM_LONG"), reason="MAKEROOM_LONG=1 plays the cases in a terminal"),
]
CASES = ("timesheet", "clinic", "household", "freight", "keys", "twohouses")
#: What the two do otherwise, and what neither of them looks at.
OTHERWISE, ALIKE = ("options", "evidence", "principles", "told"), ("hidden", "precedent")


def bends(player: Player) -> None:
    player.next()
    player.tell("executives", "later")
    player.bend()
    player.all_that_comes()


def holds(player: Player) -> None:
    player.next()
    player.ask()
    player.all_that_comes()
    for whom in ("sales", "executives", "account"):
        player.tell(whom, "no")
    player.hold()
    player.all_that_comes()


def leads_there(quote: str, moment: str) -> bool:
    """Whether time travel stands on what a line quotes: both are cut, each at its own length."""
    said = re.sub(r"^\d\d:\d\d (Ana: )?", "", quote).rstrip("… ")
    stands = re.split(r"…|  +", re.sub(r"^.*?\d\d:\d\d  ", "", moment))[0]
    return len(stands) > 5 and said.startswith(stands[: len(said)])


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_played_to_its_end_in_two_ways(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own" / "team.db"
    own.parent.mkdir()
    demo_file(own)
    before = own.read_bytes()
    environ = environment(tmp_path, MAKEROOM_DB=str(own))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    found: list[dict[str, Any]] = []
    for number, plays in enumerate((bends, holds), 1):
        with Terminal(["practice", "start", case, "--as", "Ana"], 120, 40, environ) as terminal:
            player = Player(terminal)
            plays(player)
            assert len(player.heard) >= 6
            player.debrief()
            moments = player.moments(60)
            assert len(moments) >= 8
            assert [pair for pair in moments if not leads_there(*pair)] == []
            player.end()
        capsys.readouterr()
        play = tmp_path / "data" / "makeroom" / "practice" / f"{case}-{number}" / "play.db"
        assert main(["--db", str(play), "practice", "debrief", "--json"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    bent, held = found
    lines = [
        {topic: [line["words"] for line in one["lines"] if line["topic"] == topic] for topic in (*OTHERWISE, *ALIKE)}
        for one in found
    ]
    for topic in OTHERWISE:
        assert lines[0][topic] != lines[1][topic], topic
    for topic in ALIKE:
        assert lines[0][topic] == lines[1][topic], topic
    assert "yes" in bent["figures"]["answers"].values()
    assert set(held["figures"]["answers"].values()) == {"no"}
    assert (bent["figures"]["evidence_before"], held["figures"]["evidence_before"]) == (0, 1)
    assert bent["figures"]["signed"] > held["figures"]["signed"] == 0
    assert bent["figures"]["broken"] > held["figures"]["broken"] == 0
    # The second is told beside the first; and whose workspace it was that they began from is as it was.
    assert len(held["others"]) == 1
    assert own.read_bytes() == before
    assert [path.name for path in own.parent.iterdir() if not path.name.endswith((".seats", "-shm", "-wal"))] == [
        own.name
    ]
