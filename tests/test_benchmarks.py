"""Each program of benchmarks/ runs to its end in its short form and prints its last figure; nothing is timed here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "benchmarks"
DATA = ROOT.parent / "shared" / "data"
#: The words before its last figure.
PRINTS = {
    "calibration": "a perfect forecast",
    "capacity": "half a day less or more",
    "compare": "of processor time",
    "exports": "and written, looked at again",
    "imports": "as JSON of issues",
    "log": "the page of",
    "memory": "times the size after",
    "modules": "modules (measuring",
    "mutants": "sizes.py",
    "negotiation": "memo for an account",
    "nrp": "differ",
    "odds": "41x21",
    "past": "the list of the history",
    "screens": "look back",
    "seats": "processor time of a seat that nobody touches",
    "sort": "in moves of the cursor",
    "status": "allowed",
    "strain": "keys of a search",
    "swaps": "medians by criterion",
    "terminal": "the request takes the odds from",
    "writers": "never seen by the peer",
}
#: Data that is not part of the project, beside it.
NEEDS = {"calibration": DATA / "sip", "nrp": DATA / "nrp"}
#: Started by others: the least app, which terminal.py measures beside.
NO_PROGRAM_OF_ITS_OWN = {"bare"}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the benchmarks are only in the repository")


def test_every_program_is_run_here() -> None:
    programs = {path.stem for path in FOLDER.glob("*.py") if '__name__ == "__main__"' in path.read_text()}
    assert programs - NO_PROGRAM_OF_ITS_OWN == PRINTS.keys()


@pytest.mark.parametrize("name", PRINTS)
def test_a_short_run_prints_its_figures(name: str, tmp_path: Path) -> None:
    folder = NEEDS.get(name)
    if folder is not None and not folder.is_dir():
        pytest.skip(f"its data is not here: {folder}")
    if sys.platform != "linux":
        pytest.skip("the benchmarks need Linux")
    command = [sys.executable, str(FOLDER / f"{name}.py"), "--smoke", *(("--data", str(folder)) if folder else ())]
    environ = os.environ | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    last = next((line for line in reversed(done.stdout.splitlines()) if PRINTS[name] in line), done.stdout)
    assert re.search(r"\d", last.replace(PRINTS[name], "", 1))
