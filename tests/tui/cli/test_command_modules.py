"""A command pays for what it tells: one that tells no odds loads no simulation, and lines need no pydantic."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.store.copies import demo_file

ROOT = Path(__file__).resolve().parents[3]
#: What takes longer to load than such a command to run.
HEAVY = ("highspy", "numpy", "pydantic", "sqlite_utils", "textual")
#: These load none of it, whether lines or JSON are asked for.
LIGHT = (
    "--version", "help", "where", "config", "filters", "decisions", "accounts", "account Bluewater", "people", "waits",
    "charter", "aims", "slices", "shirts", "rates", "quarter", "currency", "commitments", "exceptions", "one-offs",
    "interrupts", "review", "outcome", "report", "export --format json",
    "decisions --json", "accounts --json", "account Bluewater --json", "people --json", "waits --json",
    "charter --json", "quarter --json", "commitments --json", "exceptions --json", "one-offs --json", "review --json",
)  # fmt: skip
#: These read snapshots, which are checked by pydantic.
SNAPSHOTS = ("memo team", "memo executives", "memo account --customer Bluewater", "snapshot list")
#: And these tell odds, or that they would fall.
ODDS = (
    "status", "plan", "odds", "items", "item 1", "progress", "levers", "import backlog.csv --team Web --dry-run",
    "status --json", "plan --json",
)  # fmt: skip
PROGRAM = """if True:
    import contextlib, io, json, shlex, sys
    from tui.cli import main

    heavy, found = sys.argv[1].split(), {}
    for words in sys.argv[2:]:
        with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
            code = main(shlex.split(words))
        found[words] = code, [name for name in heavy if name in sys.modules]
    print(json.dumps(found))
"""


def loaded(tmp_path: Path, *commands: str) -> dict[str, tuple[int, list[str]]]:
    """By command, its exit code and what of all that was loaded when it was done, one after the other."""
    demo_file(tmp_path / "demo.db")
    (tmp_path / "backlog.csv").write_text("title,weeks\nPort calls,2\n", encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "MAKEROOM_DB": str(tmp_path / "demo.db")}
    # Where nothing can be noted, everything is worked out.
    environ |= {"XDG_CACHE_HOME": os.devnull, "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, " ".join(HEAVY), *commands],
        env=environ, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return {words: (code, names) for words, (code, names) in json.loads(done.stdout).items()}


def test_what_tells_no_odds_loads_no_simulation_and_only_snapshots_need_pydantic(tmp_path: Path) -> None:
    found = loaded(tmp_path, *LIGHT, *SNAPSHOTS)
    assert {words: found[words] for words in LIGHT if found[words] != (0, [])} == {}
    assert {words: found[words] for words in SNAPSHOTS} == dict.fromkeys(SNAPSHOTS, (0, ["pydantic"]))


def test_odds_take_numpy_alone(tmp_path: Path) -> None:
    assert loaded(tmp_path, *ODDS) == dict.fromkeys(ODDS, (0, ["numpy"]))
