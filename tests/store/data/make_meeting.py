"""How ``meeting.db.gz`` and ``meeting.json`` were made: by the command line of commit 187e435.

    git worktree add --detach OLD 187e435
    cd OLD && PYTHONPATH=. python NEW/tests/store/data/make_meeting.py NEW/tests/store/data

A file imported, finished quarters, people, charter, fill, baseline, requests with a trade, a drop, a capacity
cut, a scenario, undo. What that command line answered stands in the JSON file, beside which the present one is held.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import shlex
import sys
import tempfile
from pathlib import Path

MEETING = """
import backlog.csv --team Pay=30 --team Web=26
import-history history.csv
import-people people.csv
charter role 'Head of product' --holder 'Jo Field'
charter grant 'over ceiling' 'Head of product'
charter grant 'under target' 'Head of product'
fill
baseline
add 'Acme audit log ~2-3-5.5 #oneoff >Acme $480k@60% by:sales-east team:Pay'
trade 'Acme audit log' --swap 1 --by 'Jo Field' --because renewal
add 'Small thing ~0.2 #F team:Web'
add 'Big thing ~6 #F team:Web' --swap 1 --by Ann --because 'we want it'
size 'Item 3' 2-3-5
drop 'Item 4' --by Ann --because later
item 'Item 6' --value 8 --pin contractual
capacity Web=24 --swap 1 --by Ann --because 'one left'
scenario branch 'what if'
undo
"""
#: What is asked of the workspace afterwards, with ``--json``.
QUESTIONS = ("plan", "status", "odds", "levers", "decisions", "waits", "charter", "one-offs", "compare baseline now")


def answers(main, path: Path) -> dict[str, object]:
    """What the command line of ``main`` says of a workspace, where its file lies aside."""
    said: dict[str, object] = {}
    for question in QUESTIONS:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            main(["--db", str(path), *question.split(), "--json"])
        said[question] = json.loads(out.getvalue().replace(json.dumps(str(path))[1:-1], "WORKSPACE"))
    return said


def write_inputs(folder: Path) -> None:
    """A backlog of 30 items in two teams, 20 finished ones, two people."""
    kinds, teams, names = ["Feature", "Bug", "Task"], ["Pay", "Web"], ["Acme", "Borealis", ""]
    rows = [f"K-{at},Item {at},{1 + at % 4},{teams[at % 2]},{kinds[at % 3]},Ann,{names[at % 3]}" for at in range(1, 31)]
    done = [f"2025Q{1 + at % 4},Pay,{1 + at % 3},{1.5 + at % 4},Old {at}" for at in range(20)]
    people = ["Tom,Pay,2026-01-01,100%,2027-01-11,2027-01-15", "Uma,Pay,2026-01-01,80%,,"]
    for name, head, lines in (
        ("backlog.csv", "key,title,estimate ew,team,type,owner,customers", rows),
        ("history.csv", "quarter,team,estimate,actual,title", done),
        ("people.csv", "name,team,start,share,leave from,leave to", people),
    ):
        (folder / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def make(folder: Path) -> None:
    """Make both files, with whatever version of the code is on the path."""
    from tui.cli import main

    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        os.environ.update(dict.fromkeys(("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"), name))
        os.chdir(here)
        sys.stdin = io.StringIO()
        write_inputs(here)
        path = here / "meeting.db"
        for line in MEETING.strip().splitlines():
            with contextlib.redirect_stdout(io.StringIO()):
                assert main(["--db", str(path), "--as", "Ana", *shlex.split(line)]) in (0, 1), line
        (folder / "meeting.db.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        said = json.dumps(answers(main, path), indent=1, ensure_ascii=False)
        (folder / "meeting.json").write_text(said + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]).absolute())
